"""Has a hook that does not exist."""

from __future__ import annotations

import quoteminer


@quoteminer.hookimpl
def quoteminer_quotes_extractors() -> tuple[()]:
    return ()

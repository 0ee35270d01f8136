"""A plugin for tests with a hook that does not exist."""

from __future__ import annotations

import quoteminer


@quoteminer.hookimpl
def quoteminer_quote_extractor() -> tuple[()]:
    return ()

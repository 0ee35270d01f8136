"""A plugin for tests that forgets to mark its hook."""

from __future__ import annotations


def quoteminer_quote_extractors() -> tuple[()]:
    return ()

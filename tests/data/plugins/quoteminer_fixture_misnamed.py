"""A plugin for tests whose component carries the name of another plugin."""

from __future__ import annotations

from collections.abc import Iterator

import quoteminer


class Foreign:
    name = "rules.quotes"

    def extract(self, document: quoteminer.Document) -> tuple[quoteminer.Quote, ...]:
        return ()


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterator[Foreign]:
    yield Foreign()

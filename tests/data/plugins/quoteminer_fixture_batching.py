"""A plugin for tests whose extractor takes many documents at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence

import quoteminer
from quoteminer import Document, Quote


class Batching:
    name = "batching.quotes"

    def extract(self, document: Document) -> list[Quote]:
        if "die" in document.text:
            os._exit(3)
        return [Quote([match.span(1)], "direct") for match in re.finditer("«([^»]+)»", document.text)]

    def extract_many(self, documents: Sequence[Document]) -> Iterator[Iterable[Quote]]:
        return (self.extract(document) for document in documents)


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[Batching]:
    yield Batching()

"""A plugin for tests: marks what stands between « and », and misbehaves when the text asks for it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Sequence

import quoteminer
from quoteminer import Claim, Document, Quote, Speaker


def misbehave(text: str) -> None:
    """What the text asks for."""
    if "die" in text:
        os._exit(3)
    if "kill" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in text:
        time.sleep(3600)
    if "hold" in text:
        # One call into C that keeps all other threads of the process waiting.
        re.match(r"(a+)+$", "a" * 64 + "b")


class Quotes:
    name = "fixture.quotes"

    def extract(self, document: Document) -> Iterator[Quote]:
        misbehave(document.text)
        if "raise" in document.text:
            raise ValueError("asked to raise")
        for match in re.finditer("«([^»]+)»", document.text):
            yield Quote([match.span(1)], "direct", confidence=0.5)


class Speakers:
    name = "fixture.speakers"

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker]]:
        return quotes, [Speaker("nobody", "Nobody")]


class Claims:
    name = "fixture.claims"

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterator[Claim]:
        for quote in quotes:
            yield Claim(quote.content, "other", quote=quote.id, claimant=speakers[0].id)


@quoteminer.hookimpl
def quoteminer_quote_extractors() -> Iterable[Quotes]:
    yield Quotes()


@quoteminer.hookimpl
def quoteminer_speaker_resolvers() -> Iterable[Speakers]:
    return [Speakers()]


@quoteminer.hookimpl
def quoteminer_claim_extractors() -> Iterable[Claims]:
    return [Claims()]

"""Reports without quotation marks made of what is said in a source, with what the source says of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quoteminer import Document, Extraction, Quote, Span, Speaker

from .alterations import WORD, WORDS, Source

#: What a report in English makes of the words of somebody else.
_SHIFTED: Final = {
    "i": "she",
    "we": "they",
    "my": "her",
    "our": "their",
    "me": "her",
    "us": "them",
    "am": "was",
    "is": "was",
    "are": "were",
    "has": "had",
    "have": "had",
    "will": "would",
    "can": "could",
    "may": "might",
    "this": "that",
    "today": "that day",
    "here": "there",
}
_DROPPED: Final = frozenset("very really just so well now then too quite also even".split())


class Report(NamedTuple):
    """A report, who is said to have said it, and what the source says of it."""

    name: str
    words: str
    speaker: str
    support: str


def reports(source: Source, others: Sequence[Source], chance: random.Random) -> Iterator[Report]:
    """Faithful, half invented, denied and invented reports of what is said in a source in English."""
    lists = WORDS["en"]
    for said in source.said:
        words = [match.group() for match in WORD.finditer(said.words)]
        if not 8 <= len(words) <= 40:
            continue
        faithful = _shifted(said.words)
        yield Report("faithful", faithful, said.speaker, "supported")
        other = chance.choice(chance.choice(others).said)
        foreign = _shifted(other.words)
        if len(foreign.split()) >= 8:
            half = faithful.split()[: (3 * len(faithful.split())) // 5]
            yield Report("half", " ".join([*half, "and", *foreign.split()[: len(half) * 2 // 3 + 1]]), said.speaker, "partly")
            yield Report("invented", foreign, said.speaker, "not_found")
        if not any(word.lower() in lists.negations or "n't" in word or "n’t" in word for word in words):
            shifted = faithful.split()
            places = [place for place, word in enumerate(shifted[:-1]) if word in ("was", "were", "would", "could", "had")]
            if places:
                shifted.insert(places[0] + 1, "not")
                yield Report("denied", " ".join(shifted), said.speaker, "contradicted")
        places = [place for place, word in enumerate(faithful.split()) if word.lower() in lists.numbers or word.isdecimal()]
        if places:
            changed = faithful.split()
            changed[places[0]] = "seventy-seven"
            yield Report("number", " ".join(changed), said.speaker, "contradicted")


def _shifted(words: str) -> str:
    """The words as a report has them, with their punctuation."""
    shifted = WORD.sub(lambda match: _SHIFTED.get(match.group().lower(), match.group()), words)
    kept = [word for word in shifted.split() if word.lower() not in _DROPPED]
    if kept[0].istitle():
        kept[0] = kept[0].lower()
    return " ".join(kept).rstrip(".!?")


def article(drawn: Sequence[Report]) -> Extraction:
    """An article with these reports as its quotations."""
    text = ""
    quotes: list[Quote] = []
    speakers: dict[str, Speaker] = {}
    for number, report in enumerate(drawn):
        text += f"{report.speaker} said that "
        speaker = speakers.setdefault(report.speaker, Speaker(f"s{len(speakers)}", report.speaker, kind="person"))
        span = Span(len(text), len(text) + len(report.words))
        quotes.append(Quote([span], "indirect", speaker=speaker.id, id=f"q{number:04}"))
        text += f"{report.words}.\n\n"
    return Extraction(Document(text), quotes, list(speakers.values()))

"""Share of voice: who is quoted how much over many documents, where and when.

Speakers of different documents are one voice when they have the same name, whatever its case and blanks; so two people of one name are one, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import attrs

from .annotations import Quote, Speaker
from .extraction import Extraction
from .tabular import quoted_words

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
#: So many days, or months, are shown one by one.
_MOST: Final = 60


def folded(name: str) -> str:
    """A name as names are compared."""
    return " ".join(name.casefold().split())


@attrs.define(eq=False)
class Voice:
    """What is added up of everybody with one name.

    Attributes:
        name, role, kind: as they were first given.
        words: quoted words, as white space parts them; what stands in several quotes of a document counts once.
        documents: in how many.
        dates: quoted words by the dates of documents.
    """

    name: str
    role: str = ""
    kind: str = "unknown"
    quotes: int = 0
    words: int = 0
    claims: int = 0
    documents: int = 0
    dates: Counter[str] = attrs.field(factory=Counter)


@attrs.frozen(eq=False)
class DocumentShare:
    """What one document adds.

    Attributes:
        date, source: from its metadata.
        by_speaker: its voices by the ids of its speakers, and under ``None`` nobody known.
        voices: quoted words and voice, the most quoted first; ``None`` where nobody knows who speaks.
    """

    id: str
    title: str | None
    date: str | None
    source: str | None
    quotes: int
    claims: int
    voices: tuple[tuple[int, Voice | None], ...]
    by_speaker: Mapping[str | None, Voice]


class Shares:
    """Adds up extractions as they come; of a document nothing else is kept.

    Attributes:
        documents, quotes, claims: how many.
        unknown: quotes and words of nobody known, as a voice without a name.
    """

    def __init__(self) -> None:
        self.unknown = Voice("")
        self.documents = self.quotes = self.claims = 0
        self._voices: dict[str, Voice] = {}

    def add(self, extraction: Extraction) -> DocumentShare:
        """Count an extraction."""
        document = extraction.document
        moment, source = document.metadata.get("date"), document.metadata.get("source")
        day = moment if isinstance(moment, str) and _DATE.match(moment) else None
        quotes: dict[str | None, list[Quote]] = {}
        for quote in extraction.quotes:
            quotes.setdefault(quote.speaker, []).append(quote)
        claims = Counter(claim.claimant for claim in extraction.claims if claim.claimant is not None)
        found: dict[str | None, Voice] = {None: self.unknown}
        found.update({one.id: self._voice(one) for one in extraction.speakers if one.id in quotes or one.id in claims})
        here: Counter[Voice] = Counter()
        for identifier, own in quotes.items():
            voice, words = found[identifier], quoted_words(document.text, own)
            voice.quotes += len(own)
            voice.words += words
            here[voice] += words
            if day is not None:
                voice.dates[day] += words
        for claimant, count in claims.items():
            found[claimant].claims += count
        for voice in {found[identifier] for identifier in (*quotes, *claims)}:
            voice.documents += 1
        self.documents += 1
        self.quotes += len(extraction.quotes)
        self.claims += len(extraction.claims)
        return DocumentShare(
            document.id,
            document.title,
            day,
            source if isinstance(source, str) else None,
            len(extraction.quotes),
            len(extraction.claims),
            tuple((words, None if voice is self.unknown else voice) for voice, words in here.most_common()),
            found,
        )

    def _voice(self, speaker: Speaker) -> Voice:
        voice = self._voices.setdefault(folded(speaker.name), Voice(speaker.name))
        voice.role = voice.role or speaker.role or ""
        if voice.kind == "unknown":
            voice.kind = speaker.kind
        return voice

    @property
    def voices(self) -> list[Voice]:
        """Everybody who is quoted or asserts something, those with the most words first."""
        return sorted(self._voices.values(), key=lambda voice: (-voice.words, -voice.quotes, voice.name))

    @property
    def words(self) -> int:
        """Quoted words of everybody, known or not."""
        return sum(voice.words for voice in self._voices.values()) + self.unknown.words


@attrs.frozen
class Timeline:
    """Equal steps of time from the first date to the last.

    Attributes:
        unit: ``day``, ``month`` or ``year``: the finest that all dates have and that gives at most sixty steps; years may be more.
        steps: ``2026-03-01``, ``2026-03`` or ``2026``, in order and without gaps.
    """

    unit: str
    steps: tuple[str, ...]

    @classmethod
    def of(cls, dates: Iterable[str]) -> Timeline | None:
        """The steps for dates of ISO 8601, ``None`` when all fall into one."""
        found = [tuple(int(part) for part in match.groups() if part) for one in dates if (match := _DATE.match(one))]
        if not found:
            return None
        finest = min(map(len, found))
        days = sorted({one[:finest] for one in found})
        if len(days) < 2:
            return None
        if finest == 3:
            try:
                first, last = date(*days[0]), date(*days[-1])
            except ValueError:  # a day that no month has
                first, last = date.min, date.max
            if (last - first).days < _MOST:
                count = (last - first).days + 1
                return cls("day", tuple((first + timedelta(step)).isoformat() for step in range(count)))
        if finest >= 2:
            begin, end = (year * 12 + month - 1 for year, month, *_ in (days[0], days[-1]))
            if 0 < end - begin < _MOST:
                return cls("month", tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(begin, end + 1)))
        years = range(days[0][0], days[-1][0] + 1)
        return cls("year", tuple(f"{year:04}" for year in years)) if len(years) > 1 else None

    def totals(self, amounts: Counter[str]) -> list[int]:
        """What belongs to each step, from amounts by date."""
        length = len(self.steps[0])
        sums: Counter[str] = Counter()
        for one, amount in amounts.items():
            sums[one[:length]] += amount
        return [sums[step] for step in self.steps]

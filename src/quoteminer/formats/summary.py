"""What many documents hold together, for a person: who was quoted how much and where, and the claims that deserve checking most."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from typing import IO, Final

from ..extraction import Extraction
from ..shares import Shares, Voice
from ..tabular import rows

_SPEAKERS: Final = 25
_CLAIMS: Final = 10
_NAME: Final = 40
_LINE: Final = 100
#: What a terminal would obey, and blanks of all kinds.
_OTHER: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\s\u202a-\u202e\u2066-\u2069]+")


class SummaryWriter:
    """One table over all documents. Speakers of different documents are one when they have the same name, so two people of one name are, too."""

    name = "summary"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write when all documents have come; only what is added up is kept of them."""
        shares = Shares()
        best: list[tuple[float, int, str]] = []
        problems = 0
        for extraction in extractions:
            shares.add(extraction)
            problems += sum(issue.severity == "error" for issue in extraction.issues)
            for row in rows(extraction, "claims"):
                who = row["claimant_name"] or "the text itself"
                where = _short(f"{who}, in {row['document']}", _LINE)
                line = f"{float(row['check_worthiness'] or 0):.2f}  {_short(str(row['sentence']), _LINE)}\n      {where}"
                heapq.heappush(best, (float(row["check_worthiness"] or 0), -len(best) - shares.documents * 10_000, line))
                if len(best) > _CLAIMS:
                    heapq.heappop(best)
        voices, documents = shares.voices, shares.documents
        quotes, claims, unknown = shares.quotes, shares.claims, shares.unknown.quotes
        found = (
            f"{documents:,} document{'s' * (documents != 1)}, {quotes:,} quotation{'s' * (quotes != 1)} of {len(voices):,} "
            f"speaker{'s' * (len(voices) != 1)}, {claims:,} claim{'s' * (claims != 1)}"
        )
        lines = [found]
        if unknown:
            lines.append(f"{unknown:,} without a known speaker")
        if problems:
            lines.append(f"{problems:,} error{'s' * (problems != 1)}, named on standard error")
        if voices:
            lines += ["", *_table(voices)]
        if best:
            lines += ["", "claims that deserve checking most", *(line for _, _, line in sorted(best, reverse=True))]
        stream.write(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
        stream.flush()


def _short(text: str, longest: int) -> str:
    line = _OTHER.sub(" ", text).strip()
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _table(voices: Sequence[Voice]) -> list[str]:
    shown = voices[:_SPEAKERS]
    total = sum(voice.words for voice in voices) or 1
    names = [_short(f"{voice.name}, {voice.role}" if voice.role else voice.name, _NAME) for voice in shown]
    width = max(len("speaker"), *map(len, names))
    lines = [f"{'speaker':{width}}  {'words':>9}  {'share':>5}  {'quotations':>10}  {'claims':>6}  {'documents':>9}"]
    lines += [
        f"{name:{width}}  {voice.words:9,}  {voice.words / total:5.0%}  {voice.quotes:10,}  {voice.claims:6,}  {voice.documents:9,}"
        for name, voice in zip(names, shown, strict=True)
    ]
    if len(voices) > len(shown):
        lines.append(f"and {len(voices) - len(shown):,} more")
    return lines

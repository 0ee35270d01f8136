"""What the constructions of a language found, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterable

from .selection import Offsets, Report


def explained(text: str, reports: Iterable[Report]) -> str:
    """Each report with its construction, cue and source."""
    lines: list[str] = []
    for number, report in enumerate(reports, 1):
        lines += [
            f"{number:4} {report.kind}, {report.confidence:.2f}: {_words(text, report.content)}",
            f"     construction {report.construction}",
            f"     cue    “{_words(text, report.cue)}” ({report.lemma})",
            f"     source {'(none)' if report.source is None else _words(text, (report.source,))}",
            "",
        ]
    return "\n".join(lines) or "no quotations found\n"


def _words(text: str, parts: tuple[Offsets, ...]) -> str:
    return " ".join(" … ".join(text[start:end] for start, end in parts).split())

"""Why reports were found, and why candidates were not: what ``quoteminer explain`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ..marked import unmarked
from .constructions import constructions
from .layouts import known_layouts
from .ranges import Offsets
from .selection import Report
from .tracing import Lost, Trace, Weighed

_WIDEST: Final = 90


def explanation(text: str, reports: Sequence[Report], trace: Trace, folder: Path) -> str:
    """Each report of a text with its construction, cue, source and evidence, and each candidate that lost, with the reason.

    A candidate stands below the report it lost to or in whose words it stands, else by itself.

    Args:
        reports: all reports, as :meth:`Grammar.find` gives them.
        trace: what became of the candidates.
        folder: the pack that found them.
    """
    return "".join(f"{line}\n" for line in _Explanation(text, reports, trace, examples(folder)).lines())


def examples(folder: Path) -> Mapping[str, str]:
    """An example with marks of each construction and layout of a pack, by id."""
    found: dict[str, str] = {}
    for one in constructions(folder):
        if one.examples:
            found.setdefault(one.name, one.examples[0])
    return {**found, **{name: layout.example for name, layout in known_layouts(folder).items()}}


class _Explanation:
    def __init__(self, text: str, reports: Sequence[Report], trace: Trace, known: Mapping[str, str]) -> None:
        self._text = text
        self._reports = reports
        self._evidence = trace.evidence
        self._examples = known
        self._numbers = {report.cue: number for number, report in enumerate(reports, 1) if report.cue}
        self._lost = sorted(trace.lost, key=lambda lost: (_begin(lost), -lost.probability, lost.construction))

    def lines(self) -> Iterator[str]:
        below, apart = self._places()
        at = 0
        for number, report in enumerate(self._reports, 1):
            begin = _extent(report)[0]
            while at < len(apart) and _begin(apart[at]) < begin:
                yield from (f"   - {self._loser(apart[at])}", "")
                at += 1
            yield from self._report(number, report)
            yield from (f"     lost   {self._loser(lost)}" for lost in below.get(number, ()))
            yield ""
        for lost in apart[at:]:
            yield from (f"   - {self._loser(lost)}", "")

    def _places(self) -> tuple[dict[int, list[Lost]], list[Lost]]:
        """Below which report each of those that lost is shown, and those that stand by themselves."""
        below: dict[int, list[Lost]] = {}
        apart: list[Lost] = []
        waiting = sorted(enumerate(self._reports, 1), key=lambda one: _extent(one[1]), reverse=True)
        around: list[tuple[int, int]] = []
        for lost in self._lost:
            begin = _begin(lost)
            while waiting and _extent(waiting[-1][1])[0] <= begin:
                number, report = waiting.pop()
                around.append((number, _extent(report)[1]))
            around = [one for one in around if begin < one[1]]
            if lost.other in self._numbers:
                below.setdefault(self._numbers[lost.other], []).append(lost)
            elif around:
                below.setdefault(around[-1][0], []).append(lost)
            else:
                apart.append(lost)
        return below, apart

    def _report(self, number: int, report: Report) -> Iterator[str]:
        yield f"{number:4} {report.kind}, {report.modality}, {report.confidence:.2f}: {self._words(report.content)}"
        example = self._examples.get(report.construction)
        shown = "" if example is None else f", as in: {' / '.join(unmarked(example).text.split(_BLANK_LINE))}"
        yield f"     rule   {report.construction}{shown}"
        if report.cue:
            reports = f" ({report.cue_class})" if report.cue_class else ""
            yield f"     cue    “{self._words(report.cue)}”{reports}"
        yield f"     source {'(none)' if report.source is None else self._words([report.source])}"
        evidence = self._evidence.get(report.cue or report.content[:1], ())
        yield from self._weighed("for", [one for one in evidence if one[1] > 0])
        yield from self._weighed("against", [one for one in evidence if one[1] < 0])

    def _weighed(self, side: str, features: Sequence[Weighed]) -> Iterator[str]:
        if features:
            yield f"     {side:8}" + ", ".join(f"{name} {weight:+.2f}" for name, weight in features)

    def _loser(self, lost: Lost) -> str:
        reason = lost.reason
        if lost.other:
            number = self._numbers.get(lost.other)
            reason += f" quotation {number}" if number is not None else f" report at “{self._words(lost.other)}”"
        if lost.needed is not None:
            reason += f": under {lost.needed:.2f}"
        at = f" at “{self._words(lost.cue)}”" if lost.cue else ""
        return f"{lost.probability:.2f} {lost.construction}{at}: {self._words(lost.content)} ({reason})"

    def _words(self, parts: Iterable[Offsets]) -> str:
        words = " ".join(" … ".join(self._text[start:end] for start, end in parts).split())
        return words if len(words) <= _WIDEST else words[: _WIDEST - 2].rstrip() + " …"


_BLANK_LINE: Final = "\n\n"


def _begin(lost: Lost) -> int:
    return min(start for start, _ in lost.cue or lost.content)


def _extent(report: Report) -> Offsets:
    """The offsets from the first to behind the last part of a report and its cue."""
    parts = [*report.content, *report.cue]
    return min(start for start, _ in parts), max(end for _, end in parts)

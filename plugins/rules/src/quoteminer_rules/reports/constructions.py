"""The reporting constructions of a language: patterns around a cue, tried only where a cue of theirs stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from ..language import pack as packs
from ..language.classes import KNOWN
from ..language.expressions import Element, atoms, check, firsts, parse, source
from ..language.problems import PackError
from ..reading.chunks import KINDS, LETTER

REACH: Final = 150
"""Chunks on each side of a cue that belong to no construction if they are farther."""
_BINDINGS: Final = frozenset({"content", "topic", "source", "addressee"})
_NAMED: Final = {
    "any": " | ".join(KINDS),
    "before": "any+",
    "end": "stop | $",
}
"""Patterns that every language has."""

UNMEASURED: Final = 0.7
"""The confidence of constructions for which nobody has measured how often they are right."""

_MEMORY: Final = 20_000
"""Surroundings of cues that are remembered with the constructions that fit there."""

_NOTHING: Final = frozenset[str]()

Part = tuple[int, int]
"""Chunks, the end exclusive."""


class Match:
    """A construction where it was found; chunks of the sentence."""

    __slots__ = ("addressee", "as_said", "confidence", "construction", "content", "first", "last", "reports", "source", "topic")

    def __init__(self, found: Construction, bound: dict[str, list[Part]], first: int, last: int) -> None:
        self.construction: Final = found.name
        self.confidence: Final = found.confidence
        self.reports: Final = found.reports
        self.as_said: Final = found.as_said
        self.content: Final[tuple[Part, ...]] = tuple(bound.get("content", ()) or bound.get("topic", ()))
        self.topic: Final = "topic" in bound
        """Whether the first word of the content, a preposition, is no part of it."""
        self.source: Final = _only(bound.get("source"))
        self.addressee: Final = _only(bound.get("addressee"))
        self.first: Final = first
        """The first chunk that the construction takes."""
        self.last: Final = last
        """The chunk behind all that the construction takes."""


class _Side:
    """What stands on one side of a cue, as an expression that is compiled when it is first tried: most texts need few."""

    def __init__(self, row: tuple[Element, ...], *, backwards: bool = False) -> None:
        self.bindings: Final[list[str]] = []
        """What the groups of the expression bind, once it is compiled."""
        self._row: Final = row
        self._backwards: Final = backwards
        self._compiled: re.Pattern[str] | None = None
        check((row,), _letters, backwards=backwards)

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            written = source((self._row,), _letters, self.bindings, backwards=self._backwards)
            self._compiled = re.compile(written, re.DOTALL)
        return self._compiled


class Construction:
    """One construction: its cues, and what stands before and behind them."""

    def __init__(
        self,
        name: str,
        confidence: float,
        cues: frozenset[str],
        examples: tuple[str, ...],
        reports: str,
        row: tuple[tuple[Element, ...], Element, tuple[Element, ...]],
        holds: frozenset[str] = _NOTHING,
        opens_without: frozenset[str] = _NOTHING,
        *,
        as_said: bool = False,
    ) -> None:
        self.name: Final = name
        self.confidence: Final = confidence
        self.cues: Final = cues
        self.examples: Final = examples
        self.reports: Final = reports
        """What is reported whatever the cue does elsewhere ("speech"), or nothing."""
        self.holds: Final = holds
        """Classes of one of which a word of the content must be; none where any words will do."""
        self.opens_without: Final = opens_without
        """Classes of which the first word of the content must not be."""
        self.as_said: Final = as_said
        """Whether its content are the words of the speaker although no marks tell so."""
        left, cue, right = row
        self.kinds: Final = frozenset(_letters(atom) for atom in (atoms(cue.alternatives) if cue.what == "group" else {cue.name}))
        self._ahead = _neighbours(left, backwards=True)
        self._behind = _neighbours(right)
        self._left: Final = _Side(left, backwards=True)
        self._right: Final = _Side(right)

    def may_stand(self, before: str, kind: str, behind: str) -> bool:
        """Whether it may stand round a chunk of a kind between two others."""
        if kind not in self.kinds or (self._ahead is not None and before not in self._ahead):
            return False
        return self._behind is None or behind in self._behind

    def match(self, shape: str, turned: str, cue: int) -> Match | None:
        """The construction round the chunk ``cue`` of a sentence, where it :meth:`may_stand`; ``turned`` is its shape backwards."""
        count = len(shape)
        before = self._left.pattern.match(turned, count - cue, count if cue <= REACH else count - cue + REACH)
        if before is None:
            return None
        behind = self._right.pattern.match(shape, cue + 1, count if count - cue <= REACH else cue + 1 + REACH)
        if behind is None:
            return None
        bound: dict[str, list[Part]] = {}
        for index, name in enumerate(self._left.bindings, 1):
            first, last = before.span(index)
            if last > first >= 0:
                bound.setdefault(name, []).append((count - last, count - first))
        for index, name in enumerate(self._right.bindings, 1):
            first, last = behind.span(index)
            if last > first >= 0:
                bound.setdefault(name, []).append((first, last))
        return Match(self, bound, count - before.end(), behind.end())


def _neighbours(row: tuple[Element, ...], *, backwards: bool = False) -> frozenset[str] | None:
    """The chunks that can stand next to the cue on one side, "" for none; ``None`` where any can. They spare most patterns the attempt."""
    found, empty = firsts((row,), _letters, backwards=backwards)
    return None if empty else frozenset(found)


def _only(parts: list[Part] | None) -> Part | None:
    return parts[0] if parts else None


def read(folder: Path, kind: str = "construction") -> tuple[Construction, ...]:
    """The constructions of a pack, or what else its file describes in the same way. Examples of another language are left out.

    Raises:
        PackError: naming the file and the construction that cannot be read.
    """
    file = packs.shared(folder, "constructions.toml")
    own = file.parent == folder
    declared = packs.table(file)
    patterns: dict[str, tuple[tuple[Element, ...], ...]] = {}
    for name, pattern in {**_NAMED, **declared.get("patterns", {})}.items():
        try:
            patterns[name] = parse(pattern, patterns)
        except ValueError as error:
            raise PackError(file, 0, f"{name}: {error}") from error
    return tuple(
        made
        for entry in declared.get(kind, [])
        for made in _constructions(file, entry if own else {**entry, "examples": ()}, patterns)
    )


def _constructions(
    file: Path, entry: dict[str, Any], patterns: dict[str, tuple[tuple[Element, ...], ...]]
) -> Iterator[Construction]:
    name = entry.get("id", "")
    try:
        given = entry["pattern"]
        rows = [row for pattern in ([given] if isinstance(given, str) else given) for row in _spread(parse(pattern, patterns))]
        for number, row in enumerate(rows):
            at = [index for index, element in enumerate(row) if element.bound == "cue"]
            if len(at) != 1:
                raise ValueError(f"the pattern names its cue {len(at)} times")
            yield Construction(
                name,
                float(entry.get("confidence", UNMEASURED)),
                frozenset(entry["cues"]),
                tuple(entry.get("examples", ())) if not number else (),
                str(entry.get("reports", "")),
                (row[: at[0]], row[at[0]], row[at[0] + 1 :]),
                _classes(entry, "holds"),
                _classes(entry, "opens_without"),
                as_said=bool(entry.get("as_said", False)),
            )
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(file, 0, f"construction {name!r}: {error}") from error


def _classes(entry: dict[str, Any], name: str) -> frozenset[str]:
    given = frozenset(entry.get(name, ()))
    unknown = sorted(given - KNOWN)
    if unknown:
        raise ValueError(f"{name}: there is no class {unknown[0]!r}")
    return given


def _spread(alternatives: tuple[tuple[Element, ...], ...]) -> Iterator[tuple[Element, ...]]:
    """The rows of a pattern, groups that hold the cue spread out, so that the cue stands in each row itself."""
    for row in alternatives:
        at = next((i for i, element in enumerate(row) if element.bound != "cue" and _holds_cue(element)), None)
        if at is None:
            yield row
            continue
        for inner in row[at].alternatives:
            yield from _spread(((*row[:at], *inner, *row[at + 1 :]),))


def _holds_cue(element: Element) -> bool:
    return element.binds and any(inner.bound == "cue" or _holds_cue(inner) for row in element.alternatives for inner in row)


def _letters(atom: str) -> str:
    if atom not in LETTER:
        raise ValueError(f"there is no chunk {atom!r}; there are {', '.join(LETTER)}")
    return LETTER[atom]


class Constructions:
    """The constructions of a language in the order of their file."""

    def __init__(self, known: Iterable[Construction]) -> None:
        self._known: Final = tuple(known)
        self._fitting: dict[tuple[frozenset[str], str, str, str], list[Construction]] = {}

    def __iter__(self) -> Iterator[Construction]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def fitting(self, classes: frozenset[str], before: str, kind: str, behind: str) -> list[Construction]:
        """Those that may stand round a cue of these classes in a chunk of this kind between two others, "" at an edge of the sentence."""
        key = (classes, before, kind, behind)
        found = self._fitting.get(key)
        if found is None:
            if len(self._fitting) >= _MEMORY:
                self._fitting.clear()
            found = self._fitting[key] = [
                one for one in self._known if not one.cues.isdisjoint(classes) and one.may_stand(before, kind, behind)
            ]
        return found


@functools.cache
def constructions(folder: Path) -> Constructions:
    """The constructions of a pack, read once."""
    return Constructions(read(folder))

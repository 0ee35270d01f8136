"""Work block by block: what fails in one block of a text costs that block, and the rest is as if the block were not there.

The search notes down where it stands (:meth:`Watch.over`). When something raises there, the text is read again with that block
blanked, so that offsets stay as they are. Where nobody noted down what failed, or the block is long, its pieces are tried each by
itself. All blocks that fail in one reading are lost together, so that time stays linear however many they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Final, NamedTuple, TypeVar

import attrs

from quoteminer import Document, Issue, Quote, Span
from quoteminer.text import paragraphs

T = TypeVar("T")
_LONG: Final = 4000
"""Code points: of a longer block only the pieces that fail are lost."""
_PIECE: Final = 2000
_READINGS: Final = 8
"""A text that still fails is given up; in one reading most often all that fails is found."""
_SHOWN: Final = 60
"""Code points of the text, and three times as many of the error, that an issue shows."""


class Watch:
    """Where the work stands, and at which offsets it failed. One that does not ``catch`` lets everything through."""

    def __init__(self, *, catch: bool = True) -> None:
        self.catch: Final = catch
        self.failures: list[tuple[int, Exception]] = []
        """Where something failed (-1: nobody knows), and what was raised."""

    def over(self, at: int) -> _Over:
        """What is done inside concerns the block around an offset; when it raises, the reading goes on without the rest of it."""
        return _Over(self, at)


class _Over:
    """Work on a block; a class, since every part of a text passes here and a generator takes three times as long."""

    __slots__ = ("_at", "_watch")

    def __init__(self, watch: Watch, at: int) -> None:
        self._watch: Final = watch
        self._at: Final = at

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not (self._watch.catch and isinstance(error, Exception)):
            return False
        self._watch.failures.append((self._at, error))
        return True


UNWATCHED: Final = Watch(catch=False)
"""For those who want to see what is raised."""


class Lost(NamedTuple):
    """What of a text is left out, and why."""

    start: int
    end: int
    error: Exception


class Done(NamedTuple):
    """What became of the work: with which quotes it was done, and what it had to leave out."""

    quotes: Sequence[Quote]
    lost: Sequence[Lost]

    def issues(self, component: str, document: Document) -> list[Issue]:
        """An issue for each part of the text that is left out."""
        return [Issue(component, document.id, _message(document.text, lost), "error") for lost in self.lost]


Work = Callable[[Document, Sequence[Quote], Watch], T]


def attempt(document: Document, quotes: Sequence[Quote], work: Work[T]) -> tuple[T, Done]:
    """Do some work on a document, without the blocks in which it raises; quotes that begin in them, or in one that does, are left out.

    Raises:
        Exception: what the work raised, when it raises whatever is left out.
    """
    lost: list[Lost] = []
    given, kept = document, quotes
    for reading in range(_READINGS):
        watch = Watch()
        results: list[T] = []
        with watch.over(-1):
            results.append(work(given, kept, watch))
        if not watch.failures:
            return results[0], Done(kept, lost)
        more = [
            part
            for part in _losses(given, kept, work, watch.failures, everywhere=reading == 1)
            if not given.text[part.start : part.end].isspace()
        ]
        if not more:
            break
        lost = _joined([*lost, *more])
        given = attrs.evolve(document, text=_without(document.text, lost))
        kept = _outside(quotes, lost)
    raise watch.failures[0][1]


def _losses(
    document: Document, quotes: Sequence[Quote], work: Work[T], failures: Sequence[tuple[int, Exception]], *, everywhere: bool
) -> list[Lost]:
    """The parts of a text in which work failed. What failed again though it was left out has its cause elsewhere: look ``everywhere``."""
    text = document.text
    bounds = paragraphs(text)
    starts = [start for start, _ in bounds]
    blocks: dict[int, Exception | None] = {}
    for at, error in failures:
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < bounds[index][1]:
            blocks.setdefault(index, error)
        else:
            everywhere = True
    losses: list[Lost] = []
    for index, (start, end) in enumerate(bounds):
        noted = blocks.get(index)
        if noted is None and not everywhere:
            continue
        if noted is not None and end - start <= _LONG:
            losses.append(Lost(start, end, noted))
            continue
        pieces = [
            Lost(first, last, raised)
            for first, last in _pieces(text, start, end)
            if (raised := _alone(document, quotes, work, first, last)) is not None
        ]
        losses.extend(pieces if pieces or noted is None else [Lost(start, end, noted)])
    return losses


def _alone(document: Document, quotes: Sequence[Quote], work: Work[T], start: int, end: int) -> Exception | None:
    """What the work raises on a part of a text by itself."""
    watch = Watch()
    with watch.over(start):
        inside = [_moved(quote, -start) for quote in quotes if all(start <= s.start and s.end <= end for s in _spans(quote))]
        known = {quote.id for quote in inside}
        inside = [quote if quote.parent in known else attrs.evolve(quote, parent=None) for quote in inside]
        work(attrs.evolve(document, text=document.text[start:end]), inside, watch)
    return watch.failures[0][1] if watch.failures else None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in pieces that end, if possible, where a line or sentence does."""
    while end - start > _LONG:
        cut = start + _PIECE
        for ending in ("\n", ". ", " "):
            found = text.rfind(ending, start + 1, cut)
            if found >= 0:
                cut = found + len(ending)
                break
        yield start, cut
        start = cut
    yield start, end


def _spans(quote: Quote) -> list[Span]:
    return [*quote.content, *quote.cue, *([quote.source] if quote.source is not None else [])]


def _moved(quote: Quote, by: int) -> Quote:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return attrs.evolve(
        quote,
        content=[moved(span) for span in quote.content],
        cue=[moved(span) for span in quote.cue],
        source=None if quote.source is None else moved(quote.source),
    )


def _joined(parts: Iterable[Lost]) -> list[Lost]:
    """The parts in order, those that overlap as one."""
    result: list[Lost] = []
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        if result and part.start < result[-1].end:
            result[-1] = result[-1]._replace(end=max(result[-1].end, part.end))
        else:
            result.append(part)
    return result


def _without(text: str, lost: Iterable[Lost]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, _ in lost:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _outside(quotes: Sequence[Quote], lost: Sequence[Lost]) -> list[Quote]:
    """The quotes that neither begin nor have their cue or source in what is lost, nor stand in one that does."""
    starts = [part.start for part in lost]

    def inside(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < lost[index].end

    gone = {
        quote.id
        for quote in quotes
        if any(inside(span.start) for span in [quote.content[0], *quote.cue, *([quote.source] if quote.source else [])])
    }
    while True:
        more = {quote.id for quote in quotes if quote.parent in gone} - gone
        if not more:
            return [quote for quote in quotes if quote.id not in gone]
        gone |= more


def _message(text: str, lost: Lost) -> str:
    words = _printable(text[lost.start : lost.end], _SHOWN)
    error = _printable(f"{type(lost.error).__name__}: {lost.error}", 3 * _SHOWN)
    return f"characters {lost.start}–{lost.end} (“{words}”) are left out: {error}"


def _printable(text: str, most: int) -> str:
    """The beginning of a text in one line, without signs that mean something to a terminal."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * most]).split())
    return shown if len(shown) <= most else shown[: most - 2].rstrip() + " …"

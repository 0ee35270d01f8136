"""Stories with known quotations: what is said in them by whom, written down with any marks, names and noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from ..annotations import Extraction, Provenance, Quote, Speaker
from ..document import Document
from ..spans import Span

#: Opening and closing marks, then those of a quotation inside.
MARKS: Final[dict[str, tuple[str, str, str, str]]] = {
    "curly": ("“", "”", "‘", "’"),
    "straight": ('"', '"', "'", "'"),
    "british": ("‘", "’", "“", "”"),
    "german": ("„", "“", "‚", "‘"),
    "guillemets": ("«", "»", "‹", "›"),
    "french": ("«\u00a0", "\u00a0»", "“", "”"),
    "danish": ("»", "«", "›", "‹"),
    "polish": ("„", "”", "«", "»"),
    "swedish": ("”", "”", "’", "’"),
    "corner": ("「", "」", "『", "』"),
}

#: Ways to quote, the simplest first.
KINDS: Final = (
    "inverted",
    "plain",
    "before",
    "colon",
    "indirect",
    "according",
    "mixed",
    "interrupted",
    "nested",
    "paragraphs",
    "bare",
    "narration",
)

#: What can happen to a text on its way.
NOISE: Final = ("line breaks", "typos", "zero width", "bidirectional", "markup")

NAMES: Final = ("Ann Lee", "Bo", "Maria Alvarez", "Dr. Chidi Okafor", "O’Neill")
#: Stands before a name and does not belong to it.
TITLE: Final = "Dr. "
VERBS: Final = ("said", "warned", "added", "explained", "argued")
SENTENCES: Final = (
    "It works",
    "We will wait",
    "The bridge is safe",
    "Nobody asked the farmers about the price of milk",
    "They have 40 days, not 50",
    "I don’t know yet",
)
CLAUSES: Final = (
    "the bridge was safe",
    "rents would rise",
    "nobody had asked the farmers",
    "the council would vote in May",
)
PHRASES: Final = ("a disaster", "a quiet triumph for everyone")
NARRATION: Final = (
    "It rained.",
    "The market opened at nine.",
    "The road to the harbour was closed for a week.",
)


@attrs.frozen
class Passage:
    """One paragraph to be written.

    Attributes:
        kind: one of ``KINDS``.
        speaker, other: names; ``other`` is quoted inside a ``nested`` quotation.
        verb: a verb of saying.
        first, second: sentences; narration has only the first.
    """

    kind: str
    speaker: str = NAMES[0]
    verb: str = VERBS[0]
    first: str = SENTENCES[0]
    second: str = SENTENCES[1]
    other: str = NAMES[1]


@attrs.frozen
class Noise:
    """One thing that happens to a text: ``kind`` is one of ``NOISE``; ``where`` chooses the place, from 0 to 1."""

    kind: str
    where: float = 0.0


@attrs.frozen(repr=False)
class Story:
    """A text with the quotations that a person would mark in it.

    Attributes:
        extraction: the document with its quotes and speakers.
        passages, marks, noise: what it was written from.
    """

    extraction: Extraction
    passages: tuple[Passage, ...]
    marks: str
    noise: tuple[Noise, ...] = ()

    @property
    def document(self) -> Document:
        """The document."""
        return self.extraction.document

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.extraction.document.text

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations in it, in text order."""
        return self.extraction.quotes

    def rewritten(
        self, *, marks: str | None = None, names: Mapping[str, str] | None = None, passages: Sequence[Passage] | None = None
    ) -> Story:
        """The same story with other marks, names or passages; its quotations are where they are then."""
        renamed = names or {}
        chosen = [
            attrs.evolve(
                passage, speaker=renamed.get(passage.speaker, passage.speaker), other=renamed.get(passage.other, passage.other)
            )
            for passage in (self.passages if passages is None else passages)
        ]
        return write(chosen, marks or self.marks, self.noise)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis shows an example."""
        printer.text(repr(self))

    def __repr__(self) -> str:
        names = {speaker.id: speaker.name for speaker in self.extraction.speakers}
        found = [f"{quote.kind}: {quote.text(self.document)!r} by {names.get(quote.speaker or '')}" for quote in self.quotes]
        return f"<Story {self.text!r}, quotes: {'; '.join(found) or 'none'}>"


class _Page:
    """Text that grows, and what is marked in it."""

    def __init__(self, marks: tuple[str, str, str, str]) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.marks = marks
        self.quotes: list[Quote] = []
        self.mentions: dict[str, list[Span]] = {}

    def put(self, text: str) -> Span:
        self.pieces.append(text)
        self.size += len(text)
        return Span(self.size - len(text), self.size)

    def name(self, name: str) -> Span:
        span = self.put(name)
        self.mentions.setdefault(name, []).append(span)
        return span

    def quoted(self, text: str, *, inside: bool = False) -> Span:
        opening, closing = self.marks[2:] if inside else self.marks[:2]
        self.put(opening)
        span = self.put(text)
        self.put(closing)
        return span

    def quote(
        self,
        content: Sequence[Span],
        kind: str,
        cue: Span | None,
        source: Span | None,
        speaker: str | None,
        parent: str | None = None,
    ) -> str:
        name = f"g{len(self.quotes) + 1}"
        self.quotes.append(
            Quote(
                content,
                kind,
                cue=() if cue is None else (cue,),
                source=source,
                speaker=speaker,
                parent=parent,
                provenance=Provenance("gold"),
                id=name,
            )
        )
        return name


def _inverted(page: _Page, p: Passage) -> None:
    content = page.quoted(p.first + ",")
    page.put(" ")
    cue = page.put(p.verb)
    page.put(" ")
    source = page.name(p.speaker)
    page.put(".")
    page.quote([content], "direct", cue, source, p.speaker)


def _plain(page: _Page, p: Passage) -> None:
    content = page.quoted(p.first + ",")
    page.put(" ")
    source = page.name(p.speaker)
    page.put(" ")
    cue = page.put(p.verb)
    page.put(".")
    page.quote([content], "direct", cue, source, p.speaker)


def _before(page: _Page, p: Passage, sign: str = ", ") -> None:
    source = page.name(p.speaker)
    page.put(" ")
    cue = page.put(p.verb)
    page.put(sign)
    content = page.quoted(p.first + ".")
    page.quote([content], "direct", cue, source, p.speaker)


def _colon(page: _Page, p: Passage) -> None:
    _before(page, p, ": ")


def _clause(sentence: str) -> str:
    return CLAUSES[SENTENCES.index(sentence) % len(CLAUSES)] if sentence in SENTENCES else sentence


def _indirect(page: _Page, p: Passage) -> None:
    source = page.name(p.speaker)
    page.put(" ")
    cue = page.put(p.verb)
    page.put(" ")
    content = page.put("that " + _clause(p.first))
    page.put(".")
    page.quote([content], "indirect", cue, source, p.speaker)


def _according(page: _Page, p: Passage) -> None:
    cue = page.put("According to")
    page.put(" ")
    source = page.name(p.speaker)
    page.put(", ")
    content = page.put(_clause(p.first))
    page.put(".")
    page.quote([content], "indirect", cue, source, p.speaker)


def _mixed(page: _Page, p: Passage) -> None:
    source = page.name(p.speaker)
    page.put(" ")
    cue = page.put(p.verb)
    page.put(" ")
    start = page.size
    page.put("that " + _clause(p.first) + " and that it was ")
    page.quoted(PHRASES[len(p.second) % 2])
    content = Span(start, page.size)
    page.put(".")
    page.quote([content], "mixed", cue, source, p.speaker)


def _interrupted(page: _Page, p: Passage) -> None:
    one = page.quoted(p.first + ",")
    page.put(" ")
    cue = page.put(p.verb)
    page.put(" ")
    source = page.name(p.speaker)
    page.put(", ")
    two = page.quoted("and " + _clause(p.second) + ".")
    page.quote([one, two], "direct", cue, source, p.speaker)


def _nested(page: _Page, p: Passage) -> None:
    page.put(page.marks[0])
    start = page.size
    inner_source = page.name(p.other)
    page.put(" ")
    inner_cue = page.put(p.verb)
    page.put(", ")
    inner = page.quoted(p.second, inside=True)
    page.put(",")
    content = Span(start, page.size)
    page.put(page.marks[1] + " ")
    cue = page.put(p.verb)
    page.put(" ")
    source = page.name(p.speaker)
    page.put(".")
    parent = page.quote([content], "direct", cue, source, p.speaker)
    page.quote([inner], "direct", inner_cue, inner_source, p.other, parent)


def _paragraphs(page: _Page, p: Passage) -> None:
    page.put(page.marks[0])
    one = page.put(p.first + ".")
    # A quotation that goes on opens again with each paragraph and closes once.
    page.put("\n\n" + page.marks[0])
    two = page.put(p.second + ",")
    page.put(page.marks[1] + " ")
    cue = page.put(p.verb)
    page.put(" ")
    source = page.name(p.speaker)
    page.put(".")
    page.quote([one, two], "direct", cue, source, p.speaker)


def _bare(page: _Page, p: Passage) -> None:
    content = page.quoted(p.first + ".")
    page.quote([content], "direct", None, None, None)


def _narration(page: _Page, p: Passage) -> None:
    page.put(p.first if p.first in NARRATION else NARRATION[len(p.first) % len(NARRATION)])


_WRITE: Final[dict[str, Callable[[_Page, Passage], None]]] = {
    "inverted": _inverted,
    "plain": _plain,
    "before": _before,
    "colon": _colon,
    "indirect": _indirect,
    "according": _according,
    "mixed": _mixed,
    "interrupted": _interrupted,
    "nested": _nested,
    "paragraphs": _paragraphs,
    "bare": _bare,
    "narration": _narration,
}


def write(passages: Sequence[Passage], marks: str = "curly", noise: Sequence[Noise] = ()) -> Story:
    """The story of these passages, a paragraph each.

    >>> write([Passage("inverted")])
    <Story '“It works,” said Ann Lee.', quotes: direct: 'It works,' by Ann Lee>
    """
    page = _Page(MARKS[marks])
    for number, passage in enumerate(passages):
        if number:
            page.put("\n\n")
        _WRITE[passage.kind](page, passage)
    text = "".join(page.pieces)
    edits = [edit for item in noise for edit in _edit(item, text, page)]
    moved = Moved(text, edits)
    ids = {name: f"s{number}" for number, name in enumerate(page.mentions, 1)}
    quotes = [
        attrs.evolve(
            quote,
            content=[moved.span(span) for span in quote.content],
            cue=[moved.span(span) for span in quote.cue],
            source=None if quote.source is None else moved.span(quote.source),
            speaker=None if quote.speaker is None else ids[quote.speaker],
        )
        for quote in page.quotes
    ]
    speakers = [
        Speaker(ids[name], name.removeprefix(TITLE), kind="person", mentions=[moved.span(span) for span in spans])
        for name, spans in page.mentions.items()
    ]
    return Story(Extraction(Document(moved.text), quotes, speakers), tuple(passages), marks, tuple(noise))


@attrs.frozen
class Edit:
    """In the text, the characters from ``start`` to ``end`` are replaced by ``new``."""

    start: int
    end: int
    new: str


class Moved:
    """A text after some edits, and where its spans are then. Edits that touch an earlier one are left out.

    What is inserted at the edge of a span stands outside it.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.edits: list[Edit] = []
        pieces: list[str] = []
        at = 0
        for edit in sorted(edits, key=lambda item: (item.start, item.end, item.new)):
            if self.edits and edit.start <= self.edits[-1].end:
                continue
            self.edits.append(edit)
            pieces += [text[at : edit.start], edit.new]
            at = edit.end
        self.text = "".join([*pieces, text[at:]])

    def span(self, span: Span) -> Span:
        """Where a span of the old text is in the new one."""
        start, end = span
        for edit in self.edits:
            shift = len(edit.new) - (edit.end - edit.start)
            if edit.end <= span.start:
                start += shift
            if edit.start < span.end:
                end += shift
        return Span(start, end)


def _edit(noise: Noise, text: str, page: _Page) -> list[Edit]:
    """The edits of one noise; none where the text has no place for it."""

    def chosen(places: Sequence[int]) -> int | None:
        return places[min(len(places) - 1, int(noise.where * len(places)))] if places else None

    blanks = [at for at, sign in enumerate(text) if sign == " "]
    letters = [at for quote in page.quotes for span in quote.content for at in range(*span) if text[at - 1 : at + 2].isalpha()]
    if noise.kind == "line breaks":
        at = chosen(blanks)
        return [] if at is None else [Edit(at, at + 1, "\n")]
    if noise.kind == "typos":
        at = chosen([place for place in letters if text[place - 1 : place + 2].islower()])
        return [] if at is None else [Edit(at, at + 1, text[at] * 2 if noise.where < 0.5 else "q")]
    if noise.kind == "zero width":
        at = chosen(letters)
        return [] if at is None else [Edit(at, at, "\u200b")]
    if noise.kind == "bidirectional":
        at = chosen(blanks)
        return [] if at is None else [Edit(at, at + 1, " \u200f" if noise.where < 0.5 else "\u200e ")]
    at = chosen(blanks)
    return [] if at is None else [Edit(at, at + 1, "&nbsp;" if noise.where < 0.5 else " <br/>")]

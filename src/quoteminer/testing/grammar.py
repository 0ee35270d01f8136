"""Stories with known quotations: what is said in them by whom, written down with any marks, names and noise."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from ..annotations import Provenance, Quote, Speaker
from ..document import Document
from ..extraction import Extraction
from ..spans import Span
from ..vocabulary import QuoteKind

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

#: Ways to quote in English, the simplest first; other languages have most of them, and some have more.
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

#: Languages that stories are written in, a file each.
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "no", "sv", "da")


@attrs.frozen(kw_only=True)
class Language:
    """What stories of one language are made of: the fields of its file."""

    marks: tuple[str, ...] = attrs.field(converter=tuple)
    names: tuple[str, ...] = attrs.field(converter=tuple)
    title: str
    verbs: tuple[str, ...] = attrs.field(converter=tuple)
    sentences: tuple[str, ...] = attrs.field(converter=tuple)
    clauses: tuple[str, ...] = attrs.field(converter=tuple)
    phrases: tuple[str, ...] = attrs.field(converter=tuple)
    narration: tuple[str, ...] = attrs.field(converter=tuple)
    kinds: Mapping[str, str]


@functools.cache
def language(tag: str) -> Language:
    """The language of a tag.

    Raises:
        ValueError: when it is not one of ``LANGUAGES``.
    """
    if tag not in LANGUAGES:
        raise ValueError(f"language: {tag!r} is not one of {', '.join(LANGUAGES)}")
    text = (importlib.resources.files(__package__) / "languages" / f"{tag}.toml").read_text(encoding="utf-8")
    return Language(**tomllib.loads(text))


@attrs.frozen
class Passage:
    """One paragraph to be written.

    Attributes:
        kind: one of the kinds of the story's language.
        speaker, other: names; ``other`` is quoted inside a ``nested`` quotation.
        verb: a verb of saying.
        first, second: sentences; narration has only the first.
    """

    kind: str
    speaker: str = "Ann Lee"
    verb: str = "said"
    first: str = "It works"
    second: str = "We will wait"
    other: str = "Bo"


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
        passages, marks, noise, language: what it was written from.
    """

    extraction: Extraction
    passages: tuple[Passage, ...]
    marks: str
    noise: tuple[Noise, ...] = ()
    language: str = "en"

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
        return write(chosen, marks or self.marks, self.noise, self.language)

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

    def quote(
        self,
        content: Sequence[Span],
        kind: QuoteKind,
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


_TOKEN: Final = re.compile(r"\{(\w+)\}|\[\[|\]\]|[“”‘’\[\]<>¶]|[^{“”‘’\[\]<>¶]+")
_NOT_DIRECT: Final[dict[str, QuoteKind]] = {"indirect": "indirect", "according": "indirect", "mixed": "mixed"}


def _fill(page: _Page, passage: Passage, words: Language) -> None:
    """Write one passage by the template of its kind, and mark its quotations."""
    filled = {
        "first": passage.first,
        "second": passage.second,
        "clause": _reported(passage.first, words),
        "clause2": _reported(passage.second, words),
        "phrase": words.phrases[len(passage.second) % len(words.phrases)],
        "narration": passage.first
        if passage.first in words.narration
        else words.narration[len(passage.first) % len(words.narration)],
    }
    starts: list[int] = []
    content: list[Span] = []
    inside: list[Span] = []
    marked: dict[str, Span] = {}
    for token in _TOKEN.finditer(words.kinds[passage.kind]):
        sign, name = token[0], token[1]
        if sign in "“”‘’":
            page.put(page.marks["“”‘’".index(sign)])
        elif sign in ("[", "[[", "<"):
            starts.append(page.size)
        elif sign == ">":
            marked["verb"] = Span(starts.pop(), page.size)
        elif sign in ("]", "]]"):
            (content if sign == "]" else inside).append(Span(starts.pop(), page.size))
        elif sign == "¶":
            page.put("\n\n")
        elif name in ("source", "other"):
            marked[name] = page.name(passage.speaker if name == "source" else passage.other)
        elif name in ("verb", "inner_verb"):
            marked[name] = page.put(passage.verb)
        else:
            page.put(filled[name] if name else sign)
    if not content:
        return
    source = marked.get("source")
    kind: QuoteKind = _NOT_DIRECT.get(passage.kind, "direct")
    parent = page.quote(content, kind, marked.get("verb"), source, None if source is None else passage.speaker)
    if inside:
        page.quote(inside, "direct", marked["inner_verb"], marked["other"], passage.other, parent)


def _reported(sentence: str, words: Language) -> str:
    return words.clauses[words.sentences.index(sentence) % len(words.clauses)] if sentence in words.sentences else sentence


def write(passages: Sequence[Passage], marks: str = "curly", noise: Sequence[Noise] = (), tag: str = "en") -> Story:
    """The story of these passages, a paragraph each.

    >>> write([Passage("inverted")])
    <Story '“It works,” said Ann Lee.', quotes: direct: 'It works,' by Ann Lee>
    """
    words = language(tag)
    page = _Page(MARKS[marks])
    for number, passage in enumerate(passages):
        if number:
            page.put("\n\n")
        _fill(page, passage, words)
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
        Speaker(ids[name], name.removeprefix(words.title), kind="person", mentions=[moved.span(span) for span in spans])
        for name, spans in page.mentions.items()
    ]
    document = Document(moved.text, language=tag)
    return Story(Extraction(document, quotes, speakers), tuple(passages), marks, tuple(noise), tag)


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

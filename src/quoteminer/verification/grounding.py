"""What a language model says stands in a text, held against that text: exact offsets, or an issue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs

from .. import __version__, checks
from ..annotations import Issue, Provenance, Quote, Speaker
from ..document import Document
from ..errors import AnnotationError, ConfigurationError, describe, shown
from ..extraction import Extraction
from ..mining.miner import Miner
from ..plugins.hookspecs import hookimpl
from ..spans import Span
from ..vocabulary import QUOTE_KINDS, QuoteKind, Scope
from .folding import Words, fold_quotation
from .judging import Placing
from .lexicon import Lexicon, Lexicons
from .search import Sources

_MARKS: Final = "“”„‟\"«»‹›‘’‚'`「」『』"
_OPENING: Final = "“„‟\"«»‹›‘‚'`「『"
_CLOSING: Final = "”“\"«»‹›’‘'`」』"
#: Marks that stand around speech whatever else they may be.
_SURE: Final = re.compile('[“”„"«»「」]')
_FINAL: Final = ".,;:!?…—–-"
#: The share of the words that must stand there.
LEAST: Final = 0.8
_MEMBERS: Final = frozenset(["quote", "speaker", "kind", "confidence"])


def locate(document: str | Document, words: str, *, least: float = LEAST, miner: Miner | None = None) -> Span | None:
    """Where words stand in a text that somebody, such as a language model, says are there.

    Marks, capitals, white space, hyphens and forms of Unicode need not agree; a few words may differ.

    Args:
        least: the share of the words, by weight, that must stand there; 1 for all of them.
        miner: whose language packs are used; without one those of all plugins.

    Returns:
        The best place, the first of several; ``None`` where there is none.

    >>> text = "She said: “We’ll go—now.”"
    >>> span = locate(text, "we'll go - now")
    >>> text[span.start : span.end]
    'We’ll go—now'
    """
    document = document if isinstance(document, Document) else Document(document)
    checks.text(words, "words")
    least = checks.score(least, "least")
    at = document.text.find(words) if words.strip() else -1
    if at >= 0:
        return Span(at, at + len(words))
    return _Locator(document, _lexicons(miner)).best(words, least, frozenset())


def _lexicons(miner: Miner | None) -> Lexicons:
    packs = (miner or Miner()).components("quoteminer_languages")
    return Lexicons({pack.language: pack for pack in packs})


class _Locator:
    """Finds strings in one document, whose words are looked through once."""

    def __init__(self, document: Document, lexicons: Lexicons) -> None:
        self._document = document
        self._lexicon = lexicons.of(document.language)
        self._sources = Sources([document], lexicons, disfluencies=False)
        self._placing = Placing(self._sources, lexicons)

    def best(self, words: str, least: float, taken: frozenset[Span]) -> Span | None:
        """The best place that is not among those that are taken, unless there is no other."""
        said = Document(words, language=self._document.language)
        folded = self._folded(said)
        if not len(folded):
            return None
        first: Span | None = None
        best = 0.0
        for placed in self._placing.places(folded, said, self._lexicon):
            if placed.spliced or placed.score < max(least, best):
                continue
            span = self._ended(Span(placed.matches[0].span.start, placed.matches[-1].span.end), words)
            if not any(span.overlaps(one) for one in taken):
                return span
            first, best = first or span, placed.score
        return first

    def _folded(self, said: Document) -> Words:
        if not said.text.strip():
            return fold_quotation("", (), self._lexicon)
        return fold_quotation(said.text, (Span(0, len(said.text)),), self._lexicon, disfluencies=False)

    def _ended(self, span: Span, words: str) -> Span:
        """The span with the full stop that the words have as well."""
        end = span.end
        text = self._document.text
        if words.rstrip(_MARKS + " ")[-1:] in _FINAL:
            while end < len(text) and text[end] in _FINAL:
                end += 1
        return Span(span.start, end)


def ground(
    document: str | Document,
    quotes: Iterable[Mapping[str, Any]],
    *,
    name: str = "model",
    least: float = LEAST,
    miner: Miner | None = None,
) -> Extraction:
    """Quotations that somebody, such as a language model, says are in a text, as quotes with exact offsets.

    Args:
        document: the text.
        quotes: an object for each, in any order: ``quote``, the words; perhaps ``speaker``, a name, ``kind`` and ``confidence``. See :func:`answer_schema`.
        name: stands in the provenance.
        least: as for :func:`locate`.
        miner: as for :func:`locate`.

    Returns:
        What stands in the text; an issue tells of each that does not, or is no such object.

    >>> found = ground("“It works,” said Ada.", [{"quote": "It works", "speaker": "Ada"}, {"quote": "It never fails", "speaker": "Ada"}])
    >>> [(quote.text(found.document), quote.kind) for quote in found], found.issues[0].message
    ([('It works,', 'direct')], 'quotes[1]: “It never fails” does not stand in the text')
    """
    document = document if isinstance(document, Document) else Document(document)
    grounding = _Grounding(document, name, checks.score(least, "least"), _lexicons(miner))
    for number, one in enumerate(quotes):
        grounding.add(number, one)
    return grounding.extraction()


class _Grounding:
    """Collects quotes, speakers and issues."""

    def __init__(self, document: Document, name: str, least: float, lexicons: Lexicons) -> None:
        self._document = document
        self._provenance = Provenance(name, version=__version__)
        self._least = least
        self._locator = _Locator(document, lexicons)
        self._lexicon: Lexicon = lexicons.of(document.language)
        self._quotes: list[Quote] = []
        self._taken: set[Span] = set()
        self._speakers: dict[str, Speaker] = {}
        self._issues: list[Issue] = []

    def add(self, number: int, one: object) -> None:
        """Take up what is said to be a quotation."""
        try:
            words, speaker, kind, confidence = _members(one)
        except AnnotationError as error:
            self._say(number, error.message)
            return
        span = self._place(words)
        if span is None:
            self._say(number, f"“{' '.join(words.split())}” does not stand in the text")
            return
        self._taken.add(span)
        content, found = self._bounds(span)
        source, voice = (None, None) if speaker is None else self._voice(number, speaker, content)
        self._quotes.append(
            Quote(
                [content],
                kind or found,
                source=source,
                speaker=None if voice is None else voice.id,
                confidence=confidence,
                provenance=self._provenance,
                id=f"q{number + 1}",
            )
        )

    def extraction(self) -> Extraction:
        """All of it."""
        return Extraction(self._document, self._quotes, self._speakers.values(), (), self._issues)

    def _say(self, number: int, message: str) -> None:
        self._issues.append(
            Issue(self._provenance.extractor, self._document.id, f"quotes[{number}]: {message}", severity="warning")
        )

    def _place(self, words: str) -> Span | None:
        """Where the words stand, of several places one that no other quotation has."""
        stripped = words.strip().strip(_MARKS).strip() or words
        text, at = self._document.text, -1
        first: Span | None = None
        while (at := text.find(stripped, at + 1)) >= 0:
            span = Span(at, at + len(stripped))
            if not any(span.overlaps(one) for one in self._taken):
                return span
            first = first or span
        return first or self._locator.best(words, self._least, frozenset(self._taken))

    def _bounds(self, span: Span) -> tuple[Span, QuoteKind]:
        """The content with the sign that ends it and without marks around it, and whether it stands in marks."""
        text = self._document.text
        start, end = span
        while end < len(text) and text[end] in ".,!?…" and text[end + 1 : end + 2] in tuple(_CLOSING):
            end += 1
        inside = start > 0 and text[start - 1] in _OPENING and end < len(text) and text[end] in _CLOSING
        if inside:
            return Span(start, end), "direct"
        marked = _SURE.search(text, start, end) is not None
        paragraph = text.rfind("\n", 0, start) + 1
        before = len(_SURE.findall(text, paragraph, start))
        if not marked and before % 2:
            return Span(start, end), "direct"
        return Span(start, end), "mixed" if marked else "indirect"

    def _voice(self, number: int, name: str, content: Span) -> tuple[Span | None, Speaker]:
        """The mention of a speaker that is nearest to what they say."""
        known = self._speakers.get(name)
        if known is None:
            mentions = self._mentions(name)
            if not mentions:
                self._say(number, f"the speaker {name!r} is not named in the text")
            known = self._speakers[name] = Speaker(f"s{len(self._speakers) + 1}", name, mentions=mentions)
        outside = [mention for mention in known.mentions if not content.overlaps(mention)]
        nearest = min(outside, key=lambda one: max(content.start - one.end, one.start - content.end), default=None)
        return nearest, known

    def _mentions(self, name: str) -> list[Span]:
        """Where the text has the whole name, else its last word."""
        words = [word for word in re.findall(r"\w+", name) if word.casefold() not in self._lexicon.titles]
        for form in (name, " ".join(words), words[-1] if words else ""):
            if form:
                found = re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self._document.text)
                spans = [Span(*match.span()) for match in found]
                if spans:
                    return spans
        return []


def _members(one: object) -> tuple[str, str | None, QuoteKind | None, float]:
    """The members of an object that tells of a quotation.

    Raises:
        AnnotationError: when it is no such object.
    """
    if not isinstance(one, Mapping):
        raise AnnotationError(f"expected an object with the member quote, not {shown(one)}", "quotes", one)
    unknown = sorted(str(name) for name in one if name not in _MEMBERS)
    if unknown:
        raise AnnotationError(f"there is no member {unknown[0]!r}, only {', '.join(sorted(_MEMBERS))}", "quotes", one)
    words = checks.text(one.get("quote"), "quote", empty=False)
    speaker = one.get("speaker")
    speaker = None if speaker in (None, "") else checks.text(speaker, "speaker")
    kind: Any = one.get("kind")
    if kind is not None:
        kind = checks.one_of(kind, QUOTE_KINDS, "kind")
    confidence = checks.score(one.get("confidence", 1.0), "confidence")
    assert words is not None
    return words, speaker, kind, confidence


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of what a language model is asked for: pass it as the structure of its output, and the answer to :func:`ground`."""
    members = {
        "quote": {"type": "string", "minLength": 1, "description": "the words, exactly as they stand in the text"},
        "speaker": {"type": ["string", "null"], "description": "the name of who says them, as the text has it"},
        "kind": {"type": "string", "enum": list(QUOTE_KINDS), "description": "all, none or part of it stands in quotation marks"},
    }
    return {
        "type": "object",
        "properties": {
            "quotes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": members,
                    "required": list(members),
                    "additionalProperties": False,
                },
            }
        },
        "required": ["quotes"],
        "additionalProperties": False,
    }


Answer = str | Mapping[str, Any] | Iterable[Mapping[str, Any]]
"""What a function answers: the objects, an object that has them as ``quotes``, or either as JSON."""


def from_function(name: str, function: Callable[[str], Answer], *, languages: Iterable[str] | None = None) -> FunctionPlugin:
    """A plugin that has a function find the quotations, such as one that asks a language model.

    What the function says is held against the text: quotes have exact offsets, and what does not stand there becomes an issue.

    Args:
        name: of the plugin; its extractor is ``NAME.quotes``.
        function: is given the text of a document and answers as :func:`answer_schema` says, as JSON or as objects.
        languages: that it reads; ``None`` for any.

    >>> def model(text):
    ...     return '{"quotes": [{"quote": "It works", "speaker": "Ada", "kind": "direct"}]}'
    >>> miner = Miner([from_function("mymodel", model)])
    >>> [quote.provenance.extractor for quote in miner.mine("“It works,” said Ada.")]
    ['mymodel.quotes']
    """
    checks.text(name, "name", empty=False)
    if not callable(function):
        raise ConfigurationError(f"function: {shown(function)} cannot be called", "function", function)
    return FunctionPlugin(name, FunctionExtractor(f"{name}.quotes", function, None if languages is None else tuple(languages)))


@attrs.frozen(eq=False)
class FunctionExtractor:
    """Has a function find quotations."""

    name: str
    function: Callable[[str], Answer]
    languages: tuple[str, ...] | None = None

    def extract(self, document: Document, *, scope: Scope = "speech") -> Iterable[Quote | Issue]:
        """What the function finds and stands in the text, and an issue for each that does not."""
        found = ground(document, _answered(self.function(document.text)), name=self.name)
        return [*(attrs.evolve(quote, speaker=None) for quote in found.quotes), *found.issues]


def _answered(answer: Answer) -> list[Mapping[str, Any]]:
    """The objects of an answer.

    Raises:
        AnnotationError: when it is none.
    """
    if isinstance(answer, str):
        try:
            answer = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise AnnotationError(f"the answer is no JSON: {describe(error)}", "answer", answer) from None
    if isinstance(answer, Mapping):
        if "quotes" not in answer:
            raise AnnotationError("the answer has no member quotes", "answer", answer)
        answer = answer["quotes"]
    if isinstance(answer, (str, Mapping)) or not isinstance(answer, Iterable):
        raise AnnotationError(f"the answer holds no list of quotes but {shown(answer)}", "answer", answer)
    return list(answer)


@attrs.frozen(eq=False)
class FunctionPlugin:
    """A plugin with one extractor."""

    plugin_name: str
    extractor: FunctionExtractor

    @hookimpl
    def quoteminer_quote_extractors(self) -> Iterable[FunctionExtractor]:
        """The extractor."""
        return (self.extractor,)

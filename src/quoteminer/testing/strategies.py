"""Hypothesis strategies for every public type, and for texts.

>>> from hypothesis import given, settings
>>> from quoteminer.testing.strategies import extractions, reported_speech
>>> @settings(deadline=None)  # the first text takes longer: what the plugins read is loaded then
... @given(reported_speech())
... def test_finds_all(story):
...     found = {quote.content for quote in quoteminer.mine(story.document).quotes}
...     assert {quote.content for quote in story.quotes} <= found

The strategies are registered with hypothesis, so that ``st.from_type(quoteminer.Document)`` and ``st.builds`` find them without
an import. With documents given, the spans of what is drawn lie in their text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hypothesis import strategies as st

from ..annotations import Claim, Issue, Provenance, Quantity, Quote, Speaker, Time
from ..document import Document
from ..extraction import Extraction
from ..frozen import RESERVED_KEY, SURROGATE_PAIR
from ..plugins.manager import PluginInfo
from ..plugins.packs import LanguagePack
from ..segments import Segment
from ..spans import Span
from ..standalone import Standalone
from ..text import Aligned, Piece
from ..verification import Change, Finding, Match, Verification
from ..vocabulary import (
    CHANGE_KINDS,
    CLAIM_KINDS,
    CLAIM_MODALITIES,
    QUOTE_KINDS,
    QUOTE_MODALITIES,
    SEVERITIES,
    SPEAKER_KINDS,
    SUPPORTS,
    VERDICTS,
)
from .grammar import KINDS, MARKS, NOISE, Story
from .stories import reported_speech
from .texts import HOSTILE

__all__ = [
    "KINDS",
    "MARKS",
    "NOISE",
    "Story",
    "aligned_texts",
    "changes",
    "claims",
    "documents",
    "extractions",
    "findings",
    "issues",
    "json_values",
    "language_packs",
    "matches",
    "names",
    "plugin_infos",
    "provenances",
    "quantities",
    "quote_lists",
    "quotes",
    "reported_speech",
    "segments",
    "span_tuples",
    "spans",
    "speakers",
    "standalones",
    "texts",
    "times",
    "verifications",
]

_FLAT: Final = st.text(st.characters(), max_size=40)
_SCORES: Final = st.floats(0, 1)
_FINITE: Final = st.floats(allow_nan=False, allow_infinity=False)
_LARGEST: Final = 10_000


def texts(*, max_size: int = 60) -> st.SearchStrategy[str]:
    """Any text: of any characters (lone surrogates too), of quotation marks and words, stories, and known trouble."""
    signs = st.text(st.sampled_from("ab A.,!?:\n\t“”„‟\"'‘’«»‹›—–-é\u0301\u200b\u202e\ud83d\ude00😀"), max_size=max_size)
    known = [text for text in HOSTILE.values() if len(text) <= max_size]
    return st.text(st.characters(), max_size=max_size) | signs | st.sampled_from(known) | reported_speech().map(lambda s: s.text)


def names() -> st.SearchStrategy[str]:
    """A name or an id: any text but the empty one."""
    return st.sampled_from(["a", "Ann", "Dr. Bo Lee", "NATO"]) | st.text(st.characters(), min_size=1, max_size=8)


def json_values() -> st.SearchStrategy[Any]:
    """A value that metadata can hold."""
    keys = _FLAT.filter(lambda key: key != RESERVED_KEY and not SURROGATE_PAIR.search(key))
    return st.recursive(
        st.none() | st.booleans() | st.integers() | _FINITE | _FLAT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )


def _metadata() -> st.SearchStrategy[dict[str, Any]]:
    keys = _FLAT.filter(lambda key: key != RESERVED_KEY and not SURROGATE_PAIR.search(key))
    return st.dictionaries(keys, json_values(), max_size=3)


def documents(
    text: st.SearchStrategy[str] | None = None, *, languages: Sequence[str] = ("en", "de", "und")
) -> st.SearchStrategy[Document]:
    """A document; often one with a text, a made id and nothing else."""
    text = texts() if text is None else text
    full = st.builds(
        Document,
        text,
        id=st.just("") | names(),
        language=st.sampled_from(languages),
        title=st.none() | _FLAT,
        metadata=_metadata(),
    )
    return st.builds(Document, text, language=st.just(languages[0])) | full


@st.composite
def aligned_texts(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Aligned:
    """A text with the way back to a raw one: parts that stand there as they are, that stood for something else, were put in or left out."""
    words = draw(texts() if text is None else text)
    at = raw = 0
    pieces: list[Piece] = []
    while at < len(words):
        end = draw(st.integers(at + 1, len(words)))
        raw += draw(st.integers(0, 3))
        raw_end = raw + draw(st.just(end - at) | st.integers(0, 5))
        pieces.append(Piece(at, end, raw, raw_end))
        at, raw = end, raw_end
    return Aligned(words, raw + draw(st.integers(0, 3)), pieces, unit=draw(st.sampled_from(["code points", "bytes"])))


def spans(document: Document | None = None) -> st.SearchStrategy[Span]:
    """A span, inside ``document`` if there is one; a document without text has none."""
    size = _LARGEST if document is None else len(document)
    if size == 0:
        return st.nothing()

    @st.composite
    def span(draw: st.DrawFn) -> Span:
        start = draw(st.integers(0, size - 1))
        return Span(start, draw(st.integers(start + 1, size)))

    return span()


def span_tuples(document: Document | None = None, *, min_size: int = 1, max_size: int = 3) -> st.SearchStrategy[tuple[Span, ...]]:
    """Spans in text order that do not overlap, as many as the text has room for."""
    size = _LARGEST if document is None else len(document)
    if size < 1:
        return st.just(()) if min_size == 0 else st.nothing()
    cuts = st.lists(
        st.integers(0, size), min_size=2 * min_size, max_size=max(2 * min_size, min(2 * max_size, size + 1)), unique=True
    )

    def paired(offsets: list[int]) -> tuple[Span, ...]:
        ordered = sorted(offsets)
        return tuple(Span(a, b) for a, b in zip(ordered[::2], ordered[1::2], strict=False))

    return cuts.map(paired)


def provenances() -> st.SearchStrategy[Provenance]:
    """Any provenance."""
    return st.builds(Provenance, names(), version=_FLAT, detail=_FLAT)


def quotes(
    document: Document | None = None, *, speakers: Sequence[str] = (), parents: Sequence[str] = ()
) -> st.SearchStrategy[Quote]:
    """A quote. ``speakers`` and ``parents`` are ids that it may name; without them it names none."""
    who = st.sampled_from([None, *speakers])
    return st.builds(
        Quote,
        span_tuples(document),
        st.sampled_from(QUOTE_KINDS),
        cue=span_tuples(document, min_size=0, max_size=2),
        source=st.none() | spans(document),
        speaker=who,
        addressee=who,
        parent=st.sampled_from([None, *parents]),
        modality=st.sampled_from(QUOTE_MODALITIES),
        confidence=_SCORES,
        provenance=provenances(),
        id=st.just(""),
    )


@st.composite
def quote_lists(
    draw: st.DrawFn, document: Document | None = None, *, speakers: Sequence[str] = (), max_size: int = 4
) -> list[Quote]:
    """Quotes with ids of their own, some of which name another, which encloses them, as their parent."""
    import attrs

    found: list[Quote] = []
    if document is not None and not len(document):
        return found
    for number in range(1, draw(st.integers(0, max_size)) + 1):
        quote = draw(quotes(document, speakers=speakers))
        around = [other.id for other in found if other.span.contains(quote.span)]
        quote = attrs.evolve(quote, parent=draw(st.sampled_from([None, *around])))
        found.append(attrs.evolve(quote, id=f"q{number}"))
    return found


def speakers(document: Document | None = None, *, ids: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Speaker]:
    """A speaker."""
    return st.builds(
        Speaker,
        names() if ids is None else ids,
        names(),
        role=st.none() | _FLAT,
        kind=st.sampled_from(SPEAKER_KINDS),
        mentions=st.just(()) if document is not None and not len(document) else st.lists(spans(document), max_size=3),
    )


def quantities(document: Document | None = None) -> st.SearchStrategy[Quantity]:
    """A quantity."""
    return st.builds(Quantity, spans(document), value=st.none() | _FINITE, unit=st.none() | _FLAT)


def times(document: Document | None = None) -> st.SearchStrategy[Time]:
    """A time expression."""
    return st.builds(Time, spans(document), value=st.none() | st.sampled_from(["2026", "2026-11-24", "P1Y"]) | _FLAT)


def claims(
    document: Document | None = None, *, speakers: Sequence[str] = (), quotes: Sequence[str] = ()
) -> st.SearchStrategy[Claim]:
    """A claim. ``speakers`` and ``quotes`` are ids that it may name; without them it names none."""
    return st.builds(
        Claim,
        span_tuples(document),
        st.sampled_from(CLAIM_KINDS),
        claimant=st.sampled_from([None, *speakers]),
        quote=st.sampled_from([None, *quotes]),
        check_worthiness=_SCORES,
        modality=st.sampled_from(CLAIM_MODALITIES),
        negated=st.booleans(),
        quantities=st.lists(quantities(document), max_size=2),
        times=st.lists(times(document), max_size=2),
        confidence=_SCORES,
        provenance=provenances(),
        id=st.just(""),
    )


def issues() -> st.SearchStrategy[Issue]:
    """An issue."""
    return st.builds(Issue, names(), _FLAT, _FLAT, st.sampled_from(SEVERITIES))


@st.composite
def extractions(draw: st.DrawFn, document: st.SearchStrategy[Document] | None = None) -> Extraction:
    """A valid extraction with whatever it may hold: of any document, by any values. Not what a program would find in it."""
    import attrs

    of = draw(documents() if document is None else document)
    cast = [draw(speakers(of, ids=st.just(f"s{number}"))) for number in range(1, draw(st.integers(0, 3)) + 1)]
    ids = [speaker.id for speaker in cast]
    found = draw(quote_lists(of, speakers=ids))
    asserted: list[Claim] = []
    if len(of):
        for number in range(1, draw(st.integers(0, 2)) + 1):
            claim = draw(claims(of, speakers=ids, quotes=[quote.id for quote in found]))
            asserted.append(attrs.evolve(claim, id=f"c{number}"))
    return Extraction(of, found, cast, asserted, draw(st.lists(issues(), max_size=2)))


def segments(document: Document | None = None) -> st.SearchStrategy[Segment]:
    """A segment, of the narrator or of a quote."""
    return st.builds(Segment, spans(document)) | st.builds(Segment, spans(document), st.none() | names(), names())


def standalones() -> st.SearchStrategy[Standalone]:
    """A claim as a sentence of its own."""
    missing = st.lists(st.sampled_from(["who", "when"]), unique=True, max_size=2).map(tuple)
    return st.builds(Standalone, _FLAT, span_tuples(min_size=0), span_tuples(min_size=0), missing)


def language_packs() -> st.SearchStrategy[LanguagePack]:
    """What is known of a language: features, closed classes, numbers, units and complementisers."""
    words = st.frozensets(st.text(min_size=1, max_size=8), max_size=4)
    return st.builds(
        LanguagePack,
        st.sampled_from(["en", "de", "fr", "es", "pt-BR"]),
        features=_metadata(),
        classes=st.dictionaries(names(), words, max_size=3),
        numbers=st.dictionaries(names(), st.integers(0, 10**6) | st.floats(0, 1), max_size=3),
        units=st.dictionaries(names(), names(), max_size=3),
        complementisers=words,
    )


def changes(article: Document | None = None, source: Document | None = None) -> st.SearchStrategy[Change]:
    """A difference between a quotation and its source."""
    return st.builds(
        Change,
        st.sampled_from(CHANGE_KINDS),
        words=_FLAT,
        source_words=_FLAT,
        span=st.none() | spans(article),
        source_span=st.none() | spans(source),
        weight=_SCORES,
        marked=st.booleans(),
    )


def matches(article: Document | None = None, source: Document | None = None) -> st.SearchStrategy[Match]:
    """A stretch of a source that a stretch of a quotation was taken from."""
    ids = names() if source is None else st.just(source.id)
    return st.builds(Match, ids, spans(source), spans(article), speaker=st.none() | names())


def findings(
    article: Document | None = None, source: Document | None = None, *, of: st.SearchStrategy[Quote] | None = None
) -> st.SearchStrategy[Finding]:
    """What became of a quotation, whatever it may be; without places where there is no text for any."""
    placed = all(document is None or len(document) for document in (article, source))
    return st.builds(
        Finding,
        quotes(article) if of is None else of,
        st.sampled_from(VERDICTS),
        changes=st.lists(changes(article, source), max_size=2) if placed else st.just([]),
        matches=st.lists(matches(article, source), max_size=2) if placed else st.just([]),
        speaker=st.none() | names(),
        support=st.none() | st.sampled_from(SUPPORTS),
        confidence=_SCORES,
    )


@st.composite
def verifications(draw: st.DrawFn) -> Verification:
    """An article with a finding for each quotation, held against one source."""
    extraction = draw(extractions())
    source = draw(documents())
    found = [draw(findings(extraction.document, source, of=st.just(quote))) for quote in extraction.quotes]
    return Verification(extraction, found, [source], draw(st.lists(issues(), max_size=2)))


def plugin_infos() -> st.SearchStrategy[PluginInfo]:
    """What is told of a plugin."""
    return st.builds(
        PluginInfo,
        name=names(),
        version=_FLAT,
        distribution=_FLAT,
        components=st.lists(names(), max_size=3).map(tuple),
        status=st.sampled_from(["active", "blocked", "not allowed", "failed"]),
        error=st.none() | _FLAT,
    )

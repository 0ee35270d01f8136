"""Whatever one component does, the others keep their results and the document stays as it was."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
import time
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import quoteminer
from quoteminer import AnnotationError, Claim, ComponentError, Document, Issue, Miner, Quote, Span, Speaker
from quoteminer.frozen import FrozenDict
from quoteminer.plugins.protocols import most_results

PLACES = ("quote_extractors", "speaker_resolvers", "claim_extractors")
DOCUMENT = Document("“It works,” said Ada.", id="d", title="t", metadata={"a": {"b": [1]}})


class Works:
    name = "p.a-works"

    def extract(self, document, *found):
        yield Claim([(1, 3)], "event") if found else Quote([(1, 10)], "direct", source=(17, 20))

    def resolve(self, document, quotes):
        return [attrs.evolve(quote, speaker="s1") for quote in quotes], [Speaker("s1", "Ada", mentions=[(17, 20)])]


class Doing:
    """Does something before it gives results as :class:`Works` does, or gives what the deed returns."""

    name = "p.b-bad"

    def __init__(self, deed):
        self.deed = deed

    def extract(self, document, *found):
        result = self.deed(document, *found)
        return [] if result is None else result

    def resolve(self, document, quotes):
        result = self.deed(document, quotes)
        return (quotes, []) if result is None else result


def miner(place, bad, **options):
    """All that works, and one more component in one place."""

    def hook(name):
        def components(self):
            return [Works(), bad] if name == place else [Works()]

        components.__name__ = f"quoteminer_{name}"
        return quoteminer.hookimpl(components)

    plugin = type("Plugin", (), {"plugin_name": "p"} | {f"quoteminer_{name}": hook(name) for name in PLACES})
    return Miner([plugin()], **options)


EXPECTED = miner(None, None).mine(DOCUMENT)


def check(place, bad, reason, **options):
    """The misdeed leaves an issue that says what it was, and everything else as it is without it."""
    text, metadata = DOCUMENT.text, repr(DOCUMENT.metadata)
    extraction = miner(place, bad, **options).mine(DOCUMENT)
    assert (extraction.document.text, repr(extraction.document.metadata)) == (text, metadata)
    assert extraction.document is DOCUMENT
    assert (extraction.quotes, extraction.speakers, extraction.claims) == (EXPECTED.quotes, EXPECTED.speakers, EXPECTED.claims)
    (issue,) = extraction.issues
    assert (issue.component, issue.document_id, issue.severity) == ("p.b-bad", "d", "error")
    assert reason in issue.message
    with pytest.raises(ComponentError, match=r"p\.b-bad failed on d"):
        miner(place, bad, **options | {"on_error": "raise"}).mine(DOCUMENT)
    with pytest.warns(RuntimeWarning, match=r"p\.b-bad, d: "):
        warned = miner(place, bad, **options | {"on_error": "warn"}).mine(DOCUMENT)
    assert warned == extraction


def test_what_works_finds_something():
    assert (len(EXPECTED.quotes), len(EXPECTED.speakers), len(EXPECTED.claims)) == (1, 1, 1)
    assert EXPECTED.issues == ()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        StopIteration(),
        MemoryError(),
        RecursionError(),
        ExceptionGroup("g", [OSError()]),
        SystemExit(3),
        GeneratorExit(),
    ],
)
def test_exceptions(place, error):
    def deed(*_):
        raise error

    check(place, Doing(deed), type(error).__name__)


class MuteError(Exception):
    def __str__(self):
        raise SystemExit(1)


def test_an_error_whose_message_ends_the_program():
    def deed(*_):
        raise MuteError

    check("quote_extractors", Doing(deed), "MuteError")


class ForeignInterrupt(BaseException):
    pass


@pytest.mark.parametrize("limit", [None, 30.0])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [KeyboardInterrupt, asyncio.CancelledError, ForeignInterrupt], ids=lambda e: e.__name__)
def test_what_is_meant_to_end_the_program_passes(place, error, limit):
    def deed(*_):
        raise error

    with pytest.raises(error):
        miner(place, Doing(deed), time_limit=limit).mine(DOCUMENT)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "value", [7, True, "text", b"bytes", object(), {"a": 1}, [None], [DOCUMENT], [Quote], Quote([(0, 1)], "direct")]
)
def test_wrong_types(place, value):
    check(place, Doing(lambda *_: value), "")


@pytest.mark.parametrize("value", [None, (), ((),), ((), (), ()), (None, None)])
def test_what_is_no_pair_of_quotes_and_speakers(value):
    class Resolver(Doing):
        def resolve(self, document, quotes):
            return value

    check("speaker_resolvers", Resolver(None), "")


def test_nothing_instead_of_results():
    class Extractor(Doing):
        def extract(self, document, *found):
            return None

    for place in ("quote_extractors", "claim_extractors"):
        check(place, Extractor(None), "NoneType")


def endless_quotes(*_) -> Iterator[Quote]:
    return (Quote([(n % 20, n % 20 + 1)], "direct") for n in itertools.count())


def endless_claims(*_) -> Iterator[Claim]:
    return itertools.repeat(Claim([(0, 1)], "event"))


@pytest.mark.parametrize(
    ("place", "deed"),
    [
        ("quote_extractors", endless_quotes),
        ("quote_extractors", lambda *_: itertools.repeat(None)),
        ("quote_extractors", lambda *_: list(itertools.islice(endless_quotes(), 1_000_000 // 50))),
        ("claim_extractors", endless_claims),
        ("speaker_resolvers", lambda document, quotes: (itertools.cycle(quotes), [])),
        ("speaker_resolvers", lambda document, quotes: (quotes, (Speaker(f"x{n}", "X") for n in itertools.count()))),
    ],
)
def test_more_results_than_a_text_can_hold(place, deed):
    check(place, Doing(deed), "gave more than 1,021 results for a text of 21 code points")


def test_as_many_results_as_a_text_may_have_are_taken():
    text = "word " * 400
    quotes = [Quote([(at, at + 4)], "direct") for at in range(0, len(text), 5)] * 7
    assert len(quotes) <= most_results(len(text))
    extraction = miner("quote_extractors", Doing(lambda *_: quotes)).mine(text)
    assert extraction.issues == ()
    assert len(extraction.quotes) >= len(quotes)


def test_batches_without_end_cost_themselves_only():
    class Batches(Doing):
        def extract_many(self, documents):
            return itertools.repeat(())

    class EndlessInside(Doing):
        def extract_many(self, documents):
            return [endless_quotes() for _ in documents]

    for kind in (Batches, EndlessInside):
        for extraction in miner("quote_extractors", kind(lambda *_: ())).mine_many([DOCUMENT, DOCUMENT]):
            assert (len(extraction.quotes), extraction.issues) == (1, ())


@pytest.mark.parametrize("place", PLACES)
def test_time_limits(place):
    over: list[bool] = []

    def slow(*_):
        while not over:
            time.sleep(0.01)

    try:
        check(place, Doing(slow), "over its time limit", time_limit=1.0)
    finally:
        over.append(True)


def set_text(document, *_):
    object.__setattr__(document, "text", "gone")


def set_metadata(document, *_):
    object.__setattr__(document, "metadata", FrozenDict({}))


def set_items(document, *_):
    object.__setattr__(document.metadata, "_items", {"a": "changed"})


def delete_id_and_fail(document, *_):
    object.__setattr__(document, "id", "other")
    raise ValueError("and this")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (set_text, "Document.text was changed in place"),
        (set_metadata, "Document.metadata was changed in place"),
        (set_items, "Document.metadata was changed in place"),
        (delete_id_and_fail, "and this"),
        (lambda document, *_: setattr(document, "text", ""), "FrozenInstanceError"),
        (lambda document, *_: document.metadata.update(a=1), "AttributeError"),
        (lambda document, *_: document.metadata["a"]._items.update(b=1), "AttributeError"),
        (lambda document, *_: document.metadata["a"]["b"].append(1), "AttributeError"),
    ],
)
def test_changes_of_the_document(place, deed, reason):
    check(place, Doing(deed), reason)


def change_a_quote(document, quotes, *_):
    object.__setattr__(quotes[0], "content", quotes[0].cue)


def deep(item, path):
    """What a path of names and places leads to, so that the deed reads as a path."""
    for step in path:
        item = item[step] if isinstance(step, int) else getattr(item, step)
    return item


@pytest.mark.parametrize(
    ("place", "path", "field", "value", "reason"),
    [
        ("speaker_resolvers", ("content", 0), "end", 10**9, "Span.end"),
        ("speaker_resolvers", ("content", 0), "start", 4, "Span.start"),
        ("claim_extractors", ("source",), "start", 0, "Span.start"),
        ("claim_extractors", ("provenance",), "extractor", None, "Provenance.extractor"),
    ],
)
def test_changes_of_values_inside_what_others_found(place, path, field, value, reason):
    def deed(document, quotes, *_):
        object.__setattr__(deep(quotes[0], path), field, value)

    check(place, Doing(deed), f"{reason} was changed in place")


@pytest.mark.parametrize("place", PLACES)
def test_changes_of_what_the_frozen_metadata_are_made_of(place):
    def deed(document, *_):
        for mapping in (document.metadata, document.metadata["a"]):
            for held in gc.get_referents(mapping._items):
                held["attribution_scope"] = "nonsense"

    check(place, Doing(deed), "Document.metadata was changed in place")


class Sly(Quote):
    """Is one thing when it is looked at first, and another one later."""

    def __getattribute__(self, name):
        if name == "cue" and "reconcile" in sys._getframe(1).f_code.co_filename:
            raise ValueError("boo")
        return object.__getattribute__(self, name)


class Unhashable(str):
    __eq__ = str.__eq__

    def __hash__(self):
        raise ValueError("hash")


@pytest.mark.parametrize(
    "quote",
    [Sly([(1, 10)], "direct", source=(17, 20)), Quote([(1, 10)], Unhashable("direct"), source=(17, 20))],
    ids=["class", "text"],
)
def test_what_only_looks_like_ours_is_made_plain(quote):
    extraction = miner("quote_extractors", Doing(lambda *_: [quote])).mine(DOCUMENT)
    (found,) = extraction.quotes
    assert (type(found), type(found.kind)) == (Quote, str)
    assert extraction.issues == ()


def spoilt(field, value):
    quote = Quote([(1, 10)], "direct", cue=[(12, 16)])
    object.__setattr__(quote, field, value)
    return quote


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", [(1, 10)]),
        ("content", ()),
        ("content", "text"),
        ("cue", (Span(12, 16), None)),
        ("kind", "shouted"),
        ("confidence", "high"),
        ("confidence", 7.0),
        ("provenance", None),
        ("source", 5),
        ("id", None),
    ],
)
def test_what_was_spoilt_after_it_was_made_harms_nobody(field, value):
    extraction = miner("quote_extractors", Doing(lambda *_: [spoilt(field, value)])).mine(DOCUMENT)
    # A list of pairs is as good as spans; all else is no quote, and costs its extractor.
    assert [quote.content for quote in extraction.quotes] == [quote.content for quote in EXPECTED.quotes]
    assert len(extraction.issues) == (value != [(1, 10)])


def test_a_component_may_say_what_went_wrong_among_its_results():
    class Telling(Works):
        name = "p.b-bad"

        def extract(self, document, *found):
            yield Issue("somebody else", "elsewhere", "a block was left out", "error")
            yield from super().extract(document, *found)
            yield Issue(self.name, document.id, "a hint", "info")

        def resolve(self, document, quotes):
            quotes, speakers = super().resolve(document, quotes)
            return quotes, [*speakers, Issue(self.name, document.id, "a block was left out", "error")]

    for place in PLACES:
        extraction = miner(place, Telling()).mine(DOCUMENT)
        assert (len(extraction.quotes), len(extraction.speakers)) == (1, 1)
        assert {(issue.component, issue.document_id) for issue in extraction.issues} == {("p.b-bad", "d")}
        assert extraction.issues[0] == Issue("p.b-bad", "d", "a block was left out", "error")
        with pytest.raises(ComponentError, match="a block was left out"):
            miner(place, Telling(), on_error="raise").mine(DOCUMENT)
        with pytest.warns(RuntimeWarning) as warned:
            miner(place, Telling(), on_error="warn").mine(DOCUMENT)
        assert "a block was left out" in str(warned[0].message)


def test_a_parent_that_does_not_enclose_is_refused():
    def deed(*_):
        return [Quote([(1, 10)], "direct", id="1"), Quote([(12, 16)], "direct", id="2", parent="1")]

    check("quote_extractors", Doing(deed), "'1' does not enclose '2'")


@pytest.mark.parametrize(
    ("place", "deed", "reason"),
    [
        ("speaker_resolvers", change_a_quote, "Quote.content was changed in place"),
        ("claim_extractors", change_a_quote, "Quote.content was changed in place"),
        ("claim_extractors", lambda d, q, s: object.__setattr__(s[0], "name", "Bo"), "Speaker.name was changed in place"),
        ("claim_extractors", lambda d, q, s: s.append(1), "AttributeError"),
        ("speaker_resolvers", lambda d, q: q.clear(), "AttributeError"),
        ("speaker_resolvers", lambda d, q: ([attrs.evolve(q[0], content=[(0, 21)])], []), "Quote.content: a resolver sets"),
        ("speaker_resolvers", lambda d, q: ([attrs.evolve(q[0], confidence=0.0)], []), "Quote.confidence: a resolver sets"),
        ("speaker_resolvers", lambda d, q: ([attrs.evolve(q[0], id="q9")], []), "with the same ids"),
    ],
)
def test_changes_of_what_others_found(place, deed, reason):
    check(place, Doing(deed), reason)


def test_a_batch_that_changes_documents_is_undone():
    class Changing(Doing):
        def extract_many(self, documents):
            for document in documents:
                set_text(document)
            documents.clear()
            return [(), ()]

    first, second = miner("quote_extractors", Changing(lambda *_: ())).mine_many([DOCUMENT, DOCUMENT])
    assert first == second == EXPECTED


def test_what_a_component_kept_can_be_changed_without_harm():
    kept: list[Any] = []

    class Keeping(Doing):
        def extract(self, document, *found):
            kept[:] = [Quote([(12, 16)], "direct")]
            return kept

    extraction = miner("quote_extractors", Keeping(None)).mine(DOCUMENT)
    kept.clear()
    assert len(extraction.quotes) == 2


def test_a_name_that_changes_or_fails_is_reported_as_it_was():
    class Nameless(Doing):
        asked = 0

        @property
        def name(self) -> str:  # type: ignore[override]
            self.asked += 1
            if self.asked > 1:
                raise ValueError("no name any more")
            return "p.b-bad"

    extraction = miner("quote_extractors", Nameless(lambda *_: [None])).mine(DOCUMENT)
    assert extraction.quotes == EXPECTED.quotes
    assert [issue.component for issue in extraction.issues] == ["p.b-bad"]


def test_an_attribute_that_fails_to_be_looked_up():
    class Property(Doing):
        @property
        def extract_many(self):
            raise ValueError("not an AttributeError")

    check("quote_extractors", Property(lambda *_: [None]), "expected a Quote")
    extractions = list(miner("quote_extractors", Property(lambda *_: ())).mine_many([DOCUMENT] * 2))
    assert extractions == [EXPECTED] * 2


def test_a_long_message_is_cut():
    def deed(*_):
        raise ValueError("x" * 1_000_000)

    (issue,) = miner("quote_extractors", Doing(deed)).mine(DOCUMENT).issues
    assert len(issue.message) < 2_100
    assert issue.message.endswith("… (1,000,012 characters)")


def test_what_cannot_be_shown_is_still_reported():
    class Shy:
        def __repr__(self):
            raise ValueError("no repr")

    check("quote_extractors", Doing(lambda *_: [Shy()]), "expected a Quote, got <Shy that cannot be shown>")


def test_frozen_metadata_still_pickles_compares_and_shows_itself():
    import copy
    import pickle

    metadata = DOCUMENT.metadata
    assert pickle.loads(pickle.dumps(metadata)) == copy.deepcopy(metadata) == metadata
    assert repr(metadata) == "{'a': {'b': (1,)}}"
    with pytest.raises(AttributeError, match=r"attrs\.evolve"):
        metadata.a = 1  # type: ignore[attr-defined]
    with pytest.raises(AnnotationError):
        Document("x", metadata={"a": object()})

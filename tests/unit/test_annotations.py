"""Quotes, speakers, claims, extractions: what they refuse, and by which name."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import attrs
import numpy as np
import pytest

from quoteminer import (
    AnnotationError,
    Claim,
    Document,
    Extraction,
    Issue,
    Provenance,
    Quantity,
    Quote,
    QuoteminerError,
    Span,
    SpanError,
    Speaker,
    Time,
    UnknownSpeakerError,
)
from quoteminer.annotations import with_ids

THREE: Any = [3]
TEXT = Document("“It works,” said Ada. She said it did.")


def quote(**changes):
    values = {"content": [(1, 10)], "kind": "direct", "id": "q1"}
    values.update(changes)
    return Quote(**values)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "shouted"),
        ("modality", "maybe"),
        ("confidence", 1.5),
        ("confidence", float("nan")),
        ("confidence", "high"),
        ("confidence", True),
        ("provenance", "rules"),
        ("speaker", 3),
        ("speaker", ""),
        ("addressee", 3),
        ("parent", ""),
        ("id", None),
    ],
)
def test_quote_names_the_field_and_the_value(field, value):
    with pytest.raises(AnnotationError) as caught:
        quote(**{field: value})
    assert caught.value.field == f"Quote.{field}"
    assert repr(value) in str(caught.value) or value == ""
    assert isinstance(caught.value, ValueError)


KINDS = "quantity, comparison, causation, law_or_rule, event, prediction, pledge, other"


def claim(**changes):
    values = {"spans": [(1, 10)], "kind": "event", "id": "c1"}
    values.update(changes)
    return Claim(**values)


@pytest.mark.parametrize(
    ("make", "field", "message", "value"),
    [
        (lambda: quote(kind="shouted"), "Quote.kind", "'shouted' is not one of direct, indirect, mixed", "shouted"),
        (
            lambda: quote(modality="hedged"),
            "Quote.modality",
            "'hedged' is not one of asserted, negated, hypothetical, future, question",
            "hedged",
        ),
        (lambda: quote(confidence=1.1), "Quote.confidence", "1.1 is not a number from 0 to 1", 1.1),
        (lambda: quote(confidence=-0.1), "Quote.confidence", "-0.1 is not a number from 0 to 1", -0.1),
        (lambda: quote(provenance="rules"), "Quote.provenance", "expected Provenance, not 'rules'", "rules"),
        (lambda: quote(speaker=3), "Quote.speaker", "expected a str, not 3", 3),
        (lambda: quote(addressee=""), "Quote.addressee", "must not be empty", ""),
        (lambda: quote(parent=""), "Quote.parent", "must not be empty", ""),
        (lambda: quote(id=3), "Quote.id", "expected a str, not 3", 3),
        (lambda: Speaker("", "Ada"), "Speaker.id", "must not be empty", ""),
        (lambda: Speaker("s1", ""), "Speaker.name", "must not be empty", ""),
        (lambda: Speaker(None, "Ada"), "Speaker.id", "expected a str, not None", None),
        (lambda: Speaker("s1", None), "Speaker.name", "expected a str, not None", None),
        (
            lambda: Speaker("s1", "Ada", kind="ghost"),
            "Speaker.kind",
            "'ghost' is not one of person, organisation, group, document, unknown",
            "ghost",
        ),
        (lambda: Speaker("s1", "Ada", role=3), "Speaker.role", "expected a str or None, not 3", 3),
        (lambda: Speaker("s1", "Ada", mentions=None), "Speaker.mentions", "expected an iterable, not None", None),
        (lambda: claim(kind="rumour"), "Claim.kind", f"'rumour' is not one of {KINDS}", "rumour"),
        (
            lambda: claim(modality="future"),
            "Claim.modality",
            "'future' is not one of asserted, hedged, hypothetical, negated, question",
            "future",
        ),
        (lambda: claim(check_worthiness=2.0), "Claim.check_worthiness", "2.0 is not a number from 0 to 1", 2.0),
        (lambda: claim(check_worthiness=-0.5), "Claim.check_worthiness", "-0.5 is not a number from 0 to 1", -0.5),
        (lambda: claim(check_worthiness=True), "Claim.check_worthiness", "True is not a number from 0 to 1", True),
        (lambda: claim(confidence=2.0), "Claim.confidence", "2.0 is not a number from 0 to 1", 2.0),
        (lambda: claim(confidence=-0.5), "Claim.confidence", "-0.5 is not a number from 0 to 1", -0.5),
        (lambda: claim(confidence="1"), "Claim.confidence", "'1' is not a number from 0 to 1", "1"),
        (lambda: claim(claimant=""), "Claim.claimant", "must not be empty", ""),
        (lambda: claim(claimant=3), "Claim.claimant", "expected a str, not 3", 3),
        (lambda: claim(quote=""), "Claim.quote", "must not be empty", ""),
        (lambda: claim(quote=3), "Claim.quote", "expected a str, not 3", 3),
        (lambda: claim(id=3), "Claim.id", "expected a str, not 3", 3),
        (lambda: claim(negated="no"), "Claim.negated", "expected bool, not 'no'", "no"),
        (lambda: claim(quantities=THREE), "Claim.quantities", "expected Quantity, not 3", 3),
        (lambda: claim(times=THREE), "Claim.times", "expected Time, not 3", 3),
        (lambda: claim(quantities=None), "Claim.quantities", "expected an iterable, not None", None),
        (lambda: claim(times=None), "Claim.times", "expected an iterable, not None", None),
        (lambda: claim(provenance="rules"), "Claim.provenance", "expected Provenance, not 'rules'", "rules"),
        (lambda: Quantity((0, 1), value="2"), "Quantity.value", "'2' is no finite number", "2"),
        (lambda: Quantity((0, 1), unit=3), "Quantity.unit", "expected a str or None, not 3", 3),
        (lambda: Time((0, 1), value=3), "Time.value", "expected a str or None, not 3", 3),
        (lambda: Issue("", "d", "m"), "Issue.component", "must not be empty", ""),
        (lambda: Issue(3, "d", "m"), "Issue.component", "expected a str, not 3", 3),
        (lambda: Issue("c", 3, "m"), "Issue.document_id", "expected a str, not 3", 3),
        (lambda: Issue("c", "d", 3), "Issue.message", "expected a str, not 3", 3),
        (lambda: Issue("c", "d", "m", "fatal"), "Issue.severity", "'fatal' is not one of info, warning, error", "fatal"),
        (lambda: Provenance(""), "Provenance.extractor", "must not be empty", ""),
        (lambda: Provenance(3), "Provenance.extractor", "expected a str, not 3", 3),
        (lambda: Provenance("a", version=3), "Provenance.version", "expected a str, not 3", 3),
        (lambda: Provenance("a", detail=3), "Provenance.detail", "expected a mapping, not 3", 3),
        (lambda: Extraction("x"), "Extraction.document", "expected Document, not 'x'", "x"),
        (lambda: Extraction(TEXT, None), "Extraction.quotes", "expected an iterable, not None", None),
        (lambda: Extraction(TEXT, speakers=3), "Extraction.speakers", "expected an iterable, not 3", 3),
        (lambda: Extraction(TEXT, claims=3), "Extraction.claims", "expected an iterable, not 3", 3),
        (lambda: Extraction(TEXT, issues=3), "Extraction.issues", "expected an iterable, not 3", 3),
        (lambda: Extraction(TEXT, THREE), "Extraction.quotes", "expected Quote, not 3", 3),
        (lambda: Extraction(TEXT, speakers=THREE), "Extraction.speakers", "expected Speaker, not 3", 3),
        (lambda: Extraction(TEXT, claims=THREE), "Extraction.claims", "expected Claim, not 3", 3),
        (lambda: Extraction(TEXT, issues=THREE), "Extraction.issues", "expected Issue, not 3", 3),
    ],
)
def test_a_wrong_value_is_told_with_its_field(make, field, message, value):
    with pytest.raises(AnnotationError) as caught:
        make()
    assert str(caught.value) == f"{field}: {message}"
    assert (caught.value.field, caught.value.value) == (field, value)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: quote(cue=3), "Quote.cue"),
        (lambda: quote(cue=[(1, 3), (2, 4)]), "Quote.cue"),
        (lambda: quote(source=(3, 1)), "Quote.source"),
        (lambda: Speaker("s1", "Ada", mentions=[3]), "Speaker.mentions"),
        (lambda: claim(spans=[]), "Claim.spans"),
        (lambda: claim(spans=[(1, 3), (2, 4)]), "Claim.spans"),
        (lambda: Quantity((3, 1)), "Quantity.span"),
        (lambda: Quantity(3), "Quantity.span"),
        (lambda: Time((3, 1)), "Time.span"),
        (lambda: Time(3), "Time.span"),
    ],
)
def test_a_wrong_span_is_told_with_its_field(make, field):
    with pytest.raises(SpanError, match=f"^{field}: ") as caught:
        make()
    assert caught.value.field == field


@pytest.mark.parametrize(
    "make",
    [
        lambda: Document(b"bytes"),
        lambda: Document("x", id=2.5),
        lambda: Document("x", id=True),
        lambda: Document("x", language="english"),
        lambda: Document("x", language="klingon!"),
        lambda: Document("x", language=""),
        lambda: Document("x", title=3),
        lambda: Document("x", metadata={"a": object()}),
        lambda: Document("x", metadata=dict(enumerate("a"))),
        lambda: Document("x", metadata={"a": float("inf")}),
        lambda: Document("x", metadata=[1]),
    ],
)
def test_a_document_refuses_wrong_values(make):
    with pytest.raises(AnnotationError) as caught:
        make()
    assert caught.value.field


def test_what_is_not_said_has_a_plain_default():
    assert attrs.asdict(Quote([(1, 2)], "direct"), recurse=False) == {
        "content": (Span(1, 2),),
        "kind": "direct",
        "cue": (),
        "cue_lemma": None,
        "source": None,
        "speaker": None,
        "speaker_confidence": None,
        "addressee": None,
        "addressee_mention": None,
        "parent": None,
        "layout": "running",
        "modality": "asserted",
        "confidence": 1.0,
        "provenance": Provenance("manual", version="", detail=""),
        "id": "",
    }
    assert attrs.asdict(Claim([(1, 2)], "event"), recurse=False) == {
        "spans": (Span(1, 2),),
        "kind": "event",
        "claimant": None,
        "quote": None,
        "check_worthiness": 0.0,
        "modality": "asserted",
        "negated": False,
        "quantities": (),
        "times": (),
        "confidence": 1.0,
        "provenance": Provenance("manual"),
        "id": "",
    }
    assert Speaker("s1", "Ada") == Speaker("s1", "Ada", role=None, kind="unknown", mentions=())
    assert Quantity((1, 2)) == Quantity((1, 2), value=None, unit=None)
    assert Time((1, 2)) == Time((1, 2), value=None)
    assert Issue("c", "d", "m").severity == "warning"
    assert Extraction(TEXT) == Extraction(TEXT, (), (), (), ())


@pytest.mark.parametrize("number", [0, 1, 0.0, 1.0, 0.5])
def test_both_ends_of_a_score_are_scores(number):
    assert quote(confidence=number).confidence == number
    assert (claim(confidence=number).confidence, claim(check_worthiness=number).check_worthiness) == (number, number)


class Word(str):
    """As text libraries have them."""

    __slots__ = ()


class Signed(Provenance):
    pass


class Real(float):
    pass


class Whole(int):
    pass


def test_derived_types_become_plain_ones():
    source = Signed(Word("a"), version=Word("1"), detail=Word("because"))
    found = quote(provenance=source, id=Word("q1"), kind=Word("direct"), speaker=Word("s1"), confidence=Real(0.5))
    assert found == quote(provenance=Provenance("a", version="1", detail="because"), id="q1", speaker="s1", confidence=0.5)
    values = [found.id, found.kind, found.speaker, found.provenance.extractor, found.provenance.version, found.confidence]
    assert [type(value) for value in values] == [str] * 5 + [float]
    assert type(found.provenance) is type(claim(provenance=source, id=Word("c1")).provenance) is Provenance
    span = Span(Whole(1), Whole(2))
    assert [type(offset) for offset in span] == [int, int]
    document = Document(Word("text"), id=Word("d"), language=Word("en"), title=Word("t"), metadata={Word("a"): Word("b")})
    assert {type(value) for value in (document.text, document.id, document.language, document.title)} == {str}
    assert [(type(key), type(value)) for key, value in document.metadata.items()] == [(str, str)]


def test_spans_may_be_given_as_pairs_anywhere():
    assert quote(cue=[(12, 16)], source=[17, 20]) == quote(cue=(Span(12, 16),), source=Span(17, 20))
    assert quote(cue=[]).cue == quote(cue=()).cue == ()
    assert claim(spans=[[5, 6], [1, 2]]).spans == (Span(1, 2), Span(5, 6))
    assert (Quantity([1, 2]).span, Time([1, 2]).span) == (Span(1, 2), Span(1, 2))


def test_mentions_are_sorted_and_not_repeated():
    assert Speaker("s1", "Ada", mentions=[(5, 8), (1, 4), Span(5, 8), (1, 2)]).mentions == (Span(1, 2), Span(1, 4), Span(5, 8))


def test_text_of_several_spans_is_joined_with_an_ellipsis():
    assert quote(content=[(17, 20), (1, 3)]).text(TEXT) == claim(spans=[(17, 20), (1, 3)]).text(TEXT) == "It … Ada"
    assert quote(content=[(17, 20), (1, 3)]).span == Span(1, 20)


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (quote(), "kind"),
        (claim(), "kind"),
        (Speaker("s1", "Ada"), "name"),
        (Provenance("a"), "extractor"),
        (Issue("c", "d", "m"), "message"),
        (Quantity((1, 2)), "value"),
        (Time((1, 2)), "value"),
        (Extraction(TEXT, [quote()]), "quotes"),
    ],
)
def test_values_cannot_be_changed_and_survive_pickling(item, field):
    before = getattr(item, field)
    with pytest.raises(AttributeError):
        setattr(item, field, None)
    with pytest.raises(AttributeError):
        item.no_such_field = 1
    assert getattr(item, field) == before
    again = pickle.loads(pickle.dumps(item))
    assert again == item
    assert hash(again) == hash(item)


def test_document_id_comes_from_the_text_when_not_given():
    assert Document("abc").id == Document("abc").id != Document("abd").id
    assert Document("\ud800").id.startswith("doc-")
    assert Document("abc", id="mine").id == "mine"


def test_metadata_cannot_be_changed_at_any_depth():
    given: dict[str, Any] = {"a": {"b": [1, {"c": 2}]}}
    document = Document("x", metadata=given)
    given["a"]["b"][1]["c"] = 3
    assert document.metadata["a"]["b"][1]["c"] == 2
    metadata: Any = document.metadata
    with pytest.raises(TypeError):
        metadata["z"] = 1
    with pytest.raises(AttributeError):
        metadata.z = 1
    assert pickle.loads(pickle.dumps(document)) == document
    assert hash(document) == hash(Document("x", metadata={"a": {"b": [1, {"c": 2}]}}))


def test_extraction_sorts_and_finds():
    later = quote(content=[(22, 25)], id="q2", speaker="s1")
    extraction = Extraction(TEXT, [later, quote(speaker="s1")], [Speaker("s1", "Ada", mentions=[(17, 20)])])
    assert [item.id for item in extraction] == ["q1", "q2"]
    ada = extraction.speaker("s1")
    assert ada is not None
    assert ada.name == "Ada"
    assert extraction.speaker(None) is None
    assert extraction.quotes_by("s1") == extraction.quotes
    with pytest.raises(KeyError):
        extraction.speaker("s9")


def test_quotes_are_found_by_speaker_or_id():
    ada = Speaker("s1", "Ada", mentions=[(17, 20)])
    extraction = Extraction(TEXT, [quote(speaker="s1")], [ada, Speaker("s2", "Bo")])
    assert extraction.quotes_by(ada) == extraction.quotes_by("s1") == extraction.quotes
    assert extraction.quotes_by("s2") == ()
    for wrong, reason in [
        ("Ada", "the speaker of that name has the id 's1'"),
        ("s9", "there is no speaker with the id 's9'"),
        (Speaker("s1", "Ada Lovelace"), "no speaker of this extraction"),
    ]:
        with pytest.raises(UnknownSpeakerError, match=reason) as caught:
            extraction.quotes_by(wrong)
        assert isinstance(caught.value, KeyError)
        assert isinstance(caught.value, QuoteminerError)


def test_a_parent_encloses():
    inner = quote(content=[(2, 4)], id="q2", parent="q1")
    assert Extraction(TEXT, [quote(), inner]).quotes == (quote(), inner)
    with pytest.raises(AnnotationError, match=r"'q1' does not enclose 'q2', which lies at 12-16") as caught:
        Extraction(TEXT, [quote(), quote(content=[(12, 16)], id="q2", parent="q1")])
    assert (caught.value.field, caught.value.value) == ("Quote.parent", "q1")


def test_a_document_takes_what_tables_hold():
    class NAType:
        pass

    cells = {
        "date": dt.date(2026, 3, 1),
        "at": dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC),
        "gone": float("nan"),
        "not": NAType(),
    }
    assert Document("x", id=7, metadata=cells | {"rank": np.int64(3), "part": np.float32(0.5)}) == Document(
        "x",
        id="7",
        metadata={"date": "2026-03-01", "at": "2026-03-01T09:30:00+00:00", "gone": None, "not": None, "rank": 3, "part": 0.5},
    )


def test_a_document_is_no_sequence():
    assert "works" in TEXT
    assert "fails" not in TEXT
    with pytest.raises(TypeError, match="not iterable"):
        list(TEXT)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="expected a str, not Span"):
        Span(0, 1) in TEXT  # noqa: B015


@pytest.mark.parametrize(
    ("parts", "field", "message", "value"),
    [
        ({"quotes": [quote(), quote()]}, "Quote.id", "'q1' is used twice", "q1"),
        ({"quotes": [quote(id="")]}, "Quote.id", "must not be empty in an Extraction", ""),
        ({"quotes": [quote(speaker="s1")]}, "Quote.speaker", "'q1' refers to 's1', which is not there", "s1"),
        ({"quotes": [quote(addressee="s1")]}, "Quote.addressee", "'q1' refers to 's1', which is not there", "s1"),
        ({"quotes": [quote(parent="q7")]}, "Quote.parent", "'q1' refers to 'q7', which is not there", "q7"),
        ({"quotes": [quote(parent="q1")]}, "Quote.parent", "'q1' is enclosed in itself", "q1"),
        ({"quotes": [quote(parent="q2"), quote(id="q2", parent="q1")]}, "Quote.parent", "'q1' is enclosed in itself", "q1"),
        (
            {"quotes": [quote(), quote(id="q2", parent="q1"), quote(id="q3", parent="q4"), quote(id="q4", parent="q3")]},
            "Quote.parent",
            "'q3' is enclosed in itself",
            "q3",
        ),
        ({"speakers": [Speaker("s1", "A"), Speaker("s1", "B")]}, "Speaker.id", "'s1' is used twice", "s1"),
        ({"claims": [claim(), claim()]}, "Claim.id", "'c1' is used twice", "c1"),
        ({"claims": [claim(id="")]}, "Claim.id", "must not be empty in an Extraction", ""),
        ({"claims": [claim(claimant="s1")]}, "Claim.claimant", "'c1' refers to 's1', which is not there", "s1"),
        ({"claims": [claim(quote="q1")]}, "Claim.quote", "'c1' refers to 'q1', which is not there", "q1"),
    ],
)
def test_references_must_lead_somewhere(parts, field, message, value):
    with pytest.raises(AnnotationError) as caught:
        Extraction(TEXT, **parts)
    assert str(caught.value) == f"{field}: {message}"
    assert (caught.value.field, caught.value.value) == (field, value)


def test_references_to_what_is_there_are_kept():
    quotes = [quote(speaker="s1", addressee="s2"), quote(id="q2", content=[(1, 3)], parent="q1")]
    claims = [claim(claimant="s1", quote="q2")]
    extraction = Extraction(TEXT, quotes, [Speaker("s1", "A"), Speaker("s2", "B")], claims)
    assert extraction.quotes == tuple(quotes)
    assert extraction.claims == tuple(claims)


END = len(TEXT.text)


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("Quote.content", lambda last: {"quotes": [quote(content=[(1, 2), last])]}),
        ("Quote.cue", lambda last: {"quotes": [quote(cue=[(1, 2), last])]}),
        ("Quote.source", lambda last: {"quotes": [quote(source=last)]}),
        ("Speaker.mentions", lambda last: {"speakers": [Speaker("s0", "B"), Speaker("s1", "A", mentions=[(1, 2), last])]}),
        ("Claim.spans", lambda last: {"claims": [claim(spans=[(1, 2), last])]}),
        ("Claim.quantities", lambda last: {"claims": [claim(quantities=[Quantity((1, 2)), Quantity(last)])]}),
        ("Claim.times", lambda last: {"claims": [claim(times=[Time((1, 2)), Time(last)])]}),
    ],
)
def test_spans_must_lie_inside_the_text(field, parts):
    Extraction(TEXT, **parts((END - 1, END)))
    with pytest.raises(SpanError) as caught:
        Extraction(TEXT, **parts((END - 1, END + 1)))
    assert str(caught.value) == (f"{field}: Span(start={END - 1}, end={END + 1}) reaches outside the text of {END} code points")
    assert (caught.value.field, caught.value.value) == (field, Span(END - 1, END + 1))


def ids(items):
    return [item.id for item in items]


def test_quotes_are_in_order_of_place_then_longer_first_then_extractor_then_number():
    quotes = [
        quote(id="a", content=[(2, 3)]),
        quote(id="q10", content=[(1, 5)]),
        quote(id="q9", content=[(1, 5)]),
        quote(id="b", content=[(1, 5)], provenance=Provenance("a")),
        quote(id="c", content=[(1, 2), (3, 6)]),
        quote(id="d", content=[(1, 3)]),
    ]
    assert ids(Extraction(TEXT, quotes)) == ["c", "b", "q9", "q10", "d", "a"]
    assert Extraction(TEXT, quotes) == Extraction(TEXT, reversed(quotes))


def test_claims_are_in_order_of_place_then_longer_first_then_kind_then_number():
    claims = [
        claim(id="a", spans=[(2, 3)]),
        claim(id="c10", spans=[(1, 5)]),
        claim(id="c9", spans=[(1, 5)]),
        claim(id="z", spans=[(1, 5)], kind="causation"),
        claim(id="d", spans=[(1, 2), (3, 6)]),
        claim(id="e", spans=[(1, 3)]),
    ]
    assert ids(Extraction(TEXT, claims=claims).claims) == ["d", "z", "c9", "c10", "e", "a"]


def test_speakers_are_in_order_of_first_mention_then_name_then_number():
    speakers = [
        Speaker("x", "A"),
        Speaker("s10", "B", mentions=[(3, 4)]),
        Speaker("s9", "B", mentions=[(3, 4), (9, 10)]),
        Speaker("z", "A", mentions=[(3, 5)]),
        Speaker("y", "C", mentions=[(9, 10), (1, 2)]),
        Speaker("w", "B"),
    ]
    assert ids(Extraction(TEXT, speakers=speakers).speakers) == ["y", "z", "s9", "s10", "x", "w"]


def test_issues_keep_their_order():
    issues = [Issue("b", "d", "m"), Issue("a", "d", "m")]
    assert Extraction(TEXT, issues=issues).issues == tuple(issues)


def test_any_iterable_will_do():
    made = Extraction(TEXT, iter([quote()]), iter([Speaker("s1", "A")]), iter([claim()]), iter([Issue("c", "d", "m")]))
    assert (len(made.quotes), len(made.speakers), len(made.claims), len(made.issues)) == (1, 1, 1, 1)
    assert quote(content=iter([(1, 2)]), cue=iter([(3, 4)])).cue == (Span(3, 4),)
    numbers = claim(quantities=iter([Quantity((1, 2))]), times=iter([Time((1, 2))]))
    assert (numbers.quantities, numbers.times) == ((Quantity((1, 2)),), (Time((1, 2)),))


def test_a_speaker_is_found_by_id_alone():
    extraction = Extraction(TEXT, [quote()], [Speaker("s1", "A"), Speaker("s2", "B")])
    assert extraction.speaker("s2") == Speaker("s2", "B")
    with pytest.raises(UnknownSpeakerError, match=r"no speaker with the id 'A'; the speaker of that name has the id 's1'"):
        extraction.speaker("A")
    assert extraction.quotes_by("s1") == ()


def test_forms_of_an_extraction_give_it_back():
    extraction = Extraction(TEXT, [quote(speaker="s1")], [Speaker("s1", "Ada")], [claim()])
    assert Extraction.from_dict(extraction.to_dict()) == extraction
    assert Extraction.from_json(extraction.to_json()) == extraction
    assert extraction.claims[0].standalone(extraction).text


class Marked(Quote):
    """As a plugin may derive one."""


def test_copies_with_other_ids_keep_all_else():
    before = quote(speaker="s1", parent="q7")
    after = with_ids(before, id="q2", parent=None)
    assert after == attrs.evolve(before, id="q2", parent=None)
    assert before == quote(speaker="s1", parent="q7")
    assert with_ids(Speaker("s1", "Ada", role="countess"), id="s2") == Speaker("s2", "Ada", role="countess")
    assert with_ids(claim(negated=True), claimant="s1") == claim(negated=True, claimant="s1")
    derived = with_ids(Marked([(1, 2)], "mixed"), id="q2")
    assert type(derived) is Marked
    assert (derived.id, derived.kind) == ("q2", "mixed")


@pytest.mark.timed
def test_long_chains_of_parents_are_checked_in_linear_time():
    size = 20_000
    quotes = [quote(id=f"q{n}", parent=f"q{n - 1}" if n else None) for n in range(size)]
    assert len(Extraction(TEXT, quotes).quotes) == size


def test_evolving_makes_a_new_value():
    original = quote()
    assert attrs.evolve(original, kind="mixed").kind == "mixed"
    assert original.kind == "direct"
    assert original.text(TEXT) == "It works,"
    assert original.span == Span(1, 10)

"""What several extractors find, by example."""

from __future__ import annotations

import attrs
import pytest

from quoteminer import Claim, Document, Miner, Provenance, Quantity, Span, Time
from quoteminer.merging.claims import reconcile_claims
from quoteminer.merging.overlap import NEAR
from quoteminer.testing import running

TEXT = "The plant shut in 2015, and 450 people lost their jobs, said nobody."
SENTENCE = (0, len(TEXT) - 1)


def claim(words, extractor, *, kind="event", confidence=0.8, worth=0.5, **more):
    spans = [words] if isinstance(words, tuple) else [(TEXT.index(words), TEXT.index(words) + len(words))]
    return Claim(
        spans,
        kind,
        confidence=confidence,
        check_worthiness=worth,
        provenance=Provenance(extractor, version="1", detail=f"by {extractor}"),
        **more,
    )


def rules(words, **more):
    return claim(words, "a.claims", **more)


def model(words, **more):
    return claim(words, "b.claims", kind="other", **more)


def merged(left, right, **silence):
    told = {f"{name}.claims": factor for name, factor in silence.items()}
    found = reconcile_claims([("a.claims", left), ("b.claims", right)], told)
    assert found == reconcile_claims([("b.claims", right), ("a.claims", left)], told)
    return found


def test_the_narrower_find_keeps_all_but_the_scores():
    narrow = rules("The plant shut in 2015", kind="event", negated=True, modality="hedged")
    (found,) = merged([narrow], [model(SENTENCE, confidence=0.6)])
    assert attrs.evolve(found, id="", confidence=0.8, provenance=narrow.provenance) == narrow
    assert found.provenance == Provenance(
        "a.claims+b.claims", version="1+1", detail={"note": "by a.claims", "b.claims: note": "by b.claims"}
    )


def test_scores_are_those_of_the_mean_log_odds():
    # Odds of 4 and 1 have the mean 2, those of 1 and 9 the mean 3.
    (found,) = merged(
        [rules("450 people lost their jobs", confidence=0.8, worth=0.5)], [model(SENTENCE, confidence=0.5, worth=0.9)]
    )
    assert (found.confidence, found.check_worthiness) == pytest.approx((2 / 3, 0.75), abs=1e-6)


def test_a_sentence_gives_way_to_every_clause_in_it_and_lends_to_each():
    clauses = [rules("The plant shut in 2015"), rules("450 people lost their jobs", kind="quantity")]
    found = merged(clauses, [model(SENTENCE, confidence=0.95)])
    assert [item.kind for item in found] == ["event", "quantity"]
    assert all(item.confidence > 0.8 for item in found)


def test_of_equal_words_the_one_with_a_kind_stands():
    (found,) = merged([rules("The plant shut")], [model("The plant shut", confidence=0.99)])
    assert found.kind == "event"


def test_of_nearly_the_same_words_the_surest_stands_with_what_the_other_measured():
    words = "450 people lost their jobs"
    at = TEXT.index("450")
    counted = Quantity(Span(at, at + 3), value=450.0, unit="people")
    less = rules(f"and {words}", kind="event", confidence=0.6, quantities=[counted])
    (found,) = merged([less], [claim(words, "b.claims", kind="quantity", confidence=0.9)])
    assert (found.kind, found.spans[0].start, found.quantities) == ("quantity", at, (counted,))
    (found,) = merged([attrs.evolve(less, confidence=0.95)], [claim(words, "b.claims", kind="quantity", confidence=0.9)])
    assert (found.kind, found.spans[0].start) == ("event", at - 4)


def test_what_the_other_measured_outside_the_words_that_stand_is_left_out():
    year = TEXT.index("2015")
    (found,) = merged(
        [rules("The plant shut in 2015", confidence=0.6, times=[Time(Span(year, year + 4), value="2015")])],
        [claim("The plant shut", "b.claims", confidence=0.9)],
    )
    assert found.times == ()


def test_finds_that_share_too_little_are_two_claims():
    found = merged([rules("The plant shut in 2015")], [model("2015, and 450 people lost their jobs")])
    assert len(found) == 2


def test_one_that_the_other_does_not_see_loses_confidence():
    # Odds of 4 and 1, taken by a half.
    found = merged([rules("The plant shut in 2015", worth=0.5)], [model("450 people lost their jobs")])
    assert [item.confidence for item in found] == pytest.approx([2 / 3] * 2, abs=1e-6)
    assert [item.check_worthiness for item in found] == pytest.approx([1 / 3] * 2, abs=1e-6)


def test_what_only_one_sees_and_is_unsure_of_is_left_out():
    found = merged(
        [rules("The plant shut in 2015", confidence=0.5), rules("450 people lost their jobs", confidence=0.6)], [model("said")]
    )
    assert [item.spans[0].start for item in found] == [TEXT.index("450"), TEXT.index("said")]


def test_what_both_doubt_is_left_out():
    assert merged([rules("The plant shut in 2015", confidence=0.3)], [model(SENTENCE, confidence=0.4)]) == []


def test_the_extractor_whose_silence_tells_most_decides_on_words_and_kind():
    left, right = (
        rules("The plant shut in 2015", kind="event", confidence=0.9),
        rules("The plant shut", kind="quantity", confidence=0.6),
    )
    right = attrs.evolve(right, provenance=Provenance("b.claims"))
    assert [item.kind for item in merged([left], [right])] == ["event"]
    assert [item.kind for item in merged([left], [right], b=0.3)] == ["quantity"]
    assert [item.kind for item in merged([left], [right], a=0.3, b=0.3)] == ["event"]
    # But a kind that is none does not stand.
    assert [item.kind for item in merged([left], [model("The plant shut in 2015")], b=0.3)] == ["event"]


def test_silence_tells_as_much_as_an_extractor_says():
    alone = rules("The plant shut in 2015", confidence=0.8)
    elsewhere = model("said nobody")
    by = {factor: merged([alone], [elsewhere], b=factor)[0].confidence for factor in (1.0, 0.5, 0.25)}
    assert by == {1.0: 0.8, 0.5: pytest.approx(2 / 3, abs=1e-6), 0.25: pytest.approx(0.5)}


def test_whose_silence_tells_more_has_the_louder_voice():
    # Odds of 4 and 1: a voice that is twice as loud (0.25 is the square of 0.5) moves their mean towards its own.
    finds = [rules("450 people lost their jobs", confidence=0.8)], [model(SENTENCE, confidence=0.5)]
    louder, quieter = (merged(*finds, **silence)[0].confidence for silence in ({"a": 0.25}, {"b": 0.25}))
    assert (louder, quieter) == pytest.approx((1 / (1 + 4 ** (-2 / 3)), 1 / (1 + 4 ** (-1 / 3))), abs=1e-6)
    # Whose silence tells nothing is not heard, unless nobody's does.
    assert merged(*finds, a=0.5, b=1.0)[0].confidence == pytest.approx(0.8)
    assert merged(*finds, a=1.0, b=1.0)[0].confidence == pytest.approx(2 / 3, abs=1e-6)


@pytest.mark.parametrize("other", [[], None])
def test_alone_in_a_document_an_extractor_loses_nothing(other):
    doubtful = rules("The plant shut in 2015", confidence=0.01, worth=0.0)
    results = [("a.claims", [doubtful])] if other is None else [("a.claims", [doubtful]), ("b.claims", other)]
    assert reconcile_claims(results) == [attrs.evolve(doubtful, id="c1")]


def test_an_extractor_is_not_merged_with_itself():
    twice = [rules("The plant shut in 2015"), rules("The plant shut")]
    assert len(reconcile_claims([("a.claims", twice)])) == 2
    assert len(merged(twice, [model(SENTENCE)])) == 2


def test_certainty_is_no_infinity():
    (found,) = merged([rules("The plant shut in 2015", confidence=1.0, worth=0.0)], [model(SENTENCE, confidence=1.0, worth=1.0)])
    assert found.confidence == pytest.approx(0.999)
    assert found.check_worthiness == pytest.approx(0.5)


def test_a_long_row_of_claims_in_one_wide_find():
    wide = Claim([(0, 40 * NEAR)], "other", provenance=Provenance("b.claims"))
    row = [Claim([(20 * i, 20 * i + 15)], "event", provenance=Provenance("a.claims")) for i in range(NEAR // 2)]
    assert len(reconcile_claims([("a.claims", row), ("b.claims", [wide])])) == len(row)


def test_claims_in_many_pieces_are_compared_in_one_pass():
    pieces = [(3 * i, 3 * i + 2) for i in range(50_000)]
    one, other = (Claim(pieces[cut:], "event", provenance=Provenance(name)) for cut, name in ((0, "a.claims"), (5, "b.claims")))
    (found,) = reconcile_claims([("a.claims", [one]), ("b.claims", [other])])
    assert found.spans == other.spans


class Fixed:
    """Finds what it is told to find."""

    silence: object = None

    def __init__(self, name, claims):
        self.name = name
        self._claims = claims

    def extract(self, document, quotes, speakers):
        return self._claims


def test_the_miner_reconciles_what_its_plugins_find():
    plugins = [
        running.Plugin("a", claims=[Fixed("a.claims", [rules("The plant shut in 2015")])]),
        running.Plugin("b", claims=[Fixed("b.claims", [model(SENTENCE)])]),
    ]
    extractions = [Miner(given, on_error="raise").mine(Document(TEXT, id="t")) for given in (plugins, plugins[::-1])]
    assert extractions[0] == extractions[1]
    assert [(item.id, item.kind, item.provenance.extractor) for item in extractions[0].claims] == [
        ("c1", "event", "a.claims+b.claims")
    ]


@pytest.mark.parametrize("silence", [0, True, "much", {"speech": {"event": 0.5}}])
def test_a_silence_that_is_no_factor_is_an_issue_and_counts_as_unsaid(silence):
    telling = Fixed("b.claims", [model("said nobody")])
    telling.silence = silence
    plugins = [
        running.Plugin("a", claims=[Fixed("a.claims", [rules("The plant shut in 2015")])]),
        running.Plugin("b", claims=[telling]),
    ]
    extraction = Miner(plugins).mine(Document(TEXT, id="t"))
    assert ["silence" in issue.message for issue in extraction.issues] == [True]
    assert extraction.claims[0].confidence == pytest.approx(2 / 3, abs=1e-6)
    telling.silence = {"speech": 1.0}
    assert Miner(plugins, on_error="raise").mine(Document(TEXT, id="t")).claims[0].confidence == 0.8

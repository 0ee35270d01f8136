"""Claims as spans, as judged sentences, and as a ranking."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, average_precision_score, f1_score

from quoteminer.evaluation import evaluate
from quoteminer.evaluation.claims import average_precision

from .cases import claim, document

TEXT = "Crime fell by 12 percent. Nobody likes rain. Taxes will rise.\nThe bridge is shut."
SENTENCES = ["Crime fell by 12 percent.", "Nobody likes rain.", "Taxes will rise.", "The bridge is shut."]


def metrics(gold, found, style="spans"):
    return evaluate(
        [document(TEXT, claims=tuple(gold), claim_style=style)],
        [document(TEXT, claims=tuple(found))],
    ).all.metrics  # fmt: skip


def test_spans_claimants_and_kinds():
    gold = [
        claim(TEXT, "Crime fell by 12 percent", kind="quantity", claimant="Ada Byron"),
        claim(TEXT, "Taxes will rise", kind="prediction"),
        claim(TEXT, "The bridge is shut", kind="event"),
    ]
    found = [
        claim(TEXT, "Crime fell by 12 percent", kind="quantity", claimant="Byron"),
        claim(TEXT, "will rise", kind="pledge", claimant="Ada Byron"),
        claim(TEXT, "likes rain", kind="event"),
    ]
    scores = metrics(gold, found)
    assert (scores["claims.exact"].precision, scores["claims.exact"].recall) == pytest.approx((1 / 3, 1 / 3))
    assert scores["claims.overlap"].f1 == pytest.approx(2 / 3)
    assert (scores["claims.tokens"].precision, scores["claims.tokens"].recall) == pytest.approx((7 / 9, 7 / 12))
    assert scores["claims.claimant"].f1 == pytest.approx(1 / 2)
    assert scores["claims.kind"].f1 == pytest.approx(1 / 2)
    assert scores["claims.overlap:prediction"].recall == 1.0
    assert scores["claims.overlap:event"].precision == 0.0


def judged(*positive):
    return [claim(TEXT, words, positive=value) for words, value in zip(SENTENCES, positive, strict=True)]


def test_sentences_agree_with_scikit_learn():
    truth = [True, False, True, False]
    found = [
        claim(TEXT, "fell by 12 percent", check_worthiness=0.9),
        claim(TEXT, "Crime", check_worthiness=0.2),
        claim(TEXT, "likes rain", check_worthiness=0.6),
        claim(TEXT, "The bridge is shut", check_worthiness=0.4),
    ]
    scores = metrics(judged(*truth), found, "sentences")
    with_claim, worth = [True, True, False, True], [True, True, False, False]
    assert scores["claims.sentences"].f1 == pytest.approx(f1_score(truth, with_claim))
    assert scores["claims.sentences.accuracy"].f1 == pytest.approx(accuracy_score(truth, with_claim))
    assert scores["claims.worth_checking"].f1 == pytest.approx(f1_score(truth, worth))
    assert scores["ranking.ap"].f1 == pytest.approx(average_precision_score(truth, [0.9, 0.6, 0.0, 0.4]))
    # Ranked: first (positive), second, fourth, third (positive), so (1/1 + 2/4) / 2.
    assert scores["ranking.map"].f1 == pytest.approx(0.75)


def test_a_claim_belongs_to_the_sentence_that_holds_most_of_it():
    found = [claim(TEXT, "rain. Taxes will rise", check_worthiness=1.0)]
    scores = metrics(judged(False, False, True, False), found, "sentences")
    assert scores["claims.sentences"].f1 == 1.0


def test_a_ranking_knows_no_negative_sentences():
    scores = metrics(judged(True, False, False, False), [claim(TEXT, "Taxes will rise", check_worthiness=1.0)], "ranking")
    assert "claims.sentences" not in scores
    # One sentence stands before the positive one and the others, which all score 0: one of four.
    assert scores["ranking.map"].f1 == pytest.approx(1 / 4)
    assert scores["ranking.p@5"].f1 == pytest.approx(1 / 5)


def test_documents_without_a_positive_sentence_do_not_count_for_the_mean():
    documents = [
        document(TEXT, claims=tuple(judged(*values)), claim_style="ranking", id=str(i))
        for i, values in enumerate([(True, False, False, False), (False, False, False, False)])
    ]
    found = [document(TEXT, claims=(claim(TEXT, "Crime fell", check_worthiness=1.0),), id=str(i)) for i in range(2)]
    scores = evaluate(documents, found).all.metrics
    assert (scores["ranking.map"].f1, scores["ranking.map"].gold) == (1.0, 1)
    # Over all sentences together the second document's first stands level with the first's.
    assert scores["ranking.ap"].f1 == pytest.approx(1 / 2)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.25, 0.5, 1.0])), min_size=1, max_size=30))
def test_average_precision_agrees_with_scikit_learn(items):
    truth, scores = [value for value, _ in items], [score for _, score in items]
    if any(truth):
        assert math.isclose(average_precision(truth, scores), average_precision_score(truth, scores), abs_tol=1e-12)

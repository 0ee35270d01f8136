"""Learning the weights of claims of reports, on made-up examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from plugins.rules.learn import learn_report_claims as learning
from plugins.rules.learn.fitting import Fit, Rows, folds

from quoteminer.evaluation import AnnotatedDocument, seeds


def rows_of(*examples: list[str]) -> Rows:
    rows = Rows()
    for names in examples:
        rows.add([("bias", ""), *(("word", name) for name in names)])
    return rows


def test_what_tells_the_answer_weighs_most():
    rows = rows_of(*[["rents", "rose"], ["rents", "ought"]] * 20)
    fit = Fit(rows.matrix(), [True, False] * 20, rows.names, penalty=0.1, shares=np.ones(40), least=3)
    weights = fit.weights()
    assert weights["word", "rose"][0] > 1
    assert weights["word", "ought"][0] < -1
    assert abs(weights["word", "rents"][0]) < 0.1
    assert (fit.sums(rows.matrix()) > 0).tolist() == [True, False] * 20


def test_of_several_classes_each_has_weights():
    rows = rows_of(*[["rose"], ["will"], ["shall"]] * 10)
    truths = np.array([0, 1, 2] * 10)
    fit = Fit(rows.matrix(), truths, rows.names, penalty=0.1, shares=np.ones(30), least=3, classes=3)
    assert np.argmax(fit.sums(rows.matrix()), axis=1).tolist() == truths.tolist()


def test_what_is_rare_is_not_learned():
    rows = rows_of(["rose"], ["rose"], ["rose", "once"], ["fell"], ["fell"])
    fit = Fit(rows.matrix(), [True, True, True, False, False], rows.names, penalty=1.0, shares=np.ones(5), least=2)
    assert ("word", "once") not in fit.weights()


def test_all_texts_of_a_writer_are_held_out_together():
    groups = ["a", "b", "a", "c", "d", "b"]
    held = folds(groups, 2)
    assert sum(held).tolist() == [1] * 6
    for name in groups:
        assert len({int(np.argmax([fold[at] for fold in held])) for at, group in enumerate(groups) if group == name}) == 1


def test_another_language_teaches_no_words():
    annotated: AnnotatedDocument = seeds("train", "de")[0]
    text = learning.Text(annotated, Path("de"), foreign=True, pieces=[])
    features = [
        ("class +1", "verb"),
        ("word -2", "die"),
        ("subject word", "die"),
        ("order -1 +0", "comma verb"),
        ("first", "die"),
    ]
    assert learning.own(features, text) == [("class +1", "verb"), ("order -1 +0", "comma verb")]
    assert learning.own(features, text._replace(foreign=False)) == features
    assert (text.writer, text.share) == ("de-a", learning.OTHERS)


def test_too_few_cases_do_not_calibrate():
    assert learning.calibration(np.array([0.1, 0.5, -1.0]), np.array([True, True, False])) == (1.0, 0.0)


def test_probabilities_are_those_of_the_cases():
    sums = np.array([1.0] * 40 + [-1.0] * 40)
    truths = np.array(([True] * 3 + [False]) * 10 + ([True] + [False] * 3) * 10)
    factor, summand = learning.calibration(sums, truths)
    assert 1 / (1 + np.exp(-(factor + summand))) == pytest.approx(0.75, abs=0.01)
    assert learning.auroc(sums, truths) == pytest.approx(0.75)


def test_a_table_has_what_weighs_enough(tmp_path: Path):
    (tmp_path / "weights").mkdir()
    columns = [{("word", "rose"): np.array([0.5]), ("word", "of"): np.array([0.01])}, {("class", "verb"): np.array([-0.25])}]
    learning.write(tmp_path, "t.tsv", columns, ["for this", "for that"], "en")
    lines = (tmp_path / "weights" / "t.tsv").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["rose\tword\t0.50\t0.00", "verb\tclass\t0.00\t-0.25"]

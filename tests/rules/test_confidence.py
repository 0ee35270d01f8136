"""How sure a report is, and how that is learned."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Issue
from quoteminer.evaluation import annotated, seeds
from quoteminer_rules.learning import __main__ as program
from quoteminer_rules.learning import confidence as learning
from quoteminer_rules.learning.confidence import Find, Fold
from quoteminer_rules.learning.gold import own, writer_of
from quoteminer_rules.learning.judge import Lesson
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reports.confidence import measured, signs, table
from quoteminer_rules.reports.grammar import Grammar, grammar
from quoteminer_rules.reports.selection import Report

ENGLISH = LANGUAGES / "en"
TEXT = "Ada said that it works."


def report(confidence: float, **changes: object) -> Report:
    return Report("that", "indirect", ((9, 22),), ((4, 8),), "say", (0, 3), None, confidence)._replace(**changes)


def test_signs_tell_the_rule_the_kind_the_length_and_what_is_missing():
    found = signs(report(0.5, source=None, parent=0), TEXT)
    assert found == {
        "": 1.0,
        "odds": 0.0,
        "rule:that": 1.0,
        "kind:indirect": 1.0,
        "words:2": 1.0,
        "nested": 1.0,
        "no source": 1.0,
    }


@given(st.lists(st.floats(0, 1), min_size=1), st.dictionaries(st.sampled_from(["", "rule:that", "words:2"]), st.floats(-5, 5)))
def test_of_reports_alike_the_likelier_is_the_surer(chances, weights):
    found = measured([report(chance) for chance in sorted(chances)], TEXT, {"odds": 0.7, **weights})
    sure = [one.confidence for one in found]
    assert sure == sorted(sure)
    assert all(0 < one < 1 for one in sure)


def test_without_weights_a_report_is_as_sure_as_likely():
    assert measured([report(0.3)], TEXT, {}) == [report(0.3)]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_pack_has_weights_that_rise_with_the_odds(language):
    weights = table(LANGUAGES / language)
    assert weights["odds"] > 0
    assert any(sign.startswith("rule:") for sign in weights)


def test_the_scope_all_keeps_the_probability():
    assert grammar(ENGLISH).find(TEXT, scope="all")[0].confidence != grammar(ENGLISH).find(TEXT, scope="speech")[0].confidence


def find(rule: str, right: bool, odds: float = 0.0) -> Find:
    return Find({"": 1.0, "odds": odds, "rule:" + rule: 1.0}, right, "a", "news")


def test_what_is_fitted_tells_rules_apart_and_is_the_same_each_time():
    finds = [
        *[find("good", right=True)] * 40,
        *[find("good", right=False)] * 4,
        *[find("bad", right=True)] * 20,
        *[find("bad", right=False)] * 20,
    ]
    weights = learning.fitted(finds)
    assert weights == learning.fitted(finds)
    assert learning.chance(find("good", right=True), weights) > 0.75 > learning.chance(find("bad", right=True), weights)


def test_the_cross_validation_is_told_by_writer_and_genre():
    finds = [find("that", n % 4 > 0, n / 10) for n in range(12)]
    folds = [Fold(finds, Counter({("a", "news"): 15})) for _ in range(2)]
    lines = learning.told(folds).splitlines()
    assert lines[1] == "writer a\t30\t24\t0.750\t0.600\t0.667"
    assert lines[2].startswith("genre news\t30")
    assert lines[3].startswith("all\t30")
    assert lines[4].startswith("confidence: error ")


def test_finds_are_right_where_the_gold_has_them():
    gold = annotated(
        {"id": "a-1", "text": f"{TEXT} Bob added that it is late.", "quotes": [{"content": [[9, 22]], "kind": "indirect"}]}, []
    )
    grammar = Grammar(ENGLISH)
    assert [find.right for find in learning._finds(gold, grammar)] == [True, False]


def test_a_run_that_ended_early_takes_up_the_judges_that_are_done(tmp_path, monkeypatch):
    documents = seeds("train", "en")[:2]
    learned: list[object] = []

    def judge(taught: object) -> dict[str, dict[str, dict[str, float]]]:
        learned.append(taught)
        return {"report": {}, "end": {}, "alone": {}}

    monkeypatch.setattr(learning, "judge", judge)
    taught = [Lesson(ENGLISH, (), 1.0)]
    once = list(learning.folds(documents, taught, tmp_path))
    assert len(learned) == learning.FOLDS
    assert list(learning.folds(documents, taught, tmp_path)) == once
    assert len(learned) == learning.FOLDS


def test_writers_of_the_open_corpus_are_told_by_their_ids():
    first = next(one.document for one in seeds("train", "en") if one.document.id.startswith("en-"))
    assert writer_of(first) == first.id.rpartition("-")[0]


def test_own_texts_teach_a_pack_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setattr("quoteminer_rules.learning.gold.LEARNED", ())
    gold = tmp_path / "gold.jsonl"
    record = {"text": TEXT, "lang": "en", "quotes": [{"content": [[9, 22]], "kind": "indirect", "cue": [[4, 8]]}]}
    gold.write_text("".join(json.dumps({"id": f"mine-{n}", **record}) + "\n" for n in range(8)), encoding="utf-8")
    pack = tmp_path / "my-english"
    assert program.main(["en", "--gold", str(gold), "--pack", str(pack), "--judge-only"]) == 0
    assert (pack / "verbs.tsv").read_text(encoding="utf-8") == (ENGLISH / "verbs.tsv").read_text(encoding="utf-8")
    assert Grammar(pack).find(TEXT)[0].content == ((9, 22),)
    issues: list[Issue] = []
    assert [text.writer for text in own([gold], "en", grammar(ENGLISH).pack, issues)][:2] == ["mine", "mine"]
    assert own([gold], "de", grammar(ENGLISH).pack, []) == []


@pytest.mark.parametrize(("arguments", "message"), [(["en", "--gold", "x"], "needs --pack"), (["xx"], "no pack 'xx'")])
def test_wrong_calls_of_the_program(arguments, message, capsys):
    with pytest.raises(SystemExit):
        program.main(arguments)
    assert message in capsys.readouterr().err


def test_without_the_corpora_the_wide_scope_stays_as_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    monkeypatch.setattr("quoteminer_rules.learning.gold.LEARNED", ())
    pack = tmp_path / "pack"
    assert program.main(["en", "--pack", str(pack), "--judge-only"]) == 0
    assert "the scope all stays as it is: QUOTEMINER_CORPORA" in capsys.readouterr().err
    kept = "weights/grammar_all.tsv"
    assert (pack / kept).read_bytes() == (ENGLISH / kept).read_bytes()

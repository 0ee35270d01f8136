"""The verdicts on quotations whose truth is known: written by hand, and altered by a generator."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from quoteminer import Document
from quoteminer.text import Builder
from quoteminer.verification import Checker

from .alterations import MEANING, WORDS, Case, article, cases, sources
from .packs import miner
from .reported import article as report_article
from .reported import reports

BY_HAND = tomllib.loads((Path(__file__).parent / "by_hand.toml").read_text(encoding="utf-8"))["source"]


def transcript(text: str, language: str) -> Document:
    """A text of labelled turns, as a reader that knows them would give it."""
    builder = Builder(text)
    at = 0
    for line in text.split("\n"):
        label, colon, said = line.partition(":")
        if colon:
            builder.label(at, at + len(label.rstrip()))
            begin = builder.length
            start = at + len(label) + 1 + len(said) - len(said.lstrip())
            builder.take(start, at + len(line))
            builder.place(begin, "turn", label.rstrip())
        at += len(line) + 1
    made = builder.build()
    return Document(made.text, id=f"transcript-{language}", language=language, origin=made)


HAND = [(source, case) for source in BY_HAND for case in source["cases"]]


@pytest.fixture(scope="module")
def checkers() -> dict[str, Checker]:
    return {source["language"]: Checker([transcript(source["text"], source["language"])], miner=miner()) for source in BY_HAND}


@pytest.mark.parametrize(("source", "case"), HAND, ids=[f"{source['language']}-{case[0][:40]}" for source, case in HAND])
def test_alterations_by_hand(source, case, checkers):
    words, speaker, verdict, kind = case
    language = source["language"]
    finding = checkers[language].check(article([Case("", words, speaker, verdict, kind)], language))[0]
    assert (finding.verdict, [str(change) for change in finding.changes]) == (
        verdict,
        [str(change) for change in finding.changes],
    )
    if kind:
        assert kind in {change.kind for change in finding.changes}, [str(change) for change in finding.changes]
    if verdict == "verbatim":
        # What a clause of its own holds that an ellipsis leaves out is named, but weighs little.
        assert all(change.marked and change.weight < 0.4 and kind for change in finding.changes)


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(WORDS))
def test_altered_quotations_of_the_corpus(language):
    made = sources(language, "train")
    chance = random.Random(7)
    right: Counter[bool] = Counter()
    untouched: Counter[bool] = Counter()
    for place, source in enumerate(made[:3]):
        drawn = list(cases(source, made[:place] + made[place + 1 :], language, chance))
        found = Checker([source.document], miner=miner()).check(article(drawn, language))
        for case, finding in zip(drawn, found.findings, strict=True):
            right[finding.verdict == case.verdict] += 1
            if case.name == "untouched":
                untouched[finding.verdict == "verbatim"] += 1
            if case.name in MEANING:
                assert finding.verdict != "verbatim", case
    assert right[True] >= 0.97 * right.total()
    assert untouched[True] >= 0.995 * untouched.total()


@pytest.mark.slow
def test_reports_of_what_is_said():
    made = sources("en", "train")
    chance = random.Random(7)
    right: Counter[bool] = Counter()
    for place, source in enumerate(made[:4]):
        drawn = list(reports(source, made[:place] + made[place + 1 :], chance))
        found = Checker([source.document], miner=miner()).check(report_article(drawn))
        for report, finding in zip(drawn, found.findings, strict=True):
            right[(finding.support or finding.verdict) == report.support] += 1
            if report.support == "contradicted":
                assert not (finding.support == "supported" and report.name == "number"), report
    assert right[True] >= 0.9 * right.total()


def test_a_word_at_the_end_of_a_turn_is_none_of_the_next():
    source = transcript("Ada Byron: You will not go, no?\n\nBob Hale: problem of the mill is the water, I think. Yes.", "en")
    checker = Checker([source], miner=miner())
    cases = [
        Case("", "no problem of the mill is the water, I think", "Bob Hale", "altered", "negation"),
        Case("", "problem of the mill is the water, I think", "Bob Hale", "verbatim", None),
    ]
    negated, untouched = checker.check(article(cases, "en"))
    assert negated.verdict == "altered"
    assert "negation" in {change.kind for change in negated.changes}
    assert untouched.verdict == "verbatim"

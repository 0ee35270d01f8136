"""The articles that were written beside their transcripts: their form, and what verdicts make of those for training."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from seeds.tools.pairs import PARTS, faults, files, locate, read, records

from .scoring import judged, report

ARTICLE = "“We sail at noon,” said Ada. “Nobody”, she added, “will stay.” Bo said that it would rain. “We sail at noon,” she said again."
PAIR: dict[str, Any] = {
    "id": "pair",
    "language": "en",
    "article": ARTICLE,
    "sources": [{"id": "harbour.txt", "text": "ADA BROCK: We sail at noon. Nobody will stay.\n\nBO: It will rain."}],
    "findings": [
        {"quote": "We sail at noon", "nth": 1, "speaker": "Ada", "verdict": "verbatim", "said_by": "ADA BROCK"},
        {"quote": "Nobody | will stay", "speaker": "Ada", "verdict": "verbatim", "said_by": "ADA BROCK"},
        {"quote": "that it would rain", "speaker": "Bo", "verdict": "paraphrase", "said_by": "BO", "support": "supported"},
    ],
}


def changed(number: int, **changes: object) -> dict[str, Any]:
    """The pair with one finding changed."""
    pair = copy.deepcopy(PAIR)
    pair["findings"][number].update(changes)
    return pair


@pytest.mark.parametrize("part", PARTS)
def test_all_pairs_have_the_form(part):
    found = {
        path.name: [f"{record.get('id')}: {fault}" for record in records(path) for fault in faults(record)]
        for path in files(part)
    }
    assert found
    assert not any(found.values()), found


@pytest.mark.parametrize("part", PARTS)
def test_there_are_thirty_pairs_a_part_and_more_in_four_languages(part):
    pairs = read(files(part))
    assert len(pairs) == len({pair.id for pair in pairs}) >= 30
    assert {pair.language for pair in pairs} == {"en", "de", "fr", "es"}
    assert sum(len(pair.findings) for pair in pairs) > 300


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        ({"id": "x"}, "has no article, findings, language, sources"),
        ({**PAIR, "sources": []}, "sources: there are none"),
        ({**PAIR, "findings": []}, "findings: there are none"),
        (changed(0, nth=None), "stands in the article more than once"),
        (changed(0, quote="We swim at noon"), "does not stand in the article"),
        (changed(0, nth=3), "does not stand in the article"),
        (changed(0, verdict="true"), "verdict: 'true' is none"),
        (changed(0, changes=["number"]), "there are some, but it is verbatim"),
        (changed(0, verdict="altered"), "there are none, but it is altered"),
        (changed(0, verdict="altered", changes=["colour"]), r"\['colour'\] are none"),
        (changed(0, verdict="not_found"), "said_by: 'ADA BROCK' beside not_found"),
        (changed(0, said_by="CY"), "said_by: stands in no source"),
        (changed(0, verdict="too_short"), "three words or more"),
        (changed(2, support=None), "support: None beside paraphrase"),
        (changed(0, quote="Nobody | will stay"), "stands there twice"),
    ],
)
def test_what_is_wrong_is_named(pair, fault):
    assert not list(faults(PAIR))
    with pytest.raises(AssertionError, match=fault):
        assert "; ".join(faults(pair)) == ""


def test_parts_stand_in_order_and_repeated_ones_by_number():
    assert [ARTICLE[start:end] for start, end in locate("Nobody | will stay", None, ARTICLE)] == ["Nobody", "will stay"]
    assert locate("will stay | Nobody", None, ARTICLE) == ()
    first, second = (locate("We sail at noon", nth, ARTICLE)[0][0] for nth in (1, 2))
    assert first < second
    assert locate("", None, ARTICLE) == ()


@pytest.mark.slow
def test_verdicts_on_the_pairs_for_training():
    rows = list(judged(read(files("train")), mined=False))
    assert sum(row.right for row in rows) >= 0.88 * len(rows), "\n".join(report(rows))
    assert sum(row.voice_right for row in rows) >= 0.96 * len(rows)

"""Every construction and layout has an example that it finds, with content, cue and source; and the page shows them all."""

from __future__ import annotations

import re

import pytest

from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.marked import unmarked
from quoteminer_rules.reports.constructions import constructions
from quoteminer_rules.reports.explaining import examples
from quoteminer_rules.reports.grammar import grammar
from quoteminer_rules.reports.layouts import known_layouts

from . import table

FOLDER = LANGUAGES / "en"
EXAMPLES = examples(FOLDER)
ALONE = {"alone", "paragraphs"}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_example_is_found_by_its_rule(rule):
    example = unmarked(EXAMPLES[rule])
    reports = grammar(FOLDER).find(example.text)
    found = [report for report in reports if rule in (report.construction, report.layout)]
    assert found, [report.construction for report in reports]
    assert (example.content, example.cue, example.source) in [
        (report.content, report.cue, () if report.source is None else (report.source,)) for report in found
    ]


def test_every_construction_and_every_layout_has_an_example():
    assert {one.name for one in constructions(FOLDER)} | set(known_layouts(FOLDER)) == set(EXAMPLES)
    assert set(known_layouts(FOLDER)) >= ALONE
    assert all(re.search(r"\[.+\]", example) for example in EXAMPLES.values())


def test_every_confidence_of_a_layout_is_a_probability():
    assert all(0.0 < one.confidence < 1.0 for one in known_layouts(FOLDER).values())


def test_the_page_shows_the_table():
    assert table.TABLE.findall(table.PAGE.read_text(encoding="utf-8")) == [table.table()], "run python -m tests.rules.table"

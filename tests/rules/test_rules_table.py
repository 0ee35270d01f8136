"""Every rule has an example that it finds, with kind, content, cue and source; and the code knows no rule that the table lacks."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import quoteminer_rules
from quoteminer import Miner
from quoteminer_rules import lexicon
from quoteminer_rules.quotes.indirect.merging import FRAME_RULES

from . import table

PACKAGE = Path(quoteminer_rules.__file__).parent
MINER = Miner(["rules"], on_error="raise", scope="all")
MARK = re.compile(r"[\[\]<>{}]")
KINDS = ("direct", "indirect", "mixed")

Spans = list[tuple[int, int]]


def unmarked(example: str) -> tuple[str, dict[str, Spans]]:
    """The text of an example, and the spans of its content, cue and source by opening mark."""
    spans: dict[str, Spans] = {"[": [], "<": [], "{": []}
    opened: dict[str, int] = {}
    text = ""
    at = 0
    example = example.replace(" / ", "\n\n")
    for mark in MARK.finditer(example):
        text += example[at : mark.start()]
        at = mark.end()
        sign = mark.group()
        if sign in spans:
            opened[sign] = len(text)
        else:
            opening = {"]": "[", ">": "<", "}": "{"}[sign]
            spans[opening].append((opened.pop(opening), len(text)))
    assert opened == {}
    return text + example[at:], spans


@pytest.mark.parametrize("rule", lexicon.marked_examples())
def test_the_example_is_found_by_its_rule(rule):
    text, spans = unmarked(lexicon.marked_examples()[rule])
    quotes = MINER.mine(text).quotes
    found = [quote for quote in quotes if quote.provenance.detail["rule"] == rule]
    assert found, [quote.provenance.detail for quote in quotes]
    quote = found[0]
    assert quote.kind == rule.partition(".")[0]
    assert [(span.start, span.end) for span in quote.content] == spans["["]
    assert [(span.start, span.end) for span in quote.cue] == spans["<"]
    assert ([] if quote.source is None else [(quote.source.start, quote.source.end)]) == spans["{"]


def test_the_plain_examples_are_the_marked_ones_without_marks():
    assert lexicon.examples()["direct.colon"] == "Ada added: “It works.”"
    assert {rule: MARK.sub("", example) for rule, example in lexicon.marked_examples().items()} == lexicon.examples()
    assert all(lexicon.examples().values())


def test_the_code_names_no_rule_that_the_table_lacks_and_the_other_way_round():
    named: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(rf"(?:{'|'.join(KINDS)})\.[a-z_-]+", node.value):
                    named.add(node.value)
    named |= {f"{kind}.{rule}" for kind in ("indirect", "mixed") for rule in FRAME_RULES.values()}
    clauses = ("subject-verb", "inverted", "according")
    named |= {f"{kind}.{rule}" for kind in ("direct", "mixed") for rule in clauses}
    assert named == set(lexicon.confidences())


def test_every_confidence_is_a_probability_and_every_rule_stands_once():
    lines = (PACKAGE / "languages/en/rules.tsv").read_text(encoding="utf-8").splitlines()
    rules = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert len(rules) == len(set(rules))
    assert all(0.0 < confidence < 1.0 for confidence in lexicon.confidences().values())


def test_a_confidence_may_depend_on_what_the_cue_reports():
    assert lexicon.confidence("direct.introduced", "thought") < lexicon.confidence("direct.introduced", "speech")
    assert lexicon.confidence("direct.introduced", "speech") == lexicon.confidences()["direct.introduced"]


def test_the_page_shows_the_table():
    assert table.TABLE.findall(table.PAGE.read_text(encoding="utf-8")) == [table.table()], "run python -m tests.rules.table"

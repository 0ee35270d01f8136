"""The seeds: their gold is sound, and what the rules find in them does not get worse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import quoteminer
from quoteminer import Document, Miner

from . import floors
from .matching import gold_documents, matched

SEEDS = floors.SEEDS
GOLD = [gold for path in sorted(SEEDS.glob("*.gold.jsonl")) for gold in gold_documents(path)]
REACHED = floors.reached()


def test_there_are_at_least_twelve_seeds_of_different_styles():
    assert len(GOLD) >= 12
    assert len({gold["meta"]["style"] for gold in GOLD}) >= 11


def test_files_are_those_that_the_markup_gives(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SEEDS))
    monkeypatch.delitem(sys.modules, "build", raising=False)
    import build

    for path, content in build.built().items():
        assert path.read_text(encoding="utf-8") == content, path.name


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("style: x\n---\n<c1d>a</c", "not closed"),
        ("style: x\n---\na</c>", "closes nothing"),
        ("style: x\n---\n<c1d> a</c>", "white space"),
        ("style: x\n---\n<s1=Z>a</s>", "unknown speaker"),
        ("style: x\n---\n<u1>a</u> b", "no content"),
        ("style: x\nfoo\n---\na", "header line"),
        ("style: x", "---"),
        ("style: x\n---\n<c1d>a</c>\n%%\n2 by=A", "fact"),
    ],
)
def test_wrong_markup_is_refused(markup: str, message: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SEEDS))
    import build

    with pytest.raises(build.MarkupError, match=message):
        build.convert(markup, "test")


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_gold_spans_are_sound(gold):
    text = gold["text"]
    assert (SEEDS / f"{gold['id']}.txt").read_text(encoding="utf-8") == text
    ids = {quote["id"] for quote in gold["quotes"]}
    names = {entity["name"] for entity in gold["entities"]}
    for quote in gold["quotes"]:
        for start, end in [*quote["content"], *quote["cue"], *quote["source"]]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert quote["nested_in"] is None or quote["nested_in"] in ids
        assert quote["speaker"] is None or quote["speaker"] in names


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_direct_quotations_stay_at_their_floor(gold):
    floor = json.loads(floors.FILE.read_text(encoding="utf-8"))[gold["id"]]
    now = REACHED[gold["id"]]
    for key, value in floor.items():
        assert now[key] <= value if key == "false" else now[key] >= value, (key, now, floor)


def test_the_first_story_comes_out_perfectly():
    gold = next(gold for gold in GOLD if gold["id"] == "wire-nato")
    extraction = Miner(["rules"]).mine(Document(gold["text"]))
    direct = 0
    for wanted, quote in matched(gold, extraction):
        assert wanted is not None, f"found what is not there: {quote}"
        if wanted["kind"] == "direct":
            direct += 1
            assert quote is not None
            assert quote.kind == "direct"
            assert [list(span) for span in quote.content] == wanted["content"]
            assert [list(span) for span in quote.cue] == wanted["cue"]
            assert [list(quote.source or ())] == wanted["source"]
            speaker = extraction.speaker(quote.speaker)
            assert speaker is not None
            assert (speaker.name, speaker.role, speaker.kind) == ("Mark Rutte", "NATO Secretary General", "person")
    assert direct == 7
    assert len({quote.speaker for quote in extraction}) == 1
    assert any("but not any more" in quote.text(extraction.document) for quote in extraction)


def test_reading_the_file_gives_the_same_as_the_text(tmp_path: Path):
    path = SEEDS / "wire-nato.txt"
    assert quoteminer.mine(path.read_text(encoding="utf-8")).quotes == quoteminer.mine(GOLD[-1]["text"]).quotes

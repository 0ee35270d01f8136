"""The seeds: their gold is sound, and what the rules find in them does not get worse."""

from __future__ import annotations

import re
from typing import Any

import pytest

from quoteminer import Document, Miner, Span
from quoteminer.evaluation import annotated, evaluate, from_extraction

from . import floors

SEEDS = floors.SEEDS
GOLD = floors.seeds()
each_seed = pytest.mark.parametrize("name", GOLD)


def quotes(style: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    return [(g["text"], q) for g in GOLD.values() if style in (None, g["meta"]["style"]) for q in g["quotes"]]


def test_there_are_seeds_of_every_style():
    styles = {gold["meta"]["style"] for gold in GOLD.values()}
    assert len(GOLD) >= 13
    assert styles >= {
        "wire", "tabloid", "feature", "interview_told", "court", "parliament", "sports", "press_release", "fiction_modern", "live_blog",
        "obituary", "email",
    }  # fmt: skip


@each_seed
def test_seeds_are_of_readable_length(name: str):
    assert 200 <= len(GOLD[name]["text"].split()) <= 450


def test_seeds_hold_what_is_hard():
    everything = quotes()
    assert {quote["kind"] for _, quote in everything} == {"direct", "indirect", "mixed"}
    assert any(quote["nested_in"] for _, quote in everything)
    assert any(quote["addressee"] for _, quote in everything)
    assert any(quote["modality"] == "future" for _, quote in everything)
    direct = [(text, quote) for text, quote in everything if quote["kind"] == "direct"]
    marks = {text[quote["content"][0][0] - 1] for text, quote in direct}
    assert marks >= {'"', "“", "‘"}
    gaps = [text[a[1] : b[0]] for text, quote in direct for a, b in zip(quote["content"], quote["content"][1:], strict=False)]
    assert any(re.fullmatch(r"\n\n[“‘\"]", gap) for gap in gaps), "no quotation over paragraphs"
    assert any(re.search(r"\w", gap) for gap in gaps), "no interrupted quotation"
    assert any(not quote["source"] and quote["speaker"] for _, quote in direct), "no alternating dialogue"
    cues = {text[start:end] for text, quote in everything for start, end in quote["cue"]}
    assert cues >= {":", "quoted as saying", "according to"}
    wrapped = [line for line in GOLD["broken-lines-parish"]["text"].splitlines() if line]
    assert max(map(len, wrapped)) <= 60
    lack = [gold["text"].count("“") - gold["text"].count("”") for gold in GOLD.values()]
    # The feature has a quotation over paragraphs, opened three times and closed once.
    assert sorted(lack)[-3:] == [0, 1, 2]


@each_seed
def test_gold_spans_are_sound(name: str):
    gold = GOLD[name]
    text = gold["text"]
    assert (SEEDS / f"{name}.txt").read_text(encoding="utf-8") == text
    ids = {quote["id"] for quote in gold["quotes"]}
    names = {entity["name"] for entity in gold["entities"]}
    assert len(ids) == len(gold["quotes"])
    for quote in gold["quotes"]:
        for start, end in [*quote["content"], *quote["cue"], *quote["source"]]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert quote["nested_in"] is None or quote["nested_in"] in ids
        assert quote["speaker"] is None or quote["speaker"] in names
        if quote["kind"] == "direct":
            before = text[: quote["content"][0][0]]
            assert before[-1] in "“‘\"'—–" or before.endswith((": ", "\n\n")), before[-30:]
    for entity in gold["entities"]:
        for start, end in entity["mentions"]:
            assert text[start:end].strip()


def test_the_first_story_comes_out_perfectly():
    gold = GOLD["wire-nato"]
    assert gold["id"] == "000_edc59138a1cae254"
    extraction = Miner(["rules"]).mine(Document(gold["text"], id=gold["id"]))
    found = {quote.content: quote for quote in extraction}
    direct = [wanted for wanted in gold["quotes"] if wanted["kind"] == "direct"]
    assert len(direct) == 7
    for wanted in direct:
        quote = found[tuple(Span(*span) for span in wanted["content"])]
        assert quote.kind == "direct"
        assert [list(span) for span in quote.cue] == wanted["cue"]
        assert [list(quote.source or ())] == wanted["source"]
        speaker = extraction.speaker(quote.speaker)
        assert speaker is not None
        assert (speaker.name, speaker.role, speaker.kind) == ("Mark Rutte", "NATO Secretary General", "person")
    false = evaluate([annotated(gold, [])], [from_extraction(extraction)]).causes().keys() & {
        "not a quotation",
        "split",
        "merged",
    }
    assert not false
    assert len({quote.speaker for quote in extraction}) == 1
    assert any("but not any more" in quote.text(extraction.document) for quote in extraction)

"""The seeds: their gold is sound, and what the rules find in them does not get worse."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType
from typing import Any

import pytest

from quoteminer import Document, Miner, Span
from quoteminer.evaluation import annotated, evaluate, from_extraction

from . import floors

SEEDS = floors.SEEDS
GOLD = floors.seeds()
each_seed = pytest.mark.parametrize("name", GOLD)


@pytest.fixture(scope="module")
def build() -> ModuleType:
    # Loaded by path: `import build` would find the packaging tool of that name where it is installed.
    spec = importlib.util.spec_from_file_location("seeds_build", SEEDS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quotes(style: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    return [(g["text"], q) for g in GOLD.values() if style in (None, g["meta"]["style"]) for q in g["quotes"]]


def test_there_are_seeds_of_every_style():
    styles = {gold["meta"]["style"] for gold in GOLD.values()}
    assert len(GOLD) >= 13
    assert styles >= {
        "wire", "tabloid", "feature", "interview", "court", "parliament", "football", "press_release", "fiction", "live_blog",
        "obituary", "e-mail, hard-wrapped",
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


def test_files_are_those_that_the_markup_gives(build: ModuleType):
    files = build.built()
    assert {path.name for path in files} == {path.name for path in SEEDS.iterdir() if path.suffix in (".txt", ".jsonl")}
    for path, content in files.items():
        assert path.read_text(encoding="utf-8") == content, path.name


def test_markup_becomes_text_and_spans(build: ModuleType):
    text, gold = build.convert(
        "id: other\nstyle: x\n@R = Ada Byron | countess\n---\n“<c1d>He <u2>said</u> ‘<c2d>no</c>’,</c>” <s1=R>she</s> <u1>said</u>.\n"
        "%%\n1 to=R\n2 in=1 by=null mod=negated\n",
        "name",
    )
    assert text == "“He said ‘no’,” she said.\n"
    assert gold["id"] == "other"
    outer, inner = gold["quotes"]
    assert [[text[s:e] for s, e in outer[field]] for field in ("content", "cue", "source")] == [
        ["He said ‘no’,"],
        ["said"],
        ["she"],
    ]
    assert (outer["kind"], outer["speaker"], outer["addressee"]) == ("direct", "Ada Byron", "Ada Byron")
    assert [text[s:e] for s, e in inner["content"]] == ["no"]
    assert (inner["nested_in"], inner["speaker"], inner["modality"]) == ("q1", None, "negated")
    assert gold["entities"] == [{"id": "e1", "name": "Ada Byron", "role": "countess", "mentions": [[16, 19]]}]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("“<c1d>a</c”", "not closed"),
        ("a</c>", "closes nothing"),
        ("“<c1d> a</c>”", "white space"),
        ("“<c1d></c>”", "empty"),
        ("“<c1d>a</c>” <s1=Z>b</s>", "unknown speaker"),
        ("“<c1d>a</c>” <s1=A>b</s> <s1=B>c</s>", "two speakers"),
        ("“<c1d>a</c>” “<c1d>b</c>”", "kind twice"),
        ("“<c1>a</c>”", "no content or kind"),
        ("<u1>a</u> b", "no content"),
        ("“<c1d>a</c>” <u1d>b</u>", "only content has a kind"),
        ("“<c1d>a</c>” <s1>b</s>", "names its speaker"),
        ("“<c1d>a</c>” <x2>b", "left over"),
        ("\n“<c1d>a</c>”", "must begin"),
        ("“<c1d>a <c2i>b</c></c>”", "without nesting"),
        ("“<c1d>a</c>” <c2i>b</c>\n%%\n2 in=1", "not inside"),
        ("“<c1d>a</c>”\n%%\n1 in=1", "cannot be in"),
        ("“<c1d>a <u1>b</u></c>”", "spans of quote 1 overlap"),
        ("b <c1d>a</c> c", "sets off"),
        ("“<c1d>a</c> c", "no closing mark"),
        ("“<c1d>a</c>” c\n%%\n1 unclosed", "is closed"),
        ("<c1m>a</c>", "no marks inside"),
        ("“<c1d>a</c>”\n%%\n2 by=A", "fact"),
        ("“<c1d>a</c>”\n%%\n1 by=Z", "unknown speaker"),
        ("“<c1d>a</c>” <s1=A>b</s>\n%%\n1 by=null", "by=null"),
        ("“<c1d>a</c>”\n%%\n1 mod=loud", "unknown fact"),
    ],
)
def test_wrong_markup_is_refused(markup: str, message: str, build: ModuleType):
    with pytest.raises(build.MarkupError, match=f"^test: .*{message}"):
        build.convert(f"style: x\n@A = Ada\n@B = Bea\n---\n{markup}", "test")


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("style: x", "no line '---'"),
        ("style: x\nfoo\n---\na", "header line"),
        ("@A = Ada\n---\na", "no style"),
        ("style: x\n@A = Ada\n@A = Bea\n---\na", "twice"),
    ],
)
def test_wrong_headers_are_refused(markup: str, message: str, build: ModuleType):
    with pytest.raises(build.MarkupError, match=message):
        build.convert(markup, "test")


@pytest.mark.parametrize(
    "markup",
    [
        "<s1=A>A</s><u1>:</u> <c1d>yes</c>",
        "—<c1d>yes,</c> <u1>said</u> <s1=A>A</s>",
        "a letter:\n\n<c1d>yes</c>\n\nSo she wrote.",
        "“<c1d>yes,</c>\n\n“<c1>and no,</c>” <u1>said</u> <s1=A>A</s>",
        "“<c1d>yes,</c> <u1>said</u> <s1=A>A</s>. “<c1>No.</c>”\n%%\n1 unclosed",
    ],
    ids=["turn", "dash", "block", "paragraphs", "unclosed"],
)
def test_direct_content_may_be_set_off_in_every_way(markup: str, build: ModuleType):
    _, gold = build.convert(f"style: x\n@A = Ada\n---\n{markup}", "test")
    assert [quote["kind"] for quote in gold["quotes"]] == ["direct"]


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

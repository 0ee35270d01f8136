"""The markup that the corpus is written in."""

from __future__ import annotations

from typing import Any

import pytest
from seeds.tools import markup


def gold(body: str, *, tags: str = "", people: str = "@A=Ada\n@B=Bea\n") -> dict[str, Any]:
    return markup.Document(f"test lang=en style=x{tags}\n{people}---\n{body}").gold()


def test_markup_becomes_text_and_spans():
    (document,) = markup.documents(
        "outlet: a paper\n=== other lang=de style=wire tags=headline,claims\n@R=Ada Byron | countess\n---\n"
        "“<c1d>He <u2>said</u> ‘<c2d>no</c>’,</c>” <s1=R>she</s> <u1>said</u>. <ke+>It closed.</k>\n"
        "%%\n1 to=R\n2 in=1 by=null mod=negated\n"
    )
    found = document.gold(writer="w")
    text = found["text"]
    assert text == "“He said ‘no’,” she said. It closed.\n"
    assert (found["id"], found["lang"], found["meta"]) == ("other", "de", {"style": "wire", "writer": "w", "tags": ["headline"]})
    outer, inner = found["quotes"]
    assert [[text[s:e] for s, e in outer[field]] for field in ("content", "cue", "source")] == [
        ["He said ‘no’,"],
        ["said"],
        ["she"],
    ]
    assert (outer["kind"], outer["speaker"], outer["addressee"]) == ("direct", "Ada Byron", "Ada Byron")
    assert [text[s:e] for s, e in inner["content"]] == ["no"]
    assert (inner["nested_in"], inner["speaker"], inner["modality"]) == ("q1", None, "negated")
    assert found["entities"] == [{"id": "e1", "name": "Ada Byron", "role": "countess", "mentions": [[16, 19]]}]
    (claim,) = found["claims"]
    assert [text[s:e] for s, e in claim["span"]] == ["It closed"]
    assert (claim["label"], claim["score"], claim["claimant"], claim["in_quote"]) == ("event", 1, None, None)
    assert markup.profile("outlet: a paper\n=== x") == {"outlet": "a paper"}


def test_a_claim_belongs_to_the_innermost_speaker():
    found = gold(
        "“<c1d>He <u2>says</u> <c2i><kq->rents <k7o+>rose</k> by 4</k></c></c>,” <s1=A>she</s> <u1>said</u>, <k7>twice</k>.\n"
        "%%\n2 in=1 by=B\nk7 by=A",
        tags=" tags=claims",
    )
    wide, parted = found["claims"]
    assert (wide["label"], wide["score"], wide["claimant"], wide["in_quote"]) == ("quantity", 0, "Bea", "q2")
    assert (len(parted["span"]), parted["claimant"]) == (2, "Ada")


def test_a_phrase_in_marks_is_a_speaker_of_its_own():
    found = gold('<s1="a clerk">A clerk</s> <u1>said</u> <c1i>no</c>.')
    assert found["quotes"][0]["speaker"] == "a clerk"
    assert found["entities"][-1]["name"] == "a clerk"


def test_who_says_nothing_of_claims_has_none_to_show():
    assert gold("a")["claims"] is None
    assert gold("a", tags=" tags=claims")["claims"] == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("“<c1d>a</c", "not closed"),
        ("a</c>", "closes nothing"),
        ("“<c1d> a</c>”", "white space"),
        ("“<c1d></c>”", "empty"),
        ("“<c1d>a</c>” <s1=Z>b</s>", "unknown speaker"),
        ("“<c1d>a</c>” <s1=A>b</s> <s1=B>c</s>", "two speakers"),
        ("“<c1d>a</c>” “<c1i>b</c>”", "two kinds"),
        ("“<c1>a</c>”", "no content or kind"),
        ("<u1>a</u> b", "no content"),
        ("“<c1d>a</c>” <u1d>b</u>", "closes nothing"),
        ("“<c1d>a</c>” <s1>b</s>", "closes nothing"),
        ("“<c1d>a</c>” <x2>b", "left over"),
        ("“<c1d>a</c>”", "no source and no by="),
        (" “<c1d>a</c>”", "must begin"),
        ("“<c1d>a <c2i>b</c></c>”\n%%\n1 by=A\n2 by=A", "without nesting"),
        ("“<c1d>a</c>” <c2i>b</c>\n%%\n1 by=A\n2 by=A in=1", "not inside"),
        ("“<c1d>a <c2i>b</c></c>”\n%%\n1 by=A in=2\n2 by=A in=1", "nested in itself"),
        ("“<c1d>a</c>”\n%%\n1 by=A in=1", "cannot be in"),
        ("“<c1d>a <u1>b</u></c>”\n%%\n1 by=A", "spans of quotation 1 overlap"),
        ("“<c1d>a</c>”\n%%\n2 by=A", "fact"),
        ("“<c1d>a</c>”\n%%\n1 by=Z", "unknown speaker"),
        ("“<c1d>a</c>” <s1=A>b</s>\n%%\n1 by=null", "has a source"),
        ("“<c1d>a</c>”\n%%\n1 mod=loud", "unknown fact"),
        ("<ke+>a</k>", "no tag claims"),
        ("<k3>a</k>", "needs its kind"),
        ("<k3e+>a</k>\n%%\nk3 to=A", "may only say by="),
    ],
)
def test_wrong_markup_is_refused(body: str, message: str):
    with pytest.raises(markup.MarkupError, match=f"^test: .*{message}"):
        gold(body)


def test_a_claim_in_what_was_not_said_is_refused():
    with pytest.raises(markup.MarkupError, match="was not said"):
        gold("<s1=A>She</s> never <u1>said</u> <c1i>that <ke+>it closed</k></c>.\n%%\n1 mod=negated", tags=" tags=claims")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("test lang=en style=x", "no line '---'"),
        ("test lang=en style=x\nfoo\n---\na", "header line"),
        ("test lang=en\n---\na", "needs lang= and style="),
        ("test lang=en style=x loud=1\n---\na", "the header says loud"),
        ("test lang=en style=x\n@A=Ada\n@A=Bea\n---\na", "twice"),
    ],
)
def test_wrong_headers_are_refused(block: str, message: str):
    with pytest.raises(markup.MarkupError, match=message):
        markup.Document(block)


def test_an_id_stands_once():
    with pytest.raises(markup.MarkupError, match="a: the id stands twice"):
        markup.documents("=== a lang=en style=x\n---\nb\n=== a lang=en style=x\n---\nc\n")


@pytest.mark.parametrize(
    "body",
    [
        "<s1=A>A</s><u1>:</u> <c1d>yes</c>",
        "—<c1d>yes,</c> <u1>said</u> <s1=A>A</s>",
        "a letter:\n\n<c1d>yes</c>\n\nSo she wrote.\n%%\n1 by=A",
        "“<c1d>yes,</c>\n\n“<c1>and no,</c>” <u1>said</u> <s1=A>A</s>",
        "“<c1d>yes,</c> <u1>said</u> <s1=A>A</s>. “<c1>No.</c>”\n%%\n1 unclosed",
        "« <c1d>oui</c> », <u1>dit</u> <s1=A>A</s>",
        "<s1=A>A</s> <u1>said</u> <c1i>yes</c>.",
        "<s1=A>A</s> <u1>said</u> <c1m>“yes” to all</c>.",
    ],
    ids=["turn", "dash", "block", "paragraphs", "unclosed", "blanks", "indirect", "mixed"],
)
def test_kinds_that_the_marks_bear_out(body: str):
    assert list(markup.Document(f"test lang=en style=x\n@A=Ada\n---\n{body}").doubts()) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("b <c1d>a</c> c\n%%\n1 by=A", "sets off"),
        ("“<c1d>a</c> c\n%%\n1 by=A", "no closing mark"),
        ("“<c1d>a</c>” <s1=A>c</s>\n%%\n1 unclosed", "is closed"),
        ("<s1=A>b</s> <c1m>a</c>", "no marks inside"),
        ("<s1=A>b</s> “<c1i>a</c>”", "stands in marks"),
        ("<s1=A>b</s> <c1i>a.</c>", "ends with punctuation"),
    ],
)
def test_kinds_that_the_marks_speak_against(body: str, message: str):
    found = list(markup.Document(f"test lang=en style=x\n@A=Ada\n---\n{body}").doubts())
    assert [message in line for line in found] == [True]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("It closed&raquo;", "It closed&raquo;"),
        ("It closed&#187;;", "It closed&#187;"),
        ("It closed;", "It closed"),
        ("R&D;", "R&D"),
    ],
)
def test_a_claim_keeps_the_end_of_an_entity_but_no_other_semicolon(words: str, kept: str):
    found = gold(f"<ke+>{words}</k> today.", tags=" tags=claims")
    assert [found["text"][s:e] for s, e in found["claims"][0]["span"]] == [kept]

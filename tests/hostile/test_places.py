"""Signs of every kind reach every kind of place, the same each time, and what then goes wrong is seen."""

from __future__ import annotations

import random
import unicodedata
from unittest import mock

import pytest

from quoteminer import Document, Issue, Miner, Provenance, Quote, Span, hookimpl
from quoteminer_rules.claims import mining

from . import checks, corpora, fuzz, places, targets
from .mutation import to_bytes
from .session import BrokenError, Session, together

STORY = (
    "“It works,” said Ann Lee, who’d left Dr. Bo Ray’s flat in May 2019: rents rose by 4% or 5 percent — to $5 million (a well-known sum).\n"
    "It was published by I. Moss."
)


def test_every_white_space_digit_and_mark_of_unicode_is_there():
    signs = {sign for kind in places.SIGNS.values() for sign in kind}
    for number in range(0x110000):
        sign = chr(number)
        if sign.isspace() or unicodedata.category(sign)[0] in "ZNP":
            assert sign in signs, f"{number:x}"
    assert {"İ", "ß", "ŉ", "ﬁ", "ſ", "\u212a", "ı", "Ⅷ"} <= signs


@pytest.mark.parametrize("kind", places.PLACES)
def test_each_kind_of_place_is_somewhere_in_a_plain_story(kind):
    assert places.PLACES[kind].search(STORY), kind


def test_what_is_done_at_a_place_puts_the_sign_there():
    rng = random.Random(1)
    for name, deed in places.DEEDS.items():
        changed = deed("ab cd ef", 3, 5, "²", rng)
        assert "²" in changed, name
    assert places.DEEDS["instead"]("5 million", 1, 2, "\u2009", rng) == "5\u2009million"
    assert places.DEEDS["around"]("ab cd", 3, 5, "“", rng) == "ab “cd“"


def test_an_input_follows_from_its_seed_and_number():
    pieces = corpora.Pieces({("ours", "en"): [STORY]})
    one, other = places.Mutations(pieces, 7), places.Mutations(pieces, 7)
    assert [one(number) for number in (5, 3, 900)] == [other(number) for number in (5, 3, 900)]
    assert [one(number) for number in range(20)] != [places.Mutations(pieces, 8)(number) for number in range(20)]
    assert len({one(number) for number in range(300)}) > 250
    assert all(len(one(number)) <= places.LONGEST for number in range(300))


def test_pieces_are_of_training_parts_only(tmp_path, monkeypatch):
    (tmp_path / "news").mkdir()
    for part, word in (("train", "alpha"), ("dev", "beta"), ("test", "gamma")):
        line = f'{{"id": "a#1", "lang": "en", "text": "{word} said", "meta": {{"novel": "N", "char_offset": 0}}}}\n'
        (tmp_path / "news" / f"{part}.jsonl").write_text(line, encoding="utf-8")
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    pieces, rng = corpora.Pieces.of_corpora(), random.Random(1)
    words = {word for _ in range(200) for word in pieces(rng).split()}
    assert "alpha" in words
    assert not {"beta", "gamma"} & words
    swept = {document.id: document.text for document in corpora.documents()}
    assert swept == {
        "news/train/a#1": "alpha said",
        "news/train/N (whole)": "alpha said",
        "news/dev/a#1": "beta said",
        "news/dev/N (whole)": "beta said",
    }
    with pytest.raises(ValueError, match="'test' is not one of train, dev"):
        list(corpora.records("test"))


def test_without_corpora_our_own_texts_are_changed_and_swept(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert corpora.Pieces.of_corpora()(random.Random(1))
    assert {document.id for document in corpora.documents()} >= {"seeds/wire-nato.txt"}


def test_a_novel_is_put_together_in_its_order(tmp_path, monkeypatch):
    (tmp_path / "pdnc").mkdir()
    lines = [
        f'{{"id": "{n}", "lang": "en", "text": "{t}", "meta": {{"novel": "N", "char_offset": {n}}}}}\n'
        for n, t in ((4, "two"), (0, "one "))
    ]
    (tmp_path / "pdnc" / "train.jsonl").write_text("".join(lines), encoding="utf-8")
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert [document.text for document in corpora.documents()] == ["two", "one ", "one two"]


def test_a_failure_that_the_rules_survive_is_a_find_with_its_own_cause():
    """The guard of the rules makes an issue of it; the cause is where it was raised, not the guard."""
    whole = mining.find

    def fails(document, *others):
        if "²" in document.text:
            int("²")
        return whole(document, *others)

    with mock.patch.object(mining, "find", fails):
        session = Session("mutate", targets.through)
        for text in ("“It works,” said Ada in 901² words.", "“It works,” said Ada.", "2²"):
            session.run(to_bytes(text), text)
    ((cause, found),) = session.causes.items()
    assert cause.startswith("ValueError at test_places.py:")
    assert (found["count"], found["input"], found["name"]) == (2, "'²'", "“It works,” said Ada in 901² words.")


class Giving:
    """A plugin whose only extractor gives what it is told to."""

    plugin_name = "giving"
    name = "giving.quotes"

    def __init__(self, *results):
        self.results = results

    @hookimpl
    def quoteminer_quote_extractors(self):
        return (self,)

    def extract(self, document):
        return self.results


def _quote(*spans, **fields):
    return Quote(
        [Span(*span) for span in spans], "direct", provenance=Provenance("giving.quotes", detail="rule=r cue=say"), **fields
    )


@pytest.mark.parametrize(
    ("results", "law"),
    [
        ([_quote((1, 3), id="a"), _quote((5, 8), id="b", parent="a")], "giving.quotes gives what the host refuses"),
        ([_quote((0, 99))], "giving.quotes gives what the host refuses"),
        ([Issue("giving.quotes", "d", "no time", "info")], "an issue of giving.quotes that nobody raised"),
        ([_quote((1, 3), source=Span(2, 3))], r"content and source overlap \(rule=r\)"),
        ([_quote((1, 3), cue=[Span(2, 3)])], r"content and cue overlap \(rule=r\)"),
        ([_quote((1, 3), cue=[Span(4, 6)], source=Span(4, 5))], r"cue and source overlap \(rule=r\)"),
        ([_quote((0, 2))], r"a span begins or ends with a blank \(rule=r\)"),
        ([_quote((0, 1))], r"only blanks are marked \(rule=r\)"),
    ],
)
def test_each_law_is_looked_at(results, law):
    document = Document(" abcdefghijk")

    def miner(plugins, on_error="collect"):
        return Miner([Giving(*results)], on_error=on_error)

    with mock.patch.object(checks, "miner", miner), pytest.raises(BrokenError, match=law):
        checks.mined(document)


def test_counts_of_processes_are_added_and_the_shortest_find_stands():
    def row(runs, slowest, **causes):
        found = {cause: {"count": count, "input": text, "name": ""} for cause, (count, text) in causes.items()}
        return {"runs": runs, "bytes": 1, "exceptions": 1, "time_outs": 0, "slowest": slowest, "seconds": 2.0, "causes": found}

    both = together([row(3, 0.5, a=(2, "'longer'"), b=(1, "'x'")), row(4, 0.1, a=(1, "'s'"))])
    assert (both["runs"], both["exceptions"], both["slowest"]) == (7, 2, 0.5)
    assert both["causes"] == {"a": {"count": 3, "input": "'s'", "name": ""}, "b": {"count": 1, "input": "'x'", "name": ""}}


def test_processes_share_the_numbered_inputs(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert fuzz.main(["mutate", "--count", "41", "--jobs", "2", "--seed", "3"]) == 0
    assert "mutate            41 inputs      0 exceptions    0 time outs" in capsys.readouterr().out


def test_the_sweep_ends_with_its_documents(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path))
    assert fuzz.main(["sweep"]) == 0
    documents = len(list(corpora.documents()))
    assert f"sweep {documents:>14} inputs      0 exceptions    0 time outs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["form", "--plugin", "neural"], "--plugin is for mine"), (["mutate", "--jobs", "0"], "not at least 1")],
)
def test_options_that_make_no_sense_are_refused(arguments, message, capsys):
    with pytest.raises(SystemExit):
        fuzz.main(arguments)
    assert message in capsys.readouterr().err

"""The extractor with the weights that ship: examples, any text, bad files."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoteminer_neural
from quoteminer import Document, Extraction, Miner
from quoteminer_neural import WeightsError, stored, weights
from quoteminer_neural.components import NeuralQuotes

MINER = Miner([quoteminer_neural], on_error="raise")


def mined(text):
    document = Document(text)
    return document, list(NeuralQuotes().extract(document))


def words(document, quote):
    return (
        quote.kind,
        quote.text(document),
        " … ".join(document[cue] for cue in quote.cue),
        None if quote.source is None else document[quote.source],
    )


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“The bridge is safe,” Ada Byron said.", [("direct", "The bridge is safe,", "said", "Ada Byron")]),
        ("The minister said that taxes would rise.", [("indirect", "that taxes would rise", "said", "The minister")]),
        ("The mayor said the plan was “a disgrace.”", [("mixed", "the plan was “a disgrace.”", "said", "The mayor")]),
        ("Taxes will rise, according to the ministry.", [("indirect", "Taxes will rise", "according to", "the ministry")]),
    ],
)
def test_source_cue_and_content_are_linked(text, quotes):
    document, found = mined(text)
    assert [words(document, quote) for quote in found] == quotes


def test_two_in_one_sentence_keep_their_own_sources():
    document, found = mined("Smith said the tax would fall, but Jones said it would rise.")
    assert {(document[quote.source], quote.text(document)) for quote in found} == {
        ("Smith", "the tax would fall"),
        ("Jones", "it would rise"),
    }


def test_the_same_text_gives_the_same_alone_and_among_others():
    texts = ["“It works,” said Ada Byron.", "The mayor said on Friday that the bridge was safe.\n" * 40, ""]
    alone = [MINER.mine(text) for text in texts]
    assert [extraction.quotes for extraction in MINER.mine_many(texts)] == [extraction.quotes for extraction in alone]
    assert [extraction.quotes for extraction in MINER.mine_many(reversed(texts))][::-1] == [item.quotes for item in alone]


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        (
            "de",
            "Die Ministerin sagte am Montag, die Brücke sei sicher.",
            ("indirect", "die Brücke sei sicher", "sagte", "Die Ministerin"),
        ),
        ("fr", "« Le pont est sûr », a déclaré Ada Byron.", ("direct", "Le pont est sûr", "déclaré", "Ada Byron")),
        ("es", "La ministra afirmó que el puente es seguro.", ("indirect", "que el puente es seguro", "afirmó", "La ministra")),
    ],
)
def test_languages(language, text, quote):
    document = Document(text, language=language)
    assert [words(document, found) for found in NeuralQuotes().extract(document)] == [quote]


def test_languages_and_scopes_that_it_has_not_learned_give_nothing():
    assert list(NeuralQuotes().extract(Document("“Joo”, sanoi hän.", language="fi"))) == []
    assert list(NeuralQuotes().extract(Document("Sie sagte, es gehe.", language="de"), scope="all")) == []


def test_each_scope_has_its_model():
    document = Document("Ada Byron hopes that taxes will fall. Ada Byron said that taxes would fall.")
    found = {
        scope: [words(document, quote)[2] for quote in NeuralQuotes().extract(document, scope=scope)]
        for scope in ("speech", "all")
    }
    assert found == {"speech": ["said"], "all": ["hopes", "said"]}
    assert set(NeuralQuotes().manifest()) == {"speech", "all"}


PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        " said ",
        "Ada",
        " that ",
        ". ",
        "\n\n",
        ", ",
        "\ud800",
        "😀",
        "\u202e",
        "e\u0301",
        "ﬁ",
        "\x00",
        "x" * 300,
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(st.characters(), max_size=80))
def test_no_text_raises_and_every_span_is_a_person_s(text):
    extraction = MINER.mine(text)
    for quote in extraction:
        for span in (*quote.content, *quote.cue, *([quote.source] if quote.source else [])):
            assert extraction.document[span] == extraction.document[span].strip()
        assert not any(cue.overlaps(span) for cue in quote.cue for span in quote.content)
        assert quote.source is None or not any(quote.source.overlaps(span) for span in quote.content)
    assert Extraction.from_json(extraction.to_json()) == extraction
    assert MINER.mine(text) == extraction


def test_a_long_text_without_a_space_and_many_marks():
    for text in ("x" * 1_000_000, "“" * 5_000, "said " * 3_000):
        MINER.mine(text)


def test_offsets_hold_beyond_the_first_block():
    sentence = "“The bridge is safe,” Ada Byron said on Monday.\n"
    text = "\ud83d filler 😀\n" * 6_000 + sentence
    (quote,) = mined(text)[1]
    assert text[quote.content[0].start : quote.content[0].end] == "The bridge is safe,"


def test_offsets_hold_far_into_a_window():
    filler = "The road is long and the sea is cold. " * 20
    text = filler + "Ada Byron said that the bridge was safe. " + filler
    document, (quote,) = mined(text)
    assert words(document, quote) == ("indirect", "that the bridge was safe", "said", "Ada Byron")


@pytest.mark.parametrize("name", [stored.SETTINGS, *weights.FILES])
@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_bad_file_is_named_with_its_fix_and_costs_only_this_plugin(name, harm, tmp_path, monkeypatch):
    shutil.copytree(weights.FOLDER, tmp_path / "data")
    path = tmp_path / "data" / name
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match=f"{name}.*pip install") as caught:
        weights.load(tmp_path / "data")
    assert caught.value.path == path
    monkeypatch.setitem(weights.FOLDERS, "speech", tmp_path / "data")
    extraction = Miner(["rules", quoteminer_neural]).mine("“It works,” said Ada Byron.")
    assert [quote.provenance.extractor for quote in extraction] == ["rules.quotes"]
    (issue,) = extraction.issues
    assert name in issue.message
    assert issue.component == "neural.quotes"


def test_the_weights_are_small():
    assert sum(path.stat().st_size for folder in weights.FOLDERS.values() for path in folder.iterdir()) <= 37e6

"""From other tools' tokens to our offsets, and what becomes of documents that they lose."""

from __future__ import annotations

import json
from types import SimpleNamespace

import attrs
import pytest
from tests.benchmarks import page, peer_accuracy, peer_process, peers, predictions
from tests.benchmarks.prepared_text import led_back, origins
from tests.benchmarks.texts import Texts, seeds
from tests.benchmarks.token_spans import hull, inner, quotation, runs

from quoteminer import Document, Extraction


@attrs.frozen
class Token:
    i: int
    idx: int
    text: str

    def __len__(self) -> int:
        return len(self.text)


TEXT = "“ It works, ” Ada Lovelace has not said."


def tokens(text: str) -> list[Token]:
    """Split at blanks: enough of a tokeniser."""
    found, at = [], 0
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        found.append(Token(number, at, word))
        at += len(word)
    return found


def test_tokens_next_to_each_other_are_one_span():
    words = tokens(TEXT)
    assert [TEXT[start:end] for start, end in runs([words[7], words[4], words[5]])] == ["Ada Lovelace", "not"]
    assert runs([]) == []


def test_a_mention_reaches_from_its_first_token_to_its_last():
    words = tokens(TEXT)
    assert hull([words[8], words[4]]) == [14, 40]
    assert hull([]) is None


def test_content_is_what_the_marks_enclose():
    words = tokens(TEXT)
    assert inner(TEXT, words[:4]) == [2, 11]
    assert inner(TEXT, words[:2]) is None
    assert inner("“ ”", [Token(0, 0, "“"), Token(1, 1, " "), Token(2, 2, "”")]) is None


def test_a_triple_becomes_a_quotation():
    words = tokens(TEXT)
    triple = SimpleNamespace(speaker=words[4:6], cue=[words[8], words[6], words[7]], content=words[:4])
    found = quotation(TEXT, triple)
    assert found == {"content": [[2, 11]], "cue": [[27, 39 + 1]], "source": [14, 26]}
    assert quotation(TEXT, SimpleNamespace(speaker=[], cue=[], content=words[:2])) is None


@pytest.mark.parametrize(
    ("original", "prepared"),
    [
        ("", ""),
        ("  A line. \n\n\nAnother.", "A line.\nAnother."),
        ("''Go,'' he said.", '"Go," he said.'),
        ("the workers' xylophone", "the workers'x xylophone"),
        ("the workers'x xylophone", "the workers'x xylophone"),
        ("he—“no”—left", 'he— "no" —left'),
        ("“It goes on\n“and on.”", '“It goes on"\n“and on.”'),
        ('"It goes on\n"and on."', '"It goes on"\n"and on."'),
    ],
)
def test_every_character_of_a_prepared_text_knows_where_it_comes_from(original, prepared):
    origin = origins(prepared, original)
    assert len(origin) == len(prepared)
    there = [(character, at) for character, at in zip(prepared, origin, strict=True) if at is not None]
    assert [at for _, at in there] == sorted({at for _, at in there})
    for character, at in there:
        assert original[at] == character or (character == '"' and original[at] in "“”'")
    words = "".join(character for character, _ in there if character.isalnum())
    assert words == "".join(character for character in original if character.isalnum())


def test_what_was_put_in_belongs_nowhere():
    origin = origins("he— “no” x", "he— “no” x")
    assert led_back([4, 8], origin) == [4, 8]
    origin = origins('“no"', "“no")
    assert led_back([3, 4], origin) is None
    assert led_back([1, 4], origin) == [1, 3]


@pytest.mark.parametrize(("original", "prepared"), [("one", "two"), ("one\ntwo", "one"), ("one two", "one")])
def test_another_text_is_refused(original, prepared):
    with pytest.raises(ValueError, match=r"one|paragraphs"):
        origins(prepared, original)


class Fragile:
    """A tool that fails on some documents."""

    distributions = ("quoteminer",)

    def run(self, text, name, scope):
        if "!" in text:
            raise IndexError(name)
        return text

    def found(self, result, text):
        return [{"content": [[0, 2]], "cue": [], "source": None}] * 2


CORPUS = Texts("fake", (Document("It works.", id="a"), Document("No!", id="b")))


@pytest.fixture
def result(monkeypatch):
    monkeypatch.setitem(peer_process.TOOLS, "fragile", Fragile)
    texts = [{"id": document.id, "text": document.text, "scope": CORPUS.scope} for document in CORPUS.documents]
    taken = peer_process.measured("fragile", {"fake": texts})
    return json.loads(json.dumps(taken))


def test_a_document_that_fails_is_lost_and_the_others_are_not(result):
    assert [document["error"] for document in result["corpora"]["fake"]] == [None, "IndexError: b"]
    whole, lost = (
        predictions.extraction("fragile", "1", document, found)
        for document, found in zip(CORPUS.documents, result["corpora"]["fake"], strict=True)
    )
    assert [quote.text(whole.document) for quote in whole] == ["It", "It"]
    assert {(quote.provenance.extractor, quote.provenance.version) for quote in whole} == {("fragile", "1")}
    assert not lost.quotes
    assert [issue.message for issue in lost.issues] == ["IndexError: b"]


def test_characters_of_lost_documents_do_not_count(result):
    result["corpora"]["fake"][0]["seconds"] = 1.0
    result["corpora"]["fake"][1]["seconds"] = 2.0
    assert peers.rate([result], CORPUS).median == len("It works.") / 3


def test_ours_goes_through_unchanged():
    text = "“It works,” said Ada."
    taken = json.loads(
        json.dumps(peer_process.measured("quoteminer:rules", {"fake": [{"id": "a", "text": text, "scope": "speech"}]}))
    )
    document = Document(text, id="a")
    extraction = predictions.extraction("quoteminer", "1", document, taken["corpora"]["fake"][0])
    assert [quote.text(document) for quote in extraction] == ["It works,"]
    assert extraction.speakers[0].name == "Ada"


def test_predictions_are_read_back(tmp_path):
    path = tmp_path / "folder" / "predictions.jsonl"
    extractions = [Extraction(document) for document in CORPUS.documents]
    predictions.write(path, extractions)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [Extraction.from_json(line) for line in lines] == extractions
    assert predictions.file("quoteminer:rules", "challenge dev, English").name == "quoteminer-rules-challenge-dev--english.jsonl"


def test_tools_have_names():
    assert peers.tools()[0] == "quoteminer:rules"
    assert peers.tools()[-3:] == ["textacy", "sayswho", "spacy"]
    assert peers.label("quoteminer:rules") == "quoteminer, rules"
    assert peers.label("quoteminer:rules,neural") == "quoteminer, rules + neural"
    assert peers.label("textacy") == "textacy `direct_quotations`"


def test_the_page_has_a_place_for_peers():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.replaced(text, "peers", "new") != text


def test_accuracy_is_measured_against_the_gold_of_the_texts():
    """One document of which everything direct was found, and one that was lost."""
    texts = attrs.evolve(seeds(), documents=seeds().documents[:2])
    first, second = texts.documents
    wanted = peer_accuracy.gold(texts)
    quotes = [
        {"content": [list(span) for span in quote.content], "cue": [], "source": None}
        for quote in wanted[0].quotes
        if quote.kind == "direct"
    ]
    whole = predictions.extraction("fake", "1", first, {"error": None, "found": quotes})
    lost = predictions.extraction("fake", "1", second, {"error": "ValueError: lost", "found": []})
    direct = sum(quote.kind == "direct" for item in wanted for quote in item.quotes)
    _, _, _, after = peer_accuracy.tables(texts, {"fake": [whole, lost]}).split("\n\n")
    cells = [cell.strip() for cell in after.splitlines()[-1].split("|")[1:-1]]
    assert cells[:3] == ["fake", "100.0", f"{100 * len(quotes) / direct:.1f}"]


def test_texts_without_gold_are_refused():
    with pytest.raises(ValueError, match="0 of 2 documents have gold"):
        peer_accuracy.gold(CORPUS)


@pytest.mark.parametrize(("scope", "count"), [("speech", 0), ("all", 1)])
def test_ours_mines_in_the_scope_of_the_corpus(scope, count):
    record = {"id": "a", "text": "Ada hopes that the bridge will hold.", "scope": scope}
    taken = peer_process.measured("quoteminer:rules", {"fake": [record]})
    assert len(taken["corpora"]["fake"][0]["found"][0]["quotes"]) == count

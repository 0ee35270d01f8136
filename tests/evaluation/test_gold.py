"""Reading gold: both forms, and everything that can be wrong with it, named and counted."""

from __future__ import annotations

import json

import pytest

from quoteminer import Document, Extraction, Issue, Miner, Quote, Span, Speaker, hookimpl
from quoteminer.evaluation import annotated, evaluate, from_extraction, read_annotated

TEXT = "“It works,” said Ada."
QUOTE = {"id": "q1", "kind": "direct", "content": [[1, 10]], "cue": [[12, 16]], "source": [[17, 20]]}


def record(**fields):
    return {"id": "a", "corpus": "made", "lang": "en", "text": TEXT, "quotes": [QUOTE], **fields}


def read(tmp_path, *records, name="gold.jsonl"):
    path = tmp_path / name
    path.write_text("".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in records), encoding="utf-8")
    issues: list[Issue] = []
    return list(read_annotated([path], issues)), [issue.message for issue in issues]


def test_corpus_records():
    entity = {"id": "e1", "name": "Ada Byron", "aliases": ["Ada"], "mentions": [[17, 20]]}
    issues: list[Issue] = []
    found = annotated(record(quotes=[QUOTE | {"speaker": "Ada Byron", "nested_in": "q0"}], entities=[entity]), issues)
    assert issues == []
    assert (found.corpus, found.document.language, found.claim_style) == ("made", "en", "spans")
    (quote,) = found.quotes
    assert (quote.content, quote.cue, quote.sources) == ((Span(1, 10),), (Span(12, 16),), (Span(17, 20),))
    assert quote.nested
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.aliases, quote.speaker.mentions) == ("Ada Byron", ("Ada",), (Span(17, 20),))


def test_our_own_form_gives_the_same_as_the_extraction():
    extraction = Extraction(
        Document(TEXT, id="a"),
        [Quote([(1, 10)], "direct", cue=[(12, 16)], source=(17, 20), speaker="s1", confidence=0.5, id="q1")],
        [Speaker("s1", "Ada", mentions=[(17, 20)])],
    )
    issues: list[Issue] = []
    assert annotated(extraction.to_dict(), issues) == from_extraction(extraction)
    assert issues == []


def test_claims_tell_how_they_are_annotated():
    spans = {"id": "c", "span": [[1, 10]], "label": "event", "score": 1, "claimant": "Ada"}
    sentence = {"id": "c", "span": [[0, 21]], "label": "CFS", "check_worthy": True, "score": None, "claimant": "Ada"}
    as_spans, as_sentences = annotated(record(claims=[spans]), []), annotated(record(claims=[sentence]), [])
    ranking = annotated(record(corpus="checkthat_debates", claims=[sentence]), [])
    assert [item.claim_style for item in (as_spans, as_sentences, ranking)] == ["spans", "sentences", "ranking"]
    assert (as_spans.claims[0].kind, as_spans.claims[0].check_worthiness) == ("event", 1.0)
    assert (as_sentences.claims[0].kind, as_sentences.claims[0].positive) == (None, True)


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        (QUOTE | {"content": [[1, 99]]}, "quote 'q1': content: Span(start=1, end=99) reaches outside the text of 21 code points"),
        (QUOTE | {"cue": [[20, 22]]}, "quote 'q1': cue: Span(start=20, end=22) reaches outside"),
        (QUOTE | {"source": [[5, 5]]}, "quote 'q1': source: a span needs 0 <= start < end"),
        (QUOTE | {"content": [[1, 5], [4, 8]]}, "quote 'q1': content: Span(start=1, end=5) and Span(start=4, end=8) overlap"),
        (QUOTE | {"content": []}, "quote 'q1': has no content"),
        (QUOTE | {"content": "It works"}, "quote 'q1': content"),
        (QUOTE | {"confidence": "high"}, "quote 'q1'"),
        (QUOTE | {"provenance": "rules"}, "quote 'q1': provenance: expected an object"),
        ("It works", "quote 1: expected an object"),
    ],
)
def test_a_wrong_quotation_is_named_and_only_it_is_left_out(tmp_path, quote, message):
    good = QUOTE | {"id": "q2"}
    (found,), messages = read(tmp_path, record(quotes=[quote, good]))
    assert [item.id for item in found.quotes] == ["q2"]
    (said,) = messages
    assert said.startswith(f"{tmp_path / 'gold.jsonl'}:1: a: ")
    assert message in said
    assert said.endswith("it is left out")


def test_a_wrong_claim_is_named_and_only_it_is_left_out(tmp_path):
    (found,), messages = read(tmp_path, record(claims=[{"id": "c1", "span": [[0, 99]]}, {"id": "c2", "span": [[0, 5]]}, 7]))
    assert [item.id for item in found.claims] == ["c2"]
    assert len(messages) == 2


def test_wrong_mentions_cost_only_the_mentions(tmp_path):
    entity = {"id": "e", "name": "Ada Byron", "mentions": [[17, 99]]}
    (found,), (message,) = read(tmp_path, record(quotes=[QUOTE | {"speaker": "Ada Byron"}], entities=[entity]))
    assert found.quotes[0].speaker is not None
    assert found.quotes[0].speaker.name == "Ada Byron"
    assert "entity 'Ada Byron'" in message


def test_wrong_aliases_cost_only_the_aliases(tmp_path):
    entity = {"id": "e", "name": "Ada Byron", "aliases": 7}
    (found,), (message,) = read(tmp_path, record(quotes=[QUOTE | {"speaker": "Ada Byron"}], entities=[entity]))
    assert found.quotes[0].speaker is not None
    assert found.quotes[0].speaker.aliases == ()
    assert "aliases: expected an array" in message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "expected a JSON object"),
        ('{"id": "x"}', "has no 'text'"),
        ('{"schema": "quoteminer/1"}', "has no 'text'"),
        ('{"text": "a", "quotes": {}}', ""),
        ('{"text": "a", "quotes": {"a": 1}}', "quotes: expected an array"),
        ('{"text": "a", "lang": 5}', "language"),
    ],
)
def test_a_wrong_record_is_named_with_its_line_and_the_rest_is_read(tmp_path, line, message):
    found, messages = read(tmp_path, line, record())
    if message:
        assert len(found) == 1
        assert message in messages[0]
        assert messages[0].startswith(f"{tmp_path / 'gold.jsonl'}:1: ")
    else:
        assert len(found) == 2


def test_undecodable_lines_are_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"text": "\xff"}\n' + json.dumps(record()).encode() + b"\n")
    issues: list[Issue] = []
    assert len(list(read_annotated([path], issues))) == 1
    assert ":1: is not UTF-8" in issues[0].message


def test_an_empty_corpus_is_an_error(tmp_path):
    found, messages = read(tmp_path, "")
    assert found == []
    assert "holds no annotated document" in messages[0]
    issues: list[Issue] = []
    assert list(read_annotated([tmp_path / "none.jsonl"], issues)) == []
    assert "No such file" in issues[0].message


def test_doubled_ids_are_named_and_counted(tmp_path):
    found, messages = read(tmp_path, record(), record(quotes=[QUOTE, QUOTE]))
    assert [len(item.quotes) for item in found] == [1, 2]
    assert any("the id 'a' is used twice" in message for message in messages)
    assert any("the id of quote 'q1' is used twice" in message for message in messages)
    report = evaluate(found, found)
    assert report.all.metrics["exact"].gold == 3
    assert report.all.metrics["exact"].f1 == 1.0


def messages_of(report):
    return [issue.message for issue in report.issues]


def test_a_document_without_a_prediction_counts_as_missed():
    gold = [annotated(record(), []), annotated(record(id="b"), [])]
    report = evaluate(gold, gold[1:])
    assert report.all.metrics["exact"].recall == 0.5
    assert messages_of(report) == ["the prediction for 'a' is missing; the document counts as one in which nothing was found"]


def test_a_prediction_for_another_text_is_none():
    gold, other = annotated(record(), []), annotated(record(text=TEXT + " "), [])
    report = evaluate([gold], [other])
    assert report.all.metrics["exact"].recall == 0.0
    assert any("is of another text" in message for message in messages_of(report))


def test_predictions_without_gold_are_named():
    gold = annotated(record(), [])
    report = evaluate([gold], [gold, gold, annotated(record(id="z"), [])])
    assert report.all.metrics["exact"].f1 == 1.0
    assert sorted(messages_of(report)) == [
        "a prediction for 'a' has no gold of its own with this text; it is not counted",
        "a prediction for 'z' has no gold of its own with this text; it is not counted",
    ]


def test_predictions_pair_by_id_and_text_before_text_alone():
    gold = [annotated(record(id="a"), []), annotated(record(id="b"), [])]
    none = annotated(record(id="x", quotes=[]), [])
    report = evaluate(gold, [none, annotated(record(id="b"), [])])
    assert [(error.document_id, error.causes) for error in report.errors] == [("a", ("missed",))]
    assert "1 predictions were paired with gold by their equal texts, because their ids differ" in messages_of(report)


def test_records_without_a_place_for_annotations_are_no_gold(tmp_path):
    """A text in which nobody has looked for quotations is not one without quotations."""
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "“It works,” said Ada."}\n{"text": "No."}\n', encoding="utf-8")
    issues: list[Issue] = []
    assert list(read_annotated([path], issues)) == []
    assert [(issue.severity, issue.message) for issue in issues] == [
        ("error", f"{path}: holds texts, but no annotations: no record has 'quotes' or 'claims'")
    ]
    path.write_text('{"text": "“It works,” said Ada."}\n{"text": "No.", "quotes": []}\n', encoding="utf-8")
    assert len(list(read_annotated([path], []))) == 2


def test_a_corpus_without_quotations_is_said_and_not_counted_against_anybody():
    sentence = {"id": "c", "span": [[0, 21]], "check_worthy": True}
    gold = [annotated(record(), []), annotated(record(id="b", corpus="claims", quotes=[], claims=[sentence]), [])]
    report = evaluate(gold, [gold[0], annotated(record(id="b"), [])])
    assert report.all.metrics["exact"].found == 1
    assert "claims: the gold has no quotations; only its claims are scored" in messages_of(report)


def test_in_a_corpus_without_any_annotation_every_find_is_false():
    gold = annotated(record(quotes=[]), [])
    report = evaluate([gold], [annotated(record(), [])])
    assert report.all.metrics["overlap"].precision == 0.0
    assert report.causes() == {"not a quotation": 1}


def test_no_documents_at_all():
    report = evaluate([], [])
    assert report.all.documents == 0
    assert report.all.metrics == {}


def test_issues_of_the_miner_are_kept():
    class Broken:
        name = "broken"

        def extract(self, document):
            raise ValueError("no")

    class Plugin:
        plugin_name = "broken"

        @hookimpl
        def quoteminer_quote_extractors(self):
            return [Broken()]

    report = evaluate([annotated(record(), [])], Miner([Plugin()]))
    assert any("ValueError: no" in message for message in messages_of(report))

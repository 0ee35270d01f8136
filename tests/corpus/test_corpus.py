"""The corpus: its gold is what the markup gives, whole, and of different hands."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import quoteminer_seeds
from seeds.tools import agreement, build, export, kinds, likeness, markup, statistics, writers

from quoteminer import Extraction
from quoteminer.errors import ConfigurationError
from quoteminer.evaluation import annotated, evaluate, from_extraction, seeds

RECORDS = statistics.records()


@pytest.fixture(scope="module")
def built() -> dict[Any, str]:
    return build.first_stories() | build.corpus()


def test_files_are_those_that_the_markup_gives(built):
    present = {*build.HERE.glob("*.txt"), *build.HERE.glob("*.jsonl"), *build.HERE.glob("[a-z][a-z]/*.jsonl")}
    assert set(built) == present, "a file too many, or python -m seeds.tools.build"
    for path, content in built.items():
        assert path.read_text(encoding="utf-8") == content, path.name


def test_every_markup_file_has_its_writer():
    known = {path for writer in writers.WRITERS.values() for path in build.sources(writer)}
    assert known == set(build.HERE.glob("**/src/*.markup"))


def test_ids_begin_with_their_writer_and_stand_once():
    assert [name for name, count in Counter(record["id"] for record in RECORDS).items() if count > 1] == []
    for record in RECORDS:
        writer = writers.WRITERS[record["meta"]["writer"]]
        assert record["lang"] == writer.language
        assert writer.id == build.FIRST or record["id"].rpartition("-")[0] == writer.id, record["id"]


def test_documents_of_a_readable_length():
    lengths = {record["id"]: len(record["text"].split()) for record in RECORDS}
    assert {name: length for name, length in lengths.items() if not 60 <= length <= 560} == {}


def test_no_document_repeats_another():
    assert likeness.shared_runs(RECORDS) == []


def test_no_speaker_lives_in_the_documents_of_two_writers():
    assert likeness.shared_names(RECORDS) == {}


def test_likeness_is_seen():
    texts = ["one two three four five six seven eight nine ten 11", "Zero, one two three four five six seven EIGHT nine ten"]
    found = [
        {"id": str(n), "text": text, "entities": [{"name": "Ada Byron"}], "meta": {"writer": str(n)}}
        for n, text in enumerate(texts)
    ]
    assert likeness.shared_runs(found) == [("0", "1", "one two three four five six seven eight nine ten")]
    assert likeness.shared_names(found) == {"Ada Byron": {"0", "1"}}
    assert likeness.full_name("Ana de la Cruz") == "Ana de la Cruz"
    assert [likeness.full_name(name) for name in ("Byron", "a clerk of the Court", "Ada Byron, 36")] == [None] * 3


def test_gold_is_read_without_an_issue():
    for split in writers.SPLITS:
        try:
            found = seeds(split)
        except ConfigurationError:
            assert not any(record["meta"]["split"] == split for record in RECORDS)
            continue
        assert [item.document.id for item in found] == [record["id"] for record in RECORDS if record["meta"]["split"] == split]
        assert all(item.genre for item in found)


def test_a_part_that_is_not_there_is_an_error():
    with pytest.raises(ConfigurationError, match="'dev' is not one of train, tune, test"):
        seeds("dev")
    with pytest.raises(ConfigurationError, match="nothing in the language 'xx'"):
        seeds("train", "xx")


def test_without_the_corpus_a_clear_error(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "quoteminer_seeds", None)
    with pytest.raises(ConfigurationError, match="pip install quoteminer-seeds"):
        seeds("train")


def test_the_package_knows_the_files_of_a_part():
    english = quoteminer_seeds.files("train", "en")
    assert english
    assert all(path.parent.name == "en" and path.exists() for path in english)
    assert set(english) < set(quoteminer_seeds.files())


def test_the_page_has_the_figures_of_today():
    page = statistics.PAGE.read_text(encoding="utf-8")
    assert statistics.current(page) == page, "python -m seeds.tools.statistics"


def test_nested_quotations_lie_inside_and_claims_in_what_was_said():
    for record in RECORDS:
        by_id = {quote["id"]: quote for quote in record["quotes"]}
        for claim in record["claims"] or ():
            assert claim["in_quote"] is None or by_id[claim["in_quote"]]["modality"] not in ("negated", "hypothetical")


def test_exports_say_the_same():
    records = {record["id"]: record for record in RECORDS}
    gold, found = [], []
    hub = 0
    for name, content in export.files():
        if name.startswith("quoteminer/"):
            for line in content.splitlines():
                mined = Extraction.from_json(line)
                gold.append(annotated(records[mined.document.id], []))
                found.append(from_extraction(mined))
        elif name.endswith(".jsonl"):
            rows = [json.loads(line) for line in content.splitlines()]
            hub += len(rows)
            assert len({tuple(row) for row in rows}) == 1
            for row in rows:
                for quote in row["quotes"]:
                    assert all(row["text"][part["start"] : part["end"]] == part["text"] for part in quote["content"])
    assert len(gold) == hub == len(RECORDS)
    metrics = evaluate(gold, found, samples=1).all.metrics
    for name in (
        "exact",
        "attribution",
        "joint",
        "kind",
        "speaker.name",
        "overlap:nested",
        "claims.exact",
        "claims.kind",
        "claims.claimant",
    ):
        assert metrics[name].f1 == 1.0, name


def test_agreement_of_two_annotations(tmp_path):
    head = "=== a lang=en style=x\n@A=Ada\n---\n"
    one, other = tmp_path / "one.markup", tmp_path / "other.markup"
    one.write_text(
        head + "“<c1d>It works</c>,” <u1>said</u> <s1=A>Ada</s>, who <u2>said</u> <c2i>no</c>.\n%%\n2 by=A\n", encoding="utf-8"
    )
    other.write_text(head + "“<c1d>It works</c>,” <u1>said</u> <s1=A>Ada</s>, who said no.\n", encoding="utf-8")
    (part,) = agreement.slices(agreement.pairs(one, other))
    assert part.metrics["overlap"].f1 == pytest.approx(2 / 3)
    assert "| all documents | 1 | 2 | 0.667 | 0.667 |" in agreement.table((part,))
    other.write_text(head + "It works.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a: the text is not that of one"):
        agreement.pairs(one, other)


def test_writers_are_in_one_part_each(tmp_path):
    path = tmp_path / "writers.tsv"
    row = "\t".join(["a", "en", "train", "2", "outlet", "country", "register", "layout"])
    path.write_text(f"# head\n{row}\n", encoding="utf-8")
    assert writers.read(path)["a"].split == "train"
    path.write_text(f"{row}\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        writers.read(path)


def test_the_first_stories_leave_no_doubt():
    first = writers.WRITERS[build.FIRST]
    assert [message for document in build.documents(first) for message in document.doubts()] == []
    assert markup.profile("") == {}


def test_kinds_are_those_of_speakers():
    """Each line of ``seeds/kinds.tsv`` names somebody who speaks in that document, and a kind."""
    speaking = {(record["id"], quote["speaker"]) for record in RECORDS for quote in record["quotes"]}
    writing = {(record["meta"]["writer"], kinds.EVERYBODY_ELSE) for record in RECORDS if record["meta"]["split"] != "test"}
    found = list(kinds.rows())
    assert [row for row in found if row[:2] not in speaking | writing] == []
    assert len({row[:2] for row in found}) == len(found)
    assert {kind for _, _, kind in found} == {"person", "organisation", "group", "document", kinds.NONE}


def test_a_speaker_has_a_kind_where_somebody_has_looked():
    record = next(record for record in RECORDS if record["id"] == "en-a-1")
    told = {entity["name"]: entity.get("kind") for entity in record["entities"]}
    assert (told["Ingvild Tafjord"], told["Norrsund Metals"]) == ("person", "organisation")
    assert {entity.get("kind") for record in RECORDS if record["lang"] == "de" for entity in record["entities"]} == {None}

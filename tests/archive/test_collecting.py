"""Documents into an archive and back: nothing lost, nothing mined twice."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import ConfigurationError, Document, Extraction, Miner, Quote, Span, hookimpl
from quoteminer.archive import Archive, ArchiveError
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer
from quoteminer.formats import read_path
from quoteminer.testing.strategies import extractions

TEXT = "“The flood defences held,” Mayor Ana Ruiz said on Monday. She added that 40 houses were saved."


class Counting:
    """A plugin that counts what it reads."""

    plugin_name = "counting"

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.name = "counting.quotes"
        self.seen: list[str] = []

    @hookimpl
    def quoteminer_quote_extractors(self):
        return (self,)

    def extract(self, document, *, scope):
        self.seen.append(document.id)
        return [Quote([(0, 3)], "direct")] if len(document.text) > 2 else []


@pytest.fixture(scope="module")
def memory():
    with Archive(":memory:") as archive:
        archive._connection.execute("INSERT INTO manifests VALUES (1, '', '{}')")
        yield archive


@given(
    given_extractions=st.lists(
        extractions(), max_size=3, unique_by=lambda one: one.document.id.encode("utf-8", "backslashreplace")
    )
)
def test_what_is_stored_comes_back_as_it_was(memory, given_extractions):
    with writing(memory._connection):
        memory._connection.execute("DELETE FROM documents")
        writer = Writer(memory._connection)
        for one in given_extractions:
            writer.put(one, 1)
    assert list(memory) == [one if one.extra else attrs.evolve(one, manifest={}) for one in given_extractions]


def test_an_unchanged_document_is_not_mined_again(archive, story):
    plugin = Counting()
    miner = Miner([plugin])
    documents = [story("a", "one text"), story("b", "another text")]
    assert archive.collect(documents, miner=miner).new == 2
    done = archive.collect(documents, miner=miner)
    assert (done.new, done.unchanged, plugin.seen) == (0, 2, ["a", "b"])


@pytest.mark.parametrize(
    "change", [{"text": "changed"}, {"title": "New"}, {"language": "de"}, {"metadata": {"date": "2026-01-01"}}]
)
def test_a_changed_document_takes_the_place_of_the_old_one(archive, change):
    miner = Miner([Counting()])
    old = Document("one text", id="a")
    archive.collect([old, Document("another", id="b")], miner=miner)
    new = attrs.evolve(old, **change)
    done = archive.collect([new], miner=miner)
    assert (done.changed, done.new, len(archive)) == (1, 0, 2)
    assert [one.document for one in archive] == [new, Document("another", id="b")]


def test_refresh_mines_exactly_what_another_version_mined(archive, story):
    documents = [story(f"d{number}", f"text {number}") for number in range(6)]
    archive.collect(documents[:4], miner=Miner([Counting("1")]))
    second = Counting("2")
    done = archive.collect(documents, miner=Miner([second]))
    assert (done.new, done.outdated, second.seen) == (2, 4, ["d4", "d5"])
    third = Counting("2")
    done = archive.collect(refresh=True, miner=Miner([third]))
    assert (done.refreshed, third.seen) == (4, ["d0", "d1", "d2", "d3"])
    assert archive.collect(documents, refresh=True, miner=Miner([Counting("2")])).stored == 0
    assert archive._one("SELECT count(DISTINCT manifest) FROM documents") == 1


def test_the_scope_is_an_option_like_others(archive, story, miner):
    archive.collect([story("a", TEXT)], miner=miner)
    assert archive.collect([story("a", TEXT)], miner=miner, scope="all").outdated == 1
    assert archive.collect(miner=miner, scope="all", refresh=True).refreshed == 1
    assert archive["a"].manifest["options"]["scope"] == "all"


def test_refresh_without_the_file_finds_what_its_reader_knew(archive, tmp_path, miner):
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana Ruiz>We will open the gate at noon.\n", encoding="utf-8")
    archive.collect(read_path(path), miner=miner)
    (before,) = archive
    assert before.quotes
    archive._connection.execute("UPDATE manifests SET mark = mark || ' older'")
    assert archive.collect(refresh=True, miner=miner).refreshed == 1
    assert list(archive) == [before]


def test_an_id_that_comes_again_is_kept_apart_and_said(archive, story, miner):
    documents = [story("a", "first"), story("a", "second"), story("a", "first"), story("a", "third")]
    for stored in (3, 0):
        done = archive.collect(documents, miner=miner)
        assert (done.stored, done.repeated) == (stored, 1)
        assert [issue.message.partition(";")[0] for issue in done.issues] == [
            "the id 'a' comes again with another text or metadata"
        ] * 2
    assert [(one.document.id, one.document.text) for one in archive] == [("a", "first"), ("a#2", "second"), ("a#3", "third")]


def test_documents_that_are_gone_can_go(archive, story, miner):
    archive.collect([story("a", "first"), story("b", TEXT)], miner=miner)
    done = archive.collect([story("a", "first")], miner=miner, prune=True)
    assert (done.removed, [one.document.id for one in archive]) == (1, ["a"])
    assert archive.search() == []
    for table in ("quotes", "speakers", "mentions", "claims", "wordings", "shingles", "people"):
        assert archive._one(f"SELECT count(*) FROM {table}") == 0, table


def test_an_empty_input_does_not_empty_the_archive(archive, story, miner):
    archive.collect([story("a", "first")], miner=miner)
    with pytest.raises(ConfigurationError, match="every one of the archive would go"):
        archive.collect([], miner=miner, prune=True)
    assert len(archive) == 1


def test_missing_texts_and_plain_texts(archive, miner):
    done = archive.collect(["“It works,” said Ada Lovelace.", None], miner=miner)
    assert done.new == 2
    assert [issue.message for one in archive for issue in one.issues] == ["there is no text in place 1 of the documents (None)"]
    assert done.undated == 2


def test_what_was_mined_before_an_interrupt_is_stored(archive, story, miner):
    def documents():
        yield from (story(f"d{number}", TEXT) for number in range(5))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.collect(documents(), miner=miner)
    before = len(archive)
    assert before > 0
    assert archive.collect([story(f"d{number}", TEXT) for number in range(5)], miner=miner).stored == 5 - before


def test_ids_and_texts_that_no_table_can_hold(archive, miner):
    document = Document("“It works,” said Ada\ud800.\x00", id="file-\udcff.txt", title="\ud83d", metadata={"k\udc00": ["\ud800"]})
    archive.collect([document], miner=miner)
    assert archive["file-\udcff.txt"].document == document
    assert archive.collect([document], miner=miner).unchanged == 1


def test_workers_give_the_same(tmp_path, story, miner):
    documents = [story(f"d{number}", f"{TEXT} It was day {number}.") for number in range(12)]
    found = []
    for workers in (None, 2):
        with Archive(tmp_path / f"{workers}.db") as archive:
            archive.collect(documents, miner=miner, workers=workers)
            found.append(list(archive))
    assert found[0] == found[1]


def test_an_archive_that_is_not_there_is_not_made_to_be_read(tmp_path):
    with pytest.raises(ArchiveError, match="there is no such archive"):
        Archive(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_spans_lead_to_the_words(archive, story, miner):
    archive.collect([story("a", TEXT)], miner=miner)
    for hit in archive.search():
        assert archive["a"].document[Span(hit.start, hit.end)] == hit.text


def test_an_extraction_is_given_when_it_is_stored(archive, story, miner):
    seen: list[tuple[str, int]] = []

    def stored(extraction: Extraction) -> None:
        with Archive(archive.path, create=False) as other:
            seen.append((extraction.document.id, len(other)))

    archive.collect([story("a", "first"), story("b", "second")], miner=miner, stored=stored)
    assert seen == [("a", 2), ("b", 2)]

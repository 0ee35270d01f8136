"""Reading and writing files: the text as given, and one bad record costs itself only."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from quoteminer import ConfigurationError, Document, Extraction, FormatError, Issue, Quote
from quoteminer.formats import read_path, read_stream, reader_named, reader_of, readers, writers
from quoteminer.formats.jsonl import JsonLinesReader


def read(path, data, **options) -> list[Any]:
    path.write_bytes(data)
    return list(read_path(path, **options))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"\xef\xbb\xbfa\xef\xbb\xbf", "a\ufeff"),
        ("“é” 😀\u2028".encode(), "“é” 😀\u2028"),
    ],
    ids=["empty", "line ends", "byte order mark", "any character"],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", "", ".TXT"])
def test_text_is_kept_as_it_is(tmp_path, suffix, data, text):
    path = tmp_path / f"a{suffix}"
    (document,) = read(path, data, language="de")
    assert (document.text, document.id, document.language) == (text, str(path), "de")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\x00b", "binary"),
        ("abc".encode("utf-16"), "UTF-16"),
        (b"a\nb\xff", ":2: is not UTF-8 (byte 3: 0xff)"),
        (b"\xed\xa0\xbd", "not UTF-8"),
    ],
)
def test_what_is_no_text_is_an_issue_with_name_and_line(tmp_path, data, reason):
    path = tmp_path / "a.txt"
    (issue,) = read(path, data)
    assert isinstance(issue, Issue)
    assert issue.severity == "error"
    assert str(path) in issue.message
    assert reason in issue.message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_file_that_cannot_be_opened_is_an_issue(tmp_path, name):
    issue: Any = next(iter(read_path(tmp_path / name)))
    assert str(tmp_path / name) in issue.message


def test_json_lines_read_the_members_and_keep_the_others(tmp_path):
    line = {"id": "x", "text": "a", "language": "fr", "title": "t", "metadata": {"a": 1, "b": 2}, "b": 3, "url": ["u"]}
    (document,) = read(tmp_path / "a.jsonl", json.dumps(line).encode())
    assert document == Document("a", id="x", language="fr", title="t", metadata={"a": 1, "b": 2, "url": ["u"]})


def test_json_lines_fill_in_what_is_not_given(tmp_path):
    documents = read(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"text": "a"}\r\n\n{"text": "b", "id": 7, "lang": "fr"}', language="de")
    assert [(d.text, d.id, d.language) for d in documents] == [("a", f"{tmp_path}/a.jsonl:1", "de"), ("b", "7", "fr")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not list"),
        (b'"a"', "not str"),
        (b"null", "not NoneType"),
        (b'{"id": "a"}', "no 'text'"),
        (b'{"text": 3}', "Document.text"),
        (b'{"text": "a", "id": []}', "Document.id"),
        (b'{"text": "a", "language": ""}', "Document.language"),
        (b'{"text": "a", "metadata": 3}', "metadata"),
        (b'{"text": "a", "x": NaN}', "JSON number"),
        (b'{"text": "a", "x": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"text": "a", "x": ' + b"[" * 200 + b"]" * 200 + b"}", "deeper"),
        (b"[" * 200_000, "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "\x00"}', "binary"),
        (b'{"schema": "quoteminer/1"}', "document"),
        (b'{"schema": "quoteminer/3", "document": {"text": "a"}}', "later version"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_line_is_an_issue_and_the_rest_is_read(tmp_path, bad, reason):
    path = tmp_path / "a.jsonl"
    before, issue, after = read(path, b'{"text": "a"}\n' + bad + b'\n{"text": "b"}\n')
    assert (before.text, after.text) == ("a", "b")
    assert issue.message.startswith(f"{path}:2: ")
    assert reason in issue.message


def test_what_was_written_is_read_again(tmp_path):
    document = Document("“a\ud83d\ude00”\u2028", id="x", title="\ud800", metadata={"a": [1]})
    stream = io.BytesIO()
    writers()["jsonl"].write([Extraction(document, [Quote([(1, 2)], "direct", id="q1")])] * 2, stream)
    assert stream.getvalue().count(b"\n") == 2
    assert read(tmp_path / "a.jsonl", stream.getvalue()) == [document, document]


def test_the_writer_leaves_whole_lines_when_it_is_stopped():
    def extractions():
        yield Extraction(Document("a"))
        raise KeyboardInterrupt

    stream = io.BytesIO()
    with pytest.raises(KeyboardInterrupt):
        writers()["jsonl"].write(extractions(), stream)
    assert Extraction.from_json(stream.getvalue().decode()) == Extraction(Document("a"))


def test_folders_are_read_in_order_without_hidden_and_unknown_files(tmp_path):
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "image.png", "a/lines.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"text": "x"}' if name.endswith("jsonl") else "x", encoding="utf-8")
    *found, said = read_path(tmp_path)
    assert [d.id.removeprefix(str(tmp_path)) for d in found if isinstance(d, Document)] == [
        "/a/lines.jsonl:1",
        "/a/z.md",
        "/b.txt",
    ]
    assert isinstance(said, Issue)
    assert (said.severity, said.message.partition(";")[0]) == ("info", f"{tmp_path}: not read: 1 .png")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'\xef\xbb\xbf \n{ "text": "a"}', ["a"]),
        (b"{{template}} text", ["{{template}} text"]),
        (b"{He enters.}", ["{He enters.}"]),
        (b"", [""]),
    ],
)
def test_a_stream_is_json_lines_when_it_begins_like_it(data, texts):
    found: list[Any] = list(read_stream(io.BytesIO(data)))
    assert [document.text for document in found] == texts


class Shouting:
    name = "shout"
    suffixes = (".txt",)

    def read(self, source, *, language="en", name=""):
        yield Document(source.read_text(encoding="utf-8").upper(), id=name)
        raise RuntimeError("hoarse")


def test_a_reader_of_a_plugin_serves_its_suffix_and_its_failure_costs_its_file(tmp_path):
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    found: list[Any] = list(read_path(tmp_path, plugins=[Shouting()]))
    shouted, issue, plain = found
    assert (shouted.text, plain.text) == ("A", "a")
    assert "hoarse" in issue.message
    assert issue.component == "shout"


def test_formats_are_known_by_name_and_suffix(tmp_path):
    assert set(readers()) >= {"jsonl", "markdown", "text", "html", "vtt", "mail", "csv", "pdf", "zip"}
    assert set(writers()) >= {"csv", "jsonl", "tsv", "parquet", "xlsx", "brat", "label-studio"}
    assert isinstance(reader_of(tmp_path / "a.NDJSON", readers()), JsonLinesReader)
    assert reader_of(tmp_path / "a.png", readers()) is None
    with pytest.raises(ConfigurationError, match="'odt' is not one of chevrons, csv, discord"):
        reader_named("odt", readers())


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (FormatError("no", "a.txt", 3), "a.txt:3: no"),
        (FormatError("no", "a.txt"), "a.txt: no"),
        (FormatError("no"), "no"),
    ],
)
def test_format_errors_say_where(error, text):
    assert str(error) == text

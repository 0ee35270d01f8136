"""``quoteminer mine``: what it reads, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

from quoteminer import Extraction
from quoteminer.tabular import COLUMNS

STORY = "“It works,” said Ada Lovelace.\n"


def lines(result):
    return [Extraction.from_json(line) for line in result.stdout_bytes.decode("utf-8").splitlines()]


def contents(extraction):
    return [quote.text(extraction.document) for quote in extraction.quotes]


def test_table_shows_story_and_speakers(run, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    result = run("mine", path)
    assert result.exit_code == 0
    assert "“[1 It works,]” _said_ *Ada Lovelace*." in result.stdout
    assert "Ada Lovelace · 1 quote\n   1  direct, said  It works," in result.stdout
    assert "\x1b" not in result.stdout


def test_json_lines_is_the_json_form(run, seeds):
    result = run("mine", seeds / "wire-nato.txt", "--format", "jsonl")
    assert result.exit_code == 0
    (extraction,) = lines(result)
    assert extraction.document.text == (seeds / "wire-nato.txt").read_text(encoding="utf-8")
    assert [speaker.name for speaker in extraction.speakers if extraction.quotes_by(speaker.id)] == ["Mark Rutte"]


def test_ids_titles_and_languages_of_json_lines_are_kept(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(
        json.dumps({"id": "a/1", "text": STORY, "title": "T", "language": "en-GB", "desk": "home"}) + "\n\n"
        + json.dumps({"id": 7, "text": ""}) + "\n",
        encoding="utf-8",
    )  # fmt: skip
    first, second = lines(run("mine", path, "--format", "jsonl", "--language", "de"))
    assert (first.document.id, first.document.title, first.document.language) == ("a/1", "T", "en-GB")
    assert first.document.metadata == {"desk": "home"}
    assert (second.document.id, second.document.language) == ("7", "de")


@pytest.mark.parametrize("given", [STORY, json.dumps({"text": STORY}) + "\n"], ids=["text", "jsonl"])
def test_standard_input(run, given):
    result = run("mine", "-", "--format", "jsonl", input=given.encode("utf-8"))
    assert result.exit_code == 0
    assert [contents(extraction) for extraction in lines(result)] == [["It works,"]]


def test_folders_are_read_in_order_with_all_they_hold(run, tmp_path):
    for name in ("b/deep/z.md", "b/a.txt", "a.jsonl", "b/image.png", ".hidden/x.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"id": "line", "text": STORY}) if name.endswith("jsonl") else STORY, encoding="utf-8")
    found = [extraction.document.id for extraction in lines(run("mine", tmp_path, "--format", "jsonl"))]
    assert found == ["line", *(str(tmp_path / name) for name in ("b/a.txt", "b/deep/z.md", "c.txt"))]


def test_output_file_has_what_standard_output_would(run, seeds, tmp_path):
    for format_ in ("table", "jsonl"):
        printed = run("mine", seeds / "wire-ferry.txt", "--format", format_)
        written = run("mine", seeds / "wire-ferry.txt", "--format", format_, "--output", tmp_path / "out")
        assert (written.exit_code, written.stdout) == (0, "")
        assert (tmp_path / "out").read_bytes() == printed.stdout_bytes


def test_several_processes_give_the_same(run, seeds, tmp_path):
    for path in seeds.glob("*.txt"):
        shutil.copy(path, tmp_path)
    (tmp_path / "damaged.txt").write_bytes(b"It \xff works, said Ada.")
    one = run("mine", tmp_path, "--format", "jsonl")
    two = run("mine", tmp_path, "--format", "jsonl", "--workers", "2")
    # Readers and miners report side by side, so messages may come in another order.
    assert (two.exit_code, sorted(two.stderr.splitlines())) == (one.exit_code, sorted(one.stderr.splitlines()))
    assert "damaged.txt" in one.stderr
    assert one.stdout_bytes == two.stdout_bytes
    assert len(lines(one)) > 12


def test_without_plugins_nothing_is_found(run, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    result = run("mine", path, "--no-plugin", "rules")
    assert result.exit_code == 1
    assert "no plugin is in use" in result.stderr
    assert "no quotations found" in result.stdout
    assert "1  direct" in run("mine", path, "--plugin", "rules").stdout


def test_bad_input_is_named_and_the_rest_is_done(run, tmp_path):
    """Undecodable, binary, not JSON, not an object, no text: one message each, with the line."""
    good = json.dumps({"id": "good", "text": STORY})
    (tmp_path / "a.txt").write_bytes(b"one\ntwo " + b"\xff\n")
    (tmp_path / "b.txt").write_bytes(b"\x7fELF\x00\x00")
    (tmp_path / "c.jsonl").write_text(f'{good}\n[1, 2]\n{{"text": 5}}\n{{"id": "x"}}\n{{"text":\n{good}\n', encoding="utf-8")
    (tmp_path / "d.txt").write_text(STORY, encoding="utf-8")
    result = run("mine", tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    assert [extraction.document.id for extraction in lines(result)] == ["good", "good", str(tmp_path / "d.txt")]
    said = result.stderr.splitlines()
    assert len(said) == 6, said
    for line, name in zip(said, ["a.txt:2:", "b.txt:", "c.jsonl:2:", "c.jsonl:3:", "c.jsonl:4:", "c.jsonl:5:"], strict=True):
        assert line.startswith(f"error: {tmp_path}/{name}"), line


def test_a_folder_without_texts_is_reported(run, tmp_path):
    result = run("mine", tmp_path)
    assert result.exit_code == 1
    assert "holds no file that can be read" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        (["missing.txt"], "missing.txt: there is no such file or folder"),
        (["{story}", "--format", "docx"], "format: 'docx' is not one of arrow, brat"),
        (["{story}", "--plugin", "nonesuch"], "no plugin named 'nonesuch'"),
        (["{story}", "--workers", "-1"], "--workers"),
        (["{story}", "--language", ""], "--language"),
        (["{story}", "--language", "english"], "did you mean 'en'?"),
        (["{story}", "--encoding", "rot13"], "encoding: 'rot13' is not known"),
        (["{story}", "--as", "odt"], "as: 'odt' is not one of chevrons, csv, discord"),
        (["{story}", "--time-limit", "0"], "--time-limit"),
        (["{story}", "--resume"], "--resume goes on with a file of JSON Lines"),
        (["{story}", "--output", "{folder}/none/out"], "No such file or directory"),
        (["{story}", "--output", "{story}"], "is both input and output"),
    ],
)
def test_wrong_calls_do_nothing(run, tmp_path, arguments, message):
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    result = run("mine", *(item.format(story=story, folder=tmp_path) for item in arguments))
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert story.read_text(encoding="utf-8") == STORY


def test_a_full_disk_is_an_error_not_a_traceback(run, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    try:
        open("/dev/full", "wb").close()
    except OSError:
        pytest.skip("this machine has no /dev/full")
    result = run("mine", story, "--format", "jsonl", "--output", "/dev/full")
    assert result.exit_code == 1
    assert "cannot write /dev/full" in result.stderr


def test_any_text_goes_through(run, tmp_path):
    """Lone surrogates and characters that a terminal obeys, in text and title."""
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "odd\\ud800", "title": "\\u001b[2J", "text": "\\ud83d “It \\u001b[31mworks,” said Ada.\\r\\n"}\n')
    table = run("mine", path)
    assert table.exit_code == 0
    assert "\x1b" not in table.stdout
    (extraction,) = lines(run("mine", path, "--format", "jsonl"))
    assert extraction.document.text.startswith("\ud83d “It")


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables_of_quotes(run, tmp_path, suffix, delimiter):
    """One head for all documents, by the format's name or by the suffix of the output."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(STORY, encoding="utf-8")
    printed = run("mine", tmp_path, "--format", suffix)
    written = run("mine", tmp_path, "--output", tmp_path / f"out.{suffix}")
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert (tmp_path / f"out.{suffix}").read_bytes() == printed.stdout_bytes
    first, second = csv.DictReader(io.StringIO(printed.stdout_bytes.decode("utf-8"), newline=""), delimiter=delimiter)
    assert tuple(first) == COLUMNS["quotes"]
    assert (first["document"], second["document"]) == (str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert (first["text"], first["speaker_name"], first["parent"]) == ("It works,", "Ada Lovelace", "")


def test_a_table_is_not_gone_on_with(run, tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    out = tmp_path / "out.csv"
    assert run("mine", tmp_path, "-o", out).exit_code == 0
    before = out.read_bytes()
    again = run("mine", tmp_path, "-o", out, "--resume")
    assert again.exit_code == 2
    assert "--resume goes on with a file of JSON Lines" in again.stderr
    assert out.read_bytes() == before


def test_each_result_carries_what_made_it_when_asked(run, tmp_path):
    (tmp_path / "a.txt").write_text("“So,” said Ada.")
    plain = run("mine", tmp_path / "a.txt", "--format", "jsonl", "--plugin", "rules")
    assert "manifest" not in json.loads(plain.stdout)
    told = run("mine", tmp_path / "a.txt", "--format", "jsonl", "--plugin", "rules", "--scope", "all", "--manifest")
    manifest = json.loads(told.stdout)["manifest"]
    assert manifest["options"]["scope"] == "all"
    assert [plugin["name"] for plugin in manifest["plugins"]] == ["rules"]


def test_each_text_of_a_folder_is_mined_in_its_own_language(run, tmp_path):
    german = "Der Bürgermeister sagte am Montag, dass die Stadt nicht mehr zahlen werde. „Wir haben das Geld nicht“, sagte er."
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(german, encoding="utf-8")
    english, other = lines(run("mine", tmp_path, "--format", "jsonl"))
    assert (english.document.language, other.document.language) == ("en", "de")
    assert contents(other) == ["dass die Stadt nicht mehr zahlen werde", "Wir haben das Geld nicht"]
    assert [one.document.language for one in lines(run("mine", tmp_path, "--language", "en", "--format", "jsonl"))] == [
        "en",
        "en",
    ]

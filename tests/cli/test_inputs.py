"""What is read: files, folders, streams, and what is said of all that is not."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from quoteminer import Extraction

STORY = "“It works,” said Ada Lovelace.\n"

needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")


def ids(result):
    return [Extraction.from_json(line).document.id for line in result.stdout_bytes.decode("utf-8").splitlines()]


def mined(run, *arguments, **options):
    return run("mine", *arguments, "--format", "jsonl", **options)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_a_named_file_that_no_reader_reads_is_an_error_and_the_rest_is_mined(run, tmp_path, story):
    page = tmp_path / "page.odt"
    page.write_text("<p>" + STORY, encoding="utf-8")
    result = mined(run, page, story)
    assert result.exit_code == 1
    assert ids(result) == [str(story)]
    assert result.stderr.startswith(f"error: {page}: no reader reads .odt; ")
    for hint in ("jsonl (.jsonl .ndjson)", "html (.html .htm .xhtml)", "text (.txt .text)", "--as text"):
        assert hint in result.stderr


@pytest.mark.parametrize("command", ["mine", "claims"])
def test_as_reads_what_is_named_whatever_its_suffix(run, tmp_path, command):
    lines = tmp_path / "lines.log"
    lines.write_text(json.dumps({"id": "one", "text": STORY}), encoding="utf-8")
    result = run(command, lines, "--as", "jsonl", "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    # Standard input, too; in a folder the suffix decides.
    assert run(command, "-", "--as", "text", "--format", "jsonl", input=lines.read_bytes()).exit_code == 0
    assert run(command, tmp_path, "--as", "jsonl").exit_code == 1


def test_as_text_reads_markup_and_warns(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>" + STORY, encoding="utf-8")
    result = mined(run, page, "--as", "text")
    assert (result.exit_code, ids(result)) == (0, [str(page)])
    assert f"warning: {page}: looks like HTML" in result.stderr


def test_a_folder_ends_with_what_was_not_read(run, tmp_path, story):
    for name in ("a.odt", "sub/b.ODT", "c.png", "README", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    result = mined(run, tmp_path)
    assert (result.exit_code, ids(result)) == (0, [str(story)])
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"info: {tmp_path}: not read: 2 .odt, 1 without suffix, 1 .png; what is read: csv (")


def test_a_folder_that_holds_nothing_readable_says_what_could_be_read(run, tmp_path):
    (tmp_path / "a.odt").write_text("x")
    result = mined(run, tmp_path)
    assert result.exit_code == 1
    assert "holds no file that can be read (not read: 1 .odt); what is read: csv (.csv)" in result.stderr


def test_what_cannot_be_opened_is_an_error_and_the_rest_is_mined(run, tmp_path, story, monkeypatch):
    """A folder, a file in a folder and a named file; the errors are made, because tests may run as a user who may do all."""
    for name in ("inner", "inner/deep"):
        (tmp_path / name).mkdir()
    shut = tmp_path / "shut.txt"
    shut.write_text(STORY, encoding="utf-8")
    scandir, open_, read_bytes = os.scandir, Path.open, Path.read_bytes
    denied = PermissionError(13, "Permission denied")

    def refuse(path):
        if Path(path) in (tmp_path / "inner", shut):
            raise denied

    def scanned(path):
        refuse(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scanned)
    monkeypatch.setattr(Path, "read_bytes", lambda self: (refuse(self), read_bytes(self))[1])
    monkeypatch.setattr(Path, "open", lambda self, *rest, **named: (refuse(self), open_(self, *rest, **named))[1])
    for given, names in ((tmp_path, ("inner", "shut.txt")), (shut, ("shut.txt",))):
        result = mined(run, given, story)
        assert result.exit_code == 1
        assert str(story) in ids(result)
        assert result.stderr.splitlines() == [f"error: {tmp_path / name}: Permission denied" for name in names]


def test_a_path_that_may_not_be_looked_at_is_no_wrong_call(run, tmp_path, story, monkeypatch):
    stat = os.stat
    hidden = tmp_path / "hidden.txt"

    def refused(path, *rest, **named):
        if path in (hidden, str(hidden)):
            raise PermissionError(13, "Permission denied")
        return stat(path, *rest, **named)

    monkeypatch.setattr(os, "stat", refused)
    result = mined(run, hidden, story)
    assert (result.exit_code, ids(result)) == (1, [str(story)])
    assert result.stderr == f"error: {hidden}: Permission denied\n"


def test_links_are_followed_but_not_in_circles(run, tmp_path):
    (tmp_path / "texts/sub").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/b.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "texts/a.txt").symlink_to(tmp_path / "elsewhere/b.txt")
    (tmp_path / "texts/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "texts/sub/back").symlink_to(tmp_path / "texts")
    (tmp_path / "texts/nothing.bak").symlink_to(tmp_path / "gone.bak")
    result = mined(run, tmp_path / "texts")
    assert (result.exit_code, ids(result)) == (0, [str(tmp_path / "texts" / name) for name in ("a.txt", "linked/b.txt")])
    assert "not read: 1 .bak, 1 link to a folder around it; " in result.stderr
    (tmp_path / "texts/lost.txt").symlink_to(tmp_path / "gone.txt")
    assert f"error: {tmp_path}/texts/lost.txt: No such file" in mined(run, tmp_path / "texts").stderr


@needs_fifos
def test_pipes_in_folders_are_not_opened(run, tmp_path, story):
    os.mkfifo(tmp_path / "pipe.jsonl")
    result = mined(run, tmp_path)
    assert (result.exit_code, ids(result)) == (0, [str(story)])
    assert "not read: 1 pipe or device; " in result.stderr


@needs_fifos
def test_a_pipe_that_is_named_is_read_as_standard_input_is(run, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    feeder = threading.Thread(target=pipe.write_text, args=(json.dumps({"text": STORY}) + "\n",), kwargs={"encoding": "utf-8"})
    feeder.start()
    result = mined(run, pipe)
    feeder.join()
    assert (result.exit_code, ids(result)) == (0, [f"{pipe}:1"])


def test_a_file_without_a_suffix_is_read_as_standard_input_is(run, tmp_path):
    (tmp_path / "lines").write_text(json.dumps({"text": STORY}), encoding="utf-8")
    (tmp_path / "README").write_text(STORY, encoding="utf-8")
    assert ids(mined(run, tmp_path / "lines", tmp_path / "README")) == [f"{tmp_path}/lines:1", f"{tmp_path}/README"]


def test_lines_without_ids_are_told_apart_across_files(run, tmp_path):
    for year in ("2025", "2026"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "news.jsonl").write_text(json.dumps({"text": STORY}) + "\n", encoding="utf-8")
    assert ids(mined(run, tmp_path)) == [f"{tmp_path}/{year}/news.jsonl:1" for year in ("2025", "2026")]
    assert ids(mined(run, "-", input=b'{"text": "a"}\n\n{"text": "b"}\n')) == ["<stdin>:1", "<stdin>:3"]


def test_what_is_piped_in_needs_no_dash(run):
    assert ids(mined(run, input=STORY.encode())) == ["<stdin>"]
    for command in ("mine", "claims", "explain"):
        empty = run(command, input=b"")
        assert empty.exit_code == 2
        assert "Missing argument 'PATH...'; standard input is empty" in empty.stderr
    # Asked for by name it may be empty.
    assert mined(run, "-", input=b"").exit_code == 0


def test_encodings(run, tmp_path):
    old = tmp_path / "old.txt"
    old.write_bytes(STORY.encode("windows-1252"))
    unread = mined(run, old)
    assert unread.exit_code == 1
    assert f"{old}:1: is not UTF-8 (byte 0: 0x93); name its encoding, as in --encoding windows-1252" in unread.stderr
    assert "iconv" in unread.stderr
    lines = tmp_path / "old.jsonl"
    lines.write_bytes(json.dumps({"text": STORY}, ensure_ascii=False).encode("windows-1252"))
    result = mined(run, old, lines, "--encoding", "cp1252")
    assert [Extraction.from_json(line).document.text for line in result.stdout.splitlines()] == [STORY, STORY]
    wide = tmp_path / "wide.jsonl"
    wide.write_bytes("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in (STORY, "b")).encode("utf-16"))
    result = mined(run, wide, "--encoding", "utf-16")
    assert [Extraction.from_json(line).document.text for line in result.stdout.splitlines()] == [STORY, "b"]
    assert "is UTF-16; read it with --encoding utf-16" in mined(run, wide).stderr


def test_the_same_trouble_of_many_documents_is_said_once(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "Hallo.", "lang": "fi"}\n' * 50, encoding="utf-8")
    result = mined(run, path)
    assert result.exit_code == 1
    first, last = result.stderr.splitlines()
    assert first.startswith(f"error: {path}:1: quoteminer: no component reads Finnish ('fi')")
    assert last.endswith("(the same in 49 more)")

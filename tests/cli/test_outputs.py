"""What is written: whole or not at all, never over what is read, and never two at once."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
import subprocess
import sys

import pytest

from quoteminer import Extraction
from quoteminer.cli import outputs

STORY = "“It works,” said Ada Lovelace.\n"
OLD = "what was there before\n"

needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="there are no advisory locks on Windows")


def ids(path):
    return [Extraction.from_json(line).document.id for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": STORY}) + "\n" for n in range(5)), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "texts"
    path.mkdir()
    (path / "a.txt").write_text(STORY, encoding="utf-8")
    return path


def test_our_own_output_in_a_folder_that_is_read_is_replaced_and_not_read(run, folder):
    out = folder / "out.jsonl"
    for said in ("", f"info: {out}: is where the output goes, so it is not read\n"):
        result = run("mine", folder, "-o", out)
        assert (result.exit_code, result.stderr) == (0, said)
        assert ids(out) == [str(folder / "a.txt")]


@pytest.mark.parametrize("command", ["mine", "claims"])
@pytest.mark.parametrize("link", [False, True])
def test_any_other_file_of_a_folder_is_not_destroyed(run, folder, tmp_path, command, link):
    """Under whatever name it is the output."""
    precious = folder / "b.txt"
    precious.write_text(OLD, encoding="utf-8")
    out = precious
    if link:
        out = tmp_path / "other name.txt"
        out.symlink_to(precious)
    before = sorted(folder.iterdir())
    result = run(command, folder, "-o", out)
    assert result.exit_code == 2
    assert f"{precious}: lies in a folder that is read and is the output" in result.stderr
    assert precious.read_text(encoding="utf-8") == OLD
    assert sorted(folder.iterdir()) == before


def test_a_named_file_is_never_the_output_under_any_name(run, folder):
    story = folder / "a.txt"
    for name, make in (("hard.txt", os.link), ("soft.txt", os.symlink)):
        make(story, folder / name)
        result = run("mine", story, "-o", folder / name)
        assert result.exit_code == 2
        assert f"{story}: is both input and output" in result.stderr
        assert story.read_text(encoding="utf-8") == STORY


@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_standard_output_is_never_read(command, environment, folder, mode):
    out = folder / "out.txt"
    out.write_text(OLD if mode == "ab" else "", encoding="utf-8")
    for arguments, code in ((["mine", folder, "--format", "jsonl"], 0), (["mine", out], 2), (["explain", out], 2)):
        with out.open(mode) as stream:
            done = subprocess.run(
                [*command, *arguments], env=environment, stdout=stream, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == code, done.stderr
        assert f"{out}: is " in done.stderr


def test_standard_input_is_not_standard_output(command, environment, folder):
    story = folder / "a.txt"
    with story.open("rb") as source, story.open("ab") as sink:
        done = subprocess.run(
            [*command, "mine", "-"], env=environment, stdin=source, stdout=sink, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert story.read_text(encoding="utf-8") == STORY


@pytest.mark.parametrize(("name", "start"), [("out.jsonl", "{"), ("out.NDJSON", "{"), ("out.txt", "─"), ("out", "─")])
def test_the_suffix_of_the_output_chooses_the_format(run, folder, tmp_path, name, start):
    assert run("mine", folder, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert run("mine", folder, "-o", tmp_path / name, "--format", "table").exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("─")


def test_the_suffix_chooses_among_the_formats_of_claims_too(run, folder, tmp_path):
    for name, start in (("c.csv", "rank,"), ("c.txt", "no claims")):
        assert run("claims", folder, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_file_keeps_its_mode_and_a_link_stays_one(run, folder, tmp_path):
    real = tmp_path / "real.jsonl"
    real.write_text("", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.jsonl"
    link.symlink_to(real)
    assert run("mine", folder, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert ids(real) == [str(folder / "a.txt")]
    assert not list(tmp_path.glob("*.part"))


class Full(io.FileIO):
    """A file on a disk that is full after some bytes."""

    room = 0

    def write(self, data):
        data = bytes(data)[: self.room]
        if not data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(data)
        return super().write(data)


@pytest.mark.parametrize("format_", ["jsonl", "table"])
def test_a_full_disk_leaves_whole_records_and_what_was_there(run, lines, tmp_path, monkeypatch, format_):
    out = tmp_path / f"out.{format_}"
    run("mine", lines, "-o", out, "--format", format_)
    whole = out.read_bytes()
    monkeypatch.setattr(io, "FileIO", Full)
    out.write_text(OLD, encoding="utf-8")
    for room in (0, len(whole) // 2, len(whole) - 1):
        monkeypatch.setattr(Full, "room", room)
        result = run("mine", lines, "-o", out, "--format", format_)
        assert result.exit_code == 1
        assert f"cannot write {out}: No space left on device" in result.stderr
        assert out.read_text(encoding="utf-8") == OLD
        part = outputs._part_of(out)
        left = part.read_bytes() if part.exists() else b""
        assert (f"{part} holds what was written, whole records only" in result.stderr) == part.exists()
        size = len(whole) // 5
        assert left == whole[: room // size * size]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_end_leaves_what_was_there(run, lines, tmp_path, monkeypatch, step):
    out = tmp_path / "out.jsonl"
    out.write_text(OLD, encoding="utf-8")

    def fail(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, step, fail)
    result = run("mine", lines, "-o", out)
    assert result.exit_code == 1
    assert f"Error: cannot write {out}: Input/output error\n" in result.stderr
    assert out.read_text(encoding="utf-8") == OLD
    assert len(ids(outputs._part_of(out))) == 5


def test_a_full_disk_behind_standard_output_leaves_whole_lines(command, environment, lines, tmp_path):
    """A limit on the size of files stands for the disk."""
    resource = pytest.importorskip("resource")
    out = tmp_path / "out.jsonl"
    size = len(
        subprocess.run([*command, "mine", lines, "--format", "jsonl"], env=environment, capture_output=True, check=True).stdout
    )
    with out.open("wb") as stream:
        done = subprocess.run(
            [*command, "mine", lines, "--format", "jsonl"],
            env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2)),
        )
    assert (done.returncode, done.stderr) == (1, "Error: cannot write standard output: File too large\n")
    assert ids(out) == ["d0", "d1"]
    assert out.read_bytes().endswith(b"\n")


@needs_locks
@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_two_runs_do_not_write_one_output(run, lines, tmp_path, resume):
    import fcntl

    out = tmp_path / "out.jsonl"
    part = outputs._part_of(out)
    with part.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = run("mine", lines, "-o", out, *resume)
    assert result.exit_code == 2
    assert f"{part}: another run of the program is writing it" in result.stderr
    part.unlink()
    run("mine", lines, "-o", out)
    with out.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = run("mine", lines, "-o", out, *resume)
    assert result.exit_code == 2
    assert f"{out}: another run of the program is writing it" in result.stderr


def test_a_device_is_written_as_it_is(run, lines):
    assert run("mine", lines, "-o", os.devnull).exit_code == 0


def test_what_cannot_be_written_is_a_wrong_call(run, lines, tmp_path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    result = run("mine", lines, "-o", out)
    assert (result.exit_code, out.read_text(encoding="utf-8")) == (2, OLD)
    assert f"{out}: Permission denied" in result.stderr

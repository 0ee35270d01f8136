"""``mine --resume``: goes on where a run ended, with no document lost or doubled."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction
from quoteminer.cli.outputs import _part_of
from quoteminer.cli.resuming import Done

STORY = "“It works,” said Ada Lovelace. This is number {}.\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"text": STORY.format(n)}) + "\n" for n in range(6)), encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.fixture
def whole(run, source, tmp_path):
    """What an undisturbed run gives."""
    path = tmp_path / "whole.jsonl"
    assert run("mine", source, "-o", path).exit_code == 0
    return path.read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99, 1.0])
@pytest.mark.parametrize("part", [False, True])
def test_what_is_missing_is_appended(run, source, out, whole, share, part):
    """Wherever the run was cut off, in the file itself or in what an interrupted run left beside it."""
    (_part_of(out) if part else out).write_bytes(whole[: round(share * len(whole))])
    result = run("mine", source, "-o", out, "--resume")
    assert result.exit_code == 0
    assert out.read_bytes() == whole
    assert not _part_of(out).exists()
    done = whole[: round(share * len(whole))].count(b"\n")
    assert result.stderr == f"info: {out}: holds {done} document{'s' * (done != 1)} already, going on from there\n"
    # Once more changes nothing.
    assert run("mine", source, "-o", out, "--resume").exit_code == 0
    assert out.read_bytes() == whole


def test_zeros_that_a_crash_of_the_system_leaves_are_cut_off(run, source, out, whole):
    out.write_bytes(whole[: len(whole) // 2] + b"\0" * 4096)
    assert run("mine", source, "-o", out, "--resume").exit_code == 0
    assert out.read_bytes() == whole


def test_repeated_ids_and_texts_come_out_right(run, tmp_path, out):
    source = tmp_path / "in.jsonl"
    records = [{"id": "a", "text": "x"}, {"id": "a", "text": "x"}, {"id": "b", "text": "x"}, {"id": "a", "text": "y"}] * 2
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    run("mine", source, "-o", out)
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    for size in range(len(lines) + 1):
        out.write_bytes(b"".join(lines[:size]))
        assert run("mine", source, "-o", out, "--resume").exit_code == 0
        assert out.read_bytes() == whole


def test_a_changed_text_is_mined_again_and_said(run, tmp_path, out):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "text": "old"}\n{"id": "b", "text": "same"}\n', encoding="utf-8")
    run("mine", source, "-o", out)
    source.write_text('{"id": "a", "text": "new"}\n{"id": "b", "text": "same"}\n', encoding="utf-8")
    result = run("mine", source, "-o", out, "--resume")
    assert result.exit_code == 0
    assert f"warning: {out}: holds 1 document with another text under the same id; both are in it now" in result.stderr
    assert f"warning: {out}: holds 1 document that the inputs do not; what it holds stays in it" in result.stderr
    found = [Extraction.from_json(line).document for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(document.id, document.text) for document in found] == [("a", "old"), ("b", "same"), ("a", "new")]


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: line[: len(line) // 2] + b"\n",
        lambda line: line.replace(b'"text"', b'"test"'),
        lambda line: b'{"text": "a document, but no result"}\n',
        lambda line: b"\xff" + line,
        lambda line: b"\0\0\0\n",
    ],
)
def test_a_damaged_line_in_the_middle_is_named_and_nothing_written(run, source, out, whole, damage):
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join([lines[0], damage(lines[1]), *lines[2:4]]))
    before = out.read_bytes()
    result = run("mine", source, "-o", out, "--resume")
    assert result.exit_code == 2
    assert f"{out}:2: the line is damaged or no output of mine" in result.stderr
    assert out.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary", b"Dear diary,\n", b'{"text": "no line end"}'])
def test_a_file_that_is_no_output_is_left_alone(run, source, out, content):
    out.write_bytes(content)
    result = run("mine", source, "-o", out, "--resume")
    assert result.exit_code == 2
    assert f"{out}:1: " in result.stderr
    assert out.read_bytes() == content


def test_two_files_to_go_on_from_are_one_too_many(run, source, out, whole):
    out.write_bytes(whole[:100])
    _part_of(out).write_bytes(whole[:200])
    result = run("mine", source, "-o", out, "--resume")
    assert result.exit_code == 2
    assert f"{out} and {_part_of(out)} are both there" in result.stderr
    assert (out.read_bytes(), _part_of(out).read_bytes()) == (whole[:100], whole[:200])


@pytest.mark.parametrize(
    "arguments",
    [["--format", "jsonl"], ["-o", "{out}", "--format", "table"], ["-o", "{out}.txt"], ["-o", "/dev/null", "--format", "jsonl"]],
)
def test_it_needs_a_file_of_lines(run, source, out, arguments):
    result = run("mine", source, "--resume", *(item.format(out=out) for item in arguments))
    assert result.exit_code == 2
    assert "--resume" in result.stderr


ids = st.sampled_from(["a", "b", ""])
texts = st.sampled_from(["x", "y", "\ud800"])
documents = st.lists(st.builds(Document, texts, id=ids), max_size=8)


@given(documents, documents)
def test_every_document_is_done_or_left_as_often_as_it_is_there(before, now):
    """Whatever stands in the output, each of its documents stands for one of the inputs at most."""
    from io import BytesIO

    stream = BytesIO(b"".join(Extraction(document).to_json().encode() + b"\n" for document in before))
    done = Done()
    assert done.take_stock(stream, "out") == len(stream.getvalue())
    key = lambda document: (document.id, document.text)  # noqa: E731
    left = Counter(map(key, done.left(now)))
    assert left == Counter(map(key, now)) - Counter(map(key, before))
    assert done.skipped == len(now) - left.total()

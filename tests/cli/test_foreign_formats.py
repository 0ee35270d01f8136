"""Readers and writers of plugins may do what they like; the program says so and ends in order."""

from __future__ import annotations

import pytest

from quoteminer.cli.outputs import _part_of

STORY = "“It works,” said Ada Lovelace.\n"

READER = """
    import quoteminer

    class Odd:
        name = "odd"
        suffixes = {suffixes}

        def read(self, source, *, language="en", name=""):
            {read}

    @quoteminer.hookimpl
    def quoteminer_readers():
        return [Odd()]
"""

WRITER = """
    import io
    import quoteminer

    class Odd:
        name = "odd"
        suffixes = (".odd",)

        def write(self, extractions, stream):
            {write}

    @quoteminer.hookimpl
    def quoteminer_writers():
        return [Odd()]
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("read", "message"),
    [
        ("yield 5", "gave 5, which is no Document and no Issue"),
        ("yield None", "gave None, which is no Document"),
        ("return 5", "failed: TypeError: 'int' object is not iterable"),
        ("return None", "failed: TypeError"),
        ("raise ValueError('bad luck')", "failed: ValueError: bad luck"),
        ("raise SystemExit(3)", "failed: SystemExit: 3"),
        ("yield quoteminer.Document('a', id='one'); raise SystemExit", "failed: SystemExit"),
        ("yield quoteminer.Document(text=5)", "failed: AnnotationError"),
        ("raise GeneratorExit", "failed: GeneratorExit"),
    ],
)
@pytest.mark.parametrize("command", ["mine", "claims"])
def test_a_reader_costs_its_file_only(run, install, tmp_path, story, read, message, command):
    install("odd", READER.format(suffixes='(".odd",)', read=read))
    (tmp_path / "a.odd").write_text("x")
    result = run(command, tmp_path / "a.odd", story, "--format", "jsonl")
    assert result.exit_code == 1
    assert f"error: {tmp_path}/a.odd: the reader 'odd' {message}" in result.stderr
    if command == "mine":
        assert str(story) in result.stdout


@pytest.mark.parametrize("suffixes", ["5", "None", "'.odd'", "(5,)", "property(lambda self: 1 / 0)"])
def test_a_reader_without_suffixes_is_named(run, install, story, suffixes):
    install("odd", READER.format(suffixes=suffixes, read="yield 5"))
    result = run("mine", story)
    assert result.exit_code == 1
    assert "odd: its 'suffixes' are no tuple of file endings" in result.stderr


@pytest.mark.parametrize(
    ("write", "message"),
    [
        ("raise ValueError('bad luck')", "failed: ValueError: bad luck"),
        ("stream.write(b'x'); next(iter(extractions)); raise SystemExit(0)", "failed: SystemExit: 0"),
        ("stream.close(); list(extractions)", "closed the stream"),
        ("stream.write(b'x'); list(extractions); stream.close()", "closed the stream"),
        ("stream.write('text')", "failed: TypeError"),
        ("list(extractions)", "wrote nothing"),
        ("pass", "ended after 0 documents, before all were written"),
        ("stream.write(b'x'); next(iter(extractions))", "ended after 0 documents, before all were written"),
    ],
)
@pytest.mark.parametrize("to_file", [False, True])
def test_a_writer_that_fails_is_an_error_and_leaves_what_was_there(run, install, tmp_path, story, write, message, to_file):
    install("odd", WRITER.format(write=write))
    out = tmp_path / "out.odd"
    out.write_text("before")
    result = run("mine", story, *(("-o", out) if to_file else ("--format", "odd")))
    assert result.exit_code == 1
    assert f"the format 'odd' {message}" in result.stderr
    assert out.read_text() == "before"
    whole = write == "stream.write(b'x'); list(extractions); stream.close()"
    assert _part_of(out).exists() == (whole and to_file), "what is left is whole records"


def test_what_a_writer_swallows_is_said_all_the_same(run, install, story):
    write = """
            try:
                for extraction in extractions:
                    stream.write(b"x" * 1000)
            except Exception:
                pass
    """
    install("odd", WRITER.format(write=write))
    try:
        open("/dev/full", "wb").close()
    except OSError:
        pytest.skip("this machine has no /dev/full")
    result = run("mine", story, "-o", "/dev/full", "--format", "odd")
    assert result.exit_code == 1
    assert "cannot write /dev/full: No space left on device" in result.stderr


def test_a_writer_through_text_that_leaves_the_stream_open_is_right(run, install, tmp_path, story):
    write = """
            text = io.TextIOWrapper(stream, encoding="utf-8")
            for extraction in extractions:
                text.write(extraction.document.id)
            text.detach()
    """
    install("odd", WRITER.format(write=write))
    result = run("mine", story, "-o", tmp_path / "out.odd")
    assert (result.exit_code, (tmp_path / "out.odd").read_text()) == (0, str(story))


def test_a_format_that_lists_only_finds_may_write_nothing_where_there_are_none(run, install, tmp_path):
    install("odd", WRITER.format(write="list(extractions)"))
    (tmp_path / "a.txt").write_text("Nobody spoke.")
    assert run("mine", tmp_path / "a.txt", "--format", "odd").exit_code == 0

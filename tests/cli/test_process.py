"""The program as a process of its own: interrupts, closed pipes, terminals, completion, exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quoteminer import Extraction, __version__

STORY = "“It works,” said Ada Lovelace. “It still works,” she said. Nobody doubted it.\n\n"

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals are different on Windows")
needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")


@pytest.fixture(scope="module")
def long_input(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many documents that mining them takes far longer than it takes to interrupt it."""
    path = tmp_path_factory.mktemp("long") / "in.jsonl"
    line = json.dumps({"text": STORY * 40}) + "\n"
    path.write_text(line * 20_000, encoding="utf-8")
    return path


def part_of(path: Path) -> Path:
    """Where a file is written until it is complete."""
    return path.with_name(path.name + ".part")


def wait_for_size(path: Path, size: int, process) -> None:
    limit = time.monotonic() + 60
    while not path.exists() or path.stat().st_size < size:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < limit
        time.sleep(0.005)


@needs_signals
@pytest.mark.parametrize("how", ["SIGINT", pytest.param("SIGTERM", marks=pytest.mark.slow), "SIGHUP"])
@pytest.mark.parametrize("workers", [(), pytest.param(("--workers", "2"), marks=pytest.mark.slow)], ids=["here", "workers"])
@pytest.mark.parametrize("size", [1, 300_000])
def test_a_request_to_end_leaves_whole_lines_in_the_file(command, environment, long_input, tmp_path, workers, size, how):
    out = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [*command, "mine", long_input, "--format", "jsonl", "--output", out, *workers],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        wait_for_size(part_of(out), size, process)
        # As from a terminal: to the process and its workers.
        os.killpg(process.pid, getattr(signal, how))
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (
        errors.decode()
        == f"interrupted\n{part_of(out)} holds what was written, whole records only; --resume goes on from there\n"
    )
    assert not out.exists()
    data = part_of(out).read_bytes()
    assert data.endswith(b"\n")
    found = [Extraction.from_json(line) for line in data.decode().splitlines()]
    assert 0 < len(found) < 20_000
    # None is lost or doubled between the first and the last.
    assert [extraction.document.id for extraction in found] == [f"{long_input}:{number}" for number in range(1, len(found) + 1)]


@needs_signals
@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_an_interrupt_while_workers_start_ends_everything(command, environment, long_input, tmp_path, delay):
    """A worker that an interrupt stopped half-started once left the program waiting for ever."""
    out = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [*command, "mine", long_input, "--format", "jsonl", "--output", out, "--workers", "2"],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        # The file is opened just before the workers start.
        wait_for_size(part_of(out), 0, process)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode == 130
    assert errors.startswith(b"interrupted\n")


@needs_signals
def test_an_interrupt_leaves_whole_lines_in_the_pipe(command, environment, long_input):
    with subprocess.Popen(
        [*command, "mine", long_input, "--format", "jsonl"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == b"interrupted\n"
    for line in (first + rest).decode().splitlines():
        Extraction.from_json(line)
    assert (first + rest).endswith(b"\n")


def test_a_reader_that_leaves_early_is_no_traceback(command, environment, long_input):
    with subprocess.Popen(
        [*command, "mine", long_input, "--format", "jsonl"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 1
    assert errors == b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["mine", "--help"], 0),
        (["plugins"], 0),
        ([], 2),
        (["nonesuch"], 2),
        (["mine"], 2),
        (["mine", "no such file"], 2),
        (["mine", os.devnull], 0),
        (["mine", os.devnull, "--language", "tlh"], 1),
        (["mine", os.devnull, "--no-plugin", "rules"], 1),
    ],
)
def test_exit_codes(command, environment, arguments, code):
    done = subprocess.run([*command, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if arguments == ["--version"]:
        # The tests run in an editable installation, which is never compiled.
        assert done.stdout == f"quoteminer {__version__} (rules: plain Python)\n"


def test_starting_stays_light(command, environment):
    """Neither display nor plugins are imported to tell a version or to write JSON Lines."""
    code = "import sys; from quoteminer.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    for arguments in (["--version"], ["mine", "-", "--format", "jsonl", "--no-plugin", "rules"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], env=environment, input="x", capture_output=True, text=True, check=True
        )
        loaded = set(done.stderr.split())
        assert "quoteminer.cli.main" in loaded
        assert not loaded & {"rich", "quoteminer_rules", "regex", "multiprocessing", "quoteminer.cli.story"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(command, environment, shell):
    script = subprocess.run([*command, "completion", shell], env=environment, capture_output=True, text=True, check=True).stdout
    assert f"_QUOTEMINER_COMPLETE={shell}_complete" in script


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "quoteminer ",
            {
                *(
                    "agreement",
                    "check-language",
                    "checked",
                    "claims",
                    "collect",
                    "completion",
                    "convert",
                    "decide",
                    "evaluate",
                    "explain",
                    "forget",
                ),
                *(
                    "mine",
                    "mine-parquet",
                    "people",
                    "plugins",
                    "sample",
                    "search",
                    "serve",
                    "utterances",
                    "verify",
                    "view",
                    "voices",
                ),
            },
        ),
        ("quoteminer mine --plugin ", {"people", "rules"}),
        (
            "quoteminer mine --format ",
            {
                "arrow",
                "brat",
                "claim-review",
                "conll",
                "csv",
                "doccano",
                "html",
                "jsonl",
                "label-studio",
                "parquet",
                "prodigy",
                "schema-org",
                "segments",
                "summary",
                "table",
                "tei",
                "tsv",
                "web-annotation",
                "xlsx",
            },
        ),
        ("quoteminer completion ", {"bash", "zsh", "fish"}),
    ],
)
def test_completion_gives_commands_plugins_and_formats(command, environment, words, expected):
    environment |= {"_QUOTEMINER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == expected


def on_a_terminal(arguments, environment, *, output=None) -> str:
    """What the program writes to a terminal of 80 columns; its standard output may be a file."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(arguments, env=environment, stdin=theirs, stdout=output or theirs, stderr=theirs)
    os.close(theirs)
    pieces = []
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(ours)
    process.wait(timeout=60)
    return b"".join(pieces).decode("utf-8")


@needs_terminal
def test_a_terminal_gets_colours_instead_of_signs(command, environment, seeds):
    shown = on_a_terminal([*command, "mine", str(seeds / "wire-nato.txt")], environment)
    assert "\x1b[1;4;32mRutte\x1b[0m \x1b[3mtold\x1b[0m" in shown
    assert "documents" not in shown
    plain = on_a_terminal([*command, "mine", str(seeds / "wire-nato.txt")], environment | {"NO_COLOR": "1"})
    assert "\x1b" not in plain
    assert "*Rutte* _told_" in plain
    assert max(map(len, plain.splitlines())) <= 80


@needs_terminal
def test_progress_in_characters_is_shown_for_one_large_document(command, environment, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("It rained on the roofs of the town all day. “No,” said Ada.\n\n" * 10_000, encoding="utf-8")
    shown = on_a_terminal([*command, "mine", str(large), "-o", str(tmp_path / "out.jsonl")], environment)
    assert "rules.quotes" in shown
    assert "606950/610000 characters" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


@needs_terminal
def test_progress_is_shown_for_several_documents_on_a_terminal(command, environment, seeds, tmp_path):
    out = tmp_path / "out.jsonl"
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    paths = [str(seeds / "wire-nato.txt"), str(bad), str(seeds / "wire-ferry.txt")]
    arguments = [*command, "mine", *paths, "--format", "jsonl"]
    with out.open("wb") as stream:
        shown = on_a_terminal(arguments, environment, output=stream)
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert "1/3 documents" in words
    assert f"error: {bad}:1: is not UTF-8" in words
    assert len(out.read_bytes().splitlines()) == 2
    # A pipe in a folder is not opened to be counted, and what is done counts as done.
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(folder / "pipe.jsonl")
    lines = [json.dumps({"id": str(number), "text": STORY}) + "\n" for number in range(3)]
    (folder / "in.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    resumed = tmp_path / "resumed.jsonl"
    subprocess.run([*command, "mine", folder, "-o", resumed], env=environment, capture_output=True, check=True)
    (folder / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    shown = on_a_terminal([*command, "mine", str(folder), "-o", str(resumed), "--resume"], environment)
    assert "3/3 documents" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    # And nowhere else: not for one document, not when standard error is a file.
    with out.open("wb") as stream:
        assert on_a_terminal([*command, "mine", paths[0], "--format", "jsonl"], environment, output=stream) == ""
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.count("\n") == 1

"""Standard streams that are closed, full or gone: a message and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

STORY = "“It works,” said Ada Lovelace. Rents rose by 5 percent.\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are inherited differently on Windows")

COMMANDS = (
    ["mine", "{story}"],
    ["mine", "{story}", "--format", "jsonl"],
    ["claims", "{story}"],
    ["explain", "{story}"],
    ["plugins"],
    ["completion", "bash"],
    ["mine", "--help"],
    ["--version"],
)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def ended(command, environment, story):
    """``ended(arguments, shell)`` runs the program under redirections of the shell."""

    def run(arguments, redirection):
        words = [*command, *(item.format(story=story) for item in arguments)]
        return subprocess.run(
            ["sh", "-c", f'"$@" {redirection}', "sh", *words], env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_output_that_cannot_be_written(ended, arguments, redirection):
    if redirection == ">/dev/full" and not os.path.exists("/dev/full"):
        pytest.skip("this machine has no /dev/full")
    done = ended(arguments, redirection)
    why = "it is closed" if redirection == ">&-" else "No space left on device"
    assert (done.returncode, done.stderr) == (1, f"Error: cannot write standard output: {why}\n")


def test_an_output_file_needs_no_standard_output(ended, tmp_path):
    done = ended(["mine", "{story}", "-o", str(tmp_path / "out.jsonl")], ">&- <&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").startswith("{")


def test_input_that_is_closed(ended):
    for arguments in (["mine", "-"], ["mine"], ["claims", "-"]):
        done = ended(arguments, "<&-")
        assert done.returncode == 1
        assert done.stderr == "error: <stdin>: Bad file descriptor\n"


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_messages_that_nobody_can_read_cost_nothing_else(ended, tmp_path, redirection):
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    done = ended(["mine", str(tmp_path), "--format", "jsonl"], redirection)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("\n") == 1
    assert ended(["mine", "nonesuch"], redirection).returncode == 2


def test_a_pipe_that_does_not_wait_gets_all(command, environment, tmp_path):
    """As some programs leave the one that they share with us."""
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"text": STORY * 2_000}) + "\n", encoding="utf-8")
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with subprocess.Popen([*command, "mine", lines, "--format", "jsonl"], env=environment, stdout=theirs) as process:
        os.close(theirs)
        time.sleep(0.5)
        with open(ours, "rb") as stream:
            data = stream.read()
    assert process.returncode == 0
    assert json.loads(data)["document"]["text"] == STORY * 2_000


STUCK = """
    import re
    import quoteminer

    class Stuck:
        name = "stuck"
        def extract(self, document):
            if "stick" in document.text:
                re.match(r"(a+)+$", "a" * 60 + "b")
            return [quoteminer.Quote([(0, 1)], "direct")]

    @quoteminer.hookimpl
    def quoteminer_quote_extractors():
        return [Stuck()]
"""


@pytest.fixture
def stuck(install, environment):
    """The environment of a process in which a plugin is installed that never ends at some texts."""
    return environment | {"PYTHONPATH": os.pathsep.join([str(install("stuck", STUCK)), environment["PYTHONPATH"]])}


@pytest.mark.slow
def test_a_time_limit_ends_what_nothing_else_would(command, stuck, tmp_path):
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"id": "a", "text": "good"}\n{"id": "b", "text": "stick"}\n{"id": "c", "text": "good"}\n')
    done = subprocess.run(
        [*command, "mine", lines, "--format", "jsonl", "--time-limit", "1", "--plugin", "stuck"],
        env=stuck,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert [line.count('"direct"') for line in done.stdout.splitlines()] == [1, 0, 1]
    assert done.stderr.startswith("error: b: stuck: over its time limit of 1 s")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_does_not_wait_for_a_worker_that_is_stuck(command, stuck, tmp_path, how):
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"id": "a", "text": "good"}\n' * 40 + '{"id": "b", "text": "stick"}\n')
    out = tmp_path / "out.jsonl"
    part = out.with_name("out.jsonl.part")
    with subprocess.Popen(
        [*command, "mine", lines, "-o", out, "--workers", "1", "--plugin", "stuck"], env=stuck, stderr=subprocess.PIPE, text=True
    ) as process:
        while not (part.exists() and part.read_bytes().count(b"\n") == 40):
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(how)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.startswith("interrupted\n")
    assert part.read_bytes().count(b"\n") == 40


@pytest.mark.slow
def test_what_was_told_to_ignore_the_end_of_its_terminal_goes_on(command, environment, story):
    """As ``nohup`` does."""
    with subprocess.Popen(
        ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command, "mine", "-"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGHUP)
        shown, _ = process.communicate(STORY.encode(), timeout=60)
    assert process.returncode == 0
    assert "Ada Lovelace" in shown.decode()

"""Nothing from texts, names, ids, messages or file names is obeyed by a terminal, whatever command prints it."""

from __future__ import annotations

import ast
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer.cli
from quoteminer.cli.console import TerminalData, new_console, printable, taken
from quoteminer.json_form import dumps, loads

from .test_process import on_a_terminal

#: A title for the window, a colour, the same in one character of C1, and marks that turn the direction of what follows.
EVIL = "\x1b]0;PWNED\x07\x1b[31m\x9b31m\x85\u202egnirts\u2066\x7f\x08"
OBEYED = [chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))]

PLUGIN = """
    import quoteminer

    EVIL = {evil!r}

    class Evil:
        name = "evil"
        def extract(self, document):
            raise ValueError(EVIL)
        def explain(self, document):
            return EVIL

    class Format:
        name = "evil.format"
        suffixes = (".evil",)
        def read(self, source, *, language="en", name=""):
            raise ValueError(EVIL)
        def write(self, extractions, stream):
            for extraction in extractions:
                stream.write(EVIL.encode())

    @quoteminer.hookimpl
    def quoteminer_quote_extractors():
        return [Evil()]

    @quoteminer.hookimpl
    def quoteminer_readers():
        return [Format()]

    @quoteminer.hookimpl
    def quoteminer_writers():
        return [Format()]
"""


def obeyed(text):
    """What a terminal would obey in it; a carriage return at the end of a line is the terminal's own."""
    return sorted({sign for sign in text.replace("\r\n", "\n") if sign in OBEYED})


@pytest.fixture
def evil(tmp_path):
    record = {
        "id": f"id{EVIL}",
        "title": f"title{EVIL}",
        "text": f"“It {EVIL} costs 5 million,” said {EVIL}Ada {EVIL} Lovelace{EVIL} of the {EVIL}port.",
        "metadata": {"url": EVIL},
    }
    path = tmp_path / "in.jsonl"
    path.write_text(
        json.dumps(record) + "\n" + json.dumps({"text": "x", "metadata": {EVIL: {"$pieces": 1}}}) + "\n", encoding="utf-8"
    )
    (tmp_path / f"not utf-8{EVIL}.txt").write_bytes(b"\xff")
    (tmp_path / f"{EVIL}.{EVIL}").write_text("x")
    (tmp_path / "a.evil").write_text("x")
    gold = tmp_path / f"gold{EVIL}.jsonl"
    gold.write_text(
        json.dumps({**record, "corpus": EVIL, "quotes": [{"id": EVIL, "content": [[0, 999]]}, {"content": [[1, 9]]}]})
    )
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["mine", "{folder}"],
        ["mine", "{folder}", "--format", "evil.format"],
        ["claims", "{folder}"],
        ["claims", "{folder}", "--by", "claimant"],
        ["explain", "{folder}"],
        ["plugins"],
        ["evaluate", "{gold}"],
        ["evaluate", "{gold}", "--predictions", "{gold}"],
        ["mine", "/x{evil}"],
        ["mine", "{folder}", "-o", "/x{evil}/y"],
        ["mine", "{folder}", "--format", "{evil}"],
        ["mine", "{folder}", "--language", "{evil}"],
        ["mine", "{folder}", "--plugin", "{evil}"],
        ["mine", "{folder}", "--as", "{evil}"],
        ["mine", "{folder}", "--encoding", "{evil}"],
        ["evaluate", "/x{evil}"],
        ["--{evil}"],
        ["{evil}"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_no_command_prints_what_a_terminal_obeys(run, install, evil, arguments):
    install("evil", PLUGIN.format(evil=EVIL))
    gold = evil / f"gold{EVIL}.jsonl"
    result = run(*(item.format(folder=evil, gold=gold, evil=EVIL) for item in arguments))
    # What a format writes into a file or pipe is its own.
    shown = result.stderr if "evil.format" in arguments else result.stdout + result.stderr
    assert shown
    assert obeyed(shown) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_data_on_a_terminal_is_escaped_and_still_data(command, environment, evil):
    name = evil / "in.jsonl"
    for arguments in (["mine", name, "--format", "jsonl"], ["claims", name, "--format", "csv"]):
        shown = on_a_terminal([*command, *map(str, arguments)], environment | {"TERM": "dumb"})
        assert obeyed(shown) == []
        if arguments[0] == "mine":
            line = next(line for line in shown.splitlines() if line.startswith("{"))
            assert loads(line)["document"]["title"] == f"title{EVIL}"


@given(st.text())
def test_data_stays_what_it_is_for_json(text):
    stream = io.BytesIO()
    line = dumps({"text": text}).encode()
    data = TerminalData(stream)
    for at in range(0, len(line), 3):  # also in the middle of a character
        data.write(line[at : at + 3])
    assert loads(stream.getvalue().decode()) == {"text": text}
    assert obeyed(stream.getvalue().decode()) == []


def test_line_ends_of_tables_are_shown_as_such():
    stream = io.BytesIO()
    TerminalData(stream).write(b'a,"b\r\x1b"\r\nc\r\n')
    assert stream.getvalue().decode() == 'a,"b\\u000d\\u001b"\nc\n'


@given(st.text(), st.booleans())
def test_tables_hold_no_signs_but_their_own(text, colour):
    from rich.table import Table
    from rich.text import Text

    console = new_console(colour=colour)
    table = Table("heading", text)
    table.add_row(text, Text(text, style="bold"))
    console.print(table)
    console.print(text, style="bold")
    shown = taken(console, colour=colour)
    assert not set(obeyed(shown)) - ({"\x1b"} if colour else set())
    assert shown.count("\x1b") == shown.count("\x1b[")


@given(st.text())
def test_printable_text_keeps_its_offsets(text):
    assert len(printable(text)) == len(text)
    assert obeyed(printable(text)) == []


def test_nothing_is_printed_past_the_console():
    """Whatever a command says goes through one place."""
    for path in Path(quoteminer.cli.__file__).parent.glob("*.py"):
        if path.name == "console.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "click.secho", "sys.stdout.write", "sys.stderr.write"), (
                    f"{path.name}:{node.lineno}"
                )
                assert called != "click.echo" or "file" in {item.arg for item in node.keywords}, f"{path.name}:{node.lineno}"

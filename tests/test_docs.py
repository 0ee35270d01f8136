"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

import quoteminer
from quoteminer.cli.main import program
from quoteminer.plugins import HOOKS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path):
    document = Sybil(parsers=[PythonCodeBlockParser()], path=str(ROOT)).parse(page)
    for example in document.examples():
        example.evaluate()


def test_every_hook_is_documented():
    headings = re.findall(r"^## (quoteminer_\w+)$", (ROOT / "docs/hooks.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(sorted(headings)) == HOOKS


def test_every_option_and_exit_code_is_documented():
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    mine = program.commands["mine"]
    for parameter in mine.params:
        for option in parameter.opts:
            if option.startswith("-"):
                assert f"`{option}" in text, option
    for command in program.commands:
        assert f"quoteminer {command}" in text, command


def test_readme_shows_what_the_program_prints(monkeypatch):
    """The lines shown are printed, in this order; a line "…" stands for any that are left out."""
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    result = CliRunner().invoke(program, ["mine", "seeds/wire-nato.txt"], env={"COLUMNS": "100"})
    pieces = [re.escape(piece) for piece in re.split(r"^…\n", shown[1], flags=re.MULTILINE)]
    assert re.fullmatch("(?:.*\n)*?".join(pieces), result.stdout), result.stdout


def test_public_names_are_these():
    assert quoteminer.__all__ == sorted(quoteminer.__all__)
    assert set(quoteminer.__all__) == {
        "AnnotationError", "Claim", "ComponentError", "ConfigurationError", "Document", "Extraction", "FormatError", "Issue", "Miner",
        "PluginError", "PluginInfo", "Provenance", "Quantity", "Quote", "QuoteminerError", "Span", "SpanError", "Speaker", "Time",
        "__version__", "hookimpl", "mine", "mine_many",
    }  # fmt: skip

"""The documentation says what the code does."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

import quoteminer
import quoteminer_people
import quoteminer_rules
from quoteminer.cli.main import COMMANDS, program
from quoteminer.evaluation.causes import CAUSES
from quoteminer.evaluation.metrics import GROUPS
from quoteminer.json_form import json_schema
from quoteminer.plugins import hookspecs, protocols
from quoteminer.plugins.manager import HOOKS
from quoteminer.plugins.offers import OFFERED
from quoteminer.tabular import COLUMNS

from . import surface

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES += sorted((ROOT / "docs/decisions").glob("*.md"))
MODULES = [
    "quoteminer",
    *(
        module.name
        for package in (quoteminer, quoteminer_people, quoteminer_rules)
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        if not module.name.endswith("__main__")
    ),
]


#: Pages whose examples need what is not installed for every test, with the module that must be there.
ENGINES = {"dask.md": "dask.dataframe", "spacy.md": "quoteminer_spacy", "spark.md": "quoteminer_spark"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, monkeypatch):
    monkeypatch.chdir(ROOT)
    if page.name in ENGINES:
        pytest.importorskip(ENGINES[page.name], reason=f"{ENGINES[page.name]} is not installed; `make adapters` runs this page")
        # What an engine itself warns of is not ours.
        warnings.simplefilter("ignore")
        monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    document = Sybil(parsers=[PythonCodeBlockParser()], path=str(ROOT)).parse(page)
    for example in document.examples():
        example.evaluate()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "@given" in page.read_text(encoding="utf-8")], ids=lambda page: page.name
)
def test_a_first_text_that_takes_long_fails_no_property_on_a_page(page: Path, monkeypatch):
    """Whoever puts one into a test file meets the deadline of hypothesis with the first text, for which the plugins load what they read."""
    monkeypatch.chdir(ROOT)
    mine, first = quoteminer.mine, [True]

    def slow_at_first(*given, **options):
        if first:
            time.sleep(0.3)
            first.clear()
        return mine(*given, **options)

    monkeypatch.setattr(quoteminer, "mine", slow_at_first)
    before = settings.get_current_profile_name()
    settings.register_profile("as installed", max_examples=10, deadline=200, database=None)
    settings.load_profile("as installed")
    try:
        for example in Sybil(parsers=[PythonCodeBlockParser()], path=str(ROOT)).parse(page).examples():
            example.evaluate()
    finally:
        settings.load_profile(before)
    assert not first


def test_every_hook_is_documented():
    headings = re.findall(r"^## (quoteminer_\w+)$", (ROOT / "docs/hooks.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(sorted(headings)) == HOOKS


def test_every_option_and_exit_code_is_documented():
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    context = click.Context(program)
    ours = {name: program.get_command(context, name) for name in [*program.commands, *COMMANDS]}
    for name, command in ours.items():
        assert command is not None, name
        assert f"quoteminer {name}" in text, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("-"):
                    assert f"`{option}" in text or f", `{option}" in text, option


def test_readme_shows_what_the_program_prints(monkeypatch):
    """The lines shown are printed, in this order; a line "…" stands for any that are left out."""
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    result = CliRunner().invoke(program, ["mine", "seeds/wire-ferry.txt"], env={"COLUMNS": "100"})
    pieces = [re.escape(piece) for piece in re.split(r"^…\n", shown[1], flags=re.MULTILINE)]
    assert re.fullmatch("(?:.*\n)*?".join(pieces), result.stdout), result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_readme_is_what_type_checkers_take(checker, tmp_path):
    """Who copies the loop into strictly checked code hears no complaint."""
    code = "".join(
        example.source for example in doctest.DocTestParser().get_examples((ROOT / "README.md").read_text(encoding="utf-8"))
    )
    assert "for quote in extraction" in code
    (tmp_path / "loop.py").write_text(code, encoding="utf-8")
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n", encoding="utf-8")
    options = {"mypy": ["loop.py"], "pyright": ["--pythonpath", sys.executable]}[checker]
    done = subprocess.run([sys.executable, "-m", checker, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_public_names_are_those_of_the_page():
    """Meant: a change of the public surface is seen in review. ``python -m tests.surface`` writes the page."""
    assert quoteminer.__all__ == sorted(quoteminer.__all__)
    shown = surface.BLOCK.search(surface.PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    assert shown[0] == surface.surface()


def test_signatures_are_those_of_the_golden_list():
    """Meant: whoever changes a signature sees it here first, and says so in the changelog. ``python -m tests.surface`` writes it."""
    assert surface.GOLDEN.read_text(encoding="utf-8") == surface.contract()


def test_every_hook_is_documented_as_its_components_are():
    """The page names each member of the protocol that the hook's components follow, with the parameters of its methods."""
    text = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (quoteminer_\w+)\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL))
    for hook in HOOKS:
        specification = getattr(hookspecs, hook)
        protocol = re.fullmatch(r"Iterable\[(\w+)\]", specification.__annotations__["return"])
        assert protocol is not None, hook
        for name, member in vars(getattr(protocols, protocol[1], None) or getattr(quoteminer, protocol[1])).items():
            if name.startswith("_") or name == "name":
                continue
            described = re.search(rf"`{name}(\([^`]*\))?`", sections[hook])
            assert described is not None, (hook, name)
            if inspect.isfunction(member):
                parameters = [p for p in inspect.signature(member).parameters if p != "self"]
                assert re.findall(r"\w+", described[1] or "") == parameters, (hook, name)
        assert re.match(r"Called .*\n\n    Returns ", specification.__doc__ or ""), hook


def test_every_field_of_the_json_form_is_documented():
    """Every member that the JSON Schema names stands in backticks on the page of the formats."""
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8")

    def names(schema):
        if isinstance(schema, dict):
            for key, value in schema.items():
                if key == "properties":
                    yield from value
                yield from names(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from names(value)

    assert {name for name in names(json_schema()) if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", prose):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_run(module):
    failed, _ = doctest.testmod(importlib.import_module(module))
    assert failed == 0


def test_every_hook_is_described_alike():
    """Called, returns, order, on failure, since, example: the same headings in the same order for each hook; what it is offered by keyword besides."""
    text = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
    for section in re.split(r"^## (?=quoteminer_)", text, flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        headings = ["Called", "Returns", *["By keyword"] * (name in OFFERED), "Order", "On failure", "Since"]
        assert re.findall(r"^- \*\*([^*]+):\*\*", body, re.MULTILINE) == headings, name
        for offered in OFFERED.get(name, {}).values():
            assert all(f"`{one}`" in body.partition("**By keyword:**")[2].partition("**Order:**")[0] for one in offered), name
        assert f"def {name}(" in body, name


def test_every_column_is_documented():
    """Each table of the page of tables names the columns of its kind in their order; what all kinds tell of the document stands once."""
    text = (ROOT / "docs/tables.md").read_text(encoding="utf-8")

    def names(section):
        return [name for cell in re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)]

    common, *sections = re.split(r"^### (?=\w+\n)", text, flags=re.MULTILINE)
    assert {section.partition("\n")[0]: tuple(names(section) + names(common)) for section in sections} == COLUMNS


def test_every_metric_is_documented():
    """Each name stands in backticks on the page of the evaluation; kinds are given by their pattern."""
    text = (ROOT / "docs/evaluation.md").read_text(encoding="utf-8")
    for metric in (metric for group in GROUPS.values() for metric in group):
        pattern = re.sub(r":(?!direct$).*|(?<!given):direct$", ":KIND", metric.name)
        assert f"`{metric.name}`" in text or f"`{pattern}`" in text, metric.name


def test_every_cause_is_documented():
    text = (ROOT / "docs/evaluation.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([a-z ]+) \|", text[text.index("| cause |") :], re.MULTILINE)[1:] == list(CAUSES)

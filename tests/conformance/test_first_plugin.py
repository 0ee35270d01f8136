"""The page on the first plugin and the template give a plugin that is found and green, as they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "first-plugin.md"
TEMPLATE = ROOT / "docs" / "template"


def files_of_page() -> dict[str, str]:
    """Each block of code that follows a file's name in backticks at the start of a paragraph."""
    blocks = re.findall(
        r"^`([\w.]+)`[^`]*\n\n```(?:py|toml)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return dict(blocks)


def files_of_template(name: str) -> dict[str, str]:
    environment = jinja2.Environment(keep_trailing_newline=True, undefined=jinja2.StrictUndefined, autoescape=False)
    return {
        environment.from_string(path.name.removesuffix(".jinja")).render(name=name): environment.from_string(
            path.read_text(encoding="utf-8")
        ).render(name=name)
        for path in sorted(TEMPLATE.glob("*.jinja"))
    }


def run(folder: Path, *command: str, **variables: str) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1", **variables}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_needs_fewer_than_forty_lines():
    files = files_of_page()
    assert sorted(files) == ["pyproject.toml", "quoteminer_guillemets.py", "test_guillemets.py"]
    assert sum(bool(line.strip()) for text in files.values() for line in text.splitlines()) < 40


@pytest.mark.parametrize(("name", "files"), [("guillemets", files_of_page()), ("stars", files_of_template("stars"))])
def test_the_tests_of_the_plugin_are_green(name, files, tmp_path):
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    printed = run(tmp_path, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"test_{name}.py")
    assert re.search(r"^\d{2} passed", printed, re.MULTILINE), printed


def test_copier_asks_for_what_the_template_uses():
    names = set(re.findall(r"{{ (\w+) }}", "".join(path.name + path.read_text(encoding="utf-8") for path in TEMPLATE.iterdir())))
    assert re.findall(r"^([a-z]\w*):", (TEMPLATE / "copier.yml").read_text(encoding="utf-8"), re.MULTILINE) == sorted(names)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "files"), [("guillemets", files_of_page()), ("stars", files_of_template("stars"))])
def test_the_plugin_is_found_once_it_is_installed(name, files, tmp_path):
    project, site = tmp_path / "project", tmp_path / "site"
    project.mkdir()
    for file, text in files.items():
        (project / file).write_text(text, encoding="utf-8")
    run(project, sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), ".")
    # A folder of its own, and the rules beside: what the page says of a fresh environment.
    listed = run(tmp_path, sys.executable, "-m", "quoteminer", "plugins", PYTHONPATH=str(site))
    assert re.search(rf"{name}\b.*active", listed), listed
    (tmp_path / "story.txt").write_text("« Bonjour », dit Ada. *Good morning*, she said.", encoding="utf-8")
    mined = run(
        tmp_path,
        sys.executable,
        "-m",
        "quoteminer",
        "mine",
        "--plugin",
        name,
        "--format",
        "jsonl",
        "story.txt",
        PYTHONPATH=str(site),
    )
    assert '"extractor":"' + name in mined.replace(" ", "")

"""The commands of ``docs/recipes.md``, one after the other in a folder that has what they name."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from .conftest import Run

STORY = "“We closed 12 schools in 2019,” Mayor Rosa Ilves told the board.\n\nShe said that “the rest” would stay open.\n"
FILES = {
    "news/a.txt": STORY,
    "news/b.txt": "“No,” said Jan Ode.\n",
    "novel.txt": "“Come in,” said Ada.\n\n“Not yet,” said Bob.\n",
    "story.txt": STORY,
    "interview.vtt": "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada>It works.\n\n00:03.000 --> 00:04.000\n<v Bob>It does.\n",
    "mailbox.mbox": "From a@b Mon Jan  5 10:00:00 2026\nFrom: Ada <a@b>\nTo: Bob <b@b>\nSubject: Hello\n\n“It works,” said Cem.\n",
    "chat.txt": "05/01/2026, 10:00 - Ada: It works.\n05/01/2026, 10:01 - Bob: It does.\n",
    "page.html": "<html><title>T</title><p>“It works,” said Dot.</p></html>",
}


def test_every_command_does_what_the_page_says(run: Run, root: Path, tmp_path: Path, monkeypatch):
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    page = (root / "docs" / "recipes.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 9
    for line in lines:
        given, _, command = line.removeprefix("$ ").rpartition(" | ")
        piped = (tmp_path / given.removeprefix("cat ")).read_text(encoding="utf-8") if given else None
        program, *arguments = shlex.split(command)
        assert program == "quoteminer"
        result = run(*arguments, input=piped)
        assert (result.exit_code, result.stderr) == (0, ""), line
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} - {Path(name).name for name in FILES} == {
        "quotes.parquet", "tasks.json", "corrected.jsonl", "novel.tei", "novel.jsonl", "voices.jsonl",
    }  # fmt: skip
    assert '"time": [1.0, 2.5]' in (tmp_path / "voices.jsonl").read_text(encoding="utf-8")

"""The table of rules in ``docs/rules.md``: ``python -m tests.rules.table`` writes it, a test compares it."""

from __future__ import annotations

import re
from pathlib import Path

from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reports.explaining import examples

PAGE = Path(__file__).resolve().parents[2] / "docs/rules.md"
TABLE = re.compile(r"(?<=\n\n)(?:RULES|\| rule \| example \|\n(?:\|.*\n)+)(?=\n)")


def table() -> str:
    """The rules as a table in Markdown."""
    rows = ["| rule | example |", "|---|---|"]
    for rule, example in examples(LANGUAGES / "en").items():
        # A line break would end the row.
        shown = re.sub(r"([\\<>*_])", r"\\\1", example).replace("\n", " ⏎ ")
        rows.append(f"| `{rule}` | {shown} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write the table into the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(), page), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The table of rules in ``docs/rules.md``: ``python -m tests.rules.table`` writes it, a test compares it."""

from __future__ import annotations

import re
from pathlib import Path

from quoteminer_rules import lexicon

PAGE = Path(__file__).resolve().parents[2] / "docs/rules.md"
TABLE = re.compile(r"(?<=\n\n)(?:RULES|\| rule \| right \| example \|\n(?:\|.*\n)+)(?=\n)")


def table() -> str:
    """The rules as a table in Markdown."""
    rows = ["| rule | right | example |", "|---|---|---|"]
    confidence = lexicon.confidences()
    for rule, example in lexicon.marked_examples().items():
        shown = re.sub(r"([\\<>*_])", r"\\\1", example)
        rows.append(f"| `{rule}` | {confidence[rule]:.2f} | {shown} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write the table into the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(), page), encoding="utf-8")


if __name__ == "__main__":
    main()

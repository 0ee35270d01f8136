"""Every look at the test part of the corpus is written down: who looks often enough tunes on it."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from ..evaluation import Report

LOG: Final = Path("docs/corpus-looks.tsv")
_FIGURES: Final = ("overlap", "exact", "attribution", "speaker.entity", "overlap:nested", "claims.overlap")
_COLUMNS: Final = ("date", "commit", "system", "language", "documents", *_FIGURES, "why")


def check(path: Path, note: str | None) -> None:
    """Refuse a look that could not be written down, before anything is mined.

    Raises:
        click.UsageError: without a reason, or when there is no folder for the log.
    """
    if not note or not note.strip():
        raise click.UsageError("a look at the test part needs --note WHY, which is written down")
    if not path.parent.is_dir():
        raise click.UsageError(
            f"there is no folder {str(path.parent)!r} to write the look down in; --looks FILE names another place"
        )


def add(path: Path, report: Report, note: str, today: dt.date) -> None:
    """Add a line for each language, and one for all where there are several."""
    commit = _commit()
    lines = [] if path.exists() else ["\t".join(_COLUMNS)]
    for part in report.slices:
        if part.by in ("all", "language"):
            scores = [part.metrics.get(name) for name in _FIGURES]
            figures = ["" if score is None or score.f1 is None else f"{score.f1:.3f}" for score in scores]
            name = "all" if part.by == "all" else part.name
            cells = [today.isoformat(), commit, report.system, name, str(part.documents), *figures, note]
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write("\n".join(lines) + "\n")


def _commit() -> str:
    """The commit that is checked out here, with a plus sign when files differ from it; a dash outside of a repository."""
    try:
        name = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        changed = subprocess.run(["git", "status", "--porcelain", "-uno"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "-"
    return f"{name}+" if changed.strip() else name

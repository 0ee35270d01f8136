"""An open corpus of quotations, speakers and claims: where its files lie. ``quoteminer.evaluation.seeds`` reads them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["files"]

_INSIDE = Path(__file__).resolve().parent
_FOLDER = _INSIDE if (_INSIDE / "writers.tsv").exists() else _INSIDE.parent
"""In a checkout the corpus lies beside this package, in a wheel within it."""


def files(split: str | None = None, language: str | None = None) -> list[Path]:
    """The gold of each writer, one JSON object a line, as the corpus describes it in its README.

    Args:
        split: ``train``, ``tune`` or ``test``; ``None`` for all.
        language: ``en``, ``de``, ``fr`` or ``es``; ``None`` for all.
    """
    found = []
    for line in (_FOLDER / "writers.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            writer, spoken, part, *_ = line.split("\t")
            if split in (None, part) and language in (None, spoken):
                found.append(_FOLDER / spoken / f"{writer}.jsonl")
    return found

"""An open corpus of quotations, speakers and claims: where its files lie. ``quoteminer.evaluation.seeds`` reads them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["files", "pairs", "people"]

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


def pairs(split: str | None = None) -> list[Path]:
    """Articles beside the transcripts that they quote, with the verdict on each quotation, one JSON object a line.

    Args:
        split: ``train`` or ``test``; ``None`` for both.
    """
    return sorted((_FOLDER / "pairs").glob(f"{split or '*'}-*.jsonl"))


def people(split: str | None = None) -> list[Path]:
    """Articles that share people, with who is whom, one JSON object a line; beside ``….articles.jsonl`` lies ``….people.jsonl``.

    Args:
        split: ``train`` or ``test``; ``None`` for both.
    """
    return sorted((_FOLDER / "people").glob(f"{split or '*'}-*.articles.jsonl"))

"""What was learned of speakers: weights of what is observed on candidates, and how often the ways of finding a speaker are right."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..language.tables import rows
from ..lexicon import LANGUAGES

OBSERVATIONS: Final = "speakers.tsv"
LINKS: Final = "speaker_links.tsv"


def _file(folder: Path, name: str) -> Path:
    """The file of a language; of one that nobody has learned from, what was learned from all others."""
    own = folder / "weights" / name
    return own if own.is_file() else LANGUAGES / name


@functools.cache
def weights(folder: Path) -> Mapping[str, Mapping[str, float]]:
    """Situation -> observation -> weight, of the language of a pack."""
    learned = [row.columns for row in rows(_file(folder, OBSERVATIONS), 6)]
    return {
        situation: {row[0]: float(row[column]) for row in learned[1:]} for column, situation in enumerate(learned[0][1:-1], 1)
    }


@functools.cache
def precision(folder: Path) -> Mapping[str, float]:
    """Way by which a speaker was found -> how often that is right."""
    return {row.columns[0]: float(row.columns[1]) for row in rows(_file(folder, LINKS), 3)}

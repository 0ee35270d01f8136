"""The weights of what is observed on candidates, learned for each language and for all of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..language.tables import rows
from ..lexicon import LANGUAGES

FILE: Final = "speakers.tsv"


def file_of(folder: Path, name: str) -> Path:
    """A file of weights of a language; of one that nobody has learned from, what was learned from all others."""
    own = folder / "weights" / name
    return own if own.is_file() else LANGUAGES / name


@functools.cache
def weights(folder: Path) -> Mapping[str, Mapping[str, float]]:
    """Situation -> observation -> weight, of the language of a pack."""
    learned = [row.columns for row in rows(file_of(folder, FILE), 7)]
    return {
        situation: {row[0]: float(row[column]) for row in learned[1:]} for column, situation in enumerate(learned[0][1:-1], 1)
    }

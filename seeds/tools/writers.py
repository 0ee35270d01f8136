"""Who wrote what, and which part of the corpus it is in: ``seeds/writers.tsv``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

SPLITS: Final = ("train", "tune", "test")
FILE: Final = Path(__file__).resolve().parents[1] / "writers.tsv"


@attrs.frozen
class Writer:
    """A writer profile.

    Attributes:
        split: train, tune or test; all documents of a writer are in one.
        passes: how often the annotation was made: 1 by the writer, 2 read once more by another, "blind" annotated twice without
            a look at the first, and the two settled by a third.
        outlet, country, register, layout: what is the writer's own.
    """

    id: str
    language: str
    split: str
    passes: str
    outlet: str
    country: str
    register: str
    layout: str


def read(path: Path = FILE) -> dict[str, Writer]:
    """The writers by their ids.

    Raises:
        ValueError: for an unknown split or an id that stands twice.
    """
    found: dict[str, Writer] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            writer = Writer(*line.split("\t"))
            if writer.split not in SPLITS or writer.id in found:
                raise ValueError(f"{path.name}: {line[:60]!r}: no such split, or the writer stands twice")
            found[writer.id] = writer
    return found


WRITERS: Final = read()

"""Annotated corpora, and the part of a vocabulary that their texts need."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from quoteminer_neural import stored
from quoteminer_neural.pieces import END, PAD, START, UNKNOWN
from quoteminer_neural.unigrams import SPACE

TRAINING: Final = frozenset({"train"})
"""Names of the part of a corpus that is for training."""
TUNING: Final = frozenset({"tune", "dev"})
"""And of that for thresholds."""


def records(path: Path, splits: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """The records of an annotated corpus, one JSON object a line with ``text`` and ``quotes`` or ``claims``.

    Args:
        splits: leave out what says that it belongs to another part of its corpus, so that nothing that is kept for testing is learned by mistake.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            split = record.get("meta", {}).get("split")
            if not splits or split is None or split in splits:
                yield record


def restricted_vocabulary(full: list[str], texts: Iterable[str], least: int) -> list[str]:
    """The special pieces, all single characters, and the pieces that occur at least ``least`` times in ``texts``; in the old order.

    A word whose piece is gone is cut into smaller pieces that are there. ``full`` and what is given are lines of a vocabulary.
    """
    cutter = stored.cut_by(full)
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(cutter(text).ids.tolist())
    always = {PAD, UNKNOWN, START, END, SPACE}

    def stays(number: int, piece: str) -> bool:
        bare = piece.removeprefix("##").removeprefix(SPACE)
        return piece in always or counts[number] >= least or (len(bare) == 1 and (ord(bare) < 0x250 or counts[number] > 0))

    return [line for number, (line, piece) in enumerate(zip(full, cutter.pieces, strict=True)) if stays(number, piece)]

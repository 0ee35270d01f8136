"""Annotated corpora, and the part of a vocabulary that their texts need."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quoteminer_neural.wordpieces import END, PAD, START, UNKNOWN, WordPieces


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of an annotated corpus, one JSON object a line with ``text`` and ``quotes`` or ``claims``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def restricted_vocabulary(full: list[str], texts: Iterable[str], least: int) -> list[str]:
    """The special pieces, all single characters, and the pieces that occur at least ``least`` times in ``texts``; in the old order.

    A word whose piece is gone is cut into smaller pieces that are there.
    """
    wordpieces = WordPieces(full)
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(wordpieces(text).ids.tolist())
    special = {PAD, UNKNOWN, START, END}
    return [
        piece
        for number, piece in enumerate(full)
        if piece in special
        or counts[number] >= least
        or (len(piece.removeprefix("##")) == 1 and (ord(piece[-1]) < 0x250 or counts[number]))
    ]

"""The texts that benchmarks run on: annotated corpora where they are, else our own seeds."""

from __future__ import annotations

import os
from itertools import cycle
from pathlib import Path

import attrs

from quoteminer import Document, Scope
from quoteminer.evaluation import read_annotated

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
MEGABYTE = 1_000_000


@attrs.frozen
class Texts:
    """Documents of one origin, what to call them in a report, the files that hold them with their annotation, and in what scope that is."""

    name: str
    documents: tuple[Document, ...]
    gold: tuple[Path, ...] = ()
    scope: Scope = "speech"

    @property
    def size(self) -> int:
        """Characters in all."""
        return sum(len(document.text) for document in self.documents)

    def __str__(self) -> str:
        return f"{self.name} ({len(self.documents)} documents, {self.size:,} characters)"


def corpora() -> Path:
    """The folder of annotated corpora; may not exist."""
    return ROOT / os.environ.get("QUOTEMINER_CORPORA", "../shared/corpora")


def challenge() -> Path:
    """Our hard cases with gold, which lie beside the corpora; may not exist."""
    return corpora().parent / "challenge" / "dev.jsonl"


def polnear() -> Path:
    """The development part of PolNeAR: political news."""
    return corpora() / "polnear" / "dev.jsonl"


def read(path: Path, language: str = "en") -> tuple[Document, ...]:
    """The documents of one language in a file of annotated documents, without their annotation."""
    return tuple(item.document for item in read_annotated([path], []) if item.document.language == language)


def scope_of(path: Path) -> Scope:
    """The scope in which the first document of a file is annotated."""
    return next((item.scope for item in read_annotated([path], [])), "speech")


def seeds() -> Texts:
    """Our own annotated documents, which are always there."""
    files = tuple(sorted(SEEDS.glob("*.gold.jsonl")))
    return Texts("seeds", tuple(document for path in files for document in read(path)), files)


def news() -> Texts:
    """News to measure speed on: PolNeAR, or the seeds repeated to about the same size."""
    if polnear().exists():
        return Texts("PolNeAR dev", read(polnear()), scope=scope_of(polnear()))
    ours = seeds()
    documents = tuple(attrs.evolve(document, id=f"{document.id}-{number}") for number in range(15) for document in ours.documents)
    return Texts("seeds repeated, for want of the corpora", documents)


def of_size(texts: Texts, size: int) -> str:
    """One text of exactly ``size`` characters: documents one after another, over and over, the last one cut."""
    pieces: list[str] = []
    missing = size
    for document in cycle(texts.documents):
        piece = (document.text + "\n\n")[:missing]
        pieces.append(piece)
        missing -= len(piece)
        if not missing:
            return "".join(pieces)
    raise ValueError("no documents to make a text of")


# What each repeats is what a rule might search to the end of the text for, again and again.
HOSTILE = {
    "opening quotation marks": "“",
    "straight quotation marks": '"',
    "quotations that never close": "“We will not wait. ",
    "unclosed ones, a paragraph each": "“We will not wait,” she said, “until the\n\n",
    "one line without a space": "a",
    "“said” over and over": "said ",
    "capitalised names without an end": "Anna Maria ",
}


def hostile(name: str, size: int) -> str:
    """A text of ``size`` characters that is meant to be slow."""
    unit = HOSTILE[name]
    return (unit * (size // len(unit) + 1))[:size]

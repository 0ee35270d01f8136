"""Real texts: pieces of the training parts of annotated corpora to be changed, and whole documents and novels to be mined as they are.

The folder of the corpora is found as the benchmarks find it (``QUOTEMINER_CORPORA``); where it is absent, the seeds and the tests' own texts
take its place. Only files named ``train`` or ``dev`` are ever opened.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from quoteminer import Document
from quoteminer.testing.texts import HOSTILE
from tests.benchmarks.texts import corpora

from .mutation import CORPUS, LONGEST, unescaped

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PARTS: Final = ("train", "dev")
#: The rules read English: most pieces are, and the others are mined as if they were.
_ENGLISH: Final = 0.8
#: Code points of a piece: mostly a sentence or two, at times a paragraph.
_LENGTHS: Final = (20, 60, 120, 200, 400)
_BETWEEN: Final = ("\n\n", "\n", " ", "", "\r\n\r\n")


def known_texts() -> list[str]:
    """The paragraphs of the seeds, known trouble, and what earlier runs found."""
    texts = [text for text in HOSTILE.values() if len(text) <= LONGEST]
    texts += [unescaped(line) for line in (CORPUS / "texts.txt").read_text(encoding="utf-8").split("\n") if line]
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        texts += [paragraph for paragraph in paragraphs if 20 < len(paragraph) <= 300]
        texts += ["\n\n".join(pair) for pair in zip(paragraphs[::4], paragraphs[1::4], strict=False) if len("".join(pair)) < 300]
    return texts


def records(part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of one part of all corpora, each with the name of its corpus; none where there are no corpora.

    Raises:
        ValueError: when the part is neither ``train`` nor ``dev``.
    """
    if part not in PARTS:
        raise ValueError(f"part: {part!r} is not one of {', '.join(PARTS)}")
    for path in sorted(corpora().glob(f"*/{part}.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield path.parent.name, json.loads(line)


class Pieces:
    """Pieces of texts, cut anywhere: a call gives one.

    Args:
        texts: the texts by corpus and language; each corpus is as likely as another, so that the largest does not crowd out the rest.
    """

    def __init__(self, texts: Mapping[tuple[str, str], Sequence[str]]) -> None:
        self._english = [found for (_, language), found in sorted(texts.items()) if language == "en"]
        self._others = [found for (_, language), found in sorted(texts.items()) if language != "en"]

    @classmethod
    def of_corpora(cls) -> Pieces:
        """Of the training parts, or of our own texts where there are no corpora."""
        texts: dict[tuple[str, str], list[str]] = {}
        for name, record in records("train"):
            if record["text"]:
                texts.setdefault((name, record["lang"]), []).append(record["text"])
        return cls(texts or {("ours", "en"): [text for text in known_texts() if text]})

    def __call__(self, rng: random.Random) -> str:
        """One piece, or two that do not belong together."""
        piece = self._cut(rng)
        if rng.random() < 0.15:
            piece += rng.choice(_BETWEEN) + self._cut(rng)
        return piece

    def _cut(self, rng: random.Random) -> str:
        group = self._english if self._english and (not self._others or rng.random() < _ENGLISH) else self._others
        text = rng.choice(rng.choice(group))
        at = rng.randrange(len(text))
        if rng.random() < 0.7:
            # At the beginning of a sentence or line, where there is one near: what is cut in a word is soon unlike any text.
            near = [text.rfind(sign, max(0, at - 300), at) + len(sign) for sign in (". ", "\n", "” ", '" ') if sign in text[max(0, at - 300) : at]]
            at = max(near, default=at)
        return text[at : at + rng.randint(1, rng.choice(_LENGTHS))]


def documents(parts: Sequence[str] = PARTS) -> Iterator[Document]:
    """Every document of the corpora, then each novel whose chapters or chunks stand in them as one text; the seeds where there are none.

    Ids begin with corpus and part.
    """
    any_there = False
    for part in parts:
        novels: dict[str, list[tuple[int, str]]] = {}
        for name, record in records(part):
            any_there = True
            meta = record.get("meta") or {}
            if "novel" in meta:
                novels.setdefault(f"{name}/{part}/{meta['novel']}", []).append((meta.get("char_offset", 0), record["text"]))
            yield Document(record["text"], id=f"{name}/{part}/{record['id']}", language=record["lang"])
        for novel, chunks in sorted(novels.items()):
            yield Document("".join(text for _, text in sorted(chunks)), id=f"{novel} (whole)")
    if not any_there:
        for path in sorted((ROOT / "seeds").glob("*.txt")):
            yield Document(path.read_text(encoding="utf-8"), id=f"seeds/{path.name}")

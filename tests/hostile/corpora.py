"""Real texts: pieces of the training parts of annotated corpora to be changed, and whole documents and novels to be mined as they are.

The folder of the corpora is found as the benchmarks find it (``QUOTEMINER_CORPORA``); where it is absent, the seeds and the tests' own texts
take its place. Only files named ``train`` or ``dev`` are ever opened.
"""

from __future__ import annotations

import json
import random
import re
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
_ENGLISH: Final = 0.88
#: Code points on either side of what makes a piece worth reading: mostly a sentence or two, at times a paragraph.
_LENGTHS: Final = (15, 60, 120, 240, 400)
#: A piece has one of these in it, most of the time, so that there is something to find in it and something to break.
_WORTH_READING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d[\d,.]*\W(?:percent|per cent|million|billion|thousand|years?|months|days|people|dollars|jobs|miles|votes)|[$€£]\d|\d%",
        r"\w+ed by |\b(?:written|given|made|seen|known) by ",
        r"\b(?:said|says|told|asked|wrote|added|argued|warned|claimed|suggested|denied|announced|called)\b",
        r"\baccording to\b|\b[Rr]eport|\b[Cc]laim|\bthat\b",
        r"[“”\"«»„‘]",
        r"[“\"][^“”\"\n]{1,60}[‘'«][^“”\"\n]{1,60}[’'»]",
        r"\b(?:January|March|April|June|July|August|October|December|Monday|Tuesday|Friday|Sunday)\b|\b(?:19|20)\d\d\b",
        r"[—–:;()]",
        r"\bwill\b|\bwould\b|\bmore than\b|\bbecause\b|\b(?:rose|fell|increased|cut|higher|lower)\b",
    )
)
_FAR: Final = 20_000
"""Code points to look ahead for it."""
_TRIES: Final = 4
_ENDINGS: Final = (". ", "\n", "” ", '" ')
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
        before, after = rng.choice(_LENGTHS), rng.choice(_LENGTHS)
        for _ in range(_TRIES):
            text = rng.choice(rng.choice(group))
            at = rng.randrange(len(text))
            found = rng.choice(_WORTH_READING).search(text, at, at + _FAR)
            if found:
                at = found.end() if rng.random() < 0.3 else found.start()
                break
        start = max(0, at - rng.randint(0, before))
        if rng.random() < 0.6:
            # At the beginning of a sentence or line, where there is one near: what is cut in a word is soon unlike any text.
            near = [text.rfind(sign, start, at) + len(sign) for sign in _ENDINGS if sign in text[start:at]]
            start = min(near, default=start)
        return text[start : max(start + 1, at + rng.randint(0, after))]


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

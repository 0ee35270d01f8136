"""Quotes against gold: one-to-one by intersection over union of word tokens, at least one half."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quoteminer import Extraction, Quote

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def gold_documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name of the file and gold of each seed, in order of names."""
    for path in sorted(folder.glob("*.gold.jsonl")):
        yield path.name.removesuffix(".gold.jsonl"), json.loads(path.read_text(encoding="utf-8"))


def words(text: str, spans: Any) -> frozenset[int]:
    """Offsets of the word tokens in spans; a leading complementiser does not count."""
    found = [match.start() for start, end in spans for match in _WORD.finditer(text, start, end)]
    if len(found) > 1:
        first = _WORD.match(text, found[0])
        if first is not None and first.group().lower() in ("that", "whether"):
            found = found[1:]
    return frozenset(found)


def matched(gold: dict[str, Any], extraction: Extraction) -> list[tuple[dict[str, Any] | None, Quote | None]]:
    """Pairs of gold and found quotes; ``None`` stands for the missing side."""
    text = gold["text"]
    wanted = [words(text, quote["content"]) for quote in gold["quotes"]]
    found = [words(text, quote.content) for quote in extraction.quotes]
    candidates = []
    for i, left in enumerate(wanted):
        for j, right in enumerate(found):
            union = len(left | right)
            if union and len(left & right) / union >= 0.5:
                candidates.append((-len(left & right) / union, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    result: list[tuple[dict[str, Any] | None, Quote | None]] = [
        (quote, extraction.quotes[pairs[i]] if i in pairs else None) for i, quote in enumerate(gold["quotes"])
    ]
    return result + [(None, quote) for j, quote in enumerate(extraction.quotes) if j not in taken]


def counts(gold: dict[str, Any], extraction: Extraction) -> dict[str, int]:
    """What came out right, and what was found that is not there, for direct quotations."""
    result = dict.fromkeys(("gold", "found", "exact", "cue", "source", "speaker", "false"), 0)
    for wanted, quote in matched(gold, extraction):
        if wanted is None:
            assert quote is not None
            result["false"] += quote.kind == "direct"
            continue
        if wanted["kind"] != "direct":
            continue
        result["gold"] += 1
        if quote is None:
            continue
        result["found"] += 1
        result["exact"] += [list(span) for span in quote.content] == wanted["content"]
        # An interrupted quotation may have two cues; the first is the one that counts.
        result["cue"] += [list(span) for span in quote.cue][:1] == wanted["cue"][:1]
        result["source"] += ([list(quote.source)] if quote.source else []) == wanted["source"][:1]
        speaker = extraction.speaker(quote.speaker)
        result["speaker"] += (speaker.name if speaker else None) == wanted["speaker"]
    return result

"""What each tool found, in our own form, so that all are measured by the same yardstick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from quoteminer import Document, Extraction, Issue, Provenance, Quote, Span

from .peer_environment import CACHE


def extraction(tool: str, version: str, document: Document, result: Mapping[str, Any]) -> Extraction:
    """One document's result of a tool. A document that it lost has no quotes and an issue that says why."""
    if result["error"] is not None:
        return Extraction(document, issues=[Issue(tool, document.id, result["error"], "error")])
    if result["found"] and "schema" in result["found"][0]:
        return Extraction.from_dict(result["found"][0])
    provenance = Provenance(tool, version=version)
    quotes = [
        Quote(
            [Span(*span) for span in found["content"]],
            "direct",
            cue=[Span(*span) for span in found["cue"]],
            source=None if found["source"] is None else Span(*found["source"]),
            provenance=provenance,
            id=f"q{number}",
        )
        for number, found in enumerate(result["found"], 1)
    ]
    return Extraction(document, quotes)


def file(tool: str, corpus: str) -> Path:
    """Where the predictions of a tool on a corpus are written: outside git, because they hold the corpus's texts."""
    name = f"{tool}-{corpus}".lower().translate(str.maketrans(" :,/", "----"))
    return CACHE / "predictions" / f"{name}.jsonl"


def write(path: Path, extractions: Iterable[Extraction]) -> None:
    """JSON Lines, one document a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(item.to_json() + "\n" for item in extractions), encoding="utf-8")

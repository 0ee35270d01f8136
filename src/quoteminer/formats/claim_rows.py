"""Claims one by one: as rows of a CSV table and as JSON Lines, each with what is needed to read it without its document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ..annotations import Claim
from ..extraction import Extraction
from ..frozen import thaw
from ..json_form import dumps
from . import sheets

Item = tuple[Extraction, Claim]
COLUMNS: Final = (
    "rank", "check_worthiness", "kind", "claimant", "sentence", "words", "modality", "negated", "document", "start", "end", "quote",
)  # fmt: skip


def row(rank: int, item: Item) -> dict[str, Any]:
    """One claim by column; ``start`` and ``end`` are code points of the document's text."""
    extraction, claim = item
    claimant = extraction.speaker(claim.claimant)
    return {
        "rank": rank,
        "check_worthiness": claim.check_worthiness,
        "kind": claim.kind,
        "claimant": None if claimant is None else claimant.name,
        "sentence": claim.standalone(extraction).text,
        "words": claim.text(extraction.document),
        "modality": claim.modality,
        "negated": claim.negated,
        "document": extraction.document.id,
        "start": claim.spans[0].start,
        "end": claim.spans[-1].end,
        "quote": claim.quote,
    }


def as_csv(items: Iterable[Item], *, delimiter: str = ",") -> str:
    """A table with a heading; lone surrogates, which no file can hold, are written as escapes.

    A spreadsheet runs no cell as a formula: an apostrophe stands before a text that begins like one.
    """
    return (
        delimiter.join(COLUMNS)
        + "\n"
        + "".join(sheets.line(row(rank, item).values(), delimiter=delimiter, end="\n") for rank, item in enumerate(items, 1))
    )


def as_json_lines(items: Iterable[Item]) -> str:
    """One object a claim, in the order of the table, with its spans, quantities and times."""
    return "".join(dumps(record(rank, item)) + "\n" for rank, item in enumerate(items, 1))


def record(rank: int, item: Item) -> dict[str, Any]:
    """One claim as a value of JSON: its row, with spans, quantities, times and what found it why."""
    claim = item[1]
    return {
        **row(rank, item),
        "spans": [list(span) for span in claim.spans],
        "quantities": [{"span": list(q.span), "value": q.value, "unit": q.unit} for q in claim.quantities],
        "times": [{"span": list(time.span), "value": time.value} for time in claim.times],
        "provenance": thaw(claim.provenance.detail),
    }

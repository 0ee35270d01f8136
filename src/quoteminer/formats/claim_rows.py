"""Claims one by one: as rows of a CSV table and as JSON Lines, each with what is needed to read it without its document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from ..annotations import Claim
from ..extraction import Extraction
from ..frozen import thaw
from ..json_form import dumps

Item = tuple[Extraction, Claim]
COLUMNS: Final = (
    "rank", "check_worthiness", "kind", "claimant", "sentence", "words", "modality", "negated", "document", "start", "end", "quote",
)  # fmt: skip
#: How a cell begins that spreadsheets run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


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


def as_csv(items: Iterable[Item]) -> str:
    """A table with a heading; lone surrogates, which no file can hold, are written as escapes.

    A spreadsheet runs no cell as a formula: an apostrophe stands before a text that begins like one.
    """
    return ",".join(COLUMNS) + "\n" + "".join(_line(row(rank, item).values()) for rank, item in enumerate(items, 1))


def _line(values: Iterable[Any]) -> str:
    # Before Python 3.13 a field with a carriage return is put into quotation marks only where that belongs to the end of a line.
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([_plain(value) for value in values])
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_json_lines(items: Iterable[Item]) -> str:
    """One object a claim, in the order of the table, with its spans, quantities and times."""
    lines = []
    for rank, item in enumerate(items, 1):
        claim = item[1]
        more = {
            "spans": [list(span) for span in claim.spans],
            "quantities": [{"span": list(q.span), "value": q.value, "unit": q.unit} for q in claim.quantities],
            "times": [{"span": list(time.span), "value": time.value} for time in claim.times],
            "provenance": thaw(claim.provenance.detail),
        }
        lines.append(dumps({**row(rank, item), **more}) + "\n")
    return "".join(lines)

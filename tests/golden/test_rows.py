"""The rows of a seed's gold, as JSON and as CSV, are those that were written once: ``python -m tests.golden.test_rows`` writes them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, Final

import pytest

from quoteminer import Claim, Document, Extraction, Issue, Quantity, Quote, Speaker
from quoteminer.formats.sheets import SheetWriter
from quoteminer.tabular import COLUMNS

from . import floors

SEED: Final = "parliament-canals"
ROWS: Final = Path(__file__).parent / f"{SEED}.rows.json"
SHEET: Final = Path(__file__).parent / f"{SEED}.rows.csv"


def extraction() -> Extraction:
    """The gold of the seed, which no change of the rules changes, with a claim, of which gold has none."""
    gold = floors.seeds()[SEED]
    ids = {entity["name"]: entity["id"] for entity in gold["entities"]}
    start = gold["text"].index("400 days")
    quotes = [
        Quote(
            quote["content"],
            quote["kind"],
            cue=quote["cue"],
            source=next(iter(quote["source"]), None),
            speaker=ids.get(quote["speaker"]),
            addressee=ids.get(quote["addressee"]),
            parent=quote["nested_in"],
            modality=quote["modality"] or "asserted",
            id=quote["id"],
        )
        for quote in gold["quotes"]
    ]
    speakers = [
        Speaker(entity["id"], entity["name"], role=entity["role"], mentions=entity["mentions"]) for entity in gold["entities"]
    ]
    days = Quantity((start, start + 3), value=400, unit="days")
    claim = Claim([(start, start + 8)], "quantity", claimant=quotes[0].speaker, quote=quotes[0].id, quantities=[days], id="c1")
    metadata = {"date": "2026-05-20", "url": "https://example.org/canals"}
    issue = Issue("reader", SEED, "the date of the page is not that of its address", "info")
    return Extraction(Document(gold["text"], id=SEED, title="Canals", metadata=metadata), quotes, speakers, [claim], [issue])


def as_json() -> str:
    found: dict[str, Any] = {of: extraction().rows(of) for of in ("quotes", "speakers", "claims", "mentions", "issues")}
    assert set(found) == set(COLUMNS)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_csv() -> bytes:
    stream = io.BytesIO()
    SheetWriter("csv", ",").write([extraction()], stream)
    return stream.getvalue()


def test_rows_of_the_seed_are_those_of_the_golden_file():
    assert as_json() == ROWS.read_text(encoding="utf-8")


def test_the_sheet_of_the_seed_is_the_golden_file():
    assert as_csv() == SHEET.read_bytes()


@pytest.mark.parametrize("of", COLUMNS)
def test_the_seed_has_rows_of_every_kind(of: Any):
    assert extraction().rows(of)


if __name__ == "__main__":
    ROWS.write_text(as_json(), encoding="utf-8")
    SHEET.write_bytes(as_csv())

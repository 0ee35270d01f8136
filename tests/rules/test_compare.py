"""The comparison of the rules with what they were tells what went, what came, and what of it is right."""

from __future__ import annotations

import attrs
import pytest

from quoteminer import Claim, Document, Extraction, Quote, Speaker
from quoteminer.evaluation import AnnotatedClaim, AnnotatedDocument, AnnotatedQuote, Entity

from . import compare

TEXT = "“It works well today,” said Ada. “Not at all now,” said Bob. It was closed in 2019."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


FIRST, SECOND, CLOSED = span("It works well today,"), span("Not at all now,"), span("It was closed in 2019")
DOCUMENT = Document(TEXT, id="d")
ADA, BOB = Speaker("a", "Ada"), Speaker("b", "Bob")
GOLD = AnnotatedDocument(
    document=DOCUMENT,
    corpus="c",
    quotes=(AnnotatedQuote(id="1", content=(compare._span(FIRST),), kind="direct", speaker=Entity(name="Ada")),),
    claims=(AnnotatedClaim(id="1", spans=(compare._span(CLOSED),)),),
)


def extraction(*quotes: tuple[tuple[int, int], str], claims: int = 0) -> Extraction:
    return Extraction(
        DOCUMENT,
        [Quote([content], "direct", speaker=speaker, id=f"q{at}") for at, (content, speaker) in enumerate(quotes)],
        [ADA, BOB],
        [Claim([CLOSED], "event", id="c")][:claims],
    )


def test_equal_results_are_all_in_both():
    one = extraction((FIRST, "a"), (SECOND, "b"), claims=1)
    totals = compare.compared([one], [one], [GOLD])
    assert {kind: attrs.astuple(total) for kind, total in totals.items()} == {
        "quotes": (2, 0, 0, 0, 0),
        "speakers": (2, 0, 0, 0, 0),
        "claims": (1, 0, 0, 0, 0),
    }


def test_what_goes_and_comes_is_judged_by_gold(capsys):
    before, now = extraction((FIRST, "a"), (SECOND, "b")), extraction((FIRST, "b"), claims=1)
    totals = compare.compared([before], [now], [GOLD], show=True)
    assert {kind: attrs.astuple(total) for kind, total in totals.items()} == {
        "quotes": (1, 0, 1, 0, 0),
        "speakers": (0, 1, 1, 0, 1),
        "claims": (0, 0, 0, 1, 0),
    }
    assert "gone right speakers d: 'It works well today,'" in capsys.readouterr().out


def test_the_rules_as_they_were_still_run():
    pytest.importorskip("tests.rules_before", reason="a source archive has no copy of the rules as they were")
    old, new = (compare.miner_of(side).mine(TEXT) for side in compare.SIDES)
    assert [quote.text(old.document) for quote in old] == [quote.text(new.document) for quote in new] != []

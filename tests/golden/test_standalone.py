"""Claims as sentences that can be read alone, against sentences that were written from the text."""

from __future__ import annotations

from pathlib import Path

from quoteminer import Claim, Extraction, Miner
from quoteminer.evaluation import seeds

FILE = Path(__file__).with_name("standalone.tsv")
#: So many come out word for word; most others need what stands outside of the sentence, and are left with a reason.
SAME = 9
OPEN = 50


def expected() -> list[tuple[str, int, int, str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(document, int(start), int(end), sentence) for document, start, end, sentence in rows]


def claim_at(extraction: Extraction, start: int, end: int) -> Claim:
    """A claim of the innermost quotation around it."""
    around = [quote for quote in extraction.quotes if any(span.start <= start and end <= span.end for span in quote.content)]
    quote = min(around, key=lambda quote: sum(len(span) for span in quote.content), default=None)
    found = [claim for claim in extraction.claims if any(span.start < end and start < span.end for span in claim.spans)]
    times = [time for claim in found for time in claim.times if start <= time.span.start and time.span.end <= end]
    return Claim([(start, end)], "other", claimant=quote and quote.speaker, quote=quote and quote.id, times=times)


def test_sentences_say_who_and_what():
    documents = {one.document.id: one.document for one in seeds("train", "en")}
    rows = expected()
    assert len(rows) >= 60
    miner, extractions = Miner(["rules"]), {}
    same = named = 0
    for document, start, end, sentence in rows:
        if document not in extractions:
            extractions[document] = miner.mine(documents[document])
        extraction = extractions[document]
        alone = claim_at(extraction, start, end).standalone(extraction)
        same += alone.text == sentence
        named += alone.text != sentence and bool(alone.missing)
    assert same >= SAME
    assert named >= OPEN

"""What a fuzzer calls: each target takes any bytes, checks what must hold, and gives what it saw of the program's behaviour.

A target raises when something does not hold. What it gives is hashable; an input that shows a new one is worth changing further.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import tempfile
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

import attrs

from quoteminer import Document, Extraction, Issue, Miner, Provenance, Quote, QuoteminerError, Span, Speaker
from quoteminer.evaluation.gold import read_annotated
from quoteminer.formats import claim_rows, read_stream, readers, schema_org, writers
from quoteminer.formats.decoding import BOM
from quoteminer.json_form import dumps, loads
from quoteminer.merging.overlap import overlap
from quoteminer.merging.quotes import reconcile
from quoteminer.spans import to_span, to_spans
from quoteminer.testing.grammar import Edit, Moved
from quoteminer.text import marks
from quoteminer.vocabulary import SCOPES
from quoteminer_rules import lexicon
from quoteminer_rules.reading import blocks
from quoteminer_rules.reading.chunks import chunker
from quoteminer_rules.reading.passages import Passage

from . import checks
from .mutation import to_bytes, to_text

AGAIN: Final = Miner(["rules"])


def mine(data: bytes, plugins: tuple[str, ...] = ("rules",)) -> Hashable:
    """Any text through all rules: what must hold of any result, the same again, and the writers of claims."""
    text = to_text(data)
    extraction = checks.mined(Document(text), plugins)
    if extraction.claims:
        _written_claims(extraction)
    assert plugins != ("rules",) or AGAIN.mine(text) == extraction, "a second miner finds something else"
    return (
        frozenset(
            (quote.kind, quote.layout, len(quote.content), bool(quote.cue), quote.parent is None) for quote in extraction.quotes
        ),
        frozenset((claim.kind, claim.modality, claim.negated) for claim in extraction.claims),
        frozenset(speaker.kind for speaker in extraction.speakers),
    )


def through(data: bytes, plugins: tuple[str, ...] = ("rules",)) -> Hashable:
    """Any text through all plugins in both scopes: what must hold of any result."""
    text = to_text(data)
    seen = []
    for scope in SCOPES:
        extraction = checks.mined(Document(text), plugins, scope)
        seen.append((len(extraction.quotes), len(extraction.speakers), len(extraction.claims)))
    return tuple(seen)


def _written_claims(extraction: Extraction) -> None:
    items = [(extraction, claim) for claim in extraction.claims]
    rows = list(csv.DictReader(io.StringIO(claim_rows.as_csv(items), newline="")))
    assert [row["rank"] for row in rows] == [str(n) for n in range(1, len(items) + 1)], "rows of the table are torn"
    for written in (claim_rows.as_json_lines(items), schema_org.as_json_lines(items)):
        lines = written.split("\n")
        assert lines.pop() == ""
        assert len(lines) == len(items)
        for line in lines:
            loads(line)
            line.encode("utf-8")
    for _, claim in items:
        alone = claim.standalone(extraction)
        for span in (*alone.changed, *alone.unresolved):
            assert Document(alone.text)[span]


def form(data: bytes) -> Hashable:
    """Any bytes as a line of the JSON form: an error that says why, or an extraction that JSON gives back."""
    line = to_text(data)
    try:
        extraction = Extraction.from_json(line)
    except QuoteminerError as error:
        return type(error).__name__, str(error).split(":", 1)[0][:40]
    again = Extraction.from_json(extraction.to_json())
    assert again == extraction, "JSON gives something else back"
    assert hash(again) == hash(extraction)
    for quote in extraction.quotes:
        quote.text(extraction.document)
    return len(extraction.quotes), len(extraction.speakers), len(extraction.claims), len(extraction.issues)


def files(data: bytes) -> Hashable:
    """Any bytes through every reader, and what was read through every writer and back."""
    seen: list[Hashable] = []
    sources = {name: reader.read(io.BytesIO(data), name="f") for name, reader in readers().items()}
    sources["stream"] = read_stream(io.BytesIO(data), name="f")
    # Most readers give the same text or none, and some writers are slow.
    done: set[tuple[str, ...]] = set()
    for name, found in sources.items():
        documents: list[Document] = []
        reasons: list[str] = []
        for item in found:
            assert isinstance(item, (Document, Issue))
            if isinstance(item, Document):
                documents.append(item)
            else:
                assert item.message.startswith("f"), f"{name} does not say where: {item.message}"
                reasons.append(item.message.partition(": ")[2][:12])
        if name == "text" and documents:
            assert to_bytes(documents[0].text) == data.removeprefix(BOM), "the text is not the file's"
        texts = tuple(document.text for document in documents)
        known = texts in done
        done.add(texts)
        for writer in () if known else writers().values():
            stream = io.BytesIO()
            writer.write(map(Extraction, documents), stream)
            if writer.name == "jsonl":
                back = list(readers()[writer.name].read(io.BytesIO(stream.getvalue())))
                assert back == documents, f"{writer.name} loses something"
            elif writer.name in ("csv", "tsv"):
                # A table of quotes; there are none.
                assert stream.getvalue().decode().count("\n") == 1, f"{writer.name} has a row too many"
        seen.append((name, min(3, len(documents)), frozenset(reasons)))
    return tuple(seen)


def annotated(data: bytes) -> Hashable:
    """Any bytes as a file of annotated documents: records with valid spans, and an issue for each that is none."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(data)
        file.flush()
        issues: list[Issue] = []
        found = list(read_annotated([file.name], issues))
    assert found or issues
    for document in found:
        for quote in document.quotes:
            for span in (*quote.content, *quote.cue, *quote.sources):
                assert document.document[span]
        for claim in document.claims:
            for span in claim.spans:
                assert document.document[span]
    kinds = frozenset(issue.message.rpartition(": ")[2][:16] for issue in issues)
    return min(3, len(found)), sum(len(document.quotes) for document in found), kinds


class Numbers:
    """Small numbers from bytes; zeros when there are no more."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __call__(self, below: int) -> int:
        value = self._data[self._at] if self._at < len(self._data) else 0
        self._at += 1
        return value % below

    def more(self) -> bool:
        """Whether bytes are left."""
        return self._at < len(self._data)


_KINDS: Final = ("direct", "indirect", "mixed")
_SIZE: Final = 64


def _drawn_spans(number: Numbers, most: int) -> list[Span]:
    """At most so many spans in a text of ``_SIZE`` characters, apart from each other."""
    at = number(_SIZE - 8)
    spans: list[Span] = []
    for _ in range(1 + number(most)):
        end = at + 1 + number(12)
        if end > _SIZE:
            break
        spans.append(Span(at, end))
        at = end + number(3)
        if at >= _SIZE:
            break
    return spans


def _drawn_quotes(number: Numbers, extractor: str) -> list[Quote]:
    quotes: list[Quote] = []
    for n in range(number(6)):
        content = _drawn_spans(number, 2)
        if not content:
            continue
        free = [Span(at, at + 1) for at in range(_SIZE) if not any(span.start <= at < span.end for span in content)]
        shape = number(8)
        quotes.append(
            Quote(
                content,
                _KINDS[number(3)],
                cue=[free[number(len(free))]] if shape & 1 else (),
                source=free[number(len(free))] if shape & 2 else None,
                parent=quotes[number(len(quotes))].id if shape & 4 and quotes else None,
                confidence=(1 + number(9)) / 10,
                provenance=Provenance(extractor),
                id=f"{n}",
            )
        )
    return quotes


def merging(data: bytes) -> Hashable:
    """Finds of several extractors: order-free, idempotent, no find lost without one that is the same, valid references."""
    number = Numbers(data)
    results = [(name, _drawn_quotes(number, name)) for name in ("a.x", "b.y", "c.z")[: 1 + number(3)]]
    merged = reconcile(results)
    given = [quote for _, quotes in results for quote in quotes]
    shuffled = [(name, quotes[::-1]) for name, quotes in reversed(results)]
    assert reconcile(shuffled) == merged, "the order of extractors or finds decides"
    assert [quote.id for quote in merged] == [f"q{n}" for n in range(1, len(merged) + 1)]
    contents = {quote.content for quote in given}
    assert {quote.content for quote in merged} <= contents, "a quote that nobody found"
    assert len(merged) >= max((len(quotes) for _, quotes in results), default=0), "finds of one extractor were merged"
    extraction = Extraction(Document("x" * _SIZE), merged)
    assert list(extraction.quotes) == merged, "not in text order"
    again = reconcile([("all", merged)])
    assert again == merged, "reconciling again changes something"
    for quote in given:
        near = [other for other in merged if any(a.overlaps(b) for a in quote.content for b in other.content)]
        assert near, f"{quote.content} is lost"
        assert all(0 < overlap(quote.content, other.content) <= 1 for other in near)
    return len(given), len(merged), sum("+" in quote.provenance.extractor for quote in merged), merged == reconcile(results[:1])


def offsets(data: bytes) -> Hashable:
    """Spans, edits with their moved spans, blocks, marks and tokens of any text: each offset is where it says."""
    text = to_text(data)
    number = Numbers(data[:24])
    document = Document(text)
    start, end = number(256) - 64, number(256) - 64
    try:
        span = to_span([start, end], "span")
    except QuoteminerError:
        assert not 0 <= start < end
    else:
        assert (span.start, span.end, len(span)) == (start, end, end - start)
        if end <= len(text):
            assert document[span] == text[start:end]
        else:
            _refused(lambda: document[span])
    pairs = [(number(40), number(40)) for _ in range(number(4))]
    if not pairs or any(a >= b for a, b in pairs) or any(b > c for (_, b), (c, _) in itertools.pairwise(sorted(pairs))):
        _refused(lambda: to_spans(pairs, "spans"))
    else:
        assert [tuple(item) for item in to_spans(pairs, "spans")] == sorted(pairs)
    if text:
        _moves(text, number)
    english = lexicon.pack_of("en")
    read_by = chunker(english.folder)
    found = marks.find_marks(text)
    assert all(text[a:b] == signs for a, b, signs in found)
    at = 0
    parted = blocks.blocks_of(text, english.conventions)
    for block in parted:
        assert at <= block.start < block.end <= len(text)
        at = block.end
        for stretch in block.stretches:
            assert block.start <= stretch.open <= stretch.start <= stretch.end <= stretch.close <= block.end
        passage = Passage(text, block.start, block.end, block.stretches, english, read_by)
        for i, (a, b, raw) in enumerate(zip(passage.starts, passage.ends, passage.raw, strict=True)):
            assert block.start <= a < b <= block.end
            # The full stop of an abbreviation belongs to the token, not to its word.
            assert i in passage.quotations or text[a:b].removesuffix(".") == raw.removesuffix("."), (text[a:b], raw)
    return len(found) > 0, min(4, len(parted))


def _refused(work: Callable[[], Any]) -> None:
    try:
        result = work()
    except QuoteminerError:
        return
    raise AssertionError(f"{result!r} instead of an error")


def _moves(text: str, number: Numbers) -> None:
    edits = []
    for _ in range(number(4)):
        at = number(len(text))
        edits.append(Edit(at, min(len(text), at + number(3)), "é" * number(3)))
    moved = Moved(text, edits)
    touched = {at for edit in moved.edits for at in range(edit.start, edit.end)}
    for at in range(min(40, len(text))):
        if at not in touched:
            assert Document(moved.text)[moved.span(Span(at, at + 1))] == text[at]


#: By name.
TARGETS: Final[dict[str, Callable[..., Hashable]]] = {
    "mine": mine,
    "mutate": through,
    "sweep": through,
    "form": form,
    "files": files,
    "annotated": annotated,
    "merging": merging,
    "offsets": offsets,
}


def starts(target: str, texts: Sequence[str]) -> list[bytes]:
    """Inputs to begin with: the texts as they are, or in the form that a target reads."""
    rng = random.Random(0)
    if target in ("mine", "mutate", "sweep", "offsets"):
        return [to_bytes(text) for text in texts]
    if target == "merging":
        return [rng.randbytes(rng.randrange(8, 120)) for _ in range(100)]
    chosen = [text for text in texts if len(text) < 200][:120]
    extractions = [AGAIN.mine(text) for text in chosen]
    # A record that has everything there is.
    full = Extraction(Document("“It works,” said Ada.", title="t", metadata={"a": [1, {"b": None}], "c": 0.5}))
    full = attrs.evolve(
        full,
        quotes=[Quote([(1, 10)], "direct", cue=[(12, 16)], source=(17, 20), speaker="s1", addressee="s1", id="q1")],
        speakers=[Speaker("s1", "Ada", role="engineer", kind="person", mentions=[(17, 20)])],
        issues=[Issue("c", "d", "m", "error")],
    )
    lines = [to_bytes(extraction.to_json()) for extraction in [full, *extractions]]
    if target == "form":
        return lines
    gold = [dumps({"id": str(n), "text": text, "quotes": [], "claims": []}).encode() for n, text in enumerate(chosen[:20])]
    gold.append(json.dumps(_RECORD).encode())
    if target == "annotated":
        return [*gold, *lines[:30], *(gold[n] + b"\n" + gold[n + 1] for n in range(0, 10, 2))]
    return [*map(to_bytes, chosen[:60]), *lines[:30], *gold, *(lines[n] + b"\n" + lines[n + 1] for n in range(0, 20, 2))]


#: A record as annotated corpora have them.
_RECORD: Final = {
    "id": "r",
    "corpus": "ours",
    "lang": "en",
    "text": "“It works,” said Ada. Rents rose by 4%.",
    "entities": [{"id": "e1", "name": "Ada", "aliases": ["Ada Byron"], "mentions": [[17, 20]]}],
    "quotes": [
        {
            "id": "q1",
            "kind": "direct",
            "content": [[1, 10]],
            "cue": [[12, 16]],
            "source": [[17, 20]],
            "speaker": "Ada Byron",
            "speaker_entity": "e1",
            "nested_in": None,
            "confidence": 0.5,
            "provenance": {"extractor": "a", "detail": "b"},
        }
    ],
    "claims": [
        {
            "id": "c1",
            "span": [[22, 39]],
            "check_worthy": True,
            "score": 0.7,
            "label": "quantity",
            "claimant": "e1",
            "confidence": 1,
        }
    ],
}

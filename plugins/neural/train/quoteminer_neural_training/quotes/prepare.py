"""From an annotated corpus to arrays that training reads: pieces, for each attribution those of its cue, source and content, and those of claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural import labels
from quoteminer_neural.claims.layer import KINDS
from quoteminer_neural.encoding import Encoded, encode
from quoteminer_neural.pieces import Cutter

COMPLEMENTISERS: Final = frozenset({"that", "whether", "if"})
"""At the head of a content they are in or out at an annotator's whim; training leaves them out, decoding puts them in."""


class Attribution(NamedTuple):
    """One attribution of a text in pieces: ``cue`` as ``(start, end)``, ``spans`` as ``(role, start, end)``."""

    cue: tuple[int, int]
    spans: tuple[tuple[int, int, int], ...]


class Stated(NamedTuple):
    """A claim of a text in pieces: ``parts`` as ``(start, end)``, the number of its kind, and 1 if it deserves a check; -1 where nobody says."""

    parts: tuple[tuple[int, int], ...]
    kind: int
    worth: int


Claims = tuple[Stated, ...] | None
"""Those of a document; ``None`` where nobody looked for any."""


class Example(NamedTuple):
    """An encoded document with its attributions and claims; ``corpus`` names where it comes from."""

    encoded: Encoded
    attributions: tuple[Attribution, ...]
    corpus: str
    claims: Claims = None


def example(record: dict[str, Any], cutter: Cutter, without: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Example:
    """Encode one record. Content loses marks and punctuation at its edges and a complementiser at its head.

    Args:
        without: quotations that are left out: those of which a field, in small letters, is one of the values.
    """
    text = record["text"]
    encoded = encode(text, cutter)
    wordlike = np.array(
        [any(map(str.isalnum, text[start:end])) for start, end in zip(encoded.starts, encoded.ends, strict=True)], dtype=np.bool_
    )

    def pieces(span: list[int]) -> tuple[int, int]:
        start = int(np.searchsorted(encoded.ends, span[0], side="right"))
        end = int(np.searchsorted(encoded.starts, span[1], side="left"))
        return start, end

    def trimmed(start: int, end: int) -> tuple[int, int]:
        while start < end and not wordlike[start]:
            start += 1
        while start < end and not wordlike[end - 1]:
            end -= 1
        return start, end

    found: list[Attribution] = []
    for quote in record["quotes"]:
        if not quote["cue"] or any(str(quote.get(field)).lower() in values for field, values in without.items()):
            continue
        whole = pieces(quote["cue"][0])
        cue = trimmed(*whole)
        cue = cue if cue[0] < cue[1] else whole  # a colon is a cue too
        if cue[0] >= cue[1]:
            continue
        spans: list[tuple[int, int, int]] = []
        for span in quote["source"]:
            start, end = trimmed(*pieces(span))
            if start < end:
                spans.append((labels.SOURCE, start, end))
        contents: list[tuple[int, int]] = []
        for span in sorted(quote["content"]):
            start, end = trimmed(*pieces(span))
            if start >= end:
                continue
            if contents and not wordlike[contents[-1][1] : start].any():
                contents[-1] = (contents[-1][0], end)
            else:
                contents.append((start, end))
        if contents:
            start, end = contents[0]
            if end - start > 1 and text[encoded.starts[start] : encoded.ends[start]].lower() in COMPLEMENTISERS:
                contents[0] = (start + 1, end)
        spans += [(labels.CONTENT, start, end) for start, end in contents]
        found.append(Attribution(cue, tuple(spans)))
    claims = record.get("claims")
    stated = None if claims is None else tuple(_stated(claim, lambda span: trimmed(*pieces(span))) for claim in claims)
    return Example(encoded, tuple(sorted(found)), record.get("corpus", ""), stated)


def _stated(claim: Mapping[str, Any], trimmed: Callable[[list[int]], tuple[int, int]]) -> Stated:
    """A claim of a record. Its score is the share of those who read it that would have it checked."""
    parts = tuple((start, end) for start, end in map(trimmed, sorted(claim["span"])) if start < end)
    kind, score = claim.get("label"), claim.get("score")
    return Stated(parts, KINDS.index(kind) if kind in KINDS else -1, -1 if score is None else int(score > 0.5))


def plain(text: str, cutter: Cutter) -> Document:
    """Encode a text of which nothing is annotated."""
    encoded = encode(text, cutter)
    return Document(encoded.ids, encoded.shapes, encoded.places, encoded.sentence, (), "")


def save(path: Path, examples: Iterable[Example]) -> None:
    """Write examples as one ``.npz`` of plain arrays."""
    columns: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in ("ids", "shapes", "places", "starts", "ends", "sentence")}
    sizes: list[int] = []
    cues: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int, int, int]] = []
    corpora: list[str] = []
    looked: list[bool] = []
    claims: list[tuple[int, ...]] = []
    for number, (encoded, attributions, corpus, stated) in enumerate(examples):
        corpora.append(corpus)
        looked.append(stated is not None)
        for which, claim in enumerate(stated or ()):
            claims += [(number, which, *part, claim.kind, claim.worth) for part in claim.parts]
        for name, column in columns.items():
            column.append(getattr(encoded, name))
        sizes.append(len(encoded))
        for attribution in attributions:
            spans += [(len(cues), *span) for span in attribution.spans]
            cues.append((number, *attribution.cue))
    arrays: dict[str, Any] = {name: np.concatenate(column) for name, column in columns.items()}
    arrays["corpora"] = np.array(corpora, dtype=np.str_)
    arrays["sizes"] = np.array(sizes, dtype=np.int64)
    arrays["cues"] = np.array(cues, dtype=np.int64).reshape(-1, 3)
    arrays["spans"] = np.array(spans, dtype=np.int64).reshape(-1, 4)
    arrays["looked"] = np.array(looked, dtype=np.bool_)
    arrays["claims"] = np.array(claims, dtype=np.int64).reshape(-1, 6)
    np.savez_compressed(path, **arrays)


class Document(NamedTuple):
    """An example as training reads it back: arrays of pieces, attributions, the name of its corpus, and claims."""

    ids: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.bool_]
    attributions: tuple[Attribution, ...]
    corpus: str
    claims: Claims = None


def load(path: Path) -> list[Document]:
    """Read what :func:`save` wrote."""
    with np.load(path, allow_pickle=False) as data:
        bounds = np.concatenate(([0], np.cumsum(data["sizes"])))
        corpora = data["corpora"].tolist()
        columns = [np.split(data[name], bounds[1:-1]) for name in ("ids", "shapes", "places", "sentence")]
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for owner, role, start, end in data["spans"].tolist():
            spans.setdefault(owner, []).append((role, start, end))
        attributions: dict[int, list[Attribution]] = {}
        for number, (document, start, end) in enumerate(data["cues"].tolist()):
            attributions.setdefault(document, []).append(Attribution((start, end), tuple(spans.get(number, ()))))
        claims: dict[int, dict[int, Stated]] = {}
        for document, which, start, end, kind, worth in data["claims"].tolist():
            own = claims.setdefault(document, {})
            before = own[which].parts if which in own else ()
            own[which] = Stated((*before, (start, end)), kind, worth)
        looked = data["looked"].tolist()
    return [
        Document(
            ids,
            shapes,
            places,
            sentence,
            tuple(attributions.get(number, ())),
            corpus,
            tuple(claims.get(number, {}).values()) if looked[number] else None,
        )
        for number, (ids, shapes, places, sentence, corpus) in enumerate(zip(*columns, corpora, strict=True))
    ]

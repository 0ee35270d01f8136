"""From an annotated corpus to arrays that training reads: pieces, and for each attribution the pieces of its cue, source and content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quoteminer_neural import labels
from quoteminer_neural.encoding import Encoded, encode
from quoteminer_neural.pieces import Cutter

COMPLEMENTISERS: Final = frozenset({"that", "whether", "if"})
"""At the head of a content they are in or out at an annotator's whim; training leaves them out, decoding puts them in."""


class Attribution(NamedTuple):
    """One attribution of a text in pieces: ``cue`` as ``(start, end)``, ``spans`` as ``(role, start, end)``."""

    cue: tuple[int, int]
    spans: tuple[tuple[int, int, int], ...]


class Example(NamedTuple):
    """An encoded document with its attributions; ``corpus`` names where it comes from."""

    encoded: Encoded
    attributions: tuple[Attribution, ...]
    corpus: str


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
    return Example(encoded, tuple(sorted(found)), record.get("corpus", ""))


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
    for number, (encoded, attributions, corpus) in enumerate(examples):
        corpora.append(corpus)
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
    np.savez_compressed(path, **arrays)


class Document(NamedTuple):
    """An example as training reads it back: arrays of pieces, attributions, and the name of its corpus."""

    ids: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.bool_]
    attributions: tuple[Attribution, ...]
    corpus: str


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
    return [
        Document(ids, shapes, places, sentence, tuple(attributions.get(number, ())), corpus)
        for number, (ids, shapes, places, sentence, corpus) in enumerate(zip(*columns, corpora, strict=True))
    ]

"""Prodigy: JSON Lines with spans and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from ..extraction import Extraction
from ..json_form import dumps
from .annotated import OURS, as_object, json_lines, reading
from .layers import Layer, Link, Mark, extraction_of, layer_of


class ProdigyFormat:
    """JSON Lines with ``text``, ``spans`` and ``relations``, as Prodigy has them; what it does not know stands under ``quoteminer``."""

    name = "prodigy"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """A line for each document."""
        for extraction in extractions:
            layer = layer_of(extraction)
            by_id = {mark.id: mark for mark in layer.marks}

            def ends(mark: Mark) -> dict[str, Any]:
                return {"start": mark.spans[0][0], "end": mark.spans[0][1], "label": mark.label}

            document = dict(layer.document)
            line = {
                "text": document.pop("text"),
                "meta": document,
                "spans": [
                    {"start": start, "end": end, "label": mark.label, "id": mark.id}
                    for mark in layer.marks
                    for start, end in mark.spans
                ],
                "relations": [
                    {
                        "head_span": ends(by_id[link.head]),
                        "child_span": ends(by_id[link.tail]),
                        "label": link.kind,
                        "head_id": link.head,
                        "child_id": link.tail,
                    }
                    for link in layer.links
                ],
                OURS: {"speakers": layer.speakers, "data": {mark.id: mark.data for mark in layer.marks if mark.data}},
            }
            stream.write(dumps(line).encode("utf-8") + b"\n")
            stream.flush()

    @reading
    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """What was written, also when an annotator has added, moved or removed spans.

        Raises:
            FormatError: for a line that is none.
        """
        for _, value in json_lines(stream):
            line = as_object(value, "the line")
            more = as_object(line.get(OURS, {}), OURS)
            data = as_object(more.get("data", {}), "data")
            spans: dict[str, list[tuple[int, int]]] = {}
            labels: dict[str, str] = {}
            for number, one in enumerate(line.get("spans") or ()):
                identifier = str(as_object(one, "span").get("id") or f"n{number}")
                spans.setdefault(identifier, []).append((one["start"], one["end"]))
                labels[identifier] = one.get("label", "")
            marks = [
                Mark(identifier, labels[identifier], tuple(sorted(found)), data.get(identifier, {}))
                for identifier, found in spans.items()
            ]
            links = [
                Link(one.get("label", ""), str(one["head_id"]), str(one["child_id"]))
                for one in line.get("relations") or ()
                if "head_id" in one and "child_id" in one
            ]
            document = {**as_object(line.get("meta", {}), "meta"), "text": line.get("text")}
            yield extraction_of(Layer(document, tuple(marks), tuple(links), tuple(more.get("speakers", ()))))

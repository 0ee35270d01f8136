"""Doccano: JSON Lines with entities and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from ..extraction import Extraction
from ..json_form import dumps
from .annotated import OURS, as_object, json_lines, reading
from .layers import Layer, Link, Mark, extraction_of, layer_of

#: Leads from one span of a mark to the next, where an entity has one only.
_CONTINUED: Final = "continued"


class DoccanoFormat:
    """JSON Lines with ``entities`` and ``relations``, as Doccano imports and exports them; what it does not know stands under ``quoteminer``.

    An entity has one span, so a mark of several is several entities, joined by the relation ``continued``. Doccano gives entities numbers of its own when it
    imports them; ``quoteminer`` goes along among the metadata, where marks that still stand where they stood get their data back.
    """

    name = "doccano"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """A line for each document."""
        for extraction in extractions:
            layer = layer_of(extraction)
            entities: list[dict[str, Any]] = []
            relations: list[dict[str, Any]] = []
            first: dict[str, int] = {}
            known: list[Any] = []

            def related(kind: str, head: int, tail: int, into: list[dict[str, Any]] = relations) -> None:
                into.append({"id": len(into), "from_id": head, "to_id": tail, "type": kind})

            for mark in layer.marks:
                for place, (start, end) in enumerate(mark.spans):
                    number = len(entities)
                    entities.append({"id": number, "label": mark.label, "start_offset": start, "end_offset": end})
                    if place:
                        related(_CONTINUED, number - 1, number)
                    else:
                        first[mark.id] = number
                known.append([mark.id, mark.label, mark.spans, mark.data])
            for link in layer.links:
                related(link.kind, first[link.head], first[link.tail])
            document = dict(layer.document)
            line = {
                "text": document.pop("text"),
                "entities": entities,
                "relations": relations,
                OURS: {"document": document, "speakers": layer.speakers, "marks": known},
            }
            stream.write(dumps(line).encode("utf-8") + b"\n")
            stream.flush()

    @reading
    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """What was written, also when an annotator has added, moved or removed entities.

        Raises:
            FormatError: for a line that is none.
        """
        for _, value in json_lines(stream):
            line = as_object(value, "the line")
            more = as_object(line.get(OURS, {}), OURS)
            entities = {one["id"]: one for one in (as_object(one, "entity") for one in line.get("entities") or ())}
            relations = [as_object(one, "relation") for one in line.get("relations") or ()]
            follows = {one["from_id"]: one["to_id"] for one in relations if one.get("type") == _CONTINUED}
            spans: dict[Any, list[tuple[int, int]]] = {}
            for number in entities:
                if number not in follows.values():
                    chain = [number]
                    while chain[-1] in follows and follows[chain[-1]] in entities and follows[chain[-1]] not in chain:
                        chain.append(follows[chain[-1]])
                    spans[number] = sorted((entities[one]["start_offset"], entities[one]["end_offset"]) for one in chain)
            known: dict[Any, list[tuple[str, Mapping[str, Any]]]] = {}
            for identifier, label, places, data in more.get("marks", ()):
                known.setdefault((label, tuple(map(tuple, places))), []).append((identifier, as_object(data, "data")))
            marks: dict[Any, Mark] = {}
            for number, found in spans.items():
                label = entities[number].get("label", "")
                waiting = known.get((label, tuple(found)))
                identifier, data = waiting.pop(0) if waiting else (f"n{number}", {})
                marks[number] = Mark(identifier, label, tuple(found), data)
            links = [
                Link(one.get("type", ""), marks[one["from_id"]].id, marks[one["to_id"]].id)
                for one in relations
                if one.get("from_id") in marks and one.get("to_id") in marks
            ]
            document = {**as_object(more.get("document", {}), "document"), "text": line.get("text")}
            yield extraction_of(Layer(document, tuple(marks.values()), tuple(links), tuple(more.get("speakers", ()))))

"""Label Studio: tasks with predictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from ..errors import FormatError
from ..extraction import Extraction
from ..json_form import dumps, loads
from .annotated import OURS, as_object, reading
from .layers import Layer, Link, Mark, extraction_of, layer_of


def _units(text: str) -> list[int]:
    """For each code point the number of UTF-16 units before it, and that of the whole text at the end."""
    found = [0]
    for sign in text:
        found.append(found[-1] + (2 if ord(sign) > 0xFFFF else 1))
    return found


class LabelStudioFormat:
    """Tasks with predictions, as Label Studio imports them; offsets count UTF-16 units, as its browser does."""

    name = "label-studio"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """One JSON array, a task a document."""
        lead = "[\n"
        for extraction in extractions:
            stream.write(f"{lead}{dumps(self._task(extraction))}".encode())
            stream.flush()
            lead = ",\n"
        stream.write(b"[]\n" if lead == "[\n" else b"\n]\n")
        stream.flush()

    def _task(self, extraction: Extraction) -> dict[str, Any]:
        layer = layer_of(extraction)
        text = layer.document["text"]
        units = _units(text)
        result: list[dict[str, Any]] = []
        for mark in layer.marks:
            for number, (start, end) in enumerate(mark.spans):
                item: dict[str, Any] = {
                    "id": mark.id if not number else f"{mark.id}#{number + 1}",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "value": {"start": units[start], "end": units[end], "text": text[start:end], "labels": [mark.label]},
                }
                if mark.data and not number:
                    item["meta"] = {OURS: mark.data}
                result.append(item)
        result += [
            {"type": "relation", "from_id": link.head, "to_id": link.tail, "direction": "right", "labels": [link.kind]}
            for link in layer.links
        ]
        scores = [quote.confidence for quote in extraction.quotes]
        prediction: dict[str, Any] = {"model_version": OURS, "result": result}
        if scores:
            prediction["score"] = round(sum(scores) / len(scores), 4)
        return {"data": {**layer.document, "speakers": layer.speakers}, "predictions": [prediction]}

    @reading
    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The annotations of each task, else its predictions, also as Label Studio exports them.

        Raises:
            FormatError: when it is no such file.
        """
        try:
            tasks = loads(stream.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise FormatError(f"is not UTF-8: {error}") from None
        if not isinstance(tasks, list):
            raise FormatError("expected an array of tasks")
        for task in tasks:
            data = dict(as_object(as_object(task, "the task").get("data"), "data"))
            speakers = tuple(data.pop("speakers", ()))
            text = data.get("text")
            if not isinstance(text, str):
                raise FormatError("a task has no text")
            done = task.get("annotations") or task.get("predictions") or [{}]
            yield self._extraction(as_object(done[0], "annotation").get("result") or [], data, speakers, text)

    def _extraction(self, result: Iterable[Any], data: Mapping[str, Any], speakers: tuple[Any, ...], text: str) -> Extraction:
        places = {unit: at for at, unit in enumerate(_units(text))}
        marks: dict[str, Mark] = {}
        links: list[Link] = []
        for number, item in enumerate(result):
            item = as_object(item, "result")
            if item.get("type") == "relation":
                links += [
                    Link(kind, str(item["from_id"]).partition("#")[0], str(item["to_id"]).partition("#")[0])
                    for kind in item.get("labels") or ()
                ]
                continue
            value = as_object(item.get("value", {}), "value")
            label = next(iter(value.get("labels") or ()), "")
            if value.get("start") not in places or value.get("end") not in places:
                raise FormatError(f"the region {item.get('id')!r} begins or ends inside a sign")
            span = (places[value["start"]], places[value["end"]])
            identifier = str(item.get("id") or f"n{number}").partition("#")[0]
            known = marks.get(identifier)
            spans = tuple(sorted((*(known.spans if known else ()), span)))
            more = as_object(as_object(item.get("meta") or {}, "meta").get(OURS) or {}, OURS)
            marks[identifier] = Mark(identifier, label, spans, more or (known.data if known else {}))
        return extraction_of(Layer(data, tuple(marks.values()), tuple(links), speakers))

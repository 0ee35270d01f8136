"""Formats of annotation programs, written and read back: Prodigy and Doccano, Label Studio, brat, W3C Web Annotation, CoNLL columns.

Each ``read`` gives extractions. What a format cannot hold stands in ``docs/formats.md``, and a property test holds that list.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from ..errors import FormatError
from ..extraction import Extraction
from ..json_form import dumps, loads
from .layers import KINDS, LABELS, PARTS, Layer, Link, Mark, extraction_of, layer_of

_OURS: Final = "quoteminer"


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FormatError(f"{what}: expected an object, not {type(value).__name__}")
    return value


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    for number, raw in enumerate(stream, 1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FormatError(f"is not UTF-8: {error}", line=number) from None
        if line.strip():
            yield number, loads(line)


class ProdigyFormat:
    """JSON Lines with ``text``, ``spans`` and ``relations``, as Prodigy and Doccano have them; what these do not know stands under ``quoteminer``."""

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
                _OURS: {"speakers": layer.speakers, "data": {mark.id: mark.data for mark in layer.marks if mark.data}},
            }
            stream.write(dumps(line).encode("utf-8") + b"\n")
            stream.flush()

    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """What was written, also when an annotator has added, moved or removed spans.

        Raises:
            FormatError: for a line that is none.
        """
        for _, value in _lines(stream):
            line = _object(value, "the line")
            more = _object(line.get(_OURS, {}), _OURS)
            data = _object(more.get("data", {}), "data")
            spans: dict[str, list[tuple[int, int]]] = {}
            labels: dict[str, str] = {}
            for number, one in enumerate(line.get("spans") or ()):
                identifier = str(_object(one, "span").get("id") or f"n{number}")
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
            document = {**_object(line.get("meta", {}), "meta"), "text": line.get("text")}
            yield extraction_of(Layer(document, tuple(marks), tuple(links), tuple(more.get("speakers", ()))))


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
                    item["meta"] = {_OURS: mark.data}
                result.append(item)
        result += [
            {"type": "relation", "from_id": link.head, "to_id": link.tail, "direction": "right", "labels": [link.kind]}
            for link in layer.links
        ]
        scores = [quote.confidence for quote in extraction.quotes]
        prediction: dict[str, Any] = {"model_version": _OURS, "result": result}
        if scores:
            prediction["score"] = round(sum(scores) / len(scores), 4)
        return {"data": {**layer.document, "speakers": layer.speakers}, "predictions": [prediction]}

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
            data = dict(_object(_object(task, "the task").get("data"), "data"))
            speakers = tuple(data.pop("speakers", ()))
            text = data.get("text")
            if not isinstance(text, str):
                raise FormatError("a task has no text")
            done = task.get("annotations") or task.get("predictions") or [{}]
            yield self._extraction(_object(done[0], "annotation").get("result") or [], data, speakers, text)

    def _extraction(self, result: Iterable[Any], data: Mapping[str, Any], speakers: tuple[Any, ...], text: str) -> Extraction:
        places = {unit: at for at, unit in enumerate(_units(text))}
        marks: dict[str, Mark] = {}
        links: list[Link] = []
        for number, item in enumerate(result):
            item = _object(item, "result")
            if item.get("type") == "relation":
                links += [
                    Link(kind, str(item["from_id"]).partition("#")[0], str(item["to_id"]).partition("#")[0])
                    for kind in item.get("labels") or ()
                ]
                continue
            value = _object(item.get("value", {}), "value")
            label = next(iter(value.get("labels") or ()), "")
            if value.get("start") not in places or value.get("end") not in places:
                raise FormatError(f"the region {item.get('id')!r} begins or ends inside a sign")
            span = (places[value["start"]], places[value["end"]])
            identifier = str(item.get("id") or f"n{number}").partition("#")[0]
            known = marks.get(identifier)
            spans = tuple(sorted((*(known.spans if known else ()), span)))
            more = _object(_object(item.get("meta") or {}, "meta").get(_OURS) or {}, _OURS)
            marks[identifier] = Mark(identifier, label, spans, more or (known.data if known else {}))
        return extraction_of(Layer(data, tuple(marks.values()), tuple(links), speakers))


class BratFormat:
    """Standoff files of brat: a zip file with ``NAME.txt`` and ``NAME.ann`` for each document, and ``NAME.json`` with what brat does not know."""

    name = "brat"
    suffixes: tuple[str, ...] = (".zip",)

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """One archive, unpacked into a folder of brat's data; ``annotation.conf`` declares the labels."""
        seen: dict[str, int] = {}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_member("annotation.conf"), _CONFIGURATION)
            for extraction in extractions:
                layer = layer_of(extraction)
                name = re.sub(r"[^\w.-]+", "_", str(layer.document["id"]))[-80:].strip("._") or "document"
                seen[name] = seen.get(name, 0) + 1
                name = name if seen[name] == 1 else f"{name}~{seen[name]}"
                text = _encodable(layer.document["text"])
                document = {key: value for key, value in layer.document.items() if key != "text"}
                archive.writestr(_member(f"{name}.txt"), text)
                archive.writestr(_member(f"{name}.ann"), _standoff(layer, text))
                archive.writestr(_member(f"{name}.json"), dumps({"document": document, "speakers": layer.speakers}) + "\n")

    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The documents of an archive, in the order of their names.

        Raises:
            FormatError: when it is none.
        """
        from .office import Archive

        archive = Archive(stream.read(), self.name)
        names = set(archive.names())
        for name in sorted(names):
            stem = name.removesuffix(".ann")
            if name.endswith(".ann") and f"{stem}.txt" in names:
                text = archive.part(f"{stem}.txt").decode("utf-8", "replace")
                more = loads(archive.part(f"{stem}.json").decode("utf-8", "replace")) if f"{stem}.json" in names else {}
                document = {"id": stem, **_object(_object(more, "json").get("document", {}), "document"), "text": text}
                marks, links = _from_standoff(archive.part(name).decode("utf-8", "replace"))
                yield extraction_of(Layer(document, marks, links, tuple(more.get("speakers", ()))))


_CONFIGURATION: Final = "\n".join(
    [
        "[entities]",
        *LABELS,
        "[relations]",
        *(f"{part}\tArg1:{'|'.join(KINDS)}, Arg2:{label}" for part, label in PARTS.items()),
        "[events]",
        "[attributes]",
        "",
    ]
)


def _member(name: str) -> zipfile.ZipInfo:
    """A member without the time of the day, so that the same documents give the same archive."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _encodable(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not _is_encodable(text) else text


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _standoff(layer: Layer, text: str) -> str:
    """The lines of an ``.ann`` file; brat wants no line break inside a fragment, so a span over lines is cut at them and noted whole."""
    lines: list[str] = []
    numbers = {mark.id: f"T{number}" for number, mark in enumerate(layer.marks, 1)}
    for number, mark in enumerate(layer.marks, 1):
        fragments = [
            (start + part.start(), start + part.end())
            for start, end in mark.spans
            for part in re.finditer(r"[^\n\r]+", text[start:end])
        ]
        words = " ".join(text[start:end] for start, end in fragments).replace("\t", " ")
        note: dict[str, Any] = {"id": mark.id, **({"data": mark.data} if mark.data else {})}
        if tuple(fragments) != mark.spans:
            note["spans"] = mark.spans
        where = ";".join(f"{start} {end}" for start, end in fragments or mark.spans)
        lines.append(f"T{number}\t{mark.label} {where}\t{words}")
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{dumps(note)}")
    lines += [
        f"R{number}\t{link.kind} Arg1:{numbers[link.head]} Arg2:{numbers[link.tail]}"
        for number, link in enumerate(layer.links, 1)
    ]
    return "".join(f"{line}\n" for line in lines)


_ENTITY: Final = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)(?:\t|$)")
_RELATION: Final = re.compile(r"R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)")
_NOTE: Final = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)")


def _from_standoff(lines: str) -> tuple[tuple[Mark, ...], tuple[Link, ...]]:
    found: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
    notes: dict[str, Mapping[str, Any]] = {}
    related: list[tuple[str, str, str]] = []
    for line in lines.split("\n"):
        if entity := _ENTITY.match(line):
            pairs = (part.split() for part in entity[3].split(";"))
            try:
                found[entity[1]] = (entity[2], tuple((int(start), int(end)) for start, end in pairs))
            except ValueError:
                raise FormatError(f"a line of standoff has no offsets: {line[:60]!r}") from None
        elif note := _NOTE.match(line):
            try:
                value = json.loads(note[2])
            except ValueError:
                # What an annotator has noted in words.
                continue
            if isinstance(value, dict):
                notes[note[1]] = value
        elif relation := _RELATION.match(line):
            related.append((relation[1], relation[2], relation[3]))
    marks: list[Mark] = []
    ids: dict[str, str] = {}
    for key, (label, spans) in found.items():
        note_of = notes.get(key, {})
        ids[key] = str(note_of.get("id") or key)
        whole = note_of.get("spans")
        if (
            isinstance(whole, list)
            and spans
            and [spans[0][0], spans[-1][1]] == [whole[0][0], whole[-1][1]]
            or isinstance(whole, list)
            and label in LABELS
            and whole
            and spans[0][0] >= whole[0][0]
            and spans[-1][1] <= whole[-1][1]
        ):
            spans = tuple((start, end) for start, end in whole)
        marks.append(Mark(ids[key], label, spans, note_of.get("data", {})))
    return tuple(marks), tuple(Link(kind, ids[head], ids[tail]) for kind, head, tail in related if head in ids and tail in ids)


class WebAnnotationFormat:
    """W3C Web Annotation: JSON Lines, an annotation page a document, each annotation with selectors by position (code points) and by words."""

    name = "web-annotation"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """A line for each document."""
        for extraction in extractions:
            layer = layer_of(extraction)
            stream.write(dumps(self._page(layer)).encode("utf-8") + b"\n")
            stream.flush()

    def _page(self, layer: Layer) -> dict[str, Any]:
        text, about = layer.document["text"], f"urn:quoteminer:{_urn(layer.document['id'])}"
        linked = {link.tail: link for link in layer.links}
        items = []
        for mark in layer.marks:
            link = linked.get(mark.id)
            bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": mark.label}]
            if mark.data:
                bodies.append(
                    {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": dumps(mark.data)}
                )
            if link is not None:
                bodies.append({"type": "SpecificResource", "purpose": "linking", "source": f"{about}#{_urn(link.head)}"})
            items.append(
                {
                    "id": f"{about}#{_urn(mark.id)}",
                    "type": "Annotation",
                    "motivation": "linking" if link is not None else "tagging",
                    "body": bodies,
                    "target": [{"source": about, "selector": _selectors(text, start, end)} for start, end in mark.spans],
                }
            )
        return {
            "@context": ["http://www.w3.org/ns/anno.jsonld", {"qm": "urn:quoteminer:terms:"}],
            "id": f"{about}:annotations",
            "type": "AnnotationPage",
            "items": items,
            "qm:document": dumps(layer.document),
            "qm:speakers": dumps(layer.speakers),
        }

    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The pages of a file that we wrote.

        Raises:
            FormatError: for a line that is none.
        """
        for _, value in _lines(stream):
            page = _object(value, "the page")
            document = _object(loads(page.get("qm:document", "null")), "qm:document")
            speakers = loads(page.get("qm:speakers", "[]"))
            about = f"urn:quoteminer:{_urn(document.get('id', ''))}#"
            marks: list[Mark] = []
            links: list[Link] = []
            for item in page.get("items", ()):
                identifier = _plain(str(item["id"]).removeprefix(about))
                label, data = "", {}
                for body in item["body"]:
                    if body.get("purpose") == "tagging":
                        label = body["value"]
                    elif body.get("purpose") == "describing":
                        data = loads(body["value"])
                    elif body.get("purpose") == "linking":
                        links.append(Link("", _plain(str(body["source"]).removeprefix(about)), identifier))
                positions = [
                    one for target in item["target"] for one in target["selector"] if one["type"] == "TextPositionSelector"
                ]
                marks.append(Mark(identifier, label, tuple((one["start"], one["end"]) for one in positions), data))
            kinds = {mark.id: part for mark in marks for part, name in PARTS.items() if mark.label == name}
            yield extraction_of(
                Layer(
                    document,
                    tuple(marks),
                    tuple(Link(kinds[link.tail], link.head, link.tail) for link in links if link.tail in kinds),
                    tuple(speakers),
                )
            )


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - 20) : start],
            "suffix": text[end : end + 20],
        },
    ]


def _urn(value: object) -> str:
    from urllib.parse import quote

    return quote(str(value), safe="", errors="surrogatepass")


def _plain(value: str) -> str:
    from urllib.parse import unquote

    return unquote(value, errors="surrogatepass")


_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


class ConllFormat:
    """Columns: a token a line with its offsets, and for contents, cues, sources and claims B-, I- and O; several at one place are parted by ``|``.

    Offsets that fall inside a token move to its edges. Speakers and all else that is known are not held.
    """

    name = "conll"
    suffixes: tuple[str, ...] = (".conll",)
    _COLUMNS: Final = ("content", "cue", "source", "addressee", "claim")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """A block for each document, headed by its id and text as JSON."""
        for extraction in extractions:
            document = extraction.document
            tags: dict[str, dict[int, list[str]]] = {column: {} for column in self._COLUMNS}
            tokens = [match.span() for match in _TOKEN.finditer(document.text)]
            for mark in layer_of(extraction).marks:
                column = "content" if mark.label in KINDS else mark.label.lower()
                label = f"{mark.label}:{mark.id}"
                lead = "B"
                for number, (start, end) in enumerate(tokens):
                    if any(start < high and low < end for low, high in mark.spans):
                        tags[column].setdefault(number, []).append(f"{lead}-{label}")
                        lead = "I"
            head = f"# id = {dumps(document.id)}\n# language = {dumps(document.language)}\n# text = {dumps(document.text)}\n"
            rows = [
                "\t".join(
                    [
                        str(number + 1),
                        document.text[start:end],
                        str(start),
                        str(end),
                        *("|".join(tags[column].get(number, ["O"])) for column in self._COLUMNS),
                    ]
                )
                for number, (start, end) in enumerate(tokens)
            ]
            stream.write((head + "".join(f"{row}\n" for row in rows) + "\n").encode("utf-8", "replace"))
            stream.flush()

    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The documents of a file that we wrote.

        Raises:
            FormatError: when it is none.
        """
        head: dict[str, Any] = {}
        found: dict[str, list[tuple[int, int, int]]] = {}
        labels: dict[str, str] = {}
        for raw in stream:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            if line.startswith("# ") and " = " in line:
                key, _, value = line[2:].partition(" = ")
                head[key] = loads(value)
            elif line:
                cells = line.split("\t")
                if len(cells) != 4 + len(self._COLUMNS) or not (
                    cells[0].isdecimal() and cells[2].isdecimal() and cells[3].isdecimal()
                ):
                    raise FormatError(f"is no line of columns: {line[:60]!r}")
                for cell in cells[4:]:
                    for tag in cell.split("|") if cell != "O" else ():
                        label, _, identifier = tag[2:].partition(":")
                        labels[identifier] = label
                        found.setdefault(identifier, []).append((int(cells[0]), int(cells[2]), int(cells[3])))
            elif head:
                yield self._extraction(head, found, labels)
                head, found, labels = {}, {}, {}

    def _extraction(
        self, head: Mapping[str, Any], found: Mapping[str, list[tuple[int, int, int]]], labels: Mapping[str, str]
    ) -> Extraction:
        marks = []
        for identifier, tokens in found.items():
            spans: list[tuple[int, int]] = []
            last = -2
            for number, start, end in tokens:
                if number == last + 1:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
                last = number
            marks.append(Mark(identifier, labels[identifier], tuple(spans)))
        links = [
            Link(part, mark.id.rpartition(".")[0], mark.id)
            for mark in marks
            for part, label in PARTS.items()
            if mark.label == label
        ]
        document = {"id": head.get("id", ""), "language": head.get("language", "en"), "text": head.get("text")}
        return extraction_of(Layer(document, tuple(marks), tuple(links)))


FORMATS: Final = {
    one.name: one for one in (BratFormat(), ConllFormat(), LabelStudioFormat(), ProdigyFormat(), WebAnnotationFormat())
}

"""brat: standoff annotations, in an archive."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from ..errors import FormatError
from ..extraction import Extraction
from ..json_form import dumps, loads
from .annotated import as_object, reading
from .layers import KINDS, LABELS, PARTS, Layer, Link, Mark, extraction_of, layer_of


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

    @reading
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
                document = {"id": stem, **as_object(as_object(more, "json").get("document", {}), "document"), "text": text}
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

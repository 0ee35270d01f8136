"""W3C Web Annotation: pages of annotations with selectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from ..extraction import Extraction
from ..json_form import dumps, loads
from .annotated import as_object, json_lines, reading
from .layers import PARTS, Layer, Link, Mark, extraction_of, layer_of


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

    @reading
    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The pages of a file that we wrote.

        Raises:
            FormatError: for a line that is none.
        """
        for _, value in json_lines(stream):
            page = as_object(value, "the page")
            document = as_object(loads(page.get("qm:document", "null")), "qm:document")
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

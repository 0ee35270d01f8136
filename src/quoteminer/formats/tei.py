"""TEI P5: a ``teiCorpus`` with the text of each document in one ``ab``, what is said in ``said``, cues and claims in ``seg``, mentions in ``rs``.

Stretches that cross each other are cut so that elements nest, and parts of one quotation point to each other by ``next`` and ``prev``. Who speaks
stands in the header of the document (``listPerson``) and is pointed to by ``who`` and ``toWhom``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import attrs

from ..errors import FormatError, QuoteminerError, describe
from ..extraction import Extraction
from ..json_form import SCHEMA
from ..nesting import Opening, Stretch, Words, nested

_TEI: Final = "http://www.tei-c.org/ns/1.0"
_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: What XML 1.0 cannot hold.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PERSONS: Final = {"person": ("person", "persName"), "unknown": ("person", "persName"), "group": ("personGrp", "persName")}
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="{_TEI}">
<teiHeader><fileDesc><titleStmt><title>Quotations and claims</title></titleStmt><publicationStmt><p>Made by quoteminer.</p></publicationStmt><sourceDesc><p>Born digital.</p></sourceDesc></fileDesc>
<encodingDesc><classDecl><taxonomy>{{}}</taxonomy></classDecl></encodingDesc></teiHeader>
"""
_CATEGORIES: Final = {
    "indirect": "none of the content stands in quotation marks",
    "mixed": "part of the content stands in quotation marks",
    "negated": "it was not said, or is not so",
    "hypothetical": "it would be said, or be so, if",
    "future": "it is going to be said",
    "question": "whether it was said, or is so, is asked",
    "hedged": "it may be so",
}


@attrs.frozen
class _Piece:
    """A stretch of the text that becomes an element, or several."""

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...]
    id: str


class TeiFormat:
    """Writes a ``teiCorpus``, and reads those that it wrote, also when somebody has edited them."""

    name = "tei"
    suffixes: tuple[str, ...] = (".tei", ".xml")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """A ``TEI`` element for each document, as they come."""
        categories = "".join(
            f'<category xml:id="{name}"><catDesc>{text}</catDesc></category>' for name, text in _CATEGORIES.items()
        )
        stream.write(_HEAD.replace("{}", categories).encode())
        for number, extraction in enumerate(extractions, 1):
            stream.write(_document(extraction.to_dict(), f"d{number}").encode("utf-8"))
            stream.flush()
        stream.write(b"</teiCorpus>\n")
        stream.flush()

    def read(self, stream: IO[bytes]) -> Iterator[Extraction]:
        """The documents of a corpus.

        Raises:
            FormatError: when it is none, or declares entities, which it needs none of.
        """
        data = stream.read()
        if re.search(rb"<!ENTITY", data, re.IGNORECASE):
            raise FormatError("declares entities, which no such file needs")
        try:
            root = ET.fromstring(data)
        except (ET.ParseError, expat.ExpatError, ValueError, LookupError, RecursionError) as error:
            raise FormatError(f"is no XML: {describe(error)}") from None
        for text in root.iter(f"{{{_TEI}}}TEI"):
            try:
                yield Extraction.from_dict(_Reading(text).form())
            except QuoteminerError as error:
                raise FormatError(f"its annotations make no extraction: {error}") from error


def _name(identifier: str) -> str:
    """An id as XML allows it."""
    return re.sub(r"[^A-Za-z0-9]", lambda sign: f"_{ord(sign[0]):x}_", identifier)


def _plain(name: str) -> str:
    return re.sub(r"_([0-9a-f]+)_", lambda code: chr(int(code[1], 16)), name)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _text(text: str) -> str:
    return escape(_clean(text)).replace("\r", "&#13;")


def _attribute(name: str, value: object) -> str:
    return f" {name}={quoteattr(_clean(str(value)), {chr(10): '&#10;', chr(13): '&#13;', chr(9): '&#9;'})}"


def _document(data: dict[str, Any], prefix: str) -> str:
    document = data["document"]
    title = document["title"]
    people = "".join(_person(one, prefix) for one in data["speakers"])
    head = (
        f'<TEI xml:id="{prefix}"{_attribute("xml:lang", document["language"])}><teiHeader><fileDesc><titleStmt>'
        f"<title{_attribute('type', 'main') if title is not None else ''}>{_text(title or '')}</title></titleStmt>"
        f"<publicationStmt><p/></publicationStmt><sourceDesc><p>{_text(document['id'])}</p></sourceDesc></fileDesc>"
    )
    if people:
        head += f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>"
    body = _inline(_clean(document["text"]), list(_pieces(data, prefix)))
    return f'{head}</teiHeader><text><body><ab xml:space="preserve">{body}</ab></body></text></TEI>\n'


def _person(speaker: dict[str, Any], prefix: str) -> str:
    element, name = _PERSONS.get(speaker["kind"], ("org", "orgName"))
    kind = "" if element == "personGrp" else _attribute("role", speaker["kind"])
    role = "" if speaker["role"] is None else f'<note type="role">{_text(speaker["role"])}</note>'
    own = _attribute("xml:id", f"{prefix}.{_name(speaker['id'])}")
    return f"<{element}{own}{kind}><{name}>{_text(speaker['name'])}</{name}>{role}</{element}>"


def _pieces(data: dict[str, Any], prefix: str) -> Iterator[_Piece]:
    """Everything that is marked, quotations first."""

    def pointer(identifier: str) -> str:
        return f"#{prefix}.{_name(identifier)}"

    for quote in data["quotes"]:
        kinds = [f"#{name}" for name in (quote["kind"], quote["modality"]) if name in _CATEGORIES]
        attributes = [
            ("direct", str(quote["kind"] == "direct").lower()),
            ("cert", repr(quote["confidence"])),
            ("rend", quote["layout"]),
        ]
        attributes += [("ana", " ".join(kinds))] if kinds else []
        for name, key in (("who", "speaker"), ("toWhom", "addressee"), ("corresp", "parent")):
            if quote[key] is not None:
                attributes.append((name, pointer(quote[key])))
        own = f"{prefix}.{_name(quote['id'])}"
        yield from _spread(quote["content"], "said", attributes, own)
        parts = (("seg", "cue", quote["cue"]), ("rs", "source", quote["source"]), ("rs", "addressee", quote["addressee_mention"]))
        for element, kind, spans in parts:
            if spans:
                mentioned = quote["speaker"] if kind == "source" else quote["addressee"] if kind == "addressee" else None
                more = [("type", kind), ("corresp", f"#{own}")] + ([("ref", pointer(mentioned))] if mentioned is not None else [])
                yield from _spread(spans if kind == "cue" else [spans], element, more, f"{own}.{kind}")
    for claim in data["claims"]:
        attributes = [
            ("type", "claim"),
            ("subtype", claim["kind"]),
            ("n", repr(claim["check_worthiness"])),
            ("cert", repr(claim["confidence"])),
        ]
        attributes += [("ana", f"#{claim['modality']}")] if claim["modality"] in _CATEGORIES else []
        attributes += [("corresp", pointer(claim["quote"]))] if claim["quote"] is not None else []
        attributes += [("source", pointer(claim["claimant"]))] if claim["claimant"] is not None else []
        yield from _spread(claim["spans"], "seg", attributes, f"{prefix}.claim.{_name(claim['id'])}")


def _spread(spans: list[list[int]], element: str, attributes: list[tuple[str, str]], own: str) -> Iterator[_Piece]:
    """A piece for each span; the first has the id, the others its number besides, and each points to its neighbours."""
    names = [own if not number else f"{own}-{number + 1}" for number in range(len(spans))]
    for number, (start, end) in enumerate(spans):
        linked = [("prev", f"#{names[number - 1]}")] if number else []
        linked += [("next", f"#{names[number + 1]}")] if number + 1 < len(names) else []
        yield _Piece(start, end, element, (*attributes, *linked), names[number])


def _inline(text: str, pieces: list[_Piece]) -> str:
    """The text with all pieces as elements; the parts of what crosses have ``.more`` behind their ids."""
    parts: list[str] = []
    for event in nested(len(text), (Stretch(piece.start, piece.end, at, piece) for at, piece in enumerate(pieces))):
        if isinstance(event, Words):
            parts.append(_text(text[event.start : event.end]))
        elif isinstance(event, Opening):
            piece = event.thing
            given = "".join(_attribute(name, value) for name, value in piece.attributes)
            parts.append(f"<{piece.element}{_attribute('xml:id', piece.id + '.more' * event.part)}{given}>")
        else:
            parts.append(f"</{event.thing.element}>")
    return "".join(parts)


class _Reading:
    """One ``TEI`` element on its way to our JSON form."""

    def __init__(self, root: ET.Element) -> None:
        self._root = root
        self._prefix = f"{root.get(_ID, '')}."
        self._spans: dict[str, list[list[int]]] = {}
        self._elements: dict[str, ET.Element] = {}
        self._text = ""

    def form(self) -> dict[str, Any]:
        """The JSON form; what TEI does not hold is left to its defaults."""
        body = self._root.find(f".//{{{_TEI}}}ab")
        if body is None:
            raise FormatError("a TEI element has no ab with a text")
        self._read(body)
        title = self._root.find(f".//{{{_TEI}}}titleStmt/{{{_TEI}}}title")
        document = {
            "id": self._root.findtext(f".//{{{_TEI}}}sourceDesc/{{{_TEI}}}p") or "",
            "text": self._text,
            "language": self._root.get(_LANG, "en"),
            "title": (title.text or "") if title is not None and title.get("type") == "main" else None,
        }
        quotes, claims = [], []
        for identifier, element in self._elements.items():
            if element.tag == f"{{{_TEI}}}said":
                quotes.append(self._quote(identifier, element))
            elif element.get("type") == "claim":
                claims.append(self._claim(identifier, element))
        return {
            "schema": SCHEMA,
            "document": document,
            "quotes": quotes,
            "claims": claims,
            "speakers": list(self._speakers()),
            "issues": [],
        }

    def _read(self, body: ET.Element) -> None:
        """Text and spans, without recursion: elements may nest as deep as a text has marks."""
        parts = [body.text or ""]
        length = len(parts[0])
        waiting: list[tuple[ET.Element, int]] = [(child, -1) for child in reversed(body)]
        while waiting:
            element, start = waiting.pop()
            if start < 0:
                waiting.append((element, length))
                waiting += [(child, -1) for child in reversed(element)]
                parts.append(element.text or "")
                length += len(parts[-1])
                continue
            self._note(element, start, length)
            parts.append(element.tail or "")
            length += len(parts[-1])
        self._text = "".join(parts)
        for spans in self._spans.values():
            spans.sort()

    def _note(self, element: ET.Element, start: int, end: int) -> None:
        name = element.get(_ID)
        if name is None or start == end:
            return
        whole = re.sub(r"(?:\.more)+$", "", name)
        more = name != whole
        base = re.sub(r"-\d+$", "", whole)
        self._elements.setdefault(base, element)
        spans = self._spans.setdefault(base, [])
        # Elements close in the order of their ends, so what goes on behind a cut comes after what it goes on from.
        before = next((span for span in spans if more and span[1] == start), None)
        if before is not None:
            before[1] = end
        else:
            spans.append([start, end])

    def _pointed(self, element: ET.Element, name: str) -> str | None:
        value = element.get(name)
        return None if value is None else _plain(value.removeprefix(f"#{self._prefix}"))

    def _quote(self, identifier: str, element: ET.Element) -> dict[str, Any]:
        kinds = (element.get("ana") or "").replace("#", "").split()
        found: dict[str, Any] = {
            "id": _plain(identifier.removeprefix(self._prefix)),
            "kind": "direct" if element.get("direct") == "true" else "mixed" if "mixed" in kinds else "indirect",
            "content": self._spans[identifier],
            "modality": next((kind for kind in kinds if kind not in ("indirect", "mixed")), "asserted"),
            "layout": element.get("rend", "running"),
            "confidence": float(element.get("cert", "1")),
            "speaker": self._pointed(element, "who"),
            "addressee": self._pointed(element, "toWhom"),
            "parent": self._pointed(element, "corresp"),
            "cue": self._spans.get(f"{identifier}.cue", []),
        }
        for key, part in (("source", "source"), ("addressee_mention", "addressee")):
            spans = self._spans.get(f"{identifier}.{part}")
            found[key] = spans[0] if spans else None
        return found

    def _claim(self, identifier: str, element: ET.Element) -> dict[str, Any]:
        modality = (element.get("ana") or "").replace("#", "")
        return {
            "id": _plain(identifier.removeprefix(f"{self._prefix}claim.")),
            "spans": self._spans[identifier],
            "kind": element.get("subtype", "other"),
            "check_worthiness": float(element.get("n", "0")),
            "confidence": float(element.get("cert", "1")),
            "modality": modality or "asserted",
            "quote": self._pointed(element, "corresp"),
            "claimant": self._pointed(element, "source"),
        }

    def _speakers(self) -> Iterator[dict[str, Any]]:
        for people in self._root.iter(f"{{{_TEI}}}listPerson"):
            for element in people:
                kind = "group" if element.tag.endswith("}personGrp") else element.get("role", "unknown")
                name = next((child.text or "" for child in element if child.tag.endswith("Name")), "")
                role = element.find(f"{{{_TEI}}}note")
                yield {
                    "id": _plain((element.get(_ID) or "").removeprefix(self._prefix)),
                    "name": name,
                    "kind": kind,
                    "role": None if role is None else role.text or "",
                }

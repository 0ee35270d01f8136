"""What annotation programs know: marked stretches of a text with labels, and links between them. Extractions to such layers and back.

A quotation is a mark ``Direct``, ``Indirect`` or ``Mixed`` over its content, linked to marks ``Cue``, ``Source`` and ``Addressee``; a claim is a mark
``Claim``. What else is known of either goes along as data, under the names of our JSON form, for formats that have a place for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from ..errors import FormatError, QuoteminerError
from ..extraction import Extraction
from ..json_form import SCHEMA

KINDS: Final = {"Direct": "direct", "Indirect": "indirect", "Mixed": "mixed"}
LABELS: Final = (*KINDS, "Cue", "Source", "Addressee", "Claim")
#: Which part of a quotation a link leads to, and its label.
PARTS: Final = {"cue": "Cue", "source": "Source", "addressee": "Addressee"}
_FIELDS: Final = {"cue": "cue", "source": "source", "addressee": "addressee_mention"}


@attrs.frozen
class Mark:
    """A marked stretch, in one span or several of code points."""

    id: str
    label: str
    spans: tuple[tuple[int, int], ...]
    data: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen
class Link:
    """From the content of a quotation to a part of it: ``cue``, ``source`` or ``addressee``."""

    kind: str
    head: str
    tail: str


@attrs.frozen
class Layer:
    """A text with its marks.

    Attributes:
        document: ``id``, ``text``, ``language``, ``title``, ``metadata``.
        speakers: as in our JSON form.
    """

    document: Mapping[str, Any]
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    speakers: tuple[Mapping[str, Any], ...] = ()


def layer_of(extraction: Extraction) -> Layer:
    """The layer of an extraction; issues and the manifest stay behind."""
    data = extraction.to_dict()
    marks: list[Mark] = []
    links: list[Link] = []
    labels = {kind: label for label, kind in KINDS.items()}
    for quote in data["quotes"]:
        rest = {
            key: value
            for key, value in quote.items()
            if key not in ("id", "kind", "content", "cue", "source", "addressee_mention")
        }
        marks.append(Mark(quote["id"], labels[quote["kind"]], _pairs(quote["content"]), rest))
        for part, label in PARTS.items():
            spans = quote[_FIELDS[part]]
            if spans:
                tail = f"{quote['id']}.{part}"
                marks.append(Mark(tail, label, _pairs(spans if part == "cue" else [spans])))
                links.append(Link(part, quote["id"], tail))
    for claim in data["claims"]:
        rest = {key: value for key, value in claim.items() if key not in ("id", "spans")}
        marks.append(Mark(f"claim-{claim['id']}", "Claim", _pairs(claim["spans"]), rest))
    return Layer(data["document"], tuple(marks), tuple(links), tuple(data["speakers"]))


def _pairs(spans: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)


def extraction_of(layer: Layer) -> Extraction:
    """The extraction that a layer holds. A cue, source or addressee that no quotation is linked to is left out, and so is a label that is none of ours.

    Raises:
        FormatError: when it makes no extraction; the message says why.
    """
    parts: dict[str, dict[str, list[list[int]]]] = {}
    by_id = {mark.id: mark for mark in layer.marks}
    for link in layer.links:
        if link.kind in PARTS and link.tail in by_id:
            parts.setdefault(link.head, {}).setdefault(link.kind, []).extend(
                [start, end] for start, end in by_id[link.tail].spans
            )
    quotes: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for mark in layer.marks:
        spans = [[start, end] for start, end in mark.spans]
        if mark.label in KINDS:
            own = parts.get(mark.id, {})
            quotes.append(
                {
                    **mark.data,
                    "id": mark.id,
                    "kind": KINDS[mark.label],
                    "content": spans,
                    "cue": sorted(own.get("cue", [])),
                    "source": min(own["source"]) if "source" in own else None,
                    "addressee_mention": min(own["addressee"]) if "addressee" in own else None,
                }
            )
        elif mark.label == "Claim":
            claims.append({"kind": "other", **mark.data, "id": mark.id.removeprefix("claim-"), "spans": spans})
    form = {
        "schema": SCHEMA,
        "document": dict(layer.document),
        "quotes": quotes,
        "claims": claims,
        "speakers": [dict(one) for one in layer.speakers],
    }
    try:
        return Extraction.from_dict({**form, "issues": []})
    except QuoteminerError as error:
        raise FormatError(f"the annotations of {layer.document.get('id')!r} make no extraction: {error}") from error
    except (TypeError, AttributeError) as error:
        raise FormatError(f"the annotations of {layer.document.get('id')!r} are not as we write them: {error}") from error

"""CoNLL columns: a token a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from ..errors import FormatError
from ..extraction import Extraction
from ..json_form import dumps, loads
from .annotated import reading
from .layers import KINDS, PARTS, Layer, Link, Mark, extraction_of, layer_of

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

    @reading
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

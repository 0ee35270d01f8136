"""What a run that ended early has done already, so that the next one goes on from there.

Documents are told apart by id and text together, and counted, so that repeated ids and texts come out right. Only hashes are kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

import click

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from ..formats.decoding import decode
from ..formats.jsonl import OWN_BEGINNING
from ..json_form import loads

_COMPONENT: Final = "resume"
_NAME: Final = "quoteminer/"


class Done:
    """The documents that an output holds.

    Attributes:
        count: how many.
        skipped: how many were passed over since.
        changed: how many had an id that the output holds with another text.
    """

    def __init__(self) -> None:
        self.count = 0
        self.skipped = 0
        self.changed = 0
        self._waiting: Counter[bytes] = Counter()
        self._ids: set[bytes] = set()

    def take_stock(self, stream: IO[bytes], name: str) -> int:
        """Read what is there; how many bytes of it are whole lines. Half a line at the end is what a killed run leaves.

        Raises:
            click.UsageError: when a line is damaged, naming it; or when it is no output of ours.
        """
        size = 0
        for number, line in enumerate(stream, 1):
            if not line.endswith(b"\n"):
                if line.strip(b"\x00") and not (line.startswith(OWN_BEGINNING) or OWN_BEGINNING.startswith(line)):
                    raise click.UsageError(f"{name}:{number}: is no output of mine --format jsonl; --resume appends to that only")
                break
            size += len(line)
            if line.isspace():
                continue
            try:
                self._add(*_document(line, name))
            except FormatError as error:
                raise click.UsageError(
                    f"{name}:{number}: the line is damaged or no output of mine --format jsonl ({error.message}); nothing was written: "
                    "mend or delete the line, then its document is mined anew"
                ) from None
        return size

    def _add(self, identifier: str, text: str) -> None:
        self.count += 1
        self._waiting[_hash(identifier, text)] += 1
        self._ids.add(_hash(identifier))

    def passes_over(self, document: Document) -> bool:
        """Whether a document is done; each that is there is passed over once."""
        key = _hash(document.id, document.text)
        if self._waiting[key] > 0:
            self._waiting[key] -= 1
            self.skipped += 1
            return True
        self.changed += key not in self._waiting and _hash(document.id) in self._ids
        return False

    def left(self, given: Iterable[Document]) -> Iterator[Document]:
        """The documents that are not done."""
        return (document for document in given if not self.passes_over(document))

    def issues(self, name: str) -> Iterator[Issue]:
        """What whoever reads the output should know, when all documents have been through; ``name`` is that of the output."""
        if self.changed:
            message = f"{name}: holds {documents(self.changed)} with another text under the same id; both are in it now"
            yield Issue(_COMPONENT, name, message, "warning")
        if self.count > self.skipped:
            message = f"{name}: holds {documents(self.count - self.skipped)} that the inputs do not; what it holds stays in it"
            yield Issue(_COMPONENT, name, message, "warning")


def documents(count: int) -> str:
    """A number of documents in words."""
    return f"{count} document{'s' * (count != 1)}"


def _document(line: bytes, name: str) -> tuple[str, str]:
    """Id and text of the document of a line.

    Raises:
        FormatError: when it is none of our own form.
    """
    data = loads(decode(line, name))
    document = data.get("document") if isinstance(data, Mapping) and str(data.get("schema")).startswith(_NAME) else None
    if not isinstance(document, Mapping):
        raise FormatError("it is not in the JSON form")
    identifier, text = document.get("id"), document.get("text")
    if not isinstance(identifier, str) or not isinstance(text, str):
        raise FormatError("its document has no id or no text")
    return identifier, text


def _hash(*parts: str) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.digest()

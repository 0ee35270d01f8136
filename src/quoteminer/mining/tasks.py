"""What is to be mined: documents with what is known of each before, in portions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from .. import languages
from ..annotations import Issue
from ..document import Document
from ..errors import shown
from ..frozen import missing
from ..vocabulary import Scope
from .readable import readable

#: A portion holds about so many characters at most, so that a long document is one of its own.
_CHARACTERS: Final = 200_000


@attrs.frozen(eq=False)
class Task:
    """One document on its way through the components.

    Attributes:
        number: its place among the documents, from 0.
        document: what is mined.
        given: the document as it was given, where what is mined is only its readable form.
        scope: what counts as a quotation.
        trouble: what was wrong with what came in its place.
        lost: components that do not work on it, with the reason.
        retried: whether it was given to a second worker because the first died, nobody knows why.
        issues: collects what goes wrong.
    """

    number: int
    document: Document
    scope: Scope = "speech"
    trouble: str | None = None
    lost: Mapping[str, str] = attrs.field(factory=dict)
    retried: bool = False
    issues: list[Issue] = attrs.field(factory=list)
    given: Document | None = None


def to_task(item: object, number: int, scope: Scope = "speech") -> Task:
    """One of the documents that came in; the missing text of a row in a table is an empty document with an issue.

    Raises:
        TypeError: when it is something else.
    """
    if isinstance(item, (str, Document)):
        given = item if isinstance(item, Document) else Document(item)
        document = readable(given)
        language = languages.told(document.text, given.language)
        if language != given.language:
            given, document = (attrs.evolve(one, language=language) for one in (given, document))
        return Task(number, document, scope, given=None if document.text is given.text else given)
    if missing(item):
        trouble = f"there is no text in place {number} of the documents ({shown(item)})"
        return Task(number, Document("", id=f"missing-{number}"), scope, trouble)
    raise TypeError(f"expected a str or a Document, not {type(item).__name__}")


class Batches:
    """Documents in portions of at most ``most``, or about 200,000 characters.

    When the documents fail on the way, what came before is still given and the failure kept.
    """

    def __init__(self, documents: Iterable[object], most: int, scope: Scope = "speech") -> None:
        self._most = most
        self._scope = scope
        self._documents = iter(documents)
        self._number = 0
        self.failure: Exception | None = None

    def take(self, most: int | None = None) -> list[Task]:
        """The next portion, of at most ``most`` documents; empty at the end."""
        batch: list[Task] = []
        size = 0
        limit = self._most if most is None else min(most, self._most)
        while self.failure is None and len(batch) < limit and size < _CHARACTERS:
            try:
                task = to_task(next(self._documents), self._number, self._scope)
            except StopIteration:
                break
            except Exception as error:
                self.failure = error
                break
            self._number += 1
            batch.append(task)
            size += len(task.document.text)
        return batch

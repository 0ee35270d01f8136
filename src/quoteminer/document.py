"""The text that is read, as given."""

from __future__ import annotations

import numbers
import operator
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from . import checks, languages
from .errors import AnnotationError, SpanError, shown
from .frozen import FrozenDict, frozen_mapping
from .spans import Span
from .vocabulary import SCOPES, Scope

if TYPE_CHECKING:
    from .text import Aligned

#: Where the scope stood before it became an argument; components of that time still read it, see :attr:`Document.scope`.
OLD_SCOPE: Final = "attribution_scope"


def _identifier(value: object) -> str:
    """An id as a ``str``; ``None`` is none, a whole number is one."""
    if value is None:
        return ""
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return str(operator.index(value))
    plain = checks.text(value, "Document.id")
    assert plain is not None
    return plain


def _freeze_metadata(value: object) -> FrozenDict:
    return frozen_mapping(value, "Document.metadata")


@attrs.frozen
class Document:
    """A text with an id. Every offset of every result counts code points of ``text``, which is never changed.

    Attributes:
        text: any ``str``.
        id: unique in a batch; made from the text when not given, so that the same text has the same id. An integer is taken as its digits.
        language: tag of BCP 47 such as ``en`` or ``pt-BR``; ``und`` where nobody knows, so that mining takes what the text tells.
        title: headline, if kept apart from the text.
        metadata: JSON values; kept as a frozen copy, objects as read-only mappings and arrays as tuples. Dates and times become ISO 8601,
            what tables have for a missing value becomes ``None``. Some keys have a meaning: ``date`` (ISO 8601, also a year or month alone),
            ``source`` (the outlet), ``url`` (http or https), ``author`` (a name or several) and ``section``. A wrong value of these is kept
            as it is; mining such a document leaves an :class:`Issue`.
        origin: the way back to the raw text that ``text`` was read from. It is neither compared nor written to the JSON form.

    Raises:
        AnnotationError: when a field has the wrong type, ``language`` is no tag (the message says which was meant, where that is plain), or
            ``origin`` is that of another text.
    """

    text: str
    id: str = attrs.field(default="", kw_only=True)
    language: str = attrs.field(default="en", kw_only=True)
    title: str | None = attrs.field(default=None, kw_only=True)
    metadata: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True, converter=_freeze_metadata)
    origin: Aligned | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise AnnotationError(f"Document.text: expected a str, not {type(self.text).__name__}", "Document.text", self.text)
        if type(self.text) is not str:
            checks.put(self, "text", checks.plain_text(self.text))
        if type(self.id) is not str:
            checks.put(self, "id", _identifier(self.id))
        if type(self.title) is not str:
            checks.put(self, "title", checks.text(self.title, "Document.title", optional=True))
        checks.put(self, "language", languages.check(self.language, "Document.language"))
        if self.origin is not None:
            # Few documents have one, and importing quoteminer stays light.
            from .text import Aligned

            checks.instance(self.origin, Aligned, "Document.origin")
            if self.origin.text != self.text:
                raise AnnotationError("Document.origin: it is aligned with another text", "Document.origin", self.origin)
        if not self.id:
            import hashlib

            digest = hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
            object.__setattr__(self, "id", f"doc-{digest}")

    def __getitem__(self, span: Span) -> str:
        """The text of a span.

        Raises:
            SpanError: when the span reaches outside the text (slicing a ``str`` would hide it).
        """
        if not isinstance(span, Span):
            raise SpanError(f"a document is indexed by a Span, not {shown(span)}", "span", span)
        if span.end > len(self.text):
            raise SpanError(f"{shown(span)} reaches outside the text of {len(self.text)} code points", "span", span)
        return self.text[span.start : span.end]

    @property
    def scope(self) -> str:
        """What counts as a quotation, for components that do not take it as an argument, as was usual before 0.2; do not use it in new ones."""
        warnings.warn("Document.scope is no more: name the argument scope in extract", DeprecationWarning, stacklevel=2)
        scope: str = self.metadata.get(OLD_SCOPE, SCOPES[0])
        return scope

    __iter__: ClassVar[None] = None
    """A document is no sequence: iterate over its ``text``, or over an extraction."""

    def __contains__(self, words: object) -> bool:
        """Whether words stand in the text."""
        if not isinstance(words, str):
            raise TypeError(f"a document holds text; expected a str, not {type(words).__name__}")
        return words in self.text

    def __len__(self) -> int:
        """Length of the text in code points."""
        return len(self.text)


def with_old_scope(document: Document, scope: Scope) -> Document:
    """The document as components want it that do not take the scope as an argument: before 0.2 it stood in the metadata."""
    if document.metadata.get(OLD_SCOPE, SCOPES[0]) == scope:
        return document
    return attrs.evolve(document, metadata={**document.metadata, OLD_SCOPE: scope})

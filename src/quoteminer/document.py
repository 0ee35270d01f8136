"""The text that is read, as given."""

from __future__ import annotations

import datetime as dt
import hashlib
import numbers
import operator
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

import attrs

from . import checks, languages
from .errors import AnnotationError, SpanError, shown
from .spans import Span

#: Two code points that JSON cannot hold side by side, see ``json_form``.
SURROGATE_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
#: Deeper metadata is refused, so that reading, comparing and writing it never runs out of stack.
DEEPEST: Final = 100
#: Longer integers are refused: Python itself does not read them back from JSON (its limit is 4,300 digits).
_LONGEST_INTEGER_BITS: Final = 14_000
#: The JSON form needs this name for itself, see ``json_form``.
RESERVED_KEY: Final = "$pieces"
#: The key of the metadata that says what is to be found in a text, and its values, the first when it is missing.
SCOPE: Final = "attribution_scope"
SCOPES: Final = ("speech", "all")


class FrozenDict(Mapping[str, Any]):
    """A mapping that nobody can change; the arrays in it are tuples and the objects in it are frozen as well."""

    __slots__ = ("_items",)

    _items: Mapping[str, Any]

    def __init__(self, items: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_items", MappingProxyType(dict(items)))

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("metadata cannot be changed; make a new Document with attrs.evolve")

    def __repr__(self) -> str:
        return repr(dict(self._items))

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self._items),)


def freeze(value: object, field: str, depth: int = 0) -> Any:
    """An immutable copy of a JSON value: objects become :class:`FrozenDict`, arrays tuples.

    Raises:
        AnnotationError: when something is no JSON value or cannot be written as JSON, naming where it stands.
    """
    if value is None or type(value) in (str, bool):
        return value
    if missing(value):
        return None
    if isinstance(value, str):
        return checks.plain_text(value)
    if isinstance(value, numbers.Integral):
        plain = int.__add__(operator.index(value), 0)
        if plain.bit_length() > _LONGEST_INTEGER_BITS:
            raise AnnotationError(f"{field}: an integer of {plain.bit_length()} bits is too long for JSON", field, value)
        return plain
    if isinstance(value, (dt.date, dt.time)):
        return checks.plain_text(value.isoformat())
    if depth > DEEPEST:
        raise AnnotationError(f"Document.metadata: nested deeper than {DEEPEST} levels", "Document.metadata", None)
    if isinstance(value, numbers.Real):
        real = float(value)
        if real in (float("inf"), float("-inf")):
            raise AnnotationError(f"{field}: {shown(value)} is no JSON number", field, value)
        return real
    if isinstance(value, Mapping):
        return FrozenDict({(name := _key(key, field)): freeze(item, f"{field}.{name}", depth + 1) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item, f"{field}[{index}]", depth + 1) for index, item in enumerate(value))
    raise AnnotationError(f"{field}: {shown(value)} is no JSON value", field, value)


def _key(key: object, field: str) -> str:
    if not isinstance(key, str):
        raise AnnotationError(f"{field}: keys must be strings, not {shown(key)}", field, key)
    plain = checks.plain_text(key)
    if plain == RESERVED_KEY or SURROGATE_PAIR.search(plain):
        raise AnnotationError(f"{field}: the key {shown(plain)} cannot be written as JSON", field, key)
    return plain


def missing(value: object) -> bool:
    """Whether a value is what tables have where a value is missing: ``None``, NaN, and what pandas has for times and the rest."""
    # The class of pandas' NA refuses to be compared, so it is known by its name.
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, numbers.Real) and value != value)


def thaw(value: Any) -> Any:
    """The JSON value that :func:`freeze` froze, made of new dicts and lists."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value


def _identifier(value: object) -> str:
    """An id as a ``str``; ``None`` is none, a whole number is one."""
    if value is None:
        return ""
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return str(operator.index(value))
    plain = checks.text(value, "Document.id")
    assert plain is not None
    return plain


def _freeze_metadata(value: Mapping[str, Any]) -> FrozenDict:
    if not isinstance(value, Mapping):
        raise AnnotationError(f"Document.metadata: expected a mapping, not {shown(value)}", "Document.metadata", value)
    frozen: FrozenDict = freeze(value, "Document.metadata")
    return frozen


@attrs.frozen
class Document:
    """A text with an id. Every offset of every result counts code points of ``text``, which is never changed.

    Attributes:
        text: any ``str``.
        id: unique in a batch; made from the text when not given, so that the same text has the same id. An integer is taken as its digits.
        language: tag of BCP 47 such as ``en`` or ``pt-BR``.
        title: headline, if kept apart from the text.
        metadata: JSON values; kept as a frozen copy, objects as read-only mappings and arrays as tuples. Dates and times become ISO 8601,
            what tables have for a missing value becomes ``None``. Of its keys one means something to us: ``attribution_scope``,
            see :attr:`scope`.

    Raises:
        AnnotationError: when a field has the wrong type, ``language`` is no tag (the message says which was meant, where that is plain), or
            ``attribution_scope`` is there with a value that does not exist.
    """

    text: str
    id: str = attrs.field(default="", kw_only=True)
    language: str = attrs.field(default="en", kw_only=True)
    title: str | None = attrs.field(default=None, kw_only=True)
    metadata: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True, converter=_freeze_metadata)

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
        if SCOPE in self.metadata and self.metadata[SCOPE] not in SCOPES:
            value = self.metadata[SCOPE]
            raise AnnotationError(
                f"Document.metadata.{SCOPE}: {value!r} is not one of {', '.join(SCOPES)}", "Document.metadata", value
            )
        if not self.id:
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
        """What counts as a quotation here: ``speech``, what somebody said or wrote; or ``all``, every attribution in the sense of
        PARC 3.0, so also what is thought, felt, planned, praised or blamed, and what a finding shows.

        It is ``metadata["attribution_scope"]``, and ``speech`` where that is missing. ``Miner(scope=…)`` sets it.
        """
        scope: str = self.metadata.get(SCOPE, SCOPES[0])
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

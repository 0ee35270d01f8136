"""Reading annotated documents: our own JSON form, or records as annotated corpora have them; one JSON object a line.

A record that cannot be read, a span outside its text, a doubled id: each is an :class:`Issue`, and the rest is read.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..annotations import Issue
from ..document import OLD_SCOPE, Document
from ..errors import FormatError, QuoteminerError, shown
from ..formats.decoding import decode
from ..json_form import is_ours, loads
from ..spans import Span, to_spans
from ..vocabulary import CLAIM_KINDS, QUOTE_KINDS, SCOPES, SPEAKER_KINDS, Scope
from .annotated import AnnotatedClaim, AnnotatedDocument, AnnotatedQuote, Entity

COMPONENT: Final = "evaluation.gold"


class _Convention(NamedTuple):
    """What a corpus annotates, where the fields do not tell."""

    claim_style: str = ""
    scope: Scope = "speech"


@functools.cache
def _conventions() -> dict[str, _Convention]:
    text = (importlib.resources.files(__package__) / "data" / "corpora.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: _Convention(style.strip("-"), "all" if scope == "all" else "speech") for name, style, scope in rows}


def read_annotated(paths: Iterable[Path | str], issues: list[Issue]) -> Iterator[AnnotatedDocument]:
    """The annotated documents of JSON Lines files, in their order.

    Args:
        paths: files with one object a line, in the JSON form ``quoteminer/1`` or as a corpus record.
        issues: what could not be read is added here; each names file, line and id.
    """
    seen: Counter[str] = Counter()
    for path in map(Path, paths):
        found = list(_read_file(path, issues))
        if not found:
            issues.append(Issue(COMPONENT, str(path), f"{path}: holds no annotated document", "error"))
        elif not any(marked for _, marked in found):
            # One without a quotation is gold, too; but nobody has looked for any in texts alone.
            message = f"{path}: holds texts, but no annotations: no record has 'quotes' or 'claims'"
            issues.append(Issue(COMPONENT, str(path), message, "error"))
            continue
        for document, _ in found:
            seen[document.document.id] += 1
            if seen[document.document.id] == 2:
                _warn(issues, document.document.id, f"{path}: the id {document.document.id!r} is used twice; both count")
            yield document


def _read_file(path: Path, issues: list[Issue]) -> Iterator[tuple[AnnotatedDocument, bool]]:
    """The documents of a file, each with whether its record has a place for annotations."""
    try:
        stream = path.open("rb")
    except OSError as error:
        issues.append(Issue(COMPONENT, str(path), f"{path}: {error.strerror or error}", "error"))
        return
    with stream:
        for number, raw in enumerate(stream, 1):
            where = f"{path}:{number}"
            try:
                line = decode(raw, str(path))
                if line.strip():
                    data = loads(line)
                    document = annotated(data, issues, where, corpus=path.stem)
                    yield document, "quotes" in data or "claims" in data
            except QuoteminerError as error:
                message = getattr(error, "message", str(error))
                issues.append(Issue(COMPONENT, str(path), f"{where}: {message}; the document is left out", "error"))


def annotated(data: object, issues: list[Issue], where: str = "", *, corpus: str = "") -> AnnotatedDocument:
    """One record, in either form.

    Args:
        where: stands at the head of the messages.
        corpus: name of the corpus when the record does not say.

    Raises:
        FormatError, AnnotationError: when it is no record with a text.
    """
    if not isinstance(data, Mapping):
        raise FormatError(f"expected a JSON object, not {type(data).__name__}")
    own = is_ours(data)
    header = data.get("document") if own else data
    if not isinstance(header, Mapping) or not isinstance(header.get("text"), str):
        raise FormatError("the record has no 'text'")
    identifier = header.get("id", "")
    name = data.get("corpus")
    corpus = name if isinstance(name, str) and name else corpus
    convention = _conventions().get(corpus, _Convention())
    document = Document(
        header["text"],
        id=str(identifier) if isinstance(identifier, int) else identifier,
        language=header.get("language") or header.get("lang") or "en",
        title=header.get("title") if isinstance(header.get("title"), str) else None,
    )
    reader = _Reader(document, issues, where)
    reader.read_entities(_list(data, "speakers") if own else _list(data, "entities"), own=own)
    claims = [claim for item in _list(data, "claims") if (claim := reader.claim(item, own=own)) is not None]
    return AnnotatedDocument(
        document=document,
        corpus=corpus,
        scope=_scope(header, convention),
        quotes=tuple(quote for item in _list(data, "quotes") if (quote := reader.quote(item, own=own)) is not None),
        claims=tuple(claims),
        claim_style=convention.claim_style or _style(data),
        genre=_genre(header),
        # A list without a claim says that there is none; null, that nobody has looked for any.
        has_claims=data.get("claims", ()) is not None,
    )


def _genre(header: Mapping[str, Any]) -> str:
    """What a record says of its sort of text, among its other data."""
    said = (
        more.get(key)
        for name in ("metadata", "meta")
        if isinstance(more := header.get(name), Mapping)
        for key in ("genre", "style")
    )
    return next((value for value in said if isinstance(value, str)), "")


def _scope(header: Mapping[str, Any], convention: _Convention) -> Scope:
    """The scope that a record says itself, as ``scope`` or among its other data; else that of its corpus.

    Raises:
        FormatError: when there is no such scope.
    """
    said = header.get("scope")
    for name in ("metadata", "meta"):
        more = header.get(name)
        if said is None and isinstance(more, Mapping):
            said = more.get(OLD_SCOPE)
    if said is None:
        return convention.scope
    if said not in SCOPES:
        raise FormatError(f"scope: {shown(said)} is not one of {', '.join(SCOPES)}")
    return "all" if said == "all" else "speech"


def _style(data: Mapping[str, Any]) -> str:
    return "sentences" if any(isinstance(item, Mapping) and "check_worthy" in item for item in _list(data, "claims")) else "spans"


def _list(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise FormatError(f"{name}: expected an array, not {value!r}")
    return value


def _warn(issues: list[Issue], document_id: str, message: str) -> None:
    issues.append(Issue(COMPONENT, document_id, message, "warning"))


class _Reader:
    """Reads the parts of one record; what is wrong costs only the annotation that it stands in."""

    def __init__(self, document: Document, issues: list[Issue], where: str) -> None:
        self._document = document
        self._issues = issues
        self._where = f"{where}: {document.id}" if where else document.id
        self._entities: dict[str, Entity] = {}
        self._ids: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def _left_out(self, what: str, why: str) -> None:
        message = f"{self._where}: {what}: {why}; it is left out"
        self._issues.append(Issue(COMPONENT, self._document.id, message, "error"))

    def _spans(self, value: object, field: str) -> tuple[Span, ...]:
        if value is None:
            return ()
        if isinstance(value, list) and len(value) == 2 and all(isinstance(item, int) for item in value):
            value = [value]
        spans = to_spans(value if isinstance(value, list) else [value], field, empty=True)
        if spans and spans[-1].end > len(self._document.text):
            raise FormatError(f"{field}: {spans[-1]} reaches outside the text of {len(self._document.text)} code points")
        return spans

    def _identifier(self, item: Mapping[str, Any], what: str, number: int) -> str:
        identifier = str(item.get("id") or f"{what}{number}")
        self._ids[what][identifier] += 1
        if self._ids[what][identifier] == 2:
            _warn(self._issues, self._document.id, f"{self._where}: the id of {what} {identifier!r} is used twice; both count")
        return identifier

    def read_entities(self, items: Sequence[Any], *, own: bool) -> None:
        """Entities by id, and for corpora by name as well."""
        for item in items:
            if not isinstance(item, Mapping) or not isinstance(item.get("name"), str) or not item["name"]:
                continue
            mentions: tuple[Span, ...] = ()
            aliases: tuple[str, ...] = ()
            try:
                aliases = tuple(name for name in _list(item, "aliases") if isinstance(name, str))
                # One by one: mentions of one entity may lie inside each other.
                mentions = tuple(span for mention in _list(item, "mentions") for span in self._spans([mention], "mentions"))
            except QuoteminerError as error:
                message = f"{self._where}: entity {item['name']!r}: {error}; what it says of names and mentions is left out"
                _warn(self._issues, self._document.id, message)
            kind = item.get("kind")
            known = kind if kind in SPEAKER_KINDS and kind != "unknown" else None
            entity = Entity(name=item["name"], aliases=aliases, mentions=mentions, kind=known)
            self._entities[str(item.get("id"))] = entity
            if not own:
                self._entities.setdefault(item["name"], entity)

    def _entity(self, item: Mapping[str, Any], field: str) -> Entity | None:
        # Some corpora name the entity by id beside the name, and the name alone may be that of several.
        for key in (item.get(f"{field}_entity"), item.get(f"{field}_id"), item.get(field)):
            if isinstance(key, str) and key in self._entities:
                return self._entities[key]
        name = item.get(field)
        return Entity(name=name) if isinstance(name, str) and name else None

    def quote(self, item: object, *, own: bool) -> AnnotatedQuote | None:
        """One quotation, ``None`` when it cannot be read."""
        number = sum(self._ids["quote"].values()) + 1
        if not isinstance(item, Mapping):
            self._left_out(f"quote {number}", f"expected an object, not {item!r}")
            return None
        identifier = self._identifier(item, "quote", number)
        try:
            content = self._spans(item.get("content"), "content")
            if not content:
                raise FormatError("has no content")
            confidence = item.get("confidence", 1.0)
            provenance = item.get("provenance") or {}
            if not isinstance(provenance, Mapping):
                raise FormatError(f"provenance: expected an object, not {provenance!r}")
            return AnnotatedQuote(
                id=identifier,
                content=content,
                kind=item.get("kind") if item.get("kind") in QUOTE_KINDS else None,
                cue=self._spans(item.get("cue"), "cue"),
                sources=self._spans(item.get("source"), "source"),
                speaker=self._entity(item, "speaker"),
                nested=(item.get("parent") if own else item.get("nested_in")) is not None,
                confidence=float(confidence),
                detail=_reason(provenance),
            )
        except (QuoteminerError, TypeError, ValueError) as error:
            self._left_out(f"quote {identifier!r}", str(error))
            return None

    def claim(self, item: object, *, own: bool) -> AnnotatedClaim | None:
        """One claim or judged sentence, ``None`` when it cannot be read."""
        number = sum(self._ids["claim"].values()) + 1
        if not isinstance(item, Mapping):
            self._left_out(f"claim {number}", f"expected an object, not {item!r}")
            return None
        identifier = self._identifier(item, "claim", number)
        try:
            spans = self._spans(item.get("spans") if own else item.get("span"), "spans")
            if not spans:
                raise FormatError("has no span")
            kind = item.get("kind") if own else item.get("label")
            score = item.get("check_worthiness") if own else item.get("score")
            return AnnotatedClaim(
                id=identifier,
                spans=spans,
                kind=kind if kind in CLAIM_KINDS else None,
                positive=bool(item.get("check_worthy", True)),
                check_worthiness=None if score is None else float(score),
                claimant=self._entity(item, "claimant"),
                confidence=float(item.get("confidence", 1.0)),
            )
        except (QuoteminerError, TypeError, ValueError) as error:
            self._left_out(f"claim {identifier!r}", str(error))
            return None


def _reason(provenance: Mapping[str, Any]) -> str:
    """Who found it and why, as :class:`quoteminer.Provenance` says it; in the first version of our form the detail is a text."""
    detail = provenance.get("detail", "")
    if isinstance(detail, Mapping):
        detail = " ".join(f"{name}={value}" for name, value in detail.items())
    return f"{provenance.get('extractor', '')} {detail}".strip()

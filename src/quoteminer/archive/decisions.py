"""What people decide about what was found: accepted, rejected, edited or added; it survives everything that is mined anew.

A decision belongs to a text, by its hash, and to words in it, by their spans; where a document has another text under its id, it follows the words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from ..annotations import Claim, Quote, Speaker, encloses
from ..document import Document
from ..errors import AnnotationError, ConfigurationError, FormatError, UnknownIdError
from ..extraction import Extraction
from ..json_form import SCHEMA, loads
from ..merging.overlap import Spans, partners
from ..spans import Span
from ..tabular import encodable
from . import rows
from .folding import plain
from .opening import now

Kind = Literal["quote", "claim"]
Verdict = Literal["accepted", "rejected", "edited", "added"]
VERDICTS: Final = ("accepted", "rejected", "edited", "added")

#: Two spans that share so much are about the same words (intersection over union).
_SAME: Final = 0.5
#: How the ids of what decisions add begin.
_ADDED: Final = "decided-"
#: The name that a speaker has in a stored decision, by the field of the quotation or claim.
_WHO: Final = {"quote": ("speaker", "addressee"), "claim": ("claimant",)}


@attrs.frozen
class Decision:
    """One decision about a quotation or claim.

    Attributes:
        number: by which it is undone.
        verdict: ``accepted``, ``rejected``, ``edited`` or ``added``.
        kind: ``quote`` or ``claim``.
        document: id of the document.
        words: what it is about.
        note: why, in somebody's words.
        made: when, in ISO 8601.
    """

    number: int
    verdict: Verdict
    kind: Kind
    document: str
    words: str
    note: str | None
    made: str


def spans_of(item: Quote | Claim) -> Spans:
    """Where a quotation or claim stands."""
    return item.content if isinstance(item, Quote) else item.spans


class Forms:
    """Quotations and claims as they are kept beside decisions: the JSON form with whole speakers in place of their ids."""

    def __init__(self, extraction: Extraction) -> None:
        form = extraction.to_dict()
        speakers = {one["id"]: {name: one[name] for name in ("name", "role", "kind")} for one in form["speakers"]}
        self._forms: dict[tuple[str, str], dict[str, Any]] = {
            (kind, one["id"]): {**one, **{field: speakers.get(one[field]) for field in fields}}
            for kind, fields in _WHO.items()
            for one in form[f"{kind}s"]
        }

    def of(self, item: Quote | Claim) -> dict[str, Any]:
        """That of one quotation or claim."""
        return dict(self._forms["quote" if isinstance(item, Quote) else "claim", item.id])


def _record(
    connection: sqlite3.Connection,
    document: Document,
    kind: Kind,
    verdict: Verdict,
    form: Mapping[str, Any],
    was: Mapping[str, Any] | None,
    note: str | None,
) -> None:
    """Write a decision down.

    Args:
        form: what is in the end to stand in the archive; of what is rejected, what stood there.
        was: what a component found, ``None`` where none did.
    """
    spans = _form_spans(kind, form)
    connection.execute(
        """INSERT INTO decisions (verdict, kind, document, text_hash, spans, words, value, was, note, made)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            verdict,
            kind,
            rows.stored_id(document.id),
            rows.digest(document.text),
            json.dumps([list(span) for span in spans]),
            encodable(" … ".join(document[span] for span in spans)),
            rows.json_text(form),
            None if was is None else rows.json_text(was),
            note,
            now(),
        ),
    )


def _form_spans(kind: str, form: Mapping[str, Any]) -> Spans:
    return tuple(Span(*span) for span in form["content" if kind == "quote" else "spans"])


def _replaced(
    connection: sqlite3.Connection, digest: str, kind: Kind, spans: Sequence[Spans]
) -> dict[int, Mapping[str, Any] | None]:
    """Take back what was decided before about the same words; by their places, what had been found there before anybody decided."""
    before = _of_text(connection, kind, digest)
    found: dict[int, Mapping[str, Any] | None] = {}
    for place, other in _pairs(spans, [_spans(row) for row in before]):
        found[place] = None if before[other]["was"] is None else json.loads(before[other]["was"])
        connection.execute("DELETE FROM decisions WHERE number = ?", (before[other]["number"],))
    return found


def _of_text(connection: sqlite3.Connection, kind: str, digest: str) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT * FROM decisions WHERE kind = ? AND text_hash = ? ORDER BY number", (kind, digest)
    ).fetchall()


def _spans(row: sqlite3.Row) -> Spans:
    return tuple(Span(*span) for span in json.loads(row["spans"]))


def _pairs(left: Sequence[Spans], right: Sequence[Spans]) -> list[tuple[int, int]]:
    """Which of either side are about the same words, each with one other at most, the best first."""

    def value(i: int, j: int, common: int, own: int, other: int) -> float:
        share = common / (own + other - common)
        return share if share >= _SAME else 0.0

    found: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(partners(left, right, value), key=lambda one: (-one[0], one[1], one[2])):
        if i not in taken[0] and j not in taken[1]:
            found.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return found


# --- onto an extraction --------------------------------------------------------------------------------------------------------


def applied(connection: sqlite3.Connection, extraction: Extraction, *, fresh: bool) -> tuple[Extraction, rows.Statuses]:
    """An extraction as people decided, and their verdicts.

    What was rejected is still in it. Whoever edited or accepted something finds it as it was then, also where a component now finds it with other
    borders, or no more.

    Args:
        fresh: whether it comes from the components, so that it is what an undone decision goes back to.
    """
    digest, document_id = rows.digest(extraction.document.text), rows.stored_id(extraction.document.id)
    known = connection.execute(
        "SELECT * FROM decisions WHERE text_hash = ? OR document = ? ORDER BY number", (digest, document_id)
    ).fetchall()
    if not known:
        return extraction, {}
    editing, forms = _Editing(extraction), Forms(extraction)
    statuses: dict[tuple[str, str], str] = {}
    for kind in _WHO:
        here = [row for row in known if row["kind"] == kind and row["text_hash"] == digest]
        before = [row for row in known if row["kind"] == kind and row["text_hash"] != digest]
        items = editing.items(kind)
        pairs = dict(_pairs([_spans(row) for row in here], [spans_of(item) for item in items]))
        for place, row in enumerate(here):
            item = items[pairs[place]] if place in pairs else None
            if fresh:
                was = None if item is None else rows.json_text(forms.of(item))
                connection.execute("UPDATE decisions SET was = ? WHERE number = ?", (was, row["number"]))
            if row["verdict"] == "rejected":
                if item is not None:
                    statuses[kind, item.id] = "rejected"
            else:
                statuses[kind, editing.put(kind, loads(row["value"]), item)] = row["verdict"]
        taken = {items[other].id for other in pairs.values()}
        _follow_words(editing, forms, kind, [item for item in items if item.id not in taken], before, statuses)
    return editing.extraction(), statuses


def _follow_words(
    editing: _Editing,
    forms: Forms,
    kind: str,
    items: Sequence[Quote | Claim],
    before: Iterable[sqlite3.Row],
    statuses: dict[tuple[str, str], str],
) -> None:
    """Decisions about an earlier text of the document, for the same words in this one."""
    by_words: dict[str, list[Quote | Claim]] = {}
    for item in items:
        by_words.setdefault(_words(item.text(editing.document)), []).append(item)
    for row in before:
        found = by_words.get(_words(row["words"]))
        if not found:
            continue
        item = found.pop(0)
        statuses[kind, item.id] = row["verdict"]
        if row["verdict"] in ("accepted", "edited", "added"):
            form = loads(row["value"])
            places = ("content", "cue", "source", "addressee_mention") if kind == "quote" else ("spans", "quantities", "times")
            own = forms.of(item)
            editing.put(
                kind,
                {**form, **{name: own[name] for name in places}, "quote": own.get("quote"), "parent": own.get("parent")},
                item,
            )


def _words(text: str) -> str:
    return " ".join(plain(text).split())


class _Editing:
    """An extraction whose quotations, claims and speakers are being changed."""

    def __init__(self, extraction: Extraction) -> None:
        self.given = extraction
        self.document: Document = extraction.document
        self._items: dict[str, dict[str, Quote | Claim]] = {
            "quote": {quote.id: quote for quote in extraction.quotes},
            "claim": {claim.id: claim for claim in extraction.claims},
        }
        self._speakers = {speaker.id: speaker for speaker in extraction.speakers}
        self._by_name: dict[str, str] = {}
        for speaker in extraction.speakers:
            self._by_name.setdefault(speaker.name, speaker.id)
        self._added = 0

    def items(self, kind: str) -> list[Quote | Claim]:
        """The quotations or claims as they are."""
        return list(self._items[kind].values())

    def put(self, kind: str, form: Mapping[str, Any], item: Quote | Claim | None) -> str:
        """Put a stored quotation or claim in the place of one, or beside all; its id."""
        identifier = self._new_id(self._items[kind]) if item is None else item.id
        plain_form = {name: value for name, value in form.items() if name not in _FOREIGN[kind]}
        for field in _WHO[kind]:
            plain_form[field] = self._speaker(form.get(field), form.get("source") if field == "speaker" else None)
        plain_form["id"] = identifier
        for name in ("parent", "quote"):
            if form.get(name) in self._items["quote"] and form.get(name) != identifier:
                plain_form[name] = form[name]
        self._items[kind][identifier] = self._made(kind, plain_form)
        return identifier

    def drop(self, kind: str, identifier: str) -> None:
        """Take a quotation or claim away."""
        del self._items[kind][identifier]

    def _made(self, kind: str, form: Mapping[str, Any]) -> Quote | Claim:
        """What a form says, read as the JSON form is."""
        alone = {**form, **dict.fromkeys(("parent", "quote"))} if kind == "claim" else {**form, "parent": None}
        if kind == "claim":
            alone.pop("parent")
        made = Extraction.from_dict(
            {
                "schema": SCHEMA,
                "document": {"text": self.document.text, "id": "d"},
                f"{kind}s": [alone],
                "speakers": [{"id": one, "name": "x"} for one in {form.get(field) for field in _WHO[kind]} - {None}],
            }
        )
        item: Quote | Claim = (made.quotes if kind == "quote" else made.claims)[0]
        if isinstance(item, Quote):
            return attrs.evolve(item, parent=form.get("parent"))
        return attrs.evolve(item, quote=form.get("quote"))

    def _speaker(self, who: Mapping[str, Any] | None, source: Sequence[int] | None) -> str | None:
        """The id of the speaker that a decision names, who is added where the document has none of that name."""
        if who is None:
            return None
        if who["name"] in self._by_name:
            return self._by_name[who["name"]]
        identifier = self._new_id(self._speakers)
        self._by_name[who["name"]] = identifier
        mentions = [tuple(source)] if source else []
        self._speakers[identifier] = Speaker(
            identifier, who["name"], role=who.get("role"), kind=who.get("kind") or "person", mentions=mentions
        )
        return identifier

    def _new_id(self, known: Mapping[str, object]) -> str:
        while True:
            self._added += 1
            if f"{_ADDED}{self._added}" not in known:
                return f"{_ADDED}{self._added}"

    def extraction(self) -> Extraction:
        """What has become of it."""
        quotes = [one for one in self._items["quote"].values() if isinstance(one, Quote)]
        by_id = {quote.id: quote for quote in quotes}
        sound = [
            attrs.evolve(quote, parent=None)
            if quote.parent is not None and (quote.parent not in by_id or not encloses(by_id[quote.parent], quote))
            else quote
            for quote in quotes
        ]
        claims = [
            attrs.evolve(claim, quote=None) if claim.quote is not None and claim.quote not in by_id else claim
            for claim in self._items["claim"].values()
            if isinstance(claim, Claim)
        ]
        used = {one for quote in sound for one in (quote.speaker, quote.addressee)} | {claim.claimant for claim in claims}
        speakers = [one for one in self._speakers.values() if one.id in used or not one.id.startswith(_ADDED)]
        return attrs.evolve(self.given, quotes=sound, speakers=speakers, claims=claims, extra={})


#: What a stored form says of other quotations, which may be gone.
_FOREIGN: Final = {"quote": ("parent",), "claim": ("quote",)}


# --- made --------------------------------------------------------------------------------------------------------------------


def decide(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    identifier: str,
    verdict: Verdict,
    changes: Mapping[str, Any],
    note: str | None,
) -> None:
    """Decide about one quotation or claim of a document, and store the document anew."""
    extraction = rows.read(connection, row, rejected=True)
    item = extraction[identifier]
    if not isinstance(item, (Quote, Claim)):
        raise UnknownIdError(f"{identifier!r} is no quotation and no claim", "id", identifier)
    kind: Kind = "quote" if isinstance(item, Quote) else "claim"
    form = Forms(extraction).of(item)
    was: Mapping[str, Any] | None = dict(form)
    for name, value in changes.items():
        if name in _WHO[kind]:
            form[name] = {"name": value} if isinstance(value, str) else value
        elif name in form and name not in ("id", "provenance"):
            form[name] = value
        else:
            raise ConfigurationError(f"decide: a {kind} has no field {name!r} that can be edited", "changes", name)
    if verdict == "edited":
        _check(extraction, kind, form)
    was = _replaced(connection, rows.digest(extraction.document.text), kind, [spans_of(item)]).get(0, was)
    _record(connection, extraction.document, kind, verdict, form, was, note)
    _store(connection, row, extraction)


def _check(extraction: Extraction, kind: str, form: Mapping[str, Any]) -> None:
    """Refuse what cannot be before it is written down."""
    editing = _Editing(extraction)
    try:
        editing.put(kind, form, None)
        editing.extraction()
    except (FormatError, TypeError) as error:
        raise AnnotationError(f"decide: {error}", "changes", None) from None


def _store(connection: sqlite3.Connection, row: sqlite3.Row, extraction: Extraction) -> None:
    changed, statuses = applied(connection, extraction, fresh=False)
    rows.Writer(connection).put(changed, row["manifest"], statuses)


def learn(connection: sqlite3.Connection, row: sqlite3.Row, annotated: Extraction, note: str | None) -> dict[str, int]:
    """Take what somebody annotated for decisions about all that the archive has of a document; how many of each verdict.

    What both have is accepted, or edited where it differs; what only the archive has is rejected; what only the annotator has is added.

    Raises:
        AnnotationError: when it is about another text.
    """
    extraction = rows.read(connection, row, rejected=True)
    if extraction.document.text != annotated.document.text:
        raise AnnotationError(
            f"the annotations of {annotated.document.id!r} are of another text than the archive has", "text", None
        )
    counts = dict.fromkeys(VERDICTS, 0)
    both: list[tuple[Kind, Sequence[Quote | Claim], Sequence[Quote | Claim]]] = [
        ("quote", extraction.quotes, annotated.quotes),
        ("claim", extraction.claims, annotated.claims),
    ]
    own_forms, given_forms = Forms(extraction), Forms(annotated)
    for kind, ours, theirs in both:
        pairs = dict(_pairs([spans_of(item) for item in ours], [spans_of(item) for item in theirs]))
        verdicts: list[tuple[Verdict, dict[str, Any], dict[str, Any] | None]] = []
        for place, item in enumerate(ours):
            own = own_forms.of(item)
            if place not in pairs:
                verdicts.append(("rejected", own, own))
                continue
            given = given_forms.of(theirs[pairs[place]])
            alike = all(_alike(own.get(name), given.get(name)) for name in _JUDGED[kind])
            verdicts.append(("accepted" if alike else "edited", own if alike else {**own, **_judged(given, kind)}, own))
        matched = set(pairs.values())
        verdicts += [("added", given_forms.of(item), None) for place, item in enumerate(theirs) if place not in matched]
        spans = [_form_spans(kind, own or form) for _, form, own in verdicts]
        before = _replaced(connection, rows.digest(extraction.document.text), kind, spans)
        for place, (verdict, form, found) in enumerate(verdicts):
            _record(connection, extraction.document, kind, verdict, form, before.get(place, found), note)
            counts[verdict] += 1
    _store(connection, row, extraction)
    return counts


#: What an annotator judges; all else (confidence, provenance) stays.
_JUDGED: Final = {
    "quote": ("content", "kind", "cue", "source", "speaker", "addressee", "modality"),
    "claim": ("spans", "kind", "claimant", "modality", "negated"),
}


def _judged(form: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {name: form[name] for name in _JUDGED[kind] if name in form}


def _alike(own: Any, given: Any) -> bool:
    if isinstance(own, Mapping) and isinstance(given, Mapping):
        return bool(own.get("name") == given.get("name"))
    return bool(own == given)


def undo(connection: sqlite3.Connection, number: int) -> None:
    """Take a decision back; what a component had found stands there again.

    Raises:
        UnknownIdError: when there is no such decision.
    """
    decision = connection.execute("SELECT * FROM decisions WHERE number = ?", (number,)).fetchone()
    if decision is None:
        raise UnknownIdError(f"there is no decision {number}", "number", number)
    connection.execute("DELETE FROM decisions WHERE number = ?", (number,))
    for row in connection.execute("SELECT * FROM documents WHERE text_hash = ?", (decision["text_hash"],)).fetchall():
        extraction = rows.read(connection, row, rejected=True)
        editing = _Editing(extraction)
        items = editing.items(decision["kind"])
        for _, place in _pairs([_spans(decision)], [spans_of(item) for item in items]):
            if decision["was"] is None:
                editing.drop(decision["kind"], items[place].id)
            else:
                editing.put(decision["kind"], loads(decision["was"]), items[place])
        _store(connection, row, editing.extraction())


def listed(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions about quotations and claims, as they were made."""
    return [
        Decision(*row)
        for row in connection.execute("SELECT number, verdict, kind, document, words, note, made FROM decisions ORDER BY number")
    ]

"""Reads the markup in which the corpus is written and annotated.

A file holds documents. Lines before the first one (``outlet: …``) describe its writer. A document is

    === ID lang=en style=wire tags=headline,claims
    @R=Mark Rutte | NATO Secretary General          a key for a speaker, the canonical name, perhaps a role
    ---
    the text with tags
    %%
    facts, one a line

Tags; those of different letters may cross:

    <c1d>…</c>        content of quotation 1: d direct, i indirect, m mixed; <c1>…</c> repeats for its further spans
    <u1>…</u>         cue of quotation 1; <u1,2> for two
    <s1=R>…</s>       source mention of quotation 1 and its speaker: a key, or a noun phrase in straight marks; <s1,2=R> for two
    <ke+>…</k>        claim: its kind (q quantity, m comparison, u causation, l law_or_rule, e event, p prediction, g pledge, o other) and
                      whether it is worth checking (+ or -); <k1e+>…</k> … <k1>…</k> in several spans

Facts:

    2 by=R to=reporters in=1 mod=negated    speaker of a quotation without mention (null: nobody knows), addressee, enclosing quotation,
                                            modality (negated, hypothetical, future)
    4 unclosed                              its closing mark is missing on purpose
    k1 by=R                                 claimant of claim 1, where it is not the speaker of the innermost quotation around it

The tag ``claims`` in the header says that claims are annotated; without it the document tells nothing about them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, NoReturn

import attrs

from . import doubts

_TAG: Final = re.compile(
    r"<(?:"
    r"c(?P<content>\d+)(?P<kind>[dim])?"
    r"|u(?P<cue>\d+(?:,\d+)*)"
    r'|s(?P<source>\d+(?:,\d+)*)=(?:"(?P<phrase>[^<>"\n]+)"|(?P<key>\w+))'
    r"|k(?P<claim>\d*)(?:(?P<claim_kind>[qmulepgo])(?P<worth>[+-]))?"
    r"|/(?P<close>[cusk])"
    r")>"
)
_LEFT_OVER: Final = re.compile(r"</?[cusk]?\d*|[<>]|%%|===")
_FACT: Final = re.compile(r"(k?)(\d+)( unclosed)?((?: \w+=[^=]+?)*)")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]+|#\d+|#x[\da-fA-F]+)$")
_FIELDS: Final = {"c": "content", "u": "cue", "s": "source"}
_KINDS: Final = {"d": "direct", "i": "indirect", "m": "mixed"}
_CLAIM_KINDS: Final = {
    "q": "quantity", "m": "comparison", "u": "causation", "l": "law_or_rule", "e": "event", "p": "prediction", "g": "pledge",
    "o": "other",
}  # fmt: skip
_MODALITIES: Final = ("negated", "hypothetical", "future")

Spans = list[list[int]]


class MarkupError(ValueError):
    """A markup file is wrong; the message names document and quotation."""


class _Open(NamedTuple):
    """A tag that waits for its end."""

    letter: str
    numbers: list[int]
    start: int


@attrs.define
class Quotation:
    """One quotation while its document is read."""

    kind: str | None = None
    content: Spans = attrs.Factory(list)
    cue: Spans = attrs.Factory(list)
    source: Spans = attrs.Factory(list)
    speaker: str | None = None
    has_speaker: bool = False
    addressee: str | None = None
    nested_in: int | None = None
    modality: str | None = None
    unclosed: bool = False

    def holds(self, spans: Spans) -> bool:
        """Whether spans lie inside the content."""
        return all(any(a <= start and end <= b for a, b in self.content) for start, end in spans)


@attrs.define
class Statement:
    """One claim while its document is read."""

    kind: str
    worth: bool
    spans: Spans = attrs.Factory(list)
    claimant: str | None = None
    has_claimant: bool = False


@attrs.define
class Person:
    """A speaker by its key."""

    name: str
    role: str | None = None
    mentions: Spans = attrs.Factory(list)


class Document:
    """One document of a markup file.

    Attributes:
        id, language, genre, tags: from its header.
        text: without tags, with one line break at its end.
        quotations, statements: by their numbers.

    Raises:
        MarkupError: for unbalanced or empty tags, white space at edges, unknown keys, two speakers for a quotation, missing parts,
            overlaps without nesting, nesting without overlap, claims in what was not said.
    """

    def __init__(self, block: str) -> None:
        head, line, rest = block.partition("\n---\n")
        self.id = head.split(" ", 1)[0].split("\n")[0]
        if not line:
            self.fail("no line '---' after the header")
        body, _, facts = rest.partition("\n%%")
        self.people: dict[str, Person] = {}
        self.quotations: dict[int, Quotation] = {}
        self.statements: dict[int, Statement] = {}
        self.language = self.genre = self.text = ""
        self.tags: tuple[str, ...] = ()
        self._read_header(head)
        self._read_body(body)
        self._read_facts(facts)
        self._check()

    def fail(self, message: str) -> NoReturn:
        raise MarkupError(f"{self.id}: {message}")

    @property
    def has_claims(self) -> bool:
        """Whether claims are annotated."""
        return "claims" in self.tags

    def _read_header(self, head: str) -> None:
        first, *lines = head.split("\n")
        said = dict(part.partition("=")[::2] for part in first.split()[1:])
        if unknown := said.keys() - {"lang", "style", "tags"}:
            self.fail(f"the header says {', '.join(sorted(unknown))}")
        if not said.get("lang") or not said.get("style"):
            self.fail("the header needs lang= and style=")
        self.language, self.genre = said["lang"], said["style"]
        self.tags = tuple(tag for tag in said.get("tags", "").split(",") if tag)
        for line in lines:
            match = re.fullmatch(r"@(\w+) ?= ?([^|]+?)(?: \| (.+))?", line)
            if match is None:
                self.fail(f"header line {line!r}")
            if match[1] in self.people:
                self.fail(f"speaker key {match[1]!r} stands twice")
            self.people[match[1]] = Person(match[2], match[3])

    def _read_body(self, body: str) -> None:
        body = body.strip("\n")
        if body != body.lstrip() or not body:
            self.fail("the text must begin in a line after '---', without blanks")
        plain: list[str] = []
        waiting: list[_Open] = []
        at = length = 0
        spans: list[tuple[_Open, int]] = []
        for tag in _TAG.finditer(body):
            plain.append(body[at : tag.start()])
            length += tag.start() - at
            at = tag.end()
            if letter := tag["close"]:
                index = next((i for i in reversed(range(len(waiting))) if waiting[i].letter == letter), None)
                if index is None:
                    self.fail(f"{tag.group()} closes nothing near {body[max(0, at - 60) : at]!r}")
                spans.append((waiting.pop(index), length))
            else:
                waiting.append(self._opened(tag, length))
        if waiting:
            self.fail(f"a tag {waiting[-1].letter} of {waiting[-1].numbers} is not closed")
        plain.append(body[at:])
        self.text = "".join(plain) + "\n"
        if left := _LEFT_OVER.search(self.text):
            self.fail(f"tag characters are left over near {self.text[max(0, left.start() - 30) : left.end() + 30]!r}")
        for opened, end in sorted(spans, key=lambda pair: (pair[0].start, -pair[1])):
            self._add(opened, end)

    def _opened(self, tag: re.Match[str], start: int) -> _Open:
        if tag["content"]:
            number = int(tag["content"])
            quotation = self.quotations.setdefault(number, Quotation())
            if tag["kind"]:
                kind = _KINDS[tag["kind"]]
                if quotation.kind not in (None, kind):
                    self.fail(f"quotation {number} has two kinds, {quotation.kind} and {kind}")
                quotation.kind = kind
            return _Open("c", [number], start)
        if tag["claim"] is not None:
            return _Open("k", [self._statement(tag)], start)
        numbers = [int(number) for number in (tag["cue"] or tag["source"]).split(",")]
        for number in numbers:
            self.quotations.setdefault(number, Quotation())
            if tag["source"]:
                self._say_speaker(number, f'"{tag["phrase"]}"' if tag["phrase"] else tag["key"])
        return _Open("u" if tag["cue"] else "s", numbers, start)

    def _statement(self, tag: re.Match[str]) -> int:
        # Most claims are in one piece and have no number of their own.
        number = int(tag["claim"]) if tag["claim"] else -1 - len(self.statements)
        if tag["claim_kind"]:
            if number in self.statements:
                self.fail(f"claim {number} states its kind twice")
            self.statements[number] = Statement(_CLAIM_KINDS[tag["claim_kind"]], tag["worth"] == "+")
        elif number not in self.statements:
            self.fail(f"{tag.group()}: a claim needs its kind, and + or -")
        return number

    def _add(self, opened: _Open, end: int) -> None:
        words = self.text[opened.start : end]
        span = [opened.start, end]
        if opened.letter == "k":
            # A claim goes without the sign that ends its sentence, wherever its tag stands.
            kept = words.rstrip(" \n.,;:!?…")
            if words.endswith((".m.", "etc.")):
                kept = words
            entity = _ENTITY.search(kept)
            if entity is not None and words.startswith(";", len(kept)) and html.unescape(sign := f"{entity[0]};") != sign:
                kept += ";"
            if not kept.strip():
                self.fail("a claim is empty")
            lead = len(kept) - len(kept.lstrip())
            self.statements[opened.numbers[0]].spans.append([opened.start + lead, opened.start + len(kept)])
            return
        if not words or words != words.strip():
            self.fail(f"span {words!r} of quotation {opened.numbers} is empty or has white space at an edge")
        for number in opened.numbers:
            quotation = self.quotations[number]
            getattr(quotation, _FIELDS[opened.letter]).append(span)
            if opened.letter == "s" and quotation.speaker is not None:
                person = next(person for person in self.people.values() if person.name == quotation.speaker)
                if span not in person.mentions:
                    person.mentions.append(span)

    def _name(self, said: str, whose: str) -> str:
        """The canonical name that a key or a phrase in marks stands for."""
        if said.startswith('"'):
            phrase = said.strip('"')
            if all(person.name != phrase for person in self.people.values()):
                self.people[said] = Person(phrase)
            return phrase
        if said not in self.people:
            self.fail(f"{whose} names the unknown speaker {said!r}")
        return self.people[said].name

    def _say_speaker(self, number: int, said: str) -> None:
        quotation, name = self.quotations[number], self._name(said, f"quotation {number}")
        if quotation.speaker not in (None, name):
            self.fail(f"quotation {number} has two speakers, {quotation.speaker!r} and {name!r}")
        quotation.speaker, quotation.has_speaker = name, True

    def _read_facts(self, facts: str) -> None:
        for line in filter(None, map(str.strip, facts.splitlines())):
            match = _FACT.fullmatch(line)
            known = self.statements if match and match[1] else self.quotations
            if match is None or int(match[2]) not in known or not (match[3] or match[4]):
                self.fail(f"fact {line!r}")
            number = int(match[2])
            pairs = re.findall(r" (\w+)=([^=]+?)(?= \w+=|$)", match[4])
            if match[1]:
                self._claim_fact(number, dict(pairs))
                continue
            self.quotations[number].unclosed |= bool(match[3])
            for key, value in pairs:
                self._fact(number, key, value)

    def _claim_fact(self, number: int, said: dict[str, str]) -> None:
        if said.keys() != {"by"}:
            self.fail(f"claim {number} may only say by=")
        statement = self.statements[number]
        statement.has_claimant = True
        statement.claimant = None if said["by"] == "null" else self._name(said["by"], f"claim {number}")

    def _fact(self, number: int, key: str, value: str) -> None:
        quotation = self.quotations[number]
        if key == "by":
            if quotation.source:
                self.fail(f"quotation {number} has a source, so by={value} is wrong")
            if value != "null":
                self._say_speaker(number, value)
            quotation.has_speaker = True
        elif key == "to":
            quotation.addressee = self.people[value].name if value in self.people else value.strip('"')
        elif key == "in":
            if value == str(number) or not value.isdigit() or int(value) not in self.quotations:
                self.fail(f"quotation {number} cannot be in {value!r}")
            quotation.nested_in = int(value)
        elif key == "mod" and value in _MODALITIES:
            quotation.modality = value
        else:
            self.fail(f"quotation {number} has the unknown fact {key}={value}")

    def _check(self) -> None:
        for number, quotation in self.quotations.items():
            if not quotation.content or quotation.kind is None:
                self.fail(f"quotation {number} has no content or kind")
            if not quotation.has_speaker:
                self.fail(f"quotation {number} has no source and no by=")
            own = sorted([*quotation.content, *quotation.cue, *quotation.source])
            if any(start < end for (_, end), (start, _) in zip(own, own[1:], strict=False)):
                self.fail(f"two spans of quotation {number} overlap")
            self._check_nesting(number, quotation)
        for statement in self.statements.values():
            around = self.innermost(statement)
            if around is not None and self.quotations[around].modality in ("negated", "hypothetical"):
                self.fail(f"a claim stands in quotation {around}, which was not said")
        if self.statements and not self.has_claims:
            self.fail("there are claims, but no tag claims")

    def above(self, number: int) -> list[int]:
        """The quotations around one, from the inside."""
        found: list[int] = []
        outer = self.quotations[number].nested_in
        while outer is not None:
            if outer in found or outer == number:
                self.fail(f"quotation {number} is nested in itself")
            found.append(outer)
            outer = self.quotations[outer].nested_in
        return found

    def _check_nesting(self, number: int, quotation: Quotation) -> None:
        above = self.above(number)
        for other, outer in self.quotations.items():
            if other == number:
                continue
            if other in above and not outer.holds(quotation.content):
                self.fail(f"quotation {number} is said to be nested in {other}, but is not inside it")
            overlap = any(start < b and a < end for start, end in quotation.content for a, b in outer.content)
            if overlap and other not in above and number not in self.above(other):
                self.fail(f"quotation {number} overlaps {other} without nesting")

    def innermost(self, statement: Statement) -> int | None:
        """The number of the innermost quotation that a claim begins in."""
        around = [number for number, quotation in self.quotations.items() if quotation.holds(statement.spans[:1])]
        return max(around, key=lambda number: len(self.above(number)), default=None)

    def doubts(self) -> Iterator[str]:
        """What is well-formed but looks wrong: kinds that the marks of the text speak against."""
        for number, quotation in self.quotations.items():
            for message in doubts.of_kind(
                self.text, quotation.kind or "", quotation.content, quotation.cue, unclosed=quotation.unclosed
            ):
                yield f"{self.id}: quotation {number} {message}"

    def gold(self, kinds: Callable[[str], str | None] = lambda speaker: None, **meta: Any) -> dict[str, Any]:
        """The record of this document, as ``seeds/README.md`` describes it; spans count code points of the text.

        ``kinds`` gives the kind of a speaker by name, where somebody has looked.
        """
        quotes = sorted(self.quotations.items(), key=lambda pair: (pair[1].content[0][0], -pair[1].content[-1][1]))
        claims = sorted(self.statements.values(), key=lambda statement: (statement.spans[0][0], -statement.spans[-1][1]))
        return {
            "id": self.id,
            "corpus": "seeds",
            "lang": self.language,
            "text": self.text,
            "meta": {"style": self.genre, **meta, "tags": [tag for tag in self.tags if tag != "claims"]},
            "quotes": [
                {
                    "id": f"q{number}",
                    "kind": quotation.kind,
                    "content": quotation.content,
                    "cue": quotation.cue,
                    "source": quotation.source,
                    "speaker": quotation.speaker,
                    "addressee": quotation.addressee,
                    "nested_in": None if quotation.nested_in is None else f"q{quotation.nested_in}",
                    "modality": quotation.modality,
                }
                for number, quotation in quotes
            ],
            "claims": [self._claim_record(n, statement) for n, statement in enumerate(claims, 1)] if self.has_claims else None,
            "entities": [
                {
                    "id": f"e{n}",
                    "name": person.name,
                    "role": person.role,
                    **({} if (kind := kinds(person.name)) is None else {"kind": kind}),
                    "mentions": person.mentions,
                }
                for n, person in enumerate(self.people.values(), 1)
            ],
        }

    def _claim_record(self, number: int, statement: Statement) -> dict[str, Any]:
        around = self.innermost(statement)
        by_place = None if around is None else self.quotations[around].speaker
        return {
            "id": f"c{number}",
            "span": statement.spans,
            "label": statement.kind,
            "score": int(statement.worth),
            "claimant": statement.claimant if statement.has_claimant else by_place,
            "in_quote": None if around is None else f"q{around}",
        }


def documents(markup: str) -> list[Document]:
    """The documents of a file.

    Raises:
        MarkupError: for the first that is wrong, and for an id that stands twice.
    """
    found = [Document(block) for block in re.split(r"(?m)^=== ", markup)[1:]]
    ids = [document.id for document in found]
    if double := next((identifier for identifier in ids if ids.count(identifier) > 1), None):
        raise MarkupError(f"{double}: the id stands twice")
    return found


def profile(markup: str) -> dict[str, str]:
    """What a file says of its writer before its first document."""
    head = re.split(r"(?m)^=== ", markup)[0]
    return {key.strip(): value.strip() for line in head.splitlines() if line.strip() for key, _, value in [line.partition(":")]}

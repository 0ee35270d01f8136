"""Word classes for claims: each word form is a set of flags, read from the data files of a language."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from .. import lexicon


class Flag(enum.IntFlag):
    """What a word form can be; a form may be several things."""

    WORD = enum.auto()
    DETERMINER = enum.auto()
    PREPOSITION = enum.auto()
    PRONOUN = enum.auto()
    OBJECT = enum.auto()
    FIRST = enum.auto()
    COORDINATOR = enum.auto()
    SUBORDINATOR = enum.auto()
    RELATIVE = enum.auto()
    CONDITION = enum.auto()
    MODAL = enum.auto()
    FUTURE = enum.auto()
    CONDITIONAL = enum.auto()
    BE = enum.auto()
    BE_BASE = enum.auto()
    HAVE = enum.auto()
    DO = enum.auto()
    NEGATOR = enum.auto()
    ADVERB = enum.auto()
    BASE = enum.auto()
    THIRD = enum.auto()
    PAST = enum.auto()
    PARTICIPLE = enum.auto()
    ING = enum.auto()
    NUMBER = enum.auto()
    CAPITAL = enum.auto()
    STOP = enum.auto()
    """Ends a sentence."""
    BREAK = enum.auto()
    """Punctuation that parts clauses: semicolon, colon, dash."""
    COMMA = enum.auto()
    MARK = enum.auto()
    """A quotation mark or bracket."""
    HOLE = enum.auto()
    """Stands for the content of a quotation inside the words around it."""
    HEDGE = enum.auto()
    COMPARISON = enum.auto()
    SUPERLATIVE = enum.auto()
    CAUSATION = enum.auto()
    LAW = enum.auto()
    OBLIGATION = enum.auto()
    PLEDGE = enum.auto()
    MEASURE = enum.auto()
    OPINION = enum.auto()
    ATTITUDE = enum.auto()
    NORMATIVE = enum.auto()
    LINE = enum.auto()
    """A line break."""
    DATED = enum.auto()
    """May be part of a time expression; none is without such a word."""
    COUNTED = enum.auto()
    """May be part of a quantity; none is without such a word."""


_CLASSES: Final = {
    "determiner": Flag.DETERMINER, "preposition": Flag.PREPOSITION, "pronoun": Flag.PRONOUN, "object": Flag.OBJECT,
    "first": Flag.FIRST, "coordinator": Flag.COORDINATOR, "subordinator": Flag.SUBORDINATOR, "relative": Flag.RELATIVE,
    "condition": Flag.CONDITION, "modal": Flag.MODAL, "future": Flag.FUTURE, "conditional": Flag.CONDITIONAL, "be": Flag.BE,
    "be_base": Flag.BE_BASE, "have": Flag.HAVE, "do": Flag.DO, "negator": Flag.NEGATOR, "adverb": Flag.ADVERB,
    "hedge": Flag.HEDGE, "comparison": Flag.COMPARISON, "superlative": Flag.SUPERLATIVE, "causation": Flag.CAUSATION,
    "law": Flag.LAW, "obligation": Flag.OBLIGATION, "pledge": Flag.PLEDGE, "measure": Flag.MEASURE, "opinion": Flag.OPINION,
    "attitude": Flag.ATTITUDE, "normative": Flag.NORMATIVE, "number": Flag.NUMBER,
}  # fmt: skip
_FORMS: Final = {
    "base": Flag.BASE, "third": Flag.THIRD, "past": Flag.PAST, "participle": Flag.PARTICIPLE, "ing": Flag.ING,
}  # fmt: skip
_NOT_PAST: Final = re.compile(r"(?:eed|red|shed|sled|bed|wed|hundred|sacred|kindred|wicked|naked)$")
FUNCTION: Final = (
    Flag.DETERMINER | Flag.PREPOSITION | Flag.PRONOUN | Flag.COORDINATOR | Flag.SUBORDINATOR | Flag.MODAL | Flag.BE | Flag.HAVE | Flag.DO
)  # fmt: skip


def lines(language: str, name: str) -> Iterator[str]:
    """The lines of a data file of the claims, without comments."""
    folder = lexicon.LANGUAGES / language
    file = next(file for file in (folder / "claims" / name, folder / name, folder / "weights" / name) if file.is_file())
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def either(entries: Iterable[str]) -> str:
    """A pattern that finds any entry of a table, the longest first, in capitals or small letters of the entry's own alphabet.

    Signs that only case folding takes for those letters ("İ", "ſ", the Kelvin sign) are not found, so that :func:`entry` of what the
    pattern finds is in the table.
    """
    return f"(?ai:{'|'.join(sorted(map(re.escape, entries), key=lambda name: (-len(name), name)))})"


def entry(found: str) -> str:
    """The entry of a table that a pattern found: in small letters, without white space of any kind and hyphens around it."""
    return found.strip().strip("-").strip().lower()


@functools.cache
def supported(tag: str) -> str | None:
    """The language of a tag when there is data on claims for it."""
    language = lexicon.supported(tag)
    if language is None:
        return None
    return language if (lexicon.LANGUAGES / language / "claims").is_dir() else None


@functools.cache
def word_classes(language: str) -> dict[str, int]:
    """The flags of each word form that is listed, as plain integers: thousands are combined for each text."""
    known: dict[str, int] = {}
    for word, readings in lexicon.pack_of(language).verbs.items():
        for reading in readings:
            for form in () if reading.particle else reading.forms:
                known[word] = known.get(word, 0) | int(_FORMS[form])
    for line in lines(language, "words.tsv"):
        name, words = line.split("\t")
        if name in _CLASSES:
            for word in words.split():
                known[word] = known.get(word, 0) | int(_CLASSES[name])
    return {word: flags | int(Flag.WORD) for word, flags in known.items()}


@functools.cache
def word_list(language: str, name: str) -> frozenset[str]:
    """The words of one class."""
    return frozenset(
        word
        for line in lines(language, "words.tsv")
        for kind, words in (line.split("\t"),)
        if kind == name
        for word in words.split()
    )


def guess(word: str) -> int:
    """The flags of a word that is not listed, by its form (``word`` in lower case)."""
    flags = int(Flag.WORD)
    if word[0].isdigit():
        return flags | Flag.NUMBER
    if word.endswith("ed") and len(word) > 4 and not _NOT_PAST.search(word):
        return flags | Flag.PAST | Flag.PARTICIPLE
    if word.endswith("ing") and len(word) > 5:
        return flags | Flag.ING
    if word.endswith("ly") and len(word) > 4:
        return flags | Flag.ADVERB
    return flags

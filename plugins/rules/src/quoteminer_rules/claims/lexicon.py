"""What each word can be, for the search for claims: the classes of a language as bits."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ..language.morphology import Ending, by_ending
from ..language.pack import Pack, Reading, load
from ..language.pronouns import Pronoun


class Flag(enum.IntFlag):
    """What a token can be; it may be several things. Names of classes stand in ``language/classes.py``, which tells what they hold."""

    # By the way it is written.
    WORD = enum.auto()
    CAPITAL = enum.auto()
    COMMA = enum.auto()
    STOP = enum.auto()
    OWNER = enum.auto()
    PAUSE = enum.auto()
    """Punctuation that parts clauses: semicolon, colon, dash."""
    CURRENCY = enum.auto()
    """The sign of a currency."""
    LINE = enum.auto()
    """A line break."""
    GAP = enum.auto()
    """Stands for the content of a quotation inside the words around it."""

    # Forms of verbs, and classes of words; the common ones first, which makes small integers.
    BASE = enum.auto()
    THIRD = enum.auto()
    PAST = enum.auto()
    PARTICIPLE = enum.auto()
    ING = enum.auto()
    DETERMINATIVE = enum.auto()
    PREPOSITION = enum.auto()
    PRONOUN = enum.auto()
    COORDINATOR = enum.auto()
    SUBORDINATOR = enum.auto()
    RELATIVE = enum.auto()
    MODAL = enum.auto()
    ADVERB = enum.auto()
    NUMBER = enum.auto()
    PLURAL = enum.auto()
    NEGATIVE = enum.auto()
    CONDITIONAL_SUBORDINATOR = enum.auto()
    DEFINITE_ARTICLE = enum.auto()
    INDEFINITE_ARTICLE = enum.auto()
    GENITIVE_PREPOSITION = enum.auto()
    LEGAL_BASIS = enum.auto()
    EXISTENTIAL = enum.auto()
    SINGULAR_PRONOUN = enum.auto()
    TEMPORAL = enum.auto()
    ANTERIOR = enum.auto()
    CAUSAL = enum.auto()
    DECLARATIVE = enum.auto()
    RELATIVE_SUBJECT = enum.auto()
    RELATIVE_ADVERB = enum.auto()
    PERSONAL_RELATIVE = enum.auto()
    FUTURE_AUXILIARY = enum.auto()
    PAST_AUXILIARY = enum.auto()
    CONDITIONAL = enum.auto()
    STATUTORY = enum.auto()
    DUMMY_AUXILIARY = enum.auto()
    AUXILIARY_OR_NOUN = enum.auto()
    FUTURE = enum.auto()
    RAISING = enum.auto()
    INFINITIVE_MARKER = enum.auto()
    DIRECTION = enum.auto()
    DAY = enum.auto()
    ORDINAL = enum.auto()
    OCCASION = enum.auto()
    GENERAL_NOUN = enum.auto()
    HEDGE = enum.auto()
    COMPARISON = enum.auto()
    COMPARATIVE_PARTICLE = enum.auto()
    SUPERLATIVE = enum.auto()
    QUASI_SUPERLATIVE = enum.auto()
    EXCLUSIVE = enum.auto()
    EXCLUSIVE_REST = enum.auto()
    ANY_TIME = enum.auto()
    CAUSATION = enum.auto()
    LAW = enum.auto()
    OBLIGATION = enum.auto()
    MEASURE = enum.auto()
    EVALUATIVE = enum.auto()
    STANCE = enum.auto()
    NORMATIVE = enum.auto()

    # What verbs tell of a claim in any form.
    COMMISSIVE = enum.auto()
    INTENTION = enum.auto()
    NONASSERTIVE = enum.auto()
    PREDICTIVE = enum.auto()
    ANNOUNCING = enum.auto()
    NOMINAL_CONTENT = enum.auto()
    VIOLATION = enum.auto()
    MOTION = enum.auto()

    # What follows from several classes, or from a table.
    FINITE_BE = enum.auto()
    """A form of to be that needs a subject, or has it in one word with it."""
    NONFINITE_BE = enum.auto()
    FINITE_HAVE = enum.auto()
    FIRST_PERSON = enum.auto()
    """A pronoun of the first person, alone or in one word with an auxiliary."""
    THIRD_PERSON = enum.auto()
    """A personal pronoun of the third person as a subject."""
    THIRD_SINGULAR = enum.auto()
    """Of those, the ones behind which a verb in the singular stands."""
    SUBJECT_FORM = enum.auto()
    """A personal pronoun as a subject."""
    OBJECT_FORM = enum.auto()
    """A personal pronoun that is no subject and owns nothing: him, themselves."""
    MANY = enum.auto()
    """A number above ten: who takes part is rather counted with smaller ones."""
    DATED = enum.auto()
    """May be part of a time expression; none is without such a word."""
    COUNTED = enum.auto()
    """May be part of a quantity; none is without such a word."""


OF_CLASSES: Final = {name: int(flag) for flag in Flag if flag.name and (name := flag.name.lower())}
"""The bit of each class; a class of the pack that has none is of no account for claims."""
_PARTS: Final = {
    "also_preposition": int(Flag.PREPOSITION), "also_coordinator": int(Flag.COORDINATOR), "also_subordinator": int(Flag.SUBORDINATOR),
    "also_adverb": int(Flag.ADVERB), "demonstrative": int(Flag.PRONOUN),
    "indefinite": int(Flag.PRONOUN), "existential": int(Flag.PRONOUN), "relative_adverb": int(Flag.RELATIVE),
    "object_relative": int(Flag.RELATIVE), "contracted_be": int(Flag.FINITE_BE), "contracted_have": int(Flag.FINITE_HAVE),
    "large_number": int(Flag.NUMBER), "plural_form": int(Flag.PLURAL), "negation": int(Flag.NEGATIVE),
}  # fmt: skip
"""Classes that are parts of a wider one."""
FUNCTION: Final = int(
    Flag.DETERMINATIVE | Flag.PREPOSITION | Flag.PRONOUN | Flag.COORDINATOR | Flag.SUBORDINATOR | Flag.MODAL | Flag.FINITE_BE | Flag.FINITE_HAVE
    | Flag.DUMMY_AUXILIARY
)  # fmt: skip
_FORMS: Final = int(Flag.BASE | Flag.THIRD | Flag.PAST | Flag.PARTICIPLE | Flag.ING)


def either(entries: Iterable[str]) -> str:
    """A pattern that finds any entry of a table, the longest first, in capitals or small letters of the entry's own alphabet.

    Signs that only case folding takes for those letters ("İ", "ſ", the Kelvin sign) are not found, so that :func:`entry` of what the
    pattern finds is in the table. Of no entries it is a pattern that finds nothing.
    """
    names = sorted(map(re.escape, entries), key=lambda name: (-len(name), name))
    return f"(?ai:{'|'.join(names)})" if names else r"(?!)"


def entry(found: str) -> str:
    """The entry of a table that a pattern found: in small letters, without white space of any kind and hyphens around it."""
    return found.strip().strip("-").strip().lower()


class Knowledge(NamedTuple):
    """What the data of a language tell of words, as bits of :class:`Flag`: plain integers, as thousands are combined for each text."""

    known: dict[str, int]
    """Of each word form that is listed."""
    cues: dict[str, frozenset[str]]
    """Of each form of a verb that reports, the classes of the verb: what it reports, and what it tells of a claim."""
    endings: tuple[Ending, ...]
    """What words may be that nobody listed."""
    plural: tuple[Ending, ...]
    owner: tuple[Ending, ...]
    negative: tuple[Ending, ...]
    """Endings that tell so of any word."""


@functools.cache
def knowledge(folder: Path) -> Knowledge:
    """What the data of a language tell of words."""
    pack = load(folder)
    return Knowledge(
        {word: flags | int(Flag.WORD) for word, flags in _known(pack).items()},
        {word: reading.marks | reading.classes for word, reading in _reporting(pack)},
        pack.endings,
        _endings(pack, Flag.PLURAL),
        _endings(pack, Flag.OWNER),
        _endings(pack, Flag.NEGATIVE),
    )


def _known(pack: Pack) -> dict[str, int]:
    """The bits of each word form that is listed."""
    known: dict[str, int] = {}
    # Thousands of words have few different sets of classes.
    bits = _Bits()
    for word, classes in pack.listed.items():
        _add(known, word, bits[classes] | _auxiliary(classes))
    for word, readings in pack.verbs.items():
        for reading in readings:
            if not reading.particle:
                _add(known, word, bits[reading.forms] & _FORMS | bits[reading.marks])
    for word, pronoun in pack.pronouns.items():
        _add(known, word, _personal(pronoun))
    for word, flags in known.items():
        if not flags & _PARTS_OF_SPEECH:
            known[word] |= guess(word, pack.endings)
        owner = pack.pronouns.get(word.partition("'")[0])
        if owner is not None and owner.person == 1:
            known[word] |= int(Flag.FIRST_PERSON)
    return known


def _reporting(pack: Pack) -> Iterator[tuple[str, Reading]]:
    """The forms of verbs that report, each as the first of the verbs that it may belong to."""
    for word, readings in pack.verbs.items():
        for reading in readings:
            if reading.classes and not reading.particle:
                yield word, reading
                break


_PARTS_OF_SPEECH: Final = FUNCTION | _FORMS | int(Flag.ADVERB | Flag.NONFINITE_BE | Flag.NUMBER)
"""A word that is none of them is what its ending says."""


def _add(known: dict[str, int], word: str, flags: int) -> None:
    if flags:
        known[word] = known.get(word, 0) | flags


def bits_of(classes: Iterable[str]) -> int:
    """Some classes as bits."""
    flags = 0
    for name in classes:
        flags |= OF_CLASSES.get(name, 0) | _PARTS.get(name, 0)
    return flags


class _Bits(dict[frozenset[str], int]):
    """Sets of classes -> their bits."""

    def __missing__(self, classes: frozenset[str]) -> int:
        self[classes] = bits = bits_of(classes)
        return bits


def _auxiliary(classes: frozenset[str]) -> int:
    """Whether a word is a form of to be or to have, by whether it needs a subject."""
    if "auxiliary" not in classes:
        return 0
    finite = "finite" in classes
    flags = 0
    if "be" in classes:
        flags |= int(Flag.FINITE_BE if finite else Flag.NONFINITE_BE)
    if "have" in classes and finite:
        flags |= int(Flag.FINITE_HAVE)
    return flags


def _personal(pronoun: Pronoun) -> int:
    """What a personal pronoun can be by its row."""
    flags = int(Flag.FIRST_PERSON) if pronoun.person == 1 else 0
    if "subject" in pronoun.functions:
        flags |= int(Flag.SUBJECT_FORM)
        if pronoun.person == 3:
            flags |= int(Flag.THIRD_PERSON)
            if not pronoun.several:
                flags |= int(Flag.THIRD_SINGULAR)
    elif pronoun.functions - {"possessive"}:
        flags |= int(Flag.OBJECT_FORM)
    return flags


def _endings(pack: Pack, flag: Flag) -> tuple[Ending, ...]:
    return tuple(one for one in pack.endings if bits_of(one.classes) & flag)


def guess(word: str, endings: tuple[Ending, ...]) -> int:
    """The flags of a word that is not listed, by its form (``word`` in small letters)."""
    if word[0].isdigit():
        return int(Flag.WORD | Flag.NUMBER)
    return int(Flag.WORD) | bits_of(by_ending(word, endings))

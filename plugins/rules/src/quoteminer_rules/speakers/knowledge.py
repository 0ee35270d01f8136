"""What the resolver knows of a language: words in groups, the expressions built from them, and what was learned."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ..language.pack import Pack, Reading
from ..lexicon import pack_of
from .patterns import Patterns, patterns
from .weights import weights
from .words import Determiners, Endings, Names, Nouns, Pronouns, Titles, Wording, groups

REMEMBERED: Final = 10_000
"""Wordings of names and phrases that are kept; a stream of texts must not fill the memory."""


class Classes(NamedTuple):
    """Classes of words that are needed as they stand in ``words.tsv``."""

    closed: frozenset[str]
    """Function words and interjections, verbs of speech apart: what begins a sentence with a capital and is no name."""
    additive: frozenset[str]
    place_prepositions: frozenset[str]
    genitive_prepositions: frozenset[str]
    partitives: frozenset[str]
    """What may stand with a preposition before the noun that names a group."""
    postmodifiers: frozenset[str]
    """What opens that which stands behind the head of a noun phrase."""
    role_prepositions: frozenset[str]
    """Those that go on with a role ("minister of")."""
    plain_modifiers: frozenset[str]
    adjectives: frozenset[str]
    """Words before a noun that tell nothing of what somebody is."""
    former: frozenset[str]
    first: frozenset[str]
    """What tells the first of several whom the text told of."""
    determiners: frozenset[str]
    """Possessives among them."""
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    abbreviations: frozenset[str]


class Verbs(NamedTuple):
    """The forms of the verbs that report."""

    reporting: frozenset[str]
    """All of them but those that report only right behind a quotation."""
    gerunds: frozenset[str]
    """Of these the present participles."""
    speaking: frozenset[str]
    """Those of saying something to somebody."""
    addressing: frozenset[str]
    """Those whose object is who is spoken to."""
    writing: frozenset[str]
    """Those of which a letter or a message comes."""


class Knowledge(NamedTuple):
    """The knowledge of one language; words are in small letters where nothing else is said."""

    language: str
    pack: Pack
    classes: Classes
    verbs: Verbs
    titles: Titles
    names: Names
    nouns: Nouns
    pronouns: Pronouns
    determiners: Determiners
    endings: Endings
    wording: Wording
    patterns: Patterns
    weights: Mapping[str, Mapping[str, float]]
    """Situation -> observation -> weight; see ``ranking``."""


@functools.cache
def knowledge(language: str) -> Knowledge:
    """The knowledge of a language, read once."""
    pack = pack_of(language)
    words = groups(pack)
    return Knowledge(
        language,
        pack,
        _classes(pack, words.nouns),
        _verbs(pack),
        *words,
        patterns(words, pack),
        weights(pack.folder),
    )


def _classes(pack: Pack, nouns: Nouns) -> Classes:
    determiners = pack.of_class("determiner") | pack.of_class("possessive")
    closed = ("preposition", "conjunction", "adverb", "auxiliary", "pronoun", "day")
    return Classes(
        closed=determiners.union(nouns.interjections, *map(pack.of_class, closed)),
        additive=pack.of_class("additive"),
        place_prepositions=pack.of_class("place_preposition"),
        genitive_prepositions=pack.of_class("genitive_preposition"),
        partitives=pack.of_class("partitive"),
        postmodifiers=pack.of_class("postmodifier"),
        role_prepositions=pack.of_class("role_preposition"),
        plain_modifiers=pack.of_class("plain_modifier"),
        adjectives=pack.of_class("cue_adjective") | pack.of_class("plain_modifier"),
        former=pack.of_class("former"),
        first=pack.of_class("first_of_several"),
        determiners=determiners,
        prepositions=pack.of_class("preposition"),
        conjunctions=pack.of_class("conjunction"),
        auxiliaries=pack.of_class("auxiliary"),
        adverbs=pack.of_class("adverb"),
        times=pack.of_class("time") | pack.of_class("day"),
        abbreviations=pack.of_class("abbreviation"),
    )


def _verbs(pack: Pack) -> Verbs:
    known: dict[str, list[Reading]] = {}
    for word, readings in pack.verbs.items():
        reporting = [reading for reading in readings if reading.classes and not reading.particle]
        if any(reading.classes != _BEHIND for reading in reporting):
            known[word] = reporting
    writing = pack.of_class("writing_verb")
    return Verbs(
        reporting=frozenset(known),
        gerunds=frozenset(word for word, readings in known.items() if any("ing" in reading.forms for reading in readings)),
        speaking=_reporting_as(known, frozenset(["say", "tell", "ask"])),
        addressing=_reporting_as(known, frozenset(["tell", "ask", "urge"])),
        writing=frozenset(word for word, readings in known.items() if readings[0].lemma in writing),
    )


_BEHIND: Final = frozenset(["behind"])


def _reporting_as(known: Mapping[str, Sequence[Reading]], classes: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word, readings in known.items() if any(reading.classes & classes for reading in readings))

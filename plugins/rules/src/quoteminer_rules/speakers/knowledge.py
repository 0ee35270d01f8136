"""What the resolver knows of a language: words in groups, the expressions built from them, and what was learned."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from ..language.tables import rows
from ..lexicon import LANGUAGES, Lexicon, load, pack_of
from .patterns import Patterns, patterns
from .words import Determiners, Endings, Names, Nouns, Pronouns, Titles, Wording, groups

REMEMBERED: Final = 50_000
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
    """Words before a noun that tell nothing of what somebody is."""
    former: frozenset[str]
    first: frozenset[str]
    """What tells the first of several whom the text told of."""
    writing_verbs: frozenset[str]


class Knowledge(NamedTuple):
    """The knowledge of one language; words are in small letters where nothing else is said."""

    language: str
    lexicon: Lexicon
    """What the rules for quotations know."""
    classes: Classes
    titles: Titles
    names: Names
    nouns: Nouns
    pronouns: Pronouns
    determiners: Determiners
    endings: Endings
    wording: Wording
    patterns: Patterns
    weights: dict[str, dict[str, float]]
    """Situation -> observation -> weight; see ``ranking``."""
    precision: dict[str, float]
    """Strategy by which a speaker was found -> how often that is right."""


@functools.cache
def knowledge(language: str) -> Knowledge:
    """The knowledge of a language, read once."""
    pack, lexicon = pack_of(language), load(language)
    words = groups(pack)
    weights: dict[str, dict[str, float]] = {}
    folder = LANGUAGES / language / "weights"
    learned = [row.columns for row in rows(folder / "speakers.tsv", 6)]
    for column, situation in enumerate(learned[0][1:-1], 1):
        weights[situation] = {row[0]: float(row[column]) for row in learned[1:]}
    return Knowledge(
        language,
        lexicon,
        Classes(
            closed=lexicon.determiners
            | lexicon.prepositions
            | lexicon.conjunctions
            | lexicon.adverbs
            | lexicon.auxiliaries
            | lexicon.pronouns
            | lexicon.days
            | words.nouns.interjections,
            additive=pack.of_class("additive"),
            place_prepositions=pack.of_class("place_preposition"),
            genitive_prepositions=pack.of_class("genitive_preposition"),
            partitives=pack.of_class("partitive"),
            postmodifiers=pack.of_class("postmodifier"),
            role_prepositions=pack.of_class("role_preposition"),
            plain_modifiers=pack.of_class("plain_modifier"),
            former=pack.of_class("former"),
            first=pack.of_class("first_of_several"),
            writing_verbs=pack.of_class("writing_verb"),
        ),
        *words,
        patterns(words, pack),
        weights,
        {row.columns[0]: float(row.columns[1]) for row in rows(folder / "speaker_links.tsv", 3)},
    )

"""What the resolver knows about words: nouns that name people, titles, given names, places, short forms."""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from ..language.tables import entries, rows
from ..lexicon import LANGUAGES, Lexicon, given_names, load, nouns, pack_of

PARTICLES: Final = frozenset(
    ["van", "von", "der", "den", "de", "del", "della", "di", "da", "du", "la", "le", "bin", "ibn", "al", "el", "ter"]
)
SUFFIXES: Final = frozenset(["jr", "sr", "ii", "iii", "kc", "qc", "mp", "mep", "obe", "mbe", "cbe", "esq", "phd", "md"])
REMEMBERED: Final = 50_000
"""Wordings of names and phrases that are kept; a stream of texts must not fill the memory."""
CIVIL: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "sir",
        "dame",
        "prof",
        "professor",
        "lady",
        "lord",
        "monsieur",
        "madame",
        "madam",
        "mademoiselle",
        "mlle",
        "mme",
        "m",
        "herr",
        "frau",
        "signor",
        "signora",
        "don",
        "master",
        "mistress",
        "doctor",
    ]
)
"""Titles that say how to address somebody, not what they do."""


class Knowledge(NamedTuple):
    """Word lists of one language, lower case; nouns are in the singular."""

    language: str
    lexicon: Lexicon
    closed: frozenset[str]
    """Function words, verbs of speech apart: what begins a sentence with a capital and is no name."""
    kinds: dict[str, str]
    """Noun -> kind of speaker: ``person``, ``organisation``, ``document``, ``group``."""
    offices: frozenset[str]
    persons: frozenset[str]
    relations: frozenset[str]
    callings: frozenset[str]
    epithets: frozenset[str]
    generic: frozenset[str]
    organisation_names: frozenset[str]
    place_names: frozenset[str]
    places: frozenset[str]
    genders: dict[str, str]
    """Title or noun -> ``m`` or ``f``."""
    given: dict[str, str]
    """Given name -> ``m`` or ``f``."""
    short_forms: dict[str, frozenset[str]]
    synonyms: dict[str, frozenset[str]]
    """Noun -> words of roles and titles for which it may stand as well."""
    weights: dict[str, dict[str, float]]
    """Situation -> observation -> weight; see ``ranking``."""
    precision: dict[str, float]
    """Way in which a speaker was found -> how often that is right."""


def _many(language: str, name: str) -> dict[str, frozenset[str]]:
    """A file with a word and what it may stand for."""
    return {word: frozenset(others.split()) for word, others in (row.columns for row in rows(LANGUAGES / language / name, 2))}


@functools.cache
def knowledge(language: str) -> Knowledge:
    """The knowledge of a language, read once."""
    lexicon = load(language)
    words = nouns(language)
    kinds: dict[str, str] = {}
    for kind, source in (
        ("document", "document"),
        ("organisation", "organisation"),
        ("group", "group"),
        ("person", "relation"),
        ("person", "role"),
        ("person", "office"),
        ("person", "person"),
    ):
        kinds.update(dict.fromkeys(words[source], kind))
    genders = {**dict.fromkeys(words["male"], "m"), **dict.fromkeys(words["female"], "f")}
    for title, told in pack_of(language).titles.items():
        if not told.isdisjoint(("male", "female")):
            genders[title.lower()] = "m" if "male" in told else "f"
    weights: dict[str, dict[str, float]] = {}
    folder = LANGUAGES / language
    learned = [row.columns for row in rows(folder / "weights" / "speakers.tsv", 6)]
    for column, situation in enumerate(learned[0][1:-1], 1):
        weights[situation] = {row[0]: float(row[column]) for row in learned[1:]}
    return Knowledge(
        language=language,
        lexicon=lexicon,
        closed=lexicon.determiners
        | lexicon.prepositions
        | lexicon.conjunctions
        | lexicon.adverbs
        | lexicon.auxiliaries
        | lexicon.pronouns
        | lexicon.days
        | words["interjection"],
        kinds=kinds,
        offices=words["office"],
        persons=words["office"] | words["role"] | words["person"] | words["relation"],
        relations=words["relation"],
        callings=words["role"],
        epithets=words["epithet"],
        generic=words["generic_organisation"],
        organisation_names=words["organisation_name"],
        place_names=words["place_name"],
        places=frozenset(word.lower() for row in entries(folder / "places.txt") for word in row.columns[0].split()),
        genders=genders,
        given=given_names(language),
        short_forms=_many(language, "nicknames.tsv"),
        synonyms=_many(language, "role_synonyms.tsv"),
        weights=weights,
        precision={row.columns[0]: float(row.columns[1]) for row in rows(folder / "weights" / "speaker_links.tsv", 3)},
    )


def singular(noun: str) -> str:
    """The singular of a regular plural, also of compounds in -men; other words come back as they are."""
    if noun.endswith("men") and len(noun) > 3:
        return noun[:-3] + "man"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun

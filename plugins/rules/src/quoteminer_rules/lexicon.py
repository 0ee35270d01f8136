"""The linguistic knowledge of one language, read from the data files beside this module."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .language import pack as packs
from .language.classes import WORDS as WORD_CLASSES

LANGUAGES: Final = Path(__file__).with_name("languages")
_WHOLE: Final = frozenset(["en"])
"""The languages whose folders have all lists; of others only reports are found."""
_FORMS: Final = ("base", "third", "past", "participle", "ing")
_POSSESSIVES: Final = frozenset(["'s", "’s"])
_MEMORY: Final = 50_000
# Longer tokens are masked stretches and the like: not worth remembering.
_LONGEST: Final = 40


def _remember(memory: dict[str, str], raw: str, value: str) -> None:
    if len(raw) <= _LONGEST:
        if len(memory) >= _MEMORY:
            memory.clear()
        memory[raw] = value


class Words(dict[str, str]):
    """Token as written -> the word in lower case without a final possessive.

    A text repeats its words, and all tokens of one word share one string, whose hash every look-up then knows.
    """

    def __missing__(self, raw: str) -> str:
        word = raw.lower()
        if word[-2:] in _POSSESSIVES:
            word = word[:-2]
        _remember(self, raw, word)
        return word


WORDS: Final = Words()


@dataclass(frozen=True)
class Verb:
    """One form of a reporting verb."""

    lemma: str
    classes: frozenset[str]
    form: str
    """``base``, ``third``, ``past``, ``participle``, ``ing``; several joined with ``+`` when they look alike."""
    like_noun: bool
    """Whether the word may as well be a noun: a base or third form, and no past form."""
    phrasal: bool
    """Whether it reports nothing but together with another word."""


@dataclass(frozen=True)
class Lexicon:
    """What the mechanisms of this plugin know about a language; all words are lower case without full stop."""

    verbs: dict[str, Verb]
    behind_verbs: dict[str, Verb]
    """Verbs that report only behind the words in marks (“No,” she returned)."""
    phrases: dict[str, dict[str, str]]
    """First word in any form -> second word -> class."""
    titles: frozenset[str]
    abbreviations: frozenset[str]
    no_speakers: frozenset[str]
    """Headings that look like the label of a speaker."""
    cue_nouns: frozenset[str]
    speech_words: frozenset[str]
    """The forms of verbs that report what somebody said to somebody."""
    particles: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    quantifiers: frozenset[str]
    """Determiners that may be a noun phrase of their own ("many said")."""
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    function_words: frozenset[str]
    """Prepositions, conjunctions and auxiliaries."""
    standing_alone: frozenset[str]
    """Days, adverbs and pronouns: they may stand beside a noun phrase, not inside one."""
    plurals: frozenset[str]
    """Plural nouns that do not end in s."""
    days: frozenset[str]
    names: frozenset[str]
    """Function words and months that are names too ("will", "may")."""
    holders: frozenset[str]
    """Nouns that say what somebody is or does ("secretary", "lawyer"), in the singular."""
    people: frozenset[str]
    """These and other nouns for a person ("resident")."""
    name_words: frozenset[str]
    """These, and the days and months that are part of names ("the Sunday Times"), with their capital, as they may be written."""
    times: frozenset[str]
    links: frozenset[str]
    """Prepositions that may join two nouns of one source ("a spokesman for the ministry")."""
    raising: frozenset[str]
    """Words between a subject and "to" that leave the subject that of the next verb ("is expected to say")."""
    subjects: frozenset[str]
    """Words that open a clause as its subject."""
    finite: frozenset[str]
    """Auxiliaries and other verb forms that need a subject."""
    wh: frozenset[str]
    sentence_openers: frozenset[str]
    openers: frozenset[str]
    """Words before the first phrase of a sentence that are no part of it."""
    clauses_inside: frozenset[str]
    """Words before the subject of a clause inside another one."""
    numbers: frozenset[str]
    """Numbers in words."""
    subject_pronouns: frozenset[str]
    """Pronouns that may be a source."""
    object_pronouns: frozenset[str]
    """Pronouns that may be an addressee."""
    hearers: frozenset[str]
    """The court "heard" reports what others said there; elsewhere hearing is no speech."""
    participle_helpers: frozenset[str]
    """Auxiliaries before a participle."""
    not_only_prepositions: frozenset[str]
    """Prepositions that may also stand right before a verb."""
    forms_of_be: frozenset[str]
    negations: frozenset[str]
    degrees: frozenset[str]
    """Words that may stand before an adjective ("is very confident")."""
    nouns_in_ly: frozenset[str]
    """Nouns that end as adverbs do ("family")."""
    manner_nouns: frozenset[str]
    """How something is said, behind "in" or "with" ("in a low voice", "with a smile")."""
    pasts_or_nouns: frozenset[str]
    """Irregular pasts that as often stand before a noun ("the far left party")."""
    relatives: frozenset[str]
    """Words that describe who speaks in a clause of its own ("said the mayor, who has one rule: “Listen!”")."""


def pack_of(language: str) -> packs.Pack:
    """The data of a language."""
    return packs.load(LANGUAGES / language)


@functools.cache
def fingerprint() -> str:
    """The SHA-256 of all files of data, by name and content."""
    digest = hashlib.sha256()
    for file in sorted(path for path in LANGUAGES.rglob("*") if path.is_file()):
        name = file.relative_to(LANGUAGES).as_posix()
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _verbs(pack: packs.Pack) -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for word, readings in pack.verbs.items():
        reporting = [reading for reading in readings if reading.classes and not reading.particle]
        if not reporting:
            continue
        classes = frozenset[str]().union(*(reading.classes for reading in reporting))
        forms = list(dict.fromkeys(name for reading in reporting for name in _FORMS if name in reading.forms))
        found[word] = Verb(
            reporting[0].lemma,
            classes,
            "+".join(forms),
            like_noun="past" not in forms and ("base" in forms or "third" in forms),
            phrasal=classes == {"phrasal"},
        )
    return found


def _phrases(pack: packs.Pack) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word, readings in pack.verbs.items():
        for reading in readings:
            if reading.particle:
                found.setdefault(word, {})[reading.particle] = min(reading.classes)
    return found


def _split(verbs: dict[str, Verb]) -> tuple[dict[str, Verb], dict[str, Verb]]:
    """The verbs that report anywhere, and those of the class ``behind``."""
    behind = {word: verb for word, verb in verbs.items() if verb.classes == {"behind"}}
    return {word: verb for word, verb in verbs.items() if word not in behind}, behind


def supported(tag: str) -> str | None:
    """The language of a BCP 47 tag ("en-GB" -> "en"), or ``None`` when layouts, speakers and claims of it cannot be read."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return language if language in _WHOLE else None


@functools.cache
def nouns(language: str) -> dict[str, frozenset[str]]:
    """Common nouns by the kind of speaker that they name."""
    kinds: dict[str, set[str]] = {}
    for noun, names in pack_of(language).nouns.items():
        for name in names:
            kinds.setdefault(name, set()).add(noun)
    return {name: frozenset(found) for name, found in kinds.items()}


@functools.cache
def load(language: str) -> Lexicon:
    """The lexicon of a language.

    Raises:
        FileNotFoundError: when there is no data for ``language``.
    """
    pack = pack_of(language)
    verbs, behind_verbs = _split(_verbs(pack))
    phrases = _phrases(pack)
    closed = {name: pack.of_class(name) for name in WORD_CLASSES}
    cue_nouns = closed["cue_noun"]
    finite = closed["finite"]
    determiners = closed["determiner"] | closed["possessive"]
    return Lexicon(
        verbs=verbs,
        behind_verbs=behind_verbs,
        phrases=phrases,
        titles=closed["title"],
        abbreviations=closed["abbreviation"],
        no_speakers=closed["no_speaker"],
        cue_nouns=cue_nouns,
        speech_words=frozenset(word for word, verb in verbs.items() if verb.classes & {"say", "tell", "ask"}),
        particles=closed["particle"],
        pronouns=closed["pronoun"],
        determiners=determiners,
        quantifiers=closed["quantifier"],
        auxiliaries=closed["auxiliary"],
        adverbs=closed["adverb"],
        prepositions=closed["preposition"],
        conjunctions=closed["conjunction"],
        function_words=closed["preposition"] | closed["conjunction"] | closed["auxiliary"],
        standing_alone=closed["day"] | closed["adverb"] | closed["subject_pronoun"],
        plurals=closed["plural"],
        days=closed["day"],
        holders=nouns(language)["office"] | nouns(language)["role"],
        people=nouns(language)["office"] | nouns(language)["role"] | nouns(language)["person"],
        names=closed["name"],
        name_words=frozenset(word.capitalize() + end for word in closed["name"] | closed["day"] for end in ("", "'s", "’s")),
        times=closed["time"],
        links=closed["link"],
        raising=closed["raising"],
        subjects=closed["subject"],
        finite=finite,
        wh=closed["question"],
        sentence_openers=closed["sentence_opener"],
        openers=closed["opener"],
        clauses_inside=closed["clause_inside"],
        numbers=closed["number"],
        subject_pronouns=closed["subject_pronoun"],
        object_pronouns=closed["object_pronoun"],
        hearers=closed["hearer"],
        participle_helpers=closed["participle_helper"],
        not_only_prepositions=closed["not_only_preposition"],
        forms_of_be=closed["be"],
        negations=closed["negation"],
        degrees=closed["degree"],
        nouns_in_ly=closed["noun_in_ly"],
        manner_nouns=closed["manner_noun"],
        pasts_or_nouns=closed["past_or_noun"],
        relatives=closed["relative"],
    )

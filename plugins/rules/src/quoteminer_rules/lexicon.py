"""The linguistic knowledge of one language, read from the data files beside this module."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quoteminer.text.marks import Conventions

from .language import pack as packs
from .language.classes import WORDS as WORD_CLASSES
from .language.tables import rows

LANGUAGES: Final = Path(__file__).with_name("languages")
_FORMS: Final = ("base", "third", "past", "participle", "ing")
_POSSESSIVES: Final = frozenset(["'s", "’s"])
_ENDINGS: Final = {"ing": "ING", "ed": "ED", "ly": "ADV"}
_UNMARKED: Final = dict.fromkeys(map(ord, "[]<>{}"))
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


class Shapes(dict[str, str]):
    """Token as written -> what kind of word it is: function words by themselves, others by their form.

    ``known`` gives the kinds of words in lower case, ``closed`` those of words that may open a sentence.
    """

    def __init__(self, known: dict[str, str], closed: dict[str, str]) -> None:
        super().__init__()
        self._known = known
        self._closed = closed

    def __missing__(self, raw: str) -> str:
        shape = self._of(raw, WORDS[raw])
        _remember(self, raw, shape)
        return shape

    def _of(self, raw: str, word: str) -> str:
        if raw[0].isupper():
            return self._closed.get(word, "CAP")
        known = self._known.get(word)
        if known is not None:
            return known
        if not raw[0].isalnum():
            return raw
        if raw[0].isdigit():
            return "NUM"
        return (
            _ENDINGS.get(word[-3:]) or _ENDINGS.get(word[-2:]) or ("WORDS" if word[-1:] == "s" and word[-2:] != "ss" else "WORD")
        )


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

    language: str
    conventions: Conventions
    """Of apostrophes."""
    verbs: dict[str, Verb]
    behind_verbs: dict[str, Verb]
    """Verbs that report only behind the words in marks (“No,” she returned)."""
    phrases: dict[str, dict[str, str]]
    """First word in any form -> second word -> class."""
    titles: frozenset[str]
    abbreviations: frozenset[str]
    unquoted_cues: frozenset[str]
    no_speakers: frozenset[str]
    """Headings that look like the label of a speaker."""
    cue_nouns: frozenset[str]
    cue_adjectives: frozenset[str]
    signals: frozenset[str]
    """All words at which a search for a report begins."""
    speech_words: frozenset[str]
    """The forms of verbs that report what somebody said to somebody."""
    light_verbs: frozenset[str]
    """Verbs that say little by themselves and make a cue of their object ("made a promise")."""
    light_objects: frozenset[str]
    """Objects of a reporting verb that tell nothing of what was said ("said nothing")."""
    withheld: frozenset[str]
    """Verbs behind "declined to" that leave no content ("declined to comment")."""
    particles: frozenset[str]
    subordinators: frozenset[str]
    copulas: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    """Determiners that open a second object ("offered the town a deal")."""
    quantifiers: frozenset[str]
    """Determiners that may be a noun phrase of their own ("many said")."""
    possessives: frozenset[str]
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
    future: frozenset[str]
    hypothetical: frozenset[str]
    conditions: frozenset[str]
    sentence_openers: frozenset[str]
    openers: frozenset[str]
    """Words before the first phrase of a sentence that are no part of it."""
    clause_breaks: frozenset[str]
    """Words that cannot stand between the beginning of a clause and its finite verb."""
    clause_links: frozenset[str]
    """Words at which one clause may end and another begin."""
    content_prepositions: frozenset[str]
    """Prepositions that may stand between a verb and what it reports ("called for calm")."""
    circumstance_openers: frozenset[str]
    """Prepositions of time, place and manner between a verb and what it reports ("said on Thursday in Rome that")."""
    close_prepositions: frozenset[str]
    """Of those, the ones that mostly belong to the verb ("spoke to")."""
    comment_openers: frozenset[str]
    """What goes on behind ", he said," with one of these is a comment, not the rest of what he said."""
    before_participle: frozenset[str]
    """Words before a participle without its auxiliary ("when asked")."""
    circumstances: frozenset[str]
    """Words that open a circumstance behind ", he said" ("…, he said in a speech")."""
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
    forms_of_have: frozenset[str]
    negations: frozenset[str]
    degrees: frozenset[str]
    """Words that may stand before an adjective ("is very confident")."""
    noun_prepositions: frozenset[str]
    """Prepositions between a noun and what it reports ("allegations of fraud")."""
    nouns_in_ly: frozenset[str]
    """Nouns that end as adverbs do ("family")."""
    catenatives: frozenset[str]
    """Regular pasts that an infinitive mostly stands behind ("tried to")."""
    manner_nouns: frozenset[str]
    """How something is said, behind "in" or "with" ("in a low voice", "with a smile")."""
    pasts_or_nouns: frozenset[str]
    """Irregular pasts that as often stand before a noun ("the far left party")."""
    relatives: frozenset[str]
    """Words that describe who speaks in a clause of its own ("said the mayor, who has one rule: “Listen!”")."""
    in_verb_group: frozenset[str]
    """Words inside a verb group behind its first ("would not have been")."""
    no_naming: frozenset[str]
    """Between a label and what bears it none of these stands ("accused her of …", "praised it for …")."""
    naming_verbs: frozenset[str]
    """Verbs that give a name ("a goat called “Professor”")."""
    continuing_verbs: frozenset[str]
    """Verbs as in "she went on": not a new quotation but more of the last one."""
    close_circumstances: frozenset[str]
    """Prepositions that go on with a marked fragment ("“a toy” in a world of toys")."""
    afterthoughts: frozenset[str]
    """Words behind a marked fragment that lead away from what was said ("“a toy” as she left")."""
    after_manner: frozenset[str]
    """Words by which verbs of manner report without marks ("shouted that")."""
    stops: dict[str, str]
    """Words and punctuation at which reported words may end, and what they count as."""
    shapes: Shapes


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


@functools.cache
def supported(tag: str) -> str | None:
    """The language of a BCP 47 tag ("en-GB" -> "en"), or ``None`` when these rules have no data for it."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return language if language.isalpha() and (LANGUAGES / language / "rules.tsv").is_file() else None


def _rules() -> list[list[str]]:
    return [row.columns for row in rows(LANGUAGES / "en" / "rules.tsv", 3)]


@functools.cache
def confidences() -> dict[str, float]:
    """The confidence of each rule by its id."""
    return {row[0]: float(row[1]) for row in _rules()}


@functools.cache
def _cue_confidences() -> dict[tuple[str, str], float]:
    file = LANGUAGES / "en" / "cue_confidences.tsv"
    return {(rule, reports): float(value) for rule, reports, value in (row.columns for row in rows(file, 3))}


def confidence(rule: str, reports: str) -> float:
    """The confidence of a rule where its cue reports that (``speech``, ``thought``, …)."""
    known = _cue_confidences().get((rule, reports))
    return confidences()[rule] if known is None else known


@functools.cache
def marked_examples() -> dict[str, str]:
    """An example of each rule by its id, with [content], <cue> and {source} marked and " / " for a blank line."""
    return {row[0]: row[2] for row in _rules()}


@functools.cache
def examples() -> dict[str, str]:
    """An example of each rule by its id."""
    return {rule: example.translate(_UNMARKED) for rule, example in marked_examples().items()}


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
    cue_nouns, cue_adjectives = closed["cue_noun"], closed["cue_adjective"]
    finite = closed["finite"]
    determiners = closed["determiner"] | closed["possessive"]
    closed_shapes = {
        **dict.fromkeys(closed["adverb"], "ADV"),
        **dict.fromkeys(closed["day"] | closed["time"], "TIME"),
        **dict.fromkeys(determiners, "DET"),
        **{word: word for word in closed["clause_link"] | closed["preposition"] | closed["subject"]},
    }
    open_shapes = {
        word: f"{'SAY' if verb.classes & {'say', 'tell', 'ask'} else 'VERB'}-{verb.form.partition('+')[0]}"
        for word, verb in verbs.items()
        if not verb.phrasal
    }
    stops = {word: word for word in closed["clause_link"] | closed["preposition"] | closed["day"] | set(",;:-()[]")}
    return Lexicon(
        language=language,
        conventions=pack.conventions,
        verbs=verbs,
        behind_verbs=behind_verbs,
        phrases=phrases,
        titles=closed["title"],
        abbreviations=closed["abbreviation"],
        unquoted_cues=closed["unquoted_cue"],
        no_speakers=closed["no_speaker"],
        cue_nouns=cue_nouns,
        cue_adjectives=cue_adjectives,
        signals=frozenset(verbs) | cue_nouns | cue_adjectives | {"according", "in", ":"},
        speech_words=frozenset(word for word, verb in verbs.items() if verb.classes & {"say", "tell", "ask"}),
        light_verbs=closed["light_verb"],
        light_objects=closed["light_object"],
        withheld=closed["withheld"],
        particles=closed["particle"],
        subordinators=closed["subordinator"],
        copulas=closed["copula"],
        pronouns=closed["pronoun"],
        determiners=determiners,
        articles=closed["article"],
        quantifiers=closed["quantifier"],
        possessives=closed["possessive"],
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
        future=closed["future"],
        hypothetical=closed["hypothetical"],
        conditions=closed["condition"],
        sentence_openers=closed["sentence_opener"],
        openers=closed["opener"],
        clause_breaks=(closed["clause_link"] | closed["question"] | {"to", "ago"}) - {"and", "or"},
        clause_links=closed["clause_link"],
        content_prepositions=closed["content_preposition"],
        circumstance_openers=closed["circumstance_opener"],
        close_prepositions=closed["close_preposition"],
        comment_openers=closed["comment_opener"],
        before_participle=closed["before_participle"],
        circumstances=closed["circumstance"],
        clauses_inside=closed["clause_inside"],
        numbers=closed["number"],
        subject_pronouns=closed["subject_pronoun"],
        object_pronouns=closed["object_pronoun"],
        hearers=closed["hearer"],
        participle_helpers=closed["participle_helper"],
        not_only_prepositions=closed["not_only_preposition"],
        forms_of_be=closed["be"],
        forms_of_have=closed["have"],
        negations=closed["negation"],
        degrees=closed["degree"],
        noun_prepositions=closed["noun_preposition"],
        nouns_in_ly=closed["noun_in_ly"],
        catenatives=closed["catenative"],
        manner_nouns=closed["manner_noun"],
        pasts_or_nouns=closed["past_or_noun"],
        relatives=closed["relative"],
        in_verb_group=closed["in_verb_group"],
        no_naming=closed["no_naming"],
        naming_verbs=closed["naming_verb"],
        continuing_verbs=closed["continuing_verb"],
        close_circumstances=closed["close_circumstance"],
        afterthoughts=closed["afterthought"],
        after_manner=closed["after_manner"],
        stops={**dict.fromkeys(finite - {"do", "have"}, "FINITE"), **stops, **dict.fromkeys(["–", "—", "--", "―"], "dash")},
        shapes=Shapes(
            {
                **closed_shapes,
                **dict.fromkeys(finite, "FINITE"),
                **open_shapes,
                **dict.fromkeys(closed["light_object"], "LIGHT"),
            },
            closed_shapes,
        ),
    )

"""The data of one language, read from its folder and checked as it is read."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from quoteminer.text.marks import NONE, Conventions

from .classes import CAPITALS, CLAIMS, CUES, FORMS, NOUNS, SPEAKERS, TITLES, WORDS
from .clitics import Clitics
from .morphology import Ending, Paradigms, by_ending, endings
from .problems import PackError
from .pronouns import Pronoun, pronouns
from .tables import Row, entries, rows, several

VERSION: Final = 1
"""Of the form of the files; ``pack.toml`` names that which its folder follows."""
FEATURES: Final = {
    "verb_bracket": "participles, infinitives and particles of a verb may stand apart from its finite form: hat … gesagt, a-t-il dit",
    "noun_capitals": "nouns begin with a capital letter",
    "ordinal_stops": "a full stop behind digits makes an ordinal of them: 14. März",
    "dropped_subjects": "a pronoun that is the subject is mostly left out: dijo que vendría",
    "repeated_opener": "clauses of content that are joined open alike, and each is a part of its own: que llueve y que hace frío",
    "inserted_clauses": "a clause that reports stands inside of the marks of what it reports: « Viens, dit-il, et regarde »",
    "inner_commas": "the comma before a clause that reports belongs to what it reports: “It works,” said Ada",
    "datelines": "stories open with their place and a dash: Roma, 3 mayo. –",
    "reported_mood": "the subjunctive tells that a sentence goes on with what the one before reports",
    "reported_that": "a sentence that a complementiser opens goes on with what the one before reports",
}
"""What ``[features]`` of ``pack.toml`` may hold, each true or false."""
_BUNDLED: Final = Path(__file__).parents[1] / "languages"
_NONE: Final = "-"
_OPEN: Final = frozenset({**CLAIMS, **SPEAKERS})
"""Classes that do not tell what a word is in its sentence."""
_LISTED: Final = {**WORDS, **CLAIMS, **SPEAKERS}
_OF_VERBS: Final = {**CUES, **CLAIMS}


_NUMBER: Final = frozenset(["plural_form"])
_VERB: Final = frozenset(["verb"])
_CLAIMED: Final = frozenset(CLAIMS)


class Reading(NamedTuple):
    """A form as one verb has it."""

    lemma: str
    classes: frozenset[str]
    """What the verb reports."""
    forms: frozenset[str]
    particle: str
    """A word that belongs to the verb and stands apart from this form of it, or nothing."""
    marks: frozenset[str] = frozenset()
    """What the verb tells of a claim (``CLAIMS``)."""


class Pack:
    """What is known of a language; words are in small letters.

    Raises:
        PackError: naming file and line, when a file does not say what it should.
        FileNotFoundError: when the folder or a file that every pack has is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        declared = table(folder / "pack.toml")
        if declared.get("version") != VERSION:
            raise PackError(folder / "pack.toml", 0, f"version is {declared.get('version')!r}; this engine reads {VERSION}")
        language = declared.get("language")
        if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
            raise PackError(folder / "pack.toml", 0, f"language is {language!r}, which is no tag of BCP 47")
        self.language: Final[str] = language
        self.draft: Final = bool(declared.get("draft", False))
        """Whether the language is unfinished, so that nobody gets it without asking for its folder."""
        if _base(folder, declared) is None and "like" in declared:
            raise PackError(folder / "pack.toml", 0, f"like is {declared['like']!r}; there is no folder of that language")
        self.features: Final = _features(folder / "pack.toml", declared.get("features", {}))
        self.conventions: Final = _conventions(folder / "marks.toml")
        """What it has to say of apostrophes."""
        self.clitics: Final = _clitics(folder / "pack.toml", declared.get("clitics"))
        """What is written together with the word beside it; ``None`` where nothing is."""
        named = declared.get("speakers", {})
        self.interviewer: Final = str(named.get("interviewer", "")) if isinstance(named, dict) else ""
        """What who asks in an interview is called where no name is given."""
        told: dict[str, Any] = named if isinstance(named, dict) else {}
        self.narrator: Final = str(told.get("narrator", ""))
        """What who says "I" in the narration is called where no name is given."""
        self.first_person: Final = {form: tuple(endings) for form, endings in told.get("first_person", {}).items()}
        """The endings of verbs in the first person that need no subject, by the form of the verb."""
        self.second_person: Final = {form: tuple(endings) for form, endings in told.get("second_person", {}).items()}
        """The same of the second person."""
        self.plural_endings: Final = tuple(told.get("plural_endings", ())) or ("\0",)
        """The endings of verbs with a plural subject in languages that need no subject."""
        self.first_plural_endings: Final = tuple(told.get("first_plural_endings", ())) or ("\0",)
        """Of the endings of the first person those of several."""
        self.plural_noun_endings: Final = tuple(told.get("plural_noun_endings", ())) or ("\0",)
        """The endings of nouns in the plural and of the determiners before them."""
        self.organisations: Final = frozenset(told.get("organisations", ()))
        """Nouns that take up the name of an organisation: the company."""
        self.company_suffixes: Final = frozenset(told.get("company_suffixes", ()))
        """What ends the names of companies, as it is written."""
        self.words: Final[dict[str, frozenset[str]]] = {}
        """What each listed word may be."""
        self.listed: Final[dict[str, frozenset[str]]] = {}
        """The same without what words are as forms of verbs."""
        self.verbs: Final[dict[str, tuple[Reading, ...]]] = {}
        """The verbs that a form may belong to."""
        self.endings: Final[tuple[Ending, ...]] = (
            tuple(endings(folder / "endings.tsv")) if (folder / "endings.tsv").exists() else ()
        )
        self.nouns: Final[dict[str, frozenset[str]]] = {}
        """What each listed noun names; in the singular."""
        self.pronouns: Final[Mapping[str, Pronoun]] = (
            pronouns(folder / "pronouns.tsv") if (folder / "pronouns.tsv").exists() else {}
        )
        self.titles: Final = self._marked("titles.tsv", TITLES)
        """What the titles before names tell, as they are written, without a full stop; in small letters they are words of the class ``title``."""
        self.capitals: Final = self._marked("capitals.tsv", CAPITALS)
        """What words are that are something else in small letters."""
        self._read_words()
        self.listed.update(self.words)
        classes: dict[str, set[str]] = {}
        for word, names in self.listed.items():
            for name in names:
                classes.setdefault(name, set()).add(word)
        self._of_class: Final = {name: frozenset(words) for name, words in classes.items()}
        articles = named.get("definite_articles") if isinstance(named, dict) else None
        self.definite_articles: Final = frozenset(articles) if isinstance(articles, list) else self.of_class("definite_article")
        """The articles of who is known already: the, la."""
        self._read_nouns()
        self._read_verbs()
        for word, names in self.listed.items():
            if names <= _OPEN and word not in self.verbs:
                self._add(word, by_ending(word, self.endings))

    def classes(self, word: str) -> frozenset[str]:
        """What a word in small letters may be by the lists; empty when nobody listed it."""
        return self.words.get(word, frozenset())

    def of_class(self, name: str) -> frozenset[str]:
        """The words of a class of ``words.tsv`` or of a list of its own; empty where the language has none."""
        return self._of_class.get(name, frozenset())

    def _add(self, word: str, classes: frozenset[str]) -> None:
        known = self.words.get(word)
        self.words[word] = classes if known is None else known | classes

    def _read_words(self) -> None:
        for row in rows(self.folder / "words.tsv", 2):
            classes = _classes(row, row.columns[1], _LISTED)
            for word in several(row.columns[0]):
                if classes and classes <= self.words.get(word, frozenset()):
                    raise row.problem(f"{word!r} is listed with this already")
                self._add(word, classes)
        for title in self.titles:
            self._add(title.lower(), frozenset(["title"]))
        for name in WORDS:
            # A long class may have a list of its own.
            file = self.folder / f"{name}s.txt"
            if file.exists():
                for row in entries(file):
                    self._add(row.columns[0].lower().rstrip("."), frozenset([name]))
        for word, classes in list(self.words.items()):
            if "cue_noun" in classes:
                # The list says what a noun reports, not its number.
                self._add(word, by_ending(word, self.endings) & _NUMBER)
            # Typewriters and typesetters write the same word.
            if "'" in word:
                self._add(word.replace("'", "’"), classes)

    def _marked(self, name: str, known: Mapping[str, str]) -> dict[str, frozenset[str]]:
        """A table of words as they are written, with their classes; empty where the language has none."""
        file = self.folder / name
        found: dict[str, frozenset[str]] = {}
        for row in rows(file, 2) if file.exists() else ():
            found[row.columns[0].rstrip(".")] = _classes(row, row.columns[1], known)
        return found

    def _read_nouns(self) -> None:
        file = self.folder / "nouns.tsv"
        for row in rows(file, 2) if file.exists() else ():
            self.nouns[row.columns[0]] = self.nouns.get(row.columns[0], frozenset()) | _classes(row, row.columns[1], NOUNS)

    def _read_verbs(self) -> None:
        file = self.folder / "verbs.tsv"
        paradigms = Paradigms(self.folder / "paradigms.tsv")
        unknown = sorted(set(paradigms.forms) - set(FORMS) - {"-"})
        if unknown:
            raise PackError(self.folder / "paradigms.tsv", 1, f"there is no form {unknown[0]!r}")
        collected: dict[str, dict[tuple[str, str, frozenset[str]], set[str]]] = {}
        # Few of the many verbs differ in their classes: each set of them is made once.
        known: dict[str, frozenset[str]] = {}
        for row in rows(file, 4):
            lemmas, paradigm, irregular, reports = row.columns
            if paradigm not in paradigms:
                raise row.problem(f"there is no paradigm {paradigm!r}")
            classes = known.get(reports)
            if classes is None:
                classes = known[reports] = _classes(row, reports, _OF_VERBS)
            given: dict[str, str] = {}
            for part in () if irregular == _NONE else irregular.split():
                name, _, form = part.partition("=")
                if name not in paradigms.forms or not form:
                    raise row.problem(f"{part!r} gives no form of {lemmas!r}; forms are {', '.join(paradigms.forms)}")
                given[name] = form
            for lemma in several(lemmas):
                stem, particle, joined = _parted(lemma)
                try:
                    made = paradigms.inflect(stem, paradigm, given)
                except ValueError as error:
                    raise row.problem(str(error)) from error
                for name, forms in made.items():
                    for form in forms:
                        _collect(collected, form, lemma, particle, classes, name)
                        if joined:
                            _collect(collected, joined + form, lemma, "", classes, name)
        parted = {classes: (classes - _CLAIMED, classes & _CLAIMED) for classes in known.values()}
        kept: dict[frozenset[str], frozenset[str]] = {}
        for form, readings in collected.items():
            found: list[Reading] = []
            # What reports only with a word that stands apart is no cue by itself; whether that word stands there is seen in the sentence.
            every: frozenset[str] = _VERB
            for (lemma, particle, classes), names in readings.items():
                reports_as, marks = parted[classes]
                form_names = frozenset(names)
                form_names = kept.setdefault(form_names, form_names)
                found.append(Reading(lemma.replace("|", ""), reports_as, form_names, particle, marks))
                every |= form_names | reports_as
            self.verbs[form] = tuple(found)
            self._add(form, kept.setdefault(every, every))


def _classes(row: Row, named: str, known: Mapping[str, str]) -> frozenset[str]:
    classes = frozenset() if named == _NONE else frozenset(named.split())
    unknown = sorted(classes.difference(known))
    if unknown:
        raise row.problem(f"there is no class {unknown[0]!r} of this kind")
    return classes


def _parted(lemma: str) -> tuple[str, str, str]:
    """The verb that is inflected, the word that may stand apart from it, and what is joined to it when it does not: "mit|teilen", "point out"."""
    if "|" in lemma:
        particle, _, stem = lemma.partition("|")
        return stem, particle, particle
    stem, _, particle = lemma.partition(" ")
    return stem, particle, ""


def _collect(
    collected: dict[str, dict[tuple[str, str, frozenset[str]], set[str]]],
    form: str,
    lemma: str,
    particle: str,
    classes: frozenset[str],
    name: str,
) -> None:
    collected.setdefault(form, {}).setdefault((lemma, particle, classes), set()).add(name)


def shared(folder: Path, name: str) -> Path:
    """A file of a pack; where the folder has none of its own, that of the language which its ``pack.toml`` says it is like, or of one that this one is like."""
    at: Path | None = folder
    seen: set[Path] = set()
    while at is not None and at not in seen:
        seen.add(at)
        if (at / name).is_file():
            return at / name
        at = _base(at, table(at / "pack.toml")) if (at / "pack.toml").is_file() else None
    return folder / name


def _base(folder: Path, declared: Mapping[str, Any]) -> Path | None:
    """The folder of the language that another is like: one beside it, or one that comes with the rules."""
    like = declared.get("like")
    if not isinstance(like, str):
        return None
    beside = folder.with_name(like) if like.isidentifier() else folder
    return next((base for base in (beside, _BUNDLED / like) if base != folder and (base / "pack.toml").is_file()), None)


def table(file: Path) -> Mapping[str, Any]:
    """A TOML file of a pack; several parts of the rules look into the same."""
    try:
        return _toml(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(file, 0, str(error)) from error


@functools.lru_cache(maxsize=32)
def _toml(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def _conventions(file: Path) -> Conventions:
    if not file.exists():
        return NONE
    declared = table(file)
    unknown = sorted(set(declared) - {"elisions", "owners", "dropped"})
    if unknown:
        raise PackError(file, 0, f"there is no {unknown[0]!r}; there are elisions, owners and dropped")
    return Conventions(declared.get("elisions", ()), declared.get("owners", ""), declared.get("dropped", ()))


def _clitics(file: Path, declared: object) -> Clitics | None:
    if declared is None:
        return None
    if not isinstance(declared, dict) or not all(_is_list(words) for words in declared.values()):
        raise PackError(file, 0, "[clitics] has lists of texts: before, behind and whole")
    unknown = sorted(set(declared) - {"before", "behind", "whole"})
    if unknown:
        raise PackError(file, 0, f"[clitics]: there is no {unknown[0]!r}; there are before, behind and whole")
    return Clitics(declared.get("before", ()), declared.get("behind", ()), declared.get("whole", ()))


def _is_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) and word for word in words)


def _features(file: Path, declared: object) -> Mapping[str, bool]:
    if not isinstance(declared, dict):
        raise PackError(file, 0, "[features] is no table")
    for name, value in declared.items():
        if name not in FEATURES:
            raise PackError(file, 0, f"there is no feature {name!r}; there are {', '.join(FEATURES)}")
        if not isinstance(value, bool):
            raise PackError(file, 0, f"the feature {name!r} is {value!r}, neither true nor false")
    return {name: bool(declared.get(name, False)) for name in FEATURES}


@functools.cache
def load(folder: Path) -> Pack:
    """The pack of a folder, read once."""
    return Pack(folder)

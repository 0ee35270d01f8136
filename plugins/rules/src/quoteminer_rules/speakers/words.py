"""What single words tell of speakers, in groups: titles, names, nouns, pronouns, determiners, endings. All of it is read from the pack of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..language.pack import Pack, table
from ..language.problems import PackError
from ..language.pronouns import GENDERS, Pronoun
from ..language.tables import entries, rows


class Titles(NamedTuple):
    """Titles before names; in small letters but for ``ranks`` and what is shown."""

    known: frozenset[str]
    """All titles."""
    civil: frozenset[str]
    """Those that say how to address somebody, not what they do."""
    married: frozenset[str]
    unmarried: frozenset[str]
    noble: frozenset[str]
    """Those that make a name with the place behind them ("Duke of Norland")."""
    ranks: frozenset[str]
    """Ranks as they are written before a name; in small letters they are other words."""
    shown: Mapping[str, str]
    """What is written before the names of namesakes: ``married``, ``unmarried``, ``male`` or ``female`` -> title."""

    def standing(self, title: str, gender: str | None) -> str:
        """``married`` or ``unmarried`` where a title tells, else the gender, else nothing."""
        if title in self.married:
            return "married"
        return "unmarried" if title in self.unmarried else gender or ""


class Names(NamedTuple):
    """Words of names, in small letters but for ``acronyms``."""

    given: Mapping[str, str]
    """Given name -> ``male`` or ``female``."""
    short_forms: Mapping[str, frozenset[str]]
    """Short form of a given name -> the full ones."""
    particles: frozenset[str]
    prefixes: frozenset[str]
    """What is joined to a name before another capital ("McCall")."""
    suffixes: frozenset[str]
    prepositions: frozenset[str]
    """Those inside the names of organisations and offices ("Bank of Norland")."""
    inside: frozenset[str]
    """Small words inside such names: these prepositions, the definite article, "and"."""
    organisations: frozenset[str]
    """Words that only the names of organisations have."""
    places: frozenset[str]
    """Names of places whose government may speak."""
    place_words: frozenset[str]
    """Words of the names of places ("street")."""
    months: frozenset[str]
    """Months that are given names too."""
    acronyms: frozenset[str]
    """Names, as they are written, that would be pronouns in small letters."""


class Nouns(NamedTuple):
    """Common nouns in the singular, by what they name."""

    kinds: Mapping[str, str]
    """Noun -> kind of speaker: ``person``, ``organisation``, ``document``, ``group``."""
    genders: Mapping[str, str]
    """Noun or title -> ``male`` or ``female``."""
    offices: frozenset[str]
    persons: frozenset[str]
    relations: frozenset[str]
    epithets: frozenset[str]
    parties: frozenset[str]
    """Roles that somebody has by what the text tells of ("the defendant"); a clerk, a judge or a driver may as well be anybody."""
    generic_organisations: frozenset[str]
    generic_documents: frozenset[str]
    correspondence: frozenset[str]
    portfolios: frozenset[str]
    vocatives: frozenset[str]
    """Nouns and titles by which somebody is called without a name."""
    interjections: frozenset[str]
    synonyms: Mapping[str, frozenset[str]]
    """Noun -> words of roles and titles for which it may stand as well."""
    plurals: tuple[tuple[str, str, int], ...]
    """Ending of a plural, that of its singular, letters of the shortest such plural."""
    plural_endings: tuple[str, ...]
    no_plural_endings: tuple[str, ...]
    """Endings that look like those of plurals and are none ("boss")."""

    def singular(self, noun: str) -> str:
        """The singular of a regular plural; other words come back as they are."""
        if not noun.endswith(self.plural_endings):
            return noun
        for ending, one, least in self.plurals:
            if noun.endswith(ending) and len(noun) >= least:
                return noun[: len(noun) - len(ending)] + one
        return noun


class Pronouns(NamedTuple):
    """Pronouns, in small letters, by whom they may stand for."""

    genders: Mapping[str, str]
    """Those of one person -> ``male`` or ``female``."""
    first: frozenset[str]
    second: frozenset[str]
    several: frozenset[str]
    """Those of the third person in the plural, and "both"."""
    things: frozenset[str]
    relative: frozenset[str]
    """Those that may be the subject of a relative clause."""
    all: frozenset[str]
    speaking: frozenset[str]
    """Those of one speaker who is an object: "told me"."""
    subjects: frozenset[str]
    possessive: frozenset[str]
    """Those that are determiners."""
    singulative: frozenset[str]
    """Those that take one out of several: "one of them"."""
    narrating: tuple[str, ...]
    """The subject of the first person, as it may be written."""
    written: frozenset[str]
    """Pronouns that are none in small letters ("I")."""


class Determiners(NamedTuple):
    """Determiners that tell whether somebody is known already."""

    definite: frozenset[str]
    """The definite article."""
    indefinite: frozenset[str]
    """The indefinite article."""
    articles: frozenset[str]
    demonstrative: frozenset[str]
    possessive: Mapping[str, Pronoun]
    known: frozenset[str]
    """What makes a description definite: the article, demonstratives, possessives."""
    all: frozenset[str]
    """These and the indefinite article."""


class Endings(NamedTuple):
    """Endings of words."""

    possessive: tuple[str, ...]
    """Of an owner: "Ada's"."""
    possessive_plural: tuple[str, ...]
    """Of several owners: "nurses'"."""
    owners: tuple[str, ...]
    """Both."""
    finite: tuple[str, ...]
    """Of a verb behind its subject."""
    gerund: tuple[str, ...]
    participles: tuple[str, ...]
    """Of present and past participles."""
    agents: tuple[str, ...]
    """Of those who do what a verb says: "strikers"."""
    aged: tuple[str, ...]
    """Behind the years of an age: "54-year-old"."""


class Wording(NamedTuple):
    """What speakers are called who are several, or whom the text does not name."""

    together: str
    """Two speakers at once, the first of them maybe a list."""
    definite: str
    """A name with an article."""
    narrator: str
    interviewer: str
    interviewee: str
    question_label: str
    """The label of the turns of who asks."""
    answer_label: str
    asked_by: str
    """Opens a line that names who asks the questions behind it: "BY MS. NOON:"."""
    sworn: str
    """What a line says of whom it names, who answers behind it, parted by ``|``: "ADA BYRON, sworn"."""


class Groups(NamedTuple):
    """All groups of one language."""

    titles: Titles
    names: Names
    nouns: Nouns
    pronouns: Pronouns
    determiners: Determiners
    endings: Endings
    wording: Wording


def groups(pack: Pack) -> Groups:
    """The groups of a language."""
    nouns = _nouns(pack)
    determiners = _determiners(pack)
    declared = table(pack.folder / "pack.toml")
    return Groups(
        _titles(pack, nouns),
        _names(pack, nouns, determiners),
        nouns,
        _pronouns(pack, determiners),
        determiners,
        _endings(pack, declared.get("endings", {})),
        _wording(pack, declared.get("speakers", {})),
    )


def _wording(pack: Pack, declared: Mapping[str, str]) -> Wording:
    wrong = sorted(set(Wording._fields) ^ declared.keys())
    if wrong:
        raise PackError(pack.folder / "pack.toml", 0, f"[speakers] is to tell {', '.join(Wording._fields)}; look at {wrong[0]!r}")
    return Wording(**declared)


def _with(marked: Mapping[str, frozenset[str]], name: str) -> frozenset[str]:
    """The words of a class in a table of words as they are written."""
    return frozenset(word for word, classes in marked.items() if name in classes)


def _lower(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _gender(classes: frozenset[str]) -> str | None:
    return next((gender for gender in ("male", "female") if gender in classes), None)


def _titles(pack: Pack, nouns: Nouns) -> Titles:
    found = Titles(
        pack.of_class("title"),
        _lower(_with(pack.titles, "civil")),
        _lower(_with(pack.titles, "married")),
        _lower(_with(pack.titles, "unmarried")),
        _lower(_with(pack.titles, "noble")),
        _with(pack.capitals, "rank"),
        {},
    )
    shown: dict[str, str] = {}
    for title, classes in pack.titles.items():
        if "civil" in classes:
            shown.setdefault(found.standing(title.lower(), nouns.genders.get(title.lower())), title)
    return found._replace(shown=shown)


def _table(pack: Pack, name: str) -> dict[str, str]:
    """A table of words and what each tells; empty where the language has none."""
    file = pack.folder / name
    return {row.columns[0]: row.columns[1] for row in rows(file, 2)} if file.exists() else {}


def _many(pack: Pack, name: str) -> dict[str, frozenset[str]]:
    """A table of words and what each may stand for."""
    return {word: frozenset(others.split()) for word, others in _table(pack, name).items()}


def _names(pack: Pack, nouns: Nouns, determiners: Determiners) -> Names:
    places = pack.folder / "places.txt"
    prepositions = pack.of_class("name_preposition")
    return Names(
        given={name: GENDERS[gender] for name, gender in _table(pack, "names.tsv").items()},
        short_forms=_many(pack, "nicknames.tsv"),
        particles=pack.of_class("name_particle"),
        prefixes=pack.of_class("name_prefix"),
        suffixes=pack.of_class("name_suffix"),
        prepositions=prepositions,
        inside=prepositions | determiners.definite | pack.of_class("additive"),
        organisations=_named(pack, "organisation_name"),
        places=frozenset(word.lower() for row in entries(places) for word in row.columns[0].split())
        if places.exists()
        else frozenset(),
        place_words=_named(pack, "place_name"),
        months=pack.of_class("given_month"),
        acronyms=_with(pack.capitals, "acronym"),
    )


def _named(pack: Pack, *kinds: str) -> frozenset[str]:
    """The nouns of some kinds."""
    return frozenset(noun for noun, classes in pack.nouns.items() if not classes.isdisjoint(kinds))


def _nouns(pack: Pack) -> Nouns:
    kinds: dict[str, str] = {}
    for kind, classes in (
        ("document", ("document",)),
        ("organisation", ("organisation",)),
        ("group", ("group",)),
        ("person", ("relation", "role", "office", "person")),
    ):
        kinds.update(dict.fromkeys(_named(pack, *classes), kind))
    titles = {title.lower(): classes for title, classes in pack.titles.items()}
    genders = {
        word: gender
        for known in (titles, pack.nouns)
        for word, classes in known.items()
        if (gender := _gender(classes)) is not None
    }
    file = pack.folder / "plurals.tsv"
    plurals = [
        (ending, "" if one == "-" else one, int(least))
        for ending, one, least in (row.columns for row in (rows(file, 3) if file.exists() else ()))
    ]
    return Nouns(
        kinds=kinds,
        genders=genders,
        offices=_named(pack, "office"),
        persons=_named(pack, "office", "role", "person", "relation"),
        relations=_named(pack, "relation"),
        epithets=_named(pack, "epithet"),
        parties=_named(pack, "party"),
        generic_organisations=_named(pack, "generic_organisation"),
        generic_documents=_named(pack, "generic_document"),
        correspondence=_named(pack, "correspondence"),
        portfolios=_named(pack, "portfolio"),
        vocatives=_named(pack, "vocative") | _with(titles, "vocative"),
        interjections=_named(pack, "interjection"),
        synonyms=_many(pack, "role_synonyms.tsv"),
        plurals=tuple(plurals),
        plural_endings=tuple(ending for ending, one, _ in plurals if ending != one),
        no_plural_endings=tuple(ending for ending, one, _ in plurals if ending == one),
    )


def _pronouns(pack: Pack, determiners: Determiners) -> Pronouns:
    # "mine" and "hers" are nobody's mention.
    known = [one for one in pack.pronouns.values() if one.functions != {"possessive"} or one.word in determiners.possessive]
    genders = {one.word: one.sex for one in known if one.sex in ("male", "female")}
    first, second = _of_person(known, 1), _of_person(known, 2)
    several = _of_person([one for one in known if one.several], 3) | pack.of_class("floating_quantifier")
    things = frozenset(one.word for one in known if one.sex == "neuter")
    relative = pack.of_class("relative_subject")
    written = _with(pack.capitals, "pronoun")
    alone = [one for one in known if not one.several]
    return Pronouns(
        genders=genders,
        first=first,
        second=second,
        several=several,
        things=things,
        relative=relative,
        all=frozenset(genders) | first | second | several | things | relative,
        speaking=pack.of_class("object_pronoun") & _of_person(alone, 1),
        subjects=frozenset(one.word for one in known if "subject" in one.functions),
        possessive=frozenset(determiners.possessive),
        singulative=pack.of_class("singulative"),
        narrating=_narrating(alone, written),
        written=written,
    )


def _of_person(pronouns: Iterable[Pronoun], person: int) -> frozenset[str]:
    return frozenset(one.word for one in pronouns if one.person == person)


def _narrating(pronouns: Iterable[Pronoun], written: frozenset[str]) -> tuple[str, ...]:
    """How the subjects of the first person may be written: as the pack says, else with and without a capital."""
    found: list[str] = []
    for one in pronouns:
        if one.person == 1 and "subject" in one.functions:
            found += [form for form in sorted(written) if form.lower() == one.word] or [one.word, one.word.capitalize()]
    return tuple(found)


def _determiners(pack: Pack) -> Determiners:
    definite, indefinite = pack.of_class("definite_article"), pack.of_class("indefinite_article")
    demonstrative = pack.of_class("demonstrative")
    possessive = {word: pack.pronouns[word] for word in sorted(pack.of_class("possessive").intersection(pack.pronouns))}
    known = definite | demonstrative | frozenset(possessive)
    return Determiners(definite, indefinite, definite | indefinite, demonstrative, possessive, known, known | indefinite)


def _endings(pack: Pack, declared: Mapping[str, list[str]]) -> Endings:
    def of(name: str) -> tuple[str, ...]:
        return tuple(declared.get(name, ()))

    gerund = tuple(one.ending for one in pack.endings if "ing" in one.classes)
    return Endings(
        possessive=of("possessive"),
        possessive_plural=of("possessive_plural"),
        owners=of("possessive") + of("possessive_plural"),
        finite=of("finite"),
        gerund=gerund,
        participles=gerund + tuple(one.ending for one in pack.endings if "participle" in one.classes),
        agents=of("agents"),
        aged=of("aged"),
    )

"""Expressions that find names, roles and calls in a text, built from the words of a language when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import regex

from ..language.pack import Pack
from .words import Groups

_NOTHING = "(?!)"
"""What nothing fits: a language has no such word."""


class NamePatterns(NamedTuple):
    """Expressions for names and what stands around them."""

    run: regex.Pattern[str]
    """Words with a capital, and the small words that may stand between them in a name."""
    prefixed: re.Pattern[str]
    """A name with a capital inside that is a surname ("McCall")."""
    age: re.Pattern[str]
    """What behind a name tells that it is a person's: an age, in the first group, or a relative clause."""
    thing: re.Pattern[str]
    """What behind a name may tell that it is none of a person: a relative clause, or a noun, in the first group."""
    acronym: re.Pattern[str]
    article_end: re.Pattern[str]
    """The definite article at the end of what stands before a name."""


class RolePatterns(NamedTuple):
    """Expressions for the roles and titles that a text gives to people."""

    apposition: re.Pattern[str]
    """An apposition behind a name; its article or determiner, and the rest."""
    end: re.Pattern[str]
    """Where in an apposition the role ends."""
    before: re.Pattern[str]
    """A noun phrase right before a name."""
    copula: re.Pattern[str]
    """What says behind a name what somebody is."""


class SourcePatterns(NamedTuple):
    """Expressions for noun phrases that stand for speakers and addressees."""

    aged: re.Pattern[str]
    """A noun or adjective that tells an age, in the first group."""
    author: re.Pattern[str]
    """What stands between a document and whose it is."""
    introduced: str
    """What stands before the head of a description where the text introduces it, as a pattern to go on with."""
    apart: re.Pattern[str]
    """Where a source ends and what is added to it begins."""
    owned: re.Pattern[str]
    """The ending of an owner before a noun."""
    joint: re.Pattern[str]
    """What stands between two who speak together."""
    joining: re.Pattern[str]
    """The same as a quick look at a phrase."""
    partner: re.Pattern[str]
    """What may stand between two people who speak together: "Ada and her brother, Bob"."""
    partnered: re.Pattern[str]
    """The beginning of that."""
    closed: re.Pattern[str]
    """How an apposition ends, or goes on with where somebody comes from."""
    addressing: re.Pattern[str]
    """The preposition between a verb and an addressee."""


class SpeechPatterns(NamedTuple):
    """Expressions for who is called in speech and pointed at in narration."""

    call_before: re.Pattern[str]
    """What stands before a name by which somebody is called."""
    called: re.Pattern[str]
    """A title or kin by which somebody is called without a name; the group is ``male`` or ``female``."""
    pointer: re.Pattern[str]
    """Pronouns and determiners of the narration that may stand for people."""
    voting: re.Pattern[str]
    """Pronouns of one gender."""


class Patterns(NamedTuple):
    """The expressions of one language."""

    names: NamePatterns
    roles: RolePatterns
    sources: SourcePatterns
    speech: SpeechPatterns


def either(words: Iterable[str], *, initial: bool = False) -> str:
    """A pattern for any of some words, the longest first; with ``initial``, they may begin with a capital.

    Words are grouped by their first letter, which spares most places of a text all but one look.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(r"\s".join(map(re.escape, word[1:].split(" "))))
    parts = [f"{_letter(first) if initial else re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items())]
    return f"(?:{'|'.join(parts)})" if parts else _NOTHING


def _letter(first: str) -> str:
    upper = first.upper()
    return f"[{upper}{first}]" if len(upper) == 1 and upper != first else re.escape(first)


def patterns(words: Groups, pack: Pack) -> Patterns:
    """The expressions of a language."""
    return Patterns(_of_names(words, pack), _of_roles(words, pack), _of_sources(words, pack), _of_speech(words, pack))


def _of_names(words: Groups, pack: Pack) -> NamePatterns:
    names, determiners = words.names, words.determiners
    small = either(names.particles | names.inside)
    personal, subjects = pack.of_class("personal_relative"), pack.of_class("relative_subject")
    relative, things = either(personal & subjects), either(pack.of_class("relative") - personal)
    neuter = {word for word, one in determiners.possessive.items() if one.sex == "neuter"}
    joining = either(pack.of_class("additive") | (personal & subjects) | pack.of_class("origin_preposition"))
    describing = (subjects - personal) | pack.of_class("genitive_preposition") | pack.of_class("reduced_relative")
    prefixes = either({word[:1].upper() + word[1:] for word in names.prefixes})
    # Initials may stand close together: "J.C. Vane".
    word = r"(?:(?:\p{Lu}\.){2,3}(?=\s)|\p{Lu}[\w’'-]*+\.?)"
    return NamePatterns(
        # Upper case of any script needs Unicode properties; possessive, so that it stays linear.
        run=regex.compile(rf"(?<![\w@]){word}(?:[ \t\u00a0]?\n?(?<=\s)(?:{small}[ ]){{0,2}}{word})*+"),
        prefixed=re.compile(rf"{prefixes}[A-Z]"),
        age=re.compile(rf",? \(?(\d\d)(?=[,.;)\n]|\s{joining}\b)|,? {relative}\b"),
        thing=re.compile(
            rf", {things}\b|(?: [a-z]+){{1,2}} {either(neuter)}\b|, {either(determiners.articles)} ((?:[a-z][\w-]* ){{0,4}}?[a-z][\w-]*)"
            rf"(?=,| {either(describing)}\b)"
        ),
        article_end=re.compile(rf"{either(determiners.definite)}\s*$", re.IGNORECASE),
        acronym=re.compile(rf" \((?:{either(determiners.definite)} )?([A-Z][A-Za-z&.]{{1,9}})\)"),
    )


def _of_roles(words: Groups, pack: Pack) -> RolePatterns:
    determiners = words.determiners
    relative = either(pack.of_class("personal_relative"))
    owners = determiners.possessive
    of_third = {word for word, one in owners.items() if one.person == 3}
    # "my" and "your" in a text belong to who is quoted.
    told = {word for word, one in owners.items() if one.person == 3 or one.several}
    impersonal = {word for word in of_third if owners[word].sex not in ("male", "female")}
    before = rf"(?:{either(determiners.articles | told)}|\w+{either(words.endings.owners)})"
    article = either(determiners.definite)
    return RolePatterns(
        apposition=re.compile(
            rf"(?:,\s+\d\d)?,\s+({either(determiners.articles | of_third)}\s+)?"
            rf"([^,.;:\n“”\"()]{{3,90}}?)(?=,|\.\s|\.$|;|\n|$|\s\(|\s{relative}\s)"
        ),
        end=re.compile(rf"\s{either(pack.of_class('role_end'))}\b"),
        before=re.compile(
            rf"\b{before}\s+((?:[\w-]+\s){{0,4}}[\w-]+(?:\s{either(words.names.prepositions)}\s(?:{article}\s)?[\w-]+)?),?\s$",
            re.IGNORECASE,
        ),
        copula=re.compile(
            rf"(?:,\s{relative})?\s{either(pack.of_class('role_copula'))}\s"
            rf"(?:{either(determiners.articles | impersonal)}\s)?([\w-]+(?:\s[\w-]+){{0,5}})"
        ),
    )


def _of_sources(words: Groups, pack: Pack) -> SourcePatterns:
    determiners = words.determiners
    article, joining = either(determiners.definite), either(pack.of_class("additive"))
    author = either(pack.of_class("agent_preposition") | pack.of_class("origin_preposition"))
    kin = either(word for word, one in determiners.possessive.items() if one.person == 3 and one.sex != "neuter")
    partnered = rf" {joining} {kin} "
    return SourcePatterns(
        aged=re.compile(rf"(\d\d){either(words.endings.aged)}"),
        author=re.compile(rf"(?: [a-z]+){{0,2}} {author} (?:{article} )?(?=[A-Z])"),
        introduced=rf"\b{either(determiners.articles, initial=True)}\s((?:[\w’'-]+\s){{1,3}})",
        apart=re.compile(rf",\s+|\s\(|\s[–—-]\s|\s{either(pack.of_class('personal_relative'))}\s"),
        owned=re.compile(rf"{either(words.endings.owners)}\s+(?=[a-z])"),
        joint=re.compile(rf"(?:,|,? {joining}|,? &)\s+"),
        joining=re.compile(rf" (?:{joining}|&) "),
        partner=re.compile(rf"(?:, \d\d?,)?{partnered}(?:[\w-]+ ){{0,3}}[\w-]+,? "),
        partnered=re.compile(partnered),
        addressing=re.compile(rf"\s{{0,3}}{either(pack.of_class('addressee_preposition'))}(?=\s|$)"),
        closed=re.compile(rf"[,;]| {either(pack.of_class('origin_preposition'))} "),
    )


def _of_speech(words: Groups, pack: Pack) -> SpeechPatterns:
    determiners, pronouns = words.determiners, words.pronouns
    mine = either((word for word, one in determiners.possessive.items() if one.person == 1 and not one.several), initial=True)
    dear, old = either(pack.of_class("endearment"), initial=True), either(pack.of_class("familiarity"), initial=True)
    opener = either(pack.of_class("vocative_opener"), initial=True)
    male, female = (
        either((word for word in words.nouns.vocatives if words.nouns.genders.get(word) == gender), initial=True)
        for gender in ("male", "female")
    )
    people = pack.of_class("mention_pronoun")
    written = {word.lower() for word in pronouns.written}
    small, capitals = either(people - written, initial=True), either(pronouns.written)
    articles = determiners.articles | determiners.demonstrative | pronouns.singulative
    letters = "".join(sorted({letter for word in people | articles for letter in (word[0], word[0].upper())}))
    # The look at the first letter spares most words the alternatives.
    first = f"(?=[{re.escape(letters)}])" if letters else ""
    return SpeechPatterns(
        call_before=re.compile(rf"(?:^|[,;!?—–-]|\b{opener}),? *(?:{mine} )?(?:{dear} )?$"),
        called=re.compile(
            rf"(?:^|[,;!?—–-] ?)(?:{mine} (?:{dear} )?|{dear} |{old} )?(?:(?P<male>{male})|(?P<female>{female}))(?=[,.!?;:—–]|$)"
        ),
        pointer=re.compile(
            rf"(?<![\w’']){first}(?:(?P<pronoun>{small}|{capitals})(?![\w-])|(?P<article>{either(articles, initial=True)})(?=\s))"
        ),
        voting=re.compile(rf"[ \n]({either(pronouns.genders, initial=True)})\b"),
    )

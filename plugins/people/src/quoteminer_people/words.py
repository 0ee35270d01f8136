"""What the language packs tell of the words of names: titles, particles, suffixes, short forms, given names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import attrs

from quoteminer import LanguagePack

from .spelling import plain

Gender = Literal["male", "female"]


@attrs.frozen
class Words:
    """Words of names in all languages that there are packs of: a text in one language names people of others.

    Attributes:
        titles: what stands before a name.
        genders: what a title, a pronoun or a given name tells.
        particles: small words inside a surname.
        suffixes: what stands behind a name.
        forms: what stands behind the name of a company.
        articles: what may open a name or description.
        short: for a given name those that it is short for, or that are short for it.
        given: given names.
        synonyms: for a noun of roles others that may say the same.
        functional: words that say nothing of a role.
        special: all words that are no name themselves.
    """

    titles: frozenset[str] = frozenset()
    genders: Mapping[str, Gender] = attrs.field(factory=dict)
    particles: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    short: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    given: frozenset[str] = frozenset()
    synonyms: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    functional: frozenset[str] = frozenset()
    special: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        special = self.titles | self.particles | self.suffixes | self.forms | self.articles
        object.__setattr__(self, "special", special)


def words_of(packs: Iterable[LanguagePack]) -> Words:
    """What packs tell; a pack without a file or class tells nothing by it."""
    packs = list(packs)
    titles = list(_rows(packs, "titles.tsv"))
    given = list(_rows(packs, "names.tsv"))
    pronouns = list(_rows(packs, "pronouns.tsv"))
    genders: dict[str, Gender] = {}
    for word, gender in _genders(titles, given, pronouns):
        genders.setdefault(word, gender)
    return Words(
        titles=frozenset(row[0] for row in titles),
        genders=genders,
        particles=_class(packs, "name_particle"),
        suffixes=_class(packs, "name_suffix"),
        forms=frozenset(row[0] for row in _rows(packs, "company_suffixes.txt")),
        articles=_class(packs, "definite_article"),
        short=_both_ways(_rows(packs, "nicknames.tsv")),
        given=frozenset(row[0] for row in given),
        synonyms=_both_ways(_rows(packs, "role_synonyms.tsv")),
        functional=_class(packs, "determiner") | _class(packs, "preposition") | _class(packs, "conjunction"),
    )


def _genders(*tables: list[list[str]]) -> Iterator[tuple[str, Gender]]:
    for table in tables:
        for word, *cells in table:
            told = {part for cell in cells for part in cell.split()}
            if told & {"m", "male"}:
                yield word, "male"
            elif told & {"f", "female"}:
                yield word, "female"


def _class(packs: Iterable[LanguagePack], name: str) -> frozenset[str]:
    return frozenset(plain(word) for pack in packs for word in pack.words(name))


def _both_ways(rows: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, *others in rows:
        for other in (part for cell in others for part in cell.split()):
            found.setdefault(word, set()).add(plain(other))
            found.setdefault(plain(other), set()).add(word)
    return {word: frozenset(others) for word, others in found.items()}


def _rows(packs: Iterable[LanguagePack], file: str) -> Iterator[list[str]]:
    """The rows of a table of the packs, the first cell as names are compared."""
    for pack in packs:
        path = None if pack.path is None else Path(pack.path) / file
        if path is not None and path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip() and not line.startswith("#"):
                    first, *others = line.split("\t")
                    yield [plain(first), *others]

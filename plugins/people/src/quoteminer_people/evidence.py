"""What a text tells of people with the same surname: which given names stand before it, and which titles and pronouns go with a speaker."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from quoteminer import Document, Speaker

from .names import Name, Word, named_word
from .spelling import plain
from .words import Gender, Words

_TOKEN: Final = re.compile(r"[^\W\d_][\w’'‘\-‐‑]*")
_BETWEEN: Final = re.compile(r"\.?[ \t\u00a0]{0,3}(?:\r?\n)?")
_ROLE_WORD: Final = re.compile(r"[^\W\d_]+")
#: Given names and particles that stand before a surname.
_MOST_BEFORE: Final = 4
#: Different names with one surname, beyond which the text is not read for more.
_MOST_NAMES: Final = 50


def full_names(text: str, surnames: Collection[str], words: Words) -> Mapping[str, list[Name]]:
    """The names that a text has for each of some surnames, in one pass over the text.

    Each is read with all the words before it that may belong to it, so that “Yesterday Ada Noon” is a name as well: see :func:`shorter`.
    """
    found: dict[str, dict[tuple[Word, ...], Name]] = {surname: {} for surname in surnames}
    before: deque[re.Match[str]] = deque(maxlen=_MOST_BEFORE)
    for token in _TOKEN.finditer(text):
        written = token[0]
        if written[0].islower() and plain(written) not in words.particles:
            before.clear()
            continue
        if before and not _BETWEEN.fullmatch(text, before[-1].end(), token.start()):
            before.clear()
        for key in {plain(written), plain(re.split("[’'‘]", written)[0])} & found.keys():
            given = tuple(
                named_word(part)
                for one in before
                if plain(one[0]) not in words.particles and plain(one[0]) not in words.titles
                for part in re.split("[-‐‑]", one[0])
                if part
            )
            names = found[key]
            if given and len(names) < _MOST_NAMES:
                names.setdefault(given, Name((), given, named_word(written)))
        before.append(token)
    return {surname: list(names.values()) for surname, names in found.items()}


def shorter(name: Name) -> Iterator[Name]:
    """The name with all given names, and with fewer and fewer of the first."""
    for at in range(len(name.given)):
        yield name._replace(given=name.given[at:])


def genders_of(document: Document, speaker: Speaker, words: Words) -> frozenset[Gender]:
    """What titles and pronouns among the mentions of a speaker tell."""
    return frozenset(
        gender
        for mention in speaker.mentions
        for word, gender in _first_words(document[mention], words)
        if word not in words.given
    )


def _first_words(text: str, words: Words) -> Iterator[tuple[str, Gender]]:
    first = _TOKEN.match(text)
    if first is not None:
        word = plain(first[0])
        if word in words.genders:
            yield word, words.genders[word]


def share_a_word(role: str, other: str, words: Words) -> bool:
    """Whether two roles have a word in common, or words that may say the same."""
    one, two = _content(role, words), _content(other, words)
    return not one.isdisjoint(two) or any(not two.isdisjoint(words.synonyms.get(word, ())) for word in one)


def _content(role: str, words: Words) -> set[str]:
    return {plain(word) for word in _ROLE_WORD.findall(role)} - words.functional


def given_genders(names: Iterable[Name], words: Words) -> frozenset[Gender]:
    """What the first given names tell."""
    return frozenset(
        words.genders[name.given[0].plain]
        for name in names
        if name.given and name.given[0].plain in words.given and name.given[0].plain in words.genders
    )

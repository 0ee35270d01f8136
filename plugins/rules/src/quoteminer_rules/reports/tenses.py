"""Tense, voice and mood of a verb group, as far as its first words tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..language.pack import Pack
from ..reading.sentences import Sentence

_AUXILIARIES: Final = ("hypothetical", "future", "have", "be")
_FORMS: Final = ("past", "third", "base", "ing")


def tense(sentence: Sentence, chunk: int) -> str:
    """What the verb group at a chunk begins with: a class of auxiliaries, else a form of its verb; empty where it is none."""
    first, last = sentence.tokens((chunk, chunk + 1))
    pack, raw = sentence.passage.pack, sentence.passage.raw
    found = auxiliary((raw[i] for i in range(first, last)), pack)
    if not found:
        found = next((form for i in range(first, last) if (form := form_of(raw[i], pack))), "")
    return found


def auxiliary(words: Iterable[str], pack: Pack) -> str:
    """The class of auxiliaries that decides on a verb group; empty where none is there."""
    classes = {name for word in words for name in pack.classes(word.lower())}
    return next((name for name in _AUXILIARIES if name in classes), "")


def form_of(word: str, pack: Pack) -> str:
    """The form of a verb that comes first of those that a word can be; empty where it is none."""
    forms = {form for reading in pack.verbs.get(word.lower(), ()) for form in reading.forms}
    return next((form for form in _FORMS if form in forms), "")

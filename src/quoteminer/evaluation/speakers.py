"""Whether a speaker that was found is the one of the gold."""

from __future__ import annotations

import functools
import importlib.resources
from collections import Counter
from collections.abc import Sequence

import numpy as np
import regex
from scipy.optimize import linear_sum_assignment

from ..spans import Span
from .annotated import Entity
from .words import Words

_WORD = regex.compile(r"\w+")


@functools.cache
def _articles() -> frozenset[str]:
    text = (importlib.resources.files(__package__) / "data" / "articles.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, without case, punctuation, possessive endings and a leading article."""
    words = [word.casefold() for word in _WORD.findall(regex.sub(r"['’]s\b", "", name))]
    return tuple(words[1:] if len(words) > 1 and words[0] in _articles() else words)


def same_name(gold: Entity, found: Entity) -> bool:
    """Whether the canonical name that was found is the gold's, or one of its aliases."""
    return name_words(found.name) in {name_words(name) for name in (gold.name, *gold.aliases)}


def same_speaker(gold: Entity, found: Entity) -> bool:
    """Whether the name that was found ends as the gold's does or one of the two holds the other: "Mrs Bennet", "Bennet" and "Ada Bennet" are one.

    Only names count: a mention that both sides have, such as the pronoun beside the quotation, does not tell whom it means.
    """
    theirs = name_words(found.name)
    if not theirs:
        return False
    for ours in map(name_words, (gold.name, *gold.aliases)):
        if ours and (ours[-1] == theirs[-1] or set(ours) <= set(theirs) or set(theirs) <= set(ours)):
            return True
    return False


def same_entity(gold: Entity, found: Entity, words: Words) -> bool:
    """Whether it is the same entity by any sign: one name holds all words of the other, or a mention coincides.

    More lenient than :func:`same_name`: "Mrs. Bennet" agrees with "Bennet", but not with "Mr. Bennet".
    """
    theirs = set(name_words(found.name))
    for name in (gold.name, *gold.aliases):
        ours = set(name_words(name))
        if ours and theirs and (ours <= theirs or theirs <= ours):
            return True
    return not _last_words(gold.mentions, words).isdisjoint(_last_words(found.mentions, words))


def aligned(pairs: Sequence[tuple[Entity, Entity | None]]) -> int:
    """How many quotations of a document have the right speaker when its speakers are paired one to one, whatever they are called.

    The pairing is that with the most quotations right, as CEAF pairs the entities of coreference (Luo 2005).

    Args:
        pairs: for each matched quotation, the gold's speaker and the one that was found, if any.
    """
    together = Counter((gold, found) for gold, found in pairs if found is not None)
    golds = list(dict.fromkeys(gold for gold, _ in together))
    founds = list(dict.fromkeys(found for _, found in together))
    matrix = np.zeros((len(golds), len(founds)))
    for (gold, found), count in together.items():
        matrix[golds.index(gold), founds.index(found)] = count
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return int(matrix[rows, columns].sum())


def _last_words(mentions: tuple[Span, ...], words: Words) -> set[int]:
    """The last word of each mention: its head, whatever title or article stands before."""
    return {last - 1 for first, last in (words.range_of(span) for span in mentions) if last > first}

"""Which phrase beside a reporting verb can be its subject: one in the right case, of the person of the verb, that names somebody or something."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from ..language.pack import Pack
from ..language.persons import person_of
from ..reading.chunks import LETTER
from ..reading.sentences import NOMINAL, Sentence
from .constructions import Part

_VERB: Final = LETTER["verb"]
_ADVERBIAL: Final = LETTER["adverbial"]
_COMMA: Final = LETTER["comma"]
_COORDINATOR: Final = LETTER["coordinator"]
_NOUN_PHRASE: Final = LETTER["noun_phrase"]
_PRONOUN: Final = LETTER["pronoun"]
_NOMINAL_OR_VERB: Final = NOMINAL | {_VERB}
_FILLERS: Final = frozenset([_ADVERBIAL, LETTER["other"]])
_PASSED: Final = _FILLERS | {_VERB}
"""Chunks over which a place is looked for."""
_OPENING: Final = frozenset(["preposition", "contraction"])
_NOT_COUNTING: Final = frozenset(["ordinal", "article", "pronoun"])
_YEAR: Final = 4
"""Digits of a year, which opens a clause and is no subject."""
_REACH: Final = 8
"""Chunks between a phrase and the verb of its clause."""


def subject(sentence: Sentence, pack: Pack, at: int, source: Part, classes: frozenset[str]) -> Part | None:
    """The chunks of who says what the verb at a chunk reports, where ``source`` is taken for them.

    ``source`` itself where nothing speaks against it; else what can be the subject in its clause, or ``None``: "Dem Wirt hatte er gesagt", "2009 wies Ada
    nach", "im Bericht heißt es", "la comisión llamó y contesté".
    """
    first, last = sentence.tokens(source)
    words = [word.lower() for word in sentence.passage.raw[first:last]]
    kind = sentence.shape[source[0]]
    known = pack.classes(words[0])
    if kind == _ADVERBIAL:
        return source if _is_place(sentence, pack, source[0]) else _place(sentence, pack, at, source)
    if "read" in classes and "expletive" in known and len(words) == 1:
        return _place(sentence, pack, at, source)
    if "impersonal" in known and len(words) == 1:
        # "À la mairie, on répond que …": who is there says it.
        return _where(sentence, pack, at, source) or source
    if "nobody" in known and len(words) == 1:
        return None
    if kind == _NOUN_PHRASE and ("oblique" in known or _is_figure(words, apart=source[1] != at)):
        return _behind(sentence, pack, at, source)
    if kind != _PRONOUN and sentence.shape[at] == _VERB and _clashes(sentence, pack, at, words):
        return None
    return source


def _is_figure(words: Sequence[str], *, apart: bool) -> bool:
    """Whether a phrase is a year, or a bare number ``apart`` from its verb, which is somebody's age: "Ada Byron, 71, contó", but "of 29 people 22 said"."""
    return all(word[0].isdigit() for word in words) and (apart or all(len(word) == _YEAR for word in words))


def _clashes(sentence: Sentence, pack: Pack, at: int, words: Sequence[str]) -> bool:
    """Whether the verb is of the first or second person, so that no noun is its subject, but several of whom who speaks is one may be; or of one, where
    the noun is counted: "ocho puntos más, y sostuvo".
    """
    first, last = sentence.tokens((at, at + 1))
    found = person_of([word.lower() for word in sentence.passage.raw[first:last]], pack)
    if found.several:
        return False
    if found.person in (1, 2):
        return True
    known = pack.classes(words[0])
    counted = ("number" in known and known.isdisjoint(_NOT_COUNTING)) or (words[0][0].isdigit() and words[0] != "1")
    # Only where endings tell persons they tell the number as well.
    return bool(pack.first_person) and counted and len(words) > 1


def _behind(sentence: Sentence, pack: Pack, at: int, source: Part) -> Part | None:
    """What stands behind the finite verb, as the subject does where something else opens the clause."""
    shape = sentence.shape
    verb = next((i for i in range(source[1], min(len(shape), source[1] + _REACH)) if shape[i] == _VERB), None)
    if verb is None or verb > at:
        return None
    chunk = verb + 1
    while chunk < len(shape) and shape[chunk] in _FILLERS:
        chunk += 1
    if chunk >= len(shape) or shape[chunk] not in NOMINAL or chunk == at:
        return None
    word = sentence.passage.raw[sentence.firsts[chunk]].lower()
    return None if not pack.classes(word).isdisjoint(["oblique", "impersonal"]) else (chunk, chunk + 1)


def _place(sentence: Sentence, pack: Pack, at: int, source: Part) -> Part | None:
    """Where in the clause it says that something stands: "im Bericht heißt es"."""
    shape = sentence.shape
    for chunk in chain(range(min(at, source[0]) - 1, -1, -1), range(max(at, source[1] - 1) + 1, len(shape))):
        if shape[chunk] == _ADVERBIAL:
            if _is_place(sentence, pack, chunk):
                return (chunk, chunk + (2 if _owns(sentence, pack, chunk + 1) else 1))
        elif shape[chunk] not in _PASSED:
            if chunk > at:
                break
            if shape[chunk] not in NOMINAL:
                return None
    return None


def _where(sentence: Sentence, pack: Pack, at: int, source: Part) -> Part | None:
    """The place that opens a clause before its subject, or stands behind its verb: "à la mairie, on répond", "répond-on à la mairie"."""
    shape = sentence.shape
    before = source[0] - 1
    if before >= 0 and shape[before] == _COMMA:
        before -= 1
    if before == 0 and shape[0] == _ADVERBIAL and _is_body(sentence, pack, 0):
        return (0, 1)
    behind = max(at, source[1] - 1) + 1
    turned = source[0] >= at - 1 and shape[behind : behind + 1] == _ADVERBIAL and shape[source[0] - 1 : source[0]] == _VERB
    return (behind, behind + 1) if turned and _is_body(sentence, pack, behind) else None


def body(sentence: Sentence, pack: Pack, at: int) -> Part | None:
    """The body that a sentence opens with, where a verb in the plural has no other subject: "desde el sindicato denuncian que"."""
    shape = sentence.shape
    first = 1 if shape[:1] == _COORDINATOR else 0
    if not pack.features["dropped_subjects"] or first >= at or shape[first] != _ADVERBIAL or not _is_body(sentence, pack, first):
        return None
    words = [word.lower() for word in sentence.passage.raw[sentence.firsts[at] : sentence.firsts[at + 1]]]
    found = person_of(words, pack)
    between = shape[first + 1 : at]
    alone = found.several and found.person == 3 and _NOMINAL_OR_VERB.isdisjoint(between)
    return (first, first + 1) if alone else None


def _is_body(sentence: Sentence, pack: Pack, chunk: int) -> bool:
    """Whether a place is a body that can answer, not the name of a town."""
    first = sentence.firsts[chunk]
    opener, second = sentence.passage.raw[first : first + 2]
    return "body_preposition" in pack.classes(opener.lower()) and second[0].islower() and _is_place(sentence, pack, chunk)


def _owns(sentence: Sentence, pack: Pack, chunk: int) -> bool:
    """Whether a chunk is a noun phrase in the genitive: "im Bericht der Bahn"."""
    return sentence.shape[chunk : chunk + 1] == _NOUN_PHRASE and "genitive" in pack.classes(
        sentence.passage.raw[sentence.firsts[chunk]].lower()
    )


def _is_place(sentence: Sentence, pack: Pack, chunk: int) -> bool:
    """Whether an adverbial is a preposition with a noun, and no time."""
    first, last = sentence.tokens((chunk, chunk + 1))
    words = [word.lower() for word in sentence.passage.raw[first:last]]
    opens = not pack.classes(words[0]).isdisjoint(_OPENING)
    return opens and len(words) > 1 and pack.classes(words[-1]).isdisjoint(["time", "day"]) and not words[-1][0].isdigit()

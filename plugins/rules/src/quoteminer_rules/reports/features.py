"""What speaks for or against a candidate, as pairs of heads (which word, which construction) and traits (what stands around it)."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, NamedTuple

from ..language.pack import Pack
from ..reading.chunks import LETTER, NAMES
from ..reading.sentences import Sentence
from .candidates import Candidate

_QUOTATION: Final = LETTER["quotation"]
_COMMA: Final = LETTER["comma"]
_SIZES: Final = (1, 2, 3, 5, 8, 13)
_GAPS: Final = (0, 1, 2, 4)


class Signs(NamedTuple):
    """What can be seen of a candidate; the empty head or trait is that of every candidate."""

    heads: list[str]
    traits: list[str]


def signs_of(candidate: Candidate, pack: Pack, depth: int) -> Signs:
    """The signs of a candidate; ``depth`` says in how many quotations its sentence stands."""
    sentence, at = candidate.sentence, candidate.at
    shape = sentence.shape
    first, last = candidate.parts[0][0], candidate.parts[-1][1]
    form, negated = verb_form(candidate, pack)
    inside = "".join(shape[a:b] for a, b in candidate.parts)
    traits = [
        "",
        candidate.construction,
        "form:" + form,
        "source:" + source_kind(candidate, pack),
        "before:" + kind_at(sentence, at - 1),
        "after:" + kind_at(sentence, at + 1),
        "begins:" + kind_at(sentence, first),
        "next:" + kind_at(sentence, first + 1),
        "ahead:" + kind_at(sentence, first - 1),
        "behind:" + kind_at(sentence, last),
        "rest:" + kind_at(sentence, candidate.last),
        f"size:{bisect_left(_SIZES, last - first)}",
        f"gap:{bisect_left(_GAPS, max(first - at - 1, at - last, 0))}",
        f"depth:{min(depth, 2)}",
        f"parts:{len(candidate.parts)}",
    ]
    if negated:
        traits.append("negated")
    if candidate.addressee is not None:
        traits.append("told")
    if at == 0:
        traits.append("opens")
    if _QUOTATION in inside:
        traits.append("quoted" if inside.strip(_COMMA) != _QUOTATION else "only quoted")
        traits += [f"quoted:{flag}" for flag in quotation_flags(sentence, candidate.parts)]
    if shape[-1] != LETTER["stop"]:
        traits.append("no stop")
    return Signs(
        ["", candidate.lemma, "c:" + candidate.construction, "f:" + form, *(name.upper() for name in sorted(candidate.classes))],
        traits,
    )


def kind_at(sentence: Sentence, chunk: int) -> str:
    """The kind of a chunk, with its word where that is of a closed class."""
    if not 0 <= chunk < len(sentence.shape):
        return "edge"
    kind = NAMES[sentence.shape[chunk]]
    if kind in _WORDED:
        return sentence.passage.raw[sentence.firsts[chunk]].lower()
    return kind


_WORDED: Final = frozenset(["complementiser", "question", "relative", "subordinator", "coordinator", "preposition", "other"])


def verb_form(candidate: Candidate, pack: Pack) -> tuple[str, bool]:
    """Tense, voice and mood of the cue's verb group, and whether it is negated."""
    sentence, at = candidate.sentence, candidate.at
    kind = NAMES[sentence.shape[at]]
    raw = sentence.passage.raw
    classes: set[str] = set()
    for i in range(sentence.firsts[at], candidate.cue[0][0]):
        classes |= pack.words.get(raw[i].lower(), _NOTHING)
    negated = "negation" in classes
    if kind != "verb":
        return kind, negated
    for name in ("hypothetical", "future", "have", "be"):
        if name in classes:
            return name, negated
    forms = {form for reading in pack.verbs.get(raw[candidate.cue[0][0]].lower(), ()) for form in reading.forms}
    return next((name for name in ("past", "third", "base", "ing") if name in forms), kind), negated


_NOTHING: Final = frozenset[str]()


def source_kind(candidate: Candidate, pack: Pack) -> str:
    """What kind of phrase the source is."""
    if candidate.by is None or candidate.source is None:
        return "none"
    sentence = candidate.sentence
    kind = NAMES[sentence.shape[candidate.by[0]]]
    word = sentence.passage.raw[candidate.source[0]].lower()
    if kind == "pronoun":
        known = pack.pronouns.get(word)
        return "pronoun" if known is None else f"pronoun{known.person}{known.gender}"
    if kind == "noun_phrase":
        classes = pack.words.get(word, _NOTHING)
        return "possessed" if "possessive" in classes else "determined" if "determiner" in classes else "bare"
    return kind


def quotation_flags(sentence: Sentence, parts: tuple[tuple[int, int], ...]) -> str:
    """What the first quotation of a content begins and ends like."""
    for first, last in parts:
        for chunk in range(first, last):
            if sentence.shape[chunk] == _QUOTATION:
                return sentence.passage.raw[sentence.firsts[chunk]][1:] or "-"
    return ""

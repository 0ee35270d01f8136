"""What stands around the words of a quotation in the source and takes back, limits or conditions what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .changes import VERBS, Texts, change_of, ends_between
from .findings import Change

#: So many words before a place are looked at, and so many behind it.
_REACH: Final = 15
_CLOSE: Final = 3
#: Within so many words behind a denial stands how long or how far it holds.
_MEASURE: Final = 6
_LONGEST_LABEL: Final = 60
_MARKS: Final = '“”„"«»'
_CLAUSE_SIGNS: Final = ",;:–—("


def before_it(first: int, texts: Texts, *, whole: bool) -> Iterator[Change]:
    """What stands before a place in its clause and takes back what is said there, or in its sentence and makes it a condition.

    Args:
        whole: whether the words are set as a sentence; of a fragment only what stands right before it is missed.
    """
    if whole and (limiting := _limiting_before(first, texts)):
        yield change_of("condition", [], limiting, texts)
        return
    clause = True
    embedded = _is_said(first, texts)
    reach = _REACH if whole else _CLOSE - 1
    for place in range(first - 1, max(-1, first - 1 - reach), -1):
        if ends_between(place, texts) or _is_label(place, texts):
            return
        if first - place > _CLOSE and ends_between(place, texts, _MARKS):
            return
        clause = clause and not ends_between(place, texts, _CLAUSE_SIGNS)
        kind = texts.theirs.kind(texts.words.keys[place])
        if kind == "condition" and texts.theirs.courteous(texts.words.keys, place):
            return
        if (kind == "negation" and clause) or kind == "condition":
            yield change_of(kind, [], list(range(place, first)), texts)
            return
        if texts.words.keys[place] in texts.theirs.coordinators:
            clause = clause and embedded


def _is_said(first: int, texts: Texts) -> bool:
    """Whether right before a place stands the infinitive of a verb of saying, which is denied with all before it: "can't stand here and say …"."""
    keys, theirs = texts.words.keys, texts.theirs
    at = first - 2 if first and keys[first - 1] in theirs.complementisers else first - 1
    return at >= 0 and keys[at] in theirs.saying


def _limiting_before(first: int, texts: Texts) -> list[int]:
    """Words before a place that limit what is said there, parted from it by a comma at most: "at the current rate, …", "so far …"."""
    keys, theirs = texts.words.keys, texts.theirs
    if not first or ends_between(first - 1, texts):
        return []
    for phrase in theirs.limiting:
        begin = first - len(phrase)
        if begin >= 0 and tuple(keys[begin:first]) == phrase and not any(ends_between(at, texts) for at in range(begin, first)):
            return list(range(begin, first))
    if keys[first - 1] in theirs.limit_nouns and ends_between(first - 1, texts, ","):
        for begin in range(first - 2, max(-1, first - 1 - _MEASURE), -1):
            if ends_between(begin, texts):
                break
            if keys[begin] in theirs.prepositions and (not begin or ends_between(begin - 1, texts, ".!?…\n,;:–—")):
                return list(range(begin, first))
    return []


def _is_label(place: int, texts: Texts) -> bool:
    """Whether a word of the source ends what stands before a turn, at the beginning of a line: "ADA BROCK: …"."""
    text, end = texts.source.text, texts.words.ends[place]
    return text[end : end + 1] == ":" and end - text.rfind("\n", 0, end) <= _LONGEST_LABEL


def behind_it(last: int, texts: Texts, quoted: Sequence[int]) -> Iterator[Change]:
    """A condition or negation right behind a place, in its sentence; or what limits a denial there: "we won't cut it | to pay for that".

    Args:
        quoted: the words of the quotation before that place.
    """
    limiting = _limiting_behind(last, texts, quoted)
    if limiting:
        yield change_of("condition", [], limiting, texts)
        return
    clause = True
    for place in range(last, min(last + _CLOSE, len(texts.words))):
        if ends_between(place - 1, texts) or ends_between(place - 1, texts, _MARKS):
            return
        key = texts.words.keys[place]
        clause = clause and not ends_between(place - 1, texts, _CLAUSE_SIGNS)
        kind = texts.theirs.kind(key)
        if kind == "condition" and texts.theirs.courteous(texts.words.keys, place):
            return
        # A negation in a clause of its own denies only that.
        if kind == "condition" or (kind == "negation" and (clause or _is_last(place, texts))):
            yield change_of(kind, [], list(range(last, place + 1)), texts)
            return
        if place == last and clause and key in texts.theirs.limits and _denies(quoted, texts):
            yield change_of("condition", [], [place], texts)
            return
        if key in texts.theirs.coordinators:
            return
        clause = clause and key not in texts.theirs.links


def _limiting_behind(last: int, texts: Texts, quoted: Sequence[int]) -> list[int]:
    """Words behind a place that limit what is said before: "…, at least not now", and of a denial for how long or how much it holds."""
    keys, theirs = texts.words.keys, texts.theirs
    if not 0 < last < len(keys) or ends_between(last - 1, texts) or ends_between(last - 1, texts, _MARKS):
        return []
    if not any(
        texts.quoted.keys[at] in texts.lexicon.subjects or texts.lexicon.kind(texts.quoted.keys[at]) in VERBS for at in quoted
    ):
        # No clause that could be limited.
        return []
    for phrase in theirs.limiting:
        if tuple(keys[last : last + len(phrase)]) == phrase:
            return list(range(last, last + len(phrase)))
    if not any(
        texts.lexicon.kind(key) == "negation" and key not in texts.lexicon.prepositions
        for key in (texts.quoted.keys[at] for at in quoted[-_REACH:])
    ):
        return []
    for place in range(last, min(last + _MEASURE, len(keys))):
        key = keys[place]
        if place > last and ends_between(place - 1, texts, ".!?…\n,;:–—("):
            return []
        if key in theirs.units:
            return list(range(last, place + 1))
        if (
            (key in theirs.subjects and key not in theirs.articles)
            or key in theirs.coordinators
            or theirs.kind(key) in ("negation", *VERBS)
        ):
            return []
    return []


def _denies(quoted: Sequence[int], texts: Texts) -> bool:
    """Whether the last words of the quotation deny something."""
    return any(texts.lexicon.kind(texts.quoted.keys[place]) == "negation" for place in quoted[-_REACH:])


def _is_last(place: int, texts: Texts) -> bool:
    """Whether a word ends its sentence: "…, no?"."""
    return place + 1 == len(texts.words) or ends_between(place, texts)

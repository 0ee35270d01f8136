"""The kind of a claim, and its modality; of several kinds that fit, the first in the order of the list counts."""

from __future__ import annotations

from typing import Final

from quoteminer import ClaimKind, ClaimModality

from .clauses import Clause
from .lexicon import Flag
from .verb_groups import Group
from .voice import Piece
from .words import COUNTED, union_of

_FUTURE, _CONDITIONAL, _MODAL = int(Flag.FUTURE), int(Flag.CONDITIONAL), int(Flag.MODAL)
_LAW, _OBLIGATION, _PLEDGE = int(Flag.LAW), int(Flag.OBLIGATION), int(Flag.PLEDGE)
_CAUSATION, _COMPARISON, _SUPERLATIVE = int(Flag.CAUSATION), int(Flag.COMPARISON), int(Flag.SUPERLATIVE)
_NUMBER, _MEASURE, _NEGATOR, _HEDGE = int(Flag.NUMBER), int(Flag.MEASURE), int(Flag.NEGATOR), int(Flag.HEDGE)
_PAST, _PARTICIPLE, _BE, _HAVE, _ING = int(Flag.PAST), int(Flag.PARTICIPLE), int(Flag.BE), int(Flag.HAVE), int(Flag.ING)
_THIRD, _BASE = int(Flag.THIRD), int(Flag.BASE)
#: Verbs that tell of a state or a view.
_STATES: Final = int(Flag.BE | Flag.HAVE | Flag.DO | Flag.MODAL | Flag.ATTITUDE | Flag.HEDGE | Flag.OBLIGATION | Flag.NORMATIVE)
_FIRST, _CONDITION, _PRONOUN = int(Flag.FIRST), int(Flag.CONDITION), int(Flag.PRONOUN)
_SPEAKERS_PRONOUNS: Final = frozenset(["he", "she", "it", "they"])
_SMALL: Final = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
)
_TENS: Final = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_BEFORE_SUBJECTS: Final = frozenset(["that", "and", "but", "then", ",", "also", "still", "only", "now"])
#: Cues whose nominal content is about what is to come: "forecast earnings of $3".
_OUTLOOK: Final = frozenset(["forecast", "predict", "guide", "warn", "expect"])
_BREACHES: Final = frozenset(
    ["break", "breaks", "broke", "broken", "breach", "breached", "breaches", "violate", "violated", "violates"]
)
_ORDINALS: Final = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"]
)
_GOING: Final = frozenset(["go", "goes", "going", "gone", "went"])
_WERE: Final = frozenset(
    ["was", "were", "wasn't", "weren't", "had", "did", "didn't", "hadn't", "i've", "we've", "they've", "nobody's"]
)
_PLANS: Final = frozenset(
    ["plan", "plans", "planned", "intend", "intends", "intended", "promise", "promised", "pledge", "pledged", "vow", "vowed"]
)


class Traits:
    """A clause with its words and what they are together.

    Attributes:
        flags, words: of each word of the clause.
        union: what they are together.
        verbs: the same of its verb group.
    """

    __slots__ = ("clause", "flags", "piece", "union", "verbs", "words")

    def __init__(self, piece: Piece, clause: Clause) -> None:
        self.piece: Final = piece
        self.clause: Final = clause
        positions = clause.positions
        first, last = positions[0], positions[-1] + 1
        if last - first == len(positions):
            self.flags = piece.flags[first:last]
            self.words = piece.words[first:last]
        else:
            self.flags = [piece.flags[i] for i in positions]
            self.words = [piece.words[i] for i in positions]
        self.union: Final = union_of(self.flags)
        self.verbs: Final = union_of(piece.flags[clause.group.start : clause.group.end])


def kind_of(
    traits: Traits, *, quantity: bool, number: bool, cue: str, own: bool, direct: bool, pledging: frozenset[str]
) -> ClaimKind:
    """The kind of a clause.

    Args:
        quantity: whether it holds a number that is no time and of some weight.
        number: whether it holds any number that is no time.
        cue: lemma of the cue of the quote that holds it, or empty.
        own: whether the document's own voice speaks.
        direct: whether the words are the speaker's own, in which "he" or "they" is somebody else.
        pledging: lemmas of cues that make what follows a pledge.
    """
    piece, clause, flags, words = traits.piece, traits.clause, traits.flags, traits.words
    group, verbs, union = clause.group, traits.verbs, traits.union
    if clause.kind == "whole" and not own and cue not in pledging:
        return "prediction" if cue in _OUTLOOK else "quantity" if quantity else "event" if cue == "announce" else "other"
    future = bool(verbs & _FUTURE)
    conditional = bool(verbs & _CONDITIONAL)
    if union & _LAW and (union & _OBLIGATION or "under" in words or not _BREACHES.isdisjoint(words)):
        return "law_or_rule"
    first = bool((union_of([piece.flags[i] for i in clause.subject]) | piece.flags[group.start]) & _FIRST)
    if piece.words[group.start] == "shall" and not first:
        return "law_or_rule"
    if cue in pledging and not _is_past(piece.flags, group):
        return "pledge"
    subject = [piece.words[i] for i in clause.subject if piece.words[i] not in _BEFORE_SUBJECTS]
    own_action = first or (not own and not direct and len(subject) == 1 and subject[0] in _SPEAKERS_PRONOUNS)
    if (future or conditional) and own_action and not union & _CONDITION:
        return "pledge"
    if own_action and piece.words[group.head] in _PLANS:
        return "pledge"
    if future or (conditional and not own) or _to_come(piece, clause):
        return "prediction"
    if union & _CAUSATION:
        return "causation"
    if _compares(words, flags, union) or _is_nth_time(words) or (union & _COMPARISON and "ever" in words):
        return "comparison"
    head = piece.flags[group.head]
    past = bool(piece.flags[group.start] & _PAST) or bool(head & _PARTICIPLE and group.head != group.start)
    started = piece.flags[group.start]
    progressive = bool(head & _ING) and group.head != group.start
    if quantity and (head & _MEASURE or started & _MEASURE and group.head == group.start or _counts(piece, clause)):
        return "quantity"
    after = group.end
    if piece.words[group.head] in _GOING and after < len(piece.words) and piece.words[after] in ("up", "down"):
        return "quantity"
    acts = bool(started & (_THIRD | _BASE)) and not started & _STATES
    if number and (acts or _is_part(piece, clause)):
        return "quantity"
    has = bool(started & _HAVE) and group.head == group.start
    exists = "there" in subject and piece.words[group.start] in _WERE
    if (past or progressive or acts or started & (_HAVE | _PAST) or piece.words[group.start] in _WERE) and not has and not exists:
        return "event"
    return "quantity" if number else "other"


def _is_past(flags: list[int], group: Group) -> bool:
    """Whether what is said has happened, so that it cannot be promised."""
    first = flags[group.start]
    return bool(first & (_HAVE | _PAST)) and not first & _MODAL and not flags[group.head] & _BE


def _is_part(piece: Piece, clause: Clause) -> bool:
    """ "a third of the cattle" as the subject"""
    return any(
        piece.flags[i] & (_NUMBER | COUNTED) and i + 1 < clause.subject.stop and piece.words[i + 1] == "of"
        for i in list(clause.subject)[:6]
    )


def _is_nth_time(words: list[str]) -> bool:
    """ "the first time in 20 years" """
    if "time" not in words:
        return False
    before = words[words.index("time") - 1] if words[0] != "time" else ""
    return before in _ORDINALS or (before[:1].isdigit() and before.endswith(("st", "nd", "rd", "th")))


def _counts(piece: Piece, clause: Clause) -> bool:
    """Whether the subject is a number of things; small numbers rather name who takes part ("two planes were turned back")."""
    return any(
        (piece.flags[i] & _NUMBER or "-" in piece.words[i] and piece.words[i].split("-")[0] in _TENS)
        and piece.words[i] not in _SMALL
        for i in list(clause.subject)[:5]
    )


def _compares(words: list[str], flags: list[int], union: int) -> bool:
    """A superlative, or "than" that is no bound of a number ("more than 400")."""
    if union & _SUPERLATIVE and any(
        flag & _SUPERLATIVE and word not in ("most", "least", "only", "best") for word, flag in zip(words, flags, strict=True)
    ):
        return True
    if "than" in words and any(
        word == "than"
        and i + 1 < len(words)
        and not flags[i + 1] & (_NUMBER | COUNTED)
        and not words[i + 1].startswith(("$", "£", "€"))
        for i, word in enumerate(words)
    ):
        return True
    return ("no" in words or "only" in words) and any(
        a in ("no", "only") and b in ("other", "three", "two") for a, b in zip(words, words[1:], strict=False)
    )


def _to_come(piece: Piece, clause: Clause) -> bool:
    """ "was to", "is going to", "is due to", "is expected to"."""
    words = piece.words
    end = clause.group.end
    head = words[clause.group.head]
    return (
        (piece.flags[clause.group.head] & _BE > 0 or head in ("going", "due", "set", "expected"))
        and end < len(words)
        and words[end] == "to"
    )


def modality_of(traits: Traits, quote: str) -> tuple[ClaimModality, bool]:
    """Modality, and whether what is asserted is negative; ``quote`` is the modality of the quote around the claim."""
    piece, clause, union = traits.piece, traits.clause, traits.union
    negated = bool((traits.verbs | union_of([piece.flags[i] for i in clause.subject])) & _NEGATOR)
    after = clause.group.end
    if (
        after < len(piece.flags)
        and piece.flags[after] & _NEGATOR
        and piece.words[after] in ("no", "not", "never", "nothing", "nobody", "none")
    ):
        negated = True
    if quote in ("hypothetical", "future") or clause.kind == "consequence" or union & _CONDITION:
        return "hypothetical", negated
    if quote == "negated":
        return "negated", negated
    if quote == "question":
        return "question", negated
    if union & _HEDGE:
        return "hedged", negated
    return "asserted", negated

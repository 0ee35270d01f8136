"""The kind of a claim, and its modality: a table of what is true of a clause, of which the first row that fits counts."""

from __future__ import annotations

from typing import Final, NamedTuple

from quoteminer import ClaimKind, ClaimModality, QuoteModality

from .clauses import Clause, Kind
from .lexicon import Flag
from .verb_groups import Group
from .voice import Piece
from .words import COMMA, COUNTED, union_of

_FUTURE, _CONDITIONAL, _MODAL = int(Flag.FUTURE_AUXILIARY), int(Flag.CONDITIONAL), int(Flag.MODAL)
_LAW, _CAUSATION = int(Flag.LAW), int(Flag.CAUSATION)
#: With a word of law these make it a law that is told.
_BINDING: Final = int(Flag.OBLIGATION | Flag.LEGAL_BASIS | Flag.VIOLATION)
_COMPARISON, _SUPERLATIVE, _QUASI = int(Flag.COMPARISON), int(Flag.SUPERLATIVE), int(Flag.QUASI_SUPERLATIVE)
_THAN, _EXCLUSIVE, _REST = int(Flag.COMPARATIVE_PARTICLE), int(Flag.EXCLUSIVE), int(Flag.EXCLUSIVE_REST)
#: Behind "than" it is a bound of a number.
_AMOUNT: Final = COUNTED | int(Flag.NUMBER | Flag.CURRENCY)
_ANY_TIME, _OCCASION, _ORDINAL = int(Flag.ANY_TIME), int(Flag.OCCASION), int(Flag.ORDINAL)
_NUMBER, _MANY, _MEASURE, _GENITIVE = int(Flag.NUMBER), int(Flag.MANY), int(Flag.MEASURE), int(Flag.GENITIVE_PREPOSITION)
_PAST, _PARTICIPLE, _ING = int(Flag.PAST), int(Flag.PARTICIPLE), int(Flag.ING)
_BE, _HAVE, _PAST_AUXILIARY = int(Flag.FINITE_BE), int(Flag.FINITE_HAVE), int(Flag.PAST_AUXILIARY)
_PRESENT: Final = int(Flag.THIRD | Flag.BASE)
#: Verbs that tell of a state or a view.
_STATES: Final = int(
    Flag.FINITE_BE | Flag.FINITE_HAVE | Flag.DUMMY_AUXILIARY | Flag.MODAL | Flag.STANCE | Flag.HEDGE | Flag.OBLIGATION | Flag.NORMATIVE
)  # fmt: skip
_INTENTION, _COMMISSIVE = int(Flag.INTENTION), int(Flag.COMMISSIVE)
_PREDICTIVE, _ANNOUNCING = int(Flag.PREDICTIVE), int(Flag.ANNOUNCING)
_MOTION, _DIRECTION, _STATUTORY = int(Flag.MOTION), int(Flag.DIRECTION), int(Flag.STATUTORY)
_TO, _PROSPECTIVE = int(Flag.INFINITIVE_MARKER), int(Flag.FUTURE)
_FIRST, _THIRD_PERSON, _EXISTENTIAL = int(Flag.FIRST_PERSON), int(Flag.THIRD_PERSON), int(Flag.EXISTENTIAL)
#: A negative word that begins something else behind the verb: "without".
_LINKING: Final = int(Flag.PREPOSITION | Flag.COORDINATOR)
_CONDITION, _NEGATIVE, _HEDGE = int(Flag.CONDITIONAL_SUBORDINATOR), int(Flag.NEGATIVE), int(Flag.HEDGE)
#: What may stand before a subject without being part of it.
_BEFORE_SUBJECT: Final = COMMA | int(Flag.COORDINATOR | Flag.DECLARATIVE | Flag.ADVERB)
#: So many words of a subject are looked at for a number.
_SUBJECT_OF_PART: Final = 6
_SUBJECT_OF_COUNT: Final = 5


class Context(NamedTuple):
    """What is known of a claim besides its words.

    Attributes:
        quantity: whether it holds a number that is no time and of some weight.
        number: whether it holds any number that is no time.
        cue: what the cue of the quote around it tells, bits of :class:`Flag`.
        own: whether the document's own voice speaks.
        direct: whether the words are the speaker's own, in which "he" or "they" is somebody else.
    """

    quantity: bool
    number: bool
    cue: int
    own: bool
    direct: bool


class ClauseWords:
    """A clause with its words and what they are together.

    Attributes:
        flags: of each word of the clause.
        union: what they are together.
        verbs: the same of its verb group, ``subject`` of its subject.
        start, head: what the first and the last verb of the group are.
        after: what stands right behind the group.
    """

    __slots__ = ("after", "clause", "flags", "head", "piece", "start", "subject", "union", "verbs")

    def __init__(self, piece: Piece, clause: Clause) -> None:
        self.piece: Final = piece
        self.clause: Final = clause
        positions, group = clause.positions, clause.group
        first, last = positions[0], positions[-1] + 1
        if last - first == len(positions):
            self.flags = piece.flags[first:last]
        else:
            self.flags = [piece.flags[i] for i in positions]
        self.union: Final = union_of(self.flags)
        self.verbs: Final = union_of(piece.flags[group.start : group.end])
        self.subject: Final = union_of(piece.flags[clause.subject.start : clause.subject.stop])
        self.start: Final = piece.flags[group.start]
        self.head: Final = piece.flags[group.head]
        self.after: Final = piece.flags[group.end] if group.end < len(piece.flags) else 0

    def flags_of_subject(self, count: int) -> list[int]:
        """What each of the first words of the subject is."""
        subject = self.clause.subject
        return self.piece.flags[subject.start : min(subject.stop, subject.start + count)]


class _Fact:
    """What may be true of a clause: bits, as plain integers, which are several times faster to combine than members of an enumeration."""

    OWN: Final = 1 << 0
    """The document's own voice speaks."""
    BARE_REPORT: Final = 1 << 1
    """It is what somebody reports, without a verb: "announced a rise"."""
    PROMISED: Final = 1 << 2
    PREDICTED: Final = 1 << 3
    ANNOUNCED: Final = 1 << 4
    QUANTITY: Final = 1 << 5
    NUMBER: Final = 1 << 6
    LEGAL: Final = 1 << 7
    """A law and what it binds to."""
    STATUTE: Final = 1 << 8
    """Laws speak so: "shall"."""
    DONE: Final = 1 << 9
    """It has happened, so that it cannot be promised."""
    OWN_ACTION: Final = 1 << 10
    """Who speaks is who acts."""
    FUTURE: Final = 1 << 11
    CONDITIONAL: Final = 1 << 12
    ON_CONDITION: Final = 1 << 13
    PLANNED: Final = 1 << 14
    EXPECTED: Final = 1 << 15
    """ "was to", "is going to", "is expected to" """
    CAUSED: Final = 1 << 16
    COMPARED: Final = 1 << 17
    MEASURED: Final = 1 << 18
    """The verb tells an amount, or the subject is one."""
    MOVED: Final = 1 << 19
    """ "went up" """
    ACTS: Final = 1 << 20
    """The verb tells what somebody does now."""
    PART: Final = 1 << 21
    """The subject is a part of something: "a third of the cattle"."""
    HAPPENED: Final = 1 << 22
    OWNS: Final = 1 << 23
    """The verb is "to have" itself."""
    EXISTED: Final = 1 << 24
    """ "there were" """


_KINDS: Final[tuple[tuple[ClaimKind, int, int], ...]] = (
    ("prediction", _Fact.BARE_REPORT | _Fact.PREDICTED, 0),
    ("quantity", _Fact.BARE_REPORT | _Fact.QUANTITY, 0),
    ("event", _Fact.BARE_REPORT | _Fact.ANNOUNCED, 0),
    ("other", _Fact.BARE_REPORT, 0),
    ("law_or_rule", _Fact.LEGAL, 0),
    ("law_or_rule", _Fact.STATUTE, 0),
    ("pledge", _Fact.PROMISED, _Fact.DONE),
    ("pledge", _Fact.FUTURE | _Fact.OWN_ACTION, _Fact.ON_CONDITION),
    ("pledge", _Fact.CONDITIONAL | _Fact.OWN_ACTION, _Fact.ON_CONDITION),
    ("pledge", _Fact.PLANNED | _Fact.OWN_ACTION, 0),
    ("prediction", _Fact.FUTURE, 0),
    ("prediction", _Fact.CONDITIONAL, _Fact.OWN),
    ("prediction", _Fact.EXPECTED, 0),
    ("causation", _Fact.CAUSED, 0),
    ("comparison", _Fact.COMPARED, 0),
    ("quantity", _Fact.QUANTITY | _Fact.MEASURED, 0),
    ("quantity", _Fact.MOVED, 0),
    ("quantity", _Fact.NUMBER | _Fact.ACTS, 0),
    ("quantity", _Fact.NUMBER | _Fact.PART, 0),
    ("event", _Fact.HAPPENED, _Fact.OWNS | _Fact.EXISTED),
    ("quantity", _Fact.NUMBER, 0),
    ("other", 0, 0),
)
"""The kinds in their order, each with what must be true of the clause and what must not; the first that fits counts."""


def kind_of(words: ClauseWords, context: Context) -> ClaimKind:
    """The kind of a clause."""
    facts = _of_context(words, context) | _of_actor(words, context) | _of_verbs(words) | _of_words(words)
    for kind, needed, refused in _KINDS:
        if facts & needed == needed and not facts & refused:
            return kind
    raise AssertionError  # the last row asks for nothing


def _of_context(words: ClauseWords, context: Context) -> int:
    """What is true by who says it, and by its numbers."""
    facts = _Fact.OWN if context.own else 0
    if context.quantity:
        facts |= _Fact.QUANTITY
    if context.number:
        facts |= _Fact.NUMBER
    if context.cue & _COMMISSIVE:
        facts |= _Fact.PROMISED
    elif words.clause.kind is Kind.WHOLE and not context.own:
        facts |= _Fact.BARE_REPORT
    if context.cue & _PREDICTIVE:
        facts |= _Fact.PREDICTED
    if context.cue & _ANNOUNCING:
        facts |= _Fact.ANNOUNCED
    return facts


def _of_actor(words: ClauseWords, context: Context) -> int:
    """What is true by who does something."""
    subject = words.subject
    facts = 0
    if (subject | words.start) & _FIRST:
        facts |= _Fact.OWN_ACTION
    else:
        if words.start & _STATUTORY:
            facts |= _Fact.STATUTE
        if subject & _THIRD_PERSON and not context.own and not context.direct and _is_pronoun(words):
            facts |= _Fact.OWN_ACTION
    if subject & _EXISTENTIAL and words.start & _PAST_AUXILIARY:
        facts |= _Fact.EXISTED
    if subject & _MANY and union_of(words.flags_of_subject(_SUBJECT_OF_COUNT)) & _MANY:
        facts |= _Fact.MEASURED
    if subject & _GENITIVE and _is_part(words):
        facts |= _Fact.PART
    return facts


def _is_pronoun(words: ClauseWords) -> bool:
    """Whether the subject is a personal pronoun of the third person alone."""
    subject = [flag for flag in words.flags_of_subject(len(words.clause.subject)) if not flag & _BEFORE_SUBJECT]
    return len(subject) == 1 and bool(subject[0] & _THIRD_PERSON)


def _is_part(words: ClauseWords) -> bool:
    """ "a third of the cattle" """
    subject = words.flags_of_subject(_SUBJECT_OF_PART + 1)
    return any(flag & (_NUMBER | COUNTED) and after & _GENITIVE for flag, after in zip(subject, subject[1:], strict=False))


def _of_verbs(words: ClauseWords) -> int:
    """What is true by the verb group and what stands right behind it."""
    start, head = words.start, words.head
    facts = _of_time(words)
    if head & _INTENTION and not head & _ING:
        facts |= _Fact.PLANNED
    if head & _MEASURE:
        facts |= _Fact.MEASURED
    if head & _MOTION and words.after & _DIRECTION:
        facts |= _Fact.MOVED
    if start & _PRESENT and not start & _STATES:
        facts |= _Fact.ACTS | _Fact.HAPPENED
    return facts | _of_past(start, head, words.clause.group)


def _of_past(start: int, head: int, group: Group) -> int:
    """What is true by whether it has come to pass, as the first and the last verb tell."""
    facts = 0
    if start & (_HAVE | _PAST) and not start & _MODAL and not head & _BE:
        facts |= _Fact.DONE
    if start & (_PAST | _HAVE | _PAST_AUXILIARY) or (group.head != group.start and head & (_PARTICIPLE | _ING)):
        facts |= _Fact.HAPPENED
    if start & _HAVE and group.head == group.start:
        facts |= _Fact.OWNS
    return facts


def _of_time(words: ClauseWords) -> int:
    """What is true by whether it is to come."""
    facts = 0
    if words.verbs & _FUTURE:
        facts |= _Fact.FUTURE
    if words.verbs & _CONDITIONAL:
        facts |= _Fact.CONDITIONAL
    if words.union & _CONDITION:
        facts |= _Fact.ON_CONDITION
    if words.after & _TO and words.head & (_BE | _PROSPECTIVE):
        facts |= _Fact.EXPECTED
    return facts


def _of_words(words: ClauseWords) -> int:
    """What is true by any words of the clause."""
    union = words.union
    facts = 0
    if union & _LAW and union & _BINDING:
        facts |= _Fact.LEGAL
    if union & _CAUSATION:
        facts |= _Fact.CAUSED
    if (union & _COMPARISON and union & _ANY_TIME) or _compares(words.flags, union):
        facts |= _Fact.COMPARED
    return facts


def _compares(flags: list[int], union: int) -> bool:
    """A superlative, the first time of several, or a comparison that is no bound of a number ("more than 400")."""
    if union & _SUPERLATIVE and any(flag & _SUPERLATIVE and not flag & _QUASI for flag in flags):
        return True
    if not union & (_THAN | _EXCLUSIVE | _OCCASION):
        return False
    return any(
        (flag & _THAN and not after & _AMOUNT) or (flag & _EXCLUSIVE and after & _REST) or (flag & _ORDINAL and after & _OCCASION)
        for flag, after in zip(flags, flags[1:], strict=False)
    )  # fmt: skip


def modality_of(words: ClauseWords, quote: QuoteModality) -> tuple[ClaimModality, bool]:
    """Modality, and whether what is asserted is negative; ``quote`` is the modality of the quote around the claim."""
    negated = bool((words.verbs | words.subject) & _NEGATIVE) or bool(words.after & _NEGATIVE and not words.after & _LINKING)
    if quote in ("hypothetical", "future") or words.clause.kind is Kind.CONSEQUENCE or words.union & _CONDITION:
        return "hypothetical", negated
    if quote == "negated":
        return "negated", negated
    if quote == "question":
        return "question", negated
    return "hedged" if words.union & _HEDGE else "asserted", negated

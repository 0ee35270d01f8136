"""Reporting clauses: which words beside a quotation say who said it.

Everything here works on the tokens of one block, in which a marked stretch is a single token (an atom).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..lexicon import Lexicon
from ..phrases import Range, addressee_at, ending_at, is_capital, is_nickname, is_word, starting_at
from ..tokens import Tokens
from .cues import Cue, cue_at, reports
from .subject import before, shared_subject, subject_of_finite

_PHRASES: Final = (("according", "to"), ("in", "the", "words", "of"))
_REACH: Final = 48
_INTRODUCTION: Final = 80
_DIRECT: Final = frozenset(
    {"say", "tell", "ask", "urge", "manner", "behind", "phrasal", "show", "think", "put", "point", "label", "read", "court"}
)


class Clause(NamedTuple):
    """A reporting clause: rule id, cue, source and addressee, and the tokens from its first to behind its last."""

    rule: str
    cue: Cue
    source: Range | None
    addressee: Range | None
    first: int
    last: int


def _passive(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the participle at ``i`` is passive ("was told", "were asked")."""
    j = i - 1
    while j >= 0 and tokens.words[j] in lexicon.adverbs:
        j -= 1
    return j >= 0 and tokens.words[j] in ("was", "were", "is", "are", "been", "be", "being", "got", "when", "if")


def after_atom(tokens: Tokens, k: int, lexicon: Lexicon, text: str, *, ended_by_comma: bool = False) -> Clause | None:
    """The reporting clause that stands right behind the atom (or clause) whose last token is ``k``."""
    count = len(tokens)
    j = k + 1
    if j >= count:
        return None
    comma = tokens.raw[j] in (",", "–", "—", "―", "-", "--")
    dash = comma and tokens.raw[j] != ","
    atom = tokens.atoms[k]
    inner_comma = False
    full_stop = False
    if atom is not None:
        end = atom.end
        while end > atom.start and text[end - 1] in " \n\"'”’»":
            end -= 1
        final = text[end - 1]
        inner_comma = final in ",?!—–-…"
        full_stop = final == "."
    if comma:
        j += 1
    if j >= count:
        return None
    ceiling = min(count, j + _REACH, max(tokens.stop[j], j + 1))
    for n in range(j, ceiling):
        if tokens.atoms[n] is not None and n > j and not is_nickname(tokens, n):
            ceiling = n
            break
    lead = j
    if tokens.words[j] in ("as", "or", "so", "and") and j + 1 < ceiling and not full_stop:
        lead = j + 1
    loose = atom is not None and not (comma or inner_comma or ended_by_comma)
    according = phrase_at(tokens, j, ceiling, lexicon)
    if according is not None and not full_stop:
        return according
    found = _inverted(tokens, j, ceiling, lexicon) or _subject_verb(
        tokens, lead, ceiling, lexicon, strict=dash or loose or full_stop
    )
    if found is None:
        return None
    if found.rule == "inverted" and full_stop and not comma and is_capital(tokens, j):
        # "…." Said X, opens a new report.
        return None
    if loose and found.rule != "inverted":
        # No comma: only when the clause is all that is left of the sentence.
        rest = found.last
        if (not full_stop and rest < count and tokens.raw[rest] in (".", ",", ";", ":")) or rest == count:
            return found
        return None
    return found


def phrase_at(tokens: Tokens, j: int, ceiling: int, lexicon: Lexicon) -> Clause | None:
    """The reporting phrase that begins at ``j``: "according to Rutte", "in the words of his director"."""
    for words in _PHRASES:
        behind = j + len(words)
        if behind < ceiling and tuple(tokens.words[j:behind]) == words:
            source = starting_at(tokens, behind, ceiling, lexicon)
            if source is not None:
                cue = Cue(((j, behind),), " ".join(words), frozenset({"say"}), "phrase")
                return Clause("according", cue, source, None, j, source[1])
    return None


def _inverted(tokens: Tokens, j: int, ceiling: int, lexicon: Lexicon) -> Clause | None:
    """ "said Rutte": verb, then source."""
    i = j
    if tokens.words[i] in lexicon.adverbs and i + 1 < ceiling:
        i += 1
    cue = cue_at(tokens, i, lexicon, behind=True)
    if cue is None or cue.form == "ing" or not cue.classes & _DIRECT:
        return None
    behind = cue.ranges[-1][1]
    if behind < ceiling and tokens.words[behind] in ("back", "out", "on"):
        behind += 1
    source = starting_at(tokens, behind, ceiling, lexicon)
    if source is None or (cue.form == "base" and tokens.words[source[0]] in ("it", "you")):
        return None
    if tokens.words[source[0]] in ("the", "his", "her", "a", "my", "its", "their") and _object_like(tokens, source, ceiling):
        return None
    source = _name_in_apposition(tokens, source, ceiling, lexicon)
    return Clause("inverted", cue, source, None, j, source[1])


def _object_like(tokens: Tokens, source: Range, ceiling: int) -> bool:
    return source[1] < ceiling and tokens.words[source[1]] in ("said", "says", "was", "is", "were", "had", "has")


def _name_in_apposition(tokens: Tokens, source: Range, ceiling: int, lexicon: Lexicon) -> Range:
    """For "the mayor, Ana Duarte," the name; else the phrase itself."""
    comma = source[1]
    if comma + 1 < ceiling and tokens.raw[comma] == "," and not is_capital(tokens, source[1] - 1):
        inner = starting_at(tokens, comma + 1, ceiling, lexicon)
        if (
            inner is not None
            and inner[1] - inner[0] > 1
            and all(is_capital(tokens, i) for i in range(*inner))
            and (inner[1] == ceiling or tokens.raw[inner[1]] in (",", ".", ";", ":"))
        ):
            return inner
    return source


def _subject_verb(tokens: Tokens, lead: int, ceiling: int, lexicon: Lexicon, *, strict: bool) -> Clause | None:
    """ "Rutte said", "he added", "Rutte, a former minister who …, told the board"."""
    reach = min(ceiling, lead + (8 if strict else _REACH))
    for i in range(lead + 1, reach):
        raw = tokens.raw[i]
        if raw in (".", ";", ":", "?", "!"):
            return None
        if tokens.words[i] not in lexicon.verbs and not (
            tokens.words[i] in lexicon.behind_verbs and _alone(tokens, i + 1, ceiling, lexicon)
        ):
            continue
        cue = cue_at(tokens, i, lexicon, behind=True)
        if cue is None or not cue.classes & _DIRECT or cue.form in ("ing", "base+participle"):
            if cue is not None and cue.form == "ing":
                continue
            continue
        if cue.form == "participle" or (_passive(tokens, i, lexicon) and cue.form != "passive"):
            continue
        if tokens.words[i - 1] in lexicon.relatives:
            # "one official, who asked not to be named, said"
            continue
        source = before(tokens, cue.ranges[0][0], lead, lexicon)
        if source is None or ("court" in cue.classes and tokens.words[source[1] - 1] not in lexicon.hearers):
            continue
        first = source[0]
        while first > lead and tokens.words[first - 1] in lexicon.adverbs:
            first -= 1
        if first > lead and not (tokens.raw[lead] == "," and first == lead + 1):
            inside = tokens.raw[first - 1] == "," and starting_at(tokens, lead, first, lexicon) == (lead, first - 1)
            if not inside:
                continue
        addressee = None
        behind = cue.ranges[-1][1]
        if cue.classes & {"tell", "ask"} or cue.lemma in ("shout",):
            addressee = addressee_at(tokens, behind, ceiling, lexicon)
        last = addressee[1] if addressee is not None else behind
        return Clause("subject-verb", cue, source, addressee, lead, last)
    return None


def _alone(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether the clause ends at ``i``, or goes on with how it was said: "“No,” she returned", but "he returned to the house"."""
    return i >= ceiling or not is_word(tokens, i) or tokens.words[i] in lexicon.adverbs or tokens.words[i].endswith("ly")


def governing(tokens: Tokens, k: int, floor: int, lexicon: Lexicon) -> Clause | None:
    """The closest cue left of token ``k`` in its sentence that can govern what stands at ``k``."""
    for i in range(k - 1, max(floor - 1, k - 60), -1):
        if tokens.words[i] not in lexicon.verbs:
            continue
        cue = cue_at(tokens, i, lexicon)
        if cue is None or not reports(cue) or (cue.form == "participle" and not _helped(tokens, i, lexicon)):
            continue
        if cue.lemma == "read" and i < k - 2:
            # "in a statement read to the court": no cue from afar.
            continue
        if _passive(tokens, i, lexicon) and cue.form not in ("passive", "ing"):
            if not cue.classes & {"label", "tell", "ask"}:
                continue
            # "He was called “a fool” by Ada."
            by = k + 2 < len(tokens) and tokens.words[k + 1] == "by"
            source: Range | None = starting_at(tokens, k + 2, tokens.stop[k], lexicon) if by else None
        else:
            source = subject_of(tokens, cue, floor, lexicon)
            if source is not None and source[1] > k:
                # "Said Ada “Bob” Byron": the mark is in a name, and nobody says it.
                source = None
            if "court" in cue.classes and (source is None or tokens.words[source[1] - 1] not in lexicon.hearers):
                # "She recalled hearing “a bang”": only a court hears what is said.
                continue
        return Clause("governing", cue, source, None, cue.ranges[0][0], cue.ranges[-1][1])
    return None


def _helped(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    return any(tokens.words[j] in lexicon.participle_helpers for j in range(max(0, i - 4), i))


def subject_of(tokens: Tokens, cue: Cue, floor: int, lexicon: Lexicon) -> Range | None:
    """The source of a cue that stands before what it reports."""
    at = cue.ranges[0][0]
    if at == floor and cue.form != "ing":
        # "Said Ada: …": the source stands behind a verb that opens the sentence.
        return starting_at(tokens, cue.ranges[-1][1], tokens.stop[at], lexicon)
    found = (
        before(tokens, at, floor, lexicon)
        if cue.form != "ing" or tokens.words[at - 1 if at else 0] in lexicon.auxiliaries
        else None
    )
    if found is not None:
        return found
    if cue.form != "ing" and at > floor:
        return shared_subject(tokens, at, floor, lexicon) or sentence_subject(tokens, floor, at, lexicon)
    if cue.form == "ing" and at == floor:
        # "Accusing his predecessor of …, Governor Orrell opened": the subject follows the participle clause.
        for i in range(at + 1, min(tokens.stop[at], at + 40)):
            if tokens.raw[i] == "," and i + 1 < len(tokens):
                following = starting_at(tokens, i + 1, tokens.stop[at], lexicon)
                if following is not None:
                    return following
        return None
    if cue.form == "ing":
        near = ending_at(tokens, at - 1, floor, lexicon)
        if near is not None and near[0] > floor and tokens.words[near[0] - 1] == "with":
            # "leaders warned them, with Ada saying": a subject of its own.
            return near
        # "Trump said, adding": the subject of the verb before it.
        shared = subject_of_finite(tokens, at - 1, floor, lexicon)
        if shared is not None:
            return shared
    return sentence_subject(tokens, floor, at, lexicon)


def sentence_subject(tokens: Tokens, floor: int, ceiling: int, lexicon: Lexicon) -> Range | None:
    """The first noun phrase of the sentence that is not inside an introductory phrase."""
    i = floor
    while i < ceiling and (
        not is_word(tokens, i)
        or tokens.words[i] in lexicon.adverbs
        or tokens.words[i] in ("but", "and", "so", "yet", "still", "however")
    ):
        if tokens.atoms[i] is not None:
            break
        i += 1
    if i >= ceiling:
        return None
    word = tokens.words[i]
    introductory = (
        word in lexicon.prepositions
        or word in lexicon.days
        or word in lexicon.conjunctions
        or (word in lexicon.verbs and "ing" in lexicon.verbs[word].form)
        or word.endswith("ing")
        or tokens.atoms[i] is not None
    )
    if introductory:
        for j in range(i + 1, min(ceiling, i + _INTRODUCTION)):
            if tokens.raw[j] == "," and j + 1 < ceiling:
                found = starting_at(tokens, j + 1, ceiling, lexicon)
                if found is not None:
                    return _name_in_apposition(tokens, found, ceiling, lexicon)
        return None
    found = starting_at(tokens, i, ceiling, lexicon)
    if found is None:
        return None
    return _name_in_apposition(tokens, found, ceiling, lexicon)


def is_filler(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the tokens between a cue and its quotation are only time, place, manner or addressee phrases."""
    if last - first > 22:
        return False
    if first >= last:
        return True
    word = tokens.words[first]
    if (
        word in lexicon.prepositions
        or word in lexicon.days
        or word in lexicon.adverbs
        or word in lexicon.times
        or word.endswith("ly")
        or word == ","
    ):
        return not any(
            (tokens.words[i] in lexicon.pronouns and tokens.words[i] not in ("one", "it", "you")) or tokens.words[i] == "that"
            for i in range(first, last)
        )
    return False

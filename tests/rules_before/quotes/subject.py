"""The subject of a verb: the noun phrase before it, or that of the verb it shares it with."""

from __future__ import annotations

from typing import Final

from ..lexicon import Lexicon
from ..phrases import Range, ending_at, is_capital, is_finite, is_name, is_word, opens_clause, parts_phrase, starting_at
from ..tokens import Tokens

_REACH: Final = 45
_BEFORE_TIMES: Final = ("late", "early", "on", "this", "the", "every")


def before(tokens: Tokens, verb: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The source that is the subject of the verb at index ``verb``, looking left and not below ``floor``."""
    known = tokens.subjects
    if (verb, floor) not in known:
        known[verb, floor] = _before(tokens, verb, floor, lexicon)
    return known[verb, floor]


def _before(tokens: Tokens, verb: int, floor: int, lexicon: Lexicon) -> Range | None:
    j = verb - 1
    words = tokens.words
    raised = False
    while j >= floor:
        word = words[j]
        timed = _time_before(tokens, j, floor, lexicon)
        if timed is not None:
            j = timed - 1
            continue
        auxiliary = _auxiliary_before(tokens, j, floor, lexicon)
        if auxiliary is not None:
            j = auxiliary - 1
            continue
        if word == "to":
            raised = True
        elif not (
            word in lexicon.auxiliaries
            or word in lexicon.adverbs
            or (raised and (word in lexicon.raising or _is_active(tokens, j, floor, lexicon)))
            or (word.endswith("ly") and word.isalpha() and not is_capital(tokens, j))
            or word in ("n't", "not")
        ):
            break
        j -= 1
    if j < floor:
        return None
    if tokens.raw[j] in (",", "–", "—", "-", "--", ")"):
        return _over_apposition(tokens, j, floor, lexicon)
    if words[j] in ("who", "which", "that") and j > floor:
        at = j - 1
        if tokens.raw[at] == ",":
            at -= 1
        if at >= floor:
            found = ending_at(tokens, at, floor, lexicon)
            if found is not None:
                return found
        return (j, j + 1) if words[j] == "who" else None
    found = ending_at(tokens, j, floor, lexicon)
    if found is None or found[0] <= floor:
        return found
    if tokens.words[found[0] - 1] in lexicon.prepositions and tokens.words[found[0] - 1] not in (
        "as",
        "since",
        "until",
        "after",
        "before",
    ):
        return _head_of_clause(tokens, found[0] - 1, floor, lexicon) or found
    return found


def _is_active(tokens: Tokens, j: int, floor: int, lexicon: Lexicon) -> bool:
    """Whether the verb at ``j`` has the subject of the infinitive behind it ("he wanted to know", but not "he was authorised to speak")."""
    if not parts_phrase(tokens.words[j], lexicon):
        return False
    while j > floor and (tokens.words[j - 1] in lexicon.adverbs or tokens.words[j - 1] in lexicon.negations):
        j -= 1
    return j == floor or tokens.words[j - 1] not in lexicon.forms_of_be


def _time_before(tokens: Tokens, j: int, floor: int, lexicon: Lexicon) -> int | None:
    """Where the time between a subject and its verb begins that ends at ``j`` ("the board last week said", "he on Tuesday night said")."""
    words = tokens.words
    if words[j] not in lexicon.times and words[j] not in lexicon.days:
        return None
    i = j
    while i - 1 > floor and (words[i - 1] in lexicon.times or words[i - 1] in lexicon.days or words[i - 1] in _BEFORE_TIMES):
        i -= 1
    opens = i == j and words[j] not in lexicon.days and words[j] not in lexicon.adverbs
    return None if opens or i <= floor or not is_word(tokens, i - 1) else i


def _auxiliary_before(tokens: Tokens, j: int, floor: int, lexicon: Lexicon) -> int | None:
    """The auxiliary that a word up to ``j`` parts from its verb ("has long argued", "may well say")."""
    word, auxiliary = tokens.words[j], tokens.words[j - 1] if j > floor else ""
    if (
        auxiliary not in lexicon.auxiliaries
        or auxiliary in ("do", "does", "did")
        or not is_word(tokens, j)
        or is_capital(tokens, j)
    ):
        return None
    counts = word in ("both", "all", "each")
    if word in lexicon.auxiliaries or word in lexicon.function_words or word in lexicon.verbs:
        return None
    if not counts and (word in lexicon.determiners or word in lexicon.subject_pronouns):
        return None
    # "Have critics said", "What have critics said": there the subject stands between.
    asked = j - 1 == floor or (j - 2 == floor and tokens.words[floor] in lexicon.wh) or not is_word(tokens, j - 2)
    return None if asked else j - 1


def _head_of_clause(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject when a prepositional phrase stands between it and its verb ("Protesters in the streets chanted")."""
    i = at
    while i > floor and at - i < 20:
        before_it = i - 1
        if not is_word(tokens, before_it) or tokens.words[before_it] in lexicon.conjunctions:
            if tokens.words[before_it] in lexicon.prepositions:
                return None
            break
        i -= 1
    return starting_at(tokens, i, at, lexicon)


def _over_apposition(tokens: Tokens, comma: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject before an apposition or relative clause that ends at ``comma`` ("Rutte, a former minister, said")."""
    closing = tokens.raw[comma]
    partner = {")": ("(",), ",": (",",), "–": ("–",), "—": ("—",), "-": ("-",), "--": ("--",)}[closing]
    lowest = max(floor, comma - 60)
    remembered: Range | None = None
    for i in range(comma - 1, lowest, -1):
        if tokens.raw[i] not in partner:
            continue
        found = ending_at(tokens, i - 1, floor, lexicon)
        if found is None or not opens_clause(tokens, found[0], floor, lexicon):
            continue
        verb = lexicon.verbs.get(tokens.words[found[0]])
        if verb is not None and "ing" in verb.form:
            continue
        if is_name(tokens, found, lexicon):
            return found
        inner = starting_at(tokens, i + 1, comma + 1, lexicon)
        if inner is not None and is_name(tokens, inner, lexicon) and tokens.raw[inner[1]] == ",":
            return inner
        if found[0] > floor and tokens.raw[found[0] - 1] == ",":
            # Perhaps itself an apposition: look further out, and come back to it when nothing better stands there.
            remembered = remembered or found
            continue
        return found
    return remembered


def shared_subject(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of an earlier verb that a verb behind "and", "but" or a comma shares ("came, saw and said")."""
    j = at - 1
    while j > floor and (not is_word(tokens, j) or tokens.words[j] in lexicon.adverbs) and at - j < 4:
        j -= 1
    if j <= floor or tokens.words[j] not in ("and", "but", "or", "then") and tokens.raw[at - 1] != ",":
        return None
    return subject_of_finite(tokens, at - 1, floor, lexicon)


def subject_of_finite(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of the closest finite verb at or left of ``last`` that is not the verb of a relative clause."""
    for i in range(last, max(floor, last - _REACH), -1):
        if not is_finite(tokens, i, lexicon):
            continue
        found = before(tokens, i, floor, lexicon)
        if found is None:
            continue
        clause = tokens.words[found[0] - 1] if found[0] > floor else ""
        if tokens.words[found[0]] == "that" and found[1] - found[0] > 1:
            # "confirmed that talks were held": hardly ever "that talk".
            continue
        relative = any(tokens.words[n] in ("who", "which", "that") for n in range(found[1], i))
        if relative or clause in lexicon.clauses_inside or (clause in lexicon.verbs and not is_capital(tokens, found[0] - 1)):
            # A clause inside another one: go on to the verb above it.
            continue
        return found
    return None

"""Clauses found without a parser: whether one begins here, what kind of complement stands here, what may be skipped."""

from __future__ import annotations

from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, is_capital, is_finite, is_word, starting_at
from ...tokens import Tokens
from .contents import trim

DASHES: Final = ("–", "—", "―", "--")
_CURRENCIES: Final = ("$", "£", "€")
_SUBJECT_REACH: Final = 14
_FILLER_REACH: Final = 22
_ASIDE_REACH: Final = 24

_SHORTEST_CLAUSE: Final = 4


def has_finite(tokens: Tokens, part: Range, lexicon: Lexicon) -> bool:
    """Whether a range holds a finite verb or a contraction with one, or a marked stretch."""
    for i in range(*part):
        if tokens.atoms[i] is not None or is_finite(tokens, i, lexicon):
            return True
        head, mark, _ = tokens.words[i].replace("’", "'").partition("'")
        if mark and head in lexicon.subjects:
            return True
    return False


def is_clause(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether a clause with subject and finite verb begins at ``first`` (no "that")."""
    words = tokens.words
    word = words[first]
    if word in lexicon.subjects:
        if (
            word in lexicon.light_objects
            and first + 1 < stop
            and words[first + 1] in lexicon.function_words - lexicon.auxiliaries
        ):
            # "said nothing and left"
            return False
        if _is_too(tokens, first + 1, stop):
            # "they, too, have"
            return True
        return first + 1 < stop and (is_word(tokens, first + 1) or tokens.atoms[first + 1] is not None)
    if "’" in word or "'" in word:
        head = word.replace("’", "'").partition("'")[0]
        if head in lexicon.subjects:
            return True
    if word in lexicon.light_objects and word not in lexicon.determiners:
        return False
    if not is_word(tokens, first) or word in lexicon.prepositions or word in lexicon.conjunctions or word in lexicon.particles:
        return False
    if is_finite(tokens, first, lexicon):
        return False
    finite, verbs, breaks = lexicon.finite, lexicon.verbs, lexicon.clause_breaks
    for j in range(first + 1, min(stop, first + _SUBJECT_REACH)):
        if not is_word(tokens, j):
            if tokens.atoms[j] is not None or tokens.raw[j] in ("$", "&"):
                continue
            return _behind_aside(tokens, j, stop, lexicon) is not None
        current = words[j]
        if current in finite or (current in lexicon.catenatives and j + 1 < stop and words[j + 1] == "to"):
            return True
        verb = verbs.get(current)
        if verb is not None and not is_capital(tokens, j) and current not in lexicon.cue_nouns:
            if verb.form.split("+")[0] in ("past", "third"):
                return True
        if current in breaks or (current[-2:] == "ed" and _takes_object(tokens, j, stop, lexicon)):
            return current not in breaks
        if current == "and" and j + 1 < stop and words[j + 1] in lexicon.subjects and words[j + 1] not in lexicon.determiners:
            # "promised a list and they have …": the second clause.
            return False
    return False


def _is_too(tokens: Tokens, comma: int, stop: int) -> bool:
    """Whether ", too," stands at ``comma``."""
    return comma + 3 < stop and tokens.words[comma : comma + 3] == [",", "too", ","]


def _behind_aside(tokens: Tokens, mark: int, stop: int, lexicon: Lexicon) -> int | None:
    """The finite verb of a subject with an aside that begins at the comma or dash ``mark`` ("the mayor, Bob Smith, resigned")."""
    raw = tokens.raw[mark]
    if raw != "," and raw not in DASHES:
        return None
    for second in range(mark + 2, min(stop - 1, mark + _ASIDE_REACH)):
        if tokens.raw[second] == raw:
            verb = second + 1
            while verb + 1 < stop and tokens.words[verb] in lexicon.adverbs:
                verb += 1
            return verb if is_finite(tokens, verb, lexicon) else None
    return None


def least_end(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> int:
    """Where reported words that begin at ``first`` can end at the earliest: behind the verb, if an aside stands before it."""
    if tokens.words[first] == "that":
        first += 1
    subject = starting_at(tokens, first, stop, lexicon)
    if subject is None or subject[1] >= stop:
        return first
    verb = _behind_aside(tokens, subject[1], stop, lexicon)
    return first if verb is None else verb + 1


def _takes_object(tokens: Tokens, i: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether the word in -ed at ``i`` has an object, which a participle behind its noun cannot have ("the army returned the gun")."""
    if i + 1 >= stop or not tokens.raw[i][0].islower() or tokens.words[i - 1] in lexicon.determiners:
        return False
    following = tokens.words[i + 1]
    return following in lexicon.determiners or (following in lexicon.subjects and following not in lexicon.times)


def complement(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> tuple[str, int, str] | None:
    """What begins at ``first``: the kind of complement, where the content begins, and its family."""
    word = tokens.words[first]
    if word == "that" and first + 1 < stop:
        # "said that, as it was late, …"
        aside = (
            tokens.raw[first + 1] == ","
            and "," in tokens.raw[first + 3 : stop]
            and _opens_aside(tokens.words[first + 2], lexicon)
        )
        if not (aside or is_word(tokens, first + 1) or tokens.atoms[first + 1] is not None):
            return None
        return "that", first, "clause"
    if tokens.raw[first] == ":":
        return ("colon", first + 1, "clause") if first + 1 < stop else None
    if word in lexicon.wh:
        return "wh", first, "clause"
    if word == "to" and first + 1 < stop:
        noun = is_noun_behind_to(tokens, first + 1, lexicon)
        return ("prep:to", first + 1, "np") if noun else ("inf", first, "inf")
    if word == "not" and first + 1 < stop and tokens.words[first + 1] == "to":
        return "inf", first, "inf"
    if is_clause(tokens, first, stop, lexicon):
        return "clause", first, "clause"
    if word[-3:] == "ing" and is_word(tokens, first) and len(word) > 4 and word not in lexicon.subjects:
        return "ing", first, "ing"
    if word in lexicon.content_prepositions:
        return ("prep:" + word, first + 1, "np") if first + 1 < stop else None
    if tokens.atoms[first] is not None:
        return "mark", first, "clause"
    if (
        (is_word(tokens, first) or tokens.raw[first] in _CURRENCIES)
        and word not in lexicon.prepositions
        and word not in lexicon.conjunctions
        and word not in lexicon.auxiliaries
    ):
        return "np", first, "np"
    return None


def _opens_aside(word: str, lexicon: Lexicon) -> bool:
    """Whether a phrase or clause before the main one may begin with a word ("as it was late", "despite the rain")."""
    return word in lexicon.subordinators or (word in lexicon.prepositions and word != "of") or word in lexicon.adverbs


def is_noun_behind_to(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether "to" is a preposition by what stands behind it, and opens no infinitive ("to the mayor", "to requests")."""
    word = tokens.words[i]
    return word in lexicon.determiners or is_capital(tokens, i) or (word[-1] == "s" and word[-2:] not in ("ss", "us"))


def skip_filler(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> int:
    """The first token behind adverbs and phrases of time, place and manner ("on Thursday in Bucharest")."""
    words, raw = tokens.words, tokens.raw
    i = first
    limit = min(stop, first + _FILLER_REACH)
    while i < limit:
        word = words[i]
        if word in lexicon.days or word in lexicon.adverbs or (word[-2:] == "ly" and raw[i][0].islower()):
            i += 1
        elif raw[i] == "," and i + 2 < limit and raw[i + 2] == "," and words[i + 1] in lexicon.adverbs:
            # "noted, however, that"
            i += 3
        elif (raw[i] == "," or raw[i] in DASHES) and i == first and (aside := _aside(tokens, i, limit, lexicon)) is not None:
            i = aside
        elif word in ("late", "early") and i + 1 < limit and (words[i + 1] in lexicon.days or words[i + 1] in lexicon.times):
            i += 1
        elif word in lexicon.times:
            following = i + 1
            while following < limit and (
                words[following] in lexicon.times or words[following] in lexicon.days or raw[following][0].isdigit()
            ):
                following += 1
            if following == i + 1 and word in ("last", "this", "next"):
                break
            i = following
        elif word in lexicon.circumstance_openers:
            if i + 1 >= limit:
                break
            phrase = starting_at(tokens, i + 1, stop, lexicon)
            if phrase is None and (words[i + 1] in lexicon.days or raw[i + 1][0].isdigit()):
                phrase = (i + 1, i + 2)
            elif phrase is None and words[i + 1] in lexicon.times and i + 2 < stop:
                phrase = starting_at(tokens, i + 2, stop, lexicon)
            if phrase is None or (word in lexicon.close_prepositions and i == first and not is_capital(tokens, i + 1)):
                break
            i = phrase[1]
        elif tokens.atoms[i] is not None and i > first and raw[i - 1][-2:] in ("'s", "’s") and i + 1 < limit:
            # "said on ABC's “This Week” that"
            i += 1
        elif raw[i] == "(":
            close = next((n for n in range(i, min(limit, i + 6)) if raw[n] == ")"), None)
            if close is None:
                break
            i = close + 1
        elif raw[i][0].isdigit() and i > first:
            i += 1
        else:
            break
    return min(i, stop)


def _aside(tokens: Tokens, comma: int, limit: int, lexicon: Lexicon) -> int | None:
    """Where what is reported begins behind a phrase between commas or dashes ("said, without giving evidence, that")."""
    if comma + 1 >= limit or tokens.words[comma + 1] not in lexicon.prepositions:
        return None
    for i in range(comma + 2, limit - 1):
        if tokens.raw[i] == tokens.raw[comma]:
            return i + 1 if tokens.words[i + 1] == "that" else None
        if tokens.raw[comma] == "," and (is_finite(tokens, i, lexicon) or not is_word(tokens, i)):
            return None
    return None


def before_clause(tokens: Tokens, floor: int, lead: int, lexicon: Lexicon, *, finite: bool = True) -> Range | None:
    """Content before a reporting clause whose comma is at ``lead``: a clause of its own, or a marked stretch in it.

    Without ``finite`` anything counts that is no adverbial ("In a speech, he said").
    """
    first = floor
    while first < lead and tokens.words[first] in lexicon.openers:
        first += 1
    left = trim(tokens, first, lead)
    if left is None or left[1] - left[0] < 2:
        return None
    if has_finite(tokens, left, lexicon):
        return left
    if finite or left[1] - left[0] < _SHORTEST_CLAUSE or tokens.words[left[0]] in lexicon.prepositions:
        return None
    return left


def resumes(tokens: Tokens, first: int, lexicon: Lexicon) -> bool:
    """Whether what follows the comma behind a reporting clause goes on with the content."""
    word = tokens.words[first]
    verb = lexicon.verbs.get(word)
    return word not in lexicon.comment_openers and not (verb is not None and "ing" in verb.form)

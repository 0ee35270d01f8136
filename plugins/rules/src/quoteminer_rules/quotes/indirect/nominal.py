"""Reports by nouns, adjectives and phrases: "his claim that …", "is confident that …", "according to Ada"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...lexicon import Lexicon
from ...phrases import Range, ending_at, is_finite, is_name, is_word, starting_at
from ...tokens import Tokens
from ..attribution import phrase_at
from ..subject import before
from .candidate import OPEN_ENDED, Candidate
from .clauses import DASHES, complement, has_finite, is_clause, is_noun_behind_to, resumes
from .contents import trim

_REACH: Final = 4
_LONGEST_SOURCE: Final = 30
_LONGEST_NAME: Final = 4
_LONGEST_SUBJECT: Final = 30
_SHORTEST_HEADLINE: Final = 4
_LONGEST_HEADLINE: Final = 18


def reports_by_noun(tokens: Tokens, i: int, floor: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "his claim that …", "the promise of Mayor Breck to …"."""
    stop = min(tokens.stop[i], i + OPEN_ENDED)
    words, raw = tokens.words, tokens.raw
    source, owner = _owner(tokens, i, floor, lexicon)
    first = i + 1
    if first < stop and words[first] in ("of", "by", "from") and source is None:
        phrase = starting_at(tokens, first + 1, stop, lexicon)
        if phrase is not None and phrase[1] < stop and words[phrase[1]] in ("that", "to"):
            source, first, owner = phrase, phrase[1], "of"
    if first + 1 < stop and raw[first] == "," and words[first + 1] == "that":
        first += 1
    if first + 1 >= stop:
        return
    word = words[first]
    if word == "that":
        kind, begin, family = "that", first, "noun-clause"
    elif word == "to" and is_noun_behind_to(tokens, first + 1, lexicon):
        kind, begin, family = "prep:to", first + 1, "np"
    elif word == "to":
        kind, begin, family = "inf", first, "noun-inf"
    elif word in lexicon.noun_prepositions:
        kind, begin, family = "prep:" + word, first + 1, "np"
    else:
        return
    if kind == "that" and _sums_up(tokens, i, floor):
        return
    if source is None or owner == "pronoun":
        subject = _light_subject(tokens, i, floor, lexicon)
        if source is None:
            owner = "light" if subject is not None else "none"
        source = subject or source
    if family != "np":
        end, behind = _main_clause(tokens, i, begin, floor, stop, lexicon)
        source = source or behind
        if end < stop:
            stop, family = end, "noun-subject"
    yield Candidate(
        words[i], frozenset({"noun"}), "noun+" + kind, owner, ((i, i + 1),), source, None, None, (begin, stop), family, "asserted"
    )


def _main_clause(tokens: Tokens, i: int, begin: int, floor: int, stop: int, lexicon: Lexicon) -> tuple[int, Range | None]:
    """Where the content of a noun that is the subject must end because the sentence goes on, and a source behind the content.

    "The suggestion that it may fall, first made by Ada, has …", "Her point, that it falls when the wind blows, I share."
    """
    words, raw = tokens.words, tokens.raw
    if i - floor > _LONGEST_SUBJECT or any(is_finite(tokens, n, lexicon) for n in range(floor, i)):
        return stop, None
    open_clauses = 1 if words[begin] == "that" else 0
    comma: int | None = None
    n = begin + 1
    while n < stop:
        word = words[n]
        if word in lexicon.subordinators or word in lexicon.wh or word == "that":
            if words[n - 1] not in lexicon.subordinators:
                open_clauses += 1
        elif raw[n] == ",":
            if open_clauses == 0 and n + 1 < stop:
                if words[n + 1] in lexicon.subjects:
                    return n, None
                comma = comma or n
        elif is_finite(tokens, n, lexicon) and not (n + 1 < stop and _no_verb(words, n, lexicon)):
            if open_clauses == 0:
                if comma is None or raw[n - 1] != ",":
                    return n, None
                by = next((m for m in range(comma + 1, min(n, comma + _REACH)) if words[m] == "by"), None)
                return comma, None if by is None else starting_at(tokens, by + 1, n, lexicon)
            open_clauses -= 1
            while n + 1 < stop and (
                words[n + 1] in lexicon.adverbs
                or words[n + 1] in lexicon.in_verb_group
                or (words[n + 1] not in lexicon.finite and is_finite(tokens, n + 1, lexicon))
            ):
                n += 1
        n += 1
    return stop, None


def _no_verb(words: list[str], n: int, lexicon: Lexicon) -> bool:
    """Whether what looks like a finite verb is a participle ("made by", "held in") or a noun ("costs would")."""
    return words[n + 1] in ("by", "in", "on") or (
        words[n][-1] == "s" and words[n] not in lexicon.auxiliaries and words[n + 1] in lexicon.auxiliaries
    )


def _sums_up(tokens: Tokens, i: int, floor: int) -> bool:
    """Whether the noun at ``i`` only sums up what stands before it: "…, a decision that its neighbours regret"."""
    at = i - 1
    while at > floor and i - at < _REACH and tokens.words[at] not in ("a", "an"):
        at -= 1
    return at > floor and tokens.words[at] in ("a", "an") and (tokens.raw[at - 1] == "," or tokens.raw[at - 1] in DASHES)


def _owner(tokens: Tokens, i: int, floor: int, lexicon: Lexicon) -> tuple[Range | None, str]:
    """Whose claim it is: a possessive before the noun at ``i``."""
    words, raw = tokens.words, tokens.raw
    at = i - 1
    while (
        at > floor
        and is_word(tokens, at)
        and raw[at][-2:] not in ("'s", "’s")
        and words[at] not in lexicon.determiners
        and i - at < _REACH
    ):
        at -= 1
    if at < floor:
        return None, "none"
    if raw[at][-2:] in ("'s", "’s"):
        return ending_at(tokens, at, floor, lexicon), "name"
    if words[at] in lexicon.possessives:
        return (at, at + 1), "pronoun"
    if raw[at] in ("'", "’") and at > floor:
        return ending_at(tokens, at - 1, floor, lexicon), "name"
    return None, "none"


def _light_subject(tokens: Tokens, i: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The subject of "made a promise", "gave a warning", "has a plan"."""
    at = i - 1
    while at > floor and i - at < _REACH and tokens.words[at] not in lexicon.determiners:
        at -= 1
    if at <= floor or tokens.words[at - 1] not in lexicon.light_verbs:
        return None
    return before(tokens, at - 1, floor, lexicon)


def reports_by_adjective(tokens: Tokens, i: int, floor: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "is confident that …", "were critical of …"."""
    words = tokens.words
    at = i - 1
    while (
        at > floor
        and i - at < _REACH
        and (words[at] in lexicon.adverbs or words[at][-2:] == "ly" or words[at] in lexicon.degrees)
    ):
        at -= 1
    contracted = at >= floor and words[at][-2:] in ("’s", "'s")
    if at <= floor or not (words[at] in lexicon.copulas or contracted):
        return
    stop = min(tokens.stop[i], i + OPEN_ENDED)
    found = complement(tokens, i + 1, stop, lexicon) if i + 1 < stop else None
    if found is None or found[0] in ("mark", "np", "colon"):
        return
    kind, begin, family = found
    source = before(tokens, at, floor, lexicon)
    negated = any(word in ("not", "n't") or word[-3:] in ("n't", "n’t") for word in words[max(floor, at - 2) : i])
    yield Candidate(
        words[i],
        frozenset({"adjective"}),
        "adj+" + kind,
        "is" if contracted else words[at],
        ((i, i + 1),),
        source,
        None,
        None,
        (begin, stop),
        family,
        "negated" if negated else "asserted",
    )


def reports_by_label(tokens: Tokens, i: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "Rutte: We will not wait", as a headline: a name, a colon, a clause, and no full stop."""
    first, stop = tokens.sentence[i], tokens.stop[i]
    if not (
        1 <= i - first <= _LONGEST_NAME and _SHORTEST_HEADLINE <= stop - i <= _LONGEST_HEADLINE and is_word(tokens, stop - 1)
    ):
        return
    if (
        tokens.words[first] not in lexicon.no_speakers
        and is_name(tokens, (first, i), lexicon)
        and is_clause(tokens, i + 1, stop, lexicon)
    ):
        cue = ((i, i + 1),)
        yield Candidate(":", frozenset({"say"}), "label", "", cue, (first, i), None, None, (i + 1, stop), "rest", "asserted")


def _comma(tokens: Tokens, first: int, stop: int) -> int | None:
    return next((n for n in range(first, stop) if tokens.raw[n] == ","), None)


def _over_appositions(tokens: Tokens, source: Range, comma: int, stop: int, lexicon: Lexicon) -> tuple[Range, int]:
    """The source and the last comma behind it, in "according to the mayor, Ana Duarte, 47, the bridge is closed".

    A name behind a description becomes the source; what describes a name is passed over.
    """
    named, at = source, comma
    while (second := _comma(tokens, at + 1, min(stop - 1, at + _LONGEST_SOURCE))) is not None:
        part = (at + 1, second)
        if part[1] - part[0] == 1 and tokens.raw[part[0]].isdigit():
            at = second
        elif is_name(tokens, named, lexicon):
            if not _describes(tokens, part, lexicon):
                break
            at = second
        elif part[1] - part[0] > 1 and is_name(tokens, part, lexicon) and _is_phrase(tokens, part, lexicon):
            named, at = part, second
        else:
            break
    subject = starting_at(tokens, at + 1, stop, lexicon)
    if (
        at == comma
        or not is_clause(tokens, at + 1, stop, lexicon)
        or (subject is not None and "and" in tokens.words[slice(*subject)])
    ):
        # Nothing resumes, or "Ada, the mayor and the council" are the subject of what is reported.
        return source, comma
    return named, at


def _describes(tokens: Tokens, part: Range, lexicon: Lexicon) -> bool:
    """Whether a part between commas can describe the name before it ("the mayor of Orsk", "a former minister")."""
    first = part[0]
    if tokens.words[first] in lexicon.subject_pronouns or is_name(tokens, part, lexicon):
        return False
    determined = tokens.words[first] in lexicon.determiners
    return (determined or tokens.words[first] in lexicon.titles) and _is_phrase(tokens, part, lexicon)


def _is_phrase(tokens: Tokens, part: Range, lexicon: Lexicon) -> bool:
    return starting_at(tokens, part[0], part[1] + 1, lexicon) == part


def reports_by_phrase(tokens: Tokens, i: int, floor: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "According to Rutte, …"; "…, according to Rutte"."""
    stop = min(tokens.stop[i], i + OPEN_ENDED)
    clause = phrase_at(tokens, i, stop, lexicon)
    if clause is None or i - floor > OPEN_ENDED:
        return
    cue = clause.cue
    made = Candidate(cue.lemma, cue.classes, "phrase", "", cue.ranges, clause.source, None, None, None, "clause", "asserted")
    if all((not is_word(tokens, n) and tokens.atoms[n] is None) or tokens.words[n] in lexicon.openers for n in range(floor, i)):
        last = min(stop, clause.last + _LONGEST_SOURCE)
        comma = _comma(tokens, clause.last, last)
        if comma is not None and comma + 1 < stop:
            source = clause.source
            if source is not None:
                source, comma = _over_appositions(tokens, source, comma, stop, lexicon)
            yield made._replace(frame="phrase-first", source=source, behind=(comma + 1, stop))
        return
    left = trim(tokens, floor, i)
    if left is None:
        return
    behind = clause.last + 1
    if (
        tokens.raw[i - 1] == ","
        and behind < stop
        and tokens.raw[behind - 1] == ","
        and resumes(tokens, behind, lexicon)
        and not has_finite(tokens, left, lexicon)
    ):
        yield made._replace(frame="phrase-medial", before=left, behind=(behind, stop), family="rest")
    else:
        yield made._replace(frame="phrase-last", before=left)

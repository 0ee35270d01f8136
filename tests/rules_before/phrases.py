"""Noun phrases that can be a source or an addressee, found without a parser from closed word classes and capitals."""

from __future__ import annotations

from typing import Final

from .layout import MASK
from .lexicon import Lexicon
from .tokens import Tokens

Range = tuple[int, int]
"""Token indices, end exclusive."""

_LONGEST: Final = 14
_LONGEST_NICKNAME: Final = 25
"""Characters."""
_LONGEST_ROLE: Final = 5
_LONGEST_MANNER: Final = 6
_SHORTEST_REGULAR: Final = 4
"""Letters: shorter words in "ed" are no regular past ("feed", "bed")."""


def is_word(tokens: Tokens, i: int) -> bool:
    """Whether token ``i`` is a word (not punctuation, not a marked stretch)."""
    first = tokens.raw[i][0]
    return first.isalnum() or first == "@"


def is_capital(tokens: Tokens, i: int) -> bool:
    """Whether token ``i`` begins with a capital letter or is a user name."""
    raw = tokens.raw[i]
    return raw[0].isupper() or raw[0] == "@"


def blocks_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether token ``i`` cannot stand inside a noun phrase."""
    raw = tokens.raw[i]
    first = raw[0]
    if not first.isalnum() and first != "@":
        return raw != "&" and not (raw == "/" and _joins_names(tokens, i))
    word = tokens.words[i]
    if word in lexicon.function_words:
        # "the Among the Trees Trust", but not "While Ada …" or "According to".
        return not (first.isupper() and len(word) > 4) or tokens.sentence[i] == i
    return word in lexicon.standing_alone


def _joins_names(tokens: Tokens, i: int) -> bool:
    """Whether the slash at ``i`` stands between two names ("a New York Times/CBS News poll")."""
    return (
        0 < i < len(tokens) - 1
        and tokens.starts[i] == tokens.ends[i - 1]
        and tokens.ends[i] == tokens.starts[i + 1]
        and is_capital(tokens, i - 1)
        and is_capital(tokens, i + 1)
    )


def is_finite(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether token ``i`` looks like a finite verb."""
    word = tokens.words[i]
    if word in lexicon.finite:
        return True
    if not tokens.raw[i][0].islower():
        return False
    verb = lexicon.verbs.get(word)
    if verb is not None:
        return verb.form.split("+")[0] in ("past", "third") and word not in lexicon.cue_nouns
    return word[-2:] == "ed" and len(word) > _SHORTEST_REGULAR and tokens.words[i - 1 if i else 0] not in lexicon.determiners


def ending_at(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> Range | None:
    """The noun phrase whose last token is ``last``, not reaching below ``floor``."""
    if last < floor:
        return None
    known = tokens.phrases
    if (last, floor) not in known:
        known[last, floor] = _ending_at(tokens, last, floor, lexicon)
    return known[last, floor]


def _ending_at(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> Range | None:
    words = tokens.words
    if last - 2 >= floor and words[last] in lexicon.object_pronouns and words[last - 1] == "of":
        # "one of them"
        counted = words[last - 2]
        return (last - 2, last + 1) if counted in lexicon.subject_pronouns or counted in lexicon.numbers else None
    if words[last] in lexicon.subject_pronouns:
        if words[last] in ("one", "some", "many", "most", "each", "both", "others", "another") and last > floor:
            if words[last - 1] in lexicon.determiners:
                return (last - 1, last + 1)
        return (last, last + 1)
    if last - 2 >= floor and words[last] in lexicon.numbers and words[last - 1] == "in":
        # "nine in ten"
        counted = words[last - 2]
        return (last - 2, last + 1) if counted in lexicon.numbers or counted == "one" else None
    if blocks_noun(tokens, last, lexicon) or (
        words[last] in lexicon.determiners and words[last] not in ("this", "that") and words[last] not in lexicon.numbers
    ):
        return None
    if words[last][-1] != "s" and words[last] not in lexicon.pasts_or_nouns and is_finite(tokens, last, lexicon):
        # "The crowd cheered": a clause of its own.
        return None
    i = last
    first = last
    while i >= floor and last - i < _LONGEST:
        word = words[i]
        if word in lexicon.determiners and not (i == last and word in lexicon.numbers):
            if word == "that" and first == i + 1 and is_capital(tokens, first) and not _is_possessive(tokens, first):
                # "denied that Ada said it": no determiner before a name.
                break
            first = i
            if word == "all" or i == floor:
                break
            if i > floor and words[i - 1] in ("all", "both", "of") and word in ("the", "his", "her", "their", "its"):
                i -= 1
                if words[i] == "of":
                    if i - 1 >= floor and (words[i - 1] in lexicon.numbers or words[i - 1] in lexicon.quantifiers):
                        # "two of the officials"
                        return (i - 1, last + 1)
                    continue_at = _link(tokens, i, floor, lexicon)
                    if continue_at is None:
                        break
                    i = continue_at
                    continue
                first = i
                break
            if i > floor + 1 and words[i - 1] in lexicon.links:
                continue_at = _link(tokens, i - 1, floor, lexicon)
                if continue_at is not None:
                    i = continue_at
                    continue
            break
        atom = tokens.atoms[i]
        if atom is not None:
            # A nickname in quotation marks between two parts of a name.
            if floor < i < last and is_nickname(tokens, i):
                i -= 1
                continue
            break
        if word in lexicon.links and i > floor and first == i + 1:
            continue_at = _link(tokens, i, floor, lexicon)
            if continue_at is None:
                break
            i = continue_at
            first = i
            continue
        if word == "and" and i > floor and first == i + 1:
            joined = _joined(tokens, i, floor, lexicon)
            if joined is not None:
                return (joined, last + 1)
            break
        if i < last and i > floor and _describes(tokens, i, lexicon) and words[i - 1] in lexicon.determiners:
            i -= 1
            continue
        if i < last and i > floor and _ends_possessive(tokens, i, last + 1, lexicon):
            i -= 1
            continue
        if blocks_noun(tokens, i, lexicon):
            break
        if i < last and not is_capital(tokens, i) and parts_phrase(word, lexicon):
            break
        first = i
        i -= 1
    return (first, last + 1)


def _describes(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word that elsewhere tells when or how can describe a noun behind an article ("the last census", "the first minister")."""
    return tokens.words[i] in lexicon.times or tokens.words[i] in lexicon.adverbs


def parts_phrase(word: str, lexicon: Lexicon) -> bool:
    """Whether a word inside what looks like a noun phrase is a verb and parts it ("Clinton says her rival")."""
    if word in lexicon.finite:
        return True
    verb = lexicon.verbs.get(word)
    return verb is not None and ("past" in verb.form or ("third" in verb.form and word not in lexicon.cue_nouns))


def _link(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> int | None:
    """Where a phrase goes on left of the preposition at ``at``, if a noun stands there."""
    left = at - 1
    if left < floor or not is_word(tokens, left) or blocks_noun(tokens, left, lexicon):
        return None
    word = tokens.words[left]
    if word in lexicon.determiners or (word in lexicon.verbs and not is_capital(tokens, left)):
        return None
    if tokens.words[at] in ("in", "with", "at", "from") and not _has_determiner(tokens, left, floor, lexicon):
        return None
    return left


def _has_determiner(tokens: Tokens, last: int, floor: int, lexicon: Lexicon) -> bool:
    for i in range(last, max(floor - 1, last - 5), -1):
        if tokens.words[i] in lexicon.determiners:
            return i == floor or not is_word(tokens, i - 1) or tokens.words[i - 1] in lexicon.conjunctions
        if blocks_noun(tokens, i, lexicon):
            return False
    return False


def _joined(tokens: Tokens, at: int, floor: int, lexicon: Lexicon) -> int | None:
    """The start of "A" in "A and B" when "A" opens its clause."""
    left = ending_at(tokens, at - 1, floor, lexicon)
    if left is None:
        return None
    pronoun = tokens.words[left[0]] in lexicon.subject_pronouns and left[1] - left[0] == 1
    if pronoun and left[0] > floor and is_word(tokens, left[0] - 1):
        return None
    if left[0] == floor or not is_word(tokens, left[0] - 1) or tokens.words[left[0] - 1] in lexicon.conjunctions:
        return left[0]
    return None


def opens_clause(tokens: Tokens, first: int, floor: int, lexicon: Lexicon) -> bool:
    """Whether a clause may begin at token ``first``."""
    if first <= floor:
        return True
    word = tokens.words[first - 1]
    return not is_word(tokens, first - 1) or word in lexicon.conjunctions or word in lexicon.days or word in lexicon.times


def is_name(tokens: Tokens, phrase: Range, lexicon: Lexicon) -> bool:
    """Whether a phrase is a proper name, perhaps with a title before it."""
    first, last = phrase
    if tokens.words[first] in lexicon.determiners or tokens.words[first] in lexicon.subject_pronouns:
        return False
    if tokens.raw[first].endswith(("'s", "’s")):
        return False
    return is_capital(tokens, last - 1) and is_capital(tokens, first)


def starting_at(tokens: Tokens, first: int, ceiling: int, lexicon: Lexicon) -> Range | None:
    """The noun phrase whose first token is ``first``, not reaching ``ceiling``."""
    words = tokens.words
    if first >= ceiling:
        return None
    if words[first] in lexicon.subject_pronouns:
        if words[first] in ("one", "some", "many", "most", "each", "both") and first + 1 < ceiling and words[first + 1] == "of":
            if words[first + 2 : first + 3] and words[first + 2] in lexicon.object_pronouns:
                return (first, first + 3)
            inner = starting_at(tokens, first + 2, ceiling, lexicon)
            if inner is not None:
                return (first, inner[1])
        if (
            words[first] not in ("one", "another", "many", "some", "both", "most")
            or first + 1 == ceiling
            or not is_word(tokens, first + 1)
        ):
            return (first, first + 1)
    i = first
    determined = words[i] in lexicon.determiners
    if determined:
        i += 1
    head = i
    named = True
    while i < ceiling and i - first < _LONGEST:
        word = words[i]
        atom = tokens.atoms[i]
        if atom is not None:
            if head < i < ceiling - 1 and is_nickname(tokens, i):
                i += 1
                continue
            break
        if word in lexicon.links and i > head and i + 1 < ceiling:
            proper = named and not determined and i - head > 0
            if (proper and not _office(tokens, head, i, lexicon)) or (
                word in ("in", "at", "from", "with") and not (determined and not named)
            ):
                break
            following = i + 1
            if words[following] in lexicon.determiners and following + 1 < ceiling:
                following += 1
            if not is_word(tokens, following) or blocks_noun(tokens, following, lexicon) or words[following] in lexicon.times:
                break
            if word not in ("of", "for") and is_capital(tokens, following) and words[following] in lexicon.days:
                break
            if word in ("in", "with") and _is_manner(tokens, following, ceiling, lexicon):
                break
            i = following + 1
            continue
        if word == "and" and i > head and i + 1 < ceiling:
            right = starting_at(tokens, i + 1, ceiling, lexicon) if is_word(tokens, i + 1) else None
            if (
                right is not None
                and words[i + 1] not in lexicon.subject_pronouns
                and (is_capital(tokens, i + 1) or words[i + 1] in lexicon.determiners)
            ):
                behind = right[1]
                if behind == ceiling or not is_word(tokens, behind) or blocks_noun(tokens, behind, lexicon):
                    return (first, behind)
            break
        if i == head and determined and _describes(tokens, i, lexicon) and i + 1 < ceiling and is_word(tokens, i + 1):
            # "the last census", "a once powerful bank"
            i += 1
            head = i
            continue
        if i > head and _ends_possessive(tokens, i, ceiling, lexicon):
            i += 1
            continue
        if blocks_noun(tokens, i, lexicon):
            break
        if i > head and not is_capital(tokens, i) and (word in lexicon.determiners or word in lexicon.times):
            break
        if i > head and named and not determined and not is_capital(tokens, i) and not _is_possessive(tokens, i - 1):
            # "Rutte yesterday", "Marlene Dupree wearing": a name does not go on in lower case, but "Rutte's aide" does.
            named_at = _behind_role(tokens, i, ceiling, lexicon)
            if named_at is None:
                break
            i = named_at
        if (
            i > head
            and not is_capital(tokens, i)
            and (_parts(tokens, i, ceiling, lexicon) or _is_circumstance(tokens, i, ceiling, lexicon))
        ):
            break
        named = named and is_capital(tokens, i)
        i += 1
    return (first, i) if i > head or (determined and i > first and words[first] in ("this", "that", "these", "those")) else None


def _parts(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``i`` behind a noun is its verb ("the minister stood up", "the chief thanked them")."""
    word = tokens.words[i]
    verb = lexicon.verbs.get(word)
    if verb is not None:
        return "past" in verb.form or "ing" in verb.form
    if word in lexicon.finite:
        return (word[-1] != "s" and word not in lexicon.pasts_or_nouns) or not _goes_on(tokens, i + 1, ceiling, lexicon)
    return word.endswith("ed") and len(word) > _SHORTEST_REGULAR and not _goes_on(tokens, i + 1, ceiling, lexicon)


def _is_circumstance(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``i`` behind a noun says how or when it was said ("said the king very firmly", "the company early on Monday")."""
    word = tokens.words[i]
    if word in lexicon.degrees and i + 1 < ceiling:
        i += 1
        word = tokens.words[i]
    adverb = (word.endswith("ly") and word not in lexicon.nouns_in_ly) or word in ("early", "late")
    return adverb and not _goes_on(tokens, i + 1, ceiling, lexicon)


def _behind_role(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> int | None:
    """The name behind a role at ``i`` that an owner's name stands before ("Byron", for "Trump campaign manager" up to "manager")."""
    for behind in range(i + 1, min(ceiling, i + _LONGEST_ROLE)):
        if not is_word(tokens, behind) or blocks_noun(tokens, behind - 1, lexicon):
            return None
        if is_capital(tokens, behind):
            word = tokens.words[behind - 1]
            return behind if word in lexicon.titles or word in lexicon.people else None
    return None


def _is_manner(tokens: Tokens, first: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether the phrase at ``first`` says how something was said ("a low and trembling voice")."""
    for i in range(first, min(ceiling, first + _LONGEST_MANNER)):
        if tokens.words[i] in lexicon.manner_nouns:
            return True
        if not is_word(tokens, i) and tokens.raw[i] != ",":
            return False
    return False


def _goes_on(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase can go on at ``i``."""
    return (
        i < ceiling
        and is_word(tokens, i)
        and not blocks_noun(tokens, i, lexicon)
        and tokens.words[i] not in lexicon.determiners
        and tokens.words[i] not in lexicon.particles
        and tokens.words[i] not in lexicon.subject_pronouns
        and tokens.words[i] not in lexicon.object_pronouns
    )


def _is_possessive(tokens: Tokens, i: int) -> bool:
    """Whether the token at ``i`` is the owner of what follows: "Rutte's", or the apostrophe of "the inspectors'"."""
    return tokens.raw[i][-2:] in ("'s", "’s") or tokens.raw[i] in ("'", "’")


def is_nickname(tokens: Tokens, i: int) -> bool:
    """Whether the marked stretch at ``i`` stands within a name (Dwayne “The Rock” Johnson)."""
    atom = tokens.atoms[i]
    if atom is None or not 0 < i < len(tokens) - 1:
        return False
    if atom.end - atom.start >= _LONGEST_NICKNAME or _is_possessive(tokens, i - 1):
        return False
    return is_capital(tokens, i - 1) and is_capital(tokens, i + 1)


def _ends_possessive(tokens: Tokens, i: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether the token at ``i`` is the apostrophe of a plural owner with what is owned behind it ("the inspectors' report")."""
    return (
        tokens.raw[i] in ("'", "’")
        and tokens.starts[i] == tokens.ends[i - 1]
        and tokens.raw[i - 1][-1] in "sS"
        and i + 1 < ceiling
        and is_word(tokens, i + 1)
        and not blocks_noun(tokens, i + 1, lexicon)
    )


def _office(tokens: Tokens, head: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised phrase is an office ("Bank", "Minister", "Ministry") that "of" continues."""
    return tokens.words[end - 1] in lexicon.titles or end - head == 1


def addressee_at(tokens: Tokens, first: int, ceiling: int, lexicon: Lexicon) -> Range | None:
    """The addressee that begins right behind a verb ("told reporters", "told him")."""
    if first >= ceiling:
        return None
    if tokens.words[first] in lexicon.object_pronouns and (
        tokens.words[first] != "her"
        or first + 1 == ceiling
        or not is_word(tokens, first + 1)
        or blocks_noun(tokens, first + 1, lexicon)
    ):
        return (first, first + 1)
    if tokens.raw[first][0] == MASK:
        return None
    if tokens.words[first] == "that" and first + 1 < ceiling and tokens.words[first + 1] in lexicon.subject_pronouns:
        # "warned that nobody …": a conjunction.
        return None
    found = starting_at(tokens, first, ceiling, lexicon)
    if found is None or (tokens.words[found[0]] in lexicon.subject_pronouns and found[1] - found[0] == 1):
        return None
    return found

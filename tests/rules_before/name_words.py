"""Names that are spelt as months, days and function words are: Theresa May, Will Smith, Per Dahl, the Sunday Times."""

from __future__ import annotations

from typing import Final

from .lexicon import Lexicon
from .tokens import Tokens

_TITLE_CASE: Final = 4  # letters of a word that has no capital in a sentence, but has one in a headline
_AROUND: Final = 40


def mark_names(tokens: Tokens, lexicon: Lexicon) -> None:
    """Let words that are names here stand in ``words`` with their capital, so that they are in no class of words."""
    for i, piece in enumerate(tokens.raw):
        if piece in lexicon.name_words and _is_name(tokens, i, lexicon):
            tokens.words[i] = piece[: len(tokens.words[i])]


def _is_name(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    first, stop = tokens.sentence[i], tokens.stop[i]
    if _is_part_of_title(tokens, i, lexicon):
        return True
    if tokens.words[i] not in lexicon.names:
        return False
    opens = i == first or tokens.atoms[i - 1] is not None
    named = i > first + 1 and tokens.words[i - 2 : i] == ["according", "to"]
    if tokens.words[i] in lexicon.days and not (opens or named) and _is_date(tokens, i, lexicon):
        return False
    after = i + 1
    if after < stop and (tokens.raw[after][0].isdigit() or tokens.words[after] in lexicon.days):
        return False
    while after < stop and _is_name_part(tokens, after, lexicon):
        after += 1
    # "Will Smith says …", but "Will Smith say …?".
    verb = lexicon.verbs.get(tokens.raw[after]) if after < stop else None
    says = verb is not None and verb.form.partition("+")[0] in ("past", "third")
    if i == first:
        return says
    before = tokens.words[i - 1]
    beside = (
        after > i + 1
        or says
        or named
        or before in lexicon.titles
        or before in lexicon.speech_words
        or (_is_name_part(tokens, i - 1, lexicon) and (i - 1 > first or before not in lexicon.openers))
    )
    around = tokens.raw[max(first, i - _AROUND) : min(stop, i + _AROUND)]
    return beside and any(piece[0].islower() and len(piece) >= _TITLE_CASE for piece in around)


def _is_part_of_title(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a day or month stands between "the" and a further name ("the Sunday Times", "the March Hare")."""
    if i == tokens.sentence[i] or tokens.words[i - 1] != "the" or i + 1 >= tokens.stop[i]:
        return False
    following = tokens.words[i + 1]
    return following not in lexicon.days and following not in lexicon.times and _is_name_part(tokens, i + 1, lexicon)


def _is_date(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a month stands where a date does ("in May", "last May", "5 May", "the May budget")."""
    before = tokens.words[i - 1]
    return (
        before in lexicon.prepositions
        or before in lexicon.determiners
        or before in lexicon.times
        or before in lexicon.days
        or tokens.raw[i - 1][0].isdigit()
    )


def _is_name_part(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    raw, word = tokens.raw[i], tokens.words[i]
    if not raw[0].isupper() or tokens.atoms[i] is not None:
        return False
    return word not in lexicon.function_words and word not in lexicon.standing_alone and word not in lexicon.determiners

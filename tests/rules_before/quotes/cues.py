"""Cues: which words of a text are verbs that report, and which only look like them."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..lexicon import Lexicon
from ..phrases import Range, blocks_noun, is_word
from ..tokens import Tokens

_STANCES: Final = frozenset({"attitude", "seem"})


class Cue(NamedTuple):
    """A cue: token ranges, and what the lexicon says of its verb."""

    ranges: tuple[Range, ...]
    lemma: str
    classes: frozenset[str]
    form: str


def cue_at(tokens: Tokens, i: int, lexicon: Lexicon, *, behind: bool = False) -> Cue | None:
    """The cue whose verb is token ``i``; ``None`` when the word is no verb there (a noun, a participle as adjective).

    ``behind``: words in marks stand right before its clause, so that verbs count that report only there.
    """
    words = tokens.words
    word = words[i]
    verb = lexicon.verbs.get(word)
    if verb is None and behind:
        verb = lexicon.behind_verbs.get(word)
    if verb is None:
        return None
    raw = tokens.raw[i]
    if (
        raw[0].isupper()
        and tokens.sentence[i] != i
        and tokens.atoms[i - 1] is None
        and (is_word(tokens, i - 1) or tokens.raw[i - 1] in (",", "&", "'", "’", "-"))
        and not behind_label(tokens, i)
    ):
        return None
    if raw[-2:] in ("'s", "’s"):
        return None
    word_before = words[i - 1] if i > 0 else ""
    form = verb.form
    if word_before == "to" and "base" not in form:
        return None
    if verb.like_noun and (_is_noun(tokens, i, form, lexicon) or _describes_holder(tokens, i, lexicon)):
        return None
    if (
        form in ("past+participle", "ing", "participle")
        and word_before in lexicon.determiners
        and word_before not in lexicon.numbers
        and not (word_before in lexicon.quantifiers and i > 1 and words[i - 2] in lexicon.auxiliaries)
        and not _stands_alone(tokens, i, lexicon)
    ):
        return None
    if word_before in ("'", "’") and ("base" in form or "ing" in form) and _owns(tokens, i - 1):
        # "the inspectors' warning"
        return None
    second = lexicon.phrases.get(word)
    if second is not None and i + 1 < len(words):
        kind = second.get(words[i + 1])
        if kind is not None:
            return Cue(((i, i + 2),), verb.lemma, frozenset({kind}), form)
    if verb.phrasal:
        return None
    if word_before == "as" and verb.lemma == "say" and form == "ing":
        for j in range(i - 2, max(-1, i - 8), -1):
            if tokens.words[j] in ("quoted", "cited", "reported"):
                ranges = ((j, i + 1),) if j == i - 2 else ((j, j + 1), (i, i + 1))
                return Cue(ranges, "quote", frozenset({"say"}), "passive")
    return Cue(((i, i + 1),), verb.lemma, verb.classes, form)


def behind_label(tokens: Tokens, i: int) -> bool:
    """Whether nothing but the mark of a list item or a clock time stands before ``i`` in its sentence."""
    if i >= len(tokens) or tokens.sentence[i] != i - 1:
        return False
    first = tokens.raw[i - 1]
    return first in ("-", "–", "•", "*") or (first[0].isdigit() and len(first) > 2)


def _stands_alone(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the determiner before the verb at ``i`` is a phrase of its own: "Many argued that …", "each asking a judge to …"."""
    words = tokens.words
    first = i - 1
    if words[first] not in lexicon.quantifiers or i + 1 >= len(words):
        return False
    if first > tokens.sentence[i] and words[first - 1] in lexicon.determiners:
        first -= 1
    opens = first == tokens.sentence[i] or not is_word(tokens, first - 1) or words[first - 1] in lexicon.conjunctions
    following = words[i + 1]
    return opens and (
        following in lexicon.wh or following in lexicon.determiners or following in lexicon.subjects or following == "to"
    )


def _owns(tokens: Tokens, i: int) -> bool:
    """Whether the apostrophe at ``i`` ends a plural owner ("the inspectors' report")."""
    return (
        i > 0
        and tokens.starts[i] == tokens.ends[i - 1]
        and tokens.raw[i - 1][-1] in "sS"
        and tokens.ends[i] < tokens.starts[i + 1]
    )


def reports(cue: Cue) -> bool:
    """Whether a cue can report words, and does not only name what somebody thinks of something."""
    return not cue.classes <= _STANCES


def _is_noun(tokens: Tokens, i: int, form: str, lexicon: Lexicon) -> bool:
    """Whether "report", "claims", "answer" at ``i`` is a noun by its form and what stands before it."""
    if i == 0:
        return False
    word = tokens.words[i - 1]
    raw = tokens.raw[i - 1]
    if raw[-2:] in ("'s", "’s"):
        return form == "base"
    if word in lexicon.times and i > 1 and tokens.words[i - 2] in lexicon.determiners:
        # "this last remark"
        return True
    following = tokens.words[i + 1] if i + 1 < len(tokens) else ""
    if (
        (form == "base" or tokens.words[i] in lexicon.cue_nouns)
        and following in lexicon.forms_of_be
        and word not in lexicon.subjects
    ):
        # "that demand was high", but "what they demand is"
        return True
    earlier = lexicon.verbs.get(word)
    if "past" not in form and earlier is not None and "past" in earlier.form and "base" not in earlier.form:
        # "expressed concern that", "drew criticism": the object of a verb.
        return True
    if word in lexicon.numbers and i > 1 and tokens.words[i - 2] in ("in", "of"):
        # "one in five say"
        return False
    if form == "third" and word in ("another", "each", "one"):
        return False
    if word in lexicon.determiners and word not in ("that", "this", "all", "some", "many", "few", "both", "these", "those"):
        return True
    if form == "base" and raw[-1] != "s" and word not in lexicon.plurals and not blocks_noun(tokens, i - 1, lexicon):
        # "a straightforward question", "the popular show", "a Twitter comment": the base form needs a plural subject.
        for j in range(i - 2, max(-1, i - 5), -1):
            if tokens.words[j] in lexicon.determiners or tokens.raw[j][-2:] in ("'s", "’s"):
                return raw[0].islower() or (tokens.words[j] in ("a", "an") and tokens.words[i] in lexicon.cue_nouns)
            if blocks_noun(tokens, j, lexicon):
                break
    return word in lexicon.prepositions and word not in lexicon.not_only_prepositions


def _describes_holder(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the word at ``i`` is part of what somebody is called: "White House press secretary"."""
    if i == 0 or i + 1 >= len(tokens) or tokens.raw[i + 1] not in lexicon.holders:
        return False
    word = tokens.words[i - 1]
    return is_word(tokens, i - 1) and not (
        word in lexicon.subjects or word in lexicon.auxiliaries or word in lexicon.adverbs or word in lexicon.function_words
    )

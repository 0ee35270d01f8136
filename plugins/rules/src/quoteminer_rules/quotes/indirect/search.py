"""Indirect speech: verbs, nouns, adjectives and phrases with what they report, by the frame that stands around the cue.

A frame says where the content stands and how it begins ("that" clause, infinitive, noun phrase, before the reporting clause …).
The search yields candidates; the evidence learned from training data decides which of them are quotations.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from ...lexicon import Lexicon
from ...tokens import Tokens
from ..cues import cue_at
from .candidate import Candidate
from .nominal import reports_by_adjective, reports_by_label, reports_by_noun, reports_by_phrase
from .verbal import reports_by_verb


def candidates(tokens: Tokens, floors: list[int], lexicon: Lexicon, signals: frozenset[str]) -> Iterator[Candidate]:
    """All possible reports of one block in order of their cues.

    ``floors`` gives the first token of each token's sentence, ``signals`` the words at which to look.
    """
    words = tokens.words
    verbs, nouns, adjectives = lexicon.verbs, lexicon.cue_nouns, lexicon.cue_adjectives
    # Most words are no signals; these two built-in functions pass over them without a step of the interpreter.
    for i in compress(range(len(words)), map(signals.__contains__, words)):
        word = words[i]
        if word in verbs:
            cue = cue_at(tokens, i, lexicon)
            if cue is not None:
                yield from reports_by_verb(tokens, i, cue, floors[i], lexicon)
                continue
        if word in nouns:
            yield from reports_by_noun(tokens, i, floors[i], lexicon)
        if word == ":":
            yield from reports_by_label(tokens, i, lexicon)
        elif word in adjectives:
            yield from reports_by_adjective(tokens, i, floors[i], lexicon)
        elif word == "according" or (word == "in" and words[i + 1 : i + 2] == ["the"]):
            yield from reports_by_phrase(tokens, i, floors[i], lexicon)

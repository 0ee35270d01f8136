"""The verb group around a cue: tense, voice, negation and modality, read from the auxiliaries before the verb."""

from __future__ import annotations

from typing import Final, NamedTuple

from quoteminer import QuoteModality

from ...lexicon import Lexicon
from ...phrases import is_capital
from ...tokens import Tokens
from ..cues import Cue

_REACH: Final = 7


class Group(NamedTuple):
    """How a verb stands in its sentence.

    ``form`` is ``finite`` (past), ``third``, ``base``, ``perfect``, ``to``, ``ing``, ``progressive``, ``passive``, ``modal`` or ``participle``;
    ``first`` the index of the first token of the group; ``modality`` as in ``Quote``.
    """

    form: str
    first: int
    modality: QuoteModality


def group_at(tokens: Tokens, cue: Cue, floor: int, lexicon: Lexicon) -> Group:
    """The verb group of a cue, looking left and not below ``floor``."""
    words = tokens.words
    auxiliaries, finite, negations, adverbs = lexicon.auxiliaries, lexicon.finite, lexicon.negations, lexicon.adverbs
    at = cue.ranges[0][0]
    helpers: list[str] = []
    raised = False
    first = at
    j = at - 1
    lowest = max(floor, at - _REACH)
    while j >= lowest:
        word = words[j]
        plain = word.replace("’", "'") if "’" in word else word
        if word in auxiliaries or plain in finite or word == "to" or word in negations:
            helpers.append(plain)
            raised = raised or word == "to"
        elif raised and word in lexicon.raising:
            helpers.append(word)
        elif not (word in adverbs or (word[-2:] == "ly" and not is_capital(tokens, j))):
            break
        first = j
        j -= 1
    if j >= floor and words[j][-2:] in ("'d", "’d", "ll", "ve", "re") and len(words[j]) > 3 and words[j][-3] in "'’":
        # "they'll announce": the auxiliary is written with its subject.
        helpers.append(words[j][-3:].replace("’", "'"))
    modality = _modality(helpers, words, j, lexicon)
    if raised and j >= floor and _withholds(words[j], lexicon):
        modality = "negated"
    return Group(_form(cue, helpers, lexicon), first, modality)


def _withholds(word: str, lexicon: Lexicon) -> bool:
    """Whether a verb says that somebody does not do what follows ("refused to say whether …")."""
    verb = lexicon.verbs.get(word)
    return verb is not None and "withhold" in verb.classes


def _form(cue: Cue, helpers: list[str], lexicon: Lexicon) -> str:
    if cue.form == "passive":
        return "passive"
    nearest = next((word for word in helpers if word not in lexicon.negations), "")
    if cue.form == "ing":
        return "progressive" if nearest in lexicon.forms_of_be else "ing"
    if nearest in lexicon.forms_of_be and "participle" in cue.form:
        return "passive"
    if nearest == "to":
        return "to"
    if nearest in lexicon.forms_of_have:
        return "perfect"
    if nearest:
        return "modal"
    if cue.form in ("base", "third", "participle"):
        return cue.form
    return "finite"


def _modality(helpers: list[str], words: list[str], left: int, lexicon: Lexicon) -> QuoteModality:
    if any(word in lexicon.negations or word.endswith("n't") for word in helpers):
        return "negated"
    if not helpers:
        return "asserted"
    if "have" in helpers and "to" in helpers:
        # "is understood to have told": reported as done.
        return "asserted"
    if any(word in lexicon.future for word in helpers):
        return "future"
    if "would" in helpers and "later" in words[left + 1 : left + _REACH]:
        return "asserted"
    return "hypothetical" if any(word in lexicon.hypothetical or word == "'d" for word in helpers[-1:]) else "asserted"

"""Reported speech of which a part stands in marks, with its bounds by the marks and the reporting clause."""

from __future__ import annotations

from ...layout import ends_sentence
from ...lexicon import Lexicon
from ...phrases import is_word
from ...tokens import Tokens
from ..attribution import Clause, after_atom, cuts_content, governing, is_filler, told_there
from ..cues import cue_at
from ..found import Found
from .scene import LONGEST_SENTENCE, SPEECH, Scene, mixed


def mixed_after(text: str, tokens: Tokens, k: int, clause: Clause, scene: Scene, lexicon: Lexicon) -> Found:
    """Reported speech behind its cue, partly in marks."""
    first = clause.cue.ranges[-1][1]
    if clause.source is not None and clause.source[1] <= k:
        # "said Ada": the subject behind its verb is no part of what is said. An agent may stand behind the marks ("told “wait” by Ada").
        first = max(first, clause.source[1])
    if clause.addressee is not None:
        first = clause.addressee[1]
    while first < k and tokens.raw[first] == ",":
        first += 1
    for i in range(first, min(k, first + 18)):
        if tokens.words[i] == "that" and is_filler(tokens, first, i, lexicon):
            first = i
            break
    stop = min(tokens.stop[k], k + LONGEST_SENTENCE, len(tokens))
    for i in range(k, stop):
        atom = tokens.atoms[i]
        if atom is None:
            continue
        introduced = governing(tokens, i, k + 1, lexicon) if i > k and tokens.raw[i - 1] in (",", ":") else None
        if introduced is not None and introduced.last >= i - 1 and introduced.source is not None:
            stop = max(k + 1, introduced.source[0])
            break
        if i > k and tokens.words[i - 1] in lexicon.verbs:
            own = cue_at(tokens, i - 1, lexicon)
            if own is not None and own.classes & (SPEECH | {"manner"}):
                # "told them to “go” and muttered “now”"
                stop = next((n for n in range(i - 1, k, -1) if tokens.words[n] in ("and", "but") or tokens.raw[n] == ","), i - 1)
                break
        trailing = after_atom(tokens, i, lexicon, text)
        if (
            (trailing is not None and (text[atom.end - 1] in ",?!" or tokens.raw[i + 1] == ","))
            or told_there(tokens, i + 1, lexicon)
            or (
                ends_sentence(text, atom)
                and i + 1 < stop
                and not tokens.raw[i + 1][0].islower()
                and tokens.raw[i + 1] not in (",", ";")
            )
        ):
            stop = i + 1
            break
    stop = max(k + 1, cuts_content(tokens, max(first, k), stop, lexicon)) if stop > k + 1 else stop
    last = stop
    while last > k + 1 and not is_word(tokens, last - 1) and tokens.atoms[last - 1] is None:
        last -= 1
    return mixed(text, tokens, first, last, clause, scene, "mixed.governed")


def mixed_before(text: str, tokens: Tokens, k: int, floor: int, clause: Clause, scene: Scene, lexicon: Lexicon) -> Found:
    """Reported speech before its reporting clause, partly in marks."""
    # What another quotation took, and its reporting clause, are no part of this one.
    first = min(k, max(floor, scene.used + 1, scene.clause_end if scene.found else 0))
    while first < k and (not is_word(tokens, first) and tokens.atoms[first] is None):
        first += 1
    if first == k - 1 and tokens.words[first] in lexicon.openers:
        first = k
    quote = mixed(text, tokens, first, k + 1, clause, scene, "mixed." + clause.rule)
    scene.clause_end = clause.last
    return quote

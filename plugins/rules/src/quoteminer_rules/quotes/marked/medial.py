"""Marked stretches that go on with the quotation before them."""

from __future__ import annotations

from typing import Final

from ...layout import is_capital_inside
from ...lexicon import Lexicon
from ...tokens import Tokens
from ..attribution import Clause, is_filler
from ..cues import cue_at, reports
from ..found import Found, inner
from .scene import DASHES, Scene

_JOINS: Final = (",", *DASHES)
_REPORTED: Final = ("direct.inverted", "direct.subject-verb")
_INTERRUPTIBLE: Final = ("direct.inverted", "direct.subject-verb", "direct.alone")


def medial(text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, lexicon: Lexicon) -> Found | None:
    """The second half of "A," he said, "B": nothing but the reporting clause stands between."""
    last = scene.last
    if last is None or last.rule not in _INTERRUPTIBLE or last.kind != "direct":
        return None
    stretch = tokens.atoms[k]
    assert stretch is not None
    gap = range(scene.clause_end, k)
    if scene.clause_end > k or len(gap) > 40 or any(tokens.atoms[i] is not None and i not in scene.rejected for i in gap):
        return None
    capital = is_capital_inside(text, stretch)
    broken_off = last.rule in _REPORTED and (not capital or text[last.content[-1][1] - 1] in ",;—–-")
    if tokens.raw[k - 1][-2:] in ("'s", "’s"):
        # "told NBC's “Meet the Press”"
        return None
    if len(gap) > 0 and tokens.raw[k - 1] not in _JOINS and not _goes_on_behind(text, tokens, gap, last, lexicon):
        return None
    aside = len(gap) > 2 and tokens.raw[gap[0]] in DASHES and tokens.raw[gap[-1]] in DASHES
    if not aside and any(
        _introduces(tokens, i, k - 1, lexicon, broken_off=broken_off) for i in gap if tokens.words[i] in lexicon.verbs
    ):
        # ", adding, “B”": a reporting verb of its own.
        return None
    if any(tokens.raw[i] in (".", "!", "?", ";", ":") for i in gap[:-1]):
        return None
    if clause is not None and clause.cue.lemma != "go" and (capital or not broken_off):
        return None
    if last.rule == "direct.alone" and len(gap) > 14:
        return None
    last.content.append(inner(text, stretch))
    scene.clause_end = k + 1 if clause is None else clause.last
    return last


def _introduces(tokens: Tokens, i: int, last: int, lexicon: Lexicon, *, broken_off: bool) -> bool:
    """Whether the verb at ``i`` behind a quotation reports what follows the join at ``last``.

    Where the quotation was broken off (with a comma, or before a small letter), what follows is the rest of it, unless the verb stands
    right before it.
    """
    cue = cue_at(tokens, i, lexicon)
    if cue is None or not reports(cue):
        return False
    if not broken_off:
        return True
    if tokens.raw[last] == ";" or cue.lemma in lexicon.continuing_verbs or tokens.words[i - 1] == "to":
        return False
    if cue.form == "ing" and not cue.classes & {"say", "tell", "ask"}:
        # "said Ada, laughing, “B”", "with great feeling".
        return False
    return is_filler(tokens, cue.ranges[-1][1], last, lexicon)


def _goes_on_behind(text: str, tokens: Tokens, gap: range, last: Found, lexicon: Lexicon) -> bool:
    """Whether the semicolon or colon behind a reporting clause is one of the words reported ("“A cup,” he said; “let's move on.”").

    Behind a colon it is not where those before had come to their end, or where somebody is described by a saying (", who has one rule:
    “Listen!”").
    """
    if last.rule not in _REPORTED:
        return False
    if tokens.raw[gap[-1]] == ";":
        return True
    ended = text[last.content[-1][1] - 1] not in ",;?!—–-"
    return tokens.raw[gap[-1]] == ":" and not ended and not any(tokens.words[i] in lexicon.relatives for i in gap)


def follows(tokens: Tokens, k: int, scene: Scene) -> bool:
    """Whether only the rest of the reporting clause (or one beat of action) stands between the last quotation and ``k``."""
    last = scene.last
    if last is None or scene.clause_end > k:
        return False
    gap = range(scene.clause_end, k)
    if len(gap) > 60 or any(tokens.atoms[i] is not None and i not in scene.rejected for i in gap):
        return False
    if not last.cue and last.source is None and len(gap) == 0:
        return False
    stops = sum(1 for i in gap if tokens.raw[i] in (".", "!", "?") and i + 1 <= k and tokens.stop[i] == i + 1)
    return stops <= 1 and not any(tokens.raw[i] == ":" for i in gap)

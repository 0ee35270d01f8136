"""Marked stretches that open their sentence, or go on with the quotation before them."""

from __future__ import annotations

from typing import Final

from ...layout import ends_sentence, is_capital_inside, is_long
from ...lexicon import Lexicon
from ...marks import Stretch
from ...phrases import Range, is_capital, is_word, starting_at
from ...tokens import Tokens
from ..attribution import (
    Clause,
    cue_at,
    is_filler,
    reports,
)
from ..found import Found, inner, span_of
from .scene import DASHES, Scene, direct

_TITLE: Final = 80
"""Characters: longer titles are told from speech by their first words."""
_JOINS: Final = (",", *DASHES)
_REPORTED: Final = ("direct.inverted", "direct.subject-verb")
_INTERRUPTIBLE: Final = ("direct.inverted", "direct.subject-verb", "direct.alone")


def initial(
    text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, lexicon: Lexicon, *, nested: bool
) -> Found | None:
    stretch = tokens.atoms[k]
    assert stretch is not None
    if clause is not None and not (clause.rule == "inverted" and _heads_noun(tokens, clause)):
        if clause.cue.lemma in lexicon.continuing_verbs and follows(tokens, k, scene):
            assert scene.last is not None
            scene.last.content.append(inner(text, stretch))
            scene.clause_end = clause.last
            return scene.last
        return direct(text, tokens, k, clause, scene, "direct." + clause.rule)
    count = len(tokens)
    named = _behind_dash(tokens, k, lexicon) or _before_colon(tokens, k)
    if named is not None:
        quote = direct(text, tokens, k, None, scene, "direct.dash" if tokens.raw[k + 1] in DASHES else "direct.headline")
        quote.source = span_of(tokens, named)
        scene.last = None
        return quote
    if follows(tokens, k, scene) and not goes_on(text, tokens, k, lexicon):
        assert scene.last is not None
        scene.last.content.append(inner(text, stretch))
        scene.clause_end = k + 1
        return scene.last
    if k >= 2 and tokens.raw[k - 1] == ":" and scene.last is None:
        return None
    subject_goes_on = is_word(tokens, k + 1) and tokens.raw[k + 1][0].islower() if k + 1 < count else False
    broken_off = text[stretch.end - 1] in ",—–" and is_like_speech(text, stretch, lexicon)
    if subject_goes_on and not (ends_sentence(text, stretch) or broken_off):
        return None
    if nested:
        return None
    if not (ends_sentence(text, stretch) or text[stretch.end - 1] in ",—–-" or not stretch.closed or is_long(text, stretch)):
        return None
    return direct(text, tokens, k, None, scene, "direct.alone")


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
    if len(gap) > 0 and tokens.raw[k - 1] not in _JOINS and not _goes_on_behind(text, tokens, gap, last, lexicon):
        return None
    if any(_introduces(tokens, i, k - 1, lexicon, broken_off=broken_off) for i in gap if tokens.words[i] in lexicon.verbs):
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


def goes_on(text: str, tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
    """Whether the sentence goes on behind a fragment with words that belong to what was said."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    if k + 1 >= len(tokens) or ends_sentence(text, stretch) or text[stretch.end - 1] in ",—–-":
        return False
    following = tokens.raw[k + 1]
    if following in lexicon.close_circumstances and not is_capital_inside(text, stretch):
        return k + 2 < len(tokens) and tokens.words[k + 2] not in lexicon.days
    return following[0].islower() and following not in lexicon.afterthoughts


def is_like_speech(text: str, stretch: Stretch, lexicon: Lexicon) -> bool:
    """Whether a stretch begins like a sentence that is said ("No, no …") and not like a title ("Tales From the Crypt")."""
    if not is_capital_inside(text, stretch):
        return False
    words = text[stretch.start : min(stretch.end, stretch.start + _TITLE)].split()
    return any(word[0].islower() and word not in lexicon.function_words and word not in lexicon.determiners for word in words)


def _behind_dash(tokens: Tokens, k: int, lexicon: Lexicon) -> Range | None:
    """The source in “…” – Commissioner Vella, at the end of a line or sentence."""
    count = len(tokens)
    if k + 2 >= count or tokens.raw[k + 1] not in DASHES:
        return None
    source = starting_at(tokens, k + 2, count, lexicon)
    if source is None or not is_capital(tokens, source[0]) or source[1] - source[0] > 8:
        return None
    behind = source[1]
    ends = (
        behind == count or tokens.stop[k] == behind or tokens.raw[behind] in (",", ".", "(") or tokens.atoms[behind] is not None
    )
    return source if ends else None


def _before_colon(tokens: Tokens, k: int) -> Range | None:
    """The source in the headline ‘Like living in a car wash’: Mum's fury."""
    if k != 0 or len(tokens) < 4 or tokens.raw[1] != ":" or not is_capital(tokens, 2):
        return None
    for i in range(2, min(6, len(tokens))):
        if tokens.raw[i][-2:] in ("'s", "’s"):
            return (2, i + 1)
        if not is_capital(tokens, i):
            return None
    return None


def _heads_noun(tokens: Tokens, clause: Clause) -> bool:
    return clause.cue.form == "base" and tokens.raw[clause.first][0].isupper()

"""Marked stretches that open their sentence."""

from __future__ import annotations

from typing import Final

from quoteminer.text.marks import MarkedSpan

from ...layout import ends_sentence, is_capital_inside, is_long
from ...lexicon import Lexicon
from ...phrases import Range, is_capital, is_word, starting_at
from ...tokens import Tokens
from ..attribution import Clause
from ..found import Found, inner, span_of
from .medial import follows
from .scene import DASHES, Scene, direct

_TITLE: Final = 80
"""Characters: longer titles are told from speech by their first words."""
_LONGEST_ASIDE: Final = 17
"""Tokens."""


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
    broken_off = (text[stretch.end - 1] in ",—–" or text.endswith("--", stretch.start, stretch.end)) and is_like_speech(
        text, stretch, lexicon
    )
    if is_capital_inside(text, stretch) and _is_parted(tokens, k):
        return direct(text, tokens, k, None, scene, "direct.alone")
    if subject_goes_on and not (ends_sentence(text, stretch) or broken_off):
        return None
    if nested:
        return None
    if not (ends_sentence(text, stretch) or text[stretch.end - 1] in ",—–-" or not stretch.closed or is_long(text, stretch)):
        return None
    return direct(text, tokens, k, None, scene, "direct.alone")


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


def _is_parted(tokens: Tokens, k: int) -> bool:
    """Whether an aside between dashes parts the stretch at ``k`` from another ("“I have”—he lowered his voice—“been ill.”")."""
    if k + 1 >= len(tokens) or tokens.raw[k + 1] not in DASHES:
        return False
    for i in range(k + 2, min(len(tokens), k + _LONGEST_ASIDE)):
        if tokens.atoms[i] is not None:
            return i > k + 3 and tokens.raw[i - 1] in DASHES
        if tokens.raw[i] in (".", "!", "?", ":"):
            return False
    return False


def is_like_speech(text: str, stretch: MarkedSpan, lexicon: Lexicon) -> bool:
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

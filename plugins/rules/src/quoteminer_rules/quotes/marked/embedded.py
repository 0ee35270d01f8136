"""Marked stretches with words of their sentence before them: introduced, governed, part of reported speech, or no quotation."""

from __future__ import annotations

from typing import Final

from ...layout import ends_sentence, is_capital_inside, is_long
from ...lexicon import Lexicon
from ...phrases import addressee_at, starting_at
from ...tokens import Tokens
from ..attribution import Clause, governing, is_filler, phrase_before, sentence_subject
from ..cues import cue_at, reports
from ..found import Found, span_of
from .initial import goes_on, is_like_speech
from .mixed import mixed_after, mixed_before
from .scene import DASHES, SPEECH, Scene, direct

_COMMA_OR_DASH: Final = (",", *DASHES)
_REPORTED: Final = ("inverted", "subject-verb")
_OPENS_MARKS: Final = ("…", *_COMMA_OR_DASH)


def embedded(
    text: str,
    tokens: Tokens,
    k: int,
    floor: int,
    after: Clause | None,
    scene: Scene,
    lexicon: Lexicon,
    *,
    nested: bool,
) -> Found | None:
    """A stretch with words of its sentence before it: introduced, governed, part of reported speech, or no quotation."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    raw = tokens.raw
    intro = raw[k - 1]
    if scene.last is not None and scene.clause_end == k - 1 and tokens.words[k - 1] == "in" and not ends_sentence(text, stretch):
        # “…,” she recalled in “Lines and Levels”, “…”: where she wrote it.
        return None
    if raw[k - 1][-2:] in ("'s", "’s") and not is_like_speech(text, stretch, lexicon) and is_capital_inside(text, stretch):
        # "told NBC's “Meet the Press”": a title.
        return None
    reported = after if after is not None and after.rule in _REPORTED and text[stretch.end - 1] in ",?!—–-" else None
    if reported is not None and intro == ";":
        # "She was nervous; “for it may end,” she said": what stands before is a clause of its own.
        return direct(text, tokens, k, reported, scene, "direct." + reported.rule)
    governor = governing(tokens, k, floor, lexicon)
    if governor is not None and after is not None and scene.found and governor.first < scene.clause_end:
        # "“A,” he said, and “B,” she added": his verb has its quotation.
        governor = None
    if governor is not None and governor.cue.lemma == "read" and intro != ":":
        # "a vest that reads “Mind the Gap”": an inscription.
        governor = None
    if governor is not None and governor.cue.lemma == "put" and tokens.words[min(governor.last, len(tokens) - 1)] != "it":
        governor = None
    if intro == ":":
        if reported is not None and (governor is None or governor.last < k - 1):
            return direct(text, tokens, k, reported, scene, "direct." + reported.rule)
        return _after_colon(text, tokens, k, floor, governor, scene, lexicon)
    phrase = phrase_before(tokens, k, floor, lexicon)
    if phrase is not None:
        return direct(text, tokens, k, phrase, scene, "direct.introduced")
    if governor is not None:
        gap_first, gap_last = governor.cue.ranges[-1][1], k
        addressee = None
        if governor.cue.lemma == "put":
            gap_first += 1
        if governor.cue.classes & {"tell", "ask", "urge"}:
            addressee = addressee_at(tokens, gap_first, gap_last, lexicon)
            if addressee is not None:
                gap_first = addressee[1]
        while gap_last > gap_first and (
            raw[gap_last - 1] in _OPENS_MARKS or tokens.words[gap_last - 1] in ("that", "how", "as", "like", "but")
        ):
            gap_last -= 1
        governor = governor._replace(addressee=addressee)
        speech = governor.cue.classes & SPEECH or governor.cue.classes & {"manner", "read"}
        label = bool(governor.cue.classes & {"label"})
        if (
            label
            and intro not in _COMMA_OR_DASH
            and governor.cue.lemma in lexicon.naming_verbs
            and gap_first >= gap_last
            and "what" not in tokens.words[max(floor, k - 7) : k]
        ):
            # "a goat called “Professor”": a name.
            return None
        if speech and gap_first >= gap_last:
            # "told “wait” by the board": what follows is who said it.
            agent_behind = governor.source is not None and governor.source[0] > k
            if after is None and not agent_behind and goes_on(text, tokens, k, lexicon) and not label:
                return mixed_after(text, tokens, k, governor, scene, lexicon)
            return direct(text, tokens, k, governor, scene, "direct.introduced")
        whole = intro in _COMMA_OR_DASH or (ends_sentence(text, stretch) and is_like_speech(text, stretch, lexicon))
        if speech and whole and is_filler(tokens, gap_first, gap_last, lexicon):
            return direct(text, tokens, k, governor, scene, "direct.introduced")
        if (
            label
            and _is_named(text, tokens, gap_first, k, lexicon)
            and gap_last - gap_first <= 14
            and not any(
                (cue := cue_at(tokens, i, lexicon)) is not None and reports(cue)
                for i in range(gap_first, gap_last)
                if tokens.words[i] in lexicon.verbs and tokens.words[i] not in ("reports", "report")
            )
        ):
            return direct(text, tokens, k, governor, scene, "direct.label")
        if governor.cue.classes & (SPEECH | {"label"}) and not (
            after is not None and intro == "," and is_capital_inside(text, stretch)
        ):
            if tokens.words[k - 1] not in lexicon.unquoted_cues:
                return mixed_after(text, tokens, k, governor, scene, lexicon)
    if after is not None:
        if intro in DASHES or intro == "(" or (intro == "," and is_capital_inside(text, stretch)):
            return direct(text, tokens, k, after, scene, "direct." + after.rule)
        return mixed_before(text, tokens, k, floor, after, scene, lexicon)
    if tokens.words[k - 1] in lexicon.unquoted_cues or nested:
        return None
    if intro in _COMMA_OR_DASH and is_capital_inside(text, stretch) and is_long(text, stretch) and ends_sentence(text, stretch):
        return direct(text, tokens, k, None, scene, "direct.alone")
    if text.count(" ", stretch.start, stretch.end) >= 8 and stretch.closed:
        return direct(text, tokens, k, None, scene, "direct.fragment")
    return None


def _is_named(text: str, tokens: Tokens, first: int, k: int, lexicon: Lexicon) -> bool:
    """Whether the stretch at ``k`` is what something is called ("called it “a toy”"), and no part of another phrase.

    Not so in "blasted it after a “new” drain burst", "accused her of leaving “a hole”".
    """
    words = tokens.words
    if words[k - 1] in lexicon.determiners and k + 1 < len(tokens) and tokens.raw[k + 1][0].islower():
        if words[k + 1] not in lexicon.function_words and words[k - 1] not in ("that", "this"):
            return False
    return not any(words[n] in lexicon.no_naming for n in range(first, k - 1)) or "as" in words[max(first, k - 3) : k]


def _after_colon(
    text: str, tokens: Tokens, k: int, floor: int, governor: Clause | None, scene: Scene, lexicon: Lexicon
) -> Found | None:
    colon = k - 1
    if governor is not None and governor.cue.classes & (SPEECH | {"manner", "read"}) and governor.source is not None:
        addressee = None
        if governor.cue.classes & {"tell", "ask", "urge"}:
            addressee = addressee_at(tokens, governor.last, colon, lexicon)
        return direct(text, tokens, k, governor._replace(addressee=addressee), scene, "direct.colon")
    stretch = tokens.atoms[k]
    assert stretch is not None
    if not is_capital_inside(text, stretch) and not ends_sentence(text, stretch):
        return None
    subject = starting_at(tokens, floor, colon, lexicon) or sentence_subject(tokens, floor, colon, lexicon)
    quote = direct(text, tokens, k, governor, scene, "direct.colon")
    if governor is None:
        quote.cue = [(tokens.starts[colon], tokens.ends[colon])]
    # "said: “…”" at the start of a sentence: what looks like its subject is its verb.
    if subject is not None and (governor is None or not any(a < subject[1] and subject[0] < b for a, b in governor.cue.ranges)):
        quote.source = span_of(tokens, subject)
    return quote

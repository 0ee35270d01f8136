"""Drawing stories with known quotations."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from . import grammar
from .grammar import MARKS, NOISE, Noise, Passage, Story, write


def _some(given: Sequence[str], what: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
    """What was given, at least one, and all of them known."""
    if isinstance(given, str):
        raise ValueError(f"{what}: expected a list, not {given!r}")
    chosen = tuple(given)
    if not chosen:
        raise ValueError(f"{what}: at least one is needed")
    unknown = [item for item in chosen if known is not None and item not in known]
    if unknown:
        raise ValueError(f"{what}: {unknown[0]!r} is not one of {', '.join(known or ())}")
    return chosen


def reported_speech(
    *,
    language: str = "en",
    kinds: Sequence[str] | None = None,
    marks: Sequence[str] | None = None,
    noise: Sequence[str] = (),
    speakers: Sequence[str] | None = None,
    min_passages: int = 1,
    max_passages: int = 4,
) -> st.SearchStrategy[Story]:
    """A story with the quotations that a person would mark in it.

    Args:
        language: ``en``, ``de`` or ``fr``.
        kinds: which ways to quote, all of the language by default: ``inverted`` (“…,” said X), ``plain`` (“…,” X said), ``before`` (X said, “…”),
            ``colon``, ``indirect`` (X said that …), ``according`` (According to X, …), ``mixed``, ``interrupted``, ``nested``,
            ``paragraphs`` (that goes on in the next one), ``bare`` (nobody named) and ``narration`` (nobody quoted); in French
            also ``dash`` (— …, says X), in German and French neither ``plain`` nor ``before``.
        marks: which quotation marks, of ``MARKS``, those of the language by default; a story has one kind throughout.
        noise: what may happen to the text on its way, of ``NOISE``; none by default.
        speakers: names to choose from.
        min_passages, max_passages: how many paragraphs it is made of.

    Shrinks towards “It works,” said Ann Lee.

    Raises:
        ValueError: at once, when an option is not one of its choices.
    """
    words = grammar.language(language)
    if not 0 <= min_passages <= max_passages:
        raise ValueError(f"min_passages, max_passages: {min_passages!r} to {max_passages!r} is no range of numbers")
    return _stories(
        language,
        _some(tuple(words.kinds) if kinds is None else kinds, "kinds", tuple(words.kinds)),
        _some(words.marks if marks is None else marks, "marks", tuple(MARKS)),
        _some(noise, "noise", NOISE) if noise else (),
        _some(words.names if speakers is None else speakers, "speakers"),
        (min_passages, max_passages),
    )


@st.composite
def _stories(
    draw: st.DrawFn,
    language: str,
    kinds: Sequence[str],
    marks: Sequence[str],
    noise: Sequence[str],
    speakers: Sequence[str],
    size: tuple[int, int],
) -> Story:
    words = grammar.language(language)
    passages: list[Passage] = []
    for _ in range(draw(st.integers(*size))):
        kind = draw(st.sampled_from(kinds))
        if kind == "narration":
            passages.append(Passage(kind, first=draw(st.sampled_from(words.narration))))
            continue
        passages.append(
            Passage(
                kind,
                draw(st.sampled_from(speakers)),
                draw(st.sampled_from(words.verbs)),
                draw(st.sampled_from(words.sentences)),
                draw(st.sampled_from(words.sentences[1:])),
                draw(st.sampled_from(speakers[1:] or speakers)),
            )
        )
    happened: list[Noise] = []
    if noise:
        events = st.builds(Noise, st.sampled_from(noise), st.sampled_from([n / 16 for n in range(16)]))
        happened = draw(st.lists(events, max_size=4))
    return write(passages, draw(st.sampled_from(marks)), happened, language)

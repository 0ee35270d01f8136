"""From pieces to the spans a person would mark: complementisers, punctuation and quotation marks at the edges, and the kind."""

from __future__ import annotations

from typing import Final

import regex

from quoteminer import QuoteKind

from .marks import TWICE, Quoted

_BEFORE: Final = regex.compile(r"\b(?:that|whether|if)[\s]{1,8}$", regex.IGNORECASE)
_LOOK_BACK: Final = 24
_FIGURE: Final = regex.compile(r"\d[\d.,]{0,20}$")
_SIGNS_OF_FIGURES: Final = frozenset("%‰")
_AFTER_WORDS: Final = frozenset("”’,;:")
_BEFORE_WORDS: Final = frozenset("„“‘,;:")
_FINAL: Final = frozenset(".,!?…;:—–-")
_OPENING: Final = frozenset('“"„‟«»‘')
_INNER: Final = frozenset("“\"„‟«»‘‚‹›'")
_CLOSING: Final = frozenset('”"“«»’')
_CLOSING_INNER: Final = _CLOSING | {"'", "‘", "›", "‹"}
_SIGNS: Final = 4
"""So many signs may stand between the last word of a quotation and its mark."""


def kind(text: str, spans: list[tuple[int, int]], quoted: Quoted) -> QuoteKind:
    """``direct`` when all letters and digits of the spans stand inside quotation marks, ``indirect`` when none does, else ``mixed``."""
    parts = [part for span in spans for part in quoted.parts(*span)]
    worded = [part for part in parts if any(map(str.isalnum, text[part[1] : part[2]]))]
    inside = {part[0] for part in worded or parts}
    if inside == {True}:
        return "direct"
    return "mixed" if True in inside else "indirect"


def kind_inside(text: str, spans: list[tuple[int, int]]) -> QuoteKind:
    """The kind of what is reported inside other words that stand in quotation marks: ``direct`` where it has marks of its own around it."""
    marked = [
        text[start - 1 : start] in _INNER and text[end : end + 1] in _CLOSING_INNER
        for start, end in ((start, _behind_signs(text, end)) for start, end in spans)
        if start
    ]
    return "direct" if marked and all(marked) else "indirect"


def _behind_signs(text: str, end: int) -> int:
    stop = end
    while stop < len(text) and stop < end + _SIGNS and text[stop] in _FINAL:
        stop += 1
    return stop


def with_figure(text: str, start: int, end: int) -> tuple[int, int]:
    """A source with the figure before its sign where it begins with one: "60% of the crews", never "% of the crews"."""
    match = _FIGURE.search(text[max(0, start - _LOOK_BACK) : start]) if text[start : start + 1] in _SIGNS_OF_FIGURES else None
    return (start if match is None else start - len(match[0])), end


def without_stray_marks(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A source without the signs at its edges that belong to the words beside it (``” the bridge``); ``None`` when nothing is left."""
    twice = text.count('"', start, end) % 2 == 0
    # „Die Zeit“: there it closes.
    opening = _BEFORE_WORDS - {"“"} if "„" in text[start:end] else _BEFORE_WORDS
    while start < end and (text[start].isspace() or text[start] in _AFTER_WORDS or (text[start] == '"' and not twice)):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in opening or (text[end - 1] == '"' and not twice)):
        end -= 1
    return (start, end) if start < end else None


def with_complementiser(text: str, start: int, taken: int) -> int:
    """Where the content begins when a "that", "whether" or "if" just before it is part of it; never before ``taken``."""
    begin = max(taken, start - _LOOK_BACK)
    match = _BEFORE.search(text[begin:start])
    return start if match is None else begin + match.start()


def with_complementisers(text: str, spans: list[tuple[int, int]], named: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of a content, each :func:`with_complementiser`; what is ``named``, cue and source, is no part of it."""
    found: list[tuple[int, int]] = []
    before = 0
    for start, end in spans:
        taken = max([before, *(stop for _, stop in named if stop <= start)])
        found.append((with_complementiser(text, start, taken), end))
        before = end
    return found


def with_marks(text: str, start: int, end: int, kind: str, quoted: Quoted) -> tuple[int, int]:
    """A span with the final punctuation that stands inside the marks; mixed content keeps its marks, direct content has none."""
    parts = list(quoted.parts(start, end))
    first, last = parts[0][0], parts[-1][0]
    if last:
        stop = _behind_signs(text, end)
        mark = len(TWICE) if text.startswith(TWICE, stop) else int(text[stop : stop + 1] in _CLOSING)
        if mark:
            end = stop + mark if kind == "mixed" else stop
        elif stop == len(text) or text[stop].isspace():
            end = stop if stop < len(text) and text[stop] in "\n\u2028\u2029" or stop == len(text) else end
    if first and kind == "mixed" and start:
        start -= len(TWICE) if text.endswith((TWICE, "``"), 0, start) else int(text[start - 1] in _OPENING)
    return start, end

"""Where sentences end: in prose at full stops before a capital, in transcripts also at the end of a line."""

from __future__ import annotations

from typing import Final

from .words import LINE, MARKS, STOP, Words

_CLOSERS: Final = frozenset("\"”’'»)]*_")
#: Fewer lines than this are no transcript.
_FEWEST_LINES: Final = 8
_SHARE_OF_WHOLE_LINES: Final = 0.7
_EDGE: Final = STOP | LINE


def sentences(words: Words, abbreviations: frozenset[str]) -> tuple[list[tuple[int, int]], bool]:
    """The sentences as ranges of tokens, line breaks at their edges left out, and whether each line is one, as in a transcript."""
    text, raw, flags = words.text, words.raw, words.flags
    starts, ends = words.starts, words.ends
    count, length = len(raw), len(text)
    edges = [i for i, flag in enumerate(flags) if flag & _EDGE]
    breaks = [i for i in edges if flags[i] & LINE]
    whole = _lines_are_whole(words, breaks)
    widest = max((starts[b] - ends[a] for a, b in zip(breaks, breaks[1:], strict=False)), default=0)
    result: list[tuple[int, int]] = []
    first = 0
    line = 0  # where the present line begins
    seen = 0  # stops of one run are looked at once
    for i in edges:
        if i < seen:
            continue
        if flags[i] & STOP:
            cut = i + 1
            while cut < count and flags[cut] & STOP and starts[cut] == ends[cut - 1]:
                cut += 1
            seen = cut
            at = ends[cut - 1]
            while at < length and text[at] in _CLOSERS:
                at += 1
            if at < length and not text[at].isspace():
                continue
            following = cut + 1 if cut < count and flags[cut] & LINE else cut
            if following < count and raw[following][0].islower() and text[starts[following] - 1] not in MARKS:
                continue
            if raw[i] == "." and cut == i + 1 and i and starts[i] == ends[i - 1] and _abbreviates(raw[i - 1], abbreviations):
                continue
        else:
            begun, line = line, ends[i]
            if not (whole or raw[i].count("\n") > 1 or _ends_paragraph(words, i, starts[i] - begun, widest)):
                continue
            cut = i
        first = _add(result, flags, first, cut)
    _add(result, flags, first, count)
    return result, whole


def _add(result: list[tuple[int, int]], flags: list[int], first: int, cut: int) -> int:
    last = cut
    while first < last and flags[first] & LINE:
        first += 1
    while last > first and flags[last - 1] & LINE:
        last -= 1
    if last > first:
        result.append((first, last))
    return max(first, cut)


def _abbreviates(raw: str, abbreviations: frozenset[str]) -> bool:
    return raw[0].isupper() and (len(raw) == 1 and raw != "I" or raw.lower() in abbreviations)


def _lines_are_whole(words: Words, breaks: list[int]) -> bool:
    """Whether nearly every line ends like a sentence, as those of a transcript do."""
    raw, flags = words.raw, words.flags
    if len(breaks) < _FEWEST_LINES or sum(raw[i].count("\n") > 1 for i in breaks) > 0.2 * len(breaks):
        return False
    closed = sum(1 for i in breaks if i and flags[i - 1] & STOP)
    return closed >= _SHARE_OF_WHOLE_LINES * len(breaks)


def _ends_paragraph(words: Words, i: int, width: int, widest: int) -> bool:
    """A single line break parts headlines, captions and list items; in text of fixed width only behind a short line."""
    text, start, end = words.text, words.starts[i], words.ends[i]
    before = start - 1
    while before >= 0 and text[before].isspace():
        before -= 1
    if before < 0 or end >= len(text):
        return True
    if text[before] in ",:" or text[end].islower():
        return False
    return width < 0.75 * widest or width > 120 or text[end] in "-•*"

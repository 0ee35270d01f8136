"""Where sentences end: in prose at full stops before a capital, in transcripts also at the end of a line."""

from __future__ import annotations

from typing import Final

from .words import MARK, STOP, Words

_CLOSERS: Final = frozenset("\"”’'»)]*_")
#: Fewer lines than this are no transcript.
_FEWEST_LINES: Final = 8
_SHARE_OF_WHOLE_LINES: Final = 0.7


def sentences(words: Words, abbreviations: frozenset[str], *, whole: bool) -> list[tuple[int, int]]:
    """The sentences as ranges of tokens, line breaks at their edges left out.

    Args:
        whole: what :func:`lines_are_whole` says.
    """
    raw, flags = words.raw, words.flags
    starts, ends = words.starts, words.ends
    count = len(raw)
    breaks = _line_breaks(words)
    widest = max((starts[b] - ends[a] for a, b in zip(breaks, breaks[1:], strict=False)), default=0)
    cuts: list[int] = []
    stops = [i for i, flag in enumerate(flags) if flag & STOP]
    for i in sorted(stops + breaks):
        if flags[i] & STOP:
            j = i + 1
            while j < count and flags[j] & STOP and starts[j] == ends[j - 1]:
                j += 1
            while j < count and raw[j] in _CLOSERS and starts[j] == ends[j - 1]:
                j += 1
            if j < count and starts[j] == ends[j - 1] and raw[j][0] != "\n":
                continue
            following = j + 1 if j < count and raw[j][0] == "\n" else j
            if following < count and raw[following][0].islower():
                continue
            if raw[i] == "." and i and starts[i] == ends[i - 1] and _abbreviates(raw[i - 1], abbreviations):
                continue
            cuts.append(j)
        elif raw[i].count("\n") > 1 or whole or _ends_paragraph(words, i, widest):
            cuts.append(i)
    result: list[tuple[int, int]] = []
    first = 0
    for cut in [*sorted(set(cuts)), count]:
        last = cut
        while first < last and raw[first][0] == "\n":
            first += 1
        while last > first and raw[last - 1][0] == "\n":
            last -= 1
        if last > first:
            result.append((first, last))
        first = cut
    return result


def _abbreviates(raw: str, abbreviations: frozenset[str]) -> bool:
    return raw[0].isupper() and (len(raw) == 1 and raw != "I" or raw.lower() in abbreviations)


def _line_breaks(words: Words) -> list[int]:
    # They are written in a few ways only; other tokens are told by a look into the set.
    written = {raw for raw in set(words.raw) if raw[0] == "\n"}
    return [i for i, raw in enumerate(words.raw) if raw in written]


def lines_are_whole(words: Words) -> bool:
    """Whether nearly every line ends like a sentence, as those of a transcript do."""
    breaks = _line_breaks(words)
    if len(breaks) < _FEWEST_LINES or sum(words.raw[i].count("\n") > 1 for i in breaks) > 0.2 * len(breaks):
        return False
    closed = 0
    for i in breaks:
        j = i - 1
        while j >= 0 and words.flags[j] & MARK:
            j -= 1
        closed += j >= 0 and bool(words.flags[j] & STOP)
    return closed >= _SHARE_OF_WHOLE_LINES * len(breaks)


def _ends_paragraph(words: Words, i: int, widest: int) -> bool:
    """A single line break parts headlines, captions and list items; in text of fixed width only behind a short line."""
    raw = words.raw
    if i == 0 or i + 1 >= len(raw):
        return True
    if raw[i - 1] in (",", ":") or raw[i + 1][0].islower():
        return False
    j = i - 1
    while j >= 0 and raw[j][0] != "\n" and i - j < 400:
        j -= 1
    width = words.starts[i] - words.starts[j + 1]
    return width < 0.75 * widest or width > 120 or raw[i + 1][0] in "-•*"

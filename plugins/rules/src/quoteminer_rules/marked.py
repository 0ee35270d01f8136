"""Examples with marks: ``“[It works],” <said> {Ada}.`` has [content], <cue> and {source}; tests and checks mine them."""

from __future__ import annotations

from typing import Final, NamedTuple

_PAIRS: Final = {"[": "]", "<": ">", "{": "}"}

Offsets = tuple[int, int]


class Example(NamedTuple):
    """An example without its marks, and where content, cue and source stand in it."""

    text: str
    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]


def unmarked(marked: str) -> Example:
    """Take the marks out of an example; `` / `` stands for a blank line.

    Raises:
        ValueError: when a mark is not closed, or closed though nothing opens it.
    """
    marked = marked.replace(" / ", "\n\n")
    letters: list[str] = []
    found: dict[str, list[Offsets]] = {opening: [] for opening in _PAIRS}
    open_: list[tuple[str, int]] = []
    for letter in marked:
        if letter in _PAIRS:
            open_.append((letter, len(letters)))
        elif open_ and letter == _PAIRS[open_[-1][0]]:
            opening, start = open_.pop()
            found[opening].append((start, len(letters)))
        elif letter in _PAIRS.values():
            raise ValueError(f"{letter!r} closes nothing in {marked!r}")
        else:
            letters.append(letter)
    if open_:
        raise ValueError(f"{open_[-1][0]!r} is not closed in {marked!r}")
    return Example("".join(letters), tuple(found["["]), tuple(found["<"]), tuple(found["{"]))

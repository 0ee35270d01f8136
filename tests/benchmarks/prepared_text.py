"""sayswho changes a text before it reads it; this leads its offsets back.

Its ``prep_text_for_quote_detection`` strips paragraphs and drops empty ones, turns ``''`` into ``"``, puts an ``x`` after
plural possessives and a space or a straight mark where it misses one. Following these five steps finds every character's
origin without guessing; a comparison of the two texts would not.
"""

from __future__ import annotations

from collections.abc import Sequence

_MARKS = '‹「」»"„『”‚』›«“'


def origins(prepared: str, original: str) -> list[int | None]:
    """For each character of ``prepared`` its offset in ``original``; ``None`` for one that was put in.

    Raises:
        ValueError: when ``prepared`` was not made from ``original`` by those steps.
    """
    result: list[int | None] = []
    offset = 0
    sources: list[tuple[int, str]] = []
    for line in original.split("\n"):
        if line:
            sources.append((offset, line))
        offset += len(line) + 1
    paragraphs = prepared.split("\n") if prepared else []
    if len(paragraphs) != len(sources):
        raise ValueError(f"{len(paragraphs)} paragraphs were made of {len(sources)}")
    for number, (paragraph, (offset, line)) in enumerate(zip(paragraphs, sources, strict=True)):
        if number:
            result.append(None)
        result += [None if at is None else offset + at for at in _paragraph(paragraph, line)]
    return result


def _paragraph(prepared: str, original: str) -> list[int | None]:
    result: list[int | None] = []
    at = len(original) - len(original.lstrip())
    for number, character in enumerate(prepared):
        there = original[at : at + 1]
        possessive = character == "x" and prepared[number - 1 : number] == "'" and there.isspace()
        if possessive:
            result.append(None)
        elif character == there or (character == '"' and there and there in _MARKS):
            result.append(at)
            at += 1
        elif character == '"' and original.startswith("''", at):
            result.append(at)
            at += 2
        elif character in ' "':
            result.append(None)
        else:
            raise ValueError(f"character {number} of {prepared!r} does not come from {original!r}")
    if original[at:].strip():
        raise ValueError(f"{original[at:]!r} is missing in {prepared!r}")
    return result


def led_back(span: Sequence[int], origin: Sequence[int | None]) -> list[int] | None:
    """A span of the prepared text as one of the original; ``None`` when all of it was put in."""
    there = [at for at in origin[span[0] : span[1]] if at is not None]
    return [there[0], there[-1] + 1] if there else None

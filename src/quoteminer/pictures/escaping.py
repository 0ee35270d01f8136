"""Words of a text, and what is said of them, as HTML that is inert."""

from __future__ import annotations

import html
import re
from typing import Final

_UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Hues of the first voices, in degrees, chosen to be far apart for most eyes; those of later ones follow by the golden angle.
_HUES: Final = (210, 30, 140, 285, 0, 55, 180, 325)
_GOLDEN_ANGLE: Final = 137.508


def escaped(text: str) -> str:
    """Fit for the inside of an element and of an attribute in quotes; as many code points are seen as ``text`` has."""
    return html.escape(_UNSHOWN.sub("\ufffd", text))


def short(text: str, longest: int) -> str:
    """On one line, cut with an ellipsis."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest and len(text) <= 4 * longest else f"{line[: longest - 1].rstrip()}…"


def isolated(text: str, longest: int = 300) -> str:
    """On one line, with a direction of writing of its own."""
    return f"<bdi>{escaped(short(text, longest))}</bdi>"


def counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"


def hue(place: int) -> int:
    """The colour of the voice at a place, in degrees."""
    return _HUES[place] if place < len(_HUES) else round((place + 1) * _GOLDEN_ANGLE) % 360


def initials(name: str) -> str:
    """One or two letters that stand for a name beside its words."""
    words = [word for word in re.split(r"[\s.,;:'’()\[\]-]+", name) if word and word[0].isalnum()]
    if not words:
        return name.strip()[:1] or "?"
    return words[0][0].upper()[:1] + (words[-1][0].upper()[:1] if len(words) > 1 else "")

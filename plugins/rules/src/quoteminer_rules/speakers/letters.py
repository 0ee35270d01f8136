"""To whom a letter or mail is written: whom its salutation or a line of its head names ("Dear Ada,", "To: Ada Byron")."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

from ..labels import declared
from ..language.pack import Pack

_SALUTATION: Final = re.compile(r"(?:^|\n)[ \t]*(?P<first>[^\W\d_]+)[ \t]+(?P<name>[^\n]{2,60}?)[,:!][ \t]*(?=\n)")
_LETTERHEAD: Final = 1_000
"""Code points of a letter in which its salutation stands."""


def addressee(text: str, pack: Pack) -> tuple[int, int] | None:
    """Where a text that is a letter names to whom it is written; ``None`` where it is none, or names nobody."""
    dear = pack.of_class("endearment")
    for line in _SALUTATION.finditer(text, 0, min(len(text), _LETTERHEAD)):
        if line["first"].lower() in dear:
            return line.span("name")
    head = _to(pack.folder).search(text, 0, min(len(text), _LETTERHEAD))
    return None if head is None else head.span("name")


@functools.cache
def _to(folder: Path) -> re.Pattern[str]:
    """The line in the head of a mail that tells to whom it goes."""
    words = "|".join(map(re.escape, declared(folder, "mails").get("addressee", ()))) or "(?!)"
    return re.compile(
        rf"^[ \t]*(?:{words})[ \u00a0]?:[ \t]+(?P<name>[^\n<>;,.?!]{{2,60}}(?:\.[ ][^\n<>;,.?!]{{2,60}})?)(?=[<;,]|$)",
        re.MULTILINE,
    )

"""Texts that still hold the entities of HTML ("&ldquo;"), as they come out of feeds and databases: read as what they stand for."""

from __future__ import annotations

import html
import re
from typing import Final

from .aligned import Aligned
from .building import Builder

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def unescaped(text: str) -> Aligned | None:
    """The text with each entity as the character that it stands for, and the way back; ``None`` where it has none.

    Entities without a semicolon are left alone: in running text an ampersand is an ampersand.

    >>> unescaped("She said &ldquo;no&rdquo;.").text
    'She said “no”.'
    """
    if "&" not in text:
        return None
    builder = Builder(text)
    at = 0
    for entity in _ENTITY.finditer(text):
        meant = html.unescape(entity.group())
        if meant != entity.group():
            builder.take(at, entity.start())
            builder.put(meant, *entity.span())
            at = entity.end()
    if not at:
        return None
    builder.take(at, len(text))
    return builder.build()

"""Texts that still hold the entities of HTML ("&ldquo;"), as they come out of feeds and databases: read as what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def entities(text: str) -> Iterator[tuple[int, int, str]]:
    """Each entity, and the character that it stands for.

    Those without a semicolon are none: in running text an ampersand is an ampersand.

    >>> list(entities("Q&A &amp; more"))
    [(4, 9, '&')]
    """
    if "&" in text:
        # Few texts have any, and importing quoteminer stays light.
        import html

        for entity in _ENTITY.finditer(text):
            meant = html.unescape(entity.group())
            if meant != entity.group():
                yield *entity.span(), meant

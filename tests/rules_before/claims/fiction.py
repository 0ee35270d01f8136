"""Whether a document is fiction, whose statements nobody claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quoteminer import Quote

_FACTS: Final = re.compile(r"\d|%|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b")
_FEWEST: Final = 4


def is_fiction(text: str, quotes: Sequence[Quote]) -> bool:
    """Dialogue that goes to and fro without saying who speaks, in a text without dates and figures."""
    direct = [quote for quote in quotes if quote.kind == "direct"]
    if len(direct) < _FEWEST:
        return False
    bare = sum(not quote.cue for quote in direct)
    if 3 * bare < len(direct) and not any(quote.layout == "dash" for quote in direct):
        return False
    facts = sum(1 for _ in _FACTS.finditer(text))
    return facts * 2000 <= len(text)

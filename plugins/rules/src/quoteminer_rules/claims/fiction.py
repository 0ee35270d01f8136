"""Whether a document is fiction, whose statements nobody claims."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quoteminer import Quote

from .lexicon import Flag, knowledge
from .times import calendar_of

_FEWEST: Final = 4


@functools.cache
def _facts(folder: Path) -> re.Pattern[str]:
    """A figure or a month with its capital, unless it is an auxiliary as well ("may")."""
    known = knowledge(folder).known
    months = [name for name in calendar_of(folder).full_months() if not known.get(name, 0) & Flag.MODAL]
    return re.compile(rf"\d|%|\b(?:{'|'.join(re.escape(name.capitalize()) for name in months)})\b" if months else r"\d|%")


def is_fiction(text: str, quotes: Sequence[Quote], folder: Path) -> bool:
    """Dialogue that goes to and fro without saying who speaks, in a text without dates and figures."""
    direct = [quote for quote in quotes if quote.kind == "direct"]
    if len(direct) < _FEWEST:
        return False
    bare = sum(not quote.cue for quote in direct)
    if 3 * bare < len(direct) and not any(quote.layout == "dash" for quote in direct):
        return False
    facts = sum(1 for _ in _facts(folder).finditer(text))
    return facts * 2000 <= len(text)

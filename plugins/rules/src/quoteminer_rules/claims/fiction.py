"""Whether a document is fiction, whose statements nobody claims.

It has hardly any dates and figures, and either dialogue that goes to and fro without saying who speaks, or it is about some man or woman all the time.
By the second alone 45 per cent of passages of novels are known (PDNC, training part; LitBank 30), and 7 of 840 reports are taken for some (PolNeAR).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quoteminer import Quote

from ..language.pack import load
from .lexicon import Flag, either, knowledge
from .times import calendar_of

_FEWEST: Final = 4
_PER_FACT: Final = 2000
"""Code points of dialogue for each fact, at least."""
_WORDS: Final = 150
"""In a shorter text pronouns tell nothing."""
_WORDS_PER_FACT: Final = 100
_WORDS_PER_PRONOUN: Final = 18


@functools.cache
def _facts(folder: Path) -> re.Pattern[str]:
    """A figure or a month with its capital, unless it is an auxiliary as well ("may")."""
    known = knowledge(folder).known
    months = [name for name in calendar_of(folder).full_months() if not known.get(name, 0) & Flag.MODAL]
    return re.compile(rf"\d|%|\b(?:{'|'.join(re.escape(name.capitalize()) for name in months)})\b" if months else r"\d|%")


@functools.cache
def _pronouns(folder: Path) -> re.Pattern[str]:
    """A pronoun for a single man or woman; those for things tell nothing of a tale."""
    known = load(folder).pronouns.values()
    words = (one.word for one in known if one.person == 3 and not one.several and one.sex in ("male", "female"))
    return re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)")


def is_fiction(text: str, quotes: Sequence[Quote], folder: Path) -> bool:
    """Whether dialogue goes to and fro, or somebody is told about, in a text without dates and figures."""
    direct = [quote for quote in quotes if quote.kind == "direct"]
    talks = len(direct) >= _FEWEST and (
        4 * sum(not quote.cue for quote in direct) >= len(direct) or any(quote.layout == "dash" for quote in direct)
    )
    # As many as there are gaps between words, and before and behind them.
    words = max(0, len(text.split()) - 1 + text[:1].isspace() + text[-1:].isspace())
    if not talks and words < _WORDS:
        return False
    facts = sum(1 for _ in _facts(folder).finditer(text))
    if talks and facts * _PER_FACT <= len(text):
        return True
    if words < _WORDS or facts * _WORDS_PER_FACT > words:
        return False
    return sum(1 for _ in _pronouns(folder).finditer(text)) * _WORDS_PER_PRONOUN >= words

"""What tells whether somebody goes with *he* or *she*: words before a name, given names, endings of both."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .tables import rows

KINDS: Final = {
    "word": "a word before a noun or name: la",
    "role_ending": "the ending of nouns for what somebody does: -erin",
    "name": "a given name",
    "name_ending": "the ending of given names that are not listed: -a",
}
"""What the rows of ``genders.tsv`` tell."""


class Genders:
    """The genders of words of one language: ``m``, ``f`` or nothing."""

    def __init__(self, file: Path) -> None:
        self._words: Final[dict[str, str]] = {}
        self._names: Final[dict[str, str]] = {}
        self._roles: Final[dict[str, str]] = {}
        self._given: Final[dict[str, str]] = {}
        tables = {"word": self._words, "name": self._names, "role_ending": self._roles, "name_ending": self._given}
        for row in rows(file, 3) if file.exists() else ():
            kind, forms, gender = row.columns
            if kind not in KINDS:
                raise row.problem(f"there is no {kind!r}; there are {', '.join(KINDS)}")
            if gender not in ("m", "f"):
                raise row.problem(f"{gender!r} is no gender here; m or f")
            tables[kind].update(dict.fromkeys(forms.split(), gender))

    def of_word(self, word: str) -> str:
        """The gender that a word before a noun or name tells."""
        return self._words.get(word, "")

    def of_role(self, noun: str) -> str:
        """The gender of who is called by a noun."""
        return _by_ending(noun, self._roles)

    def of_name(self, name: str) -> str:
        """The gender that mostly goes with a given name."""
        return self._names.get(name) or _by_ending(name, self._given)


def _by_ending(word: str, endings: dict[str, str]) -> str:
    """The gender of the longest known ending of a word that is longer than it."""
    return next((endings[word[at:]] for at in range(1, len(word)) if word[at:] in endings), "")

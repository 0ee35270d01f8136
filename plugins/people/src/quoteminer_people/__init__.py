"""Links speakers with lists of people that a newsroom already has; bundled with quoteminer.

>>> import quoteminer
>>> from quoteminer_people import People
>>> desk = People([{"name": "Mark Rutte", "role": "prime minister", "id_desk": "17"}])
>>> speaker = quoteminer.Miner(["rules", desk]).mine("“We must act,” Rutte told the forum.").speakers[0]
>>> speaker.name, speaker.role, dict(speaker.identifiers)
('Mark Rutte', 'prime minister', {'desk': '17'})

``lists`` reads a list, ``names`` takes names apart, ``register`` finds the entries that a name may mean, ``evidence`` says what a text tells for or
against them, ``linking`` decides. What is a title, a particle or a short form of a name comes from the language packs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import quoteminer

if TYPE_CHECKING:
    from .linking import PeopleLinker
    from .lists import List

__all__ = ["People", "PeopleLinker"]

VARIABLE: Final = "QUOTEMINER_PEOPLE"


class People:
    """A plugin that links the speakers with the people of lists.

    Args:
        lists: files (CSV, TSV or JSON Lines in UTF-8), or rows as mappings from column to value.

    Raises:
        quoteminer.FormatError: when a list is not as it must be; it names file and line, and its notes name further lines.
        OSError: when a file cannot be read.
    """

    plugin_name = "people"

    def __init__(self, *lists: List) -> None:
        self._lists = tuple(list_ if isinstance(list_, (str, os.PathLike)) else tuple(list_) for list_ in lists)
        from .linking import PeopleLinker

        self._linker = PeopleLinker(*self._lists)

    def __reduce__(self) -> tuple[type[People], tuple[List, ...]]:
        return People, self._lists

    def __repr__(self) -> str:
        return f"People({', '.join(map(repr, self._lists))})"

    @quoteminer.hookimpl
    def quoteminer_speaker_linkers(self) -> Iterable[PeopleLinker]:
        """The linker ``people``."""
        return (self._linker,)


def _named() -> list[str]:
    """The lists that the environment names."""
    return [path for path in os.environ.get(VARIABLE, "").split(os.pathsep) if path]


def idle() -> str | None:
    """Why there is no linker, for the host."""
    return None if _named() else f"no list of people is named, by --people or {VARIABLE}"


@quoteminer.hookimpl
def quoteminer_speaker_linkers() -> Iterable[PeopleLinker]:
    """The linker ``people`` with the lists that the environment names; none without any."""
    if not _named():
        return ()
    from .linking import PeopleLinker

    return (PeopleLinker(*_named()),)


if not TYPE_CHECKING:  # which would take any name for one of ours

    def __getattr__(name: str) -> object:
        """Most programs name no list, and need no linker."""
        if name == "PeopleLinker":
            from .linking import PeopleLinker

            return PeopleLinker
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

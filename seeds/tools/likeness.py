"""Looks for what documents share that they should not: runs of words, and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

RUN: Final = 10
"""Words: two documents that share so many in a row were not written independently; routine copy shares up to nine ("did not respond to a request for comment")."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAME: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BODIES: Final = frozenset(
    "amt authority bank board club college council court defensoría guardia league ministerio ministry poder police policía society survey trust union university".split()
)
"""Words of names that are no person's, and may stand in many documents."""
_SMALL: Final = frozenset("al bin da de del den der di do dos du el ibn la le van von y zu zum".split())


def shared_runs(records: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Pairs of documents that share a run of words, each with the first run."""
    first: dict[tuple[str, ...], str] = {}
    found: dict[tuple[str, str], str] = {}
    for record in records:
        words = [word.casefold() for word in _WORD.findall(record["text"])]
        for run in zip(*(words[i:] for i in range(RUN)), strict=False):
            other = first.setdefault(run, record["id"])
            if other != record["id"]:
                found.setdefault((other, record["id"]), " ".join(run))
    return [(a, b, run) for (a, b), run in found.items()]


def full_name(name: str) -> str | None:
    """A name of a person as far as its form tells: two or more words, each with a capital; else nothing."""
    words = _NAME.findall(name)
    if not _BODIES.isdisjoint(word.casefold() for word in words):
        return None
    large = [word for word in words if word[0].isupper()]
    if len(large) < 2 or any(not word[0].isupper() and word not in _SMALL for word in words) or re.search(r"[\d&/@,]", name):
        return None
    return " ".join(words)


def shared_names(records: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Full names of speakers that stand in the documents of several writers, with these."""
    writers: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for entity in record["entities"]:
            if name := full_name(entity["name"]):
                writers[name].add(record["meta"]["writer"])
    return {name: where for name, where in writers.items() if len(where) > 1}

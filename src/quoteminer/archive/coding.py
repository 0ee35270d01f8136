"""Coding by hand: a stratified sample of quotations, and how well coders agree."""

from __future__ import annotations

import hashlib
import heapq
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from ..errors import ConfigurationError
from .searching import Hit, hits

#: By what a sample can be stratified, as expressions of SQL.
STRATA: Final[Mapping[str, str]] = {
    "kind": "q.kind",
    "source": "d.source",
    "language": "d.language",
    "year": "substr(d.date, 1, 4)",
    "layout": "q.layout",
    "speaker_kind": "s.kind",
}
_ROUNDS: Final = 1_000


@attrs.frozen
class Sampled:
    """A quotation of a sample.

    Attributes:
        hit: the quotation.
        stratum: the part of the archive that it was drawn from.
        weight: how many quotations of the archive it stands for.
    """

    hit: Hit
    stratum: str
    weight: float


def sample(connection: sqlite3.Connection, size: int, stratify: Sequence[str], seed: int) -> list[Sampled]:
    """As :meth:`quoteminer.archive.Archive.sample`."""
    if size < 1:
        raise ConfigurationError(f"size: {size!r} is not a number from 1", "size", size)
    for name in stratify:
        if name not in STRATA:
            raise ConfigurationError(f"stratify: {name!r} is not one of {', '.join(STRATA)}", "stratify", name)
    parts = " || ' / ' || ".join(f"coalesce({STRATA[name]}, '–')" for name in stratify) or "'all'"
    counts: Counter[str] = Counter()
    drawn: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = connection.execute(
        f"""SELECT q.number, {parts}, d.id || ' ' || q.spans FROM quotes AS q JOIN documents AS d ON d.number = q.document
        LEFT JOIN speakers AS s ON s.number = q.speaker WHERE q.status IS NOT 'rejected' ORDER BY q.number"""
    )
    for number, stratum, words in rows:
        counts[stratum] += 1
        # By place and seed, so that what is drawn stays when other documents come; the least of each stratum are kept.
        rank = -int.from_bytes(hashlib.blake2b(f"{seed} {words}".encode(), digest_size=8).digest(), "big")
        heap = drawn[stratum]
        if len(heap) < size:
            heapq.heappush(heap, (rank, number))
        else:
            heapq.heappushpop(heap, (rank, number))
    shares = _allocated(size, counts)
    chosen = {
        number: (stratum, counts[stratum] / shares[stratum])
        for stratum, heap in drawn.items()
        if shares[stratum]
        for _, number in sorted(heap, reverse=True)[: shares[stratum]]
    }
    found = hits(connection, sorted(chosen))
    return [Sampled(hit, *chosen[number]) for number, hit in found]


def _allocated(size: int, counts: Mapping[str, int]) -> dict[str, int]:
    """How many of each stratum: the same of all, and what small ones lack goes to the others."""
    left, shares = size, dict.fromkeys(counts, 0)
    for place, stratum in enumerate(sorted(counts, key=lambda one: (counts[one], one))):
        shares[stratum] = min(counts[stratum], max(1, left // (len(counts) - place)), left)
        left -= shares[stratum]
    return shares


@attrs.frozen
class Agreement:
    """How well coders agree about one column.

    Attributes:
        units: what at least two of them coded.
        coders: how many there are.
        observed: the share of pairs of codes that are equal.
        alpha: Krippendorff's alpha for nominal data: 1 is full agreement, 0 is chance; ``None`` where only one code was used.
        low, high: its interval, by a bootstrap over units.
    """

    column: str
    units: int
    coders: int
    observed: float
    alpha: float | None
    low: float | None
    high: float | None


def agreement(column: str, coded: Sequence[Mapping[Any, str]], seed: int = 0) -> Agreement:
    """How well coders agree, each given as codes by unit; what a coder left empty is missing.

    Raises:
        ConfigurationError: when no unit was coded by two.
    """
    units: dict[Any, list[str]] = {}
    for coder in coded:
        for unit, given in coder.items():
            code = given.strip().casefold()
            if code:
                units.setdefault(unit, []).append(code)
    paired = [codes for codes in units.values() if len(codes) > 1]
    if not paired:
        raise ConfigurationError(f"agreement: nothing in the column {column!r} was coded by two", "column", column)
    equal, pairs = 0, 0
    for codes in paired:
        for at, code in enumerate(codes):
            for other in codes[:at]:
                equal += code == other
                pairs += 1
    choose = random.Random(seed)
    drawn = [_alpha([paired[choose.randrange(len(paired))] for _ in paired]) for _ in range(_ROUNDS)]
    known = sorted(one for one in drawn if one is not None)
    ends = (known[int(len(known) * 0.025)], known[int(len(known) * 0.975)]) if len(known) > _ROUNDS // 2 else (None, None)
    return Agreement(column, len(paired), len(coded), equal / pairs, _alpha(paired), *ends)


def _alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data, from the codes of each unit (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability")."""
    totals: Counter[str] = Counter()
    differing = 0.0
    for codes in units:
        counts = Counter(codes)
        totals.update(codes)
        size = len(codes)
        differing += (size * size - sum(count * count for count in counts.values())) / (size - 1)
    count = sum(totals.values())
    chance = (count * count - sum(one * one for one in totals.values())) / (count - 1)
    return None if chance == 0 else 1 - differing / chance

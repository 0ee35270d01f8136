"""Metrics as published, so that the tables of papers can be set beside ours.

Each is computed on our word tokens (Gender Gap Tracker: on code points), so marks, punctuation and a leading complementiser
do not count, where the original scripts count their own tokens.

- SpkAtt-2023: shared task on speaker attribution at KONVENS 2023, task 2 (Petersen-Frey and Biemann 2024). Messages are assigned one
  to one by the F1 of their tokens; precision and recall of tokens are averaged over the assigned pairs, what stays alone counts
  0, and F1 is their harmonic mean. Of its roles we have source and cue (not addressee and frame), so ``joint`` is over message,
  source and cue. Pairs without a common token stay unassigned here.
- Gender Gap Tracker (Asr et al. 2021, PLoS ONE 16(1)): a gold quotation counts as found when more than 0.3 (or 0.8) of its
  characters are in the best of the quotations not yet taken, in text order; the speaker is right when its mention overlaps.
- CofeNet (Wang et al. 2022, COLING): exact spans of each role, not linked to each other, each span counted once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from ..spans import Span
from .matching import assign, dice
from .quotes import Prepared, QuoteComparison
from .tallies import Tally
from .words import Units, runs

GENDER_GAP_TRACKER: Final = (0.3, 0.8)


def published_tally(comparison: QuoteComparison) -> Tally:
    """The published metrics of one document."""
    tally = Tally()
    _spkatt(tally, comparison)
    _gender_gap_tracker(tally, comparison)
    _cofenet(tally, comparison)
    return tally


def _joined(parts: Iterable[Units]) -> Units:
    return frozenset().union(*parts)


def _spkatt(tally: Tally, comparison: QuoteComparison) -> None:
    gold, found = comparison.gold, comparison.found

    def same_kind(i: int, j: int) -> float:
        return 0.01 if gold[i].quote.kind == found[j].quote.kind else 0.0

    pairs = assign(
        [item.content for item in gold],
        [item.content for item in found],
        at_least=0.0,
        measure=dice,
        bonus=same_kind,
    )
    matched_gold, matched_found = {i for i, _ in pairs}, {j for _, j in pairs}
    groups: list[tuple[Prepared | None, Prepared | None]] = [(gold[i], found[j]) for i, j in pairs]
    groups += [(item, None) for i, item in enumerate(gold) if i not in matched_gold]
    groups += [(None, item) for j, item in enumerate(found) if j not in matched_found]
    nothing: Units = frozenset()
    roles = _roles(comparison)
    for wanted, given in groups:
        for name in roles:
            left = nothing if wanted is None else _role(wanted, name)
            right = nothing if given is None else _role(given, name)
            shared = len(left & right)
            # A mean over groups is a sum of shares over a count of groups.
            precision = (shared / len(right), 1) if right else (0, 0)
            recall = (shared / len(left), 1) if left else (0, 0)
            for metric in (f"spkatt.{name}", "spkatt.joint"):
                tally.add(metric, *precision, *recall)


def _roles(comparison: QuoteComparison) -> list[str]:
    """The roles that the gold annotates."""
    return ["message", *["source"] * comparison.has_sources, *["cue"] * comparison.has_cues]


def _role(item: Prepared, name: str) -> Units:
    if name == "message":
        return item.content
    return item.cue if name == "cue" else _joined(item.sources)


def _characters(spans: Iterable[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


def _gender_gap_tracker(tally: Tally, comparison: QuoteComparison) -> None:
    gold = [(item.quote, _characters(item.quote.content)) for item in comparison.gold]
    found = [item.quote for item in comparison.found]
    holders: dict[int, list[int]] = defaultdict(list)
    for j, quote in enumerate(found):
        for offset in _characters(quote.content):
            holders[offset].append(j)
    for threshold in GENDER_GAP_TRACKER:
        taken: set[int] = set()
        speakers = 0
        for quote, characters in gold:
            shared = Counter(j for offset in characters for j in holders.get(offset, ()) if j not in taken)
            best = min(shared, key=lambda j: (-shared[j], j), default=None)
            if best is None or shared[best] / len(characters) <= threshold:
                continue
            taken.add(best)
            theirs = found[best].sources
            speakers += not quote.sources and not theirs or not _characters(quote.sources).isdisjoint(_characters(theirs))
        tally.add(f"ggt.quotes@{threshold}", len(taken), len(found), len(taken), len(gold))
        if comparison.has_sources:
            tally.share(f"ggt.speakers@{threshold}", speakers, len(taken))


def _cofenet(tally: Tally, comparison: QuoteComparison) -> None:
    for role in _roles(comparison):
        name = "content" if role == "message" else role
        wanted = frozenset().union(*(runs(_role(item, role)) for item in comparison.gold))
        given = frozenset().union(*(runs(_role(item, role)) for item in comparison.found))
        shared = len(wanted & given)
        tally.add(f"cofenet.{name}", shared, len(given), shared, len(wanted))

"""One place decides what happens when several extractors find the same quotation.

1. Two finds of *different* extractors are the same quotation when their contents overlap by intersection over union of at
   least one half, counted in code points. Each find has at most one partner in each extractor: the one that overlaps most.
   What a single extractor gives is never merged with itself, so nested and repeated quotes survive.
2. Of the same quotation the find with the highest confidence keeps its boundaries, kind and modality (ties: the one with a
   source, then the longer one, then the name of the extractor).
3. Its cue and source come from the same find, or where it has none, from the next that has: cue and source go together.
4. The confidence is that at least one find is right, ``1 - (1 - c1)(1 - c2)…``, at most 0.99.
5. The provenance names all extractors, the winner first.
6. Parents are carried over to the merged quotes.

The result does not depend on the order of the finds, and reconciling a result again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from .annotations import Provenance, Quote, quote_order
from .spans import Span

SAME: Final = 0.5
HIGHEST: Final = 0.99


def overlap(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Intersection over union of two contents, in code points; both in text order without overlaps."""
    shared = 0
    i = j = 0
    while i < len(left) and j < len(right):
        shared += max(0, min(left[i].end, right[j].end) - max(left[i].start, right[j].start))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    if not shared:
        return 0.0
    total = sum(map(len, left)) + sum(map(len, right)) - shared
    return shared / total


def reconcile(results: Iterable[tuple[str, Sequence[Quote]]]) -> list[Quote]:
    """Merge what several extractors found, by the rules of this module.

    Args:
        results: name of the extractor and its quotes, one pair an extractor. ``id`` and ``parent`` of the quotes are
            local to their extractor.

    Returns:
        quotes in text order with ids ``q1``, ``q2``, …
    """
    groups = _groups([(name, list(quotes)) for name, quotes in results if quotes])
    merged: list[tuple[Quote, list[tuple[str, Quote]]]] = [(_merge(group), group) for group in groups]
    merged.sort(key=lambda item: (*quote_order(item[0])[:3], item[0].kind, item[0].cue, item[0].source or Span(0, 1)))
    ids: dict[tuple[str, str], str] = {}
    for number, (_, group) in enumerate(merged, 1):
        for name, quote in group:
            if quote.id:
                ids[name, quote.id] = f"q{number}"
    final: list[Quote] = []
    for number, (quote, group) in enumerate(merged, 1):
        parent = None
        for name, member in group:
            if member.parent is not None:
                parent = ids.get((name, member.parent))
                if parent is not None and parent != f"q{number}":
                    break
        if parent == f"q{number}":
            parent = None
        final.append(attrs.evolve(quote, id=f"q{number}", parent=parent))
    return _without_circles(final)


def _groups(results: list[tuple[str, list[Quote]]]) -> list[list[tuple[str, Quote]]]:
    if len(results) == 1:
        name, quotes = results[0]
        return [[(name, quote)] for quote in quotes]
    results.sort(key=lambda item: item[0])
    pairs: list[tuple[float, int, int, int, int]] = []
    for a in range(len(results)):
        for b in range(a + 1, len(results)):
            pairs.extend((-value, a, i, b, j) for value, i, j in _pairs(results[a][1], results[b][1]))
    pairs.sort(key=lambda p: (p[0], results[p[1]][1][p[2]].span, results[p[3]][1][p[4]].span, p[1:]))
    group_of: dict[tuple[int, int], dict[int, int]] = {}
    for _, a, i, b, j in pairs:
        left = group_of.setdefault((a, i), {a: i})
        right = group_of.setdefault((b, j), {b: j})
        if left is right or left.keys() & right.keys():
            continue
        left.update(right)
        for extractor, index in right.items():
            group_of[extractor, index] = left
    groups: list[list[tuple[str, Quote]]] = []
    seen: set[int] = set()
    for extractor, (_, quotes) in enumerate(results):
        for index in range(len(quotes)):
            members = group_of.get((extractor, index), {extractor: index})
            if id(members) in seen:
                continue
            seen.add(id(members))
            groups.append([(results[e][0], results[e][1][i]) for e, i in sorted(members.items())])
    return groups


def _pairs(left: list[Quote], right: list[Quote]) -> Iterable[tuple[float, int, int]]:
    """All pairs that may be the same quotation, by a sweep over start offsets."""
    order = sorted(range(len(right)), key=lambda j: right[j].content[0].start)
    starts = [right[j].content[0].start for j in order]
    from bisect import bisect_left

    longest = max((right[j].span.end - right[j].span.start for j in order), default=0)
    for i, quote in enumerate(left):
        span = quote.span
        # Half of the union shared means neither can be more than twice as long as the other.
        reach = min(longest, 2 * sum(map(len, quote.content)) + (span.end - span.start))
        at = bisect_left(starts, span.start - reach)
        while at < len(order) and starts[at] < span.end:
            value = overlap(quote.content, right[order[at]].content)
            if value >= SAME:
                yield value, i, order[at]
            at += 1


def _merge(group: list[tuple[str, Quote]]) -> Quote:
    if len(group) == 1:
        return group[0][1]
    ranked = sorted(
        (quote for _, quote in group),
        key=lambda q: (-q.confidence, q.source is None, -(q.span.end - q.span.start), q.provenance.extractor, q.content),
    )
    best = ranked[0]
    attributed = next((quote for quote in ranked if quote.source is not None), best)
    cue = attributed.cue or best.cue
    source = attributed.source
    doubt = 1.0
    for quote in ranked:
        doubt *= 1.0 - quote.confidence
    confidence = max(best.confidence, min(HIGHEST, 1.0 - doubt))
    return attrs.evolve(best, cue=cue, source=source, confidence=confidence, provenance=_provenance(ranked))


def _provenance(ranked: list[Quote]) -> Provenance:
    return Provenance(
        "+".join(dict.fromkeys(quote.provenance.extractor for quote in ranked)),
        version="+".join(quote.provenance.version for quote in ranked if quote.provenance.version),
        detail="; ".join(dict.fromkeys(quote.provenance.detail for quote in ranked if quote.provenance.detail)),
    )


def _without_circles(quotes: list[Quote]) -> list[Quote]:
    """Two extractors can disagree on which of two quotes is the outer one; then neither keeps its parent."""
    parents = {quote.id: quote.parent for quote in quotes if quote.parent is not None}
    known = {quote.id for quote in quotes}
    circular: set[str] = set()
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path.append(at)
            at = parents[at]
        if at is not None and at in path:
            circular.update(path[path.index(at) :])
        done.update(path)
    if not circular and all(parent in known for parent in parents.values()):
        return quotes
    return [
        attrs.evolve(quote, parent=None)
        if quote.id in circular or (quote.parent is not None and quote.parent not in known)
        else quote
        for quote in quotes
    ]

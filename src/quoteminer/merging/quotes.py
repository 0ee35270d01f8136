"""One place decides what happens when several extractors find the same quotation.

1. Two finds of *different* extractors are the same quotation when their contents overlap by intersection over union of at
   least one half, counted in code points; their kinds do not matter. They also are when they have a cue in common and their
   contents share anything, unless one of them is direct and the other not: a cue reports one thing, but extractors differ on how far it
   reaches, and a few words in marks within a report can be a quotation of their own. A report in running words whose cue or source lies in
   what is said in a turn is nested in it, never the same.
   Each find has at most one partner in each extractor: the one that overlaps most. What a single extractor gives is never merged with
   itself, so nested and repeated quotes survive.
2. Silence counts. An extractor may say how much its silence tells: by what factor the odds of somebody else's find fall that it did
   not make, although it found quotations of that kind in the document (``QuoteExtractor.silence``; 0.4 where it does not say). It is
   near 1 for one that misses much, or that makes the mistakes of the others as well; near 0 for one that misses little and is rarely wrong
   with them. It may depend on the scope that is asked for, because that is what an extractor was made for, and on the kind of the find and
   whether it is nested in another.
3. Of the same quotation the find of the extractor whose silence tells most keeps its boundaries, kind and modality: it knows such texts best. But one that
   has all of that content behind its cue, and further parts behind it, goes on with it: a report may go on over sentences.
   Ties: the highest confidence, then the one with a source, then the longer one, then the name of the extractor. Where some
   call it direct, it is the first of those: quotation marks are in the text, and no guess at how far a report reaches knows better. Unless
   a mixed find of an extractor whose silence tells more holds all of it: that one knows the marks too, and what else belongs to them.
4. Its cue and source come from the first find, in the same order, that has one of them, provided that they lie outside the boundaries kept:
   cue and source go together, and that there is no source ("it was said") is an answer too. Of a direct one a find with a source goes first:
   somebody has spoken, and who is silent on that has not seen it.
5. The confidence is that at least one find is right, ``1 - (1 - c1)(1 - c2)…``, at most 0.99. A find in running text that stands
   alone is doubted for the silence of each other extractor; one that has less than 0.5 left is dropped if an extractor doubts it that said how much its
   silence tells; with a factor of 1 it tells nothing. An extractor that does not tell the kinds apart doubts a direct one by 0.4 at most, because its marks are there to see.
   Extractors that are wrong are wrong together more often than by chance: where one of them said how much its silence tells, the chance ``d`` that
   a quote in running text is wrong is at last ``d ** 0.8``.
6. The provenance names all extractors, the winner first.
7. A find that stands alone, has the cue of a larger quotation and lies at least by half in its content is a piece of that quotation. It is
   dropped if the other comes from an extractor that said how much its silence tells. This is how extractors differ on a quotation that something
   interrupts. A direct one is a piece of one that is not direct only where rule 3 gives that one the marks.
8. Parents are carried over to the merged quotes; a quote whose parent was dropped, or does not enclose it with the boundaries kept, has the
   parent of that. What has no parent and lies in a turn that only other extractors found has that turn.

The result does not depend on the order of the extractors or of the finds, and reconciling a result again changes nothing.

Time grows as n log n, whatever the finds are: see :mod:`quoteminer.merging.overlap`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import attrs

from ..annotations import Quote, encloses, joined, quote_order, with_ids
from ..spans import Span
from . import overlap

SAME: Final = 0.5
HIGHEST: Final = 0.99
SILENCE: Final = 0.4
"""Factor for the odds; chosen on development texts: of 0.3, 0.4, 0.5, 0.7 and 1 it gives the smallest calibration error in news and in
hard cases, for two extractors that are not told apart."""
DROPPED: Final = 0.5
TOGETHER: Final = 0.8
"""On the part of the open corpus for tuning the calibration error of both bundled extractors is .017 with it and .032 with 1, by language .014 to .045 and .027 to
.054; .75 and .9 are nearly as good."""
_NOWHERE: Final = Span(0, 1)

_Merged = tuple[Quote, list[tuple[str, Quote]]]
"""A quotation and the finds, with their extractors, that it comes from."""
_Dropped = dict[tuple[str, str], str | None]
"""The parents of finds that were dropped, by extractor and id there."""


NESTED: Final = "nested"
"""How much silence tells of a find that has a parent, whatever its kind."""
Silence = float | Mapping[str, float]
"""A factor for the odds, or factors by kind, and for what is ``nested``."""


def reconcile(results: Iterable[tuple[str, Sequence[Quote]]], silence: Mapping[str, Silence] | None = None) -> list[Quote]:
    """Merge what several extractors found, by the rules of this module.

    Args:
        results: name of the extractor and its quotes, one pair an extractor. ``id`` and ``parent`` of the quotes are
            local to their extractor.
        silence: how much the silence of an extractor tells, by name: a factor for the odds, above 0 and at most 1, or such factors by
            ``direct``, ``indirect``, ``mixed`` and ``nested``; of what is not among them, and without any, 0.4.

    Returns:
        quotes in text order with ids ``q1``, ``q2``, …
    """
    given = [(name, list(quotes)) for name, quotes in results if quotes]
    merged, dropped = _joined(given, silence or {})
    merged.sort(key=lambda item: _canonical(item[0]))
    if len(given) > 1 and any(name in (silence or {}) for name, _ in given):
        merged = [(_tempered(quote), group) for quote, group in merged]
    final = _with_parents(merged, dropped)
    if len(given) > 1:
        final = _in_turns(final, [{name for name, _ in group} for _, group in merged])
    return _enclosed(_without_circles(final))


def _joined(given: list[tuple[str, list[Quote]]], told: Mapping[str, Silence]) -> tuple[list[_Merged], _Dropped]:
    """What is kept, the same quotation once, and what is dropped: the finds that too many did not make, and pieces of others."""
    kinds = {name: {quote.kind for quote in quotes} for name, quotes in given}
    merged: list[_Merged] = []
    dropped: _Dropped = {}
    for group in _groups(given):
        (name, quote), *others = group
        if others:
            merged.append((_merge(group, told), group))
            continue
        # What layout tells stands in no sentence: who reads sentences has nothing to say of it.
        running = quote.layout == "running"
        silent = [other for other, found in kinds.items() if running and other != name and quote.kind in found]
        if silent:
            quote = attrs.evolve(quote, confidence=_doubted(quote, silent, told))
        if quote.confidence < DROPPED and any(other in told and _factor(told, other, quote) < 1.0 for other in silent):
            dropped[name, quote.id] = quote.parent
        else:
            merged.append((quote, group))
    pieces = _pieces(merged, told) if told else set()
    for number in pieces:
        ((name, quote),) = merged[number][1]
        dropped[name, quote.id] = quote.parent
    return [item for number, item in enumerate(merged) if number not in pieces], dropped


def _tempered(quote: Quote) -> Quote:
    """The quote with rule 5's last word on its confidence; what is certain stays so, and so does what layout tells, which one extractor sees alone."""
    if quote.layout != "running":
        return quote
    return attrs.evolve(quote, confidence=round(1.0 - (1.0 - quote.confidence) ** TOGETHER, 6))


def _with_parents(merged: Sequence[_Merged], dropped: _Dropped) -> list[Quote]:
    """The merged quotes with their ids, and with the parents that the finds had among these."""
    ids = {(name, quote.id): f"q{number}" for number, (_, group) in enumerate(merged, 1) for name, quote in group if quote.id}
    final: list[Quote] = []
    for number, (quote, group) in enumerate(merged, 1):
        found = (ids.get((name, _kept(name, one.parent, dropped))) for name, one in group if one.parent is not None)
        parent = next((one for one in found if one is not None and one != f"q{number}"), None)
        final.append(with_ids(quote, id=f"q{number}", parent=parent))
    return final


def _in_turns(quotes: list[Quote], finders: Sequence[set[str]]) -> list[Quote]:
    """Reports without a parent that lie in a turn which only other extractors found, with that as their parent; quotes are in text order."""
    turns = [number for number, quote in enumerate(quotes) if quote.layout != "running"]
    starts = [quotes[number].content[0].start for number in turns]
    result = []
    for number, quote in enumerate(quotes):
        at = bisect_right(starts, quote.content[0].start) - 1
        if at >= 0 and quote.layout == "running" and quote.parent is None and turns[at] != number:
            turn = quotes[turns[at]]
            if finders[turns[at]].isdisjoint(finders[number]) and turn.content != quote.content and encloses(turn, quote):
                quote = with_ids(quote, parent=turn.id)
        result.append(quote)
    return result


def _kept(extractor: str, parent: str, dropped: _Dropped) -> str:
    """The parent, or the nearest one around it that was not dropped; local ids of one extractor."""
    seen: set[str] = set()
    while parent not in seen and (around := dropped.get((extractor, parent))) is not None:
        seen.add(parent)
        parent = around
    return parent


def _groups(results: list[tuple[str, list[Quote]]]) -> list[list[tuple[str, Quote]]]:
    if len(results) == 1:
        name, quotes = results[0]
        return [[(name, quote)] for quote in quotes]
    # In an order of their own, so that neither extractors nor finds decide anything by coming first.
    ordered = [(name, sorted(quotes, key=_canonical)) for name, quotes in sorted(results, key=lambda item: item[0])]
    hulls = [[(quote.content[0].start, quote.content[-1].end) for quote in quotes] for _, quotes in ordered]
    pairs = [
        (-value, hulls[a][i], hulls[b][j], a, i, b, j)
        for a, b in combinations(range(len(ordered)), 2)
        for value, i, j in _pairs(ordered[a][1], ordered[b][1])
    ]
    pairs.sort()
    group_of: dict[tuple[int, int], dict[int, int]] = {}
    for _, _, _, a, i, b, j in pairs:
        left = group_of.setdefault((a, i), {a: i})
        right = group_of.setdefault((b, j), {b: j})
        if left is right or left.keys() & right.keys():
            continue
        left.update(right)
        for extractor, index in right.items():
            group_of[extractor, index] = left
    groups: list[list[tuple[str, Quote]]] = []
    seen: set[int] = set()
    for extractor, (_, quotes) in enumerate(ordered):
        for index in range(len(quotes)):
            members = group_of.setdefault((extractor, index), {extractor: index})
            if id(members) not in seen:
                seen.add(id(members))
                groups.append([(ordered[e][0], ordered[e][1][i]) for e, i in sorted(members.items())])
    return groups


def _pairs(left: list[Quote], right: list[Quote]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be the same quotation, with their overlap."""

    def value(i: int, j: int, common: int, left_size: int, right_size: int) -> float:
        if _reported_inside(left[i], right[j]) or _reported_inside(right[j], left[i]):
            return 0.0
        part = common / (left_size + right_size - common)
        return part if part >= SAME or _one_cue(left[i], right[j]) else 0.0

    return overlap.partners([quote.content for quote in left], [quote.content for quote in right], value)


def _reported_inside(report: Quote, turn: Quote) -> bool:
    """Whether running words report something within a turn: who says it stands among what is said there."""
    if report.layout != "running" or turn.layout == "running":
        return False
    mentions = (*report.cue, *(() if report.source is None else (report.source,)))
    return any(span.start <= mention.start and mention.end <= span.end for mention in mentions for span in turn.content)


def _pieces(merged: Sequence[_Merged], told: Mapping[str, Silence]) -> set[int]:
    """Which of the quotes are pieces of others: alone, with a cue in common and in the content of what one of ``told`` found."""
    by_cue = sorted((cue.start, number) for number, (quote, _) in enumerate(merged) for cue in quote.cue)
    sizes = [overlap.size(quote.content) for quote, _ in merged]
    found: set[int] = set()
    for number, (quote, group) in enumerate(merged):
        if len(group) > 1 or quote.confidence == 1:
            continue
        own = group[0][0]
        work = 0
        for cue in quote.cue:
            at = bisect_left(by_cue, (cue.start, -1))
            for place in overlap.nearest(len(by_cue), at):
                other = by_cue[place][1]
                whole, finds = merged[other]
                factors = [_factor(told, name, find) for name, find in finds if name != own and name in told]
                if number == other or not factors or sizes[number] >= sizes[other]:
                    continue
                work += len(quote.content) + len(whole.content) + len(quote.cue) + len(whole.cue)
                if _piece(quote, whole, sizes[number], more=min(factors) < _factor(told, own, quote)):
                    found.add(number)
            # Where all cues of a text lie over each other, or one quotation has thousands.
            if number in found or work > overlap.WORK:
                break
    return found


def _piece(quote: Quote, whole: Quote, size: int, *, more: bool) -> bool:
    """Whether a find of ``size`` is a piece of a larger one; ``more``: the silence of an extractor of the other tells more than that of its own."""
    if not _share_cue(quote, whole):
        return False
    if quote.kind == "direct" and whole.kind != "direct":
        return more and _knows_marks(whole, quote)
    return overlap.shared(quote.content, whole.content) >= SAME * size


def _knows_marks(mixed: Quote, direct: Quote) -> bool:
    """Whether a mixed find holds all of a direct one: then its extractor has seen the marks and takes more together."""
    return mixed.kind == "mixed" and overlap.shared(direct.content, mixed.content) == overlap.size(direct.content)


def _one_cue(left: Quote, right: Quote) -> bool:
    if (left.kind == "direct") != (right.kind == "direct"):
        return False
    return _share_cue(left, right)


def _share_cue(left: Quote, right: Quote) -> bool:
    return overlap.shared(left.cue, right.cue) > 0


def _canonical(quote: Quote) -> tuple[object, ...]:
    """Sort key over all that a quote is: :func:`quote_order`, then the rest."""
    start, back, extractor, *number = quote_order(quote)
    return (
        start,
        back,
        extractor,
        quote.content,
        quote.kind,
        quote.cue,
        quote.source or _NOWHERE,
        -quote.confidence,
        quote.modality,
        quote.provenance.version,
        repr(quote.provenance.detail),
        repr((quote.cue_lemma, quote.addressee_mention, quote.layout)),
        number,
    )


def _merge(group: list[tuple[str, Quote]], silence: Mapping[str, Silence]) -> Quote:
    told = [
        (_factor(silence, name, quote), quote)
        for name, quote in sorted(
            group,
            key=lambda item: (
                _factor(silence, *item),
                -item[1].confidence,
                item[1].source is None,
                -(item[1].span.end - item[1].span.start),
                item[1].provenance.extractor,
                item[1].content,
            ),
        )
    ]
    ranked = [quote for _, quote in told]
    best = _bounds(told)
    attributed = _attributed(ranked, best)
    doubt = 1.0
    for quote in ranked:
        doubt *= 1.0 - quote.confidence
    return attrs.evolve(
        best,
        cue=attributed.cue or best.cue,
        cue_lemma=attributed.cue_lemma if attributed.cue else best.cue_lemma,
        source=attributed.source,
        addressee_mention=next(
            (quote.addressee_mention for quote in (attributed, *ranked) if quote.addressee_mention is not None), None
        ),
        layout=next((quote.layout for quote in (best, *ranked) if quote.layout != "running"), "running"),
        confidence=max(min(HIGHEST, 1.0 - doubt), *(quote.confidence for quote in ranked)),
        provenance=joined([best.provenance, *(quote.provenance for quote in ranked if quote is not best)]),
    )


def _bounds(told: Sequence[tuple[float, Quote]]) -> Quote:
    """Which of the finds keeps its boundaries; they are in order, each with how much the silence of its extractor tells."""
    most, first = told[0]
    for factor, quote in told:
        if quote.kind == "direct":
            return first if most < factor and _knows_marks(first, quote) else quote
    return next((quote for _, quote in told if _goes_on(quote, first)), first)


def _goes_on(longer: Quote, quote: Quote) -> bool:
    """Whether a find has all the content of another, and more parts behind that and its cue, such as further sentences."""
    known = len(quote.content)
    if len(longer.content) <= known or longer.content[:known] != quote.content or not longer.cue:
        return False
    return longer.cue[0].start < longer.content[0].start


def _attributed(ranked: Sequence[Quote], best: Quote) -> Quote:
    """Which of the finds of a quotation gives its cue and source; ``best`` keeps the boundaries."""
    told = [quote for quote in ranked if (quote.cue or quote.source is not None) and _outside(quote, best)]
    if best.kind == "direct":
        told.sort(key=lambda quote: quote.source is None)
    return told[0] if told else best


def _outside(quote: Quote, best: Quote) -> bool:
    """Whether cue and source of a find lie outside the content of another; those of the other itself are taken as they are."""
    if quote is best:
        return True
    source = () if quote.source is None else (quote.source,)
    return not overlap.shared(quote.cue, best.content) and not overlap.shared(source, best.content)


def _factor(silence: Mapping[str, Silence], name: str, quote: Quote) -> float:
    """How much the silence of an extractor tells of such a find, be it its own or another's."""
    told = silence.get(name, SILENCE)
    if not isinstance(told, Mapping):
        return told
    if quote.parent is not None and NESTED in told:
        return told[NESTED]
    return told.get(quote.kind, SILENCE)


def _doubted(alone: Quote, silent: Iterable[str], silence: Mapping[str, Silence]) -> float:
    """The confidence of a find that others did not make: its odds fall by the factor of each; certainty stays."""
    odds = alone.confidence
    for name in silent:
        factor = _factor(silence, name, alone)
        apart = isinstance(silence.get(name), Mapping)
        odds *= max(factor, SILENCE) if alone.kind == "direct" and not apart else factor
    return round(odds / (odds + 1.0 - alone.confidence), 6)


def _enclosed(quotes: list[Quote]) -> list[Quote]:
    """Boundaries may come from another extractor than parents: a parent that no longer encloses its quote gives way to the nearest around it that does."""
    by_id = {quote.id: quote for quote in quotes}
    final: list[Quote] = []
    for quote in quotes:
        parent = quote.parent
        # Further out than this nobody looks, so that a long chain takes no quadratic time.
        for _ in range(overlap.NEAR):
            if parent is None or encloses(by_id[parent], quote):
                break
            parent = by_id[parent].parent
        else:
            parent = None
        final.append(quote if parent == quote.parent else with_ids(quote, parent=parent))
    return final


def _without_circles(quotes: list[Quote]) -> list[Quote]:
    """Two extractors can disagree on which of two quotes is the outer one; then neither keeps its parent."""
    parents = {quote.id: quote.parent for quote in quotes if quote.parent is not None}
    circular: set[str] = set()
    done: set[str] = set()
    for start in parents:
        # Each with its place on the path.
        path: dict[str, int] = {}
        at = start
        while at in parents and at not in done and at not in path:
            path[at] = len(path)
            at = parents[at]
        if at in path:
            circular.update(list(path)[path[at] :])
        done.update(path)
    return [with_ids(quote, parent=None) if quote.id in circular else quote for quote in quotes]

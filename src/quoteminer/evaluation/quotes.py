"""Quotations against gold, one document at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from ..vocabulary import QUOTE_KINDS
from .annotated import AnnotatedDocument, AnnotatedQuote, Entity
from .matching import Pairs, assign
from .speakers import aligned, same_entity, same_name, same_speaker
from .tallies import Tally
from .words import Units, Words

#: Metrics that are given by kind of quotation as well.
BY_KIND: Final = ("exact", "overlap", "attribution", "joint")
# Of equally good assignments that with more pairs wins, of those that with more agreement; small enough never to outweigh a word
# of difference in contents of up to a thousand words.
_PAIR: Final = 1e-4
_AGREEMENT: Final = 1e-7


@attrs.frozen(kw_only=True)
class Prepared:
    """A quotation with the words of its parts."""

    quote: AnnotatedQuote
    content: Units
    cue: Units
    sources: tuple[Units, ...]

    def source_shares_word(self, other: Prepared) -> bool:
        """Whether a source mention of either shares a word with one of the other; two without a source agree."""
        if not self.sources or not other.sources:
            return not self.sources and not other.sources
        return any(not left.isdisjoint(right) for left in self.sources for right in other.sources)

    def source_is_same(self, other: Prepared) -> bool:
        """Whether a source mention has the same words as one of the other; two without a source agree."""
        if not self.sources or not other.sources:
            return not self.sources and not other.sources
        return not set(self.sources).isdisjoint(other.sources)

    def cue_shares_word(self, other: Prepared) -> bool:
        """Whether the cues share a word; two without a cue agree."""
        return not self.cue.isdisjoint(other.cue) if self.cue or other.cue else True


def prepare(quotes: Sequence[AnnotatedQuote], words: Words) -> list[Prepared]:
    """The words of each quotation's parts."""
    return [
        Prepared(
            quote=quote,
            content=words.content(quote.content),
            cue=words.units(quote.cue),
            sources=tuple(words.units([span]) for span in quote.sources),
        )
        for quote in quotes
    ]


@attrs.frozen(kw_only=True)
class QuoteComparison:
    """The quotations of one document, gold and found, and which belong together.

    Attributes:
        pairs: indices of gold and found quotations that overlap enough, one to one.
        exact: the same for quotations with the very same words.
    """

    annotated: AnnotatedDocument
    words: Words
    gold: list[Prepared]
    found: list[Prepared]
    pairs: Pairs
    exact: Pairs
    has_sources: bool = True
    has_cues: bool = True
    has_nested: bool = True

    def attributed(self) -> Pairs:
        """The matched pairs whose source mentions share a word."""
        return [(i, j) for i, j in self.pairs if self.gold[i].source_shares_word(self.found[j])]


def compare_quotes(
    gold: AnnotatedDocument,
    found: AnnotatedDocument,
    *,
    has_sources: bool = True,
    has_cues: bool = True,
    has_nested: bool = True,
    direct_only: bool = False,
) -> QuoteComparison:
    """Assign what was found in a document to its gold.

    Args:
        has_sources, has_cues, has_nested: whether the gold's corpus annotates them at all; where it does not, they are not scored.
        direct_only: whether it annotates direct speech alone; then finds of other kinds that touch no gold are left out.
    """
    words = Words(gold.document.text, gold.document.language)
    left, right = prepare(gold.quotes, words), prepare(found.quotes, words)
    if direct_only:
        annotated = frozenset().union(*(item.content for item in left))
        right = [item for item in right if item.quote.kind == "direct" or not item.content.isdisjoint(annotated)]
    contents = [item.content for item in left], [item.content for item in right]

    def likeness(i: int, j: int) -> float:
        a, b = left[i], right[j]
        return _PAIR + _AGREEMENT * (2 * a.source_shares_word(b) + (a.cue == b.cue) + (a.quote.kind == b.quote.kind))

    return QuoteComparison(
        annotated=gold,
        words=words,
        gold=left,
        found=right,
        pairs=assign(*contents, bonus=likeness),
        exact=assign(*contents, at_least=1.0, bonus=likeness),
        has_sources=has_sources,
        has_cues=has_cues,
        has_nested=has_nested,
    )


def quote_tally(comparison: QuoteComparison) -> Tally:
    """The metrics of one document; the names are explained in ``docs/evaluation.md``."""
    tally = Tally()
    gold, found = comparison.gold, comparison.found
    _count(tally, "exact", comparison, comparison.exact)
    _count(tally, "overlap", comparison, comparison.pairs)
    if comparison.has_nested:
        tally.add(
            "overlap:nested",
            sum(found[j].quote.nested for _, j in comparison.pairs),
            sum(item.quote.nested for item in found),
            sum(gold[i].quote.nested for i, _ in comparison.pairs),
            sum(item.quote.nested for item in gold),
        )
    if comparison.has_sources:
        _count(tally, "attribution", comparison, comparison.attributed())
        same = [(i, j) for i, j in comparison.pairs if gold[i].source_is_same(found[j])]
        _count(tally, "attribution.same", comparison, same)
    if comparison.has_cues:
        _count(tally, "cue", comparison, [(i, j) for i, j in comparison.pairs if gold[i].cue_shares_word(found[j])])
    if comparison.has_sources and comparison.has_cues:
        joint = [(i, j) for i, j in comparison.exact if gold[i].source_is_same(found[j]) and gold[i].cue == found[j].cue]
        _count(tally, "joint", comparison, joint)

    wanted = frozenset().union(*(item.content for item in gold))
    given = frozenset().union(*(item.content for item in found))
    shared = len(wanted & given)
    tally.add("tokens", shared, len(given), shared, len(wanted))

    known = [(i, j) for i, j in comparison.pairs if gold[i].quote.kind is not None]
    tally.share("kind", sum(gold[i].quote.kind == found[j].quote.kind for i, j in known), len(known))
    _count_speakers(tally, comparison)
    return tally


def _count(tally: Tally, name: str, comparison: QuoteComparison, right: Pairs) -> None:
    """Count overall and by kind: what was found counts under the kind that was found, gold under its own."""
    gold, found = comparison.gold, comparison.found
    tally.add(name, len(right), len(found), len(right), len(gold))
    if name not in BY_KIND:
        return
    for kind in QUOTE_KINDS:
        tally.add(
            f"{name}:{kind}",
            sum(found[j].quote.kind == kind for _, j in right),
            sum(item.quote.kind == kind for item in found),
            sum(gold[i].quote.kind == kind for i, _ in right),
            sum(item.quote.kind == kind for item in gold),
        )


def _count_speakers(tally: Tally, comparison: QuoteComparison) -> None:
    """Of the matched quotations whose speaker the gold knows, those with the right one; none found is wrong."""
    right = names = entities = total = 0
    speakers: list[tuple[Entity, Entity | None]] = []
    for i, j in comparison.pairs:
        wanted, given = comparison.gold[i].quote.speaker, comparison.found[j].quote.speaker
        if wanted is None:
            continue
        total += 1
        speakers.append((wanted, given))
        if given is not None:
            named = same_name(wanted, given)
            names += named
            right += named or same_speaker(wanted, given)
            entities += named or same_entity(wanted, given, comparison.words)
    tally.share("speaker", right, total)
    tally.share("speaker.name", names, total)
    tally.share("speaker.entity", entities, total)
    tally.share("speaker.aligned", aligned(speakers), total)
    of_kind = [(wanted.kind, None if given is None else given.kind) for wanted, given in speakers if wanted.kind is not None]
    tally.share("speaker.kind", sum(wanted == given for wanted, given in of_kind), len(of_kind))
    direct = [item for item in comparison.found if item.quote.kind == "direct"]
    tally.share("speaker.given:direct", sum(item.quote.speaker is not None for item in direct), len(direct))
    tally.share("speaker.given", sum(item.quote.speaker is not None for item in comparison.found), len(comparison.found))

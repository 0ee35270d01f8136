"""How much the silence of each extractor tells, and what merging by it gives: ``python -m tests.benchmarks.merging [PLUGIN …]``.

Reads the part of the open corpus for tuning, or what ``--gold`` names. The factors (``QuoteExtractor.silence``) are, by kind, the share of another's right finds that an extractor misses
over the share of its wrong ones, where it found quotations of that kind in the document at all. The table shows them at work: fitted on the writers of
four fifths, used on those of the last, so that no figure is of texts that a factor was fitted on. Needs the extra ``evaluation`` and ``quoteminer-seeds``.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from quoteminer import Extraction, Miner, Quote, Scope
from quoteminer.evaluation import AnnotatedDocument, from_extraction, read_annotated, seeds
from quoteminer.evaluation.quotes import QuoteComparison, compare_quotes
from quoteminer.merging import overlap
from quoteminer.merging.quotes import NESTED, SAME, reconcile
from quoteminer.vocabulary import SCOPES

from . import page

LANGUAGES: Final = ("en", "de", "fr", "es")
KINDS: Final = ("direct", "indirect", "mixed", NESTED)
FOLDS: Final = 5
_LEAST, _MOST = 0.01, 1.0

Factors = Mapping[str, Mapping[str, float]]


class Read(NamedTuple):
    """A document with what each extractor finds in it, by name."""

    gold: AnnotatedDocument
    found: Mapping[str, Sequence[Quote]]

    @property
    def writer(self) -> str:
        """Who wrote it; documents of other corpora stand for themselves."""
        name = self.gold.document.id
        return name.rpartition("-")[0] if self.gold.corpus == "seeds" else name


def read(documents: Iterable[AnnotatedDocument], plugins: Sequence[str], scope: Scope = "speech") -> list[Read]:
    """Mine documents with each plugin alone; its quotation extractor is named after it."""
    miners = {f"{plugin}.quotes": Miner([plugin], scope=scope) for plugin in plugins}
    return [Read(one, {name: miner.mine(one.document).quotes for name, miner in miners.items()}) for one in documents]


def kind(quote: Quote) -> str:
    """The cell that a find is counted in."""
    return NESTED if quote.parent is not None else quote.kind


def fit(parts: Iterable[Read]) -> dict[str, dict[str, float]]:
    """The factors by extractor and kind."""
    finds: Counter[tuple[str, str, bool]] = Counter()
    misses: Counter[tuple[str, str, bool]] = Counter()
    for part in parts:
        for name, quotes in part.found.items():
            right = {j for _, j in _compared(part.gold, quotes).pairs}
            for other, theirs in part.found.items():
                kinds = {quote.kind for quote in theirs}
                for number, quote in enumerate(quotes):
                    if other != name and quote.kind in kinds:
                        cell = (other, kind(quote), number in right)
                        finds[cell] += 1
                        misses[cell] += not any(_same(quote, one) for one in theirs)
    factors: dict[str, dict[str, float]] = defaultdict(dict)
    for name, place in sorted({(name, place) for name, place, _ in finds}):
        missed = [(misses[name, place, sure] + 0.5) / (finds[name, place, sure] + 1) for sure in (True, False)]
        factors[name][place] = round(min(_MOST, max(_LEAST, missed[0] / missed[1])), 2)
    return dict(factors)


def _same(left: Quote, right: Quote) -> bool:
    """As merging has it, nearly: half of the words, or one cue."""
    if overlap.overlap(left.content, right.content) >= SAME:
        return True
    return (left.kind == "direct") == (right.kind == "direct") and overlap.shared(left.cue, right.cue) > 0


def _compared(gold: AnnotatedDocument, quotes: Sequence[Quote]) -> QuoteComparison:
    return compare_quotes(gold, from_extraction(Extraction(gold.document, own(quotes))))


def own(quotes: Sequence[Quote]) -> list[Quote]:
    """Without speakers, whom merging has not seen yet."""
    return [attrs.evolve(quote, speaker=None, addressee=None, speaker_confidence=None) for quote in quotes]


class Tally:
    """Right, found and annotated quotations by measure and kind."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, gold: AnnotatedDocument, quotes: Sequence[Quote]) -> None:
        compared = _compared(gold, quotes)
        wanted = [NESTED if item.quote.nested else item.quote.kind or "" for item in compared.gold]
        for what, cells in (("gold", wanted), ("found", [kind(quote) for quote in quotes])):
            self.counts.update((what, cell) for cell in cells)
        for what, pairs in (("overlap", compared.pairs), ("exact", compared.exact), ("source", compared.attributed())):
            self.counts.update((f"{what}, recalled", wanted[i]) for i, _ in pairs)
            self.counts.update((f"{what}, right", kind(quotes[j])) for _, j in pairs)

    def f1(self, what: str, cells: Sequence[str]) -> float:
        """In per cent: precision over what was found of some kinds, recall over what is annotated of them."""

        def share(part: str, whole: str) -> float:
            total = sum(self.counts[whole, cell] for cell in cells)
            return sum(self.counts[f"{what}, {part}", cell] for cell in cells) / total if total else 0.0

        precision, recall = share("right", "found"), share("recalled", "gold")
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def crossed(parts: Sequence[Read], folds: int = FOLDS) -> list[list[Quote]]:
    """What merging gives each document with the factors of the other writers."""
    writers = sorted({part.writer for part in parts})
    fold_of = {writer: number % folds for number, writer in enumerate(writers)}
    fitted = [fit(part for part in parts if fold_of[part.writer] != number) for number in range(folds)]
    return [reconcile(list(part.found.items()), fitted[fold_of[part.writer]]) for part in parts]


def main() -> None:
    """Print the factors and the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("plugin", nargs="*", default=["rules", "neural"])
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="(repeatable)")
    parser.add_argument("--gold", nargs="+", help="annotated texts, JSON Lines")
    parser.add_argument("--scope", choices=SCOPES, default="speech")
    given = parser.parse_args()
    chosen = given.language or LANGUAGES
    documents = (
        [one for language in chosen for one in seeds("tune", language)]
        if not given.gold
        else list(read_annotated(given.gold, []))
    )
    parts = read(documents, given.plugin, given.scope)
    chosen = [language for language in chosen if any(part.gold.document.language == language for part in parts)]
    for name, factors in fit(parts).items():
        print(name, factors)
    merged = crossed(parts)
    rows = []
    for language in chosen:
        for name in (*parts[0].found, "together"):
            tally = Tally()
            for part, both in zip(parts, merged, strict=True):
                if part.gold.document.language == language:
                    tally.add(part.gold, both if name == "together" else part.found[name])
            cells = [(what, KINDS) for what in ("overlap", "exact", "source")] + [("overlap", (cell,)) for cell in KINDS]
            rows.append([language, name, *(f"{tally.f1(what, among):.1f}" for what, among in cells)])
    print(page.table(["language", "", "overlap", "exact", "same source", *KINDS], rows))


if __name__ == "__main__":
    main()

"""What becomes of the quotations of articles that were written beside their transcripts, and how right that is."""

from __future__ import annotations

import functools
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from quoteminer import Document, Extraction, Quote, Span, Speaker
from quoteminer.evaluation.bootstrap import LEVEL, weights
from quoteminer.formats import read_stream
from quoteminer.verification import Checker, Finding
from quoteminer.verification.lexicon import Lexicon, Lexicons
from quoteminer.verification.voices import person_called, same

from .packs import miner

if TYPE_CHECKING:
    from seeds.tools.pairs import Pair, Truth

#: Of a quotation or of what is found so much must lie in the other, that the verdict on one is the verdict on both.
_SHARED: Final = 0.5
#: Changes that weigh less are other spellings.
_SPELLING: Final = 0.1
_AGAINST: Final = ("other_speaker", "no_such_speaker")
_MEANING: Final = frozenset(["negation", "number", "unit", "name", "modal", "quantifier", "tense", "condition"])


@attrs.frozen
class Judged:
    """A quotation, what is true of it, and what was said of it.

    Attributes:
        finding: ``None`` where the miner finds no such quotation.
        voice: whether whoever is told to say the words in the source is the one who does; ``None`` where one of both is not told.
    """

    pair: str
    truth: Truth
    finding: Finding | None
    voice: bool | None

    @property
    def verdict(self) -> str:
        """That which was given."""
        return "not mined" if self.finding is None else self.finding.verdict

    @property
    def right(self) -> bool:
        """Whether it is the true one."""
        return self.verdict == self.truth.verdict

    @property
    def voice_right(self) -> bool:
        """Whether it is said that others have these words, or that nobody of that name speaks, where that is so and only there."""
        said, true = (verdict if verdict in _AGAINST else "" for verdict in (self.verdict, self.truth.verdict))
        return said == true

    @property
    def kinds(self) -> set[str]:
        """The kinds of changes that were found."""
        return set() if self.finding is None else {change.kind for change in self.finding.changes if change.weight > _SPELLING}


def judged(pairs: Iterable[Pair], *, mined: bool) -> Iterator[Judged]:
    """What is said of the quotations of each pair: of those that are annotated, or of those that the miner finds."""
    for pair in pairs:
        lexicon = _lexicons().of(pair.language)
        checker = Checker(list(sources_of(pair)), miner=miner())
        extraction = miner().mine(Document(pair.article, id=pair.id, language=pair.language))
        chosen: list[Finding | None] = []
        if mined:
            every = list(checker.check(extraction))
            chosen += [_matching(truth, every) for truth in pair.findings]
        else:
            found = {finding.quote.id: finding for finding in checker.check(annotated(pair, extraction, lexicon))}
            chosen += [found[quote_id(number)] for number in range(len(pair.findings))]
        for truth, finding in zip(pair.findings, chosen, strict=True):
            yield Judged(pair.id, truth, finding, None if finding is None else _voice(truth, finding, lexicon))


@functools.cache
def _lexicons() -> Lexicons:
    return Lexicons({pack.language: pack for pack in miner().components("quoteminer_languages")})


def quote_id(number: int) -> str:
    """The id of a quotation of a pair."""
    return f"q{number:04}"


def annotated_extraction(pair: Pair) -> Extraction:
    """The article of a pair with the quotations that are annotated."""
    mined = miner().mine(Document(pair.article, id=pair.id, language=pair.language))
    return annotated(pair, mined, _lexicons().of(pair.language))


def sources_of(pair: Pair) -> Iterator[Document]:
    """The sources, read as files with these words are."""
    for name, text in pair.sources.items():
        for document in read_stream(io.BytesIO(text.encode()), language=pair.language, name=name):
            if not isinstance(document, Document):
                raise ValueError(f"{pair.id}: {name}: {document.message}")
            yield document


def annotated(pair: Pair, mined: Extraction, lexicon: Lexicon) -> Extraction:
    """The article with the quotations that are annotated, and who says them by all that the miner knows of whoever has that name.

    What is reported without marks is annotated with the words that report it; where the miner finds what is said in them, this is taken.
    """
    quotes: list[Quote] = []
    speakers: dict[str, Speaker] = {}
    for number, truth in enumerate(pair.findings):
        spans = [Span(*span) for span in truth.spans]
        if not truth.marked:
            inside = [
                quote for quote in mined.quotes if quote.kind != "direct" and all(_within(span, spans) for span in quote.content)
            ]
            spans = list(max(inside, key=lambda quote: sum(map(len, quote.content))).content) if inside else spans
        name = truth.speaker
        if name is not None and name not in speakers:
            called = person_called(name, lexicon)
            known = [one for one in mined.speakers if one.name == name or name in {mined.document[span] for span in one.mentions}]
            known += [one for one in mined.speakers if called.named and same(called, person_called(one.name, lexicon))]
            speakers[name] = attrs.evolve(known[0], id=f"s{len(speakers)}") if known else Speaker(f"s{len(speakers)}", name)
        speaker = None if name is None else speakers[name].id
        quotes.append(Quote(spans, "direct" if truth.marked else "indirect", speaker=speaker, id=quote_id(number)))
    return Extraction(mined.document, quotes, list(speakers.values()))


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(one.contains(span) for one in spans)


def _matching(truth: Truth, findings: Sequence[Finding]) -> Finding | None:
    """The find that a quotation lies in, or that lies in it: what is found may be one quotation with the next, or the report without its verb."""
    spans = [Span(*span) for span in truth.spans]
    size = sum(map(len, spans))
    best, chosen = 0.0, None
    for finding in findings:
        theirs = finding.quote.content
        shared = sum(max(0, min(one.end, two.end) - max(one.start, two.start)) for one in spans for two in theirs)
        other = sum(map(len, theirs))
        likeness = shared / (size + other - shared)
        if shared >= _SHARED * min(size, other) and likeness > best:
            best, chosen = likeness, finding
    return chosen


def _voice(truth: Truth, finding: Finding, lexicon: Lexicon) -> bool | None:
    heard = [match.speaker for match in finding.matches if match.speaker is not None]
    if truth.said_by is None or not heard:
        return None
    true = person_called(truth.said_by, lexicon)
    return any(name == truth.said_by or same(true, person_called(name, lexicon)) is True for name in heard)


def _of_support(row: Judged) -> bool | None:
    return (
        None
        if row.finding is None or not row.truth.verdict == row.verdict == "paraphrase"
        else row.finding.support == row.truth.support
    )


def _of_meaning(row: Judged) -> bool | None:
    return None if row.finding is None or not _MEANING & set(row.truth.changes) else row.verdict != "verbatim"


_FIGURES: Final[dict[str, Callable[[Judged], bool | None]]] = {
    "verdict right": lambda row: None if row.finding is None else row.right,
    "in marks": lambda row: row.right if row.finding is not None and row.truth.marked else None,
    "without marks": lambda row: row.right if row.finding is not None and not row.truth.marked else None,
    "speaker verdict right": lambda row: None if row.finding is None else row.voice_right,
    "who says it in the source, where told": lambda row: row.voice,
    "support right, of reports called so": _of_support,
    "changed in meaning, not called verbatim": _of_meaning,
}


def report(rows: Sequence[Judged]) -> Iterator[str]:
    """The figures, each with the interval that holds it with 95 of 100 when the pairs are a sample of many."""
    pairs = sorted({row.pair for row in rows})
    yield f"{len(rows)} quotations of {len(pairs)} pairs, of which {sum(row.finding is not None for row in rows)} are judged"
    for name, figure in _FIGURES.items():
        yield f"{name}: {_share([(row.pair, good) for row in rows if (good := figure(row)) is not None], pairs)}"
    table = Counter((row.truth.verdict, row.verdict) for row in rows)
    said = sorted({verdict for pair in table for verdict in pair})
    yield f"| true, said | {' | '.join(said)} |"
    yield f"|---|{'---|' * len(said)}"
    for true in sorted({true for true, _ in table}):
        yield f"| {true} | {' | '.join(str(table[true, one] or '') for one in said)} |"
    altered = [row for row in rows if row.truth.verdict == row.verdict == "altered"]
    found, gold = sum(len(row.kinds) for row in altered), sum(len(set(row.truth.changes)) for row in altered)
    both = sum(len(row.kinds & set(row.truth.changes)) for row in altered)
    yield f"kinds of changes: precision {both / max(found, 1):.3f}, recall {both / max(gold, 1):.3f}, of {gold} in {len(altered)} altered ones"


def _share(counted: Sequence[tuple[str, bool]], pairs: Sequence[str]) -> str:
    if not counted:
        return "none"
    right, total = (
        np.array([count[pair] for pair in pairs])
        for count in (Counter(pair for pair, good in counted if good), Counter(pair for pair, _ in counted))
    )
    drawn = weights(len(pairs))
    low, high = np.percentile((drawn @ right) / np.maximum(drawn @ total, 1), LEVEL)
    return f"{right.sum() / total.sum():.3f} ({low:.3f} to {high:.3f}), {right.sum()} of {total.sum()}"

"""Errors, each with its likely cause, in the passage where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import attrs
import regex

from ..spans import Span
from .quotes import Prepared, QuoteComparison
from .speakers import same_entity, same_name

#: From what is worst to what is least.
CAUSES: Final = ("missed", "not a quotation", "merged", "split", "boundary", "wrong source", "wrong speaker")
_SENTENCE_END: Final = regex.compile(r"[.!?…]['’”\")»]*\s|\n\s*\n")
_REACH: Final = 300


@attrs.frozen(kw_only=True)
class Passage:
    """One side of an error.

    Attributes:
        id: id of the quotation.
        content, cue, sources: spans of the document's text, in code points.
        speaker: canonical name.
        confidence: ``None`` on the side of the gold.
    """

    id: str
    kind: str | None
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Span, ...]
    speaker: str | None
    confidence: float | None = None
    detail: str = ""


@attrs.frozen(kw_only=True)
class EvaluationError:
    """What went wrong at one place.

    Attributes:
        causes: likely causes, the first the main one; names from :data:`CAUSES`.
        context: the passage that holds everything, by sentences where they are short enough.
        text: the words of ``context``.
    """

    document_id: str
    corpus: str
    causes: tuple[str, ...]
    gold: tuple[Passage, ...]
    found: tuple[Passage, ...]
    context: Span
    text: str


def errors_of(comparison: QuoteComparison) -> list[EvaluationError]:
    """The errors of one document in text order.

    - ``missed``: gold that nothing found touches; ``not a quotation``: a find that touches no gold.
    - ``merged``: one find holds half or more of two gold quotations; ``split``: two finds lie half or more in one gold quotation.
    - ``boundary``: a find and gold share words, but not all.
    - ``wrong source``, ``wrong speaker``: a matched pair whose attribution differs.
    """
    gold, found = comparison.gold, comparison.found
    collected = [error for i, j in comparison.pairs if (error := _of_pair(comparison, gold[i], found[j])) is not None]
    matched_gold, matched_found = {i for i, _ in comparison.pairs}, {j for _, j in comparison.pairs}
    touching_gold, touching_found = _touching(comparison)
    told: set[int] = set()
    for i, item in enumerate(gold):
        if i in matched_gold:
            continue
        touched = touching_gold[i]
        covering = [j for j in touched if _inside(item, found[j])]
        holders = [j for j in covering if sum(_inside(gold[other], found[j]) for other in touching_found[j]) > 1]
        pieces = [j for j in touched if _inside(found[j], item)]
        if holders:
            causes, partners = ("merged",), holders[:1]
        elif len(pieces) > 1:
            causes, partners = ("split",), pieces
        elif touched:
            partners = [max(touched, key=lambda j: len(item.content & found[j].content))]
            causes = ("boundary",)
        else:
            causes, partners = ("missed",), []
        told.update(partners)
        collected.append(_error(comparison, causes, [item], [found[j] for j in partners]))
    for j, item in enumerate(found):
        if j in matched_found or j in told:
            continue
        homes = [i for i in touching_found[j] if _inside(item, gold[i])]
        if homes:
            causes, partners = ("split",), homes[:1]
        elif touching_found[j]:
            causes, partners = ("boundary",), touching_found[j][:1]
        else:
            causes, partners = ("not a quotation",), []
        collected.append(_error(comparison, causes, [gold[i] for i in partners], [item]))
    return sorted(collected, key=lambda error: (error.context.start, error.context.end, CAUSES.index(error.causes[0])))


def _touching(comparison: QuoteComparison) -> tuple[defaultdict[int, list[int]], defaultdict[int, list[int]]]:
    """For each gold quotation the finds that share a word with it, and the other way round."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for i, item in enumerate(comparison.gold):
        for unit in item.content:
            holders[unit].append(i)
    of_gold: defaultdict[int, list[int]] = defaultdict(list)
    of_found: defaultdict[int, list[int]] = defaultdict(list)
    for j, item in enumerate(comparison.found):
        for i in sorted({i for unit in item.content for i in holders.get(unit, ())}):
            of_gold[i].append(j)
            of_found[j].append(i)
    return of_gold, of_found


def _inside(part: Prepared, whole: Prepared) -> bool:
    """Whether at least half of ``part`` lies in ``whole``."""
    return 2 * len(part.content & whole.content) >= len(part.content)


def _of_pair(comparison: QuoteComparison, gold: Prepared, found: Prepared) -> EvaluationError | None:
    causes = []
    if comparison.has_sources and not gold.source_shares_word(found):
        causes.append("wrong source")
    wanted, given = gold.quote.speaker, found.quote.speaker
    if wanted is not None and (given is None or not (same_name(wanted, given) or same_entity(wanted, given, comparison.words))):
        causes.append("wrong speaker")
    if gold.content != found.content:
        causes.append("boundary")
    return _error(comparison, tuple(causes), [gold], [found]) if causes else None


def _error(
    comparison: QuoteComparison, causes: tuple[str, ...], gold: Iterable[Prepared], found: Iterable[Prepared]
) -> EvaluationError:
    document = comparison.annotated.document
    left, right = tuple(_passage(item, gold=True) for item in gold), tuple(_passage(item, gold=False) for item in found)
    context = _context(document.text, [span for side in (*left, *right) for span in (*side.content, *side.cue, *side.sources)])
    return EvaluationError(
        document_id=document.id,
        corpus=comparison.annotated.corpus,
        causes=causes,
        gold=left,
        found=right,
        context=context,
        text=document[context],
    )


def _passage(item: Prepared, *, gold: bool) -> Passage:
    quote = item.quote
    return Passage(
        id=quote.id,
        kind=quote.kind,
        content=quote.content,
        cue=quote.cue,
        sources=quote.sources,
        speaker=None if quote.speaker is None else quote.speaker.name,
        confidence=None if gold else quote.confidence,
        detail=quote.detail,
    )


def _context(text: str, spans: list[Span]) -> Span:
    """From the start of the first sentence to the end of the last, at most ``_REACH`` code points beyond the spans."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    # Where no sentence begins or ends so near, at least no word is cut.
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    for match in _SENTENCE_END.finditer(text, left, start):
        left = match.end()
    behind = _SENTENCE_END.search(text, max(end - 2, start), right)
    if behind is not None:
        right = max(behind.end(), end)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return Span(left, right)

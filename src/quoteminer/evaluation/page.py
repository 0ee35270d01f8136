"""A report as one HTML page that needs nothing else: tables, plots, and every error marked in its passage."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import attrs
import jinja2
import regex

from .. import __version__
from ..spans import Span
from ..vocabulary import QUOTE_KINDS
from .causes import CAUSES, EvaluationError, Passage
from .marking import SIDES, Piece, label, pieces
from .plots import plots
from .report import Report, Slice
from .tables import COLUMNS, metric_groups, metric_row, number, slice_groups, slice_rows

#: What each cause means, for those who read the page.
_MEANINGS: Final = {
    "missed": "gold that nothing found touches",
    "not a quotation": "a find that touches no gold",
    "merged": "one find holds several gold quotations",
    "split": "several finds lie in one gold quotation",
    "boundary": "a find and gold share words, but not all",
    "wrong source": "the source mentions share no word",
    "wrong speaker": "the source leads to someone else",
}
# Shown at the head of the page: those of them that the report has.
_KEY_FIGURES: Final = {
    "exact": "exact words",
    "overlap": "overlap",
    "attribution": "overlap and source",
    "joint": "exact, cue, source",
    "speaker.entity": "speaker right",
    "claims.overlap": "claims, overlap",
    "claims.sentences": "claim sentences",
    "ranking.map": "ranking, MAP",
}
# HTML cannot carry these, or readers would not see them: lone surrogates, control characters, noncharacters.
_UNSHOWABLE: Final = regex.compile(r"[\p{Surrogate}\p{Cc}\p{Noncharacter_Code_Point}--\t\n\r]", regex.V1)


@attrs.frozen(kw_only=True)
class _Field:
    """One thing that is said of a quotation; ``differs`` when the other side says another."""

    name: str
    value: str
    differs: bool = False


@attrs.frozen(kw_only=True)
class _SideOfError:
    title: str
    fields: tuple[_Field, ...]


@attrs.frozen(kw_only=True)
class _Shown:
    """An error as the page shows and filters it; what it is filtered by stands in lines, as no cause, kind or rule has several."""

    error: EvaluationError
    place: str
    causes: str
    pieces: tuple[Piece, ...]
    sides: tuple[_SideOfError, ...]
    kinds: str
    rules: str


def page(report: Report) -> str:
    """The report as an HTML page; equal reports give equal pages.

    Args:
        report: as :func:`quoteminer.evaluation.evaluate` gives it.

    Everything is in the page: no other file, no network, and without JavaScript only the filters are gone.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("quoteminer.evaluation", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = environment.get_template("page.js").render()
    shown = [_shown(error) for error in report.errors]
    text = environment.get_template("page.html").render(
        report=report,
        version=__version__,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        corpora=[part.name for part in report.slices if part.by == "corpus"],
        key_figures=_key_figures(report.all),
        columns=COLUMNS,
        groups=[
            (heading, [(metric.title, metric_row(metric, score)) for metric, score in rows])
            for heading, rows in metric_groups(report)
        ],
        slices=[(by, *slice_rows(parts)) for by, parts in slice_groups(report)],
        plots=plots(report),
        meanings=_MEANINGS,
        by_cause={cause: [item for item in shown if item.error.causes[0] == cause] for cause in CAUSES},
        facets=_facets(shown),
        causes_present={cause for error in report.errors for cause in error.causes},
        documents=sorted({error.document_id for error in report.errors}),
    )
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _key_figures(everything: Slice) -> list[tuple[str, str, str]]:
    """Title, F1 and its interval."""
    figures = []
    for name, title in _KEY_FIGURES.items():
        score = everything.metrics.get(name)
        if score is not None:
            ends = "" if score.interval is None else f"{score.interval[0]:.2f}–{score.interval[1]:.2f}"
            figures.append((title, number(score.f1), ends))
    return figures


def _facets(shown: Sequence[_Shown]) -> list[tuple[str, str, list[str]]]:
    """What can be chosen in a list: attribute of the errors, title, choices; the most frequent rules first."""
    corpora = dict.fromkeys(item.error.corpus for item in shown)
    kinds = {kind for item in shown for kind in item.kinds.splitlines()}
    rules = Counter(rule for item in shown for rule in item.rules.splitlines())
    facets: list[tuple[str, str, list[str]]] = [
        ("corpus", "Corpus", list(corpora)),
        ("kind", "Kind", [kind for kind in QUOTE_KINDS if kind in kinds]),
        ("rule", "Rule or model", sorted(rules, key=lambda rule: (-rules[rule], rule))),
    ]
    return [facet for facet in facets if len(facet[2]) > 1]


def _shown(error: EvaluationError) -> _Shown:
    passages = [*error.gold, *error.found]
    paired = len(error.gold) == len(error.found) == 1
    sides = []
    for side, here, there in zip(SIDES, (error.gold, error.found), (error.found, error.gold), strict=True):
        for index, passage in enumerate(here):
            other = there[0] if paired else None
            sides.append(_SideOfError(title=label(side, index, len(here)), fields=tuple(_fields(error, passage, other))))
    start, end = min(passage.content[0].start for passage in passages), max(passage.content[-1].end for passage in passages)
    return _Shown(
        error=error,
        place=f"{start:,}–{end:,}",
        causes=_lines(error.causes),
        pieces=tuple(pieces(error)),
        sides=tuple(sides),
        kinds=_lines(passage.kind for passage in passages),
        rules=_lines(_rule(passage.detail) for passage in error.found),
    )


def _lines(values: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(value for value in values if value))


def _rule(detail: str) -> str:
    """The component and the first word of its detail, which names the rule or the model; further words change from find to find."""
    return " ".join(detail.split()[:2])


def _fields(error: EvaluationError, passage: Passage, other: Passage | None) -> list[_Field]:
    """What is said of a quotation; beside its counterpart also what it lacks."""
    kinds_differ = other is not None and None not in (passage.kind, other.kind) and passage.kind != other.kind
    fields = [] if passage.kind is None else [_Field(name="kind", value=passage.kind, differs=kinds_differ)]
    for name, here, there in (
        ("source", _words(error, passage.sources), other and _words(error, other.sources)),
        ("cue", _words(error, passage.cue), other and _words(error, other.cue)),
        ("speaker", passage.speaker or "", other and other.speaker),
    ):
        differs = name in ("source", "speaker") and f"wrong {name}" in error.causes and other is not None
        if here or (there and differs):
            fields.append(_Field(name=name, value=here or "none", differs=differs))
    if passage.confidence is not None:
        fields.append(_Field(name="confidence", value=f"{passage.confidence:.2f}"))
    if passage.detail:
        fields.append(_Field(name="by", value=passage.detail))
    return fields


def _words(error: EvaluationError, spans: Sequence[Span]) -> str:
    start = error.context.start
    return " … ".join(error.text[span.start - start : span.end - start] for span in spans)

"""What an evaluation gives: every metric over all documents, by corpus and by language, with errors and calibration."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import attrs

from .. import __version__
from ..annotations import Issue
from ..spans import Span
from .calibration import Calibration, CurvePoint
from .causes import CAUSES, EvaluationError
from .tallies import Score

SCHEMA: Final = "quoteminer-evaluation/1"


@attrs.frozen(kw_only=True)
class Slice:
    """The metrics of some of the documents.

    Attributes:
        by: ``all``, ``corpus`` or ``language``.
        name: which corpus or language.
        metrics: scores by the names of ``docs/evaluation.md``.
    """

    by: str
    name: str
    documents: int
    metrics: dict[str, Score]


@attrs.frozen(kw_only=True)
class LengthClass:
    """Gold quotations of a length: how many there are, how many were found, how many with exact words."""

    low: int
    high: int | None
    gold: int
    found: int
    exact: int


@attrs.frozen(kw_only=True)
class Report:
    """What an evaluation found.

    Attributes:
        system: what was evaluated: plugins, or the file of the predictions.
        slices: all documents first, then each corpus and each language where there are several.
        calibration: of ``quote`` (the content is matched), ``attribution`` (with the right source), ``speaker`` (of matched ones) and
            ``check_worthiness``.
        curve: precision and recall by confidence.
        lengths: recall by length of the gold content.
        errors: of quotations, document by document.
        issues: gold that could not be read, documents without a prediction, corpora without quotations.
    """

    system: str
    slices: tuple[Slice, ...]
    calibration: dict[str, Calibration]
    curve: tuple[CurvePoint, ...]
    lengths: tuple[LengthClass, ...]
    errors: tuple[EvaluationError, ...]
    issues: tuple[Issue, ...]

    @property
    def all(self) -> Slice:
        """The metrics of all documents together."""
        return self.slices[0]

    def causes(self) -> dict[str, int]:
        """How many errors have each main cause."""
        counts = Counter(error.causes[0] for error in self.errors)
        return {cause: counts[cause] for cause in CAUSES if counts[cause]}

    def to_dict(self) -> dict[str, Any]:
        """The report as dicts and lists, ready for JSON; spans as ``[start, end]``."""

        return {
            "schema": SCHEMA,
            "quoteminer": __version__,
            **_plain(self),
            "causes": self.causes(),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if attrs.has(type(value)):
        return {field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value

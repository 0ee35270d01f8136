"""Measuring what plugins find against annotated documents. Needs the extra: ``pip install 'quoteminer[evaluation]'``.

>>> from quoteminer.evaluation import annotated, evaluate
>>> record = {"id": "a", "text": "“It works,” said Ada.", "quotes": [
...     {"content": [[1, 10]], "kind": "direct", "cue": [[12, 16]], "source": [[17, 20]]}]}
>>> report = evaluate([annotated(record, [])])
>>> report.all.metrics["joint"].f1
1.0
"""

from __future__ import annotations

from ..errors import ConfigurationError

try:
    # To say what is missing before anything fails half-way.
    import scipy  # noqa: F401
except ImportError as error:
    raise ConfigurationError(
        f"evaluation needs packages that are not installed ({error}); pip install 'quoteminer[evaluation]'", "evaluation", None
    ) from error

from .annotated import AnnotatedClaim, AnnotatedDocument, AnnotatedQuote, Entity, from_extraction
from .bootstrap import Difference
from .calibration import Bin, Calibration, CurvePoint
from .causes import EvaluationError, Passage
from .comparison import compare, evaluate
from .corpus import seeds
from .gold import annotated, read_annotated
from .report import LengthClass, Report, Slice
from .tallies import Score

__all__ = [
    "AnnotatedClaim",
    "AnnotatedDocument",
    "AnnotatedQuote",
    "Bin",
    "Calibration",
    "CurvePoint",
    "Difference",
    "Entity",
    "EvaluationError",
    "LengthClass",
    "Passage",
    "Report",
    "Score",
    "Slice",
    "annotated",
    "compare",
    "evaluate",
    "from_extraction",
    "read_annotated",
    "seeds",
]

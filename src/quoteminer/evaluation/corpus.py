"""The open corpus of quotations, speakers and claims that comes as the distribution ``quoteminer-seeds``."""

from __future__ import annotations

from typing import Final

from ..annotations import Issue
from ..errors import ConfigurationError, FormatError, shown
from .annotated import AnnotatedDocument
from .gold import read_annotated

SPLITS: Final = ("train", "tune", "test")


def seeds(split: str | None = None, language: str | None = None) -> list[AnnotatedDocument]:
    """The annotated documents of the open corpus.

    Args:
        split: ``train``, ``tune`` (for thresholds and calibration) or ``test``; ``None`` for all.
        language: ``en``, ``de``, ``fr`` or ``es``; ``None`` for all.

    Raises:
        ConfigurationError: when ``quoteminer-seeds`` is not installed, or there is no such split or language.

    >>> from quoteminer.evaluation import seeds
    >>> {document.document.language for document in seeds("tune", "de")}  # doctest: +SKIP
    {'de'}
    """
    try:
        from quoteminer_seeds import files
    except ImportError as error:
        message = "the corpus is not installed; pip install quoteminer-seeds (in a checkout: pip install -e seeds)"
        raise ConfigurationError(message, "evaluation", None) from error
    if split is not None and split not in SPLITS:
        raise ConfigurationError(f"split: {shown(split)} is not one of {', '.join(SPLITS)}", "evaluation", None)
    paths = files(split, language)
    if not paths:
        raise ConfigurationError(f"the corpus has nothing in the language {shown(language)}", "evaluation", None)
    issues: list[Issue] = []
    found = list(read_annotated(paths, issues))
    if issues:
        raise FormatError(f"quoteminer-seeds is damaged: {issues[0].message}")
    return found

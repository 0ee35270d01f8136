"""What a notebook shows of an extraction: a piece of HTML that needs nothing else."""

from __future__ import annotations

from .extraction import Extraction


def html(extraction: Extraction) -> str:
    return ""

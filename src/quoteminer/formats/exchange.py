"""Formats of annotation programs, written and read back. What a format cannot hold stands in ``docs/formats.md``, and a property test holds that list."""

from __future__ import annotations

from typing import Final

from .brat import BratFormat
from .conll import ConllFormat
from .doccano import DoccanoFormat
from .label_studio import LabelStudioFormat
from .prodigy import ProdigyFormat
from .tei import TeiFormat
from .web_annotation import WebAnnotationFormat

FORMATS: Final = {
    one.name: one
    for one in (
        BratFormat(),
        ConllFormat(),
        DoccanoFormat(),
        LabelStudioFormat(),
        ProdigyFormat(),
        TeiFormat(),
        WebAnnotationFormat(),
    )
}
"""The formats by name; each has ``write`` and ``read``."""

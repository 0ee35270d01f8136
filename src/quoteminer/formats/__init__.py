"""Formats: files to documents, extractions to files. One module a format; plugins may bring more."""

from __future__ import annotations

from .decoding import encoding_named
from .reading import Sources, read_path, read_stream
from .registry import CLAIM_FORMATS, ClaimFormat, claim_format_of, reader_named, reader_of, readers, writer_of, writers
from .walking import Identity, identity

__all__ = [
    "CLAIM_FORMATS",
    "ClaimFormat",
    "Identity",
    "Sources",
    "claim_format_of",
    "encoding_named",
    "identity",
    "read_path",
    "read_stream",
    "reader_named",
    "reader_of",
    "readers",
    "writer_of",
    "writers",
]

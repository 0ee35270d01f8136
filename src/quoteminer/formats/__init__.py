"""Formats: files to documents, extractions to files. One module a format; plugins may bring more."""

from __future__ import annotations

from .registry import read_path, read_stream, reader_for, readers, writer_named, writers

__all__ = ["read_path", "read_stream", "reader_for", "readers", "writer_named", "writers"]

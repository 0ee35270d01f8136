"""``QUOTEMINER_TRACE``: a line of JSON for each document that a component has worked on."""

from __future__ import annotations

import os
import sys
from typing import Final

from ..errors import ConfigurationError

TRACE_VARIABLE: Final = "QUOTEMINER_TRACE"
_STANDARD_ERROR: Final = ("1", "-")


class Tracer:
    """Writes lines to standard error (``1`` or ``-``) or to the end of a file, which several processes may share.

    Raises:
        ConfigurationError: when the file cannot be written.
    """

    def __init__(self, target: str) -> None:
        self._path = None if target in _STANDARD_ERROR else target
        if self._path is not None:
            self._append(b"")

    def line(self, component: str, document_id: str, seconds: float, count: int, error: str | None) -> None:
        """One component, one document."""
        import json

        values = {"component": component, "document": document_id, "seconds": round(seconds, 6), "count": count, "error": error}
        written = json.dumps(values) + "\n"
        if self._path is None:
            sys.stderr.write(written)
            sys.stderr.flush()
        else:
            self._append(written.encode("ascii"))

    def _append(self, data: bytes) -> None:
        assert self._path is not None
        try:
            # Opened each time and written at once: lines of threads and processes do not mix, and nothing stays open.
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            try:
                os.write(handle, data)
            finally:
                os.close(handle)
        except OSError as error:
            raise ConfigurationError(
                f"{TRACE_VARIABLE}: cannot write to {self._path!r} ({error.strerror})", TRACE_VARIABLE, self._path
            ) from None


def tracer() -> Tracer | None:
    """The tracer that the environment asks for."""
    target = os.environ.get(TRACE_VARIABLE, "")
    return Tracer(target) if target else None

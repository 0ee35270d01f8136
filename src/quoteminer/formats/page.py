"""The page that people show to others, as a format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from ..extraction import Extraction
from ..pictures import page


class PageWriter:
    """One HTML page about all documents, written when all have come; see :mod:`quoteminer.pictures.page`."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write the page."""
        stream.write(page(extractions).encode("utf-8"))
        stream.flush()

"""Many documents with who said what in them, in one file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ..document import Document
from ..extraction import Extraction
from ..mining.miner import Miner
from ..vocabulary import Scope
from . import rows, utterances
from .collecting import Collected, Run, to_refresh
from .folding import Folding
from .opening import connect, told
from .searching import Hit, search

_PATIENCE: Final = 60.0


class Archive:
    """A database of documents, quotations, speakers and claims: one SQLite file.

    Use it as a context manager, or close it. It belongs to the thread that opened it; other threads and processes open it for themselves.

    Args:
        path: the file; it is made when it is not there, unless ``create`` is false.
        create: whether it may be made.
        timeout: seconds to wait for another process that writes.

    Raises:
        ArchiveError: when it cannot be opened, is no archive, is damaged, or was written by a later version.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = True, timeout: float = _PATIENCE) -> None:
        self.path = Path(path)
        self._connection = connect(self.path, create=create, timeout=timeout)
        self._connection.row_factory = sqlite3.Row

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r})"

    def __len__(self) -> int:
        """The number of documents."""
        return int(self._one("SELECT count(*) FROM documents"))

    def __iter__(self) -> Iterator[Extraction]:
        """All that was found, a document at a time, in the order in which the documents came first."""
        with told(self.path):
            for row in rows.each(self._connection):
                yield rows.read(self._connection, row)

    def __getitem__(self, document_id: str) -> Extraction:
        """What was found in a document.

        Raises:
            KeyError: when the archive does not have it.
        """
        with told(self.path):
            row = self._connection.execute("SELECT * FROM documents WHERE id = ?", (rows.stored_id(document_id),)).fetchone()
            if row is None:
                raise KeyError(document_id)
            return rows.read(self._connection, row)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def collect(
        self,
        documents: Iterable[str | Document | None] | None = None,
        *,
        miner: Miner | None = None,
        workers: int | None = None,
        scope: Scope | None = None,
        refresh: bool = False,
        prune: bool = False,
        stored: Callable[[Extraction], object] | None = None,
    ) -> Collected:
        """Mine and store documents that the archive does not have as they are.

        A document is known by its id. One with a known id and another text, title, language or metadata takes the place of the old one; one
        that comes a second time in the same call, with another text, is stored under its id with a number, and an issue says so.

        Args:
            documents: read only as far as needed; ``None`` are those of the archive itself that ``refresh`` is about.
            miner: who mines; without one, all plugins do.
            workers, scope: as for :meth:`quoteminer.Miner.mine_many`.
            refresh: mine again what another version mined, or the same one with other options.
            prune: remove the documents that are not among ``documents``.
            stored: called with each extraction when it is stored for good.

        Raises:
            ArchiveError: when the archive cannot be written; what was stored stays.
        """
        run, extractions = self.collecting(documents, miner=miner, workers=workers, scope=scope, refresh=refresh)
        for extraction in extractions:
            if stored is not None:
                stored(extraction)
        if prune:
            self.prune(run)
        self.link(run.miner)
        return run.collected

    def collecting(
        self,
        documents: Iterable[str | Document | None] | None,
        *,
        miner: Miner | None = None,
        workers: int | None = None,
        scope: Scope | None = None,
        refresh: bool = False,
    ) -> tuple[Run, Iterator[Extraction]]:
        """As :meth:`collect`, step by step: the run, and the extractions as they are stored."""
        with told(self.path):
            run = Run(self._connection, miner or Miner(), workers=workers, scope=scope, refresh=refresh)
        return run, self._told(run.over(documents if documents is not None else to_refresh(self._connection, run.mark)))

    def prune(self, run: Run) -> int:
        """Remove the documents that did not come in a run that is complete; how many.

        Raises:
            ConfigurationError: when nothing came: an input that is empty by mistake must not empty the archive.
        """
        with told(self.path):
            return run.prune()

    def link(self, miner: Miner | None = None) -> None:
        """Find out which words are the same again, and who is one person across documents; :meth:`collect` does so at its end.

        Args:
            miner: whose languages are known; without one, those of all plugins.
        """
        with told(self.path):
            packs = (miner or Miner()).components("quoteminer_languages")
            utterances.link(self._connection, Folding(packs))

    def search(
        self,
        words: str | None = None,
        *,
        speaker: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = 20,
    ) -> list[Hit]:
        """Quotations that hold words, the best first; without words the newest first.

        Args:
            words: all of which must stand in a quotation, whatever their case and accents; ``"in quotation marks"`` side by side,
                ``flood*`` as the beginning of one.
            speaker: a name or a part of it in whole words.
            source: the outlet.
            since, until: dates of ISO 8601, also a year or a month alone; documents without a date are left out.
            limit: at most so many.
        """
        with told(self.path):
            return search(self._connection, words, speaker=speaker, source=source, since=since, until=until, limit=limit)

    def _told(self, items: Iterator[Extraction]) -> Iterator[Extraction]:
        with told(self.path):
            yield from items

    def _one(self, query: str, *values: Any) -> Any:
        with told(self.path):
            return self._connection.execute(query, values).fetchone()[0]

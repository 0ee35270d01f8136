"""Documents into an archive: what is new or has changed is mined and stored, in whole transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Final

import attrs

from ..annotations import Issue
from ..document import Document
from ..errors import ConfigurationError
from ..extraction import Extraction
from ..json_form import dumps
from ..mining.miner import Miner
from ..vocabulary import Scope
from . import decisions, joining, rows, utterances
from .folding import Folding
from .opening import told, writing

_COMPONENT: Final = "archive"
#: Results are stored together, at most so many, and none waits longer than so many seconds: the fewer transactions, the faster; what is killed
#: before its transaction has ended is mined again.
_MOST: Final = 64
_LONGEST: Final = 2.0


@attrs.define
class Collected:
    """What a run has done so far.

    Attributes:
        new: documents that the archive did not have.
        changed: documents that it had with another text, title, language or metadata under the same id.
        refreshed: documents that it had as mined by another version or with other options.
        unchanged: documents that it had already.
        repeated: documents that came again within the run, word for word.
        forgotten: documents that somebody asked to forget; they are passed over.
        removed: documents that the inputs no longer hold.
        outdated: documents that it has as mined by another version or with other options.
        undated: documents of those above that were stored without a date.
        quotes, claims: of the documents that were stored.
        issues: what was noticed beside the issues of the documents themselves.
    """

    new: int = 0
    changed: int = 0
    refreshed: int = 0
    unchanged: int = 0
    repeated: int = 0
    forgotten: int = 0
    removed: int = 0
    outdated: int = 0
    undated: int = 0
    quotes: int = 0
    claims: int = 0
    issues: list[Issue] = attrs.field(factory=list)

    @property
    def stored(self) -> int:
        """How many documents were mined and stored."""
        return self.new + self.changed + self.refreshed

    @property
    def passed(self) -> int:
        """How many documents were passed over."""
        return self.unchanged + self.repeated + self.forgotten


def link(connection: sqlite3.Connection, folding: Folding) -> None:
    """Join what is the same across documents: people and words."""
    joining.link(connection, folding)
    utterances.link(connection, folding)


class Run:
    """One run over documents; iterate to the end. An extraction is given when it is stored for good.

    Args:
        connection, path: of the archive.
        documents: ``None`` are those of the archive that ``refresh`` is about.
        miner, workers, scope: as for :meth:`quoteminer.Miner.mine_many`.
        refresh: whether what another version mined, or the same with other options, is mined again.

    Attributes:
        collected: what it has done so far.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        documents: Iterable[str | Document | None] | None,
        miner: Miner,
        *,
        workers: int | None,
        scope: Scope | None,
        refresh: bool,
    ) -> None:
        self.collected = Collected()
        self._connection = connection
        self._path = path
        self._miner = miner
        self._workers = workers
        self._scope = scope
        self._refresh = refresh
        self._folding = Folding(miner.components("quoteminer_languages"))
        self._manifest = miner.manifest(scope=scope)
        self._mark = rows.manifest_mark(self._manifest)
        self._documents = documents if documents is not None else _to_refresh(connection, self._mark)

    def __iter__(self) -> Iterator[Extraction]:
        """Mine and store them; then people and utterances are joined across documents."""
        with told(self._path):
            # What came in this run, on disk where it is much.
            self._connection.execute(
                "CREATE TEMP TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID"
            )
            self._connection.execute("DELETE FROM seen")
            yield from self._stored()
            link(self._connection, self._folding)

    def prune(self) -> int:
        """Take away the documents that did not come in this run; how many.

        Raises:
            ConfigurationError: when none came: an input that is empty by mistake must not empty the archive.
        """
        with told(self._path):
            if self._connection.execute("SELECT 1 FROM seen LIMIT 1").fetchone() is None:
                raise ConfigurationError(
                    "prune: there were no documents at all, so every one of the archive would go", "prune", None
                )
            with writing(self._connection):
                gone = self._connection.execute("DELETE FROM documents WHERE id NOT IN (SELECT id FROM seen)").rowcount
            link(self._connection, self._folding)
        self.collected.removed = gone
        return gone

    def _stored(self) -> Iterator[Extraction]:
        mined = self._miner.mine_many(self._left(self._documents), workers=self._workers, scope=self._scope)
        waiting: list[Extraction] = []
        since = time.monotonic()
        try:
            for extraction in mined:
                waiting.append(extraction)
                if len(waiting) >= _MOST or time.monotonic() - since > _LONGEST:
                    stored, waiting = waiting, []
                    self._store(stored)
                    yield from stored
                    since = time.monotonic()
        except sqlite3.Error:
            raise
        except BaseException:
            # Whoever interrupts does not lose what was mined.
            self._store(waiting)
            raise
        finally:
            if isinstance(mined, Generator):
                mined.close()  # which ends worker processes now
        self._store(waiting)
        yield from waiting

    def _left(self, documents: Iterable[str | Document | None]) -> Iterator[Document | None]:
        """The documents that are to be mined."""
        for item in documents:
            document = Document(item) if isinstance(item, str) else item
            if isinstance(document, Document):
                found = self._named(document)
                if found is None or self._is_there(found):
                    continue
                document = found
            yield document

    def _named(self, document: Document) -> Document | None:
        """The document under an id that is its own in this run; ``None`` for one that came before."""
        digest, execute = rows.document_hash(document), self._connection.execute
        name, number = rows.stored_id(document.id), 1
        while True:
            identifier = name if number == 1 else f"{name}#{number}"
            before = execute("SELECT hash FROM seen WHERE id = ?", (identifier,)).fetchone()
            if before is None:
                break
            if before[0] == digest:
                self.collected.repeated += 1
                return None
            number += 1
        execute("INSERT INTO seen VALUES (?, ?)", (identifier, digest))
        if number == 1:
            return document
        message = f"the id {document.id!r} comes again with another text or metadata; that document is stored as {identifier!r}"
        self.collected.issues.append(Issue(_COMPONENT, document.id, message, "warning"))
        return attrs.evolve(document, id=identifier)

    def _is_there(self, document: Document) -> bool:
        """Whether the archive has a document as it would be stored."""
        if self._connection.execute("SELECT 1 FROM forgotten WHERE text_hash = ?", (rows.digest(document.text),)).fetchone():
            self.collected.forgotten += 1
            return True
        kind = self._kind(document)
        if kind in ("unchanged", "outdated"):
            self.collected.unchanged += 1
            self.collected.outdated += kind == "outdated"
            return True
        return False

    def _kind(self, document: Document) -> str:
        """What is new about a document: ``new``, ``changed``, ``refreshed``; or why it is not mined: ``unchanged``, ``outdated``."""
        known = self._connection.execute(
            "SELECT d.hash, m.mark FROM documents AS d JOIN manifests AS m ON m.number = d.manifest WHERE d.id = ?",
            (rows.stored_id(document.id),),
        ).fetchone()
        if known is None:
            return "new"
        digest, mark = known
        if digest != rows.document_hash(document):
            return "changed"
        if mark == self._mark:
            return "unchanged"
        return "refreshed" if self._refresh else "outdated"

    def _store(self, extractions: list[Extraction]) -> None:
        if not extractions:
            return
        counts = Collected()
        with writing(self._connection):
            writer, manifest = rows.Writer(self._connection), self._manifest_number()
            for extraction in extractions:
                # Somebody else may have stored it while it was mined.
                kind = self._kind(extraction.document)
                if kind in ("unchanged", "outdated"):
                    counts.unchanged += 1
                    continue
                decided, statuses = decisions.applied(self._connection, extraction, fresh=True)
                writer.put(decided, manifest, statuses)
                setattr(counts, kind, getattr(counts, kind) + 1)
                counts.quotes += len(extraction.quotes)
                counts.claims += len(extraction.claims)
                counts.undated += extraction.document.metadata.get("date") is None
        # While worker processes go on.
        utterances.link(self._connection, self._folding)
        for name in ("new", "changed", "refreshed", "unchanged", "quotes", "claims", "undated"):
            setattr(self.collected, name, getattr(self.collected, name) + getattr(counts, name))

    def _manifest_number(self) -> int:
        execute = self._connection.execute
        execute("INSERT OR IGNORE INTO manifests (mark, manifest) VALUES (?, ?)", (self._mark, dumps(self._manifest)))
        return int(execute("SELECT number FROM manifests WHERE mark = ?", (self._mark,)).fetchone()[0])


def _to_refresh(connection: sqlite3.Connection, mark: str) -> Iterator[Document]:
    """The documents of an archive that were mined by another version or with other options, as they are stored."""
    where = "manifest NOT IN (SELECT number FROM manifests WHERE mark = ?)"
    for row in rows.each(connection, where, (mark,)):
        yield rows.to_mine_again(row)

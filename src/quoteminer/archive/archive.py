"""Many documents with who said what in them, in one file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ..document import Document
from ..errors import ConfigurationError, UnknownIdError
from ..extraction import Extraction
from ..mining.miner import Miner
from ..vocabulary import Scope
from . import decisions, forgetting, people, rows, utterances
from .coding import Sampled, sample
from .collecting import Collected, Run, link
from .decisions import Decision, Verdict
from .folding import Folding
from .forgetting import Forgotten
from .opening import connect, told, writing
from .people import Appearance, PeopleDecision, Person
from .reviews import Checked, Review, checked
from .searching import Hit, search
from .utterances import Utterance
from .voices import Figures, Unit, Voice, voices

_PATIENCE: Final = 60.0
_UNLINKED: Final = """SELECT EXISTS (SELECT 1 FROM changed_blocks) OR EXISTS (SELECT 1 FROM quotes WHERE wording IS NULL)
    OR EXISTS (SELECT 1 FROM claims WHERE wording IS NULL)"""


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
            UnknownIdError: when the archive does not have it.
        """
        with told(self.path):
            return rows.read(self._connection, self._row(document_id))

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
        run = self.collecting(documents, miner=miner, workers=workers, scope=scope, refresh=refresh)
        for extraction in run:
            if stored is not None:
                stored(extraction)
        if prune:
            run.prune()
        return run.collected

    def collecting(
        self,
        documents: Iterable[str | Document | None] | None = None,
        *,
        miner: Miner | None = None,
        workers: int | None = None,
        scope: Scope | None = None,
        refresh: bool = False,
    ) -> Run:
        """As :meth:`collect`, for whoever wants to see each extraction as it is stored: a :class:`Run`, which does its work while it is iterated."""
        with told(self.path):
            return Run(self._connection, self.path, documents, miner or Miner(), workers=workers, scope=scope, refresh=refresh)

    def search(
        self,
        words: str | None = None,
        *,
        speaker: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        utterance: int | None = None,
        limit: int | None = 20,
    ) -> list[Hit]:
        """Quotations that hold words, the best first; without words the newest first.

        Where very many hold them, the best of those that were stored last are given.

        Args:
            words: all of which must stand in a quotation, whatever their case and accents; ``"in quotation marks"`` side by side,
                ``flood*`` as the beginning of one.
            speaker: a name, or a part of one in whole words.
            source: the outlet.
            since, until: dates of ISO 8601, also a year or a month alone; documents without a date are left out.
            utterance: only the tellings of this :class:`Utterance`; without words the oldest first.
            limit: at most so many.

        Raises:
            ConfigurationError: when there is no word in ``words`` or ``speaker``, or a date is none.
        """
        with told(self.path):
            return search(
                self._connection,
                words,
                speaker=speaker,
                source=source,
                since=since,
                until=until,
                utterance=utterance,
                limit=limit,
            )

    def utterances(
        self,
        words: str | None = None,
        *,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
        least: int = 2,
        limit: int | None = 20,
    ) -> list[Utterance]:
        """Words that were quoted again, those in most outlets first.

        Args:
            words, speaker, since, until: of one of their tellings, as for :meth:`search`.
            least: in at least so many documents.
            limit: at most so many.
        """
        self._link_if_needed()
        numbers = None
        if words is not None or speaker is not None or since is not None or until is not None:
            hits = self.search(words, speaker=speaker, since=since, until=until, limit=None)
            numbers = sorted({hit.utterance for hit in hits if hit.utterance is not None})
        with told(self.path):
            return utterances.utterances(self._connection, least, numbers, limit)

    def voices(
        self,
        *,
        by: str = "person",
        of: Unit = "words",
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        figures: Figures | None = None,
    ) -> list[Voice]:
        """Whose voices are heard: shares of all that is quoted, corrected by how well quotations of each kind and language are found.

        Args:
            by: ``person``, ``kind`` of speaker, ``role``, ``source`` (the outlet), or an attribute that a linker sets, such as ``party``.
            of: ``words`` or ``quotes``.
            since, until, source: as for :meth:`search`.
            figures: how well they are found; without any what is known of the bundled rules, for quotations that they found. Where nothing is
                known, what was found is counted as it is.
        """
        self._link_if_needed()
        with told(self.path):
            return voices(self._connection, by=by, of=of, since=since, until=until, source=source, figures=figures)

    def checked(self, reviews: Iterable[Review]) -> list[Checked]:
        """The claims that say what others have checked.

        Args:
            reviews: as :func:`quoteminer.archive.read_reviews` reads them from files of ClaimReview.
        """
        self._link_if_needed()
        with told(self.path):
            return list(checked(self._connection, Folding(Miner().components("quoteminer_languages")), reviews))

    def sample(self, size: int, *, stratify: Sequence[str] = (), seed: int = 0) -> list[Sampled]:
        """Quotations to be coded by hand, drawn by chance; what was drawn stays when other documents come.

        Args:
            size: how many.
            stratify: the same number of each ``kind``, ``source``, ``language``, ``year``, ``layout`` or ``speaker_kind``, or of each of their
                combinations; the weights say for how many each stands.
            seed: another one draws others.
        """
        self._link_if_needed()
        with told(self.path):
            return sample(self._connection, size, stratify, seed)

    def people(self, name: str | None = None, *, limit: int | None = None) -> list[Person]:
        """Everybody who is somebody across documents, those who are quoted most first.

        Args:
            name: only those whom a document calls so, or with these words in the name.
        """
        self._link_if_needed()
        with told(self.path):
            return people.people(self._connection, name, limit)

    def appearances(self, person: str) -> list[Appearance]:
        """Where a person is named, and why it is this person.

        Args:
            person: the id of a :class:`Person`.
        """
        self._link_if_needed()
        with told(self.path):
            return people.appearances(self._connection, person)

    def same(self, person: str, other: str, *, note: str | None = None) -> None:
        """Decide that two people are one.

        Raises:
            UnknownIdError: when there is no such person.
        """
        self._link_if_needed()
        with self._writing():
            people.force_same(self._connection, person, other, note)
        self._link()

    def apart(self, person: str, documents: Iterable[str], *, note: str | None = None) -> None:
        """Decide that whom some documents name is another person of the same name.

        Raises:
            UnknownIdError: when there is no such person.
            ConfigurationError: when the person is in none of these documents, or in no other.
        """
        self._link_if_needed()
        with self._writing():
            people.force_apart(self._connection, person, list(documents), note)
        self._link()

    def decide(self, document_id: str, annotation_id: str, verdict: Verdict, *, note: str | None = None, **changes: Any) -> None:
        """Decide about a quotation or claim; the decision survives what is mined anew.

        Args:
            verdict: ``accepted``, ``rejected`` or ``edited``.
            changes: what is edited, by the names of the JSON form; speakers by their names: ``speaker="Ana Ruiz"``.

        Raises:
            UnknownIdError: when the archive does not have the document.
            UnknownIdError: when it has no such quotation or claim.
            ConfigurationError, AnnotationError: when the changes cannot be.
        """
        if verdict not in ("accepted", "rejected", "edited") or (verdict == "edited") != bool(changes):
            raise ConfigurationError(
                f"verdict: {verdict!r} is not accepted or rejected, nor edited with changes", "verdict", verdict
            )
        with self._writing():
            decisions.decide(self._connection, self._row(document_id), annotation_id, verdict, changes, note)
        self._link()

    def learn(self, annotated: Extraction, *, note: str | None = None) -> dict[str, int]:
        """Take what somebody annotated in a document for decisions about all that the archive has of it; how many of each verdict.

        What both have is accepted, or edited where it differs; what only the archive has is rejected, what only the annotator has is added.

        Raises:
            UnknownIdError: when the archive does not have the document.
            AnnotationError: when it has it with another text.
        """
        with self._writing():
            counts = decisions.learn(self._connection, self._row(annotated.document.id), annotated, note)
        self._link()
        return counts

    def decisions(self) -> list[Decision]:
        """All decisions, in the order in which they were made."""
        with told(self.path):
            return decisions.listed(self._connection)

    def undo(self, number: int) -> None:
        """Take a decision back.

        Raises:
            UnknownIdError: when there is no such decision.
        """
        with self._writing():
            decisions.undo(self._connection, number)
        self._link()

    def people_decisions(self) -> list[PeopleDecision]:
        """All decisions about who is whom, in the order in which they were made."""
        with told(self.path):
            return people.listed(self._connection)

    def undo_people(self, number: int) -> None:
        """Take a decision about who is whom back.

        Raises:
            UnknownIdError: when there is no such decision.
        """
        with self._writing():
            people.undo(self._connection, number)
        self._link()

    def forget(self, *, person: str | None = None, documents: Iterable[str] = ()) -> Forgotten:
        """Take a person, or documents, out of the archive for good, and write the file anew without them.

        Of a person everything goes that they are quoted with and assert, and their names and words are blacked out in the texts; other
        copies of the file are not touched. What was forgotten is not collected again.

        Args:
            person: the id of a :class:`Person`.
            documents: ids.

        Raises:
            UnknownIdError: when there is no such person or document; nothing was forgotten then.
            ArchiveError: when somebody else has the archive open, so that the file cannot be written anew; the rows are gone then.
        """
        self._link_if_needed()
        with told(self.path):
            if person is not None:
                if not self._one("SELECT count(*) FROM people WHERE id = ?", person):
                    raise UnknownIdError(f"there is no person {person!r}", "person", person)
                done = forgetting.forget_person(self._connection, person)
            else:
                done = forgetting.forget_documents(self._connection, [self._row(one) for one in documents])
            self._link()
            forgetting.clean(self._connection)
        return done

    def _row(self, document_id: str) -> sqlite3.Row:
        row: sqlite3.Row | None = self._connection.execute(
            "SELECT * FROM documents WHERE id = ?", (rows.stored_id(document_id),)
        ).fetchone()
        if row is None:
            raise UnknownIdError(f"there is no document {document_id!r} in the archive", "document", document_id)
        return row

    def _link_if_needed(self) -> None:
        """Link what was left unlinked: by a run that was killed, or by an older version."""
        if self._one(_UNLINKED):
            self._link()

    def _link(self) -> None:
        with told(self.path):
            link(self._connection, Folding(Miner().components("quoteminer_languages")))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self.path), writing(self._connection):
            yield

    def _one(self, query: str, *values: Any) -> Any:
        with told(self.path):
            return self._connection.execute(query, values).fetchone()[0]

"""Where results go: standard output, or a file that is there as a whole or not at all.

A file is written beside its place, as ``NAME.part``, and moved there at the end. So what stood there before stays until the new one is complete,
and what a run leaves that ended early is whole records, from which ``--resume`` goes on.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Self, cast

import click

from ..formats import Identity, identity
from .console import TerminalData, discard, encoded, reason
from .options import FAILED

if TYPE_CHECKING:
    from typing_extensions import Buffer

_PART: Final = ".part"
#: Seconds between two attempts to write to what is full at the moment.
_PATIENCE: Final = 0.01


class _Records(io.BufferedIOBase):
    """A stream that hands everything on at once and knows where the last whole record ended.

    Attributes:
        failure: what went wrong when it was written to.
        size: number of bytes that were written.
        whole: how many of these are whole records.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.failure: OSError | None = None
        self.size = 0
        self.whole = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        if self.closed:
            raise ValueError("write to closed file")
        view = memoryview(data).cast("B")
        at = 0
        try:
            while at < len(view):
                written = self._raw.write(view[at:])
                if written is None:  # a pipe that does not wait and is full
                    time.sleep(_PATIENCE)
                at += written or 0
            self._raw.flush()
        except OSError as error:
            self.failure = self.failure or error
            raise
        finally:
            self.size += at
        return len(view)


class Output:
    """Results on their way. A context: results that are complete when it ends are kept, else what is left is put in order.

    Attributes:
        name: for messages.
        stream: takes bytes as they are.
        data: takes a data format; on a terminal only what it shows.
        terminal: whether a terminal shows the results.
        identities: of the regular files that are written.
        standard: whether this is standard output.
    """

    identities: frozenset[Identity] = frozenset()
    standard = False

    def __init__(self, name: str, raw: Any, *, terminal: bool = False) -> None:
        self.name = name
        self.terminal = terminal
        self._records = _Records(raw)
        self.stream = cast("IO[bytes]", self._records)
        self.data = cast("IO[bytes]", TerminalData(self.stream)) if terminal else self.stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        failure = self._records.failure
        if error is None:
            try:
                self._complete()
                return
            except OSError as broken:
                failure = broken
        left = self._put_in_order()
        instead = None if failure is None or isinstance(error, KeyboardInterrupt) else self._unwritable(failure)
        told = instead or error
        if left and told is not None:
            told.add_note(left)
        if instead is not None:
            raise instead from None

    @property
    def size(self) -> int:
        """Number of bytes that were written."""
        return self._records.size

    def end_record(self) -> None:
        """Everything that was written up to here is whole records."""
        self._records.whole = self._records.size

    def write(self, text: str, *, data: bool) -> None:
        """Write a text that is one record, ``data`` or made for people."""
        (self.data if data else self.stream).write(encoded(text))
        self.end_record()

    def raise_failure(self) -> None:
        """Raise what went wrong in writing, whatever somebody made of that in between."""
        if self._records.failure is not None:
            raise self._records.failure

    def _unwritable(self, failure: OSError) -> BaseException:
        return click.ClickException(f"cannot write {self.name}: {reason(failure)}")

    def _complete(self) -> None:
        """The results are complete."""

    def _put_in_order(self) -> str:
        """The results are not complete; what is left of them, for the message."""
        return ""


class _StandardOutput(Output):
    standard = True

    def __init__(self) -> None:
        # What Python holds back in its own buffer would come too late, or again after a failure.
        sys.stdout.flush()
        stream = sys.stdout.buffer
        super().__init__("standard output", getattr(stream, "raw", stream), terminal=sys.stdout.isatty())

    def _unwritable(self, failure: OSError) -> BaseException:
        discard(sys.stdout)
        if isinstance(failure, BrokenPipeError):
            # Its reader has gone and knows that.
            return SystemExit(FAILED)
        return super()._unwritable(failure)

    def _put_in_order(self) -> str:
        part = self._records.size - self._records.whole
        if self._records.failure is not None and part:
            # Only a file can be cut, and one that the messages go to as well is left alone.
            with contextlib.suppress(OSError):
                number = sys.stdout.fileno()
                if stat.S_ISREG(os.fstat(number).st_mode) and not os.path.sameopenfile(number, 2):
                    os.ftruncate(number, os.lseek(number, 0, os.SEEK_CUR) - part)
        return ""


class _SpecialFile(Output):
    """A pipe or device, which cannot be replaced by a file."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb", buffering=0)
        super().__init__(str(path), self._raw, terminal=self._raw.isatty())

    def _complete(self) -> None:
        self._raw.close()

    def _put_in_order(self) -> str:
        with contextlib.suppress(OSError):
            self._raw.close()
        return ""


class _File(Output):
    """A regular file, written in the place of another and then moved to it, or appended to.

    Args:
        path: as it was given.
        target: the file that it is, behind all links.
        working: the file that is written to: ``target`` itself, or one beside it.
        raw: this file, opened and locked.
        guard: ``target``, opened and locked, where it is not written to but replaced.
        resumable: whether ``--resume`` can go on from what is left.
    """

    def __init__(
        self, path: Path, target: Path, working: Path, raw: io.FileIO, guard: io.FileIO | None, *, resumable: bool
    ) -> None:
        super().__init__(str(path), raw)
        self._opened = [raw] if guard is None else [raw, guard]
        self.identities = frozenset(identity(os.fstat(file.fileno())) for file in self._opened)
        self._raw = raw
        self._target = target
        self._working = working
        self._resumable = resumable
        self._start = raw.seek(0, os.SEEK_END)

    def _complete(self) -> None:
        os.fsync(self._raw.fileno())
        if os.name == "nt":  # which moves no file that is open
            self._close()
        if self._working != self._target:
            os.replace(self._working, self._target)
            _sync_folder(self._target.parent)
        self._close()

    def _put_in_order(self) -> str:
        try:
            self._raw.truncate(self._start + self._records.whole)
            os.fsync(self._raw.fileno())
            if not self._start + self._records.whole and self._working != self._target:
                self._working.unlink()
                return ""
        except OSError as error:
            return f"{self._working} may end in the middle of a record: {error.strerror or error}"
        finally:
            self._close()
        return self._left()

    def _left(self) -> str:
        if self._working == self._target:
            return f"{self._target} holds whole records only; --resume goes on from there"
        before = f"{self._target} is as it was; " if self._target.exists() else ""
        holds = f"{before}{self._working} holds what was written, whole records only"
        if not self._resumable:
            return holds
        return f"{holds}; {f'delete {self._target}, then ' if before else ''}--resume goes on from there"

    def _close(self) -> None:
        for file in self._opened:
            with contextlib.suppress(OSError):
                file.close()


def identities_of(output: Path | None) -> frozenset[Identity]:
    """The regular files that will be written when ``output`` (or standard output) is opened and that are there already."""
    found: set[Identity] = set()
    for file in (None,) if output is None else (output, _part_of(_target_of(output))):
        with contextlib.suppress(OSError):
            status = os.fstat(sys.stdout.fileno()) if file is None else file.stat()
            if stat.S_ISREG(status.st_mode):
                found.add(identity(status))
    return frozenset(found)


def opened(output: Path | None, *, resumable: bool = False) -> Output:
    """Standard output or a file that replaces ``output`` at the end.

    Raises:
        click.UsageError: when it cannot be written, or another run writes it.
    """
    if output is None:
        return _StandardOutput()
    with _unusable(output):
        if output.exists() and not output.is_file():
            return _SpecialFile(output)
        target = _target_of(output)
        part = _part_of(target)
        guard = None
        with contextlib.ExitStack() as undo:
            if target.exists():
                if not os.access(target, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                guard = undo.enter_context(_locked(target, os.O_RDONLY))
            raw = undo.enter_context(_locked(part, os.O_RDWR | os.O_CREAT))
            raw.truncate(0)
            if guard is not None and hasattr(os, "fchmod"):
                os.fchmod(raw.fileno(), stat.S_IMODE(os.fstat(guard.fileno()).st_mode))
            undo.pop_all()
        return _File(output, target, part, raw, guard, resumable=resumable)


def continued(output: Path, take_stock: Callable[[IO[bytes], str], int]) -> Output:
    """The file ``output``, or what an interrupted run left beside it, to be appended to.

    Args:
        take_stock: given the opened file and its name, tells how many bytes of it stay.

    Raises:
        click.UsageError: when it cannot be written, another run writes it, or both files are there.
    """
    with _unusable(output):
        if output.exists() and not output.is_file():
            raise click.UsageError(f"{output}: is no regular file, so --resume cannot go on from it")
        target = _target_of(output)
        part = _part_of(target)
        working = target if target.exists() and not part.exists() else part
        with contextlib.ExitStack() as undo:
            raw = undo.enter_context(_locked(working, os.O_RDWR | os.O_CREAT))
            if working == part and target.exists():
                raise click.UsageError(
                    f"{target} and {part} are both there, and --resume goes on from one: delete the other, or move it away"
                )
            with io.BufferedReader(io.FileIO(os.dup(raw.fileno()))) as reader:
                reader.seek(0)
                kept = take_stock(reader, str(working))
            raw.truncate(kept)
            undo.pop_all()
        return _File(output, target, working, raw, None, resumable=True)


@contextlib.contextmanager
def _unusable(output: Path) -> Any:
    """That a file cannot be opened for writing is a wrong call."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{error.filename or output}: {error.strerror or error}") from None


def _target_of(output: Path) -> Path:
    return Path(os.path.realpath(output))


def _part_of(target: Path) -> Path:
    return target.with_name(target.name + _PART)


def _locked(path: Path, flags: int) -> io.FileIO:
    """The file, opened and locked against other runs where the system has such locks.

    Raises:
        click.UsageError: when another run writes it.
    """
    while True:
        number = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), 0o666)
        file = io.FileIO(number, "r" if flags == os.O_RDONLY else "r+")
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise click.UsageError(f"{path}: is no regular file")
            _lock(number, path)
            if identity(path.stat()) == identity(os.fstat(number)):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            file.close()
            raise
        # Another run has just moved it to its place.
        file.close()


def _lock(number: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.UsageError(f"{path}: another run of the program is writing it") from None
    except OSError:
        # Some file systems have no locks; there nothing tells.
        return


def _sync_folder(folder: Path) -> None:
    """Make a move last through a power failure, where folders can be synchronised."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

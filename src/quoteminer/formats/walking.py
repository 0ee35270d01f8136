"""The files below a folder that somebody reads, in order, and what else is there.

Hidden files and folders are passed over. Links are followed, except one to a folder that is around it, which would never end. Only
regular files are opened: a pipe or device in a folder could wait for ever.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import attrs

from ..annotations import Issue

#: What tells a file from all others, whatever its names are: device and inode.
Identity = tuple[int, int]

COMPONENT = "files"


def identity(status: os.stat_result) -> Identity:
    """What tells the file from all others."""
    return status.st_dev, status.st_ino


@attrs.define
class Walk:
    """A walk through a folder; iterate once, then see what was not given.

    Attributes:
        folder: where it begins.
        wanted: whether a file is to be read, by its name.
        apart: files that are not to be read though they are wanted, because the program writes them.
        skipped: number of files that are not wanted, by suffix in small letters.
        special: number of pipes, devices and the like.
        loops: number of links back to a folder around them.
        met: the files that were set apart.
    """

    folder: Path
    wanted: Callable[[Path], bool]
    apart: Collection[Identity] = ()
    skipped: Counter[str] = attrs.field(factory=Counter, init=False)
    special: int = attrs.field(default=0, init=False)
    loops: int = attrs.field(default=0, init=False)
    met: list[Path] = attrs.field(factory=list, init=False)

    def __iter__(self) -> Iterator[Path | Issue]:
        """The files that are wanted, in order of their paths, and an issue for each that cannot be opened."""
        # What is left of each folder around the next entry, the outermost first.
        around: list[tuple[Identity | None, Iterator[Path | Issue]]] = [(None, iter((self.folder,)))]
        while around:
            entry = next(around[-1][1], None)
            if entry is None:
                around.pop()
                continue
            if isinstance(entry, Issue):
                yield entry
                continue
            try:
                status = entry.stat()
            except OSError as error:
                if isinstance(error, FileNotFoundError) and entry != self.folder and not self.wanted(entry):
                    self.skipped[entry.suffix.lower()] += 1  # a link to nothing
                else:
                    yield _issue(entry, error)
                continue
            if not stat.S_ISDIR(status.st_mode):
                if self._to_be_read(entry, status):
                    yield entry
            elif any(identity(status) == outer for outer, _ in around):
                self.loops += 1
            else:
                around.append((identity(status), _entries(entry)))

    def _to_be_read(self, path: Path, status: os.stat_result) -> bool:
        if not stat.S_ISREG(status.st_mode):
            self.special += 1
        elif identity(status) in self.apart:
            if self.wanted(path):
                self.met.append(path)
        elif self.wanted(path):
            return True
        else:
            self.skipped[path.suffix.lower()] += 1
        return False


def _entries(folder: Path) -> Iterator[Path | Issue]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield _issue(folder, error)
        return
    yield from (folder / name for name in names if not name.startswith("."))


def _issue(path: Path, error: OSError) -> Issue:
    return Issue(COMPONENT, str(path), f"{path}: {error.strerror or error}", "error")

"""What is installed: entry points and versions, from the files that installers leave in the folders of ``sys.path``.

``importlib.metadata`` tells the same and much more, but importing it takes longer than mining a short text. It is asked where it may know more: where
something on the path is no folder, or where another finder than that for folders knows distributions.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import PathFinder
from typing import Any, Final, NamedTuple

_INFORMATION: Final = (".dist-info", ".egg-info")
#: Headers of the files of metadata, which begin with a few lines.
_HEADER: Final = re.compile(r"^(Name|Version)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_POINTER: Final = re.compile(r"(?<![\w.])(?P<module>[\w.]++)\s*+(?::\s*+(?P<attribute>[\w.]++)\s*+)?(?:\[.*\])?\Z")


class Distribution(NamedTuple):
    """A distribution by its name and version, each empty where its files do not tell."""

    name: str
    version: str


class EntryPoint(NamedTuple):
    """Something that a distribution brings under a name: a module, or an attribute of one."""

    name: str
    value: str
    dist: Distribution | None

    @property
    def module(self) -> str:
        """The module in which it is."""
        return self.value.partition(":")[0].partition("[")[0].strip()

    def load(self) -> Any:
        """What it names; raises what importing raises."""
        match = _POINTER.match(self.value)
        if match is None:
            raise ImportError(f"{self.value!r} names nothing that can be imported")
        found: Any = importlib.import_module(match["module"])
        for attribute in (match["attribute"] or "").split("."):
            found = getattr(found, attribute) if attribute else found
        return found


def entry_points(group: str) -> list[EntryPoint]:
    """The entry points of a group, those of one distribution once; of two with one name the first on the path counts."""
    found: list[EntryPoint] = []
    if _only_folders():
        for folder in _folders(lambda name: True):
            told = _read(folder, ("entry_points.txt",))
            if f"[{group}]" in told:
                pairs = list(_pairs(told, group))
                distribution = _distribution(folder) if pairs else None
                found += [EntryPoint(name, value, distribution) for name, value in pairs]
        return found
    import importlib.metadata

    for entry in importlib.metadata.entry_points(group=group):
        known = None if entry.dist is None else Distribution(entry.dist.name, entry.dist.version)
        found.append(EntryPoint(entry.name, entry.value, known))
    return found


def version_of(distribution: str) -> str | None:
    """The version of a distribution, ``None`` where it is not installed."""
    if _only_folders():
        wanted = _normal(distribution)
        told = next((_distribution(folder) for folder in _folders(lambda name: _name(name) == wanted)), None)
        return told.version if told is not None and told.version else None
    import importlib.metadata

    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _only_folders() -> bool:
    """Whether all that is installed lies in folders of the path."""
    if any(finder is not PathFinder and hasattr(finder, "find_distributions") for finder in sys.meta_path):
        return False
    return not any(entry.endswith(".egg") or os.path.isfile(entry) for entry in _path())


def _path() -> list[str]:
    """What stands on the path, where others than texts count nothing."""
    entries: Iterable[object] = sys.path
    return [entry for entry in entries if isinstance(entry, str)]


def _folders(wanted: Callable[[str], bool]) -> Iterator[str]:
    """The folders with what is told of the distributions on the path whose folder has a name that is wanted."""
    seen: set[str] = set()
    for entry in _path():
        try:
            names = os.listdir(entry or ".")
        except OSError:
            continue
        for name in names:
            if name.lower().endswith(_INFORMATION) and wanted(name) and _name(name) not in seen:
                seen.add(_name(name))
                yield os.path.join(entry, name)


def _name(folder: str) -> str:
    """The name of a distribution by that of its folder."""
    return _normal(folder.rpartition(".")[0].partition("-")[0])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _distribution(folder: str) -> Distribution:
    told = dict(_HEADER.findall(_read(folder, ("METADATA", "PKG-INFO", "")).partition("\n\n")[0]))
    return Distribution(told.get("Name", ""), told.get("Version", ""))


def _read(folder: str, names: Iterable[str]) -> str:
    """The first of some files in a folder that can be read, else nothing; a file in place of the folder has no name."""
    for name in names:
        try:
            with open(os.path.join(folder, name) if name else folder, encoding="utf-8", errors="replace") as stream:
                return stream.read()
        except OSError:
            continue
    return ""


def _pairs(told: str, group: str) -> Iterator[tuple[str, str]]:
    """Names and values of a section."""
    inside = False
    for line in map(str.strip, told.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            inside = line == f"[{group}]"
        elif inside and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()

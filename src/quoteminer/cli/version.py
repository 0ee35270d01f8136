"""What ``quoteminer --version`` says: which version runs, and whether its rules are compiled."""

from __future__ import annotations

import importlib.machinery
import importlib.util
from pathlib import Path
from typing import Final

from .. import __version__, installed

GROUP: Final = "quoteminer"
RULES: Final = "rules"


def version() -> str:
    """``0.1.0 (rules: compiled)``, ``0.1.0 (rules: plain Python)`` or ``0.1.0 (rules: not installed)``."""
    return f"{__version__} (rules: {_form()})"


def _form() -> str:
    """Told by the files of the package, because importing the rules would take several times as long as all the rest."""
    for entry_point in installed.entry_points(GROUP):
        if entry_point.name != RULES:
            continue
        spec = importlib.util.find_spec(entry_point.module)
        if spec is not None:
            folders = spec.submodule_search_locations or ()
            return "compiled" if any(map(_holds_compiled, map(Path, folders))) else "plain Python"
    return "not installed"


def _holds_compiled(package: Path) -> bool:
    """Whether this Python would import a compiled module there; one made for another Python is passed over."""
    return any("." + path.name.partition(".")[2] in importlib.machinery.EXTENSION_SUFFIXES for path in package.iterdir())

"""The error of this plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import quoteminer

_FIX: Final = "reinstall it with: pip install --force-reinstall --no-deps quoteminer-neural"


class WeightsError(quoteminer.QuoteminerError, ValueError):
    """A file of a model is missing, damaged, or not the one that belongs to the others.

    Attributes:
        path: the file.
        problem: what is wrong with it.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"model file {self.path}: {self.problem}; {_FIX}"

"""The files of the scorer: found, checked and loaded at first use."""

from __future__ import annotations

import functools
import hashlib
import threading
from pathlib import Path
from typing import Any, Final

from ..weights import WeightsError, read_bytes, read_settings, session
from ..wordpieces import WordPieces

FOLDER: Final = Path(__file__).parent / "data"
SETTINGS: Final = "model.json"
SCORER: Final = "scorer.onnx"
VOCABULARY: Final = "vocabulary.txt"
FILES: Final = (SCORER, VOCABULARY)
_lock = threading.Lock()


class Files:
    """The scorer in memory. ``settings``: the numbers of ``model.json``: windows, thresholds, calibration.

    Raises:
        WeightsError: when a file is missing, or is not the one that ``model.json`` was written with.
    """

    def __init__(self, folder: Path) -> None:
        self.settings: dict[str, Any] = read_settings(folder / SETTINGS)
        contents: dict[str, bytes] = {}
        for name in FILES:
            contents[name] = read_bytes(folder / name)
            if hashlib.sha256(contents[name]).hexdigest() != self.settings["sha256"].get(name):
                raise WeightsError(folder / name, "damaged: its checksum is not the one in " + SETTINGS)
        self.wordpieces = WordPieces(contents[VOCABULARY].decode().splitlines())
        self.scorer = session(folder / SCORER, contents[SCORER])


@functools.cache
def _load(folder: Path) -> Files:
    return Files(folder)


def load(folder: Path = FOLDER) -> Files:
    """The files in a folder, loaded once a process; errors as for :class:`Files`, raised anew at each call."""
    with _lock:
        return _load(folder)

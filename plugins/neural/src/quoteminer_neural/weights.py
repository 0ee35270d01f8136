"""The files of the trained model: found, checked and loaded at first use."""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import quoteminer

from .speech import Speech
from .wordpieces import WordPieces

if TYPE_CHECKING:
    import onnxruntime

FOLDER: Final = Path(__file__).parent / "data"
SETTINGS: Final = "model.json"
ENCODER: Final = "encoder.onnx"
LINKER: Final = "linker.onnx"
VOCABULARY: Final = "vocabulary.txt"
SPEECH: Final = "speech.json"
FILES: Final = (ENCODER, LINKER, VOCABULARY, SPEECH)
_FIX: Final = "reinstall it with: pip install --force-reinstall --no-deps quoteminer-neural"
_lock = threading.Lock()


class WeightsError(quoteminer.QuoteminerError, OSError):
    """A file of the model is missing or damaged. ``path`` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"model file {self.path}: {self.problem}; {_FIX}"


class Weights:
    """The model in memory.

    ``settings``: the numbers of ``model.json``: windows, thresholds, calibration. ``encoder``, ``linker``: sessions of onnxruntime, with one
    thread, so that the result is the same on every run and workers do not fight for cores. ``wordpieces``: the vocabulary. ``speech``: tells
    speech from other attributions.

    Raises:
        WeightsError: when a file is missing, or is not the one that ``model.json`` was written with.
    """

    def __init__(self, folder: Path) -> None:
        settings = read_settings(folder / SETTINGS)
        contents: dict[str, bytes] = {}
        for name in FILES:
            contents[name] = read_bytes(folder / name)
            if hashlib.sha256(contents[name]).hexdigest() != settings["sha256"].get(name):
                raise WeightsError(folder / name, "damaged: its checksum is not the one in " + SETTINGS)
        self.settings: dict[str, Any] = settings
        self.wordpieces = WordPieces(contents[VOCABULARY].decode().splitlines())
        self.encoder = session(folder / ENCODER, contents[ENCODER])
        self.linker = session(folder / LINKER, contents[LINKER])
        try:
            self.speech = Speech.read(json.loads(contents[SPEECH]))
        except (ValueError, KeyError, TypeError) as error:
            raise WeightsError(folder / SPEECH, f"damaged ({type(error).__name__}: {error})") from error


@functools.cache
def _load(folder: Path) -> Weights:
    return Weights(folder)


def load(folder: Path = FOLDER) -> Weights:
    """The weights in a folder, loaded once a process; errors as for :class:`Weights`, raised anew at each call."""
    with _lock:
        return _load(folder)


def read_bytes(path: Path) -> bytes:
    """A file of a model; raises :class:`WeightsError` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsError(path, f"cannot be read ({error.strerror or error})") from error


def read_settings(path: Path) -> dict[str, Any]:
    """The settings of a model, with the checksums of its other files; raises :class:`WeightsError` when they are damaged."""
    try:
        settings = json.loads(read_bytes(path))
        if isinstance(settings["sha256"], dict):
            return dict(settings)
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsError(path, f"damaged ({type(error).__name__}: {error})") from error
    raise WeightsError(path, "damaged (no checksums)")


def session(path: Path, content: bytes) -> onnxruntime.InferenceSession:
    """A graph ready to run on one thread; raises :class:`WeightsError` when it is damaged."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The graph was optimised when it was exported.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_cpu_mem_arena = True
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # onnxruntime raises classes of its own, without a common base but Exception.
        raise WeightsError(path, f"onnxruntime does not take it ({error})") from error

"""Files of a model: read, compared with their checksums, and checked for what the code reads in them.

A model is graphs of onnxruntime, texts and JSON; nothing in it is code, and nothing is unpickled.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from .errors import WeightsError
from .pieces import Cutter
from .unigrams import Unigrams
from .wordpieces import WordPieces

if TYPE_CHECKING:
    import onnxruntime

SETTINGS: Final = "model.json"
VOCABULARY: Final = "vocabulary.txt"
SUMS: Final = "sha256"

#: What a value of the settings must be: a test and its name, or such tests for the members of an object.
Wanted = Mapping[str, "tuple[Callable[[Any], bool], str] | Wanted"]
#: Type and shape of a tensor; ``None`` stands for any length.
Tensors = Mapping[str, tuple[str, tuple[int | None, ...]]]
FLOAT: Final = "tensor(float)"
INT64: Final = "tensor(int64)"


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def numbers(count: int | None = None) -> tuple[Callable[[Any], bool], str]:
    """A list of so many finite numbers, or of any number of them."""

    def holds(value: Any) -> bool:
        return isinstance(value, list) and count in (None, len(value)) and all(map(_is_number, value))

    return holds, f"a list of {count} finite numbers" if count is not None else "a list of finite numbers"


NUMBER: Final = (_is_number, "a finite number")
COUNT: Final = (lambda value: type(value) is int and 0 <= value < 1 << 20, "a whole number from 0 to 1,048,575")
SIZE: Final = (lambda value: type(value) is int and 0 < value < 1 << 20, "a whole number from 1 to 1,048,575")
SCOPES: Final = (
    lambda value: isinstance(value, list) and value != [] and set(value) <= {"all", "speech"} and len(set(value)) == len(value),
    "a list of scopes",
)
NAME: Final = (lambda value: isinstance(value, str), "a text")


def read(folder: Path, names: Iterable[str], wanted: Wanted) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The settings of a model, and its other files by name.

    Raises:
        WeightsError: when a file is missing or cannot be read, is not the one that ``model.json`` was written with, or when the settings
            lack something that is wanted.
    """
    path = folder / SETTINGS
    settings = _settings(path)
    sums = settings[SUMS]
    contents: dict[str, bytes] = {}
    for name in names:
        contents[name] = _content(folder / name)
        if hashlib.sha256(contents[name]).hexdigest() != sums.get(name):
            raise WeightsError(folder / name, f"damaged: its checksum is not the one in {SETTINGS}")
    check(settings, wanted, path)
    return settings, contents


def manifest(folder: Path) -> dict[str, Any]:
    """Name of a model and the checksums of its files, without loading it.

    Raises:
        WeightsError: when ``model.json`` is missing, cannot be read or is damaged.
    """
    settings = _settings(folder / SETTINGS)
    return {"model": settings.get("name"), SUMS: settings[SUMS]}


def _settings(path: Path) -> dict[str, Any]:
    """The settings of a model, which hold the checksums of all its files and of themselves."""
    settings = parsed(path, _content(path))
    if not isinstance(settings, dict) or not isinstance(settings.get(SUMS), dict):
        raise WeightsError(path, "damaged (no checksums)")
    if settings[SUMS].get(SETTINGS) != checksum_of(settings):
        raise WeightsError(path, "damaged: its checksum is not the one in it")
    return settings


def checksum_of(settings: Mapping[str, Any]) -> str:
    """The checksum of settings with those of the other files, however they are written down; its own does not count."""
    sums = {name: value for name, value in settings[SUMS].items() if name != SETTINGS}
    content = json.dumps({**settings, SUMS: sums}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def sealed(folder: Path, settings: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Settings with the checksums of the other files of the folder and their own, in place of those from before."""
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    made = {**settings, SUMS: sums}
    sums[SETTINGS] = checksum_of(made)
    return made


def parsed(path: Path, content: bytes) -> Any:
    """JSON; raises :class:`WeightsError` when it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WeightsError(path, f"damaged: it is no JSON ({type(error).__name__}: {error})") from error


def check(settings: Any, wanted: Wanted, path: Path, place: str = "") -> None:
    """Raise :class:`WeightsError` unless JSON has what is wanted; more than that may be there."""
    for name, kind in wanted.items():
        where = f"{place}{name}"
        if not isinstance(settings, dict) or name not in settings:
            raise WeightsError(path, f"{where} is missing")
        if isinstance(kind, Mapping):
            check(settings[name], kind, path, f"{where}.")
        elif not kind[0](settings[name]):
            raise WeightsError(path, f"{where} is not {kind[1]}")


def cut_by(lines: Sequence[str]) -> Cutter:
    """What cuts by a vocabulary, given as its lines: with a score behind a tab they are unigrams, else wordpieces.

    Raises:
        KeyError: when a special piece is missing.
        ValueError: when some lines have a score and others not, or one that is no number.
    """
    return Unigrams.read(lines) if "\t" in lines[0] else WordPieces(lines)


def cutter(path: Path, content: bytes) -> Cutter:
    """What cuts by the vocabulary in a file, one piece a line.

    Raises:
        WeightsError: when it is no text, lacks a special piece, or has a line that is none.
    """
    try:
        return cut_by(content.decode().removesuffix("\n").split("\n"))
    except UnicodeDecodeError as error:
        raise WeightsError(path, f"damaged: it is not UTF-8 ({error.reason} at byte {error.start})") from error
    except KeyError as error:
        raise WeightsError(path, f"the piece {error} is missing") from error
    except ValueError as error:
        raise WeightsError(path, f"damaged: a piece has no score ({error})") from error


class Graph:
    """A graph of onnxruntime on one thread, so that the result is the same on every run and workers do not fight for cores.

    Raises:
        WeightsError: when it is damaged, or has other inputs or outputs than the code fills and reads.
    """

    def __init__(self, path: Path, content: bytes, inputs: Tensors, outputs: Tensors) -> None:
        self.path = path
        self._session = _session(path, content)
        for what, needed, there in (
            ("input", inputs, self._session.get_inputs()),
            ("output", outputs, self._session.get_outputs()),
        ):
            _check_tensors(path, what, needed, {item.name: (item.type, item.shape) for item in there})

    def run(self, outputs: Collection[str], inputs: Mapping[str, npt.NDArray[Any]]) -> list[npt.NDArray[np.float32]]:
        """The outputs asked for.

        Raises:
            WeightsError: when the graph cannot be run, or gives something that is no number, as with weights that are none.
        """
        try:
            found: list[npt.NDArray[np.float32]] = self._session.run(list(outputs), dict(inputs))
        except Exception as error:
            # onnxruntime raises classes of its own, without a common base but Exception.
            raise WeightsError(self.path, f"onnxruntime cannot run it ({error})") from error
        for name, values in zip(outputs, found, strict=True):
            if not np.isfinite(values).all():
                raise WeightsError(self.path, f"its output {name} has values that are no finite numbers")
        return found


def _check_tensors(path: Path, what: str, needed: Tensors, there: Mapping[str, tuple[str, list[Any]]]) -> None:
    # An input that nobody fills would stop every run; an output more does no harm.
    if needed.keys() - there.keys() or (what == "input" and there.keys() - needed.keys()):
        raise WeightsError(path, f"its {what}s are {', '.join(sorted(there))}, not {', '.join(sorted(needed))}")
    for name, (kind, shape) in needed.items():
        found, sizes = there[name]
        fixed = [size if isinstance(size, int) else None for size in sizes]
        if (
            found != kind
            or len(fixed) != len(shape)
            or any(a != b for a, b in zip(fixed, shape, strict=True) if None not in (a, b))
        ):
            raise WeightsError(path, f"its {what} {name} is {found} {_shown(fixed)}, not {kind} {_shown(shape)}")


def _shown(shape: Iterable[int | None]) -> str:
    return "[" + ", ".join("any" if size is None else str(size) for size in shape) + "]"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsError(path, f"cannot be read ({error.strerror or error})") from error


def _session(path: Path, content: bytes) -> onnxruntime.InferenceSession:
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
        # As in Graph.run.
        raise WeightsError(path, f"onnxruntime does not take it ({error})") from error

"""Damaged files of the models, of any kind: one error that names the file and what is wrong."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import numpy_helper

from quoteminer import QuoteminerError
from quoteminer_neural import WeightsError, stored, weights
from quoteminer_neural.claims import files

MODELS: dict[str, tuple[Path, tuple[str, ...], Callable[[Path], Any]]] = {
    "quotes": (weights.FOLDER, weights.FILES, weights.Weights),
    "claims": (files.FOLDER, files.FILES, files.Files),
}
each_model = pytest.mark.parametrize("model", MODELS)


@pytest.fixture(scope="module")
def copies(tmp_path_factory) -> dict[str, Path]:
    """Both models, to be damaged and mended again."""
    folder = tmp_path_factory.mktemp("models")
    return {name: Path(shutil.copytree(source, folder / name)) for name, (source, _, _) in MODELS.items()}


@pytest.fixture
def folder(copies, model) -> Iterator[Path]:
    """The files of a model as they ship."""
    yield copies[model]
    shutil.copytree(MODELS[model][0], copies[model], dirs_exist_ok=True)


def settings_of(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / stored.SETTINGS).read_text(encoding="utf-8"))
    return made


def seal(folder: Path, model: str, settings: dict[str, Any]) -> None:
    """As somebody would who trains a model: all checksums are right."""
    more = [weights.CLAIMS] if (folder / weights.CLAIMS).exists() else []
    made = stored.sealed(folder, settings, [*MODELS[model][1], *more])
    (folder / stored.SETTINGS).write_text(json.dumps(made), encoding="utf-8")


def refused(model: str, folder: Path, name: str, problem: str) -> None:
    with pytest.raises(WeightsError, match=problem) as caught:
        MODELS[model][2](folder)
    assert caught.value.path == folder / name
    assert str(folder / name) in str(caught.value)


def test_the_error_is_public_and_of_both_kinds():
    error = pickle.loads(pickle.dumps(WeightsError(Path("a/b.onnx"), "gone")))
    assert issubclass(WeightsError, QuoteminerError)
    assert issubclass(WeightsError, ValueError)
    assert (error.path, error.problem) == (Path("a/b.onnx"), "gone")


def damaged(content: bytes, kind: str, at: float, other: bytes) -> bytes:
    """One kind of damage at a place, as a share of the length."""
    place = int(at * (len(content) - 1))
    return {
        "cut": content[:place],
        "bit": content[:place] + bytes([content[place] ^ (1 << len(other) % 8)]) + content[place + 1 :],
        "byte": content[:place] + other[:1] + content[place + 1 :],
        "more": content[:place] + other + content[place:],
        "less": content[:place] + content[place + 1 + len(other) :],
        "zeros": content[:place] + bytes(len(content) - place),
        "other": other,
    }[kind]


KINDS = st.sampled_from(["cut", "bit", "byte", "more", "less", "zeros", "other"])


@pytest.mark.parametrize("model", MODELS)
@given(data=st.data())
def test_any_damage_is_an_error_or_changes_nothing(model, copies, data):
    """Only white space in the settings may change without a difference."""
    source, names, load = MODELS[model]
    folder = copies[model]
    name = data.draw(st.sampled_from([stored.SETTINGS, *names]) | st.just(stored.SETTINGS))
    whole = (source / name).read_bytes()
    content = damaged(whole, data.draw(KINDS), data.draw(st.floats(0, 1)), data.draw(st.binary(min_size=1, max_size=20)))
    (folder / name).write_bytes(content)
    try:
        if content == whole or (name == stored.SETTINGS and same(content, whole)):
            assert load(folder).settings == settings_of(source)
            return
        with pytest.raises(WeightsError) as caught:
            load(folder)
        # A checksum that was damaged blames the file that it is of.
        assert caught.value.path.parent == folder
    finally:
        (folder / name).write_bytes(whole)


def same(left: bytes, right: bytes) -> bool:
    try:
        return bool(json.loads(left) == json.loads(right))
    except (ValueError, RecursionError):
        return False


@each_model
def test_files_that_are_missing_or_swapped_are_named(model, folder):
    source, names, _ = MODELS[model]
    for name in (stored.SETTINGS, *names):
        (folder / name).unlink()
        refused(model, folder, name, "cannot be read")
        (folder / name).mkdir()
        refused(model, folder, name, "cannot be read")
        (folder / name).rmdir()
        shutil.copy(source / name, folder / name)
    first, second = names[:2]
    shutil.copy(source / first, folder / second)
    shutil.copy(source / second, folder / first)
    refused(model, folder, first, "checksum")
    settings = settings_of(folder)
    seal(folder, model, settings)
    refused(model, folder, stored.VOCABULARY if second == stored.VOCABULARY else first, "UTF-8|its inputs are")


@each_model
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"sha256": {}}', b'{"sha256": 1}', b"1" * 10_000]
)
def test_settings_that_are_none(model, content, folder):
    (folder / stored.SETTINGS).write_bytes(content)
    refused(model, folder, stored.SETTINGS, "damaged")


def places(settings: dict[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in settings.items():
        if name != stored.SUMS:
            yield (*before, name)
            if isinstance(value, dict):
                yield from places(value, (*before, name))


@each_model
def test_settings_with_a_wrong_value_name_it(model, folder):
    """Also where all checksums are right."""
    for place in places(settings_of(MODELS[model][0])):
        value: Any
        for value in (None, float("nan"), {}, [float("inf")], -1, True, "gone"):
            settings = settings_of(MODELS[model][0])
            inner = settings
            for name in place[:-1]:
                inner = inner[name]
            old = inner[place[-1]]
            if value == "gone":
                del inner[place[-1]]
            elif value == -1 and type(old) is float:
                continue  # a threshold may be anything
            else:
                inner[place[-1]] = value
            seal(folder, model, settings)
            refused(model, folder, stored.SETTINGS, rf"{'.'.join(place)}\b.* is (not|missing)")


@each_model
def test_a_vocabulary_that_does_not_fit(model, folder):
    source, names, _ = MODELS[model]
    pieces = (source / stored.VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    score = "\t-9" if "\t" in pieces[0] else ""
    for changed, name, problem in (
        (
            "\n".join(piece for piece in pieces if not piece.startswith("[SEP]")).encode(),
            stored.VOCABULARY,
            r"the piece '\[SEP\]' is missing",
        ),
        ("\n".join([*pieces, *(f"##{number}{score}" for number in range(100))]).encode(), names[0], "cannot run it"),
        (b"\xff\n", stored.VOCABULARY, "is not UTF-8"),
        (b"", stored.VOCABULARY, "is missing"),
    ):
        (folder / stored.VOCABULARY).write_bytes(changed)
        seal(folder, model, settings_of(source))
        refused(model, folder, name, problem)


@pytest.mark.parametrize("model", ["quotes"])
def test_a_setting_that_does_not_fit_the_graph(model, folder):
    settings = settings_of(MODELS[model][0])
    seal(folder, model, {**settings, "hidden": 1})
    wanted = r"its output vectors is tensor\(float\) \[1, any, 384\], not tensor\(float\) \[1, any, 1\]"
    refused(model, folder, weights.ENCODER, wanted)


@pytest.mark.parametrize("setting", ["pieces", "near", "sentences"])
def test_settings_larger_than_the_tables_of_the_graphs(setting, copies):
    folder = copies["quotes"]
    settings = settings_of(weights.FOLDER)
    seal(folder, "quotes", {**settings, setting: settings[setting] + 400})
    try:
        refused("quotes", folder, weights.ENCODER if setting == "pieces" else weights.LINKER, "cannot run it")
    finally:
        shutil.copy(weights.FOLDER / stored.SETTINGS, folder)


def not_finite(graph: onnx.ModelProto) -> None:
    """Every weight that is a number with a point is none now."""
    for tensor in graph.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32:
            tensor.CopyFrom(numpy_helper.from_array(np.full_like(values, np.nan), tensor.name))


def of_doubles(graph: onnx.ModelProto) -> None:
    graph.graph.input[0].type.tensor_type.elem_type = onnx.TensorProto.INT32


def renamed(graph: onnx.ModelProto) -> None:
    old = graph.graph.output[0].name
    graph.graph.output[0].name = "other"
    for node in graph.graph.node:
        for names in (node.input, node.output):
            for number, name in enumerate(names):
                if name == old:
                    names[number] = "other"


@each_model
@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (not_finite, "no finite numbers|cannot run it"),
        (of_doubles, "does not take it|its input ids is"),
        (renamed, "its outputs are .*other"),
    ],
)
def test_a_graph_with_other_weights_types_names_or_shapes(model, harm, problem, folder):
    source, names, _ = MODELS[model]
    graph = onnx.load(source / names[0])
    harm(graph)
    onnx.save(graph, folder / names[0])
    seal(folder, model, settings_of(source))
    refused(model, folder, names[0], problem)


@each_model
def test_no_graph_at_all(model, folder):
    name = MODELS[model][1][0]
    (folder / name).write_bytes(b"no model")
    seal(folder, model, settings_of(MODELS[model][0]))
    refused(model, folder, name, "onnxruntime does not take it")


def test_nothing_is_unpickled():
    """Neither pickle nor numpy's loader of files, which may unpickle, stands in what runs."""
    package = Path(weights.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert not [word for word in ("import pickle", "marshal", "np.load", "torch", "eval(", "exec(") if word in code]

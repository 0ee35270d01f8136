"""What is shipped works: the wheel, installed alone in a fresh environment, mines a seed, and nothing is left in the folder it came from."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tarfile
import zipfile
from typing import Any

import pytest

import quoteminer

from .environments import ROOT, WITHOUT_GIT, copied, files, fresh, run

HAS_COMPILER = any(map(shutil.which, ("cc", "gcc", "clang")))


def packaged() -> set[str]:
    """The files of all packages as they stand in a wheel."""
    return {
        path.relative_to(folder).as_posix()
        for folder, package in (
            (ROOT / "src", "quoteminer"),
            (ROOT / "plugins/people/src", "quoteminer_people"),
            (ROOT / "plugins/rules/src", "quoteminer_rules"),
        )
        for path in (folder / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.mark.slow
def test_installing_from_a_clone_is_complete_and_leaves_nothing_there(tmp_path):
    """As the README does it: plain Python, for any platform, and no compiler is asked."""
    clone = copied(tmp_path / "clone")
    before = files(clone)
    scripts = fresh(tmp_path / "venv", clone, CC="false")
    assert files(clone) == before

    shown = run(scripts / "quoteminer", "mine", clone / "seeds/wire-nato.txt", cwd=tmp_path)
    assert "Mark Rutte, NATO Secretary General · 13 quotes" in shown
    plugins = " ".join(run(scripts / "quoteminer", "plugins", cwd=tmp_path).split())
    assert (
        "rules.claims, check-language, rules.en, rules.da, rules.de, rules.es, rules.fr, rules.it, rules.nl, rules.no, rules.pt, rules.sv, rules.quotes, rules.turns,"
        in plugins
    )
    assert run(scripts / "quoteminer", "--version", cwd=tmp_path) == f"quoteminer {WITHOUT_GIT} (rules: plain Python)\n"


@pytest.mark.slow
def test_a_wheel_is_complete(tmp_path):
    """Made from the source archive, as an index would get it: nothing that the wheel needs is missing there."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert packaged() == {name for name in names if ".dist-info/" not in name}
    information = f"quoteminer-{wheel.name.split('-')[1]}.dist-info"
    assert {name.split("/")[0] for name in names} == {"quoteminer", "quoteminer_people", "quoteminer_rules", information}
    assert f"{information}/licenses/LICENSE" in names


@pytest.mark.slow
@pytest.mark.skipif(not HAS_COMPILER, reason="there is no C compiler")
def test_compiled_rules_find_the_same(tmp_path):
    """In every seed and hard case; compiling leaves nothing behind."""
    clone = copied(tmp_path / "clone")
    before = files(clone)
    ours = {"SETUPTOOLS_SCM_PRETEND_VERSION": quoteminer.__version__}  # which results name
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--outdir",
        tmp_path / "dist",
        clone,
        cwd=tmp_path,
        QUOTEMINER_COMPILE="1",
        **ours,
    )
    assert files(clone) == before
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert packaged() < set(zipfile.ZipFile(wheel).namelist())
    scripts = fresh(tmp_path / "venv", wheel)
    assert run(scripts / "quoteminer", "--version", cwd=tmp_path) == f"quoteminer {quoteminer.__version__} (rules: compiled)\n"

    cases = tmp_path / "cases.jsonl"
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    suite = (ROOT / "tests/golden/challenge.jsonl").read_text(encoding="utf-8")
    texts += [json.loads(line)["text"] for line in suite.splitlines()]
    # Each in its own language, as the program reads it.
    documents = [quoteminer.Document(text, id=str(number), language="und") for number, text in enumerate(texts)]
    lines = [json.dumps({"text": document.text, "id": document.id}) for document in documents]
    cases.write_text("\n".join(lines), encoding="utf-8")
    mined = run(scripts / "quoteminer", "mine", cases, "--format", "jsonl", cwd=tmp_path)
    plain = [extraction.to_dict() for extraction in quoteminer.mine_many(documents)]
    for compiled, same in zip(map(json.loads, mined.splitlines()), plain, strict=True):
        compiled["document"] = same["document"]  # the reader notes where it read
        assert compiled == same


@pytest.mark.parametrize(
    ("wish", "problem"), [("1", "could not be compiled.*this machine has no mypyc"), ("yes", "QUOTEMINER_COMPILE is 'yes'")]
)
def test_a_wheel_that_shall_be_compiled_and_cannot_is_none(wish, problem, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("build_hook", ROOT / "plugins/rules/build_hook.py")
    assert spec is not None
    assert spec.loader is not None
    hooks: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    (tmp_path / "mypyc").mkdir()
    (tmp_path / "mypyc/__init__.py").write_text("raise ImportError('this machine has no mypyc')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("QUOTEMINER_COMPILE", wish)

    # Without what hatchling hands over.
    hook: Any = object.__new__(type("Hook", (hooks.CompiledRules,), {"root": str(ROOT)}))
    with pytest.raises((RuntimeError, ValueError), match=f"(?s){problem}"):
        hook.initialize("standard", {"force_include": {}})
    hook.initialize("editable", {})


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / "plugins/neural").is_dir(), reason="the neural plugin is not in a source archive")
def test_the_neural_plugin_ships_its_weights_and_the_licence(tmp_path):
    """The wheel is made from its source archive."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path, ROOT / "plugins/neural", cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = [archive.read(name).decode() for name in names if name.endswith("entry_points.txt")]
        (licence,) = [archive.read(name) for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    files = ("model.json", "vocabulary.txt", "encoder.onnx", "linker.onnx")
    data = {f"quoteminer_neural/data/{scope}/{name}" for scope in ("speech", "all") for name in files}
    assert data <= names
    assert {f"quoteminer_neural/claims/data/{name}" for name in ("model.json", "vocabulary.txt", "scorer.onnx")} <= names
    assert {"quoteminer_neural_training/quotes/config.toml", "quoteminer_neural_training/claims/config.toml"} <= names
    assert "neural = quoteminer_neural" in entry_points
    assert licence == (ROOT / "LICENSE").read_bytes()
    assert wheel.stat().st_size <= 42e6
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        assert sum(name.endswith("/LICENSE") for name in archive.getnames()) == 1


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / "plugins/spark").is_dir(), reason="the adapters are not in a source archive")
@pytest.mark.parametrize(
    ("name", "packages", "entries"),
    [
        ("spark", {"quoteminer_spark"}, set()),
        (
            "spacy",
            {"quoteminer_spacy", "quoteminer_spacy_linker"},
            {
                "[quoteminer]", "spacy = quoteminer_spacy_linker", "[spacy_displacy_colors]", "quoteminer = quoteminer_spacy.groups:COLOURS",
                "[spacy_factories]", "quoteminer = quoteminer_spacy.component:make",
            },
        ),
    ],
)  # fmt: skip
def test_an_adapter_ships_all_of_its_packages(tmp_path, name, packages, entries):
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT / "plugins" / name, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        told = [archive.read(one).decode() for one in names if one.endswith("entry_points.txt")]
    folder = ROOT / "plugins" / name / "src"
    assert {one for one in names if ".dist-info/" not in one} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    assert {one.partition("/")[0] for one in names if ".dist-info/" not in one} == packages
    assert {line for line in "".join(told).splitlines() if line} == entries

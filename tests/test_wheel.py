"""What is shipped works: the wheel, installed alone in a fresh environment, mines a seed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import quoteminer

ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, cwd: Path, **settings: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(item) for item in command], cwd=cwd, env={**environment, **settings}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def packaged() -> set[str]:
    """The files of both packages as they stand in a wheel."""
    return {
        path.relative_to(folder).as_posix()
        for folder, package in ((ROOT / "src", "quoteminer"), (ROOT / "plugins/rules/src", "quoteminer_rules"))
        for path in (folder / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def built(folder: Path, **settings: str) -> Path:
    """The wheel made from the source archive, as an index would get it: nothing that the wheel needs is missing there."""
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder.parent, **settings)
    (wheel,) = folder.glob("*.whl")
    return wheel


def installed(folder: Path, wheel: Path) -> Path:
    """The folder of programs of a fresh environment with nothing but the wheel."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "-q", wheel, cwd=folder.parent)
    return scripts


@pytest.mark.slow
def test_a_wheel_without_a_compiler_is_complete(tmp_path):
    """What cannot be compiled is left as plain Python, for any platform."""
    wheel = built(tmp_path / "dist", CC="false")
    assert wheel.name.endswith("-py3-none-any.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert packaged() == {name for name in names if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"quoteminer", "quoteminer_rules", "quoteminer-0.1.0.dist-info"}

    scripts = installed(tmp_path / "venv", wheel)
    shown = run(scripts / "quoteminer", "mine", ROOT / "seeds/wire-nato.txt", cwd=tmp_path)
    assert "Mark Rutte, NATO Secretary General · 13 quotes" in shown
    assert "rules.claims, rules.quotes, rules.speakers" in run(scripts / "quoteminer", "plugins", cwd=tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not any(map(shutil.which, ("cc", "gcc", "clang"))), reason="there is no C compiler")
def test_compiled_rules_find_the_same(tmp_path):
    """In every seed and hard case."""
    wheel = built(tmp_path / "dist", QUOTEMINER_COMPILE="1")
    assert packaged() < set(zipfile.ZipFile(wheel).namelist())
    scripts = installed(tmp_path / "venv", wheel)
    found = run(scripts / "python", "-c", "import quoteminer_rules.quotes.indirect.merging as m; print(m.__file__)", cwd=tmp_path)
    assert not found.strip().endswith(".py")

    cases = tmp_path / "cases.jsonl"
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    suite = (ROOT / "tests/golden/challenge.jsonl").read_text(encoding="utf-8")
    texts += [json.loads(line)["text"] for line in suite.splitlines()]
    documents = [quoteminer.Document(text, id=str(number)) for number, text in enumerate(texts)]
    lines = [json.dumps({"text": document.text, "id": document.id}) for document in documents]
    cases.write_text("\n".join(lines), encoding="utf-8")
    mined = run(scripts / "quoteminer", "mine", cases, "--format", "jsonl", cwd=tmp_path)
    plain = [extraction.to_dict() for extraction in quoteminer.mine_many(documents)]
    for compiled, ours in zip(map(json.loads, mined.splitlines()), plain, strict=True):
        compiled["document"] = ours["document"]  # the reader notes where it read
        assert compiled == ours


@pytest.mark.slow
def test_the_wheel_of_the_neural_plugin_carries_its_weights(tmp_path):
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT / "plugins/neural", cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = [archive.read(name).decode() for name in names if name.endswith("entry_points.txt")]
    data = {f"quoteminer_neural/data/{name}" for name in ("model.json", "vocabulary.txt", "encoder.onnx", "linker.onnx")}
    assert data <= names
    assert {f"quoteminer_neural/claims/data/{name}" for name in ("model.json", "vocabulary.txt", "scorer.onnx")} <= names
    assert {"quoteminer_neural_training/quotes/config.toml", "quoteminer_neural_training/claims/config.toml"} <= names
    assert "neural = quoteminer_neural" in entry_points
    assert wheel.stat().st_size <= 30e6

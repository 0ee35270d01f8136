"""What is shipped works: the wheel, installed alone in a fresh environment, mines a seed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([str(item) for item in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_is_complete(tmp_path):
    """From the source archive, as an index would get it: nothing that the wheel needs is missing there."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, package in ((ROOT / "src", "quoteminer"), (ROOT / "plugins/rules/src", "quoteminer_rules")):
        ours = {
            path.relative_to(folder).as_posix()
            for path in (folder / package).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert ours <= names
    assert {name.split("/")[0] for name in names} == {"quoteminer", "quoteminer_rules", "quoteminer-0.1.0.dist-info"}

    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    shown = run(scripts / "quoteminer", "mine", ROOT / "seeds/wire-nato.txt", cwd=tmp_path)
    assert "Mark Rutte, NATO Secretary General · 13 quotes" in shown
    assert "rules.claims, explain, rules.quotes, rules.speakers" in run(scripts / "quoteminer", "plugins", cwd=tmp_path)

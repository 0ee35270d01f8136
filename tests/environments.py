"""Fresh environments and copies of the project, for tests of what is shipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
#: The version of what is built where there is no git, such as in a copy.
WITHOUT_GIT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["version"][
    "fallback-version"
]
#: What the one who runs the tests may have lying about; git ignores it too.
_LEFT_OUT: Final = (
    ".git",
    ".venv",
    "dist",
    "build",
    "*.egg-info",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
    ".benchmarks",
    ".coverage",
)


def run(*command: object, cwd: Path, **settings: str) -> str:
    """What a program prints; it must end well. Settings of the environment that decide on imports or builds are not handed on."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "QUOTEMINER_COMPILE")}
    done = subprocess.run(
        [str(item) for item in command], cwd=cwd, env={**environment, **settings}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def copied(folder: Path) -> Path:
    """A copy of the project as a fresh clone has it."""
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_LEFT_OUT)))


def files(folder: Path) -> set[str]:
    """All files and folders in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def fresh(folder: Path, *requirements: object, **settings: str) -> Path:
    """The folder of programs of a new environment with nothing but what is required."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "-q", *requirements, cwd=folder.parent, **settings)
    return scripts

"""The lowest versions that we say we work with, tried: ``python -m tests.lowest [NAME==VERSION…]``.

An environment of its own gets each dependency in the version that ``pyproject.toml`` names as its bound, and of the test libraries what is new; then
the golden texts, the laws, the units, the formats and the service run in it, on the oldest Python that is supported if that is the one that runs this.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from .environments import ROOT, fresh

#: What the core and its smaller extras are made of; what only measures is as new as it likes.
EXTRAS: Final = ("pdf", "serve", "xlsx", "trafilatura")
TELLING: Final = (
    "tests/golden",
    "tests/properties/test_laws.py",
    "tests/unit",
    "tests/formats",
    "tests/cli/test_mine.py",
    "tests/service",
)
#: What these tests need besides.
BESIDES: Final = ("httpx", "hypothesis", "jinja2", "jsonschema", "lxml", "matplotlib", "numpy", "openapi-spec-validator", "openpyxl", "pandas", "polars", "pyarrow", "pyld", "pytest", "pytest-xdist", "scikit-learn", "scipy", "duckdb", "sybil", "tokenizers")  # fmt: skip


def bounds(project: Path = ROOT / "pyproject.toml") -> list[str]:
    """The dependencies of the core and of some extras, each pinned to its lower bound.

    Raises:
        ValueError: when one has no lower bound.
    """
    read = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    wanted = list(read["dependencies"])
    for extra in EXTRAS:
        wanted += read["optional-dependencies"][extra]
    pinned = []
    for requirement in wanted:
        found = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement)
        if not found:
            raise ValueError(f"{requirement!r} has no lower bound that could be tried")
        pinned.append(f"{found[1]}=={found[2]}")
    return pinned


def main(*instead: str) -> None:
    """Make the environment and run the tests; versions that are given stand in place of those of the project."""
    named = {pin.partition("==")[0] for pin in instead}
    pins = [*(pin for pin in bounds() if pin.partition("==")[0] not in named), *instead]
    print("python", sys.version.split()[0], *pins, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        scripts = fresh(Path(folder) / "lowest", "-e", ROOT, *pins, *BESIDES)
        subprocess.run([scripts / "python", "-m", "pip", "check"], check=True)
        # Old versions may warn of what a new Python or a new library does away with; here only what fails counts.
        options = ["-q", "-n", "auto", "-m", "not timed and not slow", "-o", "filterwarnings=default", "-p", "no:cacheprovider"]
        command = [scripts / "python", "-m", "pytest", *options, *TELLING]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])

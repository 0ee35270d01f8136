"""Compiles the mechanisms of the rules when a wheel is built with ``QUOTEMINER_COMPILE=1``, as those that are released are.

The modules stay plain Python; mypyc makes C extensions of them that behave alike and are about half as fast again. It takes minutes and
a C compiler, so without the variable (or with ``0``) the wheel holds plain Python and is made in a second. When it is set, a failure to
compile is an error. An installation for development (``pip install -e``) is never compiled, so that a change to a file shows at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program, where only mypyc is needed
    BuildHookInterface = object

VARIABLE = "QUOTEMINER_COMPILE"
NEEDED = ["attrs>=23.2", "click>=8.2", "mypy>=2.0", "pluggy>=1.5", "setuptools>=70", "types-regex>=2024.4.16"]
"""What compiling needs; nothing of it is fetched for a wheel of plain Python."""
PACKAGE = Path("plugins/rules/src/quoteminer_rules")
#: What of the core is hot in the rules.
CORE = (Path("src/quoteminer/text/marks.py"),)
# What drives the search stays interpreted: between two blocks other threads get their turn, and a time limit can strike.
INTERPRETED = (
    "__init__.py",
    "blockwise.py",
    "check_language.py",
    "components.py",
    "language/__init__.py",
    "reading/__init__.py",
    "reports/__init__.py",
    "reports/grammar.py",
    "speakers/__init__.py",
    "claims/__init__.py",
    # Learning works with NumPy, and is no part of mining.
    "learning/__init__.py",
    "learning/__main__.py",
    "learning/confidence.py",
    "learning/examples.py",
    "learning/fitting.py",
    "learning/gold.py",
    "learning/judge.py",
)


class CompiledRules(BuildHookInterface):  # type: ignore[misc]
    """Adds the compiled modules to a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Called by hatchling before the environment of the build is made."""
        return NEEDED if wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; ``version`` is ``standard`` or ``editable``."""
        if version == "editable" or not wanted():
            return
        self._folder = tempfile.TemporaryDirectory(prefix="quoteminer-")
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), self._folder.name],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            self._folder.cleanup()
            raise RuntimeError(
                f"the rules could not be compiled; without {VARIABLE} they stay plain Python:\n{done.stdout}{done.stderr}"
            )
        made = Path(self._folder.name)
        for file in made.rglob("*"):
            if file.suffix in (".so", ".pyd"):
                build_data["force_include"][str(file)] = file.relative_to(made).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatchling when the wheel is written."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def wanted() -> bool:
    """Whether the environment asks for compiled rules; raises :class:`ValueError` where it says neither yes nor no."""
    wish = os.environ.get(VARIABLE, "0")
    if wish not in ("", "0", "1"):
        raise ValueError(f"{VARIABLE} is {wish!r}; 1 compiles the rules, 0 leaves them plain Python")
    return wish == "1"


def compile_rules(folder: str) -> None:
    """Write the compiled modules into ``folder``; the working directory is that of the project."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    rules = (path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix() not in INTERPRETED)
    files = sorted(map(str, (*CORE, *rules)))
    with tempfile.TemporaryDirectory(prefix="quoteminer-c-") as scratch:
        extensions = mypycify(
            ["--no-incremental", "--cache-dir", os.path.join(scratch, "cache"), *files],
            debug_level="0",
            # No slower than the third level by more than what the clock tells apart, and compiled sooner.
            opt_level="2",
            # One C file for each module, so that they compile side by side.
            multi_file=True,
            target_dir=scratch,
            group_name="quoteminer_rules",
        )
        command = _side_by_side()(Distribution({"name": "quoteminer", "ext_modules": extensions}))
        command.build_lib = folder
        command.build_temp = scratch
        command.ensure_finalized()
        command.run()


def _side_by_side() -> Any:
    """The command that builds extensions, made to compile the files of one on all processors; setuptools does so with several extensions only."""
    from setuptools.command.build_ext import build_ext

    class SideBySide(build_ext):
        def build_extensions(self) -> None:
            one_by_one = self.compiler.compile
            workers = os.cpu_count() or 1

            def compiled(sources: Sequence[str], **options: Any) -> list[str]:
                # Every n-th file, since the long ones stand together.
                parts = [list(sources[number::workers]) for number in range(workers)]
                with ThreadPoolExecutor(workers) as pool:
                    made = pool.map(lambda part: one_by_one(part, **options), filter(None, parts))
                return [file for part in made for file in part]

            self.compiler.compile = compiled
            super().build_extensions()

    return SideBySide


if __name__ == "__main__":
    compile_rules(sys.argv[1])

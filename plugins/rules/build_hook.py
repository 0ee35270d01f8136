"""Compiles the mechanisms of the rules when a wheel is built, so that an installed quoteminer is about twice as fast.

The modules stay plain Python; mypyc makes C extensions of them that behave alike. Where that cannot be (no compiler, no headers),
the wheel holds plain Python only. An installation for development (``pip install -e``) is never compiled, so that a change to a
file shows at once.

``QUOTEMINER_COMPILE`` decides: ``0`` never, ``1`` always (a failure is an error), anything else when possible.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program, where only mypyc is needed
    BuildHookInterface = object

PACKAGE = Path("plugins/rules/src/quoteminer_rules")
# What drives the search stays interpreted: between two blocks other threads get their turn, and a time limit can strike.
INTERPRETED = (
    "__init__.py",
    "blockwise.py",
    "components.py",
    "quotes/__init__.py",
    "quotes/mining.py",
    "quotes/marked/__init__.py",
    "quotes/indirect/__init__.py",
    "explain.py",
    "speakers/__init__.py",
    "claims/__init__.py",
)


class CompiledRules(BuildHookInterface):  # type: ignore[misc]
    """Adds the compiled modules to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; ``version`` is ``standard`` or ``editable``."""
        wish = os.environ.get("QUOTEMINER_COMPILE", "")
        if version == "editable" or wish == "0":
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
            if wish == "1":
                raise RuntimeError(f"the rules could not be compiled:\n{done.stdout}{done.stderr}")
            reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
            self.app.display_warning(f"The rules stay uncompiled, which makes them slower: {reason}")
            return
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


def compile_rules(folder: str) -> None:
    """Write the compiled modules into ``folder``; the working directory is that of the project."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    files = sorted(str(path) for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix() not in INTERPRETED)
    with tempfile.TemporaryDirectory(prefix="quoteminer-c-") as scratch:
        extensions = mypycify(
            ["--no-incremental", *files],
            debug_level="0",
            # One C file for each module, so that they compile side by side.
            multi_file=True,
            target_dir=scratch,
            group_name="quoteminer_rules",
        )
        command = Distribution({"name": "quoteminer", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib = folder
        command.build_temp = scratch
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    compile_rules(sys.argv[1])

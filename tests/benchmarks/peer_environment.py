"""An environment for other tools, whose requirements would not go together with ours. Made once, outside git."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".benchmarks"
REQUIREMENTS = Path(__file__).with_name("requirements-peers.txt")


def interpreter(folder: Path = CACHE / "peers") -> Path:
    """The interpreter of the environment; makes it when it is not there or was made from other requirements."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made_from = folder / "requirements.txt"
    wanted = f"# Python {sys.version_info[0]}.{sys.version_info[1]}\n{REQUIREMENTS.read_text(encoding='utf-8')}"
    if not made_from.exists() or made_from.read_text(encoding="utf-8") != wanted:
        print("making an environment for the other tools; this takes a minute", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)
        # Written last: an installation that failed half-way is made anew.
        made_from.write_text(wanted, encoding="utf-8")
    return python

"""What it costs to start: importing the library, and running the command."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Sequence

from .texts import ROOT
from .timing import Series, alternating, seconds

BARE = "python -c pass"
DEPENDENCIES = "python -c 'import pluggy, attrs'"
IMPORTS = {
    BARE: ["-c", "pass"],
    DEPENDENCIES: ["-c", "import pluggy, attrs"],
    "python -c 'import quoteminer'": ["-c", "import quoteminer"],
}
COMMANDS = {
    "quoteminer --version": ["-m", "quoteminer", "--version"],
    "quoteminer mine seeds/wire-nato.txt --plugin rules": [
        "-m",
        "quoteminer",
        "mine",
        "seeds/wire-nato.txt",
        "--plugin",
        "rules",
    ],
    "quoteminer mine seeds/wire-nato.txt": ["-m", "quoteminer", "mine", "seeds/wire-nato.txt"],
}


def _seconds(arguments: Sequence[str]) -> float:
    command = [sys.executable, *arguments]
    return seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL))


def starts(rounds: int) -> dict[str, Series]:
    """Seconds of each as a process of its own, after one of each that is not counted: it writes compiled modules."""
    commands = {**IMPORTS, **COMMANDS}
    for arguments in commands.values():
        _seconds(arguments)
    return alternating({name: functools.partial(_seconds, arguments) for name, arguments in commands.items()}, rounds)

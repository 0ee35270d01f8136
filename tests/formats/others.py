"""Label Studio's own library looks at our tasks: ``python -m tests.formats.others``.

It brings some eighty packages, so it is installed into an environment of its own and is no part of the tests.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from quoteminer import Document, Miner
from quoteminer.formats import writers

from ..golden import floors

ROOT: Final = Path(__file__).resolve().parents[2]
_CHECK: Final = """
import json, sys
from label_studio_sdk.label_interface import LabelInterface
interface = LabelInterface(open(sys.argv[1], encoding="utf-8").read())
interface.validate()
tasks = json.load(open(sys.argv[2], encoding="utf-8"))
wrong = [error for task in tasks for one in task["predictions"] for error in interface.validate_prediction(one, return_errors=True)]
known = interface.validate_prediction({"result": [{**tasks[0]["predictions"][0]["result"][0], "type": "choices"}]}, return_errors=True)
assert known, "a wrong task is not seen"
print(len(tasks), "tasks,", sum(len(one["result"]) for task in tasks for one in task["predictions"]), "regions and relations,", len(wrong), "faults")
print(*wrong[:20], sep="\\n")
sys.exit(bool(wrong))
"""


def main() -> int:
    """Write the first stories, and have them looked at."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (place / "tasks.json").open("wb") as stream:
            writers()["label-studio"].write(
                [Miner().mine(Document(gold["text"], id=gold["id"])) for gold in floors.seeds().values()], stream
            )
        python = place / "environment" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", place / "environment"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "label-studio-sdk"], check=True)
        return subprocess.run(
            [python, "-c", _CHECK, ROOT / "docs" / "examples" / "label-studio.xml", place / "tasks.json"], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())

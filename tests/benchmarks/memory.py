"""Peak memory of each component, in a process of its own.

``tracemalloc`` would miss what regular expressions and models allocate outside Python's own allocator, and slow the work
down; so the operating system's high-water mark is read, before and after, in a fresh process that does one thing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# Characters of the one document that is worked on: long, so that what a component keeps of it shows.
LITTLE, MUCH = 20_000, 1_000_000
ROOT = Path(__file__).resolve().parents[2]
_STATUS = Path("/proc/self/status")


def peak() -> float:
    """Most megabytes that this process ever had in memory.

    On Linux ``ru_maxrss`` would begin with what the starting process had; the high-water mark of the kernel's status is
    of this program alone.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    import resource

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1_000_000 if sys.platform == "darwin" else 1000)


def of_component(name: str, *, quick: bool) -> dict[str, float]:
    """Megabytes at most: ``before`` loading, ``loaded`` more than that, ``working`` more again than loaded and given its input."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main(name: str, *, quick: bool) -> None:
    """The process that is measured."""
    from quoteminer import Document

    from .components import parts
    from .texts import news, of_size, seeds

    def part(documents: Any) -> Any:
        # What the component starts from is mined in other processes: it must not leave its traces in this one.
        (found,) = [part for part in parts(documents, workers=2) if part.name == name]
        return found.ready()

    document = Document(of_size(seeds(), LITTLE) if quick else of_size(news(), MUCH), id="long")
    before = peak()
    part([Document("“It works,” said Ada Lovelace on Monday.")])()
    loaded = peak()
    work = part([document])
    ready = peak()
    work()
    print(json.dumps({"before": before, "loaded": loaded - before, "working": peak() - ready}))


if __name__ == "__main__":
    main(sys.argv[1], quick="--quick" in sys.argv)

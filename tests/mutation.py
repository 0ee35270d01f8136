"""How many small mistakes in the core its tests notice.

``python -m tests.mutation`` has mutmut make hundreds of mutants of each file below, each with one change, and runs the tests of
that file on each; a mutant that no test fails on survives. ``docs/testing.md`` says which kinds of survivors are left and why.

All happens in copies, so that a run can be stopped at any time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FLOOR: Final = 0.85
FILES: Final = {
    "spans": ("unit/test_spans.py",),
    "checks": ("unit/test_checks.py", "unit/test_annotations.py"),
    "annotations": ("unit/test_annotations.py",),
    "plugins/manager": ("unit/test_plugins.py",),
    # Without its properties, which take many times as long.
    "merging/quotes": ("unit/test_merging_quotes.py",),
}
"""The tests that concern a file; of these, mutmut runs on a mutant those that call the changed function."""

# Under mutmut, every call passes a switch between mutants, so clocks tell nothing.
SETTINGS: Final = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/quoteminer/{name}.py"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-m", "not timed", "-p", "no:cacheprovider"]
timeout_multiplier = 10.0
timeout_constant = 10.0
use_git_change_detection = false
"""


def prepare(name: str, folder: Path) -> None:
    """Copy what the run needs; verdicts of an earlier run in the same folder stay."""
    for part in ("src", "tests"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    # Tests of mutmut's own copy must not be those of an earlier run.
    shutil.rmtree(folder / "mutants" / "tests", ignore_errors=True)
    tests = json.dumps([f"tests/{file}" for file in FILES[name]])
    settings = (ROOT / "pyproject.toml").read_text("utf-8") + SETTINGS.format(name=name, tests=tests)
    (folder / "pyproject.toml").write_text(settings, "utf-8")


def mutmut(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "QUOTEMINER_HYPOTHESIS": "mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"mutmut {arguments[0]} failed:\n{done.stdout[-4000:]}")
    return done.stdout


def recorded(name: str, folder: Path) -> Path:
    """Where mutmut keeps the verdicts."""
    return folder / "mutants" / "src" / "quoteminer" / f"{name}.py.meta"


def verdicts(name: str, folder: Path) -> dict[str, int]:
    """Exit code of the tests for each mutant."""
    codes: dict[str, int | None] = json.loads(recorded(name, folder).read_text("utf-8"))["exit_code_by_key"]
    if not codes or None in codes.values():
        raise SystemExit(f"{name}: the run is not complete")
    return {mutant: code for mutant, code in codes.items() if code is not None}


def survived(code: int | None) -> bool:
    """Whether the tests passed, or none reached the mutant."""
    return code in (0, 5, 33)


def forget_survivors(name: str, folder: Path) -> None:
    path = recorded(name, folder)
    data = json.loads(path.read_text("utf-8"))
    data["exit_code_by_key"] = {mutant: None if survived(code) else code for mutant, code in data["exit_code_by_key"].items()}
    path.write_text(json.dumps(data), "utf-8")
    # Which tests reach a function is asked again too: a test may have changed under its old name.
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FILE", help=f"of {', '.join(FILES)}; all by default")
    parser.add_argument("--folder", type=Path, help="keep everything here, for --again and for `mutmut browse` in FOLDER/FILE")
    parser.add_argument(
        "--again", action="store_true", help="test only what has changed or survived since the last run in FOLDER"
    )
    parser.add_argument("--show", action="store_true", help="print what was changed in each survivor")
    parser.add_argument("--processes", type=int, default=1, help="mutants tested at a time (1)")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(FILES))
    if unknown:
        parser.error(f"no tests are known for {unknown[0]!r}; there are: {', '.join(FILES)}")
    if options.again and options.folder is None:
        parser.error("--again needs the --folder of the last run")
    low = []
    with tempfile.TemporaryDirectory() as temporary:
        print(f"{'file':12} {'mutants':>8} {'killed':>8} {'survived':>9} {'killed, %':>10}", flush=True)
        for name in options.names or FILES:
            folder = (options.folder or Path(temporary)).resolve() / name
            folder.mkdir(parents=True, exist_ok=True)
            if options.again and recorded(name, folder).exists():
                forget_survivors(name, folder)
            else:
                shutil.rmtree(folder / "mutants", ignore_errors=True)
            prepare(name, folder)
            mutmut(folder, "run", "--max-children", str(options.processes))
            codes = verdicts(name, folder)
            left = [mutant for mutant, code in codes.items() if survived(code)]
            share = 1 - len(left) / len(codes)
            if share < FLOOR:
                low.append(name)
            print(f"{name:14} {len(codes):8} {len(codes) - len(left):8} {len(left):9} {100 * share:10.1f}", flush=True)
            if options.show:
                for mutant in left:
                    print(mutmut(folder, "show", mutant), flush=True)
    if low:
        raise SystemExit(f"below {FLOOR:.0%}: {', '.join(low)}")


if __name__ == "__main__":
    main()

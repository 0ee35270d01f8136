"""What the command for mutation testing makes of mutmut's verdicts; the command itself takes too long for a test."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests import mutation


def record(folder, verdicts):
    path = mutation.recorded("spans", folder)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"exit_code_by_key": verdicts, "other": 1}), "utf-8")
    return path


def test_files_and_their_tests_are_there():
    for name, tests in mutation.FILES.items():
        assert (mutation.ROOT / "src" / "quoteminer" / f"{name}.py").exists()
        assert all((mutation.ROOT / "tests" / test).exists() for test in tests)


def test_a_mutant_survives_when_the_tests_pass_or_none_reaches_it(tmp_path):
    record(tmp_path, {"failed": 1, "passed": 0, "out of time": -24, "not reached": 33})
    codes = mutation.verdicts("spans", tmp_path)
    assert [mutant for mutant, code in codes.items() if mutation.survived(code)] == ["passed", "not reached"]


@pytest.mark.parametrize("verdicts", [{}, {"failed": 1, "not tried": None}])
def test_a_run_that_was_cut_off_gives_no_figures(tmp_path, verdicts):
    record(tmp_path, verdicts)
    with pytest.raises(SystemExit, match="spans: the run is not complete"):
        mutation.verdicts("spans", tmp_path)


def test_testing_again_forgets_survivors_only(tmp_path):
    path = record(tmp_path, {"failed": 1, "passed": 0, "not reached": 33})
    mutation.forget_survivors("spans", tmp_path)
    assert json.loads(path.read_text("utf-8")) == {
        "exit_code_by_key": {"failed": 1, "passed": None, "not reached": None},
        "other": 1,
    }


def test_what_is_prepared_is_a_copy_with_settings_for_one_file(tmp_path):
    mutation.prepare("checks", tmp_path)
    assert (tmp_path / "src/quoteminer/checks.py").exists()
    assert (tmp_path / "tests/unit/test_checks.py").exists()
    settings = (tmp_path / "pyproject.toml").read_text("utf-8")
    assert 'only_mutate = ["src/quoteminer/checks.py"]' in settings
    assert '["tests/unit/test_checks.py", "tests/unit/test_annotations.py"]' in settings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["spams"], "no tests are known for 'spams'; there are: spans, "), (["--again"], "--again needs the --folder")],
)
def test_wrong_use_is_told_before_anything_is_done(arguments, message):
    command = [sys.executable, "-m", "tests.mutation", *arguments]
    done = subprocess.run(command, cwd=mutation.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert message in done.stderr

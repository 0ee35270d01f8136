"""The source archive holds what its tests need: unpacked elsewhere, all of them are found, and those that read its data pass."""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path

import pytest

from .environments import ROOT, fresh, run

pytestmark = pytest.mark.slow
#: They read what an archive could lack: the seeds, the folders of the languages, pages of the documentation.
TELLING = (
    "tests/golden",
    "tests/properties/test_laws.py",
    "tests/rules/test_constructions.py",
    "tests/rules/test_languages.py",
    "tests/rules/test_other_languages.py",
    "tests/rules/test_rules_table.py",
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The folder that is in the archive."""
    folder = tmp_path_factory.mktemp("archive")
    run(sys.executable, "-m", "build", "--sdist", "--outdir", folder, ROOT, cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    (inside,) = [Path(item) for item in folder.iterdir() if item.is_dir()]
    return inside


def test_everything_is_there_that_a_reader_asks_for(unpacked):
    for name in ("README.md", "LICENSE", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/plugins.md", "Makefile"):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    assert not (unpacked / "plugins/neural").exists()


def test_all_of_its_tests_can_be_collected(unpacked):
    """With the packages of the archive, not with ours."""
    packages = ":".join(str(unpacked / folder) for folder in ("src", "plugins/people/src", "plugins/rules/src"))
    code = "import quoteminer, quoteminer_people, quoteminer_rules, pytest; print(quoteminer.__file__); pytest.main(['-q', '--collect-only', '-p', 'no:cacheprovider'])"
    said = run(sys.executable, "-c", code, cwd=unpacked, PYTHONPATH=packages)
    assert said.startswith(str(unpacked / "src"))
    assert " tests collected in " in said.splitlines()[-1]
    assert "error" not in said.splitlines()[-1]


def test_its_tests_pass_in_a_fresh_environment(unpacked):
    scripts = fresh(unpacked.parent / "venv", "-e", f"{unpacked}[evaluation,testing]", "scikit-learn")
    said = run(scripts / "python", "-m", "pytest", "-q", "-m", "not timed", *TELLING, cwd=unpacked, QUOTEMINER_HYPOTHESIS="quick")
    assert int(said.splitlines()[-1].split()[0]) > 300

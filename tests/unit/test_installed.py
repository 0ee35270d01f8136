"""What is installed, told by the files of installers as ``importlib.metadata`` tells it."""

import importlib.metadata
import sys
import zipfile

import pytest

from quoteminer.installed import Distribution, EntryPoint, entry_points, version_of


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder on the path, first, and a way to install something in it."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(folder, points="", metadata=None, file="METADATA"):
        information = tmp_path / folder
        information.mkdir(parents=True)
        name, version = folder.rpartition(".")[0].split("-")
        told = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: none\n" if metadata is None else metadata
        (information / file).write_text(told, encoding="utf-8")
        if points:
            (information / "entry_points.txt").write_text(points, encoding="utf-8")
        return information

    return install


def known(group):
    """The same, as the standard library tells it."""
    found = importlib.metadata.entry_points(group=group)
    return {(one.name, one.value, one.dist.name, one.dist.version) for one in found if one.dist is not None}


def told(group):
    return {(one.name, one.value, one.dist.name, one.dist.version) for one in entry_points(group) if one.dist is not None}


@pytest.mark.parametrize("group", ["quoteminer", "console_scripts", "pytest11", "no such group"])
def test_the_standard_library_tells_the_same_of_this_environment(group):
    assert told(group) == known(group)


def test_the_standard_library_tells_the_same_of_odd_files(site):
    site("One.Thing-1.0.dist-info", "[other]\na = b\n\n[group]\n# none\n x  =  y.z : made [extra] \nlast=one\n[group2]\nc = d\n")
    site("two_things-2.egg-info", "[group]\nfrom_egg = egg:point.inner\n", file="PKG-INFO")
    site("three-3.dist-info", "[other]\na = [group]\n")
    assert told("group") == known("group")
    assert {one.name for one in entry_points("group")} == {"x", "last", "from_egg"}


def test_the_first_of_two_distributions_of_one_name_counts(site, tmp_path, monkeypatch):
    site("a_thing-2.dist-info", "[group]\nx = second\n")
    first = tmp_path / "first"
    (first / "A.Thing-1.dist-info").mkdir(parents=True)
    (first / "A.Thing-1.dist-info" / "entry_points.txt").write_text("[group]\nx = first\n", encoding="utf-8")
    monkeypatch.syspath_prepend(first)
    assert [one.value for one in entry_points("group")] == ["first"]
    assert [one.value for one in importlib.metadata.entry_points(group="group")] == ["first"]


def test_what_lies_in_an_archive_is_found(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("zipped-3.dist-info/METADATA", "Metadata-Version: 2.1\nName: zipped\nVersion: 3\n")
        archive.writestr("zipped-3.dist-info/entry_points.txt", "[group]\nx = y\n")
    monkeypatch.syspath_prepend(tmp_path / "site.zip")
    assert entry_points("group") == [EntryPoint("x", "y", Distribution("zipped", "3"))]
    assert version_of("zipped") == "3"
    assert version_of("unzipped") is None


def test_what_another_finder_knows_is_found(monkeypatch, site):
    site("plain-1.dist-info", "[group]\nx = y\n")

    class Finder(importlib.metadata.DistributionFinder):
        def find_spec(self, name, path=None, target=None):
            return None

        def find_distributions(self, context=importlib.metadata.DistributionFinder.Context()):  # noqa: B008
            class Known(importlib.metadata.Distribution):
                def read_text(self, filename):
                    return {"METADATA": "Name: found\nVersion: 4\n", "entry_points.txt": "[group]\nz = w\n"}.get(filename)

                def locate_file(self, path):
                    return path

            return [Known()] if context.name in (None, "found") else []

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert {one.name for one in entry_points("group")} == {"x", "z"}
    assert version_of("found") == "4"


def test_a_version_is_found_however_the_name_is_written(site):
    site("Some_Thing-1.5.dist-info")
    assert [version_of(name) for name in ("some-thing", "Some.Thing", "something")] == ["1.5", "1.5", None]
    assert version_of("pluggy") == importlib.metadata.version("pluggy")


def test_without_files_of_metadata_nothing_is_told_of_a_distribution(site):
    site("bare-1.dist-info", "[group]\nx = y\n", file="other")
    assert entry_points("group") == [EntryPoint("x", "y", Distribution("", ""))]
    assert version_of("bare") is None


@pytest.mark.parametrize(
    ("value", "module"),
    [("textwrap", "textwrap"), ("textwrap:TextWrapper.wrap", "textwrap"), ("textwrap : dedent [extra, more]", "textwrap")],
)
def test_an_entry_point_loads_what_it_names(value, module):
    entry, standard = EntryPoint("x", value, None), importlib.metadata.EntryPoint("x", value, "group")
    assert entry.load() is standard.load()
    assert entry.module == standard.module == module


@pytest.mark.parametrize("value", ["", "a-b", "textwrap:", ":dedent"])
def test_what_names_nothing_cannot_be_loaded(value):
    with pytest.raises(ImportError):
        EntryPoint("x", value, None).load()

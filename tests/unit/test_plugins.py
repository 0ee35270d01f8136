"""The plugin manager: what is imported, what is refused, and by which name it is reported."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import quoteminer
from quoteminer import ConfigurationError, Document, Miner, PluginError
from quoteminer.plugins import Plugins

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def installed(monkeypatch):
    """The fixture plugins, as if they were installed."""
    monkeypatch.syspath_prepend(DATA / "plugins")
    monkeypatch.delattr(sys, "quoteminer_fixture_tried", raising=False)
    yield
    for name in [name for name in sys.modules if name.startswith("quoteminer_fixture")]:
        del sys.modules[name]


def plugin(name, **hooks):
    """A plugin object; each keyword is a hook and the components it returns."""

    def implementation(components):
        return staticmethod(quoteminer.hookimpl(lambda: components))

    members = {f"quoteminer_{hook}": implementation(components) for hook, components in hooks.items()}
    for hook, member in members.items():
        member.__func__.__name__ = hook
    return type(name, (), members | {"plugin_name": name})()


class Silent:
    def __init__(self, name):
        self.name = name

    def extract(self, document):
        return ()


def by_name(miner):
    return {info.name: info for info in miner.plugins()}


def test_listing_gives_version_distribution_components_and_status(installed):
    infos = by_name(Miner(["fixture"], block=["rules"]))
    assert infos["fixture"].status == "active"
    assert (infos["fixture"].version, infos["fixture"].distribution) == ("1.2", "fixture-plugins")
    assert set(infos["fixture"].components) == {"fixture.quotes", "fixture.speakers", "fixture.claims"}
    assert infos["rules"].status == "blocked"
    assert infos["mistyped"].status == "not allowed"


def test_the_bundled_rules_are_a_plugin_like_any_other():
    assert by_name(Miner())["rules"].status == "active"
    assert by_name(Miner([]))["rules"].status == "not allowed"
    assert Miner([]).mine("“It works,” said Ada.").quotes == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("unimportable", "heavy_library"),
        ("mistyped", "quoteminer_quote_extractor"),
        ("unmarked", "quoteminer.hookimpl"),
        ("misnamed", "'rules.quotes'"),
    ],
)
def test_a_broken_plugin_is_listed_and_costs_only_itself(installed, name, reason):
    miner = Miner(["fixture", name])
    assert by_name(miner)[name].status == "failed"
    assert reason in by_name(miner)[name].error
    extraction = miner.mine("«a»")
    assert len(extraction.quotes) == 1
    assert [(issue.component, issue.severity) for issue in extraction.issues] == [(name, "error")]
    with pytest.raises(PluginError, match=name) as caught:
        Miner([name], on_error="raise").mine("")
    assert caught.value.plugin == name


@pytest.mark.parametrize("options", [{"block": ["unimportable"]}, {"plugins": ["fixture"]}])
def test_what_is_blocked_or_not_allowed_is_never_imported(installed, options):
    Miner(**options).plugins()
    assert not hasattr(sys, "quoteminer_fixture_tried")


def test_what_is_allowed_is_imported_at_first_use_only(installed):
    miner = Miner(["unimportable"])
    assert not hasattr(sys, "quoteminer_fixture_tried")
    miner.plugins()
    assert hasattr(sys, "quoteminer_fixture_tried")


def test_environment_allows_and_blocks(installed, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_PLUGINS", "fixture, rules")
    monkeypatch.setenv("QUOTEMINER_BLOCK", "rules")
    active = {info.name for info in Miner().plugins() if info.status == "active"}
    assert active == {"fixture"}
    monkeypatch.setenv("QUOTEMINER_PLUGINS", "")
    assert all(info.status != "active" for info in Miner().plugins())


def test_an_option_wins_over_the_environment_for_allowing_but_not_for_blocking(installed, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_PLUGINS", "")
    assert by_name(Miner(["fixture"]))["fixture"].status == "active"
    monkeypatch.setenv("QUOTEMINER_BLOCK", "fixture")
    assert by_name(Miner(["fixture"]))["fixture"].status == "blocked"


def test_a_name_that_is_not_installed_is_refused_with_those_that_are():
    with pytest.raises(ConfigurationError, match=r"'ruels'.*rules") as caught:
        Miner(["ruels"]).plugins()
    assert caught.value.value == "ruels"


@pytest.mark.parametrize("options", [{"plugins": "rules"}, {"block": "rules"}])
def test_one_name_instead_of_a_list_is_refused(options):
    with pytest.raises(ConfigurationError, match="list of names"):
        Miner(**options)


def test_two_distributions_with_one_name_are_refused_naming_both(installed, monkeypatch):
    monkeypatch.syspath_prepend(DATA / "twins")
    with pytest.raises(PluginError, match=r"fixture-plugins.*twin-plugin|twin-plugin.*fixture-plugins"):
        Miner(["fixture"]).plugins()
    assert not hasattr(sys, "quoteminer_fixture_tried")
    assert by_name(Miner(["rules"]))["rules"].status == "active"


def test_a_distribution_that_is_found_twice_counts_once(monkeypatch):
    entries = [importlib.metadata.EntryPoint("fixture", "quoteminer_fixture", "quoteminer") for _ in range(2)]
    monkeypatch.syspath_prepend(DATA / "plugins")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: entries)
    assert [info.name for info in Miner().plugins()] == ["fixture"]


def test_two_components_of_one_name_are_refused_naming_both():
    # A plugin may name its components "a.b", and another may itself be named "a.b".
    plugins = [plugin("a", quote_extractors=[Silent("a.b")]), plugin("a.b", quote_extractors=[Silent("a.b")])]
    with pytest.raises(PluginError, match=r"'a' and 'a\.b'.*named 'a\.b'"):
        Miner(plugins).mine("")


def test_two_plugin_objects_of_one_name_are_refused():
    with pytest.raises(PluginError, match="'a'"):
        Miner([plugin("a"), plugin("a")]).plugins()


@pytest.mark.parametrize("order", [1, -1])
def test_components_come_in_order_of_their_names(order):
    plugins = [plugin(name, quote_extractors=[Silent(f"{name}.y"), Silent(f"{name}.x")]) for name in "ab"][::order]
    assert [c.name for c in Miner(plugins).components("quoteminer_quote_extractors")] == ["a.x", "a.y", "b.x", "b.y"]


def test_a_component_without_a_name_fails_its_plugin():
    assert "no name" in by_name(Miner([plugin("a", quote_extractors=[object()])]))["a"].error


def test_a_hook_that_fails_half_way_fails_its_plugin():
    def components():
        yield Silent("a.x")
        raise OSError("weights are gone")

    miner = Miner([plugin("a", quote_extractors=components())])
    assert "weights are gone" in by_name(miner)["a"].error
    assert miner.components("quoteminer_quote_extractors") == []


def test_a_blocked_plugin_object_is_not_used():
    miner = Miner([plugin("a", quote_extractors=[Silent("a")])], block=["a"])
    assert by_name(miner)["a"].status == "blocked"
    assert miner.components("quoteminer_quote_extractors") == []


def test_loading_happens_once_also_between_threads():
    asked = []

    class Counting:
        plugin_name = "a"

        @quoteminer.hookimpl
        def quoteminer_quote_extractors(self):
            asked.append(1)
            return [Silent("a")]

    plugins = Plugins([Counting()])
    threads = [threading.Thread(target=plugins.components, args=("quoteminer_quote_extractors",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1


def test_import_and_construction_look_for_no_plugin():
    code = (
        "import sys, quoteminer; quoteminer.Miner();"
        "print(*{'importlib.metadata', 'quoteminer_rules', 'pickle', 'json', 'multiprocessing'} & set(sys.modules))"
    )
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, attrs, pluggy; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) <= set(bare)


def test_fixture_plugin_mines(installed):
    extraction = Miner(["fixture"]).mine(Document("«a» and «b»", id="d"))
    assert [extraction.document[quote.span] for quote in extraction.quotes] == ["a", "b"]
    assert [claim.quote for claim in extraction.claims] == ["q1", "q2"]
    assert extraction.issues == ()

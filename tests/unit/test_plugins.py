"""The plugin manager: what is imported, what is refused, and by which name it is reported."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import types
from pathlib import Path

import pytest

import quoteminer
from quoteminer import ComponentError, ConfigurationError, Document, Miner, PluginError
from quoteminer.installed import EntryPoint
from quoteminer.plugins.manager import HOOKS, PluginInfo, Plugins

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def installed(monkeypatch):
    """The fixture plugins, as if they were installed."""
    monkeypatch.syspath_prepend(DATA / "plugins")
    monkeypatch.delattr(sys, "quoteminer_fixture_tried", raising=False)
    yield
    for name in [name for name in sys.modules if name.startswith("quoteminer_fixture")]:
        del sys.modules[name]


@pytest.fixture
def no_entry_points(monkeypatch):
    """As if nothing were installed."""
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: ())


def plugin(name, **hooks):
    """A plugin object; each keyword is a hook and the components it returns. Without any it brings a silent extractor."""
    hooks = hooks or {"quote_extractors": [Silent(name)]}

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


@pytest.mark.parametrize("option", ["plugins", "block"])
def test_one_name_instead_of_a_list_is_refused(option):
    with pytest.raises(ConfigurationError) as caught:
        Miner(**{option: "rules"})
    assert str(caught.value) == f"{option}: expected a list of names, not the str 'rules'"
    assert (caught.value.option, caught.value.value) == (option, "rules")


def test_the_first_of_several_names_that_are_not_installed_is_told(no_entry_points):
    with pytest.raises(ConfigurationError) as caught:
        Plugins(["b", "a"]).infos()
    assert str(caught.value) == "plugins: no plugin named 'a' is installed; there are: none"
    assert (caught.value.option, caught.value.value) == ("plugins", "a")


def test_names_that_are_installed_are_told_in_order(monkeypatch):
    entries = [EntryPoint(name, "quoteminer_fixture", None) for name in ("b", "a")]
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: entries)
    with pytest.raises(ConfigurationError, match=r"there are: a, b$"):
        Plugins(["c"]).infos()


def test_two_distributions_with_one_name_are_refused_naming_both(installed, monkeypatch):
    monkeypatch.syspath_prepend(DATA / "twins")
    with pytest.raises(PluginError, match=r"fixture-plugins.*twin-plugin|twin-plugin.*fixture-plugins"):
        Miner(["fixture"]).plugins()
    assert not hasattr(sys, "quoteminer_fixture_tried")
    assert by_name(Miner(["rules"]))["rules"].status == "active"


def test_two_plugins_of_one_name_are_told_with_what_they_are(monkeypatch):
    entries = [EntryPoint("a", value, None) for value in ("second", "first")]
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: entries)
    with pytest.raises(PluginError) as caught:
        Plugins().infos()
    assert str(caught.value) == (
        "two installed plugins are named 'a': 'first' of an unknown distribution and 'second' of an unknown distribution; "
        "uninstall one or block the name"
    )
    assert caught.value.plugin == "a"
    assert [info.status for info in Plugins(block=["a"]).infos()] == ["blocked"]


def test_a_plugin_of_an_unknown_distribution_has_no_version(monkeypatch):
    monkeypatch.syspath_prepend(DATA / "plugins")
    entry = EntryPoint("fixture", "quoteminer_fixture", None)
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: [entry])
    (info,) = Plugins().infos()
    # In order of the hooks.
    components = ("fixture.claims", "fixture.quotes", "fixture.speakers")
    assert info == PluginInfo(name="fixture", version="", distribution="", components=components, status="active", error=None)


def test_only_our_group_of_entry_points_is_asked_for(monkeypatch):
    groups = []

    def entry_points(group):
        groups.append(group)
        return ()

    monkeypatch.setattr("quoteminer.installed.entry_points", entry_points)
    assert Plugins().infos() == ()
    assert groups == ["quoteminer"]


def test_a_distribution_that_is_found_twice_counts_once(monkeypatch):
    entries = [EntryPoint("fixture", "quoteminer_fixture", None) for _ in range(2)]
    monkeypatch.syspath_prepend(DATA / "plugins")
    monkeypatch.setattr("quoteminer.installed.entry_points", lambda group: entries)
    assert [info.name for info in Miner().plugins()] == ["fixture"]


def test_two_components_of_one_name_are_refused_naming_both():
    # A plugin may name its components "a.b", and another may itself be named "a.b".
    plugins = [plugin("a", quote_extractors=[Silent("a.b")]), plugin("a.b", quote_extractors=[Silent("a.b")])]
    with pytest.raises(PluginError, match=r"'a' and 'a\.b'.*named 'a\.b'"):
        Miner(plugins).mine("")


def test_two_components_of_one_name_are_told_with_their_hook_and_the_second_plugin():
    plugins = Plugins([plugin("a.b", quote_extractors=[Silent("a.b")]), plugin("a", quote_extractors=[Silent("a.b")])])
    with pytest.raises(PluginError) as caught:
        plugins.infos()
    assert str(caught.value) == (
        "quoteminer_quote_extractors: the plugins 'a.b' and 'a' both bring a component named 'a.b'; block one"
    )
    assert caught.value.plugin == "a"


def test_components_of_different_hooks_may_share_a_name():
    plugins = Plugins([plugin("a", quote_extractors=[Silent("a")], claim_extractors=[Silent("a")])])
    assert [info.components for info in plugins.infos() if info.name == "a"] == [("a", "a")]


def test_a_plugin_that_brings_nothing_may_say_what_it_waits_for():
    class Waiting:
        plugin_name = "waiting"

        def idle(self):
            return "no list is named"

        @quoteminer.hookimpl
        def quoteminer_speaker_linkers(self):
            return []

    miner = Miner(["rules", Waiting()], on_error="raise")
    info = by_name(miner)["waiting"]
    assert (info.status, info.error, info.components) == ("idle", "no list is named", ())
    assert miner.mine("“It works,” said Ada.").issues == ()


def test_two_plugin_objects_of_one_name_are_refused():
    with pytest.raises(PluginError) as caught:
        Miner([plugin("a"), plugin("a")]).plugins()
    assert (str(caught.value), caught.value.plugin) == ("two plugins are named 'a'", "a")


def test_a_plugin_object_is_refused_beside_an_installed_one_of_its_name_and_stands_in_for_one_that_is_not_used(installed):
    with pytest.raises(PluginError, match="two plugins are named 'fixture'"):
        Miner(["fixture", plugin("fixture")]).plugins()
    instead = Miner([plugin("fixture", quote_extractors=[Silent("fixture.mine")])])
    assert by_name(instead)["fixture"] == PluginInfo(name="fixture", components=("fixture.mine",))


class Unnamed:
    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self):
        return [Silent(f"{self.expected}.quotes")]

    expected = "Unnamed"


class Chosen(Unnamed):
    plugin_name = expected = "chosen"


def test_a_plugin_object_is_named_by_itself_its_module_or_its_class(no_entry_points):
    module = types.ModuleType("some_module")
    vars(module)["quoteminer_quote_extractors"] = plugin("some_module").quoteminer_quote_extractors
    assert [info.name for info in Plugins([module, Unnamed(), Chosen()]).infos()] == ["Unnamed", "chosen", "some_module"]
    assert all(info.status == "active" for info in Plugins([module, Unnamed(), Chosen()]).infos())


def test_a_failure_is_listed_unless_said_otherwise(installed):
    assert [info.name for info in Plugins(["unimportable"]).infos() if info.status == "failed"] == ["unimportable"]


def test_names_and_plugin_objects_can_be_mixed(installed):
    plugins = Plugins(["fixture", plugin("a")])
    assert {info.name for info in plugins.infos() if info.status == "active"} == {"fixture", "a"}


def test_blocked_names_of_the_option_and_the_environment_add_up(monkeypatch, no_entry_points):
    monkeypatch.setenv("QUOTEMINER_BLOCK", " a ,, b,")
    assert Plugins(block=["c"]).block == {"a", "b", "c"}
    assert Plugins().block == {"a", "b"}
    monkeypatch.delenv("QUOTEMINER_BLOCK")
    assert Plugins().block == frozenset()


def test_all_that_are_installed_are_used_unless_said_otherwise(monkeypatch):
    assert Plugins().allow is None
    monkeypatch.setenv("QUOTEMINER_PLUGINS", "a, b")
    assert Plugins().allow == frozenset({"a", "b"})
    assert Plugins([]).allow == frozenset()


@pytest.mark.parametrize("order", [1, -1])
def test_components_come_in_order_of_their_names(order):
    plugins = [plugin(name, quote_extractors=[Silent(f"{name}.y"), Silent(f"{name}.x")]) for name in "ab"][::order]
    assert [c.name for c in Miner(plugins).components("quoteminer_quote_extractors")] == ["a.x", "a.y", "b.x", "b.y"]


class Named:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "<it>"


@pytest.mark.parametrize("component", [Named(""), Named(None), Named(3), type("Bare", (), {"__repr__": Named.__repr__})()])
def test_a_component_without_a_name_fails_its_plugin(component):
    plugins = [plugin("a", quote_extractors=[component])]
    message = "plugin 'a': quoteminer_quote_extractors returned <it>, which has no name"
    assert by_name(Miner(plugins))["a"].error == f"PluginError: {message}"
    with pytest.raises(PluginError) as caught:
        Plugins(plugins, strict=True).infos()
    assert (str(caught.value), caught.value.plugin) == (message, "a")


@pytest.mark.parametrize("name", ["ab", "a-b", "b.a", "A.b"])
def test_a_component_is_named_like_its_plugin(name):
    plugins = [plugin("a", quote_extractors=[Silent(name)])]
    with pytest.raises(PluginError) as caught:
        Plugins(plugins, strict=True).infos()
    assert str(caught.value) == f"plugin 'a': the component name {name!r} must be 'a' or begin with 'a.'"
    assert caught.value.plugin == "a"


def test_commands_are_named_as_they_like():
    plugins = Plugins([plugin("a", commands=[Silent("count"), Silent("a.b")])], strict=True)
    assert {"count", "a.b"} <= {command.name for command in plugins.components("quoteminer_commands")}


@pytest.mark.parametrize("plugin", [plugin("a", quote_extractors=[]), plugin("a", readers=(), claim_extractors=())])
def test_a_plugin_that_brings_nothing_has_failed(plugin):
    info = by_name(Miner([plugin]))["a"]
    assert (info.status, info.error) == ("failed", "PluginError: plugin 'a' brings no component")
    (issue,) = Miner([plugin]).mine("“It works,” said Ada.").issues
    assert (issue.component, issue.severity) == ("a", "error")
    with pytest.raises(PluginError, match="brings no component"):
        Miner([plugin], on_error="raise").mine("a")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (Silent("a.quotes"), r"is a component \(it has extract\), not a plugin"),
        (object(), "is no plugin: it has none of the hooks"),
    ],
)
@pytest.mark.parametrize("on_error", ["collect", "raise"])
def test_what_is_no_plugin_is_refused(item, reason, on_error):
    with pytest.raises(ConfigurationError, match=reason) as caught:
        Miner([item], on_error=on_error).mine("a")
    assert (caught.value.option, caught.value.value) == ("plugins", item)


def test_the_name_of_a_plugin_object_is_a_text():
    named = plugin("a")
    type(named).plugin_name = 5
    with pytest.raises(ConfigurationError, match=r"plugin_name of .* is 5, not a str"):
        Miner([named]).mine("a")


def test_a_block_of_a_plugin_that_is_not_there_is_an_error(monkeypatch):
    with pytest.raises(ConfigurationError, match=r"block: no plugin named 'ruels' is installed; there are: .*rules") as caught:
        Miner(block=["ruels"]).mine("a")
    assert (caught.value.option, caught.value.value) == ("block", "ruels")
    assert Miner([plugin("a")], block=["rules"]).mine("a").issues == ()
    # One environment variable may serve many environments.
    monkeypatch.setenv("QUOTEMINER_BLOCK", "elsewhere")
    assert Miner().mine("a").issues == ()


def test_without_any_plugin_each_document_says_so():
    (issue,) = Miner([]).mine("“It works,” said Ada.").issues
    assert (issue.component, issue.severity) == ("quoteminer", "error")
    assert "no plugin is in use" in issue.message
    assert "rules is not allowed" in issue.message
    with pytest.raises(ComponentError, match="no plugin is in use"):
        Miner(block=["rules"], on_error="raise").mine("a")


def test_plugins_without_an_extractor_are_said_to_find_nothing():
    class Reader:
        name = "a.reader"
        suffixes = (".a",)

    (issue,) = Miner([plugin("a", readers=[Reader()])]).mine("“It works,” said Ada.").issues
    assert (issue.component, issue.severity) == ("quoteminer", "error")
    assert issue.message.startswith("no plugin in use brings an extractor, so nothing can be found (")
    assert "rules is not allowed" in issue.message


def test_an_endless_hook_is_not_followed():
    def components():
        while True:
            yield Silent("a")

    info = by_name(Miner([plugin("a", quote_extractors=components())]))["a"]
    assert info.status == "failed"
    assert "more than 1,000 components" in info.error


@pytest.mark.parametrize("error", [SystemExit(3), GeneratorExit(), ValueError("no")])
def test_a_hook_that_raises_is_a_plugin_that_failed(error):
    def components():
        raise error
        yield

    info = by_name(Miner([plugin("a", quote_extractors=components())]))["a"]
    assert info.status == "failed"
    assert type(error).__name__ in info.error


class Reading(Silent):
    def __init__(self, languages):
        super().__init__("a.reading")
        self.languages = languages


@pytest.mark.parametrize("languages", [None, ("en",), ["de", "pt-BR"], frozenset({"fr"})])
def test_languages_of_a_component(languages):
    (loaded,) = Plugins([plugin("a", quote_extractors=[Reading(languages)])], strict=True).loaded("quoteminer_quote_extractors")[
        -1:
    ]
    assert loaded.languages == (None if languages is None else tuple(languages))


@pytest.mark.parametrize(
    ("languages", "reason"),
    [
        ("en", "expected a tuple of language tags"),
        (5, "expected a tuple of language tags"),
        ((), "at least one"),
        (("english",), "did you mean 'en'"),
        ((5,), "expected a str"),
    ],
)
def test_wrong_languages_of_a_component(languages, reason):
    with pytest.raises(PluginError, match=reason):
        Plugins([plugin("a", quote_extractors=[Reading(languages)])], strict=True).infos()


def test_a_hook_that_does_not_exist_has_no_components():
    assert Plugins([]).components("quoteminer_no_such_hook") == []


def test_hooks_are_those_of_the_specification_in_order():
    assert HOOKS == (
        "quoteminer_claim_extractors",
        "quoteminer_commands",
        "quoteminer_languages",
        "quoteminer_quote_extractors",
        "quoteminer_readers",
        "quoteminer_speaker_linkers",
        "quoteminer_speaker_resolvers",
        "quoteminer_writers",
    )


class Unmarked:
    plugin_name = "a"

    def quoteminer_readers(self):
        return ()

    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self):
        return ()

    def quoteminer_helper(self):
        """No hook has this name, so it needs no mark."""


def test_a_hook_that_is_not_marked_is_told():
    with pytest.raises(PluginError) as caught:
        Plugins([Unmarked()], strict=True).infos()
    assert str(caught.value) == "plugin 'a': quoteminer_readers is not marked with @quoteminer.hookimpl"
    assert caught.value.plugin == "a"


def test_a_plugin_that_is_not_marked_at_all_is_told(installed):
    error = by_name(Miner(["unmarked"]))["unmarked"].error
    assert error == "PluginError: plugin 'unmarked': quoteminer_quote_extractors is not marked with @quoteminer.hookimpl"


def test_a_failure_is_listed_with_its_kind_and_raised_with_its_cause_where_that_is_wanted(installed):
    assert by_name(Miner(["unimportable"]))["unimportable"] == PluginInfo(
        name="unimportable",
        version="1.2",
        distribution="fixture-plugins",
        status="failed",
        error="ImportError: no module named heavy_library",
    )
    with pytest.raises(PluginError) as caught:
        Plugins(["unimportable"], strict=True).infos()
    assert str(caught.value) == "plugin 'unimportable' failed to load: ImportError('no module named heavy_library')"
    assert isinstance(caught.value.__cause__, ImportError)
    assert caught.value.plugin == "unimportable"


def test_a_hook_that_raises_is_raised_with_its_cause_where_that_is_wanted():
    def components():
        raise OSError("weights are gone")
        yield

    with pytest.raises(PluginError) as caught:
        Plugins([plugin("a", quote_extractors=components())], strict=True).infos()
    assert str(caught.value) == "plugin 'a' failed: OSError('weights are gone')"
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.plugin == "a"


class SpeechlessError(Exception):
    def __str__(self):
        raise OSError

    __repr__ = __str__


def test_a_failure_that_cannot_be_shown_is_told_by_its_kind():
    def components():
        raise SpeechlessError
        yield

    plugins = [plugin("a", quote_extractors=components())]
    with pytest.raises(PluginError, match="plugin 'a' failed: <SpeechlessError that cannot be shown>"):
        Plugins(plugins, strict=True).infos()
    nameless = type("Nameless", (), {"__repr__": SpeechlessError.__repr__})()
    with pytest.raises(PluginError, match="returned <Nameless that cannot be shown>, which has no name"):
        Plugins([plugin("a", quote_extractors=[nameless])], strict=True).infos()


def test_failing_is_tried_again_and_nothing_is_left_of_the_first_time(monkeypatch, no_entry_points):
    plugins = Plugins(["a"])
    for _ in range(2):
        with pytest.raises(ConfigurationError):
            plugins.components("quoteminer_quote_extractors")


def test_what_went_wrong_survives_pickling(no_entry_points):
    with pytest.raises(PluginError) as caught:
        Plugins([plugin("a"), plugin("a")]).infos()
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.plugin) == (str(caught.value), "a")


def test_a_hook_that_fails_half_way_fails_its_plugin():
    def components():
        yield Silent("a.x")
        raise OSError("weights are gone")

    miner = Miner([plugin("a", quote_extractors=components())])
    assert "weights are gone" in by_name(miner)["a"].error
    assert miner.components("quoteminer_quote_extractors") == []


def test_a_blocked_plugin_object_is_not_used():
    miner = Miner([plugin("a", quote_extractors=[Silent("a")]), plugin("b", quote_extractors=[Silent("b")])], block=["a"])
    assert by_name(miner)["a"] == PluginInfo(name="a", status="blocked")
    assert [component.name for component in miner.components("quoteminer_quote_extractors")] == ["b"]


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

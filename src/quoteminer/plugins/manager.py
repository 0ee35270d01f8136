"""Finding, filtering and loading plugins, and the components they bring."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import attrs
import pluggy

from .. import installed, languages
from ..errors import CONTAINED, AnnotationError, ConfigurationError, PluginError, describe, shown
from . import hookspecs, offers
from .loaded import Loaded, ordered

if TYPE_CHECKING:
    from ..installed import EntryPoint
    from .packs import LanguagePack

GROUP: Final = "quoteminer"
ALLOW_VARIABLE: Final = "QUOTEMINER_PLUGINS"
BLOCK_VARIABLE: Final = "QUOTEMINER_BLOCK"
HOOKS: Final = tuple(sorted(name for name in vars(hookspecs) if name.startswith("quoteminer_")))


@attrs.frozen(kw_only=True)
class PluginInfo:
    """One plugin that is installed or was handed over.

    Attributes:
        name: entry-point name.
        version: version of its distribution.
        distribution: name of its distribution.
        components: names of its components by hook, in order.
        status: ``active``, ``idle``, ``blocked``, ``not allowed`` or ``failed``.
        error: why it failed, or what it waits for when it is idle.
    """

    name: str
    version: str = ""
    distribution: str = ""
    components: tuple[str, ...] = ()
    status: str = "active"
    error: str | None = None


#: The distribution whose plugins are ours.
_OWN: Final = "quoteminer"
#: More components than this no plugin brings for one hook; one that does is not followed.
MOST_COMPONENTS: Final = 1_000


class Plugins:
    """The plugins that one :class:`quoteminer.Miner` uses; loads each at most once, at first need.

    Args:
        allow: names of the plugins to use; ``None`` for all that are installed (or those that the environment variable
            ``QUOTEMINER_PLUGINS`` names). An element that is not a string is a plugin object and is used as it is;
            its name is its ``plugin_name``, module name or class name.
        block: names of plugins never to import; those in ``QUOTEMINER_BLOCK`` are added.
            A name in ``block`` that is no plugin is an error; one in the variable, which may be set for many environments, is not.
        strict: whether a plugin that fails to load raises instead of being listed as failed.
        run: calls the hooks of a plugin, within whatever limits there are.
    """

    def __init__(
        self,
        allow: Sequence[str | object] | None = None,
        block: Collection[str] = (),
        *,
        strict: bool = False,
        run: Callable[[Callable[[], Any]], Any] | None = None,
    ) -> None:
        if isinstance(allow, str):
            raise ConfigurationError(f"plugins: expected a list of names, not the str {allow!r}", "plugins", allow)
        if isinstance(block, str):
            raise ConfigurationError(f"block: expected a list of names, not the str {block!r}", "block", block)
        self.objects: tuple[object, ...] = tuple(item for item in allow or () if not isinstance(item, str))
        self.allow: frozenset[str] | None
        if allow is not None:
            self.allow = frozenset(item for item in allow if isinstance(item, str))
        elif ALLOW_VARIABLE in os.environ:
            self.allow = _names(os.environ[ALLOW_VARIABLE])
        else:
            self.allow = None
        self._named = frozenset(block)
        self.block = self._named | _names(os.environ.get(BLOCK_VARIABLE, ""))
        self.strict = strict
        self._run = run or (lambda work: work())
        self._lock = threading.RLock()
        self._loaded = False
        self._infos: dict[str, PluginInfo] = {}
        self._components: dict[str, list[Loaded]] = {}
        self._packs: dict[str, LanguagePack] = {}
        self._small_words: dict[str, frozenset[str]] = {}

    def infos(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is, also blocked and failed ones, by name."""
        self._load()
        return tuple(self._infos[name] for name in sorted(self._infos))

    def components(self, hook: str) -> list[Any]:
        """The components of a hook, in the order in which they work.

        Raises:
            PluginError: when two have the same name or wait for each other, or (strict) a plugin failed to load.
        """
        return [loaded.component for loaded in self.loaded(hook)]

    def loaded(self, hook: str) -> Sequence[Loaded]:
        """The components of a hook as they were loaded, in the order in which they work; raises as :meth:`components`."""
        self._load()
        return self._components.get(hook, ())

    def packs(self) -> Mapping[str, LanguagePack]:
        """The language packs that the plugins in use bring, by language; raises as :meth:`components`."""
        self._load()
        return self._packs

    def small_words(self) -> Mapping[str, frozenset[str]]:
        """The function words of each language, as far as packs bring them; raises as :meth:`components`."""
        self._load()
        return self._small_words

    def _load(self) -> None:
        with self._lock:
            if self._loaded:
                return
            infos: dict[str, PluginInfo] = {}
            collected: dict[str, list[Loaded]] = {hook: [] for hook in HOOKS}
            entries = _entry_points()
            for left, right in pairwise(entries):
                if left.name == right.name and self._wanted(left.name):
                    raise PluginError(
                        f"two installed plugins are named {left.name!r}: {_origin(left)} and {_origin(right)}; "
                        "uninstall one or block the name",
                        left.name,
                    )
            for entry in entries:
                infos[entry.name] = self._load_entry(entry, collected)
            missing = sorted((self.allow or frozenset()) - set(infos))
            if missing:
                raise ConfigurationError(
                    f"plugins: no plugin named {missing[0]!r} is installed; there are: {', '.join(sorted(infos)) or 'none'}",
                    "plugins",
                    missing[0],
                )
            for item in self.objects:
                name = _name_of(item)
                if name in infos and infos[name].status == "active":
                    raise PluginError(f"two plugins are named {name!r}", name)
                if name in self.block:
                    infos[name] = PluginInfo(name=name, status="blocked")
                    continue
                _refuse_component(item)
                infos[name] = self._take(name, item, collected, PluginInfo(name=name))
            unknown = sorted(self._named - set(infos))
            if unknown:
                raise ConfigurationError(
                    f"block: no plugin named {unknown[0]!r} is installed; there are: {', '.join(sorted(infos)) or 'none'}",
                    "block",
                    unknown[0],
                )
            own = {name for name, info in infos.items() if info.distribution == _OWN}
            packs = _packs(collected["quoteminer_languages"], own)
            for name in sorted(infos):
                infos[name] = self._give_languages(infos[name], collected, packs)
            for hook, items in collected.items():
                self._components[hook] = _ordered(hook, items)
            self._packs = packs
            self._small_words = {language: words for language, pack in packs.items() if (words := pack.words("function"))}
            self._infos = infos
            self._loaded = True

    def _give_languages(
        self, info: PluginInfo, collected: dict[str, list[Loaded]], packs: Mapping[str, LanguagePack]
    ) -> PluginInfo:
        """Hand the language packs to the components of a plugin that want them; one that fails at that costs its plugin."""
        takers = [
            one.component
            for hook, items in collected.items()
            for one in items
            if one.plugin == info.name
            and hook != "quoteminer_commands"
            and callable(getattr(one.component, "use_languages", None))
        ]
        try:
            for component in takers:
                self._run(functools.partial(component.use_languages, MappingProxyType(dict(packs))))
            for items in collected.values():
                # What a component reads may depend on the packs that there are.
                items[:] = [
                    attrs.evolve(one, languages=_languages(one.plugin, one.name, one.component))
                    if any(one.component is component for component in takers)
                    else one
                    for one in items
                ]
        except CONTAINED as error:
            if self.strict:
                raise PluginError(f"plugin {info.name!r} failed at use_languages: {shown(error)}", info.name) from error
            for items in collected.values():
                items[:] = [one for one in items if one.plugin != info.name]
            return attrs.evolve(info, status="failed", components=(), error=f"use_languages: {describe(error)}")
        return info

    def _wanted(self, name: str) -> bool:
        return name not in self.block and (self.allow is None or name in self.allow)

    def _load_entry(self, entry: EntryPoint, collected: dict[str, list[Loaded]]) -> PluginInfo:
        distribution = entry.dist
        info = PluginInfo(
            name=entry.name,
            version=distribution.version if distribution is not None else "",
            distribution=distribution.name if distribution is not None else "",
        )
        if entry.name in self.block:
            return attrs.evolve(info, status="blocked")
        if self.allow is not None and entry.name not in self.allow:
            return attrs.evolve(info, status="not allowed")
        try:
            plugin = entry.load()
        except CONTAINED as error:
            if self.strict:
                raise PluginError(f"plugin {entry.name!r} failed to load: {shown(error)}", entry.name) from error
            return attrs.evolve(info, status="failed", error=describe(error))
        return self._take(entry.name, plugin, collected, info)

    def _take(self, name: str, plugin: object, collected: dict[str, list[Loaded]], info: PluginInfo) -> PluginInfo:
        """Ask one plugin for its components; a manager of its own keeps its results apart from those of others."""
        try:
            found: list[tuple[str, Loaded]] = self._run(lambda: _ask(name, plugin))
        except CONTAINED as error:
            if self.strict:
                if isinstance(error, PluginError):
                    raise
                raise PluginError(f"plugin {name!r} failed: {shown(error)}", name) from error
            return attrs.evolve(info, status="failed", error=describe(error))
        if not found:
            return attrs.evolve(info, status="idle", error=_idle(plugin))
        for hook, loaded in found:
            collected[hook].append(loaded)
        return attrs.evolve(info, components=tuple(loaded.name for _, loaded in found))


def _name_of(plugin: object) -> str:
    """The name of a plugin object."""
    name = getattr(plugin, "plugin_name", None) or getattr(plugin, "__name__", None) or type(plugin).__name__
    if not isinstance(name, str):
        raise ConfigurationError(f"plugins: the plugin_name of {shown(plugin)} is {shown(name)}, not a str", "plugins", plugin)
    return str.__str__(name)


def _refuse_component(item: object) -> None:
    """A component handed over where a plugin is expected would bring nothing without a word."""
    if any(name.startswith("quoteminer_") for name in dir(item)):
        return
    methods = [method for method in ("extract", "resolve", "link", "read", "write") if callable(getattr(item, method, None))]
    if methods:
        raise ConfigurationError(
            f"plugins: {shown(item)} is a component (it has {methods[0]}), not a plugin; hand over an object with a hook that returns it, "
            "such as quoteminer_quote_extractors marked with @quoteminer.hookimpl",
            "plugins",
            item,
        )
    raise ConfigurationError(f"plugins: {shown(item)} is no plugin: it has none of the hooks {', '.join(HOOKS)}", "plugins", item)


def _ask(name: str, plugin: object) -> list[tuple[str, Loaded]]:
    """The components of a plugin by hook; name and languages are asked for once, so that they cannot change later."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name=name)
    # A mistyped hook name would otherwise register without a word.
    manager.check_pending()
    for attribute in dir(plugin):
        if attribute.startswith("quoteminer_") and attribute in HOOKS:
            implemented = any(caller.name == attribute for caller in manager.get_hookcallers(manager.get_plugin(name)) or ())
            if not implemented:
                raise PluginError(f"plugin {name!r}: {attribute} is not marked with @quoteminer.hookimpl", name)
    found: list[tuple[str, Loaded]] = []
    for hook in HOOKS:
        for result in getattr(manager.hook, hook)():
            components = list(islice(result, MOST_COMPONENTS + 1))
            if len(components) > MOST_COMPONENTS:
                raise PluginError(f"plugin {name!r}: {hook} returned more than {MOST_COMPONENTS:,} components", name)
            found += [(hook, _loaded(name, hook, component)) for component in components]
    if not found and not _idle(plugin):
        raise PluginError(f"plugin {name!r} brings no component", name)
    return found


def _idle(plugin: object) -> str | None:
    """Why a plugin brings no component for now; ``None`` where it does not say."""
    told = getattr(plugin, "idle", None)
    said = told() if callable(told) else None
    return str.__str__(said) if isinstance(said, str) else None


def _loaded(plugin: str, hook: str, component: Any) -> Loaded:
    if hook == "quoteminer_languages":
        from .packs import LanguagePack

        if not isinstance(component, LanguagePack):
            raise PluginError(f"plugin {plugin!r}: {hook} returned {shown(component)}, which is no LanguagePack", plugin)
        return Loaded(name=f"{plugin}.{component.language}", component=component, languages=(component.language,), plugin=plugin)
    name = getattr(component, "name", None)
    if not isinstance(name, str) or not name:
        raise PluginError(f"plugin {plugin!r}: {hook} returned {shown(component)}, which has no name", plugin)
    name = str.__str__(name)
    if hook == "quoteminer_commands":
        return Loaded(name=name, component=component, plugin=plugin)
    if name != plugin and not name.startswith(plugin + "."):
        raise PluginError(f"plugin {plugin!r}: the component name {name!r} must be {plugin!r} or begin with '{plugin}.'", plugin)
    return Loaded(
        name=name,
        component=component,
        languages=_languages(plugin, name, component),
        places=_neighbours(plugin, name, component, "places"),
        plugin=plugin,
        takes=offers.accepted(hook, component),
        after=_neighbours(plugin, name, component, "after"),
        before=_neighbours(plugin, name, component, "before"),
    )


def _neighbours(plugin: str, name: str, component: Any, what: str) -> tuple[str, ...]:
    """The names that a component declares to work before or behind it."""
    declared = getattr(component, what, None)
    if declared is None:
        return ()
    wrong = f"plugin {plugin!r}: the component {name!r} declares {what}: expected a tuple of names of components, not {shown(declared)}"
    if isinstance(declared, str) or not isinstance(declared, Iterable):
        raise PluginError(wrong, plugin)
    found = tuple(islice(declared, MOST_COMPONENTS))
    if not all(isinstance(one, str) and one for one in found):
        raise PluginError(wrong, plugin)
    return tuple(map(str.__str__, found))


def _packs(items: Iterable[Loaded], own: Collection[str]) -> dict[str, LanguagePack]:
    """The language packs by language, each once; those of our ``own`` plugins give way to others, so that nobody is bound to ours."""
    found: dict[str, Loaded] = {}
    # The sort keeps the order of the others.
    for one in sorted(items, key=lambda one: one.plugin not in own):
        language = one.component.language
        if language in found and found[language].plugin not in own:
            raise PluginError(
                f"quoteminer_languages: the plugins {found[language].plugin!r} and {one.plugin!r} both bring a pack for {language!r}; block one",
                one.plugin,
            )
        found[language] = one
    return {language: found[language].component for language in sorted(found)}


def _languages(plugin: str, name: str, component: Any) -> tuple[str, ...] | None:
    """The languages that a component declares."""
    declared = getattr(component, "languages", None)
    if declared is None:
        return None
    if isinstance(declared, str) or not isinstance(declared, Iterable):
        _wrong_languages(plugin, name, f"expected a tuple of language tags or None, not {shown(declared)}")
    try:
        found = tuple(languages.check(tag, "languages") for tag in islice(declared, MOST_COMPONENTS))
    except AnnotationError as error:
        raise PluginError(f"plugin {plugin!r}: the component {name!r} declares {error.message}", plugin) from None
    if not found:
        _wrong_languages(plugin, name, "expected at least one language tag, or None for any language")
    return found


def _wrong_languages(plugin: str, name: str, what: str) -> NoReturn:
    raise PluginError(f"plugin {plugin!r}: the component {name!r} declares languages: {what}", plugin)


def _ordered(hook: str, items: Iterable[Loaded]) -> list[Loaded]:
    """In the order in which they work: by name, but for what they declare themselves."""
    by_name = sorted(items, key=lambda loaded: loaded.name)
    for left, right in pairwise(by_name):
        if left.name == right.name:
            raise PluginError(
                f"{hook}: the plugins {left.plugin!r} and {right.plugin!r} both bring a component named {left.name!r}; block one",
                right.plugin,
            )
    return ordered(hook, by_name)


def _names(value: str) -> frozenset[str]:
    return frozenset(name.strip() for name in value.split(",") if name.strip())


def _entry_points() -> list[EntryPoint]:
    """The entry points of our group, in order of their names; each (name, value) once.

    The same distribution can be found twice (egg-info beside dist-info, lib beside lib64).
    """
    unique: dict[tuple[str, str], EntryPoint] = {}
    for entry in installed.entry_points(GROUP):
        unique.setdefault((entry.name, entry.value), entry)
    return [unique[key] for key in sorted(unique)]


def _origin(entry: EntryPoint) -> str:
    return f"{entry.value!r} of {entry.dist.name if entry.dist is not None else 'an unknown distribution'}"

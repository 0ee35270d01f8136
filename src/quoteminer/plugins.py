"""Finding, filtering and loading plugins, and the components they bring."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs
import pluggy

from . import hookspecs
from .errors import ConfigurationError, PluginError, describe, shown

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

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
        status: ``active``, ``blocked``, ``not allowed`` or ``failed``.
        error: why it failed.
    """

    name: str
    version: str = ""
    distribution: str = ""
    components: tuple[str, ...] = ()
    status: str = "active"
    error: str | None = None


class Plugins:
    """The plugins that one :class:`quoteminer.Miner` uses; loads each at most once, at first need.

    Args:
        allow: names of the plugins to use; ``None`` for all that are installed (or those that the environment variable
            ``QUOTEMINER_PLUGINS`` names). An element that is not a string is a plugin object and is used as it is;
            its name is its ``plugin_name``, module name or class name.
        block: names of plugins never to import; those in ``QUOTEMINER_BLOCK`` are added.
        strict: whether a plugin that fails to load raises instead of being listed as failed.
    """

    def __init__(self, allow: Sequence[str | object] | None = None, block: Collection[str] = (), *, strict: bool = False) -> None:
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
        self.block = frozenset(block) | _names(os.environ.get(BLOCK_VARIABLE, ""))
        self.strict = strict
        self._lock = threading.RLock()
        self._loaded = False
        self._infos: dict[str, PluginInfo] = {}
        self._components: dict[str, list[tuple[str, Any]]] = {}

    def infos(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is, also blocked and failed ones, by name."""
        self._load()
        return tuple(self._infos[name] for name in sorted(self._infos))

    def components(self, hook: str) -> list[Any]:
        """The components of a hook, in order of their names.

        Raises:
            PluginError: when two have the same name, or (strict) a plugin failed to load.
        """
        return [component for _, component in self.named(hook)]

    def named(self, hook: str) -> Sequence[tuple[str, Any]]:
        """The components of a hook with the names that they had when they were loaded; raises as :meth:`components`."""
        self._load()
        return self._components.get(hook, ())

    def _load(self) -> None:
        with self._lock:
            if self._loaded:
                return
            infos: dict[str, PluginInfo] = {}
            collected: dict[str, list[tuple[str, Any, str]]] = {hook: [] for hook in HOOKS}
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
                name = getattr(item, "plugin_name", None) or getattr(item, "__name__", None) or type(item).__name__
                if name in infos and infos[name].status == "active":
                    raise PluginError(f"two plugins are named {name!r}", name)
                if name in self.block:
                    infos[name] = PluginInfo(name=name, status="blocked")
                    continue
                infos[name] = self._take(name, item, collected, PluginInfo(name=name))
            for hook, items in collected.items():
                self._components[hook] = _ordered(hook, items)
            self._infos = infos
            self._loaded = True

    def _wanted(self, name: str) -> bool:
        return name not in self.block and (self.allow is None or name in self.allow)

    def _load_entry(self, entry: EntryPoint, collected: dict[str, list[tuple[str, Any, str]]]) -> PluginInfo:
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
        except Exception as error:
            if self.strict:
                raise PluginError(f"plugin {entry.name!r} failed to load: {shown(error)}", entry.name) from error
            return attrs.evolve(info, status="failed", error=describe(error))
        return self._take(entry.name, plugin, collected, info)

    def _take(self, name: str, plugin: object, collected: dict[str, list[tuple[str, Any, str]]], info: PluginInfo) -> PluginInfo:
        """Ask one plugin for its components; a manager of its own keeps its results apart from those of others."""
        try:
            found = _ask(name, plugin)
        except Exception as error:
            if self.strict:
                if isinstance(error, PluginError):
                    raise
                raise PluginError(f"plugin {name!r} failed: {shown(error)}", name) from error
            return attrs.evolve(info, status="failed", error=describe(error))
        for hook, component_name, component in found:
            collected[hook].append((component_name, component, name))
        return attrs.evolve(info, components=tuple(component_name for _, component_name, _ in found))


def _ask(name: str, plugin: object) -> list[tuple[str, str, Any]]:
    """The components of a plugin with hook and name; the name is asked for once, so that it cannot change later."""
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
    found: list[tuple[str, str, Any]] = []
    for hook in HOOKS:
        for result in getattr(manager.hook, hook)():
            for component in result:
                component_name = getattr(component, "name", None)
                if not isinstance(component_name, str) or not component_name:
                    raise PluginError(f"plugin {name!r}: {hook} returned {shown(component)}, which has no name", name)
                if hook != "quoteminer_commands" and component_name != name and not component_name.startswith(name + "."):
                    raise PluginError(
                        f"plugin {name!r}: the component name {component_name!r} must be {name!r} or begin with '{name}.'",
                        name,
                    )
                found.append((hook, component_name, component))
    return found


def _ordered(hook: str, items: Iterable[tuple[str, Any, str]]) -> list[tuple[str, Any]]:
    ordered = sorted(items, key=lambda item: item[0])
    for left, right in pairwise(ordered):
        if left[0] == right[0]:
            raise PluginError(
                f"{hook}: the plugins {left[2]!r} and {right[2]!r} both bring a component named {left[0]!r}; block one",
                right[2],
            )
    return [(name, component) for name, component, _ in ordered]


def _names(value: str) -> frozenset[str]:
    return frozenset(name.strip() for name in value.split(",") if name.strip())


def _entry_points() -> list[EntryPoint]:
    """The entry points of our group, in order of their names; each (name, value) once.

    The same distribution can be found twice (egg-info beside dist-info, lib beside lib64).
    """
    from importlib.metadata import entry_points

    unique: dict[tuple[str, str], EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        unique.setdefault((entry.name, entry.value), entry)
    return [unique[key] for key in sorted(unique)]


def _origin(entry: EntryPoint) -> str:
    return f"{entry.value!r} of {entry.dist.name if entry.dist is not None else 'an unknown distribution'}"

"""What made a result: versions, options, and whatever each component says that it depends on."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

from ..errors import CONTAINED, describe, shown
from ..frozen import frozen_mapping, thaw
from ..plugins.loaded import Loaded
from ..plugins.manager import HOOKS, Plugins


def manifest(plugins: Plugins, options: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of those plugins with these options, as values of JSON."""
    from .. import __version__

    components: dict[str, list[dict[str, Any]]] = {}
    for hook in HOOKS:
        if hook != "quoteminer_commands":
            for loaded in plugins.loaded(hook):
                components.setdefault(loaded.plugin, []).append({"name": loaded.name, "hook": hook, **_told(loaded)})
    return {
        "quoteminer": __version__,
        "python": platform.python_version(),
        "plugins": [
            {
                "name": info.name,
                "distribution": info.distribution,
                "version": info.version,
                "components": components.get(info.name, []),
            }
            for info in plugins.infos()
            if info.status == "active"
        ],
        "options": dict(options),
    }


def _told(loaded: Loaded) -> dict[str, Any]:
    """What a component says of itself: its version, and by ``manifest()`` what else its results depend on."""
    told: dict[str, Any] = {}
    try:
        version = getattr(loaded.component, "version", None)
        if isinstance(version, str):
            told["version"] = str.__str__(version)
        tell = getattr(loaded.component, "manifest", None)
        if callable(tell):
            more = tell()
            if not isinstance(more, Mapping):
                raise TypeError(f"manifest gave {shown(more)}, which is no mapping")
            told = {**thaw(frozen_mapping(more, "manifest")), **told}
    except CONTAINED as error:
        told["error"] = describe(error)
    return told

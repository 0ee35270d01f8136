"""What the host hands to a component beyond what each gets: only what its method names, so that older components go on working."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Final

#: For each hook the methods of its components, and what each may name as an argument by keyword.
OFFERED: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "quoteminer_quote_extractors": {
        "extract": frozenset({"scope"}),
        "extract_many": frozenset({"scope"}),
        "explain": frozenset({"scope"}),
    },
    "quoteminer_speaker_resolvers": {"resolve": frozenset({"scope", "speakers"})},
    "quoteminer_speaker_linkers": {"link": frozenset({"scope"})},
    "quoteminer_claim_extractors": {"extract": frozenset({"scope"})},
}


def accepted(hook: str, component: Any) -> Mapping[str, frozenset[str]]:
    """For each method of a component the arguments that the host may hand to it; asked once, when the component is loaded."""
    return {method: _named(component, method, offered) for method, offered in OFFERED.get(hook, {}).items()}


def offer(function: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``values`` that a function names as arguments; for calls outside of a Miner."""
    return {name: values[name] for name in _of(function, frozenset(values))}


def _named(component: Any, method: str, offered: frozenset[str]) -> frozenset[str]:
    try:
        function = getattr(component, method, None)
    except Exception:
        # Where the host calls it, the same will happen and be reported.
        return frozenset()
    return frozenset() if function is None else _of(function, offered)


def _of(function: Any, offered: frozenset[str]) -> frozenset[str]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return frozenset()
    if any(one.kind is one.VAR_KEYWORD for one in parameters):
        return offered
    return frozenset(
        one.name for one in parameters if one.name in offered and one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD)
    )

"""What hypothesis calls when it is imported: strategies for our types, made when they are asked for.

Kept apart from ``quoteminer.testing``, so that importing hypothesis loads neither the strategies nor pytest.
"""

from __future__ import annotations

from typing import Any, Final

#: Public type: name of its strategy in ``quoteminer.testing.strategies``.
STRATEGIES: Final = {
    "Change": "changes",
    "Claim": "claims",
    "Document": "documents",
    "Extraction": "extractions",
    "Finding": "findings",
    "Issue": "issues",
    "LanguagePack": "language_packs",
    "Match": "matches",
    "PluginInfo": "plugin_infos",
    "Provenance": "provenances",
    "Quantity": "quantities",
    "Quote": "quotes",
    "Segment": "segments",
    "Span": "spans",
    "Speaker": "speakers",
    "Standalone": "standalones",
    "Time": "times",
    "Verification": "verifications",
}


def register() -> None:
    """Tell hypothesis how to draw each public type."""
    from hypothesis import strategies as st

    import quoteminer

    def drawn(name: str) -> Any:
        def strategy(_: type) -> Any:
            from quoteminer.testing import strategies

            return getattr(strategies, name)()

        return strategy

    for kind, name in STRATEGIES.items():
        st.register_type_strategy(getattr(quoteminer, kind), drawn(name))

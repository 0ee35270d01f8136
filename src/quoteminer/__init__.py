"""Who said what, and which of it can be checked.

>>> import quoteminer
>>> extraction = quoteminer.mine("“Dangerous times call for bold action,” Rutte told the forum.")
>>> quote = extraction.quotes[0]
>>> extraction.document[quote.content[0]]
'Dangerous times call for bold action,'
>>> extraction.document[quote.source]
'Rutte'
"""

from typing import TYPE_CHECKING

from .annotations import Claim, Issue, Provenance, Quantity, Quote, Speaker, Time
from .document import Document
from .errors import (
    AnnotationError,
    ComponentError,
    ConfigurationError,
    FormatError,
    PluginError,
    QuoteminerError,
    SpanError,
    UnknownIdError,
    UnknownSpeakerError,
)
from .extraction import Extraction
from .mining.miner import Miner, mine, mine_many
from .plugins.hookspecs import hookimpl
from .plugins.manager import PluginInfo
from .spans import Span
from .standalone import Standalone
from .vocabulary import (
    ChangeKind,
    ClaimKind,
    ClaimModality,
    Layout,
    OnError,
    QuoteKind,
    QuoteModality,
    RowKind,
    Scope,
    Severity,
    SpeakerKind,
    Support,
    Verdict,
)

if TYPE_CHECKING:
    from .pictures import show
    from .plugins.packs import LanguagePack
    from .segments import Segment
    from .tabular import rows
    from .verification import Change, Finding, Match, Verification, from_function, ground, locate, verify
    from .versioning import __version__

__all__ = [
    "AnnotationError",
    "Change",
    "ChangeKind",
    "Claim",
    "ClaimKind",
    "ClaimModality",
    "ComponentError",
    "ConfigurationError",
    "Document",
    "Extraction",
    "Finding",
    "FormatError",
    "Issue",
    "LanguagePack",
    "Layout",
    "Match",
    "Miner",
    "OnError",
    "PluginError",
    "PluginInfo",
    "Provenance",
    "Quantity",
    "Quote",
    "QuoteKind",
    "QuoteModality",
    "QuoteminerError",
    "RowKind",
    "Scope",
    "Segment",
    "Severity",
    "Span",
    "SpanError",
    "Speaker",
    "SpeakerKind",
    "Standalone",
    "Support",
    "Time",
    "UnknownIdError",
    "UnknownSpeakerError",
    "Verdict",
    "Verification",
    "__version__",
    "from_function",
    "ground",
    "hookimpl",
    "locate",
    "mine",
    "mine_many",
    "rows",
    "show",
    "verify",
]

#: What most programs do without, and where it stands.
_LATER = {
    "LanguagePack": ".plugins.packs",
    "Segment": ".segments",
    "__version__": ".versioning",
    "rows": ".tabular",
    "show": ".pictures",
    **dict.fromkeys(
        ["Change", "Finding", "Match", "Verification", "from_function", "ground", "locate", "verify"], ".verification"
    ),
}

if not TYPE_CHECKING:  # which would take any name for one of ours

    def __getattr__(name: str) -> object:
        """What most programs do without is imported when it is asked for."""
        if name in _LATER:
            from importlib import import_module

            return getattr(import_module(_LATER[name], __name__), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})

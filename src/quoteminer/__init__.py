"""Who said what, and which of it can be checked.

>>> import quoteminer
>>> extraction = quoteminer.mine("“Dangerous times call for bold action,” Rutte told the forum.")
>>> quote = extraction.quotes[0]
>>> extraction.document[quote.content[0]]
'Dangerous times call for bold action,'
>>> extraction.document[quote.source]
'Rutte'
"""

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
    UnknownSpeakerError,
)
from .extraction import Extraction
from .mining.miner import Miner, mine, mine_many
from .plugins.hookspecs import hookimpl
from .plugins.manager import PluginInfo
from .plugins.packs import LanguagePack
from .spans import Span
from .standalone import Standalone
from .vocabulary import (
    ClaimKind,
    ClaimModality,
    Layout,
    OnError,
    QuoteKind,
    QuoteModality,
    Scope,
    Severity,
    SpeakerKind,
)

__version__ = "0.1.0"

__all__ = [
    "AnnotationError",
    "Claim",
    "ClaimKind",
    "ClaimModality",
    "ComponentError",
    "ConfigurationError",
    "Document",
    "Extraction",
    "FormatError",
    "Issue",
    "LanguagePack",
    "Layout",
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
    "Scope",
    "Severity",
    "Span",
    "SpanError",
    "Speaker",
    "SpeakerKind",
    "Standalone",
    "Time",
    "UnknownSpeakerError",
    "__version__",
    "hookimpl",
    "mine",
    "mine_many",
]

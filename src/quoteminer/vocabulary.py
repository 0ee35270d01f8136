"""The closed vocabularies, as types for editors and checkers and as tuples for checks at run time."""

from __future__ import annotations

from typing import Final, Literal, get_args

QuoteKind = Literal["direct", "indirect", "mixed"]
"""All of the content, none or part of it stands in quotation marks."""
QuoteModality = Literal["asserted", "negated", "hypothetical", "future", "question"]
Layout = Literal["running", "turn", "dash", "block", "mail", "thread"]
"""How speech is set: in running text, as a labelled turn, behind a dash, as a block quotation, as the quoted part of a mail, as a post of a thread."""
SpeakerKind = Literal["person", "organisation", "group", "document", "unknown"]
ClaimKind = Literal["quantity", "comparison", "causation", "law_or_rule", "event", "prediction", "pledge", "other"]
ClaimModality = Literal["asserted", "hedged", "hypothetical", "negated", "question"]
Severity = Literal["info", "warning", "error"]
Scope = Literal["speech", "all"]
"""What counts as a quotation: what somebody said or wrote; or every attribution, also what is thought, felt, planned or found."""
OnError = Literal["collect", "warn", "raise"]
RowKind = Literal["quotes", "speakers", "claims", "mentions", "issues"]
"""Of what a flat table has its rows."""
Verdict = Literal["verbatim", "altered", "spliced", "other_speaker", "paraphrase", "not_found", "no_such_speaker", "too_short"]
"""What became of a quotation, held against its sources."""
ChangeKind = Literal[
    "negation",
    "number",
    "unit",
    "name",
    "modal",
    "quantifier",
    "tense",
    "condition",
    "added",
    "dropped",
    "replaced",
    "order",
]
"""In what a quotation differs from its source; the first eight change what was said."""
Support = Literal["supported", "partly", "contradicted", "not_found"]
"""What the sources say of an indirect report."""

QUOTE_KINDS: Final[tuple[str, ...]] = get_args(QuoteKind)
QUOTE_MODALITIES: Final[tuple[str, ...]] = get_args(QuoteModality)
LAYOUTS: Final[tuple[str, ...]] = get_args(Layout)
SPEAKER_KINDS: Final[tuple[str, ...]] = get_args(SpeakerKind)
CLAIM_KINDS: Final[tuple[str, ...]] = get_args(ClaimKind)
CLAIM_MODALITIES: Final[tuple[str, ...]] = get_args(ClaimModality)
SEVERITIES: Final[tuple[str, ...]] = get_args(Severity)
SCOPES: Final[tuple[str, ...]] = get_args(Scope)
ON_ERROR: Final[tuple[str, ...]] = get_args(OnError)
ROW_KINDS: Final[tuple[str, ...]] = get_args(RowKind)
VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
CHANGE_KINDS: Final[tuple[str, ...]] = get_args(ChangeKind)
SUPPORTS: Final[tuple[str, ...]] = get_args(Support)

"""Drafts of schema.org ``ClaimReview`` for the systems of fact-checkers: the claim, who made it, where it appeared.

A draft has no rating: that is the fact-checker's part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from ..annotations import Claim
from ..extraction import Extraction
from ..json_form import dumps
from ..metadata import is_date, is_web_address

_TYPES: Final = {"person": "Person", "organisation": "Organization", "group": "Organization"}


#: What the metadata of a document tell, under which name, and how it must look.
_APPEARANCE: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("url", "url", is_web_address),
    ("date", "datePublished", is_date),
)


def draft(extraction: Extraction, claim: Claim) -> dict[str, Any]:
    """One draft as JSON-LD."""
    document = extraction.document
    sentence = claim.standalone(extraction).text
    appearance: dict[str, Any] = {"@type": "CreativeWork", "name": document.title or document.id, "inLanguage": document.language}
    for key, name, fits in _APPEARANCE:
        value = document.metadata.get(key)
        if isinstance(value, str) and fits(value):
            appearance[name] = value
    reviewed: dict[str, Any] = {"@type": "Claim", "text": claim.text(document), "appearance": appearance}
    claimant = extraction.speaker(claim.claimant)
    if claimant is not None:
        author = {"@type": _TYPES.get(claimant.kind, "Thing"), "name": claimant.name}
        if claimant.role and author["@type"] == "Person":
            author["jobTitle"] = claimant.role
        reviewed["author"] = author
    return {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": sentence, "itemReviewed": reviewed}


def as_json_lines(items: Iterable[tuple[Extraction, Claim]]) -> str:
    """One draft a line."""
    return "".join(dumps(draft(extraction, claim)) + "\n" for extraction, claim in items)

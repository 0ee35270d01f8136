"""Drafts of schema.org ``ClaimReview`` for the systems of fact-checkers: the claim, who made it, where it appeared.

A draft has no rating: that is the fact-checker's part.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from ..annotations import Claim
from ..extraction import Extraction
from ..json_form import dumps

_TYPES: Final = {"person": "Person", "organisation": "Organization", "group": "Organization"}
#: A year, or a year and a month: dates of ISO 8601 that :mod:`datetime` does not read.
_SHORT_DATE: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")


def _is_web_address(value: str) -> bool:
    """Whether it is an address that a page may link to; one with ``javascript:`` would run there."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable() and " " not in value
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    if _SHORT_DATE.fullmatch(value):
        return True
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


#: What the metadata of a document tell, under which name, and how it must look.
_APPEARANCE: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("url", "url", _is_web_address),
    ("date", "datePublished", _is_date),
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

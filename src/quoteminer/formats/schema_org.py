"""JSON-LD in the words of schema.org: ``Quotation``, and drafts of ``ClaimReview`` for the systems of fact-checkers.

A draft says what the claim is, who made it and where it appeared. It has no rating: that is the fact-checker's part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO, Any, Final

from ..annotations import Claim, Speaker
from ..extraction import Extraction
from ..json_form import dumps
from ..metadata import is_date, is_web_address

_TYPES: Final = {"person": "Person", "organisation": "Organization", "group": "Organization"}


#: What the metadata of a document tell, under which name, and how it must look.
_APPEARANCE: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("url", "url", is_web_address),
    ("date", "datePublished", is_date),
)


_CONTEXT: Final = "https://schema.org"


def draft(extraction: Extraction, claim: Claim) -> dict[str, Any]:
    """One draft as JSON-LD."""
    reviewed: dict[str, Any] = {"@type": "Claim", "text": claim.text(extraction.document), "appearance": _work(extraction)}
    claimant = extraction.speaker(claim.claimant)
    if claimant is not None:
        reviewed["author"] = _agent(claimant)
    sentence = claim.standalone(extraction).text
    return {"@context": _CONTEXT, "@type": "ClaimReview", "claimReviewed": sentence, "itemReviewed": reviewed}


def _work(extraction: Extraction) -> dict[str, Any]:
    """The document."""
    document = extraction.document
    work: dict[str, Any] = {"@type": "CreativeWork", "name": document.title or document.id, "inLanguage": document.language}
    for key, name, fits in _APPEARANCE:
        value = document.metadata.get(key)
        if isinstance(value, str) and fits(value):
            work[name] = value
    return work


def _agent(speaker: Speaker) -> dict[str, Any]:
    agent = {"@type": _TYPES.get(speaker.kind, "Thing"), "name": speaker.name}
    if speaker.role and agent["@type"] == "Person":
        agent["jobTitle"] = speaker.role
    return agent


def as_json_lines(items: Iterable[tuple[Extraction, Claim]]) -> str:
    """One draft a line."""
    return "".join(dumps(_whole(draft(extraction, claim))) + "\n" for extraction, claim in items)


def _whole(value: Any) -> Any:
    """The same with every surrogate as what it stands for: both of a pair as their character, a lone one as U+FFFD, since JSON-LD knows texts only."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list) else value


class ClaimReviewWriter:
    """A draft of ``ClaimReview`` a line, for each claim as the documents come."""

    name = "claim-review"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write and flush document by document."""
        for extraction in extractions:
            stream.write(as_json_lines((extraction, claim) for claim in extraction.claims).encode("utf-8"))
            stream.flush()


class QuotationWriter:
    """A document a line, as a ``CreativeWork`` whose parts are its ``Quotation``s; ``creator`` is who said it."""

    name = "schema-org"
    suffixes: tuple[str, ...] = (".jsonld",)

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write and flush document by document."""
        for extraction in extractions:
            parts: list[dict[str, Any]] = []
            for quote in extraction.quotes:
                part: dict[str, Any] = {"@type": "Quotation", "identifier": quote.id, "text": quote.text(extraction.document)}
                speaker, addressee = extraction.speaker(quote.speaker), extraction.speaker(quote.addressee)
                if speaker is not None:
                    part["creator"] = _agent(speaker)
                if addressee is not None:
                    part["audience"] = {"@type": "Audience", "name": addressee.name}
                part["additionalType"] = quote.kind
                parts.append(part)
            work = {"@context": _CONTEXT, **_work(extraction), "hasPart": parts}
            stream.write(dumps(_whole(work)).encode("utf-8") + b"\n")
            stream.flush()

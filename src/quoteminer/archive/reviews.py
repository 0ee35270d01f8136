"""Claims that others have checked: records of schema.org ClaimReview matched against the claims of an archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from ..errors import FormatError
from .folding import Folding
from .utterances import alike

#: Where collections of records keep them.
_LISTS: Final = ("@graph", "itemListElement", "dataFeedElement", "claims", "claimReview")


@attrs.frozen
class Review:
    """What somebody found of a claim.

    Attributes:
        claim: what was checked, in their words.
        rating, reviewer, url, date, language: as far as the record says.
    """

    claim: str
    rating: str | None = None
    reviewer: str | None = None
    url: str | None = None
    date: str | None = None
    language: str = "en"


@attrs.frozen
class Checked:
    """A claim of the archive that somebody has checked.

    Attributes:
        sentence, claimant: of the claim; ``claimant`` is ``None`` for the document's own voice.
        document, claim, date, source: where it stands: ids of the document and of the claim in it, date and outlet.
        review: what somebody found.
    """

    sentence: str
    claimant: str | None
    document: str
    claim: str
    date: str | None
    source: str | None
    review: Review


def read_reviews(text: str, name: str) -> list[Review]:
    """The records of ClaimReview in JSON, JSON-LD or JSON Lines, also inside lists and feeds.

    Raises:
        FormatError: when it is no JSON, or holds no such record.
    """
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError):
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError) as error:
            raise FormatError(f"is no JSON: {error}", name) from None
    found = [review for value in values for record in _records(value) if (review := _review(record)) is not None]
    if not found:
        raise FormatError("holds no record of ClaimReview with claimReviewed", name)
    return found


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object with ``claimReviewed``, in order, without recursion: feeds may be deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if "claimReviewed" in one:
                yield one
            waiting += [one[name] for name in (*reversed(_LISTS), "item") if name in one]


def _review(record: Mapping[str, Any]) -> Review | None:
    claim = _text(record.get("claimReviewed"))
    if claim is None:
        return None
    rating, author = _object(record.get("reviewRating")), _object(record.get("author"))
    return Review(
        claim,
        _text(rating.get("alternateName")) or _text(rating.get("ratingValue")),
        _text(author.get("name")),
        _text(record.get("url")),
        _text(record.get("datePublished")),
        _text(record.get("inLanguage")) or "en",
    )


def _object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}"
    return value.strip() or None if isinstance(value, str) else None


def checked(connection: sqlite3.Connection, folding: Folding, reviews: Iterable[Review]) -> Iterator[Checked]:
    """The claims that say what a review is about, in the order of the reviews."""
    for review in reviews:
        for utterance in sorted(alike(connection, "claim", folding.fold(review.claim, review.language))):
            for sentence, claimant, document, claim, date, source in connection.execute(
                """SELECT c.sentence, coalesce(p.name, s.name), d.id, c.id, d.date, d.source FROM wordings AS w JOIN claims AS c ON c.wording = w.number
                JOIN documents AS d ON d.number = c.document LEFT JOIN speakers AS s ON s.number = c.claimant LEFT JOIN people AS p ON p.id = s.person
                WHERE w.utterance = ? AND c.status IS NOT 'rejected' ORDER BY d.date IS NULL, d.date, c.number""",
                (utterance,),
            ).fetchall():
                yield Checked(sentence, claimant, document, claim, date, source, review)

"""Claims that others have checked."""

from __future__ import annotations

import json

import pytest

from quoteminer import Document, FormatError
from quoteminer.archive import Review, read_reviews

RECORD = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "Rents in the northern valley rose by 5 percent in 2025.",
    "reviewRating": {"@type": "Rating", "alternateName": "True", "ratingValue": 5},
    "author": {"@type": "Organization", "name": "Vale Checks"},
    "url": "https://checks.example/1",
    "datePublished": "2026-02-01",
}
REVIEW = Review(str(RECORD["claimReviewed"]), "True", "Vale Checks", "https://checks.example/1", "2026-02-01")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORD),
        json.dumps([RECORD]),
        json.dumps({"@graph": [{"@type": "WebPage"}, RECORD]}),
        json.dumps({"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [RECORD]}]}),
        json.dumps(RECORD) + "\n\n" + json.dumps({"@type": "WebPage"}) + "\n",
    ],
)
def test_records_wherever_they_stand(text):
    assert read_reviews(text, "reviews.json") == [REVIEW]


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", '{"claimReviewed": ""}', '{"claimReviewed": 3, "@graph": 7}x', "[" * 100_000]
)
def test_what_holds_none_is_said(text):
    with pytest.raises(FormatError, match=r"reviews\.json"):
        read_reviews(text, "reviews.json")


def test_values_of_other_types_are_passed_over():
    record = {"claimReviewed": "Rents rose.", "reviewRating": [{"ratingValue": 1.5}], "author": "somebody", "url": ["x"]}
    assert read_reviews(json.dumps(record), "reviews.json") == [Review("Rents rose.", "1.5")]


def test_claims_are_found_again(archive, miner):
    texts = {
        "a": "“Rents in the northern valley rose by 5 percent in 2025,” Kate Ilves told the council.",
        "b": "Rents in the northern valley rose by 5 percent in 2025, according to Bob Moor.",
        "c": "“Rents in the northern valley rose by 9 percent in 2025,” Ana Ruiz said.",
        "d": "“Trains in the northern valley were late on 5 days in 2025,” Ana Ruiz said.",
    }
    archive.collect([Document(text, id=name, metadata={"date": "2026-01-01"}) for name, text in texts.items()], miner=miner)
    found = archive.checked([REVIEW, Review("The moon is made of cheese and always was, says nobody")])
    assert [(one.document, one.claimant) for one in found] == [("a", "Kate Ilves"), ("b", "Bob Moor")]
    assert {one.review for one in found} == {REVIEW}
    archive.decide("a", found[0].claim, "rejected")
    assert [one.document for one in archive.checked([REVIEW])] == ["b"]

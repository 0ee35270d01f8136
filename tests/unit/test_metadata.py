"""Keys of the metadata that mean something: a wrong value is kept and said."""

from __future__ import annotations

import datetime as dt

import pytest

from quoteminer import Document, Miner
from quoteminer.metadata import faults


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {
            "date": "2026-03-31",
            "source": "The Daily",
            "url": "https://example.org/a?b=ü",
            "author": "Ada Byron",
            "section": "news",
        },
        {"date": "2026-03-31T12:00:00+02:00", "author": ["Ada", "Bob"]},
        {"date": "2026-03-31T12:00Z"},
        {"date": "2026"},
        {"date": "2026-03"},
        {"date": dt.date(2026, 3, 31)},
        {"date": dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC), "url": None, "author": float("nan")},
        {"anything": 1, "published": "yesterday"},
    ],
)
def test_right_values_are_taken(metadata):
    assert list(faults(Document("", metadata=metadata).metadata)) == []


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("date", "31.3.2026", "date of ISO 8601"),
        ("date", "2026-13", "date of ISO 8601"),
        ("date", "2026-02-30", "date of ISO 8601"),
        ("date", 2026, "date of ISO 8601"),
        ("date", "", "date of ISO 8601"),
        ("source", " ", "name of an outlet"),
        ("source", {"name": "x"}, "name of an outlet"),
        ("url", "example.org", "address that begins with http"),
        ("url", "javascript:alert(1)", "address that begins with http"),
        ("url", "https://a b", "address that begins with http"),
        ("url", "http://[", "address that begins with http"),
        ("author", [], "name, nor an array of names"),
        ("author", ["Ada", 1], "name, nor an array of names"),
        ("section", 7, "name of a section"),
    ],
)
def test_a_wrong_value_is_an_issue_and_is_kept(key, value, expected):
    document = Document("Some words.", id="a", metadata={key: value})
    (issue,) = [one for one in Miner(["rules"]).mine(document).issues if one.severity == "warning"]
    assert (issue.component, issue.document_id) == ("quoteminer", "a")
    assert issue.message.startswith(f"metadata {key!r}: ")
    assert expected in issue.message
    assert document.metadata[key] == (tuple(value) if isinstance(value, list) else value)

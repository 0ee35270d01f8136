"""Files made to be slow take no more than their length."""

from __future__ import annotations

import io

import pytest

from quoteminer import Document, Issue
from quoteminer.formats import readers
from quoteminer.testing.contract import TOO_STEEP, growth

HEAD = "From: a\nTo: b\nSubject: c\n\n"
UNITS = [
    ("html", "<html>", "<div>"), ("html", "<html>", "<p>a"), ("html", "<html>", "<li>a"), ("html", "<html>", "<b>a"), ("html", "<html>", "<q>a"),
    ("html", "<html>", "<!--"), ("html", "<html>", "<"), ("html", "<html>", '<p a="'), ("html", "<html>", "</p></b>"), ("html", "<html>", "&amp"),
    ("html", "<html>", "<p><strong>Ada:</strong> a</p>"), ("mail", HEAD, "> It works.\n"), ("mail", HEAD, "On 4 wrote:\n"),
    ("mail", HEAD, ">"), ("mail", HEAD, "From: a\n"), ("chevrons", "", ">> ADA: GOOD\n>> SO\n"), ("slack", "", "Lupe 10:42 AM\nIt works.\n"),
    ("srt", "", "1\n00:00:02,000 --> 00:00:04,500\n"), ("wiki", "", "[["), ("wiki", "", "{{quote|a"), ("wiki", "", "<ref"), ("csv", "text\n", "It works.\n"),
]  # fmt: skip


def read(name: str, raw: str) -> None:
    for item in readers()[name].read(io.BytesIO(raw.encode()), name="f"):
        assert isinstance(item, (Document, Issue))


@pytest.mark.timed
@pytest.mark.parametrize(("name", "head", "unit"), UNITS)
def test_time_grows_with_the_length(name, head, unit):
    _, factor = growth(lambda size: read(name, head + unit * (size // len(unit))), smallest=1 << 14, largest=1 << 18)
    assert factor <= TOO_STEEP


def test_what_is_no_tag_stays_in_the_text():
    (document,) = readers()["html"].read(io.BytesIO(b"<html><p>a < b <!-- c"), name="f")
    assert isinstance(document, Document)
    assert document.text == "a < b <!-- c"

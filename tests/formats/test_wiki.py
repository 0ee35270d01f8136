"""Wiki markup: the words, with the way back."""

from __future__ import annotations

import pytest

from quoteminer import Span

from .reading import one, read


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("'''Ada''' wrote [[the note|a note]] on [[engines]].", "Ada wrote a note on engines."),
        ("It works.<ref name=a>{{cite|x}}</ref> So.<ref name=b /> Yes.", "It works. So. Yes."),
        ("{{Infobox\n| a = {{b}}\n}}\nIt works.", "It works."),
        ("== Life ==\nIt works.", "Life\nIt works."),
        ("[[File:a.jpg|thumb|A [[note]]]]It works. [https://a.example a page] &ndash; so&nbsp;", "It works. a page – so\xa0"),
        ("{| class=a\n| b\n|}\nIt works.", "It works."),
        ("She wrote:\n<blockquote>It works.\nSo.</blockquote>\nYes.", "She wrote:\n\n> It works.\n> So.\n\nYes."),
        ("So:\n{{Quote|text=It [[a|works]].|author=Ada}}\nYes.", "So:\n\n> It works.\n— Ada\n\nYes."),
        ("* one\n* two<!-- no -->", "one\ntwo"),
        ("{{never closed\nIt", ""),
        ("a [[never closed", "a [[never closed"),
    ],
)
def test_words_of_a_page(tmp_path, markup, text):
    documents, issues = read(tmp_path / "a.wiki", markup)
    assert [document.text for document in documents] == ([text] if text else [])
    assert bool(issues) == (not text)


def test_the_way_back(tmp_path):
    markup = "'''Ada''' wrote [[the note|a note]]."
    document = one(tmp_path / "a.wiki", markup)
    assert document.origin is not None
    raw = document.origin.to_raw(Span(document.text.index("a note"), document.text.index("a note") + 6))
    assert raw is not None
    assert markup[raw.start : raw.end] == "a note"

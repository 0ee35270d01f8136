"""The page, by its text; how it behaves is seen in ``tests/page``."""

from __future__ import annotations

import sys
import types
import webbrowser

import pytest

import quoteminer
from quoteminer import Document, Extraction, Quote, Speaker
from quoteminer.pictures import page
from quoteminer.pictures.escaping import initials
from quoteminer.text import Builder

STORY = Extraction(
    Document("“Yes,” said Ada.", id="d", title="A story"),
    [Quote([(1, 5)], "direct", cue=[(7, 11)], source=(12, 15), speaker="s", id="q")],
    [Speaker("s", "Ada Byron")],
)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Byron", "AB"),
        ("Ada", "A"),
        ("the U.N.", "TN"),
        ("O'Hara", "OH"),
        ("石川 啄木", "石啄"),
        ("ßa", "S"),
        ("…", "…"),
        ("", "?"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_equal_extractions_give_equal_pages():
    assert page(STORY) == page([STORY]) == page(Extraction.from_json(STORY.to_json()))


def test_its_title_is_that_of_the_document_or_their_number():
    assert "<title>A story: who said what</title>" in page(STORY)
    assert "<title>2 documents: who said what</title>" in page([STORY, STORY])
    assert "<title>Mine: who said what</title>" in page([STORY, STORY], title="Mine")
    assert "<title>0 documents: who said what</title>" in page([])


def test_one_text_has_no_overview():
    assert 'id="overview"' not in page(STORY)
    assert 'id="overview"' in page([STORY, STORY])


def test_only_real_addresses_are_links():
    def linked(url: object) -> bool:
        return ">original</a>" in page(Extraction(Document("x", metadata={"url": url})))

    assert linked("https://example.org/a?b=c&d")
    assert not any(map(linked, ["javascript:alert(1)", "https://a b", 3, None, "//example.org"]))


def test_where_it_was_heard_or_printed_is_told_as_the_file_has_it():
    builder = Builder("Yes, said Ada.")
    builder.take(0, 14)
    builder.place(0, "caption", "1", 65.0, 67.5)
    builder.mark(0, 14, "page", "iv")
    document = Document("Yes, said Ada.", origin=builder.build())
    assert "at 1:05 · page iv" in page(Extraction(document, [Quote([(0, 4)], "direct", id="q")]))


def test_show_opens_a_page_in_the_browser(monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    path = quoteminer.show(STORY, title="Mine")
    assert path is not None
    assert path.read_text(encoding="utf-8") == page(STORY, title="Mine")
    assert opened == [path.as_uri()]
    path.unlink()


def test_show_displays_in_a_notebook(monkeypatch):
    displayed: list[str] = []
    ipython, display = types.ModuleType("IPython"), types.ModuleType("IPython.display")
    ipython.get_ipython = lambda: object()  # type: ignore[attr-defined]
    display.HTML = str  # type: ignore[attr-defined]
    display.display = displayed.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    assert quoteminer.show([STORY, STORY]) is None
    assert displayed == [STORY._repr_html_()] * 2

"""Files that other programs made of one story: PDF, DOCX and EPUB."""

from __future__ import annotations

from pathlib import Path

import pytest

from quoteminer import Document, Issue, Miner
from quoteminer.formats import read_path
from quoteminer.formats.pdf import _document

FILES = Path(__file__).resolve().parents[1] / "data" / "files"
QUOTED = [
    "We have a pool that drinks forty thousand litres a night, and I cannot put children into it or out of it,",
    "The cracks were there in 2019, … Someone painted them blue, and the responsibility for that administrative decision has never been established.",
    "Nobody wants the keys back more than I do, … But the water does not care what anybody wants.",
]


@pytest.mark.parametrize("name", ["story.html", "chromium-columns.pdf", "chromium-pages.pdf", "pandoc.docx", "pandoc.epub"])
def test_the_same_quotations_in_every_form(name):
    items = list(read_path(FILES / name))
    assert [item for item in items if isinstance(item, Issue)] == []
    document = max((item for item in items if isinstance(item, Document)), key=lambda item: len(item.text))
    extraction = Miner(["rules"]).mine(document)
    direct = [quote for quote in extraction.quotes if quote.kind == "direct"]
    assert [quote.text(document) for quote in direct] == QUOTED
    assert [speaker.name for quote in direct if (speaker := extraction.speaker_of(quote))] == [
        "Imelda Hargrave",
        "Ned Tolliver",
        "Imelda Hargrave",
    ]
    assert document.origin is not None
    for quote in extraction.quotes:
        assert all(document.origin.to_raw(span) is not None for span in quote.content)


def test_pages_are_places_and_running_heads_are_gone():
    (document,) = read_path(FILES / "chromium-pages.pdf")
    assert isinstance(document, Document)
    assert document.origin is not None
    assert "Saltmere Echo" not in document.text
    last = Miner(["rules"]).mine(document).quotes[-1]
    assert [place.value for place in document.origin.at(last.content[0], "page")] == ["2"]


def test_hyphens_at_the_ends_of_lines_are_undone():
    width = "x" * 40
    pages = [f"12\n{width} the depart-\nment of well-\nKnown things and respon \u2010\nsibility.\n\nNext.\n- 3 -"]
    document = _document(pages, "en", "a", None, {})
    assert document.text == f"{width} the department of well- Known things and responsibility.\n\nNext."
    assert document.origin is not None


def test_files_of_which_the_end_is_missing(tmp_path):
    for name in ("chromium-pages.pdf", "pandoc.docx", "pandoc.epub"):
        data = (FILES / name).read_bytes()
        for size in (0, 5, 100, len(data) // 2, len(data) - 30):
            path = tmp_path / name
            path.write_bytes(data[:size])
            for item in read_path(path):
                assert isinstance(item, (Document, Issue))
                assert not isinstance(item, Issue) or item.message.startswith(str(path))

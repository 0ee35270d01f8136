"""Word files, books, and compressed files; damaged and hostile ones among them."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from quoteminer import Miner
from quoteminer.formats import office

from .reading import one, read, said

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def docx(body: str, **more: str) -> bytes:
    return packed(word__document_DOT_xml=f"<w:document {_W}><w:body>{body}</w:body></w:document>", **more)


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r>{run}</w:r>" for run in runs) + "</w:p>"


def test_paragraphs_of_a_word_file(tmp_path):
    body = (
        paragraph("<w:t>“It </w:t>", "<w:t>works,”</w:t><w:tab/><w:t>said Ada.</w:t>")
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>So.</w:t></w:r></w:ins></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('<w:t>cell</w:t>')}</w:tc></w:tr></w:tbl><w:p/>"
    )
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Oben</dc:title><dc:creator>Ada</dc:creator></c>'
    document = one(tmp_path / "a.docx", docx(body, docProps__core_DOT_xml=core))
    assert document.text == "“It works,”\tsaid Ada.\n\nSo.\n\ncell"
    assert (document.title, document.metadata["author"]) == ("Oben", "Ada")
    assert document.origin is not None
    (quote,) = Miner(["rules"]).mine(document).quotes
    assert [place.value for place in document.origin.at(quote.content[0], "paragraph")] == ["1"]


def book(**chapters: str) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return packed(
        **{
            "META-INF__container_DOT_xml": '<container xmlns="urn:x"><rootfile full-path="OEBPS/book.opf"/></container>',
            "OEBPS__book_DOT_opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>Der Wal</dc:title><dc:creator>Ute</dc:creator><dc:language>de</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        },
        **{f"OEBPS__{name}_DOT_xhtml": content for name, content in chapters.items()},
    )


def test_chapters_of_a_book(tmp_path):
    pages = {
        "cover": "<html><img src='a'/></html>",
        "one": "<html><title>Eins</title><nav>x</nav><p>Es geht.</p></html>",
        "two": "<html><p>Weiter.</p></html>",
    }
    documents, issues = read(tmp_path / "a.epub", book(**pages))
    assert issues == []
    assert [(document.text, document.title, document.language, document.metadata["chapter"]) for document in documents] == [
        ("Es geht.", "Eins", "de", 2),
        ("Weiter.", None, "de", 3),
    ]
    assert documents[0].metadata["book"] == "Der Wal"


def test_compressed_files_are_read_by_what_is_in_them(tmp_path):
    chat = "[14:02] <ada> it works\n[14:03] <bob> so\n"
    assert said(one(tmp_path / "a.txt.gz", gzip.compress(chat.encode()))) == [("ada", "it works"), ("bob", "so")]
    content = packed(b_DOT_txt="Bob slept.", a_DOT_html="<html><p>It works.", c_DOT_bin="x", d_DOT_zip="y")
    documents, issues = read(tmp_path / "all.zip", content)
    assert [(document.id.rpartition("/")[2], document.text) for document in documents] == [
        ("a.html", "It works."),
        ("b.txt", "Bob slept."),
    ]
    assert [(issue.severity, "2 files in it have no reader" in issue.message) for issue in issues] == [("info", True)]


def test_bombs_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "MOST", 1_000_000)
    zeros = "0" * 2_000_000
    for name, content in (
        ("a.gz", gzip.compress(zeros.encode())),
        ("a.zip", packed(a_DOT_txt=zeros)),
        ("a.docx", docx(zeros)),
    ):
        documents, issues = read(tmp_path / name, content)
        assert documents == []
        assert "unpacks to more than 1 MB" in issues[0].message


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"x", "is no archive"),
        ("a.docx", packed(a="b"), "no word/document.xml"),
        ("a.docx", docx("")[:-40], "is no archive"),
        ("a.docx", docx(""), "holds no text"),
        ("a.docx", docx("<w:p>"), "is no XML"),
        ("a.docx", packed(word__document_DOT_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares entities"),
        ("a.epub", packed(a="b"), "cannot be read"),
        ("a.epub", book(), "holds no chapter"),
        ("a.gz", b"\x1f\x8bx", "is no gzip"),
        ("a.odt.gz", gzip.compress(b"x"), "no reader reads what is in it (.odt)"),
        ("a.zip", b"PK\x03\x04", "is no archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # archives hold the time at which they were made
)
def test_damaged_files_are_errors(tmp_path, name, content, message):
    documents, issues = read(tmp_path / name, content)
    assert documents == []
    assert (issues[0].severity, message in issues[0].message) == ("error", True), issues[0].message


def test_ten_thousand_tags_deep(tmp_path):
    deep = "<w:r>" * 10_000 + "<w:t>So.</w:t>" + "</w:r>" * 10_000
    documents, issues = read(tmp_path / "a.docx", docx(f"<w:p>{deep}</w:p>"))
    assert [document.text for document in documents] == ["So."] or "is no XML" in issues[0].message


def test_a_chapter_that_cannot_be_read_costs_itself(tmp_path):
    content = book(one="<html><p>So.</p></html>", two="<html><p>No.</p></html>").replace(b"OEBPS/two.xhtml", b"OEBPS/twx.xhtml")
    documents, (issue,) = read(tmp_path / "a.epub", content)
    assert [document.text for document in documents] == ["So."]
    assert "chapter 2 is left out" in issue.message

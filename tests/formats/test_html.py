"""Web pages: the words that people read, with the way back."""

from __future__ import annotations

import io
import sys

import pytest

from quoteminer import Document, Miner, Span
from quoteminer.formats import readers

from .reading import one, read, said

PAGE = """<!doctype html>
<html lang="en-GB"><head><title>Lido shut - The Echo</title>
<meta property="og:title" content="Lido stays shut"><meta property="og:site_name" content="The Echo">
<link rel="canonical" href="https://echo.example/lido">
<script>track({"said": "no"})</script><style>q {color: red}</style>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-02-08", "author": {"name": "Petra Kin"}}</script></head>
<body><nav><a href="/">Home</a></nav>
<article><h1>Lido stays shut</h1>
<figure><figcaption>Photograph: “no quotation”</figcaption></figure>
<p>The lido&rsquo;s   water is <b>gone</b>.<br>All of it.</p>
<p>&ldquo;We drink 40&nbsp;000 litres,&rdquo; said Imelda Hargrave.</p>
<p>Ned Tolliver wrote:</p>
<blockquote><p>The cracks were there.</p><p>Someone painted them.</p></blockquote>
<p>Hargrave called the charge <q>nonsense</q>.</p>
<aside>Related: “tired of people”</aside>
<div class="share-bar">Share this</div>
</article><footer>Most read</footer></body></html>
"""


def test_a_page_becomes_what_people_read(tmp_path):
    document = one(tmp_path / "a.html", PAGE)
    assert document.text == (
        "Lido stays shut\n\nThe lido’s water is gone.\nAll of it.\n\n“We drink 40\xa0000 litres,” said Imelda Hargrave.\n\nNed Tolliver wrote:\n\n"
        "> The cracks were there.\n> Someone painted them.\n\nHargrave called the charge “nonsense”."
    )
    assert (document.title, document.language) == ("Lido stays shut", "en-GB")
    assert dict(document.metadata) == {
        "author": "Petra Kin", "date": "2025-02-08", "source": "The Echo", "url": "https://echo.example/lido",
    }  # fmt: skip


def test_every_quotation_leads_back_into_the_page(tmp_path):
    document = one(tmp_path / "a.html", PAGE)
    assert document.origin is not None
    found = {}
    for quote in Miner(["rules"]).mine(document).quotes:
        raw = [document.origin.to_raw(span) for span in quote.content]
        found[quote.text(document)] = [PAGE[span.start : span.end] for span in raw if span is not None]
    assert found["We drink 40\xa0000 litres,"] == ["We drink 40&nbsp;000 litres,"]
    assert found["nonsense"] == ["nonsense"]
    assert found["The cracks were there. … Someone painted them."] == ["The cracks were there.", "Someone painted them."]


def test_bold_names_before_colons_are_labels_of_turns(tmp_path):
    page = (
        "<html lang=de><p><strong>Bote:</strong> Wie viele?</p><p><b>Lindhorst</b>: Genau 412.</p><p>Alle mit der Schaufel.</p>"
        "<h2>Und dann?</h2><p>Der Rest ist Schweigen.</p><p><strong>Bote:</strong> Danke.</p>"
    )
    document = one(tmp_path / "a.html", page)
    assert said(document) == [("Bote", "Wie viele?"), ("Lindhorst", "Genau 412. … Alle mit der Schaufel."), ("Bote", "Danke.")]


def test_one_bold_word_before_a_colon_is_no_interview(tmp_path):
    assert said(one(tmp_path / "a.html", "<p><strong>Note:</strong> It works.</p><p>So it does.</p>")) == []


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a<p>b", "a\n\nb"),
        ("<p>a</i></b></p>b", "a\n\nb"),
        ("<div>" * 10_000 + "deep", "deep"),
        ("a<br/>b", "a\nb"),
        ("<p>a &lt; b &amp c &#8220;d&#8221; &unknown; e</p>", "a < b & c “d” &unknown; e"),
        ("<p><q>a <q>b</q></q></p>", "“a ‘b’”"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>a<!-- b -->c</p><![CDATA[ d ]]>", "ac"),
        ("<p hidden>a</p><p aria-hidden=true>b</p><p>c</p>", "c"),
        ("<textarea><p>a</textarea><p>b", "b"),
        ("<p title='<p>x</p>'>a</p>", "a"),
    ],
)
def test_pages_as_they_are(tmp_path, page, text):
    assert one(tmp_path / "a.html", f"<html>{page}").text == text


def test_a_page_with_nothing_to_read_is_an_error(tmp_path):
    documents, (issue,) = read(tmp_path / "a.html", "<html><script>alert('x')</script><nav>Home</nav>")
    assert documents == []
    assert "holds nothing to read" in issue.message


def test_a_page_says_its_encoding(tmp_path):
    page = "<html><head><meta charset='windows-1252'></head><p>Café “x”".encode("windows-1252")
    assert one(tmp_path / "a.html", page).text == "Café “x”"
    assert one(tmp_path / "b.html", b"<meta charset=nonsense><p>caf\xc3\xa9").text == "café"


def test_a_language_that_is_none_is_not_taken(tmp_path):
    assert one(tmp_path / "a.html", "<html lang='not a tag!'><p>a").language == "en"


def test_what_was_put_in_has_no_place_in_the_page(tmp_path):
    document = one(tmp_path / "a.html", PAGE)
    assert document.origin is not None
    at = document.text.index("> The cracks")
    assert document.origin.to_raw(Span(at, at + 2)) is None


#: A page that marks no article: only its words tell what is one.
UNMARKED = """<html><head><title>Lido</title></head><body>
<div class="x1"><a href="/a">Home</a> <a href="/b">Sport</a> <a href="/c">Weather</a></div>
<div class="x2"><h1>Lido stays shut</h1>
<p>The lido in the park stays shut for the whole of the summer, as the council has decided on Monday after a long debate about its cost.</p>
<p>&ldquo;We drink forty thousand litres of it in a week, and nobody has ever said where all of it goes,&rdquo; said Imelda Hargrave, who leads the council.</p>
<p>The cracks in the basin had been there for years, and the repairs of last spring have not held, as an engineer found in his report.</p></div>
<div class="x3"><p><a href="/d">You may like: “Ten tired people”</a></p><p><a href="/e">Subscribe now</a></p></div>
</body></html>"""


def test_trafilatura_tells_what_the_article_is(tmp_path):
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.html"
    path.write_text(UNMARKED, encoding="utf-8")
    (document,) = readers()["trafilatura"].read(path)
    assert isinstance(document, Document)
    assert "Imelda Hargrave" in document.text
    assert "tired people" not in document.text
    assert "tired people" in one(path, UNMARKED).text
    assert document.origin is not None
    at = document.text.index("“We drink")
    back = document.origin.to_raw(Span(at, at + 9))
    assert back is not None
    assert UNMARKED[back.start : back.end] == "&ldquo;We drink"


def test_without_trafilatura_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (issue,) = readers()["trafilatura"].read(io.BytesIO(UNMARKED.encode()), name="a")
    assert "pip install 'quoteminer[trafilatura]'" in str(issue)

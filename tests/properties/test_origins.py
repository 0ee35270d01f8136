"""Whatever a page, captions, a chat or a mail is made of: what is read of it leads back to where it stands."""

from __future__ import annotations

import html
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Span
from quoteminer.formats import readers

_WORD = st.text(alphabet="abcdeé“”&<>ß👍9", min_size=1, max_size=6)
_WORDS = st.lists(_WORD, min_size=1, max_size=8).map(" ".join)
_NAME = st.sampled_from(["Ada Byron", "Åsa", "O'Hara", "Jean-Luc"])
_TAGS = st.sampled_from(
    [
        "{}",
        "<b>{}</b>",
        "<i class=x>{}</i>",
        "<a href='/a?b=c&d'>{}</a>",
        "<!-- no -->{}",
        "<script>no</script>{}",
        "{}<span></span>",
    ]
)
_BLOCK = st.sampled_from(
    ["<p>{}</p>", "<p>{}", "<div>{}</div>", "<li>{}</li>", "<blockquote><p>{}</p></blockquote>", "{}<br><br>", "<h2>{}</h2>"]
)
_escape = st.sampled_from(
    [
        html.escape,
        lambda words: html.escape(words).replace("é", "&eacute;"),
        lambda words: "".join(f"&#{ord(sign)};" for sign in words),
    ]
)


def _read(name: str, raw: str) -> Document:
    (document,) = (item for item in readers()[name].read(io.BytesIO(raw.encode("utf-8")), name="f") if isinstance(item, Document))
    return document


def _meant(raw: str) -> str:
    return re.sub(
        r"\s+", " ", html.unescape(re.sub(r"<!--.*?-->|<script>.*?</script>|<[^>]*>", "", raw, flags=re.DOTALL))
    ).strip()


@given(st.lists(st.tuples(_BLOCK, _TAGS, _escape, _WORDS), min_size=1, max_size=6))
def test_every_word_of_a_page_leads_back(parts):
    raw = "<html><body>" + "\n".join(block.format(tags.format(escape(words))) for block, tags, escape, words in parts) + "</body>"
    document = _read("html", raw)
    assert document.text.replace("\n", " ").split() == [
        word for block, _, _, words in parts for word in ("> " * ("blockquote" in block), words) for word in word.split()
    ]  # fmt: skip
    assert document.origin is not None
    for match in re.finditer(r"\S+", document.text):
        back = document.origin.to_raw(Span(*match.span()))
        if back is not None:
            assert _meant(raw[back.start : back.end]) == match.group()
            again = document.origin.to_text(back)
            assert again is not None
            assert again.start <= match.start() < match.end() <= again.end
        else:
            assert match.group() == ">"


@given(st.lists(st.tuples(st.none() | _NAME, _WORDS.filter(lambda words: words[0] != ">")), min_size=1, max_size=8))
def test_every_word_of_captions_leads_back_to_its_time(cues):
    raw = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n:02}.000 --> 00:{n:02}.900\n" + (f"<v {name}>" if name else "") + html.escape(words, quote=False)
        for n, (name, words) in enumerate(cues)
    )
    document = _read("vtt", raw)
    origin = document.origin
    assert origin is not None
    captions = [place for place in origin.places if place.kind == "caption"]
    assert [document.text[place.start : place.end] for place in captions] == [words for _, words in cues]
    for n, place in enumerate(captions):
        assert origin.times(Span(place.start, place.end)) == (n, n + 0.9)
        back = origin.to_raw(Span(place.start, place.end))
        assert back is not None
        assert html.unescape(raw[back.start : back.end]) == cues[n][1]


@given(
    st.lists(
        st.tuples(_NAME, st.lists(_WORDS.filter(lambda words: "<" not in words), min_size=1, max_size=3)), min_size=1, max_size=6
    )
)
def test_every_line_of_a_chat_leads_back(messages):
    raw = "".join(f"12/03/2025, 09:{n:02} - {name}: " + "\n".join(lines) + "\n" for n, (name, lines) in enumerate(messages))
    document = _read("whatsapp", raw)
    origin = document.origin
    assert origin is not None
    found = [(place.value, document.text[place.start : place.end]) for place in origin.places if place.kind == "thread"]
    assert found == [(name, line) for name, lines in messages for line in lines]
    for place in origin.places:
        back = origin.to_raw(Span(place.start, place.end))
        assert back is not None
        assert raw[back.start : back.end] == document.text[place.start : place.end]


@given(st.lists(_WORDS.filter(lambda words: words[0] not in "<>"), min_size=1, max_size=5), _NAME)
def test_every_quoted_line_of_a_mail_leads_back(lines, name):
    raw = f"From: Bob\nTo: Ada\nSubject: So\n\nYes.\n\nOn 4 Mar 2025 at 17:40, {name} <a@b.example> wrote:\n\n" + "".join(
        f"> {line}\n" for line in lines
    )
    document = _read("mail", raw)
    origin = document.origin
    assert origin is not None
    (place,) = (place for place in origin.places if place.kind == "mail")
    assert (place.value, document.text[place.start : place.end]) == (name, "\n".join(lines))
    back = origin.to_raw(Span(place.start, place.end))
    assert back is not None
    assert raw[back.start : back.end].replace("\n> ", "\n") == "\n".join(lines)

"""What is plainly no prose is known by its beginning; prose never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import FormatError
from quoteminer.formats import signs
from quoteminer.formats.decoding import decode


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html>\n<html>", "HTML"),
        ("\ufeff\n <p class='a'>“We will win,”", "HTML"),
        ('<?xml version="1.0"?>', "XML"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000", "WebVTT subtitles"),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nHi", "SubRip subtitles"),
        ("{\\rtf1\\ansi", "RTF"),
        ("%PDF-1.7", "PDF"),
        ('{"text": "a"}', "JSON"),
        ('[{"text": "a"}]', "JSON"),
        ("", None),
        ("<ada> It works.", None),
        ("<pause> “Well,” she said.", None),
        ("WEBVTTs are files.", None),
        ("1\nThe ship sank.", None),
        ("{He enters.}", None),
        ("[Applause]", None),
        ("A <p> is a paragraph.", None),
    ],
)
def test_markup_is_known_by_its_beginning(text, kind):
    assert signs.markup(text) == kind


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "pdftotext"),
        (b"PK\x03\x04\x14\x00", "pandoc"),
        (b"\x1f\x8b\x08\x00", "gunzip"),
        (b"\xff\xfea\x00", "--encoding utf-16"),
        (b"caf\xe9", "iconv -f latin1 -t utf-8"),
        (b"\x7fELF\x00", "binary"),
        (b"\x7fELF\x00\xff", "binary"),
    ],
)
def test_what_is_no_text_says_what_to_do(data, hint):
    with pytest.raises(FormatError, match=hint):
        decode(data, "f")


@given(st.binary(), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "windows-1252", "latin-1", "shift_jis", "utf-7"]))
def test_any_bytes_are_text_or_a_format_error(data, encoding):
    try:
        text = decode(data, "f", encoding)
    except FormatError:
        return
    assert "\x00" not in text

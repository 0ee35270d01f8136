"""Wiki markup, as Wikipedia and its sisters have it: the words of a page without templates, tables, references and links' targets.

``== Heading ==`` is a heading, ``: `` an indented line; ``<blockquote>`` and ``{{quote|…|who}}`` become lines behind ``>``, as in Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from ..text import Builder
from .documents import FileReader, aligned_document, trimmed

_SIGN: Final = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))|(?P<reference><ref\b[^>\n]{0,500}?/>|<ref\b[^>\n]{0,500}>.*?(?:</ref\s{0,9}>|\Z))"
    r"|(?P<quote>\{\{\s{0,9}(?:[Bb]lock ?quote|[Qq]uote(?: box)?|[Cc]quote|[Zz]itat|[Cc]itation(?: bloc)?|[Cc]ita)\s{0,9}\|)"
    r"|(?P<open>\{\{|\{\|)|(?P<file>\[\[\s{0,9}(?:File|Image|Datei|Bild|Fichier|Archivo|Category|Kategorie|Catégorie|Categoría)\s{0,9}:)"
    r"|\[\[(?:[^\[\]|\n]{0,300}\|)?(?P<link>[^\[\]\n]{0,500})\]\]|\[(?:https?|ftp)://[^\s\]\[]{1,1000}(?:[ \t]{1,9}(?P<outer>[^\]\[\n]{0,500}))?\]"
    r"|(?P<marks>'{2,5})|(?P<heading>^={1,6}[ \t]{0,9}|[ \t]{0,9}={1,6}[ \t]{0,9}$)|(?P<block></?blockquote[^>\n]{0,200}>)|(?P<tag></?[a-zA-Z][^<>\n]{0,200}>)"
    r"|(?P<list>^[*#:;]{1,9}[ \t]{0,9})|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{1,30});)",
    re.DOTALL | re.MULTILINE,
)
_DEEPEST: Final = 3
"""Quotations in templates of quotations; what is deeper is left out."""
_ENDS: Final = {"{{": re.compile(r"\{\{|\}\}"), "{|": re.compile(r"\{\||\|\}"), "[[": re.compile(r"\[\[|\]\]")}


def _closed(raw: str, at: int, opening: str) -> int:
    """Where what opens at ``at`` ends, others of its kind within counted; the end of the text where it never does."""
    depth = 0
    for sign in _ENDS[opening].finditer(raw, at):
        depth += 1 if sign.group() == opening else -1
        if not depth:
            return sign.end()
    return len(raw)


class WikiReader(FileReader):
    """Reads a page of wiki markup; the offsets of its words in the markup are kept."""

    name = "wiki"
    suffixes = (".wiki", ".mediawiki")

    def documents(self, raw: str, language: str, name: str) -> Iterable[Document | Issue]:
        """One document."""
        builder = Builder(raw)
        _words(builder, raw, 0, len(raw))
        if not builder.length:
            raise FormatError("holds no words, only templates and links", name)
        yield aligned_document(builder.build(), name, language)


def _words(builder: Builder, raw: str, start: int, end: int, depth: int = 0) -> None:
    at = start
    quoted = False
    while at < end:
        sign = _SIGN.search(raw, at, end)
        stop = end if sign is None else sign.start()
        _take(builder, raw, at, stop, quoted=quoted)
        if sign is None:
            return
        at = sign.end()
        kind = sign.lastgroup
        if kind == "open":
            at = min(end, _closed(raw, sign.start(), sign.group()))
        elif kind == "file":
            at = min(end, _closed(raw, sign.start(), "[["))
        elif kind == "quote":
            close = min(end, _closed(raw, sign.start(), "{{"))
            if raw.startswith("}}", close - 2) and depth < _DEEPEST:
                _template(builder, raw, at, close - 2, depth)
            at = close
        elif kind in ("link", "outer"):
            _take(builder, raw, *sign.span(kind), quoted=quoted)
        elif kind == "block":
            quoted = not sign.group().startswith("</")
            builder.gap("\n\n")
        elif kind == "entity":
            builder.put(html.unescape(sign.group()), *sign.span())


def _template(builder: Builder, raw: str, start: int, end: int, depth: int) -> None:
    """A quotation in a template: its words as a block, who said them behind a dash."""
    parts = [match.span() for match in re.finditer(r"(?:\[\[[^\]]*\]\]|\{\{[^}]*\}\}|[^|])+", raw[start:end])]
    named = {}
    plain = []
    for low, high in parts:
        key = re.match(r"\s{0,99}(\w{1,40})\s{0,99}=\s{0,99}", raw[start + low : start + high])
        if key:
            named[key[1].lower()] = (start + low + key.end(), start + high)
        else:
            plain.append((start + low, start + high))
    words = named.get("text") or named.get("quote") or named.get("1") or (plain[0] if plain else None)
    who = (
        named.get("author")
        or named.get("sign")
        or named.get("autor")
        or named.get("auteur")
        or named.get("2")
        or (plain[1] if len(plain) > 1 else None)
    )
    if words is None:
        return
    builder.gap("\n\n")
    builder.put("> ")
    _words(builder, raw, *trimmed(raw, *words), depth + 1)
    if who is not None and raw[who[0] : who[1]].strip():
        builder.put("\n— ")
        _words(builder, raw, *trimmed(raw, *who), depth + 1)
    builder.gap("\n\n")


def _take(builder: Builder, raw: str, start: int, end: int, *, quoted: bool) -> None:
    """Take over words; many blank lines, which templates leave behind, become one."""
    for part in re.finditer(r"\n\s*\n|[^\n]+|\n", raw[start:end]):
        low, high = start + part.start(), start + part.end()
        if part.group().startswith("\n"):
            if part.group() == "\n":
                if not builder.ends_with("\n"):
                    builder.put("\n", low, high)
            else:
                builder.gap("\n\n")
            continue
        if quoted and builder.ends_with("\n"):
            builder.put("> ")
        if builder.ends_with("\n"):
            low += len(part.group()) - len(part.group().lstrip(" \t"))
        builder.take(low, high)

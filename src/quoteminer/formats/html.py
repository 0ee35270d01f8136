"""Web pages: what people read of them, with the way back to the page.

What is no part of the article goes: scripts, menus, forms, captions, what is related or shared. Marks stand where the page has ``<q>``; a
``<blockquote>`` is a block of lines behind ``>``, as in mail and Markdown. Names in front of a colon that begin paragraphs in bold are labels of
turns. What is the article is told by the elements of the page, or, where it is asked for, by `trafilatura <https://trafilatura.readthedocs.io>`_.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

import attrs

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError, describe
from ..text import Aligned, Builder
from .documents import FileReader, aligned_document

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_SKIPPED: Final = frozenset(
    "script style noscript template nav footer aside form button select option textarea svg math canvas iframe object audio video figcaption "
    "head title menu dialog datalist input label".split()
)
_BLOCKS: Final = frozenset(
    "address article blockquote body caption center dd details dir div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p "
    "pre section summary table tbody td tfoot th thead title tr ul".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
#: Words of classes, ids and roles of what is no part of an article.
_BESIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav(?:igation|bar)?|menu|share|sharing|social|related|recommend(?:ed|ations)?|cookies?|consent|ads?|advert\w*|sponsor\w*|banner|newsletter|signup"
    r"|subscri\w+|paywall|promo\w*|teasers?-list|breadcrumbs?|sidebar|footer|caption|credit|popup|modal|comments?-form|skip-link|outbrain|taboola|most-read"
    r"|trending|toolbar|pagination|sr-only|visually-hidden|mw-editsection|reflist|navbox|infobox|hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HOLDERS: Final = ("article", "main", "blockquote")
_ROLES: Final = frozenset("navigation banner contentinfo complementary search form menu menubar alert dialog".split())
_LONGEST_TAG: Final = 5_000
"""Code points: far above any tag that people write."""
_LABEL: Final = re.compile(r"[^\W\d_][^:\n]{0,48}$")
_DATE_KEYS: Final = ("article:published_time", "datePublished", "date", "dc.date", "pubdate", "dcterms.created")
_AUTHOR_KEYS: Final = ("author", "article:author", "dc.creator", "parsely-author")


@attrs.define
class _Piece:
    """A stretch of words of the page: what is read, and where it stands."""

    text: str
    start: int
    end: int
    bold: bool = False


@attrs.define
class _Block:
    """A paragraph, heading, item or cell of the page."""

    pieces: list[_Piece] = attrs.Factory(list)
    quoted: bool = False
    heading: bool = False
    inside: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@attrs.define
class Page:
    """What a page holds."""

    blocks: list[_Block] = attrs.Factory(list)
    metadata: dict[str, Any] = attrs.Factory(dict)
    title: str | None = None
    language: str | None = None


class _Parser(HTMLParser):
    """Takes a page apart into blocks; unknown and unclosed tags do no harm, and nothing recurses."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self._raw = raw
        self._lines = [0, *(match.end() for match in re.finditer("\n", raw))]
        self.page = Page()
        self._open: list[tuple[str, bool]] = []
        self._around: Counter[str] = Counter()
        self._hidden = 0
        self._bold = 0
        self._quotes = 0
        self._pre = 0
        self._block = _Block()
        self._meta: dict[str, str] = {}
        self._data: list[str] | None = None
        self._in_title: list[str] | None = None
        self._linked: list[str] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _close_block(self) -> None:
        if any(not piece.text.isspace() for piece in self._block.pieces):
            self.page.blocks.append(self._block)
        inside = frozenset(name for name in _HOLDERS if self._around[name])
        heading = any(name in _HEADINGS for name, _ in self._open[-2:])
        self._block = _Block(quoted="blockquote" in inside, heading=heading, inside=inside)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        if tag == "html" and given.get("lang") and self.page.language is None:
            self.page.language = given["lang"].strip()
        if tag == "meta":
            key = given.get("property") or given.get("name") or given.get("itemprop")
            if key and given.get("content"):
                self._meta.setdefault(key.lower(), html.unescape(given["content"]))
        if tag == "link" and given.get("rel", "").lower() == "canonical":
            self._meta.setdefault("canonical", given.get("href", ""))
        if tag == "script" and given.get("type", "").lower() == "application/ld+json":
            self._data = []
        if tag == "title" and self._in_title is None and self.page.title is None:
            self._in_title = []
        if tag == "br":
            self._add("\n", start, end)
        if tag in _VOID:
            if tag == "hr":
                self._close_block()
            return
        if tag in _BLOCKS and self._open and self._open[-1][0] == ("li" if tag == "li" else "p"):
            # Neither needs an end tag.
            self._close(len(self._open) - 1)
        beside = self._beside(tag, given)
        self._open.append((tag, beside))
        self._around[tag] += 1
        self._hidden += beside
        if tag in _BLOCKS:
            self._close_block()
        elif tag in ("b", "strong"):
            self._bold += 1
        elif tag == "q":
            self._add("“" if self._quotes % 2 == 0 else "‘", start, end)
            self._quotes += 1
        self._pre += tag == "pre"

    def _beside(self, tag: str, given: dict[str, str]) -> bool:
        if tag in _SKIPPED:
            return True
        if tag in ("html", "body", "article", "main"):
            return False
        if tag == "header" and not (self._around["article"] or self._around["main"]):
            return True
        if given.get("role", "").lower() in _ROLES or given.get("aria-hidden", "").lower() == "true" or "hidden" in given:
            return True
        return _BESIDE.search(f"{given.get('class', '')} {given.get('id', '')}") is not None

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self._linked.append("".join(self._data))
            self._data = None
        if tag == "title" and self._in_title is not None:
            self.page.title = " ".join("".join(self._in_title).split()) or None
            self._in_title = None
        index = next(
            (i for i in reversed(range(max(0, len(self._open) - 200), len(self._open))) if self._open[i][0] == tag), None
        )
        if index is None:
            return
        start = self._at()
        if tag == "q" and self._quotes:
            self._quotes -= 1
            self._add("”" if self._quotes % 2 == 0 else "’", start, start + 4)
        self._close(index)
        if tag in _BLOCKS:
            self._close_block()

    def _close(self, index: int) -> None:
        """Close the elements from a place of the stack on."""
        for name, beside in self._open[index:]:
            self._hidden -= beside
            self._bold -= name in ("b", "strong")
            self._pre -= name == "pre"
            self._around[name] -= 1
        del self._open[index:]

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)
        elif self._in_title is not None:
            self._in_title.append(data)
        start = self._at()
        # As the page has it, see _bounded.
        data = self._raw[start : start + len(data)]
        if self._pre:
            self._add(data, start, start + len(data))
            return
        for match in re.finditer(r"[ \t\r\n\f]+|[^ \t\r\n\f]+", data):
            blank = match.group()[0] in " \t\r\n\f"
            self._add(" " if blank else match.group(), start + match.start(), start + match.end())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._at()
        end = start + len(written)
        end += self._raw.startswith(";", end)
        meant = html.unescape(self._raw[start:end])
        if self._in_title is not None:
            self._in_title.append(meant)
        self._add(meant.replace("\x00", "\ufffd"), start, end)

    def _add(self, text: str, start: int, end: int) -> None:
        if not self._hidden and text:
            self._block.pieces.append(_Piece(text, start, end, self._bold > 0))

    def finish(self) -> Page:
        """The page, when all of it has been fed."""
        self.close()
        self._close_block()
        self.page.metadata = self._described()
        return self.page

    def _described(self) -> dict[str, Any]:
        """Author, date, address and outlet, from meta elements and linked data."""
        found: dict[str, Any] = {}
        linked = list(_linked(self._linked))
        author = next((self._meta[key] for key in _AUTHOR_KEYS if key in self._meta), None) or _first(linked, "author")
        date = next((self._meta[key.lower()] for key in _DATE_KEYS if key.lower() in self._meta), None) or _first(
            linked, "datePublished"
        )
        url = self._meta.get("canonical") or self._meta.get("og:url") or _first(linked, "url")
        source = self._meta.get("og:site_name") or _first(linked, "publisher")
        section = self._meta.get("article:section") or _first(linked, "articleSection")
        title = self._meta.get("og:title") or _first(linked, "headline")
        if title:
            self.page.title = title
        for key, value in (("author", author), ("date", date), ("url", url), ("source", source), ("section", section)):
            if isinstance(value, str) and value.strip():
                found[key] = value.strip()
        if not str(found.get("url", "")).startswith(("http://", "https://")):
            found.pop("url", None)
        return found


def _linked(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD describes: articles first."""
    things: list[dict[str, Any]] = []
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        waiting = data if isinstance(data, list) else [data]
        for item in waiting[:100]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                things += [part for part in graph[:100] if isinstance(part, dict)] if isinstance(graph, list) else [item]
    yield from sorted(things, key=lambda thing: "Article" not in str(thing.get("@type", "")))


def _first(things: Iterable[dict[str, Any]], key: str) -> str | None:
    for thing in things:
        value = thing.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value
    return None


def _article(page: Page) -> list[_Block]:
    """The blocks of the article: those inside ``article`` or ``main`` where these hold the most of the words."""
    total = sum(len(block.text) for block in page.blocks)
    for name in ("article", "main"):
        inside = [block for block in page.blocks if name in block.inside]
        if sum(len(block.text) for block in inside) > 0.4 * total:
            return inside
    return page.blocks


def _trimmed(pieces: list[_Piece]) -> list[_Piece]:
    """Without blanks at the ends and two in a row."""
    kept: list[_Piece] = []
    for piece in pieces:
        if piece.text == " " and (not kept or kept[-1].text[-1] in " \n"):
            continue
        if piece.text.startswith("\n") and kept and kept[-1].text == " ":
            kept.pop()
        kept.append(piece)
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    return kept


def _label(pieces: list[_Piece]) -> int | None:
    """How many pieces at the head of a paragraph are a label with its colon, in bold."""
    words = ""
    for index, piece in enumerate(pieces):
        if words and not piece.bold and not piece.text.startswith(":"):
            return None
        words += piece.text
        if words.endswith(":") and piece.bold or piece.text == ":":
            return index + 1 if _LABEL.match(words[:-1]) and index + 1 < len(pieces) else None
        if len(words) > 50:
            return None
    return None


def readable(raw: str) -> Aligned:
    """What people read of a page.

    Raises:
        FormatError: when there is nothing to read.
    """
    return page_of(raw)[0]


def _bounded(raw: str) -> str:
    """The page with what opens a tag or comment that never ends as a mere sign, of the same length; the parser would look for each end anew."""
    last = raw.rfind("-->")
    ends = [match.start() for match in re.finditer(">", raw)]
    parts: list[str] = []
    at = index = 0
    for match in re.finditer("<", raw):
        start = match.start()
        while index < len(ends) and ends[index] < start:
            index += 1
        far = index == len(ends) or ends[index] - start > _LONGEST_TAG
        if raw.startswith("<!--", start):
            far = start > last
        if far:
            parts += [raw[at:start], "\ufffc"]
            at = start + 1
    parts.append(raw[at:])
    return "".join(parts)


#: Tells which blocks of a page are read.
_Choice = Callable[[Page], list[_Block]]


def page_of(raw: str, *, article: bool = True, choose: _Choice = _article) -> tuple[Aligned, Page]:
    """What people read of a page, and what the page says of itself.

    Args:
        article: leave out what is no part of the article; else all that is shown counts.
        choose: tells what the article is.

    Raises:
        FormatError: when there is nothing to read.
    """
    parser = _Parser(raw)
    try:
        parser.feed(_bounded(raw))
        page = parser.finish()
    except AssertionError as error:
        # The parser of the standard library raises it for declarations that are no declarations.
        raise FormatError(f"is no HTML that can be read: {error}") from None
    builder = Builder(raw)
    blocks = [(block, _trimmed(block.pieces)) for block in (choose(page) if article else page.blocks)]
    labels = [_label(pieces) if pieces and not block.heading else None for block, pieces in blocks]
    turns = sum(count is not None for count in labels) >= 2
    speaker: str | None = None
    before: _Block | None = None
    for (block, pieces), count in zip(blocks, labels, strict=True):
        if not pieces:
            continue
        # Cells of a row and lines of a quoted block belong together.
        builder.gap("\n" if block.quoted and before is not None and before.quoted else "\n\n")
        before = block
        if block.heading:
            speaker = None
        if turns and count is not None:
            speaker = _put_label(builder, pieces[:count])
            pieces = _trimmed(pieces[count:])
            builder.put(" ")
        if block.quoted:
            builder.put("> ")
        begin = builder.length
        for piece in pieces:
            builder.put(piece.text, piece.start, piece.end)
        if turns and speaker is not None and not block.heading:
            builder.place(begin, "turn", speaker)
    if not builder.length:
        raise FormatError("holds nothing to read: all of it is menus, scripts or forms")
    return builder.build(), page


def _put_label(builder: Builder, pieces: list[_Piece]) -> str:
    at = builder.length
    words = "".join(piece.text for piece in pieces)
    name = words[: words.rindex(":")].rstrip()
    for piece in pieces:
        builder.put(piece.text, piece.start, piece.end)
    builder.mark(at, at + len(name), "label", name)
    return name


class HtmlReader(FileReader):
    """Reads web pages; the language is what the page says, else what is given."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def text(self, data: bytes, name: str) -> str:
        """The page, in the encoding that it declares unless its bytes say another."""
        declared = _CHARSET.search(data[:4096])
        if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            try:
                return data.decode(declared[1].decode("ascii"))
            except (LookupError, UnicodeError):
                pass
        return super().text(data, name)

    def documents(self, raw: str, language: str, name: str) -> Iterable[Document | Issue]:
        """One document, the article of the page."""
        try:
            aligned, page = self._page(raw)
        except FormatError as error:
            raise FormatError(error.message, name) from None
        try:
            yield aligned_document(aligned, name, page.language or language, title=page.title, metadata=page.metadata)
        except ValueError:
            # What the page calls its language is none.
            yield aligned_document(aligned, name, language, title=page.title, metadata=page.metadata)

    def _page(self, raw: str) -> tuple[Aligned, Page]:
        return page_of(raw)

    def recognises(self, head: str) -> bool:
        """Whether it begins as a page does."""
        return (
            re.match(
                r"(?:<!--.{0,500}?-->\s{0,99})?<(?:!doctype\s{1,9}html|html|head|body)\b",
                head.lstrip(),
                re.IGNORECASE | re.DOTALL,
            )
            is not None
        )


class TrafilaturaReader(HtmlReader):
    """Reads web pages as :class:`HtmlReader` does, but of the blocks that trafilatura takes for the article; where it finds none, all of ours."""

    name = "trafilatura"
    suffixes: tuple[str, ...] = ()

    def _page(self, raw: str) -> tuple[Aligned, Page]:
        try:
            import trafilatura
        except ModuleNotFoundError:
            raise FormatError("needs trafilatura: pip install 'quoteminer[trafilatura]'") from None
        try:
            found = trafilatura.extract(raw, include_comments=False, deduplicate=False, favor_recall=True)
        except (ValueError, RecursionError, LookupError) as error:
            raise FormatError(f"trafilatura cannot read it: {describe(error)}") from error
        words = "".join((found or "").split())

        def choose(page: Page) -> list[_Block]:
            kept = [block for block in page.blocks if (own := "".join(block.text.split())) and own.strip('“”"') in words]
            return kept or _article(page)

        return page_of(raw, choose=choose)

    def recognises(self, head: str) -> bool:
        """Never by itself: it is asked for by name."""
        return False

"""E-mail: single messages (``.eml``), mailboxes (``.mbox``) and mails that somebody saved as text.

The words of the sender are the document's own voice; what is quoted below ("> "), and what is forwarded with its headers, are turns of those
who wrote them. Headers become metadata; signatures and the lines of programs ("Sent from my …") are left out.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import mailbox
import re
import tempfile
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError, describe
from ..text import Builder
from .decoding import UTF8, decode, read_bytes
from .documents import FileReader, aligned_document, trimmed

_HEADER: Final = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Von|An|Kopie|Betreff|Datum|Gesendet|De|À|Objet|Envoyé|Para|Asunto|Fecha|Enviado(?: el)?) ?: ?\S"
)
_FROM: Final = re.compile(r"\*?(?:From|Von|De) ?:\*?[ \t]*(?P<name>[^<>\n\[\]]*[^<>\n\[\]\s])[^\n]*")
_FORWARD: Final = re.compile(
    r"-{2,80}[ \t]{0,9}(?:(?:Begin )?[Ff]orwarded [Mm]essage|[Oo]riginal [Mm]essage|Weitergeleitete Nachricht|Ursprüngliche Nachricht"
    r"|Message (?:transféré|d'origine)|Mensaje (?:reenviado|original))[ \t]{0,9}-{0,80}\s{0,9}$|(?:-{5,80}|_{5,80}|={5,80})\s{0,9}$"
    r"|Begin forwarded message:\s{0,9}$"
)
_WROTE: Final = r"wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu"
_ANNOUNCED: Final = re.compile(
    rf"(?:(?:On|Le|El|Il|Op|Den|Em)\b[^\n]{{0,200}}(?:\n(?!>)[^\n]{{1,200}})?[, \t\n](?P<before>{_WROTE})|(?:Am|Den)\b[^\n]{{0,200}}(?P<middle>{_WROTE})[ \t](?P<after>[^\n:]{{2,80}})"
    rf"|(?P<first>[^\n:,>]{{2,60}}?)(?:[ \t]<[^>\n]{{0,100}}>)?[ \t](?P<verb>{_WROTE})\b[^\n:]{{0,60}}) ?:\s{{0,9}}$",
)
_ADDRESS: Final = re.compile(r"[ \t]{0,3}(?:<[^<>\n]{0,200}>|\[mailto:[^\]\n]{0,200}\]|\([^()\n]{0,80}@[^()\n]{0,80}\))")
_DATE_END: Final = re.compile(r"[\d,](?:[ \t\u202f]?(?:Uhr|h|[AaPp][Mm]|[+-]\d{4}|\(?[A-Z]{3,4}\)?))?(?=[, \t\n])[, \t\n]{1,9}")
_PROGRAM: Final = re.compile(r"(?:Sent from|Von meinem|Gesendet von|Envoyé de(?:puis)?|Enviado desde|Get Outlook)\b[^\n]{0,60}$")
_QUOTED: Final = re.compile(r"[ \t]{0,3}>+(?:[ \t]{1,3}>+)*[ \t]?")
_NEAR: Final = 5
"""Lines: what is announced follows at once, but for blank lines."""
_SIGNATURE: Final = "--"


class _Line(NamedTuple):
    """A line of a body: how deep it is quoted, and where its words are."""

    depth: int
    start: int
    end: int


def _lines(raw: str, start: int, end: int) -> Iterator[_Line]:
    at = start
    while at < end:
        stop = raw.find("\n", at, end)
        stop = end if stop < 0 else stop
        marks = _QUOTED.match(raw, at, stop)
        low = marks.end() if marks else at
        high = stop - (stop > low and raw[stop - 1] == "\r")
        yield _Line(marks.group().count(">") if marks else 0, min(low, high), high)
        at = stop + 1


def body(builder: Builder, raw: str, start: int, end: int) -> None:
    """Put the body of a mail into a readable text, what is quoted and forwarded as turns."""
    lines = list(_lines(raw, start, end))
    voices: dict[int, str | None] = {}
    forwarded: str | None = None
    silent = -1
    index = 0
    begin: int | None = None
    current: str | None = None

    def close() -> None:
        nonlocal begin
        if begin is not None and current:
            builder.place(begin, "mail", current)
        begin = None

    depth_before = 0
    while index < len(lines):
        line = lines[index]
        low, high = trimmed(raw, line.start, line.end)
        words = raw[low:high]
        if line.depth != depth_before:
            close()
            silent = -1 if line.depth < silent or silent < 0 else silent
            depth_before = line.depth
        if not words:
            close()
            index += 1
            continue
        if raw[line.start : line.end].rstrip() == _SIGNATURE:
            silent = line.depth
        if _FORWARD.match(words) or (_FROM.match(words) and _headers(lines, index, raw) >= 2):
            close()
            silent = -1
            index, label = _skip_headers(lines, index, raw)
            if label is not None:
                builder.gap("\n\n")
                at = builder.length
                builder.take(*label)
                forwarded = raw[slice(*label)]
                builder.place(at, "label", forwarded)
                builder.put(":")
                voices[line.depth] = forwarded
            continue
        if line.depth == silent or _PROGRAM.match(words):
            index += 1
            continue
        announced = _announced(lines, index, raw)
        if announced is not None:
            close()
            name, verb, used = announced
            builder.gap("\n\n")
            _announce(builder, raw, lines[index].start, lines[index + used - 1].end, name, verb)
            voices[line.depth + 1] = raw[slice(*name)] if name else None
            index += used
            continue
        current = voices.get(line.depth) if line.depth or line.depth in voices else None
        if begin is None:
            builder.gap("\n\n")
            begin = builder.length
        else:
            builder.put("\n", low - 1, low)
        builder.take(low, high)
        index += 1
    close()


def _announce(builder: Builder, raw: str, start: int, end: int, name: tuple[int, int] | None, verb: tuple[int, int]) -> None:
    """The line before what is quoted, with its address left out."""
    at = start
    for address in [*_ADDRESS.finditer(raw, start, end), None]:
        stop = end if address is None else address.start()
        piece = builder.length - at
        builder.take(at, stop)
        for kind, part in (("label", name), ("cue", verb)):
            if part is not None and at <= part[0] and part[1] <= stop:
                builder.mark(part[0] + piece, part[1] + piece, kind, raw[slice(*part)] if kind == "label" else "")
        at = stop if address is None else address.end()


def _announced(lines: list[_Line], index: int, raw: str) -> tuple[tuple[int, int] | None, tuple[int, int], int] | None:
    """Name and verb of a line, or two, that announces what is quoted behind it, and how many lines it takes."""
    depth = lines[index].depth
    for used in (1, 2):
        if index + used > len(lines) or any(line.depth != depth for line in lines[index : index + used]):
            return None
        start, end = lines[index].start, lines[index + used - 1].end
        if depth and used == 2:
            return None
        if ":" not in raw[max(start, end - 3) : end]:
            continue
        following = next(
            (line for line in lines[index + used : index + used + _NEAR] if raw[line.start : line.end].strip()), None
        )
        match = _ANNOUNCED.match(raw, start, end)
        if match and match.end() <= end + 1 and following is not None and following.depth > depth:
            verb = next(match.span(group) for group in ("before", "middle", "verb") if match[group])
            if match["after"]:
                return _name(raw, *match.span("after")), verb, used
            if match["first"]:
                return _name(raw, *match.span("first")), verb, used
            return _name(raw, start, verb[0]), verb, used
    return None


def _name(raw: str, start: int, end: int) -> tuple[int, int] | None:
    """Who wrote it: behind the last comma, colon of a time or digit, without the address."""
    address = next((match.start() for match in _ADDRESS.finditer(raw, start, end)), end)
    start, end = trimmed(raw, start, min(end, address))
    # Behind the last sign of a date or time that is followed by a blank.
    for sign in _DATE_END.finditer(raw, start, end):
        start = sign.end()
    start, end = trimmed(raw, start, end)
    while start < end and raw[start] in "\"'*,":
        start += 1
    while end > start and raw[end - 1] in "\"'*,":
        end -= 1
    return (start, end) if start < end else None


def _headers(lines: list[_Line], index: int, raw: str) -> int:
    """How many lines of headers stand in a row from here."""
    count = 0
    for line in lines[index:]:
        if line.depth != lines[index].depth or not _HEADER.match(raw[line.start : line.end].lstrip(" *")):
            break
        count += 1
    return count


def _skip_headers(lines: list[_Line], index: int, raw: str) -> tuple[int, tuple[int, int] | None]:
    """Where the words of a forwarded mail begin, and its sender."""
    label: tuple[int, int] | None = None
    seen = False
    depth = lines[index].depth
    while index < len(lines):
        line = lines[index]
        text = raw[line.start : line.end]
        sender = _FROM.match(text.lstrip())
        if sender and label is None:
            lead = line.start + len(text) - len(text.lstrip())
            label = trimmed(raw, lead + sender.start("name"), lead + sender.end("name"))
            seen = True
        elif _HEADER.match(text.lstrip(" *")) and line.depth == depth:
            seen = True
        elif text.strip() and not _FORWARD.match(text.strip()) or not text.strip() and seen:
            break
        index += 1
    return index, label


class MailReader(FileReader):
    """Reads a mail: ``.eml``, or one that was saved as text with its headers on top."""

    name = "mail"
    suffixes = (".eml",)

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """One document, the body of the mail; subject, sender, first recipient and date are its title and metadata."""
        name = name or str(source)
        try:
            data = read_bytes(source, name)
            yield message_document(data, language, name, self._encoding)
        except FormatError as error:
            yield Issue(self.name, name, str(error), "error")

    def recognises(self, head: str) -> bool:
        """Whether it begins with three headers, one of them who sent it."""
        lines = list(_lines(head[:3000], 0, min(len(head), 3000)))
        count = _headers(lines, 0, head) if lines else 0
        return count >= 3 and any(_FROM.match(head[line.start : line.end]) for line in lines[:count])


def message_document(data: bytes, language: str, name: str, encoding: str = UTF8) -> Document:
    """The document of one message.

    Raises:
        FormatError: when it has no text.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    metadata = _metadata(message)
    title = _header(message, "subject")
    plain = not message.is_multipart() and message.get("content-transfer-encoding", "7bit").lower() in ("7bit", "8bit", "binary")
    if plain and message.get_content_maintype() == "text" and message.get_content_subtype() == "plain":
        raw = decode(data, name, _charset(message) if message.get_content_charset() else encoding)
        gap = re.search(r"\r?\n\r?\n", raw)
        start = gap.end() if gap else 0
    else:
        raw, start, metadata_html = _part(message, name), 0, None
        del metadata_html
    builder = Builder(raw)
    body(builder, raw, start, len(raw))
    return aligned_document(builder.build(), name, language, title=title, metadata=metadata)


def _charset(message: EmailMessage) -> str:
    return message.get_content_charset() or UTF8


def _part(message: EmailMessage, name: str) -> str:
    """The readable part of a message: plain text, else the words of its HTML."""
    part = message.get_body(("plain", "html"))
    if part is None:
        raise FormatError("the mail has no text", name)
    try:
        text = part.get_content()
    except (LookupError, ValueError, AttributeError) as error:
        raise FormatError(f"the text of the mail cannot be read: {describe(error)}", name) from error
    if not isinstance(text, str):
        raise FormatError("the mail has no text", name)
    if part.get_content_subtype() == "html":
        from .html import readable

        return readable(text).text
    return text


def _header(message: EmailMessage, key: str) -> str | None:
    try:
        value = message.get(key)
        return None if value is None else " ".join(str(value).split()) or None
    except (ValueError, IndexError, AttributeError):
        # The standard library stumbles over some headers that are no headers.
        return None


def _metadata(message: EmailMessage) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    sender = _header(message, "from")
    if sender:
        shown, address = email.utils.parseaddr(sender)
        metadata["author"] = shown or address or sender
    shown, address = next(iter(email.utils.getaddresses([_header(message, "to") or ""])), ("", ""))
    metadata["recipient"] = shown or address
    date = _header(message, "date")
    if date:
        try:
            metadata["date"] = email.utils.parsedate_to_datetime(date).isoformat()
        except (ValueError, TypeError):
            metadata["date"] = None
    return {key: value for key, value in metadata.items() if value}


class MailboxReader(FileReader):
    """Reads a mailbox, a document a message."""

    name = "mbox"
    suffixes = (".mbox",)

    def read(self, source: Path | IO[bytes], *, language: str = "en", name: str = "") -> Iterable[Document | Issue]:
        """A document for each message; an issue for each without a text."""
        name = name or str(source)
        if not isinstance(source, Path):
            with tempfile.NamedTemporaryFile(suffix=".mbox") as copy:
                copy.write(source.read())
                copy.flush()
                yield from self._messages(Path(copy.name), language, name)
            return
        yield from self._messages(source, language, name)

    def _messages(self, path: Path, language: str, name: str) -> Iterable[Document | Issue]:
        if path.read_bytes()[:5] != b"From ":
            yield Issue(self.name, name, f"{name}: is no mailbox: it does not begin with 'From '", "error")
            return
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), 1):
                try:
                    yield message_document(box.get_bytes(key), language, f"{name}:{number}", self._encoding)
                except FormatError as error:
                    yield Issue(self.name, name, str(error), "error")
        finally:
            box.close()

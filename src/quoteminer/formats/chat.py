"""Exports of chats: WhatsApp, IRC logs, Slack and Discord copies. Each message is a turn of its sender; what the program itself says is none.

Where a message begins is a line of a :class:`Shape`; lines that begin none go on with the message before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ..annotations import Issue
from ..document import Document
from ..errors import FormatError
from ..text import Builder
from .documents import FileReader, aligned_document, trimmed


class Shape(NamedTuple):
    """How a program writes messages.

    Attributes:
        message: a line that begins one; groups ``name`` and ``text``. Where the text begins in the next line there is no ``text``.
        other: a line of the program's own, which ends a message and begins none.
        left_out: what is no word of a message, wherever it stands in it.
        no_message: a message that says only that there was one.
    """

    message: re.Pattern[str]
    other: re.Pattern[str]
    left_out: re.Pattern[str] | None = None
    no_message: re.Pattern[str] | None = None


_CLOCK: Final = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[\s\u202f]?[AaPp]\.?[Mm]\.?)?"
_DATE: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_STAMP: Final = rf"(?:\[{_DATE},?\s{_CLOCK}\]\s|{_DATE},?\s{_CLOCK}\s[-–]\s)"
_PHONE_OR_NAME: Final = r"(?P<name>~?[^:\n]{1,60}?)"

WHATSAPP: Final = Shape(
    message=re.compile(rf"[\u200e\u200f\ufeff]*{_STAMP}[\u200e\u200f\u202a]*{_PHONE_OR_NAME}[\u202c]?:[ \t](?P<text>.*)"),
    other=re.compile(rf"[\u200e\u200f\ufeff]*{_STAMP}"),
    left_out=re.compile(
        r"\u200e?<(?:This message was edited|Diese Nachricht wurde bearbeitet|Se editó este mensaje|Ce message a été modifié)[^>\n]*>"
    ),
    no_message=re.compile(
        r"\u200e?(?:<[^<>\n]{3,60}(?:omitted|weggelassen|omis|omitted|omitido|ausgeschlossen)[^<>\n]{0,20}>|(?:image|video|audio|sticker|GIF|document|Bild|Video|Audio) (?:omitted|weggelassen)"
        r"|<attached: [^>\n]+>|.{1,80}\(file attached\)|(?:This message was deleted|You deleted this message|Diese Nachricht wurde gelöscht|Se eliminó este mensaje|Eliminaste este mensaje"
        r"|Ce message a été supprimé|Vous avez supprimé ce message|null)\.?)\s*"
    ),
)
IRC: Final = Shape(
    message=re.compile(
        rf"(?:\[?(?:{_DATE}[ T])?{_CLOCK}\]?[ \t]+)<[@+%~& ]?(?P<name>[^<>\s]{{1,40}})>[ \t](?P<text>.*)|<[@+%~& ]?(?P<name2>[^<>\s]{{1,40}})>[ \t](?P<text2>.*)"
    ),
    other=re.compile(rf"(?:\[?(?:{_DATE}[ T])?{_CLOCK}\]?[ \t]+)?(?:\*|-->|<--|-!-|---|==|[-=]{{1,3}}>|<[-=]{{1,3}})"),
)
SLACK: Final = Shape(
    message=re.compile(rf"(?P<name>[^\s:][^:\n]{{0,50}}?)[ \t]+(?:(?:APP|BOT)[ \t]+)?\[?{_CLOCK}\]?[ \t]*$", re.MULTILINE),
    other=re.compile(
        r"--[^\n]{0,120}--[ \t]{0,9}$|#[\w-]{1,80}[ \t]{0,9}$|[^\n]{1,60} (?:joined|left|was added to|set the channel topic|pinned a message)\b[^\n]*|\d{1,4} repl(?:y|ies)\b[^\n]*$|(?::[\w+-]{1,40}:[ \t]{0,9}\d{0,4}[ \t]{0,9}){1,20}$|(?:Today|Yesterday)[ \t]{0,9}$"
    ),
    left_out=re.compile(r"[ \t]{0,9}\((?:edited|bearbeitet|editado|modifié)\)"),
)
DISCORD: Final = Shape(
    message=re.compile(
        rf"\[{_DATE}[ T]{_CLOCK}\][ \t]+(?P<name>[^\n:<>]{{1,40}}?(?:#\d{{4}})?)[ \t]*(?::[ \t](?P<text>.*)|$)", re.MULTILINE
    ),
    other=re.compile(r"={2,80}[ \t]{0,9}$|Guild:|Channel:|Exported|\{(?:Reactions|Attachments|Embed|Stickers)\}"),
)


class Messages(FileReader):
    """Reads an export into turns."""

    shape: Shape
    kind: str
    layout = "thread"

    def documents(self, raw: str, language: str, name: str) -> Iterable[Document | Issue]:
        """One document: a paragraph a message, each with its sender as its label."""
        builder = Builder(raw)
        speaker: str | None = None
        found = 0
        for start, end in _lines(raw):
            match = self.shape.message.match(raw, start, end)
            if match:
                found += 1
                speaker = self._begin(builder, match, raw)
            elif self.shape.other.match(raw, start, end):
                speaker = None
            elif speaker is not None and start < end:
                self._words(builder, speaker, start, end, raw)
        if not found:
            raise FormatError(f"holds no messages as {self.kind} writes them", name)
        yield aligned_document(builder.build(), name, language)

    def _begin(self, builder: Builder, match: re.Match[str], raw: str) -> str | None:
        """Begin a turn; the sender, or nothing for a message that says only that there was one."""
        groups = match.groupdict()
        second = "" if groups.get("name") or "name2" not in groups else "2"
        if not groups.get(f"name{second}"):
            # Somebody else, nobody knows who: as a dialogue is written.
            builder.gap("\n\n")
            builder.put("— ")
            builder.take(*trimmed(raw, *match.span("text")))
            return None
        start, end = trimmed(raw, *match.span(f"name{second}"))
        if self.shape.no_message is not None and self.shape.no_message.fullmatch(groups.get(f"text{second}") or ""):
            return None
        speaker = raw[start:end].lstrip("~ ")
        builder.label(end - len(speaker), end)
        if groups.get(f"text{second}"):
            self._words(builder, speaker, *match.span(f"text{second}"), raw)
        return speaker

    def _words(self, builder: Builder, speaker: str, start: int, end: int, raw: str) -> None:
        """The words of a line; a second line of a message is one of the turn."""
        start, end = trimmed(raw, start, end)
        if not builder.ends_with(": "):
            builder.put("\n")
        begin = builder.length
        for low, high in _without(self.shape.left_out, raw, start, end):
            builder.take(low, high)
        builder.place(begin, self.layout, speaker)

    def recognises(self, head: str) -> bool:
        """Whether most of its first lines begin messages or are the program's own, and at least two begin some."""
        lines = [(start, end) for start, end in _lines(head) if start < end][:40]
        messages = sum(self.shape.message.match(head, start, end) is not None for start, end in lines)
        others = sum(self.shape.other.match(head, start, end) is not None for start, end in lines)
        return messages >= 2 and messages + others >= self.share * len(lines)

    share = 0.6


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end - (end > at and text[end - 1] == "\r")
        at = end + 1


def _without(pattern: re.Pattern[str] | None, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in () if pattern is None else pattern.finditer(text, start, end):
        yield trimmed(text, at, match.start())
        at = match.end()
    yield at, end


class WhatsAppReader(Messages):
    """Reads what WhatsApp exports, of both makers of telephones."""

    name = "whatsapp"
    shape = WHATSAPP
    kind = "WhatsApp"


class IrcReader(Messages):
    """Reads logs of IRC: ``[12:01] <nick> words``."""

    name = "irc"
    suffixes = (".irc",)
    shape = IRC
    kind = "an IRC client"


class SlackReader(Messages):
    """Reads what is copied out of Slack: name and time in a line, the words below."""

    name = "slack"
    shape = SLACK
    kind = "Slack"
    share = 0.25


class DiscordReader(Messages):
    """Reads text exports of Discord: ``[2025-03-04 14:02] name`` and the words below or behind."""

    name = "discord"
    shape = DISCORD
    kind = "Discord"
    share = 0.3

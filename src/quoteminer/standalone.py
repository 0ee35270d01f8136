"""A claim as a sentence that can be read alone.

Only what is known is put in: the claimant for "I", an organisation or group that speaks for "we", the speaker for a pronoun that is one of its
mentions, and behind a time that depends on the day of writing what it stands for. Every other pronoun or such time stays and is named as unresolved.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import attrs

from .spans import Span

if TYPE_CHECKING:
    from .annotations import Claim, Speaker, Time
    from .document import Document
from .extraction import Extraction

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_CLOSED: Final = ".!?…"
Missing = Literal["who", "when"]
"""What a claim leaves open that must be known before it can be checked."""


@attrs.frozen
class Standalone:
    """A claim that can be read alone. Spans count code points of ``text``, not of the document.

    Attributes:
        text: the sentence.
        changed: where it has other words than the document.
        unresolved: pronouns and times that were left because nothing tells whom or what they mean.
        missing: why it cannot be checked as it stands: nothing tells ``who`` is meant, or ``when``.
    """

    text: str
    changed: tuple[Span, ...] = ()
    unresolved: tuple[Span, ...] = ()
    missing: tuple[Missing, ...] = ()

    def __str__(self) -> str:
        return self.text


@functools.cache
def _forms(language: str) -> dict[str, dict[str, str]]:
    """The words of each class, with what is put in their place; empty for a language without data."""
    path = Path(__file__).with_name("data") / language / "standalone.tsv"
    if not language.isalpha() or not path.is_file():
        return {}
    found: dict[str, dict[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, *entries = line.split("\t")
            if kind == "open":
                entries = entries[0].split(" ")
            found[kind] = {left: right for left, _, right in (entry.partition("=") for entry in entries)}
    found["pronoun"] = {word: "" for name in ("open", "speaker", "group") for word in found.get(name, ())}
    return found


def standalone(claim: Claim, extraction: Extraction) -> Standalone:
    """The claim as a sentence of its own; see :meth:`quoteminer.Claim.standalone`."""
    return next(standalones((claim,), extraction))


def standalones(claims: Iterable[Claim], extraction: Extraction) -> Iterator[Standalone]:
    """Each claim as a sentence of its own; what they share of the extraction is looked up once."""
    document = extraction.document
    forms = _forms(document.language.replace("_", "-").split("-")[0].lower())
    direct = {quote.id for quote in extraction.quotes if quote.kind == "direct"}
    speakers = {speaker.id: _with_article(document, speaker, forms) for speaker in extraction.speakers}
    mentions = {mention: speaker for speaker in speakers.values() for mention in speaker.mentions}
    for claim in claims:
        writer = _Writer()
        speaker = None if claim.claimant is None else speakers.get(claim.claimant)
        claimant = speaker if claim.quote in direct else None
        if speaker is not None and claimant is None:
            known = _Known(mentions, speaker, _of_oneself(document, speaker, forms))
        else:
            known = _Known(mentions, None, frozenset())
        for number, span in enumerate(claim.spans):
            if number:
                writer.add(" ")
            at = span.start
            for time in sorted((time for time in claim.times if span.contains(time.span)), key=lambda time: time.span.start):
                if time.span.start >= at:
                    _write(document.text[at : time.span.start], at, writer, forms, claimant, known)
                    _write_time(document[time.span], time, writer)
                    at = time.span.end
            _write(document.text[at : span.end], at, writer, forms, claimant, known)
        yield writer.finished()


def _with_article(document: Document, speaker: Speaker, forms: dict[str, dict[str, str]]) -> Speaker:
    """A body with the article that the text has before its name: "the Pensions Bureau"; a person's name has none."""
    if speaker.kind in ("organisation", "group") and f" {speaker.name}" in document.text:
        for article in forms.get("article", ()):
            if re.search(rf"(?<!\w)(?i:{re.escape(article)}) {re.escape(speaker.name)}(?!\w)", document.text):
                return attrs.evolve(speaker, name=f"{article} {speaker.name}")
    return speaker


@attrs.frozen
class _Known:
    """Whom pronouns mean: the speakers that they are mentions of, and in reported words who says them, by the pronouns that such a speaker gets."""

    mentions: dict[Span, Speaker]
    reported: Speaker | None
    own: frozenset[str]

    def whom(self, word: str, span: Span) -> Speaker | None:
        mentioned = self.mentions.get(span)
        return self.reported if mentioned is None and word in self.own else mentioned


def _of_oneself(document: Document, speaker: Speaker, forms: dict[str, dict[str, str]]) -> frozenset[str]:
    """The pronouns by which reported words mean who says them: those of things for a body, and for a person those that the text has for that person."""
    if speaker.kind in ("organisation", "group", "document"):
        return frozenset(forms.get("thing", ()))
    said = {document[mention].lower() for mention in speaker.mentions}
    return frozenset(word for row in ("he", "she") for word in forms.get(row, ()) if said & forms[row].keys())


class _Writer:
    """Collects the text with what was changed and what stays open."""

    def __init__(self) -> None:
        self.text = ""
        self.changed: list[Span] = []
        self.open: list[Span] = []
        self.missing: dict[Missing, None] = {}

    def add(self, words: str, *, changed: bool = False, missing: Missing | None = None) -> None:
        start = len(self.text)
        self.text += words
        if changed and words:
            self.changed.append(Span(start, len(self.text)))
        if missing is not None:
            self.open.append(Span(start, len(self.text)))
            self.missing[missing] = None

    def finished(self) -> Standalone:
        text = self.text
        # A capital that is several letters ("ß") would move every offset.
        if text and text[0].islower() and len(text[0].upper()) == 1:
            text = text[0].upper() + text[1:]
            if not any(span.start == 0 for span in self.changed):
                self.changed.insert(0, Span(0, 1))
        if text[-2:] in (",”", ",’", ',"'):
            text = f"{text[:-2]}.{text[-1]}"
            self.changed.append(Span(len(text) - 2, len(text) - 1))
        elif text and text.rstrip("”’\"'»)")[-1:] not in _CLOSED:
            text += "."
            self.changed.append(Span(len(text) - 1, len(text)))
        return Standalone(text, tuple(self.changed), tuple(self.open), tuple(sorted(self.missing, reverse=True)))


def _write_time(words: str, time: Time, writer: _Writer) -> None:
    """A time, and what it stands for where that depends on the day of writing."""
    if time.value is None:
        writer.add(words, missing="when")
        return
    writer.add(words)
    # The year, or of a decade all but its last digit.
    if time.value[:4].rstrip("X") not in words:
        writer.add(f" ({time.value})", changed=True)


def _write(
    text: str,
    offset: int,
    writer: _Writer,
    forms: dict[str, dict[str, str]],
    claimant: Speaker | None,
    known: _Known,
) -> None:
    pronouns, impersonal = forms.get("pronoun", {}), forms.get("impersonal", {})
    if pronouns.keys().isdisjoint(_WORD.findall(text.lower().replace("’", "'"))):
        writer.add(text)
        return
    matches = list(_WORD.finditer(text))
    at = 0
    for number, match in enumerate(matches):
        if match.start() < at:
            continue
        word = match.group().lower().replace("’", "'")
        if word not in pronouns:
            continue
        following = matches[number + 1] if number + 1 < len(matches) else None
        if following is not None and f"{word} {following.group().lower()}" in impersonal:
            continue
        writer.add(text[at : match.start()])
        at = match.end()
        put, end = _replacement(
            text, match, following, word, forms, claimant, known.whom(word, Span(offset + match.start(), offset + at))
        )
        if put is None:
            writer.add(match.group(), missing="who")
        else:
            writer.add(put, changed=True)
            at = end
    writer.add(text[at:])


def _replacement(
    text: str,
    match: re.Match[str],
    following: re.Match[str] | None,
    word: str,
    forms: dict[str, dict[str, str]],
    claimant: Speaker | None,
    mentioned: Speaker | None,
) -> tuple[str | None, int]:
    """What is put in the place of a pronoun, and where the words that it replaces end; ``None`` when nothing is sure."""
    if claimant is not None:
        collective = claimant.kind in ("organisation", "group")
        table = forms["group"] if collective else forms["speaker"]
        if word in table:
            return _filled(table[word], claimant.name), match.end()
        if (
            word in forms["several" if collective else "single"]
            and following is not None
            and text[match.end() : following.start()].isspace()
        ):
            verb = following.group().lower()
            # Another verb might have to change its form, which we do not know how to.
            if verb in forms["verb"] or verb.endswith("ed"):
                return f"{claimant.name} {forms['verb'].get(verb, verb)}", following.end()
    if mentioned is not None and word in forms["entity"] and mentioned.name.lower() != word:
        return _filled(forms["entity"][word], mentioned.name), match.end()
    return None, match.end()


def _filled(pattern: str, name: str) -> str:
    return pattern.replace("{}", name)

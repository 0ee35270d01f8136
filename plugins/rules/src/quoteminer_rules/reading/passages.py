"""Passages: a block of a text, or the words inside one pair of quotation marks, as columns of tokens with their sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, TypeVar

from quoteminer.text.marks import MarkedSpan

from ..language.clitics import Clitics
from ..language.letters import QUOTATION
from ..language.pack import Pack
from .chunks import Chunker
from .name_words import name_words

_T = TypeVar("_T")
MASK: Final = "\ue000"
"""Stands for each character of a quotation in what is tokenised, so that offsets stay those of the document."""
_UNSEEN: Final = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN: Final = re.compile(
    # Most words are plain and need no more than the first alternative.
    r"([a-zA-Z]++(?=[ ,\n])|[A-Z]\.(?:(?:[A-Z]\.){1,3}(?:-[^\W_]+)*(?![^\W_])|(?=\s+[A-Z]))|@\w++(?:[.-]\w++)*|[^\W_]+(?:[’'.&@-][^\W_]+|[\u0300-\u036f]+[^\W_]*|(?<=\d)(?:,(?=\d)|[\u00a0\u2009\u202f](?=\d{3}(?!\d)))\d+)*"
    rf"|{MASK}+|--+|[^\w\s{_UNSEEN}]|_+)"
)
_CLAUSE: Final = 5
"""Tokens of a clause that only tells who speaks, at most."""
_FINITE: Final = frozenset(["past", "third", "present"])
_TIME: Final = re.compile(r"\d{1,2}\.\d\d(?:[ap]m)?")
_TERMINAL: Final = frozenset(".!?…")
_CLOSERS: Final = frozenset("\"”’'»)]* _")
_PAUSES: Final = frozenset(",—–-:;")


class Passage:
    """Tokens as parallel lists; offsets are code points of the document. A quotation inside is one token.

    ``letters`` has one letter a token, by which patterns are matched, ``signals`` those of tokens at which a report may be found; ``sentences`` the first token of each sentence and the one behind its last.
    """

    __slots__ = ("_chunked", "_chunker", "ends", "letters", "pack", "quotations", "raw", "sentences", "signals", "starts")

    def __init__(self, text: str, start: int, end: int, stretches: Sequence[MarkedSpan], pack: Pack, chunker: Chunker) -> None:
        masked = _masked(text, start, end, stretches)
        # What stands between tokens and the tokens by turns; their lengths give the offsets without a match object for each token.
        pieces = _TOKEN.split(masked)
        raw: list[str] = pieces[1::2]
        offsets = list(accumulate(map(len, pieces), initial=start))
        self.starts: list[int] = offsets[1:-1:2]
        self.ends: list[int] = offsets[2::2]
        self.raw: list[str] = raw
        self.quotations: dict[int, MarkedSpan] = {}
        for stretch in stretches:
            i = bisect_left(self.starts, stretch.open)
            if i < len(raw) and self.starts[i] == stretch.open and raw[i][0] == MASK:
                self.quotations[i] = stretch
                self.ends[i] = stretch.close
                raw[i] = _shape_of(text, stretch)
        self.pack: Final = pack
        if pack.clitics is not None:
            self._part_clitics(pack.clitics)
        self._join_abbreviations(text, pack)
        ends = _line_ends(self.raw, self.starts, text, masked, start, pack) if "\n" in masked else frozenset()
        ends |= self._closed_sentences(text, pack)
        if pack.features["datelines"]:
            ends |= _behind_dateline(self.raw)
        self.sentences = _sentences(self.raw, self.starts, self.ends, ends)
        self.letters = chunker.spell(self.raw, self.sentences, name_words(self.raw, self.sentences, pack))
        self.signals = chunker.signals
        self._chunker: Final = chunker
        self._chunked: dict[int, tuple[str, list[int]]] = {}

    def chunks(self, first: int, stop: int) -> tuple[str, list[int]]:
        """The kinds of the chunks of a sentence, and where each begins, as :meth:`Chunker.part` gives them."""
        found = self._chunked.get(first)
        if found is None:
            found = self._chunked[first] = self._chunker.part(self.letters, first, stop)
        return found

    def _closed_sentences(self, text: str, pack: Pack) -> frozenset[int]:
        """The tokens that begin a sentence behind a quotation that ends one inside its marks, and those in marks that open one behind “U.S.”.

        A full stop does (“a joke.” The council …), a question mark where words introduce the quotation (Ada said, “Why?” Bob laughed); but no full stop
        before words that only tell who speaks (“It is late.” Wilma said.).
        """
        opening = frozenset(
            i
            for i in self.quotations
            if i and len(self.raw[i - 1]) > 2 and self.raw[i - 1][-1] == "." and self._opens_sentence(text, i - 1, pack)
        )
        return opening | frozenset(
            i + 1
            for i, span in self.quotations.items()
            if span.closed
            and i + 1 < len(self.raw)
            and self.raw[i + 1][0].isupper()
            and (
                (text[span.end - 1 : span.end] == "." and not self._only_tells(i + 1))
                or ("a" in self.raw[i][1:] and i and self.raw[i - 1] in _LEADING)
            )
        )

    def _only_tells(self, first: int) -> bool:
        """Whether a few words from a token to the end of their sentence are a name and a verb of saying."""
        raw = self.raw
        for last in range(first + 1, min(first + _CLAUSE, len(raw) - 1)):
            if raw[last + 1] == ".":
                return _says(raw[last], self.pack)
            if not raw[last][0].isalpha():
                return False
        return False

    def _part_clitics(self, clitics: Clitics) -> None:
        """Make words of their own of what is written together with the word beside it."""
        parted = list(map(clitics.__getitem__, self.raw))
        if sum(map(len, parted)) == len(self.raw):
            return
        raw: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        moved: dict[int, MarkedSpan] = {}
        for i, (piece, parts) in enumerate(zip(self.raw, parted, strict=True)):
            if i in self.quotations:
                moved[len(raw)] = self.quotations[i]
            if len(parts) == 1:
                raw.append(piece)
                starts.append(self.starts[i])
                ends.append(self.ends[i])
                continue
            for first, last in parts:
                raw.append(piece[first:last])
                starts.append(self.starts[i] + first)
                ends.append(self.starts[i] + last)
        self.raw, self.starts, self.ends, self.quotations = raw, starts, ends, moved

    def _opens_sentence(self, text: str, i: int, pack: Pack) -> bool:
        """Whether words in marks behind the stop of an abbreviation are a sentence of their own, so that the stop ends one: before 10 p.m. “It was …”."""
        span = self.quotations.get(i + 1)
        return (
            span is not None
            and text[span.start : span.start + 1].isupper()
            and "title" not in pack.classes(self.raw[i - 1].lower())
        )

    def _join_abbreviations(self, text: str, pack: Pack) -> None:
        """Make the full stop of an abbreviation, or of an ordinal where it has one, part of it."""
        raw, starts, ends = self.raw, self.starts, self.ends
        ordinals = pack.features["ordinal_stops"]
        joined = [
            i
            for i, piece in enumerate(raw[:-1])
            if piece == "."
            and i
            and starts[i] == ends[i - 1]
            and ("abbreviation" in pack.classes(raw[i - 1].lower()) or (ordinals and _is_ordinal(raw, i - 1, pack)))
            and not self._opens_sentence(text, i, pack)
        ]
        if not joined:
            return
        for i in joined:
            ends[i - 1] = ends[i]
        gone = set(joined)
        kept = [i for i in range(len(raw)) if i not in gone]
        renumbered = {old: new for new, old in enumerate(kept)}
        self.quotations = {renumbered[i]: span for i, span in self.quotations.items()}
        self.raw, self.starts, self.ends = _at(raw, kept), _at(starts, kept), _at(ends, kept)


def _is_ordinal(raw: list[str], i: int, pack: Pack) -> bool:
    """Whether a number with a full stop is one of a row: before a month or another noun of time, or behind a determiner or preposition."""
    if not raw[i].isdecimal() or len(raw[i]) > _LONGEST_ORDINAL:
        return False
    if raw[i + 2 : i + 3] and not pack.classes(raw[i + 2].lower()).isdisjoint(_TIMES):
        return True
    return i > 0 and not pack.classes(raw[i - 1].lower()).isdisjoint(_BEFORE_ORDINAL)


_LONGEST_ORDINAL: Final = 2
"""Digits."""
_TIMES: Final = frozenset(["day", "time"])
_BEFORE_ORDINAL: Final = frozenset(["determiner", "contraction"])


def _at(column: list[_T], kept: list[int]) -> list[_T]:
    return [column[i] for i in kept]


def _masked(text: str, start: int, end: int, stretches: Sequence[MarkedSpan]) -> str:
    if not stretches:
        return text[start:end].replace(MASK, " ")
    parts: list[str] = []
    at = start
    for item in stretches:
        parts.append(text[at : item.open].replace(MASK, " "))
        # The space keeps two quotations that touch apart.
        parts.append(MASK * (item.close - item.open - 1) + " ")
        at = item.close
    parts.append(text[at:end].replace(MASK, " "))
    return "".join(parts)


def _shape_of(text: str, stretch: MarkedSpan) -> str:
    """A quotation as a token: what its words begin and end like."""
    start, end = stretch.start, stretch.end
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    while start < end and not text[start].isalnum():
        start += 1
    final = text[end - 1] if end > stretch.start else ""
    shape = QUOTATION
    if final in _TERMINAL:
        shape += "e"
    elif final in _PAUSES:
        shape += "p"
    if final in ("?", "!"):
        shape += "a"
    if start < end and (text[start].isupper() or text[start].isdigit()):
        shape += "o"
    return shape if stretch.closed else shape + "u"


def _sentences(raw: list[str], starts: list[int], ends: list[int], line_ends: frozenset[int]) -> list[tuple[int, int]]:
    """Where sentences begin and end: behind a full stop, and before the tokens at which a new line begins something new."""
    count = len(raw)
    boundaries = set(line_ends)
    boundaries.update(first + 1 for first in (0, *line_ends) if _is_time(raw, first))
    for i in range(count):
        piece = raw[i]
        if piece[0] == QUOTATION and i + 1 < count and _another_speaks(piece, raw[i + 1]):
            boundaries.add(i + 1)
            continue
        if piece[-1] not in _TERMINAL or len(piece) > 1:
            continue
        following = i + 1
        while following < count and raw[following] in _CLOSERS:
            following += 1
        if following == count:
            break
        if starts[following] > ends[following - 1] and not raw[following][0].islower():
            boundaries.add(following)
    found: list[tuple[int, int]] = []
    first = 0
    for boundary in [*sorted(boundaries), count]:
        if boundary > first:
            found.append((first, boundary))
            first = boundary
    return found


def _behind_dateline(raw: list[str]) -> frozenset[int]:
    """The token behind the place with which a story opens, and what parts it from the first sentence: a dash behind a bracket, a stop or capitals."""
    if not raw or not raw[0][0].isupper():
        return _NO_TOKENS
    for i in range(1, min(len(raw) - 1, _DATELINE)):
        if raw[i] in _DASHES:
            if raw[i + 1][0] == QUOTATION:
                # "ADA BROCK — “It works.”" tells who speaks.
                return _NO_TOKENS
            capitals = raw[0].isupper() and len(raw[0]) > 1 and sum(word.islower() for word in raw[:i]) <= _SMALL_WORDS
            return frozenset([i + 1]) if raw[i - 1] in _BEFORE_DASH or capitals else _NO_TOKENS
    return _NO_TOKENS


_NO_TOKENS: Final = frozenset[int]()
_DATELINE: Final = 14
"""Tokens of the longest dateline."""
_SMALL_WORDS: Final = 2
"""Words in small letters of a dateline in capitals, such as a month; more are a sentence whose first word is set in capitals."""
_DASHES: Final = frozenset("-–—")
_BEFORE_DASH: Final = frozenset(").")


def _another_speaks(piece: str, following: str) -> bool:
    """Whether two quotations without a word between them are whole sentences, so that somebody else speaks."""
    return following[0] == QUOTATION and "e" in piece[1:] and "o" in following[1:]


def _is_time(raw: list[str], first: int) -> bool:
    """Whether a line begins with the time of an entry ("15.31 The minister"), which is no part of its sentence."""
    return first + 1 < len(raw) and raw[first + 1][0].isupper() and _TIME.fullmatch(raw[first]) is not None


def _line_ends(raw: list[str], starts: list[int], text: str, masked: str, start: int, pack: Pack) -> frozenset[int]:
    """The tokens that begin a line which is none of a running sentence: behind headlines, captions and list items.

    In text that is broken at a fixed width a short line followed by a capital letter ends a paragraph. Line breaks inside quotations
    end no sentence of the passage, but tell how wide its lines are.
    """
    count = len(raw)
    lines: list[tuple[int, int]] = []
    widths: list[int] = []
    index = behind = 0
    at = masked.find("\n")
    while at >= 0:
        # A line has no more tokens than characters, so that the search stays near, however long the text is.
        index = bisect_left(starts, at + start, index, min(index + at - behind + 1, count))
        lines.append((index, at))
        widths.append(at + start - max(start, text.rfind("\n", start + behind, start + at)))
        behind = at
        at = masked.find("\n", at + 1)
    longest = max(len(line) for line in text[start : start + len(masked)].split("\n"))
    return frozenset(
        index
        for (index, _), width in zip(lines, widths, strict=False)
        if 0 < index < count
        and not raw[index][0].islower()
        and raw[index - 1] not in _LEADING
        and not _leads_on(raw[index - 1], pack)
        and not (index > 1 and raw[index - 2][0] == QUOTATION and _says(raw[index - 1], pack))
        and (width < _SHORT * longest or width > _WIDE or raw[index][0] in _BULLETS)
    )


def _says(word: str, pack: Pack) -> bool:
    """Whether a word is a finite verb of saying."""
    return any("say" in reading.classes and not reading.forms.isdisjoint(_FINITE) for reading in pack.verbs.get(word, ()))


def _leads_on(word: str, pack: Pack) -> bool:
    """Whether no line of its own ends with a word: “according to”, “the”."""
    return not word[0].isupper() and not _OPENING_CLASSES.isdisjoint(pack.classes(word))


_OPENING_CLASSES: Final = frozenset(["preposition", "determiner"])
_LEADING: Final = frozenset([",", ":"])
_BULLETS: Final = frozenset("-•*")
_SHORT: Final = 0.75
"""Of the longest line of a block: a shorter line was ended on purpose."""
_WIDE: Final = 120
"""Code points: text with longer lines is not broken at a width, so that each of its line breaks means something."""

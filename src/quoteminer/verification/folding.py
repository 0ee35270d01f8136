"""The words of a text as they are compared, each with the way back to where it stands.

Marks, hyphens, dashes, white space, capitals, the forms of apostrophes and of Unicode are gone; numbers are what they are worth, in digits or
words; what is no speech (stage notes, labels of turns, hesitation) is left out.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Sequence
from typing import Final

import attrs

from ..document import Document
from ..spans import Span
from .lexicon import Lexicon

#: What a text is made of, as far as it is compared. A gap is an ellipsis; brackets may hold one.
_PART: Final = re.compile(
    r"((?:[^\W\d_]+|\[[^\W\d_]{1,20}\](?=['’]?[^\W\d_]))"
    r"(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060]+[^\W\d_]*|['’ʼ`´]?[^\W\d_]+|\[[^\W\d_]{1,20}\][^\W\d_]*)*)"
    r"|((?<![\w)\]])[-−]?\d+(?:[.,’'\u00a0\u202f]\d+)*|\d+(?:[.,’'\u00a0\u202f]\d+)*)"
    r"|([\[(]?(?:…|\.(?: ?\.){2,5})[\])]?)"
    r"|([%‰$€£¥₹₽₩₪°])"
    r"|([\[\]()])"
)
_WORD, _NUMBER, _ELLIPSIS, _SIGN = 1, 2, 3, 4
_INVISIBLE: Final = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060])
_APOSTROPHES: Final = dict.fromkeys(map(ord, "’ʼ`´"), "'")
#: Scripts that are written without blanks between words: each sign is compared by itself.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: Words of which is kept what they are compared as.
_MOST_KNOWN: Final = 200_000
_STAGE_NOTE: Final = 5
#: A bracket that does not close within so many words is a stray sign.
_LONGEST_BRACKET: Final = 40
#: So many words may be said twice in one breath.
_REPEATED: Final = 3

WILD: Final = 1
"""The word stands in square brackets: whoever quotes put it there."""
GAP: Final = 2
"""An ellipsis, or the end of one of the quotation's spans, stands before the word."""
BREAK: Final = 4
"""Of :data:`GAP`: only the end of a span, which says nothing of words left out."""


@attrs.frozen(eq=False)
class Words:
    """The words of a text as they are compared.

    Attributes:
        keys: what is compared.
        starts, ends: where each stands in the text.
        flags: ``WILD``, ``GAP`` and ``BREAK`` of each.
    """

    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    flags: Sequence[int]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, last: int) -> Span:
        """Where the words from ``first`` to before ``last`` stand."""
        return Span(min(self.starts[first:last]), max(self.ends[first:last]))


def fold(document: Document, lexicon: Lexicon, *, disfluencies: bool = True) -> Words:
    """The words of a source."""
    if len(lexicon.known) > _MOST_KNOWN:
        lexicon.known.clear()
    words = _Folding(document.text, lexicon, disfluencies=disfluencies, quoted=False)
    labels: tuple[tuple[int, int], ...] = ()
    if document.origin is not None:
        labels = tuple((place.start, place.end) for place in document.origin.places if place.kind in ("label", "cue"))
    words.add(0, len(document.text), labels)
    return words.finished()


def fold_quotation(text: str, spans: Sequence[Span], lexicon: Lexicon, *, disfluencies: bool = True) -> Words:
    """The words of a quotation, whose spans may be parted by words of the article."""
    words = _Folding(text, lexicon, disfluencies=disfluencies, quoted=True)
    for number, span in enumerate(spans):
        if number:
            words.pending |= GAP | BREAK
        words.add(span.start, span.end, ())
    return words.finished()


class _Folding:
    """Collects words."""

    def __init__(self, text: str, lexicon: Lexicon, *, disfluencies: bool, quoted: bool) -> None:
        self._text = text
        self._lexicon = lexicon
        self._disfluencies = disfluencies
        self._quoted = quoted
        self._known = lexicon.known
        self.keys: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.flags: dict[int, int] = {}
        self.pending = 0

    def add(self, start: int, end: int, labels: Sequence[tuple[int, int]]) -> None:
        """The words of a stretch of the text, without what lies in ``labels``."""
        text, keys, known, lexicon = self._text, self.keys, self._known, self._lexicon
        add_key, add_start, add_end = keys.append, self.starts.append, self.ends.append
        open_: list[tuple[str, int, int]] = []
        label = 0
        label_start, label_end = labels[0] if labels else (end, end)
        for match in _PART.finditer(text, start, end):
            at, stop = match.span()
            if at >= label_start:
                while at >= label_end and label < len(labels):
                    label += 1
                    label_start, label_end = labels[label] if label < len(labels) else (end, end)
                if at >= label_start:
                    continue
            kind = match.lastindex
            if kind == _WORD:
                raw = match[1]
                key = known.get(raw)
                if key is None:
                    key = known[raw] = self._pieces(raw)
                if self.pending:
                    self._flag()
                if type(key) is str:
                    add_key(key)
                    add_start(at)
                    add_end(stop)
                else:
                    place = at
                    for number, piece in enumerate(key):
                        add_key(piece)
                        add_start(place)
                        place = stop if number == len(key) - 1 else min(stop - 1, place + len(piece))
                        add_end(place)
            elif kind in (_NUMBER, _SIGN):
                self._flag()
                add_key(lexicon.numerals.worth(match[2]) if kind == _NUMBER else lexicon.unit(match[4]))
                add_start(at)
                add_end(stop)
            elif kind == _ELLIPSIS:
                if self._quoted:
                    self.pending = (self.pending | GAP) & ~BREAK
            else:
                self._bracket(match[5], at, open_)

    def _flag(self) -> None:
        """The next word has what is pending."""
        if self.pending:
            self.flags[len(self.keys)] = self.pending
            self.pending = 0

    def _pieces(self, raw: str) -> str | tuple[str, ...]:
        """A word as it is compared, in several pieces where it is several words in one ("don't", "l'eau")."""
        key = raw
        if not raw.isascii():
            key = unicodedata.normalize("NFKC", raw.translate(_INVISIBLE)).translate(_APOSTROPHES)
        key = key.casefold().replace("[", "").replace("]", "")
        if not key:
            return raw
        if not key.isascii() and _UNSPACED.search(key):
            return tuple(key)
        if "'" not in key:
            return self._lexicon.canonical(key)
        pieces = self._lexicon.split(key)
        return pieces[0] if len(pieces) == 1 else tuple(self._lexicon.canonical(piece) for piece in pieces)

    def _bracket(self, sign: str, at: int, open_: list[tuple[str, int, int]]) -> None:
        """Look at what a bracket holds when it closes."""
        if sign in "[(":
            open_.append((sign, len(self.keys), at))
            return
        wanted = "[" if sign == "]" else "("
        while open_ and open_[-1][0] != wanted:
            open_.pop()
        if not open_:
            return
        _, first, begin = open_.pop()
        size = len(self.keys) - first
        if not size or size > _LONGEST_BRACKET:
            return
        if wanted == "[" and self._quoted:
            for place in range(first, len(self.keys)):
                self.flags[place] = self.flags.get(place, 0) | WILD
        elif wanted == "[" or (size <= _STAGE_NOTE and self._is_stage_note(begin)):
            del self.keys[first:], self.starts[first:], self.ends[first:]
            for place in [place for place in self.flags if place > first]:
                del self.flags[place]

    def _is_stage_note(self, begin: int) -> bool:
        """Whether round brackets hold what is heard beside the speech: "(Laughter)", behind the end of a sentence or line."""
        before = self._text[max(0, begin - 3) : begin].rstrip(" \t")
        if before and before[-1] not in ".!?…\n:”’\"'»":
            return False
        return self._text[begin + 1 : begin + 2].isupper()

    def finished(self) -> Words:
        """The words, with numbers of several words as one and without what is said twice."""
        keys, starts, ends = self.keys, self.starts, self.ends
        keep = self._lexicon.numerals.join(keys, starts, ends, self._text)
        self._lexicon.numerals.join_parts(keys, starts, ends, self._text, keep)
        self._signs_behind_numbers()
        if self._disfluencies:
            self._mark_disfluencies(keep)
        flags = bytearray(len(keys))
        for place, flag in self.flags.items():
            # That of a last word may have been left out with it.
            if place < len(flags):
                flags[place] = flag
        if keep.count(0):
            # A gap before what is left out stands before what follows it.
            carried = 0
            for place, one in enumerate(keep):
                if one:
                    flags[place] |= carried
                    carried = 0
                else:
                    carried |= flags[place] & (GAP | BREAK)
            keys = list(itertools.compress(keys, keep))
            starts = list(itertools.compress(starts, keep))
            ends = list(itertools.compress(ends, keep))
            flags = bytearray(itertools.compress(flags, keep))
        return Words(keys, array("q", starts), array("q", ends), flags)

    def _signs_behind_numbers(self) -> None:
        """A unit before its number ("$5") stands behind it, as words do ("5 dollars")."""
        keys, starts, ends, units = self.keys, self.starts, self.ends, self._lexicon.units
        for place in range(len(keys) - 1):
            if keys[place] in units and keys[place + 1][:1] == "#" and ends[place] == starts[place + 1] == starts[place] + 1:
                keys[place], keys[place + 1] = keys[place + 1], keys[place]
                starts[place], starts[place + 1] = starts[place + 1], starts[place]
                ends[place], ends[place + 1] = ends[place + 1], ends[place]

    def _mark_disfluencies(self, keep: bytearray) -> None:
        """Leave out hesitation, and words said twice in a row: no number, and no negation by itself ("no, no")."""
        keys, fillers, kind = self.keys, self._lexicon.fillers, self._lexicon.kind
        text, starts, ends = self._text, self.starts, self.ends
        kept: list[int] = []
        recent: list[str] = ["", "", "", "", "", ""]
        for place, key in enumerate(keys):
            if not keep[place]:
                continue
            if key in fillers:
                keep[place] = 0
                continue
            if key in recent and place and is_label(text[ends[place - 1] : starts[place]]):
                # Somebody else begins with a word that the one before has said.
                recent = ["", "", "", "", "", ""]
            kept.append(place)
            recent = [*recent[1:], key]
            if key != recent[-2] and key != recent[-3] and key != recent[-4]:
                continue
            for size in range(1, _REPEATED + 1):
                again = recent[-size:]
                if again == recent[-2 * size : -size] and not any(
                    one[:1] == "#" or (size == 1 and kind(one) == "negation") for one in again
                ):
                    for one in kept[-2 * size : -size]:
                        keep[one] = 0
                    del kept[-2 * size : -size]
                    recent = ["", "", "", "", "", "", *(keys[one] for one in kept[-6:])][-6:]
                    break


def is_label(between: str) -> bool:
    """Whether what stands between two words of a text is a label on a line of its own or at the beginning of one, which is nobody's words."""
    return "\n" in between and any(map(str.isalnum, between))

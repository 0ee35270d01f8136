"""Turns of transcripts: what stands behind the label of who speaks, at the start of a line, whatever the language.

A label has the same parts in every form: a time, a name, what is told of its bearer (role behind a comma, seat and party in brackets), a note on how
is spoken in small letters in brackets, and the mark that ends it. All but name and mark may be missing.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import regex

from .language import pack as packs
from .language.pack import Pack
from .language.problems import PackError
from .reading.blocks import Block

Offsets = tuple[int, int]
_SPACE: Final = "[ \\u00a0\\u202f]"
_WORD: Final = r"\p{Lu}[\w.'’&-]*+"
_TOLD: Final = rf"(?:{_SPACE}?\([\p{{Lu}}\d][^()\n]{{1,60}}\)){{0,2}}(?:,{_SPACE}\p{{Lu}}[^:\n,.!?;()]{{1,40}}){{0,3}}"
_CAPITALS: Final = rf"\p{{Lu}}[\p{{Lu}}.'’&-]+(?:{_SPACE}\p{{Lu}}[\p{{Lu}}.'’&-]*+){{1,5}}"
_ANY_TOLD: Final = rf"(?:,{_SPACE}[\p{{L}}\d][^:\n,.!?;()]{{1,40}}){{1,3}}"
"""Behind a name in capitals: “ANN LEE, packer, 1979–91”."""
_BEHIND_COLON: Final = re.compile("(?:\\*\\*|__)?(?:[ \t\n\u00a0\u202f]+|(?=[\"“‘'«„]))")
_STAGE: Final = re.compile(r"(?:\([^()]{2,400}\)|\[[^\[\]]{2,400}\])\.?|\*[^*\n]{2,400}\*|_[^_\n]{2,400}_")
"""A paragraph that is nothing but a note in brackets, or set in italics as a whole."""
_MARKER: Final = regex.compile(r"\p{Lu}\p{Ll}+ \d{1,5}")
"""A paragraph that counts pages or columns: "Column 318"."""
_NOTE_BEHIND: Final = re.compile(r"(?:\([^()\n]{2,60}\)|\[[^\[\]\n]{2,60}\])\Z")
"""How the hall took it: "(Laughter.)"."""
_NOTE_ENDS: Final = (")", "]")
_LONGEST_NOTE: Final = 62
_DASHED: Final = re.compile("^[-–—][ \u00a0]*+(?=\\S)", re.MULTILINE)
"""What begins a turn of somebody who has no label, as subtitles have it."""
_SHORT_NOTE: Final = 80
"""Code points of a paragraph between two turns of one speaker that may tell what interrupted ("Opposition members interjected.")."""
_LONGEST: Final = 160
"""Code points of a label with its time."""
_HEADING: Final = 80
"""Code points of a line that may be a heading."""
_MANY: Final = 3
_SHARE_SAID: Final = 0.5
_SHARE_IF_DROPPED: Final = 0.25
"""Of labels that do not come again, those with speech behind them, in languages that have pronouns as subjects and in those that leave them out."""
_WORDS: Final = re.compile(r"[^\W\d_]+")
_WORDS_OF_TWO: Final = 4
"""Words of each of two turns that are all there are."""
_ENDS: Final = '.!?…”"’»'
_OPENING, _CLOSING = "\"“‘«„'", "\"”’»“'"


class _Label(NamedTuple):
    start: int
    end: int
    before: int
    """Where its time or marks begin, which belong to nobody's words."""
    cue: tuple[Offsets, ...]
    said: int
    """Where what is said begins."""
    name: str
    timed: bool = False
    """Whether a time stands before it."""


class Turn(NamedTuple):
    """A turn: its label, where it has one, the mark behind it, and the paragraphs that are said; offsets are code points."""

    label: Offsets | None
    cue: tuple[Offsets, ...]
    said: Sequence[Offsets]


def declared(folder: Path, table: str) -> dict[str, list[str]]:
    """The words of a table in the ``layouts.toml`` of a pack; empty where it has none.

    Raises:
        PackError: when one of its entries is no list of texts.
    """
    file = folder / "layouts.toml"
    found: dict[str, Any] = packs.table(file).get(table, {}) if file.exists() else {}
    for name, words in found.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise PackError(file, 0, f"{table}: {name} is {words!r}, no list of texts")
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; what nothing fits where there are none."""
    return "|".join(map(regex.escape, words)) or "(?!)"


class Shape:
    """What labels look like in a language, by ``[turn_labels]`` in its ``layouts.toml``.

    Raises:
        PackError: when one of its entries is no list of texts.
    """

    def __init__(self, folder: Path) -> None:
        words = declared(folder, "turn_labels")

        def told(name: str) -> str:
            return any_of(words.get(name, []))

        self.opening: Final = told("opening_words")
        """The words in small letters that may open a label."""
        self.name: Final = rf"{_WORD}(?:{_SPACE}(?:{told('small_words')}|{_WORD})){{0,7}}"
        """A name, as it stands in a label."""
        name = (
            rf"@\w{{2,30}}|\p{{Ll}}[\p{{L}}\d]{{0,20}}_\w{{1,20}}|(?i:{told('numbered_words')}){_SPACE}\d{{1,3}}"
            rf"|(?:(?i:{self.opening}) )?{self.name}"
        )
        date = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ ])?"
        time = rf"[\[(]?{date}\d{{1,2}}(?:[:.]\d\d){{1,3}}(?:[ ]?(?i:{told('hour_words')}))?[\])]?[ \t–-]{{1,9}}"
        self._label_source: Final = (
            rf"[ \t]{{0,40}}(?P<time>{time})?(?:\*\*|__)?[\"“]?(?P<label>(?P<name>{_CAPITALS}){_ANY_TOLD}|(?P<name>{name}){_TOLD})"
            rf"(?:{_SPACE}\(\p{{Ll}}[^()\n]{{1,60}}\))?(?:\*\*|__)?{_SPACE}?"
        )
        self._label: regex.Pattern[str] | None = None
        self.asked: Final = regex.compile(
            rf"^[ \t]{{0,40}}(?P<label>{told('turn_letters')})(?:[.:][ \t]{{1,9}}|[ \t]{{2,9}})(?=\S)", regex.MULTILINE
        )

    @property
    def label(self) -> regex.Pattern[str]:
        """A label without the mark behind it; compiled when a text has a place for one."""
        if self._label is None:
            self._label = regex.compile(self._label_source)
        return self._label


@functools.cache
def shape(folder: Path) -> Shape:
    """What labels look like in the language of a pack."""
    return Shape(folder)


def turns(text: str, blocks: Sequence[Block], pack: Pack) -> list[Turn]:
    """The turns of a text in a language."""
    labels = _labels(text, shape(pack.folder), pack.of_class("no_speaker"))
    stops = [*(label.before for label in labels[1:]), len(text)]
    shown, many = _shown(text, blocks, labels, stops, pack)
    ends = [block.end for block in blocks]
    found: list[Turn] = []
    several = False
    for index in shown:
        label, following = labels[index], labels[index + 1] if index + 1 < len(labels) else None
        single = _is_handle(label) or len(labels) == 1 or not (many or _is_capitals(label))
        said = _paragraphs(text, label.said, stops[index], blocks, bisect_right(ends, label.said), single=single)
        if following is None and found and not several:
            # Where no turn has a second paragraph, the last has none, and what follows is no part of the transcript.
            said = said[:1]
        elif len(said) > 1 and following is not None and following.name == label.name and _is_short(said[-1]):
            said.pop()
        several = several or len(said) > 1
        if said and not _is_in_marks(text, said):
            found.append(Turn((label.start, label.end), label.cue, said))
            if text[said[-1][1] - 1] != ":":
                found += _dashed(text, said[-1][1], stops[index], blocks, ends)
    return found


def _shown(
    text: str, blocks: Sequence[Block], labels: Sequence[_Label], stops: Sequence[int], pack: Pack
) -> tuple[list[int], bool]:
    """The places of those labels that are labels of turns, and whether there are so many that a turn may have several paragraphs."""
    if len(labels) < 2 and not any(map(_is_plain, labels)):
        return [], False
    headings = {label for label, stop in zip(labels, stops, strict=True) if _is_heading(text, label.said, stop)}
    told = [label for label in labels if _is_plain(label) or label not in headings]
    occurrences = Counter(label.name for label in told)
    if not _come_again(occurrences, len(told)) and not _are_said(text, labels, stops, pack):
        return [], False
    many = len(told) >= _MANY and (len(occurrences) < len(told) or len(told) > _MANY)
    two = len(told) < _MANY and len(labels) == len(told) == 2 and _look_like_turns(text, blocks, told)
    shown = [
        index
        for index, label in enumerate(labels)
        if _is_plain(label) or ((many or two) and (occurrences[label.name] > 1 or label not in headings))
    ]
    return shown, many


def _is_in_marks(text: str, said: Sequence[Offsets]) -> bool:
    """Whether all that is said stands in marks, so that others find it."""
    return len(said) == 1 and text[said[0][0]] in _OPENING and text[said[0][1] - 1] in _CLOSING


def _come_again(names: Collection[str], count: int) -> bool:
    """Whether a name stands in two labels at least, perhaps shortened: "ANNA VARGA", then "VARGA"."""
    return len(names) < count or any(" " in name and name.rpartition(" ")[2] in names for name in names)


def _are_said(text: str, labels: Sequence[_Label], stops: Sequence[int], pack: Pack) -> bool:
    """Whether what stands behind labels of which none comes again sounds like speech: in many of them somebody says I or you, asks or exclaims.

    Minutes and announcements have labels too: "ROADS:", "When:".
    """
    persons = _persons(pack.folder)
    said = 0
    for label, stop in zip(labels, stops, strict=True):
        end = text.find("\n\n", label.said, stop)
        words = text[label.said : stop if end < 0 else end]
        said += _is_handle(label) or "?" in words or "!" in words or not persons.isdisjoint(_WORDS.findall(words.lower()))
    return said >= len(labels) * (_SHARE_IF_DROPPED if pack.features["dropped_subjects"] else _SHARE_SAID)


@functools.cache
def _persons(folder: Path) -> frozenset[str]:
    """The pronouns of the first and second person of a language."""
    return frozenset(word for word, pronoun in packs.load(folder).pronouns.items() if pronoun.person in (1, 2))


def _dashed(text: str, start: int, stop: int, blocks: Sequence[Block], ends: Sequence[int]) -> Iterator[Turn]:
    """Turns of whom no label names, as subtitles have them: each line behind a dash, two at least in a paragraph."""
    for block in blocks[bisect_right(ends, start) :]:
        if block.start >= stop:
            return
        lines = list(_DASHED.finditer(text, block.start, min(block.end, stop)))
        if len(lines) > 1 and lines[0].start() == block.start:
            for line, following in zip(lines, [*lines[1:], None], strict=True):
                last = min(block.end, stop) if following is None else following.start()
                yield Turn(None, (), [(line.end(), line.end() + len(text[line.end() : last].rstrip()))])


def _labels(text: str, shape: Shape, no_speakers: frozenset[str]) -> list[_Label]:
    """Labels of possible turns in order."""
    found: list[_Label] = []
    colon = text.find(":")
    while colon >= 0:
        behind = _BEHIND_COLON.match(text, colon + 1)
        if behind is not None and behind.end() < len(text):
            low = max(0, colon - _LONGEST)
            line = text.rfind("\n", low, colon) + 1 or (low if low == 0 else colon)
            match = shape.label.fullmatch(text, line, colon) if line < colon else None
            if match is not None and match["label"].split()[0].lower().rstrip(".,") not in no_speakers:
                start, end = match.span("label")
                timed = match["time"] is not None
                found.append(_Label(start, end, match.start(), ((colon, colon + 1),), behind.end(), match["name"], timed))
        colon = text.find(":", colon + 1)
    asked = list(shape.asked.finditer(text))
    if len({match["label"] for match in asked}) > 1 or (len(asked) > 1 and len(found) > 1):
        known = {label.start for label in found}
        found += [_asked(text, match) for match in asked if match.start("label") not in known]
        found.sort()
    return found


def _asked(text: str, match: regex.Match[str]) -> _Label:
    start, end = match.span("label")
    if text[end] == ":":
        return _Label(start, end, match.start(), ((end, end + 1),), match.end(), match["label"])
    return _Label(start, end, match.start(), (), match.end(), match["label"])


def _is_plain(label: _Label) -> bool:
    """Whether a label shows by itself that it is one."""
    return label.timed or _is_handle(label) or _is_capitals(label)


def _is_handle(label: _Label) -> bool:
    """Whether a label is the name of a user: @ada, ada_b."""
    return label.name[0] == "@" or label.name[0].islower()


def _is_capitals(label: _Label) -> bool:
    return label.name.isupper() and len(label.name.split()) > 1


def _is_heading(text: str, said: int, stop: int) -> bool:
    """Whether what stands behind a label in its paragraph, up to the next label, is a heading ("Oral Answers: Rural Bus Services") and no sentence."""
    end = text.find("\n\n", said, stop)
    words = text[said : stop if end < 0 else end].rstrip()
    while words[-1:] in _NOTE_ENDS and (note := _NOTE_BEHIND.search(words, len(words) - _LONGEST_NOTE)) is not None:
        words = words[: note.start()].rstrip()
    return len(words) < _HEADING and words[-1:] not in _ENDS


def _is_short(part: Offsets) -> bool:
    return part[1] - part[0] < _SHORT_NOTE


def _look_like_turns(text: str, blocks: Sequence[Block], labels: Sequence[_Label]) -> bool:
    """Whether two labels are all that paragraphs which follow each other begin with, and sentences stand behind them."""
    at = [bisect_right([block.start for block in blocks], label.start) - 1 for label in labels]
    if at[1] != at[0] + 1 or labels[0].name == labels[1].name:
        return False
    for number, label in zip(at, labels, strict=True):
        said = text[label.said : blocks[number].end].rstrip()
        if text[blocks[number].start : label.start].strip() or said[-1:] not in _ENDS or len(said.split()) < _WORDS_OF_TWO:
            return False
    return True


def _paragraphs(text: str, start: int, stop: int, blocks: Sequence[Block], first_block: int, *, single: bool) -> list[Offsets]:
    """What is said between two offsets, paragraph by paragraph, without notes in brackets."""
    spans: list[Offsets] = []
    noted = False
    for number in range(first_block, len(blocks)):
        block = blocks[number]
        if block.start >= stop:
            break
        first, last = max(block.start, start), min(block.end, stop)
        while last > first and text[last - 1].isspace():
            last -= 1
        while first < last and text[first].isspace():
            first += 1
        dash = _DASHED.match(text, first, last) if spans else None
        if dash is not None:
            # Behind a note of what interrupted, the records of parliaments go on with a dash.
            if not noted or _DASHED.search(text, dash.end(), last) is not None:
                break
            first = dash.end()
        noted = _STAGE.fullmatch(text, first, last) is not None
        if last > first and not noted and (not spans or not _MARKER.fullmatch(text, first, last)):
            spans.append((first, last))
        if single:
            break
    return spans

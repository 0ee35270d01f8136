"""Stories whose dialogue has no quotation marks, as many novels of today are set: It works, said Ada. ¶ Does it?

Where several paragraphs open with words that are said by one person to another, what a cue reports at the head of a paragraph is told as it was said, it
goes on behind who says it, and paragraphs beside such ones that tell nothing are what somebody answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..language.morphology import by_ending
from ..language.pack import Pack
from .layouts import Part, confidence_of
from .ranges import Offsets, trimmed
from .selection import Report

_NAME: Final = "unmarked"
AT_THE_HEAD: Final = frozenset(["postposed", "inverted", "medial"])
"""Constructions whose content stands before its cue."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"\S[^.!?…]*(?:[.!?…]+|$)")
_END: Final = re.compile(r"(?<![.!?…])[.!?…]++(?=\s|$)")
_ASKS: Final = "?"
_FEWEST_TOLD: Final = 3
_FEWEST_VOICED: Final = 2
"""Of those paragraphs that open with what somebody says, those in which somebody speaks to somebody: reports of news do not."""
_MOST_MARKED: Final = 0.1
"""Of the paragraphs, those with quotation marks: titles may have some."""
_LONGEST: Final = 45
"""Words of what somebody says in a paragraph of its own."""
_SHORT: Final = 12
"""Words: so little may be said without telling who speaks to whom."""
_ROW: Final = 8
"""Paragraphs of a dialogue that has nothing but its lines."""
_LINE: Final = 25
"""Words of one of them."""
_SHARE_OF_VOICED: Final = 0.5
_MOST_ASKED: Final = 0.6
"""Of the lines, those that ask: a list of questions is no dialogue."""
_ANSWER: Final = 5
"""Words: so short an answer may stand in the past ("He was.")."""


class _Paragraph(NamedTuple):
    words: Offsets
    marked: bool
    told: Report | None
    """What a cue reports at its head."""
    may_be: Report | None
    """The same, where that is too unlikely in other texts."""
    others: Sequence[Report]
    """What else is reported in it."""


class Unmarked:
    """Collects the paragraphs of a text with the reports in them."""

    def __init__(self, text: str, pack: Pack, *, arranged: bool) -> None:
        """``arranged``: whether layout tells who speaks somewhere in the text."""
        self._arranged: Final = arranged
        self._text: Final = text
        self._pack: Final = pack
        self._paragraphs: Final[list[_Paragraph]] = []
        self._of_oneself: bool | None = None
        self._persons: Final = {
            person: frozenset(word for word, pronoun in pack.pronouns.items() if pronoun.person == person) for person in (1, 2)
        }
        self._others: Final = frozenset(
            word
            for word, pronoun in pack.pronouns.items()
            if pronoun.person == 3 and (pronoun.gender in ("m", "f") or pronoun.several)
        )

    def add(self, part: Part, found: Sequence[Report], perhaps: Sequence[Report]) -> None:
        """Add a paragraph with the reports in it, and with what may be one at its head."""
        words = trimmed(self._text, part.start, part.end)
        told = next((one for one in found if one.construction in AT_THE_HEAD and self._opens(one, words[0])), None)
        may_be = next((one for one in perhaps if self._opens(one, words[0])), None)
        others = [one for one in found if one is not told]
        self._paragraphs.append(_Paragraph(words, bool(part.spans), told, may_be if told is None else None, others))

    def _opens(self, report: Report, start: int) -> bool:
        """Whether a report begins there, but for marks that open its sentence ("¿")."""
        first = report.content[0][0]
        return first == start or (start < first <= start + _MARKS and _WORD.search(self._text, start, first) is None)

    def told(self, reports: list[Report]) -> list[Report]:
        """The reports, in a story without marks with what is told there as it was said."""
        if sum(one.marked for one in self._paragraphs) > _MOST_MARKED * len(self._paragraphs):
            return reports
        told = [report for one in self._paragraphs if (report := one.told or one.may_be) is not None]
        by_tags = len(told) >= _FEWEST_TOLD and sum(self._is_voiced(*_extent(one)) for one in told) >= _FEWEST_VOICED
        if not by_tags and (self._arranged or not self._is_bare() or not self._narrates()):
            return reports
        said = {id(one.told): self._as_said(one, one.told) for one in self._paragraphs if one.told is not None}
        more = [self._as_said(one, one.may_be) for one in self._paragraphs if one.may_be is not None]
        return [*(said.get(id(report), report) for report in reports), *more, *self._answers(reports)]

    def _as_said(self, paragraph: _Paragraph, report: Report) -> Report:
        """What a cue reports at the head of a paragraph, with what its speaker says behind it."""
        text = self._text
        if not self._is_said(text[slice(*report.content[0])], asked=False):
            return report
        first, last = report.content[0]
        content = [(paragraph.words[0], last + 1 if text[last : last + 1] in _ASKING else last)]
        for first, last in report.content[1:]:
            if not self._is_said(text[first:last], asked=False):
                break
            content.append((first, last + 1 if text[last : last + 1] in _STOPS else last))
        behind = max(content[-1][1], *(end for _, end in report.cue), report.source[1] if report.source is not None else 0)
        rest = text[behind : paragraph.words[1]]
        stop = _END.search(rest)
        at = end = paragraph.words[1] if stop is None else behind + stop.end()
        for sentence in _SENTENCE.finditer(text, at, paragraph.words[1]):
            if not self._is_said(sentence[0], asked=False):
                break
            end = sentence.end()
        if end > at:
            content.append(trimmed(text, at, end))
        return report._replace(kind="direct", content=tuple(content))

    def _answers(self, reports: Sequence[Report]) -> list[Report]:
        """Paragraphs beside those that are said, all of whose words somebody says."""
        found: list[Report] = []
        chance = confidence_of(_NAME, self._pack.folder)
        taken = {report.content[0][0] for report in reports if not report.cue}
        spoken = False
        asked = False
        for number, one in enumerate(self._paragraphs):
            words = self._text[slice(*one.words)]
            following = self._paragraphs[number + 1] if number + 1 < len(self._paragraphs) else None
            if one.told is not None or one.may_be is not None:
                spoken = True
            else:
                spoken = (
                    (spoken or (following is not None and (following.told is not None or self._is_line(following))))
                    and not one.marked
                    and not self._tells(one)
                    and words[-1] in _STOPS
                    and one.words[0] not in taken
                    and len(_WORD.findall(words)) <= _LONGEST
                    and self._is_said(words, asked=asked)
                )
                if spoken:
                    found.append(Report(_NAME, "direct", (one.words,), (), "", None, None, chance))
            asked = spoken and _ASKS in words
        return found

    def _tells(self, paragraph: _Paragraph) -> bool:
        """Whether it is told in a paragraph that somebody of the dialogue speaks."""
        for report in paragraph.others:
            if report.construction in AT_THE_HEAD:
                return True
            if report.source is not None and report.source[0] == paragraph.words[0]:
                return self._text[slice(*report.source)] in self._speakers()
        return False

    def _speakers(self) -> set[str]:
        told = (one.told or one.may_be for one in self._paragraphs)
        return {self._text[slice(*one.source)] for one in told if one is not None and one.source is not None}

    def _is_bare(self) -> bool:
        """Whether a dialogue has nothing but its lines: many short paragraphs one behind the other, in most of which somebody speaks to somebody."""
        row: list[_Paragraph] = []
        for one in (*self._paragraphs, None):
            if one is not None and not one.marked and self._is_line(one):
                row.append(one)
                continue
            if len(row) >= _ROW and sum(self._is_voiced(*each.words) for each in row) >= _SHARE_OF_VOICED * len(row):
                asked = sum(_ASKS in self._text[slice(*each.words)] for each in row)
                return _FEWEST_VOICED <= asked <= _MOST_ASKED * len(row)
            row = []
        return False

    def _narrates(self) -> bool:
        """Whether somebody tells a story around a dialogue: nobody does in the transcript of a conversation."""
        return any(
            len(_WORD.findall(words := self._text[slice(*one.words)])) > _SHORT and not self._is_said(words, asked=False)
            for one in self._paragraphs
        )

    def _is_line(self, paragraph: _Paragraph) -> bool:
        words = self._text[slice(*paragraph.words)]
        return words[-1] in _STOPS and "\n" not in words and len(_WORD.findall(words)) <= _LINE

    def _is_voiced(self, first: int, last: int) -> bool:
        """Whether somebody speaks to somebody in some words."""
        words = self._text[first:last]
        found = _parts(words)
        if _ASKS in words or not all(map(found.isdisjoint, self._persons.values())) or self._is_colloquial(words):
            return True
        # Where pronouns are left out, little else tells.
        return self._pack.features["dropped_subjects"] and len(found) <= _ANSWER

    def _is_colloquial(self, words: str) -> bool:
        """Whether verbs are drawn into the words before them, as in speech: "it’s", "wouldn’t"."""
        for word in _WORD.findall(words.lower()):
            first, mark, _ = word.replace("’", "'").rpartition("'")
            if mark and not _DRAWN.isdisjoint(by_ending(word, self._pack.endings) | self._pack.classes(first)):
                return True
        return False

    def _is_said(self, words: str, *, asked: bool) -> bool:
        """Whether some words can be what somebody says in a dialogue, not what is told about it; ``asked``: whether a question stands before them."""
        found = _parts(words)
        if not found:
            return False
        whole = [word.lower() for word in _WORD.findall(words)]
        past = any(map(self._is_past, whole))
        if (past and whole[0] in self._others) or (whole[0] in self._persons[1] and self._tells_of_oneself()):
            return False
        if _ASKS in words or not self._persons[2].isdisjoint(found):
            return True
        if self._is_colloquial(words):
            return True
        if not self._persons[1].isdisjoint(found) and not self._tells_of_oneself():
            return True
        if past:
            return asked and len(whole) <= _ANSWER
        return len(whole) <= _SHORT and whole[0] not in self._others

    def _tells_of_oneself(self) -> bool:
        """Whether "I" tells the story, so that who says "I" need not be one of those who speak in it."""
        if self._of_oneself is None:
            sources = [one.told.source for one in self._paragraphs if one.told is not None]
            self._of_oneself = any(
                self._text[slice(*source)].lower() in self._persons[1] for source in sources if source is not None
            )
        return self._of_oneself

    def _is_past(self, word: str) -> bool:
        forms = {form for reading in self._pack.verbs.get(word, ()) for form in reading.forms}
        classes = self._pack.classes(word) or by_ending(word, self._pack.endings)
        return "past" in forms or "past" in classes


def _extent(report: Report) -> Offsets:
    return report.content[0][0], report.content[-1][1]


def _parts(words: str) -> frozenset[str]:
    """The words in small letters, parted at apostrophes too: "I’m" is about "I"."""
    return frozenset(part for word in _WORD.findall(words.lower()) for part in re.split("['’]", word))


_DRAWN: Final = frozenset(["contracted", "auxiliary", "pronoun", "subject"])
_MARKS: Final = 2
_ASKING: Final = frozenset(["!", "?"])
_STOPS: Final = frozenset([".", "!", "?", "…"])

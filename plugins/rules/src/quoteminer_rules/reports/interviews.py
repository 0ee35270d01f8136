"""Interviews without labels: paragraphs that are questions take turns with paragraphs that answer them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from .ranges import Offsets, trimmed

_WORD: Final = re.compile(r"[^\W\d_]+")
_QUESTION: Final = "?"
_MARKS: Final = frozenset("“\"‘'«„»—–-")
"""What opens a paragraph that is set as speech by other means."""
_LONGEST_QUESTION: Final = 500
"""Code points: a longer paragraph that ends with a question is no question of an interviewer."""
_SHORT_ANSWER: Final = 90
"""Code points: an answer as short as this need not say "I"."""
_FEWEST: Final = 3
"""Questions: two may stand in any essay."""
_SHARE_OF_QUESTIONS: Final = 0.28
"""Of the paragraphs from the first question to the last answer; some answers have two or three paragraphs."""
_SHARE_OF_FIRST_PERSON: Final = 0.6
"""Of the answers: people speak of themselves, essays that ask questions seldom do."""
_SHARE_IF_DROPPED: Final = 0.35
_SHARE_IF_BY_TURNS: Final = 0.5
"""Of every second paragraph, those that end as questions do: then all of them ask."""
_SHARE_IN_A_ROW: Final = 0.3
"""Of the questions: more that follow each other at once are a list of questions."""
_BOLD: Final = re.compile(r"(\*\*|__)(?!\s)(?P<words>[^\n]+?)(?<!\s)\1")
"""A paragraph all of which is strong in Markdown, as questions of interviews often are."""
_SHARE_OF_BOLD: Final = 0.5
"""Of the bold paragraphs, those that end as questions do: else they are headings."""


class Turn(NamedTuple):
    """Whether somebody asks, and the paragraphs of what they say."""

    asks: bool
    paragraphs: Sequence[Offsets]


def interviews(
    text: str,
    paragraphs: Sequence[Offsets],
    first_person: Collection[str],
    second_person: Collection[str] = (),
    *,
    dropped: bool = False,
) -> list[Turn]:
    """The turns of an interview; none where the paragraphs are no interview.

    Args:
        paragraphs: those that nobody else has read, in order.
        first_person, second_person: the pronouns of these persons in small letters.
        dropped: whether the language leaves most of these out.
    """
    known = [part for part in (trimmed(text, *part) for part in paragraphs) if part[0] < part[1]]
    bold = _in_bold(text, known)
    if bold:
        return list(_turns(*_from_first_to_last(*bold)))
    asks = [_is_question(text, *part) for part in known]
    if sum(asks) < _FEWEST:
        return []
    known, asks = _from_first_to_last(known, asks)
    share = _SHARE_IF_DROPPED if dropped else _SHARE_OF_FIRST_PERSON
    if not _is_interview(text, known, asks, first_person, share):
        return []
    return list(_turns(known, _with_statements(text, known, asks, first_person, second_person)))


def _in_bold(text: str, paragraphs: Sequence[Offsets]) -> tuple[list[Offsets], list[bool]] | None:
    """The paragraphs without the signs of bold ones, and whether each asks, where it is the questions that are bold."""
    found = [_BOLD.fullmatch(text, *part) for part in paragraphs]
    questions = [text[match.end("words") - 1] == _QUESTION for match in found if match]
    if len(questions) < _FEWEST or sum(questions) < _SHARE_OF_BOLD * len(questions) or len(questions) == len(paragraphs):
        return None
    parts = [part if match is None else match.span("words") for part, match in zip(paragraphs, found, strict=True)]
    return parts, [match is not None for match in found]


def _from_first_to_last(paragraphs: list[Offsets], asks: list[bool]) -> tuple[list[Offsets], list[bool]]:
    """From the first question to the paragraph that answers the last one."""
    first = asks.index(True)
    behind = len(asks) - asks[::-1].index(True) + 1
    return paragraphs[first:behind], asks[first:behind]


def _with_statements(
    text: str, paragraphs: Sequence[Offsets], asks: Sequence[bool], first_person: Collection[str], second_person: Collection[str]
) -> list[bool]:
    """Which paragraphs ask, with those between two answers that put something to who answers ("Your paper says …", "THE ROOF.")."""
    asked = _by_turns(text, paragraphs, asks)
    for number in range(1, len(paragraphs) - 1):
        start, end = paragraphs[number]
        if asks[number + 1] or asked[number - 1] or asked[number] or end - start >= _LONGEST_QUESTION or text[start] in _MARKS:
            continue
        words = [word.lower() for word in _WORD.findall(text, start, end)]
        to_whom = any(word in second_person for word in words) and not any(word in first_person for word in words)
        asked[number] = to_whom or (text[start:end].isupper() and len(words) > 1)
    return asked


def _by_turns(text: str, paragraphs: Sequence[Offsets], asks: Sequence[bool]) -> list[bool]:
    """Which paragraphs ask where each turn is one paragraph: every second one, though not all end with a question mark ("Take me back to 2011.")."""
    every_second = [number % 2 == 0 for number in range(len(paragraphs))]
    if any(asks[1::2]) or any(end - start >= _LONGEST_QUESTION or text[start] in _MARKS for start, end in paragraphs[::2]):
        return list(asks)
    return every_second if sum(asks) >= _SHARE_IF_BY_TURNS * sum(every_second) else list(asks)


def _is_question(text: str, start: int, end: int) -> bool:
    return text[end - 1] == _QUESTION and end - start < _LONGEST_QUESTION and text[start] not in _MARKS


def _is_interview(
    text: str, paragraphs: Sequence[Offsets], asks: Sequence[bool], first_person: Collection[str], share: float
) -> bool:
    questions = sum(asks)
    answers = [part for part, question in zip(paragraphs, asks, strict=True) if not question]
    if not answers or questions < _SHARE_OF_QUESTIONS * len(paragraphs):
        return False
    personal = sum(_is_answer(text, start, end, first_person) for start, end in answers)
    in_a_row = sum(one and other for one, other in zip(asks, asks[1:], strict=False))
    return personal >= share * len(answers) and in_a_row <= _SHARE_IN_A_ROW * questions


def _is_answer(text: str, start: int, end: int, first_person: Collection[str]) -> bool:
    return end - start < _SHORT_ANSWER or any(word.lower() in first_person for word in _WORD.findall(text, start, end))


def _turns(paragraphs: Sequence[Offsets], asks: Sequence[bool]) -> Iterator[Turn]:
    """Each question by itself, the paragraphs between two questions as one turn."""
    answer: list[Offsets] = []
    for part, question in zip(paragraphs, asks, strict=True):
        if not question:
            answer.append(part)
            continue
        if answer:
            yield Turn(False, answer)
            answer = []
        yield Turn(True, [part])
    if answer:
        yield Turn(False, answer)

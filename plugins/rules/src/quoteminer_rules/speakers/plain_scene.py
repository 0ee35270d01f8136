"""Who is mentioned in the narration, in languages of which only the pack is known: names, subject pronouns, those who are described."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..blockwise import Watch
from ..language.pack import Pack
from ..language.pronouns import Pronoun
from . import interviewers
from .narration import OBJECT, OBLIQUE, SUBJECT, Function, Mention, Narration
from .people import Entity
from .plain_cast import GROUP, LINKS, Cast
from .plain_names import DETERMINERS, NameReader, Word

_VOTE: Final = 120
"""Code points behind a name in which a pronoun tells of its gender."""
_LOOK: Final = 40
"""Code points before a mention that tell of its function."""
_TOKEN: Final = re.compile(r"(?<![\w-])[\w-]+")
_OPENERS: Final = frozenset(["coordinator", "subordinator", "complementiser", "adverb", "time", "day"])
"""What may stand before a subject that opens its clause."""


class Told(Narration):
    """The narration of a document."""

    def __init__(self, cast: Cast, reader: NameReader, quoted: Sequence[tuple[int, int]], watch: Watch) -> None:
        super().__init__(cast.text, quoted, watch)
        self._cast: Final = cast
        self._reader: Final = reader
        self._pack: Final[Pack] = reader.pack
        named = self._pack.nouns
        self._nouns: Final = frozenset(named) | (
            self._pack.of_class("title") | self._pack.organisations if named else frozenset()
        )
        """Nouns that tell of somebody without a name."""
        self._bylines: Final = interviewers.bylines(self._pack.folder)

    def read(self, start: int, end: int) -> list[Mention]:
        """Names, subject pronouns, and what somebody who speaks is called."""
        found: list[Mention] = []
        for number in self._cast.between(start, end):
            at, entity = self._cast.starts[number], self._cast.owners[number]
            if entity.positions[-1] == at and self._signs(at, self._cast.ends[number]):
                continue
            function = self._function(at, start)
            found.append(Mention(at, self._cast.ends[number], "name", entity, entity.gender, function, False))
        for match in self._pointers(start, end):
            mention = self._pronoun(match) or self._noun(match, start)
            if mention is not None and (mention.entity is None or mention.entity.kind != GROUP):
                found.append(mention)
        found.sort()
        return found

    def several(self, start: int, end: int) -> Mention | None:
        """The last of those described in the plural whom a part of the text tells of."""
        last = None
        for first, stop in self.narration(start, end):
            for match in self._pointers(first, stop):
                mention = None if match[0].lower() in self._pack.pronouns else self._noun(match, first)
                if mention is not None and mention.entity is not None and mention.entity.kind == GROUP:
                    last = mention
        return last

    def _signs(self, start: int, end: int) -> bool:
        """Whether a name is that of the writer: nothing but "by" stands beside it in a line before the first sentence."""
        if not self.is_head(start):
            return False
        first, last = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        before, behind = self.text[first:start].strip(" :").lower(), self.text[end : last if last >= 0 else None].strip(" .")
        return not behind and (not before or before in self._bylines)

    def _pointers(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The words of a part of the text that may be subject pronouns, or nouns of those who are described or told of."""
        described = self._cast.described
        for match in _TOKEN.finditer(self.text, start, end):
            word = match[0].lower()
            if word in self._pack.pronouns or word in self._nouns or word in described:
                yield match

    def _pronoun(self, match: re.Match[str]) -> Mention | None:
        pronoun = self._pack.pronouns.get(match[0].lower())
        if pronoun is None or not _may_be_subject(pronoun):
            return None
        gender = pronoun.sex if pronoun.sex in ("male", "female") else None
        return Mention(match.start(), match.end(), "pronoun", None, gender, SUBJECT, pronoun.person == 1)

    def _noun(self, match: re.Match[str], begin: int) -> Mention | None:
        """What somebody is called who is described or told of without a name."""
        before = self._before(match.start(), begin)
        if not before or self._pack.classes(before[-1].text.lower()).isdisjoint(DETERMINERS):
            return None
        word = Word(match[0], match.start(), match.end())
        if word.text.lower() in self._nouns:
            if self._cast.between(word.end, word.end + 3):
                # The name stands there.
                return None
            entity = self._cast.mentioned([before[-1], word], word.end)
        else:
            found = self._cast.described.get(word.text.lower())
            if found is None:
                return None
            entity = found
        at = before[-1].start
        return Mention(at, word.end, "noun", entity, entity.gender, self._function(at, begin), False)

    def _before(self, at: int, begin: int) -> list[Word]:
        """The words right before a place, nothing but spaces between them."""
        since = max(begin, at - _LOOK)
        while since > begin and since < at and not self.text[since - 1].isspace():
            since += 1
        found: list[Word] = []
        for word in self._reader.words(since, at):
            if found and word.start - found[-1].end > 1:
                found = []
            found.append(word)
        return found if found and at - found[-1].end <= 1 else []

    def _function(self, at: int, begin: int) -> Function:
        """The function of what begins at a place, from the words before it."""
        for word in reversed(self._before(at, begin)):
            told = self._pack.classes(word.text.lower())
            if not told.isdisjoint(LINKS):
                return OBLIQUE
            if told.isdisjoint(DETERMINERS) and "title" not in told:
                return SUBJECT if not told.isdisjoint(_OPENERS) else OBJECT
        return SUBJECT

    def vote(self) -> None:
        """Let "il" and "elle" behind a name tell which of them goes with it."""
        genders = {
            word: one.sex
            for word, one in self._pack.pronouns.items()
            if one.person == 3 and "subject" in one.functions and one.numbers == {"s"} and one.sex in ("male", "female")
        }
        if not genders:
            return
        voting = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(genders)))})(?!\w)", re.IGNORECASE)
        starts, ends, owners = self._cast.starts, self._cast.ends, self._cast.owners
        index = 0
        latest: tuple[Entity, int] | None = None
        for match in voting.finditer(self.text):
            at = match.start()
            while index < len(starts) and starts[index] < at:
                latest = None if self.is_quoted(starts[index]) else (owners[index], ends[index])
                index += 1
            if latest is not None and self._tells(latest[1], at):
                latest[0].votes[0 if genders[match[1].lower()] == "male" else 1] += 1
                latest = None

    def _tells(self, end: int, at: int) -> bool:
        """Whether a pronoun stands near enough behind a name to tell of its gender."""
        return at - end <= _VOTE and not self.is_quoted(at) and "\n\n" not in self.text[end:at]


def _may_be_subject(pronoun: Pronoun) -> bool:
    return "subject" in pronoun.functions and "s" in pronoun.numbers and pronoun.person != 2

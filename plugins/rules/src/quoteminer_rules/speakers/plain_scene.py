"""Who is mentioned in the narration, in languages of which only the pack is known: names, subject pronouns, those who are described."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..blockwise import Watch
from ..language.pack import Pack
from .narration import OBJECT, OBLIQUE, SUBJECT, Function, Mention, Narration
from .people import Entity
from .plain_cast import LINKS, Cast
from .plain_names import DETERMINERS, NameReader, Word

_VOTE: Final = 120
"""Code points behind a name in which a pronoun tells of its gender."""
_OPENERS: Final = frozenset(["coordinator", "subordinator", "complementiser", "adverb", "time", "day"])
"""What may stand before a subject that opens its clause."""


class Told(Narration):
    """The narration of a document."""

    def __init__(self, cast: Cast, reader: NameReader, quoted: Sequence[tuple[int, int]], watch: Watch) -> None:
        super().__init__(cast.text, quoted, watch)
        self._cast: Final = cast
        self._reader: Final = reader
        self._pack: Final[Pack] = reader.pack

    def read(self, start: int, end: int) -> list[Mention]:
        """Names, subject pronouns, and what somebody who speaks is called."""
        found: list[Mention] = []
        words = list(self._reader.words(start, end))
        places = {word.start: number for number, word in enumerate(words)}
        for number in self._cast.between(start, end):
            at, stop, entity = self._cast.starts[number], self._cast.ends[number], self._cast.owners[number]
            function = self._function(words, places.get(at, 0), start)
            found.append(Mention(at, stop, "name", entity, entity.gender, function, False))
        for number, word in enumerate(words):
            mention = self._pronoun(word) or self._noun(words, number, start)
            if mention is not None:
                found.append(mention)
        found.sort()
        return found

    def _pronoun(self, word: Word) -> Mention | None:
        pronoun = self._pack.pronouns.get(word.text.lower())
        if pronoun is None or "subject" not in pronoun.functions or "s" not in pronoun.numbers or pronoun.person == 2:
            return None
        gender = pronoun.sex if pronoun.sex in ("male", "female") else None
        return Mention(word.start, word.end, "pronoun", None, gender, SUBJECT, pronoun.person == 1)

    def _noun(self, words: Sequence[Word], number: int, begin: int) -> Mention | None:
        """What somebody who is only described is called again."""
        word = words[number]
        entity = self._cast.described.get(word.text.lower())
        if entity is None or not number or self._pack.classes(words[number - 1].text.lower()).isdisjoint(DETERMINERS):
            return None
        function = self._function(words, number - 1, begin)
        return Mention(words[number - 1].start, word.end, "noun", entity, entity.gender, function, False)

    def _function(self, words: Sequence[Word], number: int, begin: int) -> Function:
        """The function of what begins with a word, from the word before it."""
        classes = self._pack.classes
        word = words[number] if number < len(words) else None
        if word is not None and "contraction" in classes(word.text.lower()):
            return OBLIQUE
        while number and words[number - 1].end + 1 == words[number].start:
            told = classes(words[number - 1].text.lower())
            if not told.isdisjoint(LINKS):
                return OBLIQUE
            if told.isdisjoint(DETERMINERS) and not (words[number - 1].text.lower() in self._pack.titles or "title" in told):
                return SUBJECT if not told.isdisjoint(_OPENERS) else OBJECT
            number -= 1
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
            if latest is None or at - latest[1] > _VOTE or self.is_quoted(at) or "\n\n" in self.text[latest[1] : at]:
                continue
            latest[0].votes[0 if genders[match[1].lower()] == "male" else 1] += 1
            latest = None

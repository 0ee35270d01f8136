"""What stands round a quotation: paragraphs, narration, and who is mentioned there in which function."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from ..blockwise import Watch
from .descriptions import Descriptions, Phrase, read, without_owner
from .entities import EntityTable
from .knowledge import REMEMBERED, Knowledge, knowledge
from .narration import OBJECT, POSSESSOR, SUBJECT, Function, Mention, Narration
from .people import Entity

_NOUNS = re.compile(r"\s+((?:[a-z][\w-]*\s){0,3}[a-z][\w-]*)(\s+\w)?")
_MARKS: Final = frozenset("“‘\"'«„")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_GROUP: Final = 700
"""Code points before "they" in which a group is looked for."""


class Scene(Narration):
    """The narration of an English document."""

    def __init__(
        self,
        table: EntityTable,
        descriptions: Descriptions,
        known: Knowledge,
        quoted: Sequence[tuple[int, int]],
        watch: Watch,
    ) -> None:
        super().__init__(table.text, quoted, watch)
        self._table = table
        self._descriptions = descriptions
        self._known = known
        self.speaking: dict[int, tuple[Entity, int]] = {}
        """Where sources begin whose speaker is known: who it is, and where they end."""

    def read(self, start: int, end: int) -> list[Mention]:
        """Names, pronouns and descriptions of people."""
        text = self._table.text
        found: list[Mention] = []
        for index in self._table.between(start, end):
            entity = self._table.owners[index]
            first, last = self._table.starts[index], self._table.ends[index]
            if entity is not None and entity.kind == "person" and last <= end:
                possessive = self._table.names[index].possessive
                function = POSSESSOR if possessive else self.function(first, start, article=entity.article)
                found.append(Mention(first, last, "name", entity, entity.gender, function, False))
        for match in self._known.patterns.speech.pointer.finditer(text, start, end):
            word = match["pronoun"]
            if word is not None:
                found.append(self._pronoun(word.lower(), match.start(), match.end()))
                continue
            mention = self._noun(match.start(), match.end(), start, end)
            if mention is not None:
                found.append(mention)
        found.sort()
        return found

    def _pronoun(self, word: str, at: int, end: int) -> Mention:
        pronouns = self._known.pronouns
        function = POSSESSOR if word in pronouns.possessive else SUBJECT if word in pronouns.subjects else OBJECT
        return Mention(at, end, "pronoun", None, pronouns.genders.get(word), function, word in pronouns.first)

    def _noun(self, at: int, behind: int, begin: int, end: int) -> Mention | None:
        text = self._table.text
        if text[at - 1 : at] in _MARKS or self._in_apposition(at):
            return None
        spoken = self.speaking.get(at)
        if spoken is not None and spoken[0].kind == "person" and spoken[1] <= end:
            # "A Norland spokesman": with a capital inside, too.
            entity, stop = spoken
            return Mention(at, stop, "noun", entity, entity.gender, self.function(at, begin), False)
        match = _NOUNS.match(text, behind, min(end, behind + 80))
        if match is None:
            # "the Queen": an office written like a name.
            return self._office(at, behind, begin, end)
        stop = _person_ends(match[1], self._known.language)
        if not stop:
            return None
        stop += match.start(1)
        following = text[stop : stop + 2]
        if len(following) == 2 and following[0].isspace() and following[1].isupper():
            # "the novelist Yusra Dahl": the name is the mention.
            return None
        phrase = read(text[at:stop], self._known)
        if phrase.kind != "person":
            return None
        entity = self._described(phrase, at)
        function = POSSESSOR if following in self._known.endings.possessive else self.function(at, begin)
        return Mention(at, stop, "noun", entity, entity.gender or phrase.gender, function, False)

    def _described(self, phrase: Phrase, at: int) -> Entity:
        found = self._descriptions.find(phrase, at)
        return found[0] if found is not None else self._descriptions.add(phrase)

    def group_before(self, at: int, begin: int) -> Entity | None:
        """The group that is the last subject in the narration before an offset ("striking workers", "hundreds of nurses")."""
        return self.subject_before(at, begin, frozenset(["group"]))

    def subject_before(self, at: int, begin: int, kinds: frozenset[str], *, said: bool = False) -> Entity | None:
        """The last subject of some kinds before an offset that is only described; ``said`` when it may stand in a quotation."""
        known = self._known
        words = list(_WORD.finditer(self._table.text, max(begin, at - _GROUP, 0), at))
        for index in range(len(words) - 1, -1, -1):
            if self._kind_of(words[index][0].lower()) not in kinds:
                continue
            first = self._group_start(words, index)
            start = words[first].start()
            if (not said and self.is_quoted(start)) or self.function(start, 0) != SUBJECT:
                continue
            if "group" not in kinds and words[first][0].lower() not in known.classes.determiners:
                continue
            following = self._table.text[words[index].end() : words[index].end() + 1]
            if following in ("'", "’"):
                continue
            spoken = self.speaking.get(start)
            if spoken is not None:
                return spoken[0]
            phrase = read(self._table.text[start : words[index].end()], known)
            return self._descriptions.resolve(phrase, start)[0]
        return None

    def _kind_of(self, word: str) -> str | None:
        """The kind of what a noun names; several people are a group."""
        known = self._known
        one = known.nouns.singular(word)
        if one != word and known.nouns.kinds.get(one) == "person":
            return "group"
        return known.nouns.kinds.get(word)

    def _group_start(self, words: list[re.Match[str]], last: int) -> int:
        """The first word of the noun phrase that ends with the word ``last``."""
        verbs, classes = self._known.verbs, self._known.classes
        first = last
        while first > max(0, last - 5):
            before = words[first - 1]
            word = before[0].lower()
            if self._table.text[before.end() : words[first].start()] not in (" ", "\n"):
                break
            if word in classes.determiners:
                return first - 1
            if word in classes.genitive_prepositions and first > 1 and words[first - 2][0].lower() in classes.partitives:
                return first - 2
            if word in classes.closed or (word in verbs.reporting and word not in verbs.gerunds):
                break
            first -= 1
        return first

    def _in_apposition(self, at: int) -> bool:
        """Whether a phrase stands behind a name and a comma ("Ada, a mathematician")."""
        if self._table.text[max(0, at - 2) : at] not in (", ", ",\n"):
            return False
        index = self._table.between(0, at).stop - 1
        return index >= 0 and self._table.ends[index] == at - 2

    def _office(self, at: int, behind: int, begin: int, end: int) -> Mention | None:
        text = self._table.text
        word = text[behind + 1 : behind + 20].split(None, 1)
        if not word or not word[0][0].isupper():
            return None
        office = without_owner(word[0], self._known).rstrip(".,;:!?")
        if office.lower() not in self._known.titles.known:
            return None
        stop = behind + 1 + len(office)
        following = text[stop : stop + 2]
        if stop > end or (len(following) == 2 and following[0] == " " and following[1].isupper()):
            return None
        entity = self._described(read(text[at:stop], self._known), at)
        function = POSSESSOR if following in self._known.endings.possessive else self.function(at, begin)
        return Mention(at, stop, "noun", entity, entity.gender, function, False)

    def function(self, at: int, begin: int, *, article: bool = False) -> Function:
        """The function of the noun phrase that begins at ``at``, from the word before it."""
        before = self._table.text[max(begin, at - 20) : at]
        if article:
            before = self._known.patterns.names.article_end.sub("", before)
        words = before.rsplit(None, 1)
        word = words[-1].lower() if words else ""
        if not word or not word[-1].isalnum():
            return "subject"
        classes = self._known.classes
        if word in classes.conjunctions or word in classes.adverbs or word in classes.times:
            return "subject"
        return "oblique" if word in classes.prepositions else OBJECT

    def vote(self) -> None:
        """Let "he" and "she" behind a name tell which of them goes with it: a cue for later pronouns."""
        text, genders = self._table.text, self._known.pronouns.genders
        starts, ends, owners, names = self._table.starts, self._table.ends, self._table.owners, self._table.names
        index, count = 0, len(starts)
        latest: Entity | None = None
        latest_end = -1
        for match in self._known.patterns.speech.voting.finditer(text):
            at = match.start()
            while index < count and starts[index] < at:
                owner = owners[index]
                if owner is not None and owner.kind == "person":
                    apart = names[index].possessive or self.is_quoted(starts[index])
                    latest, latest_end = (None, -1) if apart else (owner, ends[index])
                index += 1
            if latest is None or at - latest_end > 120 or self.is_quoted(at):
                continue
            if "\n\n" in text[latest_end:at]:
                continue
            latest.votes[0 if genders[match[1].lower()] == "male" else 1] += 1
            latest = None


@functools.lru_cache(maxsize=REMEMBERED)
def _person_ends(words: str, language: str) -> int:
    """Where in some words behind an article the last noun ends that names a person, or 0."""
    known = knowledge(language)
    found = 0
    for match in _WORD.finditer(words):
        word = match[0]
        if word in known.classes.closed or (found and word in known.verbs.reporting):
            break
        if known.nouns.kinds.get(word) == "person" or known.nouns.kinds.get(known.nouns.singular(word)) == "person":
            found = match.end()
    return found

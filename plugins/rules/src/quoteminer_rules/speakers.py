"""From source mentions to speakers: one entity for all mentions of the same person, organisation, group or document."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import regex

from quoteminer import Document, Quote, Span, Speaker

from .layout import tokenise
from .lexicon import Lexicon, given_names, nouns
from .phrases import addressee_at

# Upper case of any script needs Unicode properties; possessive, so that it stays linear.
_NAME = regex.compile(
    r"(?<![\w@])\p{Lu}[\w’'-]*+\.?"
    r"(?:[ \t\u00a0]\n?(?:(?:van|von|der|den|de|del|della|la|le|bin|ibn|al|el|ter|of|for|and)[ ]){0,2}\p{Lu}[\w’'-]*+\.?)*+"
)
_PATIENCE: Final = 60.0
"""Seconds for one search of a whole text; over it, the component fails and the host leaves an issue."""
_PARTICLES: Final = frozenset(["van", "von", "der", "den", "de", "del", "della", "la", "le", "bin", "ibn", "al", "el", "ter"])
_MALE: Final = frozenset({"he", "him", "his", "himself"})
_FEMALE: Final = frozenset({"she", "her", "hers", "herself"})
_FIRST: Final = frozenset({"i", "we", "me", "us"})
_PLURAL: Final = frozenset({"they", "them"})
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "kc", "qc", "mp", "mep", "obe", "mbe"})
_APPOSITION = re.compile(r",\s+((?:the|a|an|his|her|its|their)\s+)?([^,.;:\n“”\"()]{3,90}?)(?=,|\.\s|\.$|;|\n|$)")
_AGE = re.compile(r",? (?:\d\d\b|who\b)")
_SENTENCE_END = re.compile("[.!?…][”’\"')]*\\s|\\n\\s*\\n")
_LABEL_NOTE = re.compile(r"([^()]{2,80}?) \(([^()]{2,80})\)")
_GENDERS: Final = {"he": "m", "she": "f"}
_MEMORY: Final = 40


class Entity:
    """A speaker in the making."""

    __slots__ = ("gender", "kind", "last", "mentions", "name", "role", "serial", "words")

    def __init__(self, name: str, words: tuple[str, ...], kind: str, serial: int) -> None:
        self.name = name
        self.words = words
        self.kind = kind
        self.role: str | None = None
        self.gender: str | None = None
        self.mentions: set[tuple[int, int]] = set()
        self.last = -1
        self.serial = serial


class Name:
    """A run of capitalised words: what of it is a title or role and what is the name; offsets in the text."""

    __slots__ = ("end", "role", "start", "title", "words")

    def __init__(self, start: int, end: int, words: tuple[str, ...], role: str, title: str) -> None:
        self.start = start
        self.end = end
        self.words = words
        self.role = role
        self.title = title


def _bare(word: str) -> str:
    return word.strip(".,'’").lower().removesuffix("'s").removesuffix("’s")


@functools.cache
def _gender_words() -> tuple[frozenset[str], frozenset[str]]:
    kinds = nouns("en")
    return kinds["male"], kinds["female"]


def split_name(text: str, start: int, end: int, lexicon: Lexicon) -> Name | None:
    """Tell title, role and name apart in ``text[start:end]``; ``None`` when nothing is left of a name."""
    pieces = [(m.start() + start, m.end() + start, m.group()) for m in re.finditer(r"\S+", text[start:end])]
    while pieces and pieces[0][2].lower().rstrip(",") in ("the", "a", "an", "our", "my", "his", "her", "its", "their"):
        pieces.pop(0)
    last_title = -1
    for index, (_, _, piece) in enumerate(pieces[:-1]):
        if piece.lower().rstrip(".,") in lexicon.titles:
            last_title = index
    name = [(a, b, w) for a, b, w in pieces[last_title + 1 :] if w.strip(".,").lower() not in _SUFFIXES]
    if not name:
        return None
    words = tuple(w.strip(",“”\"'’()").removesuffix("'s").removesuffix("’s").rstrip(".,") for _, _, w in name)
    words = tuple(w for w in words if w)
    if not words or not (words[0][0].isupper() or words[0][0] == "@" or words[0].lower() in _PARTICLES):
        return None
    role = text[pieces[0][0] : pieces[last_title][1]] if last_title >= 0 else ""
    if "\n" in role:
        role = " ".join(role.split())
    return Name(name[0][0], name[-1][1], words, role, pieces[last_title][2].lower().rstrip(".,") if last_title >= 0 else "")


class Register:
    """The entities of one document, found again by name, surname or description."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.text = document.text
        self.lexicon = lexicon
        self.entities: list[Entity] = []
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_surname: dict[str, list[Entity]] = {}
        self.by_description: dict[str, Entity] = {}
        self.by_last_word: dict[str, tuple[str, Entity]] = {}
        self.by_head: dict[str, Entity] = {}
        """Last word of an organisation's name -> the latest such organisation ("the bank")."""
        self.recent: dict[int, Entity] = {}
        """Entities by serial number in the order in which they last spoke."""
        self.runs: list[tuple[int, int]] = [match.span() for match in _NAME.finditer(self.text, timeout=_PATIENCE)]
        self.starts = [start for start, _ in self.runs]
        self.by_word: dict[str, list[int]] = {}
        """A word of a run of several capitalised words -> indices of such runs."""
        for index, (start, end) in enumerate(self.runs):
            pieces = self.text[start:end].split()
            if len(pieces) > 1:
                for piece in pieces:
                    self.by_word.setdefault(_bare(piece), []).append(index)
        self._split: dict[int, Name | None] = {}
        self.quoted: list[tuple[int, int]] = []
        """Spans of outermost direct quotations, in order."""
        self._closed = (
            lexicon.determiners
            | lexicon.prepositions
            | lexicon.conjunctions
            | lexicon.adverbs
            | lexicon.auxiliaries
            | lexicon.pronouns
            | lexicon.days
        )

    def name(self, index: int) -> Name | None:
        """The name in a run of capitalised words, without what only begins a sentence ("But Rutte")."""
        if index in self._split:
            return self._split[index]
        start, end = self.runs[index]
        while start < end:
            first, _, rest = self.text[start:end].partition(" ")
            word = first.lower().rstrip(".")
            verb = word in self.lexicon.verbs and word not in self.lexicon.titles
            if not rest or not (word in self._closed or verb):
                break
            start = end - len(rest)
            while start < end and self.text[start].isspace():
                start += 1
        alone = " " not in self.text[start:end].strip() and _bare(self.text[start:end]) in self._closed
        self._split[index] = None if alone or start >= end else split_name(self.text, start, end, self.lexicon)
        return self._split[index]

    def names_with(self, word: str) -> Iterator[Name]:
        """The first names of several words that hold ``word`` (lower case)."""
        for index in self.by_word.get(word, ())[:_MEMORY]:
            name = self.name(index)
            if name is not None and len(name.words) > 1:
                yield name

    def person(self, name: Name, before: int) -> Entity:
        """The entity of a name, joined to the fullest form that the text has of it."""
        words = name.words
        key = tuple(word.lower() for word in words)
        known = self.by_words.get(key)
        if known is not None:
            return known
        if len(words) == 1:
            candidates = [e for e in self.by_surname.get(key[0], ())[-_MEMORY:] if not self._clashes(e, name)]
            if candidates:
                return max(candidates, key=lambda e: e.last)
            fuller = self._fuller(key[0], name)
            if fuller is not None:
                entity = self.by_words.get(tuple(word.lower() for word in fuller.words)) or self._new_named(fuller)
                self.by_words[key] = entity
                return entity
        else:
            for entity in self.by_surname.get(key[-1], ())[-_MEMORY:]:
                other = [w.lower() for w in entity.words]
                if (
                    len(entity.words) == 1
                    or other[0] == key[0]
                    or (other[0][0] == key[0][0] and 1 in (len(other[0]), len(key[0])))
                ):
                    if len(entity.words) < len(words):
                        entity.name, entity.words = " ".join(words), words
                    self.by_words[key] = entity
                    return entity
        return self._new_named(name)

    def _clashes(self, entity: Entity, name: Name) -> bool:
        male, female = _gender_words()
        gender = "m" if name.title in male else "f" if name.title in female else None
        return gender is not None and entity.gender is not None and gender != entity.gender

    def _fuller(self, word: str, name: Name) -> Name | None:
        names = list(self.names_with(word))
        for candidate in names:
            if candidate.words[-1].lower() == word and len(candidate.words) <= 4:
                return candidate
        if not name.title:
            for candidate in names:
                if candidate.words[0].lower() == word and len(candidate.words) == 2:
                    return candidate
        return None

    def _new_named(self, name: Name) -> Entity:
        words = name.words
        if words[0].isupper() and len(words) > 1 and all(w.isupper() for w in words):
            words = tuple(w.title() for w in words)
        kind = self._kind_of_name(words)
        entity = Entity(" ".join(words), words, kind, len(self.entities))
        if kind == "person":
            entity.gender = _GENDERS.get(given_names("en").get(words[0].lower(), ""))
        self.entities.append(entity)
        self.by_words[tuple(word.lower() for word in words)] = entity
        if kind == "organisation":
            self.by_head[words[-1].lower()] = entity
        if kind == "person":
            self.by_surname.setdefault(words[-1].lower(), []).append(entity)
            if len(words) > 1:
                self.by_surname.setdefault(words[0].lower(), []).append(entity)
        self._describe(entity, name)
        return entity

    def _kind_of_name(self, words: tuple[str, ...]) -> str:
        kinds = nouns("en")
        lowered = {word.lower() for word in words}
        if words[0][0] == "@":
            return "person"
        if lowered & kinds["organisation_name"] or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1):
            return "organisation"
        if "of" in lowered or "for" in lowered:
            return "organisation"
        return "person"

    def _describe(self, entity: Entity, name: Name) -> None:
        """Role, gender and short forms from the place where the full name stands."""
        male, female = _gender_words()
        full = " ".join(name.words).lower()
        for mention in [name, *self.names_with(name.words[-1].lower())]:
            if mention is not name and " ".join(mention.words).lower() != full:
                continue
            if mention.title in male:
                entity.gender = "m"
            elif mention.title in female:
                entity.gender = "f"
            if (
                entity.role is None
                and mention.role
                and mention.title not in ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof")
            ):
                entity.role = mention.role
            if entity.role is None and entity.kind == "person":
                entity.role = self._apposition(mention.end) or self._before(mention.start)

    def _apposition(self, end: int) -> str | None:
        match = _APPOSITION.match(self.text, end)
        if match is None:
            return None
        article, body = match.groups()
        body = re.split(r"\s(?:who|which|that|where|when|whose|said|says|told|wearing|speaking)\b", body)[0].strip()
        words = body.split()
        if not words or not any(word.lower() in nouns("en")["person"] or word.lower() in self.lexicon.titles for word in words):
            return None
        if not article and not words[0][0].isupper():
            return None
        return body if len(words) <= 10 else None

    def _before(self, start: int) -> str | None:
        """ "the novelist Yusra Dahl", "the finance minister, Ana Duarte"."""
        match = re.search(
            r"\b(?:the|its|his|her|their|our|\w+[’']s)\s+((?:[\w-]+\s){0,4}[\w-]+),?\s$",
            self.text[max(0, start - 70) : start],
            re.IGNORECASE,
        )
        if match is None:
            return None
        words = match[1].split()
        return match[1] if words[-1].lower() in nouns("en")["person"] and words[0].lower() not in self.lexicon.verbs else None

    def described(self, phrase: str, at: int) -> Entity:
        """The entity of a description such as "the minister" or "a senior official"."""
        words = phrase.split()
        lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
        head = _head(lowered)
        definite = lowered[0] in ("the", "this", "that", "his", "her", "its", "their", "our", "my")
        if definite:
            holder = self._holder(head, at)
            if holder is not None:
                return holder
            if head in self.by_head:
                return self.by_head[head]
        key = " ".join(lowered[1:] if len(lowered) > 1 and lowered[0] in ("the", "a", "an") else lowered)
        known = self.by_description.get(key)
        if known is None and definite:
            earlier = self.by_last_word.get(head)
            if earlier is not None and (len(lowered) <= 2 or earlier[0].endswith(" ".join(lowered[1:]))):
                known = earlier[1]
        if known is not None:
            return known
        first = (
            words[0]
            if len(words) > 1 and words[0].isupper() and len(words[0]) > 1
            else words[0].lower()
            if lowered[0] in self.lexicon.determiners
            else words[0]
        )
        name = " ".join([first, *words[1:]])
        if len(words) > 1 and lowered[0] not in self.lexicon.determiners and not words[0].isupper():
            name = name[0].lower() + name[1:] if words[0].lower() == words[0] or head in _all_nouns() else name
        entity = Entity(name, tuple(words), _kind_of_head(head), len(self.entities))
        male, female = _gender_words()
        entity.gender = "m" if head in male else "f" if head in female else None
        self.entities.append(entity)
        self.by_description[key] = entity
        self.by_last_word.setdefault(key.split()[-1], (key, entity))
        return entity

    def _holder(self, head: str, at: int) -> Entity | None:
        """The person whose role a definite description names: the latest who spoke, else one whom the text introduces."""
        for entity in self.latest(at):
            if entity.kind == "person" and entity.role is not None and head in _tail(entity.role):
                return entity
        index = bisect_left(self.starts, at) - 1
        for i in range(index, max(-1, index - 2 * _MEMORY), -1):
            name = self.name(i)
            if name is not None and len(name.words) > 1 and self._kind_of_name(name.words) == "person":
                entity = self.person(name, at)
                if entity.role is not None and head in _tail(entity.role):
                    return entity
        return None

    def interview(self, label: str, at: int) -> Entity:
        """Who asks and who answers in an interview with Q and A; the one who answers is named before the first turn."""
        key = f"interview {label}"
        if key in self.by_description:
            return self.by_description[key]
        entity: Entity | None = None
        if label == "A":
            named = (self.name(index) for index in range(min(_MEMORY, bisect_left(self.starts, at))))
            first = next((n for n in named if n is not None and len(n.words) > 1 and self._likely_person(n)), None)
            entity = self.person(first, at) if first is not None else None
        if entity is None:
            entity = Entity("interviewer" if label == "Q" else "interviewee", (label,), "person", len(self.entities))
            self.entities.append(entity)
        self.by_description[key] = entity
        return entity

    def latest(self, at: int) -> Iterator[Entity]:
        """The entities that spoke before offset ``at``, the latest first; no more than a reader keeps in mind."""
        for _, entity in zip(range(_MEMORY), reversed(self.recent.values()), strict=False):
            if 0 <= entity.last <= at:
                yield entity

    def spoke(self, entity: Entity, mention: Span) -> None:
        """Note a source mention."""
        entity.last = max(entity.last, mention.start)
        entity.mentions.add((mention.start, mention.end))
        self.recent.pop(entity.serial, None)
        self.recent[entity.serial] = entity

    def pronoun(self, word: str, at: int, inside: Entity | None) -> Entity | None:
        """Who a pronoun at offset ``at`` stands for; never the speaker of the quotation around it.

        The latest source that fits, or a person named since then outside quotations.
        """
        gender = "m" if word in _MALE else "f" if word in _FEMALE else None
        best: Entity | None = None
        for entity in self.latest(at):
            if entity is inside:
                continue
            if gender is not None:
                fits = entity.kind in ("person", "unknown") and entity.gender in (None, gender)
            elif word in _PLURAL:
                fits = entity.kind in ("group", "organisation")
            else:
                fits = entity.kind in ("organisation", "document")
            if fits:
                best = entity
                break
        if gender is None:
            return best
        named = self._antecedent(at, gender, inside)
        if named is not None and (best is None or named[1] > best.last):
            best = named[0]
        if best is not None and best.gender is None:
            best.gender = gender
        return best

    def _antecedent(self, at: int, gender: str, inside: Entity | None) -> tuple[Entity, int] | None:
        """The person named last before ``at``: of the last sentence that names one, the first (its subject)."""
        found: tuple[Entity, int] | None = None
        index = bisect_left(self.starts, at) - 1
        for i in range(index, max(-1, index - _MEMORY), -1):
            start, end = self.runs[i]
            if found is not None and _SENTENCE_END.search(self.text, end - 1, found[1]) is not None:
                break
            if inside is None and self.is_quoted(start):
                continue
            name = self.name(i)
            if name is None or self._kind_of_name(name.words) != "person" or not self._likely_person(name):
                continue
            entity = self.person(name, at)
            if entity is not inside and entity.gender in (None, gender):
                found = (entity, start)
        return found

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies inside a direct quotation."""
        at = bisect_left(self.quoted, (offset, 1 << 62)) - 1
        return at >= 0 and offset < self.quoted[at][1]

    def _likely_person(self, name: Name) -> bool:
        """Whether a run of capitals is a person's name and not a title of a work, a place or a heading."""
        before, behind = self.text[name.start - 1 : name.start], self.text[name.end : name.end + 1]
        if (before and before in "“‘\"'«") or (behind and behind in "”’\"'»"):
            return False
        male, female = _gender_words()
        if name.title in male or name.title in female or name.role:
            return True
        known = self.by_words.get(tuple(word.lower() for word in name.words))
        if known is not None:
            return known.kind == "person"
        if _AGE.match(self.text, name.end) or len(name.words) == 1 and name.words[0].lower() in self.by_surname:
            return True
        return len(name.words) <= 4 and name.words[0].lower() in given_names("en")


@functools.cache
def _all_nouns() -> frozenset[str]:
    kinds = nouns("en")
    return kinds["person"] | kinds["organisation"] | kinds["document"] | kinds["group"]


def _head(words: list[str]) -> str:
    """The head noun of a description: the last word before a preposition or relative pronoun."""
    for index, word in enumerate(words):
        if index and word in ("of", "for", "at", "from", "in", "with", "who", "which", "on"):
            return words[index - 1]
    return words[-1]


def _tail(role: str) -> tuple[str, ...]:
    words = role.lower().split()
    head = _head(words)
    return (head, *(word for word in words if word in nouns("en")["person"]))


def _kind_of_head(head: str) -> str:
    kinds = nouns("en")
    if head in kinds["person"]:
        return "person"
    if head in kinds["group"]:
        return "group"
    for kind in ("organisation", "document"):
        if head in kinds[kind]:
            return kind
    singular = head.removesuffix("s")
    if head != singular and (singular in kinds["person"] or head.removesuffix("es") in kinds["person"] or head.endswith("men")):
        return "group"
    return "unknown"


def resolve(document: Document, quotes: Sequence[Quote], lexicon: Lexicon) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with speakers and addressees, and the speakers, in order of first mention."""
    text = document.text
    register = Register(document, lexicon)
    register.quoted = sorted(
        (span.start, span.end) for quote in quotes if quote.kind == "direct" and quote.parent is None for span in quote.content
    )
    speaker_of: dict[str, Entity | None] = {}
    addressee_of: dict[str, Entity | None] = {}
    for quote in quotes:
        if quote.source is not None:
            inside = speaker_of.get(quote.parent) if quote.parent is not None else None
            entity = _entity(register, text, quote.source, inside)
            speaker_of[quote.id] = entity
            if entity is not None:
                register.spoke(entity, quote.source)
    _without_source(quotes, speaker_of)
    for quote in quotes:
        mention = _addressee(document, quote, lexicon)
        if mention is not None:
            inside = speaker_of.get(quote.parent) if quote.parent is not None else speaker_of.get(quote.id)
            entity = _entity(register, text, mention, inside)
            if entity is not None and entity is not speaker_of.get(quote.id):
                entity.mentions.add((mention.start, mention.end))
                addressee_of[quote.id] = entity
    used = {entity.serial for entity in [*speaker_of.values(), *addressee_of.values()] if entity is not None}
    _add_names(register, used)
    resolved = []
    for quote in quotes:
        speaker, addressee = speaker_of.get(quote.id), addressee_of.get(quote.id)
        resolved.append(
            attrs.evolve(
                quote,
                speaker=None if speaker is None else f"e{speaker.serial}",
                addressee=None if addressee is None else f"e{addressee.serial}",
            )
        )
    speakers = [
        Speaker(
            f"e{entity.serial}",
            entity.name,
            role=entity.role,
            kind=entity.kind,
            mentions=[Span(*mention) for mention in sorted(entity.mentions)],
        )
        for entity in register.entities
        if entity.serial in used
    ]
    return resolved, speakers


def _entity(register: Register, text: str, mention: Span, inside: Entity | None) -> Entity | None:
    phrase = " ".join(text[mention.start : mention.end].split())
    lowered = phrase.lower()
    if lowered in _FIRST:
        return inside
    label = _LABEL_NOTE.fullmatch(phrase)
    if label is not None:
        return _labelled(register, text, mention, label, inside)
    if phrase in ("Q", "A") and text[mention.end : mention.end + 1] == ":":
        return register.interview(phrase, mention.start)
    if lowered == "the speaker":
        return register.described(phrase, mention.start)
    if lowered in _MALE or lowered in _FEMALE or lowered in _PLURAL or lowered == "it":
        return register.pronoun(lowered, mention.start, inside)
    first = lowered.split()[0]
    if first in register.lexicon.determiners and not (first == "the" and phrase.split()[-1][0].isupper()):
        return register.described(phrase, mention.start)
    if first in register.lexicon.pronouns and " " not in lowered:
        return register.described(phrase, mention.start) if first not in ("who", "you") else None
    name = split_name(text, mention.start, mention.end, register.lexicon)
    if name is None or not any(word[0].isupper() or word[0] == "@" for word in name.words[-1:]):
        return register.described(phrase, mention.start)
    entity = register.person(name, mention.start)
    if entity.role is None and name.role and name.title not in ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof"):
        entity.role = name.role
    male, female = _gender_words()
    if name.title in male:
        entity.gender = "m"
    elif name.title in female:
        entity.gender = "f"
    return entity


def _labelled(register: Register, text: str, mention: Span, label: re.Match[str], inside: Entity | None) -> Entity | None:
    """The speaker of "Bronwen Hale (Cardon East)" and of "The Minister for Transport (Gareth Stroud)"."""
    outer = label[1]
    start = mention.start + text[mention.start : mention.end].index("(")
    if outer.split()[0].lower() in register.lexicon.determiners or outer.split()[0].lower() in register.lexicon.titles:
        entity = _entity(register, text, Span(start + 1, mention.end - 1), inside)
        if entity is not None and entity.role is None:
            entity.role = outer.split(" ", 1)[1] if outer.split()[0].lower() in ("the", "a") else outer
        return entity
    return _entity(register, text, Span(mention.start, mention.start + len(outer)), inside)


def _without_source(quotes: Sequence[Quote], speaker_of: dict[str, Entity | None]) -> None:
    """Speakers of quotations without any attribution: two who alternate in a dialogue."""
    recent: list[tuple[int, Entity | None]] = []
    for quote in quotes:
        if quote.parent is not None or quote.kind != "direct":
            continue
        start, end = quote.content[0].start, quote.content[-1].end
        if quote.source is None and not quote.cue and len(recent) >= 2:
            (last_end, last), (_, earlier) = recent[-1], recent[-2]
            if start - last_end < 120 and last is not None and earlier is not None and last is not earlier:
                speaker_of[quote.id] = earlier
        recent.append((end, speaker_of.get(quote.id)))


def _addressee(document: Document, quote: Quote, lexicon: Lexicon) -> Span | None:
    """The mention of the addressee right behind a cue that takes one ("told reporters")."""
    if not quote.cue:
        return None
    cue = quote.cue[-1]
    verb = lexicon.verbs.get(document[cue].lower())
    if verb is None or not verb.classes & {"tell", "ask", "urge"}:
        return None
    stop = min(len(document.text), cue.end + 160)
    line = document.text.find("\n\n", cue.end, stop)
    tokens = tokenise(document.text, cue.end, stop if line < 0 else line, [], lexicon)
    found = addressee_at(tokens, 0, len(tokens), lexicon) if len(tokens) else None
    if found is None:
        return None
    span = Span(tokens.starts[found[0]], tokens.ends[found[1] - 1])
    return (
        None
        if any(span.overlaps(part) for part in quote.content) or (quote.source is not None and span.overlaps(quote.source))
        else span
    )


def _add_names(register: Register, used: set[int]) -> None:
    """Every place where the text names one of the speakers is a mention."""
    text = register.text
    taken: dict[tuple[str, ...], Entity] = {}
    for entity in register.entities:
        if entity.serial not in used or entity.kind not in ("person", "organisation") or not entity.words[0][:1].isupper():
            continue
        taken.setdefault(tuple(word.lower() for word in entity.words), entity)
        if entity.kind == "person" and len(entity.words) > 1:
            taken.setdefault((entity.words[-1].lower(),), entity)
    occupied = sorted(span for entity in register.entities for span in entity.mentions)
    starts = [start for start, _ in occupied]
    lasts = {words[-1] for words in taken}
    for index, (start, end) in enumerate(register.runs):
        if _bare(text[start:end].rpartition(" ")[2]) not in lasts:
            continue
        name = register.name(index)
        found = None if name is None else taken.get(tuple(word.lower() for word in name.words))
        if name is None or found is None:
            continue
        # A source mention holds its name already; source mentions of one text do not overlap.
        at = bisect_left(starts, name.end) - 1
        if at < 0 or occupied[at][1] <= name.start:
            found.mentions.add((name.start, name.end))

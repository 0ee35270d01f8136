"""Reading names: what in a run of capitalised words is a title or role, what the name, and what it seems to name."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

import regex

from .knowledge import CIVIL, PARTICLES, REMEMBERED, SUFFIXES, Knowledge, knowledge

# Upper case of any script needs Unicode properties; possessive, so that it stays linear.
_RUN = regex.compile(
    r"(?<![\w@])\p{Lu}[\w’'-]*+\.?"
    r"(?:[ \t\u00a0]?\n?(?<=\s)(?:(?:van|von|der|den|de|del|della|di|da|du|la|le|bin|ibn|al|el|ter|of|for|and|the)[ ]){0,2}\p{Lu}[\w’'-]*+\.?)*+"
)
_PATIENCE: Final = 60.0
"""Seconds for one search of a whole text; over it, the component fails and the host leaves an issue."""
_LINE: Final = 45
"""A line shorter than this is a heading or the end of a paragraph."""
_WORD = re.compile(r"\S+")
_EDGE: Final = ",“”\"'‘’()[];:!?_*"
_MARKS: Final = ',“”"‘()[];:!?_*'
_INNER_CAPITAL = regex.compile(r"\p{Ll}\p{Lu}")
_SCOTTISH = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O['’])[A-Z]")
_ARTICLES: Final = frozenset(
    ["the", "a", "an", "our", "my", "his", "her", "its", "their", "your", "this", "that", "these", "those"]
)
_NOBLE: Final = frozenset(["king", "queen", "prince", "princess", "duke", "duchess", "earl", "count", "countess", "marquis", "marquess", "lord", "lady",
                           "baron", "baroness", "sultan", "emperor", "empress", "pope", "archbishop", "bishop", "knight"])  # fmt: skip
_LINKS: Final = frozenset(["of", "for", "the", "and"])
_MONTHS: Final = frozenset(["jan", "april", "june", "august"])
"""Months that are given names as well."""
_RANKS: Final = frozenset(["PC", "DC", "DS", "DI", "DCI", "DSI", "DCS", "ACC"])
"""Ranks of the police as they are written before a name; in small letters they are words or parts of names."""
ACRONYMS: Final = frozenset(["WHO", "US"])
"""Names that in small letters would be pronouns."""


class Name(NamedTuple):
    """A way of writing a name; ``start`` and ``end`` are offsets (code points) into the text that was read."""

    words: tuple[str, ...]
    """The name as written, without titles."""
    key: tuple[str, ...]
    """The same in lower case."""
    titles: tuple[str, ...]
    """Titles before it, lower case."""
    role: str
    """All that stands before the name and belongs to it ("Foreign Minister")."""
    kind: str | None
    """What the words themselves say: ``person``, ``organisation``, ``place``, ``office`` or nothing."""
    gender: str | None
    start: int
    end: int
    article: bool
    possessive: bool

    @property
    def text(self) -> str:
        """The words of the name, joined."""
        return " ".join(self.words)


def runs(text: str) -> list[tuple[int, int]]:
    """Where runs of capitalised words stand; a run goes over the end of a line only in wrapped text."""
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text, timeout=_PATIENCE):
        start, end = match.span()
        at = text.find("\n", start, end)
        while at >= 0:
            line = text.rfind("\n", max(0, at - _LINE), at)
            if line >= 0 or at < _LINE:
                found.append((start, at))
                start = at + 1
                while start < end and not text[start].isupper():
                    start += 1
            at = text.find("\n", at + 1, end)
        if start < end:
            found.append((start, end))
    return found


def bare(word: str) -> str:
    """A word without the punctuation around it and without a possessive ending."""
    word = word.lstrip(_EDGE).rstrip(_MARKS)
    if word[-2:] in ("'s", "’s"):
        word = word[:-2]
    elif word[-2:-1].lower() != "s":
        word = word.rstrip("'’")
    return word.rstrip(".") if word.count(".") < 2 else word


@functools.cache
def reader(language: str) -> NameReader:
    """The reader of names of a language."""
    return NameReader(knowledge(language))


class NameReader:
    """Reads names; what was read once is remembered by its wording, for later documents too."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._memory: dict[str, tuple[Name, ...]] = {}

    def read(self, surface: str) -> tuple[Name, ...]:
        """The names in a run of capitalised words: "Ada's Bob" and "Ada and Bob" hold two each."""
        found = self._memory.get(surface)
        if found is None:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            found = self._memory[surface] = tuple(self._read(surface))
        return found

    def _read(self, surface: str) -> list[Name]:
        pieces = [(m.start(), m.end(), bare(m.group())) for m in _WORD.finditer(surface)]
        pieces = [piece for piece in pieces if piece[2]]
        names: list[Name] = []
        for sentence in self._sentences(surface, pieces):
            for part, possessive in self._parts(surface, self._without_opening(sentence)):
                name = self._name(surface, part, possessive=possessive)
                if name is not None:
                    names.append(name)
        return names

    def _sentences(self, surface: str, pieces: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
        """Cut behind a full stop that ends a sentence and not an abbreviation ("Rodney. It")."""
        parts: list[list[tuple[int, int, str]]] = [[]]
        for start, end, word in pieces:
            if word == "I":
                parts.append([])
                continue
            parts[-1].append((start, end, word))
            if surface[end - 1] == "." and len(word) > 1 and "." not in word:
                lowered = word.lower()
                if lowered not in self._known.lexicon.abbreviations and (
                    lowered not in self._known.lexicon.titles or len(word) > 4
                ):
                    parts.append([])
        return [part for part in parts if part]

    def _without_opening(self, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Leave out what begins a sentence with a capital and is no name ("But Rutte", "Said Ada")."""
        known = self._known
        while len(pieces) > 1:
            word = pieces[0][2].lower()
            if word in _ARTICLES or (word in known.given and pieces[1][2][:1].isupper() and word not in known.closed):
                break
            opens = (word in known.closed or word in known.lexicon.verbs) and word not in known.lexicon.titles
            if not opens or pieces[0][2] in ACRONYMS:
                break
            if word in _MONTHS and pieces[1][2].lower() not in known.lexicon.titles:
                # "Jan Smit"
                break
            if (
                word in known.given
                and pieces[1][2].lower() not in known.given
                and pieces[1][2].lower() not in known.lexicon.titles
            ):
                break
            pieces = pieces[1:]
        return pieces

    def _parts(self, surface: str, pieces: list[tuple[int, int, str]]) -> list[tuple[list[tuple[int, int, str]], bool]]:
        """Cut behind possessives and at "and" between two names."""
        parts: list[tuple[list[tuple[int, int, str]], bool]] = []
        current: list[tuple[int, int, str]] = []
        count = len(pieces)
        for index, piece in enumerate(pieces):
            written = surface[piece[0] : piece[1]].rstrip(_EDGE.replace("’", "").replace("'", ""))
            if piece[2] in ("of", "for") and self._ends_name(current):
                parts.append((current, False))
                current = []
                continue
            if piece[2] == "and" and current:
                if not self._one_name_over_and(pieces, index):
                    parts.append((current, False))
                    current = []
                    continue
            current.append(piece)
            if written.endswith(("'s", "’s", "s'", "s’")) and index + 1 < count:
                rest = pieces[index + 1 :]
                titled = rest[0][2].lower() in self._known.lexicon.titles and len(rest) > 1
                named = any(w.lower() in self._known.organisation_names for _, _, w in rest[:3])
                if not titled and not named:
                    parts.append((current, True))
                    current = []
        if current:
            last = surface[current[-1][0] : current[-1][1]].rstrip(".,;:!?")
            parts.append((current, last.endswith(("'s", "’s"))))
        return parts

    def _ends_name(self, pieces: list[tuple[int, int, str]]) -> bool:
        """Whether "of" behind these words belongs to no name: "Peter Falkenrath of the Institute"."""
        known = self._known
        words = [word.lower().rstrip(".") for _, _, word in pieces]
        while words and words[0] in _ARTICLES:
            words = words[1:]
        if len(words) < 2 or words[-1] in known.lexicon.titles:
            return False
        return not any(word in known.organisation_names or word in known.place_names for word in words)

    def _one_name_over_and(self, pieces: list[tuple[int, int, str]], at: int) -> bool:
        """ "Department of Work and Pensions", "Johnson and Johnson" are one name."""
        words = [word.lower() for _, _, word in pieces]
        organisation = self._known.organisation_names
        return (
            any(word in organisation or word in ("of", "for") for word in words[:at])
            or any(word in organisation for word in words[at + 1 :])
        ) and not any(word in self._known.given for word in words)

    def _name(self, surface: str, pieces: list[tuple[int, int, str]], *, possessive: bool) -> Name | None:
        known = self._known
        article = False
        while pieces and pieces[0][2].lower() in _ARTICLES:
            article = True
            pieces = pieces[1:]
        while pieces and pieces[0][2].lower() in _LINKS:
            pieces = pieces[1:]
        while len(pieces) > 1 and pieces[-1][2].lower().rstrip(".") in SUFFIXES:
            pieces = pieces[:-1]
        if not pieces:
            return None
        if len(pieces) == 1 and pieces[0][2].lower() in known.closed and pieces[0][2].lower() not in known.given:
            if pieces[0][2] not in ACRONYMS:
                return None
        pieces = self._without_office(pieces)
        begin = self._where_name_begins(pieces)
        name = pieces[begin:]
        titles = tuple(w.lower().rstrip(".") for _, _, w in pieces[:begin])
        words = tuple(word for _, _, word in name)
        if words[-1][-1] in "'’" and len(words[-1]) > 1:
            words = (*words[:-1], words[-1][:-1])
        if not (words[0][0].isupper() or words[0][0] == "@" or words[0].lower() in PARTICLES):
            return None
        kind = self._kind(words, titles)
        key = tuple(word.lower() for word in words)
        gender = next((known.genders[t] for t in reversed(titles) if t in known.genders), None)
        if gender == "f" and len(key) > 1 and known.given.get(key[0]) == "m":
            # "Mrs. John Dashwood" has her husband's name.
            gender = None
        if kind == "office":
            gender = known.genders.get(key[0])
        elif gender is None and kind != "organisation" and not (titles and titles[-1] in ("mrs", "mme", "madame", "lady")):
            gender = known.given.get(key[0])
        role = ""
        if begin and not all(title in CIVIL for title in titles):
            role = self._role(surface, pieces[:begin])
        end = name[-1][1]
        # Punctuation that the run took in and a possessive ending are no part of the mention.
        written = surface[name[-1][0] : end]
        end = name[-1][0] + written.index(name[-1][2]) + len(name[-1][2]) if name[-1][2] in written else end
        return Name(words, key, titles, role, kind, gender, name[0][0], end, article, possessive)

    def _without_office(self, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """ "Norvane Systems" of "Chief Executive Officer of Norvane Systems"; "Duke of Wellington" is a name."""
        titles = self._known.lexicon.titles
        words = [word.lower().rstrip(".") for _, _, word in pieces]
        at = next((index for index, word in enumerate(words) if word in ("of", "for")), 0)
        if at == 0 or words[0] in _NOBLE or not all(word in titles for word in words[:at]):
            return pieces
        if self._where_name_begins(pieces) > 0:
            return pieces
        rest = pieces[at + 1 :]
        while rest and rest[0][2].lower() in _LINKS:
            rest = rest[1:]
        return rest or pieces

    def _role(self, surface: str, pieces: list[tuple[int, int, str]]) -> str:
        """What stands before a name, without what only addresses ("Mr.") or begins the sentence ("Following the")."""
        known = self._known
        first = 0
        for index, (_, _, word) in enumerate(pieces):
            lowered = word.lower()
            if (
                lowered in CIVIL
                or lowered in _ARTICLES
                or (index == 0 and lowered.endswith("ing") and lowered not in known.kinds)
            ):
                first = index + 1
        if first >= len(pieces):
            return ""
        return " ".join(surface[pieces[first][0] : pieces[-1][1]].split())

    def _where_name_begins(self, pieces: list[tuple[int, int, str]]) -> int:
        known = self._known
        titles = known.lexicon.titles
        words = [word.lower().rstrip(".") for _, _, word in pieces]
        if len(words) > 2 and (words[0] in known.places or words[1] in known.place_names) and words[0] not in known.given:
            at = 2 if words[1] in known.place_names else 1
            if len(words) - at >= 2 and not any(w in known.organisation_names or w in titles or w in _LINKS for w in words[at:]):
                return at
        last = 0 if pieces[0][2] in _RANKS and len(words) > 1 else -1
        for index in range(len(words) - 1):
            if words[index] in titles and (words[index] not in known.given or index):
                last = index
        if last < 0:
            # "Prosecutor Dan Webb"; without a given name "Baker" and "Hunter" are names as well.
            described = len(words) > 2 and words[0] in known.persons and words[0] not in known.given and words[1] in known.given
            return 1 if described else 0
        if all(word in titles for word in words[last:]):
            return 0
        if words[last + 1] in ("of", "for"):
            # "Secretary of State John Kerry"; "Duke of Wellington" is itself a name.
            for index in range(last + 3, len(words)):
                if words[index] in known.given:
                    return index
            rest = len(words) - last - 2
            if rest >= 3 and not any(w in known.organisation_names for w in words[last + 2 :]):
                return len(words) - 2
            return len(words) - 1 if rest == 2 and words[last + 2] in ("state", "defense", "defence") else 0
        if any(word in known.organisation_names for word in words[last + 1 :]) and words[last + 1] not in known.given:
            if words[last] not in CIVIL:
                return 0
        return last + 1

    def _kind(self, words: tuple[str, ...], titles: tuple[str, ...]) -> str | None:
        known = self._known
        lowered = [word.lower() for word in words]
        if words[0][0] == "@":
            return "person"
        if titles:
            return "person"
        if lowered[0].rstrip(".") in known.lexicon.titles and (
            len(words) == 1 or lowered[1] in ("of", "for") or all(word.rstrip(".") in known.lexicon.titles for word in lowered)
        ):
            return "office"
        if lowered[0] in known.given and len(words) <= 4 and not set(lowered) & {"of", "for"}:
            if len(words) == 1 or lowered[-1] not in known.organisation_names or len(words) > 2:
                return "person" if lowered[-1] not in known.organisation_names else "organisation"
            return "person"
        if any(word in known.organisation_names for word in lowered):
            return "organisation"
        if len(words) == 1 and words[0].isupper() and 1 < len(words[0].replace(".", "")) <= 6:
            return "organisation"
        if lowered[-1] in known.places or lowered[0] in known.places:
            return "place"
        if len(words) > 1 and (lowered[-1] in known.place_names or lowered[0] in known.place_names):
            return "place"
        if "of" in lowered or "for" in lowered:
            return "organisation"
        if len(words) == 1 and _INNER_CAPITAL.search(words[0]) and not _SCOTTISH.match(words[0]):
            return "organisation"
        return None

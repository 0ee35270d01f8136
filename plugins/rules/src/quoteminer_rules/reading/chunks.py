"""Phrases: a sentence as a row of chunks (noun phrases, verb groups, adverbials, conjunctions, punctuation, quotations), without a parser.

The patterns of a language are tried at each token in the order of its file, and the first that fits takes what it can: a cascade of finite-state
patterns (Abney 1996, Partial Parsing via Finite-State Cascades).
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..language import pack as packs
from ..language.classes import CUES, UNSPOKEN
from ..language.expressions import Condition, Element, atoms, firsts, parse, source
from ..language.letters import QUOTATION, Letters, atom_condition
from ..language.problems import PackError

KINDS: Final = {
    "pronoun": "a pronoun",
    "name": "a name, with the titles and roles before it",
    "noun_phrase": "any other noun phrase",
    "verb": "a finite verb group",
    "passive": "a finite verb group in the passive",
    "contraction": "a pronoun and its verb in one word, with what belongs to the verb",
    "infinitive": "an infinitive with its marker",
    "ing": "a present participle",
    "bracket": "the rest of a verb group at the end of its clause",
    "nonfinite": "an infinitive or participle with what belongs to it",
    "adverbial": "an adverb, or a phrase of time, place or manner",
    "preposition": "a preposition without its noun phrase",
    "complementiser": "a word that opens a clause of content",
    "question": "a word that opens a reported question",
    "relative": "a word that opens a clause on a noun",
    "subordinator": "a word that opens another clause",
    "coordinator": "and, or, but",
    "opener": "what opens a phrase that names a source",
    "so": "a word before a source that stands for a verb of saying",
    "quotation": "words in quotation marks",
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "stop": "what ends a sentence",
    "dash": "a dash",
    "condition": "a word that opens a condition before its clause: if it works, he said, …",
    "comment_opener": "a word that opens a comment on who says it: as she put it",
    "other": "anything else",
    "closer": "what closes a phrase that names a source",
    "own_phrase": "by their own account",
}
"""What a chunk can be, for any language."""
SIGNALS: Final = frozenset(
    [*CUES, "phrase_opener", "phrase_closer", "phrase_noun", "so", "cue_noun", "announcing_noun", "cue_adjective"]
)
"""Classes of words at which a report may be found."""
_SPOKEN: Final = "spoken"
_SIGNAL: Final = "signal"
_INITIAL: Final = "initial"
_NAME: Final = "Zz"
"""Spelt as a name that no list has."""
LETTER: Final = {kind: chr(0x61 + number) for number, kind in enumerate(KINDS)}
NAMES: Final = {letter: kind for kind, letter in LETTER.items()}
_SIGNS: Final = ("quotation", "comma", "semicolon", "colon", "stop", "dash")


class Pattern:
    """The expression of a kind of chunk, compiled when it is first tried: a short text needs few."""

    __slots__ = ("_source", "before", "begins", "compiled", "kind", "single", "tail")

    def __init__(
        self,
        kind: str,
        source: str,
        begins: frozenset[str],
        *,
        before: frozenset[str] | None = None,
        single: bool = False,
        tail: Pattern | None = None,
    ) -> None:
        self.kind: Final = kind
        """The letter of the kind."""
        self.begins: Final = begins
        """The letters with which it can begin."""
        self.before: Final = before
        """The letters behind one of which it must stand; ``None`` where it may stand behind any, or open a text."""
        self.single: Final = single
        """Whether any of the letters with which it can begin is all that it takes."""
        self.tail: Final = tail
        """What may follow any number of times, and belongs to the chunk."""
        self._source: Final = source
        self.compiled: re.Pattern[str] | None = None

    def ready(self) -> re.Pattern[str]:
        """The compiled expression."""
        self.compiled = compiled = re.compile(self._source, re.DOTALL)
        return compiled


class Chunker:
    """Parts the sentences of one language."""

    def __init__(self, folder: Path) -> None:
        file = packs.shared(folder, "patterns.toml")
        declared = packs.table(file)
        pack = packs.load(folder)
        defined = _defined(file, declared.get("classes", {}))
        patterns: dict[str, tuple[tuple[Element, ...], ...]] = {}
        for name, pattern in declared.get("patterns", {}).items():
            patterns[name] = _parsed(file, name, pattern, patterns)
        chunks: list[tuple[str, tuple[tuple[Element, ...], ...]]] = []
        for entry in declared.get("chunk", []):
            kind, pattern = entry.get("kind"), entry.get("pattern")
            if kind not in KINDS:
                raise PackError(file, 0, f"there is no chunk {kind!r}; there are {', '.join(KINDS)}")
            chunks.append((kind, _parsed(file, kind, pattern, patterns)))
        chunks += [(kind, ((Element("atom", kind, ""),),)) for kind in _SIGNS]
        defined[_SIGNAL] = tuple(Condition(frozenset([name]), frozenset()) for name in sorted(SIGNALS))
        defined[_SPOKEN] = tuple(
            Condition(frozenset([name]), frozenset()) for name in sorted(SIGNALS - UNSPOKEN - {"cue_adjective"})
        )
        defined.setdefault(_INITIAL, ())
        wanted = Counter([_SIGNAL, _SPOKEN, _INITIAL])
        for _, alternatives in chunks:
            wanted.update(atoms(alternatives))
        for atom in wanted.keys() - defined.keys():
            try:
                atom_condition(atom, defined)
            except ValueError as error:
                raise PackError(file, 0, str(error)) from error
        self.letters: Final = Letters(pack, wanted, defined)
        # Most patterns cannot begin at most tokens: only those that can are tried at one.
        self._starting: Final[dict[str, list[Pattern]]] = {}
        # Several kinds of chunks have the same tail, which is compiled once, and only when a text has it.
        tails: dict[Element, Pattern] = {}
        for kind, alternatives in chunks:
            beginnings, empty = firsts(alternatives, self.letters.of_atom)
            if empty:
                raise PackError(file, 0, f"the pattern of {kind!r} may take nothing")
            head, tail = self._parted(alternatives, tails)
            one = Pattern(
                LETTER[kind],
                source(head, self.letters.of_atom),
                frozenset(beginnings),
                before=self._before(alternatives),
                single=[element._replace(name="") for row in alternatives for element in row] == [Element("atom", "", "")],
                tail=tail,
            )
            for letter in beginnings:
                self._starting.setdefault(letter, []).append(one)

        self.signals: Final = frozenset(self.letters.of_atom(_SIGNAL))
        """Letters of tokens at which a report may be found."""
        self.spoken: Final = frozenset(self.letters.of_atom(_SPOKEN))
        """Of those, the letters of tokens that may report speech though no words stand in marks."""
        self._initial: Final = frozenset(self.letters.of_atom(_INITIAL))
        self._acronyms: Final = frozenset(word for word, names in pack.capitals.items() if "acronym" in names)

    def _before(self, alternatives: tuple[tuple[Element, ...], ...]) -> frozenset[str] | None:
        """The letters behind one of which a pattern must stand, by what it looks back at first; ``None`` where it may stand anywhere."""
        if any(row[0].what != "behind" for row in alternatives):
            return None
        looked = (one[0].name for row in alternatives for one in row[0].alternatives)
        return frozenset(letter for atom in looked for letter in self.letters.of_atom(atom))

    def _parted(
        self, alternatives: tuple[tuple[Element, ...], ...], tails: dict[Element, Pattern]
    ) -> tuple[tuple[tuple[Element, ...], ...], Pattern | None]:
        """A pattern without the group at its end that may come any number of times, and that group: nothing that is taken is given back, so it can be tried by itself."""
        *others, row = alternatives
        if others or len(row) < 2 or row[-1].what != "group" or row[-1].often != "*":
            return alternatives, None
        group = row[-1]
        if group not in tails:
            beginnings, empty = firsts(group.alternatives, self.letters.of_atom)
            if empty or "" in beginnings:
                return alternatives, None
            tails[group] = Pattern("", source(group.alternatives, self.letters.of_atom), frozenset(beginnings))
        return (row[:-1],), tails[group]

    def spell(self, raw: list[str], sentences: list[tuple[int, int]], names: list[int]) -> str:
        """The letters of tokens; those of ``names`` are read as names whatever else they may be, what begins a sentence with a capital, or stands in capitals among capitals, is read without it where it may be."""
        letters = list(map(self.letters.__getitem__, raw))
        for first, stop in sentences:
            while first < stop and not raw[first][0].isalnum() and raw[first][0] != QUOTATION:
                first += 1
            if all(one.isupper() for one in raw[first:stop] if one[0].isalpha()):
                letters[first:stop] = [self.letters[one.lower()] for one in raw[first:stop]]
            elif first < stop and raw[first][0].isupper() and raw[first] not in self._acronyms:
                lower = self.letters[raw[first].lower()]
                if lower in self._initial:
                    letters[first] = lower
        for i in names:
            owned = raw[i][-2:] in ("'s", "’s")
            letters[i] = self.letters[_NAME + raw[i][-2:] if owned else _NAME]
        return "".join(letters)

    def part(self, letters: str, first: int, stop: int) -> tuple[str, list[int]]:
        """The kinds of the chunks of a sentence, a letter each, and where each begins; one more entry says where the last ends.

        ``letters`` are those of all tokens of the passage.
        """
        shape: list[str] = []
        starts: list[int] = []
        at = first
        while at < stop:
            starts.append(at)
            for pattern in self._starting.get(letters[at], _NONE):
                # What can be told without trying the expression.
                if pattern.single:
                    shape.append(pattern.kind)
                    at += 1
                    break
                if pattern.before is not None and (not at or letters[at - 1] not in pattern.before):
                    continue
                match = (pattern.compiled or pattern.ready()).match(letters, at, stop)
                if match is not None:
                    shape.append(pattern.kind)
                    at = match.end()
                    tail = pattern.tail
                    while tail is not None and at < stop and letters[at] in tail.begins:
                        match = (tail.compiled or tail.ready()).match(letters, at, stop)
                        if match is None:
                            break
                        at = match.end()
                    break
            else:
                shape.append(_OTHER)
                at += 1
        starts.append(stop)
        return "".join(shape), starts


_OTHER: Final = LETTER["other"]
_NONE: Final[list[Pattern]] = []


def _parsed(
    file: Path, name: str, pattern: object, patterns: Mapping[str, tuple[tuple[Element, ...], ...]]
) -> tuple[tuple[Element, ...], ...]:
    if not isinstance(pattern, str):
        raise PackError(file, 0, f"the pattern of {name!r} is {pattern!r}, no text")
    try:
        return parse(pattern, patterns)
    except ValueError as error:
        raise PackError(file, 0, f"{name}: {error}") from error


def _defined(file: Path, declared: Mapping[str, Any]) -> dict[str, tuple[Condition, ...]]:
    """Classes that are defined by others; a definition may use those before it."""
    defined: dict[str, tuple[Condition, ...]] = {}
    for name, alternatives in declared.items():
        try:
            defined[name] = tuple(atom_condition(atom, defined) for atom in alternatives)
        except (ValueError, TypeError) as error:
            raise PackError(file, 0, f"{name}: {error}") from error
    return defined


@functools.cache
def chunker(folder: Path) -> Chunker:
    """The chunker of a pack, made once."""
    return Chunker(folder)

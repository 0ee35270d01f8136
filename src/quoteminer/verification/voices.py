"""Who says what stands at a place of a source, and whether that is whom the article names."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import attrs

from ..annotations import Issue, Speaker
from ..document import Document
from ..extraction import Extraction
from ..spans import Span
from .lexicon import Lexicon, plain

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LINE_LABEL: Final = re.compile(r"(?:^|\n)[ \t]*([^\W\d_][^\n:]{0,60}):(?=\s)")
_LABEL_BEFORE: Final = re.compile(r"(?<![^\W_])([^\W\d_][^\n:.!?]{0,120}):\s{0,3}[\"“„«]?\s{0,3}\Z")
_LONGEST_LABEL: Final = 60
#: So far before the words the label of their turn may stand.
_LONGEST_TURN: Final = 5_000
_MOST_INITIALS: Final = 3
#: Letters of words that may end otherwise in another case.
_LONG_WORD: Final = 6
#: So often a word is looked at that may be a name.
_MOST_CALLS: Final = 20
#: Share of a stretch that must lie in a quotation of the source for its speaker to have said it.
_MOST: Final = 0.5


@attrs.frozen
class Person:
    """Somebody by all that a text calls them.

    Attributes:
        name: as it is shown.
        names: the words of each name, without titles and articles, in small letters.
        role: the words of what they are, and of titles before their name.
        given: which of the words of the names are given names that are known as such.
        identifiers: ids elsewhere, by scheme.
        kind: as of a :class:`quoteminer.Speaker`.
    """

    name: str
    names: tuple[tuple[str, ...], ...]
    role: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    identifiers: tuple[tuple[str, str], ...] = ()
    kind: str = "unknown"

    @property
    def named(self) -> bool:
        """Whether a name of their own is known, and not only what they are."""
        return bool(self.names)

    @property
    def words(self) -> frozenset[str]:
        """All words that tell who it is."""
        return self.role.union(*self.names)


def person_of(speaker: Speaker, document: Document, lexicon: Lexicon) -> Person:
    """The speaker of a document by name, mentions and role."""
    calls = [speaker.name, *(document[span] for span in speaker.mentions[:50])]
    names: list[tuple[str, ...]] = []
    role = set(_words(speaker.role or "", lexicon, titles=True))
    for call in dict.fromkeys(calls):
        words, titles = _name(call, lexicon)
        role.update(titles)
        if len(words) == 1 and not titles and _is_description(call, document.text, lexicon):
            role.update(words)
            continue
        names += [one for one in _full_forms(words, lexicon) if one not in names]
    return Person(
        speaker.name,
        tuple(names),
        frozenset(role),
        _given(names, lexicon),
        tuple(sorted(speaker.identifiers.items())),
        speaker.kind,
    )


def _is_description(call: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a word with a capital letter mostly stands behind an article or before a name, and so tells what somebody is: "die Forscherin"."""
    word = call.split()[-1]
    found = behind = before = 0
    pattern = rf"(?:([^\W\d_]+)\s+)?(?<!\w){re.escape(word)}(?!\w)(\s+[^\W\d_])?"
    for match in itertools.islice(re.finditer(pattern, text), _MOST_CALLS):
        found += 1
        if (match[1] or "").casefold() in lexicon.articles:
            behind += 1
        elif (match[2] or "").strip().isupper():
            before += 1
    return bool(behind) and 2 * (behind + before) > found


def person_called(name: str, lexicon: Lexicon) -> Person:
    """Whoever a label or a line names."""
    words, titles = _name(name, lexicon)
    names = _full_forms(words, lexicon)
    return Person(name, names, frozenset(titles), _given(names, lexicon))


def _full_forms(words: tuple[str, ...], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """A name as it is, and with what its given name may be short for; none of no words."""
    if not words:
        return ()
    return (words, *((full, *words[1:]) for full in lexicon.short.get(words[0], ()) if len(words) > 1))


def _given(names: Iterable[Sequence[str]], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for name in names for word in name[:-1] if word in lexicon.given)


def _name(call: str, lexicon: Lexicon) -> tuple[tuple[str, ...], set[str]]:
    """The words of a name, and the words before it that tell what somebody is; no name is what has no capital letter, or one letter or number."""
    found = [(word, word.casefold().replace("’", "'").removesuffix("'s")) for word in _WORD.findall(call)]
    titles = {key for _, key in found if key in lexicon.titles}
    names = [
        (raw, key)
        for raw, key in found
        if key not in lexicon.titles and key not in lexicon.articles and key not in lexicon.function
    ]
    if not any(raw[:1].isupper() and len(key) > 1 for raw, key in names) or any(key.isdigit() for _, key in names):
        return (), titles | {key for raw, key in names if not raw[:1].isupper() and not key.isdigit()}
    if not titles and all(key in lexicon.people for _, key in names):
        # A label such as WITNESS or MAYOR.
        return (), {key for _, key in names}
    while len(names) > 1 and names[0][1] in lexicon.people and names[0][1] not in lexicon.given:
        # "WITNESS NASH"
        titles.add(names.pop(0)[1])
    return tuple(key for _, key in names), titles


def _words(text: str, lexicon: Lexicon, *, titles: bool) -> Iterator[str]:
    for word in _WORD.findall(text):
        key = plain(word)
        if key not in lexicon.function and (titles or key not in lexicon.titles):
            yield key


def same(one: Person, two: Person) -> bool | None:
    """Whether two are one person as far as their names tell; ``None`` where they do not tell."""
    here, there = dict(one.identifiers), dict(two.identifiers)
    shared = here.keys() & there.keys()
    if shared:
        return any(here[scheme] == there[scheme] for scheme in shared)
    names = [_same_name(left, right, one.given | two.given) for left in one.names for right in two.names]
    if True in names:
        return True
    for label, other in ((one, two), (two, one)):
        if _are_initials(label.name):
            # "DW" may stand for Darcy Whelbourne, and for many others.
            return True if any(_begins(name, label.name) for name in other.names) else None
    for known, other in ((one, two), (two, one)):
        if any(set(name) <= other.role for name in known.names):
            # A label such as MAYOR or SPEAKER looks like a name, and a name may look like what somebody is.
            return True
    for known, other in ((one, two), (two, one)):
        if not known.named:
            # Only what somebody is is known: it tells where the other is said to be that.
            return True if known.role and all(any(_alike(word, one) for one in other.role) for word in known.role) else None
    if "organisation" in (one.kind, two.kind) and one.kind != two.kind:
        return None
    return None if None in names else False


def _alike(one: str, two: str) -> bool:
    """Whether two words for what somebody is are one, maybe in another case: "Angeklagter" and "der Angeklagte"."""
    return one == two or (min(len(one), len(two)) >= _LONG_WORD and (one[:-1] == two or two[:-1] == one))


def _are_initials(name: str) -> bool:
    """Whether a label is made of the first letters of a name, as far as it looks."""
    return 1 < len(name) <= _MOST_INITIALS and name.isalpha() and name.isupper()


def _begins(name: Sequence[str], initials: str) -> bool:
    return len(name) > 1 and "".join(word[0] for word in name) == initials.casefold()


def _same_name(one: Sequence[str], two: Sequence[str], given: frozenset[str]) -> bool | None:
    """Whether two names may be of one person; ``None`` where one has before its last name what may be no given name."""
    shorter, longer = sorted((one, two), key=len)
    if set(shorter) <= set(longer):
        return True
    if shorter[-1] != longer[-1]:
        # Of two surnames the first may stand alone: "Manuel Egea" and "EGEA PONS".
        double = {one[-1]} & {two[0]} | {two[-1]} & {one[0]}
        return None if double - given else False
    # Given names agree where one is the initial of the other.
    if all(any(_agree(first, other) for other in longer[:-1]) for first in shorter[:-1]):
        return True
    return False if {*one[:1], *two[:1]} <= given else None


def _agree(one: str, two: str) -> bool:
    shorter, longer = sorted((one, two), key=len)
    return longer.startswith(shorter) and (len(shorter) == 1 or shorter == longer)


class Voices:
    """Who speaks in a source.

    What its file tells of turns is taken first; else the source is mined, once and only when something was found in it.

    Args:
        mine: mines a source.
        lexicon: of its language.
    """

    def __init__(
        self, document: Document, mine: Callable[[Document], Extraction], lexicon: Lexicon, extraction: Extraction | None
    ) -> None:
        self._document = document
        self._mine = mine
        self._lexicon = lexicon
        self._extraction = extraction
        self._people: dict[str, Person] = {}
        self._quoted: dict[tuple[int, int], Extraction] = {}
        self._everybody: list[Person] | None = None
        self._by_word: dict[str, list[Person]] | None = None
        self._starts: list[int] | None = None
        self._turns: list[tuple[int, int, str]] = []
        if document.origin is not None:
            self._turns = [
                (place.start, place.end, place.value)
                for place in document.origin.places
                if place.kind in ("turn", "mail", "thread") and place.value
            ]
        self._turn_starts = [turn[0] for turn in self._turns]

    @property
    def labelled(self) -> bool:
        """Whether the file tells who has which turn."""
        return bool(self._turns)

    @property
    def known(self) -> bool:
        """Whether it is known who speaks, without mining it first."""
        return self.labelled or self._extraction is not None

    def at(self, span: Span) -> list[Person]:
        """Who says what stands there, the innermost voice first; nobody where it is the document's own voice, or not known."""
        found = []
        turn = self._turn_at(span)
        if turn is not None:
            found.append(person_called(turn[2], self._lexicon))
        if self._extraction is not None or not self._turns:
            found = [*self._saying(span, self.extraction()), *found]
        if not found:
            author = self._document.metadata.get("speaker")
            if isinstance(author, str) and author:
                found.append(person_called(author, self._lexicon))
        return found

    def announced(self, span: Span) -> list[Person]:
        """Whom the text of the source names right before the words, or at the beginning of the paragraph, as in "ADA BROCK: …".

        It may be something else than a name; so it can confirm a name, but not refute it.
        """
        text = self._document.text
        begin = max(text.rfind("\n\n", 0, span.start) + 1, span.start - _LONGEST_TURN)
        labels = [match[1] for match in _LINE_LABEL.finditer(text, begin, span.start + 1)][-1:]
        labels += [match[1] for match in _LABEL_BEFORE.finditer(text, max(0, span.start - _LONGEST_LABEL), span.start)]
        return [person_called(label.strip(), self._lexicon) for label in labels]

    def mined_at(self, span: Span) -> list[Person]:
        """As :meth:`at`, with the quotations inside turns as well; of a source with turns only the turn is mined."""
        turn = self._turn_at(span)
        if turn is None or self._extraction is not None:
            self.extraction()
            return self.at(span)
        start, end, label = turn
        if (start, end) not in self._quoted:
            document = attrs.evolve(self._document, text=self._document.text[start:end], origin=None)
            self._quoted[start, end] = self._mine(document)
        extraction = self._quoted[start, end]
        inside = Span(max(span.start, start) - start, min(span.end, end) - start)
        return [*self._saying(inside, extraction), person_called(label, self._lexicon)]

    def extraction(self) -> Extraction:
        """The source with what is quoted in it."""
        if self._extraction is None:
            self._extraction = self._mine(self._document)
        return self._extraction

    def issues(self) -> tuple[Issue, ...]:
        """What went wrong in mining it."""
        return () if self._extraction is None else self._extraction.issues

    def speaks(self, person: Person) -> bool | None:
        """Whether somebody speaks in the source; ``None`` where nobody in it is known to speak, or it cannot be told."""
        people = self.people()
        if not people:
            return None
        if self._by_word is None:
            self._by_word = {}
            for other in people:
                for word in other.words:
                    self._by_word.setdefault(word, []).append(other)
        # Who shares no word with them is somebody else, unless a name of one of them is not known.
        near = [other for word in person.words for other in self._by_word.get(word, ())]
        answers = [same(person, other) for other in near]
        if True in answers:
            return True
        untold = None in answers or person.kind == "organisation" or not all(other.named for other in people)
        return None if untold else False

    def people(self) -> list[Person]:
        """All who are known to speak in it."""
        if self._everybody is None:
            self._everybody = list(self._speaking())
        return self._everybody

    def _speaking(self) -> Iterator[Person]:
        if self._turns:
            for label in dict.fromkeys(turn[2] for turn in self._turns):
                yield person_called(label, self._lexicon)
            return
        extraction = self.extraction()
        # Where there are turns, whoever has none is talked about.
        turns = {quote.speaker for quote in extraction.quotes if quote.layout == "turn"}
        quoted = turns or {quote.speaker for quote in extraction.quotes}
        for speaker in extraction.speakers:
            if speaker.id in quoted:
                yield self._person(speaker)

    def turns_of(self, person: Person) -> list[tuple[Span, Span]]:
        """Where somebody speaks, as far as that is known: each turn from the beginning of the question before it, and by itself.

        Whoever speaks nowhere by name may be one whose name the source does not tell: "THE WITNESS".
        """
        if self._turns:
            answers = {label: same(person, person_called(label, self._lexicon)) for _, _, label in self._turns}
            rows = sorted((start, end, answers[label]) for start, end, label in self._turns)
        else:
            extraction = self.extraction()
            heard = {one.id: same(person, self._person(one)) for one in extraction.speakers}
            quotes = [quote for quote in extraction.quotes if quote.layout == "turn"] or extraction.quotes
            rows = sorted(
                (span.start, span.end, False if quote.speaker is None else heard[quote.speaker])
                for quote in quotes
                for span in quote.content
            )
        wanted = True if any(answer for _, _, answer in rows) else None
        turns = [(start, end, answer is wanted) for start, end, answer in rows]
        text = self._document.text
        found: list[tuple[Span, Span]] = []
        asked = -1
        for start, end, own in turns:
            if own:
                found.append((Span(start if asked < 0 else asked, end), Span(start, end)))
                asked = -1
            else:
                asked = start if text[start:end].rstrip('"”’» ').endswith("?") else -1
        return found

    def _turn_at(self, span: Span) -> tuple[int, int, str] | None:
        at = bisect_right(self._turn_starts, span.start) - 1
        best, most = None, 0
        while 0 <= at < len(self._turns) and self._turns[at][0] < span.end:
            shared = min(self._turns[at][1], span.end) - max(self._turns[at][0], span.start)
            if shared > most:
                best, most = self._turns[at], shared
            at += 1
        return best

    def _saying(self, span: Span, extraction: Extraction) -> list[Person]:
        """Who says what stands there by what was mined, the innermost voice first."""
        found: list[tuple[int, str]] = []
        for quote in extraction.quotes:
            if quote.speaker is None or quote.span.start >= span.end or quote.span.end <= span.start:
                continue
            shared = sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in quote.content)
            if shared > _MOST * len(span):
                found.append((len(quote.span), quote.speaker))
        found.sort()
        speakers = {speaker.id: speaker for speaker in extraction.speakers}
        return [
            person_of(speakers[one], extraction.document, self._lexicon) for one in dict.fromkeys(speaker for _, speaker in found)
        ]

    def _person(self, speaker: Speaker) -> Person:
        if speaker.id not in self._people:
            self._people[speaker.id] = person_of(speaker, self.extraction().document, self._lexicon)
        return self._people[speaker.id]


def judge(wanted: Person | None, heard: Iterable[Person]) -> bool | None:
    """Whether one of those heard is the one who is named; ``None`` where that is not known."""
    if wanted is None:
        return None
    answers = [same(wanted, one) for one in heard]
    if True in answers:
        return True
    return False if answers and None not in answers else None

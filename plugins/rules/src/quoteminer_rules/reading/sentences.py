"""Sentences as rows of chunks, with what the order of chunks tells: who does what a verb says."""

from __future__ import annotations

from typing import Final

from ..language.morphology import by_ending
from .chunks import LETTER, NAMES
from .passages import Passage

Part = tuple[int, int]
"""Chunks of a sentence, the end exclusive."""


def _of(*kinds: str) -> frozenset[str]:
    return frozenset(LETTER[kind] for kind in kinds)


NOMINAL: Final = _of("pronoun", "name", "noun_phrase")
FINITE: Final = _of("verb", "passive")
_CLAUSAL: Final = FINITE | _of("contraction")
"""Chunks with a finite verb; a contraction holds its subject too."""
VERBAL: Final = FINITE | _of("infinitive", "ing")
_PERSONAL: Final = _of("pronoun", "name")
_VERB: Final = LETTER["verb"]
_BETWEEN: Final = _of("adverbial", "other")
_COMMA: Final = LETTER["comma"]
_COMPLEMENTISER: Final = LETTER["complementiser"]
_SEMICOLON: Final = LETTER["semicolon"]
_NAME: Final = LETTER["name"]
_NOUN_PHRASE: Final = LETTER["noun_phrase"]
_PRONOUN: Final = LETTER["pronoun"]
_INSERTS: Final = _of("comma", "dash")
_RELATIVE: Final = LETTER["relative"]
_COORDINATOR: Final = LETTER["coordinator"]
_ING: Final = LETTER["ing"]
_NONFINITE: Final = LETTER["nonfinite"]
_INFINITIVE: Final = LETTER["infinitive"]
_CONTRACTION: Final = LETTER["contraction"]
_ADVERBIAL: Final = LETTER["adverbial"]
_SUBORDINATOR: Final = LETTER["subordinator"]
_CUT: Final = _of("stop", "semicolon", "colon")
_STANDING_ALONE: Final = frozenset(["pronoun", "article", "relative_subject"])
_TEXTS: Final = frozenset(["announcing_noun", "statement_noun"])
"""Classes of nouns for what is said or written."""
_RELATING: Final = _of("relative", "complementiser")
_CLAUSE_VERBS: Final = frozenset(["say", "tell", "think", "show", "court", "ask"])
"""Classes of verbs that may have a clause behind them without a word that opens it."""
_EMBEDDING: Final = VERBAL | _of("complementiser", "relative", "subordinator", "comment_opener", "condition", "question")
"""Behind these a clause lies inside another one."""
_OPENERS: Final = _EMBEDDING - VERBAL
_MARKING: Final = _of("comma", "dash", "quotation")
_OPENING: Final = _of("comma", "dash", "quotation", "complementiser", "subordinator")
"""Chunks behind which a clause may open with its subject."""
_ADVERBIAL_OPENING: Final = _of("subordinator", "comment_opener", "question")
_WORDED: Final = frozenset(["complementiser", "question", "relative", "subordinator", "coordinator", "preposition", "other"])
_OWNERS: Final = frozenset(["'s", "’s"])
_REACH: Final = 40
"""Chunks: no subject is looked for farther from its verb."""
_DEEPEST: Final = 8
"""Clauses inside each other that are looked through for a subject."""
_APPOSITION: Final = 12
"""Chunks of the longest apposition or relative clause between a subject and its verb."""


class Sentence:
    """One sentence of a passage; ``shape`` has a letter for the kind of each chunk, ``firsts`` the token at which each begins and one more."""

    __slots__ = ("_kinds", "_subjects", "_turned", "firsts", "passage", "shape")

    def __init__(self, passage: Passage, shape: str, firsts: list[int]) -> None:
        self.passage: Final = passage
        self.shape: Final = shape
        self.firsts: Final = firsts
        self._turned = ""
        self._kinds: list[str] = []
        self._subjects: dict[int, Part | None] = {}

    @property
    def turned(self) -> str:
        """The shape backwards, for patterns that are read to the left."""
        if not self._turned:
            self._turned = self.shape[::-1]
        return self._turned

    def kind(self, chunk: int) -> str:
        """The kind of a chunk, or its word in small letters where that is of a closed class; "owner" of what follows it, "edge" outside the sentence."""
        if not self._kinds:
            raw, firsts = self.passage.raw, self.firsts
            kinds = [NAMES[letter] for letter in self.shape]
            self._kinds = [
                raw[firsts[i]].lower() if kind in _WORDED else "owner" if raw[firsts[i + 1] - 1][-2:] in _OWNERS else kind
                for i, kind in enumerate(kinds)
            ]
        return self._kinds[chunk] if 0 <= chunk < len(self._kinds) else "edge"

    def tokens(self, part: Part) -> tuple[int, int]:
        """The tokens of some chunks."""
        return self.firsts[part[0]], self.firsts[part[1]]

    def signals(self, chunk: int) -> bool:
        """Whether a chunk holds a word that may report."""
        letters = self.passage.letters[self.firsts[chunk] : self.firsts[chunk + 1]]
        return not self.passage.signals.isdisjoint(letters)

    def subject(self, verb: int) -> Part | None:
        """Who does what the verb at a chunk says, or ``None`` where the sentence does not tell."""
        if verb not in self._subjects:
            self._subjects[verb] = None
            self._subjects[verb] = self._subject(verb)
        return self._subjects[verb]

    def relative(self, verb: int) -> Part | None:
        """The relative pronoun that is the subject of a verb in a clause put in behind a comma: "my mother, who told me"."""
        at = self._over_fillers(verb - 1)
        if at < 1 or self.shape[at] != _RELATIVE or self.shape[at - 1] != _COMMA:
            return None
        first, last = self.tokens((at, at + 1))
        # "a la que", "donde" are no subject.
        alone = last == first + 1 and not _STANDING_ALONE.isdisjoint(self.passage.pack.classes(self.passage.raw[first].lower()))
        return (at, at + 1) if alone else None

    def verb_before(self, chunk: int) -> int:
        """The last finite verb before a chunk, or the chunk itself where there is none."""
        found = self._finite_before(chunk)
        return chunk if found is None else found

    def _subject(self, verb: int) -> Part | None:
        kind = self.shape[verb]
        if kind == _CONTRACTION:
            return (verb, verb + 1)
        if kind in (_ING, _INFINITIVE):
            return self._controller(verb)
        at = self._over_fillers(verb - 1)
        if at < 0:
            return None
        if self._is_reduced(at):
            at -= 1
        if self.shape[at] == _NONFINITE and at and self.shape[self._over_fillers(at - 1)] in NOMINAL:
            # "mensajes difundidos en redes aseguran"
            at = self._over_fillers(at - 1)
        kind = self.shape[at]
        if kind in NOMINAL:
            return self._around(at) or self._joint(at)
        if kind == _RELATIVE or (kind == _COMPLEMENTISER and self._is_relative(at)):
            return self._antecedent(at)
        if kind in FINITE or kind == _INFINITIVE:
            return self._behind_relative(at)
        if kind == _COORDINATOR:
            return self._shared(at)
        if kind in _INSERTS:
            found = self._before_insertion(at)
            # "It was too high, said Ada": who stands behind the verb is its subject, but not in "said it was too high".
            turned = self.shape[verb + 1 : verb + 2] in NOMINAL and self.shape[verb + 2 : verb + 3] not in FINITE
            return found if found is not None or turned else self._named_between(at) or self._shared(at)
        if kind == _SEMICOLON and self._dropped():
            return self._shared(at)
        return None

    def _dropped(self) -> bool:
        """Whether the language mostly leaves out a pronoun that is the subject."""
        return self.passage.pack.features["dropped_subjects"]

    def _around(self, at: int) -> Part | None:
        """Whose relative clause ends at the phrase before a verb: "a fellow who services them told", "a post shared by many says"."""
        shape = self.shape
        verb = self._over_fillers(at - 1)
        if verb > 1 and shape[verb] in NOMINAL and shape[verb - 1] in FINITE and shape[verb - 2] == _RELATIVE:
            # "a man who calls himself Viorel says"
            verb -= 1
        if verb < 1 or shape[verb] not in FINITE or self._reports_clause(verb):
            return None
        if shape[verb - 1] == _RELATIVE:
            return self._antecedent(verb - 1)
        if self.signals(verb):
            return None
        reduced = (
            shape[verb - 1] in NOMINAL
            and self.firsts[verb + 1] - self.firsts[verb] == 1
            # "When it stopped Ada told": a clause of its own.
            and shape[verb - 2 : verb - 1] not in _ADVERBIAL_OPENING
        )
        return (verb - 1, verb) if reduced else None

    def _behind_relative(self, at: int) -> Part | None:
        """Whose relative clause ends at the verb before another: "a man who was in the room said", "one who asked to stay said", "the man she called said"."""
        shape = self.shape
        if shape[at] == _INFINITIVE:
            at = self._over_fillers(at - 1)
        if at < 1 or shape[at] not in FINITE:
            return None
        if self._is_contact(at):
            return (at - 2, at - 1)
        if at > 2 and shape[at - 1] in NOMINAL and shape[at - 2] in _RELATING and shape[at - 3] == _NOUN_PHRASE:
            # "a study that the council paid for found"
            return None if self._reports_clause(at) else (at - 3, at - 2)
        return self._antecedent(at - 1) if shape[at - 1] == _RELATIVE else None

    def _is_contact(self, verb: int) -> bool:
        """Whether a verb ends a clause on a noun that nothing but its subject opens: "the man she called"."""
        return (
            verb > 1
            and self.shape[verb - 2] == _NOUN_PHRASE
            and (self.shape[verb - 1] == _PRONOUN or (self.shape[verb - 1] in NOMINAL and not self.signals(verb)))
        )

    def _reports_clause(self, verb: int) -> bool:
        """Whether a verb may have a clause behind it, so that what follows is its subject: "who said Ada told"; not "who gave her name told"."""
        verbs = self.passage.pack.verbs
        words = self.passage.raw[self.firsts[verb] : self.firsts[verb + 1]]
        return any(
            not reading.particle and not _CLAUSE_VERBS.isdisjoint(reading.classes) and "phrasal" not in reading.classes
            for word in words
            for reading in verbs.get(word.lower(), ())
        )

    def _is_reduced(self, verb: int) -> bool:
        """Whether a verb is a participle that tells of the phrase before it: "a report published on Monday said", "those surveyed say"."""
        if not verb or self.shape[verb] != _VERB or self.shape[verb - 1] not in NOMINAL or self._is_contact(verb):
            return False
        if verb > 1 and self.shape[verb - 2] in _RELATING:
            return False
        first, last = self.tokens((verb, verb + 1))
        raw, pack = self.passage.raw, self.passage.pack
        # "carried out" is one verb.
        if last > first + 2 or (last == first + 2 and "particle" not in pack.classes(raw[first + 1].lower())):
            return False
        word = raw[first].lower()
        return "participle" in (pack.classes(word) or by_ending(word, pack.endings))

    def _joint(self, at: int) -> Part:
        """The phrase before a verb, with the one that is joined to it where both open a clause: "Ada and Bob argued"."""
        shape = self.shape
        joined = at > 1 and shape[at - 1] == _COORDINATOR and shape[at - 2] in NOMINAL
        return (at - 2, at + 1) if joined and (at == 2 or shape[at - 3] in _OPENING) else (at, at + 1)

    def bearer(self, part: Part) -> Part:
        """Whom a phrase is about that something may be put in behind: "Ada, who leads the firm,"; the name of whom it only describes: "the judge, Fiachra Tolland,"."""
        first, last = part
        shape = self.shape
        end = next((i for i in range(first, last) if shape[i] in _INSERTS or shape[i] == _RELATIVE), last)
        inner = end + 1
        if inner < last and self._names(inner, end - 1):
            return (inner, inner + 1)
        while end > first + 1 and shape[end - 1] not in NOMINAL:
            end -= 1
        return (first, end)

    def _shared(self, at: int) -> Part | None:
        """The subject of the verb before a chunk that a further verb shares; not that of a clause inside it ("said that it failed, and asked")."""
        earlier = self._finite_before(at)
        found: Part | None = None
        nearest: Part | None = None
        while earlier is not None:
            found = self.subject(earlier)
            if found is None and earlier and self.shape[earlier - 1] == _COMMA:
                # One of several that share theirs: "stood up, thanked them and said"
                earlier = self._finite_before(earlier)
                continue
            if found is None and earlier and self.shape[earlier - 1] in _EMBEDDING and self._dropped():
                # A clause inside that does not say its subject.
                earlier = self._finite_before(earlier - 1)
                continue
            if found is None:
                found = self._turned_to(earlier)
                if found is not None or self._dropped():
                    return found
                # What is read as a verb here may be none, or its clause lies inside another: "that rules were broken, but said".
                earlier = self._finite_before(earlier)
                continue
            if not self._is_inside(found[0]):
                return found
            nearest = nearest or found
            earlier = self._finite_before(found[0])
        return nearest

    def _is_inside(self, first: int) -> bool:
        """Whether the clause that a chunk opens lies inside another one."""
        before = self._over_fillers(first - 1)
        if before < 0:
            return False
        if self.shape[before] in _OPENERS:
            # "that such a paper exists"
            return True
        # "said the bill …", "said on Thursday the bill …"
        return self.shape[first - 1] in _EMBEDDING or (self.shape[before] in FINITE and self._reports_clause(before))

    def _turned_to(self, verb: int) -> Part | None:
        """Who stands behind a verb that something else precedes: "Neulich rief Ada an und sagte …"."""
        first, next_one = self._over_fillers(verb - 1), verb + 1
        if self.shape[next_one : next_one + 1] not in NOMINAL:
            return None
        # Where a subject may be left out, only one behind its words is sure: "«No», dijo Ada, y pidió".
        quoting = first == verb - 1 and first >= 0 and self.shape[first] in _MARKING and self.signals(verb)
        if not quoting if self._dropped() else first == verb - 1:
            return None
        oblique = "oblique" in self.passage.pack.classes(self.passage.raw[self.firsts[next_one]].lower())
        return None if oblique else (next_one, next_one + 1)

    def _over_fillers(self, at: int) -> int:
        shape = self.shape
        while at >= 0 and shape[at] in _BETWEEN:
            at -= 1
        return at

    def _antecedent(self, relative: int) -> Part | None:
        at = relative - 1
        if at >= 0 and self.shape[at] == _COMMA:
            at -= 1
        at = self._over_fillers(at)
        return (at, at + 1) if at >= 0 and self.shape[at] in NOMINAL else None

    def _is_relative(self, at: int) -> bool:
        """Whether a word that may open a clause of content as well as a relative one has whom to relate to: "la directora, que niega que …"."""
        word = self.passage.raw[self.firsts[at]].lower()
        return "relative" in self.passage.pack.classes(word) and self._antecedent(at) is not None

    def _finite_before(self, at: int) -> int | None:
        """The finite verb before a chunk in the same clause chain."""
        shape = self.shape
        for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if shape[i] in _CLAUSAL:
                return i
            if shape[i] in _CUT:
                return None
        return None

    def _before_insertion(self, comma: int) -> Part | None:
        """The subject before an apposition, relative clause or adverbial between commas that ends at ``comma``."""
        shape = self.shape
        found: Part | None = None
        end = comma
        for i in range(comma - 1, max(-1, comma - 1 - _APPOSITION), -1):
            if shape[i] in _CUT:
                break
            if shape[i] not in _INSERTS:
                continue
            at = self._over_fillers(i - 1)
            if at > 1 and shape[at] == _VERB and shape[at - 1] == _COMMA and shape[at - 2] in NOMINAL:
                # A list in it: "The survey, carried out in Spain, Portugal and the UK, suggests"
                continue
            if at < 0 or shape[at] not in NOMINAL:
                break
            inner = self._over_fillers(end - 1)
            if inner == i + 1 and self._names(inner, at):
                # "the judge, Fiachra Tolland, remarked"
                return (inner, inner + 1)
            found = (at, at + 1)
            if at == 0 or shape[at - 1] not in _INSERTS:
                break
            # Perhaps an insertion itself: "Fenwick, of Canal Street, Stenwick, told"
            end = i
        return found

    def _named_between(self, comma: int) -> Part | None:
        """The whole name between two commas whose describing phrase is not known as one: "Counsel for the owner, Peter Dunne, argued"."""
        at = comma - 1
        whole = at > 0 and self.shape[at] == _NAME and self.firsts[at + 1] - self.firsts[at] > 1
        return (at, at + 1) if whole and self.shape[at - 1] == _COMMA else None

    def _names(self, chunk: int, described: int) -> bool:
        """Whether a phrase between commas names whom the one before it only describes; that may end with the name of an office or a firm."""
        if not self._is_named(chunk):
            return False
        if not self._is_named(described):
            return True
        determined = "determiner" in self.passage.pack.classes(self.passage.raw[self.firsts[described]].lower())
        return determined and self.shape[chunk] == _NAME and self.firsts[chunk + 1] - self.firsts[chunk] > 1

    def _is_named(self, chunk: int) -> bool:
        if (
            not chunk
            and self.firsts[1] == self.firsts[0] + 1
            and self.passage.raw[self.firsts[0]].lower() in self.passage.pack.verbs
        ):
            # "Counsel for the mill, Ada Byron": its capital is that of the sentence.
            return False
        return self.shape[chunk] == _NAME or (
            self.shape[chunk] == _NOUN_PHRASE and self.passage.raw[self.firsts[chunk + 1] - 1][0].isupper()
        )

    def _behind(self, verb: int) -> Part | None:
        """The subject behind a verb that nothing stands before in its clause: "“It works,” said Ada, adding …"."""
        shape = self.shape
        turned = verb + 1 < len(shape) and shape[verb + 1] in NOMINAL and (verb == 0 or shape[verb - 1] in _OPENING)
        return (verb + 1, verb + 2) if turned else None

    def _controller(self, verb: int) -> Part | None:
        """The subject of the verb above a participle or infinitive, else that of the clause behind it."""
        shape = self.shape
        left = self._over_fillers(verb - 1)
        if shape[verb] == _ING and verb and self._is_absolute(verb - 1):
            return (verb - 1, verb)
        if shape[verb] == _ING and left >= 0:
            if shape[left] == _SUBORDINATOR and left and shape[left - 1] in NOMINAL:
                # "quoted Ada as saying"
                return (left - 1, left)
            if shape[left] in NOMINAL and (
                left < 2 or shape[left - 1] not in VERBAL or (left == verb - 1 and self._tells(left, verb))
            ):
                return (left, left + 1)
        if shape[verb] == _INFINITIVE and left > 0 and shape[left] in _PERSONAL and shape[left - 1] in VERBAL:
            # "It led Ada to ask"
            return (left, left + 1)
        earlier = self._finite_before(verb)
        if earlier is not None:
            return self._above(earlier, apart=shape[verb] == _ING and left >= 0 and shape[left] in _MARKING)
        for i in range(verb + 1, min(len(shape), verb + _REACH)):
            if shape[i] in FINITE:
                return self.subject(i) if i > verb + 1 else None
        return None

    def _is_absolute(self, phrase: int) -> bool:
        """Whether a phrase behind a comma has a participle of its own: "…, with the mayor saying"."""
        if self.shape[phrase] != _ADVERBIAL or self.shape[phrase - 1 : phrase] not in ("", _COMMA):
            return False
        first, last = self.tokens((phrase, phrase + 1))
        pack, raw = self.passage.pack, self.passage.raw
        return last > first + 1 and "absolute_opener" in pack.classes(raw[first].lower())

    def _tells(self, phrase: int, verb: int) -> bool:
        """Whether it is an object that a participle is about, not who has it: "got a letter saying", "saw figures showing"."""
        pack, raw = self.passage.pack, self.passage.raw
        first, last = self.tokens((phrase, phrase + 1))
        if any(not _TEXTS.isdisjoint(pack.classes(word.lower())) for word in raw[first:last]):
            return True
        shows = any("show" in reading.classes for reading in pack.verbs.get(raw[self.firsts[verb + 1] - 1].lower(), ()))
        return shows and self.shape[phrase] == _NOUN_PHRASE

    def _is_reported(self, first: int) -> bool:
        """Whether a chunk opens a clause of content, behind a complementiser or right behind a verb that reports."""
        if not first:
            return False
        before = self.shape[first - 1]
        return before == _COMPLEMENTISER or (before in FINITE and self.signals(first - 1))

    def _above(self, earlier: int | None, *, apart: bool) -> Part | None:
        """The subject of a verb or of one above it; ``apart`` from one that is reported: "Ada confirmed that talks were held, adding", "Ada said talks were held, adding"."""
        nearest: Part | None = None
        for _ in range(_DEEPEST):
            if earlier is None:
                break
            found = self.subject(earlier) or self._behind(earlier)
            if found is not None and not (apart and self._is_reported(found[0])):
                return found
            nearest = nearest or found
            earlier = self._finite_before(earlier if found is None else found[0])
        return nearest

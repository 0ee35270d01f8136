"""Candidates: every construction that fits round a cue, with what it binds as tokens of its passage."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..language.classes import SPOKEN, UNSPOKEN
from ..language.pack import Pack, Reading
from ..reading import subjects
from ..reading.chunks import LETTER, Chunker
from ..reading.passages import Passage
from ..reading.sentences import NOMINAL, VERBAL, Sentence
from .agreement import body, subject
from .constructions import Construction, Constructions, Match, Part

_BRACKET: Final = LETTER["bracket"]
_NOUN_PHRASE: Final = LETTER["noun_phrase"]
_COLON: Final = LETTER["colon"]
_NOMINAL_CUES: Final = (
    ("cue_noun", frozenset(["noun"])),
    ("statement_noun", frozenset(["statement_noun"])),
    ("cue_adjective", frozenset(["adjective"])),
)
_ANNOUNCING: Final = frozenset(["announcing_noun"])
_PASSIVE: Final = LETTER["passive"]
_QUOTATION: Final = LETTER["quotation"]
_VERB: Final = LETTER["verb"]
_HEARING: Final = frozenset(["court"])
_ADVERBIAL: Final = LETTER["adverbial"]
_CONTRACTION: Final = LETTER["contraction"]
_INFINITIVE: Final = LETTER["infinitive"]
_ING: Final = LETTER["ing"]
_SUBORDINATOR: Final = LETTER["subordinator"]
_PRONOUN: Final = LETTER["pronoun"]
_CLOSING: Final = frozenset(["", LETTER["stop"]])
_VERBS: Final = VERBAL | {_CONTRACTION}
_WORDED: Final = VERBAL | {LETTER["noun_phrase"]}
"""Chunks that hold a cue only if one of their words is one."""
_AGREEING: Final = frozenset([_VERB, _BRACKET])
"""Chunks whose verbs agree with a subject in their clause."""
_CUES: Final = _VERBS | {
    LETTER[kind] for kind in ("opener", "closer", "own_phrase", "so", "colon", "dash", "noun_phrase", "bracket")
}

Range = tuple[int, int]
"""Tokens of a passage, the end exclusive."""


class Candidate:
    """A possible report; ranges are tokens of its passage."""

    __slots__ = (
        "addressee", "as_said", "at", "by", "classes", "confidence", "construction", "content", "cue", "last", "lemma", "parts", "reports",
        "sentence", "source",
    )  # fmt: skip

    def __init__(
        self,
        match: Match,
        cue: Cue,
        sentence: Sentence,
        at: int,
        source: Range | None = None,
        addressee: Part | None = None,
        by: Part | None = None,
    ) -> None:
        self.construction: Final = match.construction
        self.confidence: Final = match.confidence
        self.reports: Final = match.reports
        self.as_said: Final = match.as_said
        self.lemma: Final = cue.reading.lemma
        self.classes: Final = cue.reading.classes
        self.cue: Final = cue.tokens
        self.content: Final = _content(sentence, match, self.classes)
        self.source: Final = source
        self.addressee: Final[Range | None] = None if addressee is None else sentence.tokens(addressee)
        self.sentence: Final = sentence
        self.at: Final = at
        """The chunk of the cue."""
        self.parts: Final = match.content
        """The chunks of the content."""
        self.by: Final = by
        """The chunks of the source."""
        self.last: Final = match.last
        """The chunk behind all that the construction takes."""


class Cue(NamedTuple):
    """A word or words that report, and where they stand."""

    reading: Reading
    tokens: tuple[Range, ...]


def candidates(passage: Passage, pack: Pack, chunker: Chunker, known: Constructions, *, speech: bool = False) -> list[Candidate]:
    """The candidates of a passage in order of their cues; with ``speech`` without those that cannot be speech."""
    found: list[Candidate] = []
    letters = passage.letters
    only_speech = speech and not passage.quotations
    signals = chunker.spoken if only_speech else chunker.signals
    for first, stop in passage.sentences:
        if signals.isdisjoint(letters[first:stop]) and _SIGNS.isdisjoint(passage.raw[first:stop]):
            continue
        sentence = Sentence(passage, *passage.chunks(first, stop))
        found += _of_sentence(sentence, pack, known, speech=only_speech)
    return found


def _of_sentence(sentence: Sentence, pack: Pack, known: Constructions, *, speech: bool) -> list[Candidate]:
    found: list[Candidate] = []
    shape, firsts = sentence.shape, sentence.firsts
    letters, signals = sentence.passage.letters, sentence.passage.signals
    # Where verbs stand in brackets, what a clause is about stands in another chunk than its finite verb.
    worded = frozenset[str]() if pack.features["verb_bracket"] else _WORDED
    for at, kind in enumerate(shape):
        if kind not in _CUES or (kind in worded and signals.isdisjoint(letters[firsts[at] : firsts[at + 1]])):
            continue
        before, behind = shape[at - 1] if at else "", shape[at + 1 : at + 2]
        for cue in cues_at(sentence, pack, at):
            classes = cue.reading.classes
            if speech and classes.isdisjoint(SPOKEN) and not classes.isdisjoint(UNSPOKEN):
                continue
            for construction in known.fitting(classes, before, kind, behind):
                match = construction.match(shape, sentence.turned, at)
                if match is not None and match.content and _may_hold(sentence, pack, match, construction):
                    found.append(_candidate(sentence, pack, match, cue, at))
    return found


def _may_hold(sentence: Sentence, pack: Pack, match: Match, construction: Construction) -> bool:
    """Whether the content has the words that a construction asks for, and does not open with one that it rules out."""
    raw = sentence.passage.raw
    wanted, unwanted = construction.holds, construction.opens_without
    if unwanted and not unwanted.isdisjoint(pack.classes(raw[sentence.firsts[match.content[0][0]]].lower())):
        return False
    if _asks_for_silence(sentence, pack, match.content[0]):
        return False
    return not wanted or any(
        not wanted.isdisjoint(pack.classes(raw[i].lower())) or (raw[i][0].isdigit() and "digit" in wanted)
        for part in match.content
        for i in range(*sentence.tokens(part))
    )


def _asks_for_silence(sentence: Sentence, pack: Pack, content: Part) -> bool:
    """Whether all that is asked is not to be named: that is no content."""
    if sentence.shape[content[0]] != _INFINITIVE:
        return False
    first, last = sentence.tokens((content[0], content[0] + 1))
    words = [pack.classes(word.lower()) for word in sentence.passage.raw[first:last]]
    return "negation" in words[0] and "withheld" in words[-1] and any("be" in classes for classes in words[1:-1])


def cues_at(sentence: Sentence, pack: Pack, at: int) -> list[Cue]:
    """The verbs or other words of a chunk that report, and where they stand."""
    shape, firsts = sentence.shape, sentence.firsts
    raw = sentence.passage.raw
    if shape[at] == _NOUN_PHRASE:
        head = _head(sentence, pack, at)
        word = raw[head].lower()
        classes = pack.classes(word)
        found = [
            Cue(Reading(word, reported, frozenset(), ""), ((head, head + 1),))
            for name, reported in _NOMINAL_CUES
            if name in classes
        ]
        if "announcing_noun" in classes and _says_whose(sentence, pack, head, firsts[at], firsts[at + 1]):
            found.append(Cue(Reading(word, _ANNOUNCING, frozenset(), ""), ((head, head + 1),)))
        return found
    if shape[at] not in _VERBS and shape[at] != _BRACKET:
        word = " ".join(raw[firsts[at] : firsts[at + 1]]).lower()
        return [Cue(Reading(word, _KIND[shape[at]], frozenset(), ""), ((firsts[at], firsts[at + 1]),))]
    found = _verbs(sentence, pack, at, firsts[at], firsts[at + 1])
    # The finite verb may be an auxiliary; what the clause is about stands at its end.
    end = _bracket(shape, at) if pack.features["verb_bracket"] and shape[at] != _BRACKET else None
    return found if end is None else _verbs(sentence, pack, at, firsts[end], firsts[end + 1]) + found


def _says_whose(sentence: Sentence, pack: Pack, head: int, first: int, last: int) -> bool:
    """Whether a noun phrase tells whose what it names is: "a letter from the board", "the mayor's letter"; not of what it is a part: "a passage from the letter"."""
    raw = sentence.passage.raw
    if last > head + 1:
        return "announcing_noun" not in pack.classes(raw[last - 1].lower())
    return any(word[-2:] in ("'s", "’s") for word in raw[first:head])


def _verbs(sentence: Sentence, pack: Pack, at: int, first: int, last: int) -> list[Cue]:
    """The reporting verbs among some tokens of the group of verbs at a chunk, the last first, with their particles."""
    raw = sentence.passage.raw
    found: list[Cue] = []
    # What reports only as an infinitive does not as the same form of the present: "wollte wissen", "wir wissen".
    alone = first == sentence.firsts[at] and last == first + 1 and sentence.shape[at] == _VERB
    for i in range(last - 1, first - 1, -1):
        plain: list[Cue] = []
        joined: list[Cue] = []
        for reading in pack.verbs.get(raw[i].lower(), ()):
            if not reading.classes or (alone and reading.forms <= _ONLY_INFINITIVE):
                continue
            if not reading.particle:
                plain.append(Cue(reading, _whole(sentence, at, i, reading)))
                continue
            if i and raw[i - 1].lower() == reading.particle:
                # At the end of its clause: "wie sie bekannt gab".
                joined.append(Cue(reading, ((i - 1, i + 1),)))
                continue
            second = _particle(sentence, i + 1, reading.particle)
            if second is not None:
                joined.append(Cue(reading, ((i, second + 1),) if second == i + 1 else ((i, i + 1), (second, second + 1))))
        # "called out" is one verb, so that "called" is none; what may stand apart, as in German, may also be a preposition.
        whole = not pack.features["verb_bracket"] and any(len(cue.tokens) == 1 for cue in joined)
        found += joined if whole else [*plain, *joined]
    return found


def _whole(sentence: Sentence, at: int, verb: int, reading: Reading) -> tuple[Range, ...]:
    """Where a verb stands, with the one before it that says that others report it ("was quoted as saying"), or that somebody asks ("wanted to know")."""
    shape, firsts = sentence.shape, sentence.firsts
    if shape[at] == _ING and at > 1 and shape[at - 1] == _SUBORDINATOR and shape[at - 2] == _PASSIVE:
        return ((firsts[at - 1] - 1, verb + 1),)
    if shape[at] == _INFINITIVE and at and shape[at - 1] == _VERB and "enquire" in reading.classes:
        return ((firsts[at] - 1, verb + 1),)
    return ((verb, verb + 1),)


def _head(sentence: Sentence, pack: Pack, at: int) -> int:
    """The token that a noun phrase is about: the last one before what another noun joins to it ("the promise of the mayor", "die Zusage des Amts")."""
    first, last = sentence.tokens((at, at + 1))
    raw = sentence.passage.raw
    return next((i - 1 for i in range(first + 1, last) if not _JOINING.isdisjoint(pack.classes(raw[i].lower()))), last - 1)


_JOINING: Final = frozenset(["link", "genitive"])


def _bracket(shape: str, at: int) -> int | None:
    """The right bracket of the clause whose finite verb is ``at``."""
    for i in range(at + 1, min(len(shape), at + _BRACKET_REACH)):
        if shape[i] == _BRACKET:
            return i
        if shape[i] in _ENDS:
            return None
    return None


def _particle(sentence: Sentence, first: int, particle: str) -> int | None:
    raw = sentence.passage.raw
    for i in range(first, min(sentence.firsts[-1], first + _PARTICLE_REACH)):
        word = raw[i].lower()
        if word == particle:
            return i
        if word in _STOPS:
            return None
    return None


_ONLY_INFINITIVE: Final = frozenset(["infinitive"])
_SIGNS: Final = frozenset(":–—―")
"""Signs that may stand for a cue."""
_BRACKET_REACH: Final = 12
_PARTICLE_REACH: Final = 20
_KIND: Final = {
    LETTER["opener"]: frozenset(["phrase"]),
    LETTER["closer"]: frozenset(["behind_phrase"]),
    LETTER["own_phrase"]: frozenset(["own_phrase"]),
    LETTER["so"]: frozenset(["so"]),
    LETTER["colon"]: frozenset(["colon"]),
    LETTER["dash"]: frozenset(["dash"]),
}
_ENDS: Final = frozenset(LETTER[kind] for kind in ("comma", "semicolon", "colon", "stop", "dash", "quotation", "verb", "passive"))
_STOPS: Final = frozenset(",;:.!?")


def _of_noun(sentence: Sentence, pack: Pack, match: Match, cue: Cue, at: int) -> Candidate:
    """A candidate whose cue is a noun: its owner says it, or whose verb the noun is the object of ("made a promise")."""
    raw = sentence.passage.raw
    first, last = sentence.firsts[at], cue.tokens[0][0]
    source: Range | None = None
    for i in range(last - 1, first - 1, -1):
        if raw[i][-2:] in ("'s", "’s"):
            source = (first, i + 1)
            break
    behind = sentence.firsts[at + 1]
    if source is None and behind > cue.tokens[0][1] + 1:
        source = (cue.tokens[0][1] + 1, behind)
    by: Part | None = None
    if source is None and at and sentence.shape[at - 1] in VERBAL:
        by = subjects.subject(sentence, at - 1)
        source = None if by is None else sentence.tokens(by)
    if source is None and "possessive" in pack.classes(raw[first].lower()):
        # "Seine Frage", "su respuesta"
        source = (first, first + 1)
    return Candidate(match, cue, sentence, at, source, None, by)


def _content(sentence: Sentence, match: Match, classes: frozenset[str]) -> tuple[Range, ...]:
    parts = [sentence.tokens(part) for part in match.content]
    # Of what somebody is accused is said with the preposition: accused [of lying], but asked for [a lawyer].
    if match.topic and "target" not in classes:
        parts[0] = (parts[0][0] + 1, parts[0][1])
    return tuple(parts)


def _candidate(sentence: Sentence, pack: Pack, match: Match, cue: Cue, at: int) -> Candidate:
    source: Part | None = match.source
    addressee: Part | None = match.addressee
    if source is None and sentence.shape[at] == _NOUN_PHRASE:
        return _of_noun(sentence, pack, match, cue, at)
    if source is None:
        # A clause put in behind a comma names by its own subject who is known from before.
        source = subjects.relative(sentence, at) or subjects.subject(
            sentence, subjects.verb_before(sentence, at) if sentence.shape[at] == _COLON else at
        )
    elif source[1] > source[0] + 1:
        source = subjects.bearer(sentence, source)
    if sentence.shape[at] in _AGREEING:
        source = body(sentence, pack, at) if source is None else subject(sentence, pack, at, source, cue.reading.classes)
    by_whom = at + 1
    agent = _agent(sentence, pack, at, by_whom, source)
    if agent is None and sentence.shape[at] == _PASSIVE:
        # "was called “a toy” by Ada", also where words in marks may go on behind it.
        marked = sentence.shape[match.content[0][0]] == _QUOTATION
        by_whom = match.content[0][0] + 1 if marked else match.content[-1][1]
        agent = _agent(sentence, pack, at, by_whom, source)
    if (
        sentence.shape[at] == _PASSIVE
        or agent is not None
        or cue.reading.classes == _HEARING
        or _is_told(sentence, match, cue, at)
    ):
        # Who is told, or hears, is no source; who tells may stand behind.
        addressee = source
        source = None
    if agent is not None:
        return Candidate(match, cue, sentence, at, agent, addressee, (by_whom, by_whom + 1))
    if sentence.shape[at] == _CONTRACTION:
        first = sentence.firsts[at]
        return Candidate(match, cue, sentence, at, (first, first + 1), addressee, source)
    return Candidate(match, cue, sentence, at, None if source is None else _named(sentence, pack, source), addressee, source)


def _is_told(sentence: Sentence, match: Match, cue: Cue, at: int) -> bool:
    """Whether a verb that tells somebody has nobody behind it whom it tells, and may be a participle: "residents told to leave", "…, court told"."""
    shape, reading = sentence.shape, cue.reading
    told = shape[at] == _VERB and match.addressee is None and "participle" in reading.forms
    if not told or "tell" not in reading.classes or not reading.classes.isdisjoint(_ALONE):
        return False
    before, behind = shape[at - 1 : at], shape[at + 1 : at + 2]
    return before in NOMINAL and before != _PRONOUN and (behind in _CLOSING or behind == _INFINITIVE)


def _named(sentence: Sentence, pack: Pack, source: Part) -> Range:
    """The words of a source; where it is the place in which something stands ("in the report it says"), without the preposition."""
    first, last = sentence.tokens(source)
    placed = sentence.shape[source[0]] == _ADVERBIAL and last > first + 1
    opens = placed and not _PREPOSITIONS.isdisjoint(pack.classes(sentence.passage.raw[first].lower()))
    return (first + 1, last) if opens else (first, _before_statement(sentence, pack, first, last))


def _before_statement(sentence: Sentence, pack: Pack, first: int, last: int) -> int:
    """Where a source ends, without what it is said in: "Ada Byron [in a statement]"."""
    raw = sentence.passage.raw
    for i in range(first + 1, last - 2):
        if "determiner" not in pack.classes(raw[i + 1].lower()):
            continue
        of = pack.classes(raw[i].lower())
        if (
            "preposition" in of
            and "genitive_preposition" not in of
            and not _STATEMENTS.isdisjoint(pack.classes(raw[last - 1].lower()))
        ):
            return i
    return last


_STATEMENTS: Final = frozenset(["announcing_noun", "statement_noun"])


_PREPOSITIONS: Final = frozenset(["preposition", "contraction"])
_ALONE: Final = frozenset(["say", "ask"])
"""Classes of verbs that need nobody whom they tell."""


def _agent(sentence: Sentence, pack: Pack, at: int, by: int, subject: Part | None) -> Range | None:
    """Who does what a passive or a participle says, in the chunk ``by`` behind the preposition that tells ("was told by Ada"); what has a subject is no participle."""
    shape = sentence.shape
    if by >= len(shape) or shape[by] != _ADVERBIAL or not (shape[at] == _PASSIVE or (shape[at] == _VERB and subject is None)):
        return None
    first, last = sentence.tokens((by, by + 1))
    opens = "agent_preposition" in pack.classes(sentence.passage.raw[first].lower())
    return (first + 1, last) if opens and last > first + 1 else None

"""What the order of chunks tells: who does what a verb says."""

from __future__ import annotations

from typing import Final

from ..language.morphology import by_ending
from .chunks import LETTER
from .sentences import FINITE, NOMINAL, VERBAL, Part, Sentence, letters_of

_CLAUSAL: Final = FINITE | letters_of("contraction")
"""Chunks with a finite verb; a contraction holds its subject too."""
_PERSONAL: Final = letters_of("pronoun", "name")
_VERB: Final = LETTER["verb"]
_BETWEEN: Final = letters_of("adverbial", "other")
_COMMA: Final = LETTER["comma"]
_COMPLEMENTISER: Final = LETTER["complementiser"]
_SEMICOLON: Final = LETTER["semicolon"]
_NAME: Final = LETTER["name"]
_NOUN_PHRASE: Final = LETTER["noun_phrase"]
_PRONOUN: Final = LETTER["pronoun"]
_INSERTS: Final = letters_of("comma", "dash")
_RELATIVE: Final = LETTER["relative"]
_COORDINATOR: Final = LETTER["coordinator"]
_ING: Final = LETTER["ing"]
_NONFINITE: Final = LETTER["nonfinite"]
_INFINITIVE: Final = LETTER["infinitive"]
_CONTRACTION: Final = LETTER["contraction"]
_ADVERBIAL: Final = LETTER["adverbial"]
_SUBORDINATOR: Final = LETTER["subordinator"]
_CUT: Final = letters_of("stop", "semicolon", "colon")
_STANDING_ALONE: Final = frozenset(["pronoun", "article", "relative_subject"])
_TEXTS: Final = frozenset(["announcing_noun", "statement_noun"])
"""Classes of nouns for what is said or written."""
_RELATING: Final = letters_of("relative", "complementiser")
_CLAUSE_VERBS: Final = frozenset(["say", "tell", "think", "show", "court", "ask"])
"""Classes of verbs that may have a clause behind them without a word that opens it."""
_EMBEDDING: Final = VERBAL | letters_of("complementiser", "relative", "subordinator", "comment_opener", "condition", "question")
"""Behind these a clause lies inside another one."""
_OPENERS: Final = _EMBEDDING - VERBAL
_MARKING: Final = letters_of("comma", "dash", "quotation")
_OPENING: Final = letters_of("comma", "dash", "quotation", "complementiser", "subordinator")
"""Chunks behind which a clause may open with its subject."""
_ADVERBIAL_OPENING: Final = letters_of("subordinator", "comment_opener", "question")
_REACH: Final = 40
"""Chunks: no subject is looked for farther from its verb."""
_DEEPEST: Final = 8
"""Clauses inside each other that are looked through for a subject."""
_APPOSITION: Final = 12
"""Chunks of the longest apposition or relative clause between a subject and its verb."""


def subject(sentence: Sentence, verb: int) -> Part | None:
    """Who does what the verb at a chunk says, or ``None`` where the sentence does not tell."""
    if verb not in sentence.subjects:
        sentence.subjects[verb] = None
        sentence.subjects[verb] = _subject(sentence, verb)
    return sentence.subjects[verb]


def relative(sentence: Sentence, verb: int) -> Part | None:
    """The relative pronoun that is the subject of a verb in a clause put in behind a comma: "my mother, who told me"."""
    at = _over_fillers(sentence, verb - 1)
    if at < 1 or sentence.shape[at] != _RELATIVE or sentence.shape[at - 1] != _COMMA:
        return None
    first, last = sentence.tokens((at, at + 1))
    # "a la que", "donde" are no subject.
    alone = last == first + 1 and not _STANDING_ALONE.isdisjoint(
        sentence.passage.pack.classes(sentence.passage.raw[first].lower())
    )
    return (at, at + 1) if alone else None


def verb_before(sentence: Sentence, chunk: int) -> int:
    """The last finite verb before a chunk, or the chunk itself where there is none."""
    found = _finite_before(sentence, chunk)
    return chunk if found is None else found


def bearer(sentence: Sentence, part: Part) -> Part:
    """Whom a phrase is about that something may be put in behind: "Ada, who leads the firm,"; the name of whom it only describes: "the judge, Fiachra Tolland,"."""
    first, last = part
    shape = sentence.shape
    end = next((i for i in range(first, last) if shape[i] in _INSERTS or shape[i] == _RELATIVE), last)
    inner = end + 1
    if inner < last and _names(sentence, inner, end - 1):
        return (inner, inner + 1)
    while end > first + 1 and shape[end - 1] not in NOMINAL:
        end -= 1
    return (first, end)


def _subject(sentence: Sentence, verb: int) -> Part | None:
    kind = sentence.shape[verb]
    if kind == _CONTRACTION:
        return (verb, verb + 1)
    if kind in (_ING, _INFINITIVE):
        return _controller(sentence, verb)
    at = _over_fillers(sentence, verb - 1)
    if at < 0:
        return None
    if _is_reduced(sentence, at):
        at -= 1
    if sentence.shape[at] == _NONFINITE and at and sentence.shape[_over_fillers(sentence, at - 1)] in NOMINAL:
        # "mensajes difundidos en redes aseguran"
        at = _over_fillers(sentence, at - 1)
    kind = sentence.shape[at]
    if kind in NOMINAL:
        return _around(sentence, at) or _joint(sentence, at)
    if kind == _RELATIVE or (kind == _COMPLEMENTISER and _is_relative(sentence, at)):
        return _antecedent(sentence, at)
    if kind in FINITE or kind == _INFINITIVE:
        return _behind_relative(sentence, at)
    if kind == _COORDINATOR:
        return _shared(sentence, at)
    if kind in _INSERTS:
        found = _before_insertion(sentence, at)
        # "It was too high, said Ada": who stands behind the verb is its subject, but not in "said it was too high".
        turned = sentence.shape[verb + 1 : verb + 2] in NOMINAL and sentence.shape[verb + 2 : verb + 3] not in FINITE
        return found if found is not None or turned else _named_between(sentence, at) or _shared(sentence, at)
    if kind == _SEMICOLON and _dropped(sentence):
        return _shared(sentence, at)
    return None


def _dropped(sentence: Sentence) -> bool:
    """Whether the language mostly leaves out a pronoun that is the subject."""
    return sentence.passage.pack.features["dropped_subjects"]


def _around(sentence: Sentence, at: int) -> Part | None:
    """Whose relative clause ends at the phrase before a verb: "a fellow who services them told", "a post shared by many says"."""
    shape = sentence.shape
    verb = _over_fillers(sentence, at - 1)
    if verb > 1 and shape[verb] in NOMINAL and shape[verb - 1] in FINITE and shape[verb - 2] == _RELATIVE:
        # "a man who calls himself Viorel says"
        verb -= 1
    if verb < 1 or shape[verb] not in FINITE or _reports_clause(sentence, verb):
        return None
    if shape[verb - 1] == _RELATIVE:
        return _antecedent(sentence, verb - 1)
    if sentence.signals(verb):
        return None
    reduced = (
        shape[verb - 1] in NOMINAL
        and sentence.firsts[verb + 1] - sentence.firsts[verb] == 1
        # "When it stopped Ada told": a clause of its own.
        and shape[verb - 2 : verb - 1] not in _ADVERBIAL_OPENING
    )
    return (verb - 1, verb) if reduced else None


def _behind_relative(sentence: Sentence, at: int) -> Part | None:
    """Whose relative clause ends at the verb before another: "a man who was in the room said", "one who asked to stay said", "the man she called said"."""
    shape = sentence.shape
    if shape[at] == _INFINITIVE:
        at = _over_fillers(sentence, at - 1)
    if at < 1 or shape[at] not in FINITE:
        return None
    if _is_contact(sentence, at):
        return (at - 2, at - 1)
    if at > 2 and shape[at - 1] in NOMINAL and shape[at - 2] in _RELATING and shape[at - 3] == _NOUN_PHRASE:
        # "a study that the council paid for found"
        return None if _reports_clause(sentence, at) else (at - 3, at - 2)
    return _antecedent(sentence, at - 1) if shape[at - 1] == _RELATIVE else None


def _is_contact(sentence: Sentence, verb: int) -> bool:
    """Whether a verb ends a clause on a noun that nothing but its subject opens: "the man she called"."""
    return (
        verb > 1
        and sentence.shape[verb - 2] == _NOUN_PHRASE
        and (sentence.shape[verb - 1] == _PRONOUN or (sentence.shape[verb - 1] in NOMINAL and not sentence.signals(verb)))
    )


def _reports_clause(sentence: Sentence, verb: int) -> bool:
    """Whether a verb may have a clause behind it, so that what follows is its subject: "who said Ada told"; not "who gave her name told"."""
    verbs = sentence.passage.pack.verbs
    words = sentence.passage.raw[sentence.firsts[verb] : sentence.firsts[verb + 1]]
    return any(
        not reading.particle and not _CLAUSE_VERBS.isdisjoint(reading.classes) and "phrasal" not in reading.classes
        for word in words
        for reading in verbs.get(word.lower(), ())
    )


def _is_reduced(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is a participle that tells of the phrase before it: "a report published on Monday said", "those surveyed say"."""
    if not verb or sentence.shape[verb] != _VERB or sentence.shape[verb - 1] not in NOMINAL or _is_contact(sentence, verb):
        return False
    if verb > 1 and sentence.shape[verb - 2] in _RELATING:
        return False
    first, last = sentence.tokens((verb, verb + 1))
    raw, pack = sentence.passage.raw, sentence.passage.pack
    # "carried out" is one verb.
    if last > first + 2 or (last == first + 2 and "particle" not in pack.classes(raw[first + 1].lower())):
        return False
    word = raw[first].lower()
    return "participle" in (pack.classes(word) or by_ending(word, pack.endings))


def _joint(sentence: Sentence, at: int) -> Part:
    """The phrase before a verb, with the one that is joined to it where both open a clause: "Ada and Bob argued"."""
    shape = sentence.shape
    joined = at > 1 and shape[at - 1] == _COORDINATOR and shape[at - 2] in NOMINAL
    return (at - 2, at + 1) if joined and (at == 2 or shape[at - 3] in _OPENING) else (at, at + 1)


def _shared(sentence: Sentence, at: int) -> Part | None:
    """The subject of the verb before a chunk that a further verb shares; not that of a clause inside it ("said that it failed, and asked")."""
    earlier = _finite_before(sentence, at)
    found: Part | None = None
    nearest: Part | None = None
    while earlier is not None:
        found = subject(sentence, earlier)
        if found is None and earlier and sentence.shape[earlier - 1] == _COMMA:
            # One of several that share theirs: "stood up, thanked them and said"
            earlier = _finite_before(sentence, earlier)
            continue
        if found is None and earlier and sentence.shape[earlier - 1] in _EMBEDDING and _dropped(sentence):
            # A clause inside that does not say its subject.
            earlier = _finite_before(sentence, earlier - 1)
            continue
        if found is None:
            found = _turned_to(sentence, earlier)
            if found is not None or _dropped(sentence):
                return found
            # What is read as a verb here may be none, or its clause lies inside another: "that rules were broken, but said".
            earlier = _finite_before(sentence, earlier)
            continue
        if not _is_inside(sentence, found[0]):
            return found
        nearest = nearest or found
        earlier = _finite_before(sentence, found[0])
    return nearest


def _is_inside(sentence: Sentence, first: int) -> bool:
    """Whether the clause that a chunk opens lies inside another one."""
    before = _over_fillers(sentence, first - 1)
    if before < 0:
        return False
    if sentence.shape[before] in _OPENERS:
        # "that such a paper exists"
        return True
    # "said the bill …", "said on Thursday the bill …"
    return sentence.shape[first - 1] in _EMBEDDING or (sentence.shape[before] in FINITE and _reports_clause(sentence, before))


def _turned_to(sentence: Sentence, verb: int) -> Part | None:
    """Who stands behind a verb that something else precedes: "Neulich rief Ada an und sagte …"."""
    first, next_one = _over_fillers(sentence, verb - 1), verb + 1
    if sentence.shape[next_one : next_one + 1] not in NOMINAL:
        return None
    # Where a subject may be left out, only one behind its words is sure: "«No», dijo Ada, y pidió".
    quoting = first == verb - 1 and first >= 0 and sentence.shape[first] in _MARKING and sentence.signals(verb)
    if not quoting if _dropped(sentence) else first == verb - 1:
        return None
    oblique = "oblique" in sentence.passage.pack.classes(sentence.passage.raw[sentence.firsts[next_one]].lower())
    return None if oblique else (next_one, next_one + 1)


def _over_fillers(sentence: Sentence, at: int) -> int:
    shape = sentence.shape
    while at >= 0 and shape[at] in _BETWEEN:
        at -= 1
    return at


def _antecedent(sentence: Sentence, relative: int) -> Part | None:
    at = relative - 1
    if at >= 0 and sentence.shape[at] == _COMMA:
        at -= 1
    at = _over_fillers(sentence, at)
    return (at, at + 1) if at >= 0 and sentence.shape[at] in NOMINAL else None


def _is_relative(sentence: Sentence, at: int) -> bool:
    """Whether a word that may open a clause of content as well as a relative one has whom to relate to: "la directora, que niega que …"."""
    word = sentence.passage.raw[sentence.firsts[at]].lower()
    return "relative" in sentence.passage.pack.classes(word) and _antecedent(sentence, at) is not None


def _finite_before(sentence: Sentence, at: int) -> int | None:
    """The finite verb before a chunk in the same clause chain."""
    shape = sentence.shape
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if shape[i] in _CLAUSAL:
            return i
        if shape[i] in _CUT:
            return None
    return None


def _before_insertion(sentence: Sentence, comma: int) -> Part | None:
    """The subject before an apposition, relative clause or adverbial between commas that ends at ``comma``."""
    shape = sentence.shape
    found: Part | None = None
    end = comma
    for i in range(comma - 1, max(-1, comma - 1 - _APPOSITION), -1):
        if shape[i] in _CUT:
            break
        if shape[i] not in _INSERTS:
            continue
        at = _over_fillers(sentence, i - 1)
        if at > 1 and shape[at] == _VERB and shape[at - 1] == _COMMA and shape[at - 2] in NOMINAL:
            # A list in it: "The survey, carried out in Spain, Portugal and the UK, suggests"
            continue
        if at < 0 or shape[at] not in NOMINAL:
            break
        inner = _over_fillers(sentence, end - 1)
        if inner == i + 1 and _names(sentence, inner, at):
            # "the judge, Fiachra Tolland, remarked"
            return (inner, inner + 1)
        found = (at, at + 1)
        if at == 0 or shape[at - 1] not in _INSERTS:
            break
        # Perhaps an insertion itself: "Fenwick, of Canal Street, Stenwick, told"
        end = i
    return found


def _named_between(sentence: Sentence, comma: int) -> Part | None:
    """The whole name between two commas whose describing phrase is not known as one: "Counsel for the owner, Peter Dunne, argued"."""
    at = comma - 1
    whole = at > 0 and sentence.shape[at] == _NAME and sentence.firsts[at + 1] - sentence.firsts[at] > 1
    return (at, at + 1) if whole and sentence.shape[at - 1] == _COMMA else None


def _names(sentence: Sentence, chunk: int, described: int) -> bool:
    """Whether a phrase between commas names whom the one before it only describes; that may end with the name of an office or a firm."""
    if not _is_named(sentence, chunk):
        return False
    if not _is_named(sentence, described):
        return True
    determined = "determiner" in sentence.passage.pack.classes(sentence.passage.raw[sentence.firsts[described]].lower())
    return determined and sentence.shape[chunk] == _NAME and sentence.firsts[chunk + 1] - sentence.firsts[chunk] > 1


def _is_named(sentence: Sentence, chunk: int) -> bool:
    if (
        not chunk
        and sentence.firsts[1] == sentence.firsts[0] + 1
        and sentence.passage.raw[sentence.firsts[0]].lower() in sentence.passage.pack.verbs
    ):
        # "Counsel for the mill, Ada Byron": its capital is that of the sentence.
        return False
    return sentence.shape[chunk] == _NAME or (
        sentence.shape[chunk] == _NOUN_PHRASE and sentence.passage.raw[sentence.firsts[chunk + 1] - 1][0].isupper()
    )


def _behind(sentence: Sentence, verb: int) -> Part | None:
    """The subject behind a verb that nothing stands before in its clause: "“It works,” said Ada, adding …"."""
    shape = sentence.shape
    turned = verb + 1 < len(shape) and shape[verb + 1] in NOMINAL and (verb == 0 or shape[verb - 1] in _OPENING)
    return (verb + 1, verb + 2) if turned else None


def _controller(sentence: Sentence, verb: int) -> Part | None:
    """The subject of the verb above a participle or infinitive, else that of the clause behind it."""
    shape = sentence.shape
    left = _over_fillers(sentence, verb - 1)
    if shape[verb] == _ING and verb and _is_absolute(sentence, verb - 1):
        return (verb - 1, verb)
    if shape[verb] == _ING and left >= 0:
        if shape[left] == _SUBORDINATOR and left and shape[left - 1] in NOMINAL:
            # "quoted Ada as saying"
            return (left - 1, left)
        if shape[left] in NOMINAL and (
            left < 2 or shape[left - 1] not in VERBAL or (left == verb - 1 and _tells(sentence, left, verb))
        ):
            return (left, left + 1)
    if shape[verb] == _INFINITIVE and left > 0 and shape[left] in _PERSONAL and shape[left - 1] in VERBAL:
        # "It led Ada to ask"
        return (left, left + 1)
    earlier = _finite_before(sentence, verb)
    if earlier is not None:
        return _above(sentence, earlier, apart=shape[verb] == _ING and left >= 0 and shape[left] in _MARKING)
    for i in range(verb + 1, min(len(shape), verb + _REACH)):
        if shape[i] in FINITE:
            return subject(sentence, i) if i > verb + 1 else None
    return None


def _is_absolute(sentence: Sentence, phrase: int) -> bool:
    """Whether a phrase behind a comma has a participle of its own: "…, with the mayor saying"."""
    if sentence.shape[phrase] != _ADVERBIAL or sentence.shape[phrase - 1 : phrase] not in ("", _COMMA):
        return False
    first, last = sentence.tokens((phrase, phrase + 1))
    pack, raw = sentence.passage.pack, sentence.passage.raw
    return last > first + 1 and "absolute_opener" in pack.classes(raw[first].lower())


def _tells(sentence: Sentence, phrase: int, verb: int) -> bool:
    """Whether it is an object that a participle is about, not who has it: "got a letter saying", "saw figures showing"."""
    pack, raw = sentence.passage.pack, sentence.passage.raw
    first, last = sentence.tokens((phrase, phrase + 1))
    if any(not _TEXTS.isdisjoint(pack.classes(word.lower())) for word in raw[first:last]):
        return True
    shows = any("show" in reading.classes for reading in pack.verbs.get(raw[sentence.firsts[verb + 1] - 1].lower(), ()))
    return shows and sentence.shape[phrase] == _NOUN_PHRASE


def _is_reported(sentence: Sentence, first: int) -> bool:
    """Whether a chunk opens a clause of content, behind a complementiser or right behind a verb that reports."""
    if not first:
        return False
    before = sentence.shape[first - 1]
    return before == _COMPLEMENTISER or (before in FINITE and sentence.signals(first - 1))


def _above(sentence: Sentence, earlier: int | None, *, apart: bool) -> Part | None:
    """The subject of a verb or of one above it; ``apart`` from one that is reported: "Ada confirmed that talks were held, adding", "Ada said talks were held, adding"."""
    nearest: Part | None = None
    for _ in range(_DEEPEST):
        if earlier is None:
            break
        found = subject(sentence, earlier) or _behind(sentence, earlier)
        if found is not None and not (apart and _is_reported(sentence, found[0])):
            return found
        nearest = nearest or found
        earlier = _finite_before(sentence, earlier if found is None else found[0])
    return nearest

"""What speaks for or against a candidate, as pairs of heads (which word, which construction) and traits (what stands around it)."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import Final, NamedTuple

from ..language.pack import Pack
from ..reading import subjects
from ..reading.chunks import LETTER, NAMES
from ..reading.sentences import VERBAL, Sentence
from .candidates import Candidate
from .scoring import Heads, Named
from .tenses import auxiliary, form_of

_QUOTATION: Final = LETTER["quotation"]
_COMMA: Final = LETTER["comma"]
_COLON: Final = LETTER["colon"]
_INFINITIVE: Final = LETTER["infinitive"]
_CLOSED: Final = frozenset([LETTER["stop"], _COMMA])
"""What sentences end with, the comma those inside quotation marks before a reporting clause."""
_SIZES: Final = (1, 2, 3, 5, 8, 13)
_GAPS: Final = (0, 1, 2, 4)
_FIGURE_WITHIN: Final = 12
"""Tokens from the beginning of a content among which a figure is looked for."""
_REMEMBERED: Final = 2_000
_CUE_BEHIND: Final = 3
"""Chunks behind a content among which a verb that may report its last part is looked for."""
_FORM: Final = Named("form:")
_SOURCE: Final = Named("source:")
_BEFORE: Final = Named("before:")
_AFTER: Final = Named("after:")
_BEGINS: Final = Named("begins:")
_NEXT: Final = Named("next:")
_AHEAD: Final = Named("ahead:")
_BEHIND: Final = Named("behind:")
_REST: Final = Named("rest:")
_TOPIC: Final = Named("topic:")
_RESUMES: Final = Named("resumes:")
_OVER: Final = Named("over:")
_BETWEEN: Final = Named("between:")
_CLAUSE: Final = Named("clause:")
_SIZE: Final = tuple(f"size:{n}" for n in range(len(_SIZES) + 1))
_GAP: Final = tuple(f"gap:{n}" for n in range(len(_GAPS) + 1))
_DEPTH: Final = tuple(f"depth:{n}" for n in range(3))
_PREDICATES: Final = Named("verbs:")
_PARTS: Final = tuple(f"parts:{n}" for n in range(5))


class Signs(NamedTuple):
    """What can be seen of a candidate; the empty head or trait is that of every candidate."""

    heads: Heads
    traits: list[str]


def signs_of(candidate: Candidate, pack: Pack, depth: int) -> Signs:
    """The signs of a candidate; ``depth`` says in how many quotations its sentence stands."""
    sentence, at = candidate.sentence, candidate.at
    shape = sentence.shape
    first, last = candidate.parts[0][0], candidate.parts[-1][1]
    form, negated = verb_form(candidate, pack)
    traits = [
        "",
        candidate.construction,
        _FORM[form],
        _SOURCE[source_kind(candidate, pack)],
        _BEFORE[sentence.kind(at - 1)],
        _AFTER[sentence.kind(at + 1)],
        _BEGINS[sentence.kind(first)],
        _NEXT[sentence.kind(first + 1)],
        _AHEAD[sentence.kind(first - 1)],
        _BEHIND[sentence.kind(last)],
        _REST[sentence.kind(candidate.last)],
        _SIZE[bisect_left(_SIZES, last - first)],
        _GAP[bisect_left(_GAPS, max(first - at - 1, at - last, 0))],
        _DEPTH[min(depth, 2)],
        _PARTS[min(len(candidate.parts), 4)],
    ]
    if candidate.by is not None:
        traits.append(_CLAUSE[sentence.kind(candidate.by[0] - 1)])
    if negated:
        traits.append("negated")
    if candidate.addressee is not None:
        traits.append("told a report" if _signals(sentence, candidate.addressee) else "told")
    if at == 0:
        traits.append("opens")
    if shape[-1] not in _CLOSED:
        traits.append("no stop")
    if shape[at] == _COLON:
        verb = subjects.verb_before(sentence, at)
        traits.append("behind a report" if verb != at and sentence.signals(verb) else "behind no report")
    traits += _beginning(candidate, pack)
    if len(candidate.parts) > 1:
        traits += _resuming(candidate, pack)
    traits.append(_PREDICATES[_predicates(candidate)])
    if _QUOTATION in shape:
        traits += _in_marks(candidate, depth)
    return Signs(Heads(_heads(candidate.construction, form, candidate.classes), candidate.lemma), traits)


def _beginning(candidate: Candidate, pack: Pack) -> list[str]:
    """What can be seen of the first words of a content."""
    sentence = candidate.sentence
    first, raw = candidate.parts[0][0], sentence.passage.raw
    opening = sentence.firsts[first]
    begin, end = candidate.content[0]
    traits = [_TOPIC[raw[opening].lower()]] if begin > opening else []
    if begin + 1 == sentence.firsts[first + 1] and begin < end and "light_object" in pack.classes(raw[begin].lower()):
        traits.append("light")
    if any(raw[i][0].isdigit() for i in range(begin, min(end, begin + _FIGURE_WITHIN))):
        traits.append("figure")
    if sentence.shape[first] == _INFINITIVE:
        if "negation" in pack.classes(raw[opening].lower()):
            traits.append("denied infinitive")
        if "withheld" in pack.classes(raw[sentence.firsts[first + 1] - 1].lower()):
            # "declined to comment" keeps what could have been said.
            traits.append("withheld")
    return traits


def _predicates(candidate: Candidate) -> str:
    """Which of the first two parts of a content have a verb: what has none is no clause, and waits for the part that has one ("In May, he said, it fell")."""
    shape = candidate.sentence.shape
    return "".join("v" if not VERBAL.isdisjoint(shape[first:last]) else "-" for first, last in candidate.parts[:2])


def _in_marks(candidate: Candidate, depth: int) -> list[str]:
    """What can be seen of words in marks in a content and before it."""
    shape, at = candidate.sentence.shape, candidate.at
    inside = "".join(shape[a:b] for a, b in candidate.parts)
    traits: list[str] = []
    if _QUOTATION in inside:
        only = not inside.strip(_COMMA + _QUOTATION)
        traits.append("only quoted" if only else "quoted")
        if only and depth:
            traits.append("quoted in a quotation")
        traits += [f"quoted:{flag}" for flag in quotation_flags(candidate.sentence, candidate.parts)]
    start = min(at, candidate.parts[0][0])
    if _QUOTATION in shape[:start]:
        # Beside the clause of the cue it is likely the content, farther off that of another.
        clause = start if candidate.by is None else min(start, candidate.by[0])
        traits.append("quoted right before" if shape[:clause].rstrip(_COMMA).endswith(_QUOTATION) else "quoted before")
    return traits


def _resuming(candidate: Candidate, pack: Pack) -> list[str]:
    """What can be seen of where the last part of a content begins, and what other verb between the parts may report it."""
    sentence = candidate.sentence
    (_, since), (again, last) = candidate.parts[-2:]
    traits = [_RESUMES[sentence.kind(again)], _OVER[sentence.kind(again - 1)]]
    verbs = [i for i in range(since, again) if i != candidate.at and sentence.shape[i] in VERBAL]
    if verbs:
        first, last = sentence.tokens((verbs[-1], verbs[-1] + 1))
        words = sentence.passage.raw[first:last]
        classes = {name for word in words for reading in pack.verbs.get(word.lower(), ()) for name in reading.classes}
        kind = sentence.kind(verbs[-1])
        traits += [_BETWEEN[f"{kind} {name}"] for name in sorted(classes)] or ["verb between"]
    behind = range(last, min(last + _CUE_BEHIND, len(sentence.shape)))
    if any(sentence.shape[i] in VERBAL and sentence.signals(i) for i in behind):
        traits.append("cue behind")
    return traits


@functools.lru_cache(maxsize=_REMEMBERED)
def _heads(construction: str, form: str, classes: frozenset[str]) -> tuple[str, ...]:
    """The heads of a candidate besides its lemma; those of the classes of verbs are in capitals to tell them from lemmas."""
    return ("", "c:" + construction, "f:" + form, *(name.upper() for name in sorted(classes)))


def verb_form(candidate: Candidate, pack: Pack) -> tuple[str, bool]:
    """Tense, voice and mood of the cue's verb group, and whether it is negated."""
    sentence, at = candidate.sentence, candidate.at
    kind = NAMES[sentence.shape[at]]
    raw = sentence.passage.raw
    words = raw[sentence.firsts[at] : candidate.cue[0][0]]
    negated = any("negation" in pack.classes(word.lower()) for word in words)
    if kind != "verb":
        return kind, negated
    return auxiliary(words, pack) or form_of(raw[candidate.cue[0][0]], pack) or kind, negated


def _signals(sentence: Sentence, part: tuple[int, int]) -> bool:
    """Whether tokens hold a word that may report ("repeated her claim that")."""
    return not sentence.passage.signals.isdisjoint(sentence.passage.letters[part[0] : part[1]])


_NOTHING: Final = frozenset[str]()


def source_kind(candidate: Candidate, pack: Pack) -> str:
    """What kind of phrase the source is."""
    if candidate.by is None or candidate.source is None:
        return "none"
    sentence = candidate.sentence
    kind = NAMES[sentence.shape[candidate.by[0]]]
    word = sentence.passage.raw[candidate.source[0]].lower()
    if kind == "pronoun":
        known = pack.pronouns.get(word)
        return "pronoun" if known is None else f"pronoun{known.person}{known.gender}"
    if kind == "noun_phrase":
        classes = pack.words.get(word, _NOTHING)
        return "possessed" if "possessive" in classes else "determined" if "determiner" in classes else "bare"
    return kind


def quotation_flags(sentence: Sentence, parts: tuple[tuple[int, int], ...]) -> str:
    """What the first quotation of a content begins and ends like."""
    for first, last in parts:
        for chunk in range(first, last):
            if sentence.shape[chunk] == _QUOTATION:
                return sentence.passage.raw[sentence.firsts[chunk]][1:] or "-"
    return ""

"""Reports by verbs: the frames in which a reporting verb can stand to what it reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from quoteminer import QuoteModality

from ...lexicon import Lexicon
from ...phrases import Range, addressee_at, blocks_noun, ending_at, is_finite, is_word, starting_at
from ...tokens import Tokens
from ..cues import Cue, behind_label
from ..subject import before
from .candidate import OPEN_ENDED, Candidate
from .clauses import DASHES, before_clause, complement, is_clause, resumes, skip_filler
from .contents import trim
from .subjects import FINITE, agent_of
from .verbgroup import Group, group_at

_ENDS: Final = (".", ";", ":", "?", "!", ")", *DASHES)
_BREAKS: Final = (".", ",", ";", ":", "(", *DASHES)
_SPEAKING: Final = frozenset({"say", "tell", "ask", "urge", "show", "court", "point", "put"})
_POSTPOSED: Final = frozenset(["finite", "third", "perfect", "base", "passive"])
# "shouted that …", "…, he muttered."; but not "began a speech".
_MANNERS: Final = frozenset({"manner", "read", "phrasal"})
_AFTER_MANNER: Final = (".", ",", ";")
_LONGEST_SUBJECT: Final = 16
_RAISED_REACH: Final = 4
_AGENT_REACH: Final = 25
_REPORTING: Final = frozenset({"say", "tell", "ask"})
_TOLD: Final = frozenset({"tell", "ask", "urge", "target"})


class _Complement(NamedTuple):
    """What a verb reports behind it: the kind of complement, where it begins, its family, who is said to say it, and to whom."""

    kind: str
    begin: int
    family: str
    agent: Range | None
    addressee: Range | None


def reports_by_verb(tokens: Tokens, i: int, cue: Cue, floor: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates of the verb at ``i``; its sentence begins at ``floor``."""
    stop = min(tokens.stop[i], i + OPEN_ENDED)
    behind = cue.ranges[-1][1]
    if behind + 1 < stop and tokens.words[behind] == "as" and tokens.words[behind + 1] == "saying":
        # "quoted as saying" is one cue, found at its last word.
        return
    if cue.classes <= _MANNERS and (
        behind >= stop or (tokens.words[behind] not in lexicon.after_manner and tokens.raw[behind] not in _AFTER_MANNER)
    ):
        return
    stop = _before_refusal(tokens, behind, stop, lexicon)
    group = group_at(tokens, cue, floor, lexicon)
    if group.form in ("base", "third", "finite") and tokens.words[i] in lexicon.prepositions:
        return
    if group.form == "finite" and _opens_participle(tokens, cue, floor, lexicon):
        group = group._replace(form="passive")
    if group.form == "passive" and _raises_a_report(tokens, behind, stop, lexicon):
        return
    if (
        group.form == "to"
        and group.modality == "negated"
        and cue.classes.isdisjoint(_REPORTING)
        and tokens.words[i] in lexicon.withheld
    ):
        # "declined to discuss the reasons"
        return
    if "seem" in cue.classes:
        yield from _seeming(tokens, cue, group, floor, stop, lexicon)
        if cue.classes == {"seem"}:
            return
    turned: list[Candidate] = []
    subject = before(tokens, i, floor, lexicon) if group.form in FINITE and i > floor else None
    if group.form in _POSTPOSED and i - floor < OPEN_ENDED:
        if subject is not None:
            yield from _postposed(tokens, cue, group, subject, floor, stop, lexicon)
            yield from _opening_as(tokens, cue, group, subject, floor, stop, lexicon)
        if i > floor and cue.classes & _SPEAKING and (tokens.raw[i - 1] == "," or tokens.raw[i - 1] in DASHES):
            turned = list(_inverted(tokens, cue, group, floor, stop, lexicon))
            yield from turned
    passive = group.form == "passive" and cue.form != "passive"
    said = _complement(tokens, cue, group, stop, lexicon)
    if said is not None and said.kind == "np" and turned and (subject is None or turned[0].behind is not None):
        # "…, says Ada": what stands behind the verb says it.
        said = None
    if said is None and not passive:
        return
    source = subject or agent_of(tokens, cue, group, floor, lexicon)
    if "court" in cue.classes and not (source is not None and tokens.words[source[1] - 1] in lexicon.hearers):
        return
    if passive:
        yield from _raised(tokens, cue, group, source, stop, lexicon)
        source = None
    if said is not None:
        yield _behind(tokens, cue, group, source, said, floor, stop, lexicon)


def _opens_participle(tokens: Tokens, cue: Cue, floor: int, lexicon: Lexicon) -> bool:
    """Whether a participle without its auxiliary stands there: "Asked whether …, he …", "when asked if …"."""
    i, last = cue.ranges[0][0], cue.ranges[-1][1]
    if last >= len(tokens) or "participle" not in cue.form or not cue.classes & _TOLD:
        return False
    following = tokens.words[last]
    if not any(is_word(tokens, n) for n in range(floor, i)) or tokens.words[i - 1] in lexicon.before_participle:
        return following in lexicon.wh or following in lexicon.prepositions or following in lexicon.times or following == "that"
    return not is_word(tokens, i - 1) and following in ("whether", "if", "by", "about", "why", "how", "to")


def _raises_a_report(tokens: Tokens, behind: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether the passive before ``behind`` only says that a report is expected or made: "is expected to say that …"."""
    words = tokens.words
    if behind + 1 >= stop or words[behind] != "to":
        return False
    at = behind + 1
    while at < min(stop, behind + _RAISED_REACH) and (words[at] == "have" or words[at] in lexicon.adverbs):
        at += 1
    verb = lexicon.verbs.get(words[at]) if at < stop else None
    return verb is not None and bool(verb.classes & _REPORTING)


def _seeming(tokens: Tokens, cue: Cue, group: Group, floor: int, stop: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "The plan seems to work.", "Voters appeared uneasy.": what seems so stands on both sides."""
    last = cue.ranges[-1][1]
    subject = before(tokens, cue.ranges[0][0], floor, lexicon)
    if subject is None or last >= stop:
        return
    word = tokens.words[last]
    if word in ("that", "as", "like"):
        kind, family = "that", "clause"
    elif word == "to":
        kind, family = "inf", "inf"
    elif is_word(tokens, last) and word not in lexicon.prepositions:
        kind, family = "state", "np"
    else:
        return
    content = None if kind == "that" else subject
    yield Candidate(
        cue.lemma, cue.classes, "seem+" + kind, group.form, cue.ranges, None, None, content, (last, stop), family, group.modality
    )


def _modality(tokens: Tokens, group: Group, source: Range | None, floor: int, lexicon: Lexicon) -> QuoteModality:
    if group.modality != "asserted" or source is None:
        return group.modality
    at = source[0] - 1
    return "hypothetical" if at >= floor and tokens.words[at] in lexicon.conditions else "asserted"


def _postposed(
    tokens: Tokens, cue: Cue, group: Group, source: Range, floor: int, stop: int, lexicon: Lexicon
) -> Iterator[Candidate]:
    """ "The danger would not end, he said."; "The danger, he said, would not end."; "Memory, as he puts it, is …"."""
    raw, words = tokens.raw, tokens.words
    lead = _before_description(tokens, source, floor, lexicon)
    while lead > floor and words[lead] in lexicon.adverbs:
        lead -= 1
    as_clause = lead > floor and words[lead] == "as"
    if as_clause or (lead > floor and words[lead] in ("and", "but") and raw[lead - 1] == ","):
        lead -= 1
    if lead <= floor or not (raw[lead] in (",", "(") or raw[lead] in DASHES):
        return
    last = cue.ranges[-1][1]
    addressee = None
    if cue.lemma == "put":
        if last >= stop or words[last] != "it":
            return
        last += 1
    elif cue.classes & {"tell", "ask"}:
        addressee = addressee_at(tokens, last, stop, lexicon)
        last = addressee[1] if addressee is not None else last
    filled = skip_filler(tokens, last, stop, lexicon)
    frame = "as" if as_clause else "post"
    resumed = filled + 1
    goes_on = resumed < stop and raw[filled] == "," and raw[lead] == "," and resumes(tokens, resumed, lexicon)
    ends = filled >= stop or raw[filled] in _ENDS
    # At the end of a sentence hardly anything else than what was said can stand before "he said", whatever its verb is.
    bare = ends and addressee is None and "say" in cue.classes and (filled >= stop or raw[filled] != ":")
    left = before_clause(tokens, floor, lead, lexicon, finite=not bare)
    modality = _modality(tokens, group, source, floor, lexicon)
    agent: Range | None = source
    if group.form == "passive" and cue.form != "passive" or "court" in cue.classes:
        agent, addressee = None, source
    made = Candidate(cue.lemma, cue.classes, frame, group.form, cue.ranges, agent, addressee, left, None, "clause", modality)
    if goes_on:
        # What stands before may be no clause yet: "Memory, as he puts it, is …".
        first = floor
        while first < lead and (words[first] in lexicon.openers or raw[first] == ","):
            first += 1
        if trim(tokens, first, lead) is not None:
            yield made._replace(frame=frame + "-medial", before=(first, lead), behind=(resumed, stop), family="rest")
    if left is None:
        return
    if ends:
        yield made
    elif raw[filled] == "," and not goes_on:
        yield made._replace(frame=frame + "-comma")
    elif words[filled] in lexicon.circumstances and cue.classes & {"say", "tell"}:
        yield made._replace(frame=frame + "-circumstance")


def _opening_as(
    tokens: Tokens, cue: Cue, group: Group, source: Range, floor: int, stop: int, lexicon: Lexicon
) -> Iterator[Candidate]:
    """ "As Ada put it, the plan was dead.": the clause behind the comma is what she said."""
    at = source[0] - 1
    if (
        at < floor
        or tokens.words[at] != "as"
        or not (at == floor or (at == floor + 1 and tokens.words[floor] in lexicon.openers))
    ):
        return
    last = cue.ranges[-1][1]
    if cue.lemma == "put":
        last += 1
    filled = skip_filler(tokens, last, stop, lexicon)
    if filled + 1 < stop and tokens.raw[filled] == "," and is_clause(tokens, filled + 1, stop, lexicon):
        content = (filled + 1, stop)
        yield Candidate(
            cue.lemma, cue.classes, "as-first", group.form, cue.ranges, source, None, None, content, "clause", group.modality
        )


def _before_description(tokens: Tokens, source: Range, floor: int, lexicon: Lexicon) -> int:
    """The token before a source, and before what it stands in apposition to ("…, its director, Ilse Brandt, said")."""
    lead = source[0] - 1
    raw = tokens.raw
    if lead <= floor or raw[lead] != "," or source[1] >= len(tokens) or raw[source[1]] != ",":
        return lead
    described = ending_at(tokens, lead - 1, floor, lexicon)
    if described is None or described[0] - 1 <= floor or raw[described[0] - 1] != ",":
        return lead
    opening = tokens.words[described[0]]
    return described[0] - 1 if opening in lexicon.determiners or opening in lexicon.possessives else lead


def _inverted(tokens: Tokens, cue: Cue, group: Group, floor: int, stop: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "…, warned the central bank.": the whole sentence before the verb is content; "The plan, wrote one critic, will fail."."""
    at = cue.ranges[0][0]
    if group.first != at:
        return
    source = starting_at(tokens, cue.ranges[-1][1], stop, lexicon)
    if source is None:
        return
    behind = skip_filler(tokens, source[1], stop, lexicon)
    if behind < stop and tokens.raw[behind] not in _BREAKS and tokens.words[behind] not in lexicon.relatives:
        return
    made = Candidate(
        cue.lemma, cue.classes, "inverted", group.form, cue.ranges, source, None, None, None, "clause", group.modality
    )
    resumed = behind + 1
    if (
        resumed < stop
        and tokens.raw[behind] == ","
        and tokens.raw[at - 1] == ","
        and trim(tokens, floor, at - 1) is not None
        and cue.classes & {"say", "manner"}
        and cue.form.partition("+")[0] in ("past", "third")
        and resumes(tokens, resumed, lexicon)
    ):
        yield made._replace(frame="post-medial", before=(floor, at - 1), behind=(resumed, stop), family="rest")
    # "Rents up again, says charity": a headline may do without a verb.
    headline = behind >= stop and is_word(tokens, stop - 1) and cue.form == "third"
    left = before_clause(tokens, floor, cue.ranges[0][0] - 1, lexicon, finite=not headline)
    if left is not None:
        yield made._replace(before=left)


def _raised(tokens: Tokens, cue: Cue, group: Group, subject: Range | None, stop: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """ "She is expected to win.", "He is seen as weak.": the subject is part of what is said."""
    last = cue.ranges[-1][1]
    if subject is None or last + 1 >= stop:
        return
    if tokens.words[last] in ("to", "as") and cue.classes & {"think", "say", "label", "show"}:
        frame = "raising+" + tokens.words[last]
        yield Candidate(
            cue.lemma, cue.classes, frame, "passive", cue.ranges, None, None, subject, (last, stop), "inf", group.modality
        )


def _complement(tokens: Tokens, cue: Cue, group: Group, stop: int, lexicon: Lexicon) -> _Complement | None:
    """What stands behind the cue, when it can be what is reported."""
    words = tokens.words
    first = cue.ranges[-1][1]
    if first >= stop or (cue.lemma == "put" and words[first] == "it"):
        return None
    agent: Range | None = None
    addressee: Range | None = None
    if group.form == "passive" and words[first] == "by" and first + 1 < stop:
        # "warned by the government that …"
        agent = starting_at(tokens, first + 1, stop, lexicon)
        first = agent[1] if agent is not None else first
        if cue.form == "passive":
            # "was quoted as saying by the broadcaster that": the broadcaster only passes it on.
            agent = None
    elif cue.classes & _TOLD and group.form != "passive":
        addressee, first = _told(tokens, first, stop, lexicon)
    elif words[first] in lexicon.particles and first + 1 < stop and is_word(tokens, first + 1):
        first += 1
    if first >= stop:
        # "was published by Penguin."
        return None
    if addressee is None or words[first] != "not":
        first = _behind_filler(tokens, first, stop, lexicon)
    found = complement(tokens, first, stop, lexicon) if first < stop else None
    if found is None:
        return None
    kind, begin, family = found
    if kind == "np" and "say" in cue.classes and _says_little(tokens, first, stop, lexicon):
        return None
    if kind == "np" and first + 2 < stop and words[first + 2] == "that" and words[first] in lexicon.possessives:
        if words[first + 1] in lexicon.cue_nouns:
            # "repeated her claim that …": the claim is the cue.
            return None
    if kind == "inf" and _withholds(tokens, cue, first, stop, lexicon):
        return None
    if addressee is not None and "target" in cue.classes and kind.startswith("prep:"):
        begin = first
    if cue.lemma == "put" and kind in ("np", "clause"):
        at = _estimate(tokens, first, stop)
        if at is None:
            return None
        kind, begin, family = "prep:at", at, "np"
    elif kind == "np":
        recipient = starting_at(tokens, first, stop, lexicon)
        if recipient is not None and recipient[1] + 1 < stop and words[recipient[1]] in lexicon.articles:
            # "offered the sector a deal"
            addressee, begin = recipient, recipient[1]
    return _Complement(kind, begin, family, agent, addressee)


def _behind(
    tokens: Tokens, cue: Cue, group: Group, source: Range | None, said: _Complement, floor: int, stop: int, lexicon: Lexicon
) -> Candidate:
    """Content behind the cue."""
    kind, begin, family, agent, addressee = said
    agent = agent or source
    frame = kind if addressee is None else "obj+" + kind
    condition = _condition(tokens, source, floor, lexicon) if family == "clause" else None
    if condition is None and _is_subordinate(tokens, group, floor, lexicon):
        family += "-sub"
    modality = _modality(tokens, group, source, floor, lexicon)
    if agent is None and group.form == "passive" and kind == "wh":
        agent, stop = _agent_behind(tokens, begin, stop, lexicon)
    if "court" in cue.classes:
        # "The court heard that …": others said it there.
        agent, addressee = None, source
    return Candidate(
        cue.lemma, cue.classes, frame, group.form, cue.ranges, agent, addressee, condition, (begin, stop), family, modality
    )


def _before_refusal(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> int:
    """Where what is said ends at the latest: "… but declined to give details" is what who said it did."""
    words = tokens.words
    for i in range(first + 2, stop - 3):
        if words[i] not in ("but", "and"):
            continue
        verb = lexicon.verbs.get(words[i + 1])
        refuses = verb is not None and "withhold" in verb.classes and words[i + 2] == "to" and words[i + 3] in lexicon.withheld
        silent = (words[i + 1] in lexicon.finite and words[i + 2] in lexicon.negations and words[i + 3] in lexicon.withheld) or (
            words[i + 1].endswith(("n't", "n’t")) and words[i + 2] in lexicon.withheld
        )
        if refuses or silent:
            return i - 1 if tokens.raw[i - 1] == "," else i
    return stop


def _withholds(tokens: Tokens, cue: Cue, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether the infinitive at ``first`` is no content: "declined to comment", "asked not to be named"."""
    if "withhold" in cue.classes:
        return tokens.words[first + 1] in lexicon.withheld
    be = next((n for n in range(first + 1, min(stop - 1, first + 3)) if tokens.words[n] == "be"), None)
    return be is not None and tokens.words[be + 1] in lexicon.withheld


def _says_little(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether the object at ``first`` tells nothing of what was said ("said goodbye to them", "said so")."""
    if tokens.words[first] not in lexicon.light_objects:
        return False
    behind = first + 1
    return (
        behind >= stop
        or not is_word(tokens, behind)
        or blocks_noun(tokens, behind, lexicon)
        or tokens.words[behind] in lexicon.times
    )


def _estimate(tokens: Tokens, first: int, stop: int) -> int | None:
    """Where the figure stands in "puts the loss at 6.2 million"."""
    for i in range(first + 1, min(stop - 1, first + _LONGEST_SUBJECT)):
        if tokens.words[i] == "at":
            return i
        if not is_word(tokens, i):
            break
    return None


def _agent_behind(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> tuple[Range | None, int]:
    """Who asks behind the question of "Asked whether they would go by a reporter, he …", and where the question ends."""
    for i in range(first + 1, min(stop, first + _AGENT_REACH)):
        if tokens.raw[i] == ",":
            return None, stop
        if tokens.words[i] == "by":
            agent = starting_at(tokens, i + 1, stop, lexicon)
            if agent is not None and agent[1] < stop and tokens.raw[agent[1]] == ",":
                return agent, i
    return None, stop


def _condition(tokens: Tokens, source: Range | None, floor: int, lexicon: Lexicon) -> Range | None:
    """The condition before a report that belongs to what is reported: "If they deliver, he pledged that …"."""
    if source is None or not 3 < source[0] - floor < OPEN_ENDED or tokens.raw[source[0] - 1] != ",":
        return None
    return (floor, source[0] - 1) if tokens.words[floor] in lexicon.conditions else None


def _is_subordinate(tokens: Tokens, group: Group, floor: int, lexicon: Lexicon) -> bool:
    """Whether the report stands in a clause that opens the sentence, so that a main clause follows ("When he said …, …")."""
    opening = floor
    while opening < group.first and (tokens.words[opening] in lexicon.openers or behind_label(tokens, opening + 1)):
        opening += 1
    if opening == group.first:
        return group.form in ("ing", "passive", "to")
    if tokens.words[opening] not in lexicon.subordinators or group.first - opening > _LONGEST_SUBJECT:
        return False
    return not any(is_finite(tokens, n, lexicon) for n in range(opening + 1, group.first))


def _told(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> tuple[Range | None, int]:
    """The addressee behind a verb of telling, and where the content begins; ``None`` when the object is the content."""
    words = tokens.words
    addressee = addressee_at(tokens, first, stop, lexicon)
    if addressee is None or addressee[1] >= stop:
        return None, first
    behind = addressee[1]
    following = words[behind]
    if (
        following in lexicon.wh
        or following in ("that", "to", "about", "of", "not", "for")
        or is_clause(tokens, behind, stop, lexicon)
    ):
        return addressee, behind
    filled = skip_filler(tokens, behind, stop, lexicon)
    if filled < stop and (words[filled] in ("that", "whether", "if", "to", "what", "how", "why")):
        return addressee, filled
    return None, first


def _behind_filler(tokens: Tokens, first: int, stop: int, lexicon: Lexicon) -> int:
    """Where content begins when adverbs or phrases of time and place stand between it and its cue."""
    words, raw = tokens.words, tokens.raw
    skipped = skip_filler(tokens, first, stop, lexicon)
    if skipped == first and words[first] == "to" and first + 1 < stop:
        # "wrote to the committee that"
        told = starting_at(tokens, first + 1, stop, lexicon)
        return told[1] if told is not None and told[1] < stop and words[told[1]] == "that" else first
    if skipped == first or skipped >= stop:
        return first
    word = words[skipped]
    if word in ("that", "whether", "if", "how", "why", "what") or (word == "to" and skipped - first <= 2) or raw[skipped] == ":":
        return skipped
    if raw[skipped] == "," and skipped + 1 < stop and words[skipped + 1] == "that":
        return skipped + 1
    if words[first] in lexicon.days or words[first] in lexicon.times or words[first] in lexicon.adverbs:
        return skipped
    # "said in a statement it was sorry"
    return skipped if is_clause(tokens, skipped, stop, lexicon) else first

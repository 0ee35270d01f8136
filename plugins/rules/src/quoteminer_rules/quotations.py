"""From marked stretches and reporting clauses to quotations, block by block."""

from __future__ import annotations

from typing import Final

from .attribution import (
    Clause,
    Cue,
    after_atom,
    cue_at,
    cuts_content,
    governing,
    is_filler,
    phrase_before,
    reports,
    sentence_subject,
    told_there,
)
from .judging import cue_class
from .layout import Block, Tokens, ends_sentence, tokenise
from .lexicon import Lexicon
from .marks import SINGLE, Stretch
from .phrases import Range, addressee_at, is_capital, is_word, starting_at

Offsets = tuple[int, int]
_DEEPEST: Final = 6
# "A, she said": shorter text holds no content and reporting clause.
_SHORTEST_WITH_CLAUSE: Final = 12
_LONGEST_SENTENCE: Final = 150
DASHES: Final = ("–", "—", "―", "-", "--", "---")
_RECOVERY: Final = 3000
# "she went on": not a new quotation but more of the last one.
_CONTINUING: Final = frozenset({"go", "continue", "resume"})
_NAMING: Final = frozenset({"call", "dub", "label", "term", "nickname", "brand"})
# Between a label and what bears it: "accused her of …", "praised it for …", "called for …", "criticised plans to …".
_NO_NAMING: Final = frozenset({"of", "for", "to", "after", "because", "over", "when", "who", "that", "while", "about", "against"})
_SPEECH: Final = frozenset({"say", "tell", "ask", "urge", "think", "show", "put", "point", "court"})


class Found:
    """A quotation before it becomes a ``Quote``; offsets are code points of the document."""

    __slots__ = (
        "addressee",
        "confidence",
        "content",
        "cue",
        "cue_class",
        "kind",
        "lemma",
        "modality",
        "parent",
        "rule",
        "source",
    )

    def __init__(self, content: list[Offsets], kind: str, rule: str) -> None:
        self.content = content
        self.kind = kind
        self.rule = rule
        self.cue: list[Offsets] = []
        self.source: Offsets | None = None
        self.addressee: Offsets | None = None
        self.lemma = ""
        self.cue_class = ""
        self.confidence: float | None = None
        self.modality = "asserted"
        self.parent: Found | None = None


class Scene:
    """What the search knows while it goes through one block."""

    __slots__ = ("clause_end", "found", "last", "rejected", "used")

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.last: Found | None = None
        """The direct quotation that a following stretch may continue."""
        self.clause_end = -1
        """Token index behind the reporting clause of ``last`` (or behind its last stretch)."""
        self.rejected: set[int] = set()
        """Tokens of stretches that are no quotation (titles, scare quotes)."""
        self.used = -1
        """Token index up to which stretches are already part of a quotation."""


def extract_marked(text: str, blocks: list[Block], covered: list[Offsets], lexicon: Lexicon) -> list[Found]:
    """All quotations with marks in ``text`` outside the ``covered`` ranges, outer before inner, in text order."""
    result: list[Found] = []
    pending: Found | None = None
    pending_at = -1
    pending_mark = ""
    following = iter(sorted(covered))
    cover = next(following, None)
    for index, block in enumerate(blocks):
        while cover is not None and cover[1] <= block.start:
            cover = next(following, None)
        if cover is not None and block.stretches and cover[0] < block.end:
            block.stretches = [s for s in block.stretches if not any(a <= s.open < b for a, b in (cover,))]
        if not block.stretches:
            pending = None
            continue
        found, by_stretch = _in_block(text, block, lexicon)
        first = block.stretches[0]
        if index and id(first) in by_stretch:
            _introduced_by_block(text, blocks[index - 1], block, by_stretch[id(first)], lexicon)
        chained = pending_at == index - 1 and first.open - block.start < 3 and text[first.open] == pending_mark
        if pending is not None and chained and id(first) in by_stretch:
            _chain(pending, by_stretch[id(first)], found)
            head: Found | None = pending
        else:
            head = None
        result.extend(found)
        last = block.stretches[-1]
        pending = None
        if not last.closed and last.end >= block.end - 1 and id(last) in by_stretch:
            pending_mark = text[last.open]
            pending = by_stretch[id(last)]
            if head is not None and last is first:
                pending = head
            pending_at = index
    return result


def mend(text: str, blocks: list[Block], lexicon: Lexicon) -> None:
    """Decide, in every block, where stretches without a closing mark end."""
    for index, block in enumerate(blocks):
        if any(not stretch.closed for stretch in block.stretches):
            _mend(text, blocks, index, lexicon)


def extract_tokens(text: str, tokens: Tokens, lexicon: Lexicon, parent: Found) -> list[Found]:
    """The quotations with marks among ``tokens``, all inside the quotation ``parent``."""
    return _in_tokens(text, tokens, lexicon, parent, {}, 1)


def _introduced_by_block(text: str, earlier: Block, block: Block, quote: Found, lexicon: Lexicon) -> None:
    """Take the attribution from the paragraph before when that ends with a colon ("He said:")."""
    if quote.cue or quote.source is not None or block.stretches[0].open - block.start > 2:
        return
    introduced = introduction(text, earlier, lexicon)
    if introduced is None:
        return
    tokens, clause = introduced
    _attribute(tokens, quote, clause)
    quote.rule = "direct.colon"


def introduction(text: str, block: Block, lexicon: Lexicon) -> tuple[Tokens, Clause] | None:
    """The reporting clause at the end of a block that announces what the next block holds."""
    end = block.end
    while end > block.start and text[end - 1].isspace():
        end -= 1
    if text[end - 1 : end] != ":":
        return None
    start = max(block.start, end - 600)
    stretches = [stretch for stretch in block.stretches if start <= stretch.open and stretch.close <= end]
    tokens = tokenise(text, start, end, stretches, lexicon)
    if len(tokens) < 2:
        return None
    last = len(tokens) - 1
    floor = tokens.sentence[last]
    clause = governing(tokens, last, floor, lexicon)
    if clause is not None and clause.source is not None and clause.cue.classes & (_SPEECH | {"manner", "read"}):
        return tokens, clause
    subject = sentence_subject(tokens, floor, last, lexicon)
    if subject is None:
        return None
    return tokens, Clause("colon", Cue(((last, last + 1),), ":", frozenset({"say"}), "base"), subject, None, last, last + 1)


def _chain(earlier: Found, later: Found, found: list[Found]) -> None:
    """Join a quotation over paragraphs; the attribution may stand in any of them."""
    found.remove(later)
    earlier.content.extend(later.content)
    if not earlier.cue and earlier.source is None:
        earlier.cue, earlier.source, earlier.addressee = later.cue, later.source, later.addressee
        earlier.lemma, earlier.modality = later.lemma, later.modality
    earlier.rule = "direct.paragraphs"
    for other in found:
        if other.parent is later:
            other.parent = earlier


def _mend(text: str, blocks: list[Block], index: int, lexicon: Lexicon) -> None:
    """Decide where stretches without a closing mark end."""
    block = blocks[index]
    kept: list[Stretch] = []
    for stretch in block.stretches:
        if stretch.closed:
            kept.append(stretch)
            continue
        cut = _reporting_clause_inside(text, stretch, lexicon)
        if cut is not None:
            stretch.end = stretch.close = cut
            stretch.children = [child for child in stretch.children if child.close <= cut]
            stretch.closed = True
            kept.append(stretch)
        elif _starts_something(text, block, stretch) and (
            stretch.family is not SINGLE or _continues(blocks, index) or stretch.open - block.start < 3
        ):
            kept.append(stretch)
        else:
            # A stray mark: what it seemed to enclose belongs to the text around it.
            kept.extend(stretch.children)
    block.stretches = kept


def _continues(blocks: list[Block], index: int) -> bool:
    if index + 1 >= len(blocks) or not blocks[index + 1].stretches:
        return False
    following = blocks[index + 1]
    return following.stretches[0].open - following.start < 3


def _starts_something(text: str, block: Block, stretch: Stretch) -> bool:
    before = text[max(block.start, stretch.open - 3) : stretch.open].rstrip()
    return stretch.open - block.start < 3 or before[-1:] in (":", ",", ".", "!", "?", "") or before[-1:] in '”’"'


def _reporting_clause_inside(text: str, stretch: Stretch, lexicon: Lexicon) -> int | None:
    """The offset at which an unclosed stretch ends because a reporting clause follows (", said Dev Rathore, …")."""
    if stretch.end - stretch.start < _SHORTEST_WITH_CLAUSE:
        return None
    stop = min(stretch.end, stretch.start + _RECOVERY)
    tokens = tokenise(text, stretch.start, stop, [c for c in stretch.children if c.close <= stop], lexicon)
    for i in range(1, len(tokens) - 2):
        if tokens.raw[i] not in (",", "?", "!"):
            continue
        clause = after_atom(tokens, i, lexicon, text, ended_by_comma=True)
        if clause is None:
            continue
        named = clause.source is not None and (
            is_capital(tokens, clause.source[0]) or tokens.words[clause.source[0]] in ("he", "she", "they")
        )
        ends = clause.last >= len(tokens) or not is_word(tokens, clause.last)
        if named and ends and (clause.rule == "inverted" or tokens.raw[min(clause.last, len(tokens) - 1)] in (".", ":")):
            return tokens.ends[i]
    return None


def _in_block(text: str, block: Block, lexicon: Lexicon) -> tuple[list[Found], dict[int, Found]]:
    tokens = block.tokens(text, lexicon)
    by_stretch: dict[int, Found] = {}
    found = _in_tokens(text, tokens, lexicon, None, by_stretch, 0)
    return found, by_stretch


def _in_tokens(
    text: str, tokens: Tokens, lexicon: Lexicon, parent: Found | None, by_stretch: dict[int, Found], depth: int
) -> list[Found]:
    scene = Scene()
    previous_end = 0
    count = len(tokens)
    inside: list[tuple[Found, Stretch]] = []
    for k in range(count):
        stretch = tokens.atoms[k]
        if stretch is None:
            continue
        quote = None
        if k > scene.used:
            floor = _sentence_start(text, tokens, k, previous_end)
            quote = _judge(text, tokens, k, floor, scene, lexicon, nested=parent is not None)
        else:
            quote = scene.found[-1] if scene.found else None
        if quote is None:
            scene.rejected.add(k)
        previous_end = k + 1
        if quote is not None:
            quote.parent = parent
            by_stretch[id(stretch)] = quote
            if depth < _DEEPEST:
                inside.append((quote, stretch))
    result = list(scene.found)
    for quote, stretch in inside:
        if stretch.children and quote.kind == "direct":
            inner = tokenise(text, stretch.start, stretch.end, stretch.children, lexicon)
            result.extend(_in_tokens(text, inner, lexicon, quote, by_stretch, depth + 1))
    return result


def _sentence_start(text: str, tokens: Tokens, k: int, previous_end: int) -> int:
    """The first token of the sentence of the stretch at ``k``; an earlier stretch that ends like a sentence ends it."""
    first = tokens.sentence[k]
    if previous_end > first:
        atom = tokens.atoms[previous_end - 1]
        if atom is not None and ends_sentence(text, atom) and not tokens.raw[previous_end][0].islower():
            return previous_end
    return first


def _judge(text: str, tokens: Tokens, k: int, floor: int, scene: Scene, lexicon: Lexicon, *, nested: bool) -> Found | None:
    """Decide what the stretch at token ``k`` is, and with which attribution."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    lead = [
        i
        for i in range(max(floor, k - _LONGEST_SENTENCE), k)
        if (is_word(tokens, i) and not tokens.raw[i][0].isdigit()) or tokens.atoms[i] is not None
    ]
    clause = after_atom(tokens, k, lexicon, text)
    if not lead:
        return _initial(text, tokens, k, clause, scene, lexicon, nested=nested)
    continued = _medial(text, tokens, k, clause, scene, lexicon)
    if continued is not None:
        return continued
    return _embedded(text, tokens, k, max(floor, k - _LONGEST_SENTENCE), clause, scene, lexicon, nested=nested)


def _initial(
    text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, lexicon: Lexicon, *, nested: bool
) -> Found | None:
    stretch = tokens.atoms[k]
    assert stretch is not None
    if clause is not None and not (clause.rule == "inverted" and _heads_noun(tokens, clause)):
        if clause.cue.lemma in _CONTINUING and _follows(tokens, k, scene):
            assert scene.last is not None
            scene.last.content.append(_inner(text, stretch))
            scene.clause_end = clause.last
            return scene.last
        return _direct(text, tokens, k, clause, scene, "direct." + clause.rule)
    count = len(tokens)
    named = _behind_dash(tokens, k, lexicon) or _before_colon(tokens, k)
    if named is not None:
        quote = _direct(text, tokens, k, None, scene, "direct.dash" if tokens.raw[k + 1] in DASHES else "direct.headline")
        quote.source = span_of(tokens, named)
        scene.last = None
        return quote
    if _follows(tokens, k, scene) and not _goes_on(text, tokens, k):
        assert scene.last is not None
        scene.last.content.append(_inner(text, stretch))
        scene.clause_end = k + 1
        return scene.last
    if k >= 2 and tokens.raw[k - 1] == ":" and scene.last is None:
        return None
    subject_goes_on = is_word(tokens, k + 1) and tokens.raw[k + 1][0].islower() if k + 1 < count else False
    if subject_goes_on and not ends_sentence(text, stretch):
        return None
    if nested:
        return None
    if not (ends_sentence(text, stretch) or text[stretch.end - 1] in ",—–-" or not stretch.closed or _is_long(text, stretch)):
        return None
    return _direct(text, tokens, k, None, scene, "direct.alone")


def _behind_dash(tokens: Tokens, k: int, lexicon: Lexicon) -> Range | None:
    """The source in “…” – Commissioner Vella, at the end of a line or sentence."""
    count = len(tokens)
    if k + 2 >= count or tokens.raw[k + 1] not in DASHES:
        return None
    source = starting_at(tokens, k + 2, count, lexicon)
    if source is None or not is_capital(tokens, source[0]) or source[1] - source[0] > 8:
        return None
    behind = source[1]
    ends = (
        behind == count or tokens.stop[k] == behind or tokens.raw[behind] in (",", ".", "(") or tokens.atoms[behind] is not None
    )
    return source if ends else None


def _before_colon(tokens: Tokens, k: int) -> Range | None:
    """The source in the headline ‘Like living in a car wash’: Mum's fury."""
    if k != 0 or len(tokens) < 4 or tokens.raw[1] != ":" or not is_capital(tokens, 2):
        return None
    for i in range(2, min(6, len(tokens))):
        if tokens.raw[i][-2:] in ("'s", "’s"):
            return (2, i + 1)
        if not is_capital(tokens, i):
            return None
    return None


def _heads_noun(tokens: Tokens, clause: Clause) -> bool:
    return clause.cue.form == "base" and tokens.raw[clause.first][0].isupper()


def _is_long(text: str, stretch: Stretch) -> bool:
    return text.count(" ", stretch.start, stretch.end) >= 6


def _follows(tokens: Tokens, k: int, scene: Scene) -> bool:
    """Whether only the rest of the reporting clause (or one beat of action) stands between the last quotation and ``k``."""
    last = scene.last
    if last is None or scene.clause_end > k:
        return False
    gap = range(scene.clause_end, k)
    if len(gap) > 60 or any(tokens.atoms[i] is not None and i not in scene.rejected for i in gap):
        return False
    if not last.cue and last.source is None and len(gap) == 0:
        return False
    stops = sum(1 for i in gap if tokens.raw[i] in (".", "!", "?") and i + 1 <= k and tokens.stop[i] == i + 1)
    return stops <= 1 and not any(tokens.raw[i] == ":" for i in gap)


def _medial(text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, lexicon: Lexicon) -> Found | None:
    """The second half of "A," he said, "B": nothing but the reporting clause stands between."""
    if scene.last is None or scene.last.kind != "direct" or not scene.last.rule.startswith("direct"):
        return None
    stretch = tokens.atoms[k]
    assert stretch is not None
    gap = range(scene.clause_end, k)
    if scene.clause_end > k or len(gap) > 40 or any(tokens.atoms[i] is not None and i not in scene.rejected for i in gap):
        return None
    if scene.last.rule not in ("direct.inverted", "direct.subject-verb", "direct.alone"):
        return None
    if tokens.raw[k - 1] not in (",", ".", *DASHES) and len(gap) > 0:
        return None
    if any((cue := cue_at(tokens, i, lexicon)) is not None and reports(cue) for i in gap if tokens.words[i] in lexicon.verbs):
        # ", adding, “B”": a reporting verb of its own.
        return None
    if any(tokens.raw[i] in (".", "!", "?", ";", ":") for i in gap) or (clause is not None and clause.cue.lemma != "go"):
        return None
    if scene.last.rule == "direct.alone" and len(gap) > 14:
        return None
    scene.last.content.append(_inner(text, stretch))
    scene.clause_end = k + 1 if clause is None else clause.last
    return scene.last


def _embedded(
    text: str,
    tokens: Tokens,
    k: int,
    floor: int,
    after: Clause | None,
    scene: Scene,
    lexicon: Lexicon,
    *,
    nested: bool,
) -> Found | None:
    """A stretch with words of its sentence before it: introduced, governed, part of reported speech, or no quotation."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    raw = tokens.raw
    intro = raw[k - 1]
    if scene.last is not None and scene.clause_end == k - 1 and tokens.words[k - 1] == "in" and not ends_sentence(text, stretch):
        # “…,” she recalled in “Lines and Levels”, “…”: where she wrote it.
        return None
    governor = governing(tokens, k, floor, lexicon)
    if governor is not None and governor.cue.lemma == "read" and intro != ":":
        # "a vest that reads “Mind the Gap”": an inscription.
        governor = None
    if governor is not None and governor.cue.lemma == "put" and tokens.words[min(governor.last, len(tokens) - 1)] != "it":
        governor = None
    if intro == ":":
        return _after_colon(text, tokens, k, floor, governor, scene, lexicon)
    phrase = phrase_before(tokens, k, floor, lexicon)
    if phrase is not None:
        return _direct(text, tokens, k, phrase, scene, "direct.introduced")
    if governor is not None:
        gap_first, gap_last = governor.cue.ranges[-1][1], k
        addressee = None
        if governor.cue.lemma == "put":
            gap_first += 1
        if governor.cue.classes & {"tell", "ask", "urge"}:
            addressee = addressee_at(tokens, gap_first, gap_last, lexicon)
            if addressee is not None:
                gap_first = addressee[1]
        while gap_last > gap_first and (
            raw[gap_last - 1] in (",", "…", *DASHES) or tokens.words[gap_last - 1] in ("that", "how", "as", "like")
        ):
            gap_last -= 1
        governor = governor._replace(addressee=addressee)
        speech = governor.cue.classes & _SPEECH or governor.cue.classes & {"manner", "read"}
        label = bool(governor.cue.classes & {"label"})
        if governor.cue.lemma in _NAMING and gap_first >= gap_last and "what" not in tokens.words[max(floor, k - 7) : k]:
            # "a goat called “Professor”": a name.
            return None
        if speech and gap_first >= gap_last:
            if after is None and _goes_on(text, tokens, k) and not label:
                return _mixed_after(text, tokens, k, governor, scene, lexicon)
            return _direct(text, tokens, k, governor, scene, "direct.introduced")
        if speech and intro in (",", *DASHES) and is_filler(tokens, gap_first, gap_last, lexicon):
            return _direct(text, tokens, k, governor, scene, "direct.introduced")
        if (
            label
            and _is_named(text, tokens, gap_first, k, lexicon)
            and gap_last - gap_first <= 14
            and not any(
                (cue := cue_at(tokens, i, lexicon)) is not None and reports(cue)
                for i in range(gap_first, gap_last)
                if tokens.words[i] in lexicon.verbs and tokens.words[i] not in ("reports", "report")
            )
        ):
            return _direct(text, tokens, k, governor, scene, "direct.label")
        if governor.cue.classes & (_SPEECH | {"label"}) and not (
            after is not None and intro == "," and is_capital_inside(text, stretch)
        ):
            if tokens.words[k - 1] not in lexicon.unquoted_cues:
                return _mixed_after(text, tokens, k, governor, scene, lexicon)
    if after is not None:
        if intro == "," and is_capital_inside(text, stretch):
            return _direct(text, tokens, k, after, scene, "direct." + after.rule)
        return _mixed_before(text, tokens, k, floor, after, scene)
    if tokens.words[k - 1] in lexicon.unquoted_cues or nested:
        return None
    if intro in (",", *DASHES) and is_capital_inside(text, stretch) and _is_long(text, stretch) and ends_sentence(text, stretch):
        return _direct(text, tokens, k, None, scene, "direct.alone")
    if text.count(" ", stretch.start, stretch.end) >= 8 and stretch.closed:
        return _direct(text, tokens, k, None, scene, "direct.fragment")
    return None


def _is_named(text: str, tokens: Tokens, first: int, k: int, lexicon: Lexicon) -> bool:
    """Whether the stretch at ``k`` is what something is called ("called it “a toy”"), and no part of another phrase.

    Not so in "blasted it after a “new” drain burst", "accused her of leaving “a hole”".
    """
    words = tokens.words
    if words[k - 1] in lexicon.determiners and k + 1 < len(tokens) and tokens.raw[k + 1][0].islower():
        if words[k + 1] not in lexicon.function_words and words[k - 1] not in ("that", "this"):
            return False
    return not any(words[n] in _NO_NAMING for n in range(first, k - 1)) or "as" in words[max(first, k - 3) : k]


def is_capital_inside(text: str, stretch: Stretch) -> bool:
    """Whether what is inside the marks begins like a sentence."""
    at = stretch.start
    while at < stretch.end and not text[at].isalnum():
        at += 1
    return at < stretch.end and (text[at].isupper() or text[at].isdigit())


def _after_colon(
    text: str, tokens: Tokens, k: int, floor: int, governor: Clause | None, scene: Scene, lexicon: Lexicon
) -> Found | None:
    colon = k - 1
    if governor is not None and governor.cue.classes & (_SPEECH | {"manner", "read"}) and governor.source is not None:
        addressee = None
        if governor.cue.classes & {"tell", "ask", "urge"}:
            addressee = addressee_at(tokens, governor.last, colon, lexicon)
        return _direct(text, tokens, k, governor._replace(addressee=addressee), scene, "direct.colon")
    stretch = tokens.atoms[k]
    assert stretch is not None
    if not is_capital_inside(text, stretch) and not ends_sentence(text, stretch):
        return None
    subject = starting_at(tokens, floor, colon, lexicon) or sentence_subject(tokens, floor, colon, lexicon)
    quote = _direct(text, tokens, k, governor, scene, "direct.colon")
    if governor is None:
        quote.cue = [(tokens.starts[colon], tokens.ends[colon])]
    if subject is not None:
        quote.source = span_of(tokens, subject)
    return quote


def _goes_on(text: str, tokens: Tokens, k: int) -> bool:
    """Whether the sentence goes on behind a fragment with words that belong to what was said."""
    stretch = tokens.atoms[k]
    assert stretch is not None
    if k + 1 >= len(tokens) or ends_sentence(text, stretch) or text[stretch.end - 1] in ",—–-":
        return False
    following = tokens.raw[k + 1]
    if following in ("in", "on", "at", "for", "of") and not is_capital_inside(text, stretch):
        return k + 2 < len(tokens) and tokens.words[k + 2] not in (
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        )
    return following[0].islower() and following not in (
        "on",
        "in",
        "at",
        "during",
        "after",
        "when",
        "before",
        "as",
        "while",
        "and",
        "but",
        "last",
        "this",
        "who",
    )


def _mixed_after(text: str, tokens: Tokens, k: int, clause: Clause, scene: Scene, lexicon: Lexicon) -> Found:
    """Reported speech behind its cue, partly in marks."""
    first = clause.cue.ranges[-1][1]
    if clause.source is not None:
        # "said Ada": the subject behind its verb is no part of what is said.
        first = max(first, clause.source[1])
    if clause.addressee is not None:
        first = clause.addressee[1]
    while first < k and tokens.raw[first] == ",":
        first += 1
    for i in range(first, min(k, first + 18)):
        if tokens.words[i] == "that" and is_filler(tokens, first, i, lexicon):
            first = i
            break
    stop = min(tokens.stop[k], k + _LONGEST_SENTENCE, len(tokens))
    for i in range(k, stop):
        atom = tokens.atoms[i]
        if atom is None:
            continue
        introduced = governing(tokens, i, k + 1, lexicon) if i > k and tokens.raw[i - 1] in (",", ":") else None
        if introduced is not None and introduced.last >= i - 1 and introduced.source is not None:
            stop = max(k + 1, introduced.source[0])
            break
        if i > k and tokens.words[i - 1] in lexicon.verbs:
            own = cue_at(tokens, i - 1, lexicon)
            if own is not None and own.classes & (_SPEECH | {"manner"}):
                # "told them to “go” and muttered “now”"
                stop = next((n for n in range(i - 1, k, -1) if tokens.words[n] in ("and", "but") or tokens.raw[n] == ","), i - 1)
                break
        trailing = after_atom(tokens, i, lexicon, text)
        if (
            (trailing is not None and (text[atom.end - 1] in ",?!" or tokens.raw[i + 1] == ","))
            or told_there(tokens, i + 1, lexicon)
            or (
                ends_sentence(text, atom)
                and i + 1 < stop
                and not tokens.raw[i + 1][0].islower()
                and tokens.raw[i + 1] not in (",", ";")
            )
        ):
            stop = i + 1
            break
    stop = max(k + 1, cuts_content(tokens, max(first, k), stop, lexicon)) if stop > k + 1 else stop
    last = stop
    while last > k + 1 and not is_word(tokens, last - 1) and tokens.atoms[last - 1] is None:
        last -= 1
    return _mixed(text, tokens, first, last, clause, scene, "mixed.governed")


def _mixed_before(text: str, tokens: Tokens, k: int, floor: int, clause: Clause, scene: Scene) -> Found:
    """Reported speech before its reporting clause, partly in marks."""
    first = floor
    while first < k and (not is_word(tokens, first) and tokens.atoms[first] is None):
        first += 1
    quote = _mixed(text, tokens, first, k + 1, clause, scene, "mixed." + clause.rule)
    scene.clause_end = clause.last
    return quote


def _mixed(text: str, tokens: Tokens, first: int, last: int, clause: Clause, scene: Scene, rule: str) -> Found:
    words = [i for i in range(first, last) if is_word(tokens, i) and tokens.words[i] != "that"]
    quote = Found([(tokens.starts[first], tokens.ends[last - 1])], "mixed", rule)
    if not words:
        quote.kind = "direct"
        quote.content = [_inner(text, atom) for atom in tokens.atoms[first:last] if atom is not None]
    _attribute(tokens, quote, clause)
    scene.found.append(quote)
    scene.last = None
    scene.used = last - 1
    return quote


def _direct(text: str, tokens: Tokens, k: int, clause: Clause | None, scene: Scene, rule: str) -> Found:
    stretch = tokens.atoms[k]
    assert stretch is not None
    quote = Found([_inner(text, stretch)], "direct", rule)
    if clause is not None:
        _attribute(tokens, quote, clause)
    scene.found.append(quote)
    scene.last = quote
    scene.clause_end = clause.last if clause is not None and clause.first > k else k + 1
    scene.used = k
    return quote


def _attribute(tokens: Tokens, quote: Found, clause: Clause) -> None:
    quote.cue = [span_of(tokens, part) for part in clause.cue.ranges]
    quote.lemma = clause.cue.lemma
    quote.cue_class = cue_class(clause.cue.classes, "clause")
    if clause.source is not None:
        quote.source = span_of(tokens, clause.source)
    if clause.addressee is not None:
        quote.addressee = span_of(tokens, clause.addressee)


def span_of(tokens: Tokens, part: Range) -> Offsets:
    """Offsets of a range of tokens, without a final possessive."""
    first, last = tokens.starts[part[0]], tokens.ends[part[1] - 1]
    raw = tokens.raw[part[1] - 1]
    return (first, last - 2) if raw[-2:] in ("'s", "’s") and last - first > 2 else (first, last)


def _inner(text: str, stretch: Stretch) -> Offsets:
    start, end = stretch.start, stretch.end
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else (stretch.start, stretch.end)

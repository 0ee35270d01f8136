"""Who speaks when no name tells: observations on each candidate, weighed and compared.

Each observation about a candidate ("spoke the turn before the last", "subject of the sentence before") has a weight in
``weights/speakers.tsv``; the sums are turned into probabilities over the candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

from quoteminer import Quote

from .narration import OBJECT, OBLIQUE, POSSESSOR, SUBJECT, Mention, Narration
from .people import Entity
from .turns import Conversation, Turn

_MOST: Final = 10
"""Candidates that are looked at."""
_AHEAD: Final = 6
"""Turns behind the quotation that are looked at."""
_BACK: Final = 4
"""Paragraphs before that of the quotation whose mentions count."""
_NEAR: Final = 4
"""Paragraphs between two turns that may still answer each other."""
_TOLD: Final = 400
"""Code points of a quotation before a pronoun in it in which others are mentioned."""
_SHORT: Final = 2
"""Words of a description that tells nothing but a noun: "the minister"; who is met for the first time is told more of."""
_FITTING: Final = frozenset(["gender_fits", "gender_seems_to_fit"])
_LONG: Final = 8
"""Paragraphs after which somebody has not spoken for long, and places that make a name a frequent one."""

Situation = Literal["pronoun", "beat", "bare", "noun", "nested"]
SITUATIONS: Final[tuple[Situation, ...]] = get_args(Situation)
PRONOUN, BEAT, BARE, NOUN, NESTED = SITUATIONS
"""What tells who speaks: a pronoun, narration beside the quotation, nothing, a description that may mean somebody named
elsewhere, a pronoun inside a quotation."""


Weights = Mapping[str, Mapping[str, float]]
"""Situation -> observation -> weight."""


class _Side(NamedTuple):
    """The observations on mentions before or after a quotation in its paragraph."""

    functions: Mapping[str, str]
    nearest: str
    """On the subject nearest to the quotation."""
    opening: str
    """On that subject where it opens the narration."""


_BEFORE: Final = _Side(
    {SUBJECT: "before_subject", OBJECT: "before_object", OBLIQUE: "before_oblique", POSSESSOR: "before_possessor"},
    "before_nearest_subject",
    "before_opening_subject",
)
_AFTER: Final = _Side(
    {SUBJECT: "behind_subject", OBJECT: "behind_object", OBLIQUE: "behind_oblique", POSSESSOR: "behind_possessor"},
    "behind_nearest_subject",
    "behind_opening_subject",
)
_DISTANCES: Final = (0, 1, _NEAR)
"""Paragraphs to the turn before: the same, the next, near; else it is far."""
_PREVIOUS: Final = ("previous_same", "previous_next", "previous_near", "previous_far")
_OTHER: Final = ("other_same", "other_next", "other_near", "other_far")
"""Observations on who spoke last, and on who spoke before that one, by these distances."""
_PRONOUNS: Final = (
    ("pronoun_same_fits", "pronoun_same_clashes"),
    ("pronoun_1_fits", "pronoun_1_clashes"),
    ("pronoun_2_fits", "pronoun_2_clashes"),
)
"""Observations by the pronoun that is the source of the next turn in the paragraph, of the next, of the one after that."""


class Candidates:
    """The candidates for one quotation with what speaks for and against each."""

    def __init__(self, gender: str | None, but: Entity | None = None) -> None:
        self.gender = gender
        """What the source says of it; whom it does not fit is no candidate."""
        self.but = but
        """Who cannot be meant."""
        self.entities: dict[int, Entity] = {}
        self.observed: dict[int, list[str]] = {}

    def see(self, entity: Entity, observation: str | None = None) -> None:
        """Note a candidate and an observation about it."""
        if entity.serial not in self.entities:
            if not self.fits(entity):
                return
            self.entities[entity.serial] = entity
            self.observed[entity.serial] = []
        if observation is not None and observation not in self.observed[entity.serial]:
            self.observed[entity.serial].append(observation)

    def fits(self, entity: Entity) -> bool:
        """Whether the gender of the source does not speak against a candidate."""
        if entity is self.but:
            return False
        if self.gender is None:
            return True
        if entity.gender is not None:
            return entity.gender == self.gender
        ours, theirs = entity.votes_for(self.gender)
        return theirs <= 2 * ours + 1

    def note(self, entity: Entity | None, observation: str) -> None:
        """Note an observation about somebody who is a candidate already."""
        if entity is not None and entity.serial in self.entities:
            self.see(entity, observation)


class Ranking:
    """Ranks the candidates for a quotation."""

    def __init__(
        self,
        scene: Narration,
        conversation: Conversation,
        weights: Weights,
        narrator: Entity | None,
        main: Entity | None = None,
    ) -> None:
        self._scene = scene
        self._main = main
        """Whom the text names most."""
        self._conversation = conversation
        self._weights = weights
        self._narrator = narrator
        self._total = 1

    def rank(
        self,
        turn: Turn,
        gender: str | None,
        source: tuple[int, int] | None,
        described: Entity | None = None,
        *,
        epithet: bool = False,
    ) -> tuple[Situation, list[tuple[float, Entity]]]:
        """The situation and the candidates with their probabilities, the likeliest first; empty when there are none.

        ``described`` is what a description stands for if it stands for nobody who is named, and ``epithet`` tells whether its noun is one that mostly does not.
        """
        situation, candidates = self.observe(turn, gender, source, described, epithet)
        return situation, self._weigh(candidates, situation)

    def rank_nested(
        self, turn: Turn, quote: Quote, gender: str | None, source: tuple[int, int], around: Entity | None
    ) -> list[tuple[float, Entity]]:
        """The candidates for a quotation inside the one of a turn, which ``around`` speaks."""
        return self._weigh(self.observe_nested(turn, quote, gender, source, around), NESTED)

    def observe_nested(
        self, turn: Turn, quote: Quote, gender: str | None, source: tuple[int, int], around: Entity | None
    ) -> Candidates:
        """What is observed on those whom a pronoun inside a quotation may mean: who is told of there or around it."""
        candidates = Candidates(gender, around)
        start = max(turn.quote.content[0].start, source[0] - _TOLD)
        seen: set[int] = set()
        for mention in reversed(self._scene.read(start, source[0])):
            entity = mention.entity
            if entity is not None and candidates.fits(entity) and entity.serial not in seen:
                candidates.see(entity, "said_last" if not seen else "said_before")
                candidates.see(entity, f"said_{mention.function}")
                seen.add(entity.serial)
        self._before(turn, (turn.quote.content[0].start, source[0]), candidates)
        self._in_conversation(turn, source, candidates)
        if self._main is not None:
            candidates.see(self._main, "main")
        self._genders(candidates, gender)
        return candidates

    def observe(
        self,
        turn: Turn,
        gender: str | None,
        source: tuple[int, int] | None,
        described: Entity | None,
        epithet: bool = False,
    ) -> tuple[Situation, Candidates]:
        """The situation and the candidates with all that is observed on them."""
        candidates = Candidates(gender if source is not None else None)
        beat = self._beside(turn, source, candidates)
        self._before(turn, source, candidates)
        self._in_conversation(turn, source, candidates)
        for entity in turn.addressed:
            candidates.note(entity, "addressed")
        for entity in turn.named:
            candidates.note(entity, "named")
        self._calls(turn, candidates)
        if source is None:
            self._introduced(turn, candidates)
        situation: Situation
        if described is not None:
            situation = "noun"
            candidates.see(described, "itself")
            if described.spoken:
                candidates.see(described, "itself_spoken")
            if source is not None and len(self._scene.text[slice(*source)].split()) <= _SHORT:
                candidates.see(described, "itself_short")
            if epithet:
                candidates.see(described, "itself_epithet")
        elif source is not None:
            situation = "pronoun"
        elif beat is None:
            situation = "bare"
        else:
            situation = BEAT
            if beat.entity is None and beat.gender is not None:
                gender = beat.gender
        self._genders(candidates, gender)
        return situation, candidates

    def _introduced(self, turn: Turn, candidates: Candidates) -> None:
        """Narration of the paragraph before that breaks off for the quotation ("for him to say, as at dinner,")."""
        begins = self._scene.introduction(turn.quote.content[0].start, turn.first)
        if begins < 0:
            return
        subjects = [m for m in self._scene.mentions(turn.first - 1) if m.start >= begins and m.function == SUBJECT]
        if not subjects:
            return
        entity = self._entity(subjects[-1])
        if entity is not None:
            candidates.see(entity, "introduced")
        elif subjects[-1].gender is not None:
            for other in candidates.entities.values():
                gender = other.likely_gender
                if gender:
                    candidates.see(other, "introduced_fits" if gender == subjects[-1].gender else "introduced_clashes")

    def _calls(self, turn: Turn, candidates: Candidates) -> None:
        """Who says "sir" or "mother" speaks to one of that gender, and that one may answer."""
        previous = self._conversation.previous(turn)
        called = self._conversation.calls(turn)
        answers = self._conversation.calls(previous) if previous is not None and turn.first - previous.last <= 1 else ""
        if not called and not answers:
            return
        for entity in candidates.entities.values():
            gender = entity.likely_gender
            if gender and called:
                candidates.see(entity, "calls_fits" if gender == called else "calls_clashes")
            if gender and answers:
                candidates.see(entity, "called_before_fits" if gender == answers else "called_before_clashes")

    def _beside(self, turn: Turn, source: tuple[int, int] | None, candidates: Candidates) -> Mention | None:
        """Mentions in the narration of the paragraph; gives the one that most likely tells who speaks."""
        before, after = self._narration(turn, source, candidates)
        last = next((mention for mention in reversed(before) if mention.function == SUBJECT), None)
        first = next((mention for mention in after if mention.function == SUBJECT), None)
        self._see_side(_BEFORE, before, last, candidates)
        self._see_side(_AFTER, after, first, candidates)
        everybody = {entity.serial: entity for m in (*before, *after) if (entity := self._entity(m)) is not None}
        if len(everybody) == 1:
            candidates.see(next(iter(everybody.values())), "alone_in_paragraph")
        return last or first or next(iter((*before, *after)), None)

    def _narration(
        self, turn: Turn, source: tuple[int, int] | None, candidates: Candidates
    ) -> tuple[list[Mention], list[Mention]]:
        """The mentions of the paragraph between the turn before and the quotation, and from inside it to the next turn."""
        start, end = turn.quote.content[0].start, turn.quote.content[-1].end
        previous, following = self._conversation.previous(turn), self._conversation.at(turn.index + 1)
        lowest = previous.quote.content[-1].end if previous is not None and previous.last == turn.first else -1
        highest = following.quote.content[0].start if following is not None else None
        before: list[Mention] = []
        after: list[Mention] = []
        for mention in self._mentions(dict.fromkeys((turn.first, turn.last))):
            if source is not None and mention.start == source[0]:
                continue
            if mention.end > start:
                if mention.start < end or highest is None or mention.start < highest:
                    after.append(mention)
            elif mention.start >= lowest:
                before.append(mention)
            elif mention.entity is not None:
                candidates.see(self._entity(mention) or mention.entity, "paragraph_before_turn")
        return before, after

    def _mentions(self, paragraphs: Iterable[int]) -> Iterable[Mention]:
        return (mention for paragraph in paragraphs for mention in self._scene.mentions(paragraph))

    def _see_side(self, side: _Side, mentions: Sequence[Mention], subject: Mention | None, candidates: Candidates) -> None:
        """What the mentions on one side of a quotation tell; ``subject`` is the one nearest to it that is a subject."""
        seen: set[int] = set()
        for mention in mentions:
            entity = self._entity(mention)
            if entity is None:
                continue
            if entity.serial not in seen:
                seen.add(entity.serial)
                candidates.see(entity, side.functions[mention.function])
            if mention is subject:
                candidates.see(entity, side.nearest)
        if subject is not None and subject is mentions[0]:
            entity = self._entity(subject)
            if entity is not None:
                candidates.see(entity, side.opening)

    def _entity(self, mention: Mention) -> Entity | None:
        if mention.first:
            return self._narrator
        return mention.entity

    def _before(self, turn: Turn, source: tuple[int, int] | None, candidates: Candidates) -> None:
        """Mentions in the paragraphs before, the latest first."""
        limit = source[0] if source is not None else turn.quote.content[0].start
        rank = 0
        seen: set[int] = set()
        subject = False
        for paragraph in range(turn.first, max(-1, turn.first - _BACK - 1), -1):
            for mention in reversed(self._scene.mentions(paragraph)):
                if mention.start >= limit:
                    continue
                entity = self._entity(mention)
                if entity is None or not candidates.fits(entity):
                    continue
                if not subject and mention.function == SUBJECT:
                    subject = True
                    candidates.see(entity, "latest_subject")
                if entity.serial in seen:
                    continue
                seen.add(entity.serial)
                rank += 1
                candidates.see(entity, f"recency_{min(rank, 4)}")
                if paragraph == turn.first - 1:
                    candidates.see(entity, f"last_paragraph_{mention.function}")
                if len(candidates.entities) >= _MOST:
                    return

    def _goes_on(self, previous: Turn, at: int) -> bool:
        """Whether nobody is named between the source or end of the turn before and an offset."""
        start = previous.quote.content[0].start
        return not any(start <= m.start < at and m.what == "name" for m in self._scene.mentions(previous.last))

    def _in_conversation(self, turn: Turn, source: tuple[int, int] | None, candidates: Candidates) -> None:
        """Who spoke before and after, and how often the candidates speak and are named at all."""
        previous = self._conversation.previous(turn)
        if previous is not None:
            self._after_turn(turn, previous, source, candidates)
        self._later(turn, candidates)
        for entity in candidates.entities.values():
            if entity.spoken:
                candidates.see(entity, "spoken")
            if entity.count >= _LONG:
                candidates.see(entity, "frequent")
            if not entity.positions and entity is not self._narrator:
                candidates.see(entity, "described_spoken" if entity.spoken else "described")
        candidates.note(self._narrator, "narrator")

    def _after_turn(self, turn: Turn, previous: Turn, source: tuple[int, int] | None, candidates: Candidates) -> None:
        """What the turns before tell: who spoke last, who before, and to whom."""
        gap = turn.first - previous.last
        distance = next((number for number, most in enumerate(_DISTANCES) if gap <= most), len(_DISTANCES))
        if previous.entity is not None:
            candidates.see(previous.entity, _PREVIOUS[distance])
            if gap == 0 and source is not None and not previous.entity.positions and self._goes_on(previous, source[0]):
                candidates.see(previous.entity, "previous_described")
        self._spoke(turn, previous, _OTHER[distance], candidates)
        if gap <= _NEAR:
            for entity in previous.addressed:
                candidates.see(entity, "addressed_before_same" if gap == 0 else "addressed_before_next")
            for entity in previous.named:
                candidates.note(entity, "named_before")

    def _spoke(self, turn: Turn, previous: Turn, observation: str, candidates: Candidates) -> None:
        """Those who spoke lately; ``observation`` is on the latest that is not who spoke last."""
        recent = [
            (earlier, earlier.entity)
            for earlier in self._conversation.recent(turn)
            if earlier.entity is not None and candidates.fits(earlier.entity)
        ]
        for order, (earlier, entity) in enumerate(recent, 1):
            candidates.see(entity, f"spoke_{min(order, 4)}")
            candidates.see(entity, f"turns_ago_{min(turn.index - earlier.index, 4)}")
            if turn.first - earlier.last > _LONG:
                candidates.see(entity, "spoke_long_ago")
        other = next(((earlier, entity) for earlier, entity in recent if earlier is not previous), None)
        if other is None:
            return
        earlier, entity = other
        candidates.see(entity, observation)
        if earlier.index != turn.index - 2 or previous.first - earlier.last != 1:
            return
        gap = turn.first - previous.last
        if gap == 1:
            candidates.see(entity, "alternates")
        elif 1 < gap <= _NEAR and not any(
            mention.what != "noun"
            for paragraph in range(previous.last + 1, turn.first)
            for mention in self._scene.mentions(paragraph)
        ):
            # Narration that tells of nobody ("The kettle began to sing.") does not end a dialogue.
            candidates.see(entity, "alternates_over")

    def _later(self, turn: Turn, candidates: Candidates) -> None:
        """The turns that follow, as long as one paragraph follows the other, up to the first whose speaker is known."""
        last = turn.last
        for step in range(1, _AHEAD + 1):
            later = self._conversation.at(turn.index + step)
            if later is None or later.first - last > (2 if step == 1 else 1):
                return
            gap = later.first - last
            last = later.last
            if later.explicit and later.entity is not None:
                candidates.see(later.entity, "speaks_same" if gap == 0 else f"speaks_{step}")
                return
            if later.pronoun is not None and step <= 2:
                fits, clashes = _PRONOUNS[0 if gap == 0 else step]
                for entity in candidates.entities.values():
                    if entity.gender is not None:
                        candidates.see(entity, fits if entity.gender == later.pronoun else clashes)

    def _genders(self, candidates: Candidates, gender: str | None) -> None:
        if gender is None:
            return
        self._weigh_genders(candidates, gender)
        fitting = [
            entity
            for entity in candidates.entities.values()
            for observed in [candidates.observed[entity.serial]]
            if not _FITTING.isdisjoint(observed) and "itself" not in observed
        ]
        if len(fitting) == 1:
            candidates.see(fitting[0], "only_one_fits")

    def _weigh_genders(self, candidates: Candidates, gender: str) -> None:
        for entity in list(candidates.entities.values()):
            ours, theirs = entity.votes_for(gender)
            if entity is self._narrator:
                candidates.see(entity, "narrator_by_pronoun")
                continue
            if entity.gender is not None:
                candidates.see(entity, "gender_fits" if entity.gender == gender else "gender_clashes")
            elif ours > theirs:
                candidates.see(entity, "gender_fits" if ours > 2 * theirs + 1 else "gender_seems_to_fit")
            elif theirs > ours:
                candidates.see(entity, "gender_clashes" if theirs > 2 * ours + 1 else "gender_seems_to_clash")

    def _weigh(self, candidates: Candidates, situation: str) -> list[tuple[float, Entity]]:
        weights = self._weights[situation]
        if not candidates.entities:
            return []
        sums = {
            serial: sum(weights.get(observation, 0.0) for observation in observed)
            for serial, observed in candidates.observed.items()
        }
        highest = max(sums.values())
        powers = {serial: math.exp(total - highest) for serial, total in sums.items()}
        whole = sum(powers.values()) + math.exp(weights.get("nobody", -4.0) - highest)
        ranked = [(power / whole, candidates.entities[serial]) for serial, power in powers.items()]
        ranked.sort(key=lambda item: (-item[0], item[1].serial))
        return ranked

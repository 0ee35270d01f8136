"""Who speaks when no name tells: observations on each candidate, weighed and compared.

Each observation about a candidate ("spoke the turn before the last", "subject of the sentence before") has a weight in
``weights/speakers.tsv``; the sums are turned into probabilities over the candidates.
"""

from __future__ import annotations

import math
from typing import Final

from .cast import Entity
from .knowledge import Knowledge
from .scene import Mention, Scene
from .turns import Conversation, Turn

_MOST: Final = 10
"""Candidates that are looked at."""
_AHEAD: Final = 6
"""Turns behind the quotation that are looked at."""
_BACK: Final = 4
"""Paragraphs before that of the quotation whose mentions count."""


class Candidates:
    """The candidates for one quotation with what speaks for and against each."""

    def __init__(self, gender: str | None) -> None:
        self.gender = gender
        """What the source says of it; whom it does not fit is no candidate."""
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
        if self.gender is None:
            return True
        if entity.gender is not None:
            return entity.gender == self.gender
        mine = 0 if self.gender == "m" else 1
        return entity.votes[1 - mine] <= 2 * entity.votes[mine] + 1

    def note(self, entity: Entity | None, observation: str) -> None:
        """Note an observation about somebody who is a candidate already."""
        if entity is not None and entity.serial in self.entities:
            self.see(entity, observation)


class Ranking:
    """Ranks the candidates for a quotation."""

    def __init__(self, scene: Scene, conversation: Conversation, known: Knowledge, narrator: Entity | None) -> None:
        self._scene = scene
        self._conversation = conversation
        self._weights = known.weights
        self._narrator = narrator
        self._total = 1

    def rank(
        self, turn: Turn, gender: str | None, source: tuple[int, int] | None, described: Entity | None = None
    ) -> tuple[str, list[tuple[float, Entity]]]:
        """The situation and the candidates with their probabilities, the likeliest first; empty when there are none.

        ``described`` is what a description stands for if it stands for nobody who is named.
        """
        situation, candidates = self.observe(turn, gender, source, described)
        return situation, self._weigh(candidates, situation)

    def observe(
        self, turn: Turn, gender: str | None, source: tuple[int, int] | None, described: Entity | None
    ) -> tuple[str, Candidates]:
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
        if described is not None:
            situation = "noun"
            candidates.see(described, "itself")
            if described.spoken:
                candidates.see(described, "itself_spoken")
        elif source is not None:
            situation = "pronoun"
        else:
            situation = "beat" if beat is not None else "bare"
            if beat is not None and beat.entity is None and beat.gender is not None:
                gender = beat.gender
        self._genders(candidates, gender)
        return situation, candidates

    def _introduced(self, turn: Turn, candidates: Candidates) -> None:
        """Narration of the paragraph before that breaks off for the quotation ("for him to say, as at dinner,")."""
        begins = self._scene.introduction(turn.quote.content[0].start, turn.first)
        if begins < 0:
            return
        subjects = [m for m in self._scene.mentions(turn.first - 1) if m.start >= begins and m.function == "subject"]
        if not subjects:
            return
        entity = self._entity(subjects[-1])
        if entity is not None:
            candidates.see(entity, "introduced")
        elif subjects[-1].gender is not None:
            for other in candidates.entities.values():
                gender = self._gender(other)
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
            gender = self._gender(entity)
            if gender and called:
                candidates.see(entity, "calls_fits" if gender == called else "calls_clashes")
            if gender and answers:
                candidates.see(entity, "called_before_fits" if gender == answers else "called_before_clashes")

    def _gender(self, entity: Entity) -> str | None:
        """The gender that titles, names and nouns tell, else the one that pronouns mostly say."""
        if entity.gender is not None or entity.votes[0] == entity.votes[1]:
            return entity.gender
        return "m" if entity.votes[0] > entity.votes[1] else "f"

    def _beside(self, turn: Turn, source: tuple[int, int] | None, candidates: Candidates) -> Mention | None:
        """Mentions in the narration of the paragraph; gives the one that most likely tells who speaks."""
        start, end = turn.quote.content[0].start, turn.quote.content[-1].end
        previous = self._conversation.previous(turn)
        floor = previous.quote.content[-1].end if previous is not None and previous.last == turn.first else -1
        if turn.index + 1 < len(self._conversation.turns):
            ceiling = self._conversation.turns[turn.index + 1].quote.content[0].start
        else:
            ceiling = 1 << 62
        before: list[Mention] = []
        behind: list[Mention] = []
        inside: list[Mention] = []
        for paragraph in dict.fromkeys((turn.first, turn.last)):
            for mention in self._scene.mentions(paragraph):
                if source is not None and mention.start == source[0]:
                    continue
                if mention.end <= start:
                    if mention.start >= floor:
                        before.append(mention)
                    elif mention.entity is not None:
                        candidates.see(self._entity(mention) or mention.entity, "paragraph_before_turn")
                elif mention.start >= end:
                    if mention.start < ceiling:
                        behind.append(mention)
                else:
                    inside.append(mention)
        beat: Mention | None = None
        subjects = [m for m in before if m.function == "subject"]
        if subjects:
            beat = subjects[-1]
        after = [m for m in [*inside, *behind] if m.function == "subject"]
        for name, group, chosen in (
            ("before", before, subjects[-1] if subjects else None),
            ("behind", [*inside, *behind], after[0] if after else None),
        ):
            seen: set[int] = set()
            for mention in group:
                entity = self._entity(mention)
                if entity is None:
                    continue
                if entity.serial not in seen:
                    seen.add(entity.serial)
                    candidates.see(entity, f"{name}_{mention.function}")
                if mention is chosen:
                    candidates.see(entity, f"{name}_nearest_subject")
            if chosen is not None and chosen is group[0] and self._entity(chosen) is not None:
                entity = self._entity(chosen)
                assert entity is not None
                candidates.see(entity, f"{name}_opening_subject")
        if beat is None and after:
            beat = after[0]
        everybody = {entity.serial: entity for m in [*before, *inside, *behind] if (entity := self._entity(m)) is not None}
        if len(everybody) == 1:
            candidates.see(next(iter(everybody.values())), "alone_in_paragraph")
        return beat if beat is not None else next(iter([*before, *inside, *behind]), None)

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
                if not subject and mention.function == "subject":
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
        conversation = self._conversation
        previous = conversation.previous(turn)
        if previous is not None:
            gap = turn.first - previous.last
            distance = "same" if gap == 0 else "next" if gap == 1 else "near" if gap <= 4 else "far"
            if previous.entity is not None:
                candidates.see(previous.entity, f"previous_{distance}")
                if gap == 0 and source is not None and not previous.entity.positions and self._goes_on(previous, source[0]):
                    candidates.see(previous.entity, "previous_described")
            order = 0
            other = False
            for earlier in conversation.recent(turn):
                entity = earlier.entity
                if entity is None or not candidates.fits(entity):
                    continue
                order += 1
                candidates.see(entity, f"spoke_{min(order, 4)}")
                candidates.see(entity, f"turns_ago_{min(turn.index - earlier.index, 4)}")
                if turn.first - earlier.last > 8:
                    candidates.see(entity, "spoke_long_ago")
                if other or earlier is previous:
                    continue
                other = True
                candidates.see(entity, f"other_{distance}")
                if earlier.index == turn.index - 2 and gap == 1 and previous.first - earlier.last == 1:
                    candidates.see(entity, "alternates")
            if gap <= 4:
                for entity in previous.addressed:
                    candidates.see(entity, f"addressed_before_{'same' if gap == 0 else 'next'}")
                for entity in previous.named:
                    candidates.note(entity, "named_before")
        self._later(turn, candidates)
        for entity in candidates.entities.values():
            if entity.spoken:
                candidates.see(entity, "spoken")
            if entity.count >= 8:
                candidates.see(entity, "frequent")
            if not entity.positions and entity is not self._narrator:
                candidates.see(entity, "described_spoken" if entity.spoken else "described")
        if self._narrator is not None:
            candidates.note(self._narrator, "narrator")

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
                for entity in candidates.entities.values():
                    if entity.gender is not None:
                        fits = "fits" if entity.gender == later.pronoun else "clashes"
                        candidates.see(entity, f"pronoun_{'same' if gap == 0 else step}_{fits}")

    def _genders(self, candidates: Candidates, gender: str | None) -> None:
        if gender is None:
            return
        mine = 0 if gender == "m" else 1
        for entity in list(candidates.entities.values()):
            ours, theirs = entity.votes[mine], entity.votes[1 - mine]
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

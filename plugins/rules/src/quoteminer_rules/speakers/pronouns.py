"""Pronouns whose antecedent needs no ranking: "it", "they", "who", and pronouns inside quotations."""

from __future__ import annotations

from typing import Final

from .entities import EntityTable
from .people import Entity
from .scene import Scene
from .turns import Conversation, Turn

_THINGS: Final = frozenset(["organisation", "document", "unknown", "group"])
_ONE_THING: Final = frozenset(["organisation", "document"])
_SEVERAL: Final = frozenset(["group", "organisation", "document"])
_TURNS: Final = 6
_REACH: Final = 700
"""Code points before "they" in which a group is looked for."""
_NEAR: Final = 16
_FAR: Final = 40
"""Turns and names before a pronoun that are looked at."""


class Pronouns:
    """The antecedents of pronouns in one document."""

    def __init__(self, table: EntityTable, scene: Scene, conversation: Conversation) -> None:
        self._table = table
        self._scene = scene
        self._conversation = conversation

    def relative(self, at: int) -> Entity | None:
        """Whom "who" at offset ``at`` stands behind."""
        index = self._table.between(0, at).stop - 1
        if index >= 0 and self._table.ends[index] >= at - 3:
            return self._table.owners[index] or self._table.person(self._table.names[index], at)
        return None

    def thing(self, turn: Turn, at: int) -> Entity | None:
        """ "it": the organisation or document that is the last subject, by name or by what it is, or spoke since."""
        spoken = self._latest(turn, _THINGS)
        since = -1 if spoken is None else self._end_of(spoken, turn)
        for index in reversed(self._table.between(max(0, since), at)[-_FAR:]):
            owner = self._table.owners[index]
            if owner is None or owner.kind != "organisation" or owner.place:
                continue
            if self._scene.function(self._table.starts[index], 0) == "subject" and not self._scene.is_quoted(
                self._table.starts[index]
            ):
                since = self._table.ends[index]
                spoken = owner
                break
        return self._scene.subject_before(at, since, _ONE_THING) or spoken

    def _end_of(self, spoken: Entity, turn: Turn) -> int:
        """Where the last quotation of somebody ends who spoke before a turn."""
        turns = self._conversation.turns
        # No copy of what came before: it may be a whole archive.
        return next(turns[i].quote.content[-1].end for i in range(turn.index - 1, -1, -1) if turns[i].entity is spoken)

    def several(self, turn: Turn, at: int) -> Entity | None:
        """ "they": the group or organisation that spoke last, else a group that is a subject or two names joined, whatever comes last."""
        spoken = self._latest(turn, _SEVERAL)
        since = -1 if spoken is None else self._end_of(spoken, turn)
        joined = self._joined_before(at, since)
        group = self._scene.group_before(at, since if joined is None else max(since, joined[0]))
        if group is not None:
            return group
        return self._table.together(joined[1]) if joined is not None else spoken

    def _joined_before(self, at: int, since: int) -> tuple[int, list[Entity]] | None:
        """The people of the last two names that "and" joins, and where they stand."""
        table = self._table
        near = table.between(max(0, at - _REACH), at)
        for second in reversed(near[1:]):
            one, other = table.owners[second - 1], table.owners[second]
            if table.starts[second] < since:
                return None
            if one is None or other is None or one is other or one.kind != "person" or other.kind != "person":
                continue
            if table.text[table.ends[second - 1] : table.starts[second]].strip(" ") in table.known.classes.additive:
                return table.starts[second], [one, other]
        return None

    def _latest(self, turn: Turn, kinds: frozenset[str]) -> Entity | None:
        for index in range(turn.index - 1, max(-1, turn.index - 1 - _TURNS), -1):
            entity = self._conversation.turns[index].entity
            if entity is not None and entity.kind in kinds:
                return entity
        return None

    def thing_said(self, start: int, at: int, but: Entity | None, *, several: bool) -> Entity | None:
        """ "it" and "they" inside a quotation that begins at ``start``: what it tells of as the last subject, else the organisation named last."""
        return self._scene.subject_before(at, start, _SEVERAL if several else _ONE_THING, said=True) or self._organisation_before(
            at, but
        )

    def _organisation_before(self, at: int, but: Entity | None) -> Entity | None:
        """The organisation named last."""
        for index in reversed(self._table.between(0, at)[-_FAR:]):
            owner = self._table.owners[index]
            if owner is not None and owner is not but and owner.kind == "organisation":
                return owner
        return None

    def person_before(self, at: int, gender: str, but: Entity | None) -> Entity | None:
        """The person named last whom the pronoun is known to fit, else whom it may fit."""
        possible: Entity | None = None
        for index in reversed(self._table.between(0, at)[-_NEAR:]):
            owner = self._table.owners[index]
            if owner is None or owner is but or owner.kind != "person" or self._table.names[index].possessive:
                continue
            if owner.gender == gender:
                return owner
            if possible is None and may_be(owner, gender):
                possible = owner
        return possible

    def object_before(self, turn: Turn | None, at: int, gender: str, speaker: Entity | None) -> Entity | None:
        """Whom "told him" means: who spoke lately and is not the speaker, else who is named last."""
        for earlier in self._conversation.recent(turn) if turn is not None else ():
            entity = earlier.entity
            if entity is not None and entity is not speaker and entity.kind == "person" and may_be(entity, gender):
                return entity
        return self.person_before(at, gender, speaker)

    def speaker_around(self, offset: int) -> Entity | None:
        """Who speaks the outermost direct quotation around an offset."""
        for turn in self._conversation.around(offset):
            if turn.quote.kind == "direct" and any(span.start <= offset < span.end for span in turn.quote.content):
                return turn.entity
        return None


def may_be(entity: Entity, gender: str) -> bool:
    """Whether nothing speaks against a pronoun of this gender."""
    if entity.gender is not None:
        return entity.gender == gender
    ours, theirs = entity.votes_for(gender)
    return ours >= theirs

"""The first person outside quotations: the narrator of a story, the author of an article."""

from __future__ import annotations

from typing import Final

from . import interviewers
from .entities import EntityTable
from .people import Entity
from .scene import Scene
from .turns import Conversation

_OFTEN: Final = 3


class Narrator:
    """The narrator of a document, made when first needed."""

    def __init__(self, table: EntityTable, scene: Scene, conversation: Conversation) -> None:
        self._table = table
        self._scene = scene
        self._conversation = conversation
        self._entity: Entity | None = None

    def entity(self) -> Entity:
        """The narrator."""
        if self._entity is None:
            self._entity = self._by_line()
        return self._entity

    def _by_line(self) -> Entity:
        """Whom a line at the head or the end of the text names as its writer, else somebody without a name."""
        place = interviewers.writer(self._table.text, self._table.known.pack.folder)
        if place is not None:
            names = self._table.reader.read(self._table.text[slice(*place)])
            if len(names) == 1:
                return self._table.person(names[0], place[0])
        name = self._table.known.wording.narrator
        return self._table.described((name,), "person", name)

    def if_any(self) -> Entity | None:
        """The narrator, when the text is told in the first person."""
        if self._entity is None and self._told_in_first_person():
            self.entity()
        return self._entity

    def _told_in_first_person(self) -> bool:
        text = self._table.text
        count = 0
        for word in self._table.known.pronouns.narrating:
            at = text.find(f" {word} ")
            while at >= 0 and count <= _OFTEN:
                count += not self._scene.is_quoted(at)
                at = text.find(f" {word} ", at + 1)
        return count > _OFTEN

    def find_name(self) -> None:
        """Give the narrator the name by which others address somebody whom the narration itself never names."""
        narrator = self._entity
        if narrator is None or narrator.positions:
            return
        votes: dict[int, int] = {}
        named: dict[int, Entity] = {}
        for turn in self._conversation.turns:
            if turn.entity is narrator:
                continue
            for entity in turn.addressed:
                named[entity.serial] = entity
                votes[entity.serial] = votes.get(entity.serial, 0) + 1
        for serial in sorted(named, key=lambda serial: (-votes[serial], serial)):
            entity = named[serial]
            if not entity.spoken and all(self._scene.is_quoted(position) for position in entity.positions):
                narrator.name, narrator.words, narrator.positions = entity.name, entity.words, entity.positions
                self._table.replace(entity, narrator)
                self._conversation.replace(entity, narrator)
                return

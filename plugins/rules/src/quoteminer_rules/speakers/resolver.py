"""The resolver: explicit sources first, then pronouns and quotations without a source, then addressees and mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final, cast

from quoteminer import Document, Quote, Span, Speaker, SpeakerKind
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from . import interviewers, letters
from .addressees import addressee_mention, partner
from .confidence import NOBODY, Link
from .descriptions import Descriptions, read
from .dialogue import before_names
from .entities import EntityTable
from .headings import TITLE, is_heading, most_quoted
from .kinds import Kinds
from .knowledge import Knowledge, knowledge
from .links import Linked, likeliest
from .narration import outermost
from .narrator import Narrator
from .people import Entity, main_person
from .pronouns import Pronouns
from .ranking import BEAT, Ranking
from .relatives import antecedent
from .roles import Roles
from .scene import Scene
from .sources import Sources
from .turns import Conversation, Turn

_SURE: Final = 0.5
"""What makes a description mean somebody named elsewhere, and narration beside a quotation tell who speaks."""
_CERTAIN: Final = 0.8
"""What makes a pronoun tell about the turns before it."""
_NEXT: Final = 1
"""Paragraphs between a turn and that of whom it speaks to."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_CONTRACTED: Final = re.compile(r"([^\W\d_]{1,40})['’]")
"""A word before an apostrophe."""
_LABELLED: Final = frozenset(["turn", "thread", "mail"])
"""Layouts in which a label tells who speaks."""


def resolve(
    document: Document, quotes: Sequence[Quote], language: str, watch: Watch = UNWATCHED
) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with speakers and addressees, and the speakers, in order of first mention; ``watch`` notes where something fails."""
    resolver = Resolver(document, quotes, knowledge(language), watch=watch)
    resolved = resolver.resolve()
    resolver.table.reader.forget()
    return resolved


class Resolver:
    """One document with all that is known about it."""

    def __init__(
        self,
        document: Document,
        quotes: Sequence[Quote],
        known: Knowledge,
        ranking: type[Ranking] = Ranking,
        *,
        watch: Watch = UNWATCHED,
    ) -> None:
        self.watch = watch
        self.document = document
        self.text = document.text
        self.quotes = quotes
        self.known = known
        self.table = EntityTable(document.text, known, [(q.source.start, q.source.end) for q in quotes if q.source is not None])
        self.roles = Roles(self.table, known, watch)
        self.descriptions = Descriptions(self.table, self.roles, known)
        self.scene = Scene(self.table, self.descriptions, known, outermost(quotes), watch)
        self.conversation = Conversation(quotes, self.scene, self.table)
        self.sources = Sources(document, self.table, self.roles, self.descriptions, self.conversation, known)
        self.pronouns = Pronouns(self.table, self.scene, self.conversation)
        self.narrator = Narrator(self.table, self.scene, self.conversation)
        self.by_id = {quote.id: quote for quote in quotes}
        self.rank_with = ranking
        self.ranking: Ranking | None = None
        """What compares candidates; ``None`` while every source names somebody."""
        self.links: dict[str, Link] = {}
        self.considered: dict[str, Link] = {}
        """The links before those were let go that are hardly likely."""
        self.addressees: dict[str, Entity] = {}
        self.addressed_at: dict[str, Span] = {}
        self._linked = Linked(document.text, known.pack.folder)

    def resolve(self) -> tuple[list[Quote], list[Speaker]]:
        for quote in self.quotes:
            if quote.source is not None:
                progress(quote.source.start)
                with self._at(quote):
                    self._read_source(quote, quote.source)
        self._read_interview()
        self._implicit()
        self.considered = dict(self.links)
        for quote in self.quotes:
            self._linked.sure(quote, self.links)
        for quote in self.quotes:
            if quote.id not in self.addressees:
                with self._at(quote):
                    self._address(quote)
        return self._result()

    def _at(self, quote: Quote) -> AbstractContextManager[None]:
        """What is done inside concerns the block in which a quotation has its source, or begins."""
        return self.watch.over(quote.content[0].start if quote.source is None else quote.source.start)

    def _read_source(self, quote: Quote, source: Span) -> None:
        link = self._explicit(quote, source)
        if link is not None:
            self._link(quote, link, explicit=True)
        elif quote.id in self.conversation.by_quote:
            self.conversation.by_quote[quote.id].pronoun = self.known.pronouns.genders.get(self._word(source))

    def _word(self, span: Span) -> str:
        written = self.text[span.start : span.end]
        if written in self.known.names.acronyms:
            return written
        lowered = written.lower()
        # "she'll" where the source was taken with its verb
        contracted = _CONTRACTED.match(lowered)
        return contracted[1] if contracted is not None and contracted[1] in self.known.pronouns.all else lowered

    def _link(self, quote: Quote, link: Link, *, explicit: bool = False) -> None:
        self.links[quote.id] = link
        entity = link.entity
        if entity is None:
            return
        entity.spoken += 1
        if quote.source is not None:
            entity.mentions.add((quote.source.start, quote.source.end))
            self.scene.speaking[quote.source.start] = entity, quote.source.end
        turn = self.conversation.by_quote.get(quote.id)
        if turn is not None:
            turn.entity = entity
            turn.explicit = explicit

    def _explicit(self, quote: Quote, source: Span) -> Link | None:
        """The speaker that the source itself names or describes; ``None`` for pronouns."""
        phrase = " ".join(self.text[source.start : source.end].split())
        word = self._word(source)
        if not phrase:
            # Another extractor's source of white space: nobody.
            return None
        if word in self.known.pronouns.first:
            inside = quote.parent is not None or self.scene.is_quoted(source.start)
            return None if inside else Link(self.narrator.entity(), "first_person")
        if word in self.known.pronouns.relative:
            meant = antecedent(self.text, source.start, self.known.pack)
            return None if meant is None else self._explicit(quote, meant)
        if word in self.known.pronouns.all:
            return None
        wording = self.known.wording
        letter = phrase.removesuffix(".")
        if letter in (wording.question_label, wording.answer_label) and (
            self.text[source.end : source.end + 1] == ":" or quote.layout == "turn"
        ):
            return Link(self.sources.interviewed(letter, source.start), "interview")
        # Above a speech and below what is signed a name stands without a colon.
        alone = not quote.cue and quote.layout == "block"
        labelled = alone or any(self.text[cue.start : cue.end] == ":" and cue.start >= source.end for cue in quote.cue)
        return self.sources.link(phrase, source, labelled=labelled)

    def _read_interview(self) -> None:
        """Who asks and who answers in an interview without labels."""
        turns = [quote for quote in self.quotes if interviewers.is_turn(quote)]
        if not turns:
            return
        start = turns[0].content[0].start
        place = interviewers.interviewer(self.text, turns, self.known.pack.folder)
        name = None if place is None else " ".join(self.text[slice(*place)].split())
        asking = None if name is None or place is None else self.sources.link(name, Span(*place), labelled=True).entity
        if asking is None:
            asking = self.sources.interviewed(self.known.wording.question_label, start)
        guest = self.sources.interviewed(self.known.wording.answer_label, start, asking)
        for quote in turns:
            self._link(quote, Link(asking if interviewers.asks(quote) else guest, "interview"), explicit=True)

    def _implicit(self) -> None:
        """Pronouns, descriptions that may mean somebody named, and quotations without a source."""
        waiting = [quote for quote in self.quotes if self._is_waiting(quote)]
        if not waiting:
            return
        self.scene.vote()
        narrator = self.narrator.if_any()
        self.narrator.find_name()
        ranking = self.ranking = self.rank_with(
            self.scene, self.conversation, self.known.weights, narrator, main_person(self.table.entities)
        )
        heading = waiting[0] if waiting[0] is self.quotes[0] and is_heading(waiting[0], self.scene) else None
        waiting = waiting[heading is not None :]
        for quote in waiting:
            if quote.parent is None and quote.kind == "direct":
                with self._at(quote):
                    self._foresee(quote, ranking)
        for quote in waiting:
            if quote.source is None and quote.id in self.links:
                continue
            with self._at(quote):
                link = self._nested(quote, quote.parent) if quote.parent is not None else self._outer(quote, ranking)
                self._link(quote, link)
        for turn, link in list(before_names(self.conversation, self.links)):
            self._link(turn.quote, link)
        if heading is not None:
            asking = self.sources.asking()
            self._link(heading, Link(most_quoted(self.links.values(), asking), TITLE))

    def _is_waiting(self, quote: Quote) -> bool:
        """Whether a quotation has no speaker yet, or one that may be another."""
        if quote.id not in self.links:
            return True
        return quote.source is not None and quote.parent is None and quote.source.start in self.sources.uncertain

    def _foresee(self, quote: Quote, ranking: Ranking) -> None:
        """Speakers that are clear whoever speaks around them, so that they help with the turns around."""
        if quote.source is not None:
            if quote.id not in self.links:
                self._certain(quote, quote.source, ranking)
        elif not quote.cue:
            self._beside(quote, ranking)

    def _beside(self, quote: Quote, ranking: Ranking) -> None:
        """Speakers that narration in the same paragraph makes clear; they help with the turns around them."""
        situation, ranked = ranking.rank(self.conversation.by_quote[quote.id], None, None)
        if situation == BEAT and ranked and ranked[0][0] > _SURE:
            self._link(quote, Link(ranked[0][1], situation, ranked[0][0]), explicit=True)

    def _certain(self, quote: Quote, source: Span, ranking: Ranking) -> None:
        """Speakers behind pronouns that hardly mean anybody else; they help with the turns before, and are looked at again."""
        gender = self.known.pronouns.genders.get(self._word(source))
        if gender is None:
            return
        turn = self.conversation.by_quote[quote.id]
        _, ranked = ranking.rank(turn, gender, (source.start, source.end))
        if ranked and ranked[0][0] > _CERTAIN:
            turn.entity, turn.explicit = ranked[0][1], True

    def _outer(self, quote: Quote, ranking: Ranking) -> Link:
        """The speaker of an outermost quotation whose source names nobody."""
        turn = self.conversation.by_quote[quote.id]
        if quote.id in self.links:
            return self._described(turn, self.links[quote.id], ranking)
        if quote.source is None:
            if (own := self._own_words(quote, ranking)) is not None:
                return own
            # A cue without a source is a passive ("was told"): the text keeps silent about who.
            return likeliest(turn, None, None, ranking, self.conversation) if quote.kind == "direct" else NOBODY
        source = quote.source
        word = self._word(source)
        if word in self.known.pronouns.genders:
            return likeliest(turn, self.known.pronouns.genders[word], (source.start, source.end), ranking, self.conversation)
        if word in self.known.pronouns.relative:
            return Link(self.pronouns.relative(source.start), "relative")
        if word in self.known.pronouns.first:
            return Link(self.pronouns.speaker_around(source.start), "first_person")
        if word in self.known.pronouns.second:
            return Link(self._reader_of_letter(), "second_person")
        if word in self.known.pronouns.things:
            return Link(self.pronouns.thing(turn, source.start), "organisation_pronoun")
        if word in self.known.pronouns.several:
            return Link(self.pronouns.several(turn, source.start), "plural_pronoun")
        return NOBODY

    def _own_words(self, quote: Quote, ranking: Ranking) -> Link | None:
        """Of whom the words tell, where a cue says that they are that person's own ("by her own account"); ``None`` for all other cues."""
        said = [word for cue in quote.cue for word in self.text[cue.start : cue.end].lower().split()]
        if self.known.pack.of_class("own").isdisjoint(said):
            return None
        genders = self.known.pronouns.genders
        for part in quote.content:
            named = next(self.table.people(part.start, part.end), None)
            for match in _WORD.finditer(self.text, part.start, part.end if named is None else named.start):
                if match[0].lower() in genders:
                    turn = self.conversation.by_quote[quote.id]
                    return likeliest(turn, genders[match[0].lower()], match.span(), ranking, self.conversation)
            if named is not None:
                return Link(named.entity, "own_words")
        return NOBODY

    def _described(self, turn: Turn, link: Link, ranking: Ranking) -> Link:
        """Whether "the boy" is somebody who is named elsewhere."""
        source, entity = turn.quote.source, link.entity
        assert source is not None
        assert entity is not None
        if self.table.text[source.start : source.end].split()[-1][0].isupper():
            # "the Queen": what has a capital is called so, and is nobody else by another name.
            return link
        entity.spoken -= 1
        _, ranked = ranking.rank(turn, entity.gender, (source.start, source.end), entity)
        if ranked and ranked[0][1] is not entity and ranked[0][0] > _SURE:
            entity.mentions.discard((source.start, source.end))
            return Link(ranked[0][1], "epithet", ranked[0][0])
        return link

    def _nested(self, quote: Quote, parent: str) -> Link:
        """A quotation inside another: "I" is who speaks around it, "he" is somebody named there or before, but not who speaks."""
        if quote.source is None:
            return NOBODY
        around = self.links.get(parent, NOBODY).entity
        at = quote.source.start
        word = self._word(quote.source)
        if word in self.known.pronouns.first:
            return Link(around, "first_person")
        if word in self.known.pronouns.second:
            return Link(self._you(parent), "second_person")
        if word in self.known.pronouns.relative:
            return Link(self.pronouns.relative(at), "relative")
        if word in self.known.pronouns.genders:
            turn, ranking = self._turn_around(parent), self.ranking
            if turn is None or ranking is None:
                return NOBODY
            place = quote.source.start, quote.source.end
            ranked = ranking.rank_nested(turn, quote, self.known.pronouns.genders[word], place, around)
            return Link(ranked[0][1], "nested_pronoun", ranked[0][0]) if ranked else NOBODY
        start, several = self.by_id[parent].content[0].start, word in self.known.pronouns.several
        return Link(self.pronouns.thing_said(start, at, around, several=several), "organisation_pronoun")

    def _turn_around(self, parent: str) -> Turn | None:
        """The turn of the outermost quotation around one."""
        while (outer := self.by_id[parent].parent) is not None:
            parent = outer
        return self.conversation.by_quote.get(parent)

    def _you(self, parent: str) -> Entity | None:
        """Whom the quotation around is spoken to."""
        self._address(self.by_id[parent])
        known = self.addressees.get(parent)
        if known is not None:
            return known
        around = self.links.get(parent, NOBODY).entity
        answering = self.sources.answers(around, self.by_id[parent].content[0].start)
        if answering is not None:
            return answering
        turn = self._turn_around(parent)
        if turn is None:
            return None
        following, previous = self.conversation.at(turn.index + 1), self.conversation.previous(turn)
        asks = self.text[turn.quote.content[-1].end - 1] in interviewers.ASKING
        # Who is asked answers; who says something else replies to the one before.
        for near in (following, previous) if asks else (previous, following):
            if (
                near is not None
                and (near is previous or near.quote.kind == "direct")
                and near.entity not in (None, around)
                and abs(near.first - turn.first) <= _NEXT
            ):
                return near.entity
        # Whoever else is quoted in a letter need not speak to whom it is written.
        return self._reader_of_letter() if around in (None, self.narrator.if_any()) else None

    def _reader_of_letter(self) -> Entity | None:
        """To whom the text is written, where it is a letter."""
        place = letters.addressee(self.text, self.known.pack)
        if place is None:
            # The head of a mail is no part of its text.
            recipient = self.document.metadata.get("recipient")
            names = self.table.reader.read(recipient) if isinstance(recipient, str) else ()
            return self.table.person(names[0], 0) if len(names) == 1 else None
        return self.sources.link(" ".join(self.text[slice(*place)].split()), Span(*place), labelled=True).entity

    def _address(self, quote: Quote) -> None:
        """The addressee: the one that is mentioned, else the partner of a dialogue."""
        speaker = self.links.get(quote.id, NOBODY).entity
        mention = addressee_mention(self.document, quote, self.known)
        if mention is None:
            turn = self.conversation.by_quote.get(quote.id)
            if turn is not None and turn.entity is not None and quote.kind == "direct":
                other = partner(turn, self.conversation)
                if other is not None:
                    self.addressees[quote.id] = other
            return
        self.addressed_at[quote.id] = mention
        entity = self._addressed(quote, mention, speaker)
        if entity is not None and entity is not speaker:
            entity.mentions.add((mention.start, mention.end))
            self.addressees[quote.id] = entity

    def _addressed(self, quote: Quote, mention: Span, speaker: Entity | None) -> Entity | None:
        phrase = " ".join(self.text[mention.start : mention.end].split())
        word = phrase.lower()
        if word in self.known.pronouns.first:
            if quote.parent is not None:
                return self.links.get(quote.parent, NOBODY).entity
            return (
                self.narrator.entity()
                if word in self.known.pronouns.speaking
                else self.descriptions.add(read(phrase, self.known))
            )
        if word in self.known.pronouns.second:
            return self._you(quote.parent) if quote.parent is not None else None
        if word in self.known.pronouns.genders:
            turn = self.conversation.by_quote.get(quote.id)
            return self.pronouns.object_before(turn, mention.start, self.known.pronouns.genders[word], speaker)
        if word in self.known.pronouns.all:
            return None
        return self.sources.link(phrase, mention).entity

    # -- the result ------------------------------------------------------------------------------------------------------------

    def _result(self) -> tuple[list[Quote], list[Speaker]]:
        used = {link.entity.serial: link.entity for link in self.links.values() if link.entity is not None}
        used.update((entity.serial, entity) for entity in self.addressees.values())
        self._add_names(used)
        namesakes: dict[str, int] = {}
        for entity in used.values():
            namesakes[entity.name.lower()] = namesakes.get(entity.name.lower(), 0) + 1
        kinds = Kinds(self.table, self.roles, self.known, self._labelled())
        speakers = [
            Speaker(
                f"e{entity.serial}",
                self._display(entity, alone=namesakes[entity.name.lower()] == 1),
                role=self.roles.of(entity),
                kind=cast("SpeakerKind", kinds.of(entity)),
                mentions=[Span(*mention) for mention in sorted(entity.mentions)],
            )
            for entity in sorted(used.values(), key=lambda e: e.serial)
        ]
        return [self._resolved(quote) for quote in self.quotes], speakers

    def _labelled(self) -> frozenset[int]:
        """Those who speak by the label of a turn."""
        links = (self.links.get(quote.id, NOBODY) for quote in self.quotes if quote.layout in _LABELLED)
        return frozenset(link.entity.serial for link in links if link.entity is not None)

    def _resolved(self, quote: Quote) -> Quote:
        link = self.links.get(quote.id, NOBODY)
        addressee = self.addressees.get(quote.id)
        if link.entity is None and addressee is None and quote.id not in self.addressed_at:
            return quote
        return self._linked.to(
            quote,
            link,
            None if link.entity is None else f"e{link.entity.serial}",
            None if addressee is None else f"e{addressee.serial}",
            self.addressed_at.get(quote.id),
        )

    def _add_names(self, used: dict[int, Entity]) -> None:
        """Every place where the text names one of the speakers is a mention, unless a longer mention holds it."""
        occupied = sorted(span for entity in used.values() for span in entity.mentions)
        starts = [start for start, _ in occupied]
        for start, end, owner in zip(self.table.starts, self.table.ends, self.table.owners, strict=True):
            if owner is None or owner.serial not in used:
                continue
            at = bisect_left(starts, end) - 1
            if at < 0 or occupied[at][1] <= start:
                owner.mentions.add((start, end))

    def _display(self, entity: Entity, *, alone: bool) -> str:
        """The canonical name; a title where it alone tells namesakes apart."""
        if not alone and entity.address:
            return f"{self.known.titles.shown[entity.address]} {entity.name}"
        first, _, rest = entity.name.lower().partition(" ")
        if not entity.article or (rest and first in self.known.determiners.definite):
            return entity.name
        return self.known.wording.definite.format(entity.name)

"""From source mentions to speakers in languages for which no more is known than their pack: names, roles, pronouns by gender.

Names are read all over the text, so that a last name finds the full one. What somebody is called before or behind the name ("die Ministerin Ada Vogt",
"Ada Vogt, ministre") is the role by which descriptions find them again. Who is meant by a pronoun, by a verb without a subject or by nothing at all is
weighed as in English, with weights of the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from quoteminer import Document, Quote, Span, Speaker
from quoteminer.text import progress

from ..blockwise import UNWATCHED, Watch
from ..language.pack import Pack
from ..language.persons import person_of
from ..language.pronouns import Pronoun
from . import interviewers, letters
from .confidence import NOBODY, Link
from .dialogue import before_names
from .headings import TITLE, is_heading, most_quoted
from .links import Linked, likeliest
from .narration import merged, outermost
from .people import Entity, main_person
from .plain_cast import GROUP, LINKS, Cast
from .plain_names import DETERMINERS, Name, NameReader, Word
from .plain_scene import Told
from .ranking import BEAT, Ranking, Weights
from .relatives import antecedent
from .turns import Conversation, Turn
from .weights import weights

_PRONOUNS: Final = frozenset(["pronoun", "relative", "question"])
SEVERAL: Final = "several"
"""How the speakers are found of a verb in the plural without a subject."""
SECOND_PERSON: Final = "second_person"
"""And of whom "usted" and "du" mean."""
_SENTENCE: Final = re.compile(r"[^.!?\n]+")
_LABELLED: Final = frozenset(["turn", "thread", "mail"])
_SURE: Final = 0.5
"""What makes narration beside a quotation tell who speaks, and a description mean somebody who is named."""
_IN_GROUP: Final = frozenset(["auxiliary", "negation", "adverb", "object_pronoun", "infinitive_marker"])
"""What may stand between an auxiliary and its verb."""
_GROUP: Final = 40
"""Code points before a verb in which its auxiliaries stand."""
_WITH_ARTICLE: Final = 2
"""Words of a noun alone with its article."""


def resolve(
    document: Document, quotes: Sequence[Quote], pack: Pack, watch: Watch = UNWATCHED
) -> tuple[list[Quote], list[Speaker]]:
    """Quotes with their speakers, and the speakers in order of first mention; ``watch`` notes where something fails."""
    return Resolver(document.text, quotes, pack, watch).resolve()


class Resolver:
    """One document with all that is known about it."""

    def __init__(
        self,
        text: str,
        quotes: Sequence[Quote],
        pack: Pack,
        watch: Watch = UNWATCHED,
        ranking: type[Ranking] = Ranking,
        learned: Weights | None = None,
    ) -> None:
        self.quotes: Final = quotes
        self._by_id: Final = {quote.id: quote for quote in quotes}
        self.links: Final[dict[str, Link]] = {}
        self.considered: dict[str, Link] = {}
        """The links before those were let go that are hardly likely."""
        self.ranking: Ranking | None = None
        """What compares candidates; ``None`` while every source names somebody."""
        self._text: Final = text
        self._pack: Final = pack
        self._watch: Final = watch
        self._rank_with: Final = ranking
        self._weights: Final[Weights] = weights(pack.folder) if learned is None else learned
        self._reader: Final = NameReader(text, pack)
        self.cast: Final = Cast(self._reader, ((q.source.start, q.source.end) for q in quotes if q.source is not None))
        self._scene: Final = Told(self.cast, self._reader, outermost(quotes), watch)
        self._conversation: Final = Conversation(quotes, self._scene, self.cast)
        self._said: Final = merged((span.start, span.end) for quote in quotes for span in quote.content)
        self._labels: Final[dict[str, Entity]] = {}
        self._narrator: Entity | None = None
        self._asking: Entity | None = None
        """Who asks in an interview without labels."""
        self._uncertain: Final[set[str]] = set()
        """Quotations whose source describes somebody who may be named elsewhere."""
        self._epithets: Final = set[str]()
        """Those of them whose source mostly means somebody who is: "la funcionaria"."""

    def resolve(self) -> tuple[list[Quote], list[Speaker]]:
        """Quotes with their speakers, and the speakers."""
        for quote in self.quotes:
            at = quote.content[0].start if quote.source is None else quote.source.start
            progress(at)
            if quote.source is not None:
                with self._watch.over(at):
                    self._explicit(quote, quote.source)
        self._read_interview()
        self._implicit()
        return self._result()

    def _link(self, quote: Quote, link: Link, *, explicit: bool = False) -> None:
        entity = link.entity
        if entity is None:
            return
        self.links[quote.id] = link
        entity.spoken += 1
        if quote.source is not None:
            entity.mentions.add((quote.source.start, quote.source.end))
        turn = self._conversation.by_quote.get(quote.id)
        if turn is not None:
            turn.entity = entity
            turn.explicit = explicit

    # Sources that name or describe somebody

    def _explicit(self, quote: Quote, source: Span) -> None:
        link = self._of_source(quote, source)
        if quote.layout in _LABELLED:
            # The same label is the same speaker's all over a text.
            label = self._text[source.start : source.end]
            entity = self._labels.get(label, link.entity)
            if entity is not None:
                self._labels[label] = entity
            link = Link(entity, "label")
        if link.entity is not None:
            self._link(quote, link, explicit=True)
            return
        pronoun = self._pronoun(source)
        turn = self._conversation.by_quote.get(quote.id)
        if turn is not None and pronoun is not None and pronoun.person == 3:
            turn.pronoun = _gender(pronoun)

    def _pronoun(self, source: Span) -> Pronoun | None:
        """The pronoun that a source is."""
        words = list(self._reader.words(source.start, source.end))
        if len(words) != 1:
            return None
        word = words[0].text.lower()
        return self._pack.pronouns.get(word) or self._pack.pronouns.get(word + "'")

    def _of_source(self, quote: Quote, source: Span) -> Link:
        words = list(self._reader.words(source.start, source.end))
        if not words or self._pronoun(source) is not None:
            return NOBODY
        first = self._pack.classes(words[0].text.lower())
        if len(words) == 1 and "relative" in first and (meant := antecedent(self._text, source.start, self._pack)) is not None:
            return self._of_source(quote, meant)
        if len(words) == 1 and not first.isdisjoint(_PRONOUNS) and not self.cast.is_known(words[0].text):
            # "Somebody" is nobody else of the text.
            return Link(self.cast.describe(words, source.end), "description") if "indefinite" in first else NOBODY
        names = list(self._reader.names(source.start, source.end))
        for name in names:
            if self._is_name_of(name, words):
                return Link(self.cast.bearer(name), "name")
        if (
            names
            and len(names[-1].words) > 1
            and self._text[names[-1].start - 1] == "("
            and self._text[names[-1].end : names[-1].end + 1] == ")"
        ):
            # Who has the office that a label tells: "El señor MINISTRO (Reed Low)".
            return Link(self.cast.bearer(names[-1]), "name")
        return self._of_description(quote, words, source)

    def _is_name_of(self, name: Name, words: Sequence[Word]) -> bool:
        """Whether a name is that of the source, and not of something in its description ("a spokesman of the Ada Works")."""
        determined = not self._pack.classes(words[0].text.lower()).isdisjoint(DETERMINERS)
        if len(name.words) == 1 and not self.cast.is_known(name.words[0].text) and self._pack.features["noun_capitals"]:
            # Where nouns have capitals too, one alone is a name only if nothing describes it.
            alone = len(words) == 1 or bool(name.role) and len(name.role.split()) + 1 == len(words)
            if determined or not alone:
                return False
        before = [word for word in words if word.start < name.words[0].start][int(determined) :]
        return all(self._pack.classes(word.text.lower()).isdisjoint(LINKS) for word in before)

    def _of_description(self, quote: Quote, words: Sequence[Word], source: Span) -> Link:
        """Whom a description means: who has that role, or what was described so before."""
        apposed = self.cast.apposed(source.end)
        if apposed is not None:
            return Link(apposed, "name")
        classes = self._pack.classes
        plain = [word for word in words if classes(word.text.lower()).isdisjoint(DETERMINERS)] or list(words)
        head = self.cast.head(plain)
        gender = self._reader.gender_of(head) or self._reader.gender_by_word(words[0].text)
        owned = "possessive" in classes(words[0].text.lower())
        holder = None if owned else self.cast.in_role(head, source.start, gender)
        if holder is not None:
            return Link(holder, "role")
        organisation = self.cast.organisation(head, source.start) if len(words) == _WITH_ARTICLE and not owned else None
        if organisation is not None and head not in self.cast.described:
            return Link(organisation, "short_form")
        entity = self.cast.describe(words, source.end)
        if (
            words[0].text.lower() in self._pack.definite_articles
            and head not in self._pack.organisations
            and entity.gender is not None
            and quote.parent is None
            and quote.layout not in _LABELLED
        ):
            self._uncertain.add(quote.id)
            if "epithet" in classes(head):
                self._epithets.add(quote.id)
        return Link(entity, "description")

    # Interviews without labels

    def _read_interview(self) -> None:
        """Who asks and who answers: whom a line beside it names, and whom the rest of the narration names most often."""
        asked = [(quote, interviewers.asks(quote)) for quote in self.quotes if interviewers.is_turn(quote)]
        asked = asked or interviewers.by_questions(self.quotes, self._text)
        if not asked:
            return
        turns = [quote for quote, _ in asked]
        place = interviewers.interviewer(self._text, turns, self._pack.folder)
        asking = None
        if place is not None:
            name = next(self._reader.names(*place), None)
            asking = None if name is None else self.cast.bearer(name)
        elif self._pack.interviewer:
            asking = self.cast.invent(self._pack.interviewer)
        guest = self._guest(asking, turns[0].content[0].start)
        if place is None:
            asking = self._who_talked(guest, turns[0].content[0].start) or asking
        self._asking = asking
        for quote, asks in asked:
            self._link(quote, Link(asking if asks else guest, "interview"), explicit=True)

    def _who_talked(self, guest: Entity | None, before: int) -> Entity | None:
        """Who asks by a sentence before the first turn: somebody else whom it says to have talked with the guest."""
        talked = interviewers.talked(self._pack.folder)
        if not talked:
            return None
        for sentence in _SENTENCE.finditer(self._text, 0, before):
            if talked.isdisjoint(word.text for word in self._reader.words(*sentence.span())):
                continue
            for number in self.cast.between(*sentence.span()):
                owner = self.cast.owners[number]
                if owner is not guest and len(owner.words) > 1 and owner.kind != "organisation":
                    return owner
        return None

    def _guest(self, asking: Entity | None, before: int) -> Entity | None:
        """Whom the narration before the first turn, else all of it, names most often by a full name."""
        cast = self.cast
        for end in (before, len(self._text)):
            counts = Counter(
                owner.serial
                for number in cast.between(0, end)
                if (owner := cast.owners[number]) is not asking and len(owner.words) > 1 and owner.kind != "organisation"
            )
            if counts:
                return cast.entities[max(counts, key=lambda serial: counts[serial])]
        return None

    # Pronouns, verbs without a subject, and quotations without a source

    def _implicit(self) -> None:
        waiting = [quote for quote in self.quotes if quote.id not in self.links or quote.id in self._uncertain]
        if not waiting:
            return
        if isinstance(self._scene, Told):
            self._scene.vote()
        ranking = self.ranking = self._rank_with(
            self._scene, self._conversation, self._weights, None, main_person(self.cast.entities)
        )
        heading = next((quote for quote in waiting[:1] if quote is self.quotes[0] and is_heading(quote, self._scene)), None)
        waiting = waiting[heading is not None :]
        for quote in waiting:
            if quote.parent is None and quote.source is None and not quote.cue:
                with self._watch.over(quote.content[0].start):
                    self._beside(quote, ranking)
        for quote in waiting:
            if quote.id in self.links and quote.id not in self._uncertain:
                continue
            with self._watch.over(quote.content[0].start):
                link = self._nested(quote, quote.parent) if quote.parent is not None else self._outer(quote, ranking)
                self._link(quote, link)
        for turn, link in list(before_names(self._conversation, self.links)):
            self._link(turn.quote, link)
        if heading is not None:
            self._link(heading, Link(most_quoted(self.links.values(), self._asking), TITLE))

    def _writer(self) -> Entity | None:
        """Who says "I" in the narration: whom a line at the head or the end of the text names."""
        if self._narrator is None:
            place = interviewers.writer(self._text, self._pack.folder)
            name = None if place is None else next(self._reader.names(*place), None)
            if name is not None:
                self._narrator = self.cast.bearer(name)
            elif self._pack.narrator:
                self._narrator = self.cast.invent(self._pack.narrator)
        return self._narrator

    def _person(self, quote: Quote) -> int:
        """The person of a verb without a subject, as far as its ending or that of its auxiliary tells; 0 for several."""
        if not quote.cue:
            return 3
        first, last = quote.cue[0].start, quote.cue[-1].end
        group = [word.text.lower() for word in self._reader.words(first, last)]
        found = person_of([*self._before_verb(first), *group[-1:]], self._pack)
        return 0 if found.several and found.person == 3 else found.person

    def _before_verb(self, at: int) -> list[str]:
        """The words of a group of verbs that stand before one of its verbs, in small letters."""
        group: list[str] = []
        end = at
        for word in reversed(list(self._reader.words(max(0, at - _GROUP), at))):
            lower = word.text.lower()
            if end - word.end > 1 or self._pack.classes(lower).isdisjoint(_IN_GROUP):
                break
            end = word.start
            group.append(lower)
        return group[::-1]

    def _beside(self, quote: Quote, ranking: Ranking) -> None:
        """Speakers that narration in the same paragraph makes clear; they help with the turns around them."""
        situation, ranked = ranking.rank(self._conversation.by_quote[quote.id], None, None)
        if situation == BEAT and ranked and ranked[0][0] > _SURE:
            self._link(quote, Link(ranked[0][1], situation, ranked[0][0]), explicit=True)

    def _outer(self, quote: Quote, ranking: Ranking) -> Link:
        """The speaker of an outermost quotation whose source names nobody."""
        turn = self._conversation.by_quote[quote.id]
        if quote.id in self.links:
            return self._described(turn, self.links[quote.id], ranking)
        if quote.source is None and not quote.cue:
            return likeliest(turn, None, None, ranking, self._conversation) if quote.kind == "direct" else NOBODY
        pronoun = None if quote.source is None else self._pronoun(quote.source)
        person = self._person(quote) if quote.source is None else 0 if pronoun is None else pronoun.person
        if person == 1:
            return Link(self._writer(), "first_person")
        if person == 2:
            return self._reader_of_letter()
        if quote.source is None:
            # A verb without a subject has its antecedent as a pronoun has.
            if person == 3:
                return likeliest(turn, None, (quote.cue[0].start, quote.cue[0].end), ranking, self._conversation)
            return self._several(turn)
        if pronoun is None or pronoun.person != 3 or pronoun.several or pronoun.sex == "neuter":
            return NOBODY
        return likeliest(turn, _gender(pronoun), (quote.source.start, quote.source.end), ranking, self._conversation)

    def _reader_of_letter(self) -> Link:
        """To whom the text is written, where it is a letter: "Estimada Ada:"."""
        place = letters.addressee(self._text, self._pack)
        name = None if place is None else next(self._reader.names(*place), None)
        return NOBODY if name is None else Link(self.cast.bearer(name), SECOND_PERSON)

    def _spoken_to(self, parent: str, around: Entity | None) -> Link:
        """Whom the words around a quotation speak to: who is addressed there, else the other one of the dialogue."""
        turn = self._turn_around(parent)
        if turn is None:
            return NOBODY
        if turn.addressed:
            return Link(turn.addressed[0], SECOND_PERSON)
        for near in (self._conversation.previous(turn), self._conversation.at(turn.index + 1)):
            if near is not None and near.entity not in (None, around) and abs(near.first - turn.first) <= 1:
                return Link(near.entity, SECOND_PERSON)
        return self._reader_of_letter()

    def _several(self, turn: Turn) -> Link:
        """Whom a verb in the plural means: those who spoke or of whom was told last, in the paragraph or the one before."""
        start, end = self._scene.starts[max(0, turn.first - 1)], turn.quote.cue[0].start
        previous = self._conversation.previous(turn)
        if previous is not None and (
            previous.entity is None or previous.entity.kind != GROUP or previous.quote.content[0].start < start
        ):
            previous = None
        if previous is not None:
            start = previous.quote.content[0].start if previous.quote.source is None else previous.quote.source.start
        told = self._scene.several(start, end)
        entity = told.entity if told is not None else None if previous is None else previous.entity
        return Link(entity, SEVERAL)

    def _described(self, turn: Turn, link: Link, ranking: Ranking) -> Link:
        """Whether "la ejecutiva" is somebody who is named elsewhere."""
        source, entity = turn.quote.source, link.entity
        assert source is not None
        assert entity is not None
        entity.spoken -= 1
        epithet = turn.quote.id in self._epithets
        _, ranked = ranking.rank(turn, entity.gender, (source.start, source.end), entity, epithet=epithet)
        if ranked and ranked[0][1] is not entity and ranked[0][0] > _SURE:
            entity.mentions.discard((source.start, source.end))
            return Link(ranked[0][1], "epithet", ranked[0][0])
        return link

    def _nested(self, quote: Quote, parent: str) -> Link:
        """A quotation inside another: "I" is who speaks around it, "he" is somebody else named there or before."""
        around = self.links.get(parent, NOBODY).entity
        pronoun = None if quote.source is None else self._pronoun(quote.source)
        if quote.source is None:
            person = self._person(quote) if quote.cue else 0
        else:
            person = 0 if pronoun is None else pronoun.person
        if person == 1:
            return Link(around, "first_person")
        if person == 2:
            return self._spoken_to(parent, around)
        if person != 3 or (pronoun is not None and pronoun.several):
            return NOBODY
        turn, ranking = self._turn_around(parent), self.ranking
        if turn is None or ranking is None:
            return NOBODY
        place = quote.cue[0] if quote.source is None else quote.source
        gender = None if pronoun is None else _gender(pronoun)
        ranked = ranking.rank_nested(turn, quote, gender, (place.start, place.end), around)
        return Link(ranked[0][1], "nested_pronoun", ranked[0][0]) if ranked else NOBODY

    def _turn_around(self, parent: str) -> Turn | None:
        """The turn of the outermost quotation around one."""
        while (outer := self._by_id[parent].parent) is not None:
            parent = outer
        return self._conversation.by_quote.get(parent)

    def _result(self) -> tuple[list[Quote], list[Speaker]]:
        linked = Linked(self._text, self._pack.folder)
        self.considered = dict(self.links)
        for quote in self.quotes:
            linked.sure(quote, self.links)
        used = {link.entity.serial: link.entity for link in self.links.values() if link.entity is not None}
        order = sorted(used.values(), key=lambda one: (min(one.mentions, default=(len(self._text), 0)), one.serial))
        ids = {entity.serial: f"s{number}" for number, entity in enumerate(order)}
        speakers = [
            Speaker(ids[one.serial], one.name, role=one.role, kind=self.cast.kind(one), mentions=self.cast.mentions(one))
            for one in order
        ]
        given = []
        for quote in self.quotes:
            link = self.links.get(quote.id, NOBODY)
            given.append(quote if link.entity is None else linked.to(quote, link, ids[link.entity.serial]))
        return given, speakers


def _gender(pronoun: Pronoun) -> str | None:
    return pronoun.sex if pronoun.sex in ("male", "female") else None

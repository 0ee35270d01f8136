"""The speakers of a document while several resolvers and linkers work on them, one behind the other.

What one has set stays: another can change it only if it declares that it comes after that one. Two resolvers that each have a speaker for the same
quotes mean one person, unless the later one's has quotes of several; the one who was there first stays and gets the quotes and mentions of the other, and what it lacks. A speaker whose quotes all went to
others is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from ..annotations import Quote, Speaker, with_ids
from ..plugins.loaded import Loaded


class Cast:
    """Quotes with their speakers; knows which component has set what.

    Args:
        several: whether more than one resolver will work.

    Attributes:
        quotes: with the speakers set so far.
        speakers: those found so far.
    """

    def __init__(self, quotes: Sequence[Quote], *, several: bool) -> None:
        self.quotes = quotes
        self._several = several
        self.speakers: Sequence[Speaker] = ()
        self._found_by: dict[str, Loaded] = {}
        self._linked_by: dict[str, Loaded] = {}

    def take(self, resolver: Loaded, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> None:
        """Take what a resolver made of the quotes and speakers."""
        known = {speaker.id: speaker for speaker in self.speakers}
        if known:
            self._join(resolver, quotes, speakers, known)
        else:
            self.quotes, self.speakers = quotes, speakers
        if self._several:
            # Each counts its speakers as it likes; the "s1" of the next must not become that of this one.
            ids = {s.id: s.id if s.id in known else f"{resolver.name}:{s.id}" for s in self.speakers}
            self.quotes, self.speakers = with_speaker_ids(self.quotes, self.speakers, ids)
            for speaker in self.speakers:
                self._found_by.setdefault(speaker.id, resolver)

    def _join(self, resolver: Loaded, quotes: Sequence[Quote], speakers: Sequence[Speaker], known: Mapping[str, Speaker]) -> None:
        fixed = {known_id for known_id in known if not resolver.is_after(self._found_by[known_id])}
        before = {quote.id: quote for quote in self.quotes}
        # For each speaker that is new those who were there before for some of the same quotes.
        same: dict[str, set[str]] = {}
        for quote in quotes:
            old = before[quote.id].speaker
            if old is not None and old in fixed and quote.speaker is not None and quote.speaker not in known:
                same.setdefault(quote.speaker, set()).add(old)
        aliases = {new: next(iter(olds)) for new, olds in same.items() if len(olds) == 1}
        kept = [_kept(quote, before[quote.id], fixed, aliases) for quote in quotes]
        joined: dict[str, list[Speaker]] = {}
        for speaker in speakers:
            if speaker.id in aliases:
                joined.setdefault(aliases[speaker.id], []).append(speaker)
        people = [
            _joined(known[speaker.id] if speaker.id in fixed else speaker, joined.get(speaker.id, ()))
            for speaker in speakers
            if speaker.id not in aliases
        ]
        self.speakers = _without_orphans(people, had=[*self.quotes, *quotes], have=kept)
        self.quotes = kept

    def take_linked(self, linker: Loaded, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> None:
        """Take what a linker made of the quotes and speakers."""
        known = {speaker.id: speaker for speaker in self.speakers}
        settled = {known_id for known_id, by in self._linked_by.items() if known_id in known and not linker.is_after(by)}
        before = {quote.id: quote for quote in self.quotes}
        kept = [_kept(quote, before[quote.id], settled, {}) for quote in quotes]
        there = {speaker.id for speaker in speakers}
        people = [
            *(_added(known[one.id], [one]) if one.id in settled else one for one in speakers),
            *(speaker for speaker in self.speakers if speaker.id in settled and speaker.id not in there),
        ]
        for speaker in people:
            if known.get(speaker.id) != speaker:
                self._linked_by[speaker.id] = linker
        self.speakers = _without_orphans(people, had=self.quotes, have=kept)
        self.quotes = kept


def _kept(quote: Quote, before: Quote, fixed: Collection[str | None], aliases: Mapping[str, str]) -> Quote:
    """A quote with what was fixed before, and with the speakers that new ones turned out to be."""
    if quote.speaker is None and quote.addressee is None and before.speaker is None and before.addressee is None:
        return quote
    speaker = None if quote.speaker is None else aliases.get(quote.speaker, quote.speaker)
    addressee = None if quote.addressee is None else aliases.get(quote.addressee, quote.addressee)
    if before.speaker in fixed and speaker != before.speaker:
        quote = attrs.evolve(
            quote, speaker=before.speaker, speaker_confidence=before.speaker_confidence, provenance=before.provenance
        )
        speaker = before.speaker
    if before.addressee in fixed:
        addressee = before.addressee
    return with_ids(quote, speaker=speaker, addressee=addressee)


def _joined(speaker: Speaker, others: Sequence[Speaker]) -> Speaker:
    """A speaker with what is known of others who turned out to be the same, and with their mentions."""
    if not others:
        return speaker
    mentions = [*speaker.mentions, *(span for other in others for span in other.mentions)]
    return attrs.evolve(_added(speaker, others), mentions=mentions)


def _added(settled: Speaker, others: Sequence[Speaker]) -> Speaker:
    """A settled speaker with what other components know beyond it; of several, the first that knows."""
    everyone = [settled, *others]
    return attrs.evolve(
        settled,
        role=next((one.role for one in everyone if one.role), None),
        kind=next((one.kind for one in everyone if one.kind != "unknown"), "unknown"),
        identifiers={key: value for one in reversed(everyone) for key, value in one.identifiers.items()},
        attributes={key: value for one in reversed(everyone) for key, value in one.attributes.items()},
    )


def _without_orphans(speakers: Sequence[Speaker], had: Iterable[Quote], have: Iterable[Quote]) -> list[Speaker]:
    """The speakers but those who had quotes and have none now."""
    before, now = _named(had), _named(have)
    return [speaker for speaker in speakers if speaker.id in now or speaker.id not in before]


def _named(quotes: Iterable[Quote]) -> set[str]:
    return {name for quote in quotes for name in (quote.speaker, quote.addressee) if name is not None}


def with_speaker_ids(
    quotes: Sequence[Quote], speakers: Sequence[Speaker], ids: Mapping[str, str]
) -> tuple[list[Quote], list[Speaker]]:
    """Quotes and speakers under other ids."""
    return (
        [
            quote
            if quote.speaker is None and quote.addressee is None
            else with_ids(
                quote,
                speaker=None if quote.speaker is None else ids[quote.speaker],
                addressee=None if quote.addressee is None else ids[quote.addressee],
            )
            for quote in quotes
        ],
        [with_ids(speaker, id=ids[speaker.id]) for speaker in speakers],
    )

"""Holding the quotations of an article against sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from .. import languages
from ..annotations import Issue, Quote
from ..document import Document
from ..errors import AnnotationError, ConfigurationError, shown
from ..extraction import Extraction
from ..mining.miner import Miner
from ..spans import Span
from .findings import Change, Finding, Match, Verification
from .folding import fold_quotation
from .index import Index, digest
from .judging import Placed, Placing
from .lexicon import Lexicon, Lexicons
from .search import Sources
from .voices import Person, Voices, judge, person_of

_COMPONENT: Final = "verification"
#: Sources in which somebody is looked for who is not known to speak anywhere.
_MOST_ASKED: Final = 20


def verify(
    article: str | Document | Extraction,
    sources: str | Document | Extraction | Iterable[str | Document | Extraction],
    *,
    miner: Miner | None = None,
    index: Path | None = None,
    shortest: int = 3,
    disfluencies: bool = True,
) -> Verification:
    """Whether the quotations of an article stand in sources, word for word, and whether those people said them.

    Args:
        article: a text, which is mined first, or what was found in it.
        sources: what it is held against: transcripts, statements, other articles.
        miner: mines what is not mined; without one all plugins that are installed.
        index: a file that keeps where the words of the sources stand; it is made when it is not there, and again when the sources have changed.
        shortest: a quotation of fewer words is too short to tell.
        disfluencies: leave out hesitation ("uh") and what is said twice in one breath.

    Raises:
        AnnotationError: when something is no text, document or extraction.
        ConfigurationError: when ``shortest`` is no positive number.

    >>> verify("“We must act now,” Rutte said.", "RUTTE: We must act. Now!")[0].verdict
    'verbatim'
    """
    if isinstance(shortest, bool) or not isinstance(shortest, int) or shortest < 1:
        raise ConfigurationError(f"shortest: {shown(shortest)} is no positive number", "shortest", shortest)
    return Checker(sources, miner=miner, index=index, shortest=shortest, disfluencies=disfluencies).check(article)


class Checker:
    """Holds many articles against the same sources, whose words are looked through once.

    The arguments are those of :func:`verify`.
    """

    def __init__(
        self,
        sources: str | Document | Extraction | Iterable[str | Document | Extraction],
        *,
        miner: Miner | None = None,
        index: Path | None = None,
        shortest: int = 3,
        disfluencies: bool = True,
    ) -> None:
        self._miner = miner or Miner()
        self._lexicons = Lexicons({pack.language: pack for pack in self._miner.components("quoteminer_languages")})
        self._shortest = shortest
        self._disfluencies = disfluencies
        given = [sources] if isinstance(sources, (str, Document, Extraction)) else list(sources)
        self._extractions: dict[int, Extraction] = {}
        self.documents: list[Document] = []
        names: dict[str, int] = {}
        for number, one in enumerate(given):
            document = _document(one, f"sources[{number}]")
            if isinstance(one, Extraction):
                self._extractions[number] = one
            # Two sources with one id are told apart.
            names[document.id] = count = names.get(document.id, 0) + 1
            if count > 1:
                document = _renamed(document, f"{document.id}#{count}")
            self.documents.append(document)
        self._sources = Sources(
            self.documents, self._lexicons, self._index(index), disfluencies=disfluencies
        )
        if index is not None and self._index_is_new:
            self._sources.index.write(index)
        self._placing = Placing(self._sources, self._lexicons)
        self._voices: dict[int, Voices] = {}

    def _index(self, path: Path | None) -> Index | None:
        """The index in a file, if it is one of these sources."""
        self._index_is_new = True
        if path is None or not path.is_file():
            return None
        index = Index.read(path)
        if [(entry.id, entry.digest) for entry in index.entries] != [(one.id, digest(one)) for one in self.documents]:
            return None
        self._index_is_new = False
        return index

    def check(self, article: str | Document | Extraction) -> Verification:
        """The verdicts on the quotations of an article."""
        extraction = article if isinstance(article, Extraction) else self._miner.mine(_document(article, "article"))
        lexicon = self._lexicons.of(extraction.document.language)
        issues = list(self._issues(extraction.document))
        people = {speaker.id: person_of(speaker, extraction.document, lexicon) for speaker in extraction.speakers}
        findings = [self._finding(quote, extraction, people, lexicon) for quote in extraction.quotes]
        used = {match.source for finding in findings for match in finding.matches}
        return Verification(extraction, findings, [one for one in self.documents if one.id in used], [*extraction.issues, *issues])

    def _issues(self, article: Document) -> Iterator[Issue]:
        if not self.documents:
            yield Issue(_COMPONENT, article.id, "there is no source: nothing can be found", severity="warning")
        for document in self.documents:
            if not document.text.strip():
                yield Issue(_COMPONENT, article.id, f"the source {document.id!r} is empty", severity="warning")
                continue
            theirs = languages.looks_like(document.text, document.language) or languages.primary(document.language)
            ours = languages.primary(article.language)
            if theirs != ours:
                message = (
                    f"the source {document.id!r} is in {languages.name_of(theirs)}, the article in {languages.name_of(ours)}: "
                    "words cannot be compared"
                )
                yield Issue(_COMPONENT, article.id, message, severity="warning")

    def _finding(self, quote: Quote, extraction: Extraction, people: Mapping[str, Person], lexicon: Lexicon) -> Finding:
        person = None if quote.speaker is None else people[quote.speaker]
        name = None if person is None else person.name
        article = extraction.document
        spans = tuple(quoted_spans(quote, article))
        words = fold_quotation(article.text, spans, lexicon, disfluencies=self._disfluencies)
        if len(words) < self._shortest or all(key in lexicon.function for key in words.keys):
            matches: Sequence[Match] = ()
            if len(words):
                placed = self._placing.places(words, article, lexicon)
                matches = self._heard(placed[0], None)[0] if placed and placed[0].exact else ()
            return Finding(quote, "too_short", matches=matches, speaker=name, confidence=1.0)
        placed = self._placing.places(words, article, lexicon)
        if not placed:
            return self._not_found(quote, person)
        return self._best(quote, placed, person)

    def _best(self, quote: Quote, placed: Sequence[Placed], person: Person | None) -> Finding:
        """The verdict on the best place; of places that are as good, that where the one who is named speaks."""
        name = None if person is None else person.name
        best = placed[0]
        matches, said = self._heard(best, person)
        for other in placed[1:]:
            if said is not False or other.spliced != best.spliced or other.score < best.score or other.exact != best.exact:
                break
            theirs, heard = self._heard(other, person)
            if heard is not False:
                best, matches, said = other, theirs, heard
        changes = _sorted(best.changes)
        if best.spliced:
            verdict = "spliced"
        elif said is False:
            verdict = "other_speaker"
        elif best.exact:
            verdict = "verbatim"
        else:
            verdict = "altered"
        return Finding(quote, verdict, changes=changes, matches=matches, speaker=name, confidence=round(min(1.0, best.score), 3))  # type: ignore[arg-type]

    def _heard(self, placed: Placed, person: Person | None) -> tuple[tuple[Match, ...], bool | None]:
        """The matches with who speaks there, and whether that is the one who is named."""
        matches = []
        answers: list[bool | None] = []
        numbers = {document.id: number for number, document in enumerate(self.documents)}
        for match in placed.matches:
            voices = self._voices_of(numbers[match.source])
            heard = voices.at(match.span)
            answer = judge(person, heard)
            if answer is False and voices.labelled:
                # In a turn somebody may quote another.
                heard = voices.mined_at(match.span)
                answer = judge(person, heard)
            answers.append(answer)
            name = heard[0].name if heard else None
            matches.append(Match(match.source, match.span, match.quoted, speaker=name))
        said = False if False in answers else True if answers and None not in answers else None
        return tuple(matches), said

    def _voices_of(self, number: int) -> Voices:
        if number not in self._voices:
            document = self.documents[number]
            lexicon = self._lexicons.of(document.language)
            self._voices[number] = Voices(document, self._miner.mine, lexicon, self._extractions.get(number))
        return self._voices[number]

    def _not_found(self, quote: Quote, person: Person | None) -> Finding:
        name = None if person is None else person.name
        missing = person is not None and self._speaks_nowhere(person)
        return Finding(quote, "no_such_speaker" if missing else "not_found", speaker=name)

    def _speaks_nowhere(self, person: Person) -> bool:
        """Whether nobody of that name speaks in any source, though it is known who speaks in them."""
        if not person.named:
            return False
        lasts = {name[-1] for name in person.names}
        asked = 0
        known = False
        for number, document in enumerate(self.documents):
            voices = self._voices_of(number)
            if not voices.labelled:
                if not any(last in document.text.casefold() for last in lasts):
                    continue
                asked += 1
                if asked > _MOST_ASKED:
                    return False
            answer = voices.speaks(person)
            if answer:
                return False
            known = known or answer is False
        return known or not asked and self._anybody_speaks()

    def _anybody_speaks(self) -> bool:
        """Whether in one of the first sources anybody is known to speak."""
        return any(self._voices_of(number).people() for number in range(min(len(self.documents), _MOST_ASKED)))


def quoted_spans(quote: Quote, article: Document) -> Iterator[Span]:
    """What of a quotation stands in quotation marks; all of it where it is direct."""
    yield from quote.content


def _sorted(changes: Sequence[Change]) -> list[Change]:
    order = {id(change): number for number, change in enumerate(changes)}
    return sorted(changes, key=lambda change: (change.span.start if change.span else -1, order[id(change)])) if all(
        change.span for change in changes
    ) else list(changes)


def _document(value: object, field: str) -> Document:
    if isinstance(value, Extraction):
        return value.document
    if isinstance(value, Document):
        return value
    if isinstance(value, str):
        return Document(value)
    raise AnnotationError(f"{field}: expected a str, Document or Extraction, not {shown(value)}", field, value)


def _renamed(document: Document, name: str) -> Document:
    import attrs

    return attrs.evolve(document, id=name)

"""Holding the quotations of an article against sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from .. import languages
from ..annotations import Issue, Quote
from ..document import Document
from ..errors import AnnotationError, ConfigurationError, shown
from ..extraction import Extraction
from ..mining.miner import Miner
from ..spans import Span
from ..vocabulary import Verdict
from .findings import Finding, Match, Verification
from .folding import fold_quotation
from .index import Index, digest
from .indirect import Reports, Supporting, Turn
from .judging import GARBLED, Placed, Placing
from .lexicon import Lexicon, Lexicons
from .search import Sources, made_by
from .voices import Person, Voices, judge, person_of, same

_COMPONENT: Final = "verification"
#: Words in quotation marks inside a mixed quotation, also where one mark is outside of it.
_MARKED: Final = re.compile('[“„«"»]([^“”„«»"]*)[”“»"«]?')
#: A report needs so many words of its own.
_LEAST_CONTENT: Final = 2
#: A stretch with that share of the words of the best is as good, where the one who is named speaks in it.
_AS_GOOD: Final = 0.9
#: Share of right ones among the verdicts of each kind, on the alterations that `tests/verification` makes of the train part of the open corpus.
_SURE: Final[dict[Verdict, float]] = {
    "verbatim": 0.998,
    "altered": 0.993,
    "spliced": 0.997,
    "other_speaker": 0.997,
    "not_found": 0.994,
    "no_such_speaker": 0.997,
}
#: So much of a report must stand where another speaks.
_LEAST_OF_OTHERS: Final = 0.4
#: So many quotations before and behind a report are beside it.
_BESIDE: Final = 2
#: The verdicts on those whose words stand in one place, in what whoever is named says.
_STANDS: Final = ("verbatim", "altered")
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
    given: object = shortest
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
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
                document = attrs.evolve(document, id=f"{document.id}#{count}")
            self.documents.append(document)
        self._sources = Sources(self.documents, self._lexicons, self._index(index), disfluencies=disfluencies)
        if index is not None and self._index_is_new:
            self._sources.index.write(index)
        self._placing = Placing(self._sources, self._lexicons)
        self._reports = Reports(self._sources, self._lexicons)
        self._numbers = {document.id: number for number, document in enumerate(self.documents)}
        self._voices: dict[int, Voices] = {}
        self._languages = [(document.id, _language(document)) for document in self.documents]

    def _index(self, path: Path | None) -> Index | None:
        """The index in a file, if it is one of these sources."""
        self._index_is_new = True
        if path is None or not path.is_file():
            return None
        index = Index.read(path)
        made = made_by(self.documents, self._lexicons, self._disfluencies)
        if index.made != made or [(entry.id, entry.digest) for entry in index.entries] != [
            (one.id, digest(one)) for one in self.documents
        ]:
            return None
        self._index_is_new = False
        return index

    def check(self, article: str | Document | Extraction) -> Verification:
        """The verdicts on the quotations of an article."""
        extraction = article if isinstance(article, Extraction) else self._miner.mine(_document(article, "article"))
        lexicon = self._lexicons.of(extraction.document.language)
        issues = list(self._issues(extraction.document))
        people = {speaker.id: person_of(speaker, extraction.document, lexicon) for speaker in extraction.speakers}
        findings = self._findings(extraction, people, lexicon)
        used = {match.source for finding in findings for match in finding.matches}
        for source in sorted(self._numbers[one] for one in used):
            if source in self._voices and source not in self._extractions:
                issues += self._voices[source].issues()
        return Verification(
            extraction, findings, [one for one in self.documents if one.id in used], [*extraction.issues, *issues]
        )

    def _issues(self, article: Document) -> Iterator[Issue]:
        if not self.documents:
            yield Issue(_COMPONENT, article.id, "there is no source: nothing can be found", severity="warning")
        ours = languages.primary(article.language)
        for name, language in self._languages:
            if not language:
                yield Issue(_COMPONENT, article.id, f"the source {name!r} is empty", severity="warning")
            elif language != ours:
                message = (
                    f"the source {name!r} is in {languages.name_of(language)}, the article in {languages.name_of(ours)}: "
                    "words cannot be compared"
                )
                yield Issue(_COMPONENT, article.id, message, severity="warning")

    def _findings(self, extraction: Extraction, people: Mapping[str, Person], lexicon: Lexicon) -> list[Finding]:
        """The verdicts, in the order of the quotations; first on those in marks, near which reports of the same person stand."""
        quotes = extraction.quotes
        article = extraction.document
        found: dict[int, Finding] = {}
        for number, quote in enumerate(quotes):
            if quote.kind != "indirect":
                found[number] = self._finding(quote, article, None if quote.speaker is None else people[quote.speaker], lexicon)
        order = sorted(range(len(quotes)), key=lambda number: quotes[number].span.start)
        for at, number in enumerate(order):
            if number not in found:
                quote = quotes[number]
                person = None if quote.speaker is None else people[quote.speaker]
                near = [found[other] for other in order[max(0, at - _BESIDE) : at + _BESIDE + 1] if other in found]
                beside = [
                    (self._numbers[match.source], match.span)
                    for one in near
                    if person is not None and one.speaker == person.name and one.quote.kind == "direct" and one.verdict in _STANDS
                    for match in one.matches
                ]
                found[number] = self._reported(quote, article, person, lexicon, beside)
        return [found[number] for number in range(len(quotes))]

    def _finding(self, quote: Quote, article: Document, person: Person | None, lexicon: Lexicon) -> Finding:
        """The verdict on a quotation of which something stands in quotation marks."""
        spans = quote.content if quote.kind == "direct" else marked_spans(quote, article.text)
        words = fold_quotation(article.text, spans, lexicon, disfluencies=self._disfluencies)
        short = len(words) < self._shortest or all(key in lexicon.function for key in words.keys)
        if short and quote.kind == "mixed":
            return self._reported(quote, article, person, lexicon)
        placed = self._placing.places(words, article, lexicon)
        if short:
            matches = self._heard(placed[0], person)[0] if placed and placed[0].exact else ()
            return Finding(quote, "too_short", matches=matches, speaker=None if person is None else person.name)
        if not placed and person is not None:
            # Few of the words stand anywhere; where they do, whoever is named must speak.
            garbled = self._placing.places(words, article, lexicon, GARBLED)
            placed = [one for one in garbled if not one.spliced and self._heard(one, person)[1]]
        return self._best(quote, placed, person) if placed else self._not_found(quote, person)

    def _reported(
        self,
        quote: Quote,
        article: Document,
        person: Person | None,
        lexicon: Lexicon,
        beside: Sequence[tuple[int, Span]] = (),
    ) -> Finding:
        """The verdict on what is said without quotation marks.

        Args:
            beside: where the quotations of the same person beside it are found, each with the number of the source.
        """
        name = None if person is None else person.name
        words = fold_quotation(article.text, quote.content, lexicon, disfluencies=self._disfluencies)
        if len(words) < self._shortest:
            return Finding(quote, "too_short", speaker=name)
        few = sum(key not in lexicon.function for key in words.keys) < _LEAST_CONTENT
        placed = self._placing.places(words, article, lexicon)
        if placed and placed[0].exact:
            matches, said = self._heard(placed[0], person)
            verdict: Verdict = "other_speaker" if said is False else "paraphrase"
            return Finding(
                quote,
                verdict,
                matches=matches,
                speaker=name,
                support="partly" if said is False else "supported",
                confidence=_SURE["verbatim"],
            )
        found = self._reports.find(words, article, lexicon, lambda source: self._turns_of(person, source), beside)
        best, match, said = None, None, None
        for one in found:
            if one.support == "not_found" or (best is not None and one.coverage < _AS_GOOD * best.coverage):
                break
            theirs, heard = self._reporting(one, quote.span, person)
            if best is None or (said is False and heard is not False):
                best, match, said = one, theirs, heard
            if said is not False:
                break
        if best is None or match is None or (said is False and best.coverage < _LEAST_OF_OTHERS):
            if few:
                return Finding(quote, "too_short", speaker=name)
            finding = self._not_found(quote, person)
            return attrs.evolve(finding, support="not_found", confidence=found[0].confidence if found else finding.confidence)
        return Finding(
            quote,
            "other_speaker" if said is False and best.support == "supported" else "paraphrase",
            changes=best.changes,
            matches=(match,),
            speaker=name,
            support=best.support if said is not False else "partly",
            confidence=best.confidence,
        )

    def _reporting(self, one: Supporting, quoted: Span, person: Person | None) -> tuple[Match, bool | None]:
        """The match of a report, with who speaks there, and whether that is the one who is named."""
        source = self.documents[one.source].id
        if one.turn is None:
            return self._voice(source, one.span, quoted, person)
        match, _ = self._voice(source, one.turn, quoted, person)
        return attrs.evolve(match, span=one.span), True

    def _turns_of(self, person: Person | None, source: int) -> Sequence[Turn]:
        """Where somebody speaks in a source; of many sources only in those of which it is known already who speaks in them."""
        if person is None:
            return ()
        if len(self.documents) > _MOST_ASKED and not self._voices_of(source).known:
            return ()
        return self._voices_of(source).turns_of(person)

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
        if best.spliced:
            verdict: Verdict = "spliced"
        elif said is False:
            verdict = "other_speaker"
        elif best.exact:
            verdict = "verbatim"
        else:
            verdict = "altered"
        return Finding(quote, verdict, changes=best.changes, matches=matches, speaker=name, confidence=_SURE[verdict])

    def _heard(self, placed: Placed, person: Person | None) -> tuple[tuple[Match, ...], bool | None]:
        """The matches with who speaks there, and whether that is the one who is named."""
        heard = [self._voice(match.source, match.span, match.quoted, person) for match in placed.matches]
        answers = [answer for _, answer in heard]
        said = False if False in answers else True if answers and None not in answers else None
        return tuple(match for match, _ in heard), said

    def _voice(self, source: str, span: Span, quoted: Span, person: Person | None) -> tuple[Match, bool | None]:
        """A match with who speaks there, and whether that is the one who is named."""
        voices = self._voices_of(self._numbers[source])
        if person is not None and not voices.labelled:
            for label in voices.announced(span):
                if same(person, label):
                    # The text tells it, and the source need not be mined.
                    return Match(source, span, quoted, speaker=label.name), True
        heard = voices.at(span)
        answer = judge(person, heard)
        if answer is False and voices.labelled:
            # In a turn somebody may quote another.
            heard = voices.mined_at(span)
            answer = judge(person, heard)
        if (
            answer is None
            and person is not None
            and heard
            and any((other.named or not person.named) and same(person, other) for other in voices.people())
        ):
            # Somebody who is named elsewhere in the source is not whoever is called otherwise here.
            answer = False
        return Match(source, span, quoted, speaker=heard[0].name if heard else None), answer

    def _voices_of(self, number: int) -> Voices:
        if number not in self._voices:
            document = self.documents[number]
            lexicon = self._lexicons.of(document.language)
            self._voices[number] = Voices(document, self._miner.mine, lexicon, self._extractions.get(number))
        return self._voices[number]

    def _not_found(self, quote: Quote, person: Person | None) -> Finding:
        name = None if person is None else person.name
        missing = person is not None and self._speaks_nowhere(person)
        verdict: Verdict = "no_such_speaker" if missing else "not_found"
        return Finding(quote, verdict, speaker=name, confidence=_SURE[verdict])

    def _speaks_nowhere(self, person: Person) -> bool:
        """Whether nobody of that name speaks in any source, though it is known who speaks in them."""
        if not person.named:
            return False
        named = {source for name in person.names for source in self._sources.holding(name[-1])}
        asked = 0
        known = False
        for number in range(len(self.documents)):
            voices = self._voices_of(number)
            if not voices.labelled:
                if number not in named:
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


def marked_spans(quote: Quote, text: str) -> list[Span]:
    """What of a mixed quotation stands in quotation marks."""
    return [
        Span(match.start(1), match.end(1))
        for span in quote.content
        for match in _MARKED.finditer(text, span.start, span.end)
        if match.start(1) < match.end(1)
    ]


def _language(document: Document) -> str:
    """The language that a source is in, which may be another than it says; none where it is empty."""
    if not document.text.strip():
        return ""
    return languages.looks_like(document.text, document.language) or languages.primary(document.language)


def _document(value: object, field: str) -> Document:
    if isinstance(value, Extraction):
        return value.document
    if isinstance(value, Document):
        return value
    if isinstance(value, str):
        return Document(value)
    raise AnnotationError(f"{field}: expected a str, Document or Extraction, not {shown(value)}", field, value)

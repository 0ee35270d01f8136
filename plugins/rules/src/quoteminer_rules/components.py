"""The components of this plugin: what the host calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final

import quoteminer
from quoteminer import Claim, Document, Issue, LanguagePack, Layout, Provenance, Quote, Scope, Span, Speaker

from . import lexicon, speakers, turns
from .blockwise import Watch, attempt
from .claims import lexicon as claim_lexicon
from .claims import mining as claim_mining
from .explain import explanation
from .quotes import mining
from .quotes.found import Found
from .quotes.indirect.decisions import Trace
from .quotes.scope import speech
from .reports.explaining import explained as explained_reports
from .reports.grammar import grammar
from .reports.selection import Report

#: How the speech is set that a rule finds; all others find it in running text.
_LAYOUTS: Final[dict[str, Layout]] = {"direct.turn": "turn", "direct.dash_dialogue": "dash", "direct.block": "block"}


class QuoteRules:
    """Direct, mixed and indirect speech by quotation marks, layout and reporting clauses; in the scope ``all`` also reports of what is
    thought, felt or done. English; other languages give nothing.

    Works block by block, as the other components do: a block in which something fails is left out, and an issue says which.
    """

    name = "rules.quotes"
    version = quoteminer.__version__
    silence: ClassVar = {"speech": 0.15, "all": 0.33}
    """Measured beside the trained extractor on PolNeAR dev and our hard cases."""

    def __init__(self) -> None:
        self.languages: tuple[str, ...] = ("en",)
        self._folders: dict[str, Path] = {}

    def use_languages(self, packs: Mapping[str, LanguagePack]) -> None:
        """Read the languages of all packs that have constructions in their folder."""
        self._folders = {
            tag: pack.path
            for tag, pack in packs.items()
            if lexicon.supported(tag) is None and pack.path is not None and (pack.path / "constructions.toml").is_file()
        }
        self.languages = ("en", *self._folders)

    def extract(self, document: Document, *, scope: Scope = "speech") -> Iterable[Quote | Issue]:
        """The quotes of a document, and an issue for each block that could not be read.

        ``provenance.detail`` holds the id of the ``rule`` and the ``class`` of what the cue reports.
        """
        folder = self._folder(document)
        if folder is not None:
            return self._by_constructions(document, folder)
        language = lexicon.supported(document.language)
        if language is None:
            return []
        (found, _), issues = self._find(document, lexicon.load(language), traced=False)
        if scope == "speech":
            found = speech(found)
        if turns.noted(document):
            # What the file says of its turns need not be guessed.
            found = [quote for quote in found if quote.rule != "direct.turn"]
        return [*self._quotes(found), *issues]

    def explain(self, document: Document, *, scope: Scope = "speech") -> str:
        """Why each quotation was found, and why each candidate that lost is none, in lines for a person.

        Of the same scope as :meth:`extract`; what it would leave out is said to be out of scope.
        """
        folder = self._folder(document)
        if folder is not None:
            return explained_reports(document.text, grammar(folder).find(document.text))
        language = lexicon.supported(document.language)
        if language is None:
            return f"{self.name} reads no {document.language!r}, only {', '.join(self.languages)}\n"
        (found, trace), issues = self._find(document, lexicon.load(language), traced=True)
        explained = explanation(document.text, found, trace, scope) or "no quotations and no candidates found\n"
        return explained + "".join(f"{issue.message}\n" for issue in issues)

    def manifest(self) -> Mapping[str, str]:
        """The hash of all data that the rules work with, learned weights among them."""
        return {"sha256": lexicon.fingerprint()}

    def _folder(self, document: Document) -> Path | None:
        """The folder of the language of a document, unless the older rules read it."""
        tag = document.language.replace("_", "-")
        return self._folders.get(tag) or self._folders.get(tag.partition("-")[0].lower())

    def _by_constructions(self, document: Document, folder: Path) -> list[Quote | Issue]:
        def work(document: Document, _: Sequence[Quote], watch: Watch) -> list[Report]:
            return list(grammar(folder).find(document.text, watch))

        found, done = attempt(document, (), work)
        quotes = [
            Quote(
                [Span(*part) for part in report.content],
                report.kind,
                cue=[Span(*part) for part in report.cue],
                cue_lemma=report.lemma,
                source=None if report.source is None else Span(*report.source),
                addressee_mention=None if report.addressee is None else Span(*report.addressee),
                confidence=report.confidence,
                provenance=Provenance(self.name, version=self.version, detail={"rule": report.construction}),
                id=str(number),
            )
            for number, report in enumerate(found)
        ]
        return [*quotes, *done.issues(self.name, document)]

    def _find(
        self, document: Document, knowledge: lexicon.Lexicon, *, traced: bool
    ) -> tuple[tuple[list[Found], Trace], list[Issue]]:
        def work(document: Document, _: Sequence[Quote], watch: Watch) -> tuple[list[Found], Trace]:
            trace: Trace = []
            return mining.find(document.text, knowledge, trace if traced else None, watch), trace

        results, done = attempt(document, (), work)
        return results, done.issues(self.name, document)

    def _quotes(self, found: list[Found]) -> list[Quote]:
        ids = {id(quote): str(number) for number, quote in enumerate(found)}
        return [
            Quote(
                [Span(start, end) for start, end in quote.content],
                quote.kind,
                cue=[Span(start, end) for start, end in quote.cue],
                cue_lemma=(quote.lemma or None) if quote.cue else None,
                source=None if quote.source is None else Span(*quote.source),
                addressee_mention=None if quote.addressee is None else Span(*quote.addressee),
                layout=_LAYOUTS.get(quote.rule, "running"),
                parent=None if quote.parent is None else ids.get(id(quote.parent)),
                modality=quote.modality,
                confidence=lexicon.confidence(quote.rule, quote.cue_class)
                if quote.confidence is None
                else round(quote.confidence, 3),
                provenance=self._provenance(quote),
                id=ids[id(quote)],
            )
            for quote in found
        ]

    def _provenance(self, quote: Found) -> Provenance:
        detail = {"rule": quote.rule, "class": quote.cue_class} if quote.cue_class else {"rule": quote.rule}
        return Provenance(self.name, version=self.version, detail=detail)


class SpeakerRules:
    """From source mentions to speakers. English; quotes of other languages stay as they are."""

    name = "rules.speakers"
    version = quoteminer.__version__
    languages: ClassVar = ("en",)

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        """Quotes with ``speaker`` and ``addressee`` set, and the speakers.

        A block that could not be read leaves an issue among the speakers, and its quotes stay as they are.
        """
        language = lexicon.supported(document.language)
        if language is None or not quotes:
            return quotes, ()

        def work(document: Document, quotes: Sequence[Quote], watch: Watch) -> tuple[list[Quote], list[Speaker]]:
            return speakers.resolve(document, quotes, language, watch)

        (resolved, found), done = attempt(document, quotes, work)
        if not done.lost:
            return resolved, found
        by_id = {quote.id: quote for quote in resolved}
        return [by_id.get(quote.id, quote) for quote in quotes], [*found, *done.issues(self.name, document)]


class ClaimRules:
    """What can be checked, clause by clause. English; other languages give nothing."""

    name = "rules.claims"
    version = quoteminer.__version__
    languages: ClassVar = ("en",)

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim | Issue]:
        """The claims of a document, and an issue for each block that could not be read.

        ``provenance.detail`` tells how the ``clause`` was cut and which features weigh most for what it is ``worth``.
        """
        language = claim_lexicon.supported(document.language)
        if language is None:
            return []

        def work(document: Document, quotes: Sequence[Quote], watch: Watch) -> list[claim_mining.Found]:
            return claim_mining.find(document, quotes, language, watch)

        found, done = attempt(document, quotes, work)
        return [*map(self._claim, found), *done.issues(self.name, document)]

    def _claim(self, found: claim_mining.Found) -> Claim:
        return Claim(
            [Span(start, end) for start, end in found.spans],
            found.kind,
            claimant=None if found.quote is None else found.quote.speaker,
            quote=None if found.quote is None else found.quote.id,
            check_worthiness=round(found.worth, 4),
            modality=found.modality,
            negated=found.negated,
            quantities=found.quantities,
            times=found.times,
            confidence=round(found.confidence, 4),
            provenance=Provenance(self.name, version=self.version, detail={"clause": found.rule, "worth": list(found.reasons)}),
        )

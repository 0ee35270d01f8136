"""The components of this plugin: what the host calls."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final, TypeVar

import quoteminer
from quoteminer import Claim, Document, Issue, LanguagePack, Provenance, Quote, Scope, Span, Speaker, languages

from . import lexicon, speakers, turns
from .blockwise import Watch, attempt
from .claims import mining as claim_mining
from .language.pack import load, shared
from .reports.grammar import grammar
from .reports.selection import Report

T = TypeVar("T")
_ENGLISH: Final = lexicon.LANGUAGES / "en"
_TURNS: Final = frozenset(["turn", "interview", "interviewer", "post", "mail"])
"""Layouts that need not be guessed where the file says who has which turn."""


class QuoteRules:
    """Direct, mixed and indirect speech by quotation marks, layout and reporting constructions; in the scope ``all`` also reports of what is
    thought, felt or done. English, and each language whose pack has constructions; others give nothing.

    Works block by block, as the other components do: a block in which something fails is left out, and an issue says which.
    """

    name = "rules.quotes"
    version = quoteminer.__version__
    silence: ClassVar = {"speech": {"direct": 0.04, "indirect": 0.14, "mixed": 0.13, "nested": 0.22}, "all": 1.0}
    """Measured beside the trained extractor: of speech on the part of the open corpus for tuning (``tests.benchmarks.merging``), of all attributions on
    PolNeAR dev."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {"en": _ENGLISH}
        self.languages: tuple[str, ...] = tuple(self._folders)

    def use_languages(self, packs: Mapping[str, LanguagePack]) -> None:
        """Read the languages of all packs that have constructions in their folder."""
        self._folders = {"en": _ENGLISH, **_with_constructions(packs)}
        self.languages = tuple(self._folders)

    def extract(self, document: Document, *, scope: Scope = "speech") -> Iterable[Quote | Issue]:
        """The quotes of a document, and an issue for each block that could not be read.

        ``provenance.detail`` holds the id of the ``rule`` and the ``class`` of what the cue reports.
        """
        folder = self._folder(document)
        if folder is None:
            return []

        def work(document: Document, _: Sequence[Quote], watch: Watch) -> list[Report]:
            return grammar(folder).find(document.text, watch, scope=scope)

        found, done = attempt(document, (), work)
        return [*self._quotes(document, found), *done.issues(self.name, document)]

    def explain(self, document: Document, *, scope: Scope = "speech") -> str:
        """Why each quotation was found, and why each candidate that lost is none, in lines for a person.

        Of the same scope as :meth:`extract`; what it would leave out is said to be out of scope.
        """
        from .reports.explaining import explanation
        from .reports.tracing import Trace

        folder = self._folder(document)
        if folder is None:
            return f"{self.name} reads no {document.language!r}, only {', '.join(self.languages)}\n"

        def work(document: Document, _: Sequence[Quote], watch: Watch) -> str:
            trace = Trace()
            found = grammar(folder).find(document.text, watch, scope=scope, trace=trace)
            return explanation(document.text, found, trace, folder)

        explained, done = attempt(document, (), work)
        issues = done.issues(self.name, document)
        return (explained or "no quotations and no candidates found\n") + "".join(f"{issue.message}\n" for issue in issues)

    def manifest(self) -> Mapping[str, str]:
        """The hash of all data that the rules work with, learned weights among them."""
        return {"sha256": lexicon.fingerprint()}

    def _folder(self, document: Document) -> Path | None:
        """The folder of the language of a document."""
        return _of_language(self._folders, document)

    def _quotes(self, document: Document, found: list[Report]) -> Iterator[Quote]:
        noted = turns.noted(document)
        told = {number for number, report in enumerate(found) if report.construction in _TURNS} if noted else frozenset[int]()
        for number, report in _given_away(found):
            if number in told:
                continue
            parent = None if report.parent in told else report.parent
            yield Quote(
                [Span(*part) for part in report.content],
                report.kind,
                cue=[Span(*part) for part in report.cue],
                cue_lemma=(report.lemma or None) if report.cue else None,
                source=None if report.source is None else Span(*report.source),
                addressee_mention=None if report.addressee is None else Span(*report.addressee),
                layout=report.layout,
                parent=None if parent is None else str(parent),
                modality=report.modality,
                confidence=round(report.confidence, 3),
                provenance=_provenance(self.name, self.version, report.construction, report.cue_class if report.cue else ""),
                id=str(number),
            )


def _given_away(found: list[T]) -> Iterator[tuple[int, T]]:
    """What is in a list, with its place, none of it kept: of a long text there is much."""
    found.reverse()
    for number in range(len(found)):
        yield number, found.pop()


def _with(packs: Mapping[str, LanguagePack], file: str) -> dict[str, Path]:
    """The folders of the languages that have a file."""
    return {tag: pack.path for tag, pack in packs.items() if pack.path is not None and (pack.path / file).is_file()}


def _with_constructions(packs: Mapping[str, LanguagePack]) -> dict[str, Path]:
    """The folders of the languages that the grammar of reports can read."""
    return {
        tag: pack.path
        for tag, pack in packs.items()
        if pack.path is not None and shared(pack.path, "constructions.toml").is_file()
    }


def _of_language(folders: Mapping[str, Path], document: Document) -> Path | None:
    tag = document.language.replace("_", "-")
    return folders.get(tag) or folders.get(languages.primary(tag))


@functools.lru_cache(maxsize=200)
def _provenance(name: str, version: str, construction: str, cue_class: str) -> Provenance:
    """One object for all quotes that were found alike."""
    detail = {"rule": construction}
    if cue_class:
        detail["class"] = cue_class
    return Provenance(name, version=version, detail=detail)


class SpeakerRules:
    """From source mentions to speakers: English by all that is known of it, other languages by names, roles and pronouns of their pack."""

    name = "rules.speakers"
    version = quoteminer.__version__

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}
        self.languages: tuple[str, ...] = ("en",)

    def use_languages(self, packs: Mapping[str, LanguagePack]) -> None:
        """Read the languages of all packs that have constructions in their folder."""
        self._folders = _with_constructions(packs)
        self.languages = ("en", *(tag for tag in self._folders if tag != "en"))

    def resolve(self, document: Document, quotes: Sequence[Quote]) -> tuple[Sequence[Quote], Sequence[Speaker | Issue]]:
        """Quotes with ``speaker`` and ``addressee`` set, and the speakers.

        A block that could not be read leaves an issue among the speakers, and its quotes stay as they are.
        """
        language = lexicon.supported(document.language)
        folder = _of_language(self._folders, document)
        if not quotes or (language is None and folder is None):
            return quotes, ()

        def work(document: Document, quotes: Sequence[Quote], watch: Watch) -> tuple[list[Quote], list[Speaker]]:
            if language is not None:
                return speakers.resolve(document, quotes, language, watch)
            assert folder is not None
            from .speakers import plain

            return plain.resolve(document, quotes, load(folder), watch)

        (resolved, found), done = attempt(document, quotes, work)
        if not done.lost:
            return resolved, found
        by_id = {quote.id: quote for quote in resolved}
        return [by_id.get(quote.id, quote) for quote in quotes], [*found, *done.issues(self.name, document)]


class ClaimRules:
    """What can be checked, an assertion each. English, and each language whose pack has the learned weights for it; others give nothing."""

    name = "rules.claims"
    version = quoteminer.__version__

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {"en": _ENGLISH}
        self.languages: tuple[str, ...] = tuple(self._folders)

    def use_languages(self, packs: Mapping[str, LanguagePack]) -> None:
        """Read the languages of all packs that have weights for claims in their folder."""
        self._folders = {"en": _ENGLISH, **_with(packs, "weights/claim_spans.tsv")}
        self.languages = tuple(self._folders)

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim | Issue]:
        """The claims of a document, and an issue for each block that could not be read.

        ``provenance.detail`` tells which words weigh most for what it is ``worth``.
        """
        folder = _of_language(self._folders, document)
        if folder is None:
            return []

        def work(document: Document, quotes: Sequence[Quote], watch: Watch) -> list[claim_mining.Found]:
            return claim_mining.find(document, quotes, folder, watch)

        found, done = attempt(document, quotes, work)
        return [*(self._claim(claim) for _, claim in _given_away(found)), *done.issues(self.name, document)]

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
            provenance=Provenance(self.name, version=self.version, detail={"worth": list(found.reasons)}),
        )

"""The component for claims: what the host calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from quoteminer import Claim, ClaimKind, ClaimModality, Document, Provenance, Quote, Span, Speaker, languages

from .. import stored, weights
from . import files, prose, scoring
from .sentences import is_transcript
from .voices import Voices

VERSION: Final = "0.2.0"
_MOST: Final = 0.99
_UNSAID: Final = frozenset(["negated", "hypothetical", "question"])
"""What somebody did not say, or only might say, is no claim of theirs."""


class NeuralClaims:
    """Claims by trained models; languages that they have not learned give nothing.

    In running text one layer more over the model of quotations finds claims with their kinds, in four languages. In an English transcript, where a line
    is a sentence, a scorer that learned from debates and speeches tells the sentences that state something from talk; their claims have no kind but
    ``other``. A claim is what belongs to one voice. Numbers and times are for extractors that read grammar, and the host joins what both find.
    """

    name = "neural.claims"
    version = VERSION
    languages: ClassVar = prose.LANGUAGES
    silence: ClassVar = 0.35
    """Measured beside the rules on the part of the open corpus for tuning."""

    def manifest(self) -> dict[str, Any]:
        """Names and hashes of the model of prose and of that of transcripts.

        Raises:
            WeightsError: when the file that holds them is missing or damaged.
        """
        return {"prose": stored.manifest(weights.FOLDER), "transcripts": stored.manifest(files.FOLDER)}

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim]:
        """The claims of a document; ``provenance.detail`` holds the model's name.

        Raises:
            WeightsError: when a file of a model is missing or damaged.
        """
        language = languages.primary(document.language)
        if not document.text or language not in self.languages:
            return []
        if language == "en" and is_transcript(document.text):
            return list(self._of_transcript(document, quotes))
        return list(self._of_prose(document, quotes))

    def _of_prose(self, document: Document, quotes: Sequence[Quote]) -> Iterator[Claim]:
        loaded = prose.load()
        provenance = Provenance(self.name, version=self.version, detail={"model": loaded.reader.settings["name"]})
        voices = Voices(document.text, quotes)
        settings = loaded.settings
        for found in prose.find(document.text, loaded):
            confidence = prose.fitted(found.sure, settings["confidence"])
            if confidence < settings["least"]:
                continue
            quote, spans = voices.main(found.parts[0][0], found.parts[-1][1], found.parts)
            if not spans or quote is not None and quote.modality in _UNSAID:
                continue
            worth = prose.fitted((found.worth,), settings["worth"])
            yield _claim(spans, found.kind, quote, worth, confidence, provenance)

    def _of_transcript(self, document: Document, quotes: Sequence[Quote]) -> Iterator[Claim]:
        loaded = files.load()
        provenance = Provenance(self.name, version=self.version, detail={"model": loaded.settings["name"]})
        voices = Voices(document.text, quotes)
        least, worthy = float(loaded.settings["least"]), float(loaded.settings["worthy"])
        for sentence in scoring.score(document.text, loaded):
            if sentence.claim < least and sentence.worth < worthy:
                continue
            quote, spans = voices.main(sentence.start, sentence.end)
            if not spans or quote is not None and quote.modality in _UNSAID:
                continue
            yield _claim(spans, "other", quote, sentence.worth, sentence.claim, provenance)


def _claim(
    spans: Sequence[Span], kind: ClaimKind, quote: Quote | None, worth: float, confidence: float, provenance: Provenance
) -> Claim:
    return Claim(
        spans,
        kind,
        claimant=None if quote is None else quote.speaker,
        quote=None if quote is None else quote.id,
        check_worthiness=round(worth, 4),
        modality=_modality(quote),
        confidence=round(min(_MOST, confidence), 4),
        provenance=provenance,
    )


def _modality(quote: Quote | None) -> ClaimModality:
    """What somebody is about to say is not yet asserted."""
    return "hypothetical" if quote is not None and quote.modality == "future" else "asserted"

"""The component for claims: what the host calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from quoteminer import Claim, ClaimModality, Document, Provenance, Quote, Speaker

from .. import stored
from . import files, scoring
from .sentences import is_transcript
from .voices import Voices

VERSION: Final = "0.1.0"
_MOST: Final = 0.99
_UNSAID: Final = frozenset(["negated", "hypothetical", "question"])
"""What somebody did not say, or only might say, is no claim of theirs."""


class NeuralClaims:
    """Sentences of transcripts that state something checkable, scored by a trained model. English; other languages give nothing.

    Nor does prose: in debates and speeches the model learned to tell facts from talk, and nearly all that a report says is a fact.
    A claim is the part of a sentence that belongs to one voice. It has no kind but ``other``: clauses, kinds, numbers and times are for
    extractors that read grammar, and the host joins what both find.
    """

    name = "neural.claims"
    version = VERSION
    languages: ClassVar = ("en",)

    def manifest(self) -> dict[str, Any]:
        """Name and hashes of the scorer.

        Raises:
            WeightsError: when the file that holds them is missing or damaged.
        """
        return stored.manifest(files.FOLDER)

    def extract(self, document: Document, quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Iterable[Claim]:
        """The claims of a document; ``provenance.detail`` holds the model's name.

        Raises:
            WeightsError: when a file of the model is missing or damaged.
        """
        english = document.language.replace("_", "-").split("-")[0].lower() == "en"
        return list(self._found(document, quotes)) if english and is_transcript(document.text) else []

    def _found(self, document: Document, quotes: Sequence[Quote]) -> Iterator[Claim]:
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
            yield Claim(
                spans,
                "other",
                claimant=None if quote is None else quote.speaker,
                quote=None if quote is None else quote.id,
                check_worthiness=round(sentence.worth, 4),
                modality=_modality(quote),
                confidence=round(min(_MOST, sentence.claim), 4),
                provenance=provenance,
            )


def _modality(quote: Quote | None) -> ClaimModality:
    """What somebody is about to say is not yet asserted."""
    return "hypothetical" if quote is not None and quote.modality == "future" else "asserted"

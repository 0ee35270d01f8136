"""The component of this plugin: what the host calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

from quoteminer import Document, Provenance, Quote, Scope, Span, languages

from . import extraction, stored, weights

VERSION: Final = "0.2.0"
_MOST: Final = 0.99
_LANGUAGES: Final[dict[Scope, tuple[str, ...]]] = {"speech": ("en", "de", "fr", "es"), "all": ("en",)}
"""Those that the model of each scope has learned: only English texts with every attribution annotated were at hand."""


class NeuralQuotes:
    """Direct, indirect and mixed attributions by a trained model; languages that it has not learned give nothing, and in the scope ``all`` that is
    every one but English.

    The model of a scope is loaded at its first document. There is no ``extract_many``: windows go through the model one by one, because that is as fast
    on one thread and a document's result does not depend on what else is mined.
    """

    name = "neural.quotes"
    version = VERSION
    languages: ClassVar = _LANGUAGES["speech"]
    silence: ClassVar = {"speech": {"direct": 0.37, "indirect": 0.06, "mixed": 0.06, "nested": 0.14}, "all": 0.01}
    """Measured beside the rules: of speech on the part of the open corpus for tuning (``tests.benchmarks.merging``), of all attributions on PolNeAR dev."""

    def manifest(self) -> dict[str, Any]:
        """Name and hashes of the model of each scope.

        Raises:
            WeightsError: when the file that holds them is missing or damaged.
        """
        return {scope: stored.manifest(folder) for scope, folder in weights.FOLDERS.items()}

    def extract(self, document: Document, *, scope: Scope = "speech") -> Iterable[Quote]:
        """The quotes of a document; ``provenance.detail`` holds the model's name.

        Raises:
            WeightsError: when a file of the model is missing or damaged.
        """
        if not document.text or languages.primary(document.language) not in _LANGUAGES[scope]:
            return []
        loaded = weights.load(weights.FOLDERS[scope])
        provenance = Provenance(self.name, version=self.version, detail={"model": loaded.settings["name"]})
        found = _unlike(_sure(extraction.find(document.text, loaded, scope), loaded.settings, scope))
        parents = _parents([item for item, _ in found])
        return [
            Quote(
                [Span(start, end) for start, end in item.content],
                item.kind,
                cue=[Span(*item.cue)],
                source=None if item.source is None else Span(*item.source),
                parent=None if parents[number] is None else str(parents[number]),
                confidence=round(confidence, 3),
                provenance=provenance,
                id=str(number),
            )
            for number, (item, confidence) in enumerate(found)
        ]


def _sure(found: Iterable[extraction.Found], settings: dict[str, Any], scope: str) -> Iterator[tuple[extraction.Found, float]]:
    """Those that are sure enough in a scope, with their confidence."""
    calibration, least = settings["calibration"][scope], settings["least"][scope]
    for item in found:
        confidence = min(_MOST, extraction.confidence(item.features, calibration))
        if confidence >= least:
            yield item, confidence


def _unlike(found: Iterable[tuple[extraction.Found, float]]) -> list[tuple[extraction.Found, float]]:
    """In text order; of several with the same content and cue the surest."""
    best: dict[tuple[object, object], tuple[extraction.Found, float]] = {}
    for item, confidence in found:
        old = best.get((item.content, item.cue))
        if old is None or old[1] < confidence:
            best[item.content, item.cue] = item, confidence
    return sorted(best.values(), key=lambda pair: (pair[0].content[0][0], -pair[0].content[-1][1], pair[0].cue))


def _parents(found: list[extraction.Found]) -> list[int | None]:
    """For each the number of the narrowest one before it whose content holds all of its content and its cue."""
    parents: list[int | None] = []
    around: list[int] = []
    for number, item in enumerate(found):
        first = min(item.content[0][0], item.cue[0])
        last = max(item.content[-1][1], item.cue[1])
        while around and found[around[-1]].content[-1][1] <= item.content[0][0]:
            around.pop()
        parent = None
        # Only the nearest few can matter: deeper nesting than this is not English.
        for other in reversed(around[-8:]):
            if any(start <= first and last <= end for start, end in found[other].content):
                parent = other
                break
        parents.append(parent)
        around.append(number)
    return parents

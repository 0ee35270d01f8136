"""The linker of quoteminer that reads the entities of a spaCy pipeline; spaCy is imported with the first pipeline.

As an installed plugin it uses the pipeline that the environment variable ``QUOTEMINER_SPACY`` names, and is idle without one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import quoteminer

from .linking import EntityLinker

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Entities", "EntityLinker"]

VARIABLE: Final = "QUOTEMINER_SPACY"
PLUGIN: Final = "spacy"


class Entities:
    """A plugin that asks a spaCy pipeline for the entities of a text: ``Miner(["rules", Entities("en_core_web_sm")])``.

    Args:
        nlp: a pipeline, or what ``spacy.load`` takes; it reads documents in its language. Without one, only what a pipeline hands over Doc by Doc is read.
    """

    plugin_name = PLUGIN

    def __init__(self, nlp: str | Language | None = None) -> None:
        self._nlp = nlp
        self._linker = EntityLinker(nlp)

    def __reduce__(self) -> tuple[type[Entities], tuple[str | Language | None]]:
        return Entities, (self._nlp,)

    def take(self, doc: Doc, text: str) -> None:
        """Have the Doc of a text at hand for as long as it lives, so that nobody makes another."""
        self._linker.take(doc, text)

    @quoteminer.hookimpl
    def quoteminer_speaker_linkers(self) -> Iterable[EntityLinker]:
        """The linker ``spacy.entities``."""
        return (self._linker,)


def idle() -> str | None:
    """Why there is no linker, for the host."""
    return None if os.environ.get(VARIABLE) else f"no spaCy pipeline is named by {VARIABLE}"


@quoteminer.hookimpl
def quoteminer_speaker_linkers() -> Iterable[EntityLinker]:
    """The linker ``spacy.entities`` with the pipeline that the environment names; none without one."""
    named = os.environ.get(VARIABLE)
    return (EntityLinker(named),) if named else ()

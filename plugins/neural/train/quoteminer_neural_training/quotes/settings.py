"""Settings of training the model of quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from quoteminer import Scope

from ..common import settings
from . import variations

CONFIG: Final = Path(__file__).with_name("config.toml")
"""Settings of the model that ships."""


@attrs.frozen(kw_only=True)
class Corpus:
    """What the annotation of a corpus tells.

    ``scope``: whether all attributions are annotated there, or speech only. ``partial``: some of them may be missing, so that what has no label
    tells nothing. ``share``: how often each of its documents is read in an epoch. ``without``: which quotations are left out, by values of
    their fields. ``claims``: whether its claims are learned; there they are either all annotated in a document or nobody looked.
    """

    scope: Scope = "all"
    partial: bool = False
    share: float = 1.0
    without: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    claims: bool = False


EVERY: Final = Corpus()
Corpora = Mapping[str, Corpus]


def _corpora(value: Mapping[str, Corpus | dict[str, Any]]) -> dict[str, Corpus]:
    return {name: one if isinstance(one, Corpus) else Corpus(**one) for name, one in value.items()}


def _rules(value: variations.Rules | dict[str, Any]) -> variations.Rules:
    return value if isinstance(value, variations.Rules) else variations.Rules(**value)


@attrs.frozen(kw_only=True)
class Settings(settings.Settings):
    """See ``config.toml`` for what each means."""

    layers: int
    flat_weight: float
    link_weight: float
    claims: int
    only_claims: bool
    claim_weight: float
    kind_weight: float
    worth_weight: float
    teacher_share: float
    hide: float
    varied: variations.Rules = attrs.field(converter=_rules)
    noncommercial: bool
    half: bool
    corpora: Corpora = attrs.field(converter=_corpora)
    ease: float
    least_all: float
    least_speech: float

    def name_of(self, record: Mapping[str, Any]) -> str:
        """What the settings call the corpus of a record: a language of it may have a table of its own ("seeds.de")."""
        corpus = str(record.get("corpus", ""))
        own = f"{corpus}.{record.get('lang', '')}"
        return own if own in self.corpora else corpus

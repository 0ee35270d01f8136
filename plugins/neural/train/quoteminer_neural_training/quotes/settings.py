"""Settings of training the model of quotations."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs

from ..common import settings
from . import variations

CONFIG: Final = Path(__file__).with_name("config.toml")
"""Settings of the model that ships."""


def _rules(value: variations.Rules | dict[str, Any]) -> variations.Rules:
    return value if isinstance(value, variations.Rules) else variations.Rules(**value)


@attrs.frozen(kw_only=True)
class Settings(settings.Settings):
    """See ``config.toml`` for what each means."""

    layers: int
    flat_weight: float
    link_weight: float
    teacher_share: float
    varied: variations.Rules = attrs.field(converter=_rules)
    ease: float
    least_all: float
    least_speech: float

"""Settings of training the model of quotations."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from ..common import settings

CONFIG: Final = Path(__file__).with_name("config.toml")
"""Settings of the model that ships."""


@attrs.frozen(kw_only=True)
class Settings(settings.Settings):
    """See ``config.toml`` for what each means."""

    layers: int
    flat_weight: float
    link_weight: float
    teacher_share: float
    ease: float
    least_all: float
    least_speech: float

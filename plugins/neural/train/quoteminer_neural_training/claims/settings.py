"""Settings of training the scorer of claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs

from ..common import settings

CONFIG: Final = Path(__file__).with_name("config.toml")
"""Settings of the scorer that ships."""


@attrs.frozen(kw_only=True)
class Settings(settings.Settings):
    """See ``config.toml`` for what each means."""

    layers: tuple[int, ...] = attrs.field(converter=tuple)
    early: float
    ranked_share: float
    ranking: float
    weights: dict[str, float]
    repeats: dict[str, int]
    use: dict[str, Any]

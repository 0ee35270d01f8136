"""Settings of a training run, read from a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import attrs

CONFIG: Final = Path(__file__).with_name("config.toml")
"""Settings of the model that ships."""


@attrs.frozen(kw_only=True)
class Settings:
    """See ``config.toml`` for what each means."""

    seed: int
    base: str
    occurrences: int
    layers: int
    pieces: int
    batch_pieces: int
    epochs: float
    rate: float
    head_rate: float
    decay: float
    warmup: float
    cooldown: float
    clip: float
    dropout: float
    flat_weight: float
    link_weight: float
    freeze_words: bool
    teacher_share: float
    context: int
    ease: float
    least_all: float
    least_speech: float
    save_minutes: float

    @classmethod
    def read(cls, path: Path, **changes: Any) -> Settings:
        """Read a file; ``changes`` that are not ``None`` win over it.

        Raises:
            TypeError: when a setting is missing or unknown.
        """
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        values.update({name: value for name, value in changes.items() if value is not None})
        return cls(**values)

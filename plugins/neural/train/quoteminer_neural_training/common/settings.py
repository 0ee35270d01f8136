"""Settings of a training run, read from a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Self

import attrs


@attrs.frozen(kw_only=True)
class Settings:
    """Those that both models have; the file ``config.toml`` of each says what they mean."""

    seed: int
    base: str
    occurrences: int
    pieces: int
    context: int
    batch_pieces: int
    epochs: float
    rate: float
    head_rate: float
    decay: float
    warmup: float
    cooldown: float
    clip: float
    dropout: float
    freeze_words: bool
    save_minutes: float

    @classmethod
    def read(cls, *paths: Path, **changes: Any) -> Self:
        """Read files, of which later ones win, as do ``changes`` that are not ``None``.

        Raises:
            TypeError: when a setting is missing or unknown.
        """
        values: dict[str, Any] = {}
        for path in paths:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        values.update({name: value for name, value in changes.items() if value is not None})
        return cls(**values)

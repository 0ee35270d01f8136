"""What the commands of both trainings have in common."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
import torch

from . import corpora as reading
from . import pretrained
from .settings import Settings

_FILE: Final = click.Path(path_type=Path, exists=True)

run = click.argument("run", type=click.Path(path_type=Path, file_okay=False))
corpora = click.argument("corpora", type=_FILE, nargs=-1, required=True)
texts = click.option("--texts", type=_FILE, multiple=True, help="More texts, for the vocabulary only.")
threads = click.option("--threads", default=1, show_default=True, help="Threads of torch.")


def begin(count: int) -> None:
    """Log, and let torch use so many threads."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(count)


def read(corpora: Sequence[Path], texts: Sequence[Path], settings: Settings) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of corpora, and the vocabulary that they and more texts need."""
    records = [record for path in corpora for record in reading.records(path, reading.TRAINING)]
    words = [record["text"] for record in records] + [
        record["text"] for path in texts for record in reading.records(path, reading.TRAINING)
    ]
    return records, reading.restricted_vocabulary(pretrained.vocabulary(settings.base), words, settings.occurrences)

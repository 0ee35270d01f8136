"""An archive in a fresh file, and documents for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quoteminer import Document, Miner
from quoteminer.archive import Archive


@pytest.fixture(scope="session")
def miner() -> Miner:
    return Miner(["rules"])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db") as opened:
        yield opened


@pytest.fixture
def story() -> Callable[..., Document]:
    """``story(id, text, date=…, source=…)`` makes a document."""

    def make(identifier: str, text: str, **metadata: str) -> Document:
        return Document(text, id=identifier, metadata=metadata)

    return make

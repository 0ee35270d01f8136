"""Where the data of the languages lies that come with this plugin."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from .language import pack as packs

LANGUAGES: Final = Path(__file__).with_name("languages")
_WHOLE: Final = frozenset(["en"])
"""The languages whose folders have all lists; of others reports are found, and speakers by what their packs tell."""


def pack_of(language: str) -> packs.Pack:
    """The data of a language."""
    return packs.load(LANGUAGES / language)


@functools.cache
def fingerprint() -> str:
    """The SHA-256 of all files of data, by name and content."""
    import hashlib

    digest = hashlib.sha256()
    for file in sorted(path for path in LANGUAGES.rglob("*") if path.is_file()):
        name = file.relative_to(LANGUAGES).as_posix()
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def supported(tag: str) -> str | None:
    """The language of a BCP 47 tag ("en-GB" -> "en"), or ``None`` when its folder has not all that is needed for claims and for speakers beyond names and roles."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return language if language in _WHOLE else None

"""What the data folders of this plugin say of their languages, for every component that wants it."""

from __future__ import annotations

import functools
import importlib.resources
from pathlib import Path

from quoteminer import LanguagePack

from .lexicon import rows


@functools.cache
def english() -> LanguagePack:
    """The closed classes, complementisers and numbers of English."""
    classes = {name: words.split() for name, words in rows("en", "function_words.tsv")}
    numbers = {
        form: float(value)
        for kind, value, forms in rows("en", "claims/numbers.tsv")
        if kind == "word"
        for form in forms.split("|")
    }
    return LanguagePack(
        "en",
        classes=classes,
        numbers=numbers,
        complementisers=classes["complementiser"],
        path=Path(str(importlib.resources.files("tests.rules_before"))) / "data" / "en",
    )

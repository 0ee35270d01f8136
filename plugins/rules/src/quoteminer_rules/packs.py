"""What the data folders of this plugin say of their languages, for every component that wants it."""

from __future__ import annotations

import functools
import tomllib
from typing import Any, Final

from quoteminer import LanguagePack

from .language.tables import rows
from .lexicon import LANGUAGES, pack_of


@functools.cache
def english() -> LanguagePack:
    """The closed classes, complementisers, numbers and units of English."""
    classes: dict[str, list[str]] = {}
    for word, names in pack_of("en").listed.items():
        for name in names:
            classes.setdefault(name, []).append(word)
    numbers: dict[str, float] = {}
    units: dict[str, str] = {}
    for kind, value, forms in (row.columns for row in rows(LANGUAGES / "en" / "numbers.tsv", 3)):
        for form in forms.split("|"):
            if kind in _VALUES:
                numbers[form] = float(value)
            elif kind in _UNITS:
                units[form] = value
    return LanguagePack(
        "en",
        features=_features("en"),
        classes=classes,
        numbers=numbers,
        units=units,
        complementisers=classes["complementiser"],
        path=LANGUAGES / "en",
    )


#: Kinds of rows of numbers.tsv.
_VALUES: Final = frozenset(["word", "magnitude"])
_UNITS: Final = frozenset(["unit", "symbol"])


def _features(language: str) -> dict[str, Any]:
    """What the folder of a language says of how words are compared."""
    declared = tomllib.loads((LANGUAGES / language / "pack.toml").read_text(encoding="utf-8"))
    return dict(declared.get("comparison", {}))

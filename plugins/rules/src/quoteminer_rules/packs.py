"""What the data folders of this plugin say of their languages, for every component that wants it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Final

from quoteminer import LanguagePack

from .language.pack import table
from .language.tables import rows
from .lexicon import LANGUAGES, pack_of

#: Kinds of rows of numbers.tsv.
_UNITS: Final = frozenset(["unit", "symbol"])


@functools.cache
def english() -> LanguagePack:
    """The closed classes, complementisers, numbers and units of English."""
    folder = LANGUAGES / "en"
    classes: dict[str, list[str]] = {}
    for word, names in pack_of("en").listed.items():
        for name in names:
            classes.setdefault(name, []).append(word)
    units: dict[str, str] = {}
    for kind, value, forms in (row.columns for row in rows(folder / "numbers.tsv", 3)):
        for form in forms.split("|"):
            if kind in _UNITS:
                units[form] = value
    compared = LanguagePack.of_folder(folder)
    return LanguagePack(
        "en",
        features=compared.features,
        classes={**compared.classes, **classes},
        numbers=compared.numbers,
        units=units,
        complementisers=classes["complementiser"],
        path=folder,
    )


def others() -> Iterable[LanguagePack]:
    """The other languages that are ready, by their folders, whose files are read with the first text in them."""
    for folder in sorted(path.parent for path in LANGUAGES.glob("*/pack.toml")):
        if folder.name != "en" and not table(folder / "pack.toml").get("draft", False):
            yield LanguagePack.of_folder(folder)

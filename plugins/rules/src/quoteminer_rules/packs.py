"""What the data folders of this plugin say of their languages, for every component that wants it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from quoteminer import LanguagePack

from .language.pack import table
from .language.tables import rows
from .lexicon import LANGUAGES, pack_of


@functools.cache
def english() -> LanguagePack:
    """The closed classes, complementisers and numbers of English."""
    classes: dict[str, list[str]] = {}
    for word, names in pack_of("en").listed.items():
        for name in names:
            classes.setdefault(name, []).append(word)
    numbers = {
        form: float(value)
        for kind, value, forms in (row.columns for row in rows(LANGUAGES / "en" / "numbers.tsv", 3))
        if kind == "word"
        for form in forms.split("|")
    }
    return LanguagePack("en", classes=classes, numbers=numbers, complementisers=classes["complementiser"], path=LANGUAGES / "en")


def others() -> Iterable[LanguagePack]:
    """The other languages that are ready, by their folders, whose files are read with the first text in them."""
    for folder in sorted(path.parent for path in LANGUAGES.glob("*/constructions.toml")):
        if folder.name != "en" and not table(folder / "pack.toml").get("draft", False):
            yield LanguagePack.of_folder(folder)

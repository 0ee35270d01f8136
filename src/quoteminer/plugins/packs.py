"""What is known of a language, for every component that wants it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import attrs

from .. import checks, languages
from ..errors import AnnotationError, ConfigurationError, shown
from ..frozen import NOTHING, FrozenDict, frozen_mapping

#: Kinds of rows of numbers.tsv that tell what words are worth.
_NUMBERS: Final = frozenset(["word", "magnitude"])


def _features(value: object) -> FrozenDict:
    return frozen_mapping(value, "LanguagePack.features")


def _classes(value: object) -> Mapping[str, frozenset[str]]:
    if not isinstance(value, Mapping):
        raise AnnotationError(f"LanguagePack.classes: expected a mapping, not {shown(value)}", "LanguagePack.classes", value)
    return MappingProxyType({_word(name, "classes"): _words(words, f"classes.{name}") for name, words in value.items()})


def _words(value: object, field: str = "complementisers") -> frozenset[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise AnnotationError(f"LanguagePack.{field}: expected words, not {shown(value)}", f"LanguagePack.{field}", value)
    return frozenset(_word(word, field) for word in value)


def _word(value: object, field: str) -> str:
    if not isinstance(value, str) or not value:
        raise AnnotationError(f"LanguagePack.{field}: expected a word, not {shown(value)}", f"LanguagePack.{field}", value)
    return str.__str__(value)


def _numbers(value: object) -> Mapping[str, float]:
    if not isinstance(value, Mapping):
        raise AnnotationError(f"LanguagePack.numbers: expected a mapping, not {shown(value)}", "LanguagePack.numbers", value)
    for word, number in value.items():
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number != number:
            raise AnnotationError(f"LanguagePack.numbers: {shown(number)} is no number", "LanguagePack.numbers", number)
        _word(word, "numbers")
    return MappingProxyType(dict(value))


def _units(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise AnnotationError(f"LanguagePack.units: expected a mapping, not {shown(value)}", "LanguagePack.units", value)
    return MappingProxyType({_word(form, "units"): _word(name, "units") for form, name in value.items()})


@attrs.frozen(eq=False)
class LanguagePack:
    """The data of one language, as a plugin brings them by the hook ``quoteminer_languages``.

    The host hands all packs to each component that has ``use_languages(packs)``, a mapping from language to pack, once and before the first
    document; the guess of a text's language reads the class ``function`` of them.

    Attributes:
        language: tag of BCP 47, such as ``de``; one pack a language.
        features: what a grammar wants to know of the language, by name; JSON values.
        classes: words of each closed class, in small letters, by the name of the class.
        numbers: what words for numbers stand for, such as ``{"twelve": 12}``.
        units: the one name of a unit for each of its forms, such as ``{"per cent": "%", "percent": "%"}``.
        complementisers: the words that open a clause of content, such as ``that``.
        path: the folder with whatever else the plugin keeps for the language, or ``None``.

    Raises:
        AnnotationError: when a field has the wrong type, naming field and value.
    """

    language: str
    features: Mapping[str, Any] = attrs.field(default=NOTHING, converter=_features, kw_only=True)
    classes: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=_classes, kw_only=True, repr=False)
    numbers: Mapping[str, float] = attrs.field(factory=dict, converter=_numbers, kw_only=True, repr=False)
    units: Mapping[str, str] = attrs.field(factory=dict, converter=_units, kw_only=True, repr=False)
    complementisers: frozenset[str] = attrs.field(default=frozenset(), converter=_words, kw_only=True)
    path: Path | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        checks.put(self, "language", languages.check(self.language, "LanguagePack.language"))
        if self.path is not None:
            checks.instance(self.path, Path, "LanguagePack.path")

    @classmethod
    def of_folder(cls, folder: Path) -> LanguagePack:
        """The pack that the rules find in a folder: its ``pack.toml`` names the language, ``words.tsv`` and ``comparison.toml`` its classes of words,
        the rest of it they read themselves.

        Raises:
            ConfigurationError: when there is no ``pack.toml`` in it, that is no TOML or names no language, or a file of words cannot be read.
        """
        file = folder / "pack.toml"
        declared = _table(file, folder)
        try:
            return _compared(str(declared.get("language", "")), folder)
        except AnnotationError as error:
            raise ConfigurationError(f"{file}: {error.message}", "language", folder) from None

    def words(self, name: str) -> frozenset[str]:
        """The words of a class; empty where the language has no such class."""
        return self.classes.get(name, frozenset())


def table_of(pack: LanguagePack, file: str) -> list[list[str]]:
    """The rows of a table in the folder of a language, such as ``names.tsv``; none where there is no such folder or file."""
    path = None if pack.path is None else pack.path / file
    if path is None or not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def _compared(language: str, folder: Path) -> LanguagePack:
    """The pack of a folder, with what it tells of how texts are held against each other."""
    file = folder / "comparison.toml"
    declared = _table(file, folder) if file.is_file() else {}
    numbers = _values(folder / "numbers.tsv", folder)
    classes = _listed(folder / "words.tsv", folder)
    try:
        for name, words in declared.pop("classes", {}).items():
            classes.setdefault(name, set()).update(words.split())
        return LanguagePack(
            language,
            classes=classes,
            numbers={**numbers, **declared.pop("numbers", {})},
            units=declared.pop("units", {}),
            complementisers=classes.get("complementiser", ()),
            features=declared,
            path=folder,
        )
    except AttributeError:
        raise ConfigurationError(f"{file}: [classes] has the words of each class, parted by blanks", "language", folder) from None


def _table(file: Path, folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{folder} is no folder of a language: {file}: {error.strerror}", "language", folder) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}", "language", folder) from None


def _listed(file: Path, folder: Path) -> dict[str, set[str]]:
    """The words of each class in a table of words; none where there is no such file."""
    lines = _lines(file, folder)
    classes: dict[str, set[str]] = {}
    for line in lines:
        words, _, names = line.partition("\t")
        if words and names and not words.startswith("#"):
            for name in names.split():
                classes.setdefault(name, set()).update(words.split(", "))
    return classes


def _values(file: Path, folder: Path) -> dict[str, float]:
    """What words for numbers are worth, by a table of what numbers are made of; none where there is no such file."""
    values: dict[str, float] = {}
    for line in _lines(file, folder):
        kind, _, rest = line.partition("\t")
        value, _, forms = rest.partition("\t")
        if kind not in _NUMBERS:
            continue
        try:
            values.update(dict.fromkeys(forms.split("|"), float(value)))
        except ValueError:
            raise ConfigurationError(f"{file}: {value!r} is no number", "numbers", folder) from None
    return values


def _lines(file: Path, folder: Path) -> list[str]:
    """The lines of a file; none where there is no such file."""
    if not file.is_file():
        return []
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}", "language", folder) from None

"""What a language pack says of words, as comparing needs it: what they are worth, and what changes when one of them changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from ..languages import primary
from ..plugins.packs import LanguagePack
from ..vocabulary import ChangeKind

#: The classes of words whose change changes what was said, by what it changes. The first kind that has a word names it.
_CLASSES: Final[dict[ChangeKind, tuple[str, ...]]] = {
    "negation": ("negation", "negative"),
    "condition": ("condition", "conditional_subordinator"),
    "modal": ("modal", "future_auxiliary", "conditional", "hypothetical", "hedge", "obligation"),
    "quantifier": ("quantifier", "floating_quantifier", "partitive", "exclusive", "extent", "frequency"),
    "number": ("number", "large_number", "ordinal"),
    "tense": ("past_auxiliary", "be", "have", "dummy_auxiliary"),
}
#: Determiners that tell how many are those that are neither articles nor point at something or somebody.
_COUNTING: Final = "determinative"
_NOT_COUNTING: Final = ("definite_article", "indefinite_article", "possessive", "demonstrative", "relative", "question")
_FUNCTION: Final = (
    "determiner",
    "article",
    "determinative",
    "possessive",
    "demonstrative",
    "preposition",
    "pronoun",
    "subject_pronoun",
    "object_pronoun",
    "auxiliary",
    "be",
    "have",
    "modal",
    "conjunction",
    "coordinator",
    "complementiser",
    "subordinator",
    "relative",
    "particle",
    "infinitive_marker",
    "negation",
    "function",
)
_FILLERS: Final = "disfluency"
#: Behind so short a piece with an apostrophe a word of its own begins ("l'eau"), and so short a one is itself a word ("she's").
_CLITIC: Final = 2
_ALTERNATIVES: Final = "|"


class Lexicon:
    """The words of one language, or of one that nobody knows.

    Attributes:
        fillers: words of hesitation.
        heavy: words whose change changes what was said.
        function: words that any text has.
        units: what the forms of units are compared as.
        titles: words before names.
        articles: articles.
        coordinators: words that join what is alike.
        known: what words as they are written are compared as, as far as they have been met.
        noun_capitals: whether nouns begin with a capital letter, which then tells no name.
    """

    def __init__(self, pack: LanguagePack | None) -> None:
        pack = pack or LanguagePack("und")
        self.language = pack.language
        self._kinds: dict[str, ChangeKind] = {}
        counting = pack.words(_COUNTING).difference(*(pack.words(name) for name in _NOT_COUNTING))
        for kind, names in _CLASSES.items():
            for word in sorted(
                frozenset[str]().union(*(pack.words(name) for name in names), counting if kind == "quantifier" else ())
            ):
                self._kinds.setdefault(plain(word), kind)
        self.function = frozenset(plain(word) for name in _FUNCTION for word in pack.words(name))
        self.fillers = frozenset(plain(word) for word in pack.words(_FILLERS))
        self.titles = frozenset(plain(word) for word in pack.words("title"))
        self.articles = frozenset(plain(word) for word in pack.words("definite_article") | pack.words("indefinite_article"))
        self.coordinators = frozenset(plain(word) for word in pack.words("coordinator"))
        self._indefinite = frozenset(plain(word) for word in pack.words("indefinite_article"))
        self._values = {plain(word): value for word, value in pack.numbers.items() if " " not in word}
        self._forms = {plain(form): f"u:{name}" for form, name in pack.units.items()}
        self.units = frozenset([*self._forms.values(), *(f"u:{sign}" for sign in _SIGNS)])
        self._unit_pairs = {
            tuple(self._forms.get(word, word) for word in form.split()): name
            for form, name in self._forms.items()
            if form.count(" ") == 1
        }
        features = pack.features
        self._full = {plain(form): str(full) for form, full in dict(features.get("contractions", {})).items()}
        self._suffixes = tuple(sorted((form for form in self._full if "'" in form), key=len, reverse=True))
        self._decimal = str(features.get("decimal_sign", "."))
        self._spaced = bool(features.get("spaced_groups", False))
        self._joint = str(features.get("number_joint", ""))
        self._tense_endings = tuple(str(ending) for ending in features.get("tense_endings", ()))
        self._spelling = tuple((str(one), str(two)) for one, two in features.get("spelling_endings", ()))
        self.known: dict[str, str | tuple[str, ...]] = {}
        self._forms_of: dict[str, tuple[str, ...]] = {}
        self.heavy = frozenset(self._kinds)
        self.noun_capitals = bool(features.get("noun_capitals", False))

    @property
    def fingerprint(self) -> str:
        """What tells whether texts are folded in the same way."""
        what = (self.language, sorted(self._values.items()), sorted(self._forms.items()), self._suffixes, sorted(self.fillers))
        settings = (sorted(self.heavy), self._decimal, self._joint, sorted(self._indefinite))
        return hashlib.blake2b(repr((what, settings)).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def kind(self, key: str) -> ChangeKind | None:
        """What changes when the word does, if anything is known to."""
        if key[:1] == "#":
            return "number"
        if key in self.units:
            return "unit"
        return self._kinds.get(key)

    def unit(self, sign: str) -> str:
        """What a sign for a unit is compared as."""
        return self._forms.get(sign, f"u:{sign}")

    def canonical(self, key: str) -> str:
        """What a word without an apostrophe is compared as."""
        return self._forms.get(key, key)

    def split(self, key: str) -> tuple[str, ...]:
        """The words in a word with apostrophes."""
        for suffix in self._suffixes:
            if key.endswith(suffix) and len(key) > len(suffix):
                return key[: -len(suffix)], suffix
        before, _, after = key.partition("'")
        if len(before) <= _CLITIC:
            return f"{before}'", after
        if len(after) <= _CLITIC:
            return before, f"'{after}"
        return (key,)

    def full(self, key: str) -> tuple[str, ...]:
        """What a word that may be short for others can stand for: "n't" for "not"."""
        return tuple(self._full[key].split(_ALTERNATIVES)) if key in self._full else (key,)

    def number(self, raw: str) -> str:
        """A number in digits as what it is worth."""
        sign = "-" if raw[0] in "-−" else ""
        digits = raw.lstrip("-−")
        if digits.isdecimal():
            return f"#{sign}{int(digits)}" if len(digits) <= 18 else f"#{sign}{digits}"
        parts = re.split("[.,’'\u00a0\u202f]", digits)
        marks = [one for one in digits if not one.isdecimal()]
        grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
        if len(marks) > 1 and marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1:
            # The last mark is another than those before: a decimal one.
            return _worth(sign, "".join(parts[:-1]), parts[-1])
        if grouped and (len(marks) > 1 or marks[0] != self._decimal):
            return _worth(sign, "".join(parts), "")
        if len(marks) == 1:
            return _worth(sign, parts[0], parts[1])
        return f"#{sign}{digits}"

    def join(self, keys: list[str], starts: list[int], ends: list[int], text: str) -> bytearray:
        """Make numbers and units of several words one; which places stay is told.

        "twenty-one" is 21, "2.5 million" is 2500000, "a hundred" is 100, "per cent" is "%".
        """
        keep = bytearray(b"\x01") * len(keys)
        values, pairs = self._values, self._unit_pairs
        first_of_pairs = {one for one, _ in pairs}
        place = 0
        while place < len(keys):
            key = keys[place]
            if self._spaced and key[:1] == "#":
                _join_groups(place, keys, starts, ends, text, keep)
            if key in values or key[:1] == "#":
                place = self._join_number(place, keys, starts, ends, text, keep)
                continue
            if key in first_of_pairs and place + 1 < len(keys) and (key, keys[place + 1]) in pairs:
                keys[place] = pairs[key, keys[place + 1]]
                ends[place] = ends[place + 1]
                keep[place + 1] = 0
                place += 1
            place += 1
        return keep

    def _join_number(self, first: int, keys: list[str], starts: list[int], ends: list[int], text: str, keep: bytearray) -> int:
        """Read the number that begins at a place; returns the place behind it."""
        values = self._values
        total, group = 0.0, 0.0
        last = first
        if keys[first][:1] == "#":
            try:
                group = float(keys[first][1:])
            except ValueError:
                return first + 1
            in_digits = True
        else:
            group = values[keys[first]]
            in_digits = False
            if group >= 1000:
                total, group = group, 0.0
        place = first + 1
        while place < len(keys):
            if not keep[place]:
                place += 1
                continue
            between = text[ends[last] : starts[place]]
            key = keys[place]
            joint = False
            if key == self._joint and not in_digits and place + 1 < len(keys) and (total or group >= 100):
                joint, between = True, between + text[ends[place] : starts[place + 1]]
                place, key = place + 1, keys[place + 1]
            value = values.get(key)
            if value is None or between.strip(" \t\n\u00a0\u202f-‐‑"):
                break
            if value >= 1000:
                if joint or (total and value >= total):
                    break
                total, group = total + (group or 1.0) * value, 0.0
            elif value == 100 and not joint and 0 < group < 100:
                group *= 100
            elif not in_digits and value < _room(group if group else total):
                group += value
            else:
                break
            last = place
            place += 1
            if in_digits and not group:
                break
        if last == first and keys[first][:1] == "#":
            return place if place > first + 1 and not any(keep[first + 1 : place]) else first + 1
        begin = first
        if first and keys[first - 1] in self._indefinite and values.get(keys[first], 0) >= 100 and keep[first - 1]:
            begin = first - 1
        keys[begin] = _worth_of(total + group)
        ends[begin] = ends[last]
        for one in range(begin + 1, last + 1):
            keep[one] = 0
        return last + 1

    def is_name(self, key: str, raw: str) -> bool:
        """Whether a word with a capital letter inside a sentence may be a name."""
        return raw[:1].isupper() and key not in self.function and key[:1] != "#" and key not in self.units

    def tense(self, one: str, two: str) -> bool:
        """Whether two words look like one verb in two tenses."""
        for left in self._tense_endings:
            if not one.endswith(left):
                continue
            stem = one[: len(one) - len(left)] if left else one
            if len(stem) < 2:
                continue
            if any(
                two
                in (stem + right, stem + stem[-1] + right, stem.removesuffix("e") + right, stem.removesuffix("y") + "i" + right)
                for right in self._tense_endings
                if right != left
            ):
                return True
        return False

    def forms(self, key: str) -> tuple[str, ...]:
        """A word and what look like its other forms."""
        if key[:1] == "#" or key in self.function:
            return (key,)
        known = self._forms_of.get(key)
        if known is None:
            found = {key: None}
            for left in self._tense_endings:
                if not key.endswith(left) or len(key) - len(left) < 3:
                    continue
                stem = key.removesuffix(left)
                for right in self._tense_endings:
                    found[stem + right] = None
                    if right[:1] == "e" or not right or right == "s":
                        found[f"{stem}e{right.removeprefix('e')}"] = None
            known = self._forms_of[key] = tuple(found)
        return known

    def same_spelling(self, one: str, two: str) -> bool:
        """Whether two words are one in two spellings of the language ("colour", "color")."""
        for left, right in self._spelling:
            for here, there in ((left, right), (right, left)):
                at = one.rfind(here)
                if at >= 3 and one[:at] + there + one[at + len(here) :] == two:
                    return True
        return False


_SIGNS: Final = "%‰$€£¥₹₽₩₪°"


def plain(word: str) -> str:
    """A listed word as it is compared."""
    return word.casefold().replace("’", "'")


def _join_groups(place: int, keys: list[str], starts: list[int], ends: list[int], text: str, keep: bytearray) -> None:
    """Make one number of digits in groups of three with blanks between: 10 000."""
    if ends[place] - starts[place] > 3 or not keys[place].lstrip("#-").isdecimal():
        return
    other = place + 1
    while other < len(keys) and ends[other] - starts[other] == 3 and starts[other] == ends[place] + 1:
        group = text[starts[other] : ends[other]]
        if not group.isdecimal() or text[ends[place]] not in " \u00a0\u202f":
            return
        keys[place] += group
        ends[place] = ends[other]
        keep[other] = 0
        other += 1


def _room(value: float) -> float:
    """What may be added to a number in words: units to tens, tens to hundreds."""
    if value <= 0 or value != int(value):
        return 0.0
    room = 1
    whole = int(value)
    while whole % (room * 10) == 0 and room < 10**15:
        room *= 10
    return float(room) if room > 1 else 0.0


def _worth(sign: str, whole: str, rest: str) -> str:
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"#{sign}{whole}.{rest}" if rest else f"#{sign}{whole}"


def _worth_of(value: float) -> str:
    return f"#{int(value)}" if value == int(value) else f"#{value:g}"


class Lexicons:
    """The lexicon of each language, made when it is asked for."""

    def __init__(self, packs: Mapping[str, LanguagePack]) -> None:
        self._packs = packs
        self._made: dict[str, Lexicon] = {}

    def of(self, language: str) -> Lexicon:
        """That of a tag, of its language, or one that knows nothing."""
        pack = self._packs.get(language) or self._packs.get(primary(language))
        name = "" if pack is None else pack.language
        if name not in self._made:
            self._made[name] = Lexicon(pack)
        return self._made[name]

"""What a language pack says of words, as comparing needs it: what they are worth, and what changes when one of them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..languages import primary
from ..plugins.packs import LanguagePack, table_of
from ..vocabulary import ChangeKind
from .numerals import Numerals
from .wording import Thesaurus, Wording

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
_LINKS: Final = ("complementiser", "conjunction", "coordinator", "preposition", "relative", "subordinator")
#: The kinds of nouns that tell what somebody is.
_PEOPLE: Final = frozenset(["office", "role", "person", "party", "epithet"])
_FILLERS: Final = "disfluency"
#: Behind so short a piece with an apostrophe a word of its own begins ("l'eau"), and so short a one is itself a word ("she's").
_CLITIC: Final = 2
_ALTERNATIVES: Final = "|"
_VOWELS: Final = frozenset("aeiou")


class Lexicon:
    """The words of one language, or of one that nobody knows.

    Attributes:
        fillers: words of hesitation.
        heavy: words whose change changes what was said.
        function: words that any text has.
        common: these and others that tell nothing of what a text is about.
        units: what the forms of units are compared as.
        titles: words before names.
        articles: articles.
        coordinators: words that join what is alike.
        links: words with which a clause or phrase of its own begins.
        limits: words with which begins what limits a denial: "until", "before".
        limiting: words that limit what is said before or behind them: "at least", "for now".
        limit_nouns: nouns of what limits a sentence before it: "at the current rate, …".
        prepositions: with which that begins.
        complementisers: words that open what is said.
        saying: the infinitives of verbs of saying.
        subjects: pronouns that may be subjects.
        given: given names.
        short: what short forms of given names stand for.
        people: nouns that tell what somebody is.
        numerals: how numbers are written.
        known: what words as they are written are compared as, as far as they have been met.
        noun_capitals: whether nouns begin with a capital letter, which then tells no name.
    """

    def __init__(self, pack: LanguagePack | None) -> None:
        pack = pack or LanguagePack("und")
        self.language = pack.language
        self._kinds = _kinds(pack)
        self.function = _words(pack, *_FUNCTION)
        self.fillers = _words(pack, _FILLERS)
        self.common = self.function | _words(pack, "common")
        self.titles = _words(pack, "title")
        self.articles = _words(pack, "definite_article", "indefinite_article")
        self.coordinators = _words(pack, "coordinator")
        self.limits = _words(pack, "restriction")
        self.limit_nouns = _words(pack, "limit_noun")
        self.prepositions = _words(pack, "preposition")
        self.complementisers = frozenset(map(plain, pack.complementisers))
        self.saying = frozenset(plain(row[0].replace("|", "")) for row in table_of(pack, "verbs.tsv") if "say" in row[-1].split())
        self.subjects = _words(pack, "subject_pronoun") or _words(pack, "pronoun")
        self.links = _words(pack, *_LINKS)
        self.given, self.short, people = _names(pack)
        self.people = people | _words(pack, "label_role")
        self._forms = {plain(form): f"u:{name}" for form, name in pack.units.items()}
        self.units = frozenset([*self._forms.values(), *(f"u:{sign}" for sign in _SIGNS)])
        features = pack.features
        self._full = {plain(form): str(full) for form, full in dict(features.get("contractions", {})).items()}
        self._suffixes = tuple(sorted((form for form in self._full if "'" in form), key=len, reverse=True))
        self.numerals = _numerals(pack, self._forms)
        self._tense_endings = tuple(str(ending) for ending in features.get("tense_endings", ()))
        self._spelling = tuple((str(one), str(two)) for one, two in features.get("spelling_endings", ()))
        self.limiting = self._phrases(features.get("limiting", ()))
        self._courtesies = self._phrases(features.get("courtesies", ()))
        self._thesaurus = Thesaurus(pack)
        self.known: dict[str, str | tuple[str, ...]] = {}
        self._forms_of: dict[str, tuple[str, ...]] = {}
        self.heavy = frozenset(self._kinds)
        self.noun_capitals = bool(features.get("noun_capitals", False))

    @property
    def fingerprint(self) -> str:
        """What tells whether texts are folded in the same way."""
        what = (
            self.language,
            sorted(self._forms.items()),
            self._suffixes,
            sorted(self.fillers),
            sorted(self.heavy),
            self.numerals.settings,
        )
        return hashlib.blake2b(repr(what).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def kind(self, key: str) -> ChangeKind | None:
        """What changes when the word does, if anything is known to."""
        if key[:1] == "#":
            return "number"
        if key in self.units:
            return "unit"
        return self._kinds.get(key)

    def courteous(self, keys: Sequence[str], place: int) -> bool:
        """Whether words that look like a condition only say how something is said: "if you like"."""
        return any(tuple(keys[place : place + len(phrase)]) == phrase for phrase in self._courtesies)

    def _phrases(self, phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Listed phrases as rows of words as they are compared, the longest first."""
        rows = {
            tuple(piece for word in plain(str(phrase)).split() for piece in (self.split(word) if "'" in word else (word,)))
            for phrase in phrases
        }
        return tuple(sorted(rows, key=lambda row: (-len(row), row)))

    def unit(self, sign: str) -> str:
        """What a sign for a unit is compared as."""
        return self._forms.get(sign, f"u:{sign}")

    def canonical(self, key: str) -> str:
        """What a word without an apostrophe is compared as."""
        return self._forms.get(key) or self.numerals.compound(key) or key

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
                    if stem[-1] == "e" and right[:1] in _VOWELS:
                        # An e at the end goes before a vowel: "vote", "voting".
                        found[stem[:-1] + right] = None
            found.update(dict.fromkeys(self._thesaurus.forms(key)))
            known = self._forms_of[key] = tuple(found)
        return known

    def like(self, key: str) -> tuple[str, ...]:
        """Words for the same matter as a word."""
        return () if key[:1] == "#" else self._thesaurus.like(self.forms(key))

    def wording(self, keys: Iterable[str]) -> Wording:
        """What tells how much of each word of a report stands in a source, in other words."""
        row = tuple(keys)
        return Wording({key: self.forms(key) for key in row}, {key: self.like(key) for key in row}, self._thesaurus.ends)

    def same_spelling(self, one: str, two: str) -> bool:
        """Whether two words are one in two spellings of the language ("colour", "color")."""
        for left, right in self._spelling:
            for here, there in ((left, right), (right, left)):
                at = one.rfind(here)
                if at >= 3 and one[:at] + there + one[at + len(here) :] == two:
                    return True
        return False


_SIGNS: Final = "%‰$€£¥₹₽₩₪°"


def _words(pack: LanguagePack, *names: str) -> frozenset[str]:
    """The words of some classes."""
    return frozenset(plain(word) for name in names for word in pack.words(name))


def _kinds(pack: LanguagePack) -> dict[str, ChangeKind]:
    """What changes when a word does; of several kinds the first."""
    counting = _words(pack, _COUNTING) - _words(pack, *_NOT_COUNTING)
    found: dict[str, ChangeKind] = {}
    for kind, names in _CLASSES.items():
        for word in sorted(_words(pack, *names) | (counting if kind == "quantifier" else frozenset())):
            found.setdefault(word, kind)
    return found


def _names(pack: LanguagePack) -> tuple[frozenset[str], dict[str, tuple[str, ...]], frozenset[str]]:
    """Given names, what short ones stand for, and nouns that tell what somebody is."""
    nouns = ((plain(word), " ".join(kinds).split()) for word, *kinds in table_of(pack, "nouns.tsv"))
    return (
        frozenset(plain(row[0]) for row in table_of(pack, "names.tsv")),
        {plain(word): tuple(plain(" ".join(full)).split()) for word, *full in table_of(pack, "nicknames.tsv")},
        frozenset(word for word, kinds in nouns if _PEOPLE & set(kinds)),
    )


def _numerals(pack: LanguagePack, forms: Mapping[str, str]) -> Numerals:
    """How numbers are written; ``forms`` are those of units."""
    features = pack.features
    pairs = [(form.split(), name) for form, name in forms.items() if form.count(" ") == 1]
    return Numerals(
        {plain(word): value for word, value in pack.numbers.items()},
        {(forms.get(one, one), forms.get(two, two)): name for (one, two), name in pairs},
        before=_words(pack, "indefinite_article"),
        joint=str(features.get("number_joint", "")),
        joins_tens=bool(features.get("joins_tens", False)),
        compounds=bool(features.get("compound_numbers", False)),
        decimal=str(features.get("decimal_sign", ".")),
        point=frozenset(str(features.get("decimal_words", "")).split()),
        spaced=bool(features.get("spaced_groups", False)),
        ordinals=_ordinals(features.get("ordinals", ())),
        inner_ordinals=_ordinals(features.get("inner_ordinals", ())),
        ordinal_endings=frozenset(map(str, features.get("ordinal_endings", ()))),
        dated=_words(pack, "day", "time"),
        parted=frozenset(forms.get(plain(word), "") for word in str(features.get("parted_units", "")).split()) - {""},
    )


def _ordinals(rows: Iterable[object]) -> dict[str, float]:
    """Words for places in a row with what they are worth, from rows of a number and its words."""
    return {plain(word): float(value) for value, *words in (str(row).split() for row in rows) for word in words}


def plain(word: str) -> str:
    """A listed word as it is compared."""
    return word.casefold().replace("’", "'")


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

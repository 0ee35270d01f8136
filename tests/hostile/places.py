"""Signs at places: every white space, digit, mark and letter of odd case of Unicode, put where programs that read texts look for another."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Callable
from typing import Final

import regex

from .corpora import Pieces
from .mutation import TextMutator

#: A long text shows no more than a short one and takes longer.
LONGEST: Final = 900


def _all_signs() -> dict[str, list[str]]:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    found: dict[str, list[str]] = {"common": [*"“”\"'‘’«»„—–-,.:;()!?… \n\u00a0", "\n\n", ", ", " — ", "”, ", "... "]}
    known: set[str] = set()
    for kind, pattern in (
        ("white space", r"[\s\p{Z}\x1c-\x1f\u180e\u200b-\u200d\u2060\ufeff]"),
        ("quotation mark", r"[\p{Quotation_Mark}`´ʹ-ʽ\u02ee′-‷❛-❠]"),
        ("dash", r"[\p{Dash}\xad\u2010-\u2015\u30fc]"),
        ("digit", r"\p{N}"),
        ("other mark", r"[\p{P}\p{Sc}\p{Sk}\p{Sm}]"),
        # Two halves of each kind stand for all surrogates.
        ("invisible", r"[\p{M}\p{Cf}\p{Cc}\ud800\udbff\udc00\udfff]"),
        ("odd letter", r"\p{L}"),
    ):
        found[kind] = [
            sign for sign in regex.findall(pattern, every) if sign not in known and (kind != "odd letter" or _odd(sign))
        ]
        known.update(found[kind])
    return found


def _odd(sign: str) -> bool:
    """Whether the length or the way back changes with case or normal form: ß, İ, ﬁ, K (Kelvin), ſ."""
    cased = sign.casefold(), sign.lower(), sign.upper()
    if any(len(other) != 1 for other in cased):
        return True
    if cased != (sign, sign, sign):
        return sign not in (sign.lower().upper(), sign.upper().lower()) or sign.casefold() != sign.lower()
    return unicodedata.normalize("NFKC", sign).isascii() and not sign.isascii()


#: By kind; of a kind each is as likely as another.
SIGNS: Final = _all_signs()
_WEIGHTS: Final = {
    "common": 30,
    "white space": 25,
    "quotation mark": 18,
    "dash": 10,
    "digit": 16,
    "other mark": 10,
    "invisible": 6,
    "odd letter": 10,
}

_WORDS: Final = "by of to in on for with at from that who whom which and but or not as if than about per"
_VERBS: Final = "said says say told tells added asked wrote argued claimed according warned denied suggested reported announced called tweeted published"
_UNITS: Final = "percent million billion trillion thousand dollars euros pounds years year months days hours people miles km kg per cent degrees votes jobs m bn k %"
_MONTHS: Final = "January February March April May June July August September October November December Monday Friday Sunday Jan Feb Sept Dec a.m. p.m."


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, words.split()))


_MARK: Final = "\"'“”„‟‘’‚‛«»‹›"
#: Kinds of place, each a pattern; a sign goes to the start or the end of a match, or inside it.
PLACES: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.IGNORECASE if cased else 0)
    for name, pattern, cased in (
        ("line", r"(?m)^.+$", False),
        ("line end", r"\n+", False),
        ("blank", r"[ \t\u00a0]+", False),
        ("number", r"\d[\d,.]*", False),
        ("number and what follows", r"(?<=\d)[ \u00a0-](?=\w)", False),
        ("currency", r"[$€£¥]", False),
        ("percent", r"%", False),
        ("unit", rf"\b(?:{_any_of(_UNITS)})\b", True),
        ("month", rf"\b(?:{_any_of(_MONTHS)})", False),
        ("year", r"\b(?:1[5-9]|20)\d\d\b", False),
        ("small word", rf"\b(?:{_any_of(_WORDS)})\b", True),
        ("after a small word", rf"(?<=\b)(?:{_any_of(_WORDS)}) ", True),
        ("verb of saying", rf"\b(?:{_any_of(_VERBS)})\b", True),
        ("after a verb of saying", rf"\b(?:{_any_of(_VERBS)}) ", True),
        ("passive and by", r"\b\w+ed by\b", False),
        ("name", r"\b[A-Z][\w.'’-]+", False),
        ("between names", r"(?<=[a-z.]) (?=[A-Z])", False),
        ("initial", r"\b[A-Z]\.", False),
        ("abbreviation", r"\b(?:Mr|Mrs|Dr|St|Gen|Sen|Rep|U\.S|Inc|No)\.", False),
        ("pronoun", r"\b(?:he|she|they|it|I|we|you)\b", True),
        ("word", r"\w+", False),
        ("apostrophe in a word", r"(?<=\w)['’](?=\w)", False),
        ("hyphen in a word", r"(?<=\w)-(?=\w)", False),
        ("mark", f"[{_MARK}]", False),
        ("marked words", f"[{_MARK}][^{_MARK}\n]{{1,80}}[{_MARK}]", False),
        ("between marks", r"(?<=[^\w\s])\s?(?=[^\w\s])", False),
        ("comma", ",", False),
        ("full stop", r"[.!?…]+", False),
        ("colon", "[:;]", False),
        ("bracket", r"[()\[\]]", False),
        ("dash", "[-–—]+", False),
        ("first letter", r"\b\w", False),
        ("last letter", r"\w\b", False),
    )
}
#: What is done with a sign at a match.
DEEDS: Final[dict[str, Callable[[str, int, int, str, random.Random], str]]] = {
    "before": lambda text, start, end, sign, rng: text[:start] + sign + text[start:],
    "after": lambda text, start, end, sign, rng: text[:end] + sign + text[end:],
    "inside": lambda text, start, end, sign, rng: text[: (at := rng.randint(start, end))] + sign + text[at:],
    "instead": lambda text, start, end, sign, rng: text[:start] + sign + text[end:],
    "instead of one": lambda text, start, end, sign, rng: (
        text[: (at := rng.randint(start, max(start, end - 1)))] + sign + text[at + 1 :]
    ),
    "doubled before": lambda text, start, end, sign, rng: text[:start] + sign + sign + text[start:],
    "doubled after": lambda text, start, end, sign, rng: text[:end] + sign + sign + text[end:],
    "around": lambda text, start, end, sign, rng: text[:start] + sign + text[start:end] + sign + text[end:],
    "match doubled": lambda text, start, end, sign, rng: text[:end] + sign + text[start:end] + text[end:],
    "cut off after": lambda text, start, end, sign, rng: text[:end] + sign,
    "cut off before": lambda text, start, end, sign, rng: sign + text[start:],
}
#: Small letters and digits that others stand for.
_FOLDED: Final = {
    "i": "İıⅰ",
    "s": "ſß",
    "k": "K",
    "f": "ﬀﬁ",
    "a": "ªⓐå",
    "j": "ǰ",
    "n": "ŉ",
    "t": "ẗ",
    "1": "¹①１",
    "2": "²②２",
    "3": "³③３",
}


def placed(text: str, rng: random.Random) -> str:
    """A text with one sign put at one place; the fewer places of a kind the text has, the likelier is that kind."""
    found = [matches for pattern in PLACES.values() if (matches := [match.span() for match in pattern.finditer(text)])]
    if not found:
        return text + _any_sign(rng)
    matches = rng.choices(found, [1 / len(matches) for matches in found])[0]
    start, end = rng.choice(matches)
    if rng.random() < 0.25 and start < end:
        # One sign for another of its own kind: a no-break space for a space, a superscript for a digit, a mark for a mark.
        at = rng.randrange(start, end)
        kind = _KIND_OF.get(text[at])
        if kind is not None:
            return text[:at] + rng.choice(SIGNS[kind]) + text[at + 1 :]
    sign = _any_sign(rng)
    deed = DEEDS[rng.choices(_DEED_NAMES, _DEED_WEIGHTS)[0]]
    if rng.random() < 0.03:
        # All of them at once, as in a text that another program has made.
        for start, end in reversed(matches[:60]):
            text = deed(text, start, end, sign, rng)
        return text
    return deed(text, start, end, sign, rng)


def _any_sign(rng: random.Random) -> str:
    return rng.choice(SIGNS[rng.choices(_KINDS, _KIND_WEIGHTS)[0]])


_KIND_OF: Final = {sign: kind for kind, signs in SIGNS.items() if kind != "common" for sign in signs} | {" ": "white space"}
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_DEED_NAMES: Final = tuple(DEEDS)
_DEED_WEIGHTS: Final = tuple(4 if name in ("before", "after", "instead") else 1 for name in DEEDS)
_KINDS: Final = tuple(_WEIGHTS)
_KIND_WEIGHTS: Final = tuple(_WEIGHTS.values())


def cased(text: str, rng: random.Random) -> str:
    """A text whose words or letters are in another case, or are letters that fold to others."""
    start = rng.randint(0, len(text))
    end = min(len(text), start + rng.choice((1, 8, 40, len(text))))
    if rng.random() < 0.5:
        change = rng.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
        return text[:start] + change(text[start:end]) + text[end:]
    letter, others = rng.choice(tuple(_FOLDED.items()))
    return text[:start] + re.sub(letter, rng.choice(others), text[start:end], flags=re.IGNORECASE) + text[end:]


def cut(text: str, rng: random.Random) -> str:
    """A text without its end, without its beginning or without some of its middle, cut between words."""
    edges = [match.end() for match in _TOKEN.finditer(text)]
    if not edges:
        return text
    start, end = sorted((rng.choice(edges), rng.choice(edges)))
    return rng.choice((text[:start], text[:end], text[start:], text[:start] + text[end:], text[start:end]))


class Mutations:
    """Numbered inputs: the same seed and number give the same text, whichever process asks."""

    def __init__(self, pieces: Pieces, seed: int) -> None:
        self._pieces = pieces
        self._seed = seed
        rng = random.Random(seed)
        self._general = TextMutator([pieces(rng) for _ in range(200)])

    def __call__(self, number: int) -> str:
        """The input of this number."""
        rng = random.Random(f"{self._seed}:{number}")
        text = self._pieces(rng)
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 6, 9))):
            what = rng.random()
            if what < 0.6:
                text = placed(text, rng)
            elif what < 0.67:
                text = cased(text, rng)
            elif what < 0.75:
                text = cut(text, rng)
            else:
                text = self._general(text, rng, LONGEST)
        return text[:LONGEST]

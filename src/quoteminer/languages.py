"""Names of languages: what a tag of BCP 47 is, what somebody meant by another name, and what a text looks like.

The guess is rough on purpose. It counts the commonest small words, and the script where that tells more, and speaks only where the text plainly
is in another language than the document says.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from .errors import AnnotationError, shown

#: The tag of a text whose language nobody has said (ISO 639-2): it gets what its words tell.
UNDETERMINED: Final = "und"
#: What a text is taken for that tells nothing.
_FALLBACK: Final = "en"
#: A language of two or three letters or a private one, then subtags (RFC 5646). Subtags may be joined by "_", as programs often do.
_TAG: Final = r"(?:(?P<language>[a-zA-Z]{2,3})|[xX](?=[-_]))(?:[-_][a-zA-Z0-9]{1,8})*"
#: What people write for a language, though it is a country or nothing: only where the code itself is no language.
_CONFUSED: Final = {
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "iw": "he",
    "in": "id",
    "jp": "ja",
    "kp": "ko",
    "ua": "uk",
    "us": "en",
    "at": "de",
}

#: Languages that go by the name of a wider one too (macrolanguages, ISO 639-3), where texts in them are read as that.
_WIDER: Final = {"nb": "no", "nn": "no"}

_WORD: Final = r"[^\W\d_]+"
_SAMPLE: Final = 800
_WINDOWS: Final = 3
#: With one small word of its own in so many words, a text is in its language; that is most texts, and cheap to see.
_SURE: Final = 5
#: Below so many small words nothing is said: names and numbers prove nothing.
_FEWEST: Final = 5
#: So many times the small words of the language that the document claims must be there.
_TIMES: Final = 4
#: Scripts that tell a language or a group of them, by the language that a person would name.
_SCRIPTS: Final = {
    "ja": r"[\p{Hiragana}\p{Katakana}]",
    "zh": r"\p{Han}",
    "ko": r"\p{Hangul}",
    "ar": r"\p{Arabic}",
    "he": r"\p{Hebrew}",
    "hi": r"\p{Devanagari}",
    "th": r"\p{Thai}",
    "el": r"\p{Greek}",
    "ru": r"\p{Cyrillic}",
}
#: Languages of the list of small words that are not written in Latin letters.
_NOT_LATIN: Final = frozenset({"bg", "el", "ru", "uk"})
_FEWEST_LETTERS: Final = 20


def check(tag: object, field: str = "language") -> str:
    """``tag`` when it is a language tag of BCP 47 such as ``en`` or ``pt-BR`` (``_`` between the parts is taken, too).

    Raises:
        AnnotationError: when it is none; where a name or a code of three letters was meant, the message says which tag that is.
    """
    if not isinstance(tag, str):
        raise AnnotationError(f"{field}: expected a str, not {shown(tag)}", field, tag)
    if not tag:
        raise AnnotationError(f"{field}: must not be empty", field, tag)
    plain = str.__str__(tag)
    wrong = _wrong(plain)
    if wrong is not None:
        raise AnnotationError(f"{field}: {wrong}", field, tag)
    return plain


@functools.lru_cache(maxsize=4096)
def _wrong(tag: str) -> str | None:
    """Why a tag is none, or ``None``."""
    match = re.fullmatch(_TAG, tag)
    codes, other = _names()
    folded = tag.casefold()
    meant = other.get(folded)
    if match is not None:
        language = (match["language"] or "").casefold()
        # A code of three letters is a language of its own, unless there is one of two letters for it, which BCP 47 asks for.
        if language in other:
            meant = other[language]
        elif language not in codes:
            meant = _CONFUSED.get(language)
        if meant is None:
            return None
        meant += tag[len(language) :]
    hint = f"; did you mean {meant!r}?" if meant is not None else ", such as 'en', 'de' or 'pt-BR'"
    return f"{shown(tag)} is no language tag of BCP 47{hint}"


@functools.cache
def _names() -> tuple[frozenset[str], dict[str, str]]:
    """The codes of two letters, and the code for each other name of a language."""
    other: dict[str, str] = {}
    codes = []
    for code, three, names in _rows("languages.tsv"):
        codes.append(code)
        for name in (*three.split(), *names.split(", ")):
            other.setdefault(name.casefold(), code)
    return frozenset(codes), other


def name_of(tag: str) -> str:
    """The English name of a language for messages, or the tag itself."""
    code = primary(tag)
    return _english().get(code, code)


@functools.cache
def _english() -> dict[str, str]:
    return {code: names.split(", ")[0] for code, _, names in _rows("languages.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = (Path(__file__).with_name("data") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def primary(tag: str) -> str:
    """The language of a tag without region and script, in small letters: ``en`` of ``en_GB``, ``no`` of ``nb-NO``."""
    language = tag.replace("_", "-").split("-", 1)[0].casefold()
    return _WIDER.get(language, language)


def reads(languages: Iterable[str] | None, tag: str) -> bool:
    """Whether a component that declares ``languages`` reads a document with the language ``tag``; ``None`` reads any.

    A declared ``en`` covers ``en-GB``, and ``no`` covers ``nb``; a declared ``pt-BR`` does not cover ``pt`` (basic filtering, RFC 4647).
    """
    if languages is None:
        return True
    wanted = tag.replace("_", "-").casefold()
    declared = [item.replace("_", "-").casefold() for item in languages]
    return primary(wanted) in declared or any(wanted == one or wanted.startswith(f"{one}-") for one in declared)


def looks_like(text: str, tag: str, known: Mapping[str, frozenset[str]] | None = None) -> str | None:
    """The language that a text plainly is in, when that is another than ``tag``; ``None`` where it is not plain.

    ``known`` are small words by language, which go before those that we keep of languages that nobody brings.
    """
    lists = {**small_words(), **known} if known else small_words()
    declared = primary(tag)
    own = lists.get(declared)
    if own is None:
        return None
    sample = _sampled(text)
    words = re.findall(_WORD, sample.lower())
    if _SURE * sum([word in own for word in words]) >= len(words):
        return None
    counts = Counter(words)
    best, most = declared, 0
    for language, small in lists.items():
        # What both have tells nothing.
        there = sum([counts[word] for word in small - own if word in counts])
        here = sum([counts[word] for word in own - small if word in counts])
        if there >= max(_FEWEST, _TIMES * here) and there > most:
            best, most = language, there
    return best if best != declared else _other_script(sample, declared)


def told(text: str, tag: str) -> str:
    """The tag, or where that is ``und`` the language that a text plainly is in, else ``en``."""
    return looks_like(text, _FALLBACK) or _FALLBACK if tag == UNDETERMINED else tag


def _sampled(text: str) -> str:
    """The beginning, the middle and the end: a foreign paragraph alone makes no other language."""
    if len(text) <= _SAMPLE * _WINDOWS:
        return text
    step = (len(text) - _SAMPLE) // (_WINDOWS - 1)
    return "\n".join(text[start : start + _SAMPLE] for start in range(0, len(text) - _SAMPLE + 1, step))


def _other_script(sample: str, declared: str) -> str | None:
    """The language that goes with the script of nearly all letters, when the declared one is not written in it."""
    if declared in _NOT_LATIN:
        return None
    letters = sum(map(str.isalpha, sample))
    if letters < _FEWEST_LETTERS or sample.isascii():
        return None
    # Loaded for the few texts that need it: importing quoteminer stays light.
    import regex

    counts = {language: len(regex.findall(script, sample)) for language, script in _SCRIPTS.items()}
    if 5 * sum(counts.values()) < 4 * letters:
        return None
    # Japanese is written in Han too; a few syllable signs are enough to tell.
    if counts["ja"] * 10 >= letters:
        return "ja"
    return max(counts, key=lambda language: counts[language])


@functools.cache
def small_words() -> dict[str, frozenset[str]]:
    """The small words of each language that has a list."""
    return {code: frozenset(words.split()) for code, words in _rows("function_words.tsv")}

"""Changes of a text that hurt programs that read reported speech: in its marks, cues, line ends, invisible signs and markup."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

CORPUS: Final = Path(__file__).resolve().parent / "corpus"
LONGEST: Final = 400
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MARKS: Final = "\"'“”„‟‘’‚‛«»‹›「」『』＂`´"
#: JSON values that a form with other values in their place must refuse or keep.
_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 7, 2**63, 10**30, 0.5, -0.0, 1e308, "", "a", "s1", "q1", "\ud800", "\ud83d\ude00", "\u2028", [], {}, [0, 1],
    [1, 0], [0, 0], [-1, 2], [[0, 1]], [[0, 1], [0, 2]], [0, 1, 2], {"$pieces": ["\ud83d", "\ude00"]}, {"$pieces": []},
    {"$pieces": ["a"], "b": 1}, {"a": {"b": []}},
)  # fmt: skip


def unescaped(line: str) -> str:
    """A piece as it is written in the file of pieces."""
    return re.sub(
        r"\\(?:u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}|[nrt])",
        lambda match: match[0].encode("ascii").decode("unicode_escape", "surrogatepass"),
        line,
    )


def pieces() -> list[str]:
    """The pieces of the corpus."""
    lines = (CORPUS / "pieces.txt").read_text(encoding="utf-8").split("\n")
    return [unescaped(line) for line in lines if line and not line.startswith("# ")]


def to_text(data: bytes) -> str:
    """Any bytes as text: UTF-8 where they are, lone surrogates for what is not."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def to_bytes(text: str) -> bytes:
    """The bytes that :func:`to_text` reads as this text."""
    return text.encode("utf-8", "surrogatepass")


class TextMutator:
    """Makes a text from another one, by a few random changes."""

    def __init__(self, others: Sequence[str]) -> None:
        self._pieces = pieces()
        self._others = list(others) or [""]
        self._changes: tuple[Callable[[str, random.Random], str], ...] = (
            self._insert,
            self._insert,
            self._insert,
            self._replace_token,
            self._replace_token,
            self._other_mark,
            self._other_mark,
            self._delete,
            self._delete,
            self._repeat,
            self._swap,
            self._cross,
            self._cross,
            self._cut,
            self._line_end,
            self._case,
            self._normal_form,
            self._wrap,
            self._any_sign,
        )

    def add(self, text: str) -> None:
        """A text that others may take stretches from."""
        self._others.append(text)

    def __call__(self, text: str, rng: random.Random, longest: int = LONGEST) -> str:
        """Up to six changes; never longer than ``longest``."""
        for _ in range(1 + min(rng.randrange(6), rng.randrange(6))):
            text = rng.choice(self._changes)(text, rng)
        return text[:longest]

    def _insert(self, text: str, rng: random.Random) -> str:
        at = rng.randint(0, len(text))
        blank = " " if rng.random() < 0.4 else ""
        return f"{text[:at]}{blank}{rng.choice(self._pieces)}{blank}{text[at:]}"

    def _replace_token(self, text: str, rng: random.Random) -> str:
        tokens = _TOKEN.findall(text)
        if tokens:
            tokens[rng.randrange(len(tokens))] = rng.choice(self._pieces)
        return "".join(tokens)

    def _other_mark(self, text: str, rng: random.Random) -> str:
        places = [at for at, sign in enumerate(text) if sign in _MARKS]
        if not places:
            return self._wrap(text, rng)
        at = rng.choice(places)
        if rng.random() < 0.2:
            return text.replace(text[at], rng.choice(_MARKS))
        return text[:at] + rng.choice(_MARKS) + text[at + 1 :]

    def _stretch(self, text: str, rng: random.Random) -> tuple[int, int]:
        start = rng.randint(0, len(text))
        return start, min(len(text), start + rng.choice((1, 1, 2, 5, 12, 40, 200)))

    def _delete(self, text: str, rng: random.Random) -> str:
        start, end = self._stretch(text, rng)
        return text[:start] + text[end:]

    def _repeat(self, text: str, rng: random.Random) -> str:
        start, end = self._stretch(text, rng)
        return text[:end] + text[start:end] * rng.choice((1, 1, 2, 3, 8, 30)) + text[end:]

    def _swap(self, text: str, rng: random.Random) -> str:
        tokens = _TOKEN.findall(text)
        if len(tokens) > 1:
            one, two = rng.randrange(len(tokens)), rng.randrange(len(tokens))
            tokens[one], tokens[two] = tokens[two], tokens[one]
        return "".join(tokens)

    def _cross(self, text: str, rng: random.Random) -> str:
        other = rng.choice(self._others)
        start, end = sorted((rng.randint(0, len(other)), rng.randint(0, len(other))))
        at = rng.randint(0, len(text))
        return text[:at] + other[start:end] + text[at + (end - start if rng.random() < 0.5 else 0) :]

    def _cut(self, text: str, rng: random.Random) -> str:
        at = rng.randint(0, len(text))
        return text[:at] if rng.random() < 0.7 else text[at:]

    def _line_end(self, text: str, rng: random.Random) -> str:
        places = [at for at, sign in enumerate(text) if sign.isspace()]
        if not places:
            return text
        at = rng.choice(places)
        return text[:at] + rng.choice(("\n", "\n\n", "\r\n", " \n ", "\r\n\r\n", "\n \n", "\u2028", "")) + text[at + 1 :]

    def _case(self, text: str, rng: random.Random) -> str:
        start, end = self._stretch(text, rng)
        change = rng.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
        return text[:start] + change(text[start:end]) + text[end:]

    def _normal_form(self, text: str, rng: random.Random) -> str:
        return unicodedata.normalize(rng.choice(("NFC", "NFD", "NFKC", "NFKD")), text)

    def _wrap(self, text: str, rng: random.Random) -> str:
        start, end = self._stretch(text, rng)
        opening, closing = rng.choice(
            (
                ("“", "”"),
                ('"', '"'),
                ("‘", "’"),
                ("«", "»"),
                ("„", "“"),
                ("(", ")"),
                ("<b>", "</b>"),
                ("\u202e", "\u202c"),
                (", ", ", "),
                ("— ", " —"),
            )
        )
        return text[:start] + opening + text[start:end] + closing + text[end:]

    def _any_sign(self, text: str, rng: random.Random) -> str:
        at = rng.randint(0, len(text))
        size = rng.choice((0x80, 0x300, 0x3000, 0x10000, 0x110000))
        return text[:at] + chr(rng.randrange(size)) + text[at + rng.randint(0, 1) :]


def mutated_json(line: bytes, rng: random.Random) -> bytes | None:
    """A JSON object with a value replaced, a member dropped, doubled or renamed; ``None`` when it is no JSON object."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            places.append((value, key))
            if isinstance(value[key], (dict, list)):
                walk(value[key])

    if isinstance(data, (dict, list)):
        walk(data)
    if not places:
        return None
    for _ in range(rng.randint(1, 2)):
        holder, key = rng.choice(places)
        what = rng.random()
        if isinstance(holder, dict) and key not in holder:
            continue
        if isinstance(holder, list) and key >= len(holder):
            continue
        if what < 0.5:
            holder[key] = rng.choice(_VALUES)
        elif what < 0.6 and isinstance(holder[key], int):
            holder[key] += rng.choice((-1, 1, 5, -5, 100))
        elif what < 0.75:
            other_holder, other = rng.choice(places)
            if not isinstance(other_holder, dict) or other in other_holder:
                if not isinstance(other_holder, list) or other < len(other_holder):
                    holder[key] = json.loads(json.dumps(other_holder[other]))
        elif what < 0.9:
            del holder[key]
        elif isinstance(holder, dict):
            holder[rng.choice(("id", "text", "$pieces", "schema", "x", "span", "content"))] = holder.pop(key)
        else:
            holder.insert(key, json.loads(json.dumps(holder[key])))
    return json.dumps(data, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")

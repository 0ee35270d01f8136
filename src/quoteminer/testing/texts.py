"""Texts that programs stumble over, and texts that grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

_MARKS: Final = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞〟＂`´-–—―"

#: By name, so that a failure can say which.
HOSTILE: Final[dict[str, str]] = {
    "empty": "",
    "one letter": "a",
    "one mark": "“",
    "blanks": " \t\u00a0\u3000\u2009 ",
    "line ends of all kinds": "a\r\nb\rc\n\n\u2028d\u2029e\x0bf\x0cg\x85",
    "nul": "“a\0b,” said\0 Ann.",
    "lone surrogates": "“\ud800a\udc00,” said \udfff Ann.",
    "surrogates side by side": "“\ud83d\ude00,” said Ann.",
    "byte order mark": "\ufeff“Yes,” said Ann.",
    "all marks": _MARKS * 3,
    "marks that never close": "“a " * 400,
    "marks that never open": "a” " * 400,
    "nested a hundred deep": "“a ‘b " * 100 + "’ c” " * 100,
    "straight marks": '"' * 501,
    "apostrophes": "'tis the dogs' rock 'n' roll, isn't it, Ann's? " * 10,
    "right to left": "«أهلا» قال احمد. \u202eenod si ti” ,diaS\u202c “שלום” אמר דן.",
    "zero width": "\u200b“\u200cYes\u200d,\u2060” said\u200b Ann\ufeff.",
    "combining marks": "“" + "e\u0301\u0323" * 200 + ",” said " + "A\u0308" * 50 + ".",
    "emoji": "“👩‍👩‍👧‍👦🏳️‍🌈,” said 👩🏽‍🚀. 🇫🇷“🙂”🙂",
    "astral letters": "“𝕐𝕖𝕤,” 𝓼𝓪𝓲𝓭 𝔄𝔫𝔫.",
    "markup": '<p>&ldquo;Yes,&rdquo; said <b>Ann</b>&nbsp;<br/><a href="x">“No”</a> &#8220;&amp;amp; <!-- “ -->',
    "one long word": "a" * 3000,
    "one long sentence": "and then she went on and " * 200,
    "many names": "Ann Lee and " * 200,
    "many verbs": "said that " * 200,
    "digits": "1,234.5e-6% " * 200,
    "json": '{"text": "\\"Yes,\\" said Ann", "a": [1, null]}\n' * 3,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "half a sentence": "“We will",
    "only attribution": "said Ann Lee, according to",
}


def growing(example: str) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Names and functions from a length to a text of about that length, which all look alike at every length."""

    def repeated(unit: str) -> Callable[[int], str]:
        return lambda size: unit * (size // len(unit) + 1)

    def after(head: str, unit: str) -> Callable[[int], str]:
        return lambda size: head + unit * (size // len(unit) + 1)

    if example.strip():
        yield "the example again and again", repeated(example.rstrip() + "\n\n")
        half = example[: len(example) // 2 + 1]
        yield "the first half of the example again and again", repeated(half.strip() + " ")
    signs = sorted({c for c in example if not c.isalnum() and not c.isspace()} | {"“", '"'})
    for sign in signs[:12]:
        yield f"{sign!r} again and again", repeated(sign)
        yield f"{sign!r} with blanks between", repeated(sign + " ")
        yield f"{sign!r} before many blanks", after(sign, " ")
        yield f"{sign!r} before many letters", after(sign, "a")
        yield f"{sign!r} before many words", after(sign, "word ")
    yield "blanks", repeated(" ")
    yield "line ends", repeated("\n")
    yield "words", repeated("word ")
    yield "verbs of saying", repeated("said that ")
    yield "names", repeated("Ann Lee ")
    yield "digits", repeated("1,2")

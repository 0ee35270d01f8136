"""Looks at whether the marks of a text agree with the kind that a quotation is said to have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

Spans = list[list[int]]

OPENING: Final = "“‘„‚«‹»›\"'`’”"
CLOSING: Final = "”’“‘»›«‹\"'"
_BLANKS: Final = " \u00a0\u202f"
_ALWAYS: Final = '“”„«»"'
"""Marks that are no apostrophes."""


def of_kind(text: str, kind: str, content: Spans, cue: Spans, *, unclosed: bool) -> Iterator[str]:
    """What speaks against the kind of a quotation."""
    if kind == "direct":
        yield from _not_set_off(text, content, cue, unclosed=unclosed)
        return
    inner = any(set(text[start:end]) & set(_ALWAYS + "‘’'") for start, end in content)
    if kind == "mixed" and not inner:
        yield "is mixed, but has no marks inside"
    if kind == "indirect" and all(_marked(text, start, end) for start, end in content):
        yield "is indirect, but stands in marks"
    if text[content[-1][1] - 1] in ".;,":
        yield f"is {kind}, but ends with punctuation: {text[content[-1][0] : content[-1][1]][-25:]!r}"


def _marked(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(_BLANKS), text[end:].lstrip(_BLANKS)
    return before[-1:] in tuple(_ALWAYS) and after[:1] in tuple(_ALWAYS)


def _not_set_off(text: str, content: Spans, cue: Spans, *, unclosed: bool) -> Iterator[str]:
    """Direct content stands between marks, in a turn after its label, after a dash, or is a paragraph of its own."""
    bare = unclosed
    for start, end in content:
        before, after = text[:start].rstrip(_BLANKS), text[end:].lstrip(_BLANKS)
        if before[-1:] and before[-1] in OPENING:
            # A quotation over several paragraphs is closed only at the last.
            if after[:1] in CLOSING or (after.startswith("\n") and [start, end] != content[-1]):
                continue
            if bare:
                bare = False
                continue
            yield f"has no closing mark after {text[start:end][-30:]!r}"
            continue
        line = text[:start].rpartition("\n")[2].strip()
        turn = any(last <= start and not text[last:start].strip() for _, last in cue)
        if not (not line or turn or line[-1] in "—–->:*•."):
            yield f"is direct, but no mark, label, dash or paragraph sets off {text[start:end][:30]!r}"
    if unclosed and bare:
        yield "is said to be unclosed, but is closed"

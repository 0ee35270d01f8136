"""From the tokens that a tool found to offsets in the text as given.

Runs in the environment of the other tools too, so it knows their tokens by shape only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

Pair = list[int]


class Token(Protocol):
    """What a token of spaCy has."""

    @property
    def i(self) -> int: ...

    @property
    def idx(self) -> int: ...

    def __len__(self) -> int: ...


def runs(tokens: Sequence[Token]) -> list[Pair]:
    """Tokens next to each other become one span."""
    spans: list[Pair] = []
    last = -2
    for token in sorted(tokens, key=lambda token: token.i):
        if token.i == last + 1:
            spans[-1][1] = token.idx + len(token)
        elif token.i != last:
            spans.append([token.idx, token.idx + len(token)])
        last = token.i
    return spans


def hull(tokens: Sequence[Token]) -> Pair | None:
    """From the first token to the end of the last: a mention is one span with us, a handful of tokens elsewhere."""
    spans = runs(tokens)
    return [spans[0][0], spans[-1][1]] if spans else None


def inner(text: str, tokens: Sequence[Token]) -> Pair | None:
    """Content between its first and last token, which are the quotation marks; white space at the edges is outside."""
    if len(tokens) < 3:
        return None
    start, end = tokens[1].idx, tokens[-2].idx + len(tokens[-2])
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    return [start, end] if start < end else None


def quotation(text: str, triple: Any, where: Callable[[Pair], Pair | None] = lambda span: span) -> dict[str, Any] | None:
    """A (speaker, cue, content) triple of tokens, as textacy and sayswho give it, in offsets.

    Args:
        text: what the tokens belong to.
        triple: with the attributes ``speaker``, ``cue`` and ``content``.
        where: from a span of ``text`` to one of the text as given, for a tool that changes it.
    """
    inside = inner(text, list(triple.content))
    content = where(inside) if inside else None
    if content is None:
        return None
    source = hull(triple.speaker)
    cue = [where(span) for span in runs(triple.cue)]
    return {"content": [content], "cue": [span for span in cue if span], "source": where(source) if source else None}

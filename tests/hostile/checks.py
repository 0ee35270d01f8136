"""What must hold of every extraction, whatever the text: for the fuzzer and for the sweep of the corpora."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb
from typing import Final
from unittest import mock

import quoteminer
from quoteminer import Document, Extraction, Miner, Quote, Scope, Span
from quoteminer.errors import ComponentError
from quoteminer.mining.miner import HOST
from quoteminer_rules import blockwise

from .session import BrokenError

#: Plugins that can be asked for by name; the trained one is used from its folder, as its own tests do.
PLUGINS: Final = ("rules", "neural")


_CORE: Final = str(Path(quoteminer.__file__).parent)


@functools.cache
def miner(plugins: tuple[str, ...] = ("rules",), on_error: str = "collect") -> Miner:
    """The miner that a process asks again and again."""
    chosen: list[str | object] = []
    for name in plugins:
        if name == "neural":
            import quoteminer_neural

            chosen.append(quoteminer_neural)
        else:
            chosen.append(name)
    return Miner(chosen, on_error=on_error)


def mined(document: Document, plugins: tuple[str, ...] = ("rules",), scope: Scope = "speech") -> Extraction:
    """What the plugins find in a document, checked.

    Raises:
        BrokenError: when a law is broken.
        Exception: what a component raised, though it goes on without what it failed on.
    """
    extraction = miner(plugins).mine(document, scope=scope)
    check(extraction, document, plugins)
    return extraction


def check(extraction: Extraction, document: Document, plugins: tuple[str, ...] = ("rules",)) -> None:
    """Check all that holds of any result; see :func:`mined` for what it raises."""
    _no_issues(extraction, document, plugins)
    if extraction.document is not document:
        raise BrokenError("the extraction is of another document")
    _quotes(extraction)
    _speakers_and_claims(extraction)
    line = extraction.to_json()
    if Extraction.from_json(line) != extraction:
        raise BrokenError("JSON gives something else back")
    line.encode("utf-8")
    if len(line.splitlines()) != 1:
        raise BrokenError("the JSON form has more than one line")


def _no_issues(extraction: Extraction, document: Document, plugins: tuple[str, ...]) -> None:
    """No component may have failed. That a text looks foreign, or that nobody reads its language, the host may say."""
    for issue in extraction.issues:
        if issue.component != HOST or issue.severity == "error":
            _raise_cause(document, plugins)
            raise BrokenError(f"an issue of {issue.component} that nobody raised", issue.message)


def _raise_cause(document: Document, plugins: tuple[str, ...]) -> None:
    """Mine again without the guards that turn what is raised into issues, to see where it comes from."""
    with mock.patch.object(blockwise, "Watch", functools.partial(blockwise.Watch, catch=False)):
        try:
            miner(plugins, "raise").mine(document)
        except ComponentError as error:
            cause = error.__cause__
            if cause is not None and any(not frame.filename.startswith(_CORE) for frame in extract_tb(cause.__traceback__)):
                raise cause from None
            raise BrokenError(f"{error.component} gives what the host refuses", str(error)) from None


def _rule(quote: Quote) -> str:
    detail = quote.provenance.detail
    return f"rule={detail['rule']}" if "rule" in detail else str(detail.get("note", "")).partition(" ")[0]


def _quotes(extraction: Extraction) -> None:
    document = extraction.document
    by_id = {quote.id: quote for quote in extraction.quotes}
    if list(by_id) != [f"q{number}" for number in range(1, len(extraction.quotes) + 1)]:
        raise BrokenError("quotes are not numbered in order", str(list(by_id)))
    for quote in extraction.quotes:
        source = () if quote.source is None else (quote.source,)
        _words(document, (*quote.content, *quote.cue, *source), _rule(quote))
        for one, first, other, second in (
            ("content", quote.content, "cue", quote.cue),
            ("content", quote.content, "source", source),
            ("cue", quote.cue, "source", source),
        ):
            if any(left.overlaps(right) for left in first for right in second):
                raise BrokenError(f"{one} and {other} overlap ({_rule(quote)})", repr(quote))
        if quote.parent is not None:
            parent = by_id[quote.parent]
            if not parent.span.contains(quote.span) or parent is quote:
                raise BrokenError(
                    f"a parent does not enclose ({_rule(parent)} around {_rule(quote)})", f"{quote!r} in {parent!r}"
                )
        _above(quote, by_id)
    if len({(quote.content, quote.cue, quote.source) for quote in extraction.quotes}) != len(extraction.quotes):
        raise BrokenError("a quotation is found twice")


def _above(quote: Quote, by_id: dict[str, Quote]) -> None:
    seen: set[str] = set()
    while quote.parent is not None:
        if quote.id in seen:
            raise BrokenError("quotes are their own parents", repr(quote))
        seen.add(quote.id)
        quote = by_id[quote.parent]


def _words(document: Document, spans: Iterable[Span], rule: str) -> None:
    """Each span lies in the text and marks words, without blanks at its edges."""
    for span in spans:
        words = document[span]
        if not words.strip():
            raise BrokenError(f"only blanks are marked ({rule})", f"{words!r} at {span}")
        if words != words.strip():
            raise BrokenError(f"a span begins or ends with a blank ({rule})", repr(words))


def _speakers_and_claims(extraction: Extraction) -> None:
    document = extraction.document
    for speaker in extraction.speakers:
        for span in speaker.mentions:
            if not document[span].strip():
                raise BrokenError("a speaker is mentioned by blanks", f"{speaker.id} at {span}")
    for claim in extraction.claims:
        for span in claim.spans:
            if not document[span].strip():
                raise BrokenError("a claim marks only blanks", f"{claim.id} at {span}")
        for inner in [item.span for item in claim.quantities] + [item.span for item in claim.times]:
            if not any(span.contains(inner) for span in claim.spans):
                raise BrokenError("a quantity or time stands outside its claim", f"{document[inner]!r} in {claim.id}")

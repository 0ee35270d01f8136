"""The command ``quoteminer explain``: for each quotation which rule found it, and what competed with it and lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from . import lexicon
from .quotes import mining
from .quotes.found import Found, Offsets
from .quotes.indirect.merging import Decision, Trace, rule_of

_WIDEST: Final = 90
_KEPT: Final = "kept"


def explanation(text: str, language: str = "en") -> str:
    """Each quotation of a text with its rule, cue, frame and probability, and the candidates for the same words that lost.

    Raises:
        ValueError: when there are no rules for ``language``.
    """
    supported = lexicon.supported(language)
    if supported is None:
        raise ValueError(f"there are no rules for the language {language!r}")
    trace: Trace = []
    found = mining.find(text, lexicon.load(supported), trace)
    examples = lexicon.examples()
    lines: list[str] = []
    by_cue = {tuple(decision.cue): decision for decision in trace if decision.outcome.startswith(_KEPT)}
    losers = [decision for decision in trace if not decision.outcome.startswith(_KEPT)]
    losers.sort(key=lambda decision: decision.cue[0])
    at = 0
    for number, quote in enumerate(found, start=1):
        lines.extend(_quotation(text, number, quote, by_cue.get(tuple(quote.cue)), examples))
        low, high = _extent(quote)
        while at < len(losers) and losers[at].cue[0][0] < low:
            at += 1
        for decision in losers[at:]:
            if decision.cue[0][0] >= high:
                break
            lines.append(f"     lost   {_loser(text, decision)}")
        lines.append("")
    return "\n".join(lines)


def _quotation(text: str, number: int, quote: Found, decision: Decision | None, examples: dict[str, str]) -> list[str]:
    confidence = lexicon.confidence(quote.rule, quote.cue_class) if quote.confidence is None else quote.confidence
    lines = [
        f"{number:4} {quote.kind}, {quote.modality}, {confidence:.2f}: {_short(' … '.join(text[a:b] for a, b in quote.content))}",
        f"     rule   {quote.rule}, as in: {examples[quote.rule]}",
    ]
    if quote.cue:
        cue = " … ".join(text[a:b] for a, b in quote.cue)
        frame = f", frame {decision.frame}" if decision is not None else ""
        reports = f" ({quote.cue_class})" if quote.cue_class else ""
        lines.append(f"     cue    “{_short(cue)}”{reports}{frame}")
    lines.append(f"     source {_short(text[slice(*quote.source)]) if quote.source is not None else '(none)'}")
    return lines


def _loser(text: str, decision: Decision) -> str:
    cue = " … ".join(text[a:b] for a, b in decision.cue)
    content = " … ".join(text[a:b] for a, b in decision.content)
    return f"{decision.probability:.2f} indirect.{rule_of(decision.frame)} at “{cue}”: {_short(content)} ({decision.outcome})"


def _extent(quote: Found) -> Offsets:
    """The offsets from the first to behind the last part of a quotation and its cue."""
    parts = [*quote.content, *quote.cue]
    return min(start for start, _ in parts), max(end for _, end in parts)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WIDEST else words[: _WIDEST - 2].rstrip() + " …"


@click.command("explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--language", default="en", show_default=True, help="Language of the text.")
def explain(file: str, language: str) -> None:
    """Tell which rule found each quotation, and what competed and lost."""
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8", errors="replace")
    try:
        click.echo(explanation(text, language).encode("utf-8", "backslashreplace"), nl=False)
    except ValueError as error:
        raise click.UsageError(str(error)) from None

"""Why a quotation was found, and why a candidate was not: what ``quoteminer explain`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from . import lexicon
from .quotes.found import Found, Offsets
from .quotes.indirect.decisions import Decision, Trace, Verdict
from .quotes.scope import is_speech, speech

_WIDEST: Final = 90


def explanation(text: str, found: Sequence[Found], trace: Trace, scope: str) -> str:
    """Each quotation of a text with its rule, cue, frame and probability, and each candidate that lost, with the reason.

    A candidate stands below the quotation it lost to or in whose words its cue stands, else by itself.

    Args:
        found: all quotations, as :func:`quotes.mining.find` gives them.
        trace: what became of the candidates for indirect speech.
        scope: ``speech`` leaves out what is not said or written, ``all`` nothing.
    """
    unspoken = [quote for quote in found if not is_speech(quote)] if scope == "speech" else []
    shown = speech(found) if scope == "speech" else list(found)
    return "".join(f"{line}\n" for line in _Explanation(text, shown, unspoken, trace).lines())


class _Explanation:
    def __init__(self, text: str, shown: list[Found], unspoken: list[Found], trace: Trace) -> None:
        self._text = text
        self._shown = shown
        self._numbers = {id(quote): number for number, quote in enumerate(shown, 1)}
        self._unspoken = {id(quote) for quote in unspoken}
        self._made = {id(decision.quote): decision for decision in trace if decision.quote is not None}
        self._losers = [decision for decision in trace if not decision.verdict.kept]
        self._losers += [self._out_of_scope(quote) for quote in unspoken]
        self._losers.sort(key=lambda decision: (_begin(decision), decision.what))

    def lines(self) -> Iterator[str]:
        below, apart = self._places()
        at = 0
        for quote in self._shown:
            begin = _extent(quote)[0]
            while at < len(apart) and _begin(apart[at]) < begin:
                yield from (f"   - {self._loser(apart[at])}", "")
                at += 1
            yield from self._quotation(quote)
            yield from (f"     lost   {self._loser(decision)}" for decision in below.get(id(quote), ()))
            yield ""
        for decision in apart[at:]:
            yield from (f"   - {self._loser(decision)}", "")

    def _places(self) -> tuple[dict[int, list[Decision]], list[Decision]]:
        """Below which quotation each of those that lost is shown, and those that stand by themselves."""
        below: dict[int, list[Decision]] = {}
        apart: list[Decision] = []
        waiting = sorted(self._shown, key=_extent, reverse=True)
        around: list[Found] = []
        for decision in self._losers:
            begin = _begin(decision)
            while waiting and _extent(waiting[-1])[0] <= begin:
                around.append(waiting.pop())
            around = [quote for quote in around if begin < _extent(quote)[1]]
            other = decision.verdict.other
            if other is not None and id(other) in self._numbers:
                below.setdefault(id(other), []).append(decision)
            elif around:
                below.setdefault(id(around[-1]), []).append(decision)
            else:
                apart.append(decision)
        return below, apart

    def _out_of_scope(self, quote: Found) -> Decision:
        made = self._made.get(id(quote))
        reports = quote.cue_class or "no words"
        verdict = Verdict(False, f"out of scope: reports {reports}, and only speech is asked for")
        return Decision(
            quote.rule, made.frame if made is not None else "", quote.cue, quote.content, _confidence(quote), verdict, None
        )

    def _quotation(self, quote: Found) -> Iterator[str]:
        number = self._numbers[id(quote)]
        yield f"{number:4} {quote.kind}, {quote.modality}, {_confidence(quote):.2f}: {self._words(quote.content)}"
        yield f"     rule   {quote.rule}, as in: {lexicon.examples()[quote.rule]}"
        if quote.cue:
            made = self._made.get(id(quote))
            frame = f", frame {made.frame}" if made is not None else ""
            reports = f" ({quote.cue_class})" if quote.cue_class else ""
            yield f"     cue    “{self._words(quote.cue)}”{reports}{frame}"
        yield f"     source {'(none)' if quote.source is None else self._words([quote.source])}"

    def _loser(self, decision: Decision) -> str:
        verdict = decision.verdict
        reason = verdict.reason
        if verdict.other is not None:
            reason += f" {self._name(verdict.other)}"
        if verdict.needed is not None:
            reason += f": under {verdict.needed:.2f}"
        chance = "" if decision.probability is None else f"{decision.probability:.2f} "
        content = f": {self._words(decision.content)}" if decision.content else ""
        return f"{chance}{decision.what} at “{self._words(decision.cue)}”{content} ({reason})"

    def _name(self, quote: Found) -> str:
        number = self._numbers.get(id(quote))
        if number is not None:
            return f"quotation {number}"
        if id(quote) in self._unspoken:
            return f"report at “{self._words(quote.cue)}”, which is out of scope"
        return f"“{self._words(quote.content)}”"

    def _words(self, parts: Iterable[Offsets]) -> str:
        words = " ".join(" … ".join(self._text[start:end] for start, end in parts).split())
        return words if len(words) <= _WIDEST else words[: _WIDEST - 2].rstrip() + " …"


def _confidence(quote: Found) -> float:
    return lexicon.confidence(quote.rule, quote.cue_class) if quote.confidence is None else quote.confidence


def _begin(decision: Decision) -> int:
    return min(start for start, _ in decision.cue or decision.content)


def _extent(quote: Found) -> Offsets:
    """The offsets from the first to behind the last part of a quotation and its cue."""
    parts = [*quote.content, *quote.cue]
    return min(start for start, _ in parts), max(end for _, end in parts)

"""What the rules find now and what they found before they were rebuilt: ``python -m tests.rules.compare GOLD.jsonl… [--note STEP]``.

For each file of annotated documents, or ``seeds`` for the training part of the open corpus: how many quotations, speakers and claims both sides have, how many
only one of them has, and which of those are right by gold; seconds of the processor and memory of each side, each in a process of its own, in turns. ``--note``
adds the totals to ``docs/decisions/rebuild.tsv``. ``--show`` prints what differs, for texts that may be read.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs

from quoteminer import Extraction, Issue, Miner
from quoteminer.evaluation import AnnotatedDocument, read_annotated, seeds
from quoteminer.evaluation.matching import overlap
from quoteminer.evaluation.words import Words

ROOT: Final = Path(__file__).resolve().parents[2]
LOG: Final = ROOT / "docs" / "decisions" / "rebuild.tsv"
SIDES: Final = ("before", "now")
#: Each process mines all texts so often, and there are so many processes of each side, in turns; the least time counts, as noise only adds to it.
_RUNS: Final = 3
_TURNS: Final = 2
#: A find is right when it shares so much of the words with gold, as in the measure ``overlap``.
_SAME: Final = 0.5


@attrs.frozen
class Found:
    """One thing that one side has: what it is, where its words stand, and all that is said of it."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    said: str


def documents_of(corpus: str) -> list[AnnotatedDocument]:
    """The annotated documents of a file, or of the open corpus."""
    if corpus == "seeds":
        return seeds("train")
    issues: list[Issue] = []
    return list(read_annotated([Path(corpus)], issues))


def miner_of(side: str) -> Miner:
    """The rules of a side."""
    if side == "now":
        return Miner(["rules"])
    from tests import rules_before

    return Miner([rules_before])


def mine(side: str, corpus: str) -> None:
    """What a process of its own does: results as lines, and at the end what they cost."""
    documents = documents_of(corpus)
    miner = miner_of(side)
    miner.mine("“Yes,” said Ada.")
    seconds = []
    for run in range(_RUNS):
        started = time.process_time()
        found = [miner.mine(one.document, scope=one.scope) for one in documents]
        seconds.append(time.process_time() - started)
        if not run:
            for extraction in found:
                print(extraction.to_json())
    print(json.dumps([min(seconds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def results_of(side: str, corpus: str) -> tuple[list[Extraction], float, float]:
    """Results, seconds and mebibytes of a side."""
    command = [sys.executable, "-m", "tests.rules.compare", "--side", side, corpus]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *lines, costs = done.stdout.splitlines()
    seconds, memory = json.loads(costs)
    return [Extraction.from_json(line) for line in lines], seconds, memory


def both(corpus: str) -> dict[str, tuple[list[Extraction], float, float]]:
    """What each side gives, and what it costs."""
    found: dict[str, list[tuple[list[Extraction], float, float]]] = {side: [] for side in SIDES}
    for turn in range(_TURNS):
        for side in SIDES if turn % 2 else reversed(SIDES):
            found[side].append(results_of(side, corpus))
    return {side: (runs[0][0], min(run[1] for run in runs), min(run[2] for run in runs)) for side, runs in found.items()}


def found_in(extraction: Extraction) -> Iterator[Found]:
    """All that is compared; the speaker of a quotation apart from the quotation, since either may be right alone."""
    for quote in extraction.quotes:
        spans = tuple((span.start, span.end) for span in quote.content)
        cue = [list(span) for span in quote.cue]
        yield Found(
            "quotes",
            spans,
            f"{quote.kind} {quote.modality} {quote.layout} cue {cue} source {quote.source and list(quote.source)}",
        )
        speaker, addressee = extraction.speaker_of(quote), extraction.speaker(quote.addressee)
        yield Found(
            "speakers", spans, f"{speaker and (speaker.name, speaker.role, speaker.kind)} to {addressee and addressee.name}"
        )
    for claim in extraction.claims:
        claimant = extraction.speaker(claim.claimant)
        said = f"{claim.kind} {claim.modality} {claim.negated} {claim.check_worthiness:.3f} {claimant and claimant.name}"
        yield Found("claims", tuple((span.start, span.end) for span in claim.spans), said)


def right(found: Found, extraction: Extraction, gold: AnnotatedDocument, words: Words) -> bool:
    """Whether gold has it: the same words by the measure ``overlap``, and of a speaker the name."""
    units = words.content(map(_span, found.spans))
    if found.kind == "claims":
        return any(claim.positive and overlap(units, words.units(claim.spans)) >= _SAME for claim in gold.claims)
    matching = [quote for quote in gold.quotes if overlap(units, words.content(quote.content)) >= _SAME]
    if found.kind == "quotes":
        return bool(matching)
    return any(
        quote.speaker is not None and _last(quote.speaker.name) and f"{_last(quote.speaker.name)}'" in found.said.casefold()
        for quote in matching
    )


def _span(ends: tuple[int, int]) -> Any:
    from quoteminer import Span

    return Span(*ends)


def _last(name: str) -> str:
    return name.casefold().split()[-1] if name.split() else ""


@attrs.define
class Totals:
    """What of one kind both sides have, and what only one has, right and wrong."""

    both: int = 0
    gone_right: int = 0
    gone_wrong: int = 0
    new_right: int = 0
    new_wrong: int = 0


def compared(
    before: Sequence[Extraction], now: Sequence[Extraction], gold: Sequence[AnnotatedDocument], *, show: bool = False
) -> dict[str, Totals]:
    """Totals by kind."""
    totals = {kind: Totals() for kind in ("quotes", "speakers", "claims")}
    for old, new, annotated in zip(before, now, gold, strict=True):
        assert old.document.id == new.document.id == annotated.document.id
        words = Words(annotated.document.text, annotated.document.language)
        left, right_side = Counter(found_in(old)), Counter(found_in(new))
        for found in (left & right_side).elements():
            totals[found.kind].both += 1
        for side, only in (("gone", left - right_side), ("new", right_side - left)):
            for found in only.elements():
                judged = "right" if right(found, old if side == "gone" else new, annotated, words) else "wrong"
                setattr(totals[found.kind], f"{side}_{judged}", getattr(totals[found.kind], f"{side}_{judged}") + 1)
                if show:
                    text = " … ".join(annotated.document.text[start:end] for start, end in found.spans)
                    print(f"{side:4} {judged} {found.kind} {annotated.document.id}: {' '.join(text.split())[:90]!r} {found.said}")
    return totals


def main(arguments: list[str]) -> None:
    """Compare all corpora that are named."""
    if arguments[:1] == ["--side"]:
        mine(*arguments[1:3])
        return
    note = arguments[arguments.index("--note") + 1] if "--note" in arguments else ""
    show = "--show" in arguments
    corpora = [one for one in arguments if not one.startswith("--") and one != note]
    print(
        f"{'corpus':28} {'kind':9} {'both':>7} {'gone right':>10} {'wrong':>6} {'new right':>9} {'wrong':>6} {'time':>6} {'memory':>7}"
    )
    for corpus in corpora:
        name = corpus if corpus == "seeds" else "/".join(Path(corpus).parts[-2:]).removesuffix(".jsonl")
        gold = documents_of(corpus)
        sides = both(corpus)
        (old, old_seconds, old_memory), (new, new_seconds, new_memory) = sides["before"], sides["now"]
        totals = compared(old, new, gold, show=show)
        for kind, one in totals.items():
            costs = f"{new_seconds / old_seconds:6.2f} {new_memory / old_memory:7.2f}" if kind == "quotes" else ""
            print(
                f"{name:28} {kind:9} {one.both:7,} {one.gone_right:10,} {one.gone_wrong:6,} {one.new_right:9,} {one.new_wrong:6,} {costs}",
                flush=True,
            )
        if note:
            log(note, name, totals, new_seconds / old_seconds, new_memory / old_memory)


def log(step: str, corpus: str, totals: dict[str, Totals], seconds: float, memory: float) -> None:
    """Add a line for each kind to the log of the rebuilding."""
    with LOG.open("a", encoding="utf-8") as stream:
        stream.writelines(_lines(step, corpus, totals, seconds, memory))


def _lines(step: str, corpus: str, totals: dict[str, Totals], seconds: float, memory: float) -> Iterable[str]:
    for kind, one in totals.items():
        yield (
            "\t".join(map(str, (date.today(), step, corpus, kind, *attrs.astuple(one), f"{seconds:.2f}", f"{memory:.2f}"))) + "\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

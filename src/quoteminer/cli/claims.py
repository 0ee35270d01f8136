"""``quoteminer claims``: what can be checked, most worth checking first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..formats import CLAIM_FORMATS, claim_format_of
from .console import colour_wanted, new_console, one_line, taken
from .inputs import Inputs
from .options import EXIT_CODES, FAILED, confidence_option, errors, input_options, output_option, people_option, plugin_options
from .outputs import opened
from .packs import miner_for
from .watching import Watch

if TYPE_CHECKING:
    from ..formats.claim_rows import Item

_TABLE: Final = "table"


@click.command(epilog=EXIT_CODES)
@input_options
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Least check-worthiness.")
@click.option("--top", type=click.IntRange(min=1), help="At most so many claims; with --by claimant, so many for each.")
@click.option("--by", type=click.Choice(["claimant"]), help="Group the claims by who makes them.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([_TABLE, *CLAIM_FORMATS]),
    help="How to show the claims.  [default: by the suffix of the output, else table]",
)
@output_option
@confidence_option
@people_option
@plugin_options
def claims(
    paths: tuple[str, ...],
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    min_score: float,
    top: int | None,
    by: str | None,
    format_: str | None,
    output: Path | None,
    min_confidence: float,
    people: tuple[Path, ...],
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Rank what can be checked, over all texts, with who claims it.

    PATH is read as by mine. The score is the check-worthiness, from 0 to 1.
    """
    suited = None if output is None else claim_format_of(output)
    chosen = suited if format_ is None else CLAIM_FORMATS.get(format_)
    with errors():
        miner, language = miner_for(language, plugins, block, people, min_confidence=min_confidence)
        inputs = Inputs.given(paths, reader, encoding, text_column, language, miner).apart_from(output)
        target = opened(output)
    watch = Watch(target, total=inputs.count)
    with target, watch, errors():
        found: list[Item] = []
        for extraction in watch.results(miner.mine_many(inputs.without(target.identities).documents(watch.reports))):
            found += [(extraction, claim) for claim in extraction.claims if claim.check_worthiness >= min_score]
        colour = target.standard and colour_wanted(terminal=target.terminal)
        order = ranked(found, top, by)
        target.write(_table(order, by, colour=colour) if chosen is None else chosen.text(order), data=chosen is not None)
    if watch.reports.failed:
        raise SystemExit(FAILED)


def ranked(items: Sequence[Item], top: int | None, by: str | None) -> list[Item]:
    """By score, equal scores in text order; by claimant, the one with the highest score first, then the document's own voice."""
    order = sorted(items, key=lambda item: -item[1].check_worthiness)
    if by is None:
        return order[:top]
    groups: dict[str | None, list[Item]] = {}
    for item in order:
        groups.setdefault(_claimant(item), []).append(item)
    own = groups.pop(None, [])
    return [item for group in [*groups.values(), own] for item in group[:top]]


def _claimant(item: Item) -> str | None:
    speaker = item[0].speaker(item[1].claimant)
    return None if speaker is None else speaker.name


def _table(items: Sequence[Item], by: str | None, *, colour: bool) -> str:
    from rich.table import Table

    console = new_console(colour=colour)
    if not items:
        console.print("no claims found")
    groups: dict[str | None, list[Item]] = {}
    for item in items:
        groups.setdefault(_claimant(item) if by else None, []).append(item)
    for name, group in groups.items():
        if by:
            console.print(one_line(name or "the documents' own voice"), style="bold")
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", min_width=4)
        table.add_column(min_width=10, max_width=14, style="dim")
        if not by:
            table.add_column(min_width=8, max_width=24)
        table.add_column(ratio=1)
        for extraction, claim in group:
            notes = claim.kind if claim.modality == "asserted" else f"{claim.kind}, {claim.modality}"
            cells = [f"{claim.check_worthiness:.2f}", notes]
            if not by:
                cells.append(one_line(_claimant((extraction, claim)) or "–"))
            table.add_row(*cells, one_line(claim.standalone(extraction).text))
        console.print(table)
        if by:
            console.print()
    return taken(console, colour=colour)

"""``quoteminer evaluate``: predictions against gold, and two predictions against each other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..annotations import Issue
from ..pipeline import Miner
from .console import colour_wanted, write
from .options import FAILED, ending_in_order, errors, plugin_options, scope_option

if TYPE_CHECKING:
    from ..evaluation import AnnotatedDocument

_SHOWN: Final = 20
_EXIT_CODES: Final = """
\b
Exit codes:
  0    everything was read and counted
  1    some gold or prediction could not be read, or a document has no
       prediction: named on standard error; the rest was counted
  2    the command was called wrongly; nothing was done
"""


@click.command(epilog=_EXIT_CODES)
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Evaluate this file (JSON Lines, as mine writes them) instead of mining the texts.",
)
@click.option(
    "--compare",
    "pair",
    nargs=2,
    metavar="A B",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tell by how much predictions B are better than A, with a paired bootstrap.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="A table for the terminal, all figures and errors as JSON, or one HTML page with plots and each error in its sentence.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@scope_option
@plugin_options
def evaluate(
    gold: tuple[Path, ...],
    predictions: Path | None,
    pair: tuple[Path, Path] | None,
    format_: str,
    output: Path | None,
    scope: str | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Measure what is found against annotated documents.

    GOLD is JSON Lines: our own JSON form, or records {"id", "text", "lang", "quotes": [...], "claims": [...]} as annotated corpora
    have them. Without --predictions the texts are mined now, in the scope that their corpus annotates unless --scope says another.
    """
    if predictions is not None and pair is not None:
        raise click.UsageError("--predictions and --compare do not go together")
    if pair is not None and format_ == "html":
        raise click.UsageError("--compare gives a table or JSON")
    if (predictions is not None or pair is not None) and (plugins or block or scope):
        raise click.UsageError(
            "--plugin, --no-plugin and --scope choose how to mine now; they do not go with predictions from a file"
        )
    with errors():
        text, issues = _evaluated(
            gold, predictions, pair, format_, Miner(list(plugins) or None, block=block, scope=scope), to_terminal=output is None
        )
    with ending_in_order(output):
        if output is None:
            write(sys.stdout.buffer, text)
        else:
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
    _say(issues)
    if any(issue.severity == "error" for issue in issues):
        raise SystemExit(FAILED)


def _evaluated(
    gold: Sequence[Path],
    predictions: Path | None,
    pair: tuple[Path, Path] | None,
    format_: str,
    miner: Miner,
    *,
    to_terminal: bool,
) -> tuple[str, Sequence[Issue]]:
    """The report in its format, and everything that was amiss."""
    # Its libraries load only for this command.
    from .. import evaluation
    from . import scores

    issues: list[Issue] = []
    documents = list(evaluation.read_annotated(gold, issues))
    if not documents:
        _say(issues)
        raise click.ClickException("there is no annotated document to evaluate on")
    colour = to_terminal and colour_wanted(terminal=sys.stdout.isatty())

    def read(path: Path) -> Iterable[AnnotatedDocument]:
        return evaluation.read_annotated([path], issues)

    if pair is not None:
        a, b = pair
        found = evaluation.compare(documents, read(a), read(b), issues=issues)
        if format_ == "json":
            return scores.differences_as_json(found, str(a), str(b)), issues
        return scores.differences_table(found, str(a), str(b), len(documents), colour=colour), issues
    if predictions is not None:
        report = evaluation.evaluate(documents, read(predictions), system=predictions.name, issues=issues)
    else:
        names = " + ".join(info.name for info in miner.plugins() if info.status == "active")
        report = evaluation.evaluate(documents, miner, system=names, issues=issues)
    if format_ == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n", report.issues
    if format_ == "html":
        # Plots cost a second to import.
        from ..evaluation.page import page

        return page(report), report.issues
    return scores.report_table(report, colour=colour), report.issues


def _say(issues: Sequence[Issue]) -> None:
    """Name what was amiss on standard error; of very many alike, the first ones and their number."""
    said: dict[tuple[str, str], int] = {}
    for issue in issues:
        kind = (issue.component, issue.severity)
        said[kind] = said.get(kind, 0) + 1
        if said[kind] <= _SHOWN:
            click.echo(f"{issue.severity}: {issue.message}".encode("utf-8", "backslashreplace").decode("utf-8"), err=True)
    for (component, severity), count in said.items():
        if count > _SHOWN:
            click.echo(f"{severity}: {component}: {count - _SHOWN} more; --format json names all", err=True)

"""``quoteminer evaluate``: predictions against gold, and two predictions against each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..annotations import Issue
from ..mining.miner import Miner
from ..vocabulary import Scope
from .console import colour_wanted
from .inputs import refuse_to_destroy
from .options import FAILED, errors, output_option, plugin_options, scope_option
from .outputs import opened
from .reports import Reports

if TYPE_CHECKING:
    from ..evaluation import AnnotatedDocument

#: The format for the suffix of an output.
_BY_SUFFIX: Final = {".json": "json", ".html": "html", ".htm": "html"}
_EXIT_CODES: Final = """
\b
Exit codes:
  0    everything was read and counted
  1    some gold or prediction could not be read, or a document has no
       prediction: named on standard error; the rest was counted
  2    the command was called wrongly, or its output is an input; nothing was
       done
  130  ended early by Ctrl-C, SIGTERM or SIGHUP
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
    help="A table for the terminal, all figures and errors as JSON, or one HTML page with plots and each error in its sentence.  "
    "[default: by the suffix of the output, else table]",
)
@output_option
@scope_option
@plugin_options
def evaluate(
    gold: tuple[Path, ...],
    predictions: Path | None,
    pair: tuple[Path, Path] | None,
    format_: str | None,
    output: Path | None,
    scope: Scope | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Measure what is found against annotated documents.

    GOLD is JSON Lines: our own JSON form, or records {"id", "text", "lang", "quotes": [...], "claims": [...]} as annotated corpora
    have them. Without --predictions the texts are mined now, in the scope that their corpus annotates unless --scope says another.
    """
    if predictions is not None and pair is not None:
        raise click.UsageError("--predictions and --compare do not go together")
    format_ = format_ or _BY_SUFFIX.get("" if output is None else output.suffix.lower(), "table")
    if pair is not None and format_ == "html":
        raise click.UsageError("--compare gives a table or JSON")
    if (predictions is not None or pair is not None) and (plugins or block or scope):
        raise click.UsageError(
            "--plugin, --no-plugin and --scope choose how to mine now; they do not go with predictions from a file"
        )
    for path in (*gold, *(() if predictions is None else (predictions,)), *(pair or ())):
        refuse_to_destroy(str(path), output)
    issues: list[Issue] = []
    reports = Reports()
    try:
        with errors(), opened(output) as target:
            miner = Miner(list(plugins) or None, block=block, scope=scope)
            colour = target.standard and colour_wanted(terminal=target.terminal)
            text = _evaluated(gold, predictions, pair, format_, miner, issues, colour=colour)
            target.write(text, data=format_ != "table")
    finally:
        for issue in issues:
            reports.report(issue)
        reports.close()
    if reports.failed:
        raise SystemExit(FAILED)


def _evaluated(
    gold: Sequence[Path],
    predictions: Path | None,
    pair: tuple[Path, Path] | None,
    format_: str,
    miner: Miner,
    issues: list[Issue],
    *,
    colour: bool,
) -> str:
    """The report in its format; everything that is amiss is added to ``issues``."""
    # Its libraries load only for this command.
    from .. import evaluation
    from . import scores

    documents = list(evaluation.read_annotated(gold, issues))
    if not documents:
        raise click.ClickException("there is no annotated document to evaluate on")

    def read(path: Path) -> Iterable[AnnotatedDocument]:
        return evaluation.read_annotated([path], issues)

    if pair is not None:
        a, b = pair
        found = evaluation.compare(documents, read(a), read(b), issues=issues)
        if format_ == "json":
            return scores.differences_as_json(found, str(a), str(b))
        return scores.differences_table(found, str(a), str(b), len(documents), colour=colour)
    if predictions is not None:
        report = evaluation.evaluate(documents, read(predictions), system=predictions.name, issues=issues)
    else:
        names = " + ".join(info.name for info in miner.plugins() if info.status == "active")
        report = evaluation.evaluate(documents, miner, system=names, issues=issues)
    issues[:] = report.issues
    if format_ == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"
    if format_ == "html":
        # Plots cost a second to import.
        from ..evaluation.page import page

        return page(report)
    return scores.report_table(report, colour=colour)

"""``quoteminer evaluate``: predictions against gold, and two predictions against each other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click

from ..annotations import Issue
from ..mining.miner import Miner
from ..vocabulary import Scope
from . import looks as looking
from .console import colour_wanted
from .inputs import refuse_to_destroy
from .options import FAILED, confidence_option, errors, output_option, plugin_options, scope_option
from .outputs import opened
from .reports import Reports

if TYPE_CHECKING:
    from ..evaluation import AnnotatedDocument, Report

#: Names the open corpus in place of a file.
SEEDS: Final = "seeds"
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
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--split", type=click.Choice(["train", "tune", "test"]), help="The part of the corpus, where GOLD is 'seeds'.")
@click.option("--language", metavar="TAG", help="Only documents in this language.")
@click.option("--note", metavar="WHY", help="With --split test: why you look. It is written down with date, commit and totals.")
@click.option(
    "--looks",
    type=click.Path(dir_okay=False, path_type=Path),
    default=looking.LOG,
    show_default=True,
    help="With --split test: where it is written down.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["corpus", "language", "genre"]),
    help="Give figures by this as well (repeatable).  [default: corpus and language]",
)
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
@confidence_option
@plugin_options
def evaluate(
    gold: tuple[Path, ...],
    split: str | None,
    language: str | None,
    note: str | None,
    looks: Path,
    by: tuple[str, ...],
    predictions: Path | None,
    pair: tuple[Path, Path] | None,
    format_: str | None,
    output: Path | None,
    scope: Scope | None,
    min_confidence: float,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Measure what is found against annotated documents.

    GOLD is JSON Lines: our own JSON form, or records {"id", "text", "lang", "quotes": [...], "claims": [...]} as annotated corpora
    have them; or the word 'seeds', the open corpus that comes as quoteminer-seeds. Without --predictions the texts are mined now, in the
    scope that their corpus annotates unless --scope says another.
    """
    if predictions is not None and pair is not None:
        raise click.UsageError("--predictions and --compare do not go together")
    format_ = format_ or _BY_SUFFIX.get("" if output is None else output.suffix.lower(), "table")
    if pair is not None and format_ == "html":
        raise click.UsageError("--compare gives a table or JSON")
    if (predictions is not None or pair is not None) and (plugins or block or scope or min_confidence):
        raise click.UsageError(
            "--plugin, --no-plugin, --scope and --min-confidence choose how to mine now; they do not go with predictions from a file"
        )
    if pair is not None and split == "test":
        raise click.UsageError("--compare does not write down a look at the test part; use --split tune")
    wanted = _Gold.named(gold, split, language)
    if split == "test":
        looking.check(looks, note)
    for path in (*wanted.files, *(() if predictions is None else (predictions,)), *(pair or ())):
        refuse_to_destroy(str(path), output)
    issues: list[Issue] = []
    reports = Reports()
    try:
        with errors(), opened(output) as target:
            miner = Miner(list(plugins) or None, block=block, scope=scope, min_confidence=min_confidence)
            colour = target.standard and colour_wanted(terminal=target.terminal)
            if pair is not None:
                text = _compared(wanted, pair, format_, issues, colour=colour)
            else:
                report = _evaluated(wanted, predictions, miner, by or ("corpus", "language"), issues)
                if split == "test":
                    # Who works on the miner may see how much is missed there, and never what.
                    report = attrs.evolve(report, errors=())
                    looking.add(looks, report, note or "", dt.date.today())
                text = _formatted(report, format_, colour=colour)
            target.write(text, data=format_ != "table")
    finally:
        for issue in issues:
            reports.report(issue)
        reports.close()
    if reports.failed:
        raise SystemExit(FAILED)


@attrs.frozen
class _Gold:
    """What to evaluate on: files, or a part of the open corpus."""

    files: tuple[Path, ...]
    split: str | None
    language: str | None

    @classmethod
    def named(cls, gold: tuple[Path, ...], split: str | None, language: str | None) -> _Gold:
        """Raises:
        click.UsageError: for a file that is not there, ``seeds`` without a split or beside files, a split without ``seeds``.
        """
        # A folder of this name lies in every checkout of ours; no folder can be gold.
        if SEEDS in map(str, gold) and not Path(SEEDS).is_file():
            if len(gold) > 1 or split is None:
                raise click.UsageError(f"'{SEEDS}' stands alone, with --split train, tune or test")
            return cls((), split, language)
        if split is not None:
            raise click.UsageError(f"--split is a part of the corpus: quoteminer evaluate {SEEDS} --split {split}")
        for path in gold:
            if not path.is_file():
                raise click.UsageError(f"File '{path}' {'is a directory' if path.is_dir() else 'does not exist'}.")
        return cls(gold, None, language)

    def documents(self, issues: list[Issue]) -> list[AnnotatedDocument]:
        """Raises:
        click.ClickException: when there is none.
        """
        from .. import evaluation

        if self.split is not None:
            return evaluation.seeds(self.split, self.language)
        found = list(evaluation.read_annotated(self.files, issues))
        found = [item for item in found if self.language in (None, item.document.language)]
        if not found:
            raise click.ClickException("there is no annotated document to evaluate on")
        return found


def _compared(gold: _Gold, pair: tuple[Path, Path], format_: str, issues: list[Issue], *, colour: bool) -> str:
    """What is better in the second of two files of predictions."""
    # Its libraries load only for this command.
    from .. import evaluation
    from . import scores

    documents = gold.documents(issues)
    a, b = pair
    sides = (evaluation.read_annotated([path], issues) for path in pair)
    found = evaluation.compare(documents, *sides, issues=issues)
    if format_ == "json":
        return scores.differences_as_json(found, str(a), str(b))
    return scores.differences_table(found, str(a), str(b), len(documents), colour=colour)


def _evaluated(gold: _Gold, predictions: Path | None, miner: Miner, by: Sequence[str], issues: list[Issue]) -> Report:
    """The report; everything that is amiss is added to ``issues``."""
    from .. import evaluation

    documents = gold.documents(issues)
    if predictions is not None:
        read = evaluation.read_annotated([predictions], issues)
        report = evaluation.evaluate(documents, read, system=predictions.name, issues=issues, by=by)
    else:
        names = " + ".join(info.name for info in miner.plugins() if info.status == "active")
        report = evaluation.evaluate(documents, miner, system=names, issues=issues, by=by)
    issues[:] = report.issues
    return report


def _formatted(report: Report, format_: str, *, colour: bool) -> str:
    if format_ == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"
    if format_ == "html":
        # Plots cost a second to import.
        from ..evaluation.page import page

        return page(report)
    from . import scores

    return scores.report_table(report, colour=colour)

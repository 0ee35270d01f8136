"""``quoteminer verify``: quotations held against their sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..json_form import dumps
from .console import colour_wanted, new_console, one_line, taken
from .inputs import STDIN, Inputs, refuse_to_destroy
from .options import FAILED, errors, input_options, output_option, plugin_options
from .outputs import opened
from .packs import miner_for
from .watching import Watch

if TYPE_CHECKING:
    from rich.text import Text

    from ..verification import Change, Finding, Verification

_AGAINST: Final = "--against"
_FORMATS: Final = ("table", "json", "html")
_BY_SUFFIX: Final = {".json": "json", ".jsonl": "json", ".ndjson": "json", ".html": "html", ".htm": "html"}
#: A quotation does not stand in its sources.
_DOUBTFUL: Final = 3
_COLOURS: Final = {"verbatim": "green", "paraphrase": "cyan", "too_short": "dim"}
_EXIT_CODES: Final = """
\b
Exit codes:
  0    nothing speaks against any quotation
  1    some input or component failed, or the output could not be written:
       reported on standard error; the rest was done
  2    the command was called wrongly; nothing was done
  3    a quotation does not stand in the sources as it is quoted
  130  ended early by Ctrl-C, SIGTERM or SIGHUP
"""


class _Against(click.Command):
    """A command with an option that takes all that follows until the next one: ``--against a.vtt b/``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each of its values."""
        written: list[str] = []
        inside = False
        for place, one in enumerate(args):
            if one == "--":
                written += args[place:]
                break
            if one.startswith("-") and one != STDIN:
                inside = one == _AGAINST
                if not inside or place + 1 == len(args):
                    written.append(one)
            elif inside:
                written += [_AGAINST, one]
            else:
                written.append(one)
        return super().parse_args(ctx, written)


@click.command(cls=_Against, epilog=_EXIT_CODES)
@input_options
@click.option(
    _AGAINST,
    "sources",
    multiple=True,
    required=True,
    metavar="PATH...",
    help="The sources: files and folders, up to the next option. Each is read as texts are.",
)
@click.option(
    "--index",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep in this file where the words of the sources stand, and use it while they are the same.",
)
@click.option("--shortest", type=click.IntRange(min=1), default=3, show_default=True, help="Fewer words are too short to tell.")
@click.option("--disfluencies", is_flag=True, help="Compare hesitation (“uh”) and words said twice in one breath as well.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="A table for the terminal, JSON Lines with an object a quotation, or a page.  [default: by the suffix of the output, else table]",
)
@output_option
@plugin_options
def verify(
    paths: tuple[str, ...],
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    sources: tuple[str, ...],
    index: Path | None,
    shortest: int,
    disfluencies: bool,
    format_: str | None,
    output: Path | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Hold the quotations of texts against sources: verbatim, altered, spliced, said by another, not found.

    PATH is read as by mine.
    """
    from ..verification import Checker, page

    format_ = format_ or _BY_SUFFIX.get("" if output is None else output.suffix.lower(), "table")
    with errors():
        miner, language = miner_for(language, plugins, block)
        articles = Inputs.given(paths, reader, encoding, text_column, language, miner).apart_from(output)
        against = Inputs.given(sources, None, encoding, text_column, language, miner).apart_from(output)
        for path in (*paths, *sources) if index is not None else ():
            refuse_to_destroy(path, index)
        target = opened(output)
    watch = Watch(target, total=articles.count)
    with target, watch, errors():
        known = list(against.without(target.identities).documents(watch.reports))
        try:
            checker = Checker(known, miner=miner, index=index, shortest=shortest, disfluencies=not disfluencies)
        except OSError as error:
            raise click.ClickException(f"cannot use the index {index}: {error.strerror or error}") from None
        found: list[Verification] = []
        for extraction in watch.results(miner.mine_many(articles.without(target.identities).documents(watch.reports))):
            verification = checker.check(extraction)
            for issue in verification.issues[len(extraction.issues) :]:
                watch.reports.report(issue, f"{issue.document_id}: ")
            found.append(verification)
            if format_ == "json":
                target.write("".join(f"{dumps(one)}\n" for one in verification.to_dicts()), data=True)
            elif format_ == "table":
                target.write(table(verification, colour=target.standard and colour_wanted(terminal=target.terminal)), data=False)
        if format_ == "html":
            target.write(page(found), data=False)
    if watch.reports.failed:
        raise SystemExit(FAILED)
    if not all(verification.good for verification in found):
        raise SystemExit(_DOUBTFUL)


def table(verification: Verification, *, colour: bool) -> str:
    """What became of each quotation of an article, for a terminal."""
    from rich.rule import Rule
    from rich.table import Table

    console = new_console(colour=colour)
    document = verification.extraction.document
    console.print(Rule(one_line(document.title or document.id), style="dim", characters="─"))
    if not verification.findings:
        console.print("no quotations found")
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(min_width=15)
    rows.add_column(ratio=1)
    for finding in verification.findings:
        for number, (left, right) in enumerate(_lines(finding, verification)):
            rows.add_row(left, right, style="" if number == 0 else "dim")
    console.print(rows)
    counts: dict[str, int] = {}
    for finding in verification.findings:
        counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
    console.print(", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in sorted(counts.items())), style="bold")
    console.print()
    return taken(console, colour=colour)


def _lines(finding: Finding, verification: Verification) -> Iterator[tuple[Text, str]]:
    from rich.text import Text

    document = verification.extraction.document
    who = "" if finding.speaker is None else f"{one_line(finding.speaker)}: "
    marks = ("", "") if finding.quote.kind == "indirect" else ("“", "”")
    verdict = finding.verdict.replace("_", " ")
    yield (
        Text(verdict, style=_COLOURS.get(finding.verdict, "red")),
        f"{who}{marks[0]}{one_line(finding.quote.text(document))}{marks[1]}",
    )
    if finding.support is not None and finding.verdict == "paraphrase":
        yield Text(""), finding.support.replace("_", " ")
    for change in finding.changes:
        yield Text(""), _change(change)
    for match in finding.matches:
        source = verification.source(match)
        times = None if source.origin is None else source.origin.times(match.span)
        at = "" if times is None else f", at {int(times[0]) // 60}:{int(times[0]) % 60:02}"
        who = "" if match.speaker is None else f"{one_line(match.speaker)} in "
        where = f"{who}{one_line(source.id)}{at}, {match.span.start}–{match.span.end}"
        yield Text(""), f"{where}: {one_line(source[match.span])}"


def _change(change: Change) -> str:
    if change.words and change.source_words:
        return f"{change.kind}: “{one_line(change.words)}” for “{one_line(change.source_words)}”"
    if change.words:
        return f"{change.kind}: “{one_line(change.words)}” is not in the source"
    return f"{change.kind}: “{one_line(change.source_words)}” of the source is missing"

"""``quoteminer view``: what was found, as a page to look at and to send to others."""

from __future__ import annotations

import contextlib
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import click

from ..extraction import Extraction
from ..formats.jsonl import OWN_BEGINNING
from ..mining.miner import Miner
from ..vocabulary import Scope
from .console import say
from .converting import is_archive, read_results
from .inputs import Inputs, refuse_to_destroy
from .options import EXIT_CODES, FAILED, confidence_option, errors, input_options, people_option, plugin_options, scope_option
from .outputs import opened
from .packs import miner_for
from .watching import Watch


@click.command(epilog=EXIT_CODES)
@input_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page to this file, - is standard output.  [default: a temporary file that is opened in the browser]",
)
@click.option("--title", help="Title of the page.  [default: that of the document, or how many there are]")
@scope_option
@confidence_option
@people_option
@plugin_options
def view(
    paths: tuple[str, ...],
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    output: Path | None,
    title: str | None,
    scope: Scope | None,
    min_confidence: float,
    people: tuple[Path, ...],
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Make a page that shows who said what.

    PATH is a file that mine has written as JSON Lines, which is shown as it is, or a text or a folder of texts, which is mined first. The page needs
    nothing but a browser.
    """
    from ..pictures import page

    results = tuple(path for path in paths if _is_result(path))
    texts = tuple(path for path in paths if path not in results)
    to_stdout = output is not None and str(output) == "-"
    with errors():
        miner, language = miner_for(language, plugins, block, people, scope=scope, min_confidence=min_confidence)
        inputs = None
        if texts or not paths:
            inputs = Inputs.given(texts, reader, encoding, text_column, language, miner)
        if output is not None and not to_stdout:
            for path in paths:
                refuse_to_destroy(path, output)
            inputs = inputs and inputs.apart_from(output)
        shown = None
        if output is None:
            with tempfile.NamedTemporaryFile(suffix=".html", prefix="quoteminer-", delete=False) as file:
                shown = Path(file.name)
        target = opened(None if to_stdout else shown or output)
    watch = Watch(target, total=lambda: None if inputs is None else inputs.count())
    with target, watch, errors():
        made = page(watch.results(_extractions(results, inputs, miner, watch)), title=title)
        target.write(made, data=False)
    if shown is not None:
        say(f"info: the page is {shown}")
        webbrowser.open(shown.as_uri())
    if watch.reports.failed:
        raise SystemExit(FAILED)


def _is_result(path: str) -> bool:
    """Whether a file holds results: lines in our JSON form, or an archive."""
    if is_archive(Path(path)):
        return True
    with contextlib.suppress(OSError):
        if Path(path).is_file():
            with Path(path).open("rb") as stream:
                return stream.read(len(OWN_BEGINNING)) == OWN_BEGINNING
    return False


def _extractions(results: tuple[str, ...], inputs: Inputs | None, miner: Miner, watch: Watch) -> Iterator[Extraction]:
    yield from read_results(tuple(map(Path, results)), None, watch.reports)
    if inputs is not None:
        yield from miner.mine_many(inputs.documents(watch.reports))

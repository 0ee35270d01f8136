"""``quoteminer explain``: why quotations were found and others not, as the extractors themselves tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from ..annotations import Issue
from ..document import Document, with_old_scope
from ..errors import CONTAINED, describe, shown
from ..extraction import Extraction
from ..languages import reads
from ..mining.readable import readable
from ..plugins.offers import offer
from ..vocabulary import Scope
from .console import one_line, printable
from .inputs import Inputs
from .options import EXIT_CODES, FAILED, errors, input_options, plugin_options, scope_option
from .outputs import opened
from .packs import miner_for
from .reports import Reports
from .watching import Watch


@click.command(epilog=EXIT_CODES)
@input_options
@scope_option
@plugin_options
def explain(
    paths: tuple[str, ...],
    reader: str | None,
    encoding: str,
    text_column: str | None,
    language: str,
    scope: Scope | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Tell why each quotation was found, and what was considered and left out.

    PATH is read as by mine, with the same plugins and scope. What is said comes from the extractors that can explain themselves, such as the
    bundled rules.
    """
    with errors():
        miner, language = miner_for(language, plugins, block, scope=scope)
        inputs = Inputs.given(paths, reader, encoding, text_column, language, miner).apart_from(None)
        extractors = [one for one in miner.components("quoteminer_quote_extractors") if callable(getattr(one, "explain", None))]
        if not extractors:
            active = ", ".join(info.name for info in miner.plugins() if info.status == "active") or "there is none"
            raise click.ClickException(f"no quote extractor of the plugins in use ({active}) explains what it finds")
        target = opened(None)
    watch = Watch(target, total=inputs.count)
    with target, watch, errors():
        # Mining says of each document what mine would say of it.
        mined = watch.results(miner.mine_many(inputs.documents(watch.reports)))
        for text in _pages(
            (extraction.document, _explanation(extraction, extractors, scope or "speech", watch.reports)) for extraction in mined
        ):
            target.write(printable(text), data=False)
    if watch.reports.failed:
        raise SystemExit(FAILED)


def _explanation(extraction: Extraction, extractors: Sequence[Any], scope: Scope, reports: Reports) -> str:
    """What the extractors that read a document say of it, each under its name where there are several."""
    document = readable(extraction.document)
    said: list[tuple[str, str]] = []
    for extractor in extractors:
        if not reads(getattr(extractor, "languages", None), document.language):
            continue
        try:
            given = offer(extractor.explain, {"scope": scope})
            text = extractor.explain(document if given else with_old_scope(document, scope), **given)
            if not isinstance(text, str):
                raise TypeError(f"explain gave {shown(text)}, which is no str")
        except CONTAINED as error:
            message = f"{document.id}: {extractor.name}: cannot explain: {describe(error)}"
            reports.report(Issue(extractor.name, document.id, message, "error"))
        else:
            said.append((extractor.name, str.__str__(text).strip("\n")))
    parts = [f"{name}:\n{text}" if len(said) > 1 else text for name, text in said if text.strip()]
    return "\n\n".join(parts or ["no quotations found"] * bool(said))


def _pages(explained: Iterable[tuple[Document, str]]) -> Iterator[str]:
    """The explanations as they are printed: under the ids of their documents, if there is more than one."""
    waiting: tuple[Document, str] | None = None
    several = False
    for document, text in explained:
        if waiting is not None:
            several = True
            yield _page(*waiting)
        waiting = document, text
    if waiting is not None:
        yield _page(*waiting) if several else f"{waiting[1]}\n" * bool(waiting[1])


def _page(document: Document, text: str) -> str:
    heading = one_line(document.id)
    return f"{heading}\n{'=' * len(heading)}\n{text}\n\n"

"""``quoteminer check-language DIR``: whether the folder of a language can be read, and whether each of its examples is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from .language.problems import PackError
from .language.tables import entries
from .marked import Example, unmarked
from .reports.grammar import Grammar
from .reports.layouts import known_layouts
from .reports.selection import Report


@click.command("check-language")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check_language(folder: Path) -> None:
    """Check the folder of a language: the form of its files, and every example in them.

    Ends with 1 when a file cannot be read or an example is not found as it is marked.
    """
    try:
        grammar = Grammar(folder)
        problems = list(_problems(folder, grammar))
    except (PackError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from None
    for problem in problems:
        click.echo(problem)
    pack = grammar.pack
    verbs = {reading.lemma for readings in pack.verbs.values() for reading in readings}
    click.echo(
        f"{pack.language}: {len(pack.listed):,} words, {len(verbs):,} verbs in "
        f"{len(pack.verbs):,} forms, {len(grammar.judge().constructions):,} constructions, {sum(1 for _ in _examples(folder, grammar)):,} examples, "
        f"{len(problems):,} problems"
    )
    if problems:
        raise SystemExit(1)


def _problems(folder: Path, grammar: Grammar) -> Iterator[str]:
    for where, marked, construction in _examples(folder, grammar):
        try:
            example = unmarked(marked)
        except ValueError as error:
            yield f"{where}: {error}"
            continue
        if not example.content:
            found = grammar.find(example.text, scope="speech")
            if found:
                yield f"{where}: nothing is said here: {marked}\n" + "".join(
                    f"    found {_shown(one, example.text)}\n" for one in found
                )
            continue
        found = grammar.find(example.text)
        fitting = [report for report in found if _is(report, example)]
        if not fitting:
            yield f"{where}: not found as it is marked: {marked}\n" + "".join(
                f"    found {_shown(one, example.text)}\n" for one in found
            )
        elif construction is not None and all(construction not in (report.construction, report.layout) for report in fitting):
            yield f"{where}: found by {fitting[0].construction!r} instead: {marked}"


def _examples(folder: Path, grammar: Grammar) -> Iterator[tuple[str, str, str | None]]:
    """Each example of a pack with where it stands, and the id of the construction or layout that should find it."""
    for construction in grammar.judge().constructions:
        for marked in construction.examples:
            yield f"{folder / 'constructions.toml'}: {construction.name}", marked, construction.name
    for name, layout in known_layouts(folder).items():
        yield f"{folder / 'layouts.toml'}: {name}", layout.example, name
    file = folder / "examples.txt"
    if file.exists():
        for row in entries(file):
            yield f"{file}:{row.line}", row.columns[0], None


def _is(report: Report, example: Example) -> bool:
    return (
        report.content == example.content
        and report.cue == example.cue
        and ((report.source,) if report.source is not None else ()) == example.source
    )


def _shown(report: Report, text: str) -> str:
    def words(parts: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[start:end] for start, end in parts)

    source = "nobody" if report.source is None else words((report.source,))
    return f"[{words(report.content)}] <{words(report.cue)}> {{{source}}} by {report.construction}"

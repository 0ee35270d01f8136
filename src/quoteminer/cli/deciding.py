"""``quoteminer decide`` and ``forget``: what people want of an archive, against what was found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

import attrs
import click

from ..annotations import Issue
from ..archive import Archive, Decision
from ..errors import QuoteminerError
from .converting import NAMES, read_results
from .options import FAILED, errors
from .outputs import opened
from .reports import Reports
from .tables import archive_argument, table_options, write_table

#: How the numbers of decisions about people begin.
_PEOPLE: Final = "p"
_COLUMNS: Final = tuple(field.name for field in attrs.fields(Decision))


@click.command()
@archive_argument
@click.option("--accept", nargs=2, multiple=True, metavar="DOCUMENT ID", help="This quotation or claim is right (repeatable).")
@click.option("--reject", nargs=2, multiple=True, metavar="DOCUMENT ID", help="This quotation or claim is none (repeatable).")
@click.option(
    "--speaker",
    nargs=3,
    multiple=True,
    metavar="DOCUMENT ID NAME",
    help="This person says this quotation, or makes this claim (repeatable).",
)
@click.option("--same", nargs=2, multiple=True, metavar="PERSON PERSON", help="These two are one person (repeatable).")
@click.option(
    "--apart",
    nargs=2,
    multiple=True,
    metavar="PERSON DOCUMENT",
    help="Whom this document names is another of the same name (repeatable).",
)
@click.option(
    "--annotations",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take what somebody annotated for decisions: all that the file does not hold of a document is rejected (repeatable).",
)
@click.option(
    "--from",
    "source",
    type=click.Choice(NAMES),
    help="The format of --annotations, as for convert.  [default: jsonl, or by the suffix]",
)
@click.option(
    "--undo", multiple=True, metavar="NUMBER", help="Take this decision back, by the number that the list shows (repeatable)."
)
@click.option("--note", help="Why; it is kept beside the decision.")
@table_options
def decide(
    archive: Path,
    accept: tuple[tuple[str, str], ...],
    reject: tuple[tuple[str, str], ...],
    speaker: tuple[tuple[str, str, str], ...],
    same: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    annotations: tuple[Path, ...],
    source: str | None,
    undo: tuple[str, ...],
    note: str | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Accept, reject or edit what an archive holds; without an option list the decisions.

    Decisions survive whatever is mined anew. DOCUMENT and ID are those that search shows, PERSON that of people.
    """
    reports = Reports()
    with errors(), Archive(archive, create=False) as target:
        for verdict, pairs in (("accepted", accept), ("rejected", reject)):
            for document, identifier in pairs:
                target.decide(document, identifier, "accepted" if verdict == "accepted" else "rejected", note=note)
        for document, identifier, name in speaker:
            field = "claimant" if identifier in {claim.id for claim in target[document].claims} else "speaker"
            changes: dict[str, Any] = {field: name}
            target.decide(document, identifier, "edited", note=note, **changes)
        for person, other in same:
            target.same(person, other, note=note)
        for person, document in apart:
            target.apart(person, [document], note=note)
        for number in undo:
            _undo(target, number)
        if annotations:
            _learn(target, annotations, source, note, reports)
        if not any((accept, reject, speaker, same, apart, annotations, undo)):
            rows = [{**attrs.asdict(one), "number": str(one.number)} for one in target.decisions()]
            rows += [
                {
                    **dict.fromkeys(_COLUMNS),
                    "number": f"{_PEOPLE}{one.number}",
                    "verdict": one.verdict,
                    "kind": "person",
                    "document": one.left,
                }
                | {"words": one.right, "note": one.note, "made": one.made}
                for one in target.people_decisions()
            ]
            write_table(rows, format_, output, columns=_COLUMNS, shown=("number", "verdict", "kind", "document", "note", "words"))
    reports.close()
    if reports.failed:
        raise SystemExit(FAILED)


def _undo(archive: Archive, number: str) -> None:
    """Take a decision back; those about people have numbers of their own."""
    about_people = number.startswith(_PEOPLE)
    try:
        plain = int(number.removeprefix(_PEOPLE))
    except ValueError:
        raise click.UsageError(f"--undo: {number!r} is no number of a decision; decide without an option lists them") from None
    if about_people:
        archive.undo_people(plain)
    else:
        archive.undo(plain)


def _learn(archive: Archive, paths: tuple[Path, ...], source: str | None, note: str | None, reports: Reports) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for extraction in read_results(paths, source, reports):
        try:
            counts.update(archive.learn(extraction, note=note))
            documents += 1
        except QuoteminerError as error:
            reports.unread(Issue("annotations", extraction.document.id, str(error), "error"))
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items() if count)
    with opened(None) as target:
        target.write(f"{documents:,} document{'s' * (documents != 1)}: {told or 'nothing to decide'}\n", data=False)


@click.command()
@archive_argument
@click.option(
    "--person", metavar="ID", help="Remove this person: what they said and claim, and their names and words in the texts."
)
@click.option("--document", "documents", multiple=True, metavar="ID", help="Remove this document (repeatable).")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(archive: Path, person: str | None, documents: tuple[str, ...], yes: bool) -> None:
    """Take a person or documents out of an archive for good, also out of its index and free pages.

    What was forgotten is not collected again. Other copies of the archive and the files that it was collected from stay as they are.
    """
    if (person is None) == (not documents):
        raise click.UsageError("forget needs either --person or --document")
    with errors(), Archive(archive, create=False) as target:
        if not yes:
            click.confirm(f"forget {person or ', '.join(documents)} in {archive}? This cannot be undone", abort=True, err=True)
        done = target.forget(person=person, documents=documents)
    lines = [
        f"forgotten: {done.quotes:,} quotation{'s' * (done.quotes != 1)} in {len(done.documents):,} document{'s' * (len(done.documents) != 1)}"
    ]
    lines += [f"the id {one!r} itself holds the name and stays" for one in done.left]
    with opened(None) as shown:
        shown.write("\n".join(lines) + "\n", data=False)

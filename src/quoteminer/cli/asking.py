"""``quoteminer voices``, ``people`` and ``utterances``: what an archive knows across its documents."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
import click

from ..archive import Appearance, Archive, Checked, Person, Utterance, Voice, read_figures, read_reviews
from ..errors import FormatError
from .options import errors
from .tables import archive_argument, dates, table_options, write_table

_VOICES: Final = tuple(field.name for field in attrs.fields(Voice))
_PEOPLE: Final = tuple(field.name for field in attrs.fields(Person))
_APPEARANCES: Final = tuple(field.name for field in attrs.fields(Appearance))
#: The columns of a review beside those of the claim.
_REVIEW: Final = {
    "claim": "reviewed_claim", "rating": "rating", "reviewer": "reviewer", "url": "review_url", "date": "review_date", "language": "review_language",
}  # fmt: skip
_CHECKED: Final = (*(field.name for field in attrs.fields(Checked) if field.name != "review"), *_REVIEW.values())
_UTTERANCES: Final = tuple(field.name for field in attrs.fields(Utterance))


@click.command()
@archive_argument
@click.option(
    "--by",
    default="person",
    show_default=True,
    metavar="WHAT",
    help="Whose shares: person, kind, role, source (the outlet), or an attribute that a list of people sets, such as party.",
)
@click.option("--of", "unit", type=click.Choice(["words", "quotes"]), default="words", show_default=True, help="Shares of what.")
@click.option(
    "--measured",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How well quotations are found, as evaluate --format json writes it.  [default: what is known of the bundled rules]",
)
@click.option("--source", metavar="NAME", help="Only from this outlet.")
@dates
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="At most so many.")
@table_options
def voices(
    archive: Path,
    by: str,
    unit: str,
    measured: Path | None,
    source: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    format_: str | None,
    output: Path | None,
) -> None:
    """Show whose voices are heard in an archive: shares with intervals, corrected by how well each kind of quotation is found."""
    with errors(), Archive(archive, create=False) as opened:
        figures = None if measured is None else read_figures(_text(measured), str(measured))
        found = opened.voices(
            by=by, of="words" if unit == "words" else "quotes", since=since, until=until, source=source, figures=figures
        )
        # What belongs to nobody is shown however long the list is.
        named = [voice for voice in found if voice.id is not None][:limit]
        rows = [attrs.asdict(voice) for voice in (*named, *(voice for voice in found if voice.id is None))]
        for row in rows:
            row["interval"] = None if row["low"] is None else f"{row['low']:.1%} to {row['high']:.1%}"
            row["percent"] = f"{row['share']:.1%}"
        write_table(rows, format_, output, columns=_VOICES, shown=("name", "quotes", "words", "documents", "percent", "interval"))


@click.command()
@archive_argument
@click.argument("name", nargs=-1)
@click.option("--why", "person", metavar="ID", help="Show where this person is named, and why it is this person.")
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="At most so many.")
@table_options
def people(
    archive: Path, name: tuple[str, ...], person: str | None, limit: int, format_: str | None, output: Path | None
) -> None:
    """List who is somebody across the documents of an archive, those who are quoted most first; with NAME only those whom a document calls so."""
    with errors(), Archive(archive, create=False) as opened:
        if person is not None:
            rows = [attrs.asdict(one) for one in opened.appearances(person)]
            shown = ("date", "document", "name", "role", "certainty", "reason")
            write_table(rows, format_, output, columns=_APPEARANCES, shown=shown)
            return
        found = [attrs.asdict(one) for one in opened.people(" ".join(name) or None, limit=limit)]
        for row in found:
            row["forms"] = "; ".join(row["forms"])
            row["identifiers"] = "; ".join(f"{scheme}:{value}" for scheme, value in row["identifiers"].items())
        write_table(found, format_, output, columns=_PEOPLE, shown=("id", "role", "documents", "quotes", "words", "forms"))


@click.command()
@archive_argument
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only of somebody of this name.")
@dates
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help="In at least so many documents.")
@click.option("--tellings", "utterance", type=int, metavar="ID", help="Show every quotation of this utterance, the oldest first.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@table_options
def utterances(
    archive: Path,
    words: tuple[str, ...],
    speaker: str | None,
    since: str | None,
    until: str | None,
    least: int,
    utterance: int | None,
    limit: int,
    format_: str | None,
    output: Path | None,
) -> None:
    """Show which words were quoted again: first where and when, in how many outlets, in which forms."""
    with errors(), Archive(archive, create=False) as opened:
        if utterance is not None:
            rows = [attrs.asdict(hit) for hit in opened.search(utterance=utterance, limit=None)]
            columns = ("date", "source", "document", "speaker", "kind", "text")
            write_table(rows, format_, output, columns=columns, shown=columns)
            return
        found = opened.utterances(asked(words), speaker=speaker, since=since, until=until, least=least, limit=limit)
        rows = [{**attrs.asdict(one), "id": str(one.id), "where": one.first_source or one.first_document} for one in found]
        shown = ("id", "first", "where", "documents", "outlets", "forms", "speaker", "text")
        write_table(rows, format_, output, columns=_UTTERANCES, shown=shown)


@click.command()
@archive_argument
@click.argument("reviews", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@table_options
def checked(archive: Path, reviews: tuple[Path, ...], format_: str | None, output: Path | None) -> None:
    """Show the claims of an archive that others have checked: REVIEWS are files of schema.org ClaimReview (JSON, JSON-LD or JSON Lines)."""
    with errors(), Archive(archive, create=False) as opened:
        known = [review for path in reviews for review in read_reviews(_text(path), str(path))]
        rows = [
            {**attrs.asdict(one, recurse=False), **{_REVIEW[name]: value for name, value in attrs.asdict(one.review).items()}}
            for one in opened.checked(known)
        ]
        write_table(
            rows, format_, output, columns=_CHECKED, shown=("date", "document", "claimant", "rating", "reviewer", "sentence")
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"is not UTF-8: {error}", str(path)) from None


def asked(words: tuple[str, ...]) -> str | None:
    """Words as they were typed; those that the shell held together stand side by side."""
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words) or None

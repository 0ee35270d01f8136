"""Articles that share people, and who is whom in them: read, and their form checked.

A line of ``seeds/people/PART-*.articles.jsonl`` is ``{"id", "date", "source", "text", "speakers": [{"person", "names"}]}``; ``names`` are what the article
calls somebody who speaks in it. ``PART-*.people.jsonl`` beside it has ``{"person", "name", "kind", "note", "near", "why"}``: with whom somebody
could be confused, and why; several reasons are parted by ``|``.

``python -m seeds.tools.people`` names what is wrong in them, by id only, so that nobody reads the part for testing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

FOLDER: Final = Path(__file__).resolve().parents[1] / "people"
PARTS: Final = ("train", "test")
#: Why two are taken for one.
#: What writers call a kind of speaker that has another name in the library.
_KINDS: Final = {"organization": "organisation"}
WHYS: Final = ("namesake", "family", "firm", "role", "organisation")


@attrs.frozen
class Said:
    """Somebody who speaks in an article: who it is, and what the article calls them, the longest name first."""

    person: str
    names: tuple[str, ...]


@attrs.frozen
class Article:
    """An article and who speaks in it."""

    id: str
    date: str
    source: str
    text: str
    speakers: tuple[Said, ...]


@attrs.frozen
class People:
    """Articles, of what kind those are who speak in them, and who could be confused: pairs of people with the first reason."""

    articles: tuple[Article, ...]
    kinds: dict[str, str]
    near: dict[frozenset[str], str]


def files(part: str) -> list[Path]:
    """The files of articles of a part, ``train`` or ``test``."""
    return sorted(FOLDER.glob(f"{part}-*.articles.jsonl"))


def read(path: Path) -> People:
    """The articles of a file with the people of that beside it.

    Raises:
        ValueError: when something in them is wrong; the message says where.
    """
    for fault in faults(path):
        raise ValueError(f"{path.name}: {fault}")
    articles = tuple(
        Article(
            one["id"],
            one["date"],
            one["source"],
            one["text"],
            tuple(Said(said["person"], tuple(said["names"])) for said in one["speakers"]),
        )
        for one in _records(path)
    )
    near = {
        frozenset([person["person"], other]): person.get("near_why", {}).get(other, person["why"]).partition("|")[0]
        for person in _records(_beside(path))
        for other in person.get("near", ())
    }
    kinds = {person["person"]: _KINDS.get(person["kind"], person["kind"]) for person in _records(_beside(path))}
    return People(articles, kinds, near)


def faults(path: Path) -> Iterator[str]:
    """What is wrong in the form of a file of articles and of that of people; no words of them are told."""
    people = list(_records(_beside(path)))
    known = {person["person"] for person in people}
    if len(known) < len(people):
        yield "people: two have one id"
    for person in people:
        near = person.get("near", [])
        if not set(near) <= known - {person["person"]}:
            yield f"{person['person']}: near: there is no such other person"
        told = [person.get("why") or "", *person.get("near_why", {}).values()]
        if near and not {why for one in told for why in one.split("|")} <= {*WHYS, ""}:
            yield f"{person['person']}: why: is none of {', '.join(WHYS)}"
    seen: set[str] = set()
    for article in _records(path):
        if article["id"] in seen:
            yield f"{article['id']}: two have one id"
        seen.add(article["id"])
        yield from (f"{article['id']}: {fault}" for fault in _faults_of(article["speakers"], article["text"], known))


def _faults_of(speakers: Sequence[dict[str, Any]], text: str, known: set[str]) -> Iterator[str]:
    if len({said["person"] for said in speakers}) < len(speakers):
        yield "speakers: one stands twice"
    for number, said in enumerate(speakers):
        if said["person"] not in known:
            yield f"speakers[{number}]: there is no such person"
        if not said["names"]:
            yield f"speakers[{number}]: has no name"
        for place, name in enumerate(said["names"]):
            if name not in text:
                yield f"speakers[{number}].names[{place}]: does not stand in the text"


def _beside(path: Path) -> Path:
    return path.with_name(path.name.replace(".articles.", ".people."))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def main() -> int:
    """Name what is wrong in the files given, or in all."""
    paths = [Path(name) for name in sys.argv[1:]] or [path for part in PARTS for path in files(part)]
    count = 0
    for path in paths:
        for fault in faults(path):
            count += 1
            print(f"{path.name}: {fault}")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())

"""Who is whom across articles, against what is known of those who speak in them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from quoteminer import Document, Extraction, Miner, Span, Speaker
from quoteminer.archive import Archive
from quoteminer.archive.folding import form_words, name_form
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer
from quoteminer.evaluation.bootstrap import LEVEL, weights

if TYPE_CHECKING:
    from seeds.tools.people import Article, People, Said

_NEVER: Final = "none of these"


@attrs.frozen
class Heard:
    """Somebody who speaks in an article.

    Attributes:
        person: who it is.
        found: whether the miner finds them as a speaker.
        joined: who the archive says it is; ``None`` when nobody.
        why: why it says so.
    """

    article: str
    person: str
    name: str
    found: bool
    joined: str | None
    why: str | None


def heard(people: People, miner: Miner, *, mined: bool) -> list[Heard]:
    """All who speak, as an archive of the articles has them: those that the miner finds, or those that are annotated, with the roles that it finds."""
    with Archive(":memory:") as archive:
        if mined:
            archive.collect(_documents(people), miner=miner)
        else:
            _put(archive, people, miner)
            archive._link()
        return [one for article in people.articles for one in _of(article, archive._connection)]


def _documents(people: People) -> list[Document]:
    return [Document(one.text, id=one.id, metadata={"date": one.date, "source": one.source}) for one in people.articles]


def _put(archive: Archive, people: People, miner: Miner) -> None:
    """Store the articles with those who are annotated."""
    with writing(archive._connection):
        archive._connection.execute("INSERT INTO manifests VALUES (1, '', '{}')")
        writer = Writer(archive._connection)
        for article, extraction in zip(people.articles, miner.mine_many(_documents(people)), strict=True):
            writer.put(annotated(article, extraction, people), 1)


def annotated(article: Article, mined: Extraction, people: People) -> Extraction:
    """The article with those who are annotated as its speakers: by their fullest name, and with the role that the miner finds."""
    document = mined.document
    speakers: list[Speaker] = []
    for number, said in enumerate(article.speakers):
        mentions = [
            Span(match.start(), match.end())
            for name in said.names
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document.text)
        ]
        found = [one for one in mined.speakers if _likeness(said, one.name, [document[span] for span in one.mentions])]
        best = max(found, key=lambda one: _likeness(said, one.name, [document[span] for span in one.mentions]), default=None)
        named = best is not None and name_form(best.name, "person", None) is not None and _likeness(said, best.name, ())
        own = best.name if best is not None and named else said.names[0]
        speakers.append(
            Speaker(
                f"s{number}",
                own,
                role=None if best is None else best.role,
                kind=people.kinds[said.person],
                mentions=sorted(set(mentions)),
            )
        )
    return Extraction(document, (), speakers)


def _of(article: Article, connection: sqlite3.Connection) -> Iterator[Heard]:
    rows = connection.execute(
        """SELECT s.number, s.name, s.person, s.reason, (SELECT group_concat(text, char(10)) FROM mentions WHERE speaker = s.number) AS mentions
        FROM speakers AS s JOIN documents AS d ON d.number = s.document WHERE d.id = ? ORDER BY s.number""",
        (article.id,),
    ).fetchall()
    for said in article.speakers:
        best = max(rows, key=lambda row: _likeness(said, row["name"], (row["mentions"] or "").splitlines()), default=None)
        if best is None or not _likeness(said, best["name"], (best["mentions"] or "").splitlines()):
            yield Heard(article.id, said.person, said.names[0], False, None, None)
        else:
            yield Heard(article.id, said.person, said.names[0], True, best["person"], best["reason"])


def _likeness(said: Said, name: str, mentions: Sequence[str]) -> int:
    """How much a speaker that was found is the one who is meant: by its name first, then by how many mentions are names of theirs."""
    called = {" ".join(form_words(one)) for one in said.names}
    own = " ".join(form_words(name))
    by_name = 1000 if own in called else 500 if any(own.endswith(f" {one}") or one.endswith(f" {own}") for one in called) else 0
    return by_name + sum(" ".join(form_words(one)) in called for one in mentions)


def report(people: People, everybody: Sequence[Heard]) -> Iterator[str]:
    """Precision and recall of pairs of speakers in different articles, and what goes wrong, by kind."""
    found = [one for one in everybody if one.found]
    yield f"{len(people.articles)} articles, {len(everybody)} speakers, {len(found)} of them found by the miner"
    wrong: Counter[str] = Counter()
    near: Counter[str] = Counter()
    per_article: dict[str, list[int]] = {one.id: [0, 0, 0, 0] for one in people.articles}
    for one, two in combinations(everybody, 2):
        if one.article == two.article:
            continue
        same = one.person == two.person
        joined = one.joined is not None and one.joined == two.joined
        near[people.near.get(frozenset([one.person, two.person]), _NEVER)] += not same
        wrong[people.near.get(frozenset([one.person, two.person]), _NEVER)] += joined and not same
        for place, counts in enumerate((joined and same, joined, same, same and one.found and two.found)):
            per_article[one.article][place] += counts
    table = np.array(list(per_article.values()), dtype=float)
    for name, top, below in (("precision", 0, 1), ("recall", 0, 2), ("recall, of pairs whose both were found", 0, 3)):
        yield f"{name}: {_share(table[:, top], table[:, below])}"
    yield "wrongly joined: " + ", ".join(f"{why} {count} of {near[why]} pairs" for why, count in sorted(wrong.items()))


def _share(right: np.ndarray, total: np.ndarray) -> str:
    drawn = weights(len(right))
    low, high = np.percentile((drawn @ right) / np.maximum(drawn @ total, 1), LEVEL)
    return f"{right.sum() / max(total.sum(), 1):.3f} ({low:.3f} to {high:.3f}), {right.sum():.0f} of {total.sum():.0f}"

"""Whose voices are heard, as shares of the quoted words of an archive, with intervals.

What is counted is corrected by what is known of the search: where it finds 79 of 100 indirect quotations and 92 of 100 finds are right, a find stands for
1.16 quotations. The intervals hold how much documents differ (the linearised variance of a ratio, documents taken as clusters: Cochran 1977,
"Sampling Techniques", section 6) and how well precision and recall are known. They do not hold what went wrong in telling who speaks.
"""

from __future__ import annotations

import importlib.resources
import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import attrs

from ..errors import ConfigurationError, FormatError
from ..languages import primary
from .searching import date_conditions

By = Literal["person", "kind", "source", "role"]
BYS: Final = ("person", "kind", "source", "role")
Unit = Literal["words", "quotes"]

#: Whose quotations the figures of ``measured.tsv`` are about.
_RULES: Final = "rules."
#: So many standard errors on either side hold 95 of 100.
_WIDTH: Final = 1.96


@attrs.frozen
class Measured:
    """How well quotations of one kind in one language are found.

    Attributes:
        found, right: how many were found, and how many of these are right.
        gold, recalled: how many there are, and how many of these were found.
    """

    found: float
    right: float
    gold: float
    recalled: float

    @property
    def weight(self) -> float:
        """How many quotations one find stands for: precision by recall."""
        return (self.right / self.found) / (self.recalled / self.gold)

    @property
    def variance(self) -> float:
        """The relative variance of the weight."""
        return (1 - self.right / self.found) / self.right + (1 - self.recalled / self.gold) / self.recalled


#: Stands for every language that has no figures of its own.
ANY: Final = "*"
Figures = Mapping[tuple[str, str], Measured]
"""By language and kind of quotation."""


@attrs.frozen
class Voice:
    """What is heard of somebody.

    Attributes:
        id: of the person, or the name of the group; ``None`` for what belongs to nobody who is named.
        name: to show.
        quotes, words, documents: as counted.
        share: of all quoted words (or quotations), corrected.
        low, high: the interval that holds the share with 95 of 100; ``None`` where there are too few documents.
    """

    id: str | None
    name: str
    quotes: int
    words: int
    documents: int
    share: float
    low: float | None
    high: float | None


@attrs.define(eq=False)
class _Sums:
    quotes: int = 0
    words: int = 0
    documents: int = 0
    total: float = 0.0
    squares: float = 0.0
    products: float = 0.0
    by_figure: defaultdict[tuple[str, str], float] = attrs.field(factory=lambda: defaultdict(float))

    def add(self, here: float, document: float) -> None:
        """Count what one document gives, and all of it there."""
        self.documents += 1
        self.total += here
        self.squares += here * here
        self.products += here * document


def own_figures() -> Figures:
    """What is known of the bundled rules."""
    text = (importlib.resources.files("quoteminer") / "data" / "measured.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            language, kind, *counts = line.split("\t")
            found[language, kind] = Measured(*map(float, counts))
    return found


def read_figures(text: str, name: str) -> Figures:
    """The figures of a report of ``quoteminer evaluate --format json``, by language and kind; those of all documents count for other languages.

    Raises:
        FormatError: when it is none, or tells nothing of kinds.
    """
    try:
        found = {}
        for part in json.loads(text)["slices"]:
            for metric, score in part["metrics"].items():
                measure, _, kind = metric.partition(":")
                if part["by"] in ("language", "all") and measure == "overlap" and kind in ("direct", "indirect", "mixed"):
                    language = primary(part["name"]) if part["by"] == "language" else ANY
                    counts = [float(score[count]) for count in ("found", "right", "gold", "recalled")]
                    if all(count > 0 for count in counts):
                        found[language, kind] = Measured(*counts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"is no report of evaluate --format json: {error}", name) from None
    if not found:
        raise FormatError("holds no figures by kind of quotation", name)
    return found


_GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "person": (
        "s.person",
        "coalesce(p.name, CASE WHEN s.number IS NULL THEN '(nobody known)' ELSE '(described, not named)' END)",
    ),
    "kind": ("s.kind", "coalesce(s.kind, '(nobody known)')"),
    "role": ("coalesce(s.role, p.role)", "coalesce(s.role, p.role, '(no role)')"),
    "source": ("d.source", "coalesce(d.source, '(no outlet)')"),
}


def voices(
    connection: sqlite3.Connection,
    *,
    by: str,
    of: str,
    since: str | None,
    until: str | None,
    source: str | None,
    figures: Figures | None,
) -> list[Voice]:
    """As :meth:`quoteminer.archive.Archive.voices`."""
    if of not in ("words", "quotes"):
        raise ConfigurationError(f"of: {of!r} is not words or quotes", "of", of)
    group, name, values = _grouping(by)
    conditions, more = date_conditions(since, until, source)
    found = connection.execute(
        f"""SELECT q.document, {group} AS id, {name} AS name, d.language, q.kind, q.extractor LIKE '%{_RULES}%' AS rules, count(*) AS quotes,
        sum(q.words) AS words FROM quotes AS q JOIN documents AS d ON d.number = q.document LEFT JOIN speakers AS s ON s.number = q.speaker
        LEFT JOIN people AS p ON p.id = s.person WHERE q.status IS NOT 'rejected' {"".join(f" AND {one}" for one in conditions)}
        GROUP BY q.document, 2, 3, d.language, q.kind, rules ORDER BY q.document""",
        (*values, *more),
    )
    known = own_figures() if figures is None else figures
    sums: dict[tuple[str | None, str], _Sums] = {}
    everything = _Sums()
    for rows in _by_document(found):
        here: defaultdict[tuple[str | None, str], float] = defaultdict(float)
        for row in rows:
            key = (row["id"], row["name"])
            figure = (primary(row["language"]), row["kind"])
            if figure not in known:
                figure = (ANY, row["kind"])
            measured = known.get(figure) if row["rules"] or figures is not None else None
            amount = float(row[of]) * (measured.weight if measured is not None else 1.0)
            here[key] += amount
            for one in (sums.setdefault(key, _Sums()), everything):
                one.quotes += row["quotes"]
                one.words += row["words"]
                if measured is not None:
                    one.by_figure[figure] += amount
        document = sum(here.values())
        everything.add(document, document)
        for key, amount in here.items():
            sums[key].add(amount, document)
    return sorted(
        (_voice(*key, own, everything, known) for key, own in sums.items()),
        key=lambda voice: (voice.id is None, -voice.share, voice.name, voice.id or ""),
    )


def _grouping(by: str) -> tuple[str, str, list[Any]]:
    """Expressions for the group of a quotation and its name; what is none of ours is an attribute that a linker sets."""
    if by in _GROUPS:
        return (*_GROUPS[by], [])
    if not by or '"' in by:
        raise ConfigurationError(f"by: {by!r} is not one of {', '.join(BYS)} and no attribute", "by", by)
    path = f'$."{by}"'
    return "json_extract(s.attributes, ?)", "coalesce(json_extract(s.attributes, ?), '(not said)')", [path, path]


def _by_document(found: Iterable[sqlite3.Row]) -> Iterable[list[sqlite3.Row]]:
    rows: list[sqlite3.Row] = []
    for row in found:
        if rows and rows[0]["document"] != row["document"]:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _voice(identifier: Any, name: str, own: _Sums, all_: _Sums, figures: Figures) -> Voice:
    share = own.total / all_.total if all_.total else 0.0
    low = high = None
    if all_.documents > 1:
        between = own.squares - 2 * share * own.products + share * share * all_.squares
        variance = max(0.0, between) * all_.documents / (all_.documents - 1)
        for figure, amount in all_.by_figure.items():
            variance += (own.by_figure[figure] - share * amount) ** 2 * figures[figure].variance
        margin = _WIDTH * math.sqrt(variance) / all_.total if all_.total else 0.0
        low, high = max(0.0, share - margin), min(1.0, share + margin)
    return Voice(
        None if identifier is None else str(identifier), str(name), own.quotes, own.words, own.documents, share, low, high
    )

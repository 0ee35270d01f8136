"""The same words again: quotations, and claims, that say the same thing in several documents.

Wordings are compared by their content words. Candidates are found by shared shingles, here pairs of neighbouring content words (Broder 1997, "On the
resemblance and containment of documents"); of a long wording those are kept that winnowing chooses (Schleimer, Wilkerson and Aiken 2003), so
that a cut quotation still meets the whole one. A wording looks only at those before it, and a pair of words that very many wordings have
leads nowhere: the time grows linearly, and the result does not depend on when which part of the work was done.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

import attrs

from .folding import NEGATION, Folded, Folding
from .opening import writing
from .rows import digest

Kind = Literal["quote", "claim"]

#: With fewer content words all words count; and with fewer of those ("No comment") it is the same only from the same voice on the same day.
_SHORT: Final = 4
_FEW: Final = 6
#: A longer wording is found by a part of its shingles: the least of each so many neighbours.
_WHOLE: Final = 64
_WINDOW: Final = 4
#: A shingle of more wordings tells nothing.
_COMMON: Final = 100
#: So many of the candidates that share most are compared.
_CHOICE: Final = 16
#: Rows that are linked in one transaction.
_BATCH: Final = 500

#: What a quotation reports in its turn is another utterance: its words are not counted to those around it.
_ROWS: Final = {
    "quote": """SELECT q.number, q.text, d.language, d.date, d.id AS document, coalesce(s.block, '') AS voice, q.spans,
            (SELECT json_group_array(json(i.spans)) FROM quotes AS i WHERE i.document = q.document AND i.parent = q.id) AS inside,
            q.document AS place
        FROM quotes AS q JOIN documents AS d ON d.number = q.document LEFT JOIN speakers AS s ON s.number = q.speaker
        WHERE q.wording IS NULL ORDER BY q.number LIMIT ?""",
    "claim": """SELECT c.number, c.text, d.language, d.date, d.id AS document, '' AS voice, c.spans, '[]' AS inside, c.document AS place
        FROM claims AS c JOIN documents AS d ON d.number = c.document WHERE c.wording IS NULL ORDER BY c.number LIMIT ?""",
}


def link(connection: sqlite3.Connection, folding: Folding) -> None:
    """Give every quotation and claim its wording, and every wording its utterance."""
    _drop_unused(connection)
    for kind, query in _ROWS.items():
        while connection.execute(f"SELECT 1 FROM {kind}s WHERE wording IS NULL LIMIT 1").fetchone() is not None:
            with writing(connection):
                _link_some(connection, folding, kind, connection.execute(query, (_BATCH,)).fetchall())


def _link_some(connection: sqlite3.Connection, folding: Folding, kind: str, found: Iterable[sqlite3.Row]) -> None:
    linker = _Linker(connection, kind)
    linked: list[tuple[int, int]] = []
    for row in found:
        folded = folding.fold(_own_words(connection, row), row["language"])
        wording = linker.wording(folded, row["voice"], row["date"][:10] if row["date"] else row["document"])
        linked.append((wording, row["number"]))
    connection.executemany(f"UPDATE {kind}s SET wording = ? WHERE number = ?", linked)


def _own_words(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    """The words of a quotation without those of the quotations inside it."""
    if row["inside"] == "[]":
        return str(row["text"])
    inside = sorted((start, end) for spans in json.loads(row["inside"]) for start, end in spans)
    (text,) = connection.execute("SELECT text FROM documents WHERE number = ?", (row["place"],)).fetchone()
    pieces: list[str] = []
    for start, end in json.loads(row["spans"]):
        at = start
        for first, last in inside:
            if first >= end or last <= at:
                continue
            pieces.append(text[at:first] if first > at else "")
            at = max(at, last)
        pieces.append(text[at:end])
    return " … ".join(piece for piece in pieces if piece)


def _drop_unused(connection: sqlite3.Connection) -> None:
    """Forget wordings that nobody has any more; what only they held together is compared again."""
    if connection.execute("SELECT 1 FROM left_wordings LIMIT 1").fetchone() is None:
        return
    with writing(connection):
        gone = connection.execute(
            """SELECT number, utterance FROM wordings WHERE number IN (SELECT wording FROM left_wordings)
            AND NOT EXISTS (SELECT 1 FROM quotes WHERE wording = wordings.number)
            AND NOT EXISTS (SELECT 1 FROM claims WHERE wording = wordings.number)"""
        ).fetchall()
        connection.execute("DELETE FROM left_wordings")
        connection.executemany("DELETE FROM wordings WHERE number = ?", [(number,) for number, _ in gone])
        for utterance in sorted({utterance for _, utterance in gone}):
            left = connection.execute(
                "SELECT number, kind, voice, words, small FROM wordings WHERE utterance = ? ORDER BY number", (utterance,)
            ).fetchall()
            connection.execute("UPDATE wordings SET utterance = number WHERE utterance = ?", (utterance,))
            for number, kind, *wording in left:
                _Linker(connection, kind).join(number, _wording(*wording))


class _Linker:
    """Puts wordings of one kind in their places, within a transaction that somebody else begins and ends."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self._execute = connection.execute
        self._many = connection.executemany
        self._kind = kind
        # Even ones for quotations and odd ones for claims: what number one gets must not depend on when the others were linked.
        (last,) = connection.execute("SELECT max(number) FROM wordings WHERE kind = ?", (kind,)).fetchone()
        self._last: int = (-2 if kind == "quote" else -1) if last is None else last

    def wording(self, folded: Folded, voice: str, occasion: str) -> int:
        """The number of a wording, which is stored when it is new.

        Args:
            occasion: the day, or the document where that is not known.
        """
        words, small = _compared(folded)
        short = not words
        hashed = digest(self._kind, " ".join(folded.words), voice, occasion if short else "")
        known = self._execute("SELECT number FROM wordings WHERE hash = ?", (hashed,)).fetchone()
        if known is not None:
            return int(known[0])
        self._last += 2
        number = self._last
        self._execute(
            "INSERT INTO wordings (number, kind, hash, voice, words, small, utterance) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, self._kind, hashed, voice, " ".join(words), small, number),
        )
        if not short:
            new = Wording.of(words, voice, small=small)
            self._many("INSERT INTO shingles VALUES (?, ?)", [(one, number) for one in _shingles(self._kind, new.content)])
            self.join(number, new)
        return number

    def join(self, number: int, new: Wording) -> None:
        """Join a wording with those before it that say the same."""
        own = number
        for utterance, voice, words, small in _candidates(self._execute, self._kind, new, number):
            if own != utterance and same(new, _wording(voice, words, small), claims=self._kind == "claim"):
                self._execute("UPDATE wordings SET utterance = ? WHERE utterance = ?", (min(own, utterance), max(own, utterance)))
                own = min(own, utterance)


def _candidates(execute: Any, kind: str, new: Wording, before: int) -> Iterator[tuple[int, str, str, int]]:
    """The wordings up to a number that share most with a new one, as they are when their turn comes: utterance, voice, words, and whether small
    words are among them."""
    shared: Counter[int] = Counter()
    for shingle in _shingles(kind, new.content):
        found = execute(
            "SELECT wording FROM shingles WHERE shingle = ? AND wording < ? LIMIT ?", (shingle, before, _COMMON + 1)
        ).fetchall()
        if len(found) <= _COMMON:
            shared.update(one for (one,) in found)
    for number in sorted(shared, key=lambda one: (-shared[one], one))[:_CHOICE]:
        yield execute("SELECT utterance, voice, words, small FROM wordings WHERE number = ?", (number,)).fetchone()


def _wording(voice: str, words: str, small: int) -> Wording:
    """A wording as it is stored."""
    return Wording.of(words.split(), voice, small=bool(small))


def alike(connection: sqlite3.Connection, kind: Kind, folded: Folded) -> set[int]:
    """The utterances in an archive that say what some words say, whoever said them."""
    words, small = _compared(folded)
    if not words:
        return set()
    new = Wording.of(words, "", small=small)
    found = _candidates(connection.execute, kind, new, 1 << 62)
    return {
        utterance for utterance, voice, before, few in found if same(new, _wording(voice, before, few), claims=kind == "claim")
    }


@attrs.frozen
class Wording:
    """Folded words with who says them (``""`` where nobody knows, or nobody is asked)."""

    content: tuple[str, ...]
    negative: tuple[int, ...]
    voice: str
    small: bool

    @classmethod
    def of(cls, words: Iterable[str], voice: str, *, small: bool) -> Wording:
        """From words as they are stored."""
        words = tuple(words)
        if NEGATION not in words:
            return cls(words, (), voice, small)
        content: list[str] = []
        negative: list[int] = []
        for word in words:
            if word == NEGATION:
                negative.append(len(content))
            else:
                content.append(word)
        return cls(tuple(content), tuple(negative), voice, small)


def _compared(folded: Folded) -> tuple[tuple[str, ...], bool]:
    """The words of a wording that are compared, none where there are too few; and whether small words are among them."""
    if _count(folded.content) >= _SHORT:
        return folded.content, False
    return (folded.words if _count(folded.words) >= _FEW else ()), True


def _count(words: Sequence[str]) -> int:
    return len(words) - words.count(NEGATION)


def _shingles(kind: str, content: Sequence[str]) -> list[int]:
    """Hashes of neighbouring content words, at most :data:`_WHOLE` and of what is longer so many as winnowing leaves."""
    hashes = [_hash(kind, one, other) for one, other in itertools.pairwise(content)]
    if len(hashes) > _WHOLE:
        hashes = [min(hashes[at : at + _WINDOW]) for at in range(len(hashes) - _WINDOW + 1)]
    return list(dict.fromkeys(hashes))


def _hash(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest(), "big", signed=True)


def same(one: Wording, other: Wording, *, claims: bool) -> bool:
    """Whether two wordings say the same.

    The shorter may be a part of the longer, so that of its words so many must stand in the longer, in the same order. It takes more where the
    voices differ, because different people say similar things; numbers that differ, and a negation in one only, make two of them.
    """
    short, long = sorted((one, other), key=lambda wording: len(wording.content))
    common = _in_order(short.content, long.content)
    share = len(common) / len(short.content)
    enough: tuple[tuple[int, float], ...]
    if claims:
        enough = _CLAIM
        share = min(share, len(common) / len(long.content) / _CLAIM_CUT)
    else:
        enough = (_SMALL if one.small or other.small else _VOICES)[
            "same" if one.voice == other.voice != "" else "unknown" if "" in (one.voice, other.voice) else "different"
        ]
    if not any(len(common) >= least and share >= part for least, part in enough):
        return False
    if claims and _numbers(short.content) != _numbers(long.content):
        return False
    return not any(_contradict(short, long, *gap) for gap in _gaps(common, len(short.content), len(long.content)))


def _gaps(common: Sequence[tuple[int, int]], short: int, long: int) -> Iterator[tuple[int, int, int, int]]:
    """What lies between common words, from and to in either wording, without what one of them leaves out; ``short`` and ``long`` are lengths."""
    place = at = -1
    for next_place, next_at in (*common, (short, long)):
        if abs((next_at - at) - (next_place - place)) <= _GAP:
            yield place, next_place, at, next_at
        place, at = next_place, next_at


def _contradict(short: Wording, long: Wording, place: int, next_place: int, at: int, next_at: int) -> bool:
    """Whether two gaps hold different numbers, or only one of them is negated."""
    if _numbers(short.content[place + 1 : next_place]) and _numbers(long.content[at + 1 : next_at]):
        return True
    return any(place < one <= next_place for one in short.negative) != any(at < one <= next_at for one in long.negative)


#: So many words at least, and this share of the shorter wording, must be common, by what is known of the voices; where small words are
#: compared, more of them.
_VOICES: Final = {"same": ((3, 0.9), (4, 0.6)), "unknown": ((4, 0.9), (5, 0.7)), "different": ((10, 0.85),)}
_SMALL: Final = {"same": ((5, 0.8),), "unknown": ((6, 0.9),), "different": ((10, 0.95),)}
#: The same for claims, whoever makes them; the shorter one must be so much of the longer.
_CLAIM: Final = ((4, 0.8),)
_CLAIM_CUT: Final = 0.8
#: What has more words than the other one in the same place was left out there.
_GAP: Final = 3
#: Of a word that comes more often in a wording only so many places are looked at.
_REPEATED: Final = 8


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _in_order(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int]]:
    """The places of words that stand in both in the same order: the longest such row, where no word comes too often to count."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(long):
        places.setdefault(word, []).append(place)
    # The longest increasing row of places (patience sorting); of a word that comes often only the first places are tried.
    tails: list[int] = []
    ends: list[int] = []
    links: list[tuple[tuple[int, int], int]] = []
    for place, word in enumerate(short):
        for at in reversed(places.get(word, ())[:_REPEATED]):
            row = bisect_left(tails, at)
            links.append(((place, at), ends[row - 1] if row else -1))
            if row == len(tails):
                tails.append(at)
                ends.append(len(links) - 1)
            else:
                tails[row] = at
                ends[row] = len(links) - 1
    found: list[tuple[int, int]] = []
    link = ends[-1] if ends else -1
    while link >= 0:
        pair, link = links[link]
        found.append(pair)
    return found[::-1]


# --- asked ---------------------------------------------------------------------------------------------------------------------


@attrs.frozen
class Utterance:
    """Words that were quoted several times.

    Attributes:
        id: by which its tellings are found; it may change when other documents come.
        text: the longest direct quotation of it, else the longest one.
        speaker: whom most documents name for it.
        quotes, documents, outlets: how many there are.
        forms: how many different wordings.
        kinds: the kinds of quotations among them, such as ``direct, indirect``.
        first, first_document, first_source: where and when it was seen first, as far as dates are known.
        last: the date of the last document.
    """

    id: int
    text: str
    speaker: str | None
    quotes: int
    documents: int
    outlets: int
    forms: int
    kinds: str
    first: str | None
    first_document: str
    first_source: str | None
    last: str | None


def utterances(connection: sqlite3.Connection, least: int, numbers: Sequence[int] | None, limit: int | None) -> list[Utterance]:
    """The utterances in at least so many documents, those in most outlets and documents first."""
    chosen = "" if numbers is None else "WHERE utterance IN (SELECT value FROM json_each(?))"
    found = connection.execute(
        f"""SELECT utterance, quotes, documents, outlets, forms, first, last FROM utterances {chosen}
        {"AND" if chosen else "WHERE"} documents >= ? ORDER BY outlets DESC, documents DESC, utterance LIMIT ?""",
        (*(() if numbers is None else (json.dumps(list(numbers)),)), least, -1 if limit is None else limit),
    ).fetchall()
    return [_utterance(connection, *row) for row in found]


def _utterance(
    connection: sqlite3.Connection,
    number: int,
    quotes: int,
    documents: int,
    outlets: int,
    forms: int,
    first: str | None,
    last: str | None,
) -> Utterance:
    told = connection.execute(
        f"{_TELLINGS} ORDER BY d.date IS NULL, d.date, q.number",
        (number,),
    ).fetchall()
    text = max(told, key=lambda row: (row["kind"] == "direct", len(row["text"])))["text"]
    named = Counter(row["person"] for row in told if row["person"])
    speaker = named.most_common(1)[0][0] if named else None
    kinds = ", ".join(sorted({row["kind"] for row in told}))
    where = told[0]
    return Utterance(
        number, text, speaker, quotes, documents, outlets, forms, kinds, first, where["document"], where["outlet"], last
    )


_TELLINGS: Final = """SELECT q.text, q.kind, coalesce(p.name, s.name) AS person, d.id AS document, d.source AS outlet, d.date
    FROM wordings AS w JOIN quotes AS q ON q.wording = w.number JOIN documents AS d ON d.number = q.document
    LEFT JOIN speakers AS s ON s.number = q.speaker LEFT JOIN people AS p ON p.id = s.person
    WHERE w.utterance = ? AND q.status IS NOT 'rejected'"""

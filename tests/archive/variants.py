"""Utterances in many forms with known truth, and how well an archive finds them: ``python -m tests.archive.variants [--bases N] [--split S]``.

Each utterance is a quotation of a part of the seeds. It is told again exactly, with other marks, cut, with a gap, with up to a fifth of its
words changed, and turned into indirect speech; by a speaker who is named in full, by last name, or not at all. Beside them stand things that look alike
and are others: the same words with another number or a negation, and everything else the same people said.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from quoteminer import Document, Extraction, Quote, Speaker
from quoteminer.archive import Archive
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer
from quoteminer.evaluation import seeds

#: What indirect speech makes of words.
SHIFTS = dict(
    pair.split(":")
    for pair in "i:she we:they my:her our:their me:her us:them am:was is:was are:were will:would can:could have:had has:had do:did this:that "
    "here:there today:that_day tomorrow:the_next_day yesterday:the_day_before may:might don't:did_not won't:would_not i'm:she_was we're:they_were "
    "it's:it_was i've:she_had we've:they_had can't:could_not isn't:was_not i'll:she_would we'll:they_would".split()
)
NEGATIVE = r"^(not|no|never|nothing|nobody|none|nor|neither|without|cannot|hardly|nowhere)\b|n[’']t"
MARKS = [("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("‘", "’")]


@attrs.frozen
class Told:
    """One telling of an utterance.

    Attributes:
        truth: number of the utterance.
        form: how it was made.
        speaker: the name that its document gives, if any.
    """

    truth: int
    form: str
    text: str
    kind: str
    speaker: str | None


def bases(count: int, choose: random.Random, split: str) -> Iterator[tuple[str, str]]:
    """Quotations with their speakers, long enough to be known again."""
    found = []
    for annotated in seeds(split, "en"):
        for quote in annotated.quotes:
            text = " ".join(annotated.document[quote.content[0]].split())
            name = quote.speaker.name if quote.speaker is not None else ""
            named = len(name.split()) >= 2 and name[0].isupper() and name.split()[-1][0].isupper()
            if len(text.split()) >= 8 and quote.kind == "direct" and not quote.nested and named:
                found.append((text, name))
    choose.shuffle(found)
    yield from found[:count]


def variants(truth: int, text: str, name: str, words: list[str], choose: random.Random) -> Iterator[Told]:
    """The tellings of one utterance."""

    def who() -> str | None:
        return choose.choice([name, name, name.split()[-1], None])

    yield Told(truth, "exact", text, "direct", name)
    yield Told(truth, "exact", text.replace("'", "’"), "direct", who())
    yield Told(truth, "changed", changed(text, words, 0.2, choose), "direct", who())
    yield Told(truth, "changed", changed(text, words, 0.1, choose), "direct", who())
    yield Told(truth, "indirect", indirect(text), "indirect", who())
    pieces = text.split()
    if len(pieces) >= 16:
        half = len(pieces) // 2
        yield Told(truth, "cut", " ".join(pieces[: half + 2]), "direct", who())
        yield Told(truth, "cut", " ".join(pieces[half - 2 :]), "direct", who())
        third = len(pieces) // 3
        yield Told(truth, "joined", " ".join([*pieces[:third], "…", *pieces[-third:]]), "direct", who())


def lookalikes(truth: Iterator[int], text: str, name: str, choose: random.Random) -> Iterator[Told]:
    """What is nearly the same and something else; of long ones a part may still be the same, so that there is no truth about them."""
    if len(text.split()) >= 16:
        return
    if re.search(r"\b\d+\b", text):
        other = re.sub(r"\b\d+\b", lambda match: str(int(match[0]) + choose.randint(3, 40)), text)
        yield Told(next(truth), "other number", other, "direct", name)
    for word in ("will", "is", "was", "are", "can"):
        if re.search(rf"\b{word}\b", text) and not any(re.search(NEGATIVE, one.lower()) for one in text.split()):
            yield Told(next(truth), "negated", re.sub(rf"\b{word}\b", f"{word} not", text, count=1), "direct", name)
            break


def changed(text: str, words: list[str], share: float, choose: random.Random) -> str:
    """The text with so many of its words replaced, left out or put in; numbers and negations stay."""
    pieces = text.split()
    places = [at for at, word in enumerate(pieces) if not re.search(r"\d", word) and not re.search(NEGATIVE, word.lower())]
    for at in sorted(choose.sample(places, min(len(places), int(len(pieces) * share))), reverse=True):
        way = choose.random()
        if way < 0.6:
            pieces[at] = choose.choice(words)
        elif way < 0.8:
            del pieces[at]
        else:
            pieces.insert(at, choose.choice(words))
    return " ".join(pieces)


def indirect(text: str) -> str:
    """The text as somebody else reports it."""
    told = [
        SHIFTS.get(word.lower().replace("’", "'"), word).replace("_", " ")
        for word in re.findall(r"\w+(?:['’]\w+)*|[^\w\s]", text)
    ]
    return "that " + " ".join(told).rstrip(".!?, ")


def extraction(number: int, told: Told) -> Extraction:
    """A document that tells it."""
    opening, closing = MARKS[number % len(MARKS)] if told.kind == "direct" else ("", "")
    name = told.speaker or ""
    text = f"{opening}{told.text}{closing} {name} said."
    start = len(opening)
    speakers = [Speaker("s1", name, kind="person", mentions=[(len(text) - len(name) - 6, len(text) - 6)])] if name else []
    quote = Quote([(start, start + len(told.text))], told.kind, speaker="s1" if name else None, id="q1")
    metadata = {"date": f"2026-03-{number % 28 + 1:02}", "source": f"outlet {number % 9}"}
    return Extraction(Document(text, id=f"d{number}", metadata=metadata), [quote], speakers)


def corpus(count: int, seed: int, split: str = "train") -> list[Told]:
    """All tellings, shuffled."""
    choose = random.Random(seed)
    given = list(bases(count, choose, split))
    words = [word for text, _ in given for word in text.split() if word.isalpha() and not re.search(NEGATIVE, word.lower())]
    others = itertools.count(len(given))
    told: list[Told] = []
    for truth, (text, name) in enumerate(given):
        told += variants(truth, text, name, words, choose)
        told += lookalikes(others, text, name, choose)
    choose.shuffle(told)
    return told


@attrs.frozen
class Result:
    """Pairwise precision and recall, and which pairs were right of how many by the forms of the two."""

    precision: float
    recall: float
    found: dict[tuple[str, str], tuple[int, int]]
    wrong: list[tuple[Told, Told]]


def measure(told: list[Told], path: Path) -> Result:
    """Put them into an archive and compare what it joins with the truth."""
    with Archive(path) as archive:
        connection = archive._connection
        with writing(connection):
            connection.execute("INSERT INTO manifests VALUES (1, '', '{}')")
            writer = Writer(connection)
            for number, one in enumerate(told):
                writer.put(extraction(number, one), 1)
        archive._link()
        groups: defaultdict[int, list[Told]] = defaultdict(list)
        for number, utterance in connection.execute(
            "SELECT q.document, w.utterance FROM quotes AS q JOIN wordings AS w ON w.number = q.wording ORDER BY q.number"
        ):
            groups[utterance].append(told[number - 1])
    by_truth: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_truth[one.truth].append(one)
    right = Counter(pair(a, b) for group in groups.values() for a, b in itertools.combinations(group, 2) if a.truth == b.truth)
    wrong = [(a, b) for group in groups.values() for a, b in itertools.combinations(group, 2) if a.truth != b.truth]
    there = Counter(pair(a, b) for group in by_truth.values() for a, b in itertools.combinations(group, 2))
    total = sum(right.values())
    return Result(
        total / (total + len(wrong)), total / sum(there.values()), {key: (right[key], there[key]) for key in sorted(there)}, wrong
    )


def pair(a: Told, b: Told) -> tuple[str, str]:
    """The forms of two tellings, whatever their order."""
    first, second = sorted((a.form, b.form))
    return first, second


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--split", choices=["train", "tune"], default="train")
    parser.add_argument("--wrong", type=int, default=0, help="show so many pairs that were joined and should not have been")
    given = parser.parse_args()
    told = corpus(given.bases, given.seed, given.split)
    with TemporaryDirectory() as folder:
        result = measure(told, Path(folder) / "variants.db")
    print(
        f"{len(told)} tellings of {len({one.truth for one in told})} utterances: precision {result.precision:.3f}, recall {result.recall:.3f}"
    )
    for (form, with_form), (right, there) in result.found.items():
        print(f"  {form} and {with_form}: {right / there:.3f} of {there}")
    print(f"  wrong: {dict(Counter(pair(a, b) for a, b in result.wrong))}")
    for one, other in result.wrong[: given.wrong]:
        print(f"    {one.form}: {one.speaker}: {one.text}\n    {other.form}: {other.speaker}: {other.text}\n")


if __name__ == "__main__":
    main()

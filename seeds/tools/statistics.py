"""What the corpus holds, in tables: ``python -m seeds.tools.statistics`` writes them into ``docs/corpus.md``."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from . import agreement
from .build import HERE
from .writers import SPLITS, WRITERS

PAGE: Final = HERE.parent / "docs" / "corpus.md"
_LANGUAGES: Final = ("en", "de", "fr", "es")
#: Forms of English verbs of speech that no ending explains.
_IRREGULAR: Final = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak", "read": "read", "put": "put",
    "went": "go", "goes": "go", "sang": "sing", "sung": "sing", "swore": "swear", "sworn": "swear", "thought": "think", "found": "find",
    "forbade": "forbid", "made": "make", "gave": "give", "given": "give", "held": "hold", "bade": "bid", "cried": "cry", "replied": "reply",
    "denied": "deny", "testified": "testify", "quoted as saying": "quote", "threw": "throw", "shot back": "shoot", "began": "begin",
    "broke in": "break", "cut in": "cut", "taught": "teach", "sent": "send", "felt": "feel", "got": "get", "says": "say", "was like": "be like",
}  # fmt: skip
#: Conditions that make a text awkward, as the headers name them.
AWKWARD: Final = ("line_break", "html_noise", "ocr", "marks", "unclosed", "capitals", "glued", "typos", "emoji", "awkward")


def records(split: str | None = None) -> list[dict[str, Any]]:
    """The gold of every document, in the order of the writers."""
    return [
        json.loads(line)
        for writer in WRITERS.values()
        if split in (None, writer.split)
        for line in (HERE / writer.language / f"{writer.id}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def cues(found: Iterable[dict[str, Any]]) -> Counter[str]:
    """English cues by their basic form; signs such as the colon of a label are left out."""
    counts: Counter[str] = Counter()
    for record in found:
        for quote in record["quotes"]:
            words = " ".join(record["text"][start:end] for start, end in quote["cue"]).casefold()
            if any(sign.isalpha() for sign in words):
                counts[_basic(" ".join(words.split()))] += 1
    return counts


def _basic(form: str) -> str:
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    head, _, rest = form.partition(" ")
    if rest:
        return f"{_basic(head)} {rest}"
    for ending in ("ying", "ied", "ies"):
        if head.endswith(ending) and len(head) > len(ending) + 1:
            return head.removesuffix(ending) + "y"
    for ending in ("ing", "ed", "es", "s"):
        if head.endswith(ending) and not head.endswith("ss") and len(head) > len(ending) + 2:
            stem = head.removesuffix(ending)
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
                return stem[:-1]
            return stem.removesuffix("e") if len(stem) > 3 else stem
    return head.removesuffix("e") if len(head) > 4 else head


def _count(found: Sequence[dict[str, Any]], test: Callable[[dict[str, Any]], bool]) -> str:
    return f"{sum(test(quote) for record in found for quote in record['quotes']):,}"


_COLUMNS: Final[dict[str, Callable[[Sequence[dict[str, Any]]], str]]] = {
    "writers": lambda found: f"{len({record['meta']['writer'] for record in found}):,}",
    "documents": lambda found: f"{len(found):,}",
    "words": lambda found: f"{sum(len(record['text'].split()) for record in found):,}",
    "without quotation": lambda found: f"{sum(not record['quotes'] for record in found):,}",
    "quotations": lambda found: _count(found, lambda quote: True),
    "direct": lambda found: _count(found, lambda quote: quote["kind"] == "direct"),
    "indirect": lambda found: _count(found, lambda quote: quote["kind"] == "indirect"),
    "mixed": lambda found: _count(found, lambda quote: quote["kind"] == "mixed"),
    "nested": lambda found: _count(found, lambda quote: quote["nested_in"] is not None),
    "not asserted": lambda found: _count(found, lambda quote: quote["modality"] is not None),
    "without cue": lambda found: _count(found, lambda quote: not quote["cue"]),
    "without source": lambda found: _count(found, lambda quote: not quote["source"]),
    "with claims": lambda found: f"{sum(record['claims'] is not None for record in found):,}",
    "claims": lambda found: f"{sum(len(record['claims'] or ()) for record in found):,}",
}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def parts(found: Sequence[dict[str, Any]]) -> str:
    """A line for each language and part."""
    rows = []
    for language in _LANGUAGES:
        for split in SPLITS:
            chosen = [record for record in found if record["lang"] == language and record["meta"]["split"] == split]
            if chosen:
                rows.append([f"{language}, {split}", *(count(chosen) for count in _COLUMNS.values())])
    rows.append(["all", *(count(found) for count in _COLUMNS.values())])
    return _table(["", *_COLUMNS], rows)


def genres(found: Sequence[dict[str, Any]]) -> str:
    """Documents of each genre by part, and how many writers wrote it."""
    by_genre: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in found:
        by_genre[record["meta"]["style"]].append(record)
    rows = [
        [
            genre,
            f"{len(items)}",
            *(f"{sum(item['meta']['split'] == split for item in items)}" for split in SPLITS),
            f"{len({item['meta']['writer'] for item in items})}",
            f"{sum(len(item['quotes']) for item in items):,}",
        ]
        for genre, items in sorted(by_genre.items())
    ]
    return _table(["genre", "documents", *SPLITS, "writers", "quotations"], rows)


def phenomena(found: Sequence[dict[str, Any]]) -> str:
    """What is hard, by language: modality, awkward texts, verbs."""
    rows = []
    for language in _LANGUAGES:
        chosen = [record for record in found if record["lang"] == language]
        modalities = Counter(quote["modality"] for record in chosen for quote in record["quotes"])
        awkward = sum(any(tag in AWKWARD for tag in record["meta"]["tags"]) for record in chosen)
        rows.append(
            [
                language,
                *(f"{modalities[name]:,}" for name in ("negated", "hypothetical", "future")),
                f"{sum(len(quote['content']) > 1 for record in chosen for quote in record['quotes']):,}",
                f"{sum(quote['addressee'] is not None for record in chosen for quote in record['quotes']):,}",
                f"{awkward / max(1, len(chosen)):.0%}",
            ]
        )
    return _table(["", "negated", "hypothetical", "future", "in several spans", "with addressee", "awkward documents"], rows)


def verbs(found: Sequence[dict[str, Any]]) -> str:
    """A sentence on the English cues."""
    counts = cues(record for record in found if record["lang"] == "en")
    total = counts.total()
    common = ", ".join(f"{name} {100 * count / total:.0f} %" for name, count in counts.most_common(8))
    return f"English has {len(counts):,} different cues (by their basic form, roughly; signs not counted) in {total:,} places: {common}."


def block() -> str:
    """The tables as they stand on the page."""
    found = records()
    return "\n\n".join([parts(found), phenomena(found), verbs(found), genres(found)])


def replaced(page: str, name: str, tables: str) -> str:
    """The page with the tables between its markers made anew."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{PAGE.name} has no place for the tables: {begin} … {end}")
    return f"{before}{begin}\n\n{tables}\n\n{end}{after}"


def current(page: str) -> str:
    """The page with the figures of today."""
    return replaced(replaced(page, "numbers", block()), "agreement", agreement.block())


def main() -> int:
    """Write the tables into the page."""
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

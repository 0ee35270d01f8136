"""Does any regular expression of the project take more than linear time on an attack?

``python -m tests.hostile.patterns`` tries every pattern that the project compiles, also those made at first use, on texts that
are generated from the pattern itself: its literal signs, what it matches in the seeds, and beginnings of that, again and again.
It prints each pattern that is too slow, with the text, and ends with exit code 1.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
#: Patterns that are only ever tried at one place of a text, never searched for: module, beginning of the source, and where.
ONE_PLACE = (
    ("quoteminer_rules.speakers.scene", r"\s+((?:[a-z]", "behind a possessive pronoun"),
    ("quoteminer_rules.labels", "[ ", "from the start of a line to its colon, at most 160 characters"),
    ("quoteminer_rules.reports.constructions", "", "round a cue, at most 150 chunks on each side"),
    (
        "quoteminer_rules.reading.chunks",
        "",
        "at a token, where another one fits if it does not: tried together by :func:`slow_chunks`",
    ),
    ("quoteminer.evaluation.plots", "<s", "on drawings of our own"),
    ("quoteminer.cli.console", " +$", "on lines as wide as a terminal"),
)
FOLDERS = (ROOT / "src", ROOT / "plugins" / "rules" / "src")


def compiled() -> dict[tuple[str, str], Any]:
    """Every pattern that our modules compile, by module and source; to be called before they are imported."""
    import regex

    found: dict[tuple[str, str], Any] = {}

    def recording(original: Any) -> Any:
        def record(pattern: Any, *arguments: Any, **options: Any) -> Any:
            made = original(pattern, *arguments, **options)
            frame = sys._getframe(1)
            if any(frame.f_code.co_filename.startswith(str(folder)) for folder in FOLDERS) and isinstance(made.pattern, str):
                found.setdefault((frame.f_globals.get("__name__", "?"), made.pattern), made)
            return made

        return record

    for module in (re, regex):
        module.compile = recording(module.compile)  # type: ignore[attr-defined]
    import quoteminer
    import quoteminer_people
    import quoteminer_rules

    for package in (quoteminer, quoteminer_people, quoteminer_rules):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not info.name.endswith("__main__") and not info.name.startswith("quoteminer.testing"):
                importlib.import_module(info.name)
    for text in seeds():
        extraction = quoteminer.mine(text)
        for claim in extraction.claims:
            claim.standalone(extraction)
    for place, source, flags in written_in_calls():
        found.setdefault((place, source), re.compile(source, flags))
    return found


def written_in_calls() -> Iterator[tuple[str, str, int]]:
    """Patterns that stand in a call such as ``re.sub("…", …)``."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            module = ".".join(path.relative_to(folder).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id in ("re", "regex")
                    and node.func.attr in ("sub", "subn", "findall", "finditer", "search", "match", "fullmatch", "split")
                    and isinstance(node.args[0], ast.Constant)
                ):
                    shown = ast.unparse(node)
                    flags = (re.DOTALL if "DOTALL" in shown else 0) | (re.MULTILINE if "MULTILINE" in shown else 0)
                    yield module, str(node.args[0].value), flags


def seeds() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


def attacks(pattern: Any, texts: list[str]) -> Iterator[tuple[str, str]]:
    """A beginning and a unit to be repeated behind it."""
    literal = sorted(
        {sign for sign in re.sub(r"\\[a-zA-Z]\{?[A-Z]?[a-z]?\}?", "", pattern.pattern) if not sign.isalnum()}
        - set("\\()[]{}|^$+*?")
    )
    signs = [*literal[:6], " ", "a", "A", "1", "\n", "."]
    for sign in signs:
        yield "", sign
    beginning = re.match(r"[^\\\[\](){}|^$+*?.]{2,}", pattern.pattern)
    if beginning:
        yield "", beginning[0]
    for one, two in itertools.permutations((" ", "a", "A", "1", "\n", *literal[:2]), 2):
        yield "", one + two
    matches = list(itertools.islice((m[0] for text in texts for m in [pattern.search(text)] if m and m[0]), 2))
    for match in matches:
        match = match[:60]
        yield "", match
        yield "", match[: len(match) // 2 + 1]
        for sign in (match[-1], " ", "a"):
            yield match, sign
            yield match[:-1], sign


def slow(pattern: Any, texts: list[str], given: Iterable[tuple[str, str]] | None = None) -> tuple[str, str, float] | None:
    """An attack on which the pattern takes more than linear time, if there is one; ``given`` attacks instead of those made from the pattern."""
    from quoteminer.testing.contract import TOO_STEEP, growth
    from quoteminer.testing.running import Overdue, limited

    for head, unit in dict.fromkeys(attacks(pattern, texts) if given is None else given):

        def work(size: int, head: str = head, unit: str = unit) -> None:
            text = head + unit * (size // len(unit)) + "\0"
            for _ in pattern.finditer(text):
                pass

        # A first look at one size; only what takes longer than a linear pattern could is measured.
        try:
            with limited(3):
                if looks_slow(work):
                    _, factor = growth(work, floor=0.004)
                    if factor > TOO_STEEP:
                        return head, unit, factor
        except Overdue:
            return head, unit, float("inf")
    return None


def looks_slow(work: Any) -> bool:
    """Whether it takes ten times as long as a linear pattern on a slow machine; quadratic ones are seen on a fast one too."""
    from quoteminer.testing.contract import seconds_of

    return seconds_of(lambda: work(500)) > 0.001 or seconds_of(lambda: work(4000)) > 0.003


class Chunks:
    """The patterns of the chunks of a language as one: tried at each token in order, as the reading does."""

    def __init__(self, folder: Path) -> None:
        from quoteminer_rules.language import pack as packs
        from quoteminer_rules.reading.chunks import chunker

        pack, self._chunker = packs.load(folder), chunker(folder)
        words = [*pack.words, *pack.verbs]
        words += [word.capitalize() for word in words] + ["Ada", "engine", "engines", "5", *",;:.!?-–([/'", "\x01", "\x01eo"]
        self._letters = sorted({self._chunker.letters[word] for word in words if word})

    def finditer(self, letters: str) -> list[int]:
        return self._chunker.part(letters, 0, len(letters))[1]

    def units(self) -> list[str]:
        """All letters that words of the language have, alone and with the next one."""
        return [*self._letters, *map("".join, itertools.pairwise(self._letters))]


def slow_chunks() -> Iterator[tuple[str, str, float]]:
    """The languages whose chunks take more than linear time on a row of equal words, the letters of those, and by how much."""
    from quoteminer_rules.lexicon import LANGUAGES

    for folder in sorted(path.parent for path in LANGUAGES.glob("*/patterns.toml")):
        chunks = Chunks(folder)
        for unit in chunks.units():
            attack = slow(chunks, [], [("", unit)])
            if attack is not None:
                yield folder.name, unit, attack[2]


def main() -> int:
    patterns = compiled()
    texts = seeds()
    bad = 0
    for (module, source), pattern in sorted(patterns.items(), key=lambda item: item[0]):
        if any(module == known and source.startswith(beginning) for known, beginning, _ in ONE_PLACE):
            continue
        attack = slow(pattern, texts)
        if attack is not None:
            bad += 1
            head, unit, factor = attack
            print(f"{module}: {source[:160]!r}\n    {factor:.1f} times as long for twice as many {unit!r} behind {head!r}")
    for language, unit, factor in slow_chunks():
        bad += 1
        print(f"chunks of {language}: {factor:.1f} times as long for twice as many {unit!r}")
    print(f"{len(patterns)} patterns, {bad} too slow")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

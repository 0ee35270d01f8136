"""The judge of a language: three logistic regressions, of where content ends, which candidates are reports, and which quotations without a cue are speech.

What chunks and constructions are called is the same in all languages, so that languages with less to learn from learn from the open corpus in the others
too, with less weight.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from quoteminer import Issue, Scope

from ..lexicon import LANGUAGES
from ..reports.scoring import FILES, Table
from .examples import Example, Reader, alone_examples, end_examples, report_examples
from .fitting import weights_of
from .gold import LEARNED, Text, corpus, of_all_kinds, own

#: How strongly weights are drawn to zero: chosen on the part for tuning.
REPORT_PENALTY: Final = 30.0
ALL_PENALTY: Final = 10.0
END_PENALTY: Final = 10.0
ALONE_PENALTY: Final = 6.0
#: For another language than English an example of our corpus in other languages counts so much of one in its own: chosen on the part for tuning.
OTHERS_WEIGHT: Final = 0.6


class Lesson(NamedTuple):
    """Texts in one language, the folder of its pack, and how much less their examples count than those of the language that learns."""

    folder: Path
    texts: Sequence[Text]
    weight: float

    def reader(self, learned: Mapping[str, Table]) -> Reader:
        """Reads the texts with what is learned so far."""
        return Reader(self.folder, learned)

    def weighed(self, examples: Iterable[Example]) -> list[Example]:
        """Examples of these texts with what they count."""
        return [one if self.weight == 1.0 else one._replace(weight=one.weight * self.weight, own=False) for one in examples]

    def without(self, writers: Collection[str]) -> Lesson:
        """The lesson without the texts of some writers."""
        return self._replace(texts=[text for text in self.texts if text.writer not in writers])


def lessons(language: str, folder: Path, gold: Sequence[Path], issues: list[Issue]) -> list[Lesson]:
    """What a language is learned from: its own texts, and where that is not English those of the open corpus in the others.

    Args:
        gold: files of somebody's own.
        issues: what cannot be read is added here.
    """
    pack = Reader(folder, {}).grammar.pack
    texts = [*own(gold, language, pack, issues), *corpus(language, folder, pack)]
    found = [Lesson(folder, texts, 1.0)]
    if language != "en":
        for other in LEARNED:
            if other != language and (LANGUAGES / other / "constructions.toml").is_file():
                there = LANGUAGES / other
                found.append(Lesson(there, corpus(other, there, Reader(there, {}).grammar.pack), OTHERS_WEIGHT))
    return found


def judge(taught: Sequence[Lesson]) -> dict[str, Table]:
    """The tables of a judge of speech."""
    learned = reports_and_ends(taught, REPORT_PENALTY)
    examples: list[Example] = []
    for lesson in taught:
        reader = lesson.reader(learned)
        for text in lesson.texts:
            examples += lesson.weighed(alone_examples(text, reader))
    return {**learned, "alone": weights_of("alone", examples, ALONE_PENALTY)}


def judge_of_all(folder: Path) -> dict[str, Table]:
    """The tables of a judge of the scope ``all``, in English: what is reported and where it ends."""
    pack = Reader(folder, {}).grammar.pack
    return reports_and_ends([Lesson(folder, of_all_kinds("en", folder, pack), 1.0)], ALL_PENALTY)


def reports_and_ends(taught: Sequence[Lesson], penalty: float) -> dict[str, Table]:
    """The tables that tell what is reported and where it ends, the second first: what a report is depends on where it would end."""
    readers = {lesson.folder: lesson.reader({}) for lesson in taught}
    read = [(lesson, text, readers[lesson.folder].seen(text.text)) for lesson in taught for text in lesson.texts]
    ends = weights_of(
        "end",
        [one for lesson, text, seen in read for one in lesson.weighed(end_examples(text, seen, readers[lesson.folder]))],
        END_PENALTY,
    )
    readers = {lesson.folder: lesson.reader({"end": ends}) for lesson in taught}
    reports = weights_of(
        "report",
        [one for lesson, text, seen in read for one in lesson.weighed(report_examples(text, seen, readers[lesson.folder]))],
        penalty,
    )
    return {"report": reports, "end": ends}


def write(folder: Path, scope: Scope, learned: Mapping[str, Table]) -> None:
    """Write the tables of a scope into the folder of a pack."""
    lines = ["# Log odds learned by python -m quoteminer_rules.learning: table, head, trait, weight."]
    for name, table in learned.items():
        lines += sorted(
            f"{name}\t{head}\t{trait}\t{weight:.2f}" for head, traits in table.items() for trait, weight in traits.items()
        )
    target = folder / "weights" / FILES[scope]
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")

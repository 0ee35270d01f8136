"""Annotated texts to learn from: the open corpus, others that lie beside the repository, the examples of a pack, and anybody's own.

The open corpus teaches all that is learned of speech. PolNeAR and GUM have what is thought and felt too: beside it they teach the scope ``all``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from quoteminer import Document, Issue, Span
from quoteminer.evaluation import AnnotatedDocument, read_annotated, seeds
from quoteminer.text import Aligned
from quoteminer.text.readable import readable

from ..language.pack import Pack
from ..language.tables import entries
from ..marked import unmarked
from ..reports.constructions import constructions

#: An example of our corpus counts so much.
OWN_WEIGHT: Final = 8.0
#: The languages of the open corpus.
LEARNED: Final = ("de", "en", "es", "fr")
#: An example of a construction counts so much, and is read so often that its features are not too rare to be learned.
EXAMPLE_WEIGHT: Final = 8.0
EXAMPLE_TIMES: Final = 6
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_BESIDE: Final = "../shared/corpora"
"""Where other corpora lie, relative to where the program is started, unless ``QUOTEMINER_CORPORA`` says another folder."""
_NUMBER: Final = re.compile(r"-\d+$")

Offsets = tuple[int, int]


class Gold(NamedTuple):
    """An annotated report: the offsets of its words, and its cue."""

    words: frozenset[int]
    cue: Sequence[Offsets]


class Text(NamedTuple):
    """An annotated text.

    Attributes:
        weight: what an example of it counts.
        only_speech: whether only speech is annotated.
        writer: whose it is; what is learned from a writer is not measured on the same one.
    """

    text: str
    reports: Sequence[Gold]
    weight: float
    only_speech: bool
    writer: str = ""


def corpus(language: str, folder: Path, pack: Pack) -> list[Text]:
    """The training part of the open corpus, and the examples of the constructions: some of these are so rare that no corpus shows them."""
    openers = pack.of_class("complementiser")
    texts = [_of(one, openers) for one in (seeds("train", language) if language in LEARNED else ())]
    texts += [
        _text(
            one.text,
            [(list(one.content), list(one.cue))] if one.content else [],
            openers,
            EXAMPLE_WEIGHT,
            only_speech=not one.content,
        )
        for one in map(unmarked, _examples(folder))
        for _ in range(EXAMPLE_TIMES)
    ]
    return texts


def of_all_kinds(language: str, folder: Path, pack: Pack) -> list[Text]:
    """What teaches the scope ``all``: corpora of whatever is said, thought and felt, and what is speech in the open corpus, all at one weight."""
    own = [text._replace(weight=1.0) for text in corpus(language, folder, pack)]
    return [*own, *annotated("polnear", pack), *annotated("gum", pack)]


def annotated(name: str, pack: Pack) -> Iterator[Text]:
    """The training part of a corpus in which all attributions are annotated."""
    openers = pack.of_class("complementiser")
    for one in _annotated(name):
        quotes = [(_pairs(quote["content"]), _pairs(quote.get("cue") or ())) for quote in one["quotes"]]
        yield _text(one["text"], quotes, openers, 1.0, only_speech=False)


def _examples(folder: Path) -> Iterator[str]:
    for construction in constructions(folder):
        yield from construction.examples
    file = folder / "examples.txt"
    if file.is_file():
        yield from (row.columns[0] for row in entries(file))


def own(files: Iterable[Path], language: str, pack: Pack, issues: list[Issue]) -> list[Text]:
    """The texts in a language of anybody's annotated files, in our JSON form or as records of a corpus; what cannot be read is added to ``issues``."""
    openers = pack.of_class("complementiser")
    return [_of(one, openers) for one in read_annotated(files, issues) if one.document.language.partition("-")[0] == language]


def writer_of(document: Document) -> str:
    """Whose a text is: in the open corpus the ids of a writer's texts differ in a number alone; elsewhere each text is taken for another's."""
    return _NUMBER.sub("", document.id)


def _of(one: AnnotatedDocument, openers: frozenset[str]) -> Text:
    quotes = [([(s.start, s.end) for s in quote.content], [(s.start, s.end) for s in quote.cue]) for quote in one.quotes]
    text = _text(one.document.text, quotes, openers, OWN_WEIGHT, only_speech=one.scope == "speech")
    return text._replace(writer=writer_of(one.document))


def _annotated(name: str) -> list[dict[str, Any]]:
    """The training part of a corpus that is no part of this repository.

    Raises:
        FileNotFoundError: when it is not there.
    """
    folder = Path(os.environ.get("QUOTEMINER_CORPORA") or _BESIDE)
    text = (folder / name / "train.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _pairs(spans: Iterable[Sequence[int]]) -> list[Offsets]:
    return [(start, end) for start, end in spans]


def _text(
    text: str, quotes: Iterable[tuple[list[Offsets], list[Offsets]]], openers: frozenset[str], weight: float, *, only_speech: bool
) -> Text:
    read = readable(text)
    if read is not None:
        text = read.text
        quotes = [(_read(content, read), _read(cue, read)) for content, cue in quotes]
    reports = [Gold(words_of(text, content, openers), cue) for content, cue in quotes]
    return Text(text, [gold for gold in reports if gold.words], weight, only_speech)


def _read(spans: Iterable[Offsets], text: Aligned) -> list[Offsets]:
    """Places of a text in its readable form."""
    found = (text.to_text(Span(*span)) for span in spans)
    return [(span.start, span.end) for span in found if span is not None]


def words_of(text: str, spans: Iterable[Offsets], openers: frozenset[str]) -> frozenset[int]:
    """The offsets of the words of ``spans`` without a complementiser that opens them."""
    words = sorted((m.start(), m.group().lower()) for start, end in spans for m in _WORD.finditer(text, start, end))
    if len(words) > 1 and words[0][1] in openers:
        words = words[1:]
    return frozenset(offset for offset, _ in words)

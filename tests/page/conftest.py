"""A report with an error of every cause, several corpora, and texts that mean harm."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from quoteminer import Document, Issue, Span
from quoteminer.evaluation import AnnotatedDocument, AnnotatedQuote, Entity, Report, evaluate

if sys.platform != "win32":
    from .browser import NAMES, Tab, browsing, program

HOSTILE = (
    "\U0001f99c\U0001f99c “Look </script><script>window.harmed = 1</script> there,” said "
    "<img src=x onerror=window.harmed=1> Ben\ud83d. \u202eIt was late.\u2028 “Bye\x00,” \u2067said Cem &amp; <b>Dot</b>."
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def quote(
    text: str,
    content: str,
    *,
    kind: str = "direct",
    cue: str = "",
    source: str = "",
    speaker: str = "",
    rule: str = "",
    confidence: float = 0.9,
) -> AnnotatedQuote:
    """A quotation by its words, each at its first place in the text."""
    return AnnotatedQuote(
        id=content[:5],
        content=(span(text, content),),
        kind=kind,
        cue=(span(text, cue),) if cue else (),
        sources=(span(text, source),) if source else (),
        speaker=Entity(name=speaker) if speaker else None,
        confidence=confidence,
        detail=rule,
    )


def compared(
    documents: Sequence[tuple[str, str, str, list[AnnotatedQuote], list[AnnotatedQuote]]], system: str = "trial", **options
) -> Report:
    """The report on documents, each given as id, corpus, text, gold and finds."""
    sides: tuple[list[AnnotatedDocument], list[AnnotatedDocument]] = ([], [])
    for identifier, corpus, text, *quotes in documents:
        for side, found in zip(sides, quotes, strict=True):
            side.append(AnnotatedDocument(document=Document(text, id=identifier), corpus=corpus, quotes=tuple(found)))
    return evaluate(*sides, system=system, samples=20, **options)


def all_causes() -> list[tuple[str, str, str, list[AnnotatedQuote], list[AnnotatedQuote]]]:
    documents = []

    def add(identifier, corpus, text, gold, found):
        documents.append((identifier, corpus, text, gold, found))

    text = "“It rains a lot in here,” said Ada. Bob thinks that it will stop by noon."
    rain = quote(text, "It rains a lot in here,", cue="said", source="Ada", speaker="Ada")
    noon = quote(text, "that it will stop by noon", kind="indirect", cue="thinks", source="Bob", speaker="Bob")
    add(
        "d1",
        "news",
        text,
        [rain, noon],
        [quote(text, "It rains a lot in here,", cue="said", source="Bob", rule="rules r=after cue=said")],
    )

    text = "The “late show” starts soon. “Come in and sit down there,” said Eve, “all of you at once.”"
    come, all_of_you = quote(text, "Come in and sit down there,", source="Eve"), quote(text, "all of you at once.", source="Eve")
    add("d10", "news", text, [come, all_of_you], [
        quote(text, "late show", rule="rules r=scare", confidence=0.3),
        quote(text, "Come in and sit down there,” said Eve, “all of you at once.", source="Eve", rule="rules r=merge", confidence=0.6),
    ])  # fmt: skip

    text = "“One two three, four five six, seven eight nine,” said Flo. “Ten eleven twelve thirteen,” he said."
    whole = quote(text, "One two three, four five six, seven eight nine,", source="Flo", speaker="Flo")
    ten = quote(text, "Ten eleven twelve thirteen,", source="he", speaker="Gus")
    add("d2", "fiction", text, [whole, ten], [
        quote(text, "One two three,", source="Flo", rule="model m1"),
        quote(text, "four five six,", source="Flo", rule="model m1"),
        quote(text, "Ten eleven twelve", kind="mixed", source="he", speaker="Hal", rule="model m1", confidence=0.7),
    ])  # fmt: skip

    look = "Look </script><script>window.harmed = 1</script> there,"
    add("<d&3>\u202e", "<i>odd</i>", HOSTILE, [
        quote(HOSTILE, look, cue="said", source="<img src=x onerror=window.harmed=1> Ben\ud83d", speaker="<b>Ben</b>\ud83d"),
    ], [
        quote(HOSTILE, look, cue="said", source="Cem", speaker="</script>Cem", rule="<i>x</i> r=</option>\u2029<script>window.harmed=1</script>"),
        quote(HOSTILE, "Bye\x00,", rule="rules r=after"),
    ])  # fmt: skip
    return documents


@pytest.fixture(scope="session")
def report() -> Report:
    """Errors of every cause; corpora ``news``, ``fiction`` and one with markup in its name."""
    issues = [Issue("<script>", "d1", "</details><script>window.harmed = 1</script>\u202e", "error")]
    return compared(all_causes(), system="</title><script>window.harmed = 1</script>", issues=issues)


@pytest.fixture(scope="session")
def tab() -> Iterator[Tab]:
    executable = program()
    if executable is None:
        missing = f"no browser is installed: none of {', '.join(NAMES)}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, browsing(executable, Path(profile)) as tab:
        yield tab

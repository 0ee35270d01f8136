"""Our own components keep the contracts that we ask others to keep."""

from __future__ import annotations

from typing import ClassVar

from quoteminer import Document
from quoteminer.formats.jsonl import JsonLinesReader, JsonLinesWriter
from quoteminer.formats.text import MarkdownReader, TextReader
from quoteminer.testing import (
    ClaimExtractorContract,
    QuoteExtractorContract,
    ReaderContract,
    SpeakerLinkerContract,
    SpeakerResolverContract,
    WriterContract,
)
from quoteminer_people import PeopleLinker
from quoteminer_rules.components import ClaimRules, QuoteRules, SpeakerRules

STORY = (
    "“It works,” said Ann Lee. Bo Ray, the mayor, told reporters that “rents rose by 4% in May” and that nothing would change.\n\n"
    "According to the council, “‘never again’ was promised” in 2019."
)


class TestQuoteRules(QuoteExtractorContract):
    make = QuoteRules
    plugin = "rules"
    example = STORY

    def test_marks_around_a_blank_hold_nothing(self) -> None:
        component = self.component()
        self._result(component, self._inputs(Document("“It works,” said Ann. « »")), "marks around a blank")


class TestQuoteRulesOnOneQuotation(QuoteExtractorContract):
    make = QuoteRules
    plugin = "rules"
    example = "“It works,” said Ann Lee, “and it is safe.”"
    finds = ("It works, … and it is safe.",)


class TestSpeakerRules(SpeakerResolverContract):
    make = SpeakerRules
    plugin = "rules"
    extractor = QuoteRules
    example = STORY
    speaks: ClassVar = {"It works,": "Ann Lee"}


def people() -> PeopleLinker:
    return PeopleLinker(
        [{"name": "Ann Lee", "role": "engineer", "id_desk": "17", "party": "Mill"}, {"name": "Bo Ray", "aliases": "Bo"}]
    )


class TestPeopleLinker(SpeakerLinkerContract):
    make = staticmethod(people)
    plugin = "people"
    extractor = QuoteRules
    example = "“It works,” said Bo. “Why?” asked A. Lee. “Because it does,” said Ada Byron. “Yes,” said Bo Ray."
    links: ClassVar = {
        "Bo": {"name": "Bo Ray"},
        "A. Lee": {"name": "Ann Lee", "role": "engineer", "identifiers": {"desk": "17"}, "attributes": {"party": "Mill"}},
        "Ada Byron": {"name": "Ada Byron", "identifiers": {}},
    }


class TestClaimRules(ClaimExtractorContract):
    make = ClaimRules
    plugin = "rules"
    extractor = QuoteRules
    example = STORY


class TestJsonLinesReader(ReaderContract):
    make = JsonLinesReader
    plugin = "jsonl"
    example = '{"text": "“It works,” said Ann.", "id": "a", "language": "en"}\n{"text": "No."}\n'.encode()
    holds = ("“It works,” said Ann.", "No.")


class TestTextReader(ReaderContract):
    make = TextReader
    plugin = "text"
    example = "“It works,” said Ann.\r\n".encode()
    holds = ("“It works,” said Ann.\r\n",)


class TestMarkdownReader(ReaderContract):
    make = MarkdownReader
    plugin = "markdown"
    example = "# Head\n\n“It works,” said *Ann*.\n".encode()


class TestJsonLinesWriter(WriterContract):
    make = JsonLinesWriter
    plugin = "jsonl"
    reader = JsonLinesReader

"""What fails in one block costs that block: the rest of a document comes out as if it were not there, and an issue says what is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Issue, Quote
from quoteminer_rules import blockwise, labels
from quoteminer_rules.claims import mining as claim_mining
from quoteminer_rules.claims import words as claim_words
from quoteminer_rules.components import ClaimRules, QuoteRules, SpeakerRules
from quoteminer_rules.reports import grammar, judging, searching
from quoteminer_rules.speakers import entities, resolver, roles, scene

from .alone import claims_of, quotes_of, resolved

MARKER = "Zweibrücken"
BAD = f"“Tom Orr says it rained in {MARKER} for 9 days,” said Rita Vane, the mayor of {MARKER}. She told Ida Roe that 12 roofs leaked."
STORIES = [
    "“The bridge cost 40 million dollars,” said Ada Byron, the engineer, in May 2021. “It is late,” she added.",
    "Bob Reed, a clerk, said that 300 people had left the town in 2019. He argued that the mill had closed.",
    "According to Norvane Systems, prices rose by 12 percent last year. “Nobody noticed,” the company said.",
    "“We were told “wait” by the board,” said Lena Holm. Holm asked Ada Byron whether 5,000 homes would be built.",
    "The mayor, Ines Falk, warned that the dam would break. “It will hold,” replied the engineer.",
]


def text_of(count: int, bad: set[int]) -> str:
    """So many paragraphs, some of them bad ones."""
    return "\n\n".join(BAD if at in bad else STORIES[at % len(STORIES)] for at in range(count))


def failing(monkeypatch: pytest.MonkeyPatch, module: object, name: str, sees: object) -> None:
    """Let a function raise where what it is given holds the marker; ``sees`` tells the text that it is given from its arguments."""
    original = getattr(module, name)

    def fails(*arguments: object, **options: object) -> object:
        if MARKER.lower() in sees(*arguments).lower():  # type: ignore[operator]
            raise IndexError("list index out of range\x1b]0;")
        return original(*arguments, **options)

    monkeypatch.setattr(module, name, fails)


def words_of(passage, *_):
    return " ".join(passage.raw)


def whole(text, *_):
    return text


QUOTES = [
    pytest.param(judging, "candidates", words_of, id="candidates"),
    pytest.param(searching, "report_of", words_of, id="reports"),
    pytest.param(grammar, "Passage", lambda text, start, end, *_: text[start:end], id="tokens"),
    pytest.param(labels, "_labels", whole, id="nobody knows where"),
]
SPEAKERS = [
    pytest.param(roles.Roles, "_before", lambda _, text, start: text[start - 30 : start], id="roles"),
    pytest.param(roles.Roles, "_appositions", lambda self, _, end: self._table.text[end : end + 40], id="appositions"),
    pytest.param(scene.Scene, "read", lambda self, start, end: self._table.text[start:end], id="narration"),
    pytest.param(
        resolver.Resolver, "_read_source", lambda self, _, source: self.text[source.end : source.end + 40], id="sources"
    ),
    pytest.param(entities, "runs", lambda text, _: text, id="nobody knows where"),
    pytest.param(entities.EntityTable, "_look_behind", lambda self, _, end: self.text[end - 20 : end], id="names"),
]


def extent(words: claim_words.Words, tokens: list[int]) -> tuple[int, int]:
    """From where to where words of a text reach."""
    known = [token for token in tokens if token >= 0]
    return (words.starts[known[0]], words.ends[known[-1]]) if known else (0, 0)


CLAIMS = [
    pytest.param(claim_mining, "stretches", lambda words, piece, *_: words.text[slice(*extent(words, piece.tokens))], id="spans"),
    pytest.param(claim_words, "normal", lambda word, _: word, id="words"),
]


def outside(items: Sequence[Quote | Claim], text: str) -> list[tuple[object, ...]]:
    """What stands in none of the bad blocks, by all that does not depend on how many other results there are."""
    spans = [(match.start(), match.end()) for match in re.finditer(re.escape(BAD), text)]

    def bad(start: int) -> bool:
        return any(a <= start < b for a, b in spans)

    return [
        tuple(getattr(item, name) for name in ("content", "spans", "cue", "source", "kind", "confidence") if hasattr(item, name))
        for item in items
        if not bad((item.spans if hasattr(item, "spans") else item.content)[0].start)
    ]


def check_issues(issues: list[Issue], component: str, text: str, bad: int) -> None:
    """One issue for each bad block, which names its span and some of its words, without signs that mean something to a terminal."""
    spans = []
    for issue in issues:
        assert issue.component == component
        assert issue.document_id == "story"
        assert issue.severity == "error"
        assert issue.message.isprintable()
        ((start, end),) = ((int(a), int(b)) for a, b in re.findall(r"(\d+)–(\d+)", issue.message))
        assert "“" + text[start : start + 30] in issue.message
        assert MARKER in text[start:end]
        assert "\n\n" not in text[start:end]
        spans.append((start, end))
    assert len(spans) == len(set(spans)) == bad
    assert spans == sorted(spans)


@pytest.mark.parametrize("bad", [{12}, {0, 7, 8, 24}])
@pytest.mark.parametrize(("module", "name", "sees"), QUOTES)
def test_a_crash_in_the_search_for_quotes_costs_its_block(monkeypatch, module, name, sees, bad):
    text = text_of(25, bad)
    document = Document(text, id="story")
    whole = quotes_of(document)
    failing(monkeypatch, module, name, sees)
    found = list(QuoteRules().extract(document))
    quotes = [item for item in found if isinstance(item, Quote)]
    check_issues([item for item in found if isinstance(item, Issue)], "rules.quotes", text, len(bad))
    assert outside(quotes, text) == outside(whole, text)
    assert quotes == QuoteRules().extract(Document(text.replace(BAD, " " * len(BAD)), id="story"))


@pytest.mark.parametrize("bad", [{12}, {0, 7, 8, 24}])
@pytest.mark.parametrize(("module", "name", "sees"), SPEAKERS)
def test_a_crash_in_the_search_for_speakers_costs_the_mentions_of_its_block(monkeypatch, module, name, sees, bad):
    text = text_of(25, bad)
    document = Document(text, id="story")
    quotes = quotes_of(document)
    failing(monkeypatch, module, name, sees)
    known, speakers = SpeakerRules().resolve(document, quotes)
    check_issues([item for item in speakers if isinstance(item, Issue)], "rules.speakers", text, len(bad))
    monkeypatch.undo()
    blank = Document(text.replace(BAD, " " * len(BAD)), id="story")
    kept = [quote for quote in quotes if blank.text[quote.content[0].start] != " "]
    expected, people = resolved(blank, kept)
    by_id = {quote.id: quote for quote in expected}
    assert list(known) == [by_id.get(quote.id, quote) for quote in quotes]
    assert [item for item in speakers if not isinstance(item, Issue)] == people


@pytest.mark.parametrize("bad", [{12}, {0, 7, 8, 24}])
@pytest.mark.parametrize(("module", "name", "sees"), CLAIMS)
def test_a_crash_in_the_search_for_claims_costs_its_block(monkeypatch, module, name, sees, bad):
    text = text_of(25, bad)
    document = Document(text, id="story")
    quotes = quotes_of(document)
    whole = claims_of(document, quotes)
    claim_words.forms_of.cache_clear()
    failing(monkeypatch, module, name, sees)
    found = list(ClaimRules().extract(document, quotes, ()))
    monkeypatch.undo()
    check_issues([item for item in found if isinstance(item, Issue)], "rules.claims", text, len(bad))
    assert outside([item for item in found if isinstance(item, Claim)], text) == outside(whole, text)
    claim_words.forms_of.cache_clear()


def test_of_a_text_in_one_block_the_lines_that_fail_are_lost(monkeypatch):
    text = text_of(200, {40, 120}).replace("\n\n", "\n")
    whole = quotes_of(Document(text))
    failing(monkeypatch, judging, "candidates", words_of)
    found = list(QuoteRules().extract(Document(text, id="story")))
    issues = [item for item in found if isinstance(item, Issue)]
    assert len(issues) == 2
    lost = sum(int(end) - int(start) for issue in issues for start, end in re.findall(r"(\d+)–(\d+)", issue.message))
    assert lost < 0.2 * len(text)
    assert len(found) > 0.8 * len(whole)


def test_what_fails_everywhere_is_raised(monkeypatch):
    """Nothing is left to give, which the host has to know."""
    monkeypatch.setattr(grammar, "settled", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        QuoteRules().extract(Document(""))
    with pytest.raises(ZeroDivisionError):
        QuoteRules().extract(Document("It rains.\n\nIt snows."))


def test_time_grows_linearly_with_the_blocks_that_fail(monkeypatch):
    """Counted in readings of a block, not in seconds."""
    read = 0
    original = grammar.Grammar.passages

    def counted(self, text, part):
        nonlocal read
        read += 1
        return original(self, text, part)

    monkeypatch.setattr(grammar.Grammar, "passages", counted)
    failing(monkeypatch, judging, "candidates", words_of)
    for count in (50, 100, 200):
        read = 0
        found = list(QuoteRules().extract(Document(text_of(count, set(range(0, count, 2))), id="story")))
        assert sum(isinstance(item, Issue) for item in found) == count // 2
        assert read <= 2 * count


@given(st.lists(st.sampled_from([*STORIES, BAD]), max_size=8), st.sampled_from(["\n", "\n\n", " "]))
def test_nothing_is_left_out_where_nothing_fails(paragraphs, joint):
    document = Document(joint.join(paragraphs), id="story")
    seen: list[Document] = []
    _, done = blockwise.attempt(document, (), lambda given, _, __: seen.append(given))
    assert seen == [document]
    assert not done.lost

"""What belongs to a quotation does not contradict itself, and no sign of any script ends the search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Quote
from quoteminer_rules.claims.lexicon import either, entry
from quoteminer_rules.reports.selection import Report
from quoteminer_rules.reports.settling import settled

from .alone import claims_of, quotes_of, resolved

BLANKS = [" ", "\n", "\t", "\r\n", "\xa0", "\u2009", "\u202f", "\u2028", "\u2029", "\x85", "\x1c", "\u3000", "\x0c", "\u200b", ""]
DIGITS = ["²", "③", "१", "９", "½", "Ⅷ", "7", "1999", "120"]
LETTERS = ["İ", "ı", "ſ", "\u212a", "ß", "ŉ", "ǰ", "ﬁ", "\u0301", "\ud800", "𝄞"]
MARKS = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''", ",,", "—", "–", "-", "--", "(", ")", "[", "]", "*", "_"]
STOPS = [".", ",", ";", ":", "?", "!", "…"]
WORDS = [
    *(
        "said told warned asked called reported suggesting adding claims says according to by that as of in the a was were is and but"
    ).split(),
    *(
        "million billion percent K May March april year ago last Monday dollars one half two-thirds Bob Ada Rutte he who court"
    ).split(),
]
texts = st.lists(
    st.tuples(st.sampled_from([*WORDS, *WORDS, *MARKS, *STOPS, *DIGITS, *LETTERS]), st.sampled_from([*BLANKS, " ", " ", " "])),
    max_size=25,
).map(lambda pieces: "".join(word + blank for word, blank in pieces))


def mined(text: str, scope: str = "all") -> list[Quote]:
    """The quotes of a text, with the speakers and claims looked for as well; nothing is left out."""
    document = Document(text)
    quotes = quotes_of(document, scope)
    claims_of(document, *resolved(document, quotes))
    return quotes


def check(text: str, quotes: list[Quote]) -> None:
    by_id = {quote.id: quote for quote in quotes}
    for quote in quotes:
        assert all(span.end <= len(text) for span in [*quote.content, *quote.cue])
        if quote.source is not None:
            assert not any(quote.source.overlaps(span) for span in quote.content)
        assert not any(cue.overlaps(span) for cue in quote.cue for span in quote.content)
        if quote.parent is not None:
            parent = by_id[quote.parent]
            assert parent.content[0].start <= quote.content[0].start
            assert quote.content[-1].end <= parent.content[-1].end


@given(texts, st.sampled_from(["speech", "all"]))
def test_any_text_is_mined_without_a_contradiction(text, scope):
    check(text, mined(text, scope))


@pytest.mark.parametrize(
    "text",
    [
        "was published by i",
        "The book was published by Penguin",
        "Residents were told “wait” by the water board.",
        "She was warned by",
        ",said n,h",
        "“,said n,h",
        "Reports of “fraud” emerged, Bob said there were many.",
        "She told “X” colleagues Bob said there was hope.",
        "Reporting“d”e D said there r",
        "ly suggesting that t",
        "It rained. Firmly suggesting that it snowed",
    ],
)
def test_kinds_of_texts_that_once_failed(text):
    for words in (text, text + ".", "It rained.\n\n" + text + "\n\n“It works,” said Ada.", text + "\n" + text):
        check(words, mined(words))
        check(words, mined(words, "speech"))


def test_a_passive_at_the_end_of_a_block_leaves_the_others():
    quotes = mined("A photo was tweeted by fans\n\n“It works,” said Ada.", "speech")
    assert [quote.kind for quote in quotes] == ["direct"]


@pytest.mark.parametrize("gap", ["\n\n", "\x0c ", "\n\n\t", "\r\n\r\n "])
def test_an_announced_block_begins_with_its_first_word(gap):
    text = f"The auditors write:{gap}It works as well as a bridge that has stood for years. "
    (quote,) = (quote for quote in mined(text, "speech") if quote.provenance.detail["rule"] == "block")
    assert text[quote.content[0].start : quote.content[0].end] == "It works as well as a bridge that has stood for years."


@pytest.mark.parametrize(
    "blank", [blank for blank in BLANKS if blank and blank != "\u200b" and len(blank) == 1 and blank != "\x0c"]
)
def test_an_amount_is_read_over_any_white_space(blank):
    document = Document(f"The dam cost €5{blank}million in 2019, and 300{blank}people left.")
    values = [(quantity.value, quantity.unit) for claim in claims_of(document) for quantity in claim.quantities]
    assert (5_000_000.0, "euro") in values


@pytest.mark.parametrize("unit", ["percent", "per cent", "percentage points", "US dollars", "MW", "weeks"])
@pytest.mark.parametrize("blank", [" ", "\n", "\xa0", "\u202f"])
def test_a_unit_has_its_canonical_name_behind_any_white_space(unit, blank):
    names = {"percent": "%", "per cent": "%", "percentage points": "percentage point", "US dollars": "dollar"}
    document = Document(f"Output of the plant rose by 40{blank}{unit} in 2019.")
    units = [quantity.unit for claim in claims_of(document) for quantity in claim.quantities]
    assert units == [names.get(unit, {"MW": "megawatt", "weeks": "week"}.get(unit))]


@pytest.mark.parametrize("number", ["901²", "120²", "120¹", "999③", "１９９９", "१९९९", "20²²", "½", "Ⅷ", "1" * 5000])
def test_digits_that_are_no_decimals_are_numbers_without_a_value(number):
    document = Document(
        f"Chapter {number} says that {number} people died in {number}, and {number}% of the total {number} million left."
    )
    for claim in claims_of(document):
        for time in claim.times:
            assert time.value is None or time.value.isascii()


@given(st.lists(st.sampled_from(["million", "a third", "May", "two-thirds", "%", "K"]), min_size=1), st.text(max_size=12))
def test_what_a_table_finds_is_one_of_its_entries(entries, text):
    import re

    table = {entry(name): name for name in entries}
    for words in (text, *(f"{text}{form}" for name in entries for form in (name, name.upper(), name.replace("i", "İ")))):
        for match in re.finditer(either(table), words, re.IGNORECASE):
            assert entry(match[0]) in table


def offsets(text_length: int = 20) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, text_length), st.integers(0, text_length)).map(lambda pair: (min(pair), max(pair)))


REPORTS = st.lists(
    st.builds(
        lambda content, cue, source: Report("that", "direct", tuple(content), tuple(cue), "say", source, None, 0.5),
        st.lists(offsets(), max_size=3),
        st.lists(offsets(), max_size=2),
        st.none() | offsets(),
    ),
    max_size=6,
)


@given(REPORTS)
def test_settled_reports_do_not_contradict_themselves(made):
    reports = settled(made)
    assert len(reports) <= sum(any(start < end for start, end in report.content) for report in made)
    assert len({(report.content, report.cue, report.source) for report in reports}) == len(reports)
    for number, report in enumerate(reports):
        for parts in (report.content, report.cue):
            assert all(start < end for start, end in parts)
            assert all(a[1] <= b[0] for a, b in zip(parts, parts[1:], strict=False))
        beside = [*report.cue, *([report.source] if report.source is not None else [])]
        assert not any(a < d and c < b for a, b in beside for c, d in report.content)
        around = [other for other in range(len(reports)) if words(reports[other]) > words(report)]
        if report.parent is None:
            assert not around or all(not inside(report, reports[other]) for other in around)
        else:
            # The smallest report around it, which stands before it.
            assert report.parent < number
            assert inside(report, reports[report.parent])
            assert len(words(reports[report.parent])) == min(
                len(words(reports[other])) for other in around if inside(report, reports[other])
            )
    assert [report.content[0][0] for report in reports] == sorted(report.content[0][0] for report in reports)


def words(report: Report) -> set[int]:
    return {offset for start, end in report.content for offset in range(start, end)}


def inside(inner: Report, outer: Report) -> bool:
    return all(any(a <= c and d <= b for a, b in outer.content) for c, d in inner.content)


def test_parents_are_the_next_around_at_any_depth():
    spans = [(0, 20), (2, 18), (4, 9), (5, 8), (10, 17), (30, 40)]
    reports = settled(Report("that", "direct", (span,), (), "", None, None, 0.5) for span in reversed(spans))
    assert [report.content[0] for report in reports] == spans
    assert [report.parent for report in reports] == [None, 0, 1, 2, 1, None]


def test_what_two_searches_find_alike_stands_once():
    for scope in ("speech", "all"):
        quotes = mined("id “said 'I! 'ou said that over and ov, 'D", scope)
        seen = [(quote.content, quote.cue, quote.source) for quote in quotes]
        assert len(seen) == len(set(seen)) > 0

"""Claims by rules: clauses, kinds, attributes, and that any text survives."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Claim, Document, Extraction, Miner, Quote, Span, Speaker, Time
from quoteminer.evaluation import seeds
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer_rules import lexicon
from quoteminer_rules.claims import check_worthiness, quantities, sentences, times
from quoteminer_rules.claims import lexicon as claim_lexicon
from quoteminer_rules.claims.fiction import is_fiction
from quoteminer_rules.language.classes import KNOWN

from .alone import claims_of, quotes_of

MINER = Miner(["rules"], on_error="raise")

NOT_YET = pytest.mark.xfail(strict=True, reason="the kinds as they are learned do not tell it yet")


def claims(text: str, **metadata: str) -> tuple[Extraction, list[Claim]]:
    extraction = MINER.mine(Document(text, metadata=metadata))
    return extraction, list(extraction.claims)


def words(text: str) -> list[str]:
    extraction, found = claims(text)
    return [claim.text(extraction.document) for claim in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The drain was finished in March and cost £1.2 million.", ["The drain was finished in March", "cost £1.2 million"]),
        ("The state raised taxes in 2015; unemployment fell in 2016.", ["The state raised taxes in 2015", "unemployment fell in 2016"]),
        ("The board voted in May to close the school, and the state paid 3 million dollars.",
         ["The board voted in May to close the school", "the state paid 3 million dollars"]),
    ],
)  # fmt: skip
def test_each_assertion_is_a_claim_of_its_own(text: str, expected: list[str]):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Why did taxes rise in 2019?", "Thank you all.", "No sentence here", "…", "The minister said that he was happy?"],
)
def test_what_is_no_claim(text: str):
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Under the Roads Act, any contract above 500,000 must be checked on site.", "law_or_rule"),
        ("The council will close the school in August.", "prediction"),
        ("The city spends more on roads than the state.", "comparison"),
        ("The company employs 450 people in the city.", "quantity"),
        ("Police arrested the mayor of the city on Friday.", "event"),
        ("Unemployment rose in the state because of the tax.", "causation"),
        pytest.param("The state shall pay for the inspection of the harbour.", "law_or_rule", marks=NOT_YET),
        ("The tax on fuel has gone up in the city.", "comparison"),
        ("The people who own the mill sold the land in 2019.", "event"),
    ],
)
def test_kinds(text: str, kind: str):
    _, found = claims(text)
    assert [claim.kind for claim in found] == [kind]


def test_claims_of_a_quotation_are_its_speakers():
    extraction, found = claims("“We will cut the tax by 10 percent in 2027,” Transport Minister Rosa Ilves told parliament.")
    (claim,) = found
    speaker = extraction.speaker(claim.claimant)
    assert speaker is not None
    assert speaker.name == "Rosa Ilves"
    assert claim.quote == extraction.quotes[0].id
    assert claim.kind == "pledge"
    assert [(q.value, q.unit) for q in claim.quantities] == [(10.0, "%")]
    assert [t.value for t in claim.times] == ["2027"]
    assert claim.provenance.extractor == "rules.claims"
    assert claim.provenance.detail["worth"]


@pytest.mark.parametrize(
    ("kind", "confidence", "expected"),
    [
        ("indirect", 0.3, [("The council voted 6-1 on Monday to close the harbour", None)]),
        ("indirect", 0.6, []),
        ("direct", 0.3, []),
    ],
)
def test_an_unsure_guess_at_a_report_leaves_the_document_its_words(
    kind: str, confidence: float, expected: list[tuple[str, None]]
):
    document = Document("The council voted 6-1 on Monday to close the harbour.")
    start = document.text.index("6-1")
    quote = Quote([(start, len(document) - 1)], kind, cue=[(start - 6, start - 1)], confidence=confidence, id="q1")
    assert [(claim.text(document), claim.claimant) for claim in claims_of(document, [quote])] == expected


def test_nobody_pledges_what_is_past():
    _, (claim,) = claims("The minister promised that the state had paid 3 million dollars in 2019.")
    assert claim.kind != "pledge"


def test_the_first_story():
    text = (
        "The danger posed by Russia would not end when the war does, NATO chief Mark Rutte said. "
        "He said that Russia had until recently produced more ammunition than all NATO countries taken together."
    )
    extraction, found = claims(text)
    kinds = {claim.text(extraction.document)[:12]: claim.kind for claim in found}
    assert kinds["The danger p"] == "prediction"
    assert "Russia had u" in kinds
    speakers = {extraction.speaker(claim.claimant) for claim in found}
    assert {speaker and speaker.name for speaker in speakers} == {"Mark Rutte"}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The state paid 3.2 billion dollars in 2019.", 3.2e9, "dollar"),
        ("The state paid $830,000 in 2019.", 830000.0, "dollar"),
        ("The state paid 12 % in 2019.", 12.0, "%"),
        ("The state lost two hundred and ten thousand homes in 2019.", 210000.0, "homes"),
        ("The state lost a third of its homes in 2019.", 1 / 3, None),
        ("The state lost two-thirds of its homes in 2019.", 2 / 3, None),
        ("The state paid 1.234.567,89 euros in 2019.", None, "euro"),
        ("The state paid " + "9" * 400 + " euros in 2019.", None, "euro"),
        ("The state paid ١٢٣ euros in 2019.", None, "euro"),
    ],
)
def test_quantities(text: str, value: float | None, unit: str):
    _, found = claims(text)
    assert [(q.value, q.unit) for claim in found for q in claim.quantities] == [(value, unit)]


@pytest.mark.parametrize(
    ("when", "date", "value"),
    [
        ("in 2019", "", "2019"),
        ("on 2 June 2019", "", "2019-06-02"),
        ("last year", "", None),
        ("last year", "2026-05-20", "2025"),
        ("on Friday", "2026-05-20", "2026-05-15"),
        ("yesterday", "2026-05-20", "2026-05-19"),
        ("two years ago", "2026-05-20", "2024"),
        ("last week", "2026-05-20", "2026-W20"),
        ("yesterday", "no date", None),
    ],
)
def test_times(when: str, date: str, value: str | None):
    _, found = claims(f"Police arrested the mayor of the state {when}.", date=date)
    assert [t.value for claim in found for t in claim.times] == [value]


def test_modality_and_negation():
    _, (claim,) = claims("The council did not pay the tax in 2019.")
    assert (claim.modality, claim.negated) == ("asserted", True)
    _, (claim,) = claims("The council reportedly paid the tax in 2019.")
    assert (claim.modality, claim.negated) == ("hedged", False)


def test_a_claim_stays_in_its_line():
    lines = [f"We created {number} jobs in this state last year." for number in range(20, 40)]
    extraction, found = claims("\n".join(lines))
    assert len(found) == len(lines)
    assert not any("\n" in claim.text(extraction.document) for claim in found)


def test_what_is_left_of_a_line_ends_before_its_break():
    extraction, found = claims("The state paid 3 million dollars in 2019\n\nand ")
    pieces = [extraction.document[span] for claim in found for span in claim.spans]
    assert pieces
    assert pieces == [piece.strip() for piece in pieces]


PIECES = ["“", "”", '"', ", ", ". ", "\n", "\n\n", "who ", "and ", "paid ", "was ", "said ", "Ada ", "the ", "if ", "12 ", "1.2.3,4", "% ",
          "$", "½", "9" * 400, "٣", "last year ", "May ", "7'9\" ", "\ud800", "?", "that "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=50).map("".join) | st.text(max_size=200))
def test_any_text_survives(text: str):
    extraction = MINER.mine(Document(text, metadata={"date": "2026-05-20"}))
    for claim in extraction.claims:
        for span in claim.spans:
            assert extraction.document[span] == extraction.document[span].strip()
        for part in [*(item.span for item in claim.quantities), *(item.span for item in claim.times)]:
            assert any(span.contains(part) for span in claim.spans)
        alone = claim.standalone(extraction)
        assert all(span.end <= len(alone.text) for span in [*alone.changed, *alone.unresolved])
    assert Extraction.from_json(extraction.to_json()) == extraction


@pytest.mark.timed
@pytest.mark.parametrize("piece", ["a and paid 3 ", "who was, ", "9", "and ", "“a ", "if it was, ", "two hundred ", "1,", "May "])
def test_time_is_linear(piece: str):
    _, factor = growth(lambda size: MINER.mine(piece * (size // len(piece))), smallest=1 << 14, largest=1 << 17)
    assert factor <= TOO_STEEP


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("“I closed 12 schools in 2019,” Mayor Rosa Ilves said.", "Rosa Ilves closed 12 schools in 2019."),
        (
            "“I have closed 12 of my schools in 2019,” Mayor Rosa Ilves said.",
            "Rosa Ilves has closed 12 of Rosa Ilves's schools in 2019.",
        ),
    ],
)
def test_standalone_says_who(text: str, alone: str):
    extraction, (claim,) = claims(text)
    result = claim.standalone(extraction)
    assert result.text == str(result) == alone
    assert result.unresolved == ()
    assert result.text[result.changed[0].start : result.changed[0].end].startswith("Rosa Ilves")


def test_a_body_has_the_article_that_the_text_has():
    text = "The Harbour Board spoke on Monday. The Harbour Board said it removed 40 boats in March."
    start = text.index("it removed")
    quote = Quote([(start, len(text) - 1)], "indirect", speaker="s1", id="q1")
    claim = Claim([(start, len(text) - 1)], "event", claimant="s1", quote="q1", id="c1")
    speaker = Speaker("s1", "Harbour Board", kind="organisation")
    extraction = Extraction(Document(text), [quote], [speaker], [claim])
    assert claim.standalone(extraction).text == "The Harbour Board removed 40 boats in March."
    bare = Extraction(Document(text.replace("The Harbour Board", "Our Harbour Board")), [quote], [speaker], [claim])
    assert claim.standalone(bare).text == "Harbour Board removed 40 boats in March."


def test_standalone_leaves_what_it_does_not_know():
    extraction, (claim,) = claims("“They cut the tax in 2019,” Mayor Rosa Ilves said.")
    result = claim.standalone(extraction)
    assert result.text == "They cut the tax in 2019."
    assert result.unresolved == (Span(0, 4),)


@pytest.mark.parametrize(
    ("text", "date", "alone", "missing"),
    [
        ("The state paid 3 million dollars last year.", "2026-05-20", "The state paid 3 million dollars last year (2025).", ()),
        ("The state paid 3 million dollars last year.", "", "The state paid 3 million dollars last year.", ("when",)),
        ("Ilves Mills said it had paid 3 million dollars in 2019.", "", "Ilves Mills had paid 3 million dollars in 2019.", ()),
        ("They paid 3 million dollars in 2019.", "", "They paid 3 million dollars in 2019.", ("who",)),
    ],
)
def test_standalone_says_when_and_what_is_missing(text: str, date: str, alone: str, missing: tuple[str, ...]):
    extraction, (claim,) = claims(text, date=date)
    result = claim.standalone(extraction)
    assert (result.text, result.missing) == (alone, missing)
    assert bool(result.unresolved) == bool(missing)


@pytest.mark.parametrize(
    ("language", "words", "when", "alone"),
    [
        ("de", "Ich habe im letzten Jahr zwölf Schulen geschlossen", "im letzten Jahr", "Ada hat im letzten Jahr (2025) zwölf Schulen geschlossen."),
        ("fr", "J'ai fermé douze écoles l'an dernier", "l'an dernier", "Ada a fermé douze écoles l'an dernier (2025)."),
        ("es", "Yo he cerrado doce escuelas el año pasado", "el año pasado", "Ada ha cerrado doce escuelas el año pasado (2025)."),
    ],
)  # fmt: skip
def test_standalone_in_other_languages(language: str, words: str, when: str, alone: str):
    start = words.index(when)
    claim = Claim(
        [(0, len(words))], "event", id="c1", claimant="s1", quote="q1", times=[Time((start, start + len(when)), value="2025")]
    )
    quote = Quote([(0, len(words))], "direct", speaker="s1", id="q1")
    extraction = Extraction(Document(words, language=language), [quote], [Speaker("s1", "Ada")], [claim])
    assert extraction.claims[0].standalone(extraction).text == alone


def test_each_bit_is_a_class_of_words_or_follows_from_some():
    others = {name for name in claim_lexicon.OF_CLASSES if name not in KNOWN}
    assert others == {
        "pause", "currency", "line", "gap", "finite_be", "nonfinite_be", "finite_have", "first_person", "third_person", "third_singular",
        "subject_form", "object_form", "many", "dated", "counted",
    }  # fmt: skip
    assert set(check_worthiness.CLASSES) <= claim_lexicon.OF_CLASSES.keys()


PARTS = [
    "\n", "\n\n", " \n \n ", "“", "”", " ", ". ", ".", "...", "! ", "A", "I. ", "Mr. ", "; ", "\r\n", "(", ")", " who was, ", "\u2028",
    "the mill closed in 2019", "He said the dam would cost 5 million dollars.", "Rents rose by 12 percent, and the mill was sold.",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join), st.sampled_from([1, 40, 200]))
def test_what_is_found_does_not_depend_on_where_blocks_end(text: str, size: int):
    document = Document(text)
    quotes = quotes_of(document)
    whole = claims_of(document, quotes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "BLOCK", size)
        assert claims_of(document, quotes) == whole


def test_stories_are_read_alike_in_small_blocks(monkeypatch: pytest.MonkeyPatch):
    stories = [one.document for one in seeds("train", "en")[:20]]
    quotes = [quotes_of(story) for story in stories]
    whole = [claims_of(story, found) for story, found in zip(stories, quotes, strict=True)]
    assert sum(map(len, whole)) > 100
    monkeypatch.setattr(sentences, "BLOCK", 100)
    assert [claims_of(story, found) for story, found in zip(stories, quotes, strict=True)] == whole


TIMES = """month\t5\tmai
unit\tyear\tjahr jahre jahren
number\t3\tdrei
distance\t-1\tvor <count> <unit>
distance\t1\tin <count> <unit>
shift\t-1\tletzten
unit\tweek\twoche
"""
NUMBERS = """word\t3\tdrei
magnitude\t1000000\tmillionen
unit\teuro\teuro
ordinal_ending\t-\t.
group_sign\t-\t.
decimal_sign\t-\t,
"""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """German with names of times and numbers of its own."""
    folder = tmp_path / "de"
    shutil.copytree(lexicon.LANGUAGES / "de", folder)
    (folder / "times.tsv").write_text(TIMES, encoding="utf-8")
    (folder / "numbers.tsv").write_text(NUMBERS, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Die Mühle schloss vor drei Jahren.", "2023"),
        ("Sie schließt in 2 Jahren.", "2028"),
        ("Sie schloss am 3. Mai 2021.", "2021-05-03"),
        ("Sie schloss im Mai 2021.", "2021-05"),
    ],
)
def test_times_of_another_language_need_data_only(german: Path, text: str, value: str):
    found = times.times(text, [(0, len(text))], german, dt.date(2026, 5, 20), future=False)
    assert [time.value for time in found] == [value]


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("Sie kostete 1.234,5 Euro.", 1234.5, "euro"), ("Sie kostete drei Millionen Euro.", 3e6, "euro")]
)
def test_numbers_of_another_language_need_data_only(german: Path, text: str, value: float, unit: str):
    found = quantities.quantities(text, [(0, len(text))], german, [])
    assert [(quantity.value, quantity.unit) for quantity in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("kind", "said"), [("mounth\t1\tmai\n", "no kind 'mounth'"), ("unit\tfortnight\tx\n", "no unit of time 'fortnight'")]
)
def test_what_is_wrong_in_a_table_of_times_is_told(german: Path, kind: str, said: str):
    (german / "times.tsv").write_text(kind, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        times.calendar_of(german)


TOLD = {
    "de": [
        ("Die Stadt hat 2019 zwölf Schulen geschlossen, und die Mieten stiegen um 4 Prozent.",
         ["Die Stadt hat 2019 zwölf Schulen geschlossen", "die Mieten stiegen um 4 Prozent"]),
        ("Was kostet die Brücke?", []),
    ],
    "fr": [
        ("La ville a fermé douze écoles en 2019 et les loyers ont augmenté de 4 %.",
         ["La ville a fermé douze écoles en 2019", "les loyers ont augmenté de 4 %"]),
        ("Combien coûte le pont ?", []),
    ],
    "es": [
        ("El ayuntamiento cerró doce escuelas en 2019 y los alquileres subieron un 4 %.",
         ["El ayuntamiento cerró doce escuelas en 2019", "los alquileres subieron un 4 %"]),
        ("¿Cuánto cuesta el puente?", []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), [(tag, *one) for tag, all_of in TOLD.items() for one in all_of])
def test_other_languages_have_claims(language: str, text: str, expected: list[str]):
    document = Document(text, language=language)
    assert [claim.text(document) for claim in MINER.mine(document).claims] == expected


LANGUAGES = lexicon.LANGUAGES


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "letztes Jahr", "2025"),
        ("de", "am 3. Mai 2021", "2021-05-03"),
        ("de", "vor drei Jahren", "2023"),
        ("fr", "l'an dernier", "2025"),
        ("fr", "mardi dernier", "2026-05-19"),
        ("fr", "il y a trois ans", "2023"),
        ("es", "el año pasado", "2025"),
        ("es", "el 3 de mayo de 2021", "2021-05-03"),
        ("es", "dentro de dos años", "2028"),
        ("en", "sun", None),
    ],
)
def test_times_as_each_language_tells_them(language: str, text: str, value: str | None):
    found = times.times(text, [(0, len(text))], LANGUAGES / language, dt.date(2026, 5, 20), future=False)
    assert [time.value for time in found] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("de", "12'000 Franken", 12000.0, "franc"),
        ("de", "7,5 Prozentpunkte", 7.5, "percentage point"),
        ("fr", "12 500 euros", 12500.0, "euro"),
        ("fr", "1 234 567,89 €", 1234567.89, "euro"),
        ("fr", "3,2 millions d'euros", 3.2e6, "euro"),
        ("es", "3,2 millones de euros", 3.2e6, "euro"),
        ("es", "treinta y cinco por ciento", 35.0, "%"),
    ],
)
def test_numbers_as_each_language_writes_them(language: str, text: str, value: float, unit: str):
    (found,) = quantities.quantities(text, [(0, len(text))], LANGUAGES / language, [])
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Change.
        ("en", "Rents rose by a third.", [("a third", 1 / 3, None)]),
        ("en", "Arrests doubled in a year.", [("doubled", 2.0, "times")]),
        ("en", "It is three times as wide.", [("three times", 3.0, "times")]),
        ("de", "Die Zahl hat sich verdoppelt.", [("verdoppelt", 2.0, "times")]),
        ("fr", "Le nombre a triplé.", [("triplé", 3.0, "times")]),
        ("es", "El número se duplicó.", [("duplicó", 2.0, "times")]),
        # For one of something; a distance in time is none.
        ("en", "It costs 40 euros a month.", [("40 euros a month", 40.0, "euro per month")]),
        ("en", "There are 3 accidents a week.", [("3", 3.0, "accidents per week")]),
        ("en", "It hired 30 people a year ago.", [("30", 30.0, "people")]),
        ("de", "Das macht 40 Euro im Monat.", [("40 Euro im Monat", 40.0, "euro per month")]),
        ("de", "Sie holte 30 Menschen im Jahr 2019.", [("30", 30.0, "Menschen")]),
        ("fr", "Elle paie 12 euros par habitant.", [("12 euros par habitant", 12.0, "euro per person")]),
        ("es", "Cuesta 40 euros al mes.", [("40 euros al mes", 40.0, "euro per month")]),
        # Ranges.
        ("en", "Between 20 and 30 per cent left.", [("20", 20.0, "%"), ("30 per cent", 30.0, "%")]),
        ("en", "It costs $2-3 million.", [("$2", 2e6, "dollar"), ("3 million", 3e6, "dollar")]),
        ("en", "They won 3-2.", [("3-2", None, None)]),
        ("de", "Es kostet zwei bis drei Millionen Euro.", [("zwei", 2e6, "euro"), ("drei Millionen Euro", 3e6, "euro")]),
        ("fr", "Cela coûte 2 à 3 millions d'euros.", [("2", 2e6, "euro"), ("3 millions d'euros", 3e6, "euro")]),
        ("es", "Entre 20 y 30 por ciento.", [("20", 20.0, "%"), ("30 por ciento", 30.0, "%")]),
        ("en", "20 women and 30 men", [("20", 20.0, "women"), ("30", 30.0, "men")]),
        # What is counted.
        ("en", "The firm has 450 new jobs.", [("450", 450.0, "jobs")]),
        ("en", "Some 450 left the schools.", [("450", 450.0, None)]),
        ("de", "Es gibt 450 neue Stellen.", [("450", 450.0, "Stellen")]),
        ("fr", "Il y a 450 nouveaux emplois.", [("450", 450.0, "emplois")]),
        ("es", "Hay 450 nuevos empleos.", [("450", 450.0, "empleos")]),
    ],
)
def test_change_rates_ranges_and_what_is_counted(language: str, text: str, expected: list[tuple[str, float | None, str | None]]):
    found = quantities.quantities(text, [(0, len(text))], LANGUAGES / language, [])
    assert [(text[one.span.start : one.span.end], one.value, one.unit) for one in found] == expected


TALE = (
    "She had never trusted the well. She went down to it at night, and it sang. Her aunt lit a lamp and watched. "
    "She let the rope run, and it ran for longer than a rope can. He had told her that it would. "
)


@pytest.mark.parametrize(
    ("text", "fiction"),
    [
        (TALE * 4, True),
        # Too short to tell.
        (TALE, False),
        # It has its figures.
        (TALE * 4 + "Of the 40 wells, 12 were closed in 2019. ", False),
        (
            "The council closed the well. Members voted on Monday to fence it off after complaints from families nearby. " * 10,
            False,
        ),
    ],
)
def test_who_is_told_about_all_the_time_is_in_a_tale(text: str, fiction: bool):
    assert is_fiction(text, [], LANGUAGES / "en") is fiction


def test_a_character_of_html_ends_nothing():
    assert words("The state paid 3&nbsp;million dollars in 2019.") == ["The state paid 3&nbsp;million dollars in 2019"]

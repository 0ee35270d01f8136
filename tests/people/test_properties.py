"""Laws of the linker, whatever the names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Quote, Speaker
from quoteminer.testing import strategies
from quoteminer_people import PeopleLinker
from quoteminer_people.names import readings
from quoteminer_people.words import words_of
from quoteminer_rules.packs import english

WORDS = words_of([english()])
PARTS = [
    "Ada",
    "Bill",
    "William",
    "J.",
    "J.C.",
    "JC",
    "Jean-Claude",
    "Müller",
    "Mueller",
    "Muller",
    "Noon",
    "O’Noon",
    "van",
    "al-Noon",
    "Mrs",
    "Dr",
    "Jr",
    "Inc",
    "the",
    "习近平",
    "é",
]
names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join)
any_name = names | st.text(min_size=1, max_size=30).filter(str.strip)
kinds = st.sampled_from(["person", "organisation", "group", "document", "unknown"])
rows = st.lists(
    st.fixed_dictionaries({"name": any_name, "aliases": st.lists(any_name, max_size=2), "kind": kinds}), min_size=1, max_size=6
)


def numbered(rows) -> list[dict[str, object]]:
    return [{**row, "id": str(at)} for at, row in enumerate(rows)]


def made(rows) -> PeopleLinker:
    linker = PeopleLinker(rows)
    linker.use_languages({"en": english()})
    return linker


def ids(linker: PeopleLinker, document: Document, speakers: list[Speaker]) -> dict[str, str]:
    """The id of each speaker's person."""
    quotes = [Quote([(0, 1)], "direct", speaker=speaker.id) for speaker in speakers]
    after, people = linker.link(document, quotes, speakers)
    known: dict[str | None, str | None] = {one.id: one.identifiers.get("people") for one in people if isinstance(one, Speaker)}
    return {
        speaker.id: found for speaker, quote in zip(speakers, after, strict=True) if (found := known[quote.speaker]) is not None
    }


speakers = st.lists(st.tuples(any_name, kinds), min_size=1, max_size=5).map(
    lambda given: [Speaker(f"s{at}", name, kind=kind, mentions=[(0, 1)]) for at, (name, kind) in enumerate(given)]
)
texts = st.lists(any_name, min_size=1, max_size=8).map(". ".join)


@given(rows, texts, speakers)
def test_the_order_of_a_list_says_nothing(rows, text, speakers):
    """Else the first of two would be preferred, which is a guess."""
    rows = numbered(rows)
    document = Document(text)
    assert ids(made(rows), document, speakers) == ids(made(rows[::-1]), document, speakers)


@given(rows, texts, speakers)
def test_two_with_the_same_names_are_never_told_apart(rows, text, speakers):
    """Each person is in the list twice, so nobody can be linked."""
    doubled = numbered([*rows, *rows])
    assert ids(made(doubled), Document(text), speakers) == {}


@given(rows, texts, speakers)
def test_who_is_linked_is_linked_again_with_the_same(rows, text, speakers):
    linker = made(numbered(rows))
    document = Document(text)
    _, found = linker.link(document, [], speakers)
    people = [one for one in found if isinstance(one, Speaker)]
    _, again = linker.link(document, [], people)
    before = {one.id: one.identifiers.get("people") for one in people}
    for one in again:
        if isinstance(one, Speaker) and before[one.id] is not None:
            assert one.identifiers["people"] == before[one.id]


@given(rows, texts, speakers)
def test_a_person_is_never_linked_with_what_the_text_says_is_none(rows, text, speakers):
    rows = numbered(rows)
    found = ids(made(rows), Document(text), speakers)
    for speaker in speakers:
        if speaker.kind in ("organisation", "group", "document") and speaker.id in found:
            assert rows[int(found[speaker.id])]["kind"] != "person"


@given(any_name)
def test_any_text_is_a_name_or_none(text):
    for name in readings(text, WORDS):
        assert all(name.whole)
        assert name.agrees(name, WORDS)


@given(strategies.documents(), rows)
def test_any_document(document, rows):
    """Any text may stand round the speakers."""
    speakers = [Speaker("s", "Noon", kind="person"), Speaker("t", "J. Müller", kind="person")]
    quotes, people = made(numbered(rows)).link(document, [], speakers)
    assert not quotes
    assert len(people) >= 1

"""Who is whom across documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quoteminer import ConfigurationError, Document, Extraction, Quote, Speaker, UnknownIdError
from quoteminer.archive import Archive
from quoteminer.archive.folding import name_block, name_form
from quoteminer.archive.opening import writing
from quoteminer.archive.rows import Writer

Who = tuple[str, str | None] | tuple[str, str | None, str] | tuple[str, str | None, str, dict[str, str]]


def put(archive: Archive, *documents: Sequence[Who], source: str = "Gazette", start: int = 0) -> None:
    """Store documents that name these speakers, each with one quotation."""
    with writing(archive._connection):
        archive._connection.execute("INSERT OR IGNORE INTO manifests VALUES (1, '', '{}')")
        writer = Writer(archive._connection)
        for number, given in enumerate(documents, start):
            speakers = [
                Speaker(
                    f"s{place}",
                    who[0],
                    role=who[1],
                    kind=who[2] if len(who) > 2 else "person",
                    identifiers=who[3] if len(who) > 3 else {},
                )
                for place, who in enumerate(given)
            ]
            text = f"Number {number}: " + " ".join(f"“What {who[0]} says in {number}.”" for who in given)
            quotes: list[Quote] = []
            at = 0
            for speaker in speakers:
                begin = text.index("“", at) + 1
                at = text.index("”", begin)
                quotes.append(Quote([(begin, at)], "direct", speaker=speaker.id, id=f"q{len(quotes)}"))
            metadata = {"source": source, "date": f"2026-01-{number + 1:02}"}
            writer.put(Extraction(Document(text, id=f"d{number}", metadata=metadata), quotes, speakers), 1)
    archive._link()


def who(archive: Archive) -> dict[str, list[str]]:
    """The documents of each person."""
    return {person.id: [one.document for one in archive.appearances(person.id)] for person in archive.people()}


def test_one_full_name_is_one_person_where_nothing_speaks_against_it(archive):
    put(archive, [("Ana Ruiz", "Mayor")], [("Ana Ruiz", None)], [("ANA RUÍZ", "mayor of Hillbrook")])
    assert who(archive) == {"ana-ruiz": ["d0", "d1", "d2"]}
    (person,) = archive.people()
    assert (person.name, person.documents, person.quotes, person.first, person.last) == (
        "Ana Ruiz",
        3,
        3,
        "2026-01-01",
        "2026-01-03",
    )
    assert [(one.reason, one.certainty) for one in archive.appearances("ana-ruiz")] == [
        ("the first of this name", 1.0),
        ("the same full name: the same outlet", 0.75),
        ("the same full name: roles that go together, roles of one field, the same outlet", 0.98),
    ]


def test_two_of_one_name_stay_two_when_their_roles_tell(archive):
    put(archive, [("Ana Ruiz", "Mayor")], [("Ana Ruiz", "goalkeeper")], [("Ana Ruiz", "mayor")], [("Ana Ruiz", None)])
    # Whom the last one means, nothing tells.
    assert who(archive) == {"ana-ruiz": ["d0", "d2"], "ana-ruiz.2": ["d1"], "ana-ruiz.3": ["d3"]}


def test_one_of_whom_little_is_told_is_nobody_where_two_may_be_meant_and_else_the_one(archive):
    put(archive, [("Ana Ruiz", "Mayor")], [("Ana Ruiz", "mayor")], [("Ana Ruiz", None)], [("Ana Ruiz", None)])
    assert who(archive) == {"ana-ruiz": ["d0", "d1", "d2", "d3"]}
    put(archive, [("Ana Ruiz", "goalkeeper")], start=4)
    assert who(archive)["ana-ruiz"] == ["d0", "d1"]


def test_who_stands_beside_them_tells_too(archive):
    beside: list[Who] = [("Bob Moor", None), ("Kate Ilves", None)]
    put(
        archive,
        [("Ana Ruiz", "Mayor"), *beside],
        [("Ana Ruiz", "chair of the water board"), *beside],
        [("Ana Ruiz", "goalkeeper")],
    )
    assert who(archive)["ana-ruiz"] == ["d0", "d1"]
    put(archive, [("Ana Ruiz", None), ("Bob Moor", None)], start=3)
    assert who(archive)["ana-ruiz"] == ["d0", "d1", "d3"]


def test_ids_of_linkers_win(archive):
    put(
        archive,
        [("Ana Ruiz", "Mayor", "person", {"desk": "17"})],
        [("A. Ruiz", None, "person", {"desk": "17"})],
        [("Ana Ruiz", "Mayor", "person", {"desk": "99"})],
        [("Ana Ruiz-Lopez", None, "person", {"wikidata": "Q1", "desk": "17"})],
        [("Ana Lopez", None, "person", {"wikidata": "Q1"})],
    )
    people = {person.id: person for person in archive.people()}
    assert who(archive) == {"ana-ruiz_lopez": ["d0", "d1", "d3", "d4"], "ana-ruiz": ["d2"]}
    assert people["ana-ruiz_lopez"].identifiers == {"desk": "17", "wikidata": "Q1"}


def test_father_and_son_and_firm_and_founder_stay_two(archive):
    put(
        archive,
        [("John Kessler", "founder")],
        [("John Kessler Jr.", None)],
        [("Kessler", None, "organisation")],
        [("John Kessler", None, "organisation")],
        [("Kessler", None, "organisation")],
    )
    assert who(archive) == {
        "john-kessler": ["d0"],
        "john-kessler-jr": ["d1"],
        "org:kessler": ["d2", "d4"],
        "org:john-kessler": ["d3"],
    }


def test_shorter_names_only_where_their_role_leads_to_one(archive):
    put(
        archive,
        [("Ana Ruiz", "Mayor")],
        [("Ruiz", "mayor")],
        [("Ruiz", None)],
        [("A Ruiz", "Mayor")],
        [("B Ruiz", "Mayor")],
        [("Bea Ruiz", "coach")],
        [("the mayor", "mayor")],
    )
    assert who(archive) == {"ana-ruiz": ["d0", "d1", "d3"], "bea-ruiz": ["d5"]}


def test_two_people_of_one_name_in_one_role_are_not_told_by_the_last_name(archive):
    put(archive, [("Ana Ruiz", "councillor")], [("Bea Ruiz", "councillor")], [("Ruiz", "councillor")])
    assert who(archive) == {"ana-ruiz": ["d0"], "bea-ruiz": ["d1"]}


def test_people_are_the_same_in_whatever_pieces_documents_come(tmp_path):
    documents: list[Sequence[Who]] = [
        [("Ana Ruiz", "Mayor"), ("Bob Moor", None)],
        [("Ana Ruiz", "goalkeeper")],
        [("Ana Ruiz", None), ("Bob Moor", None)],
        [("Ruiz", "mayor")],
        [("Bob Moor", "fireman")],
    ]
    found = []
    for size in (1, 2, 5):
        with Archive(tmp_path / f"{size}.db") as archive:
            for begin in range(0, len(documents), size):
                put(archive, *documents[begin : begin + size], start=begin)
            found.append((who(archive), archive._connection.execute("SELECT * FROM people ORDER BY id").fetchall()))
    assert found[0] == found[1] == found[2]


def test_joins_can_be_forced_and_undone(archive):
    put(archive, [("Ana Ruiz", "Mayor")], [("Ana Ruiz", "goalkeeper")], [("Ana Moor", None)])
    archive.same("ana-ruiz", "ana-moor", note="she married")
    assert who(archive) == {"ana-moor": ["d0", "d2"], "ana-ruiz": ["d1"]} or who(archive) == {
        "ana-ruiz": ["d0", "d2"],
        "ana-ruiz.2": ["d1"],
    }
    assert "decided" in [one.reason for person in archive.people() for one in archive.appearances(person.id)]
    put(archive, [("Ana Ruiz", "Mayor")], start=3)
    assert sorted(map(sorted, who(archive).values())) == [["d0", "d2", "d3"], ["d1"]]
    (decision,) = archive.people_decisions()
    archive.undo_people(decision.number)
    assert sorted(map(sorted, who(archive).values())) == [["d0", "d3"], ["d1"], ["d2"]]


def test_people_can_be_parted(archive):
    put(archive, *[[("Ana Ruiz", "Mayor")]] * 4)
    archive.apart("ana-ruiz", ["d0", "d2"])
    assert who(archive) == {"ana-ruiz": ["d0", "d2"], "ana-ruiz.2": ["d1", "d3"]}
    put(archive, [("Ana Ruiz", "Mayor")], start=4)
    assert sorted(map(sorted, who(archive).values())) == [["d0", "d2"], ["d1", "d3", "d4"]]
    for decision in archive.people_decisions():
        archive.undo_people(decision.number)
    assert who(archive) == {"ana-ruiz": ["d0", "d1", "d2", "d3", "d4"]}


def test_what_is_decided_goes_before_ids_and_the_last_decision_counts(archive):
    put(archive, [("Ana Ruiz", None, "person", {"desk": "1"})], [("Ana Ruiz", None, "person", {"desk": "2"})])
    assert who(archive) == {"ana-ruiz": ["d0"], "ana-ruiz.2": ["d1"]}
    archive.same("ana-ruiz", "ana-ruiz.2")
    assert who(archive) == {"ana-ruiz": ["d0", "d1"]}
    archive.apart("ana-ruiz", ["d1"])
    assert who(archive) == {"ana-ruiz": ["d0"], "ana-ruiz.2": ["d1"]}
    archive.same("ana-ruiz.2", "ana-ruiz")
    assert who(archive) == {"ana-ruiz": ["d0", "d1"]}
    assert [one.verdict for one in archive.people_decisions()] == ["same"]


def test_decisions_survive_a_changed_document(archive):
    put(archive, [("Ana Ruiz", "Mayor")], [("Ana Ruiz", "Mayor")])
    archive.apart("ana-ruiz", ["d1"])
    put(archive, [("Ana Ruiz", "Mayor"), ("Bob Moor", None)], start=1)
    assert sorted(map(sorted, (found for name, found in who(archive).items() if "ruiz" in name))) == [["d0"], ["d1"]]


def test_whom_nobody_knows_is_said(archive):
    put(archive, [("Ana Ruiz", "Mayor")])
    with pytest.raises(UnknownIdError, match="there is no person 'bob'"):
        archive.same("ana-ruiz", "bob")
    with pytest.raises(ConfigurationError, match="named in no other document"):
        archive.apart("ana-ruiz", ["d0"])
    with pytest.raises(ConfigurationError, match="named in none of these documents"):
        archive.apart("ana-ruiz", ["d7"])


@pytest.mark.parametrize(
    ("name", "kind", "form", "block"),
    [
        ("Ana Ruiz", "person", "ana ruiz", "ruiz"),
        ("José O’Neill-Díaz", "person", "jose oneill diaz", "oneill"),
        ("John Kessler Jr.", "person", "john kessler jr", "kessler"),
        ("Vale Water Board", "organisation", "vale water board", "vale water board"),
        ("the chair", "person", None, None),
        ("a man in the crowd", "person", None, None),
        ("analysts", "group", None, None),
        ("Ludwig van der Rohe", "person", "ludwig van der rohe", "rohe"),
        ("李明", "person", "李明", "李明"),
        ("…", "person", None, None),
    ],
)
def test_forms_of_names(name, kind, form, block):
    assert (name_form(name, kind, None), name_block(name, kind, None)) == (form, block)


@pytest.mark.parametrize(
    ("name", "mentions", "form"),
    [
        ("Board", "the Board", None),
        ("Asda", "Asda", "asda"),
        ("BBC", "the BBC", "bbc"),
        ("Vale Board", "the Vale Board", "vale board"),
    ],
)
def test_an_organisation_of_one_common_word_is_another_in_every_town(name, mentions, form):
    assert name_form(name, "organisation", mentions) == form


def test_titles_and_apostrophes_make_no_full_name(archive):
    put(archive, *[[("Mr. Speaker", None)], [("O’Neill", None)], [("Ruiz-Lopez", None)]] * 2)
    assert who(archive) == {}
    put(archive, [("Dr. Ana Ruiz", None)], [("Ana Ruiz", None)], start=6)
    assert who(archive) == {"ana-ruiz": ["d6", "d7"]}


def test_time_and_rows_for_one_name_stay_linear(archive):
    """Everybody of one name at once, and again with one document more, writes what has changed only."""
    put(archive, *[[("Ana Ruiz", "Mayor" if number % 2 else None)] for number in range(28)])
    before = archive._connection.total_changes
    put(archive, [("Ana Ruiz", "Mayor")], start=28)
    assert archive._connection.total_changes - before < 40
    assert len(who(archive)["ana-ruiz"]) == 29


def steps_to_join(count: int) -> int:
    """Steps of the database's machine that it takes to join so many of one name and id, each in a document."""
    with Archive(":memory:") as archive:
        put(archive, *[[("Ana Ruiz", None, "person", {"wikidata": "Q1"})]] * count)
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1

        archive._connection.set_progress_handler(step, 100)
        assert len(who(archive)["ana-ruiz"]) == count
        archive._connection.set_progress_handler(None, 0)
    return steps


def test_steps_for_one_id_stay_linear():
    assert steps_to_join(400) < 5 * steps_to_join(100)


def test_names_are_joined_through_others_that_share_their_ids(archive):
    put(
        archive,
        [("Ana Ruiz", None, "person", {"wikidata": "Q1"})],
        [("Ana Lopez", None, "person", {"wikidata": "Q1", "desk": "17"})],
        [("Ana Moor", None, "person", {"desk": "17"})],
    )
    assert list(who(archive).values()) == [["d0", "d1", "d2"]]

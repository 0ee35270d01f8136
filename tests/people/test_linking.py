"""Who is linked with whom, and who is not."""

from __future__ import annotations

import os
import pickle

import pytest

import quoteminer
from quoteminer import Document, LanguagePack, Quote, Speaker
from quoteminer_people import People, PeopleLinker
from quoteminer_rules.packs import english


def linker(*rows, **more) -> PeopleLinker:
    """A linker with people who are given as names or rows; their ids are their places."""
    made = PeopleLinker(
        [{"id": str(at), **(row if isinstance(row, dict) else {"name": row}), **more} for at, row in enumerate(rows)]
    )
    made.use_languages({"en": english()})
    return made


def linked(made: PeopleLinker, name: str, text: str = "", *, language: str = "en", **fields) -> tuple[str | None, list[str]]:
    """The id of whom a speaker is linked with, and what is said."""
    document = Document(f"{name} said no. {text}", language=language)
    speaker = Speaker("s", name, **{"kind": "person", "mentions": [(0, len(name))], **fields})
    quotes, found = made.link(document, [Quote([(len(name) + 6, len(name) + 8)], "direct", speaker="s")], [speaker])
    assert quotes[0].speaker == "s"
    people = [one for one in found if isinstance(one, Speaker)]
    return people[0].identifiers.get("people"), [one.message for one in found if not isinstance(one, Speaker)]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Jean-Claude Juncker", "J.C. Juncker"),
        ("Jean-Claude Juncker", "J. C. Juncker"),
        ("Jean-Claude Juncker", "JC Juncker"),
        ("Jean-Claude Juncker", "J.-C. Juncker"),
        ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ("Jean-Claude Juncker", "JEAN-CLAUDE JUNCKER"),
        ("Jean-Claude Juncker", "Juncker"),
        ("J. Noon", "Jane Noon"),
        ("Thomas Müller", "Thomas Mueller"),
        ("Thomas Müller", "Thomas Muller"),
        ("Thomas Mueller", "Thomas Müller"),
        ("Thomas Mueller", "Thomas Muller"),
        ("Jörg Noon", "Joerg Noon"),
        ("Søren Ødegård", "Soren Odegard"),
        ("Łukasz Wałęsa", "Lukasz Walesa"),
        ("Seán O'Brien", "Sean O’Brien"),
        ("Seán O'Brien", "OBrien"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Ursula von der Leyen", "Ursula Leyen"),
        ("Moqtada al-Sadr", "Moqtada Al Sadr"),
        ("Moqtada al-Sadr", "al-Sadr"),
        ("Dr. Anna Weber, MP", "Anna Weber"),
        ("Anna Weber", "Mrs Anna Weber"),
        ("Weber, Anna", "Anna Weber"),
        ("Anna Weber (politician)", "Anna Weber"),
        ("William Noon", "Bill Noon"),
        ("Bill Noon", "William Noon"),
        ("George Walker Bush", "George W. Bush"),
        ("George Walker Bush", "George Bush"),
        ("Annegret Kramp-Karrenbauer", "Kramp-Karrenbauer"),
        ("Annegret Kramp-Karrenbauer", "Annegret Kramp Karrenbauer"),
        ("Володимир Зеленський", "Зеленський"),
        ("习近平", "习近平"),
        ("नरेन्द्र मोदी", "नरेन्द्र मोदी"),
        ("يوسف الخطيب", "يوسف الخطيب"),
        ("Pelé", "Pele"),
        ({"name": "Mark Rutte", "aliases": "the Dutch premier"}, "Dutch premier"),
        ({"name": "Gazelle Ltd.", "kind": "organisation"}, "Gazelle"),
        ({"name": "U.N.", "kind": "organisation"}, "UN"),
        ({"name": "Noon & Sons, Inc.", "kind": "organisation"}, "Noon & Sons"),
    ],
)
def test_names_that_are_one(listed, text):
    assert linked(linker("Ada Byron", listed), text) == ("1", [])


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Jean-Claude Juncker", "Marie Juncker"),
        ("George W. Bush", "George H. W. Bush"),
        ("Michael Noon", "Michal Noon"),
        ("Michael Noon", "Maria Noon"),
        ("Michael Noon", "Michael"),
        ("Bill Noon", "Bob Noon"),
        ("Mark Rutte", "mark rutte sings"),
        ("Mark Rutte", "rutte"),
        ({"name": "Mark Rutte", "aliases": "the Dutch premier"}, "the premier"),
        ("नरेन्द्र मोदी", "नरेन्द्र मादी"),
        ({"name": "Gazelle Noon Ltd", "kind": "organisation"}, "Noon"),
    ],
)
def test_names_that_are_not(listed, text):
    assert linked(linker("Ada Byron", listed), text, kind="unknown")[0] is None


def test_nobody_is_guessed():
    two = linker("Anne Smith", "Bob Smith")
    assert linked(two, "Smith") == (None, ["'Smith' may be Anne Smith (rows:1) or Bob Smith (rows:2); not linked"])
    assert linked(linker("Anne Smith", "Alan Smith"), "A. Smith")[0] is None
    assert linked(linker("Anne Smith", "Anne Smith"), "Anne Smith")[0] is None
    shared = {"aliases": "Smithy"}
    assert linked(linker({"name": "Anne Smith", **shared}, {"name": "Bob Smith", **shared}), "Smithy")[0] is None
    message = linked(linker(*(f"{given} Smith" for given in ("Anne", "Bob", "Carl", "Dora", "Eva"))), "Smith")[1]
    assert message[0].endswith("Carl Smith (rows:3) or 2 more; not linked")


def test_the_text_may_leave_one():
    two = linker("Anne Smith", "Bob Smith", "Noor Haddad")
    assert linked(two, "Smith", "Anne Smith came at noon.") == ("0", [])
    assert linked(two, "Smith", "Yesterday Anne Mary Smith came, with Smith’s dog.") == ("0", [])
    assert linked(two, "Smith", "Anne Smith came, Bob Smith stayed.")[0] is None
    assert linked(two, "A. Smith", "Smith came.") == ("0", [])
    assert linked(linker("Anne Smith", "Alan Smith"), "A. Smith", "Anne Smith came.") == ("0", [])


def test_somebody_who_is_in_no_list_has_the_name_too():
    one = linker("Anne Smith")
    assert linked(one, "Smith") == ("0", [])
    assert linked(one, "Smith", "His wife, Dorothy Smith, agreed.") == (None, [])
    ambiguous = linked(one, "Smith", "Dorothy Smith met Anne Smith.")
    assert ambiguous == (None, ["'Smith' may be Anne Smith (rows:1) or somebody of that name who is in no list; not linked"])
    assert linked(one, "A. Smith", "Dorothy Smith was there.") == ("0", [])
    assert linked(one, "A. Smith", "Alan Smith was there.")[0] is None


def test_a_word_that_is_no_given_name_makes_no_other_person():
    assert linked(linker("Anne Smith"), "Smith", "But Smith did not. At the Royal Smith Hotel nobody slept.") == ("0", [])


def test_an_alias_of_one_word_is_the_word_of_the_list():
    assert linked(linker({"name": "Anne Smith", "aliases": "Smith"}, "Bob Smith"), "Smith") == ("0", [])


def test_roles_are_evidence():
    two = linker({"name": "Anne Smith", "role": "minister for mills"}, {"name": "Bob Smith", "role": "coach of Norland"})
    assert linked(two, "Smith", role="the Norland coach") == ("1", [])
    assert linked(two, "Smith", role="minister for ships") == ("0", [])
    assert linked(two, "Smith", role="a neighbour")[0] is None
    one = linker({"name": "Anne Smith", "role": "minister for mills"})
    assert linked(one, "Smith", role="striker") == (
        None,
        ["'Smith' is 'striker' in the text, so not taken for Anne Smith (rows:1), 'minister for mills'"],
    )
    assert linked(one, "Anne Smith", role="striker") == ("0", [])
    namesakes = linker({"name": "Anne Smith", "role": "minister"}, {"name": "Anne Smith", "role": "coach"})
    assert linked(namesakes, "Anne Smith", role="coach") == ("1", [])


def test_a_title_or_pronoun_is_evidence_against():
    one = linker("Mark Noon")
    text = "Mrs Noon said no. She left."
    document = Document(text)
    speaker = Speaker("s", "Noon", kind="person", mentions=[(0, 8)])
    assert one.link(document, [], [speaker])[1] == [speaker]
    speaker = Speaker("s", "Noon", kind="person", mentions=[(4, 8)])
    assert one.link(document, [], [speaker])[1] != [speaker]


def test_a_firm_is_no_person():
    person = linker("Betty Ford")
    assert linked(person, "Ford", kind="organisation")[0] is None
    assert linked(person, "Ford", kind="unknown")[0] is None
    assert linked(person, "Betty Ford", kind="organisation") == (
        None,
        ["'Betty Ford' is organisation in the text and person in the list (rows:1); not linked"],
    )
    firm = linker({"name": "Ford", "kind": "organisation"})
    assert linked(firm, "Ford", kind="organisation")[0] == "0"
    assert linked(firm, "Ford", kind="person")[0] == "0"
    assert linked(firm, "Ford", kind="person", role="driver")[0] is None
    assert linked(linker({"name": "Ford", "kind": "organisation"}, "Betty Ford"), "Ford", kind="organisation")[0] == "0"


def test_what_is_given_stays_unless_the_list_knows_better():
    made = linker({"name": "Mark Rutte", "party": "Mill"})
    speaker = Speaker("s", "Rutte", role="premier", kind="person", identifiers={"viaf": "1"}, attributes={"x": 1, "party": "?"})
    ((found,),) = [made.link(Document("Rutte."), [], [speaker])[1]]
    assert isinstance(found, Speaker)
    assert (found.name, found.role, found.kind) == ("Mark Rutte", "premier", "person")
    assert (dict(found.identifiers), dict(found.attributes)) == ({"viaf": "1", "people": "0"}, {"x": 1, "party": "Mill"})


def test_identifiers_decide():
    made = linker({"name": "Anne Smith", "id_wikidata": "Q1"}, {"name": "Anne Smith", "id_wikidata": "Q2"})
    assert linked(made, "A. S.", identifiers={"wikidata": "Q2"}) == ("1", [])
    assert linked(linker({"name": "Anne Smith", "id_wikidata": "Q1"}), "Anne Smith", identifiers={"wikidata": "Q9"})[0] is None


def test_lines_count_for_their_language():
    rows = [{"name": "Volodymyr Zelensky", "id": 1, "language": "en"}, {"name": "Wolodymyr Selenskyj", "id": 1, "language": "de"}]
    made = PeopleLinker(rows)
    made.use_languages({"en": english()})
    assert linked(made, "Zelensky", language="en-GB")[0] == "1"
    assert linked(made, "Zelensky", language="de")[0] is None
    assert linked(made, "Selenskyj", language="de")[0] == "1"


def two_speakers(made: PeopleLinker, one: str, other: str, **quote):
    document = Document("x" * 50)
    speakers = [
        Speaker("a", one, kind="person", mentions=[(0, 2)]),
        Speaker("b", other, kind="person", mentions=[(2, 4)], role="premier"),
    ]
    quotes = [Quote([(5, 6)], "direct", speaker="b", **quote), Quote([(7, 8)], "direct", speaker="a")]
    return made.link(document, quotes, speakers)


def test_two_who_are_one_are_joined():
    quotes, people = two_speakers(linker("Mark Rutte"), "Rutte", "Mark Rutte", addressee=None)
    (person,) = people
    assert isinstance(person, Speaker)
    assert {quote.speaker for quote in quotes} == {person.id}
    assert (person.name, person.role, len(person.mentions)) == ("Mark Rutte", "premier", 2)


def test_two_who_talk_to_each_other_are_not():
    quotes, found = two_speakers(linker("Mark Rutte"), "Rutte", "Mark Rutte", addressee="a")
    assert [quote.speaker for quote in quotes] == ["b", "a"]
    assert quotes[0].addressee == "a"
    assert [one.message for one in found if isinstance(one, quoteminer.Issue)] == [
        "'Rutte' talks with 'Mark Rutte', so is not Mark Rutte (rows:1) as well"
    ]


def test_languages_come_from_packs(tmp_path):
    for file, line in (("titles.tsv", "Heer\tmale"), ("nicknames.tsv", "kees\tcornelis"), ("names.tsv", "cornelis\tm")):
        (tmp_path / file).write_text(line + "\n", encoding="utf-8")
    pack = LanguagePack("nl", classes={"name_particle": ["van"]}, path=tmp_path)
    made = PeopleLinker([{"name": "Cornelis van Dam", "id": "0"}])
    assert linked(made, "Kees Dam")[0] is None
    made.use_languages({"nl": pack})
    assert linked(made, "Kees Dam")[0] == "0"
    assert linked(made, "Heer Dam")[0] == "0"


def test_without_a_list_nothing_is_touched():
    speakers = [Speaker("s", "Rutte")]
    quotes: list[Quote] = []
    assert PeopleLinker().link(Document("Rutte"), quotes, speakers) == (quotes, speakers)


def test_the_environment_names_lists(tmp_path, monkeypatch):
    first, second = tmp_path / "a.csv", tmp_path / "b.jsonl"
    first.write_text("name,id\nMark Rutte,1\n", encoding="utf-8")
    second.write_text('{"name": "Ada Byron", "id": 2}\n', encoding="utf-8")
    monkeypatch.setenv("QUOTEMINER_PEOPLE", os.pathsep.join([str(first), str(second)]))
    extraction = quoteminer.Miner().mine("“No,” said Rutte. “Yes,” said A. Byron.")
    assert [dict(one.identifiers) for one in extraction.speakers] == [{"people": "1"}, {"people": "2"}]
    first.write_text("name\nMark Rutte\n", encoding="utf-8")
    extraction = quoteminer.Miner().mine("“No,” said Rutte.")
    assert "a.csv:1: has one column only" in next(issue.message for issue in extraction.issues)
    assert extraction.quotes[0].speaker is not None


def test_in_worker_processes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,id\nMark Rutte,1\n", encoding="utf-8")
    for plugin in (People(str(path)), People([{"name": "Mark Rutte", "id": 1}])):
        pickle.loads(pickle.dumps(plugin))
        miner = quoteminer.Miner(["rules", plugin])
        texts = ["“No,” said Rutte.", "“No,” said Mr. Rutte."]
        assert [e.speakers[0].identifiers["people"] for e in miner.mine_many(texts, workers=1)] == ["1", "1"]
        assert miner.manifest()["plugins"]


def test_the_manifest_tells_lists_apart():
    assert linker("Ada Byron").manifest() == linker("Ada Byron").manifest()
    assert linker("Ada Byron").manifest() != linker("Ada Noon").manifest()
    assert linker("Ada Byron").manifest()["entries"] == 1

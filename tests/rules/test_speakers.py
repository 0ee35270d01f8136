"""Each way in which a speaker is found, in the author's own words; and what holds of every text."""

from __future__ import annotations

from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import Document, Extraction, Miner
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer_rules.lexicon import LANGUAGES, pack_of
from quoteminer_rules.speakers.confidence import LEAST, ODDS, Link, how_sure, signs
from quoteminer_rules.speakers.dialogue import before_names
from quoteminer_rules.speakers.names import reader
from quoteminer_rules.speakers.people import Entity
from quoteminer_rules.speakers.ranking import SITUATIONS
from quoteminer_rules.speakers.turns import Conversation
from quoteminer_rules.speakers.weights import weights

from .alone import quotes_of, resolved

MINER = Miner(["rules"], on_error="raise")


def found(text: str) -> list[tuple[str | None, str]]:
    """Name of the speaker and way of finding it for each quotation."""
    extraction = MINER.mine(text)
    result = []
    for quote in extraction:
        speaker = extraction.speaker(quote.speaker)
        result.append((speaker.name if speaker else None, quote.provenance.detail.get("speaker", "")))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Names: titles, short forms, initials, suffixes, nicknames, particles, capitals.
        ("“Yes,” said Dr. Farah Demir. “No,” said Demir.", [("Farah Demir", "name")] * 2),
        ("“Yes,” said Farah Demir. “No,” said F. Demir.", [("Farah Demir", "name")] * 2),
        ("“Yes,” said Elizabeth Hale. “No,” said Liz Hale.", [("Elizabeth Hale", "name")] * 2),
        ("“Yes,” said Simone Acheampong KC. “No,” said Ms Acheampong.", [("Simone Acheampong", "name")] * 2),
        ("“Yes,” said Ursula van der Berg. “No,” said van der Berg.", [("Ursula van der Berg", "name")] * 2),
        ("“Yes,” said Jean-Claude Oder, the mayor.", [("Jean-Claude Oder", "name")]),
        ("“Yes,” said Foreign Minister Ada Byron. “No,” said Byron.", [("Ada Byron", "name")] * 2),
        ("“Yes,” said the finance minister, Ana Duarte. “No,” said Duarte.", [("Ana Duarte", "name")] * 2),
        ("“Yes,” said curator Elaine Gant.", [("Elaine Gant", "name")]),
        ("“It works,” said Uncle Pell.", [("Uncle Pell", "name")]),
        # Initials stay as they are written, a firm that somebody works for is no part of the name.
        ("“Yes,” said A.B. Hale. “No,” said Hale.", [("A.B. Hale", "name")] * 2),
        ("“Yes,” said Farah B. Demir. “No,” said Demir.", [("Farah B. Demir", "name")] * 2),
        ("“Yes,” said Orla Mill's Dora Hale. “No,” said Hale.", [("Dora Hale", "name")] * 2),
        ("“Yes,” said Norway's Orla Group.", [("Orla Group", "name")]),
        # Nobody's surname is left out.
        (
            "Tarn Ridge Weaving hired Dora Hale. Tarn Ridge had no comment. “No,” she said.",
            [("Dora Hale", "pronoun")],
        ),
        # By whose account it is stands in the words.
        ("By her own account, Dora Hale never slept.", [("Dora Hale", "own_words")]),
        ("Dora Hale came. By her own account, she never slept.", [("Dora Hale", "pronoun")]),
        ("ANGRY parents say that it works.", [("angry parents", "description")]),
        ("“No engine is alone” (Hale, 2019). The clerk left.", [("Hale", "label")]),
        ("“No engine is alone” (Hale and Byron 2019, p. 4).", [("Hale and Byron", "joint")]),
        # Namesakes.
        ("Mr Bennet came. “Yes,” said Mrs Bennet. “No,” said Mr Bennet.", [("Mrs Bennet", "name"), ("Mr Bennet", "name")]),
        (
            "Anton Novik met Petra Novik. “No,” said Mr Novik. “Yes,” said Ms Novik.",
            [("Anton Novik", "name"), ("Petra Novik", "name")],
        ),
        # Organisations, short forms, acronyms, metonyms, documents.
        (
            "The European Central Bank (ECB) met. “Yes,” the ECB said. “No,” the bank said.",
            [("European Central Bank", "name"), ("European Central Bank", "short_form")],
        ),
        ("The Ministry of Transport paid. “Never,” the ministry said.", [("Ministry of Transport", "short_form")]),
        ("“We regret it,” the Kremlin said.", [("Kremlin", "name")]),
        ("“We regret it,” Berlin said.", [("Berlin", "name")]),
        ("“It works,” the report said.", [("the report", "description")]),
        (
            "Ada Byron wrote to us: “It works.” “It did not work before,” the letter says.",
            [("Ada Byron", "name"), ("Ada Byron", "writing")],
        ),
        # Roles and descriptions.
        ("Ana Duarte, the finance minister, spoke. “No,” the minister said.", [("Ana Duarte", "role")]),
        ("Jimmy Tate, 38, levelled. “I hit it,” said the 38-year-old.", [("Jimmy Tate", "role")]),
        ("Jimmy Tate levelled late on. “I hit it,” said the striker.", [("Jimmy Tate", "epithet")]),
        (
            "“Soon,” said a senior official. “Never,” said a union leader. “I mean it,” the official said.",
            [("a senior official", "description"), ("a union leader", "description"), ("a senior official", "description")],
        ),
        ("“Soon,” said three people familiar with the matter.", [("three people familiar with the matter", "description")]),
        ("A GRAN has called the bins “a horror that nobody can bear to see”.", [("a gran", "description")]),
        # Pronouns.
        ("Tomas Orrell shrugged. “I voted no,” he said.", [("Tomas Orrell", "pronoun")]),
        (
            "Anna Lind sat by Otto Berg. “Yes,” she said. “No,” he said.",
            [("Anna Lind", "pronoun"), ("Otto Berg", "pronoun")],
        ),
        (
            "“Yes,” Norvane Systems said. “No,” it added.",
            [("Norvane Systems", "name"), ("Norvane Systems", "organisation_pronoun")],
        ),
        (
            "“Nine for nine,” the strikers chanted. “We will stay,” they said.",
            [("the strikers", "description"), ("the strikers", "plural_pronoun")],
        ),
        # Never somebody inside the quotation's own content, nor who speaks around it.
        ("Petra Lind came in. “Otto Berg is mad,” she said.", [("Petra Lind", "pronoun")]),
        (
            "Baptiste Olim spoke. “I rang him and he said, ‘It is done’,” Sigrun Dahlberg said.",
            [("Sigrun Dahlberg", "name"), ("Baptiste Olim", "nested_pronoun")],
        ),
        ("“And then I said, ‘It works’,” Ada Byron said.", [("Ada Byron", "name"), ("Ada Byron", "first_person")]),
        # No source: alternation, continuation, narration beside.
        (
            "“Yes,” said Ada.\n\n“No,” said Bob.\n\n“It does now.”\n\n“Show me.”",
            [("Ada", "name"), ("Bob", "name"), ("Ada", "alternation"), ("Bob", "alternation")],
        ),
        ("Ada put the lamp down. “It works.” Nobody moved.", [("Ada", "beat")]),
        ("“Yes, it does.\n\n“And well,” Ada said.", [("Ada", "name")]),
        ("“It works.”", [(None, "")]),
        # Several, labels, interviews, user names.
        ("“Yes,” said Ada Byron and Bob Nash.", [("Ada Byron and Bob Nash", "joint")]),
        ("ADA BYRON: First, thank you.\n\nBOB NASH: And how!", [("Ada Byron", "label"), ("Bob Nash", "label")]),
        (
            "The novelist Yusra Dahl talks to us.\n\nQ: Why?\n\nA: Why not?\n\nQ: Is it all?\n\nA: It is.",
            [("interviewer", "interview"), ("Yusra Dahl", "interview")] * 2,
        ),
        ("Hugo Brandt came.\n\n@hbrandt: scooters are a plague", [("Hugo Brandt", "handle")]),
        # More than the source names somebody.
        ("Norvane chief Tilda Marsh said profits would fall.", [("Tilda Marsh", "name")]),
        ("One of them, Piet Maas of Delft, said: “We walked home.”", [("Piet Maas", "name")]),
        ("Keller and his deputy, Ana Lobo, said that the bridge was safe.", [("Keller and Ana Lobo", "joint")]),
        ("“We love it,” said Mia Holt, 9, and her brother Tom, 7.", [("Mia Holt and Tom", "joint")]),
        ("The Teachers' Union met. “Never,” the union said.", [("Teachers' Union", "short_form")]),
        # Names that look like other words.
        ("Jan Smit, Rutte's spokesman, said it worked.", [("Jan Smit", "name")]),
        (
            "The World Health Organization (WHO) met. WHO said the outbreak was over.",
            [("World Health Organization", "name")],
        ),
        (
            "Detective Inspector Moira Quill said a man was held. DI Quill said the knife was found.",
            [("Moira Quill", "name")] * 2,
        ),
        # Roles: behind an age, another apposition or "who", without an article; former ones; synonyms.
        ("Mia Holt, 38, a nurse, spoke. “No,” the nurse said.", [("Mia Holt", "role")]),
        ("Mia Holt, the lone dissenter, a baker, spoke. “No,” the baker said.", [("Mia Holt", "role")]),
        ("Karin Ask, who has been mayor since 2011, spoke. “No,” the mayor said.", [("Karin Ask", "role")]),
        ("Former president Rosa Alm spoke. “No,” the former president said.", [("Rosa Alm", "role")]),
        ("Rosa Alm, a retired judge, spoke. “No,” the judge said.", [("the judge", "description")]),
        ("Dr Lena Fisk, a virologist, spoke. “No,” the researcher said.", [("Lena Fisk", "role")]),
        ("Pope Innocent spoke. “No,” the pontiff said.", [("Innocent", "role")]),
        (
            "Work on the tower was “a stretch”, according to his own public works director.\n\nWalt Orr, the director, sat down.",
            [("Walt Orr", "role")],
        ),
        (
            "A baker said his ovens were “a museum”.\n\nRalf Odo, 52, stood in the dock. The defendant said he was sorry.",
            [("Ralf Odo", "role"), ("Ralf Odo", "epithet")],
        ),
        ("Dana Moor wore a hat. Dana Moor voted. Thirty people spoke, according to the clerk.", [("the clerk", "description")]),
        (
            "“No,” said one official. “Yes,” said a second official. “Well,” the first official said.",
            [("one official", "description"), ("a second official", "description"), ("one official", "description")],
        ),
        # Groups and pairs behind a plural pronoun.
        ("Striking farmers blocked the road. “Enough,” they shouted.", [("striking farmers", "plural_pronoun")]),
        ("Striking road workers marched. “Enough,” the strikers said.", [("striking road workers", "description")]),
        ("Hundreds of nurses marched. “Pay us,” they chanted.", [("hundreds of nurses", "plural_pronoun")]),
        ("Ada Byron and Bob Nash came in. “It works,” they said.", [("Ada Byron and Bob Nash", "plural_pronoun")]),
        # Narration leads to the quotation; whom it calls.
        (
            "“Yes,” said Bob Nash.\n\nAda Byron let him wait, as at dinner, and then, as she took up her lamp,\n\n“It works.”",
            [("Bob Nash", "name"), ("Ada Byron", "alternation")],
        ),
        # The narrator.
        ("I sat down. “It works,” I said.", [("narrator", "first_person")]),
    ],
)
def test_speaker(text: str, expected: list[tuple[str | None, str]]):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        # Who is asked answers.
        (
            "ADA: Did you tell them it would be mended by May?\nBOB NASH: I said June.\nADA: Why?\n",
            "it would be mended",
            "Bob Nash",
        ),
        # Who replies speaks of what the one before said.
        (
            "ADA: It was on all night.\nBOB NASH: You said that it was off.\nCLEO DUNN: Enough.\nBOB NASH: Sorry.\nADA: Well.\n",
            "that it was off",
            "Ada",
        ),
        (
            "Hill Lane 3\n14 May\n\nDear Jolyon,\n\nYou ask whether the piano is for sale. It is not.",
            "whether the piano",
            "Jolyon",
        ),
        (
            "From: Eve Marsh\nTo: Ben Quarr\nSubject: Notes\n\nBen,\n\nYou asked whether it needs a gloss. No.",
            "whether it needs",
            "Ben Quarr",
        ),
        ("“You told me that you were home,” said Ada.\n\n“I was,” said Bob.", "you were home", "Bob"),
        # What a quotation tells of.
        ("“The ministry is slow. It says that we must wait,” said Ada.", "we must wait", "the ministry"),
    ],
)
def test_speaker_inside(text: str, content: str, speaker: str):
    extraction = MINER.mine(text)
    (quote,) = [quote for quote in extraction.quotes if quote.kind == "indirect" and content in quote.text(extraction.document)]
    found = extraction.speaker_of(quote)
    assert found is not None
    assert found.name == speaker


def test_who_gets_a_mail_stands_in_its_head():
    extraction = MINER.mine(Document("Ben,\n\nYou asked whether it needs a gloss. No.", metadata={"recipient": "Ben Quarr"}))
    found = extraction.speaker_of(extraction.quotes[0])
    assert found is not None
    assert found.name == "Ben Quarr"


def test_the_title_of_a_text_is_said_by_who_speaks_most():
    extraction = MINER.mine(
        "“The snake does not read the label”\n\nSunanda Rao has milked kraits for years.\n\n"
        "“They bite,” says Sunanda Rao. “They are quick,” Rao says.\n"
    )
    title = extraction.speaker_of(extraction.quotes[0])
    assert title is not None
    assert title.name == "Sunanda Rao"


def test_a_dialogue_that_begins_before_anybody_is_named():
    """Who speaks next but one spoke before, as far back as a paragraph follows the other."""
    text = "".join(f"“Turn {number}.”\n\n" for number in range(6))
    quotes = list(MINER.mine(text).quotes)
    assert [quote.kind for quote in quotes] == ["direct"] * 6
    starts = [quote.content[0].start for quote in quotes]
    scene = SimpleNamespace(paragraph=lambda offset: sum(start <= offset for start in starts))
    people = SimpleNamespace(text=text, people=lambda start, end: iter(()))
    conversation = Conversation(quotes, scene, people)
    ada, bob = Entity(0, ("Ada",), "person", "Ada"), Entity(1, ("Bob",), "person", "Bob")
    links = {quotes[4].id: Link(ada, "name"), quotes[5].id: Link(bob, "name")}
    found = {turn.index: link.entity for turn, link in before_names(conversation, links)}
    assert found == {3: bob, 2: ada, 1: bob, 0: ada}


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“It works,” Ada told reporters.", "reporters"),
        ("“It works,” Ada said to Bob Nash.", "Bob Nash"),
        ("“It works,” said Ada to the board.", "the board"),
        ("“Bob, it works,” said Ada. Bob smiled.", "Bob"),
        ("Bob Nash came in. “It works,” Ada told him.", "Bob Nash"),
        ("“It works,” said Ada.", None),
    ],
)
def test_addressee(text: str, addressee: str | None):
    extraction = MINER.mine(text)
    speaker = extraction.speaker(extraction.quotes[0].addressee)
    assert (speaker.name if speaker else None) == addressee


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“Yes,” said NATO Secretary General Mark Rutte.", "NATO Secretary General"),
        ("“Yes,” said Henrik Aas, the company's head of safety.", "company's head of safety"),
        ("“Yes,” said Jonas Feld, Mayor of Karsum.", "Mayor of Karsum"),
        ("The novelist Yusra Dahl spoke. “Yes,” Dahl said.", "novelist"),
        ("“Yes,” said Mr Rutte.", None),
    ],
)
def test_role(text: str, role: str | None):
    assert MINER.mine(text).speakers[0].role == role


@pytest.mark.parametrize(
    ("surface", "names"),
    [
        ("But Rutte", ["Rutte"]),
        ("Rodney. It", ["Rodney"]),
        ("Mr. Rutte", ["Rutte"]),
        ("Secretary of State John Kerry", ["John Kerry"]),
        ("Chief Executive Officer of Norvane Systems", ["Norvane Systems"]),
        ("Duke of Wellington", ["Duke of Wellington"]),
        ("Peter Falkenrath of the Institute", ["Peter Falkenrath", "Institute"]),
        ("Bank of England", ["Bank of England"]),
        ("Ada and Bob", ["Ada", "Bob"]),
        ("Ada's Bob", ["Ada", "Bob"]),
        ("Farmers' Union of Tarsk", ["Farmers' Union of Tarsk"]),
        ("To-morrow I", ["To-morrow"]),
    ],
)
def test_names_in_capitals(surface: str, names: list[str]):
    assert [name.text for name in reader("en").read(surface)] == names


@pytest.mark.parametrize("tag", ["en", "de", "es", "fr", "it"])
def test_every_observation_has_a_weight_in_every_situation(tag: str):
    """Italian has no texts of its own, and takes what was learned from all others."""
    learned = weights(LANGUAGES / tag)
    assert set(learned) == set(SITUATIONS)
    assert {frozenset(one) for one in learned.values()} == {frozenset(learned["pronoun"])}


def test_how_sure_a_speaker_is_depends_on_the_way_and_on_what_the_ranking_thought():
    (quote,) = MINER.mine("“It works,” he said.").quotes
    folder = LANGUAGES / "en"
    entity = Entity(0, ("Ada", "Byron"), "person")
    entity.positions, entity.count = [0, 20], 2
    text = "“It works,” he said."
    guesses = [how_sure(quote, Link(entity, "pronoun", probability), text, folder) for probability in (0.1, 0.5, 0.9)]
    assert guesses == sorted(guesses)
    assert guesses[0] < guesses[-1] < how_sure(quote, Link(entity, "name"), text, folder)
    assert ODDS in signs(quote, Link(entity, "pronoun", 0.5), text, pack_of("en"))
    assert ODDS not in signs(quote, Link(entity, "name"), text, pack_of("en"))


def test_no_speaker_is_less_sure_than_the_bound():
    text = "Ada Byron met Bob Nash.\n\n“No.”\n\n“Yes.”\n\nThe rain went on.\n\n“Perhaps.”\n\nIt ended.\n\n“Well,” they said."
    quotes = MINER.mine(text).quotes
    assert quotes
    assert all(quote.speaker_confidence is None or quote.speaker_confidence >= LEAST for quote in quotes)


@pytest.mark.parametrize(
    ("surface", "name", "role"),
    [
        ("Tory MP Dora Hale", "Dora Hale", "Tory MP"),
        ("Organiser Ketan Bhan", "Ketan Bhan", "Organiser"),
        ("Gran-of-six Olga", "Olga", "Gran-of-six"),
        ("Dora Baker Hale", "Dora Baker Hale", ""),
        ("Baker Street Irregulars", "Baker Street Irregulars", ""),
    ],
)
def test_nouns_before_names_are_roles(surface: str, name: str, role: str):
    assert [(one.text, one.role) for one in reader("en").read(surface)] == [(name, role)]


def test_one_name_may_be_spelled_in_several_ways():
    assert (
        found("Gerd Müller, the prefect, hit back. “It is a slap,” Mueller said. “It is,” Muller added.")
        == [("Gerd Müller", "name")] * 2
    )


def test_who_writes_is_named_at_the_head_or_the_end():
    text = "By Ada Byron\n\nI went to the mill, and I saw it. I had said that it would turn. I asked why it stood still, and I got no answer."
    assert ("Ada Byron", "first_person") in found(text)


def test_who_is_told_of_inside_a_quotation_may_be_meant_there():
    text = "Ada Byron came. “Bob Nash rang me and he said that it worked,” she said."
    assert ("Bob Nash", "nested_pronoun") in found(text)


def test_a_thing_that_is_the_last_subject_speaks():
    assert found("Ada Byron waited. On Monday a letter came. It said that the mill was sold.") == [
        ("a letter", "organisation_pronoun")
    ]


def test_mentions_stand_in_text_order():
    extraction = MINER.mine("Mark Rutte came. “One,” Rutte said. Rutte left. “Two,” he said.")
    assert [extraction.document[span] for span in extraction.speakers[0].mentions] == ["Mark Rutte", "Rutte", "Rutte", "he"]


PIECES = st.sampled_from(
    [
        "“One,” ", "“Two.” ", "said ", "Ada ", "Ada Byron ", "Mr Byron ", "Mrs Byron ", "he ", "she ", "they ", "it ", "I ", "the minister ",
        "the boy ", "a report ", "told ", "asked ", "to ", "Bob, ", "Q: ", "A: ", "@abyron: ", "ADA BYRON: ", "\n\n", ". ", ", ", "and ", "of ",
        "’s ", "(ECB) ", "European Central Bank ", "who ", "38-year-old ", "𝄞", "\ud800", "İ",
    ]
)  # fmt: skip
texts = st.lists(PIECES, max_size=30).map("".join) | st.text(st.characters(), max_size=120)


@given(texts)
def test_quotes_come_back_with_nothing_changed_but_who_speaks(text: str):
    document = Document(text)
    quotes = [attrs.evolve(quote, id=f"q{number}", parent=None) for number, quote in enumerate(quotes_of(document))]
    found, speakers = resolved(document, quotes)
    plain = [
        attrs.evolve(
            quote,
            speaker=None,
            speaker_confidence=None,
            addressee=None,
            addressee_mention=old.addressee_mention,
            provenance=old.provenance,
        )
        for quote, old in zip(found, quotes, strict=True)
    ]
    assert plain == quotes
    for quote, old in zip(found, quotes, strict=True):
        assert {name: value for name, value in quote.provenance.detail.items() if name != "speaker"} == old.provenance.detail
        assert ("speaker" in quote.provenance.detail) == (quote.speaker is not None) == (quote.speaker_confidence is not None)
    Extraction(document, found, speakers)
    assert resolved(document, quotes) == (found, speakers)


@given(st.sampled_from(["Ivo Marn", "Una Dray", "Xan Quill"]), st.sampled_from(["Oto Venn", "Ema Strood"]))
def test_renaming_a_speaker_renames_the_result(first: str, second: str):
    text = "“Yes,” said Lev Arn.\n\n“No,” said Kit Osk.\n\n“Yes.”\n\n“No.”\n\n“So,” Arn said."
    renamed = text.replace("Lev Arn", first).replace("Arn", first.split()[1]).replace("Kit Osk", second)
    names = {"Lev Arn": first, "Kit Osk": second}
    assert [(names[name or ""], way) for name, way in found(text)] == found(renamed)


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece", ["“No,” said the A man. ", "“No,” said A{} Smith. ", "@u{}: no way at all\n\n", "“No.”\n\n", "“No,” he said. "]
)
def test_time_grows_with_the_text(piece: str):
    _, factor = growth(lambda count: MINER.mine("".join(piece.format(number) for number in range(count))), smallest=1000)
    assert factor <= TOO_STEEP


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“No,” said Byron's spokesman.", "Byron's spokesman"),
        ("“No,” said Byron's wife.", "Byron's wife"),
        ("According to Ada Byron's report, two cables had been replaced.", "Ada Byron's report"),
        ("According to the inspectors' report, two cables had been replaced.", "the inspectors' report"),
    ],
)
def test_what_belongs_to_somebody_is_not_that_somebody(text, name):
    extraction = MINER.mine(text)
    speakers = [extraction.speaker(quote.speaker) for quote in extraction]
    assert [speaker and speaker.name for speaker in speakers] == [name]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("es", "La ministra Ana Ruiz llegó tarde. «No habrá huelga», dijo la funcionaria.", "Ana Ruiz"),
        ("es", "Ana Ruiz dirige la compañía desde marzo. La ejecutiva prometió que no cerrará ninguna planta.", "Ana Ruiz"),
        ("es", "El alcalde Luis Soto habló poco. La funcionaria dijo que nieva.", "funcionaria"),
        ("fr", "La maire Anne Roux est venue. « Rien ne change », a dit la dirigeante.", "Anne Roux"),
        ("de", "Die Ministerin Anna Rot kam spät. „Nichts ändert sich“, sagte die Politikerin.", "Anna Rot"),
    ],
)
def test_an_epithet_means_who_was_named_if_the_gender_is_right(language: str, text: str, speaker: str):
    extraction = MINER.mine(Document(text, language=language))
    (quote,) = extraction.quotes
    assert [one.name for one in extraction.speakers if one.id == quote.speaker] == [speaker]

"""Each construction that the rules know: what is content, cue, source, addressee, kind."""

from __future__ import annotations

import pytest

from quoteminer import Extraction, Miner, Quote

MINER = Miner(["rules"], on_error="raise")
#: What the older search for quotations found and the grammar of reports does not find yet.
NOT_YET = pytest.mark.xfail(strict=True, reason="the grammar of reports does not find it yet")


def mined(text: str) -> Extraction:
    return MINER.mine(text)


def parts(text: str, quote: Quote) -> tuple[list[str], str, str | None]:
    return (
        [text[start:end] for start, end in quote.content],
        " ".join(text[start:end] for start, end in quote.cue),
        None if quote.source is None else text[quote.source.start : quote.source.end],
    )


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("“It works,” Ada said.", ["It works,"], "said", "Ada"),
        ("“It works,” said Ada.", ["It works,"], "said", "Ada"),
        ("“It works.” Ada said. “Go home.”", ["It works.", "Go home."], "said", "Ada"),
        # The stop of an abbreviation ends a sentence before words in marks that are one.
        ("It opened at 9 p.m. “It works,” Ada said.", ["It works,"], "said", "Ada"),
        ("The mill is in the U.S. “It works,” Ada said.", ["It works,"], "said", "Ada"),
        ("Residents were told “wait until spring” by the water board.", ["wait until spring"], "told", "the water board"),
        ("‘It works,’ said Ada. ‘We’re glad.’", ["It works,", "We’re glad."], "said", "Ada"),
        ("'It's the workers' fault,' said Ada.", ["It's the workers' fault,"], "said", "Ada"),
        ("Ada said, “It works.”", ["It works."], "said", "Ada"),
        ("Ada added: “It works.”", ["It works."], "added", "Ada"),
        ("Ada turned to Bob and said:\n\n“It works.”", ["It works."], "said", "Ada"),
        ("“It works,” Polly asked.", ["It works,"], "asked", "Polly"),
        ("Polly said, “It works.”", ["It works."], "said", "Polly"),
        ("At the old mill Ada said, “It works.”", ["It works."], "said", "Ada"),
        ("In a short statement Mayor Ada Byron said, “It works.”", ["It works."], "said", "Mayor Ada Byron"),
        ("He thought, “How odd!” But nobody had seen it.", ["How odd!"], "thought", "He"),
        ("“It works,” she called to the crowd, who had waited.", ["It works,"], "called", "she"),
        ("“She knows the mill too,” called one of the onlookers.", ["She knows the mill too,"], "called", "one"),
        ("Said Ada: “It works.”", ["It works."], "Said", "Ada"),
        ("“It works,” Ada said, “and well.”", ["It works,", "and well."], "said", "Ada"),
        ("“It works,” Ada said. “It always did.”", ["It works,", "It always did."], "said", "Ada"),
        ("“It works,” Ada said; “and it always did.”", ["It works,", "and it always did."], "said", "Ada"),
        ("“It works!” said Ada; “Why, how odd!”", ["It works!", "Why, how odd!"], "said", "Ada"),
        ("“Wait,” said Ada in a deep tone: “let's go.”", ["Wait,", "let's go."], "said", "Ada"),
        ("“Wait,” said Ada, for it seemed rude to speak first, “why so?”", ["Wait,", "why so?"], "said", "Ada"),
        ("“Wait,” said Ada, and sat down as she went on, “you know why.”", ["Wait,", "you know why."], "said", "Ada"),
        ("“It works,” said Ada, “until it stops,” she repeated.", ["It works,", "until it stops,"], "said", "Ada"),
        ("She was nervous; “for it may stop,” said Ada, “at once.”", ["for it may stop,", "at once."], "said", "Ada"),
        ("They were gone: “but it doesn't matter,” said Ada.", ["but it doesn't matter,"], "said", "Ada"),
        ("“Nothing,” returned Ada, with a smile.", ["Nothing,"], "returned", "Ada"),
        ("“As you like,” she returned, looking away.", ["As you like,"], "returned", "she"),
        ("“That's it,” broke in Mr. Byron, “it works.”", ["That's it,", "it works."], "broke in", "Mr. Byron"),
        ("Ada ran to the door and called out, “First witness!”", ["First witness!"], "called out", "Ada"),
        ("“It works,” said Ada Byron, the first of them, who knew. “It did.”", ["It works,", "It did."], "said", "Ada Byron"),
        ("“It works,” Ada, a former minister who now leads the firm, told the board.", ["It works,"], "told", "Ada"),
        ("The finance minister, Ana Duarte, said: “No.”", ["No."], "said", "Ana Duarte"),
        ("“Why now?” asked the old man.", ["Why now?"], "asked", "the old man"),
        ("“It works,” she later added.", ["It works,"], "added", "she"),
        ("“It works,” a spokesman for the ministry said.", ["It works,"], "said", "a spokesman for the ministry"),
        ("“It works,” according to Ada.", ["It works,"], "according to", "Ada"),
        ("According to Ada, “it works perfectly well”.", ["it works perfectly well"], "According to", "Ada"),
        (
            "According to the inspectors' report, “it works perfectly well”.",
            ["it works perfectly well"],
            "According to",
            "the inspectors' report",
        ),
        ("“It works,” said Byron's spokesman.", ["It works,"], "said", "Byron's spokesman"),
        ("She was quoted as saying: “It works.”", ["It works."], "quoted as saying", "She"),
        ("As she put it: “It works.”", ["It works."], "put", "she"),
        ("He called the plan “a fishing trip”.", ["a fishing trip"], "called", "He"),
        ("She described it as “a joke”.", ["a joke"], "described", "She"),
        ("``It works,'' said Ada.", ["It works,"], "said", "Ada"),
        ("''It works,'' said Ada.", ["It works,"], "said", "Ada"),
        ("«It works», said Ada.", ["It works"], "said", "Ada"),
        ("« It works », said Ada.", ["It works"], "said", "Ada"),
        ("»It works«, said Ada.", ["It works"], "said", "Ada"),
        ("„It works“, said Ada.", ["It works"], "said", "Ada"),
        ("‚It works‘, said Ada.", ["It works"], "said", "Ada"),
        ("‹It works›, said Ada.", ["It works"], "said", "Ada"),
        ("「It works,」 said Ada.", ["It works,"], "said", "Ada"),
        ('“It works," said Ada.', ["It works,"], "said", "Ada"),
        ('"It works,” said Ada.', ["It works,"], "said", "Ada"),
        ('"He is 6\'4" tall and he knows it," said Ada.', ["He is 6'4\" tall and he knows it,"], "said", "Ada"),
        ("“It\nworks,” said\nAda.", ["It\nworks,"], "said", "Ada"),
        ("“It works.” – Commissioner Vella", ["It works."], "", "Commissioner Vella"),
        pytest.param("‘It works’: Ada's joy at new engine\n\nAda was glad.", ["It works"], "", "Ada", marks=NOT_YET),
        ("“It works, said Ada Byron, who runs it.", ["It works,"], "said", "Ada Byron"),
        ("Ada writes:\n\nThe engine weaves algebraic patterns as the loom weaves flowers.", None, "writes", "Ada"),
        ("“One.\n\n“Two,” Ada said.", ["One.", "Two,"], "said", "Ada"),
    ],
)
def test_direct(text, content, cue, source):
    extraction = mined(text)
    assert len(extraction.quotes) == 1
    quote = extraction.quotes[0]
    assert quote.kind == "direct"
    found = parts(text, quote)
    assert found[1:] == (cue, source)
    assert content is None or found[0] == content
    assert quote.provenance.extractor == "rules.quotes"
    assert quote.provenance.detail["rule"]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Ada said that it was “a toy” and nothing else.", "that it was “a toy” and nothing else", "Ada"),
        ("It was “a toy,” Ada said.", "It was “a toy,”", "Ada"),
        ("She told reporters that there was “no gap”.", "that there was “no gap”", "She"),
        ("Ada said on Friday that it was “a toy”.", "that it was “a toy”", "Ada"),
        ("He noted that there was more “but not any more,” he said.", "that there was more “but not any more,”", "He"),
    ],
)
def test_mixed(text, content, source):
    extraction = mined(text)
    assert [quote.kind for quote in extraction] == ["mixed"]
    assert parts(text, extraction.quotes[0])[0] == [content]
    assert parts(text, extraction.quotes[0])[2] == source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "No marks here at all.",
        "The word “cosy” is banned in her kitchen.",
        "Her book “Salt Before Sugar” was published.",
        "The so-called ‘gull levy’ came in on Monday.",
        "Jimmy “The Ladder” Tate levelled.",
        "He wears size 14 shoes, a '70s headband and a 6' scarf.",
        'The tables are 30" wide and 5\'2" long.',
        "The workers' and the drivers' unions met.",
        "A vest that reads “Mind the Gap”.",
        "The “Silver Tern” was refloated.",
        "Rock 'n' roll was never the same in the '90s.",
        "It lasted 3' 26\".",
        "“““““““““““",
        '"',
        "'",
    ],
)
def test_not_quotations(text):
    assert mined(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The minister stood up, thanked the board and said, “No.”", "The minister"),
        ("The old man got up and said: “No.”", "The old man"),
        ("“It works,” said the King very decidedly, and he called the Queen.", "the King"),
        ("“It works,” said the recently elected mayor happily.", "the recently elected mayor"),
        ("“It works,” said the royal family.", "the royal family"),
        ("“It works,” said the company early on Monday.", "the company"),
        ("“It works,” White House press secretary Ada Byron said.", "White House press secretary Ada Byron"),
        ("“It works,” the Sunday Times said.", "the Sunday Times"),
        ("“It works,” the March Hare meekly replied.", "the March Hare"),
        ("“It works,” said the May Day committee.", "the May Day committee"),
        ("The party has long argued that it works.", "The party"),
        ("Critics may well say that it works.", "Critics"),
        ("Have critics said that it works?", "critics"),
        ("But he wanted to say that it works.", "he"),
        ("The mayor had earlier this week said that it works.", "The mayor"),
        ("A CNN poll last month showed that it works.", "A CNN poll"),
        ("The senator late Thursday night said that it works.", "The senator"),
        ("The company doesn’t say that it works.", "The company"),
        ("Ada smiled, saying that it works.", "Ada"),
        ("Ada posted a Twitter comment of her own, saying, “It works!”", "Ada"),
        ("While Ada Byron said it works, others sat down.", "Ada Byron"),
        ("A New York Times/CBS News poll showed that it works.", "A New York Times/CBS News poll"),
        ("Byrons’ aides said that it works.", "Byrons’ aides"),
        ("“It works,” said the old gentleman in a kinder tone.", "the old gentleman"),
        ("“It works,” said her mother with a smile.", "her mother"),
        ("“It works,” said a man in a grey suit.", "a man in a grey suit"),
        ("The girl called, “Father! I say!”", "The girl"),
        ("They were warned, with Ada Byron saying: “Enough is enough.”", "Ada Byron"),
        ("“It was bad,” one of them, Kate Moor, said in court.", "Kate Moor"),
        ("“It was bad,” one of them said.", "one of them"),
        ("The old woman – “call me Gran,” she says – has lived here since 1951.", "she"),
        ("The group said in a statement it was sorry.", "The group"),
        ("“It works,” said Ada “The Engine” Byron.", "Ada “The Engine” Byron"),
        ("Throughout the 2000s, Democrats said that it works.", "Democrats"),
        ("Two of the officials said it was over.", "Two of the officials"),
        ("Nine in ten said it was over.", "Nine in ten"),
        ("He has been described as “a monster” by former colleagues.", "former colleagues"),
        ("“We're not there,” Ada told NBC's “Meet the Press.”", "Ada"),
        ("Ada and Bob have both argued that it works.", "Ada and Bob"),
        ("Ada said late Wednesday that it works.", "Ada"),
        ("Others said they, too, had seen it.", "Others"),
        ("It was too high, said an official who was briefed on it.", "an official"),
        ("The Taliban claim that it works.", "The Taliban"),
        ("Then Bob sat down and Ada looked at her book and said, “Right.”", "Ada"),
        ("The crowd cheered, and Ada Byron stood up, waved and said: “Thank you.”", "Ada Byron"),
        ("“Oh, I know!” exclaimed Ada, who had not attended to this last remark, “it works.”", "Ada"),
    ],
)
def test_sources(text, source):
    found = mined(text).quotes
    assert len(found) == 1
    assert parts(text, found[0])[2] == source


def test_what_is_introduced_before_and_after_a_question_has_two_speakers():
    text = "Polly asked, “Are you in town?” Ada said, “It works.”"
    assert [parts(text, quote) for quote in mined(text).quotes] == [
        (["Are you in town?"], "asked", "Polly"),
        (["It works."], "said", "Ada"),
    ]


def test_lines_broken_at_a_width_end_no_sentence_behind_a_quotation_over_two_of_them():
    text = (
        "“We like to mend what is broken before the rain comes down on the\n"
        "valley,” said Ada with an air of calm, for nobody but she had seen\n"
        "Bob Lovelace at the mill, and nobody had mended it for him yet.\n"
    )
    (quote,) = mined(text).quotes
    assert parts(text, quote)[1:] == ("said", "Ada")


def test_whoever_shares_a_reporting_verb_is_the_source_of_what_follows_it():
    text = "“We are not going to win,” Mr. Byron said, adding that he hoped to stay."
    assert [parts(text, quote)[2] for quote in mined(text).quotes] == ["Mr. Byron", "Mr. Byron"]


def test_the_main_verb_has_a_source_and_not_that_of_a_clause_inside():
    text = "Ada confirmed to Reuters that talks were held, adding: “We are hopeful.”"
    assert [parts(text, quote)[2] for quote in mined(text).quotes] == ["Ada", "Ada"]
    text = "“It was bad,” one official, who asked not to be named, said."
    assert [parts(text, quote)[1:] for quote in mined(text).quotes] == [("said", "one official")]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("former Byron aide Bob Nash", "Bob Nash"),
        ("Byron aide Bob Nash", "Bob Nash"),
        ("Byron campaign manager Bob Nash", "Bob Nash"),
        ("Bank of England chief economist Bob Nash", "Bob Nash"),
        ("Leeds resident Bob Nash", "Bob Nash"),
        ("Lord Henry", "Henry"),
        ("Prosecutor Dan Webb", "Dan Webb"),
        ("Det Supt Alan Moore", "Alan Moore"),
        ("friends of Bob Nash", "friends of Bob Nash"),
        ("Pentagon press secretary Maj. Gen. Bob Nash", "Bob Nash"),
    ],
)
def test_who_is_described_before_a_name_bears_it(source, name):
    text = f"“It works,” said {source}."
    extraction = mined(text)
    assert [parts(text, quote)[2] for quote in extraction.quotes] == [source]
    assert [speaker.name for speaker in extraction.speakers] == [name]


def test_a_role_does_not_reach_over_a_verb():
    extraction = mined("“No,” the senator told Fox News host Bob Nash.")
    assert [speaker.name for speaker in extraction.speakers if speaker.id == extraction.quotes[0].speaker] == ["the senator"]


def test_the_queen_is_nobody_else_by_another_name():
    extraction = mined("Alice looked at the cards. “Get up!” said the Queen. “Who is this?” Alice bowed.")
    assert [speaker.name for speaker in extraction.speakers] == ["the Queen"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param("“It works,” said Ada, who has one rule: “Listen!”", [["It works,"], ["Listen!"]], marks=NOT_YET),
        ("“It works.” Ada added: “It always did.”", [["It works."], ["It always did."]]),
        pytest.param("“It works,” said Ada, adding, “and well.”", [["It works,"], ["and well."]], marks=NOT_YET),
        pytest.param(
            "“A fine day,” he said, and “a finer night,” she added.", [["A fine day,"], ["a finer night,"]], marks=NOT_YET
        ),
        ("“It works!” said Ada, and then she shouted, “Look!”", [["It works!"], ["Look!"]]),
    ],
)
def test_what_another_clause_reports_is_another_quotation(text, contents):
    found = [quote for quote in mined(text).quotes if quote.kind == "direct"]
    assert [parts(text, quote)[0] for quote in found] == contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“I have”—he lowered his voice—“been ill.”", ["I have", "been ill."]),
        ("“Miss Byron”—his voice was firm—“I was wrong.”", ["Miss Byron", "I was wrong."]),
        ('"My dear sir--" he always called Bob that--"I was wrong."', ["My dear sir--", "I was wrong."]),
    ],
)
def test_an_aside_between_dashes_parts_a_quotation(text, content):
    assert [parts(text, quote)[0] for quote in mined(text).quotes] == [content]


@NOT_YET
def test_words_broken_off_by_a_gesture_are_speech_and_a_title_is_none():
    text = "“No, no,” looking up at her. “I won't say it.”"
    assert [parts(text, quote)[0] for quote in mined(text).quotes] == [["No, no,", "I won't say it."]]
    assert not mined("“Tales From the Crypt,” an old series, was shown again.").quotes


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("—It works, said Ada. Look!\n\n—So it does.", [["It works,", "Look!"], ["So it does."]]),
        ("—It works, said Ada, and it will.\n\n—Good.", [["It works,", "and it will."], ["Good."]]),
        ("—Is it done?\n\n—It is.\n\n– 112 –", [["Is it done?"], ["It is."]]),
        ("- It works, I think.\n\n- It is cheap.", []),
        ("Prizes went to:\n\n— Ada Byron, for an engine\n\n— Bob Reed, for a mill", []),
    ],
)
def test_a_dash_opens_dialogue_and_a_list_is_none(text, contents):
    assert [parts(text, quote)[0] for quote in mined(text).quotes] == contents


ANNOUNCED = "The engine weaves patterns as the loom weaves flowers and leaves."


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("In the end the inspectors wrote:", ("wrote", "the inspectors")),
        ("Here is an excerpt from her first letter:", ("", None)),
        ("The bridge has three spans:", None),
        ("The inspectors painted it in these colours:", None),
    ],
)
def test_a_paragraph_is_a_quotation_where_a_clause_announces_it(before, found):
    text = f"{before}\n\n{ANNOUNCED}"
    blocks = [quote for quote in mined(text).quotes if quote.layout == "block"]
    assert [parts(text, quote) for quote in blocks] == ([] if found is None else [([ANNOUNCED], *found)])


def test_lines_behind_angle_brackets_are_announced_without_them():
    text = "Ada wrote:\n\n> The engine weaves patterns,\n> as the loom weaves flowers."
    (quote,) = mined(text).quotes
    assert parts(text, quote)[0] == ["The engine weaves patterns,", "as the loom weaves flowers."]


def test_only_who_is_named_shows_where_a_mark_was_forgotten():
    text = "“It works, I said to them, and it always will."
    assert [parts(text, quote)[0] for quote in mined(text).quotes] == [["It works, I said to them, and it always will."]]


def test_whom_a_verb_tells_is_read_without_time_and_place():
    for behind in ("reporters in Norland", "reporters on Monday", "reporters"):
        text = f"“It works,” Ada told {behind}."
        (quote,) = mined(text).quotes
        assert quote.addressee_mention is not None
        assert text[quote.addressee_mention.start : quote.addressee_mention.end] == "reporters"


def test_a_stray_mark_costs_only_its_paragraph():
    text = "“First,” said Ada.\n\nThis one has a “stray mark.\n\n“Second,” said Bob."
    assert [parts(text, quote)[0] for quote in mined(text)] == [["First,"], ["Second,"]]


def test_a_nested_quotation_names_its_parent():
    text = "“The lad looked at it and he said, ‘That is fine’,” Ada said."
    outer, inner = mined(text).quotes
    assert parts(text, inner) == (["That is fine"], "said", "he")
    assert inner.parent == outer.id


def test_the_addressee_of_told_is_a_speaker():
    extraction = mined("“It works,” Ada Byron told the Engine Society.")
    quote = extraction.quotes[0]
    addressee = extraction.speaker(quote.addressee)
    assert addressee is not None
    assert addressee.name == "Engine Society"


def test_transcript_turns_over_paragraphs_leave_stage_notes_out():
    text = "ADA BYRON: First of all, thank you.\n\n(Applause)\n\nIt works, as you can see.\n\nBOB NASH: And how!"
    turns = mined(text).quotes
    assert [parts(text, quote)[0] for quote in turns] == [["First of all, thank you.", "It works, as you can see."], ["And how!"]]
    assert [parts(text, quote)[2] for quote in turns] == ["ADA BYRON", "BOB NASH"]


def test_questions_and_answers():
    text = "Q: Does it work?\n\nA: It does.\n\nQ: Since when?\n\nA: Since Monday."
    assert [parts(text, quote)[0][0] for quote in mined(text)] == ["Does it work?", "It does.", "Since when?", "Since Monday."]


def test_dash_dialogue():
    text = "—It works, said Ada.\n\n—Never.\n\n—It does, Ada said. —I tried it."
    found = [parts(text, quote) for quote in mined(text)]
    assert found == [(["It works,"], "said", "Ada"), (["Never."], "", None), (["It does,", "I tried it."], "said", "Ada")]


def test_dash_dialogue_in_plain_letters_and_announced():
    text = "His mother said:\n\n--O, Ada will apologize.\n\nBob said:\n\n--If not, she must go.--\n\n--Why? asked Ada."
    found = [parts(text, quote) for quote in mined(text)]
    assert found == [
        (["O, Ada will apologize."], "said", "His mother"),
        (["If not, she must go."], "said", "Bob"),
        (["Why?"], "asked", "Ada"),
    ]


def test_alternating_dialogue_alternates_speakers():
    text = "“It works,” said Ada.\n\n“It never did,” said Bob.\n\n“It does now.”\n\n“Show me.”"
    extraction = mined(text)
    names = [speaker.name if (speaker := extraction.speaker(quote.speaker)) else None for quote in extraction]
    assert names == ["Ada", "Bob", "Ada", "Bob"]


def test_one_speaker_for_all_mentions_of_a_person():
    text = "NATO Secretary General Mark Rutte spoke. “One,” Rutte said. “Two,” he added. “Three,” said Mr Rutte."
    extraction = mined(text)
    assert len({quote.speaker for quote in extraction}) == 1
    speaker = extraction.speakers[0]
    assert (speaker.name, speaker.role, speaker.kind) == ("Mark Rutte", "NATO Secretary General", "person")
    assert [extraction.document[span] for span in speaker.mentions] == ["Mark Rutte", "Rutte", "he", "Mr Rutte"]


def test_other_languages_give_nothing_but_a_word_about_it():
    from quoteminer import ComponentError, Document

    with pytest.raises(ComponentError, match="no component reads tlh"):
        MINER.mine(Document("„Es geht“, sagte Ada.", language="tlh"))
    assert len(MINER.mine(Document("“It works,” said Ada.", language="en-GB")).quotes) == 1

"""Each construction of indirect speech: what is content, cue, source, kind and modality; and that time grows linearly."""

from __future__ import annotations

import pytest

from quoteminer import Miner
from quoteminer.testing.contract import TOO_STEEP, growth
from quoteminer_rules import lexicon
from quoteminer_rules.reports.grammar import grammar

from .test_constructions import NOT_YET, parts

MINER = Miner(["rules"], on_error="raise")
OF_ALL = Miner(["rules"], on_error="raise", scope="all")


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Ada said that it works.", ["that it works"], "said", "Ada"),
        ("Ada said on Thursday in Bucharest that it works.", ["that it works"], "said", "Ada"),
        ("Ada said it had worked.", ["it had worked"], "said", "Ada"),
        ("Ada asked whether it works.", ["whether it works"], "asked", "Ada"),
        ("Ada denied breaking it.", ["breaking it"], "denied", "Ada"),
        ("Ada told Bob that it works.", ["that it works"], "told", "Ada"),
        ("Ada urged Bob to mend it.", ["to mend it"], "urged", "Ada"),
        ("The engine works well, Ada said.", ["The engine works well"], "said", "Ada"),
        ("Ada told Bob not to mend it.", ["not to mend it"], "told", "Ada"),
        (
            "The average engine earns 1,870 a month, Ada said.",
            ["The average engine earns 1,870 a month"],
            "said",
            "Ada",
        ),
        ("The quay will close in March, its director, Ada, said.", ["The quay will close in March"], "said", "Ada"),
        ("The engine, Ada said, works.", ["The engine", "works"], "said", "Ada"),
        ("Ada said on Friday it was over.", ["it was over"], "said", "Ada"),
        ("Ada wrote in a letter to staff she would resign.", ["she would resign"], "wrote", "Ada"),
        ("Ada noted, however, that it was over.", ["that it was over"], "noted", "Ada"),
        ("Ada said at first light that 1,200 homes were dry.", ["that 1,200 homes were dry"], "said", "Ada"),
        ("I told him after evensong that he was welcome.", ["that he was welcome"], "told", "I"),
        ("A woman who was in the room said it was over.", ["it was over"], "said", "A woman"),
        ("A clerk who asked not to be named said it was over.", ["it was over"], "said", "A clerk"),
        ("Ada wanted to know whether the bank would wait.", ["whether the bank would wait"], "wanted to know", "Ada"),
        ("Ada whispered that it was over.", ["that it was over"], "whispered", "Ada"),
        ("Ada said, without giving evidence, that it was over.", ["that it was over"], "said", "Ada"),
        ("Ada said that it was over but declined to give details.", ["that it was over"], "said", "Ada"),
        ("Ada said it was over and would not say why.", ["it was over"], "said", "Ada"),
        ("Ada said that, as it was late, she would go.", ["that, as it was late, she would go"], "said", "Ada"),
        ("Ada said that, despite the rain, it worked.", ["that, despite the rain, it worked"], "said", "Ada"),
        ("Ada said — on the radio, of all places — that it was over.", ["that it was over"], "said", "Ada"),
        ("Ada said on ABC's “This Week” on Sunday that it was over.", ["that it was over"], "said", "Ada"),
        ("One in five say it's no gain.", ["it's no gain"], "say", "One in five"),
        ("They say the others already tried to do that.", ["the others already tried to do that"], "say", "They"),
        ("As Ada put it, the plan was dead.", ["the plan was dead"], "put", "Ada"),
        ("But as Ada noted, the plan was dead.", ["the plan was dead"], "noted", "Ada"),
        ("The engine, said Ada, works well.", ["The engine", "works well"], "said", "Ada"),
        ("The engine works well, says Ada.", ["The engine works well"], "says", "Ada"),
        ("The engine works, according to Ada.", ["The engine works"], "according to", "Ada"),
        ("The engine works, according to the last census.", ["The engine works"], "according to", "the last census"),
        ("15.31 The first minister said that it works.", ["that it works"], "said", "The first minister"),
        ("15.10 The engine works well, Ada said.", ["The engine works well"], "said", "Ada"),
        ("Ada is expected to say within the hour that it works.", ["that it works"], "say", "Ada"),
        ("According to Ada, the engine works.", ["the engine works"], "According to", "Ada"),
        ("The engine works, according to its owner, Ada Byron, who built it.", ["The engine works"], "according to", "Ada Byron"),
        ("The engine works, according to Ada Byron, who built it.", ["The engine works"], "according to", "Ada Byron"),
        ("NORLAND — The engine works, Ada said.", ["The engine works"], "said", "Ada"),
        ("Bob left after Ada's claim that the engine had failed.", ["that the engine had failed"], "claim", "Ada"),
        ("The engine, as Ada put it, works.", ["The engine", "works"], "put", "Ada"),
        ("Ada promised to mend the engine.", ["to mend the engine"], "promised", "Ada"),
        ("Ada told them it isn't going to happen.", ["it isn't going to happen"], "told", "Ada"),
        ("Our firm says we didn’t.", ["we didn’t"], "says", "Our firm"),
        ("Ada asked when the mill opens.", ["when the mill opens"], "asked", "Ada"),
        ("Ada said the accused had left.", ["the accused had left"], "said", "Ada"),
        ("A May report of the mayor found that it works.", ["that it works"], "found", "A May report of the mayor"),
        ("A clerk of the Bureau of Mills, Ada Byron, said that it works.", ["that it works"], "said", "Ada Byron"),
        ("The Chief Mill Officer, Dr. Ada Byron, denied that it works.", ["that it works"], "denied", "Dr. Ada Byron"),
        ("It rained; the engine, according to Ada, works.", ["the engine", "works"], "according to", "Ada"),
        ("It rained; the engine, Ada said, works.", ["the engine", "works"], "said", "Ada"),
        ("It rained; the engine works, Ada said.", ["It rained; the engine works"], "said", "Ada"),
        # Who does what the verb says: behind a clause of its own, an object of a clause on it, a phrase that is not known.
        ("When the engine stopped Ada told Bob that it was old.", ["that it was old"], "told", "Ada"),
        ("As soon as they sat down Bob said that it works.", ["that it works"], "said", "Bob"),
        ("The clerk they had hired told Bob that it works.", ["that it works"], "told", "The clerk"),
        ("Counsel for the mill, Ada Byron, argued that it works.", ["that it works"], "argued", "Ada Byron"),
        ("The E.U.-backed inspectors said that it works.", ["that it works"], "said", "The E.U.-backed inspectors"),
        ("It works, said miller Ada Byron in a letter.", ["It works"], "said", "miller Ada Byron"),
        ("Ada said the below was a mistake.", ["the below was a mistake"], "said", "Ada"),
        # What may be a noun or a verb, by what stands beside it; whose clause a phrase belongs to; whom it is told to.
        (
            "Rents fell by a third last year, industry figures show.",
            ["Rents fell by a third last year"],
            "show",
            "industry figures",
        ),
        ("The pond had dried up, tests showed.", ["The pond had dried up"], "showed", "tests"),
        ("Old oaks drop fewer acorns, study finds", ["Old oaks drop fewer acorns"], "finds", "study"),
        ("Official figures last week showed that rents fell.", ["that rents fell"], "showed", "Official figures"),
        (
            "The regional police command said that the lorry was found.",
            ["that the lorry was found"],
            "said",
            "The regional police command",
        ),
        ("That report says that the dam leaks.", ["that the dam leaks"], "says", "That report"),
        ("A note to parliament said the mill was safe.", ["the mill was safe"], "said", "A note"),
        ("The commissioner has since told the radio that it works.", ["that it works"], "told", "The commissioner"),
        ("A farmer in Offaly told me that it works.", ["that it works"], "told", "A farmer"),
        ("About 60% told us they would stay.", ["they would stay"], "told", "About 60%"),
        ("Of 31 sailors, 19 said they had slept.", ["they had slept"], "said", "19"),
        ("Research carried out for the mill suggests that it works.", ["that it works"], "suggests", "Research"),
        ("The clerk, Insp. Ada Byron, said that it works.", ["that it works"], "said", "Insp. Ada Byron"),
        ("The Harbour Secretary, Ada Byron, said that it works.", ["that it works"], "said", "Ada Byron"),
        ("A clerk who calls himself Bob says that it works.", ["that it works"], "says", "A clerk"),
        ("A sailor who did not give her name asked if it works.", ["if it works"], "asked", "A sailor"),
        ("A survey the town mailed in May found that it works.", ["that it works"], "found", "A survey"),
        ("A study that a mill made for the town found that it works.", ["that it works"], "found", "A study"),
        ("Bob met the clerk, who said that it works.", ["that it works"], "said", "who"),
        ("Passengers told to leave", ["to leave"], "told", None),
        ("Mill lost its wheel, court told", ["Mill lost its wheel"], "told", None),
        ("Nobody says that it works.", ["that it works"], "says", None),
        ("Ada said more than 600 loose bricks had been found.", ["more than 600 loose bricks had been found"], "said", "Ada"),
        ("Ada said earlier studies had looked at mills.", ["earlier studies had looked at mills"], "said", "Ada"),
        ("According to figures shown in the hall, the mill lost money.", ["the mill lost money"], "According to", "figures"),
        ("Ada said in a statement read to the hall that it works.", ["that it works"], "said", "Ada"),
        ("Ada advised anyone who had seen it to wait.", ["to wait"], "advised", "Ada"),
        ("Ada accused the miller of hiding the key.", ["of hiding the key"], "accused", "Ada"),
        ("Ada called for a new wheel.", ["a new wheel"], "called for", "Ada"),
        ("In the evening sailors said that it works.", ["that it works"], "said", "sailors"),
        ("Sergeant Kelly Moor said that it works.", ["that it works"], "said", "Sergeant Kelly Moor"),
        ("Ada told a man representing himself that it works.", ["that it works"], "told", "Ada"),
        ("The will states that the farm goes to Ada.", ["that the farm goes to Ada"], "states", "The will"),
        ("In a preface Ada praises two nurses and admits that it failed.", ["that it failed"], "admits", "Ada"),
        (
            "The survey, carried out in Spain, Portugal and the UK, suggests that it works.",
            ["that it works"],
            "suggests",
            "The survey",
        ),
        ("According to two clerks who were not allowed to talk, it works.", ["it works"], "According to", "two clerks"),
        ("If Ada says it works, the firm could sell it.", ["it works"], "says", "Ada"),
        ("Ada accused the board and the clerk of breaking it.", ["of breaking it"], "accused", "Ada"),
        ("Ada blamed the delay on ice.", ["the delay on ice"], "blamed", "Ada"),
        ("Sales stopped, Ada citing weak demand.", ["weak demand"], "citing", "Ada"),
    ],
)
def test_constructions(text, content, cue, source):
    (quote,) = MINER.mine(text)
    assert quote.kind == "indirect"
    assert parts(text, quote) == (content, cue, source)


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Ada praised the engine.", ["the engine"], "praised", "Ada"),
        ("She was hopeful that the engine would work.", ["that the engine would work"], "hopeful", "She"),
    ],
)
def test_attitudes(text, content, cue, source):
    (quote,) = OF_ALL.mine(text)
    assert parts(text, quote) == (content, cue, source)
    assert MINER.mine(text).quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "In a long speech to the assembled members, Ada said.",
        "Born above her parents' shop in Saint-Clair, she taught them for years.",
        # A clause on a noun is no question.
        "Ada described the engine that drew the mill.",
        # What nobody answered is not said, and what is put somewhere is no estimate.
        "Ada refused to say where the key was.",
        "The mill declined to explain why it had closed.",
        "Ada put the key on the sill.",
        "Bob told us that last week.",
        "The rule is known as the “Mill Owners Order”.",
        "Section 4 is amended to read as follows:\n\n  “(a) Mills.--A mill is a house; and\n\n  “(b) Houses.--A house has a roof.\n",
        "Section 4 is amended by adding at the end “(c) The roof is paid for by the owner.”",
        "It may be cited as the “Mill Owners Order”.",
    ],
)
def test_an_adverbial_before_the_reporting_clause_is_not_what_is_said(text):
    assert MINER.mine(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Many said that it works.", ["that it works"], "said", "Many"),
        ("Both left early, each telling a guard that it works.", ["that it works"], "telling", "each"),
        pytest.param(
            "14.05 Asked whether the engine had failed by a reporter, Ada left.",
            ["whether the engine had failed"],
            "Asked",
            "a reporter",
            marks=NOT_YET,
        ),
        ("The inspectors put the cost at $4 million.", ["the cost at $4 million"], "put", "The inspectors"),
        ("Ada noted the guards returned the key to her.", ["the guards returned the key to her"], "noted", "Ada"),
        (
            "Ada was quoted as saying by the evening paper that it works.",
            ["that it works"],
            "quoted as saying",
            "Ada",
        ),
        ("House prices up again, says union", ["House prices up again"], "says", "union"),
        ("Ada said the mayor, Bob Smith, resigned.", ["the mayor, Bob Smith, resigned"], "said", "Ada"),
        ("Ada said the engine, which is new, works.", ["the engine, which is new, works"], "said", "Ada"),
        ("Ada said the engine – a gift – has failed.", ["the engine – a gift – has failed"], "said", "Ada"),
        ("Ada said that Bob — as she knows — has left.", ["that Bob — as she knows — has left"], "said", "Ada"),
        ("According to the mayor, Ada Byron, it works.", ["it works"], "According to", "Ada Byron"),
        ("According to the mayor, Ada Byron, 47, it works.", ["it works"], "According to", "Ada Byron"),
        ("According to Ada Byron, 47, it works.", ["it works"], "According to", "Ada Byron"),
        ("According to Ada Byron, a former mayor of Orsk, it works.", ["it works"], "According to", "Ada Byron"),
        ("According to Ada Byron, chief of the union, it works.", ["it works"], "According to", "Ada Byron"),
        ("According to Ada, the mayor and the council met.", ["the mayor and the council met"], "According to", "Ada"),
        ("According to Ada, Bob, Cleo and Dan met.", ["Bob, Cleo and Dan met"], "According to", "Ada"),
        ("According to police, Ada Byron, 47, was arrested.", ["Ada Byron, 47, was arrested"], "According to", "police"),
        ("According to the report, Ada, the mayor, resigned.", ["Ada, the mayor, resigned"], "According to", "the report"),
        ("Ada, the founder, repeated her claim that the engine had failed.", ["that the engine had failed"], "claim", "Ada"),
        pytest.param(
            "The suggestion that the engine might fail, first made by an inspector, has shaken the firm.",
            ["that the engine might fail"],
            "suggestion",
            "an inspector",
            marks=NOT_YET,
        ),
        (
            "Ada never said that the engine had failed, and her firm would not tell reporters that it had stopped.",
            ["that the engine had failed"],
            "said",
            "Ada",
        ),
    ],
)
def test_bounds_and_sources(text, content, cue, source):
    assert (content, cue, source) in [parts(text, quote) for quote in MINER.mine(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada declined to comment.",
        "Ada declined to discuss the engine.",
        "Ada said nothing and left.",
        "Ada said goodbye to the men.",
        "The guard asked not to be named.",
        "A clerk, who asked not to be identified, left.",
        "Update: The engine stopped",
        "The firm sold the engine, a decision that its rivals regret.",
    ],
)
def test_speech_without_content_is_no_quotation(text):
    assert MINER.mine(text).quotes == ()


def test_a_question_that_is_left_open_is_no_quotation():
    assert MINER.mine("Ada refused to say whether it works.").quotes == ()


def test_the_second_half_of_a_clause_in_marks_is_mixed():
    text = "Progress, as Ada puts it, “is a wheel that squeaks”."
    assert [(quote.kind, parts(text, quote)[0]) for quote in MINER.mine(text)] == [
        ("mixed", ["Progress", "“is a wheel that squeaks”"])
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The men want:\n\n- a new roof;\n\n- more pay; and\n\n- an apology.\n\nThey left.", "no verb of speech"),
        ("The men demand:\n\n- a new roof;\n\n- more pay; and\n\n- an apology.\n\nThey left.", "indirect"),
        ("The men demand:\n1. a new roof\n2. more pay\n3. an apology", "indirect"),
        ("Ada told the men to choose:\n1. a new roof\n2. more pay", "another clause"),
    ],
)
def test_lists(text, kind):
    found = [quote for quote in MINER.mine(text) if quote.provenance.detail["rule"] == "list"]
    assert [(quote.kind, parts(text, quote)) for quote in found] == (
        [("indirect", (["a new roof", "more pay", "an apology"], "demand", "The men"))] if kind == "indirect" else []
    )


def test_marks_inside_make_it_mixed():
    text = "Ada told Bob that the engine was “a toy” and nothing else."
    (quote,) = MINER.mine(text)
    assert (quote.kind, parts(text, quote)[0]) == ("mixed", ["that the engine was “a toy” and nothing else"])


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ada said that it works.", "asserted"),
        ("She never said that it works.", "negated"),
        ("If Ada says that it works, we go.", "hypothetical"),
        ("Ada is expected to say that it works.", "future"),
        ("Ada will say that it works.", "future"),
        ("Ada didn't say that it works.", "negated"),
        ("Ada didn’t say that it works.", "negated"),
        ("Ada might say that it works.", "hypothetical"),
        ("Ada would later say that it works.", "asserted"),
    ],
)
def test_modality(text, modality):
    found = [quote for quote in MINER.mine(text) if quote.cue_lemma == "say"]
    assert [quote.modality for quote in found] == [modality]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ada sagte, dass es regnet.", "asserted"),
        ("Ada sagte nicht, dass es regnet.", "negated"),
        ("Ada hat nie gesagt, dass es regnet.", "negated"),
    ],
)
def test_modality_where_a_denial_stands_behind_the_verb(text, modality):
    assert [report.modality for report in grammar(lexicon.LANGUAGES / "de").find(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Ada admitted that such a paper existed but described it as “a toy”.", "described", "Ada"),
        ("They quarrelled over the plan, with Ada calling it “a toy”.", "calling", "Ada"),
        ("Ada labelled the engine “a toy”.", "labelled", "Ada"),
        ("Ada has never denied that wheels were broken, but says the mill was mended.", "says", "Ada"),
        (
            "The mill had argued that the wheel would cost more to turn than it saved and asked the town to mend it.",
            "asked",
            "The mill",
        ),
        ("Bob agreed that he had left, but denied that he had run.", "denied", "Bob"),
        ("Before they came back Judge Ada Byron called them and asked if it works.", "asked", "Judge Ada Byron"),
        ("“It works,” counsel said.", "said", "counsel"),
        ("The clerk read out a letter from the ferry firm: “The boat stays.”", "letter", "the ferry firm"),
    ],
)
def test_who_says_what_a_further_verb_reports(text, cue, source):
    found = [parts(text, quote)[1:] for quote in MINER.mine(text)]
    assert (cue, source) in found


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("“The clerk told me, we are shut.”", "we are shut.", "told", "The clerk"),
        ("“Then Ada goes, look, it works,” he said.", "look, it works", "goes", "Ada"),
        (
            "Ada Brock: I rang, and they would say, you must have known. So I left.\n\nBob Reed: Well.\n\nAda Brock: Yes.",
            "you must have known.",
            "say",
            "they",
        ),
        # It ends where somebody else is told to speak.
        ("“Ada said, we are shut, and Bob said, so are we.”", "we are shut", "said", "Ada"),
    ],
)
def test_words_may_be_told_as_they_were_said_without_marks(text, content, cue, source):
    found = [quote for quote in MINER.mine(text) if quote.provenance.detail["rule"] == "as-said"]
    assert (content, cue, source, "direct") in [
        (text[quote.content[0].start : quote.content[-1].end], *parts(text, quote)[1:], quote.kind) for quote in found
    ]


def test_a_condition_before_the_report_belongs_to_it():
    text = "If it breaks again, he pledged that Bob would mend it."
    (quote,) = MINER.mine(text)
    assert parts(text, quote)[0] == ["If it breaks again", "that Bob would mend it"]


def test_a_report_inside_a_quotation_names_its_parent():
    text = "“Bob told me that the engine had stopped on Monday,” Ada said."
    outer, inner = MINER.mine(text).quotes
    assert inner.parent == outer.id
    assert parts(text, inner) == (["that the engine had stopped on Monday"], "told", "Bob")


def test_the_provenance_says_what_the_cue_reports():
    quotes = MINER.mine("Ada said that it works. The report shows that it rains.").quotes
    details = [(quote.provenance.detail["rule"], quote.cue_lemma, quote.provenance.detail["class"]) for quote in quotes]
    assert details == [("that", "say", "speech"), ("that", "show", "evidence")]
    believed, praised = OF_ALL.mine("Ada believes that Bob works. Bob praised the engine.").quotes
    assert (believed.cue_lemma, believed.provenance.detail["class"]) == ("believe", "thought")
    assert (praised.cue_lemma, praised.provenance.detail["class"]) == ("praise", "attitude")


@pytest.mark.timed
@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "Ada said that it works, he said, and ",
        "said ",
        "the claim that ",
        "“said” that ",
        "according to Ada, ",
        "(Ada told Bob, ",
        "“a” ",
        "“It works.” ",
        "“It works,” Ada said. ",
        "“said Ada. ",
        "“a\n\n",
        "Ada: no\n\n",
        "Why?\n\nI do.\n\n",
    ],
)
def test_time_is_linear(piece: str):
    english = grammar(lexicon.LANGUAGES / "en")
    _, factor = growth(lambda count: english.find(piece * count), smallest=20_000 // len(piece))
    assert factor <= TOO_STEEP

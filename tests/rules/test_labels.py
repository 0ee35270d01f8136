"""Labels of turns in every form: what is the label, what is its mark, and what is said."""

from __future__ import annotations

import pytest

from quoteminer import Document, Miner
from quoteminer_rules.labels import Shape
from quoteminer_rules.language.problems import PackError
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reports.grammar import grammar

MINER = Miner(["rules"], on_error="raise")
SPACE = "\u00a0"


def turns(text: str) -> list[tuple[str, str, list[str]]]:
    """Label, mark and paragraphs of each turn."""
    return [
        (
            "" if quote.source is None else text[quote.source.start : quote.source.end],
            "".join(text[start:end] for start, end in quote.cue),
            [text[start:end] for start, end in quote.content],
        )
        for quote in MINER.mine(text).quotes
        if quote.layout == "turn"
    ]


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("Ada Byron", "Ada Byron"),
        ("ADA BYRON, MILL CORRESPONDENT", "ADA BYRON, MILL CORRESPONDENT"),
        ("Dr. Ada Byron, Chief Mill Officer", "Dr. Ada Byron, Chief Mill Officer"),
        ("Ada Byron (Ockham) (Lab)", "Ada Byron (Ockham) (Lab)"),
        ("The Minister for Mills (Ada Byron)", "The Minister for Mills (Ada Byron)"),
        ("ADA BYRON (voice-over)", "ADA BYRON"),
        ("[02:31] Ada Byron", "Ada Byron"),
        ("10:00:31:16 Ada Byron", "Ada Byron"),
        ("9.15 am Ada Byron", "Ada Byron"),
        ("[12/03/2024, 10:58:01] Ada Byron", "Ada Byron"),
        ("Speaker 1", "Speaker 1"),
        (f"Ada{SPACE}Byron{SPACE}", f"Ada{SPACE}Byron"),
        ("THE COURT", "THE COURT"),
    ],
)
def test_forms_of_labels(label, source):
    text = f"{label}: It works.\n\nBob Reed: Does it?\n\n{label}: It does.\n\nAnd well.\n\nBob Reed: I see.\n"
    other = "Bob Reed"
    assert turns(text) == [
        (source, ":", ["It works."]),
        (other, ":", ["Does it?"]),
        (source, ":", ["It does.", "And well."]),
        (other, ":", ["I see."]),
    ]


def test_marks_and_times_before_a_label_are_nobodys_words():
    text = "**Ada Byron:** It works.\n\n**Bob:** Does it?\n\n**Ada Byron:** It does.\n"
    assert turns(text) == [
        ("Ada Byron", ":", ["It works."]),
        ("Bob", ":", ["Does it?"]),
        ("Ada Byron", ":", ["It does."]),
    ]


def test_letters_of_question_and_answer():
    text = "     Q.   Where were you?\n\n     A.   At the mill.\n\n          THE COURT:  Go on.\n\n     Q.   Why?\n\n     A.   It worked.\n"
    assert turns(text) == [
        ("Q", "", ["Where were you?"]),
        ("A", "", ["At the mill."]),
        ("THE COURT", ":", ["Go on."]),
        ("Q", "", ["Why?"]),
        ("A", "", ["It worked."]),
    ]


def test_two_turns_suffice_where_they_are_sentences_in_paragraphs_that_follow():
    text = "Heard at the mill.\n\nAda: They moved the wheel to the other side.\n\nBob: I read it in the paper yesterday.\n"
    assert turns(text) == [
        ("Ada", ":", ["They moved the wheel to the other side."]),
        ("Bob", ":", ["I read it in the paper yesterday."]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Revenue: 412 million, up 6 per cent\nNet debt: 1.1 billion\nOutlook: unchanged\nStaff: 40\n",
        "Where: the old mill, behind the church\n\nWhen: Monday, 9 a.m. or later if it rains\n",
        "Ada: It works.\n\nThe mill stands still.\n\nBob: I read it in the paper yesterday.\n",
    ],
)
def test_what_only_looks_like_turns(text):
    assert turns(text) == []


def test_a_note_in_brackets_is_nobodys_words_though_it_is_long():
    note = "(Laughter among the members of both parties. Interruption by a visitor who had come for the mill.)"
    text = f"Ada: It works.\n\n{note}\n\nIt does.\n\nBob: I see.\n\nAda: Good.\n"
    assert turns(text)[0] == ("Ada", ":", ["It works.", "It does."])


def test_words_of_labels_that_are_no_list_are_an_error(tmp_path):
    (tmp_path / "layouts.toml").write_text('[turn_labels]\nsmall_words = "of"\n', encoding="utf-8")
    with pytest.raises(PackError, match="small_words is 'of', no list of texts"):
        Shape(tmp_path)


def test_german_labels_are_read_by_the_words_of_the_pack():
    text = (
        "Die Ministerin für Mühlen (Ada Byron): Es geht.\n\nBob Reed: Wirklich?\n\nDie Ministerin für Mühlen (Ada Byron): Ja.\n"
    )
    found = [report for report in grammar(LANGUAGES / "de").find(text) if report.layout == "turn"]
    assert [text[slice(*report.source or (0, 0))] for report in found] == [
        "Die Ministerin für Mühlen (Ada Byron)",
        "Bob Reed",
        "Die Ministerin für Mühlen (Ada Byron)",
    ]


def speakers(text: str, language: str = "en") -> list[str | None]:
    """Who speaks in each turn."""
    extraction = MINER.mine(Document(text, language=language))
    return [None if (who := extraction.speaker_of(quote)) is None else who.name for quote in extraction if quote.layout == "turn"]


def test_in_the_record_of_a_court_a_line_names_who_asks_and_the_questions_name_who_answers():
    text = (
        "BY MS. NOON:\n\n     Q.   Mr. Reed, where were you that night?\n\n     A.   In the mill.\n\n"
        "     MR. LOW:  Objection.\n\nBY MR. LOW:\n\n     Q.   Were you alone?\n\n     A.   I was.\n"
    )
    assert speakers(text) == ["Noon", "Reed", "Low", "Low", "Reed"]


def test_what_stands_in_brackets_behind_a_name_with_a_title_is_where_somebody_is_from():
    text = (
        "Mr. Bob Reed (Cardon—Les Mills, BQ): It works.\n\nHon. Ada Byron (Minister of Mills): It does.\n\nMr. Bob Reed: Good.\n"
    )
    assert speakers(text) == ["Bob Reed", "Ada Byron", "Bob Reed"]


def test_spanish_labels_with_an_office_are_those_of_one_speaker():
    text = (
        "La señora PRESIDENTA: Se abre la sesión.\n\nLa señora BYRON NOON: Gracias, presidenta.\n\n(Aplausos).\n\n"
        "El señor MINISTRO DE MOLINOS (Reed Low): Señoría, funciona.\n\nLa señora PRESIDENTA: Silencio, por favor.\n"
    )
    first, second, third, last = speakers(text, "es")
    assert first == last != second
    assert third == "Reed Low"
    assert "(Aplausos)." not in [part for _, _, said in turns(text) for part in said]


def test_what_counts_pages_and_what_is_all_italics_is_nobodys_words():
    text = (
        "Ada: It works.\n\nColumn 318\n\nIt does.\n\nBob: I see.\n\nSome hon. members: Oh!\n\nAda: Good.\n\n*Subscribe to us.*\n"
    )
    assert turns(text) == [
        ("Ada", ":", ["It works.", "It does."]),
        ("Bob", ":", ["I see."]),
        ("Some hon. members", ":", ["Oh!"]),
        ("Ada", ":", ["Good."]),
    ]


def test_lines_that_are_wrapped_are_no_headings():
    text = (
        "Ms BYRON: Will the minister table the report that he was\ngiven in April?\n\nMr REED: I have not seen it in the form that\nshe tells of.\n\n"
        "Ms BYRON: Thank you. (Laughter.)\n"
    )
    assert [said for _, _, said in turns(text)] == [
        ["Will the minister table the report that he was\ngiven in April?"],
        ["I have not seen it in the form that\nshe tells of."],
        ["Thank you. (Laughter.)"],
    ]


def test_where_no_turn_has_a_second_paragraph_the_last_has_none():
    text = "Ada: It works.\n\nBob: Does it?\n\nAda: It does.\n\nBob: I see.\n\nOutside the mill a union said it would wait.\n"
    assert turns(text)[-1] == ("Bob", ":", ["I see."])


def test_what_stands_between_two_turns_of_one_speaker_tells_who_interrupted():
    text = "Ada: It works.\n\nMembers interjected.\n\nAda: It does.\n\nBob: I see.\n"
    assert turns(text)[0] == ("Ada", ":", ["It works."])


def test_dashes_in_a_transcript_begin_turns_of_nobody_known():
    text = "ADA: It works.\n\n- Does it?\n- It does,\nevery day.\n\nBOB: I see.\n\nADA: Good.\n"
    assert turns(text) == [
        ("ADA", ":", ["It works."]),
        ("", "", ["Does it?"]),
        ("", "", ["It does,\nevery day."]),
        ("BOB", ":", ["I see."]),
        ("ADA", ":", ["Good."]),
    ]


def posts(text: str, layout: str = "thread") -> list[tuple[str, list[str]]]:
    """Who writes, by the text, and the paragraphs of each message."""
    return [
        ("" if quote.source is None else text[quote.source.start : quote.source.end], [text[span.start : span.end] for span in quote.content])
        for quote in MINER.mine(text).quotes
        if quote.layout == layout
    ]  # fmt: skip


def test_a_thread_has_who_writes_above_each_message():
    text = (
        "MILL NOTICEBOARD\n\nAda Byron\nit works!!\n👍 41 😡 12 · 37 comments\n\nTrev the Miller\ndoes it tho\n\n"
        "Bob Reed (admin)\nNobody has been there.\n\nLook at the photo.\n\nAda Byron\ni was\n"
    )
    assert posts(text) == [
        ("Ada Byron", ["it works!!"]),
        ("Trev the Miller", ["does it tho"]),
        ("Bob Reed", ["Nobody has been there.", "Look at the photo."]),
        ("Ada Byron", ["i was"]),
    ]


def test_a_page_may_tell_more_below_who_writes():
    text = (
        "ada_b\nMember · Posts: 87\nMon Aug 4, 2025 8:40 am\n\nIt works.\n\nI tried it twice.\n\n"
        "Bob Reed\nModerator · Posts: 5,310\nMon Aug 4, 2025 8:41 am\n\nIt does not.\n\n"
        "ada_b\nMember · Posts: 88\nMon Aug 4, 2025 9:03 am\n\nIt does."
    )
    assert posts(text) == [("ada_b", ["It works.", "I tried it twice."]), ("Bob Reed", ["It does not."]), ("ada_b", ["It does."])]


def test_what_a_page_tells_between_title_and_review_is_no_part_of_it():
    text = (
        "Ada B.\n★★★★★\nIt works\nReviewed on 3 January 2025 · Verified purchase\n\nBought it for a mill.\n\n"
        "Bob Reed\n★☆☆☆☆\nA toy\nReviewed on 14 January 2025\n\nIt stopped at once.\n\n"
        "Cleo Nash\n★★★☆☆\nLoud\nReviewed on 2 May 2025\n\nYou hear it in the yard."
    )
    assert posts(text) == [
        ("Ada B.", ["It works", "Bought it for a mill."]),
        ("Bob Reed", ["A toy", "It stopped at once."]),
        ("Cleo Nash", ["Loud", "You hear it in the yard."]),
    ]


def test_a_time_may_stand_behind_a_dash():
    text = "adab - Mon 7:12 am\nIt works.\n\nbob_reed - Mon 7:31 am\nIt does not.\n\nadab - Mon 8:05 am\nIt does."
    assert posts(text) == [("adab", ["It works."]), ("bob_reed", ["It does not."]), ("adab", ["It does."])]


@pytest.mark.parametrize(
    "head",
    [
        "@ada_byron",
        "Ada Byron @ada_byron · 5:48 AM",
        "Ada Byron · Apr 9 · edited",
        "Ada Byron ✔ 4h",
        "Ada Byron @ada_byron",
        "ada_byron98 · Do, 21:14",
        "wheel.of.ada · lunes 14.02",
    ],
)
def test_forms_of_what_stands_above_a_message(head):
    text = f"{head}\nit works\n\nBob Reed · 5:50 AM\ndoes it\n\n{head}\nit does\n"
    name = head.split()[0] if head[0] in "@aw" else "Ada Byron"
    assert posts(text) == [(name, ["it works"]), ("Bob Reed", ["does it"]), (name, ["it does"])]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Byron\n12 Mill Lane\n\nBob Reed\n3 Mill Lane\n\nCy Noon\n5 Mill Lane\n",  # nobody twice
        "Ada Byron\nshe works\n\nIt was Monday.\n\nNothing was heard.\n\nBob Reed\nhe works\n\nIt was late.\n\nAda Byron\nagain\n\nIt went on.\n",
        "Ada Byron\nit works\n\nAda Byron\nit does\n\nAda Byron\ngood\n",  # nobody answers
    ],
)
def test_what_only_looks_like_a_thread(text):
    assert posts(text) == []


def test_an_older_mail_is_its_writers_up_to_its_footer():
    text = (
        "Hello,\n\nsee below.\n\nBob\n\nOn Tue, 11 Nov at 17:30, Ada Byron <ada@mill.example> wrote:\n\nDear Bob,\n\nI think it works.\n\n--\nAda Byron\n\n"
        "On Mon, 10 Nov at 9:14 Cy Noon wrote:\n\nDoes it?\n"
    )
    assert posts(text, "mail") == [("Ada Byron", ["Dear Bob,", "I think it works."]), ("Cy Noon", ["Does it?"])]


def test_who_writes_an_older_mail_is_its_first_person():
    extraction = MINER.mine("See below.\n\nOn Tue, 11 Nov at 17:30 Ada Byron wrote:\n\nI told Bob that it works.\n")
    inner = extraction.quotes[-1]
    assert inner.kind == "indirect"
    assert [speaker.name for speaker in [extraction.speaker_of(inner)] if speaker is not None] == ["Ada Byron"]


def test_an_interviewer_also_states():
    text = (
        "Does it work?\n\nI think so, and I should know.\n\nYour paper says that it fails.\n\nI never wrote that.\n\nWill it go on?\n\nIt will, I hope.\n\n"
        "THE ROOF, THE WHEEL.\n\nI mended both.\n\nAnd then?\n\nI rest.\n"
    )
    assert [said for _, _, said in turns(text)] == [[part] for part in text.strip().split("\n\n")]


def test_every_second_paragraph_asks_where_each_turn_is_one():
    text = "Does it feel real?\n\nNo, I drove in.\n\nTake me back to then.\n\nI was loading wagons.\n\nWho rang?\n\nMy aunt did.\n\nAnd now?\n\nI rest.\n"
    assert [said for _, _, said in turns(text)] == [[part] for part in text.strip().split("\n\n")]


def test_questions_in_bold_are_those_of_an_interview():
    asked = ["Does it work?", "People say it fails.", "And now?"]
    answered = ["It does.", "They never tried.\n\nNobody did.", "We wait."]
    text = "# The mill\n\nWe met on Monday.\n\n" + "\n\n".join(
        f"**{one}**\n\n{other}" for one, other in zip(asked, answered, strict=True)
    )
    expected = [part.split("\n\n") for one, other in zip(asked, answered, strict=True) for part in (one, other)]
    assert [said for _, _, said in turns(text)] == expected


def test_bold_headings_are_no_questions():
    assert turns("**The mill**\n\nIt works.\n\n**The wheel**\n\nIt turns.\n\n**What now?**\n\nWe wait.") == []


def test_behind_a_name_in_capitals_stands_what_somebody_is():
    text = (
        "ANN LEE, packer, 1979–91: It began over gloves.\n\nBO REED, foreman: I was told to wait.\n\nANN LEE: They waited for me.\n\n"
        "JUDGE CARL VOIGT, then counsel to the firm: I asked for more."
    )
    assert [label for label, _, _ in turns(text)] == [
        "ANN LEE, packer, 1979–91", "BO REED, foreman", "ANN LEE", "JUDGE CARL VOIGT, then counsel to the firm",
    ]  # fmt: skip


def test_the_name_of_a_user_needs_no_sign():
    text = "dr_osagie: I deliver babies for a living.\n\nann_lee: So do I, and I like it."
    assert [label for label, _, _ in turns(text)] == ["dr_osagie", "ann_lee"]


INTERVIEW = "Does it work?\n\nI think so.\n\nWill it go on?\n\nI hope it will.\n\nAnd then?\n\nI rest.\n"


@pytest.mark.parametrize(
    ("language", "before", "after", "asking"),
    [
        ("en", "THE MILL\n\nBy Cy Noon\n\nAda Byron runs the mill.\n\n", "", "Cy Noon"),
        ("en", "Ada Byron runs the mill. Words: Cy Noon\n\n", "", "Cy Noon"),
        ("en", "Cy Noon\n\nDr Ada Byron runs the mill.\n\n", "", "Cy Noon"),
        ("en", "Ada Byron runs the mill.\n\n", "\nInterview: Cy Noon\n", "Cy Noon"),
        ("en", "NEWS OF THE MILL\n\nNewsletter of the Mill\n\nAda Byron runs the mill.\n\n", "", "interviewer"),
        ("de", "Ada Byron leitet die Mühle.\n\nInterview: Cy Noon\n\n", "", "Cy Noon"),
        ("de", "Ada Byron leitet die Mühle.\n\n", "", "Interviewer"),
    ],
)
def test_who_asks_and_who_answers_without_labels(language, before, after, asking):
    text = before + (INTERVIEW if language == "en" else INTERVIEW.replace("I ", "Ich ")) + after
    assert speakers(text, language) == [asking, "Ada Byron"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "ROADS: The superintendent reported that the bridge is mended.\n\nZONING: Four permits were issued.\n\nEQUIPMENT: A mower was bought.\n",
        "GETTING THERE: State buses leave at 6.10 am.\n",
        "OLD MILL (41): Moore 6-3-15, Haas 4-1-9.\n\nNEW MILL (52): Kessler 6-2-18, Dunn 5-2-12.\n",
    ],
)
def test_what_stands_behind_labels_that_do_not_come_again_has_to_sound_like_speech(text):
    assert turns(text) == []


def test_messages_with_handles_stand_in_an_article_and_in_each_other():
    text = (
        "The mill was in the news.\n\nAda Byron @ada · Apr 9\nIt works.\n\nThe union waited.\n\nBob Reed @reed · Apr 9\nDoes it?\nQuote Tweet\n"
        "Cy Noon @noon · Apr 8\nIt never did.\n\nNothing else was heard.\n"
    )
    assert posts(text) == [("Ada Byron", ["It works."]), ("Bob Reed", ["Does it?"]), ("Cy Noon", ["It never did."])]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("> It works.\n>\n> It never stops.\n> — Ada Byron, miller\n", "Ada Byron", ["It works.", "It never stops."]),
        ("> It works.\n\n> — Ada Byron\n", "Ada Byron", ["It works."]),
        ('"Does it work? I was there." - Ada\n\nNobody knew.\n', "Ada", ["Does it work? I was there."]),
        ("“It works.”\n— Ada Byron, of the mill\n", "Ada Byron", ["It works."]),
    ],
)
def test_words_with_a_name_behind_a_dash_are_those_of_who_signs_them(text, source, said):
    assert posts(text, "block") == [(source, said)]
    assert speakers_of(text, "block") == [source]


@pytest.mark.parametrize(
    "text",
    ["> It works.\n> It never stops.\n", "> It works.\n\nShe left.\n\n— Ada Byron\n", "“It works,” he said. — Ada left.\n"],
)
def test_what_nobody_signs_is_nobodys(text):
    assert posts(text, "block") == []


def speakers_of(text: str, layout: str) -> list[str | None]:
    """Who says what is set so."""
    extraction = MINER.mine(text)
    return [None if (who := extraction.speaker_of(quote)) is None else who.name for quote in extraction if quote.layout == layout]


def test_letters_of_questions_need_no_mark_where_others_have_labels():
    text = "MS. NOON:  Good morning.\n\nQ    Why was it late?\n\nMS. NOON:  The mill was shut.\n\nQ    Who pays?\n\nMS. NOON:  The mill does.\n"
    assert turns(text) == [
        ("MS. NOON", ":", ["Good morning."]),
        ("Q", "", ["Why was it late?"]),
        ("MS. NOON", ":", ["The mill was shut."]),
        ("Q", "", ["Who pays?"]),
        ("MS. NOON", ":", ["The mill does."]),
    ]


def test_a_name_that_is_shortened_comes_again():
    text = "ADA NOON, NETWORK ANCHOR: It opens on Monday.\n\nTOM LOW (voice-over): The steel came late.\n\nNOON: It did.\n\nLOW: It came.\n"
    assert [said for _, _, said in turns(text)] == [["It opens on Monday."], ["The steel came late."], ["It did."], ["It came."]]


def test_handles_with_a_dash_are_labels():
    text = "@mill - The dam is sound.\n\n@noon - The dam leaks.\n\n@mill - Prove it.\n"
    assert [(label, said) for label, _, said in turns(text)] == [
        ("@mill", ["The dam is sound."]),
        ("@noon", ["The dam leaks."]),
        ("@mill", ["Prove it."]),
    ]


def test_who_has_a_role_behind_the_name_is_known_by_the_surname():
    text = "ADA BYRON, MILL REPORTER: It works.\n\nBOB HALE, CLERK (on the phone): Since May.\n\nBYRON: Why?\n\nHALE (in tears): It does.\n"
    assert speakers(text) == ["Ada Byron", "Bob Hale", "Ada Byron", "Bob Hale"]


def test_a_label_that_names_nobody_is_kept_as_it_is_written():
    assert speakers("Caller 1: It works.\nCaller 2: Since May.\nCaller 1: It does.\n") == ["Caller 1", "Caller 2", "Caller 1"]
    assert speakers("Host: Does it work?\n\nAda Byron: It does.\n\nHost: Since when?\n\nAda Byron: May.\n")[0] == "Host"


def test_the_marks_of_an_older_mail_are_nobodys_words():
    text = "I see.\n\nOn Tue, 3 May 2025 at 09:12, Ada Byron <ada@example.org> wrote:\n\n> It works.\n> It does.\n"
    (quote,) = MINER.mine(text)
    assert [text[part.start : part.end] for part in quote.content] == ["It works.", "It does."]


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        ("en", "Remarks by Ada Byron\nBuda, 3 May", ["Dear friends, I built it.", "We thank you."]),
        (
            "en",
            "The Mill Society\n\nAddress by the chair of the society, Ada Byron, to its members",
            ["We built it.", "I thank you."],
        ),
        ("en", "Words spoken by Ada Byron:", ["Friends,", "I built it."]),
        ("en", "ADDRESS BY THE CHAIR, ADA BYRON", ["Friends, thank you for coming.", "I built it."]),
        ("en", "Speech by the Hon. Ada Byron, Minister for Mills", ["Friends, thank you for coming.", "I built it."]),
        ("de", "Ansprache von Ada Byron zur Eröffnung der Mühle", ["Liebe Gäste, wir haben sie gebaut.", "Ich danke euch."]),
        ("fr", "Discours de Ada Byron", ["Nous avons construit ce moulin.", "Je vous remercie."]),
        ("es", "Publicamos el discurso de Ada Byron:", ["Nosotros lo hemos construido.", "Yo les doy las gracias."]),
    ],
)
def test_a_whole_speech_is_said_by_whom_its_heading_names(language, heading, said):
    text = "\n\n".join([heading, *said]) + "\n"
    extraction = MINER.mine(Document(text, language=language))
    (quote,) = extraction.quotes
    assert ([quote.text(extraction.document)], quote.kind) == ([" … ".join(said)], "direct")
    speaker = extraction.speaker(quote.speaker)
    assert speaker is not None
    assert speaker.name == "Ada Byron"


@pytest.mark.parametrize(
    "text",
    [
        # A report on a speech, a statement in the third person, a paper's name, and words of a sentence.
        "Remarks by Ada Byron\n\nI was there when Byron spoke.\n\nWe all saw it.\n",
        "Statement by Ada Byron\n\nThe mill is shut.\n\nIt will open in May.\n",
        "Ada Byron | The Address of Norland\n\nI was there.\n\nWe all saw it.\n",
        "Words of Wisdom\n\nI was there.\n\nWe all saw it.\n",
        "These are words of Ada Byron.\n\nI was there.\n\nWe all saw it.\n",
    ],
)
def test_what_only_looks_like_a_speech(text):
    assert [quote for quote in MINER.mine(text) if quote.provenance.detail["rule"] == "speech"] == []

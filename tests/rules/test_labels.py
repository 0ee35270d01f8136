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
        ("Q.", "", ["Where were you?"]),
        ("A.", "", ["At the mill."]),
        ("THE COURT", ":", ["Go on."]),
        ("Q.", "", ["Why?"]),
        ("A.", "", ["It worked."]),
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
    assert third == "señor MINISTRO DE MOLINOS (Reed Low)"
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

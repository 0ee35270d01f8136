"""What verify does with texts, sources and speakers of all kinds."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoteminer
from quoteminer import (
    AnnotationError,
    Change,
    ConfigurationError,
    Document,
    Extraction,
    Finding,
    Match,
    Miner,
    Quote,
    Span,
    Speaker,
    Verification,
    verify,
)
from quoteminer.formats import readers
from quoteminer.verification.lexicon import Lexicons
from quoteminer.verification.voices import person_called, same

from .packs import miner

SOURCE = """MR RUTTE: We must act now, because the danger is real and it will not wait. I never said that it would work. It would cost 20 million euros.

MS KESSEL: I do not agree with the Secretary General. We need boats, and lots of them, before the winter comes."""


def one(article: str, source: object = SOURCE, **options: object) -> Finding:
    found = verify(article, source, **options)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("article", "verdict"),
    [
        ("“We must act now,” Mark Rutte said.", "verbatim"),
        ("“It would work,” Rutte said.", "altered"),
        ("“It would cost €20 million,” Rutte said.", "verbatim"),
        ("“It would cost 20 million euros,” Nadia Kessel said.", "other_speaker"),
        ("“We need boats,” Kessel said, “and lots of them.”", "verbatim"),
        ("“We need boats,” Kessel said, “before the winter comes.”", "altered"),
        ("“The danger is real and lots of them, before the winter comes,” Kessel said.", "spliced"),
        ("“The whales will eat the harbour master tomorrow,” Kessel said.", "not_found"),
        ("“The whales will eat the harbour master tomorrow,” Petra Blum said.", "no_such_speaker"),
        ("“Never,” Kessel said.", "too_short"),
        ("Kessel called for “lots of them, before the winter comes”.", "verbatim"),
    ],
)
def test_verdicts(article, verdict):
    assert one(article).verdict == verdict


@pytest.mark.parametrize(
    ("article", "verdict", "support"),
    [
        ("Rutte said that they had to act now because the danger was real.", "paraphrase", "supported"),
        ("Rutte said the danger was not real.", "paraphrase", "contradicted"),
        ("Rutte said it would cost 30 million euros.", "paraphrase", "contradicted"),
        ("Kessel said they needed lots of boats before winter came.", "paraphrase", "supported"),
        ("Kessel said the danger was real and would not wait.", "other_speaker", "partly"),
        ("Rutte said he wanted a new car for his mother.", "not_found", "not_found"),
    ],
)
def test_reports(article, verdict, support):
    found = one(article)
    assert (found.quote.kind, found.verdict, found.support) == ("indirect", verdict, support)


def test_places_are_exact_in_both_texts():
    article = "“We must act — now,” Mark Rutte said."
    found = verify(article, [Document(SOURCE, id="debate")])
    (match,) = found[0].matches
    assert found.source(match)[match.span] == "We must act now"
    assert article[match.quoted.start : match.quoted.end] == "We must act — now"
    assert (match.source, match.speaker) == ("debate", "MR RUTTE")


def test_changes_say_what_stands_where():
    found = verify("“It would cost 30 million euros,” Rutte said.", [Document(SOURCE, id="debate")])
    (change,) = found[0].changes
    assert change.span is not None
    assert change.source_span is not None
    assert (change.kind, change.words, change.source_words, change.weight) == ("number", "30 million", "20 million", 1.0)
    assert found.extraction.document[change.span] == "30 million"
    assert found.sources[0][change.source_span] == "20 million"
    assert str(change) == "number: “30 million” for “20 million”"
    assert not found.good
    assert found[0].weight == 1.0


def test_sentences_on_both_sides_of_an_interruption_may_have_been_said_apart():
    source = (
        f"ADA: The old ferry sails at noon. {'We talked about nets and ropes for a while. ' * 40}The harbour is closed in May."
    )
    article = "“The harbour is closed in May,” Ada said. “The old ferry sails at noon.”"
    assert one(article, source).verdict == "verbatim"
    assert one(article.replace(" Ada said.", " Ada said,").replace("“The old", "“the old"), source).verdict == "spliced"


def test_a_short_sentence_from_elsewhere_makes_a_quotation_spliced():
    source = (
        "ADA: It's safe. We looked at all of it in June, and in July again, because a man had told us of a leak.\n\nBO: Well.\n\n"
        "ADA: I have every sympathy with the people of the island."
    )
    assert one("“It's safe. I have every sympathy with the people of the island,” Ada said.", source).verdict == "spliced"


def test_of_equal_places_that_of_the_speaker_is_taken():
    source = (
        "ADA: We will sail at noon today.\n\nBO: We will sail at noon today.\n\nCY: We will sail at noon today.\n\nADA: Good."
    )
    found = verify("“We will sail at noon today,” said Bo.", source)
    assert (found[0].verdict, found[0].matches[0].speaker) == ("verbatim", "BO")


@pytest.mark.parametrize(
    ("label", "name", "verdict"),
    [
        # Initials may be those of whoever is named, and tell nothing where they are not.
        ("BN", "Bo Nash", "verbatim"),
        ("XY", "Bo Nash", "verbatim"),
        ("CY DUNN", "Bo Nash", "other_speaker"),
        # So do roles without a name.
        ("WITNESS", "Bo Nash", "verbatim"),
    ],
)
def test_labels_that_are_no_names_accuse_nobody(label, name, verdict):
    source = f"{label}: We will sail at noon today.\n\nEVE MARSH: Why?\n\n{label}: Because of the tide.\n\nEVE MARSH: Good."
    assert one(f"“We will sail at noon today,” said {name}.", source).verdict == verdict


def test_the_same_initials_are_the_same_speaker():
    lexicon = Lexicons({pack.language: pack for pack in miner().components("quoteminer_languages")}).of("en")
    assert same(person_called("BBC", lexicon), person_called("BBC", lexicon)) is True
    assert same(person_called("BBC", lexicon), person_called("Bo Nash", lexicon)) is None


def test_a_source_that_does_not_tell_who_speaks_accuses_nobody():
    assert one("“We will sail at noon today,” said Bo.", "We will sail at noon today.").verdict == "verbatim"


def test_a_document_may_say_whose_speech_it_is():
    speech = Document("We will sail at noon today.", metadata={"speaker": "Ada Brock"})
    assert one("“We will sail at noon today,” said Ada Brock.", speech).verdict == "verbatim"
    assert one("“We will sail at noon today,” said Bo Kessel.", speech).verdict == "other_speaker"


def test_who_quotes_another_in_a_turn_says_the_words_too():
    source = "Ada Brock: My mother told me: “Never trust a calm sea in March.” I do not."
    for name in ("Ada Brock", "her mother"):
        assert one(f"“Never trust a calm sea in March,” said {name}.", source).verdict in ("verbatim",)


def test_what_was_found_before_is_taken_as_it_is():
    document = Document("We will sail at noon today.", id="article")
    article = Extraction(document, [Quote([Span(0, 26)], "direct", speaker="s1", id="q1")], [Speaker("s1", "Ada")])
    source = Extraction(
        Document("Sail we will, at noon today, we will sail at noon today", id="source"),
        [Quote([Span(29, 55)], "direct", speaker="b", id="q1")],
        [Speaker("b", "Bo")],
    )
    finding = verify(article, source)[0]
    assert (finding.verdict, finding.speaker, finding.matches[0].speaker) == ("other_speaker", "Ada", "Bo")


def test_identifiers_go_before_names():
    document = Document("We will sail at noon today.", id="article")
    quote = Quote([Span(0, 26)], "direct", speaker="s1", id="q1")
    article = Extraction(document, [quote], [Speaker("s1", "Ada Brock", identifiers={"wikidata": "Q1"})])
    for identifier, verdict in (("Q1", "verbatim"), ("Q2", "other_speaker")):
        speaker = Speaker("s1", "A. Kessel", identifiers={"wikidata": identifier})
        source = Extraction(Document("We will sail at noon today.", id="source"), [quote], [speaker])
        assert verify(article, source)[0].verdict == verdict


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "there is no source"),
        ([Document("", id="void")], "the source 'void' is empty"),
        (
            [
                Document(
                    "Wir müssen jetzt handeln, denn das ist nicht gut und wir haben keine Zeit mehr.", language="de", id="rede"
                )
            ],
            "is in German, the article in English",
        ),
    ],
)
def test_what_no_comparing_is_possible_with_is_said(sources, said):
    found = verify("“We must act now and here,” said Ada.", sources)
    assert any(said in issue.message for issue in found.issues)
    assert found[0].verdict == "not_found"


def test_two_sources_of_one_name_are_told_apart():
    found = verify(
        "“We must act now and here,” said Ada.", ["ADA: No.", Document("x", id="s"), Document("We must act now and here", id="s")]
    )
    assert found[0].matches[0].source == "s#2"
    assert [source.id for source in found.sources] == ["s#2"]


@pytest.mark.parametrize("wrong", [3, None, ["a", 3]])
def test_what_is_no_source_is_refused(wrong):
    with pytest.raises((AnnotationError, TypeError)):
        verify("“Yes.”", wrong)


def test_options_are_checked():
    with pytest.raises(ConfigurationError, match="shortest"):
        verify("", "", shortest=0)
    assert one("“We must act,” Rutte said.", shortest=4).verdict == "too_short"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada Brock>We will sail at\nnoon, &amp; nobody\n\n00:04.000 --> 00:09.000\n<v Ada Brock>will stop us.\n",
        ),
        ("html", "<p><b>Ada Brock:</b> We will <i>sail</i> at noon, &amp; nobody\nwill stop&nbsp;us.</p>"),
        ("text", "Ada Brock: We will sail at noon, & no-\nbody will stop us."),
    ],
)
def test_untouched_through_readers(name, data):
    reader = readers()[name]
    (source,) = [item for item in reader.read(io.BytesIO(data.encode()), name="source") if isinstance(item, Document)]
    finding = one("“We will sail at noon, & nobody will stop us,” Ada Brock said.", source)
    assert finding.verdict == "verbatim"


def test_what_interrupts_a_quotation_of_the_source_is_not_missed_unless_it_denies():
    source = (
        "“We will sail at noon,” said Ada Brock, “and nobody will stop us.” Bo Kessel wants “sound boats”, not “new harbours”."
    )
    assert one("“We will sail at noon and nobody will stop us,” said Ada Brock.", source).verdict == "verbatim"
    finding = one("“Sound boats, new harbours,” said Bo Kessel.", source)
    assert (finding.verdict, [change.kind for change in finding.changes]) == ("altered", ["negation"])


def test_what_the_article_says_beside_a_quotation_is_not_missed():
    source = "ADA BROCK: I never said that the harbour would be closed."
    assert one("Ada Brock never said that “the harbour would be closed”.", source).verdict == "verbatim"
    assert one("Ada Brock did not hesitate: “The harbour would be closed.”", source).verdict == "altered"


def test_a_negation_that_moved_matters_as_one():
    source = "ADA BROCK: I do not want to leave the harbour in March."
    finding = one("“I do want to not leave the harbour in March,” said Ada Brock.", source)
    assert (finding.verdict, finding.weight) == ("altered", 1.0)


def test_the_forms_of_findings():
    quote = Quote([Span(0, 1)], "direct", id="q1")
    extraction = Extraction(Document("a"), [quote])
    with pytest.raises(AnnotationError, match=r"Match\.source"):
        Verification(extraction, [Finding(quote, "verbatim", matches=[Match("b", (0, 1), (0, 1))])])
    with pytest.raises(AnnotationError, match=r"Finding\.verdict"):
        Finding(quote, "wrong")
    with pytest.raises(AnnotationError, match=r"Change\.kind"):
        Change("typo")
    with pytest.raises(quoteminer.SpanError):
        Verification(extraction, [Finding(quote, "verbatim", matches=[Match("b", (0, 5), (0, 1))])], [Document("b", id="b")])


def test_records_have_the_members_that_are_documented():
    (record,) = verify("“It would cost 30 million euros,” Rutte said.", [Document(SOURCE, id="debate")]).to_dicts()
    assert list(record) == [
        "document",
        "id",
        "verdict",
        "text",
        "content",
        "kind",
        "speaker",
        "support",
        "weight",
        "confidence",
        "changes",
        "matches",
    ]
    assert record["changes"][0]["kind"] == "number"
    assert record["matches"][0]["text"] == "It would cost 20 million euros"


MINER = Miner()


@settings(max_examples=30)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_valid(article, source):
    found = verify(f"{article} “{source}” said Ada.", source, miner=MINER)
    for finding in found:
        for match in finding.matches:
            assert found.source(match)[match.span]
            assert found.extraction.document[match.quoted]

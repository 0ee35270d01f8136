"""Tags of languages, what somebody meant by another name, and texts that are in another language than they say."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoteminer
from quoteminer import AnnotationError, Document, Miner, Quote, languages

GERMAN = "Der Bürgermeister sagte am Montag, dass die Stadt nicht mehr zahlen werde. „Wir haben das Geld nicht“, sagte er."
ENGLISH = "The mayor said on Monday that the city would not pay any more. “We do not have the money,” she said."


@pytest.mark.parametrize(
    "tag", ["en", "EN", "en_GB", "pt-BR", "de-DE-1996", "zh-Hans", "tlh", "und", "mul", "x-mine", "sr-Latn-RS", "xx"]
)
def test_tags_of_bcp_47(tag):
    assert languages.check(tag) == tag
    assert Document("x", language=tag).language == tag


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("english", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("German", "de"),
        ("ger", "de"),
        ("deu-AT", "de-AT"),
        ("Français", "fr"),
        ("jp", "ja"),
        ("cz", "cs"),
        ("jp-JP", "ja-JP"),
    ],
)
def test_what_somebody_meant(wrong, meant):
    with pytest.raises(AnnotationError, match=f"did you mean '{meant}'?") as caught:
        Document("x", language=wrong)
    assert (caught.value.field, caught.value.value) == ("Document.language", wrong)


@pytest.mark.parametrize("wrong", ["klingon!", "e", "en-", "en--gb", "en gb", "", "x", "-", "en-toolongasubtag", "ен", 5, None])
def test_what_is_no_tag(wrong):
    with pytest.raises(AnnotationError, match=r"^Document\.language: ") as caught:
        Document("x", language=wrong)
    assert caught.value.field == "Document.language"


@given(st.text())
def test_any_text_is_a_tag_or_refused(tag):
    try:
        taken = languages.check(tag)
    except AnnotationError as error:
        taken = error.value
    assert taken == tag


@pytest.mark.parametrize(
    ("declared", "tag", "expected"),
    [
        (None, "xx", True),
        (("en",), "en", True),
        (("en",), "EN_gb", True),
        (("en", "de"), "de-AT", True),
        (("pt-BR",), "pt", False),
        (("pt-BR",), "pt_br", True),
        (("en",), "enm", False),
        (("no",), "nb", True),
        (("no",), "nn-NO", True),
        (("nb",), "no", False),
    ],
)
def test_who_reads_what(declared, tag, expected):
    assert languages.reads(declared, tag) is expected


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        (ENGLISH, "en", None),
        (GERMAN, "de", None),
        (GERMAN, "en", "de"),
        (ENGLISH, "de", "en"),
        (ENGLISH, "fr", "en"),
        ("Le maire a dit que la ville ne va pas payer et que les élus sont d'accord avec lui.", "en", "fr"),
        ("El alcalde dijo que la ciudad no va a pagar más por el agua de los pozos.", "en", "es"),
        ("Мэр сказал, что дорога будет построена в следующем году и что денег хватит.", "en", "ru"),
        ("市长星期一在记者会上说，项目明年完成，钱已经够了，工人也找到了。", "en", "zh"),
        ("市長は月曜日に、道路は来年できると言いました。お金は足ります。", "en", "ja"),
        ("Ada Lovelace, 1815", "en", None),
        ("", "en", None),
        (GERMAN, "tlh", None),
        (f"{ENGLISH} {ENGLISH} {ENGLISH} {GERMAN}", "en", None),
    ],
)
def test_what_a_text_looks_like(text, tag, expected):
    assert languages.looks_like(text, tag) == expected


@given(st.text(max_size=3000), st.sampled_from(["en", "ru", "und"]))
def test_a_guess_is_made_of_any_text(text, tag):
    languages.looks_like(text, tag)


def test_a_document_that_nobody_reads_says_so():
    extraction = Miner(["rules"]).mine(Document("Ada sanoi, että se toimii.", id="d", language="fi"))
    assert extraction.quotes == ()
    (issue,) = extraction.issues
    assert (issue.component, issue.document_id, issue.severity) == ("quoteminer", "d", "error")
    assert "no component reads Finnish ('fi')" in issue.message
    assert "rules.quotes reads en" in issue.message


def test_a_text_in_another_language_than_it_says_is_mined_with_a_warning():
    (issue,) = Miner(["rules"]).mine(Document(GERMAN, id="d")).issues
    assert (issue.component, issue.severity) == ("quoteminer", "warning")
    assert issue.message == "the text looks like German ('de'), but is mined as English ('en')"
    assert Miner(["rules"]).mine(ENGLISH).issues == ()


@attrs.frozen
class French:
    name: str = "p.french"
    languages: tuple[str, ...] = ("fr",)

    def extract(self, document):
        return [Quote([(0, 1)], "direct")]


class Plugin:
    plugin_name = "p"

    @quoteminer.hookimpl
    def quoteminer_quote_extractors(self):
        return [French(), French("p.any", None)]


def test_a_component_sees_only_documents_in_its_languages():
    miner = Miner([Plugin()])
    assert [quote.provenance.extractor for quote in miner.mine(Document("a")).quotes] == ["manual"]
    assert len(miner.mine(Document("a", language="fr-CA")).quotes) == 1
    assert miner.mine(Document("a", language="fr")).issues == ()


def test_a_kind_of_result_that_nobody_finds_in_a_language_is_said():
    extraction = Miner(["rules", Plugin()]).mine(Document("a", language="it"))
    assert [(issue.severity, issue.message) for issue in extraction.issues] == [
        ("info", "no component finds claims in Italian ('it'): rules.claims reads en de es fr")
    ]


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (ENGLISH, "en"), ("42", "en"), ("", "en")])
def test_a_text_whose_language_nobody_knows_is_mined_in_what_its_words_tell(text, language):
    document = Document(text, language="und", id="one")
    mined = Miner(["rules"]).mine(document)
    assert mined.document == attrs.evolve(document, language=language)
    assert [one.document.language for one in Miner(["rules"]).mine_many([document])] == [language]
    assert languages.told(text, "fr") == "fr"

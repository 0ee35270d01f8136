"""What counts as a quotation: how a document, the Miner and the program say it."""

from __future__ import annotations

import pytest

from quoteminer import AnnotationError, ConfigurationError, Document, Miner, Provenance, Quote, hookimpl


class Told:
    """Gives one quote a word, with the scope in its provenance."""

    def __init__(self, name, start, confidence=0.8, kind="mixed", **fields):
        self.name = name
        self.start = start
        self.confidence = confidence
        self.kind = kind
        for field, value in fields.items():
            setattr(self, field, value)

    def extract(self, document):
        provenance = Provenance(self.name, detail=document.scope)
        return [Quote([(self.start, self.start + 4)], self.kind, confidence=self.confidence, provenance=provenance)]


class Plugin:
    plugin_name = "p"

    def __init__(self, *extractors):
        self.extractors = extractors

    @hookimpl
    def quoteminer_quote_extractors(self):
        return self.extractors


TEXT = "Some words that nobody said, and some more."


def test_a_document_says_speech_unless_it_says_more():
    assert Document(TEXT).scope == "speech"
    assert Document(TEXT, metadata={"attribution_scope": "all"}).scope == "all"
    with pytest.raises(AnnotationError, match="attribution_scope: 'everything' is not one of speech, all"):
        Document(TEXT, metadata={"attribution_scope": "everything"})
    with pytest.raises(AnnotationError, match="attribution_scope"):
        Document(TEXT, metadata={"attribution_scope": ["all"]})


@pytest.mark.parametrize(
    ("said", "option", "scope"),
    [(None, None, "speech"), ("all", None, "all"), (None, "all", "all"), ("all", "speech", "speech"), ("speech", "all", "all")],
)
def test_the_miner_overrules_the_document_and_the_result_says_which(said, option, scope):
    document = Document(TEXT, id="a", metadata={"kept": 1} | ({"attribution_scope": said} if said else {}))
    miner = Miner([Plugin(Told("p.told", 0))], scope=option, on_error="raise")
    for extraction in (miner.mine(document), *miner.mine_many([document])):
        assert [quote.provenance.detail["note"] for quote in extraction] == [scope]
        assert extraction.document.scope == scope
        assert extraction.document.metadata["kept"] == 1
    assert document.metadata.get("attribution_scope") == said


def test_a_scope_that_does_not_exist_is_refused():
    with pytest.raises(ConfigurationError, match="scope: 'thought' is not one of speech, all"):
        Miner(scope="thought")


@pytest.mark.parametrize(
    ("silence", "scope", "confidence"),
    [
        (None, "speech", 0.615385),  # odds of 4 times 0.4
        (0.5, "speech", 0.666667),
        ({"speech": 1, "all": 0.25}, "speech", 0.8),
        ({"speech": 1, "all": 0.25}, "all", 0.5),
        ({"all": 0.25}, "speech", 0.615385),
    ],
)
def test_how_much_silence_tells_may_depend_on_the_scope(silence, scope, confidence):
    doubting = Told("p.b", 12) if silence is None else Told("p.b", 12, silence=silence)
    extraction = Miner([Plugin(Told("p.a", 0, silence=1.0), doubting)], scope=scope, on_error="raise").mine(TEXT)
    assert [quote.confidence for quote in extraction] == [confidence, 0.8]


@pytest.mark.parametrize("silence", [0, -1, 1.5, True, "much", {"speech": float("nan")}])
def test_a_silence_that_is_no_factor_is_an_issue_and_counts_as_unsaid(silence):
    extraction = Miner([Plugin(Told("p.a", 0), Told("p.b", 12, silence=silence))]).mine(TEXT)
    assert [quote.confidence for quote in extraction] == [0.615385, 0.615385]
    assert [(issue.component, issue.message.split(" is not")[-1]) for issue in extraction.issues] == [
        ("p.b", " a number above 0 and at most 1")
    ]

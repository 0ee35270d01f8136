"""What counts as a quotation: how a call, the Miner and the program say it."""

from __future__ import annotations

import pytest

from quoteminer import ConfigurationError, Document, Miner, Provenance, Quote, hookimpl


class Told:
    """Gives one quote a word, with the scope in its provenance."""

    def __init__(self, name, start, confidence=0.8, kind="mixed", **fields):
        self.name = name
        self.start = start
        self.confidence = confidence
        self.kind = kind
        for field, value in fields.items():
            setattr(self, field, value)

    def extract(self, document, *, scope=None):
        provenance = Provenance(self.name, detail=scope)
        return [Quote([(self.start, self.start + 4)], self.kind, confidence=self.confidence, provenance=provenance)]


class Batched(Told):
    """Gives the same for a batch."""

    def extract_many(self, documents, scope):
        return [self.extract(document, scope=scope) for document in documents]


class Old(Told):
    """Reads the scope from the document, as components did before 0.2."""

    def extract(self, document):  # type: ignore[override]
        with pytest.deprecated_call():
            scope = document.scope
        return super().extract(document, scope=scope)


class OldBatched(Old):
    """The same for a batch."""

    def extract_many(self, documents):
        return [self.extract(document) for document in documents]


class Plugin:
    plugin_name = "p"

    def __init__(self, *extractors):
        self.extractors = extractors

    @hookimpl
    def quoteminer_quote_extractors(self):
        return self.extractors


TEXT = "Some words that nobody said, and some more."


@pytest.mark.parametrize("kind", [Told, Batched, Old, OldBatched])
@pytest.mark.parametrize(
    ("made", "called", "scope"),
    [(None, None, "speech"), ("all", None, "all"), (None, "all", "all"), ("all", "speech", "speech"), ("speech", "all", "all")],
)
def test_a_call_overrules_the_miner_and_the_extractor_is_told(kind, made, called, scope):
    document = Document(TEXT, id="a", metadata={"kept": 1})
    miner = Miner([Plugin(kind("p.told", 0))], scope=made, on_error="raise")
    assert miner.scope == made
    for extraction in (miner.mine(document, scope=called), *miner.mine_many([document] * 3, scope=called)):
        assert [quote.provenance.detail["note"] for quote in extraction] == [scope]
        assert extraction.document == document
        assert extraction.issues == ()


def test_what_the_metadata_say_of_the_scope_is_no_longer_obeyed_and_the_result_says_so():
    document = Document(TEXT, id="a", metadata={"attribution_scope": "all"})
    for extractor in (Told("p.told", 0), Old("p.told", 0)):
        extraction = Miner([Plugin(extractor)]).mine(document)
        assert [quote.provenance.detail["note"] for quote in extraction] == ["speech"]
        (issue,) = extraction.issues
        assert issue.severity == "warning"
        assert "ask for the scope 'all', which is an argument now" in issue.message
        assert Miner([Plugin(extractor)]).mine(document, scope="all").issues == ()


def test_a_scope_that_does_not_exist_is_refused():
    for call in (
        lambda: Miner(scope="thought"),
        lambda: Miner([]).mine(TEXT, scope="thought"),
        lambda: Miner([]).mine_many([TEXT], scope="thought"),
    ):
        with pytest.raises(ConfigurationError, match="scope: 'thought' is not one of speech, all"):
            call()


@pytest.mark.parametrize(
    ("silence", "scope", "confidence"),
    [
        (None, "speech", 0.615385),  # odds of 4 times 0.4
        (0.5, "speech", 0.666667),
        ({"speech": 1, "all": 0.25}, "speech", 0.8),
        ({"speech": 1, "all": 0.25}, "all", 0.5),
        ({"all": 0.25}, "speech", 0.615385),
        ({"speech": {"mixed": 0.5, "indirect": 0.25}}, "speech", 0.666667),
        ({"speech": {"direct": 0.5}}, "speech", 0.615385),
    ],
)
def test_how_much_silence_tells_may_depend_on_the_scope(silence, scope, confidence):
    doubting = Told("p.b", 12) if silence is None else Told("p.b", 12, silence=silence)
    extraction = Miner([Plugin(Told("p.a", 0, silence=1.0), doubting)], scope=scope, on_error="raise").mine(TEXT)
    # One of them says how much its silence tells: then both are a little less sure.
    assert [quote.confidence for quote in extraction] == pytest.approx(
        [1 - (1 - one) ** 0.8 for one in (confidence, 0.8)], abs=2e-6
    )


@pytest.mark.parametrize("silence", [0, -1, 1.5, True, "much", {"speech": float("nan")}, {"speech": {"mixed": 2}}])
def test_a_silence_that_is_no_factor_is_an_issue_and_counts_as_unsaid(silence):
    extraction = Miner([Plugin(Told("p.a", 0), Told("p.b", 12, silence=silence))]).mine(TEXT)
    assert [quote.confidence for quote in extraction] == [0.615385, 0.615385]
    assert [(issue.component, issue.message.split(" is not")[-1]) for issue in extraction.issues] == [
        ("p.b", " a number above 0 and at most 1")
    ]

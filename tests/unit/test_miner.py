"""The Miner: what one component does never harms what another found."""

from __future__ import annotations

import itertools
import pickle
import threading
import time
import warnings
from pathlib import Path
from typing import Any

import attrs
import pytest

import quoteminer
from quoteminer import Claim, ComponentError, ConfigurationError, Document, Miner, Quote, Speaker

PLUGINS = Path(__file__).resolve().parent.parent / "data" / "plugins"
SAID = "“It works,” said Ada."


class Words:
    """Marks each occurrence of a word."""

    def __init__(self, name, word="works", **fields):
        self.name, self.word, self.fields = name, word, fields

    def extract(self, document):
        at = document.text.find(self.word)
        if at >= 0:
            yield Quote([(at, at + len(self.word))], "direct", **self.fields)


class Failing:
    def __init__(self, name, error):
        self.name, self.error = name, error

    def extract(self, document, *found):
        if "fail" in document.text:
            raise self.error
        return ()

    def resolve(self, document, quotes):
        return quotes, self.extract(document)


class Giving:
    """Gives what it was told to give."""

    def __init__(self, name, *values):
        self.name, self.values = name, values

    def extract(self, document, *found):
        yield Quote([(0, 1)], "direct")
        yield from self.values


class Naming:
    """Names the speaker of each quote that starts at an offset; counts its speakers from s1, as everyone does."""

    def __init__(self, name, **speakers):
        self.name, self.speakers = name, speakers

    def resolve(self, document, quotes):
        ids = {name: f"s{n}" for n, name in enumerate(self.speakers, 1)}
        named = {document.text.find(word): ids[name] for name, word in self.speakers.items()}
        return (
            [attrs.evolve(q, speaker=named.get(q.span.start, q.speaker)) for q in quotes],
            [Speaker(ids[name], name) for name in self.speakers],
        )


def miner(extractors=(), resolvers=(), claims=(), **options):
    class Plugin:
        plugin_name = "p"

        @quoteminer.hookimpl
        def quoteminer_quote_extractors(self):
            return extractors

        @quoteminer.hookimpl
        def quoteminer_speaker_resolvers(self):
            return resolvers

        @quoteminer.hookimpl
        def quoteminer_claim_extractors(self):
            return claims

    return Miner([Plugin()], **options)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (Quote([(0, 999)], "direct"), "Quote.content"),
        (Quote([(0, 2)], "direct", cue=[(3, 999)]), "Quote.cue"),
        (Quote([(0, 2)], "direct", source=(3, 999)), "Quote.source"),
        (Quote([(0, 2)], "direct", speaker="s1"), "Quote.speaker"),
        (Quote([(0, 2)], "direct", addressee="s1"), "Quote.speaker"),
        (Quote([(0, 2)], "direct", parent="nowhere"), "'nowhere'"),
        ("It works", "expected a Quote"),
        (None, "expected a Quote"),
    ],
)
def test_a_wrong_quote_costs_that_extractor_this_document(value, reason):
    extraction = miner([Giving("p.bad", value), Words("p.good")]).mine(Document(SAID, id="d"))
    assert [extraction.document[quote.span] for quote in extraction.quotes] == ["works"]
    (issue,) = extraction.issues
    assert (issue.component, issue.document_id, issue.severity) == ("p.bad", "d", "error")
    assert reason in issue.message


def test_a_parent_that_could_be_two_quotes_is_wrong():
    twice = [Quote([(n, n + 1)], "direct", id="1") for n in range(2)]
    (issue,) = miner([Giving("p", *twice, Quote([(3, 4)], "direct", parent="1"))]).mine(SAID).issues
    assert "twice" in issue.message


@pytest.mark.parametrize("error", [ValueError("no"), RecursionError(), MemoryError(), KeyError("x")])
@pytest.mark.parametrize("place", ["extractors", "resolvers", "claims"])
def test_an_exception_costs_that_component_this_document(place, error):
    parts: dict[str, list[Any]] = {"extractors": [Words("p.good")]}
    parts[place] = [*parts.get(place, ()), Failing("p.bad", error)]
    failed, fine = miner(**parts).mine_many(["it works, fail", "it works"])
    assert len(failed.quotes) == len(fine.quotes) == 1
    assert [issue.component for issue in failed.issues] == ["p.bad"]
    assert type(error).__name__ in failed.issues[0].message
    assert fine.issues == ()


def test_an_error_whose_message_fails_is_reported_by_its_kind():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    assert miner([Failing("p", MuteError())]).mine("fail").issues[0].message == "MuteError"


def test_an_interrupt_passes_through():
    with pytest.raises(KeyboardInterrupt):
        miner([Failing("p", KeyboardInterrupt())]).mine("fail")


def test_raise_names_component_and_document_and_keeps_the_cause():
    with pytest.raises(ComponentError, match=r"p\.bad failed on d: ValueError: no") as caught:
        miner([Failing("p.bad", ValueError("no"))], on_error="raise").mine(Document("fail", id="d"))
    assert (caught.value.component, caught.value.document_id) == ("p.bad", "d")
    assert isinstance(caught.value.__cause__, ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_warn_also_warns():
    with pytest.warns(RuntimeWarning, match=r"p\.bad"):
        extraction = miner([Failing("p.bad", ValueError("no"))], on_error="warn").mine("fail")
    assert len(extraction.issues) == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [("on_error", "ignore"), ("time_limit", 0), ("time_limit", -1), ("time_limit", float("nan")), ("time_limit", "1")],
)
def test_wrong_options_are_refused_by_name(option, value):
    with pytest.raises(ConfigurationError, match=option) as caught:
        Miner(**{option: value})
    assert caught.value.option == option


class Waiting:
    name = "p.slow"

    def __init__(self):
        self.go = threading.Event()

    def extract(self, document):
        self.go.wait(20)
        return ()

    def extract_many(self, documents):
        self.go.wait(20)
        return [()] * len(documents)


@pytest.mark.timed
def test_a_component_over_its_time_limit_is_left_behind():
    slow = Waiting()
    started = time.monotonic()
    extractions = list(miner([slow, Words("p.good")], time_limit=0.1).mine_many([SAID, SAID]))
    assert time.monotonic() - started < 5
    slow.go.set()
    for extraction in extractions:
        assert len(extraction.quotes) == 1
        assert "time limit" in extraction.issues[0].message


def test_within_its_time_limit_a_component_gives_results_and_errors_as_ever():
    many = miner([Failing("p.bad", ValueError("no")), Words("p.good")], time_limit=20)
    assert [(len(e.quotes), len(e.issues)) for e in many.mine_many(["works, fail", "works"])] == [(1, 1), (1, 0)]


def test_resolvers_run_by_name_on_what_the_one_before_gave():
    text = "works and plays"
    extraction = miner(
        [Words("p.a"), Words("p.b", "plays")],
        [Naming("p.2", Bob="plays"), Naming("p.1", Ada="works")],
    ).mine(text)
    assert [extraction.speaker(quote.speaker).name for quote in extraction.quotes] == ["Ada", "Bob"]
    assert {speaker.id for speaker in extraction.speakers} == {"s1", "s2"}


def test_a_failed_resolver_leaves_the_names_that_others_gave():
    resolvers = [Naming("p.1", Ada="works"), Failing("p.2", ValueError("no"))]
    extraction = miner([Words("p.a")], resolvers).mine("works, fail")
    assert extraction.speaker(extraction.quotes[0].speaker).name == "Ada"


def test_a_resolver_that_loses_a_quote_is_not_followed():
    class Losing:
        name = "p.r"

        def resolve(self, document, quotes):
            return (), ()

    extraction = miner([Words("p.a")], [Losing()]).mine(SAID)
    assert len(extraction.quotes) == len(extraction.issues) == 1


@pytest.mark.parametrize("claim", [Claim([(0, 999)], "event"), Claim([(0, 1)], "event", claimant="nobody"), "claim"])
def test_a_wrong_claim_costs_that_extractor(claim):
    class Wrong:
        name = "p.c"

        def extract(self, document, quotes, speakers):
            return [claim]

    class Right:
        name = "p.d"

        def extract(self, document, quotes, speakers):
            return [Claim(quotes[0].content, "event", quote=quotes[0].id)]

    extraction = miner([Words("p.a")], (), [Wrong(), Right()]).mine(SAID)
    assert [(claim.id, claim.quote) for claim in extraction.claims] == [("c1", "q1")]
    assert [issue.component for issue in extraction.issues] == ["p.c"]


def test_ids_follow_positions_also_past_nine():
    class Many:
        name = "p"

        def extract(self, document):
            return [Quote([(0, 5)], "direct", confidence=n / 20) for n in range(12)]

    assert [quote.id for quote in miner([Many()]).mine(SAID).quotes] == [f"q{n}" for n in range(1, 13)]


class Batching(Words):
    def __init__(self, name, **behaviour):
        super().__init__(name)
        self.sizes, self.behaviour = [], behaviour

    def extract_many(self, documents):
        self.sizes.append(len(documents))
        if "error" in self.behaviour:
            raise self.behaviour["error"]
        return [list(self.extract(document)) for document in documents[self.behaviour.get("skip", 0) :]]


def test_batches_are_used_where_offered():
    batching = Batching("p")
    assert [len(e.quotes) for e in miner([batching]).mine_many(["works", "no"] * 40)] == [1, 0] * 40
    assert sum(batching.sizes) == 80
    assert len(batching.sizes) < 10


@pytest.mark.parametrize("behaviour", [{"error": ValueError("no")}, {"skip": 1}])
def test_a_batch_that_fails_is_done_one_by_one(behaviour):
    extractions = list(miner([Batching("p", **behaviour)]).mine_many(["works"] * 3))
    assert [(len(e.quotes), len(e.issues)) for e in extractions] == [(1, 0)] * 3


def test_many_streams_an_endless_iterable():
    endless = (Document(SAID, id=str(n)) for n in itertools.count())
    assert [e.document.id for e in itertools.islice(Miner().mine_many(endless), 3)] == ["0", "1", "2"]


@pytest.mark.parametrize("documents", [SAID, Document(SAID)])
def test_one_text_is_not_many(documents):
    with pytest.raises(TypeError, match="use mine"):
        quoteminer.mine_many(documents)


def test_what_is_no_text_is_a_type_error():
    with pytest.raises(TypeError, match="bytes"):
        quoteminer.mine(b"bytes")


def test_a_missing_text_keeps_its_place():
    results = list(miner([Words("p")]).mine_many([SAID, None, float("nan"), Document(SAID)]))
    assert [bool(extraction.quotes) for extraction in results] == [True, False, False, True]
    for number, extraction in enumerate(results[1:3], 1):
        (issue,) = extraction.issues
        assert (issue.component, issue.document_id, issue.severity) == ("quoteminer", f"missing-{number}", "error")
        assert f"no text in place {number}" in issue.message
    with pytest.raises(TypeError, match="NoneType"):
        quoteminer.mine(None)
    with pytest.raises(TypeError, match="int"):
        list(miner([Words("p")]).mine_many([5]))


def test_a_miner_may_be_shared_between_threads():
    shared = Miner()
    expected = shared.mine(SAID)
    results = []
    threads = [threading.Thread(target=lambda: results.append([shared.mine(SAID) for _ in range(20)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[expected] * 20] * 4


def test_a_miner_survives_pickling():
    again = pickle.loads(pickle.dumps(Miner(["rules"], time_limit=9)))
    assert repr(again) == repr(Miner(["rules"], time_limit=9))
    assert again.mine(SAID) == Miner(["rules"]).mine(SAID)


def test_mining_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quoteminer.mine(SAID).quotes

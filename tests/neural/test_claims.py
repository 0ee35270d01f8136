"""The scorer of claims with the weights that ship: parts, examples, any text, bad files."""

from __future__ import annotations

import shutil
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoteminer_neural
from quoteminer import Document, Extraction, Miner, Quote, Span, Speaker
from quoteminer.testing import ClaimExtractorContract
from quoteminer_neural import WeightsError, reading, stored, weights
from quoteminer_neural.claims import files, prose, scoring
from quoteminer_neural.claims.chunks import chunks
from quoteminer_neural.claims.components import NeuralClaims
from quoteminer_neural.claims.sentences import is_transcript, sentences
from quoteminer_neural.claims.voices import Voices
from quoteminer_neural.encoding import encode

FACTS = [
    "We have added 4,200 jobs in this county since 2019.",
    "Last year the state spent $3 billion on roads, more than any other state.",
    "Crime fell by 12 percent in the last two years.",
    "The unemployment rate is the lowest in thirty years.",
]
TALK = [
    "Good evening, and thank you all for being here tonight.",
    "Let me tell you what I think.",
    "God bless you, and God bless our state.",
    "How do you answer that, Senator?",
    "I want to thank my wife, who puts up with me.",
]
SPEECH = "\n".join([TALK[0], FACTS[0], TALK[1], FACTS[1], FACTS[2], TALK[2], FACTS[3], *TALK[3:]]) + "\n"


class TestNeuralClaims(ClaimExtractorContract):
    make = NeuralClaims
    example = SPEECH
    finds: ClassVar = [fact.rstrip(".") for fact in FACTS]


def found(text, quotes=()):
    document = Document(text)
    return document, list(NeuralClaims().extract(document, quotes, ()))


def test_facts_are_worth_more_than_talk():
    scored = {SPEECH[item.start : item.end]: item for item in scoring.score(SPEECH, files.load())}
    assert list(scored) == SPEECH.splitlines()
    assert min(scored[fact].worth for fact in FACTS) > max(scored[talk].worth for talk in TALK)
    assert min(scored[fact].claim for fact in FACTS) > max(scored[talk].claim for talk in TALK)


PROSE = {
    "en": "The river rose by two metres on Monday. It flooded 40 homes in Hale, the council said. What a day!",
    "de": "Der Fluss stieg am Montag um zwei Meter. Er überschwemmte 40 Häuser in Halle, teilte die Stadt mit. Was für ein Tag!",
    "fr": "La rivière est montée de deux mètres lundi. Elle a inondé 40 maisons à Hale, a indiqué la mairie. Quelle journée !",
    "es": "El río subió dos metros el lunes. Inundó 40 casas en Hale, informó el ayuntamiento. ¡Qué día!",
}
FLOODED = {"en": "flooded 40 homes", "de": "überschwemmte 40 Häuser", "fr": "inondé 40 maisons", "es": "Inundó 40 casas"}


class TestClaimsOfProse(ClaimExtractorContract):
    make = NeuralClaims
    example = PROSE["en"]
    finds: ClassVar = ["The river rose by two metres on Monday", "It flooded 40 homes in Hale"]


@pytest.mark.parametrize("language", PROSE)
def test_claims_of_prose_have_kinds(language):
    document = Document(PROSE[language], language=language)
    claims = list(NeuralClaims().extract(document, (), ()))
    texts = [claim.text(document) for claim in claims]
    assert any(FLOODED[language] in text for text in texts)
    assert not any(exclaimed in text for text in texts for exclaimed in ("What a", "Was für", "Quelle", "Qué"))
    assert {claim.kind for claim in claims} != {"other"}


def test_languages_that_were_not_learned_give_nothing():
    for language in ("fi", "it"):
        assert list(NeuralClaims().extract(Document(SPEECH + PROSE["en"], language=language), (), ())) == []


def test_what_was_read_for_quotations_is_not_read_again_for_claims():
    text = PROSE["en"]
    model = prose.load().reader
    first = list(reading.read(text, model))
    assert all(one is other for one, other in zip(first, reading.read_once(text, model), strict=True))
    again = list(reading.read_once(text, model))
    assert again[0] is not first[0]
    assert np.array_equal(again[0].vectors, first[0].vectors)
    # Another text takes its place.
    list(reading.read(text, model))
    list(reading.read(text + " No.", model))
    assert next(iter(reading.read_once(text, model))) is not first[0]


def test_of_a_long_text_what_claims_need_is_kept_in_place_of_vectors(monkeypatch):
    loaded = prose.load()
    long = PROSE["en"] * 20
    monkeypatch.setattr(reading, "_KEPT", len(PROSE["en"]))
    anew = list(prose.find(long, loaded))
    read = list(reading.read(long, loaded.reader))
    with monkeypatch.context() as patched:
        patched.setattr(loaded.reader, "encoder", None)
        assert list(prose.find(long, loaded)) == anew
    assert all(len(one.vectors) > 2 for one in read)
    # One that is longer still is read again.
    monkeypatch.setattr(reading, "_ANSWERED", len(PROSE["en"]))
    list(reading.read(long, loaded.reader))
    assert all(one.answers is None and len(one.vectors) for one in reading.read_once(long, loaded.reader))


def test_what_is_quoted_is_its_speaker_s_and_what_is_denied_nobody_s():
    start = SPEECH.index(FACTS[0])
    span = Span(start, start + len(FACTS[0]))
    speaker = Speaker("s1", "Ada")
    for modality, wanted in [("asserted", "asserted"), ("future", "hypothetical"), ("negated", None)]:
        quote = Quote([span], "direct", speaker="s1", id="q1", modality=modality)
        claims = list(NeuralClaims().extract(Document(SPEECH), [quote], [speaker]))
        own = [(claim.claimant, claim.quote, claim.modality) for claim in claims if claim.spans[0].start == start]
        assert own == ([] if wanted is None else [("s1", "q1", wanted)])
        assert sum(claim.claimant is None for claim in claims) == len(FACTS) - 1


@pytest.mark.parametrize(
    ("text", "transcript"),
    [
        ("One line.\n" * 8, True),
        ("“One line?”\n" * 8, True),
        ("One line.\n" * 7, False),
        ("One line.\n\n" * 8, False),
        ("One line that goes\non to the next.\n" * 8, False),
        ("", False),
    ],
)
def test_in_a_transcript_a_line_is_a_sentence(text, transcript):
    assert is_transcript(text) is transcript


def test_lines_are_sentences_whatever_stops_are_in_them():
    text = "Thank you. Mr. Smith.\nNo.\n\nYes? No!\n"
    encoded = encode(text, files.load().cutter)
    assert [text[encoded.starts[a] : encoded.ends[b - 1]] for a, b in sentences(encoded)] == [
        "Thank you. Mr. Smith.",
        "No.",
        "Yes? No!",
    ]
    assert sentences(encode(" \n ", files.load().cutter)) == []


@given(st.lists(st.integers(1, 40), max_size=40), st.integers(10, 60), st.integers(0, 9))
def test_every_sentence_is_judged_once_in_a_window_that_is_not_too_long(sizes, size, context):
    ends = np.cumsum([0, *sizes]).tolist()
    given_ = list(zip(ends, ends[1:], strict=False))
    cut = chunks(given_, size, context)
    judged = [sentence for chunk in cut for sentence in chunk.sentences]
    assert judged == [(start, min(end, start + size)) for start, end in given_]
    for chunk in cut:
        assert chunk.end - chunk.start <= size
        assert chunk.end == chunk.sentences[-1][1]
        first, end = chunk.sentences[0]
        # All the context there is room for.
        assert chunk.start == max(0, first - context, end - size)


def test_the_innermost_quote_that_has_most_of_a_sentence():
    text = "She said: he told me “it is shut”, and left."
    outer = Quote([(10, len(text) - 1)], "indirect", id="q1")
    inner = Quote([(22, 32)], "direct", id="q2", parent="q1")
    voices = Voices(text, [inner, outer])

    def main(start, end):
        quote, spans = voices.main(start, end)
        return quote and quote.id, [text[span.start : span.end] for span in spans]

    assert main(0, len(text)) == ("q1", ["he told me", "and left"])
    assert main(0, 10) == (None, ["She said"])
    assert main(20, 33) == ("q2", ["it is shut"])
    assert main(8, 10) == (None, [])


MINER = Miner([quoteminer_neural], on_error="raise")
BOTH = Miner(["rules", quoteminer_neural], on_error="raise")


def test_the_same_transcript_gives_the_same_alone_and_among_others():
    texts = [SPEECH, SPEECH * 30, "\n".join(FACTS * 9)]
    alone = [MINER.mine(text).claims for text in texts]
    assert [extraction.claims for extraction in MINER.mine_many(texts)] == alone
    assert [extraction.claims for extraction in MINER.mine_many(reversed(texts))][::-1] == alone


def test_with_the_rules_a_clause_keeps_its_words_and_kind_and_both_have_a_say():
    extraction = BOTH.mine(SPEECH)
    by_words = {claim.text(extraction.document): claim for claim in extraction.claims}
    claim = by_words[FACTS[0].rstrip(".")]
    assert claim.provenance.extractor == "rules.claims+neural.claims"
    assert claim.quantities
    one, other = (
        next(c for c in Miner([plugin]).mine(SPEECH).claims if c.spans == claim.spans) for plugin in ("rules", quoteminer_neural)
    )
    assert claim.kind == one.kind
    assert min(one.check_worthiness, other.check_worthiness) < claim.check_worthiness
    assert claim.check_worthiness < max(one.check_worthiness, other.check_worthiness)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*FACTS[:2], *TALK[:2], "“", "”.", "\ud800!", "😀?", "x" * 300 + ".", "a " * 200, "", "..."]), max_size=14
    )
)
def test_no_text_raises_and_spans_are_exact(lines):
    text = "\n".join(lines)
    extraction = MINER.mine(text)
    for claim in extraction.claims:
        assert claim.text(extraction.document) == claim.text(extraction.document).strip()
    assert Extraction.from_json(extraction.to_json()) == extraction


def test_offsets_hold_beyond_the_first_block():
    text = "Well 😀.\n" * 9_000 + FACTS[0] + "\n"
    document, claims = found(text)
    assert claims[-1].text(document) == FACTS[0].rstrip(".")


@pytest.mark.parametrize("name", [stored.SETTINGS, *files.FILES])
@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_bad_file_is_named_and_costs_only_this_component(name, harm, tmp_path, monkeypatch):
    shutil.copytree(files.FOLDER, tmp_path / "data")
    path = tmp_path / "data" / name
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match=f"{name}.*pip install") as caught:
        files.load(tmp_path / "data")
    assert caught.value.path == path
    monkeypatch.setattr(files.load, "__defaults__", (tmp_path / "data",))
    extraction = Miner(["rules", quoteminer_neural]).mine(SPEECH)
    assert {claim.provenance.extractor for claim in extraction.claims} == {"rules.claims"}
    (issue,) = extraction.issues
    assert name in issue.message
    assert issue.component == "neural.claims"


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_bad_layer_costs_only_the_claims(harm, tmp_path, monkeypatch):
    shutil.copytree(weights.FOLDER, tmp_path / "data")
    path = tmp_path / "data" / weights.CLAIMS
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsError, match=f"{weights.CLAIMS}.*pip install"):
        prose.load(tmp_path / "data")
    monkeypatch.setattr(prose.load, "__defaults__", (tmp_path / "data",))
    extraction = Miner([quoteminer_neural]).mine("“It flooded 40 homes,” said Ada Byron. The river rose by two metres on Monday.")
    assert extraction.quotes
    assert not extraction.claims
    (issue,) = extraction.issues
    assert (issue.component, weights.CLAIMS in issue.message) == ("neural.claims", True)


def test_the_weights_are_small():
    assert sum(path.stat().st_size for path in files.FOLDER.iterdir()) <= 8e6

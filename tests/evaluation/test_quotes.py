"""The metrics of quotations on cases that can be worked out by hand."""

from __future__ import annotations

import attrs
import pytest
from sklearn.metrics import precision_recall_fscore_support

from quoteminer.evaluation import Entity, evaluate
from quoteminer.evaluation.quotes import compare_quotes, quote_tally

from .cases import document, quote, spans

TEXT = "Ada said that the old bridge was safe. “We close it,” the mayor told Bob. Ada later added: “Never!”"
BRIDGE = quote(TEXT, "that the old bridge was safe", kind="indirect", cue="said", source="Ada", speaker="Ada Byron")
CLOSE = quote(TEXT, "We close it,", cue="told", source="the mayor", speaker="Carla Diaz")
NEVER = quote(TEXT, "Never!", cue="added", source="Ada")


def counts(gold, found, name, text=TEXT):
    """Right finds, finds, gold found, gold."""
    return quote_tally(compare_quotes(document(text, *gold), document(text, *found)))[name]


def test_everything_right_is_one_everywhere():
    metrics = evaluate([document(TEXT, BRIDGE, CLOSE, NEVER)], [document(TEXT, BRIDGE, CLOSE, NEVER)]).all.metrics
    assert {score.f1 for name, score in metrics.items() if not name.startswith("speaker.given")} == {1.0}
    assert metrics["speaker.name"].gold == metrics["speaker.aligned"].gold == 2
    assert metrics["speaker.given"].f1 == pytest.approx(2 / 3)


def test_missed_and_false_finds():
    found = [BRIDGE, quote(TEXT, "later", kind="mixed")]
    assert counts([BRIDGE, CLOSE, NEVER], found, "overlap") == [1, 2, 1, 3]
    assert counts([BRIDGE, CLOSE, NEVER], found, "overlap:direct") == [0, 0, 0, 2]
    assert counts([BRIDGE, CLOSE, NEVER], found, "overlap:indirect") == [1, 1, 1, 1]
    assert counts([BRIDGE, CLOSE, NEVER], found, "overlap:mixed") == [0, 1, 0, 0]


def test_the_complementiser_does_not_decide_but_a_word_does():
    without = quote(TEXT, "the old bridge was safe", kind="indirect", cue="said", source="Ada")
    shorter = quote(TEXT, "old bridge was safe", kind="indirect", cue="said", source="Ada")
    assert counts([BRIDGE], [without], "exact") == [1, 1, 1, 1]
    assert counts([BRIDGE], [shorter], "exact") == [0, 1, 0, 1]
    assert counts([BRIDGE], [shorter], "overlap") == [1, 1, 1, 1]
    assert counts([BRIDGE], [shorter], "tokens") == [4, 4, 4, 5]


def test_a_wrong_kind_counts_under_both():
    wrong = quote(TEXT, "that the old bridge was safe", kind="mixed", cue="said", source="Ada")
    assert counts([BRIDGE], [wrong], "overlap") == [1, 1, 1, 1]
    assert counts([BRIDGE], [wrong], "overlap:mixed") == [1, 1, 0, 0]
    assert counts([BRIDGE], [wrong], "overlap:indirect") == [0, 0, 1, 1]
    assert counts([BRIDGE], [wrong], "kind") == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("source", "shares", "same"),
    [("the mayor", 1, 1), ("mayor", 1, 0), ("Bob", 0, 0), (None, 0, 0)],
)
def test_attribution(source, shares, same):
    found = quote(TEXT, "We close it,", cue="told", source=source)
    assert counts([CLOSE], [found], "attribution") == [shares, 1, shares, 1]
    assert counts([CLOSE], [found], "attribution.same") == [same, 1, same, 1]
    assert counts([CLOSE], [found], "joint") == [same, 1, same, 1]


def test_two_without_a_source_agree():
    bare = quote(TEXT, "Never!")
    assert counts([bare], [bare], "attribution") == [1, 1, 1, 1]
    assert counts([bare], [NEVER], "attribution") == [0, 1, 0, 1]


def test_a_cue_must_share_a_word_and_be_the_same_for_joint():
    longer = quote(TEXT, "Never!", cue="later added", source="Ada")
    assert counts([NEVER], [longer], "cue") == [1, 1, 1, 1]
    assert counts([NEVER], [longer], "joint") == [0, 1, 0, 1]
    assert counts([NEVER], [quote(TEXT, "Never!", cue="said", source="Ada")], "cue") == [0, 1, 0, 1]


def test_a_cue_without_words_is_compared_by_its_marks():
    colon = quote(TEXT, "Never!", cue=":")
    assert counts([colon], [colon], "joint") == [1, 1, 1, 1]
    assert counts([colon], [quote(TEXT, "Never!")], "joint") == [0, 1, 0, 1]


def test_several_sources_in_gold_are_alternatives():
    text = "Ada and Bob said it was safe."
    gold = quote(text, "it was safe", source=["Ada", "Bob"])
    for source in ("Ada", "Bob"):
        tally = quote_tally(compare_quotes(document(text, gold), document(text, quote(text, "it was safe", source=source))))
        assert tally["attribution.same"] == [1, 1, 1, 1]


def test_nested_quotations_are_told_apart():
    text = "“She said ‘no’ to me twice that day,” Bob said."
    outer, inner = quote(text, "She said ‘no’ to me twice that day,", source="Bob"), quote(text, "no", source="She", nested=True)

    def overlaps(gold, found):
        return quote_tally(compare_quotes(document(text, *gold), document(text, *found)))["overlap"]

    assert overlaps([outer, inner], [inner, outer]) == [2, 2, 2, 2]
    assert overlaps([outer, inner], [outer]) == [1, 1, 1, 2]
    assert overlaps([outer], [inner]) == [0, 1, 0, 1]


def test_interrupted_quotations_are_one_set_of_words():
    text = "“It works,” Ada said, “and it works well enough.”"
    whole = quote(text, ["It works,", "and it works well enough."])

    def tally(*found):
        return quote_tally(compare_quotes(document(text, whole), document(text, *found)))

    assert tally(whole)["exact"] == [1, 1, 1, 1]
    # Half of it is five of seven words; as two quotations one of them is false.
    halves = [quote(text, "It works,"), quote(text, "and it works well enough.")]
    assert tally(halves[1])["overlap"] == [1, 1, 1, 1]
    assert tally(*halves)["overlap"] == [1, 2, 1, 1]
    assert tally(*halves)["tokens"] == [7, 7, 7, 7]
    # With the words between it has two words too many.
    assert tally(quote(text, text[1:-1]))["exact"] == [0, 1, 0, 1]
    assert tally(quote(text, text[1:-1]))["tokens"] == [7, 9, 7, 7]


def test_doubled_finds_count_once_as_right():
    assert counts([NEVER], [NEVER, NEVER], "exact") == [1, 2, 1, 1]
    assert counts([NEVER, NEVER], [NEVER], "exact") == [1, 1, 1, 2]


def test_of_two_with_the_same_words_the_one_with_the_right_source_is_taken():
    other = quote(TEXT, "Never!", cue="said", source="Bob")
    assert counts([NEVER], [other, NEVER], "attribution") == [1, 2, 1, 1]


@pytest.mark.parametrize(("gold", "found", "f1"), [([NEVER], [], 0.0), ([], [NEVER], 0.0), ([], [], None)])
def test_one_side_without_quotations(gold, found, f1):
    report = evaluate([document(TEXT, *gold)], [document(TEXT, *found)])
    assert (report.all.metrics["overlap"].f1 if "overlap" in report.all.metrics else None) == f1


def test_tokens_agree_with_scikit_learn():
    gold, found = [BRIDGE, CLOSE], [quote(TEXT, "old bridge was safe. “We", kind="indirect"), NEVER]
    comparison = compare_quotes(document(TEXT, *gold), document(TEXT, *found))
    size = len(comparison.words.starts)
    truth = [any(i in item.content for item in comparison.gold) for i in range(size)]
    given = [any(i in item.content for item in comparison.found) for i in range(size)]
    precision, recall, f1, _ = precision_recall_fscore_support(truth, given, average="binary")
    score = evaluate([document(TEXT, *gold)], [document(TEXT, *found)]).all.metrics["tokens"]
    assert (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.parametrize(
    ("wanted", "given", "name", "entity"),
    [
        (Entity(name="Ada Byron"), Entity(name="Ada Byron"), 1, 1),
        (Entity(name="Ada Byron"), Entity(name="ADA BYRON"), 1, 1),
        (Entity(name="the bank"), Entity(name="bank"), 1, 1),
        (Entity(name="Ada Byron"), Entity(name="Byron"), 0, 1),
        (Entity(name="Mr. Bennet"), Entity(name="Mrs. Bennet"), 0, 0),
        (Entity(name="Countess of Lovelace", aliases=("Ada",)), Entity(name="Ada"), 1, 1),
        (Entity(name="Ada Byron"), Entity(name="Carla Diaz"), 0, 0),
        (Entity(name="Ada Byron"), None, 0, 0),
        (
            Entity(name="Countess", mentions=spans(TEXT, "the mayor")),
            Entity(name="Carla", mentions=spans(TEXT, "mayor")),
            0,
            1,
        ),
        (
            Entity(name="Countess", mentions=spans(TEXT, "the mayor")),
            Entity(name="Carla", mentions=spans(TEXT, "the old")),
            0,
            0,
        ),
    ],
)
def test_speakers_by_name_and_as_entity(wanted, given, name, entity):
    gold, found = quote(TEXT, "Never!", speaker=wanted), quote(TEXT, "Never!", speaker=given)
    assert counts([gold], [found], "speaker.name") == [name, 1, name, 1]
    assert counts([gold], [found], "speaker.entity") == [entity, 1, entity, 1]


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("Ada Byron", "Byron", 1),
        ("Ada Byron", "Ada", 1),
        ("Mr. Byron", "Ada Byron", 1),
        ("the company", "company", 1),
        ("l'accord", "accord", 1),
        ("Ada Byron", "Ada Nash", 0),
        ("Ada Byron", "-", 0),
        ("Ada Byron", None, 0),
    ],
)
def test_speakers_by_the_end_of_the_name(wanted, given, right):
    shared = spans(TEXT, "the mayor")
    gold = quote(TEXT, "Never!", speaker=Entity(name=wanted, mentions=shared))
    found = quote(TEXT, "Never!", speaker=None if given is None else Entity(name=given, mentions=shared))
    assert counts([gold], [found], "speaker") == [right, 1, right, 1]


def test_how_sure_speakers_are_is_held_against_who_speaks():
    gold = document(TEXT, BRIDGE, CLOSE, NEVER)
    found = document(
        TEXT,
        attrs.evolve(BRIDGE, speaker_confidence=0.9),
        attrs.evolve(CLOSE, speaker=Entity(name="Ada Byron"), speaker_confidence=0.4),
        attrs.evolve(NEVER, speaker=Entity(name="Ada Byron"), speaker_confidence=0.4),
    )
    table = evaluate([gold], [found]).calibration["speaker"]
    assert (table.count, table.auroc) == (2, 1.0)
    assert table.error == pytest.approx(0.25)


def test_speakers_one_to_one_whatever_they_are_called():
    text = "“One.” “Two.” “Three.” “Four.”"
    contents = ["One.", "Two.", "Three.", "Four."]
    gold = [quote(text, c, speaker=s) for c, s in zip(contents, ["Lord Henry", "Lord Henry", "a boy", "a boy"], strict=True)]

    def right(*names):
        speakers = {name: Entity(name=name) for name in names if name}
        found = [quote(text, c, speaker=speakers.get(n)) for c, n in zip(contents, names, strict=True)]
        return counts(gold, found, "speaker.aligned", text=text)[0]

    assert right("Wotton", "Wotton", "Randolph", "Randolph") == 4
    assert right("Wotton", "Wotton", "Wotton", "Wotton") == 2
    assert right("Wotton", "Randolph", "Randolph", "Wotton") == 2
    assert right(None, "Wotton", None, "Randolph") == 2
    assert right(None, None, None, None) == 0


@pytest.mark.parametrize(
    ("wanted", "given", "right", "total"),
    [
        ("person", "person", 1, 1),
        ("organisation", "person", 0, 1),
        ("group", "unknown", 0, 1),
        ("group", None, 0, 1),
        (None, "person", 0, 0),
    ],
)
def test_the_kind_of_a_speaker(wanted, given, right, total):
    """What is found to be unknown, or nobody, is wrong; where the gold does not say there is nothing to be right about."""
    gold = quote(TEXT, "Never!", speaker=Entity(name="Ada", kind=wanted))
    found = quote(TEXT, "Never!", speaker=None if given is None else Entity(name="Ada", kind=given))
    assert counts([gold], [found], "speaker.kind") == [right, total, right, total]


def test_what_a_corpus_does_not_annotate_is_not_scored():
    gold = quote(TEXT, "Never!")
    metrics = evaluate([document(TEXT, gold)], [document(TEXT, NEVER)]).all.metrics
    assert "exact" in metrics
    assert not {"attribution", "cue", "joint", "spkatt.source", "cofenet.cue", "ggt.speakers@0.3"} & set(metrics)


def test_in_a_corpus_of_direct_speech_other_kinds_are_not_false():
    free = quote(TEXT, "the old bridge was safe", kind="indirect")
    touching = quote(TEXT, "We close it,” the mayor told Bob", kind="mixed")
    false = quote(TEXT, "the mayor", kind="direct")

    def found(gold, *finds):
        return evaluate([document(TEXT, *gold)], [document(TEXT, *finds)]).all.metrics["overlap"].found

    assert found([CLOSE], CLOSE, free) == 1
    assert found([CLOSE], CLOSE, free, touching, false) == 3
    assert found([CLOSE, BRIDGE], CLOSE, free) == 2
    assert found([quote(TEXT, "We close it,", kind=None)], CLOSE, free) == 2


def test_of_equally_good_pairings_that_with_more_pairs_is_taken():
    text = "one two three four"
    gold = [quote(text, "one two"), quote(text, "one two three four")]
    # One perfect pair (1.0) leaves nothing for the other; crosswise there are two pairs of one half each.
    found = [quote(text, "one two"), quote(text, "one")]
    for side in (found, found[::-1]):
        tally = quote_tally(compare_quotes(document(text, *gold), document(text, *side)))
        assert tally["overlap"][0] == 2

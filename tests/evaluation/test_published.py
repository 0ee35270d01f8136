"""The published metrics on cases worked out by hand from their definitions."""

from __future__ import annotations

import pytest

from quoteminer.evaluation import evaluate

from .cases import document, quote

TEXT = "Ada said one two three four. Bob thinks five six seven eight."


def score(gold, found, name):
    return evaluate([document(TEXT, *gold)], [document(TEXT, *found)]).all.metrics[name]


def test_spkatt_averages_over_groups_and_not_over_tokens():
    gold = [
        quote(TEXT, "one two three four", source="Ada", cue="said"),
        quote(TEXT, "five six seven eight", source="Bob", cue="thinks"),
    ]
    # First pair: precision 2/3 (two of "said one two"), recall 2/4. Second gold is alone: recall 0. A find alone: precision 0.
    found = [quote(TEXT, "said one two", source="Ada", cue="said"), quote(TEXT, "Bob", source="Ada", cue="said")]
    message = score(gold, found, "spkatt.message")
    assert (message.precision, message.recall) == pytest.approx(((2 / 3 + 0) / 2, (2 / 4 + 0) / 2))
    assert message.f1 == pytest.approx(2 * (1 / 3) * (1 / 4) / (1 / 3 + 1 / 4))
    source = score(gold, found, "spkatt.source")
    assert (source.precision, source.recall) == pytest.approx((1 / 2, 1 / 2))
    joint = score(gold, found, "spkatt.joint")
    assert (joint.precision, joint.recall) == pytest.approx(((2 / 3 + 0 + 1 + 0 + 1 + 0) / 6, (1 / 2 + 0 + 1 + 0 + 1 + 0) / 6))


def test_spkatt_leaves_out_a_role_that_is_empty():
    gold = [quote(TEXT, "one two three four", source="Ada", cue="said"), quote(TEXT, "five six seven eight", cue="thinks")]
    found = [gold[0], quote(TEXT, "five six seven eight", source="Bob", cue="thinks")]
    source = score(gold, found, "spkatt.source")
    # The second group has no gold source, so it has no recall, and precision 0.
    assert (source.precision, source.recall) == pytest.approx((1 / 2, 1.0))


def test_gender_gap_tracker_is_the_share_of_the_gold_characters():
    gold = [quote(TEXT, "one two three four", source="Ada")]
    # "one two" is 7 of 18 code points; being longer than the gold costs nothing.
    for content, at_03, at_08 in [("one two", 1, 0), ("one t", 0, 0), ("one two three fo", 1, 1), (TEXT, 1, 1)]:
        found = [quote(TEXT, content, source="Ada")]
        assert score(gold, found, "ggt.quotes@0.3").right == at_03, content
        assert score(gold, found, "ggt.quotes@0.8").right == at_08, content


def test_gender_gap_tracker_takes_each_find_once():
    gold = [quote(TEXT, "one two", source="Ada"), quote(TEXT, "three four", source="Ada")]
    found = [quote(TEXT, "one two three four", source="Bob")]
    quotes, speakers = score(gold, found, "ggt.quotes@0.3"), score(gold, found, "ggt.speakers@0.3")
    assert (quotes.right, quotes.found, quotes.gold) == (1, 1, 2)
    assert speakers.f1 == 0.0


def test_cofenet_counts_spans_of_each_role_without_links():
    gold = [
        quote(TEXT, "one two three four", source="Ada", cue="said"),
        quote(TEXT, "five six seven eight", source="Bob", cue="thinks"),
    ]
    # Sources are swapped and one content is wrong at its edge: roles are right all the same.
    found = [
        quote(TEXT, "one two three four", source="Bob", cue="said"),
        quote(TEXT, "six seven eight", source="Ada", cue="thinks"),
    ]
    assert score(gold, found, "cofenet.source").f1 == 1.0
    assert score(gold, found, "cofenet.cue").f1 == 1.0
    assert score(gold, found, "cofenet.content").f1 == 0.5


def test_cofenet_counts_a_shared_source_once_and_each_part_of_a_content():
    gold = [quote(TEXT, "one two", source="Ada", cue="said"), quote(TEXT, ["three", "five"], source="Ada", cue="said")]
    assert score(gold, gold, "cofenet.source").gold == 1
    assert score(gold, gold, "cofenet.content").gold == 3

"""How far the linker looks: near first, further where something may go on."""

from __future__ import annotations

import numpy as np
import pytest

from quoteminer_neural import labels, reach

SIZE = 250


class Attributions:
    """In the place of the network: it knows the content of each cue and scores what it is asked for."""

    near = 96

    def __init__(self, contents):
        self.contents = contents
        self.asked = []

    def link(self, vectors, sentence, cues, begins, length):
        self.asked.append(([tuple(cue) for cue in cues.tolist()], length))
        scores = np.zeros((len(cues), length, labels.ROLE_LABELS), dtype=np.float32)
        scores[..., labels.OUTSIDE] = 5
        for own, cue, begin in zip(scores, cues.tolist(), begins.tolist(), strict=True):
            start, end = self.contents[tuple(cue)]
            own[max(0, start - begin) : max(0, end - begin), labels.label(labels.CONTENT, labels.INSIDE)] = 10
        return scores


def found(contents):
    """The pieces that are labelled for each cue, and what was asked for."""
    network = Attributions(contents)
    cues = np.array(list(contents))
    scores, firsts, begins = reach.roles(network, np.empty(0), np.zeros(SIZE, dtype=np.bool_), cues)
    rows = np.split(scores.argmax(axis=-1), firsts[1:])
    return [(np.flatnonzero(row) + begin).tolist() for row, begin in zip(rows, begins.tolist(), strict=True)], network.asked


@pytest.mark.parametrize(
    ("content", "rounds"),
    [
        ((102, 120), 1),
        ((80, 100), 1),
        ((102, 160), 2),
        ((30, 100), 2),
        ((60, 140), 2),
        ((102, 240), 3),
        ((0, 100), 3),
        ((0, 250), 3),
    ],
)
def test_a_content_is_whole_however_long(content, rounds):
    (pieces,), asked = found({(100, 102): content})
    assert pieces == list(range(*content))
    assert len(asked) == rounds


def test_only_cues_with_an_open_end_are_scored_again():
    contents = {(20, 21): (0, 20), (100, 102): (102, 110), (120, 121): (121, 200), (130, 131): (80, 130), (140, 141): (60, 240)}
    pieces, asked = found(contents)
    assert pieces == [list(range(*content)) for content in contents.values()]
    assert [cues for cues, _ in asked] == [list(contents), [(120, 121), (130, 131)], [(140, 141)], [(140, 141)]]
    lengths = [length for _, length in asked]
    assert lengths == sorted(lengths)
    assert lengths[-1] == SIZE

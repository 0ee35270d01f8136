"""Windows, marks, labels, decoding and edges, each by example and law."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer_neural import decoding, labels, spelling
from quoteminer_neural.encoding import encode
from quoteminer_neural.marks import Quoted
from quoteminer_neural.reading import blocks
from quoteminer_neural.windows import PARAGRAPH, QUOTED_SENTENCE, SENTENCE, windows
from quoteminer_neural.wordpieces import WordPieces

LETTERS = [chr(code) for code in range(97, 123)]
WORDPIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS), *"“”\".,!?’'"])


@given(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 3]), max_size=200), st.integers(20, 60), st.integers(0, 8))
def test_every_piece_is_judged_once_with_context_around_it(breaks, size, context):
    found = windows(np.array(breaks, dtype=np.int8), size, context)
    assert [place for window in found for place in range(window.core_start, window.core_end)] == list(range(len(breaks)))
    assert all(window.end - window.start <= size for window in found)
    for window, after in itertools.pairwise(found):
        paragraph = breaks[after.core_start] == PARAGRAPH
        assert window.end - window.core_end >= min(context, len(breaks) - window.core_end, 3 if paragraph else context)
        assert after.core_start - after.start == min(context, after.core_start, 12 if paragraph else context)


def test_a_text_without_paragraphs_is_cut_at_sentences():
    breaks = np.zeros(100, dtype=np.int8)
    breaks[[0, 22, 47]] = SENTENCE
    assert [window.core_start for window in windows(breaks, 30, 2)][:3] == [0, 22, 47]


@pytest.mark.parametrize(
    ("breaks", "cut"),
    [
        ({14: PARAGRAPH, 17: SENTENCE, 18: QUOTED_SENTENCE}, 14),
        ({14: SENTENCE, 17: QUOTED_SENTENCE}, 14),
        ({14: QUOTED_SENTENCE}, 14),
        ({5: PARAGRAPH, 14: SENTENCE}, 14),
        ({}, 18),
    ],
)
def test_windows_are_cut_at_the_best_place_in_their_second_half(breaks, cut):
    values = np.zeros(60, dtype=np.int8)
    values[list(breaks)] = list(breaks.values())
    assert windows(values, 20, 2)[1].core_start == cut


def test_where_a_text_may_be_cut():
    text = "a b. C d.\n“E. F.”\ng h\ni.\n\nj"
    encoded = encode(text, WORDPIECES)
    found = {text[start]: int(rank) for start, rank in zip(encoded.starts, encoded.breaks, strict=True) if rank}
    assert found == {
        "a": PARAGRAPH,
        "C": SENTENCE,
        "“": PARAGRAPH,
        "F": QUOTED_SENTENCE,
        "g": PARAGRAPH,
        "i": SENTENCE,
        "j": PARAGRAPH,
    }


@pytest.mark.parametrize("mark", [":", ",", " –"])
def test_what_a_paragraph_announces_stays_in_its_window(mark):
    encoded = encode(f"a b{mark}\n\n“c d.”\n\ne", WORDPIECES)
    place = {int(start): int(rank) for start, rank in zip(encoded.starts, encoded.breaks, strict=True)}
    text = f"a b{mark}\n\n“c d.”\n\ne"
    assert (place[text.index("“")], place[text.index("e")]) == (QUOTED_SENTENCE, PARAGRAPH)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a ''bc'' d", "bc"),
        ("a ``bc'' d", "bc"),
        ("a ''it's dogs' '' d", "it's dogs' "),
        ("a ''b\nc", "b"),
        ("5'11'' and 6'", ""),
        ("a “bc” d", "bc"),
        ('a "bc" d', "bc"),
        ("«ab» c", "ab"),
        ("„ab“ c", "ab"),
        ("it’s a dog’s", ""),
        ("‘it’s so’ he", "it’s so"),
        ("“a ‘b’ c” d", "a ‘b’ c"),
        ("“never closed\nnext", "never closed"),
        ("‘never closed\nnext", ""),
        ("a “b”\n“c\n“d” e", "bcd"),
        ("", ""),
    ],
)
def test_what_stands_inside_marks(text, inside):
    held = Quoted(text).holds(np.arange(len(text)))
    assert "".join(character for character, yes in zip(text, held, strict=True) if yes) == inside


def test_shapes_and_places_tell_case_gaps_and_marks():
    encoded = encode("Ab “C.”\n\nd", WORDPIECES)
    assert encoded.sentence.tolist() == [True, False, False, False, False, False, True]
    assert [place // 2 for place in encoded.places.tolist()] == [3, 0, 1, 0, 0, 0, 3]
    assert [place % 2 for place in encoded.places.tolist()] == [0, 0, 0, 1, 1, 0, 0]
    assert [shape % 2 for shape in encoded.shapes.tolist()] == [0, 1, 0, 0, 0, 0, 0]


spans = st.sets(st.integers(0, 30), max_size=8).map(lambda cuts: list(zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)))


@given(spans)
def test_labels_written_are_read_back(wanted):
    written = np.zeros(30, dtype=np.int64)
    for number, (start, end) in enumerate(wanted):
        labels.write(written, start, end, number % 2)
    assert read(labels.spans(written)) == [(number % 2, start, end) for number, (start, end) in enumerate(wanted)]
    twice = labels.spans(np.concatenate((written, written)), np.array([0, 30]))
    assert read(twice) == [(number % 2, start + by, end + by) for by in (0, 30) for number, (start, end) in enumerate(wanted)]


def read(found):
    return list(zip(*(column.tolist() for column in found), strict=True))


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_the_best_path_is_whole_and_beats_every_other(seed, length):
    scores = np.random.default_rng(seed).normal(size=(2, length, labels.CUE_LABELS)).astype(np.float32)
    allowed = labels.transitions(labels.CUE_LABELS)
    paths = decoding.best_path(np.concatenate(scores), np.array([0, length]))
    for own, path in zip(scores, np.split(paths, 2), strict=True):
        assert all(allowed[a, b] for a, b in zip(path, path[1:], strict=False))
        if length <= 5:
            every = np.array(np.meshgrid(*[range(labels.CUE_LABELS)] * length)).reshape(length, -1).T
            legal = every[np.all(allowed[every[:, :-1], every[:, 1:]], axis=1)]
            best = own[np.arange(length), legal].sum(axis=1).max()
            assert own[np.arange(length), path].sum() == pytest.approx(best, rel=1e-4, abs=1e-4)


@given(st.integers(0, 2**32 - 1), st.integers(2, 120), st.floats(1, 30))
def test_mending_a_stretch_is_as_good_as_searching_the_whole(seed, length, spread):
    scores = np.random.default_rng(seed).normal(size=(length, labels.ROLE_LABELS)).astype(np.float32)
    # Mostly outside and sure, as texts are.
    scores[:, labels.OUTSIDE] += np.random.default_rng(seed + 1).normal(1, 1, length)
    scores *= spread
    path = decoding.best_path(scores)
    allowed = labels.transitions(labels.ROLE_LABELS)
    assert allowed[path[:-1], path[1:]].all()
    whole = decoding._viterbi(scores)
    places = np.arange(length)
    assert scores[places, path].sum() >= scores[places, whole].sum() - 1e-3 * spread


def test_ease_finds_cues_that_are_less_sure():
    scores = np.zeros((3, labels.CUE_LABELS), dtype=np.float32)
    scores[:, labels.OUTSIDE] = 4
    scores[1, labels.label(0, labels.SINGLE)] = 3
    assert decoding.cues(scores, 0.0) == []
    assert [(cue.start, cue.end) for cue in decoding.cues(scores, 2.0)] == [(1, 2)]


def test_a_cue_without_content_gives_nothing():
    scores = np.zeros((2, labels.ROLE_LABELS), dtype=np.float32)
    assert decoding.link([decoding.Cue(0, 1, 0.0)], scores, np.array([0]), np.array([0])) == []


def test_each_cue_is_linked_in_its_own_pieces():
    cues = [decoding.Cue(2, 3, 1.0), decoding.Cue(7, 8, 2.0)]
    firsts, begins = np.array([0, 4]), np.array([1, 5])
    scores = np.zeros((9, labels.ROLE_LABELS), dtype=np.float32)
    scores[:, labels.OUTSIDE] = 8
    labelled = {
        0: (labels.SOURCE, labels.SINGLE),
        1: (labels.CONTENT, labels.SINGLE),
        3: (labels.CONTENT, labels.BEGIN),
        4: (labels.CONTENT, labels.END),
        7: (labels.CONTENT, labels.SINGLE),
    }
    for place, (role, position) in labelled.items():
        scores[place, labels.label(role, position)] = 16
    one, two = decoding.link(cues, scores, firsts, begins)
    # The second piece is the cue itself; contents are cut at the end of what was scored for a cue.
    assert (one.cue, one.source, one.contents) == ((2, 3), (1, 2), ((4, 5),))
    assert (two.cue, two.source, two.contents) == ((7, 8), None, ((5, 6), (8, 9)))
    assert one.features[0] == 1.0
    assert one.features[1] > 4


@pytest.mark.parametrize(
    ("text", "words", "kind", "spelt"),
    [
        ("He said “it works.” Then", "it works", "direct", "it works."),
        ("He said “it works”, then", "it works", "direct", "it works"),
        ("He said it was “a toy.” Then", "it was “a toy", "mixed", "it was “a toy.”"),
        ("He called “a toy” what she made.", "a toy” what she made", "mixed", "“a toy” what she made"),
        ("He said it works.", "it works", "indirect", "it works"),
        ("He said ''it works.'' Then", "it works", "direct", "it works."),
        ("He said it was ''a toy.'' Then", "it was ''a toy", "mixed", "it was ''a toy.''"),
        ("He called ''a toy'' what she made.", "a toy'' what she made", "mixed", "''a toy'' what she made"),
    ],
)
def test_edges_and_kinds(text, words, kind, spelt):
    start = text.index(words)
    end = start + len(words)
    quoted = Quoted(text)
    assert spelling.kind(text, [(start, end)], quoted) == kind
    first, last = spelling.with_marks(text, start, end, kind, quoted)
    assert text[first:last] == spelt


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("“I was told it was lonely,” he said.", "it was lonely", "indirect"),
        ("“He says ‘it is lonely’ to all of us,” she said.", "it is lonely", "direct"),
        ("“He says ‘it is lonely.’ I do not,” she said.", "it is lonely", "direct"),
    ],
)
def test_what_is_reported_within_a_quotation_has_none_of_the_marks_around_it(text, words, kind):
    start = text.index(words)
    quoted = Quoted(text)
    assert quoted.stretch(start) == quoted.stretch(1) == 0
    assert quoted.stretch(len(text) - 1) is None
    assert spelling.kind_inside(text, [(start, start + len(words))]) == kind


def test_a_source_keeps_the_figure_before_its_sign():
    text = "About 60% of the crews left."
    start, end = spelling.with_figure(text, text.index("%"), text.index(" left"))
    assert text[start:end] == "60% of the crews"
    assert spelling.with_figure(text, 17, 22) == (17, 22)
    assert spelling.with_figure("%", 0, 1) == (0, 1)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("” the bridge", "the bridge"),
        ("the “Red” board", "the “Red” board"),
        ('" Ada', "Ada"),
        ('"The Wire"', '"The Wire"'),
        (", Ada “", "Ada"),
        ("„Die Zeit“", "„Die Zeit“"),
        ("” ,", None),
    ],
)
def test_a_source_has_no_marks_of_the_words_beside_it(text, source):
    bounds = spelling.without_stray_marks(text, 0, len(text))
    assert (None if bounds is None else text[slice(*bounds)]) == source


def test_a_complementiser_is_part_of_the_content():
    text = "She said that it works"
    assert text[spelling.with_complementiser(text, 14, 8) :] == "that it works"
    assert spelling.with_complementiser(text, 14, 14) == 14
    assert spelling.with_complementiser("She said it works", 9, 8) == 9
    text = "She said that it works and that it pays"
    found = spelling.with_complementisers(text, [(14, 22), (32, 39)], [(4, 8), (0, 3)])
    assert [text[start:end] for start, end in found] == ["that it works", "that it pays"]


@given(st.text(st.sampled_from("ab .\n"), max_size=300), st.integers(2, 40))
def test_blocks_make_up_the_text(text, size):
    found = list(blocks(text, size))
    assert "".join(block for _, block in found) == text
    assert all(text[at : at + len(block)] == block and 0 < len(block) <= size for at, block in found)


@given(st.text(st.sampled_from("ab“”‘’\"'` \n"), min_size=1, max_size=40), st.data())
def test_parts_of_a_stretch_say_what_stands_inside_marks(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quoted = Quoted(text)
    parts = list(quoted.parts(start, end))
    assert [place for _, first, last in parts for place in range(first, last)] == list(range(start, end))
    assert [inside for inside, first, last in parts for _ in range(first, last)] == quoted.holds(np.arange(start, end)).tolist()

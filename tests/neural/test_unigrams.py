"""Our pieces of a unigram model are those of the ``tokenizers`` library, with offsets into the text as given."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from quoteminer_neural import stored
from quoteminer_neural.pieces import CAPITALISED, LOWER, MARK
from quoteminer_neural.unigrams import SPACE, Unigrams
from quoteminer_neural.weights import FOLDER

LINES = (FOLDER / stored.VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n")
OURS = Unigrams.read(LINES)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
# Theirs has no notion of special pieces, so they are as improbable as can be.
PAIRS = [(piece, -1e3 if piece in SPECIAL else float(score)) for piece, score in (line.split("\t") for line in LINES)]
THEIRS = Tokenizer(models.Unigram(PAIRS, OURS.unknown, False))

words = st.text(st.sampled_from("aabcdeehilmnorstuäöüßéèñABSÉ0123456789"), min_size=1, max_size=14)


def pieces_of(text: str) -> list[str]:
    return [OURS.pieces[number] for number in OURS(text).ids.tolist()]


@given(words)
def test_a_word_has_the_pieces_of_the_library(word):
    theirs = [piece for piece in THEIRS.encode(SPACE + word).tokens if piece != SPACE]
    # Of two ways that are as probable either will do.
    scores = dict(PAIRS)
    ours = pieces_of(word)
    assert "".join(ours).removeprefix(SPACE) == "".join(theirs).removeprefix(SPACE) == word
    assert ours == theirs or math.isclose(sum(scores[one] for one in ours), sum(scores[one] for one in theirs), abs_tol=4.0)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("Ja!", [(0, 2), (2, 3)]),
        ("cafe\u0301 il", [(0, 5), (6, 8)]),
        ("so\u00adgar", [(0, 6)]),
    ],
)
def test_offsets_are_code_points_of_the_text_as_given(text, spans):
    pieces = OURS(text)
    starts, ends, inner = pieces.starts.tolist(), pieces.ends.tolist(), pieces.inner.tolist()
    found: list[list[int]] = []
    for start, end, later in zip(starts, ends, inner, strict=True):
        if later:
            found[-1][1] = end
        else:
            found.append([start, end])
    assert [tuple(span) for span in found] == spans


def test_white_space_before_a_word_tells_its_pieces_apart():
    assert pieces_of("und") == [f"{SPACE}und"]
    assert pieces_of("“und”")[1] == "und"


def test_what_the_vocabulary_lacks_is_one_unknown_piece():
    assert pieces_of("a 𒀀𒀁𒀂 b") == [f"{SPACE}a", "[UNK]", f"{SPACE}b"]


def test_a_very_long_word_is_one_unknown_piece():
    pieces = OURS("a" * 101)
    assert (pieces.ids.tolist(), pieces.starts.tolist(), pieces.ends.tolist()) == ([OURS.unknown], [0], [101])


@given(st.text(st.characters() | st.sampled_from("\ud800\udfff\u202e\u200d\ufffd😀ﬁ\u0301"), max_size=80))
def test_any_str_has_pieces_in_order_inside_the_text(text):
    pieces = OURS(text)
    at = 0
    for start, end in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True):
        # Pieces of one character ("ﬁ" is two letters) may share it.
        assert 0 <= start < end <= len(text)
        assert start >= at - 1 or text[start:end] == text[start:at]
        at = end


def test_case_comes_with_every_piece():
    pieces = OURS("sagte Ada !")
    cases = dict(zip(pieces.starts.tolist(), pieces.cases.tolist(), strict=True))
    assert [cases[place] for place in (0, 6, 10)] == [LOWER, CAPITALISED, MARK]


@pytest.mark.parametrize(("lines", "error"), [(["[PAD]\t0"], KeyError), (["a\t0", "b"], ValueError), (["a\tx"], ValueError)])
def test_lines_that_are_no_vocabulary(lines, error):
    with pytest.raises(error):
        stored.cut_by(lines)

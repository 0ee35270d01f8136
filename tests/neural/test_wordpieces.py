"""Our wordpieces are those of the ``tokenizers`` library, with offsets into the text as given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from quoteminer_neural.claims.files import FOLDER
from quoteminer_neural.pieces import CAPITALISED, DIGIT, LOWER, MARK, MIXED, UPPER
from quoteminer_neural.stored import VOCABULARY
from quoteminer_neural.wordpieces import WordPieces

PIECES = (FOLDER / VOCABULARY).read_text(encoding="utf-8").splitlines()
OURS = WordPieces(PIECES)
THEIRS = Tokenizer(
    models.WordPiece({piece: number for number, piece in enumerate(PIECES)}, unk_token="[UNK]", max_input_chars_per_word=100)
)
THEIRS.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
THEIRS.pre_tokenizer = pre_tokenizers.BertPreTokenizer()


def both(text):
    ours, theirs = OURS(text), THEIRS.encode(text, add_special_tokens=False)
    spans = list(zip(ours.starts.tolist(), ours.ends.tolist(), strict=True))
    return (ours.ids.tolist(), spans), (theirs.ids, theirs.offsets)


# Libraries know different versions of Unicode, so the scripts are those that have long been in it.
characters = st.characters(exclude_categories=("Cs", "Cn", "Co", "Cc", "Cf"), max_codepoint=0x04FF) | st.sampled_from(
    "東京한글ひらがな—…€№ﬁ😀𝄞אبก\u2003\u3000"
)


@given(st.text(characters | st.sampled_from("aeé’“”.,-\n '‘ \t1"), max_size=60))
def test_pieces_and_offsets_are_those_of_the_library(text):
    ours, theirs = both(text)
    assert ours == theirs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“Dangerous times,” Rutte told the NATO Industry Forum.",
        "Ångström naïve İstanbul ΣΊΣΥΦΟΣ ﬁnance",
        "東京 said 3,5 % – ok",
        "e\u0301clair cafe\u0301",
        "a" * 101 + " " + "b" * 100,
    ],
)
def test_examples(text):
    ours, theirs = both(text)
    assert ours == theirs


def test_seeds(seeds):
    for path in sorted(seeds.glob("*.txt")):
        ours, theirs = both(path.read_text(encoding="utf-8"))
        assert ours == theirs


@given(st.text(st.characters() | st.sampled_from("\ud800\udfff\u202e\u200d\ufffd😀"), max_size=80))
def test_any_str_has_pieces_in_order_inside_the_text(text):
    pieces = OURS(text)
    at = 0
    for start, end in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True):
        # Pieces of one character ("ﬁ" is two letters) may share it.
        assert 0 <= start < end <= len(text)
        assert start >= at - 1
        at = end


def test_case_comes_with_every_piece():
    pieces = OURS("said Ada NATO McX 2020s !")
    cases = dict(zip((int(start) for start in pieces.starts), pieces.cases.tolist(), strict=True))
    assert [cases[place] for place in (0, 5, 9, 14, 18, 24)] == [LOWER, CAPITALISED, UPPER, MIXED, DIGIT, MARK]


@pytest.mark.timed
def test_a_megabyte_without_a_space_is_one_piece_at_once():
    started = time.process_time()
    assert len(OURS("x" * 1_000_000)) == 1
    assert time.process_time() - started < 5

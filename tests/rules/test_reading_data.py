"""How the data of languages is read: tables of learned weights, the alphabet for matching, and what is tried for a chunk."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteminer_rules.language.expressions import character_class
from quoteminer_rules.language.letters import _rank, turned
from quoteminer_rules.language.problems import PackError
from quoteminer_rules.language.tables import Sorted
from quoteminer_rules.lexicon import LANGUAGES
from quoteminer_rules.reading.chunks import Chunker, chunker

CELLS = st.text(st.sampled_from("ab !"), min_size=1, max_size=3)


@given(rows=st.sets(st.tuples(CELLS, CELLS, CELLS), max_size=12), first=CELLS, second=CELLS)
def test_a_sorted_table_finds_the_rows_that_begin_with_some_columns(tmp_path_factory, rows, first, second):
    file = tmp_path_factory.getbasetemp() / "table.tsv"
    file.write_text("# a comment\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    table = Sorted(file, 3)
    assert len(table) == len(rows)
    assert sorted(table.rows(first)) == sorted([*row[1:]] for row in rows if row[0] == first)
    assert sorted(table.rows(first, second)) == sorted([*row[2:]] for row in rows if row[:2] == (first, second))
    for begin in ((first,), (first, second)):
        beginning = [row for row in rows if row[: len(begin)] == begin]
        assert table.count(*begin) == len(beginning)
        assert table.holds(*begin) == bool(beginning)
        assert (table.row(*begin) is not None) == bool(beginning)


def test_a_row_with_too_few_columns_is_told_with_its_line(tmp_path):
    (tmp_path / "table.tsv").write_text("# weights\na\tb\t1\na\tc\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"table\.tsv.*3.*expected 3 columns"):
        Sorted(tmp_path / "table.tsv", 3)


@given(st.lists(st.integers(0, 2**9 - 1), max_size=20))
def test_a_table_of_bits_is_turned_round(rows):
    columns = turned(rows, 9)
    assert [[column >> number & 1 for column in columns] for number in range(len(rows))] == [
        [row >> bit & 1 for bit in range(9)] for row in rows
    ]


@pytest.mark.parametrize("count", range(1, 9))
def test_neighbours_in_the_order_of_truths_differ_in_one(count):
    ordered = sorted(range(1 << count), key=lambda truths: _rank(truths, count))
    assert ordered[0] == (1 << count) - 1
    assert all((one ^ two).bit_count() == 1 for one, two in zip(ordered, ordered[1:], strict=False))


@given(st.text(st.characters(min_codepoint=0x30, max_codepoint=0x60), max_size=20))
def test_the_class_of_some_letters_fits_these_only(letters):
    pattern = re.compile(character_class(letters))
    assert {chr(code) for code in range(0x20, 0x80) if pattern.fullmatch(chr(code))} == set(letters)


@pytest.fixture(scope="module", params=["en", "de", "fr"])
def chunkers(request):
    """A chunker, and one that tries each pattern as a whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chunker, "_parted", lambda self, alternatives, tails: (alternatives, None))
        patch.setattr(Chunker, "_before", lambda self, alternatives: None)
        whole = Chunker(LANGUAGES / request.param)
    return chunker(LANGUAGES / request.param), whole


@given(data=st.data())
def test_chunks_are_those_of_the_whole_patterns(chunkers, data):
    parted, whole = chunkers
    letters = data.draw(st.text(st.sampled_from(sorted(parted.letters.known())), min_size=1, max_size=12))
    first = data.draw(st.integers(0, len(letters) - 1))
    assert parted.part(letters, first, len(letters)) == whole.part(letters, first, len(letters))

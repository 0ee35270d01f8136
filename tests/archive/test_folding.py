"""Words as they are compared."""

from __future__ import annotations

import sys
import unicodedata

from quoteminer import Miner
from quoteminer.archive.folding import NEGATION, Folding, plain


def test_no_mark_is_left_whatever_the_script():
    text = "".join(map(chr, range(sys.maxunicode + 1))) + "Übermaß е́ Μαΐου"
    apart = unicodedata.normalize("NFKD", text.casefold())
    assert plain(text) == "".join(sign for sign in apart if not unicodedata.combining(sign))


def test_a_word_is_folded_as_its_language_has_it_also_when_it_comes_again():
    folding = Folding(Miner(["rules"]).components("quoteminer_languages"))
    for _ in range(2):
        assert folding.fold("No die twelve.", "en").content == (NEGATION, "die", "12")
        assert folding.fold("No die twelve.", "de").content == ("no", "twelv")

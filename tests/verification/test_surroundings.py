"""What stands around a quotation in the source and takes back or limits it."""

from __future__ import annotations

import pytest

import quoteminer
from quoteminer import Document

from .packs import miner


def verdict(language: str, article: str, source: str) -> str:
    """The verdict on the first quotation."""
    return quoteminer.verify(Document(article, language=language), Document(source, language=language), miner=miner())[0].verdict


@pytest.mark.parametrize(
    ("language", "article", "source"),
    [
        ("en", "“The grant is safe,” Boyd said.", "BOYD: At current prices, the grant is safe."),
        ("en", "“The grant is safe,” Boyd said.", "BOYD: The grant is safe, at least on paper."),
        ("en", "“Nobody will lose money,” Boyd said.", "BOYD: I cannot sit here and promise nobody will lose money."),
        ("en", "“We will not close the pool,” Boyd said.", "BOYD: We will not close the pool for two years."),
        ("de", "„Wir haben das Geld nicht“, sagte Boyd.", "BOYD: Wir haben das Geld nicht, jedenfalls nicht vom Land."),
        ("fr", "« Le prix ne bougera pas », a dit Boyd.", "BOYD : Pour l'instant, le prix ne bougera pas."),
        ("es", "«El precio no va a cambiar», dijo Boyd.", "BOYD: El precio no va a cambiar, por ahora."),
    ],
)
def test_a_limit_that_was_cut_changes_what_was_said(language, article, source):
    assert verdict(language, article, source) == "altered"


@pytest.mark.parametrize(
    ("language", "article", "source"),
    [
        ("en", "“I head that over the bar,” Boyd said.", "BOYD: I head that over the bar, if I'm being honest."),
        ("en", "For now, “the grant is safe,” Boyd said.", "BOYD: For now, the grant is safe."),
        ("en", "Boyd called it “a bit of a mess”.", "BOYD: It is a bit of a mess at the moment."),
        ("fr", "« Fermez la porte du fond », a dit Boyd.", "BOYD : Fermez la porte du fond, s'il vous plaît."),
        ("es", "«Eso fue en abril», dijo Boyd.", "BOYD: Eso fue en abril, si no me equivoco."),
        ("en", "“The boats cost more, [they] are new,” Boyd said.", "BOYD: The boats cost more because they are new."),
    ],
)
def test_courtesies_limit_nothing_nor_what_the_article_says_as_well(language, article, source):
    assert verdict(language, article, source) == "verbatim"

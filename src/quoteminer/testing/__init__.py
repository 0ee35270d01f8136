"""What the tests of a plugin need: one contract class for each kind of component.

Write a class with a factory and an example; each ``test_`` method that it inherits is one promise to the host.

>>> from quoteminer.testing import QuoteExtractorContract
>>> class TestGuillemets(QuoteExtractorContract):
...     make = Guillemets  # doctest: +SKIP
...     example = "« Bonjour », dit-il."

:mod:`quoteminer.testing.strategies` draws documents, annotations and whole stories with hypothesis.
Needs the extra ``testing``: ``pip install 'quoteminer[testing]'``.
"""

from .claims import ClaimExtractorContract
from .contract import Contract
from .files import ReaderContract, WriterContract
from .linkers import SpeakerLinkerContract
from .quotes import QuoteExtractorContract
from .speakers import SpeakerResolverContract

__all__ = [
    "ClaimExtractorContract",
    "Contract",
    "QuoteExtractorContract",
    "ReaderContract",
    "SpeakerLinkerContract",
    "SpeakerResolverContract",
    "WriterContract",
]

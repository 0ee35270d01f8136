"""An archive: who said what in many documents, in one SQLite file that people can ask.

>>> from quoteminer.archive import Archive
>>> archive = Archive(":memory:")
>>> archive.collect(["“The flood defences held,” Ana Ruiz said."]).new
1
>>> [(hit.speaker, hit.text) for hit in archive.search("flood defences")]
[('Ana Ruiz', 'The flood defences held,')]
"""

from ..errors import ArchiveError
from .archive import Archive
from .collecting import Collected
from .searching import Hit

__all__ = ["Archive", "ArchiveError", "Collected", "Hit"]

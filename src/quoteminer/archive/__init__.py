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
from .coding import Agreement, Sampled, agreement
from .collecting import Collected, Run
from .decisions import Decision, Verdict
from .forgetting import Forgotten
from .people import Appearance, PeopleDecision, Person
from .reviews import Checked, Review, read_reviews
from .searching import Hit
from .utterances import Utterance
from .voices import Figures, Measured, Voice, read_figures

__all__ = [
    "Agreement",
    "Appearance",
    "Archive",
    "ArchiveError",
    "Checked",
    "Collected",
    "Decision",
    "Figures",
    "Forgotten",
    "Hit",
    "Measured",
    "PeopleDecision",
    "Person",
    "Review",
    "Run",
    "Sampled",
    "Utterance",
    "Verdict",
    "Voice",
    "agreement",
    "read_figures",
    "read_reviews",
]

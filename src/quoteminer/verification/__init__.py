"""Whether what an article quotes stands in its sources, word for word, and whether those people said it."""

from .checking import Checker, verify
from .findings import Change, Finding, Match, Verification
from .grounding import answer_schema, from_function, ground, locate
from .page import page

__all__ = [
    "Change",
    "Checker",
    "Finding",
    "Match",
    "Verification",
    "answer_schema",
    "from_function",
    "ground",
    "locate",
    "page",
    "verify",
]

"""Whether what an article quotes stands in its sources, word for word, and whether those people said it."""

from .checking import Checker, verify
from .findings import Change, Finding, Match, Verification

__all__ = ["Change", "Checker", "Finding", "Match", "Verification", "verify"]

"""What goes wrong, said once: a thousand documents with the same trouble are one line and a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from ..annotations import Issue
from .console import say

#: So many different messages of one component are shown; more only counted.
_SHOWN: Final = 20


class Reports:
    """Says issues on standard error.

    A message that comes again, only of another document, is counted. Of very many different ones of one component the first are shown.

    Args:
        say: writes a line; by default to standard error.

    Attributes:
        failed: whether one of them was an error.
    """

    def __init__(self, say: Callable[[str], None] = say) -> None:
        self.failed = False
        self._say = say
        self._again: Counter[tuple[str, str, str]] = Counter()
        self._shown: Counter[tuple[str, str]] = Counter()
        self._hidden: Counter[tuple[str, str]] = Counter()

    def unread(self, issue: Issue) -> None:
        """Say what was amiss in reading: of errors each one, because nothing else names what is missing from the results."""
        if issue.severity == "error":
            self.failed = True
            self._say(f"error: {issue.message}")
        else:
            self.report(issue)

    def report(self, issue: Issue, where: str = "") -> None:
        """Say an issue, unless it has been said; ``where`` stands before what is repeated."""
        self.failed = self.failed or issue.severity == "error"
        key = (issue.severity, issue.component, issue.message)
        kind = (issue.severity, issue.component)
        if key in self._again:
            self._again[key] += 1
        elif self._shown[kind] < _SHOWN:
            self._again[key] = 0
            self._shown[kind] += 1
            self._say(f"{issue.severity}: {where}{issue.message}")
        else:
            self._hidden[kind] += 1

    def note(self, message: str) -> None:
        """Say what belongs to no document."""
        self._say(message)

    def close(self) -> None:
        """Say the numbers of what was not said."""
        for (severity, component, message), count in self._again.items():
            if count:
                self._say(f"{severity}: {component}: {message} (the same in {count} more)")
        for (severity, component), count in self._hidden.items():
            self._say(f"{severity}: {component}: {count} more")

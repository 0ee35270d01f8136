"""What was found, for people to look at: a piece for notebooks and a page that needs nothing else.

Nothing of a text comes alive in either: all of it is escaped, control characters and lone surrogates are shown as U+FFFD, and what turns the direction
of writing ends with its line.
"""

from .notebook import html
from .page import page
from .showing import show

__all__ = ["html", "page", "show"]

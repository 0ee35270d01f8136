"""Ground that knows no language, for the core and for plugins: a readable text with the way back to the file that it was read from."""

from .aligned import Aligned, Piece, Place
from .building import Builder
from .paragraphs import paragraphs
from .progress import progress

__all__ = ["Aligned", "Builder", "Piece", "Place", "paragraphs", "progress"]

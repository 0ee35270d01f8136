"""Making a readable text out of a raw one, piece by piece, with the way back."""

from __future__ import annotations

from .aligned import Aligned, Piece, Place


class Builder:
    """Collects the parts of a readable text in order.

    Args:
        raw: the raw text, of which parts are taken over.

    >>> builder = Builder("<p>It&nbsp;works.</p>")
    >>> builder.take(3, 5)
    >>> builder.put(" ", 5, 11)
    >>> builder.take(11, 17)
    >>> builder.build().text
    'It works.'
    """

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._places: list[Place] = []
        self._raw_at = 0
        self.length = 0
        """Code points of the readable text so far."""

    def take(self, start: int, end: int) -> None:
        """Take over a stretch of the raw text as it stands."""
        if end > start:
            self.put(self._raw[start:end], start, end)

    def put(self, text: str, start: int | None = None, end: int | None = None) -> None:
        """Put in words that stand for a stretch of the raw text; without one, words that it does not have, such as a line break.

        What stands further back in the raw text than the last piece has no way back, since an alignment never runs backwards.
        """
        if not text:
            return
        if start is None or end is None or start < self._raw_at:
            start = end = self._raw_at
        last = self._pieces[-1] if self._pieces else None
        grows = (
            last is not None
            and last.raw_end == start
            and end - start == len(text)
            and last.raw_end - last.raw_start == last.end - last.start
        )
        if last is not None and grows and last.raw_end > last.raw_start:
            self._pieces[-1] = Piece(last.start, last.end + len(text), last.raw_start, end)
        else:
            self._pieces.append(Piece(self.length, self.length + len(text), start, end))
        self._parts.append(text)
        self.length += len(text)
        self._raw_at = end

    def ends_with(self, text: str) -> bool:
        """Whether the readable text so far ends so; an empty one ends with anything."""
        tail = ""
        for part in reversed(self._parts):
            tail = part + tail
            if len(tail) >= len(text):
                break
        return not self.length or tail.endswith(text)

    def gap(self, text: str) -> None:
        """Put in what parts two blocks, unless it stands there already or nothing stands before."""
        if self.length and not self.ends_with(text):
            self.put("\n" if text == "\n\n" and self.ends_with("\n") else text)

    def place(self, start: int, kind: str, value: str = "", begin: float | None = None, finish: float | None = None) -> None:
        """Note what the readable text from ``start`` until here is; nothing is noted of an empty stretch."""
        if self.length > start:
            self._places.append(Place(start, self.length, kind, value, begin, finish))

    def mark(self, start: int, end: int, kind: str, value: str = "") -> None:
        """Note what a stretch of the readable text is."""
        self._places.append(Place(start, end, kind, value))

    def label(self, start: int, end: int, name: str | None = None) -> None:
        """Begin a turn: its label, taken over from the raw text, and a colon, as a turn is written in a readable text."""
        self.gap("\n\n")
        at = self.length
        self.take(start, end)
        self.place(at, "label", name or self._raw[start:end])
        self.put(": ")

    def build(self, *, raw: int | None = None, unit: str = "code points") -> Aligned:
        """The readable text with its way back.

        Args:
            raw: length of the raw side, where that is not the raw text itself.
        """
        length = len(self._raw) if raw is None else raw
        places = sorted(self._places, key=lambda place: (place.start, -place.end))
        return Aligned("".join(self._parts), length, self._pieces, places=places, unit=unit)

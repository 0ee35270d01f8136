"""A text as the voices that read it aloud: narrator and speakers in order, with times or chapters where the file has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from ..extraction import Extraction
from ..frozen import thaw
from ..json_form import dumps
from ..segments import Segment


class SegmentsWriter:
    """JSON Lines: a document a line with its ``segments``, which together are all of its text; for audio books and other readings."""

    name = "segments"
    suffixes: tuple[str, ...] = ()

    def write(self, extractions: Iterable[Extraction], stream: IO[bytes]) -> None:
        """Write and flush line by line."""
        for extraction in extractions:
            document = extraction.document
            line = {
                "document": document.id,
                "title": document.title,
                "language": document.language,
                "chapter": thaw(document.metadata.get("chapter")),
                "voices": [
                    {"id": speaker.id, "name": speaker.name, "role": speaker.role, "kind": speaker.kind}
                    for speaker in extraction.speakers
                ],
                "segments": [self._segment(extraction, segment) for segment in extraction.segments()],
            }
            stream.write(dumps(line).encode("utf-8") + b"\n")
            stream.flush()

    def _segment(self, extraction: Extraction, segment: Segment) -> dict[str, Any]:
        document = extraction.document
        speaker = extraction.speaker(segment.speaker)
        found: dict[str, Any] = {
            "text": segment.text(document),
            "start": segment.span.start,
            "end": segment.span.end,
            "voice": segment.speaker,
            "name": "narrator" if segment.quote is None else None if speaker is None else speaker.name,
            "quote": segment.quote,
        }
        if document.origin is not None:
            found["time"] = document.origin.times(segment.span)
            found["page"] = next((place.value for place in document.origin.at(segment.span, "page")), None)
            raw = document.origin.to_raw(segment.span)
            found["raw"] = None if raw is None else [raw.start, raw.end]
        return found

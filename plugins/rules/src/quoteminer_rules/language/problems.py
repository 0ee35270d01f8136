"""What is wrong in the data of a language, told with file and line."""

from __future__ import annotations

from pathlib import Path


class PackError(ValueError):
    """A file of a language pack does not say what it should; ``str`` of it names file, line and what is wrong."""

    def __init__(self, file: Path | str, line: int, message: str) -> None:
        self.file = str(file)
        self.line = line
        self.message = message
        super().__init__(f"{self.file}:{line}: {message}" if line else f"{self.file}: {message}")

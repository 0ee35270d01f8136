"""The page on which a text is pasted."""

from __future__ import annotations

from importlib.resources import files


def form() -> str:
    """The form; its answer is the page about the text."""
    return files(__package__).joinpath("form.html").read_text("utf-8")

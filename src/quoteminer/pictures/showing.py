"""Showing what was found where somebody looks: in a notebook, else in a browser."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from collections.abc import Iterable
from pathlib import Path

from ..extraction import Extraction
from .notebook import html
from .page import page


def show(extractions: Extraction | Iterable[Extraction], *, title: str | None = None, browser: bool | None = None) -> Path | None:
    """Show one extraction or many.

    In a notebook each appears below its cell, as if it were the cell's last value. Elsewhere a page about all of them is written to a file and opened
    in the browser.

    Args:
        title: of the page.
        browser: whether to open a page; without it as said above.

    Returns:
        The page, which stays there until the system clears its temporary files; ``None`` in a notebook.
    """
    if browser is None:
        browser = not _in_notebook()
    if not browser:
        from IPython.display import HTML, display

        for extraction in [extractions] if isinstance(extractions, Extraction) else extractions:
            display(HTML(html(extraction)))
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".html", prefix="quoteminer-", delete=False, encoding="utf-8") as file:
        file.write(page(extractions, title=title))
    path = Path(file.name)
    webbrowser.open(path.as_uri())
    return path


def _in_notebook() -> bool:
    """Whether a shell runs that shows pictures; it is asked, not imported."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"

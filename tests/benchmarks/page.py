"""Tables, and their place on the page of benchmarks."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from quoteminer import Miner, __version__

from .timing import Series

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def replaced(text: str, name: str, block: str) -> str:
    """``text`` with what stands between the markers of ``name`` replaced.

    Raises:
        ValueError: when the markers are not there exactly once, in order.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"expected one {begin} with one {end} after it")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{block.strip()}\n\n{end}{after}"


def write(name: str, block: str, page: Path = PAGE) -> None:
    """Put a block on the page in place of the one before."""
    page.write_text(replaced(page.read_text(encoding="utf-8"), name, block), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def circumstances(command: str, versions: Mapping[str, str] | None = None) -> str:
    """What the figures belong to: when, with what, by which command. Nothing that names the machine."""
    plugins = ", ".join(f"{info.name} {info.version}".strip() for info in Miner().plugins() if info.status == "active")
    facts = [
        dt.date.today().isoformat(),
        f"Python {platform.python_version()}",
        f"{platform.system()}, {os.cpu_count()} processors",
        f"quoteminer {__version__} with {plugins or 'no plugins'}",
        "rules compiled, as a released wheel has them" if compiled() else "rules as plain Python, not compiled",
        *(f"{name} {version}" for name, version in (versions or {}).items()),
    ]
    return f"{'; '.join(facts)}. Made by `{command}`."


def compiled() -> bool:
    """Whether the bundled rules that are installed are compiled."""
    found = importlib.util.find_spec("quoteminer_rules.labels")
    return found is not None and found.origin is not None and not found.origin.endswith(".py")


def count(value: float) -> str:
    """Three digits that mean something: 1,230,000."""
    if value == 0:
        return "0"
    digits = len(str(int(abs(value))))
    return f"{round(value, 3 - digits):,.0f}" if digits >= 3 else f"{value:.3g}"


def milliseconds(series: Series) -> str:
    """A series of seconds."""
    return Series([value * 1000 for value in series.values]).show(count, "ms")


def times(value: float) -> str:
    """A ratio."""
    return f"{value:.2f}" if abs(value) < 10 else count(value)

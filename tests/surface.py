"""The public surface of the library as text: every public name with its parameters, fields and methods.

``python -m tests.surface`` writes it into ``docs/api.md``, where a test compares it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import quoteminer

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
BLOCK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)


def _parameters(function: Any) -> str:
    """Names only, ``=`` for those that may be left out: types and defaults are in the docstrings."""
    shown: list[str] = []
    keyword_only = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            shown.append("*")
        shown.append(parameter.name + ("" if parameter.default is parameter.empty else "="))
    return f"({', '.join(shown)})"


def _members(cls: type) -> Iterator[str]:
    for name, member in sorted(vars(cls).items()):
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        if name.startswith("_"):
            continue
        if inspect.isfunction(member):
            yield f"    .{name}{_parameters(member)}"
        elif isinstance(member, property):
            yield f"    .{name}"


def surface() -> str:
    """One line a name, a method or property on a line of its own below its class."""
    lines: list[str] = []
    for name in quoteminer.__all__:
        item = getattr(quoteminer, name)
        if inspect.isclass(item) and issubclass(item, Exception):
            parents = ", ".join(base.__name__ for base in item.__bases__)
            lines.append(f"{name}({parents})")
        elif inspect.isclass(item):
            lines.append(name + _parameters(item))
            lines.extend(_members(item))
        elif inspect.isfunction(item):
            lines.append(name + _parameters(item))
        else:
            lines.append(name)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(BLOCK.sub(lambda _: surface(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")

"""The public surface of the library as text: every public name with its parameters, fields and methods.

``python -m tests.surface`` writes it: names into ``docs/api.md``, and everything that a change could break, with types and
defaults, into ``tests/golden/api.txt``. Tests compare both. ``python -m tests.surface 0.2.0`` keeps the latter for a release.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import quoteminer
from quoteminer import archive, arrow, tabular, testing
from quoteminer.plugins import hookspecs, protocols
from quoteminer.plugins.manager import HOOKS
from quoteminer.testing import Contract, strategies

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
GOLDEN = Path(__file__).resolve().parent / "golden" / "api.txt"
RELEASED = GOLDEN.with_suffix("")
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


def _signature(function: Any) -> str:
    """Parameters with their types and defaults, as the source has them."""
    signature = inspect.signature(function)
    kept = [
        parameter.replace(default=_Shown(parameter.default)) if parameter.default is not parameter.empty else parameter
        for parameter in signature.parameters.values()
        if parameter.name not in ("self", "cls")
    ]
    return str(signature.replace(parameters=kept)).replace("'", "")


class _Shown:
    """A default that looks the same in every process."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        return re.sub(r"<function (\w+)[^>]*>| at 0x\w+", r"\1", repr(self.value)).replace("'", '"')


def _all_members(cls: type) -> Iterator[str]:
    annotations = {
        name: text for base in reversed(cls.__mro__) for name, text in inspect.get_annotations(base).items() if name in dir(cls)
    }
    for name in sorted(dir(cls)):
        member = inspect.getattr_static(cls, name)
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        if name.startswith("_"):
            continue
        if inspect.isfunction(member):
            yield f"    {name}{_signature(member)}"
        elif isinstance(member, property):
            yield f"    {name}: {getattr(member.fget, '__annotations__', {}).get('return', '')}"
        elif name in annotations:
            yield f"    {name}: {annotations[name]}"


def contract() -> str:
    """Everything that users and plugins may rely on, with types and defaults."""
    lines: list[str] = []
    for module in (quoteminer, archive, arrow, tabular, protocols, testing, strategies):
        lines += ["", f"# {module.__name__}"]
        names = getattr(module, "__all__", None) or sorted(
            n for n, c in vars(module).items() if getattr(c, "_is_protocol", False)
        )
        for name in names:
            item = getattr(module, name)
            if name in ("Protocol", "__version__"):
                continue
            if inspect.isclass(item):
                parents = ", ".join(base.__name__ for base in item.__bases__ if base is not object)
                plain = issubclass(item, (Contract, Exception)) or getattr(item, "_is_protocol", False)
                shown = "" if plain and "__init__" not in vars(item) or plain and issubclass(item, Contract) else _signature(item)
                lines.append(f"{name}{shown}" + (f" <- {parents}" if parents else ""))
                lines += _all_members(item)
            elif inspect.isfunction(item):
                lines.append(name + _signature(item))
            else:
                lines.append(f"{name}: {type(item).__name__}")
    lines += ["", "# hooks"]
    lines += [name + _signature(getattr(hookspecs, name)) for name in HOOKS]
    return "\n".join(lines).strip() + "\n"


def _names(contract: str) -> list[str]:
    """Every name of a list with its module and class."""
    names: list[str] = []
    module = owner = ""
    for line in contract.splitlines():
        found = re.match(r"(    )?(\w+)", line)
        if line.startswith("# "):
            module = line[2:]
        elif found and found[1]:
            names.append(f"{module}.{owner}.{found[2]}")
        elif found:
            owner = found[2]
            names.append(f"{module}.{owner}")
    return names


def missing(before: str, now: str) -> list[str]:
    """What one list names and a later one does not."""
    there = set(_names(now))
    return [name for name in _names(before) if name not in there]


def released() -> list[Path]:
    """The lists of the releases, the latest last."""
    return sorted(RELEASED.glob("*.txt"), key=lambda path: [int(number) for number in path.stem.split(".")])


if __name__ == "__main__":
    GOLDEN.write_text(contract(), encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda _: surface(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    for version in sys.argv[1:]:
        RELEASED.mkdir(exist_ok=True)
        (RELEASED / f"{version}.txt").write_text(contract(), encoding="utf-8")

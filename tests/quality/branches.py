"""How branchy the code is: ``python -m tests.quality.branches`` prints the table, ``--list`` the functions themselves.

A branch is a place where the way through a function parts: ``if``, ``elif``, a conditional expression, ``for``, ``while``, ``except``, ``case``, a condition
or loop in a comprehension, and each further operand of ``and`` and ``or``. Nested functions count for themselves.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
#: Functions with so many branches are those to look at.
MANY: Final = 15
#: More parameters than a reader keeps in mind.
MOST_PARAMETERS: Final = 6
PARTS: Final = {"core": "src/quoteminer", "rules": "plugins/rules/src", "neural": "plugins/neural/src"}
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Function(NamedTuple):
    """A function of the code; ``parameters`` without ``self`` and ``cls``."""

    path: Path
    line: int
    name: str
    branches: int
    parameters: int


def functions(folder: Path) -> Iterator[Function]:
    """All functions and methods under a folder."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                given = node.args
                names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
                count = len(names) - (bool(names) and names[0] in ("self", "cls"))
                yield Function(path, node.lineno, node.name, sum(map(_branches, _inside(node))), count)


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """What is done in a function, without the functions in it."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _FUNCTIONS):
            waiting.extend(ast.iter_child_nodes(node))


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return isinstance(node, (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case))


def table() -> str:
    """A line for each part: functions, those with many branches and their share, and those with many parameters."""
    lines = [f"{'part':8} {'functions':>9} {'branchy':>7} {'share':>6} {'parameters':>10}"]
    for part, folder in PARTS.items():
        found = list(functions(ROOT / folder))
        many = sum(one.branches >= MANY for one in found)
        wide = sum(one.parameters > MOST_PARAMETERS for one in found)
        lines.append(f"{part:8} {len(found):9,} {many:7,} {many / len(found):6.1%} {wide:10,}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table, or the functions to look at, the branchiest first."""
    print(table())
    if "--list" in arguments:
        found = [one for folder in PARTS.values() for one in functions(ROOT / folder)]
        for one in sorted(found, key=lambda one: -one.branches):
            if one.branches >= MANY or one.parameters > MOST_PARAMETERS:
                print(f"{one.branches:4} {one.parameters:3}  {one.path.relative_to(ROOT)}:{one.line} {one.name}")


if __name__ == "__main__":
    main(sys.argv[1:])

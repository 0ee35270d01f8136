"""What counts as a branch."""

from __future__ import annotations

import pytest

from . import branches


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return a", 0),
        ("if a: pass\n    elif b: pass\n    else: pass", 2),
        ("return a if b else c", 1),
        ("return a and b and c or d", 3),
        ("for x in a:\n        while x: pass", 2),
        ("try: pass\n    except A: pass\n    except B: pass", 2),
        ("return [x for x in a if x if b]", 3),
        ("match a:\n        case 1: pass\n        case _: pass", 2),
        ("def inner():\n        if a: pass\n    return lambda: a and b", 0),
    ],
)
def test_branches_are_counted_where_the_way_parts(tmp_path, body, count):
    (tmp_path / "a.py").write_text(f"def f(a, b, c, *, d):\n    {body}\n", encoding="utf-8")
    first = next(iter(branches.functions(tmp_path)))
    assert (first.name, first.branches, first.parameters) == ("f", count, 4)


def test_self_is_no_parameter(tmp_path):
    (tmp_path / "a.py").write_text(
        "class A:\n    def f(self, a, /, b): pass\n    @classmethod\n    async def g(cls): pass\n", encoding="utf-8"
    )
    assert [(one.name, one.parameters) for one in branches.functions(tmp_path)] == [("f", 2), ("g", 0)]


def test_the_table_names_each_part():
    assert [line.split()[0] for line in branches.table().splitlines()] == ["part", *branches.PARTS]

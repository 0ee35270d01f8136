"""The linker of the docs keeps the contract of linkers."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from quoteminer.testing import SpeakerLinkerContract

PAGE = (Path(__file__).parents[2] / "docs/linking.md").read_text(encoding="utf-8")
CODE = re.findall(r"^```python\n(?!>>>)(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TABLE = "id,name,aliases,role,party\n17,Mark Rutte,Rutte;he,prime minister,VVD\n"


def people() -> Any:
    found: dict[str, Any] = {}
    exec("\n".join(CODE), found)
    return found["People"](io.StringIO(TABLE))


class TestLinking(SpeakerLinkerContract):
    make = staticmethod(people)
    plugin = "desk"
    extractor = "rules"
    example = "“We must act,” Rutte told the forum. “It may take years,” he said. “Indeed,” said Ada Byron."
    links: ClassVar = {
        "Rutte": {"name": "Mark Rutte", "role": "prime minister", "identifiers": {"desk": "17"}, "attributes": {"party": "VVD"}},
        "he": {"name": "Mark Rutte"},
        "Ada Byron": {"name": "Ada Byron", "identifiers": {}},
    }


def test_it_is_as_short_as_the_page_says():
    (code,) = CODE
    lines = [line for line in code.splitlines() if line.strip() and not line.startswith(("import", "from"))]
    assert len(lines) < 40
    with pytest.raises(KeyError):
        people().known["bob"]

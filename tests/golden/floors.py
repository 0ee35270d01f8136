"""Floors for what the rules reach on the seeds; they may only rise.

python -m tests.golden.floors     raises them to what is reached now

A floor belongs to the gold that it was measured on, whose digest stands beside it. When a seed changes, its floor starts anew.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from quoteminer import Document, Miner

from .matching import counts, gold_documents

FILE = Path(__file__).with_name("floors.json")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"

Floors = dict[str, dict[str, Any]]


def digest(gold: dict[str, Any]) -> str:
    """Tells one state of a seed's text and gold from another."""
    return blake2b(json.dumps(gold, sort_keys=True).encode(), digest_size=6).hexdigest()


def reached() -> Floors:
    """Counts for each seed by name of its file, with the digest of its gold."""
    miner = Miner(["rules"])
    return {
        name: {"of": digest(gold), **counts(gold, miner.mine(Document(gold["text"], id=gold["id"])))}
        for name, gold in gold_documents(SEEDS)
    }


def raised(floors: Floors, now: Floors) -> Floors:
    """The better of both for each figure; ``now`` alone where the seed is new or has changed."""
    result = {}
    for name, values in now.items():
        old = floors.get(name, {})
        if old.get("of") != values["of"]:
            old = values
        result[name] = {
            key: value if key == "of" else (min if key == "false" else max)(old[key], value) for key, value in values.items()
        }
    return result


def read() -> Floors:
    """The floors as they stand."""
    floors: Floors = json.loads(FILE.read_text(encoding="utf-8"))
    return floors


def main() -> None:
    """Raise the floors."""
    FILE.write_text(json.dumps(raised(read(), reached()), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

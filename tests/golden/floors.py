"""Floors for what the rules reach on the seeds; they may only rise.

python -m tests.golden.floors     raises them to what is reached now
"""

from __future__ import annotations

import json
from pathlib import Path

from quoteminer import Document, Miner

from .matching import counts, gold_documents

FILE = Path(__file__).with_name("floors.json")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def reached() -> dict[str, dict[str, int]]:
    """Counts for each seed."""
    miner = Miner(["rules"])
    result = {}
    for path in sorted(SEEDS.glob("*.gold.jsonl")):
        for gold in gold_documents(path):
            result[gold["id"]] = counts(gold, miner.mine(Document(gold["text"], id=gold["id"])))
    return result


def main() -> None:
    """Raise the floors."""
    floors = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for name, values in reached().items():
        old = floors.get(name, {})
        floors[name] = {
            key: min(old.get(key, value), value) if key == "false" else max(old.get(key, 0), value)
            for key, value in values.items()
        }
    FILE.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

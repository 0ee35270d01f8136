"""Floors for what the rules reach on the first seeds, the challenge suite and the corpus's part for tuning; they may only rise.

python -m tests.golden.floors     raises them to what is reached now

A floor belongs to the gold that it was measured on, whose digest stands beside it. When the gold changes, its floor starts anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from seeds.tools import statistics

from quoteminer import Issue, Miner
from quoteminer.evaluation import AnnotatedDocument, annotated, evaluate

FILE: Final = Path(__file__).with_name("floors.json")
SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
CHALLENGE: Final = Path(__file__).with_name("challenge.jsonl")

#: Languages besides English that the rules read.
OTHERS: Final = ("de", "es", "fr")

_KINDS: Final = ("direct", "indirect", "mixed")
#: A single document: what marks and layout tell must not get worse anywhere.
_ONE: Final = ("exact:direct", "overlap:direct", "attribution:direct", "joint:direct")
_MANY: Final = (
    *(name + kind for name in ("exact", "overlap", "attribution", "joint") for kind in ("", *(f":{kind}" for kind in _KINDS))),
    "claims.overlap",
)
#: Shares of what was matched: as counts, so that finding more can only raise them.
_COUNTED: Final = ("speaker.name", "speaker.entity", "claims.claimant", "claims.kind")

Floors = dict[str, dict[str, Any]]


def seeds() -> dict[str, dict[str, Any]]:
    """The gold of each seed by name of its file."""
    paths = sorted(SEEDS.glob("*.gold.jsonl"))
    return {path.name.removesuffix(".gold.jsonl"): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def challenge() -> list[dict[str, Any]]:
    """The gold of the challenge suite in English, the language of the bundled rules."""
    records = [json.loads(line) for line in CHALLENGE.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["lang"] == "en"]


def tune() -> list[dict[str, Any]]:
    """The gold of the English part of the open corpus that thresholds are set on."""
    return [record for record in statistics.records("tune") if record["lang"] == "en"]


def trained(language: str) -> list[dict[str, Any]]:
    """The gold of the part of the open corpus in another language from which its weights were learned."""
    return [record for record in statistics.records("train") if record["lang"] == language]


def digest(gold: object) -> str:
    """Tells one state of texts and gold from another."""
    return blake2b(json.dumps(gold, sort_keys=True).encode(), digest_size=6).hexdigest()


def _documents(records: Iterable[dict[str, Any]]) -> list[AnnotatedDocument]:
    issues: list[Issue] = []
    documents = [annotated(record, issues, corpus="golden") for record in records]
    assert issues == []
    return documents


def _reached(records: list[dict[str, Any]], names: tuple[str, ...], miner: Miner) -> dict[str, Any]:
    metrics = evaluate(_documents(records), miner, samples=1).all.metrics
    # Rounded down, so that the floor itself is always reached.
    return {
        "of": digest(records),
        **{name: math.floor(1e4 * (metrics[name].f1 or 0.0)) / 1e4 for name in names if name in metrics},
        **{f"{name} (count)": metrics[name].right for name in _COUNTED if name in metrics},
    }


def reached(*, whole: bool = True) -> Floors:
    """F1 (or count) by metric for each seed, all seeds, the challenge suite and what is for tuning, with the digest of their gold; as a ``whole``
    also for the texts of other languages that teach, which are many.
    """
    miner = Miner(["rules"])
    gold = seeds()
    return {
        **{f"seeds/{name}": _reached([record], _ONE, miner) for name, record in gold.items()},
        "seeds": _reached(list(gold.values()), _MANY, miner),
        "challenge": _reached(challenge(), _MANY, miner),
        "tune": _reached(tune(), _MANY, miner),
        **({f"train, {language}": _reached(trained(language), _MANY, miner) for language in OTHERS} if whole else {}),
    }


def raised(floors: Floors, now: Floors) -> Floors:
    """The better of both for each figure; ``now`` alone where the gold is new or has changed."""
    result = {}
    for name, values in now.items():
        old = floors.get(name, {})
        if old.get("of") != values["of"]:
            old = {}
        figures = {key: max(old.get(key, 0.0), values.get(key, 0.0)) for key in (values | old) if key != "of"}
        result[name] = {"of": values["of"], **figures}
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

"""The benchmark of accuracy: which corpora, which plugins, and what it writes."""

from __future__ import annotations

import json

import pytest
from tests.benchmarks import accuracy

RECORD = {"id": "a", "lang": "en", "text": "“It works,” said Ada.", "quotes": [{"content": [[1, 10]], "kind": "direct"}]}
GERMAN = {"id": "c", "lang": "de", "text": "„Es geht“, sagte Ada.", "quotes": [{"content": [[1, 8]], "kind": "direct"}]}
JUDGED = {"id": "b", "lang": "en", "text": "It fell.", "claims": [{"span": [[0, 8]], "check_worthy": True}]}


@pytest.fixture(autouse=True)
def _corpora(tmp_path, monkeypatch):
    for name, records in {"made": [RECORD, GERMAN], "judged": [JUDGED]}.items():
        folder = tmp_path / "corpora" / name
        folder.mkdir(parents=True)
        (folder / "dev.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    monkeypatch.setenv("QUOTEMINER_CORPORA", str(tmp_path / "corpora"))


def test_a_corpus_is_taken_apart_by_language():
    found = {name: len(documents) for name, documents in accuracy.corpora()}
    assert found.pop("seeds, en") >= 13
    assert found == {"judged, en": 1, "made, en": 1, "made, de": 1}


def test_every_set_of_plugins_is_measured_alone_and_together():
    found = list(accuracy.plugin_combinations())
    assert ("rules",) in found
    assert len(found) == len(set(found)) == 2 ** len(found[-1]) - 1


def test_the_block_has_a_line_for_each_corpus_and_set_of_plugins():
    block = accuracy.block(accuracy.measured())
    quotations = block[block.index("### Quotations\n") : block.index("### Quotations by kind")]
    assert "| made, en | rules | 100.0 | 100.0 | 100.0 |" in quotations
    assert "| made, de | rules | 100.0 | 100.0 | 100.0 |" in quotations
    assert "judged" not in quotations
    claims = block[block.index("### Claims") :]
    assert "| judged, en | rules |" in claims
    assert "| made, en |" not in claims[: claims.index("###", 4)]

"""What made a result."""

from __future__ import annotations

import json

import attrs
import pytest

import quoteminer
from quoteminer import ConfigurationError, Extraction, Miner, hookimpl


class Weighed:
    name = "p.quotes"
    version = "2.1"

    def __init__(self, told):
        self.told = told

    def manifest(self):
        return self.told()

    def extract(self, document):
        return []


class Plugin:
    plugin_name = "p"

    def __init__(self, told):
        self.told = told

    @hookimpl
    def quoteminer_quote_extractors(self):
        return [Weighed(self.told)]


def test_it_holds_versions_options_and_what_components_tell():
    made = Miner([Plugin(lambda: {"sha256": {"a.onnx": "00ff"}, "version": "9"})], time_limit=5).manifest(scope="all")
    assert made["quoteminer"] == quoteminer.__version__
    assert made["options"] == {"scope": "all", "time_limit": 5, "min_confidence": 0.0}
    assert made["plugins"] == [
        {
            "name": "p",
            "distribution": "",
            "version": "",
            "components": [
                {"name": "p.quotes", "hook": "quoteminer_quote_extractors", "sha256": {"a.onnx": "00ff"}, "version": "2.1"}
            ],
        }
    ]


@pytest.mark.parametrize("told", [lambda: 1 / 0, lambda: "much", lambda: {"a": object()}])
def test_a_component_that_cannot_tell_says_so(told):
    (plugin,) = Miner([Plugin(told)]).manifest()["plugins"]
    assert plugin["components"][0]["error"]


def test_the_rules_name_the_hash_of_their_data_and_an_output_can_carry_it():
    miner = Miner(["rules"])
    made = miner.manifest()
    told = {one["name"]: one for one in made["plugins"][0]["components"]}
    assert len(told["rules.quotes"]["sha256"]) == 64
    assert told["rules.quotes"]["version"] == quoteminer.__version__
    extraction = attrs.evolve(miner.mine("“So,” said Ada."), manifest=made)
    back = Extraction.from_json(extraction.to_json())
    assert back == extraction
    assert json.loads(extraction.to_json())["manifest"] == made


def test_a_scope_that_does_not_exist_is_refused():
    with pytest.raises(ConfigurationError, match="scope"):
        Miner([]).manifest(scope="thought")

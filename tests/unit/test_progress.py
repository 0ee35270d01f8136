"""How far a component is in a document reaches whoever listens, in this thread and only there."""

from __future__ import annotations

from quoteminer import Document, Miner
from quoteminer.text import progress
from quoteminer.text.progress import at_work, listening

TEXT = "“It works,” said Ada. “It was closed in 2019,” said Bob.\n\n" * 40


def test_all_components_of_the_rules_tell_how_far_they_are():
    seen: list[tuple[str, int, int]] = []
    with listening(lambda *told: seen.append(told)):
        Miner(["rules"]).mine(Document(TEXT))
    assert {total for _, _, total in seen} == {len(TEXT)}
    for name in ("rules.quotes", "rules.speakers", "rules.claims"):
        done = [at for component, at, _ in seen if component == name]
        assert done[0] == 0
        assert done == sorted(done)
        assert len(TEXT) * 0.9 < done[-1] <= len(TEXT)


def test_nobody_listens_without_being_asked():
    seen: list[tuple[str, int, int]] = []
    progress(1)
    with listening(lambda *told: seen.append(told)):
        at_work("a.b", 9)
        progress(4)
    progress(2)
    at_work("a.b", 9)
    assert seen == [("a.b", 0, 9), ("a.b", 4, 9)]

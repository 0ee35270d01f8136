"""Requests to end that come at a bad moment."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import quoteminer
from quoteminer.cli.watching import Watch


def watch() -> Watch:
    return Watch(SimpleNamespace(terminal=False, end_record=lambda: None), total=lambda: 1)


def extractions(before_the_second):
    yield quoteminer.Extraction(quoteminer.Document("a"))
    before_the_second()
    yield quoteminer.Extraction(quoteminer.Document("b"))


def test_a_request_while_an_object_is_cleared_away_ends_the_work_with_the_next_result():
    import sys

    watching = watch()

    class Slow:
        def __del__(self):
            # Raised here, it would be dropped with a word on standard error.
            watching._on_request(2, sys._getframe())

    results = watching.results(extractions(Slow))
    assert next(results).document.text == "a"
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert isinstance(watching.failure, KeyboardInterrupt)
    assert watching.taken == 1


def test_a_request_while_nothing_is_written_ends_the_work_at_once():
    watching = watch()
    results = watching.results(extractions(lambda: watching._on_request(2, None)))
    next(results)
    with pytest.raises(KeyboardInterrupt):
        next(results)


def test_a_request_while_a_result_is_written_waits_for_its_end_and_a_second_does_not():
    watching = watch()
    results = watching.results(extractions(lambda: None))
    next(results)
    watching._on_request(2, None)
    with pytest.raises(KeyboardInterrupt):
        watching._on_request(2, None)
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert watching.taken == 1

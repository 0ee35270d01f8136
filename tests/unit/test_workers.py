"""Worker processes: the same results as without them, and what becomes of a batch when one of them dies or hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import quoteminer
from quoteminer import ComponentError, ConfigurationError, Document, Miner, PluginError

PLUGINS = Path(__file__).parents[1] / "data" / "plugins"
SAID = "“It works,” said Ada."


@pytest.fixture
def fixture_plugin(monkeypatch):
    """The plugin of the tests as if it were installed, also for processes that start now."""
    monkeypatch.syspath_prepend(PLUGINS)


@pytest.mark.parametrize("workers", [-1, 1.5, True, "2"])
def test_wrong_numbers_of_workers_are_refused(workers):
    with pytest.raises(ConfigurationError, match="workers"):
        Miner().mine_many([], workers=workers)


def test_plugin_objects_do_not_go_to_other_processes():
    class Local:
        @quoteminer.hookimpl
        def quoteminer_quote_extractors(self):
            return ()

    with pytest.raises(ConfigurationError, match="cannot be sent"):
        Miner([Local()]).mine_many([SAID], workers=2)


def documents_that_fail():
    yield SAID
    yield SAID
    raise OSError("the disk is gone")


@pytest.mark.parametrize("workers", [None, 2])
def test_what_was_read_before_the_documents_fail_is_mined(workers):
    results = Miner(["rules"]).mine_many(documents_that_fail(), workers=workers)
    assert len([next(results), next(results)]) == 2
    with pytest.raises(OSError, match="disk"):
        next(results)


def test_processes_give_the_same_in_the_same_order_and_read_ahead_only_a_little(fixture_plugin):
    read = []

    def documents():
        for n in range(400):
            read.append(n)
            yield Document(f"«{n}» raise" if n == 7 else f"«{n}»" + "\ud83d" * (n == 9), id=str(n))

    fixture = Miner(["fixture"])
    expected = list(fixture.mine_many(documents()))
    assert [issue.component for issue in expected[7].issues] == ["fixture.quotes"]
    read.clear()
    results = fixture.mine_many(documents(), workers=2)
    first = next(results)
    assert len(read) <= 5 * 32
    assert [first, *results] == expected


def test_leaving_off_early_ends_the_processes():
    import multiprocessing

    results: Any = Miner(["rules"]).mine_many((SAID for _ in range(1000)), workers=2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_script_without_a_guard_is_told_so_in_one_line(tmp_path, workers):
    script = tmp_path / "script.py"
    script.write_text(f"import quoteminer\nprint(list(quoteminer.mine_many(['a', 'b'], workers={workers})))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    told = [line for line in done.stderr.splitlines() if '__name__ == "__main__"' in line]
    assert told == done.stderr.splitlines()[-1:]
    # Nothing of the workers, which run the script again.
    assert done.stderr.count("Traceback") == 1


def fine(number):
    return Document(f"«fine {number}»", id=f"d{number}")


@pytest.mark.parametrize("workers", [1, 2])
def test_three_documents_that_end_their_worker_cost_three_documents(fixture_plugin, workers):
    documents = [fine(number) for number in range(400)]
    for number, how in [(0, "die"), (150, "kill"), (399, "die")]:
        documents[number] = Document(f"«{how}»", id=f"d{number}")
    results = list(Miner(["fixture"]).mine_many(documents, workers=workers))
    assert [extraction.document for extraction in results] == documents
    assert sum(bool(extraction.quotes) for extraction in results) == 397
    issues = [issue for extraction in results for issue in extraction.issues]
    assert [(issue.component, issue.document_id, issue.severity) for issue in issues] == [
        ("fixture.quotes", name, "error") for name in ("d0", "d150", "d399")
    ]
    assert [issue.message.removeprefix("its worker process died (").removesuffix(")") for issue in issues] == [
        "exit code 3",
        "killed by SIGKILL",
        "exit code 3",
    ]


def test_what_other_components_find_in_a_document_that_ends_its_worker_stands(fixture_plugin):
    (extraction,) = Miner(["fixture", "rules"]).mine_many(["“It will die,” said Ada."], workers=1)
    assert [quote.provenance.extractor for quote in extraction.quotes] == ["rules.quotes"]
    assert [issue.component for issue in extraction.issues] == ["fixture.quotes"]


def test_a_batch_in_which_one_document_ends_the_worker_costs_that_document(fixture_plugin):
    documents = [Document("«die in a batch»" if number == 11 else f"«{number}»", id=f"d{number}") for number in range(40)]
    results = list(Miner(["batching"]).mine_many(documents, workers=2))
    assert [len(extraction.quotes) for extraction in results] == [number != 11 for number in range(40)]
    assert [issue.document_id for extraction in results for issue in extraction.issues] == ["d11"]


def test_a_component_that_holds_the_interpreter_ends_at_the_time_limit(fixture_plugin):
    documents = [fine(0), Document("«hold»", id="held"), fine(2)]
    started = time.monotonic()
    results = list(Miner(["fixture"], time_limit=0.5).mine_many(documents, workers=1))
    assert time.monotonic() - started < 60
    assert [len(extraction.quotes) for extraction in results] == [1, 0, 1]
    (issue,) = results[1].issues
    assert (issue.component, issue.document_id) == ("fixture.quotes", "held")
    assert "over its time limit of 0.5 s" in issue.message


def test_a_component_that_hangs_does_not_slow_down_what_follows(fixture_plugin):
    documents = [Document("«hang»", id="h"), *(fine(number) for number in range(5))]
    results = list(Miner(["fixture"], time_limit=0.3).mine_many(documents, workers=1))
    assert [len(extraction.quotes) for extraction in results] == [0, 1, 1, 1, 1, 1]
    assert "over its time limit of 0.3 s" in results[0].issues[0].message


def test_a_slow_taker_of_results_is_no_slow_component(fixture_plugin):
    # Results of some hundred kilobytes, so that the worker has to wait until they are taken.
    text = "«x» " * 5_000
    results = []
    for extraction in Miner(["fixture"], time_limit=1.0).mine_many([text] * 3, workers=1):
        time.sleep(1.8)
        results.append(extraction)
    assert [extraction.issues for extraction in results] == [()] * 3


def test_an_error_in_a_worker_is_raised_where_it_belongs(fixture_plugin):
    documents = [fine(0), fine(1), Document("«raise»", id="bad"), fine(3)]
    results = Miner(["fixture"], on_error="raise").mine_many(documents, workers=2)
    assert [next(results).document.id, next(results).document.id] == ["d0", "d1"]
    with pytest.raises(ComponentError, match=r"fixture\.quotes failed on bad") as caught:
        next(results)
    assert (caught.value.component, caught.value.document_id) == ("fixture.quotes", "bad")


def test_warnings_come_from_the_parent(fixture_plugin):
    with pytest.warns(RuntimeWarning, match=r"fixture\.quotes, bad: ValueError: asked to raise"):
        list(Miner(["fixture"], on_error="warn").mine_many([Document("«raise»", id="bad")], workers=1))


def test_a_plugin_that_cannot_be_loaded_is_raised_once(fixture_plugin):
    with pytest.raises(PluginError, match="unimportable"):
        list(Miner(["unimportable"], on_error="raise").mine_many(["a", "b"], workers=2))


ORPHANS = """
import os, sys, time
import quoteminer

if __name__ == "__main__":
    documents = [quoteminer.Document("«fine»")] * 3 + [quoteminer.Document("«hold»")] * 2
    for extraction in quoteminer.Miner(["fixture"]).mine_many(documents, workers=2):
        import multiprocessing
        print(*[process.pid for process in multiprocessing.active_children()], flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for the state of processes")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_end_with_their_parent_however_that_ends(tmp_path, how):
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(PLUGINS)}
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    with parent.stdout:
        workers = [int(pid) for pid in [parent.stdout.readline() for _ in range(3)][-1].split()]
        time.sleep(1)  # until the two that hold the interpreter do so
        parent.send_signal(how)
        parent.wait(timeout=30)
    assert workers
    limit = time.monotonic() + 20
    while any(alive(pid) for pid in workers):
        assert time.monotonic() < limit, "a worker outlives its parent"
        time.sleep(0.05)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False

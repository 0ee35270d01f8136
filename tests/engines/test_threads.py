"""One Miner for many threads."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from quoteminer import Document, Miner
from quoteminer.arrow import mine_batches
from quoteminer.evaluation import read_annotated

THREADS = 8


def test_eight_threads_that_begin_at_once_get_the_same_results(seeds):
    """The first documents come while the plugins load, and every thread meets the documents in another order."""
    found = [item.document for item in read_annotated(sorted(seeds.glob("*.gold.jsonl")), [])]
    documents = [Document(document.text, id=document.id, language=document.language) for document in found[:12]]
    expected = list(Miner(["rules"]).mine_many(documents))
    shared, together = Miner(["rules"]), threading.Barrier(THREADS)

    def mined(first: int):
        together.wait()
        order = [(first + number) % len(documents) for number in range(len(documents))]
        return {number: shared.mine(documents[number]) for number in order}

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(mined, range(THREADS)))
    assert all([one[number] for number in range(len(documents))] == expected for one in results)


def test_threads_may_each_read_a_table_with_one_miner():
    table = pa.table({"text": ["“We closed 12 schools,” Mayor Rosa Ilves told the board.", "He said that it was late."] * 8})
    miner = Miner(["rules"])
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: mine_batches(table, miner=miner).read_all(), range(THREADS)))
    assert all(one.equals(found[0]) for one in found)
    assert found[0].num_rows == table.num_rows

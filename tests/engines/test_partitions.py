"""Folders of Parquet: what is done stays done, what is not is done anew, and nothing of others is touched."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from pyarrow import dataset, parquet

from quoteminer import ConfigurationError, Document, Miner
from quoteminer.arrow import Partition, mine_parquet, schema
from quoteminer.tabular import COLUMNS, rows

from .poison import FAILING, STOPPING, STORY, Poison

MINER = Miner(["rules"])
LATE = "He said that it was late."
LAKE: dict[str, list[str | None]] = {
    "date=2026-01-01/a.parquet": [STORY, LATE],
    "date=2026-01-01/b.parquet": [],
    "date=2026-01-02/a.parquet": [None, STORY],
}


@pytest.fixture
def lake(tmp_path):
    folder = tmp_path / "lake"
    for name, texts in LAKE.items():
        write(folder / name, texts)
    return folder


def write(path, texts, first=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = range(first, first + len(texts))
    parquet.write_table(pa.table({"id": pa.array(numbers, pa.int64()), "text": pa.array(texts, pa.string())}), path)


def states(partitions):
    return [(one.source, one.documents, one.skipped, one.problem) for one in partitions]


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_each_partition_has_its_place_in_the_folder_of_each_kind(lake, tmp_path):
    done = mine_parquet(lake, tmp_path / "out", id="id", miner=MINER)
    assert [(one.source, one.documents, one.rows["quotes"], one.errors) for one in done] == [
        ("date=2026-01-01/a.parquet", 2, 2, 0),
        ("date=2026-01-01/b.parquet", 0, 0, 0),
        ("date=2026-01-02/a.parquet", 2, 1, 0),
    ]
    assert files(tmp_path / "out") == sorted(
        [f"_manifests/{name}.json" for name in LAKE] + [f"{kind}/{name}" for kind in COLUMNS for name in LAKE]
    )
    for kind in COLUMNS:
        for name, texts in LAKE.items():
            found = parquet.read_table(tmp_path / "out" / kind / name, partitioning=None)
            assert found.schema.equals(schema(kind), check_metadata=True)
            if None not in texts:
                given = [Document(text, id=number) for number, text in enumerate(texts)]
                assert found.to_pylist() == list(rows(MINER.mine_many(given), kind))
    whole = dataset.dataset(tmp_path / "out" / "issues", partitioning="hive").to_table().to_pylist()
    assert [(row["date"], row["document"], row["message"]) for row in whole] == [("2026-01-02", "0", "row 1 has no text")]


def test_errors_of_components_are_counted(tmp_path):
    write(tmp_path / "lake/a.parquet", [STORY, STORY + FAILING])
    told: list[Partition] = []
    done = mine_parquet(tmp_path / "lake", tmp_path / "out", miner=Miner(["rules", Poison()]), on_partition=told.append)
    assert done == told
    assert [(one.errors, one.rows["quotes"], one.rows["issues"], one.problem) for one in done] == [(1, 2, 1, None)]


def test_what_is_done_is_not_done_again(lake, tmp_path):
    first = mine_parquet(lake, tmp_path / "out", miner=MINER)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    second = mine_parquet(lake, tmp_path / "out", miner=MINER)
    assert states(second) == [(one.source, one.documents, True, None) for one in first]
    assert [one.rows for one in second] == [one.rows for one in first]
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_a_partition_that_changed_or_is_new_is_done(lake, tmp_path):
    mine_parquet(lake, tmp_path / "out", miner=MINER)
    write(lake / "date=2026-01-01/b.parquet", [STORY])
    write(lake / "date=2026-01-03/a.parquet", [STORY])
    done = mine_parquet(lake, tmp_path / "out", miner=MINER)
    assert [one.skipped for one in done] == [True, False, True, False]
    assert parquet.read_table(tmp_path / "out/quotes/date=2026-01-01/b.parquet", partitioning=None).num_rows == 1


@pytest.mark.parametrize("options", [{"scope": "all"}, {"id": "id"}, {"of": ["quotes"]}, {"miner": Miner(["rules", Poison()])}])
def test_with_other_options_all_is_done_anew(lake, tmp_path, options):
    mine_parquet(lake, tmp_path / "out", miner=MINER)
    assert not any(one.skipped for one in mine_parquet(lake, tmp_path / "out", **{"miner": MINER, **options}))


def test_a_run_that_is_stopped_leaves_whole_partitions_only(lake, tmp_path):
    write(lake / "date=2026-01-02/a.parquet", [STORY, STORY + STOPPING])
    miner = Miner(["rules", Poison()])
    with pytest.raises(KeyboardInterrupt):
        mine_parquet(lake, tmp_path / "out", miner=miner, of=["quotes"])
    done = [name for name in LAKE if name.startswith("date=2026-01-01")]
    assert files(tmp_path / "out") == sorted([f"_manifests/{name}.json" for name in done] + [f"quotes/{name}" for name in done])
    write(lake / "date=2026-01-02/a.parquet", [STORY, STORY])
    again = mine_parquet(lake, tmp_path / "out", miner=miner, of=["quotes"])
    assert [(one.skipped, one.rows["quotes"]) for one in again] == [(True, 2), (True, 0), (False, 2)]


def test_a_partition_without_its_manifest_is_not_done(lake, tmp_path):
    """The manifest is written last: where it is missing, nobody knows whether the files are those of one run."""
    mine_parquet(lake, tmp_path / "out", miner=MINER)
    (tmp_path / "out/_manifests/date=2026-01-01/a.parquet.json").write_text("{", encoding="utf-8")
    assert [one.skipped for one in mine_parquet(lake, tmp_path / "out", miner=MINER)] == [False, True, True]


def test_the_manifest_says_what_made_the_partition(lake, tmp_path):
    mine_parquet(lake, tmp_path / "out", miner=MINER)
    told = json.loads((tmp_path / "out/_manifests/date=2026-01-02/a.parquet.json").read_text(encoding="utf-8"))
    assert (told["source"], told["documents"], told["errors"]) == ("date=2026-01-02/a.parquet", 2, 0)
    assert told["made_by"] == MINER.manifest()


def test_a_partition_that_cannot_be_read_costs_only_itself(lake, tmp_path):
    (lake / "date=2026-01-01/b.parquet").write_bytes(b"PAR1 is not all there is to it")
    parquet.write_table(pa.table({"body": [STORY]}), lake / "date=2026-01-03.parquet")
    whole = (lake / "date=2026-01-01/a.parquet").read_bytes()
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    (lake / "date=2026-01-04.parquet").write_bytes(whole[:4] + bytes(footer - 4) + whole[footer:])
    done = mine_parquet(lake, tmp_path / "out", miner=MINER)
    assert [one.problem is None for one in done] == [True, False, True, False, False]
    assert "is no Parquet that can be read" in str(done[1].problem)
    assert "there is no column 'text'; the columns are 'body'" in str(done[3].problem)
    assert not [name for name in files(tmp_path / "out") if "2026-01-03" in name or "2026-01-04" in name or "/b." in name]
    write(lake / "date=2026-01-01/b.parquet", [STORY])
    assert [one.skipped for one in mine_parquet(lake, tmp_path / "out", miner=MINER)] == [True, False, True, False, False]


def test_files_of_others_are_not_overwritten(lake, tmp_path):
    theirs = tmp_path / "out/quotes/date=2026-01-01/a.parquet"
    write(theirs, [STORY])
    before = theirs.read_bytes()
    done = mine_parquet(lake, tmp_path / "out", miner=MINER)
    assert [one.problem is None for one in done] == [False, True, True]
    assert "was not written by quoteminer and is not overwritten" in str(done[0].problem)
    assert theirs.read_bytes() == before


def test_our_own_results_are_not_mined(lake, tmp_path):
    mine_parquet(lake, tmp_path / "out", miner=MINER)
    for one in mine_parquet(tmp_path / "out/quotes", tmp_path / "again", miner=MINER):
        assert "is a table that quoteminer wrote" in str(one.problem)


def test_results_do_not_go_where_texts_are_read(lake):
    for target in (lake, lake / "out"):
        with pytest.raises(ConfigurationError, match="results would be read as texts"):
            mine_parquet(lake, target)


def test_a_single_file_is_a_partition(lake, tmp_path):
    (done,) = mine_parquet(lake / "date=2026-01-01/a.parquet", tmp_path / "out", of=["quotes"], miner=MINER)
    assert done == Partition("a.parquet", 2, {"quotes": 2})
    assert files(tmp_path / "out") == ["_manifests/a.parquet.json", "quotes/a.parquet"]


def test_what_writers_leave_beside_their_tables_is_passed_over(lake, tmp_path):
    for name in ("_SUCCESS", "._a.parquet", "_temporary/0/a.parquet", "notes.txt"):
        (lake / name).parent.mkdir(parents=True, exist_ok=True)
        (lake / name).write_text("", encoding="utf-8")
    assert [one.source for one in mine_parquet(lake, tmp_path / "out", miner=MINER)] == list(LAKE)


def test_where_there_is_nothing_it_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no"):
        mine_parquet(tmp_path / "no", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="holds none"):
        mine_parquet(tmp_path / "empty", tmp_path / "out")
    for of, message in (("quotes", r"name kinds as \['quotes'\]"), (["words"], "'words' is not one of")):
        with pytest.raises(ConfigurationError, match=message):
            mine_parquet(tmp_path, tmp_path / "out", of=of)


@pytest.mark.slow
def test_worker_processes_give_the_same(lake, tmp_path):
    for workers in (None, 2):
        mine_parquet(lake, tmp_path / str(workers), miner=MINER, workers=workers)
    assert files(tmp_path / "None") == files(tmp_path / "2")
    for name in files(tmp_path / "2"):
        if name.endswith(".parquet"):
            one, other = (parquet.read_table(tmp_path / folder / name, partitioning=None) for folder in ("None", "2"))
            assert one.equals(other)


def test_a_folder_that_cannot_be_made_is_a_problem_of_its_partitions(lake, tmp_path):
    (tmp_path / "out/quotes").mkdir(parents=True)
    (tmp_path / "out/quotes/date=2026-01-01").write_text("a file", encoding="utf-8")
    done = mine_parquet(lake, tmp_path / "out", of=["quotes"], miner=MINER)
    assert [one.problem is None for one in done] == [False, False, True]

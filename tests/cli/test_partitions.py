"""``quoteminer mine-parquet``: what a scheduler sees of it."""

from __future__ import annotations

import json

import pytest

pa = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402

from .conftest import Run  # noqa: E402

STORY = "“We closed 12 schools in 2019,” Mayor Rosa Ilves told the board."


@pytest.fixture
def lake(tmp_path):
    for day in (1, 2):
        path = tmp_path / f"lake/date=2026-01-0{day}/a.parquet"
        path.parent.mkdir(parents=True)
        table = pa.table(
            {"url": [f"https://example.org/{day}"], "body": [STORY], "headline": ["Schools"], "date": [f"2026-01-0{day}"]}
        )
        parquet.write_table(table, path)
    return tmp_path / "lake"


COLUMNS = ["--text-column", "body", "--id-column", "url", "--title-column", "headline", "--metadata-column", "date"]


def test_a_line_is_printed_for_each_partition_and_what_is_done_stays_done(run: Run, lake, tmp_path):
    arguments = ["mine-parquet", lake, tmp_path / "out", *COLUMNS, "--of", "quotes", "--of", "claims", "--plugin", "rules"]
    first = run(*arguments)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        f"date=2026-01-0{day}/a.parquet: done, 1 documents: 1 quotes, 1 claims" for day in (1, 2)
    ]
    (row,) = parquet.read_table(tmp_path / "out/quotes/date=2026-01-01/a.parquet", partitioning=None).to_pylist()
    assert (row["document"], row["document_title"], row["document_date"]) == ("https://example.org/1", "Schools", "2026-01-01")
    assert (row["document_language"], row["text"]) == ("en", "We closed 12 schools in 2019,")
    again = run(*arguments)
    assert (again.exit_code, again.stdout) == (0, first.stdout.replace(": done", ": was done"))
    told = json.loads((tmp_path / "out/_manifests/date=2026-01-01/a.parquet.json").read_text(encoding="utf-8"))
    assert told["rows"] == {"quotes": 1, "claims": 1}


def test_a_partition_that_fails_is_named_and_ends_with_its_code(run: Run, lake, tmp_path):
    (lake / "date=2026-01-01/b.parquet").write_bytes(b"nothing of the kind")
    result = run("mine-parquet", lake, tmp_path / "out", *COLUMNS)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: date=2026-01-01/b.parquet: ")
    assert "is no Parquet that can be read" in result.stderr
    assert [line.split(",")[0].rpartition(": ")[2] for line in result.stdout.splitlines()] == ["done", "failed", "done"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lake", "lake/out"], "results would be read as texts"),
        (["empty", "out"], "is no Parquet file and holds none"),
        (["no", "out"], "does not exist"),
        (["lake", "out", "--of", "words"], "'words' is not one of"),
        (["lake", "out", "--plugin", "none-of-this-name"], "no plugin named 'none-of-this-name' is installed"),
    ],
)
def test_a_wrong_call_ends_with_its_code(run: Run, lake, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    result = run("mine-parquet", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()

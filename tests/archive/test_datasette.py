"""The metadata file for Datasette speaks of what is there."""

from __future__ import annotations

import json

from quoteminer import Document
from quoteminer.archive import Archive


def test_tables_columns_and_queries_are_there(root, miner):
    described = json.loads((root / "docs/examples/datasette.json").read_text(encoding="utf-8"))["databases"]["news"]
    with Archive(":memory:") as archive:
        archive.collect([Document("“The defences held,” said Ana Ruiz.", id="a")], miner=miner)
        ask = archive._connection.execute
        for table, told in described["tables"].items():
            columns = {row["name"] for row in ask(f"PRAGMA table_info({table})")}
            assert columns, table
            named = {*told.get("facets", ()), *(told[key] for key in ("sort_desc", "label_column", "fts_pk") if key in told)}
            assert named <= columns, table
            if "fts_table" in told:
                assert ask(f"SELECT count(*) FROM {told['fts_table']}").fetchone()[0] == 1
        for query in described["queries"].values():
            ask(query["sql"], {"words": "defences"} if ":words" in query["sql"] else {}).fetchall()
        assert len(ask(described["queries"]["search"]["sql"], {"words": "defences"}).fetchall()) == 1

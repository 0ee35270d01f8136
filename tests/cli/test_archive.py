"""From a folder to answers on the command line."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from quoteminer.archive import Archive

STORIES = {
    "gazette.jsonl": [
        {"id": "g1", "text": "“The flood defences in the lower town held,” Mayor Ana Ruiz said. She added that 40 houses were saved.", "date": "2026-01-12", "source": "Gazette"},
        {"id": "g2", "text": "“Nobody was hurt,” said Bob Moor, a fireman.", "date": "2026-01-13", "source": "Gazette"},
    ],
    "courier.jsonl": [
        {"id": "c1", "text": "The mayor, Ana Ruiz, said that the flood defences in the lower town held.", "date": "2025-12-31", "source": "Courier"},
    ],
}  # fmt: skip


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name, stories in STORIES.items():
        (folder / name).write_text("".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories), encoding="utf-8")
    return folder


@pytest.fixture
def filled(run, news, tmp_path):
    path = tmp_path / "news.db"
    result = run("collect", news, path)
    assert result.exit_code == 0, result.stderr
    return path


def test_three_commands_from_a_folder_to_answers(run, news, tmp_path):
    path = tmp_path / "news.db"
    result = run("collect", news, path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == f"{path}: 3 documents (3 new)"
    result = run("search", path, "flood defences", "--speaker", "Ana Ruiz", "--since", "2026-01-01")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["date", "where", "quote", "speaker", "text"]
    assert lines[1].split() == "2026-01-12 Gazette q1 Ana Ruiz The flood defences in the lower town held,".split()
    assert len(lines) == 2
    result = run("voices", path, "--format", "jsonl")
    voices = {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert voices["Ana Ruiz"]["quotes"] == 3
    assert voices["Bob Moor"]["documents"] == 1


def test_again_changed_and_pruned(run, news, filled):
    assert run("collect", news, filled).stdout == f"{filled}: 3 documents (3 unchanged)\n"
    (news / "courier.jsonl").write_text('{"id": "c1", "text": "“No,” said Ana Ruiz.", "date": "2025-12-31"}\n', encoding="utf-8")
    assert run("collect", news, filled).stdout.startswith(f"{filled}: 3 documents (1 changed, 2 unchanged)\n")
    (news / "courier.jsonl").unlink()
    assert run("collect", news, filled).stdout == f"{filled}: 3 documents (2 unchanged)\n"
    assert run("collect", news, filled, "--prune").stdout == f"{filled}: 2 documents (2 unchanged, 1 removed)\n"


def test_nothing_is_pruned_when_something_could_not_be_read(run, news, filled):
    (news / "courier.jsonl").write_text("no JSON\n", encoding="utf-8")
    result = run("collect", news, filled, "--prune")
    assert result.exit_code == 1
    assert "nothing was pruned, because not everything could be read and mined" in result.stderr
    with Archive(filled) as archive:
        assert len(archive) == 3


def test_an_archive_in_the_folder_that_is_read_is_passed_over(run, news):
    for count in (3, 0):
        result = run("collect", news, news / "news.db")
        assert (result.exit_code, result.stderr) == (0, "")
        assert ("3 new" in result.stdout) == (count == 3)


def test_refresh(run, news, filled):
    assert run("collect", "--refresh", filled).stdout == f"{filled}: 3 documents (nothing to do)\n"
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE manifests SET mark = 'older'")
    connection.close()
    result = run("collect", news, filled)
    assert "mined by another version or with other options: 3; --refresh mines them again" in result.stdout
    assert run("collect", "--refresh", filled).stdout.startswith(f"{filled}: 3 documents (3 mined again)\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes differently on Windows")
def test_a_run_that_is_asked_to_end_keeps_what_it_has(command, environment, tmp_path):
    source, path = tmp_path / "in.jsonl", tmp_path / "news.db"
    text = "“The flood defences held,” Ana Ruiz said. " * 40
    source.write_text("".join(json.dumps({"text": f"{text} {number}"}) + "\n" for number in range(3_000)), encoding="utf-8")
    process = subprocess.Popen([*command, "collect", str(source), str(path)], env=environment, stderr=subprocess.PIPE)
    while process.poll() is None:
        time.sleep(0.1)
        if path.exists():
            with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.Error):
                if connection.execute("SELECT count(*) FROM documents").fetchone()[0]:
                    break
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, b"interrupted\n")
    with Archive(path) as archive:
        assert 0 < len(archive) < 3_000
        assert archive._one("PRAGMA integrity_check") == "ok"


def test_standard_input_and_no_dates(run, tmp_path):
    result = run("collect", "-", tmp_path / "a.db", input="“It works,” said Ada Lovelace.")
    assert result.exit_code == 0
    assert "without a date: 1; --since and --until do not find them" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["search", "none.db", "x"], 1, "none.db: there is no such archive"),
        (
            ["collect", "news", "other.txt"],
            2,
            "other.txt: there is no such archive, and one is not made under the suffix of a text",
        ),
        (["collect", "news/gazette.jsonl", "news/courier.jsonl"], 1, "is no archive"),
        (["collect", "--refresh", "--prune", "news.db"], 2, "--prune needs a PATH"),
        (["search", "news.db", "…"], 2, "there is no word in"),
        (["search", "news.db", "--since", "yesterday"], 2, "since: 'yesterday' is no date"),
        (["voices", "news.db", "--by", '"'], 2, "by: '\"'"),
        (["voices", "news.db", "--measured", "news/gazette.jsonl"], 1, "is no report of evaluate"),
        (["forget", "news.db"], 2, "forget needs either --person or --document"),
        (["forget", "news.db", "--person", "nobody", "--yes"], 1, "there is no person 'nobody'"),
        (["decide", "news.db", "--reject", "g1", "q99"], 1, "q99"),
        (["decide", "news.db", "--undo", "7"], 1, "there is no decision 7"),
        (["decide", "news.db", "--undo", "p7"], 1, "there is no decision 7 about people"),
        (["decide", "news.db", "--undo", "x"], 2, "'x' is no number of a decision"),
    ],
)
def test_wrong_calls(run, filled, tmp_path, monkeypatch, arguments, code, named):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert named in result.stderr
    assert not (tmp_path / "none.db").exists()
    assert not (tmp_path / "other.txt").exists()


def test_people_and_why(run, filled):
    result = run("people", filled, "ruiz")
    assert result.stdout.splitlines()[1].split()[:2] == ["ana-ruiz", "mayor"]
    result = run("people", filled, "--why", "ana-ruiz", "--format", "jsonl")
    assert [(row["document"], row["certainty"]) for row in map(json.loads, result.stdout.splitlines())] == [
        ("c1", 1.0),
        ("g1", 0.99),
    ]
    run("decide", filled, "--apart", "ana-ruiz", "c1", "--note", "another one")
    assert run("people", filled, "ruiz").stdout.count("ana-ruiz") == 2
    listed = run("decide", filled).stdout
    assert "p1" in listed
    assert "another one" in listed
    run("decide", filled, "--undo", "p1")
    assert run("people", filled, "ruiz").stdout.count("ana-ruiz") == 1


def test_utterances(run, filled):
    (row,) = [json.loads(line) for line in run("utterances", filled, "--format", "jsonl").stdout.splitlines()]
    assert (row["documents"], row["outlets"], row["first"], row["first_source"]) == (2, 2, "2025-12-31", "Courier")
    table = run("utterances", filled, "--tellings", row["id"]).stdout
    assert [line.split()[0] for line in table.splitlines()] == ["date", "2025-12-31", "2026-01-12"]


def test_deciding(run, filled):
    assert (
        run("decide", filled, "--reject", "g2", "q1", "--accept", "g1", "q1", "--speaker", "g1", "q2", "Kate Ilves").exit_code
        == 0
    )
    assert run("search", filled, "hurt").stdout == "nothing found\n"
    assert "Kate Ilves" in run("search", filled, "houses").stdout
    assert [line.split()[1] for line in run("decide", filled).stdout.splitlines()[1:]] == ["accepted", "rejected", "edited"]
    run("decide", filled, "--undo", "2")
    assert "nothing found" not in run("search", filled, "hurt").stdout


def test_a_round_trip_through_an_annotation_tool(run, filled, tmp_path):
    tasks = tmp_path / "tasks.json"
    assert run("convert", filled, "--format", "label-studio", "-o", tasks).exit_code == 0
    data = json.loads(tasks.read_text(encoding="utf-8"))
    for task in data:
        if task["data"]["id"] == "g2":
            task["predictions"][0]["result"] = []
    tasks.write_text(json.dumps(data), encoding="utf-8")
    result = run("decide", filled, "--annotations", tasks, "--from", "label-studio")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("3 documents: ")
    assert " rejected" in result.stdout
    assert run("search", filled, "hurt").stdout == "nothing found\n"


def test_forgetting(run, filled):
    asked = run("forget", filled, "--document", "g2", input="n\n")
    assert asked.exit_code != 0
    assert "This cannot be undone" in asked.stderr
    result = run("forget", filled, "--document", "g2", "--yes")
    assert result.stdout == "forgotten: 1 quotation in 1 document\n"
    assert run("search", filled, "hurt").stdout == "nothing found\n"


def test_an_archive_is_converted_and_viewed(run, filled, tmp_path):
    assert run("convert", filled, "-o", tmp_path / "quotes.parquet").exit_code == 0
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"SELECT count(*) FROM '{tmp_path / 'quotes.parquet'}' WHERE speaker_name = 'Ana Ruiz'").fetchall()
    assert found == [(3,)]
    assert run("view", filled, "-o", tmp_path / "page.html").exit_code == 0
    assert "lower town" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("suffix", "lines"), [(".csv", 4), (".jsonl", 3), (".tsv", 4)])
def test_answers_as_data(run, filled, tmp_path, suffix, lines):
    path = tmp_path / f"hits{suffix}"
    assert run("search", filled, "--limit", "3", "-o", path).exit_code == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == lines


def test_sampling_and_agreement(run, filled, tmp_path):
    sample = tmp_path / "sample.csv"
    assert run("sample", filled, "--size", "4", "--stratify", "kind", "-o", sample).exit_code == 0
    lines = sample.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("stratum,weight,is_quotation,is_speaker,remark")
    assert len(lines) == 5
    for coder, codes in (("a", "yyyn"), ("b", "yynn")):
        filled_in = [lines[0], *(f"{line.removesuffix(',,')}{code},y," for line, code in zip(lines[1:], codes, strict=True))]
        (tmp_path / f"{coder}.csv").write_text("\n".join(filled_in), encoding="utf-8")
    result = run("agreement", tmp_path / "a.csv", tmp_path / "b.csv", "--column", "is_quotation", "--format", "jsonl")
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (row["units"], row["observed"]) == (4, 0.75)
    assert run("agreement", tmp_path / "a.csv").exit_code == 2
    result = run("agreement", tmp_path / "a.csv", tmp_path / "b.csv", "--column", "colour")
    assert "has no column 'colour'" in result.stderr
    assert run("sample", filled, "--stratify", "colour").exit_code == 2


def test_what_others_have_checked(run, filled, tmp_path):
    reviews = tmp_path / "reviews.json"
    reviews.write_text(
        json.dumps({"claimReviewed": "The flood defences in the lower town held.", "reviewRating": {"alternateName": "true"}})
    )
    result = run("checked", filled, reviews, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["document"], row["rating"], row["reviewed_claim"]) for row in rows] == [
        ("c1", "true", "The flood defences in the lower town held."),
        ("g1", "true", "The flood defences in the lower town held."),
    ]
    reviews.write_text("{}")
    assert "holds no record of ClaimReview" in run("checked", filled, reviews).stderr

"""``quoteminer evaluate``: what it reads, what it shows, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from quoteminer import Document, Extraction, Miner

STORY = "“It works,” said Ada.\n\nThey went home."
QUOTE = {"id": "q1", "kind": "direct", "content": [[1, 10]], "cue": [[12, 16]], "source": [[17, 20]], "speaker": "Ada"}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    records = [
        {"id": "a", "corpus": "one", "lang": "en", "text": STORY, "quotes": [QUOTE]},
        {"id": "b", "corpus": "two", "lang": "en", "text": "Bob slept.", "quotes": []},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def mined(path, *documents):
    path.write_text("".join(Miner(["rules"]).mine(item).to_json() + "\n" for item in documents), encoding="utf-8")
    return path


def row(table, title):
    """The cells of the first row with this title, which ends at two spaces or more."""
    line = next(line for line in table.splitlines() if line.startswith(title + "  "))
    return line[len(title) :].split()


def test_mines_the_texts_itself(run, gold):
    result = run("evaluate", gold, "--plugin", "rules")
    assert result.exit_code == 0
    assert all(line.startswith("info: ") for line in result.stderr.splitlines())
    assert result.stdout.startswith("rules on 2 documents\n")
    assert row(result.stdout, "exact words") == ["1.000", "1.000", "1.000", "1.000–1.000", "1", "1", "1", "0"]
    assert row(result.stdout, "speaker right, by name") == ["1.000", "1.000–1.000", "1", "1"]
    assert row(result.stdout, "one")[:2] == ["1", "1.000"]
    assert "Gender Gap Tracker" in result.stdout
    assert "\x1b" not in result.stdout


def test_plugins_are_chosen_as_for_mining(run, gold):
    result = run("evaluate", gold, "--no-plugin", "rules")
    assert result.exit_code == 1
    assert result.stderr.count("no plugin is in use") == 2, "said once, then counted"
    assert row(result.stdout, "exact words")[:3] == ["–", "0.000", "0.000"]
    assert row(result.stdout, "missed") == ["1"]


def test_reads_predictions(run, gold, tmp_path):
    path = mined(tmp_path / "found.jsonl", Document(STORY, id="a"), Document("Bob slept.", id="b"))
    result = run("evaluate", gold, "--predictions", path)
    assert result.exit_code == 0
    assert result.stdout.startswith("found.jsonl on 2 documents\n")
    assert row(result.stdout, "exact, same cue and source")[2] == "1.000"


def test_json_has_everything(run, gold, tmp_path):
    output = tmp_path / "report.json"
    result = run("evaluate", gold, "--no-plugin", "rules", "--format", "json", "-o", output)
    assert (result.exit_code, result.stdout) == (1, "")
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["schema"] == "quoteminer-evaluation/1"
    assert [(part["by"], part["name"]) for part in report["slices"]] == [
        ("all", "all documents"),
        ("corpus", "one"),
        ("corpus", "two"),
    ]
    assert report["slices"][0]["metrics"]["overlap"]["gold"] == 1
    (error,) = report["errors"]
    assert (error["causes"], error["gold"][0]["content"], error["text"]) == (["missed"], [[1, 10]], "“It works,” said Ada.")


def test_our_own_output_is_gold_too(run, seeds, tmp_path):
    path = mined(tmp_path / "own.jsonl", Document((seeds / "wire-nato.txt").read_text(encoding="utf-8"), id="nato"))
    result = run("evaluate", path, "--plugin", "rules")
    assert row(result.stdout, "exact, same cue and source")[2] == "1.000"
    assert row(result.stdout, "speaker right, by name")[0] == "1.000"


def test_two_predictions_side_by_side(run, gold, tmp_path):
    good = mined(tmp_path / "good.jsonl", Document(STORY, id="a"), Document("Bob slept.", id="b"))
    none = tmp_path / "none.jsonl"
    none.write_text("".join(Extraction(Document(t, id=i)).to_json() + "\n" for t, i in [(STORY, "a"), ("Bob slept.", "b")]))
    result = run("evaluate", gold, "--compare", none, good)
    assert result.exit_code == 0
    assert row(result.stdout, "exact words")[:3] == ["0.000", "1.000", "+1.000"]
    found = json.loads(run("evaluate", gold, "--compare", none, good, "--format", "json").stdout)
    exact = next(item for item in found["differences"] if item["metric"] == "exact")
    assert (exact["a"], exact["b"], exact["difference"]) == (0.0, 1.0, 1.0)


def test_what_is_wrong_with_gold_is_named_and_the_rest_is_counted(run, gold):
    lines = gold.read_text(encoding="utf-8")
    bad = {"id": "c", "text": STORY, "quotes": [QUOTE | {"content": [[1, 999]]}, QUOTE]}
    gold.write_text(lines + json.dumps(bad) + "\n{\n", encoding="utf-8")
    result = run("evaluate", gold, "--plugin", "rules")
    assert result.exit_code == 1
    assert "error: " in result.stderr
    assert f"{gold}:3: c: quote 'q1': content: Span(start=1, end=999) reaches outside the text" in result.stderr
    assert f"{gold}:4: not JSON" in result.stderr
    assert row(result.stdout, "exact words")[2] == "1.000"
    assert row(result.stdout, "exact words")[4] == "2"


def test_a_missing_prediction_is_named_and_counts_as_missed(run, gold, tmp_path):
    path = mined(tmp_path / "found.jsonl", Document("Bob slept.", id="b"))
    result = run("evaluate", gold, "--predictions", path)
    assert result.exit_code == 1
    assert "the prediction for 'a' is missing" in result.stderr
    assert row(result.stdout, "exact words")[1] == "0.000"


def test_predictions_under_other_ids_are_paired_by_their_texts(run, gold, tmp_path):
    """As when the gold names a file's path and the texts were mined from one file of lines."""
    path = mined(tmp_path / "found.jsonl", Document("Bob slept.", id="stories.jsonl:2"), Document(STORY, id="stories.jsonl:1"))
    result = run("evaluate", gold, "--predictions", path)
    assert result.exit_code == 0
    assert "2 predictions were paired with gold by their equal texts" in result.stderr
    assert row(result.stdout, "exact words")[2] == "1.000"


def test_very_many_messages_are_counted(run, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{\n" * 50 + json.dumps({"text": STORY, "quotes": [QUOTE]}) + "\n", encoding="utf-8")
    result = run("evaluate", path, "--plugin", "rules")
    assert result.exit_code == 1
    assert "30 more" in result.stderr
    assert len(result.stderr.splitlines()) < 25


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "Missing argument"),
        (["missing.jsonl"], 2, "does not exist"),
        (["{gold}", "--predictions", "{gold}", "--compare", "{gold}", "{gold}"], 2, "do not go together"),
        (["{gold}", "--predictions", "{gold}", "--plugin", "rules"], 2, "choose how to mine now"),
        (["{gold}", "--format", "xml"], 2, "'xml' is not one of"),
        (["{gold}", "--plugin", "nonesuch"], 2, "no plugin named 'nonesuch'"),
        (["{gold}", "-o", "{gold}"], 2, "is both input and output"),
        (["{texts}"], 1, "holds texts, but no annotations"),
        (["{empty}"], 1, "there is no annotated document to evaluate on"),
        (["{gold}", "-o", "{folder}/none/out"], 2, "No such file or directory"),
    ],
)
def test_wrong_calls(run, gold, tmp_path, arguments, code, message):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"text": STORY}) + "\n", encoding="utf-8")
    before = gold.read_bytes()
    places = {"gold": gold, "empty": empty, "texts": texts, "folder": tmp_path}
    result = run("evaluate", *(item.format(**places) for item in arguments))
    assert gold.read_bytes() == before
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


def test_odd_texts_go_through(run, tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "\\ud800", "text": "\\ud83d “It \\u001b[31mworks,” said Ada.", "quotes": [{"content": [[0, 1]]}]}\n')
    for format_ in ("table", "json"):
        result = run("evaluate", path, "--plugin", "rules", "--format", format_)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout


def test_missing_packages_are_named(gold, environment):
    """Without the extra the command says what to install."""
    script = "import sys; sys.modules['scipy'] = None; from quoteminer.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "evaluate", str(gold)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'quoteminer[evaluation]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_load_none_of_its_packages(environment):
    script = "import sys; from quoteminer.cli import main\ntry: main()\nfinally: print({'numpy', 'scipy', 'jinja2', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script, "plugins"], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_corpus_is_evaluated_by_its_name(run):
    result = run("evaluate", "seeds", "--split", "train", "--language", "de", "--by", "genre", "--plugin", "rules")
    assert result.stdout.startswith("rules on ")
    assert "F1 by genre" in result.stdout
    assert "F1 by language" not in result.stdout


def test_a_look_at_the_test_part_is_written_down_and_shows_no_errors(run, gold, tmp_path, monkeypatch):
    from quoteminer import evaluation

    found = list(evaluation.read_annotated([gold], []))
    monkeypatch.setattr(evaluation, "seeds", lambda split, language: found)
    path = tmp_path / "looks.tsv"
    for why in ("the first", "one\tmore"):
        result = run(
            "evaluate", "seeds", "--split", "test", "--note", why, "--looks", path, "--no-plugin", "rules", "--format", "json"
        )
        assert json.loads(result.stdout)["errors"] == []
    head, *lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert head[:5] == ["date", "commit", "system", "language", "documents"]
    assert [dict(zip(head, line, strict=True))["why"] for line in lines] == ["the first", "one more"]
    assert dict(zip(head, lines[0], strict=True))["overlap"] == "0.000"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["seeds"], "'seeds' stands alone, with --split"),
        (["seeds", "GOLD", "--split", "tune"], "'seeds' stands alone"),
        (["GOLD", "--split", "tune"], "--split is a part of the corpus"),
        (["seeds", "--split", "test"], "needs --note WHY"),
        (["seeds", "--split", "test", "--note", "x", "--looks", "none/looks.tsv"], "there is no folder 'none'"),
        (["seeds", "--split", "test", "--note", "x", "--compare", "GOLD", "GOLD"], "does not write down a look"),
        (["none.jsonl"], "'none.jsonl' does not exist"),
        (["."], "'.' is a directory"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_mined(run, gold, arguments, message, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = run("evaluate", *(gold if argument == "GOLD" else argument for argument in arguments))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())

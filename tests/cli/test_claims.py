"""``quoteminer claims``: ranking, filters, formats."""

from __future__ import annotations

import csv
import io
import json

import pytest

STORY = (
    "“I closed 12 schools in 2019,” Mayor Rosa Ilves told the board. “We will cut the tax by 10 percent in 2027.”\n\n"
    "Police arrested 3,000 people in the state in 2018.\n"
)


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.jsonl"
    record = {"id": "a", "text": STORY, "title": "Schools", "url": "https://example.org/a", "date": "2026-05-20"}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def rows(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_ranks_by_score_with_claimant_and_sentence(run, story):
    found = rows(run("claims", story, "--format", "jsonl"))
    assert [row["rank"] for row in found] == list(range(1, len(found) + 1))
    scores = [row["check_worthiness"] for row in found]
    assert scores == sorted(scores, reverse=True)
    by_sentence = {row["sentence"]: row for row in found}
    assert by_sentence["Rosa Ilves closed 12 schools in 2019."]["claimant"] == "Rosa Ilves"
    row = by_sentence["Police arrested 3,000 people in the state in 2018."]
    assert (row["claimant"], STORY[row["start"] : row["end"]] + ".") == (None, row["sentence"])


def test_top_and_least_score(run, story):
    everything = rows(run("claims", story, "--format", "jsonl"))
    assert rows(run("claims", story, "--format", "jsonl", "--top", "1")) == everything[:1]
    least = everything[0]["check_worthiness"]
    assert rows(run("claims", story, "--format", "jsonl", "--min-score", least)) == everything[:1]
    assert run("claims", story, "--min-score", "2").exit_code == 2


def test_by_claimant(run, story):
    found = rows(run("claims", story, "--by", "claimant", "--top", "1", "--format", "jsonl"))
    assert [row["claimant"] for row in found] == ["Rosa Ilves", None]
    shown = run("claims", story, "--by", "claimant").stdout
    assert shown.index("Rosa Ilves\n") < shown.index("the documents' own voice\n")


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_the_suffix_of_the_output_chooses_the_format(run, story, tmp_path, suffix):
    output = tmp_path / f"claims.{suffix}"
    assert run("claims", story, "-o", output).exit_code == 0
    text = output.read_bytes().decode()
    assert text == run("claims", story, "--format", suffix).stdout
    table = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if suffix == "tsv" else ","))
    assert [row["rank"] for row in table] == [str(number) for number in range(1, len(table) + 1)]
    assert "Rosa Ilves closed 12 schools in 2019." in [row["sentence"] for row in table]


def test_csv_is_read_back(run, story):
    result = run("claims", story, "--format", "csv")
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    found = rows(run("claims", story, "--format", "jsonl"))
    assert [row["sentence"] for row in table] == [row["sentence"] for row in found]


def test_claim_review_drafts_have_claim_author_and_appearance(run, story):
    draft = rows(run("claims", story, "--format", "claim-review", "--by", "claimant"))[0]
    assert (draft["@context"], draft["@type"]) == ("https://schema.org", "ClaimReview")
    reviewed = draft["itemReviewed"]
    assert reviewed["author"] == {"@type": "Person", "name": "Rosa Ilves", "jobTitle": "Mayor"}
    assert reviewed["appearance"] == {
        "@type": "CreativeWork", "name": "Schools", "inLanguage": "en", "url": "https://example.org/a", "datePublished": "2026-05-20",
    }  # fmt: skip
    assert "reviewRating" not in draft


def test_table_and_output_file(run, story, tmp_path):
    shown = run("claims", story)
    assert "event" in shown.stdout
    written = run("claims", story, "--output", tmp_path / "out")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == shown.stdout


def test_text_without_a_claim(run, tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("Why?", encoding="utf-8")
    result = run("claims", path)
    assert (result.exit_code, result.stdout) == (0, "no claims found\n")


def test_missing_path_is_a_wrong_call(run, tmp_path):
    assert run("claims", tmp_path / "gone.txt").exit_code == 2

"""``quoteminer verify``: formats, exit codes, sources."""

from __future__ import annotations

import json

import pytest

ARTICLE = "“We will sail at noon today,” Ada Brock said. “We will never come back,” she added.\n"
SOURCE = "Ada Brock: We will sail at noon today. We will come back.\n\nBo Kessel: Good.\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "debate.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "more" / "other.txt").write_text("Nothing is said here.\n", encoding="utf-8")
    return tmp_path


def test_json_lines_have_an_object_a_quotation(run, files):
    result = run("verify", files / "article.txt", "--against", files / "debate.txt", files / "more", "--format", "json")
    assert result.exit_code == 3
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["verdict"] for row in rows] == ["verbatim", "altered"]
    assert [change["kind"] for change in rows[1]["changes"]] == ["negation"]
    assert rows[0]["matches"][0]["source"] == str(files / "debate.txt")


def test_the_table_tells_verdicts_differences_and_places(run, files):
    result = run("verify", files / "article.txt", "--against", files / "debate.txt")
    assert result.exit_code == 3
    assert "negation: “never” is not in the source" in result.stdout
    assert "1 altered, 1 verbatim" in result.stdout


def test_the_exit_code_is_good_where_nothing_speaks_against_it(run, files):
    (files / "article.txt").write_text(ARTICLE.partition(".")[0] + ".\n", encoding="utf-8")
    assert run("verify", files / "article.txt", "--against", files / "debate.txt").exit_code == 0
    (files / "article.txt").write_text("Nobody speaks.\n", encoding="utf-8")
    result = run("verify", files / "article.txt", "--against", files / "debate.txt")
    assert (result.exit_code, "no quotations found" in result.stdout) == (0, True)


def test_a_page_and_an_index_are_files(run, files):
    index = files / "words"
    for _ in range(2):
        result = run(
            "verify", files / "article.txt", "--against", files / "debate.txt", "-o", files / "page.html", "--index", index
        )
        assert result.exit_code == 3
    assert '<mark class="negation"' in (files / "page.html").read_text(encoding="utf-8")
    index.write_bytes(b"something else")
    result = run("verify", files / "article.txt", "--against", files / "debate.txt", "--index", index)
    assert (result.exit_code, "is no index" in result.stderr) == (1, True)
    assert index.read_bytes() == b"something else"
    result = run("verify", files / "article.txt", "--against", files / "debate.txt", "--index", files / "debate.txt")
    assert (result.exit_code, "would destroy it" in result.stderr) == (2, True)
    result = run("verify", files / "article.txt", "--against", files / "debate.txt", "--index", files / "no" / "words")
    assert (result.exit_code, "cannot use the index" in result.stderr) == (1, True)


def test_standard_input_can_be_the_article(run, files):
    result = run("verify", "-", "--against", files / "debate.txt", "--format", "json", input=ARTICLE)
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments", [["article.txt"], ["article.txt", "--against"], ["article.txt", "--against", "missing.txt"]]
)
def test_wrong_calls(run, files, arguments):
    paths = [files / one if one.endswith(".txt") else one for one in arguments]
    assert run("verify", *paths).exit_code == 2


def test_sources_that_cannot_be_compared_are_said(run, files):
    (files / "debate.txt").write_text("", encoding="utf-8")
    result = run("verify", files / "article.txt", "--against", files / "debate.txt")
    assert "is empty" in result.stderr

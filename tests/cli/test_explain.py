"""``quoteminer explain``: reads and selects as mine does, and prints what the extractors say of themselves."""

from __future__ import annotations

import json

import pytest

STORY = "“It works,” said Ada Lovelace.\n"

TALKER = """
    import quoteminer

    class Talker:
        name = "{name}.quotes"
        languages = ("en",)

        def extract(self, document):
            return [quoteminer.Quote([(1, 3)], "direct")] if document.text else []

        def explain(self, document, *, scope="speech"):
            return {said}

    @quoteminer.hookimpl
    def quoteminer_quote_extractors():
        return [Talker()]
"""


@pytest.fixture
def talker(install):
    install("talker", TALKER.format(name="talker", said='f"{scope}: {document.text.strip()}"'))
    return ("--plugin", "talker")


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_it_prints_what_the_extractor_says(run, talker, story):
    result = run("explain", story, *talker)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"speech: {STORY}"
    assert run("explain", "-", *talker, input=STORY).stdout == result.stdout
    assert run("explain", story, "--scope", "all", *talker).stdout == f"all: {STORY}"


def test_several_documents_stand_under_their_ids(run, talker, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "one", "text": "a"}) + "\n" + json.dumps({"id": "two", "text": "b"}))
    result = run("explain", tmp_path / "a.jsonl", *talker)
    assert result.stdout == "one\n===\nspeech: a\n\ntwo\n===\nspeech: b\n\n"


def test_several_extractors_are_named(run, install, talker, story):
    install("other", TALKER.format(name="other", said='"Me too."'))
    result = run("explain", story, *talker, "--plugin", "other")
    assert result.stdout == f"other.quotes:\nMe too.\n\ntalker.quotes:\nspeech: {STORY}"


def test_without_an_extractor_that_explains_it_says_so(run, install, story):
    install(
        "mute", TALKER.format(name="mute", said="").replace("def explain", "def explained").replace("return \n", "return 1\n")
    )
    result = run("explain", story, "--plugin", "mute")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no quote extractor of the plugins in use (mute) explains what it finds" in result.stderr


def test_bad_input_is_said_as_mine_says_it(run, talker, tmp_path):
    (tmp_path / "bin.txt").write_bytes(b"\x7fELF\x00")
    (tmp_path / "page.html").write_text("<p>x")
    (tmp_path / "lines.jsonl").write_text("{\n")
    (tmp_path / "de.jsonl").write_text('{"text": "Hallo.", "language": "de"}\n')
    (tmp_path / "empty.txt").write_text("")
    for name in ("bin.txt", "page.html", "lines.jsonl", "de.jsonl", ""):
        explained, mined = (run(command, tmp_path / name, *talker) for command in ("explain", "mine"))
        assert (explained.exit_code, explained.stderr) == (1, mined.stderr), name
    assert run("explain", tmp_path / "empty.txt", *talker).stdout == "speech: \n"


@pytest.mark.parametrize(
    ("said", "message"), [("1 / 0", "ZeroDivisionError"), ("7", "explain gave 7, which is no str"), ("exit()", "SystemExit")]
)
def test_an_extractor_that_cannot_explain_is_named(run, install, story, said, message):
    install("broken", TALKER.format(name="broken", said=said))
    result = run("explain", story, "--plugin", "broken")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: {story}: broken.quotes: cannot explain: " in result.stderr
    assert message in result.stderr


def test_one_that_has_nothing_to_say_found_nothing(run, install, story):
    install("empty", TALKER.format(name="empty", said='""'))
    assert run("explain", story, "--plugin", "empty").stdout == "no quotations found\n"


def test_the_rules_explain_themselves(run, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Ada said that it works.\n", encoding="utf-8")
    result = run("explain", story)
    assert result.exit_code == 0
    assert "rule   that" in result.stdout
    assert "source Ada" in result.stdout

"""The command ``explain`` of the bundled rules."""

from __future__ import annotations


def test_explain_tells_which_rule_found_what(run, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Ada said that it works.\n", encoding="utf-8")
    result = run("explain", story)
    assert result.exit_code == 0
    assert "   1 indirect, asserted" in result.stdout
    assert "rule   indirect.that" in result.stdout
    assert "source Ada" in result.stdout
    assert run("explain", "-", input="Ada said that it works.").stdout == result.stdout


def test_explain_refuses_a_language_without_rules(run, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Ada dixit.\n", encoding="utf-8")
    result = run("explain", story, "--language", "la")
    assert result.exit_code == 2
    assert "no rules for the language 'la'" in result.stderr

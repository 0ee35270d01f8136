"""The engine of the rules holds no word of a language."""

from __future__ import annotations

import pytest

from . import literals


@pytest.mark.parametrize("folder", literals.ENGINE)
def test_no_word_of_a_language_stands_in_the_engine(folder: str):
    found = [
        f"{file.name}:{line}: {word}" for file, line, word in literals.words_in(folder, literals.entries(), literals.vocabulary())
    ]
    assert found == []


def test_words_are_seen_where_they_stand(tmp_path, monkeypatch):
    folder = tmp_path / "engine"
    folder.mkdir()
    (folder / "a.py").write_text(
        '"""Said to be none."""\nimport re\nX = re.compile(r"\\b(?:who|which)\\s")\n\ndef f(word):\n    return word == "said" or word in {"Ada": 1}["since"]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(literals, "PACKAGE", tmp_path)
    found = [word for _, _, word in literals.words_in("engine", frozenset({"said", "who", "which", "ada", "since"}), frozenset())]
    assert found == ["who", "which", "said", "Ada"]

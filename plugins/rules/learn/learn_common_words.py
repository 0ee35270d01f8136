"""Count which words are common: ``python plugins/rules/learn/learn_common_words.py`` writes ``weights/common_words.tsv`` of each language.

From the training part of the open corpus, in each language that it has. An archive takes a word that stands in few texts as a better sign that two texts
tell of one person. Only the beginnings of words and the share of texts that have them are written.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from quoteminer import Miner
from quoteminer.archive.folding import Folding
from quoteminer.evaluation import seeds

FOLDER: Final = Path(__file__).resolve().parents[1] / "src" / "quoteminer_rules" / "languages"
LANGUAGES: Final = ("en", "de", "es", "fr")
#: Words of fewer texts count as rare; so few texts tell no more of them.
LEAST: Final = 0.03
HEAD: Final = """\
# Beginnings of words that are common in articles, and in which share of them they stand; counted by learn/learn_common_words.py in the open corpus.
"""


def main() -> None:
    """Count and write."""
    folding = Folding(Miner(["rules"]).components("quoteminer_languages"))
    for language in LANGUAGES:
        texts = [one.document.text for one in seeds("train", language)]
        counts = Counter(word for text in texts for word in set(folding.fold(text, language).content))
        found = sorted((word, count / len(texts)) for word, count in counts.items() if count >= LEAST * len(texts))
        lines = "".join(f"{word}\t{share:.2f}\n" for word, share in found)
        (FOLDER / language / "weights" / "common_words.tsv").write_text(HEAD + lines, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Learn the weights of a language anew: ``python -m quoteminer_rules.learning en``.

Without more it learns what we ship, from the training part of the open corpus (``quoteminer-seeds``); what the scope ``all`` is in English from corpora in
the folder that ``QUOTEMINER_CORPORA`` names. With files of your own, in our JSON form or as records of a corpus, and a folder to write to, it learns from these as well:

    python -m quoteminer_rules.learning en --gold mine.jsonl --pack my-english
    quoteminer mine texts/ --language my-english

The folder is made as a copy of our pack where it is not there yet. Only weights of features are written, no text; equal input gives an equal file.
Needs the extra ``evaluation``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from quoteminer import Issue
from quoteminer.evaluation import seeds

from ..lexicon import LANGUAGES
from . import confidence, judge
from .gold import LEARNED


def main(arguments: list[str] | None = None) -> int:
    """Run the program; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m quoteminer_rules.learning", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("language", help="the language, as one of the packs that come with the rules: en, de")
    parser.add_argument(
        "--gold", type=Path, nargs="+", default=[], metavar="FILE", help="annotated texts of your own, JSON Lines"
    )
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="write into this pack; needed with --gold")
    parser.add_argument(
        "--work", type=Path, metavar="FOLDER", help="keep what is done here, so that a run that ended early goes on"
    )
    parser.add_argument(
        "--judge-only", action="store_true", help="leave out the confidences, which take a judge for each fold of writers"
    )
    given = parser.parse_args(arguments)
    bundled = LANGUAGES / given.language
    if not (bundled / "pack.toml").is_file():
        parser.error(f"there is no pack {given.language!r}")
    if given.gold and given.pack is None:
        parser.error("--gold needs --pack: weights learned from your texts do not replace those that come with the rules")
    folder: Path = bundled if given.pack is None else given.pack
    if not folder.exists():
        shutil.copytree(bundled, folder)
    issues: list[Issue] = []
    taught = judge.lessons(given.language, folder, given.gold, issues)
    _tell(issues)
    judge.write(folder, "speech", judge.judge(taught))
    if given.language == "en" and not given.gold:
        try:
            judge.write(folder, "all", judge.judge_of_all(folder))
        except FileNotFoundError as error:
            message = f"{error.filename} is not there, so that the scope all stays as it is: QUOTEMINER_CORPORA names the folder of the corpora"
            _tell([Issue("learning", "", message, "warning")])
    if not given.judge_only and given.language in LEARNED:
        found = list(confidence.folds(seeds("train", given.language), taught, given.work))
        print(confidence.told(found), end="")
        confidence.write(folder, confidence.fitted([find for fold in found for find in fold.finds]))
    return 1 if any(issue.severity == "error" for issue in issues) else 0


def _tell(issues: list[Issue]) -> None:
    for issue in issues:
        print(f"{issue.severity}: {issue.message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

"""A miner that knows the languages of the tests, also where the rules bring no grammar of them."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import quoteminer
import quoteminer_rules
from quoteminer import LanguagePack, Miner
from quoteminer_rules.lexicon import LANGUAGES


class Compared:
    """A plugin that brings what the folders of languages tell of comparing, without their grammars."""

    plugin_name = "compared"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @quoteminer.hookimpl
    def quoteminer_languages(self):
        """A pack for each language of which the rules bring none."""
        known = {pack.language for pack in quoteminer_rules.quoteminer_languages()}
        made = []
        for file in sorted(LANGUAGES.glob("*/comparison.toml")):
            if file.parent.name not in known:
                folder = self._folder / file.parent.name
                shutil.copytree(file.parent, folder, dirs_exist_ok=True)
                (folder / "pack.toml").write_text(f'language = "{file.parent.name}"\nversion = 1\n', encoding="utf-8")
                (folder / "constructions.toml").unlink(missing_ok=True)
                made.append(LanguagePack.of_folder(folder))
        return made


@functools.cache
def miner() -> Miner:
    """One for all tests."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Miner(["rules", Compared(Path(folder))])

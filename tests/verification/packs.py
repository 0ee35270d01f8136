"""A miner that knows the languages of the tests, also where the rules bring no grammar of them."""

from __future__ import annotations

import functools

import quoteminer
import quoteminer_rules
from quoteminer import LanguagePack, Miner
from quoteminer_rules.lexicon import LANGUAGES


class Compared:
    """A plugin that brings what the folders of languages tell of comparing, without their grammars."""

    plugin_name = "compared"

    @quoteminer.hookimpl
    def quoteminer_languages(self):
        """A pack for each language of which the rules bring none."""
        known = {pack.language for pack in quoteminer_rules.quoteminer_languages()}
        folders = sorted(path.parent for path in LANGUAGES.glob("*/comparison.toml"))
        return [LanguagePack.compared(folder.name, folder) for folder in folders if folder.name not in known]


@functools.cache
def miner() -> Miner:
    """One for all tests."""
    return Miner(["rules", Compared()])

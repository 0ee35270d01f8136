"""``--language`` may name a folder with the data of a language, which then counts beside those that plugins bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .. import hookimpl
from ..mining.miner import Miner
from ..plugins.packs import LanguagePack


class LanguageFolder:
    """A plugin that brings the language of a folder."""

    def __init__(self, folder: Path) -> None:
        self.pack = LanguagePack.of_folder(folder)
        self.plugin_name = f"folder-{self.pack.language}"

    def __reduce__(self) -> tuple[type[LanguageFolder], tuple[Path]]:
        # A pack cannot be sent to a worker process, but read again there.
        assert self.pack.path is not None
        return LanguageFolder, (self.pack.path,)

    @hookimpl
    def quoteminer_languages(self) -> Iterable[LanguagePack]:
        """The pack of the folder."""
        return (self.pack,)


def miner_for(language: str, plugins: Sequence[str], block: Sequence[str], **options: Any) -> tuple[Miner, str]:
    """The miner of a command and the tag of its language, which may be given as a folder.

    Raises:
        ConfigurationError: when the folder holds no language.
    """
    if not language or not Path(language).is_dir():
        return Miner(list(plugins) or None, block=block, **options), language
    folder = LanguageFolder(Path(language).resolve())
    names = plugins or [info.name for info in Miner(block=block).plugins() if info.status == "active"]
    return Miner([*names, folder], block=block, **options), folder.pack.language

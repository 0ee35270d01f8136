"""What the options of a command bring to its miner beside the plugins that are installed.

``--language`` may name a folder with the data of a language, which then counts beside those of plugins; ``--people`` names lists for the
plugin ``people``, which then works with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from .. import hookimpl, installed
from ..errors import ConfigurationError, FormatError
from ..languages import UNDETERMINED
from ..mining.miner import Miner
from ..plugins.manager import GROUP
from ..plugins.packs import LanguagePack

#: The language that each text is asked for.
AUTO: Final = "auto"
#: Name of the plugin that takes lists of people.
_PEOPLE: Final = "people"


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


def miner_for(
    language: str, plugins: Sequence[str], block: Sequence[str], people: Sequence[Path] = (), **options: Any
) -> tuple[Miner, str]:
    """The miner of a command and the tag of its language, which may be given as a folder.

    Raises:
        ConfigurationError: when the folder holds no language, or a list of people is not as it must be.
    """
    brought: list[object] = []
    if language == AUTO:
        language = UNDETERMINED
    if language and Path(language).is_dir():
        folder = LanguageFolder(Path(language).resolve())
        brought.append(folder)
        language = folder.pack.language
    if people:
        brought.append(_people(people, block))
    if not brought:
        return Miner(list(plugins) or None, block=block, **options), language
    names = plugins or [info.name for info in Miner(block=block).plugins() if info.status == "active"]
    if people:
        names = [name for name in names if name != _PEOPLE]
    return Miner([*names, *brought], block=block, **options), language


def _people(lists: Sequence[Path], block: Sequence[str]) -> object:
    """The plugin ``people`` with lists; it is found as plugins are."""
    found = next((one for one in installed.entry_points(GROUP) if one.name == _PEOPLE), None)
    if found is None or _PEOPLE in block:
        why = "is not installed" if found is None else "is blocked"
        raise ConfigurationError(f"--people: the plugin {_PEOPLE!r} {why}", "people", lists)
    try:
        return found.load().People(*(str(path) for path in lists))
    except FormatError as error:
        wrong = ConfigurationError(f"--people: {error}", "people", lists)
        for note in getattr(error, "__notes__", ()):
            wrong.add_note(note)
        raise wrong from None
    except OSError as error:
        raise ConfigurationError(f"--people: {error.filename}: {error.strerror}", "people", lists) from None

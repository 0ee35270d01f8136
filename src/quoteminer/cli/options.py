"""Options that several commands have, and the exit codes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from ..errors import ConfigurationError, QuoteminerError
from ..formats import readers
from ..mining.miner import Miner
from ..vocabulary import SCOPES
from .packs import AUTO

FAILED: Final = 1
INTERRUPTED: Final = 130

EXIT_CODES: Final = """
\b
Exit codes:
  0    everything was read and mined
  1    some input or component failed, no component reads the language of a
       text, or the output could not be written: reported on standard error;
       the rest was done
  2    the command was called wrongly, or its output is an input or cannot be
       continued; nothing was done
  130  ended early by Ctrl-C, SIGTERM or SIGHUP; every document written is
       whole
"""


def _plugin_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [info.name for info in Miner().plugins() if info.name.startswith(incomplete)]


def _reader_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in sorted(readers(Miner().components("quoteminer_readers"))) if name.startswith(incomplete)]


def plugin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--plugin`` and ``--no-plugin``, which arrive as ``plugins`` and ``block``."""
    block = click.option(
        "--no-plugin",
        "block",
        multiple=True,
        metavar="NAME",
        shell_complete=_plugin_names,
        help="Do not load this plugin (repeatable).",
    )
    allow = click.option(
        "--plugin",
        "plugins",
        multiple=True,
        metavar="NAME",
        shell_complete=_plugin_names,
        help="Use only this plugin (repeatable).",
    )
    return allow(block(command))


def people_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--people``, which arrives as ``people``."""
    return click.option(
        "--people",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A list of people (CSV or JSON Lines) that gives speakers their names, roles and ids (repeatable).",
    )(command)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the paths and how they are read: ``paths``, ``reader`` (``--as``), ``encoding``, ``text_column`` and ``language``."""
    paths = click.argument("paths", nargs=-1, metavar="[PATH...|-]", type=click.Path(allow_dash=True))
    reader = click.option(
        "--as",
        "reader",
        metavar="NAME",
        shell_complete=_reader_names,
        help="Read every file that is named with this reader (text, html, mail, …), whatever its suffix.",
    )
    encoding = click.option(
        "--encoding",
        default="utf-8",
        show_default=True,
        metavar="NAME",
        help="Encoding of files that do not say theirs, such as windows-1252.",
    )
    language = click.option(
        "--language",
        default=AUTO,
        show_default=True,
        metavar="TAG",
        help="Language of texts that do not say theirs (BCP 47), a folder with the data of one, or auto: what the words of each text tell, else "
        "English.",
    )
    column = click.option(
        "--text-column",
        metavar="NAME",
        help="The column with the texts, for CSV, TSV, JSON and Parquet.  [default: the first that is called text, body, content …]",
    )
    return paths(reader(encoding(column(language(command)))))


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-o``, which arrives as ``output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output; its suffix chooses the format unless --format does. The file appears when it is "
        "complete.",
    )(command)


def scope_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--scope``, which arrives as ``scope``."""
    return click.option(
        "--scope",
        type=click.Choice(SCOPES),
        help="What to find: what is said or written, or all attributions, thoughts and plans among them. Default: as each document "
        "says, else speech.",
    )(command)


def confidence_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--min-confidence``, which arrives as ``min_confidence``."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        show_default=True,
        help="Leave out quotations and claims that are less sure: fewer finds, fewer mistakes among them.",
    )(command)


@contextlib.contextmanager
def errors() -> Iterator[None]:
    """Our errors as the program says them: wrong options end with the code for wrong calls, others with that for failures."""
    try:
        yield
    except ConfigurationError as error:
        raise _noted(click.UsageError(str(error)), error) from None
    except QuoteminerError as error:
        raise _noted(click.ClickException(str(error)), error) from None


def _noted(shown: click.ClickException, error: QuoteminerError) -> click.ClickException:
    """What the program says, with what was noted beside it."""
    for note in getattr(error, "__notes__", ()):
        shown.add_note(note)
    return shown

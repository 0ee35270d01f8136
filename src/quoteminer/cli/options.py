"""Options that several commands have, and how errors end a command."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import click

from ..errors import ConfigurationError, QuoteminerError
from ..pipeline import Miner

FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

EXIT_CODES: Final = """
\b
Exit codes:
  0    everything was read and mined
  1    some input or component failed and was reported on standard error;
       the rest was done
  2    the command was called wrongly; nothing was done
  130  interrupted; every document written is whole
"""


def _plugin_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    return [info.name for info in Miner().plugins() if info.name.startswith(incomplete)]


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


@contextlib.contextmanager
def errors() -> Iterator[None]:
    """Our errors as the program says them: wrong options end with the code for wrong calls, others with that for failures."""
    try:
        yield
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    except QuoteminerError as error:
        raise click.ClickException(str(error)) from None

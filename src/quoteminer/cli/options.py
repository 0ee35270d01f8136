"""Options that several commands have, and how errors and interrupts end a command."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from ..document import SCOPES
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


def scope_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--scope``, which arrives as ``scope``."""
    return click.option(
        "--scope",
        type=click.Choice(SCOPES),
        help="What to find: what is said or written, or all attributions, thoughts and plans among them. Default: as each document "
        "says, else speech.",
    )(command)


@contextlib.contextmanager
def errors() -> Iterator[None]:
    """Our errors as the program says them: wrong options end with the code for wrong calls, others with that for failures."""
    try:
        yield
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    except QuoteminerError as error:
        raise click.ClickException(str(error)) from None


@contextlib.contextmanager
def ending_in_order(output: Path | None) -> Iterator[None]:
    """How work that writes to ``output`` (or standard output) ends when it is interrupted, cannot write or fails."""
    try:
        yield
    except KeyboardInterrupt:
        interrupted()
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from None
    except OSError as error:
        raise click.ClickException(f"cannot write {output or 'standard output'}: {error.strerror or error}") from None
    except QuoteminerError as error:
        raise click.ClickException(str(error)) from None


def interrupted() -> NoReturn:
    """Say so and leave with the code for it."""
    click.echo("interrupted", err=True)
    raise SystemExit(INTERRUPTED) from None

"""The commands of the program, their options and exit codes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from ..annotations import Extraction
from ..errors import QuoteminerError
from ..formats import writer_named, writers
from ..pipeline import Miner
from ..protocols import Writer
from .claims import claims
from .evaluating import evaluate
from .inputs import check_paths, documents, number_of_documents, opened
from .options import EXIT_CODES, FAILED, ending_in_order, errors, interrupted, plugin_options, scope_option
from .version import version
from .watching import Watch


class _Program(click.Group):
    """The program with the commands of plugins, which load only when a command is not one of ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._plugin_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._plugin_commands().get(cmd_name)

    def _plugin_commands(self) -> dict[str, click.Command]:
        """The commands of plugins by name; trouble with plugins must not cost the program its help."""
        try:
            found: list[Any] = Miner().components("quoteminer_commands")
        except QuoteminerError as error:
            click.echo(f"warning: the commands of plugins are missing: {error}", err=True)
            return {}
        for command in found:
            if command.name in self.commands:
                click.echo(f"warning: a plugin's command {command.name!r} is hidden by ours of that name", err=True)
        return {command.name: command for command in found if isinstance(command, click.Command) and command.name}


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"quoteminer {version()}")
        ctx.exit()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version and exit."
)
def program() -> None:
    """Who said what, and which of it can be checked."""


def _format_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    known = ["table", *writers(Miner().components("quoteminer_writers"))]
    return [name for name in sorted(known) if name.startswith(incomplete)]


@program.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    metavar="table|jsonl",
    shell_complete=_format_names,
    help="How to show what was found; plugins may add formats.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of texts that do not say theirs.")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Number of processes; 0 for one each processor.",
)
@scope_option
@plugin_options
def mine(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    language: str,
    workers: int,
    scope: str | None,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Find who said what in texts.

    PATH is a .txt, .md or .jsonl file, or a folder that is searched for such files with all its folders; - is standard
    input. In JSON Lines each line is an object with "text" and perhaps "id", "language", "title", "metadata".
    """
    with errors():
        if not language:
            raise click.UsageError("--language: the tag must not be empty")
        miner = Miner(list(plugins) or None, block=block, scope=scope)
        extra_readers = miner.components("quoteminer_readers")
        writer = None if format_ == "table" else writer_named(format_, miner.components("quoteminer_writers"))
        check_paths(paths, output)
    watch = Watch(
        total=lambda: number_of_documents(paths, extra_readers),
        # A progress bar and tables on one terminal take turns; into a file or pipe the bar can stay.
        shared=output is None and sys.stdout.isatty(),
    )
    with ending_in_order(output), contextlib.ExitStack() as stack:
        stream = sys.stdout.buffer if output is None else stack.enter_context(opened(output))
        stack.enter_context(watch)
        given = documents(paths, language, extra_readers, watch)
        _write(watch.results(miner.mine_many(given, workers=workers)), writer, stream, plain=output is not None)
    if watch.failed:
        raise SystemExit(FAILED)


def _write(results: Iterable[Extraction], writer: Writer | None, stream: IO[bytes], *, plain: bool) -> None:
    if writer is not None:
        writer.write(results, stream)
        return
    from .console import colour_wanted
    from .story import show

    show(results, stream, colour=not plain and colour_wanted(terminal=sys.stdout.isatty()))


@program.command()
@plugin_options
def plugins(plugins: tuple[str, ...], block: tuple[str, ...]) -> None:
    """List the plugins: name, version, distribution, status, components.

    The exit code is 1 when one of them failed to load.
    """
    from .console import colour_wanted
    from .story import show_plugins

    with errors():
        infos = Miner(list(plugins) or None, block=block).plugins()
    show_plugins(infos, sys.stdout.buffer, colour=colour_wanted(terminal=sys.stdout.isatty()))
    if any(info.status == "failed" for info in infos):
        raise SystemExit(FAILED)


@program.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  eval "$(quoteminer completion bash)"
    zsh:   eval "$(quoteminer completion zsh)"
    fish:  quoteminer completion fish | source
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    # The script only: click's method for bash also starts a bash to see its version.
    complete = found(program, {}, "quoteminer", "_QUOTEMINER_COMPLETE")
    click.echo(complete.source_template % complete.source_vars())


program.add_command(claims)
program.add_command(evaluate)


def main() -> NoReturn:
    """Run the program and leave with its exit code."""
    try:
        code = program.main(prog_name="quoteminer", standalone_mode=False)
    except click.Abort:
        # Ctrl-C anywhere but in mining, which says so itself.
        interrupted()
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    raise SystemExit(code if isinstance(code, int) else 0)

"""The commands of the program, their options and exit codes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from .. import __version__
from ..annotations import Extraction, Issue
from ..document import Document
from ..errors import ConfigurationError, QuoteminerError
from ..formats import read_path, read_stream, writer_named
from ..pipeline import Miner

if TYPE_CHECKING:
    from rich.progress import Progress

FAILED: Final = 1
INTERRUPTED: Final = 130

_EXIT_CODES: Final = """
\b
Exit codes:
  0    everything was read and mined
  1    some input or component failed; the rest was done
  2    the command was called wrongly
  130  interrupted; what was written are whole lines
"""


class _Program(click.Group):
    """The program with the commands of plugins, which load only when a command is not one of ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._plugin_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._plugin_commands().get(cmd_name)

    @staticmethod
    def _plugin_commands() -> dict[str, click.Command]:
        return {command.name: command for command in Miner().components("quoteminer_commands")}


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="quoteminer")
def program() -> None:
    """Who said what, and which of it can be checked."""


def _plugin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--no-plugin", "block", multiple=True, metavar="NAME", help="Do not load this plugin (repeatable).")(
        command
    )
    return click.option("--plugin", "plugins", multiple=True, metavar="NAME", help="Use only this plugin (repeatable).")(command)


@program.command(epilog=_EXIT_CODES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    metavar="table|jsonl",
    help="How to show what was found; plugins may add formats.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of standard output."
)
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of texts that do not say theirs.")
@click.option(
    "--workers", type=click.IntRange(min=0), default=1, show_default=True, help="Number of processes; 0 for one each processor."
)
@_plugin_options
def mine(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    language: str,
    workers: int,
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Find who said what in texts.

    PATH is a .txt, .md or .jsonl file or a folder of such; - is standard input. In JSON Lines each line is an object with
    "text" and perhaps "id", "language", "title".
    """
    miner = Miner(list(plugins) or None, block=block)
    with _errors():
        extra_readers = miner.components("quoteminer_readers")
        extra_writers = miner.components("quoteminer_writers")
        writer = None if format_ == "table" else writer_named(format_, extra_writers)
        for name in paths:
            if name != "-" and not Path(name).exists():
                raise click.UsageError(f"{name}: there is no such file or folder")
    failures: list[Issue] = []
    with contextlib.ExitStack() as stack:
        if output is None:
            stream: IO[bytes] = sys.stdout.buffer
        else:
            try:
                stream = stack.enter_context(output.open("wb"))
            except OSError as error:
                raise click.UsageError(f"{output}: {error.strerror}") from None
        documents = _documents(paths, language, extra_readers, failures)
        try:
            results = _watched(miner.mine_many(documents, workers=workers), failures, stack, several=_several(paths))
            if writer is not None:
                writer.write(results, stream)
            else:
                from .story import show

                show(results, stream, colour=output is None and sys.stdout.isatty())
        except KeyboardInterrupt:
            stack.close()
            click.echo("interrupted", err=True)
            raise SystemExit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader of our output has gone; Python would complain again when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(FAILED) from None
        except QuoteminerError as error:
            raise click.ClickException(str(error)) from None
    if failures:
        raise SystemExit(FAILED)


def _several(paths: tuple[str, ...]) -> bool:
    return len(paths) > 1 or any(Path(name).is_dir() or name.endswith((".jsonl", ".ndjson")) for name in paths)


def _documents(paths: Iterable[str], language: str, readers: list[Any], failures: list[Issue]) -> Iterator[Document]:
    for name in paths:
        items = (
            read_stream(sys.stdin.buffer, language=language)
            if name == "-"
            else read_path(Path(name), language=language, plugins=readers)
        )
        for item in items:
            if isinstance(item, Issue):
                failures.append(item)
                click.echo(f"error: {item.message}", err=True)
            else:
                yield item


def _watched(
    results: Iterator[Extraction], failures: list[Issue], stack: contextlib.ExitStack, *, several: bool
) -> Iterator[Extraction]:
    """Pass results on; report their issues, and progress when several documents are mined at a terminal."""
    progress: Progress | None = None
    task: Any = None
    if several and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as _Progress

        progress = stack.enter_context(
            _Progress(
                SpinnerColumn(),
                TextColumn("mining"),
                MofNCompleteColumn(),
                TextColumn("documents"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )  # fmt: skip
        )
        task = progress.add_task("mining", total=None)
    for extraction in results:
        for issue in extraction.issues:
            if issue.severity == "error":
                failures.append(issue)
            click.echo(f"{issue.severity}: {issue.document_id}: {issue.component}: {issue.message}", err=True)
        yield extraction
        if progress is not None:
            progress.advance(task)


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    except QuoteminerError as error:
        raise click.ClickException(str(error)) from None


@program.command()
@_plugin_options
def plugins(plugins: tuple[str, ...], block: tuple[str, ...]) -> None:
    """List the plugins: name, version, components, status."""
    from .story import show_plugins

    with _errors():
        infos = Miner(list(plugins) or None, block=block).plugins()
    show_plugins(infos)
    if any(info.status == "failed" for info in infos):
        raise SystemExit(FAILED)


@program.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    For bash: eval "$(quoteminer completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(program, {}, "quoteminer", "_QUOTEMINER_COMPLETE").source())


def main() -> None:
    """Run the program."""
    program(prog_name="quoteminer")

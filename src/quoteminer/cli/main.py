"""The program: its commands, and how it ends."""

from __future__ import annotations

import importlib
import io
import sys
from typing import IO, Any, Final, NoReturn

import click

from ..errors import QuoteminerError
from ..mining.garbage import seldom_collected
from ..mining.miner import Miner
from .console import colour_wanted, discard, reason, say, write
from .options import EXIT_CODES, FAILED, INTERRUPTED, errors, plugin_options
from .outputs import opened
from .process import ended_by, interrupt, stand_in_for_closed_streams
from .version import version

#: Our commands and where each is, as ``module`` of this package or ``module:function``; one is imported when it is used.
COMMANDS: Final = {
    "agreement": "coding:compare",
    "checked": "asking",
    "claims": "claims",
    "collect": "collecting",
    "convert": "converting",
    "decide": "deciding",
    "evaluate": "evaluating",
    "explain": "explaining",
    "forget": "deciding",
    "mine": "mining",
    "mine-parquet": "partitions:mine_partitions",
    "people": "asking",
    "sample": "coding:draw",
    "search": "searching",
    "serve": "serving",
    "utterances": "asking",
    "verify": "verifying",
    "view": "viewing",
    "voices": "asking",
}


class _Program(click.Group):
    """The program with its commands, and those of plugins, which load only when a command is not one of ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS, *self._plugin_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _ours(cmd_name) or self._plugin_commands().get(cmd_name)

    def _plugin_commands(self) -> dict[str, click.Command]:
        """The commands of plugins by name; trouble with plugins must not cost the program its help."""
        try:
            found: list[Any] = Miner().components("quoteminer_commands")
        except QuoteminerError as error:
            say(f"warning: the commands of plugins are missing: {error}")
            return {}
        for command in found:
            if command.name in self.commands or command.name in COMMANDS:
                say(f"warning: a plugin's command {command.name!r} is hidden by ours of that name")
        return {command.name: command for command in found if isinstance(command, click.Command) and command.name}

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            # Before click makes an empty line and something else of it.
            raise _Interrupted(error) from None

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and leave with its exit code; every message about a failure is written here."""
        stand_in_for_closed_streams()
        try:
            with ended_by(interrupt), seldom_collected():
                code = super().main(*args, **{**extra, "standalone_mode": False})
                sys.stdout.flush()
        except click.Abort:
            say("interrupted")
            raise SystemExit(INTERRUPTED) from None
        except click.ClickException as error:
            say(_message(error))
            raise SystemExit(error.exit_code) from None
        except OSError as error:
            discard(sys.stdout)
            if not isinstance(error, BrokenPipeError):
                say(f"Error: {error.filename or 'cannot write standard output'}: {reason(error)}")
            raise SystemExit(FAILED) from None
        raise SystemExit(code if isinstance(code, int) else 0)


def _ours(name: str) -> click.Command | None:
    """A command of ours by its name."""
    module, _, function = COMMANDS.get(name, "").partition(":")
    if not module:
        return None
    command = getattr(importlib.import_module(f".{module}", __package__), function or name)
    assert isinstance(command, click.Command)
    return command


class _Interrupted(click.ClickException):
    """The program was asked to end."""

    exit_code = INTERRUPTED

    def __init__(self, error: KeyboardInterrupt) -> None:
        super().__init__("interrupted")
        for note in getattr(error, "__notes__", ()):
            self.add_note(note)

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file)


def _message(error: click.ClickException) -> str:
    """What click would show, and what was noted on the way."""
    written = io.StringIO()
    error.show(written)
    return "\n".join([written.getvalue().rstrip("\n"), *getattr(error, "__notes__", ())])


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        write(sys.stdout.buffer, f"quoteminer {version()}\n")
        ctx.exit()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version and exit."
)
def program() -> None:
    """Who said what, and which of it can be checked."""


@program.command()
@plugin_options
def plugins(plugins: tuple[str, ...], block: tuple[str, ...]) -> None:
    """List the plugins: name, version, distribution, status, components.

    The exit code is 1 when one of them failed to load.
    """
    from .story import plugins_table

    with errors():
        infos = Miner(list(plugins) or None, block=block).plugins()
    with opened(None) as output:
        output.write(plugins_table(infos, colour=colour_wanted(terminal=output.terminal)), data=False)
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
    with opened(None) as output:
        output.write(complete.source_template % complete.source_vars() + "\n", data=False)


def main() -> NoReturn:
    """Run the program and leave with its exit code."""
    program.main(prog_name="quoteminer")

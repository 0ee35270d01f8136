"""``quoteminer serve``: mining over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from .console import say
from .options import errors, people_option, plugin_options
from .packs import miner_for

#: Addresses that only programs of the same machine reach.
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; 0.0.0.0 for all of the machine.",
)
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 for any that is free.")
@click.option(
    "--max-size", type=click.IntRange(min=1), default=2_000_000, show_default=True, metavar="BYTES", help="Of a request."
)
@click.option("--max-documents", type=click.IntRange(min=1), default=100, show_default=True, help="In a request.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="For an answer.",
)
@click.option("--parallel", type=click.IntRange(min=1), help="Requests that are mined at once.  [default: one each processor]")
@people_option
@plugin_options
def serve(
    host: str,
    port: int,
    max_size: int,
    max_documents: int,
    time_limit: float,
    parallel: int | None,
    people: tuple[Path, ...],
    plugins: tuple[str, ...],
    block: tuple[str, ...],
) -> None:
    """Answer requests over HTTP: POST /mine, /claims and /verify, and a page for pasted text.

    /openapi.json describes it. There is no password and no encryption: put a server that has them before it where others can reach it.
    """
    try:
        import uvicorn

        from ..service import Limits, application
    except ModuleNotFoundError as error:
        raise click.ClickException(f"serve needs {error.name}: pip install 'quoteminer[serve]'") from None
    with errors():
        miner, _ = miner_for("", plugins, block, people, time_limit=time_limit)
        # Loads what is slow to load, so that the first request is as fast as the others.
        miner.mine("“Yes,” said Ada.")
    if host not in _LOOPBACK:
        say(f"warning: whoever reaches {host} can use this service")
    app = application(miner, Limits(size=max_size, documents=max_documents, seconds=time_limit, parallel=parallel))
    uvicorn.run(app, host=host, port=port, log_level="info", access_log=False, server_header=False, timeout_graceful_shutdown=5)

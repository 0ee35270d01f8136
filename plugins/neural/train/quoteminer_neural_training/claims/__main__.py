"""The stages of training the scorer of claims, one command each; run them in this order."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from quoteminer_neural import stored

from ..common import commands as common
from ..common import runs
from . import calibrate as calibrating
from . import export as exporting
from . import prepare as preparing
from . import train as training
from .settings import CONFIG, Settings

log = logging.getLogger(__name__)

config = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True),
    default=CONFIG,
    help="Settings (TOML); those that it lacks are as for the model that ships.",
)


@click.group(help=__doc__)
@common.threads
def main(threads: int) -> None:
    common.begin(threads)


@main.command()
@config
@common.run
@common.corpora
@common.texts
def prepare(config: Path, run: Path, corpora: tuple[Path, ...], texts: tuple[Path, ...]) -> None:
    """Encode CORPORA of judged sentences (JSON Lines) into the folder RUN."""
    settings = Settings.read(CONFIG, config)
    run.mkdir(parents=True, exist_ok=True)
    records, vocabulary = common.read(corpora, texts, settings)
    cutter = stored.cut_by(vocabulary)
    documents = [preparing.example(record, cutter) for record in records]
    preparing.save(run / runs.PREPARED, documents)
    runs.write_vocabulary(run, vocabulary)
    log.info("%d sentences, %d wordpieces", sum(len(document.sentences) for document in documents), len(vocabulary))


@main.command()
@config
@common.run
@click.option("--epochs", type=float, help="Instead of those in the settings.")
def train(config: Path, run: Path, epochs: float | None) -> None:
    """Train on what ``prepare`` wrote into RUN; go on from the checkpoint there, if there is one."""
    settings = Settings.read(CONFIG, config, epochs=epochs)
    vocabulary = runs.vocabulary(run)
    training.train(preparing.load(run / runs.PREPARED), vocabulary, settings, run)


@main.command()
@config
@common.run
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.argument("developments", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--name", default="minilm-claims", show_default=True, help="Name of the model in what it finds.")
@click.option("--fp32", is_flag=True, help="Do not quantise.")
def export(config: Path, run: Path, target: Path, developments: tuple[Path, ...], name: str, fp32: bool) -> None:
    """Write the scorer of RUN as ONNX into TARGET, with probabilities fitted on DEVELOPMENTS."""
    chosen = Settings.read(CONFIG, config)
    vocabulary = runs.vocabulary(run)
    settings = {"name": name, "context": chosen.context, **chosen.use}
    exporting.write(exporting.trained(run), vocabulary, target, settings, quantized=not fp32)
    calibrating.calibrate(target, developments, chosen.ranking)


@main.command()
@config
@click.argument("target", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("developments", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--ranking", type=float, help="Instead of that in the settings.")
def calibrate(config: Path, target: Path, developments: tuple[Path, ...], ranking: float | None) -> None:
    """Fit the probabilities of the exported scorer in TARGET anew."""
    chosen = Settings.read(CONFIG, config, ranking=ranking)
    calibrating.calibrate(target, developments, chosen.ranking)


if __name__ == "__main__":
    main()

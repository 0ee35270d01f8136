"""The stages of training, one command each; run them in this order."""

from __future__ import annotations

import itertools
import logging
from pathlib import Path

import click
import numpy as np

import quoteminer
from quoteminer_neural import stored

from ..common import commands as common
from ..common import corpora as reading
from ..common import runs
from . import batches as batching
from . import calibrate as calibrating
from . import export as exporting
from . import flat as flatly
from . import prepare as preparing
from . import prune as pruning
from . import restore as restoring
from . import smoothing, variations
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
    """Encode annotated CORPORA (JSON Lines) into the folder RUN, in the pieces of the model that ``restore`` wrote there, if it did."""
    settings = Settings.read(CONFIG, config)
    run.mkdir(parents=True, exist_ok=True)
    if (run / training.FIRST).exists():
        records = [record for path in corpora for record in reading.records(path, reading.TRAINING)]
        vocabulary = runs.vocabulary(run)
    else:
        records, vocabulary = common.read(corpora, texts, settings)
    if not settings.noncommercial:
        records = [record for record in records if "NC" not in str(record.get("meta", {}).get("licence"))]
    records = [{**record, "corpus": settings.name_of(record)} for record in records]
    unnamed = sorted({record["corpus"] for record in records} - settings.corpora.keys())
    if unnamed:
        raise click.UsageError(f"the settings do not say what is annotated in {', '.join(map(repr, unnamed))}")
    cutter = stored.cut_by(vocabulary)
    examples = [preparing.example(record, cutter, settings.corpora[record["corpus"]].without) for record in records]
    preparing.save(run / runs.PREPARED, examples)
    runs.write_vocabulary(run, vocabulary)
    log.info(
        "%d documents, %d attributions, %d pieces", len(records), sum(len(one.attributions) for one in examples), len(vocabulary)
    )


@main.command()
@config
@common.run
@click.option("--epochs", type=float, help="Instead of those in the settings.")
@click.option("--layers", type=int, help="Instead of those in the settings.")
@click.option("--seed", type=int, help="Instead of the one in the settings.")
@click.option(
    "--teacher", type=click.Path(path_type=Path, exists=True), help="Folder of a finished or restored run to learn from."
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="More texts (JSON Lines), of which only what the teacher says is learnt.",
)
@click.option("--vary", default=0, show_default=True, help="Times that each document is learnt from with other words too.")
def train(
    config: Path,
    run: Path,
    epochs: float | None,
    layers: int | None,
    seed: int | None,
    teacher: Path | None,
    texts: tuple[Path, ...],
    vary: int,
) -> None:
    """Train on what ``prepare`` wrote into RUN, or else into the teacher's folder; go on from the checkpoint in RUN, if there is one."""
    if (texts or vary) and teacher is None:
        raise click.UsageError("--texts and --vary are learnt from a teacher: give --teacher too")
    settings = Settings.read(CONFIG, config, epochs=epochs, layers=layers, seed=seed)
    if teacher is not None:
        runs.share(teacher, run)
    vocabulary = runs.vocabulary(run)
    taught = None if teacher is None else exporting.trained(teacher, name=exporting.checkpoint(teacher))
    first = exporting.trained(run, name=training.FIRST) if (run / training.FIRST).exists() else None
    cutter = stored.cut_by(vocabulary)
    documents = preparing.load(run / runs.PREPARED)
    more = [preparing.plain(record["text"], cutter) for path in texts for record in reading.records(path)]
    if taught is not None and vary:
        vectors = taught.encoder.words.weight.detach().numpy()
        kinds = variations.Kinds(vectors, vocabulary, documents, settings.varied)
        chance = np.random.default_rng(settings.seed)
        more += [variations.vary(document, kinds, settings.varied.share, chance) for _ in range(vary) for document in documents]
    training.train(documents, vocabulary, settings, run, texts=more, first=first, teacher=taught)


@main.command()
@click.argument("exported", type=click.Path(path_type=Path, exists=True, file_okay=False))
@common.run
def restore(exported: Path, run: Path) -> None:
    """Let ``train RUN`` start from the EXPORTED model, such as the one that ships; ``prepare RUN`` comes after."""
    restoring.restore(exported, run)


@main.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.argument("trained", type=click.Path(path_type=Path, exists=True, file_okay=False), nargs=-1, required=True)
def mean(target: Path, trained: tuple[Path, ...]) -> None:
    """Let ``train TARGET`` start from the mean of the TRAINED runs, which began as the same model; a layer that not all have is that of those that do."""
    exporting.mean(target, *trained)


@main.command()
@config
@common.run
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--share", default=0.8, show_default=True, help="Of the time of the heads and neurons of the encoder that stays.")
def prune(config: Path, run: Path, target: Path, share: float) -> None:
    """Cut the heads and neurons that matter least out of the trained model of RUN; ``train TARGET`` starts from what is left."""
    pruning.prune(run, target, share, Settings.read(CONFIG, config))


@main.command()
@config
@common.run
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="minilm-linker", show_default=True, help="Name of the model in what it finds.")
@click.option("--fp32", is_flag=True, help="Do not quantise.")
@click.option(
    "--mean",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Another run that began as the same model; what is written is the mean of all.",
)
def export(config: Path, run: Path, target: Path, name: str, fp32: bool, mean: tuple[Path, ...]) -> None:
    """Write the model of RUN as ONNX into TARGET; it does not know yet how sure it may be."""
    chosen = Settings.read(CONFIG, config)
    vocabulary = runs.vocabulary(run)
    settings = {
        "name": name,
        "context": chosen.context,
        "ease": chosen.ease,
        "least": {"all": chosen.least_all, "speech": chosen.least_speech},
    }
    texts = itertools.islice(batching.of_run(run, chosen), smoothing.BATCHES)
    exporting.write(exporting.trained(run, *mean), vocabulary, target, settings, texts=texts, quantized=not fp32)


@main.command()
@click.argument("target", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--attributions",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    required=True,
    help="Texts in which all attributions are annotated (repeatable).",
)
@click.argument("speech", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--context", type=int, help="Pieces on each side of what a window is asked about.")
@click.option("--ease", type=float, help="How far the threshold of cues is lowered, in log-odds.")
@click.option("--least-all", type=float, help="Confidence from which on an attribution is given where all count.")
@click.option("--least-speech", type=float, help="The same where only speech does.")
def calibrate(
    target: Path,
    attributions: tuple[Path, ...],
    speech: tuple[Path, ...],
    context: int | None,
    ease: float | None,
    least_all: float | None,
    least_speech: float | None,
) -> None:
    """Fit the confidences of the exported model in TARGET: on texts in which all attributions are annotated, and on those in which SPEECH is. The options change its other settings."""
    least = {"all": least_all, "speech": least_speech}
    calibrating.calibrate(target, attributions, speech, least, context=context, ease=ease)


@main.command()
@config
@common.run
@click.argument("development", type=click.Path(path_type=Path, exists=True))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def flat(config: Path, run: Path, development: Path, target: Path) -> None:
    """Write what the flat architecture finds in DEVELOPMENT to TARGET, for ``quoteminer evaluate --predictions``."""
    model = exporting.trained(run)
    cutter = stored.cut_by(runs.vocabulary(run))
    context = Settings.read(CONFIG, config).context
    with target.open("w", encoding="utf-8") as lines:
        for record in reading.records(development):
            found = flatly.find(record["text"], model, cutter, context)
            quotes = [
                quoteminer.Quote(item.content, item.kind, cue=[item.cue], source=item.source, id=f"q{number}")
                for number, item in enumerate(found, 1)
            ]
            document = quoteminer.Document(record["text"], id=record["id"])
            lines.write(quoteminer.Extraction(document, quotes).to_json() + "\n")

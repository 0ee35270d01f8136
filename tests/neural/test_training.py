"""Training, short: on a few made-up documents the loss falls, and what is exported answers as what was trained."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from typing import Any

import attrs
import numpy as np
import pytest
from click.testing import CliRunner

torch = pytest.importorskip("torch", reason="training needs torch: pip install torch==2.13.0")

from quoteminer_neural import labels  # noqa: E402
from quoteminer_neural.claims import layer, prose  # noqa: E402
from quoteminer_neural.claims.layer import KINDS  # noqa: E402
from quoteminer_neural.extraction import find  # noqa: E402
from quoteminer_neural.network import Network  # noqa: E402
from quoteminer_neural.weights import Weights  # noqa: E402
from quoteminer_neural.windows import windows  # noqa: E402
from quoteminer_neural.wordpieces import WordPieces  # noqa: E402
from quoteminer_neural_training.common import runs  # noqa: E402
from quoteminer_neural_training.common.reader import Block  # noqa: E402
from quoteminer_neural_training.quotes import (  # noqa: E402
    calibrate,
    export,
    flat,
    prepare,
    prune,
    restore,
    train,
    variations,
)
from quoteminer_neural_training.quotes.batches import IGNORED, epoch  # noqa: E402
from quoteminer_neural_training.quotes.commands import main  # noqa: E402
from quoteminer_neural_training.quotes.model import Model, Sizes  # noqa: E402
from quoteminer_neural_training.quotes.settings import CONFIG, Corpus, Settings  # noqa: E402

NAMES = ["Ada", "Bob", "Cleo", "Dan"]
CONTENTS = ["the bridge is safe", "taxes will fall", "nobody was hurt", "the ferry sinks"]


def record(number: int, cue: str = "said") -> dict[str, object]:
    """Two attributions with marks to find, between sentences without any."""
    text, quotes, claims = "It rained all day. ", [], []
    for step in range(2):
        name, content = NAMES[(number + step) % 4], CONTENTS[(number + 3 * step) % 4]
        start = len(text)
        text += f"{name} {cue} that {content}. The sun rose. "
        inside = start + len(name) + len(cue) + 2
        quotes.append(
            {
                "source": [[start, start + len(name)]],
                "cue": [[start + len(name) + 1, start + len(name) + 1 + len(cue)]],
                "content": [[inside, inside + 5 + len(content)]],
            }
        )
        kind, score = KINDS[CONTENTS.index(content) % len(KINDS)], float(content == CONTENTS[0])
        claims.append({"span": [[inside + 5, inside + 5 + len(content)]], "label": kind, "score": score})
    return {"id": str(number), "text": text, "quotes": quotes, "claims": claims}


RECORDS = [record(number) for number in range(8)]
SETTINGS = Settings.read(
    CONFIG,
    layers=2,
    epochs=30,
    pieces=62,
    batch_pieces=256,
    rate=2e-3,
    head_rate=2e-3,
    dropout=0.0,
    freeze_words=False,
    half=False,
    claims=0,
    seed=20261130,
)


STATED = {"": Corpus(claims=True)}


@pytest.fixture(scope="module")
def vocabulary():
    letters = [chr(code) for code in range(97, 123)]
    known = {word.strip(".").lower() for item in RECORDS for word in str(item["text"]).split()}
    return [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        ".",
        *letters,
        *(f"##{letter}" for letter in letters),
        *sorted(known - set(letters)),
    ]


@pytest.fixture(scope="module")
def documents(vocabulary, tmp_path_factory):
    path = tmp_path_factory.mktemp("prepared") / "train.npz"
    prepare.save(path, [prepare.example(item, WordPieces(vocabulary)) for item in RECORDS])
    return prepare.load(path)


@pytest.fixture(scope="module")
def run(documents, vocabulary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    torch.set_num_threads(1)
    prepare.save(folder / "train.npz", [prepare.example(item, WordPieces(vocabulary)) for item in RECORDS])
    train.train(documents, vocabulary, SETTINGS, folder, fresh=True)
    return folder


@pytest.fixture(scope="module")
def stating(run, documents, vocabulary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stating")
    more = {"claims": 192, "epochs": 40.0, "teacher_share": 0.5, "flat_weight": 0.0, "corpora": STATED}
    settings = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), **more})
    train.train(documents, vocabulary, settings, folder, teacher=export.trained(run), fresh=True)
    return folder


@pytest.fixture(scope="module")
def cut(run, documents, vocabulary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cut")
    prune.prune(run, folder, 0.6, SETTINGS)
    short = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "epochs": 6.0})
    train.train(documents, vocabulary, short, folder, first=export.trained(folder, name=train.FIRST), teacher=export.trained(run))
    return folder


def batches(documents):
    return list(epoch(documents, pieces=62, batch_pieces=512, ends=(2, 3), seed=(1, 1)))


def loss(model, documents):
    with torch.no_grad():
        return float(sum(torch.stack(train.losses(train.scores(model, batch), batch)).sum() for batch in batches(documents)))


def test_gold_is_in_pieces_without_the_complementiser(documents, vocabulary):
    first = documents[0].attributions[0]
    pieces = [vocabulary[number] for number in documents[0].ids]
    assert pieces[slice(*first.cue)] == ["said"]
    assert [pieces[start:end] for _, start, end in sorted(first.spans)] == [["ada"], ["the", "bridge", "is", "safe"]]


def test_the_loss_falls_by_far(run, documents):
    model = export.trained(run)
    torch.manual_seed(SETTINGS.seed)
    before = loss(Model(model.sizes).eval(), documents)
    assert loss(model, documents) < 0.1 * before


def test_a_trained_model_learns_claims_and_keeps_its_quotations(stating, run, documents):
    model = export.trained(stating)
    (batch,) = epoch(documents, pieces=62, batch_pieces=2048, ends=(2, 3), seed=(1, 1), corpora=STATED)
    with torch.no_grad():
        answers = train.scores(model, batch).claim
    assert answers is not None
    edges = answers[..., layer.EDGES].argmax(-1)
    known = batch.claim_labels != IGNORED
    assert (edges[known] == batch.claim_labels[known]).float().mean() > 0.99
    assert len(batch.stated) == 16
    for row, start, end, kind, worth in batch.stated.tolist():
        means = answers[row, start:end].mean(0)
        assert int(means[layer.OF_KINDS].argmax()) == kind
        assert bool(means[layer.WORTH] > 0) == bool(worth)
    assert loss(model, documents) < 2 * loss(export.trained(run), documents)


def test_claims_learn_on_by_themselves_over_the_mean_of_two_models(stating, run, documents, vocabulary, tmp_path):
    export.mean(tmp_path, run, stating)
    first = export.trained(tmp_path, name=train.FIRST)
    before = {name: value.clone() for name, value in first.state_dict().items()}
    olds = [export.trained(folder).state_dict() for folder in (run, stating)]
    for name, value in before.items():
        torch.testing.assert_close(value, (olds[0].get(name, olds[1][name]) + olds[1][name]) / 2, msg=name)
    more = {"claims": 192, "only_claims": True, "epochs": 5.0, "corpora": STATED}
    settings = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), **more})
    after = train.train(documents, vocabulary, settings, tmp_path, first=first).state_dict()
    for name, value in after.items():
        assert torch.equal(value, before[name]) is not name.startswith("claims.") or "key.bias" in name, name


def test_some_pieces_are_hidden_from_the_model_that_learns(documents):
    (batch,) = epoch(documents, pieces=62, batch_pieces=2048, ends=(2, 3), seed=(1, 1))
    torch.manual_seed(3)
    hidden = train._hide(batch, 0.25, unknown=1)
    changed = hidden.window.ids != batch.window.ids
    assert (hidden.window.ids[changed] == 1).all()
    assert not changed[~batch.judged].any()
    assert 0.15 < changed.sum() / batch.judged.sum() < 0.35
    assert all(torch.equal(one, other) for one, other in zip(hidden[1:], batch[1:], strict=True))


def test_what_is_hidden_in_training_is_seen_when_the_model_is_used(documents, vocabulary, run, tmp_path):
    settings = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "hide": 0.1, "epochs": 3.0})
    model = train.train(documents, vocabulary, settings, tmp_path, first=export.trained(run), teacher=export.trained(run))
    torch.manual_seed(SETTINGS.seed)
    assert loss(model, documents) < 0.1 * loss(Model(model.sizes).eval(), documents)


def test_a_language_of_a_corpus_may_have_settings_of_its_own():
    corpora = {"own": {"scope": "speech"}, "own.de": {"scope": "speech", "share": 2.0}}
    settings = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "corpora": corpora})
    assert [settings.name_of({"corpus": "own", "lang": lang}) for lang in ("de", "fr")] == ["own.de", "own"]
    assert settings.name_of({}) == ""


def test_only_claims_needs_a_layer_for_them(run, documents, vocabulary, tmp_path):
    settings = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "only_claims": True})
    with pytest.raises(ValueError, match="no layer for them"):
        train.train(documents, vocabulary, settings, tmp_path, first=export.trained(run))


def test_where_nobody_looked_for_claims_none_are_learned(documents):
    unknown = [document._replace(claims=None) for document in documents]
    for docs, corpora in ((unknown, STATED), (documents, {})):
        (batch,) = epoch(docs, pieces=62, batch_pieces=2048, ends=(2, 3), seed=(1, 1), corpora=corpora)
        assert (batch.claim_labels == IGNORED).all()
        assert len(batch.stated) == 0


def test_a_finished_run_can_be_made_longer(run, documents, vocabulary, tmp_path):
    for path in run.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    steps = [torch.load(tmp_path / runs.CHECKPOINT, weights_only=True)["step"]]
    train.train(documents, vocabulary, Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "epochs": 31.0}), tmp_path, fresh=True)
    steps.append(torch.load(tmp_path / runs.CHECKPOINT, weights_only=True)["step"])
    assert steps[0] < steps[1]


def test_the_same_seed_gives_the_same_model(documents, vocabulary, tmp_path):
    short = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "epochs": 2.0, "dropout": 0.1})
    one, two = (train.train(documents, vocabulary, short, tmp_path / name, fresh=True) for name in "ab")
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))


_KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from quoteminer_neural_training.common import runs
from quoteminer_neural_training.quotes import prepare, train
from quoteminer_neural_training.quotes.settings import Settings

torch.set_num_threads(1)
folder = Path(sys.argv[1])
save = runs.save

def saved(path, model, optimiser, step):
    save(path, model, optimiser, step)
    if step == 7:
        os.kill(os.getpid(), signal.SIGKILL)

runs.save = saved
train.train(prepare.load(folder / runs.PREPARED), runs.vocabulary(folder), Settings.read(folder / "settings.toml"), folder, fresh=True)
"""


def test_a_run_that_is_killed_in_an_epoch_gives_the_same_model(documents, vocabulary, run, tmp_path):
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    runs.share(run, killed)
    write_settings(killed / "settings.toml", epochs=8.0, dropout=0.1, save_minutes=0.0, batch_pieces=128)
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(killed)], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    assert ended.returncode == -signal.SIGKILL
    settings = Settings.read(killed / "settings.toml")
    step = torch.load(killed / runs.CHECKPOINT, weights_only=True)["step"]
    assert step == 7
    torch.set_num_threads(1)
    one = train.train(prepare.load(killed / runs.PREPARED), vocabulary, settings, killed, fresh=True)
    other = train.train(prepare.load(killed / runs.PREPARED), vocabulary, settings, whole, fresh=True)
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True))


def test_a_smaller_model_learns_from_a_larger(run, documents, vocabulary, tmp_path):
    short = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "layers": 1, "epochs": 6.0})
    student = train.train(documents, vocabulary, short, tmp_path, teacher=export.trained(run))
    assert len(student.sizes.heads) == 1
    assert loss(student.eval(), documents) < loss(Model(student.sizes).eval(), documents)


def test_a_smaller_model_learns_from_texts_without_annotation(run, documents, vocabulary, tmp_path):
    """The documents to learn from have no cues; what the teacher finds in the texts is all there is to know of them."""
    teacher = export.trained(run)
    texts = [prepare.plain(str(item["text"]), WordPieces(vocabulary)) for item in RECORDS]
    short = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "layers": 1, "epochs": 60.0, "teacher_share": 1.0})
    silent = [prepare.plain("it rained all day.", WordPieces(vocabulary))]
    student = train.train(silent, vocabulary, short, tmp_path, texts=texts, teacher=teacher)
    before = train.train(silent, vocabulary, attrs.evolve(short, epochs=0.0), tmp_path / "before", teacher=teacher)
    assert loss(student.eval(), documents) < 0.6 * loss(before.eval(), documents)


@pytest.mark.parametrize("option", [["--texts", "texts.jsonl"], ["--vary", "1"]])
def test_texts_without_a_teacher_are_refused(option, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts.jsonl").write_text("", encoding="utf-8")
    answer = CliRunner().invoke(main, ["train", str(tmp_path), *option])
    assert answer.exit_code == 2
    assert "--teacher" in answer.output


def test_words_give_way_to_others_of_their_kind():
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "the",
        "cats",
        "dogs",
        "horse",
        "catsy",
        "walked",
        "jumped",
        "walker",
        "12",
        "34",
        ".",
        "##s",
    ]
    kinds_of = [0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 2]
    vectors = np.eye(6, dtype=np.float32)[kinds_of]
    wordpieces = WordPieces(words)
    document = prepare.plain("The cats walked. The dogs jumped 12. The horses walker.", wordpieces)
    rules = attrs.evolve(SETTINGS.varied, often=1)
    kinds = variations.Kinds(vectors, words, [document], rules)
    others = {word: [words[other] for other in kinds(number)] for number, word in enumerate(words) if len(kinds(number))}
    assert others == {"cats": ["dogs"], "dogs": ["cats"], "horse": ["catsy"], "catsy": ["horse"]} | {
        "walked": ["jumped"],
        "jumped": ["walked"],
        "12": ["34"],
        "34": ["12"],
    }
    varied = variations.vary(document, kinds, 1.0, np.random.default_rng(1))
    shown = " ".join(words[piece] for piece in varied.ids)
    assert shown == "the dogs jumped . the cats walked 34 . the horse ##s walker ."
    same = variations.vary(document, kinds, 0.0, np.random.default_rng(1))
    assert same.ids.tolist() == document.ids.tolist()


def test_what_is_known_of_a_text_is_not_said_of_its_variation(documents, vocabulary):
    vectors = np.ones((len(vocabulary), 2), dtype=np.float32)
    kinds = variations.Kinds(vectors, vocabulary, documents, attrs.evolve(SETTINGS.varied, often=0))
    one, two = (variations.vary(documents[0], kinds, 0.5, np.random.default_rng(7)) for _ in range(2))
    assert documents[0].attributions
    assert one.attributions == ()
    assert one.ids.tolist() == two.ids.tolist() != documents[0].ids.tolist()
    assert one.shapes is documents[0].shapes


def write_settings(config, **changes):
    short = {**attrs.asdict(SETTINGS), **changes}
    rules = short.pop("varied") | {"often": 0, "near": -1.0, "endings": []}
    del short["corpora"]
    lines = [f"{name} = {json.dumps(value)}" for name, value in short.items()]
    lines += ["[varied]", *(f"{name} = {json.dumps(value)}" for name, value in rules.items())]
    lines += ["[corpora.own]", 'scope = "all"']
    config.write_text("\n".join(lines), encoding="utf-8")


def test_train_learns_from_variations_too(run, tmp_path):
    config = tmp_path / "config.toml"
    write_settings(config, layers=1, epochs=1.0)
    steps = []
    for vary in (0, 3):
        target = tmp_path / str(vary)
        options = ["train", str(target), "--config", str(config), "--teacher", str(run), "--vary", str(vary)]
        CliRunner().invoke(main, options, catch_exceptions=False)
        steps.append(torch.load(target / runs.CHECKPOINT, weights_only=True)["step"])
    assert steps[1] > 2 * steps[0]


def test_the_mean_of_two_runs_is_as_good_as_they_are(run, documents, vocabulary, tmp_path):
    for name, epochs in (("long", 10.0), ("short", 8.0)):
        changed = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "epochs": epochs})
        train.train(documents, vocabulary, changed, tmp_path / name, first=export.trained(run))
    folders = [tmp_path / "long", tmp_path / "short"]
    one, other, mean = (export.trained(*chosen) for chosen in (folders[:1], folders[1:], folders))
    for (name, value), a, b in zip(
        mean.state_dict().items(), one.state_dict().values(), other.state_dict().values(), strict=True
    ):
        torch.testing.assert_close(value, (a + b) / 2, msg=name)
    assert loss(mean, documents) < 2 * max(loss(one, documents), loss(other, documents))


def test_a_restored_model_has_its_part_in_a_mean(run, tmp_path):
    restored = tmp_path / "restored"
    shutil.copytree(run, restored)
    whole = torch.load(restored / runs.CHECKPOINT, weights_only=True)
    torch.save(
        {"model": {name: value + 1 if name.endswith("bias") else value for name, value in whole["model"].items()}},
        restored / train.FIRST,
    )
    (restored / runs.CHECKPOINT).unlink()
    export.mean(tmp_path / "mean", run, restored)
    mean = torch.load(tmp_path / "mean" / train.FIRST, weights_only=True)["model"]
    assert all(
        torch.allclose(mean[name], value + (0.5 if name.endswith("bias") else 0)) for name, value in whole["model"].items()
    )


def test_runs_of_different_shapes_have_no_mean(run, cut):
    with pytest.raises(ValueError, match="same shape"):
        export.trained(run, cut)


def test_what_nothing_depends_on_is_cut_first(run, documents):
    model = export.trained(run)
    block = model.encoder.blocks[1]
    assert isinstance(block, Block)
    with torch.no_grad():
        block.out.weight[:, 24:48] = 0  # the second head of the second layer
        block.fall.weight[:, 100:] = 0
    weights = prune.weigh(model, batches(documents), SETTINGS)
    assert weights[1].heads[1] == 0
    assert not weights[1].neurons[100:].any()
    assert all(weights[0].heads > 0)
    gone = prune.HEAD_COST + 92
    kept = prune.choose(weights, 1 - gone / (8 * prune.HEAD_COST + 2 * 192))
    assert kept == [prune.Kept((0, 1, 2, 3), tuple(range(192))), prune.Kept((0, 2, 3), tuple(range(100)))]
    smaller = prune.cut(model, kept).eval()
    assert (smaller.sizes.heads, smaller.sizes.inner) == ((4, 3), (192, 100))
    for batch in batches(documents):
        with torch.no_grad():
            before, after = train.scores(model, batch), train.scores(smaller, batch)
        torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)


def test_no_layer_is_cut_away_altogether(run, documents):
    weights = prune.weigh(export.trained(run), batches(documents), SETTINGS)
    kept = prune.choose([weights[0], prune.Weight(torch.zeros(4), torch.zeros(192))], 0.4)
    assert len(kept[1].heads) == 1
    assert len(kept[1].neurons) >= 64


def test_a_model_that_was_cut_trains_on(run, cut, documents):
    smaller = export.trained(cut)
    assert sum(smaller.sizes.heads) < 8
    assert sum(smaller.sizes.inner) < 384
    assert loss(smaller, documents) < loss(export.trained(cut, name=train.FIRST), documents)


@pytest.mark.parametrize("smaller", [False, True])
@pytest.mark.parametrize(("quantized", "tolerance"), [(False, 5e-3), (True, 1.5)])
def test_the_exported_model_answers_as_the_trained_one(run, cut, documents, vocabulary, tmp_path, quantized, tolerance, smaller):
    model = export.trained(cut if smaller else run)
    settings = {"name": "test", "context": 4, "ease": 0.0}
    export.write(model, vocabulary, tmp_path, settings, texts=batches(documents), quantized=quantized)
    weights = Weights(tmp_path)
    network = Network(weights)
    encoded = prepare.example(RECORDS[0], weights.cutter).encoded
    (window,) = windows(encoded.breaks, 62, 4)
    vectors, cues = network.read(encoded, window)
    attributions = documents[0].attributions
    bounds = np.array([item.cue for item in attributions])
    roles = network.link(vectors, encoded.sentence, bounds, np.zeros(len(bounds), dtype=np.int64), len(encoded))
    (batch,) = epoch(documents[:1], pieces=62, batch_pieces=512, ends=(2, 3), seed=(1, 1))
    with torch.no_grad():
        wanted = train.scores(model, batch)
    told = wanted.cue[0, 1:-1].flatten(1).numpy()
    assert np.abs(cues - told).max() < tolerance
    assert np.abs(roles - wanted.role[:, 1:-1].numpy()).max() < tolerance
    here = labels.of_scope("all")
    assert (cues[:, here].argmax(-1) == told[:, here].argmax(-1)).mean() > 0.98


def test_claims_of_the_exported_model_are_those_that_it_learned(stating, documents, vocabulary, tmp_path):
    export.write(export.trained(stating), vocabulary, tmp_path, {"name": "test", "context": 4}, texts=batches(documents))
    records: list[dict[str, Any]] = RECORDS
    for record in records:
        found = list(prose.find(record["text"], prose.load(tmp_path)))
        assert [list(map(list, one.parts)) for one in found] == [claim["span"] for claim in record["claims"]]
        assert [one.kind for one in found] == [claim["label"] for claim in record["claims"]]
        assert [one.worth > 0 for one in found] == [claim["score"] > 0.5 for claim in record["claims"]]


@pytest.mark.parametrize("claims", [False, True])
def test_an_exported_layer_for_claims_is_restored(run, stating, vocabulary, tmp_path, claims):
    model = export.trained(stating if claims else run)
    export.write(model, vocabulary, tmp_path, {"name": "test"}, quantized=False)
    restored = restore.rounded(tmp_path)
    assert restored.sizes == model.sizes
    assert (restored.claims is not None) is claims
    for name, value in restored.state_dict().items():
        if name.startswith("claims."):
            torch.testing.assert_close(value, model.state_dict()[name], atol=1e-5, rtol=1e-5, msg=name)


@pytest.mark.parametrize("smaller", [False, True])
@pytest.mark.parametrize(("quantized", "steps"), [(False, 0.0), (True, 1.0)])
def test_an_exported_model_is_restored_as_far_as_it_was_not_rounded(
    run, cut, documents, vocabulary, tmp_path, quantized, steps, smaller
):
    model = export.trained(cut if smaller else run)
    export.write(model, vocabulary, tmp_path, {"name": "test"}, texts=batches(documents), quantized=quantized)
    restored = restore.rounded(tmp_path)
    assert restored.sizes == model.sizes
    before = model.state_dict()
    for name, value in restored.state_dict().items():
        if not name.startswith("encoder.flat."):
            # Seven bits with a sign: a step is a 63rd of the largest in a column; tables have eight bits.
            largest = float(before[name].abs().max())
            torch.testing.assert_close(value, before[name], atol=1e-5 + steps * largest / 60, rtol=1e-5, msg=name)


def test_an_exported_model_learns_on_from_other_texts_and_from_itself(run, vocabulary, tmp_path):
    export.write(export.trained(run), vocabulary, tmp_path / "exported", {"name": "test"})
    corpus, config, shipped, folder = (tmp_path / name for name in ("other.jsonl", "config.toml", "shipped", "run"))
    others = [{**record(number, "claimed"), "corpus": "own"} for number in range(8)]
    corpus.write_text("\n".join(map(json.dumps, others)), encoding="utf-8")
    write_settings(config, epochs=20.0, teacher_share=0.1)
    for command in (
        ["restore", str(tmp_path / "exported"), str(shipped)],
        ["prepare", str(shipped), str(corpus), "--config", str(config)],
        ["restore", str(tmp_path / "exported"), str(folder)],
        ["train", str(folder), "--teacher", str(shipped), "--config", str(config), "--seed", "7"],
    ):
        CliRunner().invoke(main, command, catch_exceptions=False)
    assert runs.vocabulary(folder) == vocabulary
    documents = prepare.load(folder / runs.PREPARED)
    assert loss(export.trained(folder), documents) < 0.3 * loss(export.trained(folder, name=train.FIRST), documents)


def test_settings_that_a_file_lacks_are_those_of_the_model_that_ships(tmp_path):
    (tmp_path / "own.toml").write_text("rate = 0.5\n", encoding="utf-8")
    own, again = Settings.read(CONFIG, tmp_path / "own.toml"), Settings.read(CONFIG, CONFIG.with_name("again.toml"))
    assert attrs.evolve(own, rate=Settings.read(CONFIG).rate) == Settings.read(CONFIG) != own
    assert again.rate < Settings.read(CONFIG).rate


def test_a_large_channel_leaves_the_others_their_steps(run, documents, vocabulary, tmp_path):
    """A channel of the first norm is large, and the weights that it meets are small."""
    model = export.trained(run)
    block = model.encoder.blocks[0]
    assert isinstance(block, Block)
    with torch.no_grad():
        for part in (block.norm.weight, block.norm.bias):
            part[5] *= 60
        block.rise.weight[:, 5] /= 60
    encoded = prepare.example(RECORDS[0], WordPieces(vocabulary)).encoded
    (window,) = windows(encoded.breaks, 62, 4)
    vectors = {}
    for name, quantized, texts in (("exact", False, ()), ("rough", True, ()), ("smooth", True, batches(documents))):
        settings = {"name": "test", "context": 4, "ease": 0.0}
        export.write(model, vocabulary, tmp_path / name, settings, texts=texts, quantized=quantized)
        vectors[name] = Network(Weights(tmp_path / name)).read(encoded, window)[0]
    error = {name: float(np.abs(vectors[name] - vectors["exact"]).mean()) for name in vectors}
    assert error["smooth"] < 0.5 * error["rough"]


def test_the_flat_architecture_finds_them_too(run, vocabulary):
    text = str(RECORDS[0]["text"])
    found = list(flat.find(text, export.trained(run), WordPieces(vocabulary), 4))
    assert [(text[slice(*item.cue)], text[slice(*item.content[0])]) for item in found] == [
        ("said", "that the bridge is safe"),
        ("said", "that the ferry sinks"),
    ]


def test_confidences_are_calibrated_on_development_texts(run, vocabulary, tmp_path):
    development = tmp_path / "dev.jsonl"
    development.write_text("".join(json.dumps(item) + "\n" for item in RECORDS), encoding="utf-8")
    start = {"name": "test", "context": 4, "ease": 2.0, "least": {"all": 0.0, "speech": 0.0}}
    export.write(export.trained(run), vocabulary, tmp_path / "model", start)
    calibrate.calibrate(tmp_path / "model", [development], [development], {"all": 0.2, "speech": None})
    settings = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))
    assert settings["least"] == {"all": 0.2, "speech": 0.0}
    assert all(any(scope["weights"]) for scope in settings["calibration"].values())
    judged = calibrate.judge([development], Weights(tmp_path / "model"), "all")
    assert judged.gold == 16
    assert judged.right.sum() >= 14


def test_each_scope_learns_its_own_cues(vocabulary, tmp_path):
    """A corpus of speech says nothing of what else is attributed, and one of all attributions not which of them are speech."""
    cutter = WordPieces(vocabulary)
    records = [{**item, "corpus": "all"} for item in (*RECORDS, *(record(number, cue="hoped") for number in range(8)))]
    # Of the same texts, the annotation of speech has "said" alone.
    records += [
        {**item, "corpus": "speech", "quotes": item["quotes"] if number < 8 else []} for number, item in enumerate(records)
    ]
    prepare.save(tmp_path / "train.npz", [prepare.example(item, cutter) for item in records])
    corpora = {"all": {"scope": "all"}, "speech": {"scope": "speech"}}
    chosen = Settings.read(CONFIG, **{**attrs.asdict(SETTINGS), "corpora": corpora})
    train.train(prepare.load(tmp_path / "train.npz"), vocabulary, chosen, tmp_path, fresh=True)
    export.write(export.trained(tmp_path), vocabulary, tmp_path / "model", {"name": "test", "context": 4, "ease": 0.0})
    weights = Weights(tmp_path / "model")
    text = f"{RECORDS[0]['text']}{record(1, cue='hoped')['text']}"
    cues = {scope: [text[slice(*found.cue)] for found in find(text, weights, scope)] for scope in labels.SCOPES}
    assert cues == {"all": ["said", "said", "hoped", "hoped"], "speech": ["said", "said"]}


def test_what_a_partial_annotation_leaves_out_tells_nothing(documents):
    corpora = {"": Corpus(scope="speech", partial=True)}
    (batch,) = epoch(documents[:1], pieces=62, batch_pieces=512, ends=(2, 3), seed=(1, 1), corpora=corpora)
    told = set(batch.cue_labels.flatten().tolist())
    assert labels.OUTSIDE not in told
    assert IGNORED in told
    assert len(told) > 1
    assert (batch.role_labels == labels.OUTSIDE).any()


@pytest.mark.parametrize(("share", "times"), [(0.0, 0), (1.0, 1), (3.0, 3)])
def test_documents_are_read_as_often_as_their_corpus_is(documents, share, times):
    corpora = {"": Corpus(share=share)}
    found = epoch(documents, pieces=62, batch_pieces=4_096, ends=(2, 3), seed=(1, 1), corpora=corpora)
    assert sum(int(batch.judged.sum()) for batch in found) == times * sum(len(document.ids) for document in documents)


def test_quotations_that_the_settings_name_are_left_out(vocabulary):
    item = json.loads(json.dumps(RECORDS[0]))
    for quote, kind in zip(item["quotes"], ("Reported", "direct"), strict=True):
        quote["subtype"] = kind
    assert len(prepare.example(item, WordPieces(vocabulary), {"subtype": ["reported"]}).attributions) == 1


def test_sizes_name_what_the_checkpoint_has(run):
    assert Sizes(**json.loads((run / "sizes.json").read_text())).heads == (4, 4)

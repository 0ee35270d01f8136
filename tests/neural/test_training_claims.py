"""Training of the scorer of claims, short: on a few made-up transcripts the losses fall, and what is exported answers as what was trained."""

from __future__ import annotations

import json

import attrs
import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install torch==2.13.0")

from quoteminer_neural.claims.files import Files  # noqa: E402
from quoteminer_neural.claims.scoring import answers  # noqa: E402
from quoteminer_neural.wordpieces import WordPieces  # noqa: E402
from quoteminer_neural_training.claims import batches, calibrate, export, prepare, train  # noqa: E402
from quoteminer_neural_training.claims.model import Scorer  # noqa: E402
from quoteminer_neural_training.claims.settings import CONFIG, Settings  # noqa: E402
from quoteminer_neural_training.common import runs  # noqa: E402

LABELS = {"policlaim": ("0", "1"), "claimbuster": ("NFS", "CFS"), "checkthat_debates": ("0", "1")}
FACTS = ["taxes fell by two", "we built five schools", "crime fell by five", "they built two dams"]
TALK = ["thank you all", "good evening friends", "let me say this", "god bless you"]


def record(number: int) -> dict[str, object]:
    """Lines of which every third is a fact."""
    corpus = sorted(LABELS)[number % 3]
    text, claims = "", []
    for step in range(9):
        fact = (step + number) % 3 == 0
        line = (FACTS if fact else TALK)[(step + number) % 4]
        label = LABELS[corpus][fact]
        claims.append({"span": [[len(text), len(text) + len(line) + 1]], "label": label, "check_worthy": fact})
        text += line + ".\n"
    return {"id": str(number), "corpus": corpus, "text": text, "claims": claims}


RECORDS = [record(number) for number in range(9)]
SETTINGS = Settings.read(
    CONFIG,
    layers=(0,),
    epochs=20,
    pieces=30,
    context=5,
    batch_pieces=128,
    rate=5e-3,
    head_rate=5e-3,
    dropout=0.0,
    freeze_words=False,
)


@pytest.fixture(scope="module")
def vocabulary():
    letters = [chr(code) for code in range(97, 123)]
    known = {word.strip(".") for item in RECORDS for word in str(item["text"]).split()}
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", *letters, *(f"##{c}" for c in letters), *sorted(known - set(letters))]


@pytest.fixture(scope="module")
def documents(vocabulary, tmp_path_factory):
    path = tmp_path_factory.mktemp("prepared") / "train.npz"
    prepare.save(path, [prepare.example(item, WordPieces(vocabulary)) for item in RECORDS])
    return prepare.load(path)


@pytest.fixture(scope="module")
def run(documents, vocabulary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    torch.set_num_threads(1)
    train.train(documents, vocabulary, SETTINGS, folder, fresh=True)
    return folder


def epoch(documents, number=0, **changes):
    options = {"pieces": 30, "context": 5, "batch_pieces": 128, "ends": (2, 3), "repeats": {}, "ranked_share": 1.0, **changes}
    return list(batches.epoch(documents, seed=(1, number), **options))


def loss(model, documents):
    with torch.no_grad():
        return torch.stack([train.losses(model(batch.window, batch.pool), batch.answers) for batch in epoch(documents)]).sum(0)


def test_a_label_answers_only_what_its_corpus_asks(documents):
    assert [document.corpus for document in documents[:3]] == ["checkthat_debates", "claimbuster", "policlaim"]
    assert [document.answers[(3 - number) % 3].tolist() for number, document in enumerate(documents[:3])] == [
        [-1, -1, -1, 1],
        [-1, 1, 1, -1],
        [1, -1, -1, -1],
    ]
    with pytest.raises(KeyError):
        prepare.answers_of("claimbuster", "1")


def test_batches_hold_each_sentence_with_its_own_pieces_and_answers(documents, vocabulary):
    seen = 0
    for batch in epoch(documents):
        for ids, pool, given in zip(batch.window.ids, batch.pool, batch.answers, strict=True):
            for share, answer in zip(pool, given, strict=True):
                words = " ".join(vocabulary[number] for number in ids[share > 0])
                if (answer >= 0).any():
                    seen += 1
                    assert (words.removesuffix(" .") in FACTS) is bool((answer == 1).any())
    assert seen > 40


def test_a_corpus_can_be_read_several_times_in_an_epoch(documents):
    once, often = (
        torch.cat([batch.answers[..., 0].flatten() for batch in epoch(documents, repeats={"policlaim": times})])
        for times in (1, 4)
    )
    assert (often >= 0).sum() > 2 * (once >= 0).sum() > 0


def test_windows_that_only_rank_are_chosen_around_what_was_checked(documents):
    only = [documents[0]._replace(answers=np.where(np.arange(9)[:, None] == 4, documents[0].answers.max(0), [[-1, -1, -1, 0]]))]
    for share, windows in ((0.0, 1), (1.0, 2)):
        assert [len(batch.answers) for batch in epoch(only, pieces=12, ranked_share=share)] == [windows]


def test_all_losses_fall_by_far(run, documents):
    model = export.trained(run)
    torch.manual_seed(SETTINGS.seed)
    before = loss(Scorer(model.sizes).eval(), documents)
    assert (loss(model, documents) < 0.2 * before).all()


def test_who_was_not_checked_is_no_negative(documents):
    scores = torch.tensor([[[0.0, 0.0, 0.0, 5.0], [0.0, 0.0, 0.0, 2.0]]])
    checked = torch.tensor([[[-1, -1, -1, 1], [-1, -1, -1, 0]]])
    found = train.losses(scores, checked)
    assert found[:3].tolist() == [0.0, 0.0, 0.0]
    # Only the distance of the two counts.
    assert torch.allclose(train.losses(scores + 7, checked), found)


def test_a_finished_run_can_be_made_longer(run, documents, vocabulary, tmp_path):
    for path in run.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    steps = [torch.load(tmp_path / runs.CHECKPOINT, weights_only=True)["step"]]
    train.train(documents, vocabulary, attrs.evolve(SETTINGS, epochs=21.0), tmp_path, fresh=True)
    steps.append(torch.load(tmp_path / runs.CHECKPOINT, weights_only=True)["step"])
    assert steps[0] < steps[1]


def test_the_same_seed_gives_the_same_model(documents, vocabulary, tmp_path):
    short = attrs.evolve(SETTINGS, epochs=2.0, dropout=0.1)
    one, two = (train.train(documents, vocabulary, short, tmp_path / name, fresh=True) for name in "ab")
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))


@pytest.mark.parametrize(("quantized", "tolerance"), [(False, 1e-3), (True, 1.5)])
def test_the_exported_model_answers_as_the_trained_one(run, documents, vocabulary, tmp_path, quantized, tolerance):
    model = export.trained(run)
    export.write(model, vocabulary, tmp_path, {"name": "test", "context": 5}, quantized=quantized)
    said = np.array([item.scores for item in answers(str(RECORDS[1]["text"]), Files(tmp_path))])
    wanted = []
    for item in batches.windows(documents[1], 30, 5):
        batch = batches.collate([item], (2, 3))
        with torch.no_grad():
            wanted.append(model(batch.window, batch.pool)[0].numpy())
    assert np.abs(said - np.concatenate(wanted)).max() < tolerance
    assert ((said > 0) == (np.concatenate(wanted) > 0)).mean() > 0.98


def test_probabilities_are_calibrated_on_development_texts(run, vocabulary, tmp_path):
    development = tmp_path / "dev.jsonl"
    development.write_text("".join(json.dumps(item) + "\n" for item in RECORDS), encoding="utf-8")
    export.write(export.trained(run), vocabulary, tmp_path / "model", {"name": "test", "context": 5})
    calibrate.calibrate(tmp_path / "model", [development], ranking=0.5)
    settings = Files(tmp_path / "model").settings
    asked = calibrate.ask([development], Files(tmp_path / "model"))
    for name, question in (("claim", calibrate.CLAIM), ("worth", calibrate.WORTHY)):
        known = asked.gold[:, question] >= 0
        odds = asked.scores[known] @ np.array(settings[name]["weights"]) + settings[name]["bias"]
        assert ((odds > 0) == (asked.gold[known, question] == 1)).mean() > 0.95
    assert settings["worth"]["weights"][3] == pytest.approx(0.5 * settings["worth"]["weights"][2], abs=1e-3)


def test_average_precision():
    assert calibrate.average_precision(np.array([True, False, True]), np.array([3.0, 2.0, 1.0])) == pytest.approx((1 + 2 / 3) / 2)

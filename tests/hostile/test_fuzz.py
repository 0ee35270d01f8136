"""The fuzzer runs, holds nothing back, and what it found stays mended."""

from __future__ import annotations

import csv
import io
import random
import re
import subprocess
import sys

import pytest

from quoteminer import Extraction, Miner
from quoteminer.formats import claim_rows

from . import fuzz, mutation, targets
from .corpora import known_texts
from .session import Session

#: Few, since others follow: `make fuzz` runs as long as it is let.
RUNS = 120
RULES = Miner(["rules"])


@pytest.mark.parametrize("name", fuzz.DEFAULT)
def test_a_short_run_finds_nothing(name):
    texts = known_texts()
    session = Session(name, targets.TARGETS[name], runs=RUNS, too_long=10)
    rng = random.Random(2026)
    beginnings = targets.starts(name, texts)
    beginnings = rng.sample(beginnings, min(60, len(beginnings)))
    fuzz.guided_by_behaviour(session, fuzz.Changes(name, texts), beginnings, rng)
    assert session.runs == RUNS
    assert session.causes == {}


def test_every_target_is_known_to_the_command():
    assert set(fuzz.NAMES) == set(targets.TARGETS) == set(fuzz.SHARES)


@pytest.mark.parametrize("text", [text for text in known_texts() if len(text) < 400])
def test_what_is_known_to_hurt_does_not(text):
    data = mutation.to_bytes(text)
    targets.mine(data)
    targets.offsets(data)


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.fuzz", *arguments], cwd=fuzz.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("guide", ["behaviour", "coverage"])
def test_the_command_counts_what_it_ran(guide, tmp_path):
    if guide == "coverage":
        pytest.importorskip("atheris")
    log = tmp_path / "log"
    printed = run("merging", "form", "--runs", "600", "--log", str(log), *(["--plain"] if guide == "behaviour" else []))
    assert f"guided by {guide}" in printed
    assert re.search(r"^all +600 inputs +0 exceptions +0 time outs", printed, re.MULTILINE), printed
    assert log.read_text(encoding="utf-8").count("\n") == 2


def test_an_unknown_target_is_refused(capsys):
    with pytest.raises(SystemExit):
        fuzz.main(["nonesuch"])
    assert "'nonesuch' is not one of mine, mutate, form" in capsys.readouterr().err


def test_a_find_is_shortened_counted_once_by_its_cause_and_kept(tmp_path):
    def faulty(data):
        if b"x" in data and b"y" in data:
            raise ValueError(data)

    session = Session("mine", faulty, finds=tmp_path)
    for data in (b"ab x cd y ef", b"xy", b"x", b"yyyx"):
        session.run(data)
    ((cause, find),) = session.causes.items()
    assert cause.startswith("ValueError at test_fuzz.py:")
    assert (find["count"], find["input"]) == (3, "'xy'")
    assert (session.runs, session.exceptions, session.time_outs) == (4, 3, 0)
    assert (tmp_path / "mine-1.bin").read_bytes() == b"ab x cd y ef"


def test_what_hangs_or_takes_long_is_a_time_out():
    def endless(data):
        while data:
            pass

    def long(data):
        sum(range(1_000_000))

    session = Session("mine", endless, hangs=0.1)
    session.run(b"a")
    assert (session.time_outs, list(session.causes)) == (1, ["hangs"])
    session = Session("mine", long, too_long=0.001)
    session.run(b"a")
    assert session.time_outs == 1


def test_the_run_goes_towards_what_is_new():
    """A chain of five steps that no single change can make is found, because each step shows something new."""

    def steps(data):
        text = mutation.to_text(data)
        return next(n for n in range(6) if not text.startswith("“‘„«»"[: n + 1]) or n == 5)

    seen = set()

    def watched(data):
        seen.add(steps(data))
        return steps(data)

    session = Session("mine", watched, runs=30_000)
    fuzz.guided_by_behaviour(session, fuzz.Changes("mine", ["a"]), [b"a"], random.Random(1))
    assert seen == {0, 1, 2, 3, 4, 5}


def test_any_bytes_are_a_text_and_any_text_comes_back():
    for data in (b"\xff\xfe", b"\xed\xa0\xbd\xed\xb8\x80", b"a\x80", b""):
        assert isinstance(mutation.to_text(data), str)
    for text in ("\ud83d\ude00", "\udc80“", "😀", ""):
        assert mutation.to_text(mutation.to_bytes(text)) == text


def test_pieces_are_written_as_in_python():
    found = mutation.pieces()
    assert {"\n", "\u202e", "\ud83d\ude00", ", ", "said", "\x1b[31m", "\U0010ffff"} <= set(found)
    assert not any(piece.startswith("\\") for piece in found)


def test_a_changed_record_is_json_most_of_the_time():
    line = Extraction.to_json(RULES.mine("“It works,” said Ada.")).encode()
    rng = random.Random(0)
    changed = {mutation.mutated_json(line, rng) for _ in range(50)}
    assert None not in changed
    assert len(changed) > 40
    assert mutation.mutated_json(b"no json", rng) is None


def test_marked_stretches_of_one_report_are_one_quotation():
    """Found by fuzzing: two stretches with one cue became two quotations with the same words."""
    extraction = RULES.mine('e aim s "『. "k""l"e e')
    assert len({quote.content for quote in extraction.quotes}) == len(extraction.quotes)


def test_a_verb_without_a_subject_is_not_its_own_source():
    """Found by fuzzing."""
    (quote,) = RULES.mine("How, said: “The tea is cold.”").quotes
    assert (quote.source, len(quote.cue)) == (None, 1)


def test_a_carriage_return_in_a_claim_does_not_tear_the_table():
    """Found by fuzzing."""
    extraction = RULES.mine("Rents rose\rby 4% in May.")
    table = claim_rows.as_csv([(extraction, claim) for claim in extraction.claims])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["words"] == "Rents rose\rby 4% in May"
    assert table.count("\n") == 2

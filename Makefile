# Default: everything that CI runs.
PYTHON ?= .venv/bin/python

.PHONY: all install test lint format seeds floors bench-accuracy bench-speed bench-peers

all: test

install:
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'

test:
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

seeds:
	$(PYTHON) seeds/build.py

floors:
	$(PYTHON) -m tests.golden.floors

bench-accuracy:
	$(PYTHON) -m tests.benchmarks.accuracy

bench-speed:
	$(PYTHON) -m tests.benchmarks.speed

bench-peers:
	$(PYTHON) -m tests.benchmarks.peers

# Default: everything that CI runs.
PYTHON ?= .venv/bin/python

.PHONY: all install test lint format seeds floors patterns families fuzz sweep kill-resume search mutation bench-accuracy bench-speed bench-peers
.PHONY: quick types imports wheel browser site lowest licences adapters bench-engines

all: test

install:
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]' torch==2.13.0

test:
	$(PYTHON) -m pytest -n auto

# The site, in build/site; a warning is an error.
site:
	$(PYTHON) -m sphinx -q -W --keep-going -d build/doctrees docs build/site

# The lowest versions of dependencies that we say we work with, in an environment of its own; `make lowest PINS="attrs==24.1"` for others.
PINS ?=
lowest:
	$(PYTHON) -m tests.lowest $(PINS)

# What an installation brings along, with its licence; the tests refuse what asks for more than a notice.
licences:
	$(PYTHON) -m tests.licences

# Half a minute at most: whether a change of the rules is good. What failed last time comes first, and the first failure ends it.
# Not here: what compares times, starts environments or checks the code itself; each has a target below and is part of `make`.
QUICK := tests/rules tests/golden tests/properties/test_laws.py tests/conformance/test_own.py
quick:
	QUOTEMINER_HYPOTHESIS=quick $(PYTHON) -m pytest -q -x -n auto --failed-first -m "not timed and not slow" $(QUICK)

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy
	$(PYTHON) -m pyright --pythonpath $(PYTHON)

imports:
	$(PYTHON) -m pytest -q tests/test_lint.py -k import

# What is shipped: wheels and the source archive are built and tried in environments of their own.
wheel:
	$(PYTHON) -m pytest -q -n auto tests/test_wheel.py tests/test_sdist.py

# The HTML report, in a browser; CI=1 makes a missing browser a failure.
browser:
	$(PYTHON) -m pytest -q tests/page/test_in_browser.py

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

seeds:
	$(PYTHON) -m seeds.tools.build
	$(PYTHON) -m seeds.tools.statistics

floors:
	$(PYTHON) -m tests.golden.floors

patterns:
	$(PYTHON) -m tests.hostile.patterns

# Hostile texts doubled up to a megabyte, for the better part of an hour; `make families FAMILIES='"deep nesting" colons'` for some.
families:
	$(PYTHON) -m tests.hostile.families $(FAMILIES)

# A minute; FUZZ="mine --seconds 3600" for an hour of one target, FUZZ="mutate --count 150000 --jobs 2" for changed pieces of real texts,
# FUZZ="--help" for the rest.
FUZZ ?= --seconds 60
fuzz:
	$(PYTHON) -m tests.hostile.fuzz $(FUZZ)

# Every training and development document of the corpora and whole novels, with the checks of the fuzzer: a quarter of an hour;
# SWEEP="--plugin neural" for the trained extractor.
SWEEP ?=
sweep:
	$(PYTHON) -m tests.hostile.fuzz sweep $(SWEEP)

# Twenty thousand documents, killed ten times and resumed, twice: some minutes; KILLS="--documents 300 --kills 3" for less.
KILLS ?=
kill-resume:
	$(PYTHON) -m tests.hostile.kill_resume $(KILLS)

# Every property on thousands of examples, new ones each time: half an hour. `make search TESTS=tests/properties` for some.
TESTS ?=
search:
	QUOTEMINER_HYPOTHESIS=search $(PYTHON) -m pytest -q -m hypothesis $(TESTS)

# In copies, for the better part of an hour; `make mutation FILES=spans` for one file.
mutation:
	$(PYTHON) -m pip install -q -e '.[mutation]'
	$(PYTHON) -m tests.mutation $(FILES)

bench-accuracy:
	$(PYTHON) -m tests.benchmarks.accuracy

# Speed is that of an installed wheel, in which the rules are compiled, and of the trained extractor beside them.
.benchmarks/installed: FORCE
	python3 -m venv $@
	$@/bin/pip install -q '.[dev]' ./plugins/neural
	$@/bin/pip install -q --force-reinstall --no-deps ./plugins/neural
	QUOTEMINER_COMPILE=1 $@/bin/pip install -q --force-reinstall --no-deps .

bench-speed: .benchmarks/installed
	.benchmarks/installed/bin/python -m tests.benchmarks.speed

bench-peers: .benchmarks/installed
	.benchmarks/installed/bin/python -m tests.benchmarks.peers

# The engines that we have adapters for, in an environment of their own: a gigabyte, and Java 17 for Spark. What is not there is skipped by name.
.benchmarks/engines: FORCE
	test -x $@/bin/python || python3 -m venv $@
	$@/bin/python -m pip install -q -e '.[engines]' -e plugins/spacy -e plugins/spark

ENGINES = .benchmarks/engines/bin/python
adapters: .benchmarks/engines
	$(ENGINES) -m pytest -q tests/engines
	$(ENGINES) -m pytest -q tests/test_docs.py -k "test_examples_run and (dask or engines or spacy or spark)"

bench-engines: .benchmarks/engines
	$(ENGINES) -m tests.benchmarks.engines

FORCE:

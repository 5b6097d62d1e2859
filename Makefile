# Everything a newcomer needs: `make demo` and `make test`. `make check` is what continuous integration runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold
SHARED ?= ../shared
QUICK ?=
FRESH ?= $(shell ls -d annotations/fresh-* | sort -V | tail -n 1)
TORTURE_KILLS ?= 200
TORTURE_SECONDS ?= 300
FUZZ_INPUTS ?= 20000
FUZZ ?= 1000000
STAMP := $(VENV)/.installed

# Compiled modules are kept: compiling what is imported anew takes longer than most of the tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types layers facts docs postgres slow torture fuzz browser bench bench-full lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## Put the package with its extras and the dragoman command into .venv

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: $(STAMP) ## Run the main job on the example documents and write a brief
	mkdir -p demo
	rm -f demo/dragoman.db demo/dragoman.db-wal demo/dragoman.db-shm
	$(BIN)/dragoman --store demo/dragoman.db run examples/documents; status=$$?; test $$status -eq 0 -o $$status -eq 7
	$(BIN)/dragoman --store demo/dragoman.db brief --out demo/brief.html
	@echo
	@echo "The brief is in demo/brief.html: open it in a browser. Ask the record, for example:"
	@echo "  $(BIN)/dragoman --store demo/dragoman.db contacts --role mediator"

test: $(STAMP) ## Unit, golden, property, command-line and SQLite contract tests, in under a minute
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not postgres and not browser"

check: test lint types layers facts docs postgres slow browser ## All of it: what continuous integration runs

lint: $(STAMP) ## Style and spelling
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/codespell src docs README.md CHANGELOG.md

types: $(STAMP) ## Strict type check
	$(BIN)/mypy

layers: $(STAMP) ## Imports point down
	$(BIN)/lint-imports

facts: $(STAMP) ## The facts in the gazetteer are well-formed
	$(BIN)/python -m dragoman.knowledge.check

docs: $(STAMP) ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

postgres: $(STAMP) ## Contract tests on PostgreSQL, started for them
	scripts/with-postgres $(BIN)/python -m pytest -m postgres

slow: $(STAMP) ## Slow tests, those of toughness in their short version
	$(BIN)/python -m pytest -m "slow and not postgres"

torture: $(STAMP) ## Toughness in full: 200 kills, five minutes of watching, 20,000 fuzzed inputs; each can be set
	TORTURE_KILLS=$(TORTURE_KILLS) TORTURE_SECONDS=$(TORTURE_SECONDS) FUZZ_INPUTS=$(FUZZ_INPUTS) $(BIN)/python -m pytest -m "slow and not postgres" -s \
	  tests/torture tests/fuzz tests/contract/test_store_killed.py

fuzz: $(STAMP) ## A million seeded inputs, or FUZZ=number, then a tenth of that guided by coverage; hours
	$(BIN)/python tests/fuzz/run_fuzz.py --inputs $(FUZZ)
	$(BIN)/python tests/fuzz/run_fuzz.py --guided --inputs $$(($(FUZZ) / 10))

browser: $(STAMP) ## Open the brief and every page of the desk in headless Chromium, with axe-core
	$(BIN)/python -m pytest -m browser

bench: $(STAMP) ## Accuracy on gold and the latest fresh batch, side by side, and speed beside bare spaCy
	$(BIN)/dragoman lab bench $(GOLD) --fresh $(FRESH)

bench-full: $(STAMP) ## Speed, scale and size with their baselines, into docs/performance.md; QUICK=--quick for small samples
	scripts/with-postgres $(BIN)/dragoman lab performance $(SHARED) $(QUICK) --out docs/performance.md

lock: ## Pin every dependency by hash (needs uv in .venv)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --extra md --extra postgres --extra ray --group dev --output-file requirements.lock pyproject.toml

clean: ## Remove what was built
	rm -rf $(VENV) site build dist demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

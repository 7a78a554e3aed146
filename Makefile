# Two commands for a person: `make demo` and `make check`. The rest is for those who work on deskterm.
# Everything runs from .venv, which is made here and pinned by constraints.txt.

VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev

.PHONY: help demo check format lint types contracts test dovecot schemas check-stores bench bench-full fuzz mutants torture look pictures keys settings figures manual licences audit dist constraints wheel clean

help: ## this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' Makefile

demo: $(RUN_READY) ## set up and open the desk on a sample store
	@$(BIN)/deskterm demo

check: $(DEV_READY) dovecot schemas ## set up and pass every check: format, lint, types, contracts, tests
	@sh scripts/check

format: $(DEV_READY) ## write the code in its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV_READY)
	$(BIN)/mypy

contracts: $(DEV_READY)
	$(BIN)/lint-imports

test: $(DEV_READY) ## the tests alone
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

dovecot:
	@sh scripts/dovecot

schemas: $(DEV_READY)
	@sh scripts/schemas

check-stores: $(DEV_READY) ## the store adapters against a real Vendure, from npm (some minutes the first time)
	@sh scripts/check-stores

bench: $(DEV_READY) dovecot ## the benchmarks at 1k and 10k mails
	$(BIN)/python -m benchmarks 1000 10000

bench-full: $(DEV_READY) dovecot ## the benchmarks at 1k, 10k and 100k mails
	$(BIN)/python -m benchmarks 1000 10000 100000

torture: $(DEV_READY) dovecot ## 5,000 random faults, at most 25 minutes, and 1,000 histories of merging, undoing and counting
	$(BIN)/python -m tests.torture 5000 1500
	$(BIN)/python -m tests.torture.money 300
	DESKTERM_HISTORIES=1000 $(BIN)/pytest -q -p no:cacheprovider tests/domain/figures/test_naive.py tests/desk/figures/test_kept.py
	DESKTERM_HISTORIES=1000 $(BIN)/pytest -q -p no:cacheprovider tests/desk/ticket_work/test_histories.py

mutants: $(DEV_READY) dovecot ## one change at a time in what sends and judges: which does no test notice? Hours
	@sh scripts/mutants $(ONLY)

fuzz: $(DEV_READY) ## a minute of mutated mails through the parser
	$(BIN)/python -m tests.fuzz 60

look: $(DEV_READY) ## the desk in the terminals that are installed, on one sheet (needs Xvfb, xdotool, ImageMagick)
	$(BIN)/python -m scripts.look

pictures: $(DEV_READY) ## the pictures of the README, from the demo
	$(BIN)/python -m scripts.pictures

keys: $(DEV_READY) ## write the tables of keys (README, docs/keys.md) from the commands' records
	$(BIN)/python -m scripts.keys

settings: $(DEV_READY) ## write the tables of docs/config.md and its schema from the settings
	$(BIN)/python -m scripts.settings

figures: $(DEV_READY) ## write the table of docs/metrics.md from the figures' records
	$(BIN)/python -m scripts.metrics

manual: $(DEV_READY) ## write the manual page docs/deskterm.1 from the command line's parser
	$(BIN)/python -m scripts.manual

licences: $(DEV_READY) ## write docs/licences.md from what is installed
	$(BIN)/python -m scripts.licences

constraints: $(DEV_READY) ## write down what is installed as what is tested, with the hashes of its files
	$(BIN)/python -m scripts.pins

wheel: $(DEV_READY) ## build the wheel into dist/
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

audit: $(DEV_READY) ## ask for known weaknesses of what is pinned; skipped offline
	@sh scripts/audit

dist: $(DEV_READY) ## build sdist and wheel twice and compare their bytes
	@sh scripts/dist

clean: ## remove what was made here (never your data)
	rm -rf $(VENV) .venv-audit dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(RUN_READY): pyproject.toml constraints.txt scripts/setup
	@sh scripts/setup run

$(DEV_READY): pyproject.toml constraints.txt scripts/setup
	@sh scripts/setup dev

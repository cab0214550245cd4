# Everything works from a bare machine with Python 3.11 or later and make: the environment is made when it is first needed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help env run test check soak bench lock golden fmt clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
CODE := domain ledger projections workflows schemas verifier interfaces
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

help: ## Say what can be made (this text)
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

env: $(VENV)/.installed ## Make .venv with ledger1540 in it; does nothing when it is up to date

$(VENV)/.locked: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "ledger1540 needs Python 3.11 or later and '$(PYTHON)' is not that: try 'make env PYTHON=python3.11'" >&2; exit 1; }
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "'$(PYTHON) -m venv' failed; some systems package it apart, as python3-venv" >&2; exit 1; }
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	PATH="$(CURDIR)/$(BIN):$$PATH" $(PY) -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation -e . # the build backend looks for its own program on PATH
	@touch $@

run: env ## A production record with the programme, the simulated history, and a short tour of both
	@$(PY) -m interfaces.run.tour

test: env ## The tests, without the long ones
	$(PY) -m pytest -n 3 --dist worksteal -m "not soak" tests

check: env ## Format, lint, two strict type checkers, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	@$(PY) -m tests.soak_page --check

soak: env ## The long tests; docs/reference/soak.md says what they did
	rm -f .soak.jsonl
	LEDGER1540_SOAK_REPORT=$(CURDIR)/.soak.jsonl $(PY) -m pytest -m soak tests
	$(PY) -m tests.soak_page .soak.jsonl

bench: env ## Measure speed, beside its peers
	$(PY) -m benchmarks

golden: env ## Write golden files for new event types; one that exists is never changed
	$(PY) -m interfaces.run.golden

fmt: env ## Put the code into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: env ## Choose newer versions of everything and write them down with their hashes
	$(COMPILE) --upgrade pyproject.toml --output-file requirements.txt
	$(COMPILE) --upgrade pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## Remove what was made: the environment, caches and builds, never a record
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis dist
	find $(CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Two commands: `make demo` and `make test`. Both set up what they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= outputs
# one worker a core, at most four; a file's tests stay together, so what they share is made once
TESTS ?= -n auto --maxprocesses=4 --dist=loadfile

.PHONY: demo test lint types contracts check bench example clean

demo: $(VENV)/.installed
	$(BIN)/python -m assetmap demo --out $(OUT)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(TESTS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

check: lint types contracts test

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

example: $(VENV)/.installed-dev
	$(BIN)/python scripts/make_example.py

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "assetmap needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,oracles,report]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

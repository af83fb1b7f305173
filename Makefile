# Everything a person or the CI needs: each target sets up its own environment from the pinned lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
READY := $(VENV)/.ready
REFERENTIEL ?= cycle-client-ia

.PHONY: run test lint review bench screenshots setup

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Prélecture demande Python 3.11 ou plus récent.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

run: setup
	$(BIN)/prelecture app --port $(PORT)

review: setup
	$(BIN)/prelecture review "$(DOSSIER)" --referentiel "$(REFERENTIEL)"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n 2

bench: setup
	$(BIN)/python -m benchmarks

screenshots: setup
	$(BIN)/python -m benchmarks.screenshots

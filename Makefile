# Everything a person or the CI needs: each target sets up its own environment from the pinned locks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
REFERENTIEL ?= cycle-client-ia
DEFINED := pyproject.toml requirements-tools.lock requirements.lock
# Asking a language model takes what hides names.
MODEL_SET := $(shell { [ -n "$$PRELECTURE_MODEL" ] || grep -qs '^PRELECTURE_MODEL=.' .env; } && echo model)
READY := $(VENV)/.ready$(addprefix -,$(MODEL_SET))

.PHONY: run test lint review bench bench-scale bench-scale-short screenshots exemples setup model system lock upgrade wheel

setup: $(READY)

model: $(VENV)/.ready-model

$(VENV)/.ready: $(DEFINED)
	PYTHON=$(PYTHON) tools/install
	touch $@

$(VENV)/.ready-model: $(DEFINED) requirements-model.lock
	PYTHON=$(PYTHON) tools/install model
	touch $@ $(VENV)/.ready

$(VENV)/.ready-dev: $(DEFINED) requirements-model.lock requirements-dev.lock
	PYTHON=$(PYTHON) tools/install model dev
	touch $@ $(VENV)/.ready $(VENV)/.ready-model

run: setup
	$(BIN)/prelecture app --port $(PORT)

review: setup
	$(BIN)/prelecture review "$(DOSSIER)" --referentiel "$(REFERENTIEL)"

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What Python packages cannot bring: a browser, OCR in French, LibreOffice, fonts.
system:
	PYTHON=$(PYTHON) tools/system-packages

# Three at once on two processors: tests wait for servers, browsers and kills a third of their time.
test: system lint
	$(BIN)/pytest -n 3 --dist worksteal

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks

# A national session on this machine: PostgreSQL, one worker and two, what the queue costs, sixty jurors of whom four sit at
# browsers, batches with a kill each. Every figure is printed with its goal, the later ones too where one is missed.
# About forty minutes on two processors that nobody else uses; bench-scale-short: four, of which nothing is to be concluded.
bench-scale: $(VENV)/.ready-dev
	@missed=0; \
	$(BIN)/python -m benchmarks.scale --dossiers $(or $(DOSSIERS),300) --times 3 || missed=1; \
	$(BIN)/python -m benchmarks.jurors $(or $(JURORS),60) --seconds $(or $(SECONDS),60) || missed=1; \
	$(BIN)/python -m benchmarks.kills $(or $(BATCHES),50) 30 --stub --minutes $(or $(MINUTES),60) || missed=1; \
	exit $$missed

bench-scale-short:
	$(MAKE) bench-scale DOSSIERS=16 SECONDS=20 BATCHES=3 MINUTES=2

screenshots: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.screenshots

# One of each document, from the bundled example and invented jurors.
exemples: $(VENV)/.ready
	$(BIN)/python -m benchmarks.examples

wheel: $(VENV)/.ready-dev
	$(BIN)/python -m hatchling build --target wheel

# After a change of the dependencies in pyproject.toml; `make upgrade` takes newer versions too.
lock: $(VENV)/.ready-dev
	tools/lock

upgrade: $(VENV)/.ready-dev
	tools/lock --upgrade

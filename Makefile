# Everything a newcomer needs, each as one word. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
PYTEST_ARGS ?=
CATALOGUES := $(shell find src/klustermotor -name '*.po' 2>/dev/null)

.PHONY: help install install-dev messages demo test test-browser lint bench docs lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.made
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.messages: $(CATALOGUES) $(VENV)/.runtime
	$(BIN)/python scripts/messages.py compile
	@touch $@

install: $(VENV)/.messages ## Make .venv with the product and its pinned dependencies

install-dev: install $(VENV)/.dev ## The same, with the tools for testing and linting

messages: install-dev ## Collect new interface texts into the sv, nb and en catalogues
	$(BIN)/python scripts/messages.py extract

demo: install ## Build the demonstration region and its reports, then serve it (ARGS=--no-serve to stop there)
	$(BIN)/klustermotor demo $(ARGS)

test: install-dev ## Run every test that this machine can run
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

lint: install-dev ## Style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install-dev ## Measure speed against a peer in the same run
	$(BIN)/python -m bench $(ARGS)

docs: install-dev ## Make the pictures in docs/ anew from a running demonstration
	$(BIN)/python scripts/pictures.py

lock: ## Resolve the dependencies anew into the requirements*.lock files
	$(BIN)/python scripts/lock.py

clean: ## Remove what the other targets made
	rm -rf $(VENV) var build src/*.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

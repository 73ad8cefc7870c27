# `make` prints the targets. Each sets .venv up by itself; Python 3.11 and make are all it needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
SHARED := $(abspath ../shared/data)
export JUPYTER_PLATFORM_DIRS := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1
# doctests and tests compare messages in English
test check-all: export EFFICIENCY_LANGUAGE := en

.PHONY: help report test lab check-all bench bench-large notebooks lock clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@

report: .venv/ready ## review the sample office, and the permits log where it is at hand
	$(BIN)/efficiency review analysis/sample-review
	@if [ -f $(SHARED)/receipt/receipt.csv ]; then \
	  $(BIN)/efficiency review analysis/permits --log permits=$(SHARED)/receipt/receipt.csv; \
	else echo "analysis/permits: skipped, ../shared/data/receipt is not on this machine"; fi

test: .venv/ready ## style, types, layers, tests, doctests and notebooks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --no-loadscope-reorder

lab: .venv/ready ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

check-all: .venv/ready ## the slow checks, from where they broke off; writes VALIDATION.md (needs Java 17 for Spark)
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-spark/bin/uv pip sync --quiet --python .venv-spark/bin/python requirements-spark.lock
	.venv-spark/bin/uv pip install --quiet --python .venv-spark/bin/python --no-build-isolation --no-deps --editable .
	.venv-spark/bin/pytest -m spark -p no:xdist
	$(BIN)/pytest -m slow -n 2 --dist worksteal
	$(BIN)/python tests/validation/ledger.py

bench: .venv/ready ## the same work by efficiency and pm4py, 10⁵ to 10⁷ steps; writes BENCHMARKS.md
	$(BIN)/python benchmarks/bench.py

bench-large: .venv/ready ## 10⁸ steps within 4 GB and 1 GB of memory (needs 30 GB of disk)
	$(BIN)/python benchmarks/bench.py --large

notebooks: .venv/ready ## run the notebooks and store their outputs in the .ipynb files
	$(BIN)/python tests/test_notebooks.py

lock: ## resolve the lock files anew
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --extra dev --extra spark pyproject.toml -o requirements-spark.lock

clean: ## remove what was made here
	rm -rf .venv .venv-spark .mypy_cache .pytest_cache .ruff_cache .import_linter_cache analysis/*/output

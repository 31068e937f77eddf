# Two commands do everything: `make lab` opens the course, `make test` proves it.
# The environment lives in .venv and holds exactly what requirements.txt pins.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help lab test env stored sheets data pages pins bench clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: env  ## open the course in JupyterLab
	@$(BIN)/python tools/lab.py

test: env  ## run every notebook and every test
	@$(BIN)/python -m pytest

env:  ## make or mend the environment, without opening anything
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer, then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This Python is too old: $$($(PYTHON) --version 2>&1). The course needs 3.11 or newer (PYTHON=/path/to/python3 make ... picks another)."; exit 1; }
	@$(PYTHON) tools/environment.py

stored: env  ## run all notebooks and store their outputs
	@$(BIN)/python tools/stored.py

sheets: env  ## make exercises/ from solutions/
	@$(BIN)/python -m ruspak.sheets.make

data: env  ## rebuild the tables from the raw files, where these are at hand
	@$(BIN)/python data/build

pages: env  ## write the data package, the codebook and the glossary, and measure the sentences
	@$(BIN)/python data/build/codebook.py
	@$(BIN)/python data/build/glossary_page.py
	@$(BIN)/python tools/readability.py

pins: env  ## renew requirements.txt and environment.yml from requirements.in
	@$(BIN)/python tools/pins.py

bench: env  ## measure, and print benchmarks/RESULTS.md
	@$(BIN)/python benchmarks/run.py

clean:  ## remove the environment; work and progress stay
	rm -rf .venv

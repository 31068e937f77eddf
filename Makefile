# make lab opens the course, make test proves it; make lists the rest. All of it is course.py, which needs no make.
# SHEET=05 (sheets) and NOTEBOOK=05 (run) name one of them, ONLY=figure (check) a kind of change.

PYTHON ?= python3
COMMANDS := lab test check env run numbers sheets data pages site slides handouts test-site lock bench endure endure-long clean
ADDED = $(if $(filter run,$@),$(NOTEBOOK))$(if $(filter sheets,$@),$(SHEET))$(if $(filter check,$@),$(ONLY))

.PHONY: help $(COMMANDS)
.NOTPARALLEL:
help $(COMMANDS):
	@command -v "$(PYTHON)" >/dev/null || { echo "Python is missing: install Python 3.11 or newer, then try again."; exit 1; }
	@"$(PYTHON)" course.py $@ $(ADDED)

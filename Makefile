# Everything a user or contributor runs. `make` alone lists the targets; PYTHON chooses the interpreter (3.11 or newer).
PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?= -n auto --dist worksteal
BIN := $(VENV)/bin
OUT := out
FUZZ_SECONDS ?= 600
QUESTIONS := policies controllers practices recipients-by-data denials retention transfers rights
INSTALLED := build/installed
BUILT_FROM := pyproject.toml setup.py privagraph/browser/package-lock.json

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test quick fuzz check lint format types contracts wheel audit docs benchmarks clean

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "privagraph needs Python 3.11 or newer, and $(PYTHON) is not; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "no virtual environment could be made; on Debian or Ubuntu: apt install python3-venv" >&2; exit 2; }

# One stamp for each set of dependencies; made anew when one of these files changes.
$(VENV)/.installed: $(BUILT_FROM) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# The tests prove that the linters are live, so they need them too.
$(VENV)/.check: $(BUILT_FROM) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
	@touch $@ $(VENV)/.installed

$(VENV)/.fuzz: $(BUILT_FROM) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	@touch $@ $(VENV)/.installed

install: $(VENV)/.installed ## make .venv and install the project there
	@echo "installed: $(BIN)/privagraph"

demo: $(VENV)/.installed ## map the examples, check, ask, compare, draw, report; see out/demo/report.html
	rm -rf $(OUT)/demo && mkdir -p $(OUT)/demo/answers
	$(BIN)/privagraph map examples --output $(OUT)/demo/graph
	$(BIN)/privagraph query denials --graph $(OUT)/demo/graph
	$(BIN)/privagraph validate --graph $(OUT)/demo/graph > $(OUT)/demo/validation.txt || test $$? -eq 1
	for name in $(QUESTIONS); do \
	  $(BIN)/privagraph query $$name --graph $(OUT)/demo/graph --format csv > $(OUT)/demo/answers/$$name.csv || exit; \
	done
	$(BIN)/privagraph compare pinata-habits.md woerterwald.html --graph $(OUT)/demo/graph \
	  --format html --output $(OUT)/demo/compare.html
	$(BIN)/privagraph export --graph $(OUT)/demo/graph --to graphml --output $(OUT)/demo/graph.graphml
	$(BIN)/privagraph export --graph $(OUT)/demo/graph --to svg --view practices --output $(OUT)/demo/practices.svg
	$(BIN)/privagraph export --graph $(OUT)/demo/graph --to html --view flows --output $(OUT)/demo/flows.html
	$(BIN)/privagraph report $(OUT)/demo/graph --output $(OUT)/demo/report.html
	$(BIN)/python examples/report.py $(OUT)/demo/graph --output $(OUT)/report.md --files $(OUT)/demo

# The tests start many processes: what one has compiled the others need not, whatever the environment says.
test quick: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.check ## set up and pass all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

quick: $(VENV)/.check ## the tests without the slow ones
	$(BIN)/python -m pytest -m 'not slow' $(PYTEST_ARGS)

fuzz: $(VENV)/.fuzz ## feed all readers and the whole map hostile input, for FUZZ_SECONDS
	mkdir -p $(OUT)
	$(BIN)/python tests/fuzz/target.py -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(OUT)/

check: lint types contracts test wheel audit ## every gate

lint: $(VENV)/.check ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.check ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Types and import contracts are checked on what is shipped: checkers cannot look through the package-dir mapping of an
# editable install. setuptools builds in build/lib and never removes files there, hence the rm.
$(INSTALLED): $(VENV)/.check FORCE
	rm -rf build
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(INSTALLED) .

.PHONY: FORCE
FORCE:

types: $(INSTALLED) ## mypy --strict on the installed package
	cd $(INSTALLED) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml --strict -p privagraph

contracts: $(INSTALLED) ## import contracts on the installed package
	cd $(INSTALLED) && $(CURDIR)/$(BIN)/lint-imports --config $(CURDIR)/pyproject.toml --no-cache

wheel: $(VENV)/.installed ## build the wheel and try it in a clean environment
	rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	PYTHON=$(BIN)/python .ci/try-wheel dist/privagraph-*.whl

audit: $(VENV)/.check ## known vulnerabilities in what the package needs; says so where they cannot be looked up
	$(BIN)/python .ci/audit.py

docs: $(VENV)/.check ## write the generated parts of the documentation anew
	$(BIN)/python docs/generate.py

benchmarks: $(VENV)/.check ## every ratio to a peer, on small work, in about a quarter of an hour
	$(BIN)/python benchmarks/all.py

clean: ## remove everything that the targets made
	rm -rf $(VENV) build dist $(OUT) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

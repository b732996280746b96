# The words of the project. Each sets up what it needs and says what it does.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLES ?=
PYTHONS ?= python3.11 python3.12 python3.13

.PHONY: help accuracy browser coverage report test check notebooks bench figures docs docs-links dictionary packages build clean

help:
	@echo "make report [ARTICLES=folder]  run the notebooks: charts, tables and report/index.html"
	@echo "make test                      all checks and all tests"
	@echo "make check                     formatting, types, docstrings, repository, notebooks"
	@echo "make browser                   the notebooks in JupyterLab, displays and report in Chromium"
	@echo "make bench                     time the same work here and in other tools"
	@echo "make accuracy                  how often mentions are right, on labelled sentences of the news corpus"
	@echo "make coverage                  how often intervals and tests of comparisons are right, by simulation (3 minutes)"
	@echo "make figures                   redraw the figures of the README and the gallery of all charts"
	@echo "make docs                      build the pages in docs/_build/html, and the data dictionary"
	@echo "make docs-links                ask every address that the pages name"
	@echo "make packages                  build wheel and sdist and test them on Python 3.11, 3.12 and 3.13"
	@echo "make build                     wheel and sdist in dist/"
	@echo "make clean                     remove everything that these made"

$(BIN)/python:
	@echo "== creating the environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "framing needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: pyproject.toml $(BIN)/python
	@echo "== installing framing and what it needs (once; some minutes without a package cache)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.runtime
	@echo "== installing the tools of the tests (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(VENV)/.docs: pyproject.toml $(VENV)/.runtime
	@echo "== installing what builds the pages (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	@touch $@

report: $(VENV)/.runtime
	@echo "== running the notebooks"
	@$(BIN)/framing report $(if $(ARTICLES),"$(ARTICLES)") --out report

test: check
	@echo "== tests"
	@$(BIN)/python -m pytest -q -n 2

check: $(VENV)/.dev
	@echo "== ruff: format and lint"
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@echo "== mypy: types"
	@$(BIN)/mypy --no-error-summary
	@echo "== numpydoc: docstrings of the public functions"
	@$(BIN)/python tests/check_docstrings.py
	@echo "== sp-repo-review: the repository"
	@$(BIN)/sp-repo-review --show err .
	@$(MAKE) --no-print-directory notebooks

notebooks: $(VENV)/.dev
	@echo "== notebooks: without outputs, and run from top to bottom on the sample"
	@$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb
	@FRAMING_ARTICLES=sample $(BIN)/python -m pytest -q --nbmake -n 2 notebooks

$(VENV)/.browser: pyproject.toml $(VENV)/.runtime
	@echo "== installing what drives a browser (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group browser
	@touch $@

browser: $(VENV)/.browser
	@echo "== the first hour in JupyterLab, what notebooks show, and the report, in Chromium"
	@FRAMING_BROWSER=1 $(BIN)/python -m pytest -q --no-showlocals tests/browser

accuracy: $(VENV)/.dev
	@echo "== accuracy of find_mentions on sentences that were labelled by reading"
	@$(BIN)/python benchmarks/accuracy.py

bench: $(VENV)/.dev
	@echo "== benchmarks: this toolkit and the tools that users would pick instead"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/topics.py

coverage: $(VENV)/.dev
	@echo "== coverage of intervals and error rates of tests, on synthetic articles and on shuffled real ones"
	@$(BIN)/python benchmarks/coverage.py
	@echo "== how many articles it takes to see a difference"
	@$(BIN)/python benchmarks/power.py

figures: $(VENV)/.runtime
	@$(BIN)/python docs/figures.py

docs: $(VENV)/.docs dictionary
	@echo "== building the pages; the notebooks run on the sample"
	@$(BIN)/python -m sphinx -q -b html -W --keep-going -j auto docs docs/_build/html
	@echo "== docs/_build/html/index.html"

docs-links: $(VENV)/.docs
	@echo "== asking every address that the pages name (needs a network)"
	@$(BIN)/python -m sphinx -q -b linkcheck -W --keep-going docs docs/_build/links

dictionary: $(VENV)/.runtime
	@$(BIN)/python -c 'from framing.schema import data_dictionary as d; print(d(), end="")' > docs/data-dictionary.md
	@echo "== docs/data-dictionary.md is up to date"

packages: $(VENV)/.dev
	@echo "== wheel and sdist, from an empty folder, on each Python, with the newest and the lowest dependencies"
	@$(BIN)/python tests/check_packages.py $(PYTHONS)

build: $(VENV)/.dev
	@$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) report dist build docs/_build docs/tutorial/*.ipynb docs/api .pytest_cache .mypy_cache .ruff_cache .hypothesis

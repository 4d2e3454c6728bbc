# The chores of the project. `make report` and `make test` set everything up that they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# The versions of other people's packages that everything was last tried with. `make newest` tries without it.
CONSTRAINTS ?= constraints.txt
# By the environment, so that they hold for hatchling too, which builds the package in an environment of pip's own.
PIP = PIP_CONSTRAINT=$(CONSTRAINTS) PIP_BUILD_CONSTRAINT=$(CONSTRAINTS) \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check
# What the tests need on Windows alone, so that no other system's list of packages has it.
ON_WINDOWS := colorama
CASE ?= inputs/wolverhampton-2015

# Which benchmarks, as `make bench BENCH=batch`; all of them, and the page is written, where none is named.
BENCH ?=

# What is changed, as `make mutants OF='finmodel.costing.pay.*'`; everything that pyproject.toml names takes hours.
OF ?=

.PHONY: report test newest constraints lint bench evidence tampering mutants system-packages clean

report: $(VENV)/.installed ## Price the shipped case and write its workbook, page and results.
	$(BIN)/finmodel report $(CASE)

# Each worker begins with a part of its own, so that what a file's tests share is made once, and helps the others at the end.
# What is compiled is kept beside the code, or every program that a test starts would compile the package again.
test: $(VENV)/.test-installed system-packages ## Run every test.
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal

newest: ## Every test with the newest packages there are, in an environment of its own.
	rm -rf .venv-newest
	$(MAKE) test VENV=.venv-newest CONSTRAINTS=

constraints: ## Write constraints.txt anew, with the newest packages there are. Run the tests before you keep it.
	rm -rf .venv-newest
	$(MAKE) .venv-newest/.test-installed VENV=.venv-newest CONSTRAINTS=
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check $(ON_WINDOWS)
	{ echo "# The packages that make report and make test install; make constraints writes this anew."; \
	.venv-newest/bin/python -m pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools \
	--disable-pip-version-check; } > constraints.txt.new
	mv constraints.txt.new constraints.txt

lint: $(VENV)/.test-installed ## Style and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test-installed ## Speed against a peer in the same run, as docs/performance.md; BENCH=batch is one script.
	$(BIN)/python benchmarks $(BENCH)

evidence: $(VENV)/.test-installed ## Test and recalculate everything, and record it for reports; the last step of a release.
	$(BIN)/python tests/release_evidence.py

tampering: $(VENV)/.test-installed ## How much of what is tampered with is found; about twenty minutes.
	for script in benchmarks/tampering/*.py; do $(BIN)/python $$script || exit 1; done

mutants: $(VENV)/.test-installed ## Change the code in small ways and see whether the tests notice.
	$(PIP) 'mutmut>=3.5'
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/mutmut run $(OF)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/mutmut results

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(MAKE) venv-package; $(PYTHON) -m venv $(VENV); }

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml $(CONSTRAINTS)
	$(PIP) --editable .
	touch $@

$(VENV)/.test-installed: $(VENV)/bin/python pyproject.toml $(CONSTRAINTS)
	$(PIP) --editable '.[test]'
	touch $@ $(VENV)/.installed

# Chromium shows the page, LibreOffice recalculates the workbook, and what drives Chromium wants libatomic1. They are
# installed where that is allowed; where it is not, the tests that need them are skipped, except in CI.
SYSTEM_PACKAGES := chromium libatomic1 libreoffice-calc libreoffice-writer
APT := apt-get -qq -o DPkg::Lock::Timeout=300
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)

system-packages:
	@if dpkg -s $(SYSTEM_PACKAGES) >/dev/null 2>&1; then exit 0; fi; \
	if command -v apt-get >/dev/null && $(AS_ROOT) true 2>/dev/null; then \
		echo "Installing $(SYSTEM_PACKAGES)"; \
		$(AS_ROOT) $(APT) update >/dev/null && \
		$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends $(SYSTEM_PACKAGES) >/dev/null; \
	else echo "chromium and LibreOffice are not installed, and may not be: tests that need them are skipped"; fi

.PHONY: venv-package
venv-package:
	$(AS_ROOT) $(APT) update >/dev/null
	$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends python3-venv >/dev/null

clean: ## Remove what the other chores made.
	rm -rf $(VENV) .venv-newest build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

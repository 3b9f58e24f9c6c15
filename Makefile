# Everything runs in .venv, which `make demo` and `make test` create by themselves.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
STUDY ?= examples/amur_leopard.toml
OUT ?= out/$(basename $(notdir $(STUDY)))
PYTEST_ARGS ?=
# The shipped evidence and its date.
BUNDLE := src/orientalis_site/bundle
EVIDENCE_DATE ?= 2026-11-24

.PHONY: help demo bundle site messages test check format bench bench-site verify docs lock clean distclean environment test-packages

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: environment ## run the main job and write its report
	$(BIN)/orientalis run $(STUDY) --out $(OUT)
	$(BIN)/orientalis report $(OUT)
	@printf '\nThe report: %s\n' "$(CURDIR)/$(OUT)/report.html"

bundle: environment ## run the main job, going on with what is there, and publish it as the shipped evidence
	$(BIN)/orientalis run examples/amur_leopard.toml --out out/amur_leopard
	$(BIN)/orientalis publish out/amur_leopard --out $(BUNDLE) --date $(EVIDENCE_DATE)
	$(BIN)/orientalis verify-bundle $(BUNDLE)

site: environment ## start the public site on http://localhost:8000 (another port: make site PORT=8080); it never simulates
	exec $(BIN)/python -m orientalis_site serve

messages: environment ## gather the site's words anew and compile the translations (needs gettext)
	cd src/orientalis_site && for step in "makemessages --no-location --no-wrap --no-obsolete" compilemessages; do \
	  $(CURDIR)/$(BIN)/python -m orientalis_site $$step --locale ru --locale zh_Hans; done

test: environment test-packages ## run the tests; those of tests/house run every step of `make check` too
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: environment ## lint, types, layers, style
	$(BIN)/python tools/check.py

format: environment ## lay out the code and put right what can be put right without a decision
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: environment ## measure speed and memory against the reference loop, and print the table
	$(BIN)/python benchmarks/bench.py

bench-site: environment ## measure the public site: sizes, times, loads with and without a proxy, the petition
	bash tools/install_packages.sh bench
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/petition_load.py

verify: environment ## compare the engine with theory and published cases (up to an hour)
	$(BIN)/orientalis verify

docs: environment ## write the generated pages anew
	$(BIN)/python -m tools.generate_docs

lock: ## pin the versions again, changing as few as possible (all to the newest: make lock UPGRADE=--upgrade)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet $(UPGRADE) -o requirements.lock

clean: ## remove results and caches
	rm -rf out dist build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environment too
	rm -rf .venv

environment: .venv/project.installed

# Where a system package may not be installed, its tests are left out and say so; in CI that is a failure.
test-packages:
	bash tools/install_packages.sh tests || [ -z "$${CI:-}" ]

.venv/requirements.installed: requirements.lock tools/make_environment.sh
	bash tools/make_environment.sh requirements

.venv/project.installed: .venv/requirements.installed pyproject.toml src/orientalis/__init__.py
	bash tools/make_environment.sh project

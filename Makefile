# Two commands matter: `make run` and `make test`. Both set up what they need, then work offline.
PYTHON ?= python3
PORT ?= 8000
BOOT := $(PYTHON) tools/bootstrap.py
V := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: bench-casework run stop test test-fast test-slow check fix lock clean

run:  ## set up and start everything; stays in the foreground
	@$(BOOT) run
	@PORT=$(PORT) exec $(V) -m config.launch

stop:  ## stop what `make run` started, the database included
	@test ! -x $(V) || $(V) -m config.launch --stop

test:  ## every test, browser tests included
	@$(BOOT) dev
	@$(V) tools/run_tests.py all

test-fast:  ## everything but browser, kill and long tests
	@$(BOOT) dev
	@$(V) tools/run_tests.py fast

test-slow:  ## long simulations, and twenty times as many random cases, new ones each time
	@$(BOOT) dev
	@$(V) tools/run_tests.py slow

check:  ## lint, types, import contracts, translations, docs
	@$(BOOT) dev
	@$(V) tools/check.py

fix:  ## format and mend what can be mended by machine
	@$(BOOT) dev
	@.venv/bin/ruff check --fix-only --quiet src tests tools benchmarks
	@.venv/bin/ruff format --quiet src tests tools benchmarks

bench-casework:  ## requests over 20,000 and 1,000,000 cases; filling them takes some minutes the first time
	@$(BOOT) bench
	@$(V) -m benchmarks.casework

bench-%:  ## run benchmarks/<name>.py and write benchmarks/out/<name>.json
	@$(BOOT) dev
	@$(V) -m benchmarks.$*

lock:  ## recompile the lock files after a change of pyproject.toml
	@$(BOOT) dev
	@$(V) tools/lock.py

clean:  ## remove the environment, the local database and everything built
	@test ! -x $(V) || $(V) -m config.launch --clean
	rm -rf .venv .local node_modules frontend/node_modules frontend/dist static

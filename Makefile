# The project's plain verbs. `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
# Tests never write into the shop's own data directory.
PYTEST := $(BIN)/python -m pytest
export PYTHONDONTWRITEBYTECODE ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-services test-browser test-full accept check fix schema messages audit bench lock \
        clean distclean env env-dev env-browser

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

env:
	@$(PYTHON) storefront/bootstrap.py

env-dev:
	@$(PYTHON) storefront/bootstrap.py --dev

env-browser:
	@$(PYTHON) storefront/bootstrap.py --dev --browser

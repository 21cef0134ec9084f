# The project's plain verbs; `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
WORKERS ?= auto
# More options for pytest: make test ARGS="-k refund -x"
ARGS ?=

# Where `make test-services` finds the services (`make test` needs none of them).
TEST_DATABASE_URL ?= postgresql://postgres@127.0.0.1:5432/bangmai
TEST_REDIS_URL ?= redis://127.0.0.1:6379/9
TEST_BROKER_URL ?= amqp://guest:guest@127.0.0.1:5672//

.DEFAULT_GOAL := help
.PHONY: help run test test-services test-browser test-full accept check fix schema messages audit bench pictures lock clean \
        env env-dev env-browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: env ## run the shop at http://127.0.0.1:8000 (PORT, HOST and BANGMAI_HOME change it)
	@$(BIN)/bangmai run

test: env-dev ## the tests on SQLite, without a browser or services: at most five minutes
	$(PYTEST) -n $(WORKERS) -m "not services and not browser and not full" --ignore tests/accept --ignore tests/browser $(ARGS)

test-services: env-dev ## the tests on PostgreSQL, Redis and RabbitMQ at 127.0.0.1
	DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) CELERY_BROKER_URL=$(TEST_BROKER_URL) \
	$(PYTEST) -n $(WORKERS) -m "not browser and not full" --ignore tests/accept --ignore tests/browser $(ARGS)

test-browser: env-browser ## the tests that drive the system's Chromium
	$(PYTEST) tests/browser -m "not full" $(ARGS)

# Races and crashes are timed, so they run by themselves.
test-full: env-browser ## every test at its full size, on SQLite and on the services: up to an hour
	$(PYTEST) -n $(WORKERS) --ignore tests/accept --ignore tests/browser --ignore tests/faults
	$(PYTEST) tests/faults -s
	DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) CELERY_BROKER_URL=$(TEST_BROKER_URL) \
	$(PYTEST) -n $(WORKERS) --ignore tests/accept --ignore tests/browser --ignore tests/faults
	DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) CELERY_BROKER_URL=$(TEST_BROKER_URL) \
	$(PYTEST) tests/faults -s
	$(PYTEST) tests/browser

accept: env-browser ## each line of the acceptance list, its figure, and whether it passed
	$(PYTEST) tests/accept -s $(ARGS)

check: env-dev ## lint, format, types, import contracts, migrations, message catalogues, API schema
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bangmai django makemigrations --check --dry-run --skip-checks # the admin's checks need a migrated database
	$(BIN)/python -m storefront.messages check
	$(BIN)/bangmai schema --check

fix: env-dev ## repair what lint and format can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: env-dev ## write schema.graphql anew
	$(BIN)/bangmai schema

messages: env-dev ## collect the texts to translate, and compile the catalogues
	$(BIN)/python -m storefront.messages update
	$(BIN)/python -m storefront.messages compile

audit: env ## check the ledgers of the shop in BANGMAI_HOME
	$(BIN)/bangmai audit

bench: env-dev ## measure the figures of docs/figures.md
	$(BIN)/python -m benchmarks $(ARGS)

pictures: env-browser ## take the screenshots of docs/pictures anew
	$(BIN)/python -m tests.browser.pictures

lock: env-dev ## resolve the requirements anew (needs uv)
	@limits=; for name in build runtime dev browser; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
	    $(UPGRADE) $$limits requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	  limits="$$limits -c requirements/$$name.txt"; \
	done

clean: ## remove the environment and caches; the shop's data in var/ stays
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

env:
	@$(PYTHON) storefront/bootstrap.py

env-dev:
	@$(PYTHON) storefront/bootstrap.py --dev
	@$(BIN)/python -m storefront.messages compile

env-browser:
	@$(PYTHON) storefront/bootstrap.py --dev --browser
	@$(BIN)/python -m storefront.messages compile

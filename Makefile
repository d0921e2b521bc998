# The commands of the house; `make help` lists them. Needs nothing but make: everything else is brought by scripts/install.sh.

DATA ?= ./data
PORT ?= 8080
BACKENDS ?= memory sqlite postgres mariadb mysql mongodb dynamodb
RESULTS := .cache/test-results.json

export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export KONFIG_DATA = $(DATA)
export KONFIG_PORT = $(PORT)

vitest := vitest run --reporter=default --reporter=./scripts/failures.ts --reporter=json --outputFile.json=$(RESULTS)

.DEFAULT_GOAL := help
.PHONY: help install tools run dev test test-unit test-integration test-security test-faults soak check types lint format-check text format bench contract

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-26s%s\n' "$$name" "$$what"; done

install: ## Bring the toolchain and the dependencies; does nothing when they are there
	@sh scripts/install.sh

run: install ## Start Konfig with a sample tenant (DATA=./data PORT=8080)
	@exec node packages/server/src/main.ts

dev: install ## The same, started again whenever a source file changes
	@exec node --watch packages/server/src/main.ts

tools:
	@sh scripts/tools.sh
	@sh scripts/tools-python.sh
	@sh scripts/tools-mysql.sh
	@sh scripts/tools-mongodb.sh
	@sh scripts/tools-dynamodb.sh

test: install tools ## Check everything, run every suite, report coverage and the total
	@sh scripts/test.sh

test-unit: install tools ## Tests beside the code
	@$(vitest) --project unit && node scripts/total.ts $(RESULTS) unit

test-integration: install tools ## Tests against a running server
	@$(vitest) --project integration && node scripts/total.ts $(RESULTS) integration

test-security: install tools ## Attacks that must fail
	@$(vitest) --project security && node scripts/total.ts $(RESULTS) security

test-faults: install tools ## Each backend while servers are killed, cut off and out of room, half a minute each
	@$(vitest) --project faults && node scripts/total.ts $(RESULTS) faults

soak: install tools ## The same for long (SOAK_MINUTES=10 SOAK_BACKENDS="sqlite postgres" SOAK_SEED=7)
	@node tests/faults/soak.ts

check: install types lint format-check text ## Types, lint with the import directions, format, tracked text

types: install
	@tsc --noEmit -p tsconfig.json

lint: install
	@oxlint

format-check: install
	@biome format .

text: install
	@node scripts/text.ts

format: install ## Format all files
	@biome format --write .

bench: install ## Measure speed and size; writes bench/results.json
	@node bench/run.ts

contract: install tools ## Run both ports' contract suites on each backend (BACKENDS="memory sqlite postgres mariadb mysql mongodb dynamodb")
	@node scripts/contract.ts $(BACKENDS)

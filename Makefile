# One door to everything: `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The pinned Node and the tools come from node_modules, whatever the machine has.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
ready := node_modules/.ready
manifests := package.json package-lock.json $(wildcard packages/*/package.json services/*/package.json gateway/package.json bot/package.json operator/package.json start/package.json web/package.json)
tests := $(wildcard packages services gateway bot operator start web/test test/*.test.ts test/contract test/journeys test/chart)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(ready): $(manifests)
	@bash start/bootstrap.sh

.PHONY: start
start: $(ready) ## Run the whole platform here (PORT=8000, DEMO=0 without the demo, DATA=folder to keep it in)
	@exec node start/start.ts

.PHONY: service
service: $(ready) ## Run one service in a process of its own, as in a pod (NAME=lesson)
	@exec npm run --silent service $(or $(NAME),$(error say which: make service NAME=lesson))

.PHONY: stores
stores: $(ready) ## Start Postgres, RabbitMQ and Redis for the tests and keep them until `make stores-down`
	@bash test/stores/install.sh
	@node test/stores.ts up

.PHONY: stores-down
stores-down: $(ready) ## Stop the tests' stores and remove their data
	@node test/stores.ts down

.PHONY: test
test: $(ready) ## Run every test on real Postgres, RabbitMQ and Redis
	@bash test/stores/install.sh
	@bash test/chart/install.sh
	@mocha --parallel --jobs 2 $(tests)

.PHONY: check
check: $(ready) ## Types, lint, formatting, import rules, dead code, licences, the lockfile
	@node test/check.ts

.PHONY: advisories
advisories: $(ready) ## Ask the registry for known vulnerabilities of what ships
	@node test/advisories.ts

.PHONY: controls
controls: $(ready) ## Break each guard in a scratch copy and expect red (ONLY=name for one)
	@bash test/stores/install.sh
	@node test/controls.ts $(if $(ONLY),'$(ONLY)')

.PHONY: chaos
chaos: $(ready) ## Kill and freeze what the services stand on; nothing may be lost or doubled
	@bash test/stores/install.sh
	@node test/chaos/chaos.ts

.PHONY: bench
bench: $(ready) ## Measure the promised figures
	@bash test/stores/install.sh
	@node test/bench/bench.ts

.PHONY: dead-letters
dead-letters: $(ready) ## List the messages a service could not handle (NAME=student; REPLAY=1 tries them again)
	@exec npm run --silent dead-letters -- $(NAME) $(if $(REPLAY),replay)

.PHONY: generate
generate: $(ready) ## Write the CRD and docs/settings.md from the settings' schema
	@node operator/src/generate.ts

.PHONY: format
format: $(ready) ## Format every file and fix what can be fixed
	@node test/chart/values-table.ts
	@biome check --write .

.PHONY: clean
clean: ## Remove what was installed and built; the data of `make start` stays
	@if [ -e $(ready) ]; then node test/stores.ts down; fi
	@rm -rf node_modules packages/*/node_modules services/*/node_modules gateway/node_modules bot/node_modules operator/node_modules start/node_modules web/node_modules web/dist .scratch

.PHONY: image
image: ## Build the image of all parts (IMAGE=repitbot:local; BUILDER="buildah bud" instead of docker)
	@$(or $(BUILDER),docker build) --tag $(or $(IMAGE),repitbot:local) .

.PHONY: kind
kind: ## From nothing to a signed-in page on a kind cluster (DRY=1 lists the commands)
	@bash start/kind.sh

.PHONY: e2e
e2e: $(ready) ## Prove the chart on the cluster that KUBECONFIG names (IMAGE=repitbot:local; see docs/e2e.md)
	@if [ -n "$${OUTSIDE:-}" ]; then bash test/stores/install.sh && bash test/chart/install.sh; fi
	@node test/e2e/e2e.ts

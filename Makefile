# The commands of the repository; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The pinned Node and the tools come from node_modules, whatever the machine has.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
ready := node_modules/.ready
manifests := package.json package-lock.json $(wildcard packages/*/package.json services/*/package.json gateway/package.json bot/package.json operator/package.json start/package.json web/package.json)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(ready): $(manifests)
	@bash start/bootstrap.sh

.PHONY: start
start: $(ready) ## Run the whole platform on this machine (PORT=8000, DEMO=0 without the demo, DATA=folder of its data)
	@exec node start/start.ts

.PHONY: service
service: $(ready) ## Run one service in a process of its own, as in a pod (NAME=lesson)
	@exec npm run --silent service $(or $(NAME),$(error name the service: make service NAME=lesson))

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
	@bash test/chart/install.sh || echo 'The tests of the chart will fail for it; all others run' >&2
	@node test/run.ts

.PHONY: check
check: $(ready) ## Types, lint, formatting, import rules, dead code, licences, the lockfile
	@node test/check.ts

.PHONY: advisories
advisories: $(ready) ## Ask the registry for known vulnerabilities of what ships
	@node test/advisories.ts

.PHONY: controls
controls: $(ready) ## Break each guard in a scratch copy, where its test must fail (ONLY=name for one)
	@bash test/stores/install.sh
	@node test/controls.ts $(if $(ONLY),'$(ONLY)')

.PHONY: mutants
mutants: $(ready) ## Change random places of logic and see which no test notices (COUNT=10, SEED=n to repeat, ONLY=part of a path)
	@bash test/stores/install.sh
	@COUNT=$(COUNT) SEED=$(SEED) ONLY=$(ONLY) node test/mutants.ts

.PHONY: chaos
chaos: $(ready) ## Kill and freeze services and their stores; nothing may be lost or done twice
	@bash test/stores/install.sh
	@node test/chaos/chaos.ts

.PHONY: bench
bench: $(ready) ## Measure the promised figures (ONLY=gateway for one part; SOAK_MINUTES=10 of load before its rounds)
	@bash test/stores/install.sh
	@node test/bench/bench.ts

.PHONY: dead-letters
dead-letters: $(ready) ## List the events that a service could not handle (NAME=student; REPLAY=1 tries them again)
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
kind: ## Make a kind cluster with the platform on it (DRY=1 lists the commands)
	@bash start/kind.sh

.PHONY: e2e
e2e: $(ready) ## Test the chart on the cluster that KUBECONFIG names (IMAGE=repitbot:local; see docs/e2e.md)
	@if [ -n "$${OUTSIDE:-}" ]; then bash test/stores/install.sh && bash test/chart/install.sh; fi
	@node test/e2e/e2e.ts

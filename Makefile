# make export [DB=folder OUT=folder]   installs, builds, and exports a database folder (a bundled one by default)
# make build | test | check            what you need every day; test runs in minutes and needs no JVM
# make generate                        generated/ anew from formats/*.ksy and kernels/*.ts
# make e2e | bench | bench-quick       against real QuestDB servers | against peers | in two minutes
# make fuzz [FUZZ_CASES=n FUZZ_SEED=n] damage of every kind to the fixtures, in memory; each result judged

EXAMPLE := 01-trades-v1
DB ?= .build/example/$(EXAMPLE)/db
OUT ?= out
FUZZ_CASES ?= 100000
FUZZ_SEED ?= 0
FUZZ_FLAGS ?=
# Not the one that is damaged, nor the one of many tables, which is slow and has nothing new.
FUZZ_FIXTURES := $(filter-out 13-% 16-%,$(notdir $(basename $(basename $(wildcard test/fixtures/*.tar.gz)))))
FUZZ_ROOTS := $(FUZZ_FIXTURES:%=.build/fixtures/%/db)
SOURCES := $(shell find src generated -name '*.ts' 2>/dev/null)
INSTALLED := node_modules/.package-lock.json

.DELETE_ON_ERROR:
.PHONY: export build test check generate e2e bench bench-quick fuzz clean

export: build $(if $(filter .build/example/%,$(DB)),$(DB))
	node dist/cli/main.js export '$(DB)' --output-dir '$(OUT)' $(if $(filter out,$(OUT)),--force)

build: dist/cli/main.js

test: build
	npx vitest run

check: $(INSTALLED)
	npx tsc -p tsconfig.json
	npx biome check --error-on-warnings
	npx depcruise $(wildcard src generated generator tools test bench) --config .dependency-cruiser.cjs
	npx tsx generator/main.ts --check

generate: $(INSTALLED)
	npx tsx generator/main.ts

e2e: build
	npx vitest run --config vitest.e2e.config.ts

fuzz: build $(FUZZ_ROOTS)
	node dist/cli/main.js fuzz $(FUZZ_ROOTS) --cases $(FUZZ_CASES) --seed $(FUZZ_SEED) $(FUZZ_FLAGS)

bench: build
	npx tsx bench/main.ts

bench-quick: build
	npx tsx bench/main.ts --quick

clean:
	rm -rf dist out .build

$(INSTALLED): package-lock.json
	npm ci
	@touch $@

# dist/src for those who import walrescue, dist/cli for those who run it
dist/cli/main.js: $(INSTALLED) tsconfig.json tsconfig.build.json tools/bundleCli.ts tools/keepCode.cjs $(SOURCES)
	rm -rf dist
	npx tsc -p tsconfig.build.json
	npx tsx tools/bundleCli.ts
	@touch $@

.build/example/$(EXAMPLE)/db: test/fixtures/$(EXAMPLE).tar.gz
	mkdir -p .build/example
	tar -xzf $< -C .build/example
	@touch $@

.build/fixtures/%/db: test/fixtures/%.tar.gz
	mkdir -p .build/fixtures
	tar -xzf $< -C .build/fixtures
	@touch $@

# variorum: `make run` and `make test` are all that is needed. Each installs what it lacks, once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
# One thing after the other, even under -j: cargo and the browsers take all cores anyway.
.NOTPARALLEL:

CARGO ?= cargo
PORT ?= 8080

# The engine's sources: whatever the compiler reads.
ENGINE_SOURCES := $(shell find src pixels fonts -type f -not -name '*.ttf' -not -name '*.otf' -not -name '*.py' 2>/dev/null) \
	Cargo.toml Cargo.lock .cargo/config.toml .ci/wasm.sh
# The pages' sources, and all that is copied beside them.
PAGE_SOURCES := $(shell find www/src www/samples www/examples www/docs fonts -type f 2>/dev/null) \
	$(wildcard www/*.html www/*.css www/*.svg www/*.json www/*.mjs)
ENGINE := www/pkg/variorum_bg.wasm
DIST := www/dist/.built

.PHONY: help
help: ## this list
	@printf 'variorum\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  PORT=9000 make run       another port\n  VARIORUM_CACHE=DIR       where built tools are kept (default ~/.cache/variorum)\n'

.PHONY: run
run: build ## build, then serve the studio on http://127.0.0.1:8080
	@PORT=$(PORT) node www/serve.mjs

.PHONY: build
build: $(DIST) ## the studio as static files (www/dist/studio) and the npm package (www/dist/npm)

$(ENGINE): $(ENGINE_SOURCES)
	@.ci/setup.sh rust node wasm
	.ci/wasm.sh build
	node .ci/notices.mjs
	@touch $@

$(DIST): $(ENGINE) $(PAGE_SOURCES)
	@.ci/setup.sh node
	node www/build.mjs
	@touch $@

.PHONY: test
test: test-rust test-wasm size test-browser ## everything: Rust, wasm, browsers

.PHONY: test-rust
test-rust: ## the engine and the command, native
	@.ci/setup.sh rust
	$(CARGO) test --workspace --all-features

.PHONY: test-wasm
test-wasm: ## the boundary, as wasm32 in Node
	@.ci/setup.sh rust node wasm
	.ci/wasm.sh test

.PHONY: test-browser
test-browser: build ## the studio, in Chromium, Firefox and, where its driver is, WebKitGTK
	@.ci/setup.sh node browsers webkit
	cd www && npm test --silent

.PHONY: size
size: $(ENGINE) ## the engine's size against its budget
	@node .ci/size.mjs

.PHONY: quality
quality: ## how good layouts are, against baselines, and an independent look at the files: a table
	@.ci/setup.sh rust
	$(CARGO) run --release --all-features --example quality

# Fonts of scripts that the repository has none of: Debian's fonts-noto-core, or NOTO=DIR. Chromium's own texts in its languages: Debian's
# chromium-l10n, or PAKS=DIR.
.PHONY: languages
languages: ## one advert in 40 languages: a sheet to look at, each line's pixels and thousands of lines' ends against Chromium's (target/languages)
	@.ci/setup.sh rust node browsers
	$(CARGO) build --release --all-features
	node tests/cases/languages/compare.mjs target/languages $(if $(NOTO),--noto $(NOTO))
	node tests/cases/languages/lines.mjs target/languages $(if $(NOTO),--noto $(NOTO)) $(if $(PAKS),--paks $(PAKS)) --strings 300

# All is unwound: where the command aborts, cargo builds the engine twice under one name, and links what it finds.
.PHONY: fuzz
fuzz: ## texts, fonts, messages and colour profiles under fire, ten minutes each (FUZZ_SECONDS=60 for a look)
	@.ci/setup.sh rust
	FUZZ_SECONDS=$(or $(FUZZ_SECONDS),600) $(CARGO) test --release --all-features \
	  --test fuzz_text --test fuzz_fonts --test fuzz_messages --test fuzz_profiles -- --nocapture

.PHONY: bench
bench: $(ENGINE) ## how fast it is: each stage on the samples natively, then in the module under Node
	@.ci/setup.sh rust node
	@for bench in stages raster fit layout lists; do echo "== $$bench, natively"; $(CARGO) run --quiet --release --all-features --example $$bench || exit 1; done
	@for bench in stages layout wasm; do echo "== $$bench, the module"; node tests/bench/$$bench.mjs || exit 1; done
	@echo "== profile, the module with names"; node tests/bench/profile.mjs samples

# Installs what it measures against from the npm registry, once. Five rounds, which is what the marks are of; ROUNDS=1 for a look, ONLY=canvas2d-read,variorum for some,
# MEMORY=1 for what the whole page takes, each engine in a browser of its own. All eight take an hour or so: satori with resvg paints a pass in three minutes.
PEERS := tests/bench/peers
.PHONY: bench-peers
bench-peers: build ## the same pictures by others, in one page of Chromium: a table
	@.ci/setup.sh node browsers
	@test -d $(PEERS)/node_modules/variorum || (cd $(PEERS) && npm install --no-audit --no-fund && node node_modules/esbuild/install.js)
	cd $(PEERS) && node prepare.mjs && node lists-out.mjs && node bench.mjs --rounds=$(or $(ROUNDS),5) $(if $(ONLY),--only=$(ONLY)) $(if $(MEMORY),--memory)

.PHONY: bench-studio
bench-studio: build ## the studio in Chromium: first pictures, a key press, 3,537 variants and more, scrolling 20,000 cells
	@.ci/setup.sh node browsers
	@wrong=0; for bench in start keys volume files scroll; do echo "== $$bench"; node tests/bench/studio/$$bench.mjs || wrong=1; done; exit $$wrong

.PHONY: bench-profile
bench-profile: $(ENGINE) ## where the time of the 60, of 3,537 variants and of a key goes: tables by stage and by call
	@.ci/setup.sh node
	node tests/bench/profile.mjs

.PHONY: bench-growth
bench-growth: $(ENGINE) ## what a campaign costs against formats, languages, layers, picture and words: www/docs/growth.svg
	@.ci/setup.sh node
	node tests/bench/growth.mjs --write

.PHONY: picture
picture: ## the pictures of the README, by the command
	@.ci/setup.sh rust
	.ci/picture.sh

.PHONY: pack
pack: build ## the npm package as a file to publish (www/variorum-*.tgz)
	cd www && npm pack

.PHONY: fmt
fmt: ## put every file in its form
	@.ci/setup.sh fmt node
	$(CARGO) fmt --all
	cd www && npm run --silent fmt

# The types of the pages lean on the engine's declarations, so the engine is built first.
.PHONY: lint
lint: $(ENGINE) ## formatting, clippy (native and wasm32), docs, tsc, biome, licences
	@.ci/setup.sh fmt node wasm
	$(CARGO) fmt --all --check
	$(CARGO) clippy --quiet --workspace --all-targets --all-features -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --quiet --workspace --all-features --no-deps --document-private-items
	.ci/wasm.sh clippy
	cd www && npm run --silent check
	cd www && npm run --silent lint
	node .ci/licences.mjs

.PHONY: clean
clean: ## remove what was built here (installed tools stay)
	rm -rf target www/dist www/pkg www/variorum-*.tgz

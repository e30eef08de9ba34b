# KMS Playground. Go 1.26 and Node 20 are all it needs; the tests use a Chromium besides.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# Seconds or minutes for each fuzz target of make fuzz.
FUZZTIME ?= 60s

engines := site/public/engine/first.wasm site/public/engine/whole.wasm
runtime := site/public/engine/wasm_exec.js
modules := site/node_modules/.package-lock.json
client-modules := scripts/clients/node_modules/.package-lock.json
slow-modules   := scripts/clients/slow/node_modules/.package-lock.json
edge-modules   := scripts/edge/node_modules/.package-lock.json
sops           := scripts/clients/bin/sops
dist    := site/dist/index.html
edge    := wasm/edge/build/app.wasm

# What the engine and the site are made from; tests are no part of it.
engine-sources := $(shell find engine wasm/browser wasm/first wasm/whole -type f -not -name '*_test.go' -not -path '*/testdata/*') go.mod go.sum
edge-sources   := $(shell find engine wasm/edge -type f -not -path 'wasm/edge/build/*' -not -name '*_test.go' -not -path '*/testdata/*') go.mod go.sum
site-sources   := $(shell find site -type f -not -path '*/node_modules/*' -not -path 'site/dist/*' -not -path 'site/test/*' -not -path 'site/public/engine/*')

step    := scripts/step
in-wasm := GOOS=js GOARCH=wasm
exec-wasm := -exec "$(CURDIR)/scripts/exec-wasm"

.PHONY: run build edge test bench fuzz agreement crash requests clients picture clean
.PHONY: test-format test-vet test-staticcheck test-go test-crosscheck test-clients test-wasm test-site test-edge test-browser

# Builds what is not up to date and serves it on PORT, 8080 unless told otherwise, with an endpoint for AWS clients:
# SCENARIO=file.md runs a document first, STATE=folder keeps the world.
run: build
	@go run ./scripts/serve

# Builds the site, with the engine in it, into site/dist.
build: $(dist)

$(modules): site/package.json site/package-lock.json
	cd site && npm ci --no-audit --no-fund
	@touch $@

$(client-modules): scripts/clients/package.json scripts/clients/package-lock.json
	cd scripts/clients && npm ci --no-audit --no-fund
	@touch $@

$(slow-modules): scripts/clients/slow/package.json scripts/clients/slow/package-lock.json
	cd scripts/clients/slow && npm ci --no-audit --no-fund
	@touch $@

$(edge-modules): scripts/edge/package.json scripts/edge/package-lock.json
	cd scripts/edge && npm ci --no-audit --no-fund
	@touch $@

$(sops):
	GOBIN="$(CURDIR)/$(@D)" go install github.com/getsops/sops/v3/cmd/sops@v3.13.3

# The first is what the first decision needs, the whole one takes over from it.
$(engines): site/public/engine/%.wasm: $(engine-sources) $(wildcard scripts/slim/*.go)
	@mkdir -p $(@D)
	linked=$$(mktemp) && trap 'rm -f "$$linked"' EXIT && \
	$(in-wasm) go build -trimpath -ldflags="-s -w" -o "$$linked" ./wasm/$* && \
	{ go run ./scripts/slim "$$linked" $@ || { echo "The engine is served as Go linked it, larger than it need be."; cp "$$linked" $@; }; }
	@touch $@

$(runtime): go.mod
	@mkdir -p $(@D)
	cp "$$(go env GOROOT)/lib/wasm/wasm_exec.js" $@
	@touch $@

$(dist): $(modules) $(engines) $(runtime) $(site-sources)
	cd site && npm run build
	@touch $@

# The Worker: the generator empties its folder, so that the program comes last.
$(edge): $(edge-sources)
	go run github.com/syumai/workers/cmd/workers-assets-gen -mode go -o $(@D)
	$(in-wasm) go build -trimpath -ldflags="-s -w -X main.revision=$$(git rev-parse HEAD 2>/dev/null || true)" -o $@ ./wasm/edge

# Runs the Worker under Cloudflare's workerd on this machine, on PORT, 8787 unless told otherwise. BOOTSTRAP=anywhere lets
# account ids act as access keys.
edge: $(dist) $(edge) $(edge-modules)
	@node scripts/edge/serve.mjs

# Everything that must hold before a change goes in.
test: test-format test-vet test-staticcheck test-go test-crosscheck test-clients test-wasm test-site test-edge test-browser

# Go code is laid out by gofmt.
test-format:
	@$(step) gofmt bash -c 'unformatted=$$(gofmt -l engine wasm scripts); echo -n "$$unformatted"; test -z "$$unformatted"'

# go vet finds nothing, in either world.
test-vet:
	@$(step) "go vet" go vet ./...
	@$(step) "go vet in WASM" env $(in-wasm) go vet ./wasm/...

# staticcheck finds nothing, in either world.
test-staticcheck:
	@$(step) staticcheck go tool staticcheck ./...
	@$(step) "staticcheck in WASM" env $(in-wasm) "$$(go tool -n staticcheck)" ./wasm/...

# The engine, the stories, the rules of the house, and that the message types are current.
test-go:
	@$(step) "go test" go test ./...

# Signatures, codes, secrets, ciphertexts and keys against OpenSSL and Node's crypto; one that this machine does not have
# is printed as skipped.
test-crosscheck:
	@$(step) "OpenSSL and Node" bash -o pipefail -c 'go test -v -run TestCrosscheck ./engine/keypair | grep -vE "^ *(=== |--- PASS|PASS)"'

# AWS's own clients against the local endpoint; a client that this machine does not have is printed as skipped.
test-clients: $(client-modules)
	@$(step) "AWS clients" bash -o pipefail -c 'cd scripts/clients && go vet . && go test -v . | grep -vE "^ *(=== |--- PASS|PASS)"'

# The stories and the door again, as WASM under Node, made smaller as what ships.
test-wasm:
	@$(step) "go test in WASM" env $(in-wasm) go test $(exec-wasm) ./engine/scenario ./wasm/browser

# The site's types, imports and sizes.
test-site: $(modules)
	@$(step) "npm run check" npm --prefix site run --silent check

# The Worker under workerd: the page decides, the AWS SDK for Go is let in and refused, sizes and times. Half a minute.
test-edge: $(dist) $(edge) $(edge-modules)
	@$(step) "the edge" bash -c 'cd scripts/clients && go vet ./edge && cd ../edge && CHROMIUM=$$(../chromium) node --test --test-reporter=spec test.mjs'

# The site's tests, most of them in Chromium; one bundles the clients of the AWS SDK. The last, so that its summary ends
# the output.
test-browser: $(dist) $(client-modules)
	@$(step) "npm run budget" npm --prefix site run --silent budget
	@echo "== npm test"; CHROMIUM=$$(scripts/chromium) npm --prefix site test --silent

# Sizes, times and decisions per second, as one table.
bench: $(dist)
	@CHROMIUM=$$(scripts/chromium) node scripts/bench/main.mjs
	@go test ./scripts/serve -run '^$$' -bench Endpoint -benchtime 2s

# All clients of make test and two slower ones: the AWS Encryption SDK for JavaScript, and sops, built from its source.
clients: $(client-modules) $(slow-modules) $(sops)
	cd scripts/clients && go vet -tags slow . && SOPS="$(CURDIR)/$(sops)" go test -count=1 -tags slow -v .

# Kills the local endpoint 50 times while 8 clients change things, and looks for what was answered; make test does it 5
# times.
crash:
	CRASHES=50 go test ./scripts/serve -run TestKilled -v -timeout 30m

# A million generated requests to the wire protocols: none panics or answers 5xx, and memory stays flat; make test sends
# a slice of them.
requests:
	REQUESTS=1000000 go test ./engine/wire -run TestManyRequests -v -timeout 30m

# A second, naive evaluator agrees with the engine on a million generated requests; make test asks a slice of them.
agreement:
	go test ./engine/authz -run TestAgreement -v -timeout 30m -agreement.count=1000000 -agreement.seed=20260102

# Every fuzz target for FUZZTIME.
fuzz:
	@scripts/fuzz $(FUZZTIME)

# The README's picture, as the browser tests took it last.
picture:
	cp site/test/shots/denied-light-1280.png .github/first-screen.png

# Takes away what was built.
clean:
	rm -rf site/dist site/public/engine wasm/edge/build

# The two commands a newcomer needs are `make run` and `make test`; the rest is below them.
SWIFT ?= swift
PREFIX ?= /usr/local
CONFIG ?= configs/maze.json
PYTHON ?= python3
VENV = Benchmarks/.venv
IMPORTS = --explicit-target-dependency-import-check error
SWIFT_FILES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

.PHONY: run test build deps lint format install bench torch kill-test report-test load-test experiments
.PHONY: depth-study time-to-accuracy clean

run: build
	.build/release/shorten run --config $(CONFIG)

build: deps
	$(SWIFT) build -c release --product shorten

# Importing a target that is no dependency, direct or indirect, is an error: Package.swift says which
# target may import which.
test: deps lint
	$(SWIFT) build --build-tests $(IMPORTS)
	scripts/check-wide-kernels
	$(SWIFT) test --skip-build $(IMPORTS)

deps:
	@SWIFT=$(SWIFT) scripts/check-dependencies

# The formatter wraps neither comments nor strings: scripts/check-lines finds what it leaves too long.
lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SWIFT_FILES)
	scripts/check-lines

format:
	$(SWIFT) format --in-place --recursive --parallel $(SWIFT_FILES)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/shorten $(DESTDIR)$(PREFIX)/bin/shorten
	@echo "installed $(DESTDIR)$(PREFIX)/bin/shorten"

# Times training, sampling and A* in turn with PyTorch. Without `make torch` the peer's column stays empty.
bench: deps
	$(SWIFT) build -c release --package-path Benchmarks
	SHORTEN_PYTHON=$${SHORTEN_PYTHON:-$(CURDIR)/$(VENV)/bin/python} \
	  Benchmarks/.build/release/bench $(BENCH_OPTIONS)

torch:
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet -r Benchmarks/pytorch/requirements.txt

# Kills a run at 50 random moments and compares its digest with an undisturbed run's.
kill-test: build
	scripts/kill-test --kills 50

# Opens the report of a tiny run in Chromium, from its file and from `shorten watch`; skipped without it.
report-test: build
	@if command -v $(PYTHON) >/dev/null; then \
	  $(PYTHON) scripts/report-test && $(PYTHON) scripts/report-test --watch; \
	else echo "skipped: $(PYTHON) is not installed"; fi

# Compares the logits of examples/load_weights.py with those of two tiny runs; skipped without PyTorch.
load-test: build
	@if [ -x $(VENV)/bin/python ]; then $(VENV)/bin/python examples/test-load-weights; \
	elif command -v $(PYTHON) >/dev/null; then $(PYTHON) examples/test-load-weights; \
	else echo "skipped: $(PYTHON) is not installed"; fi

# The method and its baselines, three seeds each, one run after the other; continues where it was stopped.
experiments: build
	scripts/experiments $(EXPERIMENT_OPTIONS)

# Chain length against the number of layers, on each serial problem; continues where it was stopped.
depth-study: build
	scripts/depth-study $(STUDY_OPTIONS)

# Mazes, tokens and seconds to a pass@1, by recipe; continues where it was stopped.
time-to-accuracy: build
	scripts/time-to-accuracy $(TIME_OPTIONS)

clean:
	$(SWIFT) package clean
	rm -rf Benchmarks/.build

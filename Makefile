# The verbs of the project; `make help` lists them.

PREFIX ?= /usr/local
MAX_MB ?= 20
TARGET ?= elf
SECONDS ?= 60
CASES ?= 5000
SEED ?= 0
PROFILE ?= small
WHEEL ?= $(wildcard Fixtures/wheels/overclaim-*.whl)

# Generic types are asked for directly, not by name: to check by name that a type conforms searches every conformance of
# the program, and took a seventh of the instructions of a small wheel.
SWIFT_BUILD = swift build -c release --static-swift-stdlib \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
# Swift's runtime needs libstdc++. The linker takes the shared one if it stands beside the static one, and to bind its
# symbols would take a twelfth of the time of a small wheel: so a folder with the static one alone comes first.
LIBSTDCXX = $(CURDIR)/.build/static
BUILD = mkdir -p "$(LIBSTDCXX)"; archive="$$(clang -print-file-name=libstdc++.a)"; \
  [ ! -f "$$archive" ] || ln -sf "$$archive" "$(LIBSTDCXX)"; $(SWIFT_BUILD) -Xswiftc "-L$(LIBSTDCXX)"
# The static binary: with libraries of its own, and nothing in it that says in which folder it was built, neither a name
# nor a digest of the compiler's arguments.
STATIC = .build-static
LIBRARIES = $(CURDIR)/$(STATIC)/libraries
BUILD_STATIC = PKG_CONFIG_PATH="$(LIBRARIES)/lib/pkgconfig" $(SWIFT_BUILD) --product truewheel --scratch-path $(STATIC) \
  -Xswiftc -static-executable -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
  -Xlinker "$(LIBRARIES)/lib/standalone.o" -Xlinker -s \
  -Xcxx "-ffile-prefix-map=$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."
TRUEWHEEL = .build/release/truewheel
# The tool of ArgumentParser that writes the man page is built here.
EXTRAS = .build-extras
# What Python needs to build and test the package, in an environment of its own.
PYTHON_TOOLS = .build-python
PYTHON_REQUIREMENTS = Packaging/python/requirements.txt Tests/Python/requirements.txt
WHEELS = dist/truewheel-*-py3-none-*$(shell uname -m).whl
INTO = $(DESTDIR)$(PREFIX)
# Tests that take seconds each: a browser, runs of a second, members of many megabytes, a hundred wheels.
SLOW = a browser shows|ProgressTests|PassCountTests|LateTableTests|BoundedWorkTests
FORMATTED = Package.swift Sources Tests

# Debian's packages: what the command is built with, and what the tests use besides.
BUILD_PACKAGES = libelf-dev libisal-dev nettle-dev zlib1g-dev pkg-config
STATIC_PACKAGES = pkg-config python3 make xz-utils $(if $(filter x86_64,$(shell uname -m)),nasm)
PYTHON_PACKAGES = python3 python3-venv
TEST_PACKAGES = $(BUILD_PACKAGES) python3 python3-jsonschema python3-markdown-it libxml2-utils binutils chromium strace
# What boxes of examples/boxed are made of, and what looks into them.
BOX_PACKAGES = bubblewrap python3-seccomp strace gcc libc6-dev
# What the remedies are tried with, besides the toolchain.
REMEDY_PACKAGES = g++ binutils
# The laboratory: apt knows by the keys what is Debian's, qemu runs the loaders for other processors.
LAB_PACKAGES = python3 debian-archive-keyring qemu-user $(RANDOM_PACKAGES)
# What makes random objects, besides the toolchain: GCC for this processor, GNU ld and gold for each, patchelf.
RANDOM_PACKAGES = gcc patchelf $(patsubst %,binutils-%-linux-gnu,x86-64 i686 aarch64 powerpc64le s390x riscv64) \
  binutils-arm-linux-gnueabihf
# The program that only inflates, which the command is compared with.
BENCH_PACKAGES = libzip-dev

.DEFAULT_GOAL := help
.PHONY: help audit build static test test-fast test-python sanitize check fmt fixtures generate snapshots picture \
  conformance bench growth fuzz lab lab-check lab-tree readers roots share wheel sdist install clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14

audit: build ## audit WHEEL=path/to.whl; without it an example that claims too much
	@echo; $(TRUEWHEEL) check $(WHEEL); status=$$?; \
	echo; echo "truewheel check ended with exit status $$status"; [ $$status -le 1 ]

build: ## set up, and build the release binary .build/release/truewheel
	@$(call need,$(BUILD_PACKAGES))
	$(BUILD)

static: ## build .build-static/release/truewheel, which needs nothing of the system; UNPINNED=1 takes other libraries
	@$(call need,$(STATIC_PACKAGES))
	python3 Packaging/static/libraries.py $(LIBRARIES) $(if $(UNPINNED),--unpinned)
	@# The package manager does not see that a library has changed.
	rm -f $(STATIC)/release/truewheel
	$(BUILD_STATIC)

test: ## set up, and run every test; with FILTER only those in Swift that match it
	@$(call need,$(TEST_PACKAGES))
	python3 Tests/run.py $(if $(FILTER),--filter '$(FILTER)')
	$(if $(FILTER),,$(MAKE) test-python)

test-fast: ## run the tests in Swift without those that take a browser or large files
	python3 Tests/run.py --skip '$(SLOW)'

sanitize: ## run every test under the address sanitizer and under the thread sanitizer
	@$(call need,$(TEST_PACKAGES))
	LSAN_OPTIONS="suppressions=$(CURDIR)/Tests/leak-sanitizer.txt print_suppressions=0" \
	  swift test --sanitize address --scratch-path .build-address
	TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/thread-sanitizer.txt exitcode=66" \
	  swift test --sanitize thread --scratch-path .build-thread

check: ## lint, and require that everything generated is current
	@$(call need,$(TEST_PACKAGES))
	swift format lint --strict --recursive $(FORMATTED)
	python3 Sources/BuildProfiles/Data/embed.py --check
	python3 Fixtures/build.py --check
	python3 Packaging/python/generate.py --check

fmt: ## format the sources
	swift format --in-place --recursive $(FORMATTED)

fixtures: ## rebuild the small ELF objects and wheels that tests read
	python3 Fixtures/build.py

generate: ## embed the profile data into Swift files; write what documents say of the rules, and Python's classes
	python3 Sources/BuildProfiles/Data/embed.py
	python3 Packaging/python/generate.py
	@# A run that writes fails, since what it wrote is to be read.
	TRUEWHEEL_RECORD=1 swift test --filter DocumentationTests >/dev/null || swift test --skip-build --filter DocumentationTests

snapshots: ## record the reports that tests compare with; read the difference before you commit it
	TRUEWHEEL_RECORD=1 swift test --filter SnapshotTests

picture: static ## draw the picture of a report that the README shows
	@$(python_tools)
	$(PYTHON_TOOLS)/bin/python docs/picture.py --truewheel $(STATIC)/release/truewheel

conformance: build ## compare with auditwheel and abi3audit on real wheels of up to MAX_MB megabytes, which are downloaded
	@$(call need,$(PYTHON_PACKAGES))
	python3 Tests/Conformance/conformance.py --truewheel $(TRUEWHEEL) --max-mb $(MAX_MB)
	python3 Tests/Conformance/blame.py --truewheel $(TRUEWHEEL) --max-mb $(MAX_MB)
	[ -d .build-abi3audit ] || python3 -m venv .build-abi3audit
	.build-abi3audit/bin/pip install --quiet --disable-pip-version-check abi3audit==0.0.26 abi3info==2026.9.25
	python3 Tests/Conformance/abi3.py --truewheel $(TRUEWHEEL) --abi3audit .build-abi3audit/bin/abi3audit --max-mb $(MAX_MB)

bench: static ## measure speed and memory side by side with auditwheel; LARGE=1 adds torch
	@$(call need,$(BENCH_PACKAGES))
	python3 Tests/Benchmarks/bench.py --truewheel $(STATIC)/release/truewheel $(if $(LARGE),--large)

growth: build ## show that cost grows in proportion, and stays small whatever a wheel holds; ONLY=chain,tag-* for some
	@$(call need,$(BENCH_PACKAGES))
	python3 Tests/Benchmarks/hostile.py --truewheel $(TRUEWHEEL) $(if $(ONLY),--only '$(ONLY)')
	$(if $(ONLY),,python3 Tests/Benchmarks/growth.py --truewheel $(TRUEWHEEL))

fuzz: ## fuzz TARGET=elf|archive|settings|names for SECONDS; PROFILE=large lets inputs grow to 4 MB
	@$(call need,$(BUILD_PACKAGES) python3)
	Tests/Fuzzing/run.sh $(TARGET) $(SECONDS) $(PROFILE)

lab: ## set up the laboratory, real loaders of four Debian releases and seven architectures, or of ARCH
	@$(call need,$(LAB_PACKAGES))
	python3 Tests/Lab/setup.py $(ARCH)

lab-check: build lab ## compare verdicts with real loaders; ONLY=fixtures,wheels,random,imports,errors for some
	python3 Tests/Lab/check.py --truewheel $(TRUEWHEEL) $(if $(ONLY),--only '$(ONLY)')

lab-tree: build lab ## compare trees with what real loaders load
	python3 Tests/Lab/tree.py --truewheel $(TRUEWHEEL)

readers: ## compare with other readers of zip on CASES forged archives, from number SEED on
	@$(call need,$(TEST_PACKAGES))
	TRUEWHEEL_READERS=$(CASES) TRUEWHEEL_SEED=$(SEED) swift test --filter ReadersTests

share: static ## write the man page and the shell completions into .build-static/share
	swift build --scratch-path $(EXTRAS) --product generate-manual
	python3 Packaging/share.py --truewheel $(STATIC)/release/truewheel \
	  --manual-tool $(EXTRAS)/debug/generate-manual --output $(STATIC)/share

wheel: ## build the wheel for this machine's processor into dist/
	@$(call need,$(STATIC_PACKAGES) $(PYTHON_PACKAGES))
	@$(python_tools)
	rm -f dist/*.whl
	$(PYTHON_TOOLS)/bin/python -m build --no-isolation --outdir dist --wheel

sdist: ## build the source distribution into dist/
	@$(call need,$(PYTHON_PACKAGES))
	@$(python_tools)
	$(PYTHON_TOOLS)/bin/python -m build --no-isolation --outdir dist --sdist

test-python: wheel ## install the wheel with PYTHON, and run the tests of the Python package with what was installed
	@$(call need,$(REMEDY_PACKAGES) $(BOX_PACKAGES) debian-archive-keyring)
	python3 Tests/Python/run.py --tools $(PYTHON_TOOLS) $(if $(PYTHON),--python $(PYTHON)) --wheel $(WHEELS)

roots: wheel ## install and run the wheel in roots of glibc 2.31 to the newest, of musl, and of nothing; ROOTS=empty for some
	python3 Tests/Roots/roots.py --wheel $(WHEELS) $(ROOTS)

install: share ## install the static binary, its man page and the shell completions below PREFIX
	install -d $(INTO)/bin $(INTO)/share
	install -m 755 $(STATIC)/release/truewheel $(INTO)/bin/truewheel
	cp -R $(STATIC)/share/. $(INTO)/share

clean: ## remove what was built
	rm -rf .build .build-* dist

# Installs what is missing of a list of Debian packages, and says so before it does; with INSTALL=no it only says so.
define need
missing=""; for package in $(1); do \
  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
if [ -n "$$missing" ] && [ "$(INSTALL)" = no ]; then echo "Install these packages first:$$missing"; exit 1; fi; \
if [ -n "$$missing" ]; then \
  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
  echo "Installing Debian packages:$$missing"; \
  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

# Makes the environment of Python when what it is to hold has changed.
define python_tools
cat $(PYTHON_REQUIREMENTS) | cmp -s - $(PYTHON_TOOLS)/packages.txt || { \
  rm -rf $(PYTHON_TOOLS) && python3 -m venv $(PYTHON_TOOLS) && \
  $(PYTHON_TOOLS)/bin/pip install --quiet --disable-pip-version-check $(PYTHON_REQUIREMENTS:%=-r %) && \
  cat $(PYTHON_REQUIREMENTS) > $(PYTHON_TOOLS)/packages.txt; }
endef

PACKAGES = libelf-dev libzip-dev libisal-dev pkg-config python3-jsonschema
setup:
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; fi
test: setup
	swift test
# Records the snapshots of reports anew, and fails: what was recorded is to be read.
snapshots: setup
	TRUEWHEEL_RECORD=1 swift test --filter SnapshotTests
.PHONY: setup test snapshots

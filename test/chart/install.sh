#!/usr/bin/env bash
# Brings Helm for the tests of the chart: the one of this machine where it is a Helm 4, else compiled from its Go module, once a
# machine (about four minutes on two cores).
set -euo pipefail
version=v4.3.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/repitbot/tools

is_helm4() { [[ "$("$1" version --short 2>/dev/null)" == v4.* ]]; }
mkdir -p "$tools"
if is_helm4 "$tools/helm"; then exit 0; fi
if command -v helm >/dev/null && is_helm4 helm; then
  ln -sf "$(command -v helm)" "$tools/helm"
  exit 0
fi
if ! command -v go >/dev/null; then
  echo "The tests of the chart need Helm 4, or Go to compile it: put a helm on the PATH, or run: apt-get install -y golang" >&2
  exit 1
fi
echo "Compiling Helm $version for the tests of the chart (a few minutes, once on this machine)..."
GOBIN=$tools CGO_ENABLED=0 go install -ldflags '-s -w' "helm.sh/helm/v4/cmd/helm@$version"

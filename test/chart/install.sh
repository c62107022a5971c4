#!/usr/bin/env bash
# Brings what the tests of the chart run: Helm, the one of this machine where it is a Helm 4, and an S3 server to keep dumps in. What is
# not there is compiled from its Go module, once a machine (some minutes each on two cores).
set -euo pipefail
helm=v4.3.1
versitygw=v1.8.0
tools=${XDG_CACHE_HOME:-$HOME/.cache}/repitbot/tools

is_helm4() { [[ "$("$1" version --short 2>/dev/null)" == v4.* ]]; }
compiled() {
  if ! command -v go >/dev/null; then
    echo "The tests of the chart need $1, or Go to compile it: put it on the PATH, or run: apt-get install -y golang" >&2
    exit 1
  fi
  echo "Compiling $1 for the tests of the chart (a few minutes, once on this machine)..."
  GOBIN=$tools CGO_ENABLED=0 go install -ldflags '-s -w' "$2"
}
mkdir -p "$tools"
if ! is_helm4 "$tools/helm"; then
  if command -v helm >/dev/null && is_helm4 helm; then
    ln -sf "$(command -v helm)" "$tools/helm"
  else
    compiled "Helm 4" "helm.sh/helm/v4/cmd/helm@$helm"
  fi
fi
if [ ! -x "$tools/versitygw" ]; then
  if command -v versitygw >/dev/null; then
    ln -sf "$(command -v versitygw)" "$tools/versitygw"
  else
    compiled versitygw "github.com/versity/versitygw/cmd/versitygw@$versitygw"
  fi
fi

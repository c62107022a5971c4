#!/usr/bin/env bash
# Brings what the tests of the chart run: Helm, an S3 server to keep dumps in, and kind to read its own configuration. What this machine
# has is taken; the rest is compiled from its Go module, once a machine (Helm and the S3 server take some minutes each on two cores).
set -euo pipefail
tools=${XDG_CACHE_HOME:-$HOME/.cache}/repitbot/tools
mkdir -p "$tools"

# brought <program> <its module with a version> <a command that says yes to a program that will do>
brought() {
  if "$3" "$tools/$1"; then return; fi
  if command -v "$1" >/dev/null && "$3" "$(command -v "$1")"; then
    ln -sf "$(command -v "$1")" "$tools/$1"
    return
  fi
  if ! command -v go >/dev/null; then
    echo "The tests of the chart need $1, or Go to compile it: put it on the PATH, or run: apt-get install -y golang" >&2
    exit 1
  fi
  echo "Compiling $1 for the tests of the chart (once on this machine)..."
  GOBIN=$tools CGO_ENABLED=0 go install -ldflags '-s -w' "$2"
}
is_helm4() { [[ "$("$1" version --short 2>/dev/null)" == v4.* ]]; }
is_there() { [ -x "$1" ]; }

brought helm helm.sh/helm/v4/cmd/helm@v4.3.1 is_helm4
brought versitygw github.com/versity/versitygw/cmd/versitygw@v1.8.0 is_there
brought kind sigs.k8s.io/kind@v0.33.0 is_there

#!/usr/bin/env bash
# Brings what the tests of the chart run: Helm, an S3 server to keep dumps in, and kind to read its own configuration. What this machine
# has is taken; the rest is compiled from its Go module, once a machine (Helm and the S3 server take some minutes each on two cores), by
# the Go of this machine or, where that is too old, by a newer one that it downloads.
set -euo pipefail
tools=${XDG_CACHE_HOME:-$HOME/.cache}/repitbot/tools
mkdir -p "$tools"

go_version=1.26.8
declare -A go_sums=(
  [amd64]=30c2b1bf7dcc88d3eb0a1364e47ddd9128edb3110a30e8a0ef61cd5856b31de7
  [arm64]=02b36b6787b3ac767668f630e2998df45a3b1f9ffee08d1bf3ef6487cd658d99
)

# go_or_none prints a Go that compiles our tools: the machine's own, or the one brought before.
go_or_none() {
  local one
  for one in "$(command -v go || true)" "$tools/go/bin/go"; do
    # Helm's module asks for Go 1.26; an older Go would have to fetch a newer one by itself, and below 1.21 cannot.
    if [ -x "$one" ] && "$one" version | grep -qE 'go(1\.(2[6-9]|[3-9][0-9])|[2-9])'; then
      echo "$one"
      return
    fi
  done
}

lacking() {
  echo "The tests of the chart need $1: $2" >&2
  exit 1
}

# bring_go lets an older Go, such as Debian's, download a newer one: each version of Go is a module, which any Go can fetch.
bring_go() {
  local architecture module downloaded
  architecture=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')
  [ "$(uname)" = Linux ] && [ -n "${go_sums[$architecture]:-}" ] || lacking "Go $go_version or later" 'install it from https://go.dev/dl'
  if ! command -v go >/dev/null || [ ! -e /etc/ssl/certs/ca-certificates.crt ]; then
    { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; } || lacking 'Go' 'sudo apt-get install -y golang-go ca-certificates'
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go ca-certificates >/dev/null
  fi
  echo "Bringing Go $go_version to compile tools for the tests of the chart (once on this machine)..."
  module=golang.org/toolchain@v0.0.1-go$go_version.linux-$architecture
  downloaded=$(go env GOMODCACHE)
  # The sum is checked here, so the database of sums need not be reached.
  GONOSUMDB=golang.org/toolchain GOTOOLCHAIN=local go mod download "$module" || lacking "Go $go_version or later" 'install it from https://go.dev/dl'
  echo "${go_sums[$architecture]}  $downloaded/cache/download/${module/@/\/@v\/}.zip" | sha256sum --check --quiet ||
    lacking "Go $go_version" 'what was downloaded is not that version'
  rm -rf "$tools/go"
  cp -r "$downloaded/$module" "$tools/go"
  # A module is kept read-only, and without the right to be run.
  chmod -R u+w "$tools/go"
  chmod +x "$tools"/go/bin/* "$tools"/go/pkg/tool/*/*
}

# brought <program> <its module with a version> <a command that says yes to a program that will do>
brought() {
  if "$3" "$tools/$1"; then return; fi
  if command -v "$1" >/dev/null && "$3" "$(command -v "$1")"; then
    ln -sf "$(command -v "$1")" "$tools/$1"
    return
  fi
  if [ -z "$(go_or_none)" ]; then bring_go; fi
  echo "Compiling $1 for the tests of the chart (once on this machine)..."
  GOBIN=$tools CGO_ENABLED=0 "$(go_or_none)" install -ldflags '-s -w' "$2"
}
is_helm4() { [[ "$("$1" version --short 2>/dev/null)" == v4.* ]]; }
is_there() { [ -x "$1" ]; }

brought helm helm.sh/helm/v4/cmd/helm@v4.3.1 is_helm4
brought versitygw github.com/versity/versitygw/cmd/versitygw@v1.8.0 is_there
brought kind sigs.k8s.io/kind@v0.33.0 is_there

#!/usr/bin/env bash
# Makes a kind cluster with the platform on it: `make kind`, or `make kind DRY=1` to print every command and run none.
set -euo pipefail
cd "$(dirname "$0")/.."

run() {
  printf '+ %s\n' "$*"
  if [ -z "${DRY:-}" ]; then "$@"; fi
}
if [ -z "${DRY:-}" ]; then
  for tool in docker kind kubectl helm; do
    command -v "$tool" >/dev/null || { echo "$tool is needed for a local cluster; 'make kind DRY=1' shows what would be run" >&2; exit 1; }
  done
fi

if [ -n "${DRY:-}" ] || ! kind get clusters | grep -qx repitbot; then run kind create cluster --config kind-config.yaml --wait 120s; fi
run docker build --tag repitbot:local .
run kind load docker-image repitbot:local --name repitbot
run helm dependency build charts/repitbot
run helm upgrade repitbot charts/repitbot --install --kube-context kind-repitbot --namespace repitbot --create-namespace \
  --values charts/repitbot/ci/single-node-values.yaml --set image.tag=local --set publicUrl=http://127.0.0.1:8080 --wait --timeout 10m
echo 'The page is at http://127.0.0.1:8080; the first school is made at:'
run kubectl --context kind-repitbot --namespace repitbot exec deploy/repitbot-user -- node first-link

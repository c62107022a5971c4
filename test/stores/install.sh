#!/usr/bin/env bash
# Installs the servers that the tests start for themselves. Says what it installs; leaves no system service running.
set -euo pipefail

missing=()
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
command -v redis-server >/dev/null || missing+=(redis-server)
# Without a window of its own it is a fifth quicker than the whole browser.
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
# The certificates of the tests' stores are made with it.
command -v openssl >/dev/null || missing+=(openssl)
if [ ${#missing[@]} = 0 ]; then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]}; this machine has no apt-get to install them with" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "The tests need ${missing[*]}; please run: sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi

echo "Installing for the tests: ${missing[*]}..."
# Debian starts a server as soon as it is installed, unless this file forbids it.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

#!/usr/bin/env bash
# Installs node_modules, with the pinned Node in it. Needs only a Node >= 18 with npm; `make` runs it when a manifest is newer.
set -euo pipefail
cd "$(dirname "$0")/.."
began=$(date +%s)

if ! command -v npm >/dev/null || [ "$(node -p 'parseInt(process.versions.node)')" -lt 18 ]; then
  echo "Node 18 or later with npm is needed to install the rest; Debian has one: apt-get install -y nodejs npm" >&2
  exit 1
fi

# Two `make` at once would install over each other, so the second one waits, and then finds everything installed.
if command -v flock >/dev/null; then
  exec 9>.bootstrap.lock
  flock 9
  if [ -e node_modules/.ready ] && [ "$(stat -c %Y node_modules/.ready)" -ge "$began" ]; then exit 0; fi
fi

# The pinned Node needs a library that comes with gcc; the smallest images do not have it.
has_libatomic() { compgen -G '/lib/*/libatomic.so.1' || compgen -G '/usr/lib*/libatomic.so.1' || compgen -G '/usr/lib/*/libatomic.so.1'; }
if [ "$(uname)" = Linux ] && ! has_libatomic >/dev/null; then
  if [ "$(id -u)" != 0 ]; then
    echo "Node needs libatomic.so.1; please run: sudo apt-get install -y libatomic1" >&2
    exit 1
  fi
  echo "Installing libatomic1 (Node links it)..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libatomic1 >/dev/null
fi

quietly=(--no-audit --no-fund --loglevel=error)
pinned=$(node -p 'require("./package.json").dependencies.node')
# npm skips packages that do not fit the Node it runs on, so it must run on the pinned Node, which is installed first.
if [ "$(node_modules/.bin/node --version 2>/dev/null)" = "v$pinned" ]; then
  runtime=$PWD/node_modules/.bin
elif [ "$(node --version)" = "v$pinned" ]; then
  runtime=$(dirname "$(command -v node)")
else
  echo "Installing Node $pinned for this folder (this machine has $(node --version))..."
  first=$(mktemp -d)
  trap 'rm -rf "$first"' EXIT
  echo '{ "private": true, "allowScripts": { "node": true } }' >"$first/package.json"
  npm install --prefix "$first" --no-save --no-package-lock "${quietly[@]}" "node@$pinned" >/dev/null
  runtime=$first/node_modules/.bin
fi

# `install --no-save` and not `ci`: it takes the same versions from the lockfile and never writes it, but does not refuse a
# lockfile whose optional packages for other platforms this registry or this npm does not know.
# Only errors are shown: an old npm would warn that the pinned Node is newer than it expects.
echo "Installing packages (about half a gigabyte, a minute on a fast line)..."
SCARF_ANALYTICS=false PATH=$runtime:$PATH npm install --no-save "${quietly[@]}"

echo "Ready: Node $(node_modules/.bin/node --version)"
touch node_modules/.ready

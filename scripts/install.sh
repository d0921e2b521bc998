#!/bin/sh
# Brings the toolchain: Node and npm of any recent age, then everything that package-lock.json pins, Node itself among it.
# Does nothing when what is installed already fits the lockfile. Must not know what is run afterwards.
set -eu
cd "$(dirname "$0")/.."

stamp=node_modules/.konfig-installed
say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

fingerprint() { cat package-lock.json .npmrc | cksum; }

if [ -x node_modules/.bin/node ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ]; then exit 0; fi

if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
  command -v apt-get >/dev/null 2>&1 || fail 'Node.js and npm are needed to begin. Install any Node.js from 18 on (https://nodejs.org), then run make again.'
  root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail 'Node.js and npm are needed to begin. As root run: apt-get install nodejs npm'
    root=sudo
  fi
  say 'Installing Node.js and npm from Debian, once ...'
  $root apt-get update -qq || fail 'apt-get update failed; see its message above.'
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null ||
    fail 'apt-get could not install nodejs and npm; see its message above.'
fi

major=$(node -p 'process.versions.node.split(".")[0]') || fail 'The Node.js found on PATH does not run.'
[ "$major" -ge 18 ] || fail "Node.js $major is too old to begin with; 18 or newer is needed (it then brings its own, newer one)."

# What is there but stale is brought up to date in place; what is missing or half there is installed from nothing.
# Only errors are shown: an old npm warns that the old Node does not suit the packages, which the pinned Node then does.
if [ -f "$stamp" ] && [ -x node_modules/.bin/node ]; then
  say 'Updating the dependencies ...'
  npm install --no-save --loglevel=error || fail 'npm install failed; see its message above.'
else
  say 'Installing the dependencies, once; this takes a minute ...'
  npm ci --loglevel=error || fail 'npm ci failed; see its message above.'
fi

node_modules/.bin/node --version >/dev/null 2>&1 ||
  fail 'The pinned Node.js did not arrive: npm must be allowed to run the install script of the package "node" (no ignore-scripts).'
fingerprint >"$stamp"

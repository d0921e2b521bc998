#!/bin/sh
# Brings what the tests need beyond Node and what is missing here: strace, to see that an fsync comes before every acknowledgement;
# curl, jq and sqlite3, to run the commands that the pages print; systemd, to check its unit; chromium, to run the SDK in a page; zsh and fish, to complete commands in; rsync and socat, with which nodes of a cluster join; a C compiler, to make machines fail; the servers of the backends, to run every suite on. Does nothing when they are there.
set -eu

missing=
for tool in strace curl jq sqlite3 chromium rsync socat zsh fish; do
  command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
command -v systemd-analyze >/dev/null 2>&1 || missing="$missing systemd"
# They compile a machine whose clock and disk can fail.
command -v cc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
# Its programs are not on PATH: several versions may stand side by side.
found() { for file in "$@"; do [ -x "$file" ] && return 0; done; return 1; }
found /usr/lib/postgresql/*/bin/initdb || command -v pg_config >/dev/null 2>&1 || missing="$missing postgresql-15"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
found /usr/sbin/mariadbd || missing="$missing mariadb-server"
[ -e /usr/lib/galera/libgalera_smm.so ] || missing="$missing galera-4"
# They bring MySQL, which Debian does not have.
if [ ! -d .cache/tools/mysql ]; then
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
  command -v unzip >/dev/null 2>&1 || missing="$missing unzip"
  for library in libaio libnuma; do
    found /usr/lib/*/$library.so.1 || missing="$missing ${library}1"
  done
fi
# They bring DynamoDB Local.
if [ ! -d .cache/tools/dynamodb ]; then
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
  command -v javac >/dev/null 2>&1 || missing="$missing default-jdk-headless"
fi
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
# It builds FerretDB.
[ -d .cache/tools/ferretdb ] || command -v go >/dev/null 2>&1 || missing="$missing golang-go"
[ -n "$missing" ] || exit 0
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || fail "the tests need$missing; install that, then run make again."
root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || fail "the tests need$missing. As root run: apt-get install$missing"
  root=sudo
fi
printf 'Installing%s for the tests, once ...\n' "$missing" >&2
$root apt-get update -qq || fail 'apt-get update failed; see its message above.'
# The names of packages are those of their commands, or of the servers; the list is split on purpose.
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || fail "apt-get could not install$missing."

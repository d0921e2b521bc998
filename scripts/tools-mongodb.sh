#!/bin/sh
# Builds the FerretDB of the tests into .cache/tools/ferretdb: no MongoDB can be had from Debian, and this speaks its protocol on PostgreSQL.
# Pinned by go.sum. Where Go is older than it needs, a newer one comes as a module first. Does nothing when it is there.
set -eu
cd "$(dirname "$0")/.."

home=$PWD/.cache/tools/ferretdb
source=scripts/ferretdb
newer=1.22.12
stamp=$home/.konfig-installed
wanted=$(cat "$source/main.go" "$source/go.mod" "$source/go.sum" | cksum)
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

printf 'Building FerretDB for the tests, once; this takes two minutes ...\n' >&2
rm -rf "$home"
mkdir -p "$home"
go=go
minor=$(GOTOOLCHAIN=local go env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
if [ "${minor:-0}" -lt 22 ]; then
  module=golang.org/toolchain@v0.0.1-go$newer.$(go env GOOS)-$(go env GOARCH)
  (cd "$home" && go mod download "$module") || fail 'a newer Go could not be brought; see the message above.'
  tree=$(go env GOMODCACHE)/$module
  # It comes without rights to run, and the cache is read-only.
  cp -R "$tree" "$home/go" && chmod -R u+rwX "$home/go"
  chmod +x "$home"/go/bin/* "$home"/go/pkg/tool/*/*
  go=$home/go/bin/go
  export GOROOT="$home/go"
fi
(cd "$source" && GOTOOLCHAIN=local GOFLAGS=-mod=mod CGO_ENABLED=0 "$go" build -trimpath -ldflags '-s -w' -o "$home/ferretdb" .) ||
  fail 'FerretDB could not be built; see the message above.'
rm -rf "$home/go"
printf '%s\n' "$wanted" >"$stamp"

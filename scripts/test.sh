#!/bin/sh
# What `make test` does: all checks, then all suites in one run, so that there is one total and one coverage report.
# The suites run even where a check failed; either failing makes the whole fail.
set -u
cd "$(dirname "$0")/.."
results=.cache/test-results.json
status=0

rm -f "$results"
make --no-print-directory check || status=1
vitest run --coverage --reporter=default --reporter=json --outputFile.json="$results" || status=1
node scripts/total.ts "$results" unit integration security || status=1
exit "$status"

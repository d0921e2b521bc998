#!/bin/sh
# What `make test` does: all checks, then all suites in one run, so that there is one total and one coverage report.
# The suites run even where a check failed; either failing makes the whole fail.
set -u
cd "$(dirname "$0")/.."
results=.cache/test-results.json
failed=

rm -f "$results" .cache/test-failures.txt
make --no-print-directory --keep-going check || failed=--failed-before
vitest run --coverage --reporter=default --reporter=./scripts/failures.ts --reporter=json \
  --outputFile.json="$results" || failed=--failed-before
node scripts/total.ts "$results" $failed unit integration security faults

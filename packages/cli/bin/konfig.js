#!/usr/bin/env node
// The command as it runs from the sources; the package has one of its own, scripts/package/konfig.js.
await import('../src/main.ts')

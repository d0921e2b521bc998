#!/usr/bin/env node
// Starts the bundle where it was made, else the sources as they stand.
const { existsSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')

enableCompileCache()
const bundle = join(__dirname, '../dist/main.cjs')
if (existsSync(bundle)) require(bundle)
else void import('../src/main.ts')

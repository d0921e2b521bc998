#!/usr/bin/env node
// Starts the bundle where it was made, else the sources as they stand.
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

enableCompileCache()
const bundle = new URL('../dist/main.js', import.meta.url)
await import(existsSync(bundle) ? bundle.href : new URL('../src/main.ts', import.meta.url).href)

#!/usr/bin/env node
// The command of the package. The compiled form of what was loaded is kept between runs, which halves the start of a short command:
// in the user's own folder, since what lies in a folder of all users could be made by another.
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')

const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env
const cache = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, '.cache'))
if (NODE_COMPILE_CACHE || cache) enableCompileCache(NODE_COMPILE_CACHE || join(cache, 'konfig'))
require('../dist/main.cjs')

// In: a WebAssembly module with names. Out: the same without them, all other bytes as they are.
//
//   node .ci/nameless.mjs IN OUT

import { readFileSync, writeFileSync } from 'node:fs'
import { nameless } from './module.mjs'

const [from, to] = process.argv.slice(2)
if (!from || !to) throw new Error('usage: node .ci/nameless.mjs IN OUT')
writeFileSync(to, nameless(readFileSync(from)))

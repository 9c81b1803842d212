// The engine's size budget. In: www/pkg/variorum_bg.wasm (fonts are no part of it). Out: its size raw and as
// a good host would send it, and exit 1 above the budget.

import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

const MB = 1_000_000
const BUDGET = { raw: 3.0 * MB, brotli: 1.2 * MB }

const wasm = readFileSync(new URL('../www/pkg/variorum_bg.wasm', import.meta.url))
const brotli = brotliCompressSync(wasm, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  },
})
const measured = { raw: wasm.length, brotli: brotli.length }
let over = false
for (const [name, limit] of Object.entries(BUDGET)) {
  const size = measured[name]
  over ||= size > limit
  console.log(
    `engine .wasm ${name.padEnd(6)} ${(size / MB).toFixed(3)} MB of ${(limit / MB).toFixed(1)} MB${size > limit ? '  OVER' : ''}`,
  )
}
if (over) {
  console.error('The engine is above its size budget. `twiggy top` or `wasm-objdump -h` show where it grew.')
  process.exit(1)
}

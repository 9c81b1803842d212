// The modules' sizes. In: www/pkg/*.wasm (fonts are no part of them), and where it lies the engine's module before it was stripped, which still
// has names. Out: sizes raw and as a good host would send them; the engine's by section and by crate, its vectors counted; exit 1 above a
// budget. The engine's module is what every page loads; the importers' only comes with campaigns that hold SVG or WOFF2,
// the painter's is loaded instead of it by who paints lists of their own.
//
//   node .ci/size.mjs [--crates]     --crates: a line for each crate rather than for the largest

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { byCrate, sections, vectors } from './module.mjs'

const MB = 1_000_000
const MODULES = [
  { name: 'engine', file: 'variorum_bg.wasm', raw: 3.0 * MB, brotli: 1.2 * MB },
  { name: 'painter', file: 'painter_bg.wasm', raw: 2.0 * MB, brotli: 0.7 * MB },
  { name: 'importers', file: 'importers_bg.wasm', raw: 1.0 * MB, brotli: 0.4 * MB },
]
/** What is aimed at with brotli, bytes: told, not enforced. */
const MARK = 900 * 1024
/** What is told of a module under its sizes. */
const TOLD = ['engine', 'painter']

const root = fileURLToPath(new URL('..', import.meta.url))
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length

let wrong = false
for (const { name, file, ...budget } of MODULES) {
  const wasm = readFileSync(join(root, 'www/pkg', file))
  const measured = { raw: wasm.length, brotli: brotli(wasm) }
  for (const [form, limit] of Object.entries(budget)) {
    const size = measured[form]
    wrong ||= size > limit
    const said = `${(size / MB).toFixed(3)} MB of ${(limit / MB).toFixed(1)} MB`
    console.log(`${name.padEnd(9)} .wasm ${form.padEnd(6)} ${said}${size > limit ? '  OVER' : ''}`)
  }
  if (!TOLD.includes(name)) continue
  const mark = `${(measured.brotli / 1024).toFixed(0)} KiB of the 900 KiB aimed at`
  console.log(`${name.padEnd(9)} .wasm brotli ${mark}: ${measured.brotli <= MARK ? 'reached' : 'not reached'}`)
  for (const { name, start, end } of sections(wasm).filter(({ start, end }) => end - start > 10_000)) {
    console.log(`  ${name.padEnd(24)} ${((end - start) / 1000).toFixed(0).padStart(6)} kB`)
  }
  const { simd, relaxed } = vectors(wasm)
  console.log(`  simd128 instructions     ${String(simd).padStart(6)}    relaxed ${relaxed}`)
}
const named = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'wasm32-unknown-unknown/release/variorum.wasm')
if (existsSync(named)) {
  const crates = byCrate(readFileSync(named))
  const shown = process.argv.includes('--crates') ? crates : crates.slice(0, 16)
  console.log("the engine's code by crate, kB, before wasm-opt (generic code counts for the crate that names it):")
  for (const [crate, size] of shown) console.log(`  ${crate.padEnd(24)} ${(size / 1000).toFixed(0).padStart(6)}`)
}
if (wrong) {
  console.error('`node .ci/size.mjs --crates` after `make build` shows where a module grew.')
  process.exit(1)
}

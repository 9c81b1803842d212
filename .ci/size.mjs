// The modules' sizes. In: www/pkg/*.wasm (fonts are no part of them), and where they lie the same modules with names (target/pack, by `make build`).
// Out: sizes raw and as a good host would send them; by section and by crate, their vectors counted; exit 1 above a
// budget. The engine's module is what every page loads; the importers' only comes with campaigns that hold SVG or WOFF2,
// the painter's is loaded instead of it by who paints lists of their own.
//
//   node .ci/size.mjs [--crates]     --crates: a line for each crate rather than for the largest

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { verdict } from '../tests/bench/marks.mjs'
import { byCrate, nameless, sections, vectors } from './module.mjs'

const MB = 1_000_000
const MODULES = [
  { name: 'engine', file: 'variorum_bg.wasm', raw: 3.0 * MB, brotli: 1.2 * MB },
  { name: 'painter', file: 'painter_bg.wasm', raw: 2.0 * MB, brotli: 0.7 * MB },
  { name: 'importers', file: 'importers_bg.wasm', raw: 1.0 * MB, brotli: 0.4 * MB },
]
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

const said = (command, ...args) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0].replace(/ \(.*/, '')
  } catch {
    return `${command}: not found`
  }
}
console.log(`built by ${said('rustc', '--version')}, ${said(join(root, 'www/node_modules/.bin/wasm-opt'), '--version')}; brotli of Node ${process.versions.brotli}, quality 11`)

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
  console.log(`  ${verdict('module', measured.brotli / 1024, name)}`)
  for (const { name, start, end } of sections(wasm).filter(({ start, end }) => end - start > 10_000)) {
    console.log(`  ${name.padEnd(24)} ${((end - start) / 1000).toFixed(0).padStart(6)} kB`)
  }
  const { simd, relaxed } = vectors(wasm)
  console.log(`  simd128 instructions     ${String(simd).padStart(6)}    relaxed ${relaxed}`)
  tellCrates(name, wasm)
}

/** The code that is shipped, by crate. @param {string} name @param {Buffer} wasm */
function tellCrates(name, wasm) {
  const path = join(root, 'target/pack', name === 'engine' ? 'variorum' : name, 'named.wasm')
  const named = existsSync(path) ? readFileSync(path) : undefined
  if (!named || !nameless(named).equals(wasm)) {
    console.log('  by crate: no file with names of this very module; `touch src/lib.rs && make build` makes it')
    return
  }
  const crates = byCrate(named)
  const shown = process.argv.includes('--crates') ? crates : crates.slice(0, 12)
  console.log('  its code by crate, as shipped (generic code counts for the crate that names it):')
  for (const [crate, size] of shown) console.log(`    ${crate.padEnd(22)} ${(size / 1000).toFixed(0).padStart(6)} kB`)
}

if (wrong) {
  console.error('`node .ci/size.mjs --crates` after `make build` shows where a module grew.')
  process.exit(1)
}

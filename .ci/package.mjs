// Is the npm package whole? In: www/ after a build. Out: a line with its size, and exit 1 where `npm pack` would leave out
// what its exports promise, where versions differ, or where something of the workshop would travel along.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const www = fileURLToPath(new URL('../www/', import.meta.url))
const faults = []

const manifest = JSON.parse(readFileSync(`${www}package.json`, 'utf8'))
const cargo = readFileSync(`${www}../Cargo.toml`, 'utf8').match(/^version = "(.+)"$/m)?.[1]
if (cargo !== manifest.version) faults.push(`Cargo.toml says ${cargo}, www/package.json ${manifest.version}`)

const [pack] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: www, encoding: 'utf8', maxBuffer: 1e8 }),
)
const packed = new Set(pack.files.map((file) => file.path))

/** @param {unknown} target a path, or conditions that lead to paths */
function* paths(target) {
  if (typeof target === 'string') yield target
  else for (const value of Object.values(target ?? {})) yield* paths(value)
}
for (const target of paths(manifest.exports)) {
  const path = target.replace(/^\.\//, '')
  const there = path.includes('*') ? [...packed].some((p) => p.startsWith(path.split('*')[0])) : packed.has(path)
  if (!there) faults.push(`exports ${target}, which is not in the package`)
}
for (const needed of ['dist/npm/variorum_bg.wasm', 'dist/npm/importers_bg.wasm', 'dist/npm/painter_bg.wasm', 'dist/npm/worker.js', 'dist/npm/LICENSE-MIT', 'dist/npm/LICENSE-APACHE']) {
  if (!packed.has(needed)) faults.push(`${needed} is not in the package`)
}
// Servers that render, and tests in Node, import what a page imports: that must define nothing and break nothing.
for (const [name, { default: path } = {}] of Object.entries(manifest.exports)) {
  if (!path?.endsWith('.js') || name === './worker.js') continue
  try {
    await import(new URL(`../www/${path}`, import.meta.url).href)
  } catch (thrown) {
    faults.push(`import of ${path} in Node: ${thrown}`)
  }
}
for (const path of packed) {
  if (/^(src|test|samples)\/|\.test\.|dist\/studio\//.test(path)) faults.push(`${path} should stay at home`)
}
console.log(`package: ${pack.filename}, ${packed.size} files, ${(pack.size / 1e6).toFixed(1)} MB packed, ${(pack.unpackedSize / 1e6).toFixed(1)} MB unpacked`)
const parts = { fonts: /\/fonts\//, modules: /\.wasm$/, 'source maps (a debugger alone asks for them)': /\.map$/, types: /\.d\.ts$/, scripts: /\.js$/ }
const left = new Set(pack.files)
for (const [name, of] of Object.entries(parts)) {
  const files = [...left].filter((file) => of.test(file.path))
  for (const file of files) left.delete(file)
  console.log(`  ${(files.reduce((sum, file) => sum + file.size, 0) / 1e6).toFixed(1).padStart(5)} MB ${name}`)
}
for (const fault of faults) console.error(`package: ${fault}`)
process.exit(faults.length ? 1 : 0)

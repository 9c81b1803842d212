// Are all dependencies permissive? In: deny.toml's list, `cargo metadata`, www/package-lock.json. Out: one line for each side, and
// exit 1 that names what is not allowed. Where cargo-deny is installed it is asked as well: it also reads licence texts.

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Open, not permissive, and no part of what is shipped. */
const ONLY_IN_TESTS = new Set(['axe-core'])

const root = fileURLToPath(new URL('../', import.meta.url))
const list = readFileSync(`${root}deny.toml`, 'utf8').match(/^allow = \[([^\]]*)\]/m)?.[1] ?? ''
const allowed = new Set([...list.matchAll(/"([^"]+)"/g)].map((m) => m[1]))

/**
 * Whether an SPDX expression can be satisfied by allowed licences. Grammar: OR binds weaker than AND, WITH strongest;
 * crates of old write "MIT/Apache-2.0" for OR.
 * @param {string} expression
 */
function permissive(expression) {
  const tokens = expression.replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const either = () => {
    let yes = both()
    while (tokens[at] === 'OR') {
      at++
      yes = both() || yes
    }
    return yes
  }
  const both = () => {
    let yes = one()
    while (tokens[at] === 'AND') {
      at++
      yes = one() && yes
    }
    return yes
  }
  const one = () => {
    if (tokens[at] === '(') {
      at++
      const yes = either()
      at++
      return yes
    }
    let name = tokens[at++]
    if (tokens[at] === 'WITH') {
      name += ` WITH ${tokens[at + 1]}`
      at += 2
    }
    return allowed.has(name)
  }
  return tokens.length > 0 && either() && at === tokens.length
}

const faults = []
const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--format-version', '1', '--all-features', '--locked'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
)
const crates = metadata.packages.filter((p) => p.source)
for (const { name, version, license } of crates) {
  if (!permissive(license ?? '')) faults.push(`crate ${name} ${version}: ${license ?? 'no licence named'}`)
}

const lock = JSON.parse(readFileSync(`${root}www/package-lock.json`, 'utf8'))
const packages = Object.entries(lock.packages).filter(([path]) => path)
for (const [path, { version, license }] of packages) {
  const name = path.replace(/^.*node_modules\//, '')
  if (!permissive(license ?? '') && !ONLY_IN_TESTS.has(name)) faults.push(`npm ${name} ${version}: ${license ?? 'no licence named'}`)
}

console.log(`licences: ${crates.length} crates and ${packages.length} npm packages looked at, ${faults.length} not allowed`)
for (const fault of faults) console.error(`licences: ${fault}`)

const deny = spawnSync('cargo', ['deny', '--version'], { cwd: root, stdio: 'ignore' })
if (deny.status === 0) {
  const run = spawnSync('cargo', ['deny', '--all-features', 'check', 'licenses', 'bans', 'sources'], { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) faults.push('cargo-deny')
}
process.exit(faults.length ? 1 : 0)

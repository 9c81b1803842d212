// The notices that travel with the engine. In: `cargo metadata` of what is linked into the .wasm, and the licence files of those
// crates. Out: www/pkg/THIRD-PARTY.txt: each licence text once, under the crates that it covers.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense|copyright)/i

const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'wasm32-unknown-unknown'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
)
const packages = new Map(metadata.packages.map((p) => [p.id, p]))
const nodes = new Map(metadata.resolve.nodes.map((n) => [n.id, n]))
const isMacro = (p) => p.targets.some((t) => t.kind.includes('proc-macro'))

// Only what is linked: not what builds, tests, or writes code for the compiler.
const linked = new Set()
const waiting = [metadata.resolve.root]
for (let id = waiting.pop(); id; id = waiting.pop()) {
  if (linked.has(id) || isMacro(packages.get(id))) continue
  linked.add(id)
  for (const dep of nodes.get(id).deps) if (dep.dep_kinds.some((k) => k.kind === null)) waiting.push(dep.pkg)
}
linked.delete(metadata.resolve.root)

/** Licence text to the crates under it. */
const texts = new Map()
const crates = [...linked].map((id) => packages.get(id)).sort((a, b) => (a.name < b.name ? -1 : 1))
for (const crate of crates) {
  const folder = dirname(crate.manifest_path)
  const files = readdirSync(folder, { withFileTypes: true }).filter((f) => f.isFile() && LICENCE_FILE.test(f.name))
  const found = files.map((f) => readFileSync(join(folder, f.name), 'utf8').replaceAll('\r\n', '\n').trim())
  if (found.length === 0) found.push(`(${crate.license}; its text is at ${crate.repository ?? crate.homepage ?? 'crates.io'})`)
  for (const text of found) texts.set(text, [...(texts.get(text) ?? []), `${crate.name} ${crate.version} (${crate.license})`])
}
const sections = [...texts].map(([text, names]) => `${'-'.repeat(78)}\n${names.join('\n')}\n\n${text}\n`)
writeFileSync(
  join(root, 'www/pkg/THIRD-PARTY.txt'),
  `variorum's engine contains the following ${crates.length} works. Fonts carry their licences beside them, in fonts/.\n\n${sections.join('\n')}`,
)
console.log(`notices: ${crates.length} crates, ${texts.size} licence texts`)

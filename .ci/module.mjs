// What is in a WebAssembly module. In: its bytes. Out: its sections, its vector instructions counted, its code by crate where it still has names.

/** Reads numbers as WebAssembly writes them. */
class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }
  byte() {
    return this.bytes[this.at++] ?? 0
  }
  u32() {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  /** @param {number} n */
  skip(n) {
    this.at += n
  }
  /** Any LEB128, whatever its sign. */
  leb() {
    while (this.byte() >= 128);
  }
  text() {
    const n = this.u32()
    this.skip(n)
    return Buffer.from(this.bytes.subarray(this.at - n, this.at)).toString('utf8')
  }
}

const NAMES = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data', 'data count', 'tag']

/** `begin`: with its head. @param {Uint8Array} bytes @returns {{ id: number, name: string, begin: number, start: number, end: number }[]} */
export function sections(bytes) {
  const reader = new Reader(bytes, 8)
  const found = []
  while (reader.at < bytes.length) {
    const begin = reader.at
    const id = reader.byte()
    const size = reader.u32()
    const start = reader.at
    const name = id === 0 ? `custom ${new Reader(bytes, start).text()}` : (NAMES[id] ?? `section ${id}`)
    found.push({ id, name, begin, start, end: start + size })
    reader.at = start + size
  }
  return found
}

/** The module without the names of its functions. @param {Uint8Array} bytes */
export function nameless(bytes) {
  const kept = sections(bytes).filter(({ name }) => name !== 'custom name')
  return Buffer.concat([bytes.subarray(0, 8), ...kept.map(({ begin, end }) => bytes.subarray(begin, end))])
}

/** Bodies of functions. @param {Uint8Array} bytes */
function bodies(bytes) {
  const code = sections(bytes).find(({ id }) => id === 10)
  if (!code) return []
  const reader = new Reader(bytes, code.start)
  return Array.from({ length: reader.u32() }, () => {
    const size = reader.u32()
    reader.skip(size)
    return { start: reader.at - size, end: reader.at }
  })
}

/**
 * Counts vector instructions, and the relaxed among them, by reading every instruction (WebAssembly 3.0, 5.4).
 * @param {Uint8Array} bytes
 */
export function vectors(bytes) {
  let simd = 0
  let relaxed = 0
  const memarg = (/** @type {Reader} */ r) => {
    if (r.u32() & 64) r.leb()
    r.leb()
  }
  for (const { start, end } of bodies(bytes)) {
    const r = new Reader(bytes, start)
    for (let n = r.u32(); n > 0; n -= 1) {
      r.leb()
      r.leb()
    }
    while (r.at < end) {
      const op = r.byte()
      if (op >= 0x02 && op <= 0x04) r.leb()
      else if (op === 0x0c || op === 0x0d || op === 0x10 || op === 0x12 || (op >= 0x20 && op <= 0x26) || op === 0xd0 || op === 0xd2) r.leb()
      else if (op === 0x0e) for (let n = r.u32() + 1; n > 0; n -= 1) r.leb()
      else if (op === 0x11 || op === 0x13) (r.leb(), r.leb())
      else if (op === 0x1c) for (let n = r.u32(); n > 0; n -= 1) r.leb()
      else if (op >= 0x28 && op <= 0x3e) memarg(r)
      else if (op === 0x3f || op === 0x40 || op === 0x41 || op === 0x42) r.leb()
      else if (op === 0x43) r.skip(4)
      else if (op === 0x44) r.skip(8)
      else if (op === 0xfc) {
        const sub = r.u32()
        for (let n = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][sub] ?? 0; n > 0; n -= 1) r.leb()
      } else if (op === 0xfd) {
        const sub = r.u32()
        simd += 1
        if (sub >= 0x100) relaxed += 1
        else if (sub <= 11 || sub === 92 || sub === 93) memarg(r)
        else if (sub === 12 || sub === 13) r.skip(16)
        else if (sub >= 21 && sub <= 34) r.skip(1)
        else if (sub >= 84 && sub <= 91) {
          memarg(r)
          r.skip(1)
        }
      }
    }
  }
  return { simd, relaxed }
}

/** Bytes of code by crate, from the names of a module that still has them. @param {Uint8Array} bytes */
export function byCrate(bytes) {
  const all = sections(bytes)
  const names = new Map()
  const custom = all.find(({ name }) => name === 'custom name')
  let imports = 0
  const imported = all.find(({ id }) => id === 2)
  if (imported) {
    const r = new Reader(bytes, imported.start)
    for (let n = r.u32(); n > 0; n -= 1) {
      r.text()
      r.text()
      const kind = r.byte()
      if (kind === 0) {
        imports += 1
        r.leb()
      } else if (kind === 1 || kind === 2) {
        if (kind === 1) r.skip(1)
        const limits = r.byte()
        r.leb()
        if (limits & 1) r.leb()
      } else r.skip(2)
    }
  }
  if (custom) {
    const r = new Reader(bytes, custom.start)
    r.text()
    while (r.at < custom.end) {
      const id = r.byte()
      const end = r.u32() + r.at
      if (id === 1) for (let n = r.u32(); n > 0; n -= 1) names.set(r.u32(), r.text())
      r.at = end
    }
  }
  const sizes = new Map()
  bodies(bytes).forEach(({ start, end }, i) => {
    const crate = crateOf(names.get(i + imports) ?? '')
    sizes.set(crate, (sizes.get(crate) ?? 0) + end - start)
  })
  return [...sizes].sort((a, b) => b[1] - a[1])
}

/** The crate that a mangled name begins with: of a trait's method, that of the type it is for. @param {string} name */
function crateOf(name) {
  const old = /^_ZN(?:\d+_?<?[^a-z]*)?/.test(name) ? name.match(/^_ZN(\d+)(.*)$/) : null
  if (old) {
    const first = (old[2] ?? '').slice(0, Number(old[1]))
    return (first.match(/_\$LT\$(?:\$RF\$|mut\$u20\$|dyn\$u20\$|\$u5b\$)*([a-z_0-9]+)/)?.[1] ?? first.match(/[a-z_0-9]+/i)?.[0]) || '?'
  }
  const v0 = name.match(/Cs[0-9A-Za-z]*_(\d+)([a-z_0-9]+)/)
  if (v0) return (v0[2] ?? '').replace(/^_/, '').slice(0, Number(v0[1]))
  return name.match(/^[<&*\[(]*(?:mut |dyn )?([a-z_0-9]+)/i)?.[1] ?? '?'
}

// node bench.mjs [--shots] [--memory] [--rounds=N] [--only=a,b] [--langs=en,ar] [--out=results.json]
// Interleaves the contestants (A B C A B C ...) and prints medians [min..max], then each figure that has a mark (../marks.mjs) with it; raw figures go to results.json.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';
import { launch } from './browser.mjs';
import { machine, median, spread as show, tellMarks } from '../marks.mjs';

process.chdir(path.dirname(fileURLToPath(import.meta.url)));
const arg = (n, d) => (process.argv.find((a) => a.startsWith(`--${n}=`)) ?? `=${d}`).split('=')[1];
const flag = (n) => process.argv.includes('--' + n);
const rounds = Number(arg('rounds', 5));
/** The page's own canvas is what everybody is measured against; `canvas2d-read` reads its pixels back from where they were painted. */
const files = {
  'canvas2d': [], 'canvas2d-read': [], 'konva': [],
  'canvaskit': ['canvaskit.wasm'], 'takumi': ['takumi.wasm'], 'satori-resvg': ['resvg.wasm', 'satori-layout.wasm'], 'variorum': ['painter_bg.wasm'], 'variorum-alone': ['painter_bg.wasm']
};
const names = arg('only', fs.readdirSync('contestants').map((f) => f.slice(0, -4)).join(',')).split(',');
const sum = (a) => a.reduce((x, y) => x + y, 0);

const { server, url } = await serve();
async function open(browser, name) {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (e) => console.error(name, 'page error:', e.message));
  if (flag('verbose')) page.on('console', (m) => console.error(name, m.text()));
  await page.goto(url + '/page.html' + (arg('langs', '') ? '?langs=' + arg('langs', '') : ''));
  await page.waitForFunction('window.bench');
  return page;
}
const call = (page, fn, ...a) => page.evaluate(([f, args]) => window.bench[f](...args), [fn, a]);

// CPU time of all processes of this browser, ns: the figure that other load on the machine disturbs least.
let cdp;
async function cpu() {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo'), tasks = new Map();
  for (const p of processInfo) {
    try {
      for (const t of fs.readdirSync(`/proc/${p.id}/task`)) tasks.set(t, Number(fs.readFileSync(`/proc/${p.id}/task/${t}/schedstat`, 'utf8').split(' ')[0]));
    } catch { /* gone meanwhile */ }
  }
  return tasks;
}
async function metered(what, name, page, fn, ...a) {
  const before = await cpu(), value = await call(page, fn, ...a), after = await cpu();
  let ns = 0;
  for (const [t, v] of after) ns += v - (before.get(t) ?? 0);
  ((out.cpu[what] ??= {})[name] ??= []).push(ns / 1e6);
  return value;
}

const out = { cpu: {}, names, rounds, bytes: {}, cold: {}, full: {}, thumbs: {}, png: {}, edit: {}, split: {}, memory: {}, wasm: {}, page: {} };
for (const n of names) {
  const parts = [`${n}.mjs`, ...(files[n] ?? [])].filter((f) => fs.existsSync('dist/' + f)).map((f) => fs.readFileSync('dist/' + f));
  out.bytes[n] = {
    raw: sum(parts.map((b) => b.length)),
    gzip: sum(parts.map((b) => zlib.gzipSync(b, { level: 9 }).length)),
    brotli: sum(parts.map((b) => zlib.brotliCompressSync(b).length))
  };
}

if (flag('shots')) {
  fs.mkdirSync('shots', { recursive: true });
  const browser = await launch();
  for (const n of names) {
    try {
      const page = await open(browser, n);
      console.log(n, JSON.stringify(await call(page, 'cold', n)));
      for (const [lang, id, which] of [['en', 'square'], ['ar', 'feed'], ['hi', 'story'], ['ja', 'billboard'], ['de', 'sky'], ['fr', 'leader'], ['hi', 'feed'], ['en', 'a4print'], ['ar', 'square', 'thumbs']]) {
        fs.writeFileSync(`shots/${n}-${lang}-${id}${which ? '-' + which : ''}.png`, Buffer.from(await call(page, 'picture', lang, id, which ?? ''), 'base64'));
      }
      await page.context().close();
    } catch (e) { console.error(n, 'FAILED', e.message); }
  }
  await browser.close();
} else if (flag('memory')) {
  for (const n of names) {
    const browser = await launch();
    const cdp = await browser.newBrowserCDPSession();
    const page = await open(browser, n);
    const peak = async () => {
      const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
      return Math.max(...processInfo.filter((p) => p.type === 'renderer').map((p) => Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${p.id}/status`, 'utf8'))?.[1] ?? 0))) / 1024;
    };
    const before = await peak();
    await call(page, 'cold', n);
    const loaded = await call(page, 'memory');
    await call(page, 'all', 'thumbs');
    const afterThumbs = { ...await call(page, 'memory'), peak: await peak() };
    await call(page, 'all', 'full');
    out.memory[n] = { before, loaded, afterThumbs, afterFull: { ...await call(page, 'memory'), peak: await peak() } };
    const mb = (x) => (x == null ? '-' : (x / 1048576).toFixed(0));
    const m = out.memory[n];
    console.log(n.padEnd(14), `wasm MiB loaded/thumbs/full ${mb(m.loaded.wasm)}/${mb(m.afterThumbs.wasm)}/${mb(m.afterFull.wasm)}`, `page MiB ${mb(m.loaded.ua)}/${mb(m.afterThumbs.ua)}/${mb(m.afterFull.ua)}`, `renderer peak RSS MiB blank/thumbs/full ${before.toFixed(0)}/${m.afterThumbs.peak.toFixed(0)}/${m.afterFull.peak.toFixed(0)}`);
    await browser.close();
  }
  fs.writeFileSync('memory.json', JSON.stringify(out.memory, null, 1));
} else {
  const browser = await launch();
  cdp = await browser.newBrowserCDPSession();
  for (let r = 0; r < rounds; r++) for (const n of names) {
    const page = await open(browser, n);
    (out.cold[n] ??= []).push(await metered('cold', n, page, 'cold', n));
    await page.context().close();
  }
  const pages = {};
  for (const n of names) {
    pages[n] = await open(browser, n);
    await call(pages[n], 'cold', n);
    await call(pages[n], 'all', 'thumbs');
  }
  const ids = await call(pages[names[0]], 'ids'), formats = [...new Set(ids.map((i) => i[1]))];
  for (let r = 0; r < rounds; r++) {
    for (const n of names) (out.thumbs[n] ??= []).push(await metered('thumbs', n, pages[n], 'all', 'thumbs'));
    for (const n of names) (out.edit[n] ??= []).push(await metered('edit', n, pages[n], 'edit', r));
    for (const n of names) {
      await call(pages[n], 'split');
      await call(pages[n], 'clear');
      const each = new Array(ids.length);
      let total = 0;
      for (const id of formats) {
        const v = await metered('full ' + id, n, pages[n], 'all', 'full', id);
        ids.forEach((x, i) => { if (x[1] === id) each[i] = v.shift(); });
        total += out.cpu['full ' + id][n].at(-1);
      }
      (out.full[n] ??= []).push(each);
      ((out.cpu.full ??= {})[n] ??= []).push(total);
      (out.split[n] ??= []).push(await call(pages[n], 'split'));
    }
    for (const n of names) {
      const { wasm, ua } = await call(pages[n], 'memory');
      out.wasm[n] = wasm;
      if (ua !== null) (out.page[n] ??= []).push(ua);
    }
    for (const n of names) (out.png[n] ??= []).push(await metered('png', n, pages[n], 'png'));
    console.error('round', r + 1, 'of', rounds);
  }
  // Whose writer is better shows on the same pixels: sharper pictures make larger files.
  out.same = {};
  for (const [lang, id] of names.includes('variorum') ? ids.filter((x) => x[0] === ids[0][0]) : []) {
    for (const n of names.filter((n) => n !== 'variorum' && out.png[n][0])) {
      const file = await call(pages[n], 'file', lang, id);
      (out.same[n] ??= []).push((await call(pages.variorum, 'again', file)) / Buffer.from(file, 'base64').length);
    }
  }
  const chromium = browser.version();
  await browser.close();
  out.ids = ids;
  fs.writeFileSync(arg('out', 'results.json'), JSON.stringify(out));
  const px = sum(ids.map((i) => i[2] * i[3]));
  const kb = (n) => (n / 1024).toFixed(0);
  const by = (ratio) => `${ratio < 1 ? '' : '+'}${((ratio - 1) * 100).toFixed(1)} %`;
  const base = names.includes('canvas2d-read') ? 'canvas2d-read' : names[0];
  const rel = (sel) => (n) => (median(sel(n)) / median(sel(base))).toFixed(2) + 'x';
  const version = (name) => JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  console.log(machine({ 'Chromium without GPU': chromium }));
  console.log(['variorum', 'konva', '@takumi-rs/wasm', 'canvaskit-wasm', 'satori', '@resvg/resvg-wasm'].map((name) => `${name} ${version(name)}`).join(', '));
  console.log(`${ids.length} variants, ${(px / 1e6).toFixed(1)} Mpx, ${rounds} rounds; ms, median [min..max]; ratio to ${base}`);
  const pngMiB = (n) => sum(out.png[n][0].map((y) => y[1])) / 1048576;
  const rows = {
    'bytes KiB raw/gzip/brotli': [(n) => `${kb(out.bytes[n].raw)}/${kb(out.bytes[n].gzip)}/${kb(out.bytes[n].brotli)}`],
    'cold init': [(n) => show(out.cold[n].map((x) => x.init)), rel((n) => out.cold[n].map((x) => x.init))],
    'cold all (init, decode, layout, first), CPU ms': [(n) => show(out.cpu.cold[n])],
    'init and first thumbnail, wall': [(n) => show(out.cold[n].map((x) => x.init + x.first)), rel((n) => out.cold[n].map((x) => x.init + x.first))],
    'decode pictures': [(n) => show(out.cold[n].map((x) => x.assets))],
    'first thumbnail': [(n) => show(out.cold[n].map((x) => x.first))],
    'all full': [(n) => show(out.full[n].map(sum)), rel((n) => out.full[n].map(sum))],
    'all full, caches cold at the start where they can be emptied, CPU ms': [(n) => show(out.cpu.full[n]), rel((n) => out.cpu.full[n])],
    'all full Mpx per CPU second': [(n) => (px / 1e3 / median(out.cpu.full[n])).toFixed(1)],
    'all full Mpx/s': [(n) => (px / 1e3 / median(out.full[n].map(sum))).toFixed(1)],
    'all thumbs': [(n) => show(out.thumbs[n].map(sum)), rel((n) => out.thumbs[n].map(sum))],
    'all thumbs, CPU ms': [(n) => show(out.cpu.thumbs[n]), rel((n) => out.cpu.thumbs[n])],
    'edit, 10 repainted': [(n) => show(out.edit[n].map((x) => x.ten)), rel((n) => out.edit[n].map((x) => x.ten))],
    'edit, all repainted': [(n) => show(out.edit[n].map((x) => x.sixty)), rel((n) => out.edit[n].map((x) => x.sixty))],
    '10 to PNG (with render)': [(n) => (out.png[n][0] ? show(out.png[n].map((x) => sum(x.map((y) => y[0])))) : '-'), (n) => (out.png[n][0] ? rel((m) => out.png[m].map((x) => sum(x.map((y) => y[0]))))(n) : '')],
    'edit, all repainted, CPU ms': [(n) => show(out.cpu.edit[n]), rel((n) => out.cpu.edit[n])],
    '10 to PNG, CPU ms': [(n) => (out.png[n][0] ? show(out.cpu.png[n]) : '-'), (n) => (out.png[n][0] ? rel((m) => out.cpu.png[m])(n) : '')],
    'wasm memory after the 60, MiB': [(n) => (out.wasm[n] == null ? '-' : (out.wasm[n] / 1048576).toFixed(0))],
    'memory of the whole page after the 60, MiB: wasm, what scripts hold, the page': [(n) => (out.page[n] ? show(out.page[n].map((x) => x / 1048576)) : '-')],
    'PNG MiB of the 10': [(n) => (out.png[n][0] ? pngMiB(n).toFixed(2) : '-')]
  };
  for (const [title, fns] of Object.entries(rows)) console.log(`\n${title}\n` + names.map((n) => '  ' + n.padEnd(16) + fns.map((f) => f(n)).join('  ')).join('\n'));
  console.log('\nper format, ms a variant: CPU (mean over languages, median of rounds) / least wall');
  console.log('  ' + 'format'.padEnd(22) + names.map((n) => n.padStart(17)).join(''));
  for (const id of formats) {
    const at = ids.flatMap((x, i) => (x[1] === id ? [i] : []));
    const [, , w, h] = ids[at[0]];
    console.log('  ' + `${id} ${w}x${h}`.padEnd(22) + names.map((n) => { const v = out.full[n].flatMap((r) => at.map((i) => r[i])); return `${(median(out.cpu['full ' + id][n]) / (at.length)).toFixed(1)} / ${Math.min(...v).toFixed(1)}`.padStart(17); }).join(''));
  }
  console.log('\nper language, ms for its ten formats / thumbnails (median)');
  for (const lang of [...new Set(ids.map((i) => i[0]))]) {
    const at = ids.flatMap((x, i) => (x[0] === lang ? [i] : []));
    console.log('  ' + lang.padEnd(22) + names.map((n) => `${median(out.full[n].map((r) => sum(at.map((i) => r[i])))).toFixed(0)}/${median(out.thumbs[n].map((r) => sum(at.map((i) => r[i])))).toFixed(0)}`.padStart(14)).join(''));
  }
  const writers = names.filter((n) => out.png[n][0]);
  if (writers.length > 0) {
    const vs = writers.includes('takumi') ? 'takumi' : writers[0];
    console.log(`\nPNG, KiB a file, and more or less than that of ${vs}`);
    console.log('  ' + ''.padEnd(22) + writers.map((n) => n.padStart(18)).join(''));
    ids.filter((x) => x[0] === ids[0][0]).forEach(([, id], i) => {
      const size = (n) => out.png[n][0][i][1];
      console.log('  ' + id.padEnd(22) + writers.map((n) => `${kb(size(n))} ${by(size(n) / size(vs))}`.padStart(18)).join(''));
    });
  }
  for (const [n, each] of Object.entries(out.same)) {
    console.log(`\nthe pixels of ${n} written by variorum, more or less than its own file: ` + each.map((ratio, i) => `${formats[i]} ${by(ratio)}`).join(', '));
  }
  for (const n of names) if (out.split[n]?.[0]) console.log('\n' + n, 'split of all full, ms:', JSON.stringify(Object.fromEntries(Object.keys(out.split[n][0]).map((k) => [k, Math.round(median(out.split[n].map((s) => s[k])))]))));
  const ratio = (what, n, to = 'canvas2d-read') => (out.cpu[what]?.[n] && out.cpu[what][to] ? median(out.cpu[what][n]) / median(out.cpu[what][to]) : null);
  const wall = (n) => (out.cold[n] ? median(out.cold[n].map((x) => x.init + x.first)) : NaN);
  const packed = (file) => zlib.brotliCompressSync(fs.readFileSync(file)).length / 1024;
  if (names.includes('variorum')) {
    tellMarks([
      ['full', ratio('full', 'variorum')], ['alone', ratio('full', 'variorum-alone')], ['thumbs', ratio('thumbs', 'variorum')], ['edit', ratio('edit', 'variorum')],
      ['png', ratio('png', 'variorum')], ['pngSize', pngMiB('variorum')],
      ['module', packed('dist/' + files.variorum[0]), 'the painter'], ['module', out.bytes.variorum.brotli / 1024, 'the painter with its script, as the others are counted'],
      ['module', packed('node_modules/variorum/dist/npm/variorum_bg.wasm'), 'the engine, which this page does not load'],
      ...(names.includes('takumi') ? [['pngEach', out.png.variorum[0].filter(([, size], i) => size > out.png.takumi[0][i][1]).length]] : []),
      ['start', wall('variorum') / wall('takumi')], ['memory', out.wasm.variorum / 1048576]
    ]);
    if (ids.length < 60) console.log(`  of ${ids.length} pictures: the marks are of the 60`);
    if (rounds < 5) console.log(`  of ${rounds} round(s): the marks are of the medians of five`);
  }
}
server.close();

// Makes everything the page needs: fonts (WOFF -> TTF), the three pictures, and one bundle per contestant.
import fs from 'node:fs';
import zlib from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { serve } from './server.mjs';
import { launch } from './browser.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const work = JSON.parse(fs.readFileSync('work.json', 'utf8'));
for (const d of ['assets', 'dist']) fs.mkdirSync(d, { recursive: true });

function woffToTtf(b) {
  const n = b.readUInt16BE(12), head = Buffer.alloc(12 + 16 * n);
  b.copy(head, 0, 4, 8);
  head.writeUInt16BE(n, 4);
  const p = 2 ** Math.floor(Math.log2(n));
  head.writeUInt16BE(p * 16, 6);
  head.writeUInt16BE(Math.log2(p), 8);
  head.writeUInt16BE(n * 16 - p * 16, 10);
  const parts = [head];
  let at = head.length;
  for (let i = 0; i < n; i++) {
    const e = 44 + 20 * i, off = b.readUInt32BE(e + 4), comp = b.readUInt32BE(e + 8), orig = b.readUInt32BE(e + 12);
    let t = b.subarray(off, off + comp);
    if (comp < orig) t = zlib.inflateSync(t);
    b.copy(head, 12 + 16 * i, e, e + 4);
    head.writeUInt32BE(b.readUInt32BE(e + 16), 16 + 16 * i);
    head.writeUInt32BE(at, 20 + 16 * i);
    head.writeUInt32BE(orig, 24 + 16 * i);
    const padded = Buffer.alloc((orig + 3) & ~3);
    t.copy(padded);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}

for (const f of work.fonts) for (const weight of [400, 700]) {
  const pkg = '@fontsource/' + f.name.toLowerCase().replace(/ /g, '-');
  const woff = fs.readFileSync(path.join('node_modules', pkg, 'files', `${f.file}-${weight}-normal.woff`));
  fs.writeFileSync(`assets/${f.file}-${weight}.ttf`, woffToTtf(woff));
}

for (const f of fs.readdirSync('contestants')) {
  if (!f.endsWith('.mjs')) continue;
  await build({ entryPoints: [`contestants/${f}`], outfile: `dist/${f}`, bundle: true, format: 'esm', minify: true, platform: 'browser', target: 'es2022', alias: { fflate: 'fflate/browser' }, external: ['fs', 'path'], logLevel: 'error' });
}
await build({ entryPoints: ['page.mjs'], outfile: 'dist/page.js', bundle: true, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'error' });
for (const [from, to] of [
  ['canvaskit-wasm/bin/canvaskit.wasm', 'canvaskit.wasm'],
  ['@resvg/resvg-wasm/index_bg.wasm', 'resvg.wasm'],
  ['satori/layout.wasm', 'satori-layout.wasm'],
  ['@takumi-rs/wasm/pkg/takumi_wasm_bg.wasm', 'takumi.wasm'],
  ['variorum/dist/npm/painter_bg.wasm', 'painter_bg.wasm']
]) fs.copyFileSync(path.join('node_modules', from), path.join('dist', to));

if (!fs.existsSync('assets/background.jpg') || process.argv.includes('--pictures')) {
  const { server, url } = await serve();
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(url + '/pictures.html');
  for (const [name, b64] of Object.entries(await page.evaluate(() => window.pictures()))) fs.writeFileSync(`assets/${name}`, Buffer.from(b64, 'base64'));
  await browser.close();
  server.close();
}
for (const d of ['assets', 'dist']) for (const f of fs.readdirSync(d)) console.log(d + '/' + f, fs.statSync(`${d}/${f}`).size);

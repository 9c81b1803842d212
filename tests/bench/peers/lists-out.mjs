// node lists-out.mjs FOLDER: writes the 60 display lists (full and thumb) as JSON, so that `cargo run --release --example lists` can paint them natively.
import fs from 'node:fs';
import path from 'node:path';
import { launch } from './browser.mjs';
import { list } from './lists.mjs';
import { serve } from './server.mjs';

const out = process.argv[2] ?? path.join(import.meta.dirname, 'assets/lists');
fs.mkdirSync(out, { recursive: true });
const { server, url } = await serve();
const browser = await launch();
const page = await browser.newPage();
await page.goto(url + '/page.html');
await page.waitForFunction('window.bench');
await page.evaluate(() => window.bench.prepare());
for (const which of ['full', 'thumbs']) {
  const { plans, sizes } = await page.evaluate((w) => window.bench.plans(w), which);
  fs.writeFileSync(path.join(out, which + '.json'), JSON.stringify(plans.map((p) => ({ lang: p.lang, id: p.id, list: list(p, sizes) }))));
}
await browser.close();
server.close();

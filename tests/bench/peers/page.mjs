// Runs inside the page: builds the plans, drives one contestant, returns figures.
import work from './work.json';
import { plan, scaled } from './plan.mjs';

const only = new URLSearchParams(location.search).get('langs')?.split(',');
const languages = Object.entries(work.languages).filter(([k]) => !only || only.includes(k));

let c; // the contestant module
let assets, plans, thumbs, measure;
const now = () => performance.now();
const bytes = async (u) => (await fetch(u)).arrayBuffer();
const loadFonts = () => Promise.all(work.fonts.flatMap((f) => [400, 700].map(async (weight) => ({ name: f.name, weight, data: await bytes(`assets/${f.file}-${weight}.ttf`) }))));

async function setup() {
  for (const f of await loadFonts()) document.fonts.add(await new FontFace('M ' + f.name, f.data, { weight: String(f.weight) }).load());
  const ctx = new OffscreenCanvas(8, 8).getContext('2d');
  measure = (text, size, weight, families) => {
    ctx.font = `${weight} ${size}px ${families.map((f) => `"M ${f}"`).join(',')}`;
    return ctx.measureText(text).width;
  };
  assets = {
    background: { data: await bytes('assets/background.jpg'), type: 'image/jpeg', width: 2400, height: 1600 },
    product: { data: await bytes('assets/product.png'), type: 'image/png', width: 800, height: 800 },
    logo: { data: await bytes('assets/logo.png'), type: 'image/png', width: 240, height: 120 }
  };
  plans = languages.flatMap(([lang, copy]) => work.formats.map((f) => plan(f, lang, copy, assets, measure)));
  thumbs = plans.map((p) => scaled(p, work.thumbLongestSide));
}

const api = {
  /** (a) cold start of a contestant, then decode of the pictures, then its first picture. */
  async cold(name) {
    const t0 = now();
    c = await import(new URL(name + ".mjs", import.meta.url).href);
    await c.init({ loadFonts });
    const t1 = now();
    await setup();
    const t2 = now();
    await c.setAssets(assets);
    const t3 = now();
    await c.render(thumbs[0]);
    const t4 = now();
    return { init: t1 - t0, assets: t3 - t2, first: t4 - t3 };
  },
  /** (b) and (d): every variant to RGBA, one time each. */
  async all(which, id) {
    const set = (which === 'thumbs' ? thumbs : plans).filter((p) => !id || p.id === id), each = [];
    for (const p of set) {
      const t = now();
      const px = await c.render(p);
      each.push(now() - t);
      if (px.length !== p.w * p.h * 4) throw new Error(`${p.id}: ${px.length} bytes`);
    }
    return each;
  },
  /** Own caches as they were before the first picture, where a contestant can: what is decoded stays, for everybody. */
  clear: () => c.clear?.(),
  /** (c): PNG bytes of one language's ten formats; time and size. */
  async png() {
    if (!c.png) return null;
    const out = [];
    for (const p of plans.filter((x) => x.lang === 'en')) {
      const t = now();
      const b = await c.png(p);
      out.push([now() - t, b.length]);
    }
    return out;
  },
  /** The file of one, in base64; nothing where it writes none. */
  async file(lang, id) {
    const b = await c.png?.(plans.find((x) => x.lang === lang && x.id === id));
    let text = '';
    for (let i = 0; b && i < b.length; i += 32768) text += String.fromCharCode(...b.subarray(i, i + 32768));
    return text && btoa(text);
  },
  /** How large another's file becomes when the same pixels are written by this one. */
  again: (file) => c.again?.(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))) ?? null,
  /** (e): a new headline in one language, plans of that language again, then all sixty thumbnails. */
  async edit(round) {
    const copy = { ...work.languages.en, headline: `Run lighter, round ${round}, in every season` };
    const t0 = now();
    const edited = thumbs.map((t, i) => (t.lang === 'en' ? scaled(plan(work.formats[i % work.formats.length], 'en', copy, assets, measure), work.thumbLongestSide) : t));
    const t1 = now();
    for (const p of edited) if (p.lang === 'en') await c.render(p);
    const t2 = now();
    for (const p of edited) if (p.lang !== 'en') await c.render(p);
    const t3 = now();
    return { plan: t1 - t0, ten: t2 - t0, sixty: t3 - t0 };
  },
  /** (f) */
  async memory() {
    const wasm = c.memory?.() ?? null;
    const ua = self.crossOriginIsolated && performance.measureUserAgentSpecificMemory
      ? await Promise.race([performance.measureUserAgentSpecificMemory().then((m) => m.bytes, () => null), new Promise((ok) => setTimeout(ok, 20000, null))]) : null;
    return { wasm, ua };
  },
  async picture(lang, id, which) {
    const p = (which === 'thumbs' ? thumbs : plans).find((x) => x.lang === lang && x.id === id);
    const px = await c.render(p), cv = document.createElement('canvas');
    cv.width = p.w; cv.height = p.h;
    cv.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(px), p.w, p.h), 0, 0);
    return cv.toDataURL('image/png').split(',')[1];
  },
  prepare: () => setup(),
  plans: (which) => ({ plans: which === 'thumbs' ? thumbs : plans, sizes: Object.fromEntries(Object.entries(assets).map(([k, a]) => [k, { width: a.width, height: a.height }])) }),
  ids: () => plans.map((p) => [p.lang, p.id, p.w, p.h]),
  plan: (lang, id) => plans.find((x) => x.lang === lang && x.id === id),
  split: () => c.split?.() ?? null
};
window.bench = api;

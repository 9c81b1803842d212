// What a campaign costs, against its size. In: the module (www/pkg), alba, Node. Out: a table, and with --write the plot and the figures of www/docs/growth.
// The page's words hold no figure: what is measured stands between its two marks, and is written here.
//
//   node tests/bench/growth.mjs [--write] [--rounds=3] [--axes=formats,languages,options,layers,picture,headline]
//
// Each point is a campaign of its own: opened, and all its variants painted once at 320 px by one instance; CPU time of the process, the median of some rounds
// and its spread, after a first run that is thrown away (the compiler works on it). One thing is varied at a time, the others stay at the middle of their
// range. The exponent is the slope between logarithms: 1 means twice as much costs twice as much, 0 that it costs nothing. What is paid once weighs on it,
// least at the end: so that of the last stretch, between the two largest, stands beside it.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import * as importers from "../../www/pkg/importers.js";
import { Engine, initSync } from "../../www/pkg/variorum.js";
import { asked, machine, median, tellMarks } from "./marks.mjs";

const rounds = asked("rounds", 3);
const only = /--axes=([\w,]+)/.exec(process.argv.join(" "))?.[1].split(",");
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
initSync({ module: new WebAssembly.Module(readFileSync(at("www/pkg/variorum_bg.wasm"))) });
importers.initSync({ module: new WebAssembly.Module(readFileSync(at("www/pkg/importers_bg.wasm"))) });
const fonts = new Map();
const made = new Map();
const sample = new Map(filesBelow(at("www/samples/alba"), ""));
const LOCALES = JSON.parse(text("campaign.json")).locales;
const FORMATS = formatsOf();

/** What is varied: its values, the one it has where another is varied, and how a campaign is made so. */
const AXES = [
  { name: "formats", unit: "", values: [8, 16, 32, 64, 128], usual: 32, make: (files, n) => json(files, "campaign.json", (c) => (c.formats = FORMATS.slice(0, n))) },
  { name: "languages", unit: "", values: [1, 3, 9, 27], usual: 9, make: (files, n) => json(files, "campaign.json", (c) => (c.locales = LOCALES.slice(0, n))) },
  { name: "options", unit: "", values: [1, 4, 16, 64], usual: 1, make: options },
  { name: "layers", unit: "", values: [7, 14, 28, 56, 112], usual: 7, make: layers },
  { name: "picture", unit: " MP", values: [0.5, 2, 8, 32], usual: 8, make: picture },
  { name: "headline", unit: " characters", values: [10, 20, 40, 80, 160, 320], usual: 40, make: headline },
];

measure(Object.fromEntries(AXES.map(({ name, usual }) => [name, usual])));
console.log(`${machine()}; one instance, CPU time, ${rounds} rounds`);
const found = AXES.filter(({ name }) => only?.includes(name) ?? true).map((axis) => {
  const points = axis.values.map((value) => {
    const wanted = Object.fromEntries(AXES.map(({ name, usual }) => [name, name === axis.name ? value : usual]));
    const all = Array.from({ length: rounds }, () => measure(wanted));
    const times = all.map(({ ms }) => ms);
    const point = { value, variants: all[0].variants, ms: median(times), least: Math.min(...times), most: Math.max(...times) };
    console.log(`${axis.name} ${value}${axis.unit}`.padEnd(28), `${point.variants} variants`.padEnd(16), `${point.ms.toFixed(0)} [${point.least.toFixed(0)}..${point.most.toFixed(0)}] ms CPU`);
    return point;
  });
  return { name: axis.name, unit: axis.unit, points, exponent: slope(points), last: slope(points.slice(-2)) };
});
for (const { name, exponent, last } of found) console.log(`${name}: to the power of ${exponent.toFixed(2)}, in the last stretch ${last.toFixed(2)}`);
// What makes variants: the others make one variant dearer.
tellMarks(found.filter(({ name }) => ["formats", "languages", "options"].includes(name)).flatMap(({ name, exponent, last }) => [["exponent", exponent, name], ["exponent", last, `${name}, last stretch`]]));
if (process.argv.includes("--write")) {
  writeFileSync(at("www/docs/growth.svg"), plot(found));
  const page = at("www/docs/growth.md");
  const made = readFileSync(page, "utf8").replace(/(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/, (_, from, to) => `${from}${table(found)}\n${to}`);
  writeFileSync(page, made);
}

/** @param {Record<string, number>} wanted */
function measure(wanted) {
  const files = new Map(sample);
  for (const { name, make } of AXES) make(files, wanted[name]);
  const engine = new Engine();
  const began = process.cpuUsage();
  const { variants } = engine.open(files, importers);
  for (let needed = engine.fontsNeeded(); needed.length > 0; needed = engine.fontsNeeded()) for (const name of needed) engine.addFont(name, font(name));
  for (const { id } of variants) engine.render({ id, maxWidth: 320, maxHeight: 320 });
  const { user, system } = process.cpuUsage(began);
  engine.free();
  return { ms: (user + system) / 1000, variants: variants.length };
}

/** As many ways to say it: each option's headline is another. @param {Map<string, Uint8Array>} files @param {number} n */
function options(files, n) {
  if (n === 1) return;
  json(files, "campaign.json", (campaign) => (campaign.options = Array.from({ length: n }, (_, at) => ({ id: `o${at + 1}`, values: { n: String(at + 1) } }))));
  for (const path of files.keys()) if (path.startsWith("copy/")) json(files, path, ({ messages }) => (messages.headline.text += " {n}"));
}

/** Shapes on top, small and not quite opaque. @param {Map<string, Uint8Array>} files @param {number} n */
function layers(files, n) {
  json(files, "master.json", (master) => {
    for (let at = master.layers.length; at < n; at += 1) {
      master.layers.push({ id: `dot${at}`, role: "decoration", shape: "ellipse", box: [40 + ((at * 97) % 900), 40 + ((at * 61) % 500), 60, 60], fill: "#ffffff40" });
    }
  });
}

/** A picture of so many megapixels in place of the photograph. @param {Map<string, Uint8Array>} files @param {number} megapixels */
function picture(files, megapixels) {
  const width = Math.round(Math.sqrt((megapixels * 1e6) / 1.25));
  const height = Math.round(width * 1.25);
  files.set("assets/growth.png", made.get(megapixels) ?? png(width, height));
  made.set(megapixels, files.get("assets/growth.png"));
  json(files, "campaign.json", (campaign) => {
    campaign.rights["assets/growth.png"] = campaign.rights["assets/dandelions.jpg"];
    delete campaign.rights["assets/dandelions.jpg"];
  });
  files.delete("assets/dandelions.jpg");
  json(files, "master.json", (master) => (master.layers[0].image = "assets/growth.png"));
}

/** @param {Map<string, Uint8Array>} files @param {number} characters */
function headline(files, characters) {
  for (const path of files.keys()) {
    if (!path.startsWith("copy/")) continue;
    json(files, path, ({ messages }) => {
      const own = `${messages.headline.text} `;
      messages.headline.text = [...own.repeat(Math.ceil(characters / own.length))].slice(0, characters).join("").trim();
    });
  }
}

/** A PNG with slopes and grain, as photographs have. @param {number} width @param {number} height */
function png(width, height) {
  const rows = new Uint8Array(height * (width * 3 + 1));
  let seed = 1;
  for (let y = 0, to = 0; y < height; y += 1) {
    rows[to++] = 0;
    for (let x = 0; x < width; x += 1) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      const grain = seed >>> 29;
      rows[to++] = ((x * 200) / width) | grain;
      rows[to++] = ((y * 200) / height) | grain;
      rows[to++] = 90 + grain;
    }
  }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const file = [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 1 })), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat(file));
}


function crc(bytes) {
  let c = ~0;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return ~c >>> 0;
}

/** The slope through points of logarithms. @param {{ value: number, ms: number }[]} points */
function slope(points) {
  const logs = points.map(({ value, ms }) => [Math.log(value), Math.log(ms)]);
  const mean = (i) => logs.reduce((sum, one) => sum + one[i], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** One small picture for each axis, all of one height of decades. @param {typeof found} found */
function plot(found) {
  const [w, h, left, top, gap] = [176, 220, 48, 40, 24];
  const every = found.flatMap(({ points }) => points.flatMap(({ least, most }) => [Math.log10(least), Math.log10(most)]));
  const [low, high] = [Math.floor(Math.min(...every)), Math.ceil(Math.max(...every))];
  const y = (ms) => top + h - ((Math.log10(ms) - low) / (high - low)) * h;
  const out = [];
  const width = left + found.length * (w + gap);
  for (let decade = low; decade <= high; decade += 1) {
    const label = decade < 3 ? `${10 ** decade} ms` : `${10 ** (decade - 3)} s`;
    out.push(`<text x="${left - 6}" y="${y(10 ** decade) + 4}" text-anchor="end">${label}</text>`);
  }
  found.forEach(({ name, unit, points, exponent, last: steepest }, n) => {
    const x0 = left + n * (w + gap);
    const [first, last] = [points[0].value, points.at(-1).value];
    const x = (value) => x0 + 8 + (Math.log(value / first) / Math.log(last / first)) * (w - 16);
    out.push(`<text x="${x0}" y="${top - 20}" font-weight="700">${name}${unit ? `,${unit}` : ""}</text><text x="${x0}" y="${top - 6}">to the power of ${exponent.toFixed(2)}, last ${steepest.toFixed(2)}</text>`);
    out.push(`<rect x="${x0}" y="${top}" width="${w}" height="${h}" fill="none" stroke="#8b8b8b"/>`);
    for (let decade = low + 1; decade < high; decade += 1) out.push(`<line x1="${x0}" x2="${x0 + w}" y1="${y(10 ** decade)}" y2="${y(10 ** decade)}" stroke="#8b8b8b" stroke-opacity=".5"/>`);
    // What proportion would be, from the first point.
    const end = points[0].ms * (last / first);
    const cut = Math.min(end, 10 ** high);
    out.push(`<line x1="${x(first)}" y1="${y(points[0].ms)}" x2="${x(first * (cut / points[0].ms))}" y2="${y(cut)}" stroke="#8b8b8b" stroke-dasharray="3 3"/>`);
    out.push(`<polyline points="${points.map((p) => `${x(p.value).toFixed(1)},${y(p.ms).toFixed(1)}`).join(" ")}" fill="none" stroke="#1f6feb" stroke-width="2"/>`);
    for (const p of points) out.push(`<line x1="${x(p.value).toFixed(1)}" x2="${x(p.value).toFixed(1)}" y1="${y(p.least).toFixed(1)}" y2="${y(p.most).toFixed(1)}" stroke="#1f6feb"/><circle cx="${x(p.value).toFixed(1)}" cy="${y(p.ms).toFixed(1)}" r="3" fill="#1f6feb"/><text x="${x(p.value).toFixed(1)}" y="${top + h + 16}" text-anchor="middle">${p.value}</text>`);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top + h + 28}" width="${width}" height="${top + h + 28}" font-family="system-ui, sans-serif" font-size="11" fill="#8b8b8b">
<title>CPU time of a campaign against formats, languages, options, layers, size of its picture and length of its headline, with its spread; both axes logarithmic, dashed: in proportion</title>
<rect width="100%" height="100%" fill="#ffffff"/><g fill="#404040">
${out.join("\n")}
</g></svg>
`;
}

/** @param {typeof found} found */
function table(found) {
  const time = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
  const cell = ({ points, unit }) => points.map(({ value, ms, least, most }) => `${value}${unit}: ${time(ms)} [${time(least)}..${time(most)}]`).join(", ");
  const variants = ({ points: [first, ...rest] }) => (rest.at(-1).variants === first.variants ? first.variants.toLocaleString("en") : `${first.variants.toLocaleString("en")} to ${rest.at(-1).variants.toLocaleString("en")}`);
  const rows = found.map((axis) => `| ${axis.name} | ${variants(axis)} | ${cell(axis)} | ${axis.exponent.toFixed(2)} | ${axis.last.toFixed(2)} |`);
  return ["", `${machine()}; one instance, CPU time, medians of ${rounds} rounds [least..most]:`, "", "| varied | variants | time of the whole campaign | exponent | of the last stretch |", "| --- | --- | --- | --- | --- |", ...rows, ""].join("\n");
}

/** The formats of alba, one of each kind in turn, so that few are as mixed as many. */
function formatsOf() {
  const engine = new Engine();
  const { formats } = engine.open(sample, importers);
  engine.free();
  const step = 37;
  return formats.map((_, n) => formats[(n * step) % formats.length].id);
}

function font(name) {
  if (!fonts.has(name)) fonts.set(name, new Uint8Array(readFileSync(at(`fonts/${name}`))));
  return fonts.get(name);
}

function text(path) {
  return new TextDecoder().decode(sample.get(path));
}

/** @param {Map<string, Uint8Array>} files @param {string} path @param {(value: any) => unknown} change */
function json(files, path, change) {
  const value = JSON.parse(new TextDecoder().decode(files.get(path)));
  change(value);
  files.set(path, new TextEncoder().encode(JSON.stringify(value)));
}

/** @param {string} folder @param {string} prefix @returns {Generator<[string, Uint8Array]>} */
function* filesBelow(folder, prefix) {
  for (const name of readdirSync(folder)) {
    if (name === "source") continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path, `${prefix}${name}/`);
    else yield [prefix + name, new Uint8Array(readFileSync(path))];
  }
}

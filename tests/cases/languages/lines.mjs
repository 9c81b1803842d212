// Where lines end, held against Chromium. In: the command `variorum`, Chromium, the copy of the samples and of the forty languages, the
// hard cases beside this file (hard.json) and, where Debian's chromium-l10n is unpacked, Chromium's own interface texts in every language it
// speaks. Out: a table by language, what differs with its reason, and exit code 1 below 99.5 % of lines or where a difference has no reason.
//
//   node tests/cases/languages/lines.mjs OUT [--variorum target/release/variorum] [--noto DIR] [--paks DIR] [--strings 60]
//
// Every text at three widths, 32 px, `white-space: pre-line`; Korean with `word-break: keep-all` on both sides, as the engine sets it. A line agrees where
// it begins and ends at the same characters.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { directionOf, fileOf, here, noto, option, out, root, stemOf, variorum } from "./fonts.mjs";

const LEAST = 99.5;
const SIZE = 32;
// No multiples of the size: at five squares in 160 px a 64th of a px decides, to which Chromium rounds.
const WIDTHS = [170, 270, 410];

/** What is known to differ, and why: the first whose pattern fits what stands around the two ends. `a|b` is a break between a and b. */
const REASONS = [
  { why: "Chromium breaks after any hyphen of a table of its own (pairs of ASCII); UAX 14 keeps a prefix, a suffix and a figure at theirs (LB20a, LB21a, LB25): ה-URL, -niksejä, SHA-256", their: /[-‐]\|/u },
  { why: "Chromium breaks after any space before ASCII; UAX 14 begins no line with a closing sign (LB13, LB15d): ` ?`, ` :`, ` .zip`, ` /`", their: /\s\|[.!?:;,/)\]}|%»]/u },
  { why: "Chromium breaks after a quotation mark that opens, where a space follows; UAX 14 does not (LB15a): « Lumière", their: /[«„“‹] \|/u },
  { why: "Korean: between words joined by ~ or · Chromium breaks before the sign, we do not: 10일~13일, 서울·부산", langs: ["ko"], their: /\|[~·]/u },
  { why: "Japanese: before 〜 CSS lets `normal` break, Chromium's `auto` does not (the product sets `strict`, which does not either)", langs: ["ja"], our: /\|[〜～]/u },
  { why: "Chromium takes no half of a square from a bracket that a space follows", langs: ["ja", "zh-Hans", "zh-Hant"], our: /[」』）》】〉”’] \|/u },
];

const require = createRequire(join(root, "www/package.json"));
const paks = option("paks", "/usr/lib/chromium/locales");
const strings = Number(option("strings", "60"));

const TAGS = { "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", iw: "he" };

/** Fonts in order of priority, or nothing where the first is not here. */
function fontsOf(locale) {
  const found = [stemOf(locale), "NotoSans"].map(fileOf);
  return found[0] && [...new Set(found)];
}

/** The name a font goes by in the page. */
const family = (path) => `F${basename(path).replace(/[^A-Za-z0-9]/gu, "")}`;

/** Texts of a file of Chromium's, version 5: identifiers and offsets, then the texts. */
function pak(path) {
  const bytes = readFileSync(path);
  if (bytes.readUInt32LE(0) !== 5) return [];
  const count = bytes.readUInt16LE(8);
  const offset = (n) => bytes.readUInt32LE(12 + 6 * n + 2);
  return Array.from({ length: count }, (_, n) => bytes.subarray(offset(n), offset(n + 1)).toString("utf8"));
}

const texts = [];
/** Not what a message is made of: only what is shown. */
const add = (from, locale, id, text) => {
  if (!/[{}<>]/u.test(text)) texts.push({ from, locale, id, text: text.replaceAll("\r", "").replace(/\$\d/gu, "12") });
};
for (const [from, folder] of [["samples", join(root, "www/samples")], ["languages", join(here, "..")]]) {
  for (const name of readdirSync(folder)) {
    const copies = join(folder, name, "copy");
    if ((from === "languages" && name !== "languages") || !existsSync(copies)) continue;
    for (const file of readdirSync(copies)) {
      const { messages } = JSON.parse(readFileSync(join(copies, file), "utf8"));
      for (const [key, { text }] of Object.entries(messages)) add(from, basename(file, ".json"), `${name}.${key}`, text);
    }
  }
}
for (const [locale, list] of Object.entries(JSON.parse(readFileSync(join(here, "hard.json"), "utf8")))) list.forEach((text, i) => add("hard", locale, `hard.${i}`, text));
for (const file of existsSync(paks) ? readdirSync(paks).filter((f) => /^[a-zA-Z0-9-]+\.pak$/u.test(f)).sort() : []) {
  const tag = basename(file, ".pak");
  const fit = pak(join(paks, file)).map((t) => t.replace(/<[^>]*>/gu, "").replace(/\s+/gu, " ").trim()).filter((t) => t.length >= 16 && t.length <= 240 && !/[{}]|\uFFFD/u.test(t));
  const step = Math.max(1, Math.floor(fit.length / strings));
  fit.filter((_, i) => i % step === 0).slice(0, strings).forEach((text, i) => add("chromium", TAGS[tag] ?? tag, `chromium.${i}`, text));
}

const cases = [];
const absent = new Set();
for (const { from, locale, id, text } of texts) {
  const fonts = fontsOf(locale);
  if (!fonts) {
    absent.add(locale);
    continue;
  }
  for (const width of WIDTHS) {
    const wordBreak = locale === "ko" ? "keep-all" : "normal";
    cases.push({ from, id: `${locale} ${id} ${width}`, text, lang: locale, dir: directionOf(locale), font: fonts.map((f) => basename(f)), paths: fonts, size: SIZE, width, wordBreak });
  }
}
if (absent.size > 0) console.log(`skipped, their fonts are not here (${noto}): ${[...absent].join(" ")}`);

// One folder of fonts for the command: it takes names below one.
mkdirSync(join(out, "fonts"), { recursive: true });
for (const path of new Set(cases.flatMap((c) => c.paths))) writeFileSync(join(out, "fonts", basename(path)), readFileSync(path));
const input = cases.map(({ paths: _, from: __, ...c }) => JSON.stringify(c)).join("\n");
const ours = execFileSync(variorum, ["text", "--fonts", join(out, "fonts")], { input, encoding: "utf8", maxBuffer: 1 << 30 }).trim().split("\n").map((l) => JSON.parse(l));

const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-device-scale-factor=1"],
  protocolTimeout: 600_000,
});
const page = await browser.newPage();
await page.setContent("<!doctype html><body></body>");

/** In the page: the first code points of every line but the first, of each case. */
function lay(list) {
  const boxes = list.map((c) => {
    const box = document.createElement("div");
    box.lang = c.lang;
    box.dir = c.dir;
    box.style.cssText = `position:absolute;left:0;top:0;font:${c.size}px/52px ${c.families.join(",")};width:${c.width}px;white-space:pre-line;line-break:auto;overflow-wrap:normal;hyphens:manual;word-break:${c.wordBreak}`;
    box.textContent = c.text;
    return box;
  });
  document.body.replaceChildren(...boxes);
  return boxes.map((box, n) => {
    const text = box.firstChild;
    const top = box.getBoundingClientRect().top;
    const segments = new Intl.Segmenter(list[n].lang, { granularity: "grapheme" }).segment(list[n].text);
    const range = document.createRange();
    const breaks = [];
    let [line, cp] = [0, 0];
    for (const { segment, index } of segments) {
      range.setStart(text, index);
      range.setEnd(text, index + segment.length);
      // The last: a soft hyphen's box counts with the letter after it.
      const rect = [...range.getClientRects()].findLast((r) => r.width > 0);
      const at = rect ? Math.floor(((rect.top + rect.bottom) / 2 - top) / 52) : line;
      if (at > line) breaks.push(cp);
      line = Math.max(line, at);
      cp += [...segment].length;
    }
    return breaks;
  });
}

const theirs = [];
const families = new Set();
for (let from = 0; from < cases.length; from += 200) {
  const chunk = cases.slice(from, from + 200);
  for (const path of chunk.flatMap((c) => c.paths)) {
    if (families.has(path)) continue;
    families.add(path);
    await page.evaluate(async (name, bytes) => document.fonts.add(await new FontFace(name, `url(data:font/otf;base64,${bytes})`).load()), family(path), readFileSync(path).toString("base64"));
  }
  theirs.push(...(await page.evaluate(lay, chunk.map(({ paths: used, ...c }) => ({ ...c, families: used.map(family) })))));
}
const version = await browser.version();
await browser.close();

const table = new Map();
const differ = [];
const reasons = new Map();
for (const [n, c] of cases.entries()) {
  const letters = [...c.text];
  // What has no width of its own may be read out with either line.
  const past = (at) => (/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]/u.test(letters[at] ?? "") ? past(at + 1) : at);
  const ends = (breaks) => {
    const all = [0, ...breaks.map(past), letters.length];
    return all.slice(1).map((end, i) => `${all[i]}-${end}`);
  };
  const mine = ends(ours[n].breaksCp ?? []);
  const yours = ends(theirs[n]);
  const row = table.get(c.lang) ?? { texts: 0, lines: 0, equal: 0 };
  table.set(c.lang, row);
  row.texts += 1;
  row.lines += yours.length;
  const apart = yours.filter((line) => !mine.includes(line)).length;
  row.equal += yours.length - apart;
  if (apart === 0) continue;
  const first = (a, b) => a.map(past).find((at) => !b.map(past).includes(at));
  const [our, their] = [first(ours[n].breaksCp ?? [], theirs[n]), first(theirs[n], ours[n].breaksCp ?? [])];
  const around = (at) => (at === undefined ? "" : `${letters.slice(Math.max(0, at - 6), at).join("")}|${letters.slice(at, at + 6).join("")}`);
  const reason = REASONS.find(({ langs, our: o, their: t }) => (!langs || langs.includes(c.lang)) && (!o || o.test(around(our))) && (!t || t.test(around(their))));
  const why = reason?.why ?? "UNEXPLAINED";
  reasons.set(why, (reasons.get(why) ?? 0) + apart);
  differ.push({ id: c.id, apart, why, here: around(our), chromium: around(their), text: c.text });
}

console.log(`lines held against ${version}\nlocale   texts   lines   equal %`);
let [lines, equal] = [0, 0];
for (const [locale, row] of [...table].sort((a, b) => a[1].equal / a[1].lines - b[1].equal / b[1].lines)) {
  console.log(`${locale.padEnd(8)} ${String(row.texts).padStart(5)}  ${String(row.lines).padStart(6)}  ${((100 * row.equal) / row.lines).toFixed(2).padStart(7)}`);
  lines += row.lines;
  equal += row.equal;
}
const share = (100 * equal) / lines;
console.log(`all: ${cases.length} texts, ${lines} lines, ${equal} equal: ${share.toFixed(3)} % (at least ${LEAST})`);
for (const [why, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${why}`);
writeFileSync(join(out, "breaks.jsonl"), differ.map((d) => `${JSON.stringify(d)}\n`).join(""));
console.log(`every difference: ${join(out, "breaks.jsonl")}`);
process.exit(share >= LEAST && !reasons.has("UNEXPLAINED") ? 0 : 1);

// One advert in forty languages, looked at and measured. In: the command `variorum`, Chromium, the fonts of the repository and, for
// scripts they do not have, those of Debian's fonts-noto-core. Out: a contact sheet (sheet.png), and a table: every line of the
// second message as the command breaks it, drawn by the command and by Chromium in the same font, and how far they are apart.
//
//   node tests/cases/languages/compare.mjs OUT [--variorum target/release/variorum] [--noto /usr/share/fonts/truetype/noto] [--only ka,my]
//
// How far: both pictures are cut to their ink, blurred by one pixel, and laid over each other at the best of nine whole-pixel
// offsets; the difference is the sum of |a - b| in per cent of the ink. The same outlines on another grid of sub-pixels give 4 to 18
// (the smaller the type, the more of it is edge). The same is asked of the stretch of one em where they differ most: a wrong glyph
// shows there however long the line is. What a fault gives is measured with every line: `least fault` is that worst stretch where
// Chromium draws the line with two letters of its middle exchanged. A line agrees below both bounds, where its ink is as wide and
// high as Chromium's within two pixels. Exit code 1 where one does not.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { directionOf, fileOf, fontsDir, here, noto, option, out, root, stemOf, variorum } from "./fonts.mjs";

/** Per cent of the ink, by size in px. */
const TOLERANCE = { 28: 20, 64: 14 };
/** The same where the line differs most, in a stretch of one em. */
const WORST = { 28: 32, 64: 24 };
const SIZES = [28, 64];

const require = createRequire(join(root, "www/package.json"));
const run = (args, options = {}) => execFileSync(variorum, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "ignore"], ...options });

rmSync(out, { recursive: true, force: true });
const campaign = join(out, "campaign");
mkdirSync(join(campaign, "assets/fonts"), { recursive: true });
for (const part of ["campaign.json", "master.json", "brand.tokens.json", "copy"]) cpSync(join(here, part), join(campaign, part), { recursive: true });
const manifest = JSON.parse(readFileSync(join(campaign, "campaign.json"), "utf8"));
const only = option("only", "");
const locales = manifest.locales.filter((locale) => !only || only.split(",").includes(locale));
manifest.fonts = manifest.fonts.filter((path) => existsSync(join(noto, basename(path))));
for (const path of manifest.fonts) copyFileSync(join(noto, basename(path)), join(campaign, path));
writeFileSync(join(campaign, "campaign.json"), JSON.stringify(manifest));
run(["sheet", campaign, "--formats", "ig-feed-portrait", "--columns", "8", "--side", "300", "--fonts-dir", fontsDir, "--out", join(out, "sheet.png")]);
console.log(`contact sheet: ${join(out, "sheet.png")}`);

const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-device-scale-factor=1"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1700, height: 240 });

/** In the page: how far two pictures are apart. */
async function apart(a, b, em) {
  const ink = async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    const dark = new Float32Array(width * height);
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let i = 0; i < dark.length; i += 1) {
      dark[i] = 255 - data[4 * i + 1];
      if (dark[i] > 24) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, Math.floor(i / width));
        bottom = Math.max(bottom, Math.floor(i / width));
      }
    }
    return { dark, width, height, left, top, w: right - left + 1, h: bottom - top + 1 };
  };
  const [one, two] = [await ink(a), await ink(b)];
  const at = (p, x, y) => {
    let sum = 0;
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const [u, v] = [p.left + x + dx, p.top + y + dy];
        if (u >= 0 && v >= 0 && u < p.width && v < p.height) sum += p.dark[v * p.width + u];
      }
    }
    return sum / 9;
  };
  let [least, worst] = [Infinity, 0];
  for (let oy = -1; oy <= 1; oy += 1) {
    for (let ox = -1; ox <= 1; ox += 1) {
      let [difference, total] = [0, 0];
      const columns = Math.max(one.w, two.w) + 4;
      const [unlike, ink] = [new Float64Array(columns), new Float64Array(columns)];
      for (let y = -2; y < Math.max(one.h, two.h) + 2; y += 1) {
        for (let x = -2; x < Math.max(one.w, two.w) + 2; x += 1) {
          const [p, q] = [at(one, x, y), at(two, x + ox, y + oy)];
          difference += Math.abs(p - q);
          total += (p + q) / 2;
          unlike[x + 2] += Math.abs(p - q);
          ink[x + 2] += (p + q) / 2;
        }
      }
      const share = (100 * difference) / Math.max(total, 1);
      if (share >= least) continue;
      least = share;
      // The worst place: a stretch of one em in which there is at least half as much ink as on average.
      worst = 0;
      const sum = (list, from) => list.subarray(from, from + em).reduce((s, v) => s + v, 0);
      for (let from = 0; from + em <= columns; from += Math.ceil(em / 4)) {
        const here = sum(ink, from);
        if (here >= (0.5 * total * em) / columns) worst = Math.max(worst, (100 * sum(unlike, from)) / here);
      }
    }
  }
  return { apart: least, worst, dw: one.w - two.w, dh: one.h - two.h };
}

// What the engine falls back on where a font lacks a sign (Georgian has no comma of its own): Chromium is given the same.
const behind = `data:font/ttf;base64,${readFileSync(join(fontsDir, "NotoSans-Regular.ttf")).toString("base64")}`;
const rows = [];
let failed = 0;
for (const locale of locales) {
  const font = fileOf(stemOf(locale));
  if (!font) {
    rows.push([locale, "-", "skipped: its font is not here", "", "", "", "", ""]);
    continue;
  }
  const { messages } = JSON.parse(readFileSync(join(here, "copy", `${locale}.json`), "utf8"));
  const text = messages.subhead.text;
  const answer = JSON.parse(
    run(["text", "--fonts", dirname(font)], {
      input: `${JSON.stringify({ id: "x", text, lang: locale, dir: directionOf(locale), font: basename(font), size: 32, width: 420 })}\n`,
    }),
  );
  const bytes = Buffer.from(text, "utf8");
  const lines = answer.lines.map((l) => bytes.subarray(l.start, l.end).toString("utf8").trim());
  const family = `F${rows.length}`;
  const dataUrl = `data:font/otf;base64,${readFileSync(font).toString("base64")}`;
  for (const size of SIZES) {
    const folder = join(out, "lines", locale, String(size));
    mkdirSync(join(folder, "assets/fonts"), { recursive: true });
    mkdirSync(join(folder, "copy"), { recursive: true });
    copyFileSync(font, join(folder, "assets/fonts", basename(font)));
    const [width, height] = [1600, 200];
    writeFileSync(
      join(folder, "campaign.json"),
      JSON.stringify({
        name: "lines",
        locales: [locale],
        formats: ["line"],
        custom_formats: [{ id: "line", name: "line", medium: "screen", channel: "test", width, height }],
        fonts: [`assets/fonts/${basename(font)}`],
        options: lines.map((line, i) => ({ id: `l${i}`, values: { line } })),
        naming: "{format}_{locale}_{option}.{ext}",
      }),
    );
    writeFileSync(join(folder, "brand.tokens.json"), "{}");
    writeFileSync(join(folder, "copy", `${locale}.json`), JSON.stringify({ messages: { line: { text: "{line}" } } }));
    writeFileSync(
      join(folder, "master.json"),
      JSON.stringify({
        artboard: { width, height },
        ground: "#ffffff",
        character: "type",
        styles: { line: { font: FAMILY(font), color: "#000000", leading: 1.6 } },
        layers: [
          { id: "line", role: "headline", text: "line", style: "line", box: [20, 20, 1560, 160], keep: "must", size: { ideal: size, floor: size, ceiling: size }, max_lines: 1 },
        ],
        overrides: [{ layer: "line", set: { box: [0.0125, 0.1, 0.975, 0.8] } }],
      }),
    );
    const said = run(["render", folder, "--fonts-dir", fontsDir, "--out", join(folder, "out"), "--json"]);
    const files = said.trim().split("\n").map((l) => JSON.parse(l).file);
    await page.setContent(
      `<style>@font-face { font-family: "${family}"; src: url(${dataUrl}) } @font-face { font-family: "Behind"; src: url(${behind}) }
      body { margin: 0; background: #fff } #line { font: ${size}px/1.6 "${family}", "Behind"; white-space: pre; padding: 20px; width: 1560px; color: #000; font-kerning: normal }</style>
      <div id="line" lang="${locale}" dir="${directionOf(locale)}"></div>`,
    );
    for (const [i, line] of lines.entries()) {
      const shoot = async (text) => {
        await page.evaluate(async (words, f, s) => {
          document.getElementById("line").textContent = words;
          await document.fonts.load(`${s}px "${f}", "Behind"`, words);
          await document.fonts.ready;
        }, text, family, size);
        return page.screenshot({ encoding: "base64" });
      };
      const shot = await shoot(line);
      const own = readFileSync(files[i]).toString("base64");
      const result = await page.evaluate(apart, `data:image/png;base64,${own}`, `data:image/png;base64,${shot}`, size);
      const fault = await page.evaluate(apart, `data:image/png;base64,${own}`, `data:image/png;base64,${await shoot(exchanged(line))}`, size);
      const agrees = result.apart < TOLERANCE[size] && result.worst < WORST[size] && Math.abs(result.dw) <= 2 && Math.abs(result.dh) <= 2;
      failed += agrees ? 0 : 1;
      if (!agrees) writeFileSync(join(folder, `chromium-${i}.png`), Buffer.from(shot, "base64"));
      rows.push([locale, basename(font), `${size} px, line ${i + 1}`, result.apart.toFixed(1), result.worst.toFixed(1), fault.worst.toFixed(1), `${result.dw}/${result.dh}`, agrees ? "" : "DIFFERS"]);
    }
  }
}
await browser.close();

/** The line with two letters of its middle exchanged: of graphemes that differ, the pair nearest the middle. */
function exchanged(line) {
  const letters = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(line)].map((s) => s.segment);
  const middle = Math.floor(letters.length / 2);
  for (let away = 0; away < letters.length; away += 1) {
    for (const at of [middle + away, middle - away]) {
      const [a, b] = [letters[at], letters[at + 1]];
      if (a && b && a !== b && a.trim() && b.trim()) {
        letters.splice(at, 2, b, a);
        return letters.join("");
      }
    }
  }
  return line;
}

/** The family name by which a style asks for a font file. */
function FAMILY(path) {
  const stem = basename(path).replace(/-Regular\.[ot]tf$/u, "");
  const cjk = /^NotoSansCJK(..)$/u.exec(stem);
  return cjk ? `Noto Sans CJK ${cjk[1].toUpperCase()}` : stem.replace(/^NotoSans/u, "Noto Sans ").trim();
}

const summary = new Map();
for (const [locale, font, , difference, worst, fault, , verdict] of rows) {
  const s = summary.get(locale) ?? { font, lines: 0, worst: 0, sum: 0, differ: 0, fault: Infinity };
  if (difference !== "") {
    s.lines += 1;
    s.fault = Math.min(s.fault, Number(fault));
    s.worst = Math.max(s.worst, Number(worst));
    s.sum += Number(difference);
    s.differ += verdict ? 1 : 0;
  }
  summary.set(locale, s);
}
console.log("\nlocale   font                             lines  mean %  worst place %  least fault %  differ");
for (const [locale, s] of summary) {
  const line = s.lines ? `${String(s.lines).padStart(5)}  ${(s.sum / s.lines).toFixed(1).padStart(6)}  ${s.worst.toFixed(1).padStart(13)}  ${s.fault.toFixed(1).padStart(13)}  ${String(s.differ).padStart(6)}` : "skipped";
  console.log(`${locale.padEnd(8)} ${s.font.padEnd(31)} ${line}`);
}
writeFileSync(join(out, "lines.tsv"), `${rows.map((r) => r.join("\t")).join("\n")}\n`);
console.log(`\n${rows.length} lines, ${failed} differ by more than allowed (${SIZES.map((s) => `${TOLERANCE[s]} % at ${s} px`).join(", ")}); every line: ${join(out, "lines.tsv")}`);
console.log(`fonts of the repository: ${readdirSync(fontsDir).filter((f) => /\.[ot]tf$/u.test(f)).length}`);
process.exit(failed > 0 ? 1 : 0);

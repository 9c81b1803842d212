// The figures of one-sentence.md, by the product itself. In: the command `variorum`, the fonts of the repository. Out: one-sentence-*.svg, drawn from what
// `variorum text` says of the sentence, and one-sentence.png, painted by `variorum render`. `make picture` runs it.
//
//   node www/docs/figures.mjs [target/release/variorum]
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const variorum = resolve(process.argv[2] ?? join(root, "target/release/variorum"));
const fonts = join(root, "fonts");

const TEXT = "Kiosk: خصم 30% على القهوة ☕";
const FONTS = ["NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansSymbols2-Regular.ttf"];
const SIZE = 40;
const WIDTH = 300;
/** Fills of boxes by font: told apart without colour too, by the names below them. */
const FILLS = { "NotoSans-Regular.ttf": "#cfe0f5", "NotoSansArabic-Regular.ttf": "#f6ddc0", "NotoSansSymbols2-Regular.ttf": "#d3ead0" };

const bytes = Buffer.from(TEXT, "utf8");
const slice = (from, to) => bytes.subarray(from, to).toString("utf8");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** What the command says of the sentence at a width. */
const said = (width) => JSON.parse(execFileSync(variorum, ["text", "--fonts", fonts], { input: JSON.stringify({ id: "x", text: TEXT, lang: "ar", dir: "rtl", size: SIZE, width, font: FONTS }), encoding: "utf8" }));

/** A drawing of `parts`. */
const svg = (width, height, parts) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, Noto Sans, Noto Sans Arabic, sans-serif" font-size="12" fill="#1d1d1d">
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join("\n")}
</svg>
`;
const box = (x, y, w, h, fill, more = "") => `<rect x="${x.toFixed(2)}" y="${y}" width="${w.toFixed(2)}" height="${h}" fill="${fill}" stroke="#8a8a8a" stroke-width="0.75"${more}/>`;
const words = (x, y, text, more = "") => `<text x="${x.toFixed(2)}" y="${y}"${more}>${escaped(text)}</text>`;
const middle = ' text-anchor="middle"';

/** Clusters of one line as long as it likes: first byte, end, font. */
function clusters() {
  const glyphs = said(4000).lines.flatMap((line) => line.glyphs);
  const starts = [...new Set(glyphs.map((g) => g.cluster))].sort((a, b) => a - b);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? bytes.length, font: glyphs.find((g) => g.cluster === start).font, glyphs: glyphs.filter((g) => g.cluster === start).length }));
}

/** Steps 4 to 6: each cluster in the order of the message, the font it went to, the glyphs it became. */
function fontsFigure() {
  const cell = 29;
  const list = clusters();
  const parts = list.flatMap(({ start, end, font, glyphs }, i) => [
    box(8 + i * cell, 8, cell - 2, 36, FILLS[font]),
    words(8 + i * cell + (cell - 2) / 2, 32, slice(start, end).trim() || "␣", `${middle} font-size="18"`),
    words(8 + i * cell + (cell - 2) / 2, 58, String(start), `${middle} fill="#5e5e5e" font-size="10"`),
    words(8 + i * cell + (cell - 2) / 2, 71, glyphs > 1 ? `${glyphs} glyphs` : "", `${middle} font-size="8"`),
  ]);
  const key = FONTS.flatMap((font, i) => [box(8 + i * 230, 84, 14, 14, FILLS[font]), words(28 + i * 230, 95, font.replace("-Regular.ttf", ""))]);
  return svg(16 + list.length * cell, 106, [...parts, ...key]);
}

/** Step 8: the same widths in boxes of several sizes. */
function fitFigure() {
  const parts = [];
  let y = 24;
  for (const width of [200, 300, 420, 560]) {
    const { lines, lineWidths } = said(width);
    parts.push(words(8, y - 6, `${width} px: ${lines.length} ${lines.length === 1 ? "line" : "lines"}`));
    parts.push(`<rect x="8" y="${y}" width="${width}" height="${lines.length * 20}" fill="none" stroke="#1d1d1d" stroke-dasharray="3 3"/>`);
    for (const [i, line] of lines.entries()) {
      const left = 8 + width - lineWidths[i];
      parts.push(box(left, y + i * 20 + 1, lineWidths[i], 18, "#e4e4e4"));
      parts.push(words(left + lineWidths[i] / 2, y + i * 20 + 14, slice(line.start, line.end).trim(), `${middle} direction="rtl"`));
      parts.push(words(16 + width, y + i * 20 + 14, `${lineWidths[i]} px`, ' fill="#5e5e5e"'));
    }
    y += lines.length * 20 + 30;
  }
  return svg(680, y - 14, parts);
}

/** Step 9: glyphs of each line from left to right, as wide as they advance. */
function linesFigure() {
  const scale = 2.2;
  const parts = [];
  let y = 10;
  for (const line of said(WIDTH).lines) {
    for (const g of line.glyphs) {
      const width = Math.max(g.advance * scale, 2);
      const narrow = g.advance < 6;
      parts.push(box(10 + g.x * scale, y + (narrow ? 6 : 0), width, narrow ? 28 : 40, FILLS[g.font], ' fill-opacity="0.8"'));
      if (narrow) continue;
      parts.push(words(10 + g.x * scale + width / 2, y + 17, String(g.id), `${middle} font-size="11"`));
      parts.push(words(10 + g.x * scale + width / 2, y + 33, `@${g.cluster}`, `${middle} font-size="10" fill="#5e5e5e"`));
    }
    y += 60;
  }
  return svg(20 + WIDTH * scale, y - 8, parts);
}

/** Step 10: the picture, from a campaign of one format at twice the size. */
function picture() {
  const folder = mkdtempSync(join(tmpdir(), "variorum-"));
  const file = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));
  mkdirSync(join(folder, "copy"));
  const [width, height] = [680, 280];
  file("campaign.json", { name: "one sentence", locales: ["ar"], formats: ["card"], custom_formats: [{ id: "card", name: "card", medium: "screen", channel: "docs", width, height }], naming: "{format}_{locale}_{option}.{ext}" });
  file("brand.tokens.json", {});
  file("copy/ar.json", { messages: { line: { text: TEXT } } });
  const box = [40, 40, 600, 200];
  file("master.json", {
    artboard: { width, height },
    ground: "#ffffff",
    character: "type",
    styles: { line: { color: "#1d1d1d", leading: 1.2 } },
    layers: [{ id: "line", role: "headline", text: "line", style: "line", box, keep: "must", size: { ideal: 80, floor: 80, ceiling: 80 }, max_lines: 2, balance: false }],
    overrides: [{ layer: "line", set: { box: box.map((v, i) => v / (i % 2 === 0 ? width : height)) } }],
  });
  const out = execFileSync(variorum, ["render", folder, "--locales", "ar", "--fonts-dir", fonts, "--out", join(folder, "out"), "--json"], { encoding: "utf8" });
  copyFileSync(JSON.parse(out.trim().split("\n")[0]).file, join(here, "one-sentence.png"));
  rmSync(folder, { recursive: true });
}

writeFileSync(join(here, "one-sentence-fonts.svg"), fontsFigure());
writeFileSync(join(here, "one-sentence-fit.svg"), fitFigure());
writeFileSync(join(here, "one-sentence-lines.svg"), linesFigure());
picture();

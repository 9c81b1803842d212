// The marks that performance is held against, and how a bench tells of them. In: figures of the benches. Out: lines with the mark and the word "reached" or "not reached",
// and what every bench prints above its table: the machine, the versions, the load. A mark that is missed ends no bench: it is told, and the run goes on.

import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

/**
 * By key: what is asked, of the figure's own unit; `moonshot`: what would be better still. A ratio is CPU time by that of the browser's own canvas.
 * @type {Record<string, { what: string, most: number, moonshot?: number, unit: string, digits?: number }>}
 */
export const MARKS = {
  full: { what: "60 full, caches cold at the start, by Canvas2D", most: 0.5, moonshot: 0.2, unit: "x", digits: 2 },
  alone: { what: "the same, nothing shared, by Canvas2D", most: 0.9, moonshot: 0.7, unit: "x", digits: 2 },
  thumbs: { what: "60 thumbnails, by Canvas2D", most: 0.5, moonshot: 0.25, unit: "x", digits: 2 },
  edit: { what: "a headline edited, 60 thumbnails, by Canvas2D", most: 0.4, moonshot: 0.1, unit: "x", digits: 2 },
  png: { what: "10 to PNG, by Canvas2D", most: 0.7, moonshot: 0.5, unit: "x", digits: 2 },
  pngSize: { what: "the 10 PNG together", most: 11.6, unit: "MiB", digits: 2 },
  pngEach: { what: "of the 10 PNG larger than Takumi's", most: 0, unit: "" },
  module: { what: "module with brotli", most: 900, moonshot: 500, unit: "KiB" },
  start: { what: "start and first thumbnail, by Takumi, wall", most: 0.5, unit: "x", digits: 2 },
  memory: { what: "memory of the module after the 60", most: 80, moonshot: 48, unit: "MiB" },
  campaign: { what: "3,537 variants at 320 px, from click to last, wall", most: 10, moonshot: 4, unit: "s", digits: 1 },
  exponent: { what: "CPU time grows with variants to the power of", most: 1, unit: "", digits: 2 },
  key: { what: "key press to all in sight repainted, median", most: 50, moonshot: 16, unit: "ms" },
  scroll: { what: "tasks over 50 ms while scrolling, by the browser's own count", most: 0, unit: "" },
  first: { what: "first picture after navigation, median", most: 500, unit: "ms" },
  layout: { what: "one variant laid out in the module, median", most: 3, unit: "ms", digits: 2 },
  layouts: { what: "3,537 variants laid out in the module, CPU", most: 4, unit: "s", digits: 1 },
};

/** A figure by its mark, as a line. @param {string} key @param {number | null | undefined} value @param {string} [of] what of, where several have the mark */
export function verdict(key, value, of) {
  const { what, most, moonshot, unit, digits = 0 } = MARKS[key];
  const name = `${what}${of ? ` (${of})` : ""}`;
  if (value === null || value === undefined || Number.isNaN(value)) return `not measured: ${name}, mark ${most} ${unit}`.trimEnd();
  const with_ = (number) => `${number}${unit === "" || unit === "x" ? unit : ` ${unit}`}`;
  // What is printed is what is judged: 11.604 is told as 11.60 and is not above it.
  const shown = Number(value.toFixed(digits));
  const further = moonshot === undefined ? "" : `, better still ${with_(moonshot)}: ${shown <= moonshot ? "reached" : "not reached"}`;
  return `${shown <= most ? "reached" : "not reached"}: ${name} ${with_(shown.toFixed(digits))}, mark ${with_(most)}${further}`;
}

/** @param {[string, number | null | undefined, string?][]} figures */
export function tellMarks(figures) {
  console.log(`\nmarks\n${figures.map((one) => `  ${verdict(...one)}`).join("\n")}`);
}

/** The machine and what runs on it. @param {Record<string, string>} [versions] of what else takes part */
export function machine(versions = {}) {
  const all = cpus();
  const told = Object.entries({ Node: process.version, ...versions }).map(([name, version]) => `${name} ${version}`);
  return `${new Date().toISOString().slice(0, 10)}: ${all.length} x ${all[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)}; variorum ${own()}, ${told.join(", ")}`;
}

function own() {
  return /^version = "([^"]+)"/m.exec(readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8"))?.[1] ?? "?";
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median and spread: `12.3 [11.9..14.0]`. @param {number[]} values @param {number} [digits] */
export function spread(values, digits = 0) {
  if (values.length === 0) return "-";
  return `${median(values).toFixed(digits)} [${Math.min(...values).toFixed(digits)}..${Math.max(...values).toFixed(digits)}]`;
}

/** What is left of a bench's words: `--name=5` or `--name`. @param {string} name @param {number} usual */
export function asked(name, usual) {
  return Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(" "))?.[1] ?? usual);
}

// The samples as the benches under Node take them: what tests/bench/stages.rs takes natively. In: www/samples, fonts. Out: files by path, fonts, and which variants.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const SAMPLES = ["alba", "kiosk", "pulse"];
/** One of so many variants: no divisor of 131 formats nor of 27 languages, so that they do not fall in step. */
const STEP = 41;
/** Files are written of what screens show, px; posters have up to 430 million. */
const SCREEN = 1080 * 1920;

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A sample's files. @param {string} sample @returns {Map<string, Uint8Array>} */
export function filesOf(sample) {
  const files = new Map();
  const walk = (at, prefix) => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path, `${prefix}${name}/`);
      else files.set(prefix + name, new Uint8Array(readFileSync(path)));
    }
  };
  walk(join(root, "www/samples", sample), "");
  return files;
}

/** The default fonts that a campaign wants. @param {any} engine */
export function bringFonts(engine) {
  for (let needed = engine.fontsNeeded(); needed.length > 0; needed = engine.fontsNeeded()) {
    for (const name of needed) engine.addFont(name, readFileSync(join(root, "fonts", name)));
  }
}

/** Ids of one variant of each 41 of the first option, and of these the ones written to files. @param {any} info what `open` answered */
export function variantsOf(info) {
  const option = info.options[0];
  const some = info.variants.filter((one) => one.option === (option.id ?? option)).filter((_, n) => n % STEP === 0);
  const sizes = new Map(info.formats.map(({ id, width, height }) => [id, width * height]));
  return { all: some.map(({ id }) => id), screens: some.filter(({ format }) => sizes.get(format) <= SCREEN).map(({ id }) => id) };
}

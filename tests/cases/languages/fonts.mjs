// What the two comparisons with Chromium ask the same way: their options, and which font sets a language. In: the command line and
// what lies on this machine. Out: paths. What is compared is left to compare.mjs and lines.mjs.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../../..");
export const fontsDir = join(root, "fonts");
export const option = (name, plain) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? plain : process.argv[at + 1];
};
export const out = resolve(process.argv[2] ?? "languages-out");
export const variorum = resolve(option("variorum", join(root, "target/release/variorum")));
export const noto = option("noto", "/usr/share/fonts/truetype/noto");

const FONTS = {
  ar: "NotoSansArabic", fa: "NotoSansArabic", ur: "NotoSansArabic", he: "NotoSansHebrew", hi: "NotoSansDevanagari", ne: "NotoSansDevanagari", mr: "NotoSansDevanagari",
  bn: "NotoSansBengali", ta: "NotoSansTamil", te: "NotoSansTelugu", ml: "NotoSansMalayalam", kn: "NotoSansKannada", si: "NotoSansSinhala", gu: "NotoSansGujarati",
  pa: "NotoSansGurmukhi", or: "NotoSansOriya", th: "NotoSansThai", lo: "NotoSansLao", km: "NotoSansKhmer", my: "NotoSansMyanmar", ka: "NotoSansGeorgian",
  hy: "NotoSansArmenian", am: "NotoSansEthiopic", ja: "NotoSansCJKjp", ko: "NotoSansCJKkr", "zh-Hans": "NotoSansCJKsc", "zh-Hant": "NotoSansCJKtc",
};
const RTL = new Set(["ar", "fa", "ur", "he"]);

/** The stem of a language's font, by its tag or the language in it. */
export const stemOf = (locale) => FONTS[locale] ?? FONTS[locale.split("-")[0]] ?? "NotoSans";

/** The file of a stem: the repository's own before Debian's; undefined where neither is here. */
export const fileOf = (stem) =>
  [join(fontsDir, `${stem}-Regular.ttf`), join(fontsDir, `${stem}-Regular.otf`), join(noto, `${stem}-Regular.ttf`)].find((path) => existsSync(path));

export const directionOf = (locale) => (RTL.has(locale) ? "rtl" : "ltr");

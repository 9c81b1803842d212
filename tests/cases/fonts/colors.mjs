// What Chromium draws of the fonts that colors.py makes: tests/ref/colors.png, in the cells of tests/color_glyphs.rs.
//
//   node tests/cases/fonts/colors.mjs [OUT.png]
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const require = createRequire(join(root, "www/package.json"));
const out = resolve(process.argv[2] ?? join(root, "tests/ref/colors.png"));
const said = JSON.parse(readFileSync(join(here, "colors.json"), "utf8"));
const font = (name) => readFileSync(join(here, name)).toString("base64");

const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-device-scale-factor=1"],
});
const page = await browser.newPage();
const png = await page.evaluate(
  async (cases, still, axis, sbix, cbdt, [r, g, b]) => {
    const [em, cell, columns, left, base] = [100, 120, 16, 10, 110];
    const add = async (family, bytes, descriptors) => document.fonts.add(await new FontFace(family, `url(data:font/ttf;base64,${bytes})`, descriptors).load());
    await add("Colors", still, {});
    await add("Colors Axis", axis, { weight: "400 700" });
    await add("Colors sbix", sbix, {});
    await add("Colors cbdt", cbdt, {});
    const canvas = document.createElement("canvas");
    canvas.width = columns * cell;
    canvas.height = Math.ceil(cases.length / columns) * cell;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    for (const [nth, { char, wght, font }] of cases.entries()) {
      context.font = font ? `${em}px "Colors ${font}"` : wght === undefined ? `${em}px Colors` : `${wght} ${em}px "Colors Axis"`;
      context.fillText(char, (nth % columns) * cell + left, Math.floor(nth / columns) * cell + base);
    }
    return canvas.toDataURL("image/png").split(",")[1];
  },
  [...said.still, ...said.varied, ...said.pictures],
  font("colors.ttf"),
  font("colors-axis.ttf"),
  font("colors-sbix.ttf"),
  font("colors-cbdt.ttf"),
  said.text,
);
writeFileSync(out, Buffer.from(png, "base64"));
console.log(`${out}: ${await browser.version()}`);
await browser.close();

// Same input, same bytes: 40 chosen variants of the three samples, and three of glyphs with colours of their own (every kind of paint and mode of
// COLR, colours that move along an axis, pictures in sbix and CBDT), have the same fingerprint and the same PNG bytes natively, in Chromium, in
// Firefox, and in WebKitGTK where its driver is installed (else that one is reported as skipped).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findBrowser } from "../../.ci/browsers.mjs";
import { serve } from "../serve.mjs";
import { encodePngs, openInLab } from "./support/lab.mjs";
import { openPage } from "./support/pages.mjs";
import { openWebkit } from "./support/webkit.mjs";

/** Every class of shape and every kind of script, 16 + 12 + 12; none so large that it would only cost time. */
const CHOSEN = [
  {
    sample: "alba",
    formats: ["ig-story", "iab-leaderboard", "iab-skyscraper", "print-a6"],
    locales: ["en", "ar", "ja", "th"],
    option: "main",
  },
  {
    sample: "kiosk",
    formats: ["ig-feed-square", "iab-mrec", "iab-billboard", "web-halfpage"],
    locales: ["de", "hi", "he"],
    option: "tomato",
  },
  {
    sample: "pulse",
    formats: ["ig-feed-portrait", "yt-thumbnail", "iab-smartphone-320", "dooh-d6"],
    locales: ["ko", "ta", "ru"],
    option: "main",
  },
];

/** A campaign of fonts that Rust's own tests keep; it has the few variants that it has. */
const COLORS = "colors";

/** Through cargo: it knows where the command is built, and builds it where it is not. VARIORUM_COMMAND names one that is there. */
const COMMAND = process.env.VARIORUM_COMMAND
  ? [process.env.VARIORUM_COMMAND]
  : ["cargo", "run", "--quiet", "--release", "--features", "cli", "--bin", "variorum", "--"];

/** @typedef {{ id: string, fingerprint: string, sha256: string }} Made */

const root = fileURLToPath(new URL("../..", import.meta.url));
/** @type {Map<string, Made[]>} */
const native = new Map();
/** The campaign of colours as a page takes it. @type {Record<string, string>} */
let colors = {};
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

/** @param {string} campaign @param {string} out @param {string[]} choice */
async function render(campaign, out, choice = []) {
  const [program = "", ...args] = [...COMMAND, "render", campaign, ...choice, "--out", out, "--json"];
  const { stdout } = await promisify(execFile)(program, args, { cwd: root, maxBuffer: 2 ** 26 });
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line)).map(({ id, fingerprint, sha256 }) => ({ id, fingerprint, sha256 }));
}

/** Puts the fonts into the campaign's folder; the folder's files by path, in base64. @param {string} folder */
async function assemble(folder) {
  await cp(join(root, "tests/cases/colors"), folder, { recursive: true });
  const fonts = join(root, "tests/cases/fonts");
  for (const name of await readdir(fonts))
    if (/^colors.*\.ttf$/.test(name)) await cp(join(fonts, name), join(folder, "assets/fonts", name));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(async (path) => [
    relative(folder, path).split(sep).join("/"),
    (await readFile(path)).toString("base64"),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

before(
  async () => {
    server = await serve(join(root, "www/dist/studio"));
    const out = await mkdtemp(join(tmpdir(), "variorum-native-"));
    for (const { sample, formats, locales, option } of CHOSEN) {
      const choice = ["--formats", formats.join(","), "--locales", locales.join(","), "--options", option];
      native.set(sample, await render(`www/samples/${sample}`, out, choice));
    }
    colors = await assemble(join(out, COLORS));
    native.set(COLORS, await render(join(out, COLORS), out));
    await rm(out, { recursive: true });
  },
  { timeout: 900_000 },
);
after(() => server?.close());

/** @param {import("./support/lab.mjs").Lab} page */
async function compare(page) {
  let compared = 0;
  for (const campaign of [...CHOSEN.map(({ sample }) => sample), COLORS]) {
    const expected = native.get(campaign) ?? [];
    await openInLab(page, campaign === COLORS ? colors : campaign);
    const made = await encodePngs(
      page,
      expected.map(({ id }) => id),
    );
    for (const { id, sha256, computed } of made)
      assert.equal(sha256, computed, `${id}: the engine's SHA-256 is that of its bytes`);
    assert.deepEqual(
      made.map(({ id, fingerprint, sha256 }) => ({ id, fingerprint, sha256 })),
      expected,
    );
    compared += made.length;
  }
  assert.equal(compared, 43);
}

for (const browser of /** @type {const} */ (["chromium", "firefox"])) {
  test(`${browser} makes the bytes that the command makes`, { timeout: 600_000 }, async () => {
    const page = await openPage(browser, server.origin);
    try {
      await compare(page);
    } finally {
      await page.close();
    }
  });
}

const webkit = findBrowser("webkit");
test("WebKitGTK makes the bytes that the command makes", {
  timeout: 900_000,
  skip: webkit ? false : "WebKitGTK's driver is not installed here (webkit2gtk-driver)",
}, async () => {
  const page = await openWebkit(server.origin);
  try {
    await compare(page);
  } finally {
    await page.close();
  }
});

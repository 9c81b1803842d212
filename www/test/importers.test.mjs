// What opens SVG, WOFF2 and WebP is a module of its own: fetched where a campaign holds such files and nowhere else; what it makes has the fingerprint and
// the bytes that the command makes; where it is not served, opening is refused by name and the page goes on.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { encodePngs, openInLab } from "./support/lab.mjs";
import { inEachBrowser } from "./support/site.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = process.env.VARIORUM_COMMAND
  ? [process.env.VARIORUM_COMMAND]
  : ["cargo", "run", "--quiet", "--release", "--features", "cli", "--bin", "variorum", "--"];
const WOFF2 = "assets/fonts/hebrew.woff2";
/** The photo, known by its bytes whatever its name; its colours are Display P3. */
const PHOTO = "assets/dandelions.jpg";
const IDS = ["ig-story.he.main", "iab-mrec.he.main"];

/** @typedef {{ lab: { engine: import("../src/engine/client.ts").EngineClient, variorum: typeof import("../src/index.ts") } }} Here */

/** @type {{ id: string, fingerprint: string, sha256: string }[]} */
let native = [];
/** @type {number[]} */
let woff2 = [];
/** @type {number[]} */
let webp = [];

/**
 * A campaign.json with the font in it, and a style that asks for it.
 * @param {string} text
 */
const withFont = (text) => {
  const campaign = JSON.parse(text);
  campaign.fonts = [...(campaign.fonts ?? []), WOFF2];
  return JSON.stringify(campaign);
};

before(
  async () => {
    woff2 = [...(await readFile(join(root, "tests/cases/fonts/hebrew.woff2")))];
    webp = [...(await readFile(join(root, "tests/cases/pictures/display-p3.webp")))];
    const folder = await mkdtemp(join(tmpdir(), "variorum-woff2-"));
    await cp(join(root, "www/samples/alba"), folder, { recursive: true });
    await writeFile(join(folder, WOFF2), new Uint8Array(woff2));
    await writeFile(join(folder, PHOTO), new Uint8Array(webp));
    await writeFile(join(folder, "campaign.json"), withFont(await readFile(join(folder, "campaign.json"), "utf8")));
    const choice = [
      "--formats",
      "ig-story,iab-mrec",
      "--locales",
      "he",
      "--options",
      "main",
      "--out",
      join(folder, "out"),
      "--json",
    ];
    const [program = "", ...args] = [...COMMAND, "render", folder, ...choice];
    const { stdout } = await promisify(execFile)(program, args, { cwd: root, maxBuffer: 2 ** 26 });
    const lines = stdout.split("\n").filter(Boolean);
    native = lines.map((line) => JSON.parse(line)).map(({ id, fingerprint, sha256 }) => ({ id, fingerprint, sha256 }));
    await rm(folder, { recursive: true });
  },
  { timeout: 900_000 },
);

inEachBrowser({ ready: (page) => openInLab(page, "alba") }, (page) => {
  test("a WOFF2 font and a WebP picture in the page make the bytes that the command makes", async () => {
    const plain = await page.evaluate(async (id) => {
      const { engine } = /** @type {Here} */ (/** @type {unknown} */ (globalThis)).lab;
      return engine.campaign?.variants.find((one) => one.id === id)?.fingerprint;
    }, IDS[0]);
    await page.evaluate(
      async ({ woff2, path, webp, photo }) => {
        const { engine, variorum } = /** @type {Here} */ (/** @type {unknown} */ (globalThis)).lab;
        const files = new Map(await variorum.fetchSample("/samples/", "alba"));
        const campaign = JSON.parse(new TextDecoder().decode(files.get("campaign.json")));
        campaign.fonts = [...(campaign.fonts ?? []), path];
        files.set("campaign.json", new TextEncoder().encode(JSON.stringify(campaign)));
        files.set(path, new Uint8Array(woff2));
        files.set(photo, new Uint8Array(webp));
        await engine.open(files);
      },
      { woff2, path: WOFF2, webp, photo: PHOTO },
    );
    const made = await encodePngs(page, IDS);
    const told = made.map(({ id, fingerprint, sha256 }) => ({ id, fingerprint, sha256 }));
    assert.deepEqual(told.sort(byId), native.sort(byId));
    assert.notEqual(made.find(({ id }) => id === IDS[0])?.fingerprint, plain, "the font is set in");
  });

  test("a font that says it is WOFF2 and is not, is refused in the importers' words", async () => {
    const errors = await page.evaluate(async (path) => {
      const { engine, variorum } = /** @type {Here} */ (/** @type {unknown} */ (globalThis)).lab;
      const files = new Map(await variorum.fetchSample("/samples/", "alba"));
      const campaign = JSON.parse(new TextDecoder().decode(files.get("campaign.json")));
      campaign.fonts = [path];
      files.set("campaign.json", new TextEncoder().encode(JSON.stringify(campaign)));
      const bytes = new Uint8Array(64).fill(7);
      bytes.set([...new TextEncoder().encode("wOF2"), 0, 1, 0, 0, 0, 0, 0, 64]);
      files.set(path, bytes);
      return engine.open(files).then(
        () => [],
        (failure) => failure.errors,
      );
    }, WOFF2);
    assert.equal(errors.length, 1);
    assert.equal(errors[0].code, "limit");
    assert.equal(errors[0].at, WOFF2);
    assert.match(errors[0].message, /too large once unpacked/);
  });

  test("where the importers are not served, opening says so; a campaign that needs none opens, and asks for none", async () => {
    const asked = () => page.requests.filter(({ url }) => url.endsWith("/importers_bg.wasm")).length;
    assert.equal(asked(), 1, "once for all that was opened so far");
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {Here} */ (/** @type {unknown} */ (globalThis)).lab;
      const module = await WebAssembly.compileStreaming(fetch("/variorum_bg.wasm"));
      const engine = variorum.createEngineClient({ wasmBase: "/nothing/", loadModule: async () => module });
      const files = new Map(await variorum.fetchSample("/samples/", "alba"));
      const refused = await engine.open(files).then(
        () => undefined,
        (failure) => failure.errors[0],
      );
      const master = JSON.parse(new TextDecoder().decode(files.get("master.json")));
      master.layers = master.layers.filter((/** @type {{ vector?: unknown }} */ layer) => layer.vector === undefined);
      files.set("master.json", new TextEncoder().encode(JSON.stringify(master)));
      for (const path of [...files.keys()].filter((path) => path.endsWith(".svg"))) files.delete(path);
      const opened = await engine.open(files).then(
        ({ variants }) => variants.length > 0,
        (failure) => failure.errors,
      );
      engine.dispose();
      return { refused, opened };
    });
    assert.equal(seen.refused?.code, "missing");
    assert.match(seen.refused?.at ?? "", /nothing\/importers_bg\.wasm$/);
    assert.equal(seen.opened, true);
    assert.equal(asked(), 2, "the one that was not there");
  });
});

/**
 * @param {{ id: string }} a
 * @param {{ id: string }} b
 */
function byId(a, b) {
  return a.id < b.id ? -1 : 1;
}

// The whole matrix of a sample in a tab: 131 formats x 27 languages at thumbnail size. None blank, none failed, no glyph missing, and
// nothing asked of the network but static files of this site.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawThumbnails, openInLab } from "./support/lab.mjs";
import { inEachBrowser } from "./support/site.mjs";

const SAMPLE = "alba";
const SIDE = 96;

inEachBrowser({ timeout: 600_000 }, (page, site) => {
  test(`${SAMPLE}: 131 formats x 27 languages, none blank`, async (t) => {
    const { variants, formats } = await openInLab(page, SAMPLE);
    assert.equal(formats.length, 131);
    assert.equal(new Set(variants.map(({ locale }) => locale)).size, 27);
    assert.equal(variants.length, 131 * 27);
    const seen = await drawThumbnails(
      page,
      variants.map(({ id }) => id),
      SIDE,
    );
    const rate = Math.round((seen.drawn * 1000) / seen.ms);
    t.diagnostic(`${seen.drawn} thumbnails in ${(seen.ms / 1000).toFixed(1)} s: ${rate}/s with ${seen.workers} worker(s)`);
    assert.deepEqual(seen.failed, []);
    assert.deepEqual(seen.wrongSize, []);
    assert.deepEqual(seen.blank, []);
    assert.deepEqual(
      seen.findings.filter(({ rule }) => rule === "missing-glyph"),
      [],
    );
    assert.equal(seen.drawn, variants.length);
  });

  test("the network saw GETs of this site's static files alone", () => {
    assert.deepEqual(
      page.requests.filter(({ method, url }) => method !== "GET" || !url.startsWith(`${site.origin()}/`)),
      [],
    );
    assert.ok(
      page.requests.some(({ url }) => url.endsWith("/variorum_bg.wasm")),
      "the log is a real one",
    );
    assert.equal(
      page.requests.filter(({ url }) => url.endsWith(".wasm")).length,
      2,
      "the engine's module and its importers' are fetched once for all workers",
    );
  });
});

// Fonts of this machine: where the browser lends them (here a stand-in for it does), one is added to the campaign's own and can be named by a token; words and
// stamps stay. Where the browser lends none, nothing of it is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openInLab } from "./support/lab.mjs";
import { inEachBrowser } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openInLab(page, "alba") }, (page) => {
  test("a font of this machine becomes one of the campaign's", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {{ lab: { variorum: typeof import("../src/index.ts") } }} */ (
        /** @type {unknown} */ (globalThis)
      ).lab;
      const files = await variorum.fetchSample("/samples/", "alba");
      const bytes = await (await fetch("/samples/kiosk/assets/fonts/Manrope-Medium.ttf")).blob();
      const until = async (/** @type {() => unknown} */ what) => {
        for (let n = 0; n < 300 && !what(); n += 1) await new Promise((done) => setTimeout(done, 100));
        if (!what()) throw new Error(`not in 30 s: ${what}`);
      };
      const bare = /** @type {Studio} */ (document.createElement("variorum-studio"));
      const brandOf = (/** @type {Studio} */ studio) =>
        studio.shadowRoot?.querySelector("variorum-inspector")?.shadowRoot?.querySelector("variorum-brand")?.shadowRoot;
      const sectionOf = (/** @type {Studio} */ studio) =>
        [...(brandOf(studio)?.querySelectorAll("section") ?? [])].find((one) => /Fonts/.test(one.textContent ?? ""));
      Object.assign(globalThis, { queryLocalFonts: undefined });
      const withoutFonts = sectionOf(/** @type {Studio} */ (document.createElement("variorum-studio")))?.hidden;
      bare.remove();
      const font = { family: "Manrope", fullName: "Manrope Medium", postscriptName: "Manrope-Medium", blob: async () => bytes };
      Object.assign(globalThis, { queryLocalFonts: async () => [font] });
      const studio = /** @type {Studio} */ (document.createElement("variorum-studio"));
      studio.setAttribute("keep", "");
      Object.assign(studio.style, { display: "block", height: "600px" });
      document.body.append(studio);
      await studio.open(files);
      studio.person = "Maya Brand";
      await studio.store.setCopy("de", "headline", "Anderes Licht");
      await studio.store.approve(["ig-story.en.main"]);
      const button = /** @type {HTMLElement | undefined} */ (sectionOf(studio)?.querySelector("button") ?? undefined);
      button?.click();
      await until(() => sectionOf(studio)?.querySelector("select")?.hidden === false);
      button?.click();
      await until(() => studio.store.files?.has("assets/fonts/Manrope-Medium.ttf") && studio.store.state.edits.length === 1);
      const token = studio.campaign?.tokens.find(({ type }) => type === "fontFamily");
      const before = studio.store.state.variants.get("ig-story.fr.main")?.fingerprint;
      await studio.store.setToken(token?.path ?? "", "Manrope");
      const after = studio.store.state.variants.get("ig-story.fr.main")?.fingerprint;
      const words = (await studio.store.copy("de")).find(({ key }) => key === "headline")?.text;
      const lines = studio.ledger().trim().split("\n").length;
      const findings = (await studio.store.render({ id: "ig-story.fr.main", maxWidth: 64, maxHeight: 64 })).findings;
      const result = {
        withoutFonts,
        words,
        lines,
        followed: before !== after,
        missing: findings.filter(({ rule }) => rule === "missing-glyph").length,
      };
      studio.remove();
      return result;
    });
    assert.deepEqual(seen, { withoutFonts: true, words: "Anderes Licht", lines: 1, followed: true, missing: 0 });
  });
});

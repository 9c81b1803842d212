// Files dropped on the studio, as a person drops them: a zip is opened, files picked as a folder are, and what is no campaign is refused with what was open kept.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { zipSync } from "fflate";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/contract.ts").StudioElement} Studio */

const read = (/** @type {string} */ path) => new Uint8Array(readFileSync(new URL(`../samples/pulse/${path}`, import.meta.url)));
/** @type {{ id: string, files: { path: string }[] }[]} */
const index = JSON.parse(readFileSync(new URL("../dist/studio/samples/index.json", import.meta.url), "utf8"));
const paths = index.find(({ id }) => id === "pulse")?.files.map(({ path }) => path) ?? [];

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const name = () => page.evaluate(() => /** @type {Studio} */ (document.querySelector("variorum-studio")).campaign?.name ?? "");
  const text = () =>
    page.evaluate(() =>
      deepAll("variorum-faults")
        .map((one) => one.shadowRoot?.textContent ?? "")
        .join(" "),
    );

  /** Drops one file in the middle of the sheet. @param {string} file @param {Uint8Array} bytes */
  const drop = (file, bytes) =>
    page.evaluate(
      ({ file, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], file));
        const sheet = deepAll("variorum-sheet")[0];
        const seen = [];
        for (const type of ["dragenter", "dragover", "drop"]) {
          const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true });
          sheet?.dispatchEvent(event);
          seen.push(event.defaultPrevented);
        }
        return seen;
      },
      { file, base64: Buffer.from(bytes).toString("base64") },
    );

  test("a dropped zip is opened", async () => {
    const zip = zipSync(Object.fromEntries(paths.map((path) => [`pulse/${path}`, read(path)])), { level: 0 });
    assert.deepEqual(await drop("pulse.zip", zip), [true, true, true]);
    await page.until(() => /pulse/.test(document.querySelector("variorum-studio")?.campaign?.name ?? ""), undefined);
  });

  test("what is no campaign is refused with words, and what was open stays", async () => {
    const before = await name();
    await drop("lamp.jpg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
    await page.until(() => deepAll("variorum-faults").some((one) => (one.shadowRoot?.textContent ?? "").length > 20), undefined);
    assert.match(await text(), /campaign/i);
    assert.equal(await name(), before);
  });

  test("dragged away again, nothing of it is left on the page", async () => {
    const shown = await page.evaluate(async () => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["x"], "x.zip"));
      const sheet = deepAll("variorum-sheet")[0];
      const welcome = /** @type {HTMLElement} */ (deepAll("variorum-welcome")[0]);
      const send = async (/** @type {string} */ type) => {
        sheet?.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
        await new Promise((done) => setTimeout(done, 50));
        return !welcome.hidden;
      };
      return [await send("dragenter"), await send("dragleave")];
    });
    assert.deepEqual(shown, [true, false]);
  });
});

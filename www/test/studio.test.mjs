// The main job, end to end, on the page that `make run` serves: open, edit, stamp, deliver, reload, and what must not happen on the
// way. Steps build on each other; each browser runs them all.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unzipSync } from "fflate";
import { bringAxe, violations } from "./support/axe.mjs";
import { badCampaigns } from "./support/bad.mjs";
import { clickOn, paintedPictures } from "./support/deep.mjs";
import { inEachBrowser, openStudio, studioOpened } from "./support/site.mjs";

/** @typedef {import("../src/contract.ts").StudioElement} Studio */
/** @typedef {import("../src/deliver/deliver.ts").Manifest} Manifest */

const sampleFile = (/** @type {string} */ path) => readFileSync(new URL(`../samples/alba/${path}`, import.meta.url), "utf8");

inEachBrowser({ timeout: 600_000 }, (page, site) => {
  /** The three that are stamped. @type {string[]} */
  let stamped = [];
  let ledger = "";
  const statusLine = () =>
    page.evaluate(() =>
      deepAll("variorum-status")
        .map((one) => one.shadowRoot?.textContent ?? one.textContent)
        .join(" "),
    );

  test("opens with a sample, its pictures drawn", async (t) => {
    await openStudio(page);
    const began = Date.now();
    for (;;) {
      const { painted, pictures } = await paintedPictures(page);
      if (pictures >= 5 && painted === pictures) break;
      assert.ok(Date.now() - began < 60_000, `${painted} of ${pictures} pictures painted after a minute`);
    }
    t.diagnostic(`all on the screen painted ${Math.round(await page.evaluate(() => performance.now()))} ms after navigation`);
    await page.evaluate(() => {
      globalThis.heard = [];
      for (const type of ["variorum-stamp", "variorum-edit", "variorum-deliver", "variorum-error"]) {
        document.addEventListener(type, (event) => heard.push({ type, detail: /** @type {CustomEvent} */ (event).detail }));
      }
    });
  });

  test("a headline edited: its language follows, the others stay", async () => {
    const before = await fingerprints();
    await page.press("e");
    await page.until(() => deepAll("textarea[id='copy-headline']").some((one) => one.matches(":focus")), undefined);
    await page.type("Light finds a way");
    await page.until(
      () => heard.some(({ type, detail }) => type === "variorum-edit" && JSON.stringify(detail).includes("Light finds a way")),
      undefined,
    );
    const now = await fingerprints();
    const changed = [...now].filter(([id, fingerprint]) => before.get(id) !== fingerprint).map(([id]) => id);
    assert.ok(changed.length > 100, `${changed.length} variants changed`);
    assert.deepEqual(
      changed.filter((id) => id.split(".").at(-2) !== "en"),
      [],
    );
    await page.press("Escape");
  });

  test("three stamped by key, each told once it is on disk", async () => {
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.person = "Maya Brand";
    });
    for (let n = 1; n <= 3; n += 1) {
      await page.press("a");
      await page.until((n) => heard.filter(({ type }) => type === "variorum-stamp").length === n, n);
      await page.press("n");
    }
    ({ stamped, ledger } = await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const events = heard.filter(({ type }) => type === "variorum-stamp");
      return {
        stamped: events.flatMap(({ detail }) => /** @type {{ events: { id: string }[] }} */ (detail).events.map(({ id }) => id)),
        ledger: studio.ledger(),
      };
    }));
    assert.equal(new Set(stamped).size, 3);
    assert.equal(ledger.trim().split("\n").length, 3);
    // The line is drawn with the next frame, which may come after the event.
    await page.until(
      () => deepAll("variorum-status").some((one) => /3 of 3,537 stamped/.test(one.shadowRoot?.textContent ?? "")),
      undefined,
    );
    assert.match(await statusLine(), /3 of 3,537 stamped/);
  });

  test("the delivery holds just the stamped files, and its manifest says their bytes", async () => {
    checkZip(Buffer.from(await deliver(), "base64"));
  });

  test("what is not stamped is refused by name", async () => {
    const refused = await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const id = studio.campaign?.variants.at(-1)?.id ?? "";
      try {
        await studio.deliver({ ids: [id] });
        return { id, errors: [] };
      } catch (thrown) {
        return { id, errors: /** @type {import("../src/engine/errors.ts").EngineFailure} */ (thrown).errors };
      }
    });
    assert.equal(refused.errors.length, 1);
    assert.equal(refused.errors[0]?.at, refused.id);
  });

  test("the Deliver button saves the same zip", async (t) => {
    if (!page.download) return t.skip("this browser's driver does not tell of downloads");
    // The file dialog cannot be driven: the way of browsers that have none is taken.
    await page.evaluate(() => Object.assign(globalThis, { showSaveFilePicker: undefined }));
    await clickOn(page, "[part~='deliver-button']");
    await page.until(() => deepAll("dialog[open]").length > 0, undefined);
    const [zip] = await Promise.all([page.download(), clickOn(page, "dialog[open] .foot .strong")]);
    checkZip(zip);
    await page.until(() => heard.some(({ type }) => type === "variorum-deliver"), undefined);
    await page.press("Escape");
  });

  test("where the browser has a file dialog, the zip is streamed into the file that was named; a dialog closed leaves nothing", async () => {
    await page.evaluate(() => {
      const saved = { chunks: /** @type {Uint8Array[]} */ ([]), closed: false, suggested: "", closesDialog: true };
      Object.assign(globalThis, {
        saved,
        showSaveFilePicker: async (/** @type {{ suggestedName: string }} */ { suggestedName }) => {
          saved.suggested = suggestedName;
          if (saved.closesDialog) throw new DOMException("The user aborted a request.", "AbortError");
          return {
            name: "mine.zip",
            createWritable: async () =>
              new WritableStream({
                write: (chunk) => void saved.chunks.push(chunk),
                close: () => {
                  saved.closed = true;
                },
              }),
          };
        },
      });
    });
    const dialogText = () => page.evaluate(() => inside("variorum-deliver", "dialog[open]")[0]?.textContent ?? "");
    await clickOn(page, "[part~='deliver-button']");
    await page.until(() => deepAll("dialog[open]").length > 0, undefined);
    await clickOn(page, "dialog[open] .foot .strong");
    await page.until(
      () => /Stopped\. Nothing was kept of it\./.test(inside("variorum-deliver", "dialog[open]")[0]?.textContent ?? ""),
      undefined,
    );
    await page.evaluate(() => {
      /** @type {{ saved: { closesDialog: boolean } }} */ (/** @type {unknown} */ (globalThis)).saved.closesDialog = false;
    });
    await clickOn(page, "dialog[open] .foot .strong");
    await page.until(
      () => /Written: mine\.zip/.test(inside("variorum-deliver", "dialog[open]")[0]?.textContent ?? ""),
      undefined,
    );
    assert.doesNotMatch(await dialogText(), /Stopped/);
    const { base64, closed, suggested } = await page.evaluate(async () => {
      const { saved } = /** @type {{ saved: { chunks: BlobPart[], closed: boolean, suggested: string } }} */ (
        /** @type {unknown} */ (globalThis)
      );
      const bytes = new Uint8Array(await new Blob(saved.chunks).arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
      return { base64: btoa(text), closed: saved.closed, suggested: saved.suggested };
    });
    assert.ok(closed);
    assert.equal(suggested, "alba-autumn-light-14.zip");
    checkZip(Buffer.from(base64, "base64"));
    await page.press("Escape");
  });

  test("a reload keeps words and stamps", async () => {
    await page.reload();
    await studioOpened(page);
    await page.until(
      () => deepAll("variorum-status").some((one) => /3 of 3,537 stamped/.test(one.shadowRoot?.textContent ?? "")),
      undefined,
    );
    assert.equal(await page.evaluate(() => /** @type {Studio} */ (document.querySelector("variorum-studio")).ledger()), ledger);
    checkZip(Buffer.from(await deliver(), "base64"));
    await page.press("e");
    await page.until(
      () =>
        deepAll("textarea[id='copy-headline']").some(
          (one) => /** @type {HTMLTextAreaElement} */ (one).value === "Light finds a way",
        ),
      undefined,
    );
    await page.press("Escape");
  });

  for (const bad of badCampaigns(sampleFile, "assets/dandelions.jpg", "assets/fonts/Fraunces-SemiBold.ttf")) {
    test(`refused, with a clear error and the campaign kept: ${bad.name}`, async () => {
      const { errors, kept } = await page.evaluate(
        async ({ files, alone }) => {
          const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
          const { campaign } = studio;
          const url = "/variorum.js";
          const { fetchSample } = /** @type {typeof import("../src/index.ts")} */ (await import(url));
          const all = new Map(alone ? [] : await fetchSample("/samples/", "alba"));
          for (const [path, base64] of Object.entries(files))
            all.set(
              path,
              Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
            );
          try {
            await studio.open(all);
            return { errors: [], kept: false };
          } catch (thrown) {
            const { errors = [] } = /** @type {Partial<import("../src/engine/errors.ts").EngineFailure>} */ (thrown);
            return { errors, kept: studio.campaign === campaign };
          }
        },
        { files: bad.files, alone: bad.alone === true },
      );
      assert.ok(errors.length > 0, "opened, or an error without words");
      assert.match(JSON.stringify(errors), bad.at);
      for (const { code, message } of errors) {
        assert.notEqual(code, "trap");
        assert.ok(message.length > 5);
      }
      assert.ok(kept);
      assert.match(await statusLine(), /3 of 3,537 stamped/);
    });
  }

  test("axe finds nothing: sheet, matrix, loupe, dialogs, in light and in dark", async () => {
    await page.reload();
    await studioOpened(page);
    await bringAxe(page);
    const places = {
      sheet: [],
      loupe: ["Enter"],
      "list of keys": ["Escape", "?"],
      matrix: ["Escape", "m"],
    };
    /** @type {string[]} */
    const found = [];
    for (const theme of /** @type {const} */ (["light", "dark"])) {
      await page.evaluate((theme) => {
        /** @type {Studio} */ (document.querySelector("variorum-studio")).theme = theme;
      }, theme);
      for (const [place, keys] of Object.entries(places)) {
        for (const key of keys) await page.press(key);
        // What moves has come to rest.
        await new Promise((done) => setTimeout(done, 300));
        found.push(...(await violations(page, `${place}, ${theme}`)));
      }
      await page.press("m");
    }
    await clickOn(page, "[part~='deliver-button']");
    await page.until(() => deepAll("dialog[open]").length > 0, undefined);
    found.push(...(await violations(page, "deliver")));
    await page.press("Escape");
    assert.deepEqual(found, []);
  });

  test("the network saw GETs of this site's static files alone, and the console nothing", () => {
    assert.deepEqual(
      page.requests.filter(({ method, url }) => method !== "GET" || !url.startsWith(`${site.origin()}/`)),
      [],
    );
    assert.ok(page.requests.length > 10);
    assert.deepEqual(page.errors, []);
  });

  /** @returns {Promise<Map<string, string>>} */
  async function fingerprints() {
    const list = await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      return (studio.campaign?.variants ?? []).map(({ id, fingerprint }) => /** @type {const} */ ([id, fingerprint]));
    });
    return new Map(list);
  }

  /** The zip as base64: what crosses from a page is text. @returns {Promise<string>} */
  async function deliver() {
    return page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { stream } = await studio.deliver({ delivery: { type: "png" } });
      const blob = await new Response(stream).blob();
      return new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
        reader.readAsDataURL(blob);
      });
    });
  }

  /** Opens a zip again and holds it against its manifest. @param {Uint8Array} zip */
  function checkZip(zip) {
    const files = unzipSync(zip);
    /** @type {Manifest} */
    const manifest = JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString());
    assert.deepEqual(manifest.files.map(({ id }) => id).sort(), [...stamped].sort());
    assert.deepEqual(
      Object.keys(files).sort(),
      ["ledger.jsonl", "manifest.json", ...manifest.files.map(({ name }) => name)].sort(),
    );
    assert.equal(Buffer.from(files["ledger.jsonl"] ?? []).toString(), ledger);
    for (const { name, type, sha256, bytes, width, height, stamp, fingerprint } of manifest.files) {
      const file = Buffer.from(files[name] ?? []);
      assert.equal(file.length, bytes, name);
      assert.equal(createHash("sha256").update(file).digest("hex"), sha256, name);
      assert.deepEqual(sizeOf(file), [type, width, height], `${name}: what the file itself says`);
      assert.equal(stamp.by, "Maya Brand");
      assert.ok(ledger.includes(fingerprint), "the stamp is on this very fingerprint");
    }
  }
});

/** Type and size in px, from the header of a PNG or the frame of a JPEG. @param {Buffer} file */
function sizeOf(file) {
  if (file.readUInt32BE(0) === 0x89504e47) return ["png", file.readUInt32BE(16), file.readUInt32BE(20)];
  let at = 2;
  while (at < file.length && ![0xc0, 0xc1, 0xc2].includes(file.readUInt8(at + 1))) at += 2 + file.readUInt16BE(at + 2);
  return ["jpeg", file.readUInt16BE(at + 7), file.readUInt16BE(at + 5)];
}

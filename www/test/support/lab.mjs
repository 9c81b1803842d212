// The package in a bare page: no studio, no elements' own doings, only what /variorum.js exports. In: a page of pages.mjs. Out: facts as plain data.

/** @typedef {Pick<import("./pages.mjs").Page, "goto" | "evaluate">} Lab */

/** @typedef {{ spawned: number, cuts: number, files: number }} Counts */
/** @typedef {() => { client: import("../../src/engine/client.ts").EngineClient, count: Counts }} Counted */

/**
 * Goes to an address that shows nothing, loads the package there, opens a campaign with an engine of its own.
 * @param {Lab} page
 * @param {string | Record<string, string>} campaign a sample's id, or files by path, each in base64
 * @returns {Promise<{ name: string, variants: { id: string, format: string, locale: string }[], formats: { id: string, width: number, height: number }[] }>}
 */
export async function openInLab(page, campaign) {
  await page.goto("/nothing-here");
  return page.evaluate(async (given) => {
    const url = "/variorum.js";
    /** @type {typeof import("../../src/index.ts")} */
    const variorum = await import(url);
    const engine = variorum.createEngineClient();
    /** A client of its own with one worker, and what came of that worker: workers begun, answers that said "cut short", files. */
    const counted = () => {
      const count = { spawned: 0, cuts: 0, files: 0 };
      const client = variorum.createEngineClient({
        workers: 1,
        spawn: () => {
          count.spawned += 1;
          const worker = new Worker("/worker.js", { type: "module" });
          worker.addEventListener("message", ({ data }) => {
            for (const answer of /** @type {{ cut?: true, value?: { sha256?: string } }[]} */ (data)) {
              if (answer.cut) count.cuts += 1;
              if (answer.value?.sha256) count.files += 1;
            }
          });
          return worker;
        },
      });
      return { client, count };
    };
    // Later steps find it again here.
    Object.assign(globalThis, { lab: { engine, variorum, counted } });
    const bytes = (/** @type {string} */ text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const files =
      typeof given === "string"
        ? await variorum.fetchSample("/samples/", given)
        : new Map(Object.entries(given).map(([path, text]) => [path, bytes(text)]));
    const { name, variants, formats } = await engine.open(files);
    return {
      name,
      variants: variants.map(({ id, format, locale }) => ({ id, format, locale })),
      formats: formats.map(({ id, width, height }) => ({ id, width, height })),
    };
  }, campaign);
}

/**
 * Draws variants as thumbnails and looks at their pixels.
 * @param {Lab} page
 * @param {string[]} ids
 * @param {number} side longest side, device px
 * @returns {Promise<{ drawn: number, blank: string[], wrongSize: string[], failed: { id: string, message: string }[], findings: { id: string, rule: string, message: string }[], ms: number, workers: number }>}
 */
export function drawThumbnails(page, ids, side) {
  return page.evaluate(
    async ({ ids, side }) => {
      const { engine } = /** @type {{ lab: { engine: import("../../src/engine/client.ts").EngineClient } }} */ (
        /** @type {unknown} */ (globalThis)
      ).lab;
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("no canvas");
      /** @type {string[]} */
      const blank = [];
      /** @type {string[]} */
      const wrongSize = [];
      /** @type {{ id: string, message: string }[]} */
      const failed = [];
      /** @type {{ id: string, rule: string, message: string }[]} */
      const findings = [];
      let drawn = 0;
      const started = performance.now();
      await Promise.all(
        ids.map(async (id) => {
          try {
            const picture = await engine.render({ id, maxWidth: side, maxHeight: side }, { priority: 0 });
            const { bitmap } = picture;
            const { width, height } = bitmap;
            if (width !== picture.width || height !== picture.height || Math.max(width, height) > side) wrongSize.push(id);
            for (const finding of picture.findings) findings.push({ id, rule: finding.rule, message: finding.message });
            context.clearRect(0, 0, side, side);
            context.drawImage(bitmap, 0, 0);
            bitmap.close();
            // Blank is one colour, or anything that shines through.
            const { data } = context.getImageData(0, 0, width, height);
            let [least, most, opaque] = [255 * 3, 0, true];
            for (let at = 0; at < data.length; at += 4) {
              const light = (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
              if (light < least) least = light;
              if (light > most) most = light;
              opaque &&= data[at + 3] === 255;
            }
            if (most - least < 24 || !opaque) blank.push(id);
            drawn += 1;
          } catch (thrown) {
            failed.push({ id, message: thrown instanceof Error ? thrown.message : String(thrown) });
          }
        }),
      );
      return { drawn, blank, wrongSize, failed, findings, ms: performance.now() - started, workers: engine.workers };
    },
    { ids, side },
  );
}

/**
 * Encodes variants as they would be delivered.
 * @param {Lab} page
 * @param {string[]} ids
 * @returns {Promise<{ id: string, fingerprint: string, sha256: string, computed: string, width: number, height: number, name: string, named: string }[]>}
 */
export function encodePngs(page, ids) {
  return page.evaluate(async (ids) => {
    const { engine, variorum } =
      /** @type {{ lab: { engine: import("../../src/engine/client.ts").EngineClient, variorum: typeof import("../../src/index.ts") } }} */ (
        /** @type {unknown} */ (globalThis)
      ).lab;
    const { campaign } = engine;
    if (!campaign) throw new Error("no campaign");
    return Promise.all(
      ids.map(async (id) => {
        const { fingerprint, sha256, width, height, bytes, name } = await engine.encode(id, { type: "png" });
        const digest = await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (bytes));
        const computed = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const variant = campaign.variants.find((one) => one.id === id);
        const format = campaign.formats.find((one) => one.id === variant?.format);
        // What the page would name it, before it is encoded.
        const named = variant && format ? variorum.fileName(campaign.naming, campaign, variant, format, { type: "png" }) : "";
        return { id, fingerprint, sha256, computed, width, height, name, named };
      }),
    );
  }, ids);
}

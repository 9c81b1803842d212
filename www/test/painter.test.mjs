// `variorum/painter` as the package holds it, in each browser and in Node: one list, the same pixels and the same file everywhere; and the page that paints
// loads no engine for it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { BROWSERS, openPage } from "./support/pages.mjs";

const FOLDER = fileURLToPath(new URL("../dist/npm", import.meta.url));
const FONT = "NotoSans-Regular.ttf";

/** Something of every kind of item; a picture is the painter's own file of the rest. */
const LIST = {
  width: 320,
  height: 200,
  ground: "#123",
  items: [
    {
      type: "fill",
      rect: [0, 60, 320, 140],
      paint: {
        linear: [0, 60, 0, 200],
        stops: [
          [0, "#1230"],
          [1, "#fc0"],
        ],
      },
    },
    { type: "shadow", rect: [20, 120, 120, 40], radius: 20, sigma: 6, offset: [0, 4], color: "#0008" },
    { type: "fill", rect: [20, 120, 120, 40], radius: 20, paint: "#ffc400" },
    {
      type: "stroke",
      ellipse: [200, 90, 90, 90],
      thick: 3,
      paint: {
        radial: [245, 135, 45],
        stops: [
          [0, "#fff"],
          [1, "#c04"],
        ],
      },
    },
    { type: "text", text: "Run AV lighter", x: 20, baseline: 60, size: 36, families: ["Noto Sans"], paint: "#fff", lang: "en" },
    {
      type: "group",
      opacity: 0.5,
      blend: "screen",
      items: [{ type: "fill", path: [["M", 10, 10], ["Q", 90, 0, 120, 90], ["Z"]], paint: "#f06" }],
    },
  ],
};
const WITH_PICTURE = {
  width: 160,
  height: 160,
  items: [{ type: "picture", asset: "own", src: [40, 20, 200, 160], dst: [0, 0, 160, 160], radius: 24 }],
};

/** @param {Uint8Array | Uint8ClampedArray} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @type {{ pixels: string, file: string, picture: string }} */
let inNode;
before(async () => {
  const { Painter, initSync } = await import("../pkg/painter.js");
  initSync({ module: new WebAssembly.Module(await readFile(new URL("../pkg/painter_bg.wasm", import.meta.url))) });
  const painter = new Painter({});
  painter.addFont(await readFile(`${FOLDER}/fonts/${FONT}`));
  const pixels = sha256(painter.paint(LIST));
  const file = painter.png(LIST);
  painter.addPicture("own", file, undefined);
  inNode = { pixels, file: sha256(file), picture: sha256(painter.paint(WITH_PICTURE)) };
  assert.equal(painter.missing, "");
});

test("in Node the package's painter takes its module from who asks, and refuses as the engine's client does", async () => {
  const { createPainter, EngineFailure } = /** @type {typeof import("../src/painter/index.ts")} */ (
    await import(new URL("../dist/npm/painter.js", import.meta.url).href)
  );
  await assert.rejects(createPainter(), (thrown) => thrown instanceof EngineFailure && thrown.errors[0]?.code === "missing");
  const module = await readFile(`${FOLDER}/painter_bg.wasm`);
  /** @type {import("../src/painter/types.ts").Painter} */
  const painter = await createPainter({ loadModule: async () => module });
  painter.addFont(await readFile(`${FOLDER}/fonts/${FONT}`));
  assert.equal(sha256(painter.paint(/** @type {never} */ (LIST))), inNode.pixels);
  /** @param {() => unknown} call */
  const refused = (call) => {
    try {
      call();
    } catch (thrown) {
      assert.ok(thrown instanceof Error && thrown instanceof EngineFailure, String(thrown));
      return thrown.errors;
    }
    return assert.fail("nothing was thrown");
  };
  const [unknown, colour] = refused(() => painter.paint(/** @type {never} */ ({ ...WITH_PICTURE, ground: "red" })));
  assert.deepEqual([unknown?.code, unknown?.at], ["unknown", "list: items[0].asset"]);
  assert.deepEqual([colour?.code, colour?.allowed], ["value", "#rgb, #rgba, #rrggbb, #rrggbbaa"]);
  assert.equal(refused(() => painter.addPicture("text", new Uint8Array([1, 2, 3])))[0]?.code, "media");
  painter.free();
  painter.free();
  assert.match(refused(() => painter.png(/** @type {never} */ (WITH_PICTURE)))[0]?.message ?? "", /freed/);
});

for (const browser of BROWSERS) {
  describe(browser, { timeout: 120_000 }, () => {
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    /** @type {import("./support/pages.mjs").Page} */
    let page;
    before(async () => {
      server = await serve(FOLDER);
      page = await openPage(browser, server.origin);
      await page.goto("/THIRD-PARTY.txt");
    });
    after(async () => {
      await page?.close();
      await server.close();
    });

    test("a list has the pixels and the file that it has in Node", async () => {
      const made = await page.evaluate(
        async ({ list, withPicture, font }) => {
          const { createPainter } = await import(`${location.origin}/painter.js`);
          /** @param {Uint8Array} bytes */
          const sha256 = async (bytes) => {
            const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
            return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
          };
          /** @type {import("../src/painter/types.ts").Painter} */
          const painter = await createPainter();
          painter.addFont(new Uint8Array(await (await fetch(`/fonts/${font}`)).arrayBuffer()));
          const pixels = await sha256(new Uint8Array(painter.paint(list)));
          const file = painter.png(list);
          painter.addPicture("own", file);
          const picture = await sha256(new Uint8Array(painter.paint(withPicture)));
          return { pixels, file: await sha256(file), picture };
        },
        { list: /** @type {never} */ (LIST), withPicture: /** @type {never} */ (WITH_PICTURE), font: FONT },
      );
      assert.deepEqual(made, inNode);
    });

    test("nothing of the engine is asked for", () => {
      const asked = page.requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith(".wasm"));
      assert.deepEqual(asked, ["/painter_bg.wasm"]);
      // The browser asks for an icon that a package has not.
      assert.deepEqual(
        page.errors.filter((error) => !error.includes("404")),
        [],
      );
    });
  });
}

// The campaign handed on: words, tokens, corrections and stamps made in the studio are written into its files, which open elsewhere as what was seen. From a folder and from a zip.

import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import { bringAxe, violations } from "./support/axe.mjs";
import { load } from "./support/load.mjs";
import { inEachBrowser, openStudio, studioOpened } from "./support/site.mjs";

const { written } = /** @type {typeof import("../src/studio/written.ts")} */ (await load("src/studio/written.ts"));
const { asFolder } = /** @type {typeof import("../src/studio/unpack.ts")} */ (await load("src/studio/unpack.ts"));

const { idOf, withFormat, withoutFormat } = /** @type {typeof import("../src/studio/own-format.ts")} */ (
  await load("src/studio/own-format.ts")
);

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

const bytes = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value));
const json = (/** @type {Uint8Array | undefined} */ file) => JSON.parse(new TextDecoder().decode(file));
const FILES = new Map([
  ["campaign.json", bytes({ name: "a", brand: "looks/tokens.json" })],
  ["master.json", bytes({ layers: [], overrides: [{ layer: "logo", set: { hide: true } }] })],
  ["copy/de.json", bytes({ messages: { headline: { text: "Alt", origin: "machine-draft", note: "kurz" } } })],
  [
    "looks/tokens.json",
    bytes({ color: { $type: "color", ink: { $value: "#000", $description: "text" }, text: { $value: "{color.ink}" } } }),
  ],
  ["assets/photo.jpg", new Uint8Array([1, 2, 3])],
]);
/** @param {readonly import("../src/engine/types.ts").Edit[]} edits */
const after = (edits, ledger = "") =>
  written(FILES, {
    edits,
    tokens: [
      { path: "color.ink", type: "color", value: "#000000" },
      { path: "color.text", type: "color", value: "#000000" },
      { path: "size.gap", type: "dimension", value: "4px" },
    ],
    ledger,
  });

test("words are a person's, their note stays, and no other file is another", () => {
  const out = after([{ kind: "copy", locale: "de", key: "headline", text: "Neu" }]);
  assert.deepEqual(json(out.get("copy/de.json")).messages.headline, { text: "Neu", origin: "human", note: "kurz" });
  for (const [path, file] of FILES) if (path !== "copy/de.json") assert.equal(out.get(path), file, path);
  assert.equal(out.has("ledger.jsonl"), false);
});

test("a token that was an alias keeps its type; corrections come after the master's own", () => {
  const out = after(
    [
      { kind: "token", path: "color.text", value: "#fa08" },
      { kind: "overrides", patches: [{ formats: ["mpu"], arrangement: "own" }] },
    ],
    "{}\n",
  );
  const { ink, text } = json(out.get("looks/tokens.json")).color;
  assert.deepEqual(ink, { $value: "#000", $description: "text" });
  assert.deepEqual(text, {
    $type: "color",
    $value: { colorSpace: "srgb", components: [1, 170 / 255, 0], alpha: 136 / 255, hex: "#ffaa00" },
  });
  assert.deepEqual(json(out.get("master.json")).overrides, [
    { layer: "logo", set: { hide: true } },
    { formats: ["mpu"], arrangement: "own", by_hand: true },
  ]);
  assert.equal(new TextDecoder().decode(out.get("ledger.jsonl")), "{}\n");
});

test("a zip is a folder too, packed or not, in a folder of its own or not; what is none says so", async () => {
  const inside = Object.fromEntries([...FILES].map(([path, file]) => [`autumn/${path}`, file]));
  for (const level of /** @type {const} */ ([0, 9])) {
    const folder = await asFolder(new Map([["autumn.variorum", zipSync(inside, { level })]]));
    assert.deepEqual([...folder.keys()].sort(), [...FILES.keys()].sort());
    assert.deepEqual(folder.get("copy/de.json"), FILES.get("copy/de.json"));
  }
  for (const broken of [
    new Uint8Array(5),
    new Uint8Array(100),
    zipSync({ "a.txt": new Uint8Array(3) }),
    zipSync(inside).slice(40),
  ])
    await assert.rejects(asFolder(new Map([["x.zip", broken]])), (/** @type {any} */ error) => {
      assert.match(error.errors[0].hint, /Unpack/);
      return true;
    });
});

const WINDOW = /** @type {const} */ ({
  name: "Shop window, Oslo",
  medium: "dooh",
  width: 1250,
  height: 400,
  unit: "px",
  safe: 12,
  bleed: 0,
});

test("a format of one's own has an id of its own, and is chosen where not all are", () => {
  assert.equal(idOf(WINDOW, new Set()), "shop-window-oslo");
  assert.equal(idOf(WINDOW, new Set(["shop-window-oslo", "shop-window-oslo-2"])), "shop-window-oslo-3");
  assert.equal(idOf({ ...WINDOW, name: "窓", width: 12.5 }, new Set()), "own-12_5x400");
  const added = json(withFormat(FILES, "w", WINDOW).get("campaign.json"));
  assert.deepEqual(added.custom_formats, [
    {
      id: "w",
      name: WINDOW.name,
      medium: "dooh",
      width: 1250,
      height: 400,
      unit: "px",
      safe_zone: { top: 12, right: 12, bottom: 12, left: 12 },
    },
  ]);
  assert.deepEqual(added.formats, ["all"]);
  const few = new Map([["campaign.json", bytes({ formats: ["social"] })]]);
  assert.deepEqual(json(withFormat(few, "w", { ...WINDOW, safe: 0, bleed: 3, unit: "mm" }).get("campaign.json")), {
    formats: ["social", "w"],
    custom_formats: [{ id: "w", name: WINDOW.name, medium: "dooh", width: 1250, height: 400, unit: "mm", bleed_mm: 3 }],
  });
});

test("corrections are marked, stand last, and take the place of those that the file brought", () => {
  const files = new Map([
    ...FILES,
    [
      "master.json",
      bytes({
        overrides: [
          { layer: "logo", set: { hide: true } },
          { formats: ["mpu"], arrangement: "own", by_hand: true },
        ],
      }),
    ],
  ]);
  const save = (/** @type {import("../src/engine/types.ts").OverridePatch[]} */ patches) =>
    written(files, { edits: patches.length > 0 ? [{ kind: "overrides", patches }] : [], tokens: [], ledger: "" });
  const own = { layer: "logo", set: { hide: true } };
  assert.equal(save([{ arrangement: "own", formats: ["mpu"] }]).get("master.json"), files.get("master.json"), "the same bytes");
  assert.deepEqual(json(save([{ classes: ["strip"], pins: { logo: "free" } }]).get("master.json")).overrides, [
    own,
    { classes: ["strip"], pins: { logo: "free" }, by_hand: true },
  ]);
  assert.deepEqual(json(save([]).get("master.json")).overrides, [own], "taken back");
});

test("a format of one's own is changed where it stands, and taken out with what was said of it alone", () => {
  const files = withFormat(FILES, "w", WINDOW);
  const changed = json(withFormat(files, "w", { ...WINDOW, width: 1400, safe: 0 }).get("campaign.json"));
  assert.deepEqual(
    changed.custom_formats.map((/** @type {any} */ one) => [one.id, one.width, one.safe_zone]),
    [["w", 1400, undefined]],
  );
  const master = bytes({
    overrides: [
      { formats: ["w"], arrangement: "own" },
      { formats: ["w", "mpu"], layer: "logo" },
    ],
  });
  const out = withoutFormat(new Map([...files, ["master.json", master]]), "w");
  assert.deepEqual(json(out.get("campaign.json")).custom_formats, []);
  assert.deepEqual(json(out.get("master.json")).overrides, [{ formats: ["mpu"], layer: "logo" }]);
});

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  test("what was edited and stamped opens elsewhere as it was seen here", async () => {
    const [here, there, edits, changed] = await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { store } = studio;
      const prints = (/** @type {Studio} */ one) =>
        one.campaign?.variants.map(({ id, fingerprint }) => `${id} ${fingerprint}`) ?? [];
      const untouched = new Set(prints(studio));
      store.setPerson("Maya Brand");
      await store.setCopy("de", "headline", "Der Weg beginnt hier.");
      await store.setToken("color.sun", "#c33");
      await store.setToken("color.text", "#ffeedd");
      await store.setOverrides(
        [
          { formats: ["ig-story"], locales: ["ar"], arrangement: "stack-bottom" },
          { formats: ["mpu", "iab-mrec"], layer: "cta", set: { color: "#112233" } },
        ].filter(({ formats }) => formats.every((id) => store.state.formats.has(id))),
      );
      await store.approve(["ig-story.de.main"]);
      const files = await studio.save();
      const other = /** @type {Studio} */ (document.createElement("variorum-studio"));
      other.setAttribute("keep", "");
      other.setAttribute("font-base", "fonts/");
      document.body.append(other);
      await other.open(files);
      const seen = (/** @type {Studio} */ one) => [...prints(one), JSON.stringify([...one.store.state.stamps])];
      const all = [
        seen(studio),
        seen(other),
        other.store.state.edits.length,
        prints(studio).filter((one) => !untouched.has(one)).length,
      ];
      other.remove();
      return /** @type {[string[], string[], number, number]} */ (all);
    });
    assert.ok(changed > 131, `${changed} variants were changed before`);
    assert.equal(edits, 1, "corrections are corrections there too, and nothing else is left to be made again");
    assert.deepEqual(there, here);
  });

  test("the line at the foot puts it into a file, and says which", async () => {
    const saved = page.download?.();
    await page.evaluate(() => {
      const button = inside("variorum-status", "button").find((one) => one.textContent?.startsWith("save as a file"));
      if (button instanceof HTMLElement) button.click();
    });
    if (saved) {
      const folder = await asFolder(new Map([["saved.variorum", new Uint8Array(await saved)]]));
      assert.match(new TextDecoder().decode(folder.get("copy/de.json")), /Der Weg beginnt hier/);
      assert.ok(folder.has("ledger.jsonl"));
    }
    await page.until(
      () => inside("variorum-status", "button").some((one) => one.textContent === "saved: alba-autumn-light-v14.variorum"),
      undefined,
    );
  });

  test("opened where it was saved, a correction is there once, is moved on from where it is, and is taken back", async () => {
    const [once, moved, back, again] = await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { store } = studio;
      const before = new Map(store.files);
      const patches = () => store.state.edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches : []));
      const print = () => store.state.variants.get("ig-story.de.main")?.fingerprint;
      await store.setOverrides([{ formats: ["ig-story"], locales: ["de"], layer: "headline", set: { move: [0, -0.1] } }]);
      const at = print();
      const files = await studio.save();
      await studio.open(files);
      const once = [patches(), print() === at];
      await store.setOverrides([]);
      const back = [patches().length, print() !== at];
      await studio.open(new Map(files));
      // Of these files it was taken back: it stays so, whatever they hold.
      const again = [patches().length, print() !== at];
      await studio.open(before);
      return [once, true, back, again];
    });
    assert.deepEqual(once, [[{ formats: ["ig-story"], locales: ["de"], layer: "headline", set: { move: [0, -0.1] } }], true]);
    assert.ok(moved);
    assert.deepEqual(
      [back, again],
      [
        [0, true],
        [0, true],
      ],
    );
  });

  test("a page that keeps campaigns itself takes the files where a person saves", async () => {
    const taken = await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      /** @type {string[]} */
      const heard = [];
      const take = (/** @type {Event} */ event) => {
        heard.push(event.type);
        event.preventDefault();
      };
      const note = (/** @type {Event} */ event) => heard.push(event.type);
      document.addEventListener("variorum-save-request", take, { once: true });
      document.addEventListener("variorum-save", note, { once: true });
      const [save] = inside("variorum-status", "button").filter((one) => /^save|^saved/.test(one.textContent ?? ""));
      // Stamps are told anew a while after an edit, and what is told is not saved yet.
      await new Promise((done) => setTimeout(done, 600));
      if (save instanceof HTMLElement) save.click();
      await new Promise((done) => setTimeout(done, 300));
      document.removeEventListener("variorum-save", note);
      return [...heard, save?.textContent, (await studio.save()).has("campaign.json")];
    });
    assert.deepEqual(taken, ["variorum-save-request", "handed to this page", true]);
  });

  test("a format typed in is laid out in all languages, is looked at, and keeps what was edited and stamped", async () => {
    const count = () =>
      page.evaluate(() => {
        const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
        return { variants: state.variants.size, edits: state.edits.length, approved: state.counts.approved, focus: state.focus };
      });
    const before = await count();
    await page.evaluate(() => {
      const add = inside("variorum-facets", "button").find((one) => one.textContent === "Add a format…");
      if (add instanceof HTMLElement) add.click();
    });
    await page.type("Shop window");
    await page.press("Tab");
    await page.type("1250");
    await page.press("Tab");
    await page.type("400");
    const wide = await page.evaluate(() => {
      const [body] = inside("variorum-format", ".body");
      return (body?.scrollWidth ?? 0) - (body?.clientWidth ?? 0);
    });
    assert.equal(wide, 0, "nothing of the dialog is out of sight");
    await bringAxe(page);
    assert.deepEqual(await violations(page, "the dialog of a format"), []);
    await page.press("Enter");
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.focus === "shop-window.en.main",
      undefined,
    );
    // Stamps are told anew once the edits are made again.
    await page.until(
      (approved) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.counts.approved === approved,
      before.approved,
    );
    const after = await count();
    assert.deepEqual(after, { ...before, variants: before.variants + 27, focus: "shop-window.en.main" });
    await page.until(
      () =>
        inside("variorum-sheet", ".cell").some((cell) =>
          /Shop window/.test(cell.getAttribute("aria-label") ?? cell.textContent ?? ""),
        ),
      undefined,
    );
  });

  test("a format of one's own is changed and taken out where it is looked at", async () => {
    const press = (/** @type {string} */ words) =>
      page.evaluate((words) => {
        const all = ["variorum-inspector", "variorum-format", "variorum-ask"].flatMap((one) => inside(one, "button"));
        const button = all.find((one) => one.textContent === words && one.checkVisibility());
        if (!(button instanceof HTMLElement)) throw new Error(`there is no ${words}`);
        button.click();
      }, words);
    const state = () =>
      page.evaluate(() => {
        const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
        const { edits, formats, variants } = state;
        return { width: formats.get("shop-window")?.width, edits: edits.length, variants: variants.size };
      });
    await page.until(
      () => inside("variorum-inspector", "button").some((one) => one.textContent === "Change…" && one.checkVisibility()),
      undefined,
    );
    const before = await state();
    await press("Change…");
    await page.evaluate(() => {
      const width = /** @type {HTMLInputElement | undefined} */ (inside("variorum-format", "#width")[0]);
      if (width?.value !== "1250") throw new Error(`the form says ${width?.value}`);
      width.value = "1400";
    });
    await press("Change");
    await page.until(() => {
      const { formats, phase } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return phase === "open" && formats.get("shop-window")?.width === 1400;
    }, undefined);
    await page.until(
      (edits) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.edits.length === edits,
      before.edits,
    );
    assert.deepEqual(await state(), { ...before, width: 1400 });
    await page.until(
      () => inside("variorum-inspector", "button").some((one) => one.textContent === "Take out…" && one.checkVisibility()),
      undefined,
    );
    await press("Take out…");
    await press("Take out");
    await page.until(
      () => !(/** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.formats.has("shop-window")),
      undefined,
    );
    await page.until(
      (edits) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.edits.length === edits,
      before.edits,
    );
    assert.equal((await state()).variants, before.variants - 27);
  });

  test("a later master under words and corrections: both are told, and a press settles each", async () => {
    const line = () =>
      page.evaluate(() =>
        inside("variorum-status", "button")
          .filter((one) => one.checkVisibility())
          .map((one) => one.textContent),
      );
    await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { store } = studio;
      await store.setOverrides([
        { formats: ["ig-story"], locales: ["de"], layer: "headline", set: { seen: [72, 764, 936, 262], move: [0, -0.01] } },
      ]);
      await store.setCopy("de", "headline", "Der Weg beginnt hier.");
      const files = new Map(store.files);
      const master = JSON.parse(new TextDecoder().decode(files.get("master.json")));
      for (const layer of master.layers) if (layer.id === "headline") layer.box[1] -= 60;
      files.set("master.json", new TextEncoder().encode(JSON.stringify(master)));
      await studio.open(files);
      store.select(["ig-story.de.main"], "ig-story.de.main");
    });
    await page.until(() => inside("variorum-findings", "button").some((one) => one.textContent === "Keep it"), undefined);
    assert.deepEqual(await violations(page, "a correction that the master moved under"), []);
    // Two tokens and a headline of the files before: none of them is in the later ones.
    await page.until(
      () => inside("variorum-status", "button").some((one) => /^3 edits of the files before/.test(one.textContent ?? "")),
      undefined,
    );
    // It is kept with the work.
    await page.reload();
    await studioOpened(page);
    await page.until(
      () => inside("variorum-status", "button").some((one) => /^3 edits of the files before/.test(one.textContent ?? "")),
      undefined,
    );
    await page.evaluate(() => {
      for (const one of inside("variorum-status", "button"))
        if (one instanceof HTMLElement && /make again/.test(one.textContent ?? "")) one.click();
    });
    await page.until(() => /headline \(German\)/.test(inside("variorum-ask", "#words")[0]?.textContent ?? ""), undefined);
    await page.evaluate(() => {
      for (const one of inside("variorum-ask", "button"))
        if (one instanceof HTMLElement && one.textContent === "Make again") one.click();
    });
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.edits.length === 4,
      undefined,
    );
    assert.ok((await line()).every((words) => !/of the files before/.test(words ?? "")));
    await page.until(() => inside("variorum-findings", "button").some((one) => one.textContent === "Keep it"), undefined);
    await page.evaluate(() => {
      for (const one of inside("variorum-findings", "button"))
        if (one instanceof HTMLElement && one.textContent === "Keep it") one.click();
    });
    await page.until(() => {
      const { measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return measured.get("ig-story.de.main")?.findings.every(({ rule }) => rule !== "moved-on");
    }, undefined);
    const kept = await page.evaluate(() => {
      const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches.map(({ set }) => set) : []));
    });
    assert.deepEqual(kept, [{ seen: [72, 704, 936, 262], board: [1080, 1350], move: [0, -0.01] }]);
  });
});

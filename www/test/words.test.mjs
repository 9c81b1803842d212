// The words of the studio: measures with their units, findings in words that are no codes, advice given once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { captionName, gateMeasure, measure, measuresOf, remedy, ruleName, sentences } =
  /** @type {typeof import("../src/studio/words.ts")} */ (await load("src/studio/words.ts"));

/** @param {Partial<import("../src/engine/types.ts").FormatInfo>} own */
function format(own) {
  return /** @type {import("../src/engine/types.ts").FormatInfo} */ ({ bleed: 0, safe: [0, 0, 0, 0], ...own });
}

test("what is printed is measured in mm of the print, beside the px of its file", () => {
  const sheet = format({ size: "12192 × 3048 mm, 1:10 at 300 dpi", width: 14400, height: 3600, safe: [177, 472, 177, 472] });
  assert.deepEqual(measuresOf(sheet), [
    "12192 × 3048 mm, 1:10 at 300 dpi",
    "14400 × 3600 px",
    "safe zone 149.9 / 399.6 / 149.9 / 399.6 mm",
  ]);
  const a4 = format({ size: "210 × 297 mm at 300 dpi", width: 2480, height: 3508, safe: [59, 59, 59, 59], bleed: 35 });
  assert.deepEqual(measuresOf(a4), ["210 × 297 mm at 300 dpi", "2480 × 3508 px", "safe zone 5 mm", "bleed 3 mm"]);
});

test("what is shown on a screen is measured in px", () => {
  const story = format({ size: "1080 × 1920 px", width: 1080, height: 1920, safe: [250, 60, 340, 60] });
  assert.deepEqual(measuresOf(story), ["1080 × 1920 px", "safe zone 250 / 60 / 340 / 60 px"]);
});

test("a place on a font's axis stands behind the axis' tag, all else before its unit", () => {
  /** @param {Partial<import("../src/engine/types.ts").Finding>} own */
  const said = (own) =>
    measure(/** @type {import("../src/engine/types.ts").Finding} */ ({ severity: "should", message: "", ...own }));
  assert.equal(said({ rule: "substitute-face", measured: 75, limit: 62.5, unit: "wdth" }), "measured wdth 75 · limit wdth 62.5");
  assert.equal(
    said({ rule: "substitute-face", measured: 400, limit: 650, unit: "weight" }),
    "measured 400 weight · limit 650 weight",
  );
  assert.equal(said({ rule: "upscaled", measured: 2, limit: 1, unit: "x" }), "measured 2 × · limit 1 ×");
  // What is over its limit by less than is shown is told with as many digits as show it.
  assert.equal(said({ rule: "covered", measured: 0.1534, limit: 0.15, unit: "x" }), "measured 0.153 × · limit 0.15 ×");
  assert.equal(said({ rule: "covered", measured: 0.15, limit: 0.15, unit: "x" }), "measured 0.15 × · limit 0.15 ×");
  assert.equal(said({ rule: "arranged", measured: -3.88, unit: "energy" }), "score 3.88 higher");
  assert.equal(said({ rule: "blank", limit: 1, unit: "" }), "limit 1");
});

test("a gate says of what its figures are, and which side of its limit is good", () => {
  const x = /** @type {const} */ ("x");
  assert.equal(gateMeasure({ gate: "focal", measured: 0.123, limit: 0.45, unit: x }), "12.3 % lost · at most 45 %");
  assert.equal(gateMeasure({ gate: "fits", measured: 1.4, limit: 1, unit: x }), "1.4 × their floor · at least 1 ×");
  assert.equal(gateMeasure({ gate: "legal", measured: 0, limit: 14.69, unit: "px" }), "left out · must stay");
  assert.equal(gateMeasure({ gate: "legal", measured: 23.03, limit: 14.69, unit: "px" }), "23.03 px in size · at least 14.69 px");
  assert.equal(gateMeasure({ gate: "kept", measured: 0, limit: 0, unit: "layers" }), "0 left out · none may");
  const later = /** @type {"focal"} */ ("something-new");
  assert.equal(gateMeasure({ gate: later, measured: 2, limit: 3, unit: "px" }), "2 px · at most 3 px");
});

test("each rule of the engine has words for people", () => {
  const guard = readFileSync(new URL("../../src/guard/mod.rs", import.meta.url), "utf8");
  const rules = [...guard.matchAll(/\("([a-z-]+)", [a-z_:]+look/g), ...guard.matchAll(/\("([a-z-]+)", gated::/g)].map(
    ([, id = ""]) => id,
  );
  assert.ok(rules.length >= 19, `${rules.length} rules`);
  for (const rule of rules) {
    assert.notEqual(ruleName(rule), rule.replaceAll("-", " "), rule);
    assert.ok(ruleName(rule).length <= 16, `${ruleName(rule)} is cut off beside its number`);
  }
});

test("an empty message is to be written; what a message advises is not advised again", () => {
  const finding = { severity: /** @type {const} */ ("must"), unit: "", message: "" };
  assert.match(remedy({ ...finding, rule: "blank", layer: "headline" }), /^Write the message of headline/);
  const covered = "photo: words cover 25 % of it, 15 % are allowed. Choose another layout, or shorten the words";
  assert.equal(remedy({ ...finding, rule: "focal", layer: "photo", message: covered }), "", "once is enough");
  for (const rule of ["missing-glyph", "upscaled"]) assert.equal(remedy({ ...finding, rule, layer: "photo" }), "");
});

test("a finding is what happened, and apart from it what to do", () => {
  assert.deepEqual(sentences("photo: enlarged 2.92 times. Bring a picture with more pixels"), [
    "photo: enlarged 2.92 times",
    "Bring a picture with more pixels",
  ]);
  assert.deepEqual(sentences("legal: El Messiri has no 400; it is set in 700. Add the face, or ask for one"), [
    "legal: El Messiri has no 400",
    "It is set in 700. Add the face, or ask for one",
  ]);
  for (const whole of ["badge: left out", "headline: 2.5 by 1.2 of D. Orr", "text in St. Gallen is 3 px"])
    assert.deepEqual(sentences(whole), [whole, ""]);
});

test("of two channels' formats of one name each says whose it is, where there is room", () => {
  const formats = new Map(
    [
      format({ id: "ig", channel: "instagram", name: "Instagram feed square 1:1" }),
      format({ id: "fb", channel: "facebook", name: "Facebook feed square 1:1" }),
      format({ id: "reel", channel: "instagram", name: "Instagram Reels 9:16" }),
    ].map((one) => [one.id, one]),
  );
  const captions = (/** @type {number} */ width) => [...formats.values()].map((one) => captionName(one, formats, width));
  assert.deepEqual(captions(80), ["Feed square 1:1", "Feed square 1:1", "Reels 9:16"]);
  assert.deepEqual(captions(130), ["Instagram feed square 1:1", "Facebook feed square 1:1", "Reels 9:16"]);
  assert.equal(captions(200)[2], "Instagram Reels 9:16");
});

test("layers left out are named, not counted", () => {
  const finding = {
    severity: /** @type {const} */ ("must"),
    rule: "dropped",
    message: "",
    measured: 1,
    limit: 0,
    unit: "layers",
  };
  assert.equal(measure(finding), "");
});

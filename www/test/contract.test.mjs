// The contract of <variorum-studio> is said in four places: the element's doc tags, its types, custom-elements.json, README.md. They say the same.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (/** @type {string} */ path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const header = /\/\*\*[\s\S]*?\*\//.exec(read("src/elements/studio.ts"))?.[0] ?? "";
const types = read("src/contract.ts");
const readme = read("README.md");
const { attributes, events, slots, cssParts, members } = JSON.parse(read("custom-elements.json")).modules[0].declarations[0];

/** @param {{ name: string }[]} list */
const names = (list) => list.map(({ name }) => name).sort();
/** @param {string} tag */
const tagged = (tag) => [...header.matchAll(new RegExp(`@${tag} ([\\w-]+)`, "g"))].map(([, name]) => name ?? "").sort();
/** Names in backticks in the first column of a table. @param {string} title */
function table(title) {
  const section = readme.split(`### ${title}\n`)[1]?.split(/\n##/)[0] ?? "";
  const cells = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => line.split("|")[1] ?? "");
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)/g)].map(([, name]) => name ?? "")).sort();
}
/** Keys of an interface of contract.ts. @param {string} name */
function keys(name) {
  const body = new RegExp(`interface ${name}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(types)?.[1] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?"?([\w-]+)"?[?(:]/gm)].map(([, key]) => key ?? "").sort();
}

test("attributes", () => {
  assert.ok(attributes.length > 0);
  assert.deepEqual(tagged("attr"), names(attributes));
  assert.deepEqual(table("Attributes"), names(attributes));
  assert.deepEqual(keys("StudioAttributes"), names(attributes));
});

test("properties and methods", () => {
  const reflected = attributes.flatMap((/** @type {{ fieldName?: string }} */ one) => one.fieldName ?? []);
  assert.deepEqual([...table("Properties"), ...table("Methods"), ...reflected].sort(), names(members));
  assert.deepEqual(keys("StudioElement"), names(members));
});

test("events", () => {
  assert.deepEqual(tagged("fires"), names(events));
  assert.deepEqual(table("Events"), names(events));
  const told = ["StudioEventDetails", "StudioDeliverRequest", "StudioSaveRequest"].flatMap(keys);
  assert.deepEqual(told.sort(), names(events));
});

test("slots and parts", () => {
  assert.deepEqual(tagged("slot"), names(slots));
  assert.deepEqual(table("Slots"), names(slots));
  assert.deepEqual(tagged("csspart"), names(cssParts));
  assert.deepEqual(table("Parts"), names(cssParts));
});

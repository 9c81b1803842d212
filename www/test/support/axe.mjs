// What axe finds on a page: all that it checks unasked, and WCAG 2.2's size of targets. In: a page. Out: each violation with its place, as words.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Call it after each navigation. @param {import("./pages.mjs").Page} page */
export function bringAxe(page) {
  return page.inject(AXE);
}

/**
 * @param {import("./pages.mjs").Page} page
 * @param {string} place what is looked at, for people
 * @returns {Promise<string[]>}
 */
export async function violations(page, place) {
  const found = await page.evaluate(async () => {
    const { axe } = /** @type {{ axe: typeof import("axe-core") }} */ (/** @type {unknown} */ (globalThis));
    const { violations } = await axe.run(document, { rules: { "target-size": { enabled: true } } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
  });
  return found.map((words) => `${place}: ${words}`);
}

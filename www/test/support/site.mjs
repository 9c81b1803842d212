// The built studio, served, and a page of it in each browser: what most test files here begin with. In: how the page is made ready. Out: a `describe`
// for each browser, with a page that is closed at its end.

import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../serve.mjs";
import { lookDeep } from "./deep.mjs";
import { BROWSERS, openPage } from "./pages.mjs";

/** @typedef {import("./pages.mjs").Page} Page */
/** @typedef {{ browser: "chromium" | "firefox", origin: () => string }} Site */

const FOLDER = fileURLToPath(new URL("../../dist/studio", import.meta.url));

/**
 * @param {{ timeout?: number, browsers?: readonly ("chromium" | "firefox")[], ready?: (page: Page) => Promise<unknown> }} options timeout of each browser's part, ms
 * @param {(page: Page, site: Site) => void} tests called once for each browser, before its page is there: use the page inside tests
 */
export function inEachBrowser({ timeout = 300_000, browsers = BROWSERS, ready = async () => undefined }, tests) {
  for (const browser of browsers) {
    describe(browser, { timeout }, () => {
      /** @type {Awaited<ReturnType<typeof serve>>} */
      let server;
      const page = /** @type {Page} */ ({});
      before(async () => {
        server = await serve(FOLDER);
        Object.assign(page, await openPage(browser, server.origin));
        await ready(page);
      });
      after(async () => {
        await page.close?.();
        await server.close();
      });
      tests(page, { browser, origin: () => server.origin });
    });
  }
}

/**
 * Goes to a page with a studio and waits until it has a campaign.
 * @param {Page} page
 * @param {string} path
 */
export async function openStudio(page, path = "/") {
  await page.goto(path);
  await studioOpened(page);
}

/** @param {Page} page */
export async function studioOpened(page) {
  await page.until(() => document.querySelector("variorum-studio")?.campaign !== undefined, undefined);
  await lookDeep(page);
  // What stands in the shadow of an element: a selector does not reach across.
  await page.evaluate(() => {
    /** @param {string} tag @param {string} selector */
    const within = (tag, selector) => deepAll(tag).flatMap((one) => [...(one.shadowRoot?.querySelectorAll(selector) ?? [])]);
    Object.assign(globalThis, { inside: within });
  });
}

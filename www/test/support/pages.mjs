// One page in one browser, driven alike in Chromium (Playwright) and in Firefox (Puppeteer, WebDriver BiDi). In: a browser's name and an
// origin. Out: a page that notes every request and every error it makes.

import { readFile } from "node:fs/promises";
import { openChromium, openFirefox } from "./browsers.mjs";

/** @typedef {{ method: string, url: string }} Asked */

/**
 * @typedef {object} Page
 * @property {string} browser
 * @property {Asked[]} requests all that the page and its workers asked for, data: and blob: left out
 * @property {string[]} errors uncaught errors and console errors
 * @property {(path: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<T, A>(run: (argument: A) => T | Promise<T>, argument?: A) => Promise<T>} evaluate
 * @property {<A>(run: (argument: A) => unknown, argument: A, timeout?: number) => Promise<void>} until waits for something true
 * @property {(key: string) => Promise<void>} press
 * @property {(text: string) => Promise<void>} type
 * @property {(x: number, y: number) => Promise<void>} click
 * @property {(from: readonly [number, number], by: readonly [number, number], midway?: () => Promise<unknown>) => Promise<void>} drag the mouse held from one place to another
 * @property {(source: string) => Promise<void>} inject runs a script that the page's policy would not let in
 * @property {(() => Promise<Buffer>) | undefined} download the next file that the page saves, where the browser can tell
 * @property {(width: number, height: number) => Promise<void>} size
 * @property {(path: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} close
 */

export const BROWSERS = /** @type {const} */ (["chromium", "firefox"]);

/** How long a page may take for one step, ms: two cores, two browsers. */
const PATIENCE = 120_000;

/**
 * @param {"chromium" | "firefox"} name
 * @param {string} origin
 * @returns {Promise<Page>}
 */
export function openPage(name, origin) {
  return name === "chromium" ? inChromium(origin) : inFirefox(origin);
}

/** @param {string} url */
const counts = (url) => !/^(data|blob|about|chrome|moz-extension|resource):/.test(url);

/**
 * What the page asks for, and the errors it makes.
 * @param {Pick<import("playwright-core").Page, "on"> | Pick<import("puppeteer-core").Page, "on">} page
 * @param {{ on: (name: "request", listener: (request: { method(): string, url(): string }) => void) => unknown }} asks where its requests are heard, and its workers'
 */
function listen(page, asks) {
  /** @type {Asked[]} */
  const requests = [];
  /** @type {string[]} */
  const errors = [];
  asks.on("request", (request) => counts(request.url()) && requests.push({ method: request.method(), url: request.url() }));
  const heard = /** @type {import("playwright-core").Page} */ (page);
  heard.on("pageerror", (error) => errors.push(String(error)));
  heard.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  return { requests, errors };
}

/**
 * What both drivers call alike.
 * @param {import("playwright-core").Page | import("puppeteer-core").Page} driven
 * @param {string} origin
 * @returns {Pick<Page, "goto" | "reload" | "evaluate" | "until" | "type" | "click" | "drag" | "inject">}
 */
function drive(driven, origin) {
  const page = /** @type {import("playwright-core").Page} */ (driven);
  return {
    goto: async (path) => void (await page.goto(origin + path)),
    reload: async () => void (await page.reload()),
    evaluate: (run, argument) => page.evaluate(/** @type {never} */ (run), argument),
    until: (run, argument, timeout = PATIENCE) => until(() => page.evaluate(/** @type {never} */ (run), argument), run, timeout),
    type: (text) => page.keyboard.type(text),
    click: (x, y) => page.mouse.click(x, y),
    drag: async ([x, y], [across, down], midway) => {
      const { mouse } = page;
      await mouse.move(x, y);
      await mouse.down();
      for (let n = 1; n <= 8; n += 1) await mouse.move(x + (across * n) / 8, y + (down * n) / 8);
      await midway?.();
      await mouse.up();
    },
    inject: async (source) => void (await page.evaluate(source)),
  };
}

/** @param {string} origin @returns {Promise<Page>} */
async function inChromium(origin) {
  const browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const said = listen(page, context);
  return {
    browser: "chromium",
    ...said,
    ...drive(page, origin),
    press: (key) => page.keyboard.press(key),
    download: async () => {
      const download = await page.waitForEvent("download");
      return readFile(await download.path());
    },
    size: (width, height) => page.setViewportSize({ width, height }),
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => browser.close(),
  };
}

/** @param {string} origin @returns {Promise<Page>} */
async function inFirefox(origin) {
  const browser = await openFirefox();
  const page = await browser.newPage();
  await sizeInFirefox(page, 1280, 720);
  page.setDefaultTimeout(PATIENCE);
  const said = listen(page, page);
  return {
    browser: "firefox",
    ...said,
    ...drive(page, origin),
    download: undefined,
    press: (key) => page.keyboard.press(/** @type {import("puppeteer-core").KeyInput} */ (key)),
    size: (width, height) => sizeInFirefox(page, width, height),
    screenshot: async (path) => void (await page.screenshot({ path: /** @type {`${string}.png`} */ (path) })),
    close: () => browser.close(),
  };
}

/**
 * An older Firefox takes the size and does not know the orientation that the driver sends with it.
 * @param {import("puppeteer-core").Page} page
 * @param {number} width
 * @param {number} height
 */
async function sizeInFirefox(page, width, height) {
  await page.setViewport({ width, height }).catch((/** @type {Error} */ error) => {
    if (!error.message.includes("unknown command")) throw error;
  });
  await until(() => page.evaluate((width) => innerWidth === width, width), sizeInFirefox, 10_000);
}

/**
 * @param {() => Promise<unknown>} ask
 * @param {Function} what
 * @param {number} timeout ms
 */
async function until(ask, what, timeout) {
  const end = Date.now() + timeout;
  for (;;) {
    if (await ask()) return;
    if (Date.now() > end) throw new Error(`after ${timeout / 1000} s still not: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

// A page of the built studio in Chromium, and what its threads did meanwhile: what the benches here begin with. In: a size, a path, what is measured. Out: what that
// gives; the page and its server are closed after it.

import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";
import { openChromium } from "../../../www/test/support/browsers.mjs";

/**
 * Runs a bench on a page; a bench that answers false, or a page that made errors, ends the process with 1.
 * @param {{ width: number, height: number, path: string }} options
 * @param {(page: import("playwright-core").Page, about: { version: string, errors: string[] }) => Promise<boolean>} run says whether the mark is reached
 */
export async function onPage({ width, height, path }, run) {
  const server = await serve(fileURLToPath(new URL("../../../www/dist/studio", import.meta.url)));
  const browser = await openChromium();
  const page = await browser.newPage({ viewport: { width, height } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  try {
    await page.goto(`${server.origin}${path}`);
    const reached = await run(page, { version: browser.version(), errors });
    if (errors.length > 0) console.log(errors.join("\n"));
    process.exitCode = reached && errors.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * What the browser's own trace tells of an act: `tdur` of a task is its CPU time, us.
 * @template T
 * @param {import("playwright-core").Page} page
 * @param {string[]} includedCategories
 * @param {() => Promise<T>} act
 */
export async function traced(page, includedCategories, act) {
  const client = await page.context().newCDPSession(page);
  /** @type {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args?: { name?: string } }[]} */
  const events = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  const result = await act();
  const complete = new Promise((done) => client.once("Tracing.tracingComplete", done));
  await client.send("Tracing.end");
  await complete;
  await client.detach();
  return { result, events };
}

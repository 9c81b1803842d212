// A page of the built studio in Chromium, and what its threads did meanwhile: what the benches here begin with. In: a size, a path, what is measured. Out: what that
// gives; the page and its server are closed after it.

import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";
import { openChromium } from "../../../www/test/support/browsers.mjs";

/**
 * Runs a bench on a page; a page that made errors ends the process with 1, a mark that is missed does not.
 * @param {{ width: number, height: number, path: string }} options
 * @param {(page: import("playwright-core").Page, about: { version: string, errors: string[] }) => Promise<void>} run
 */
export async function onPage({ width, height, path }, run) {
  const server = await serve(fileURLToPath(new URL("../../../www/dist/studio", import.meta.url)));
  const browser = await openChromium();
  const page = await browser.newPage({ viewport: { width, height } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  try {
    await page.goto(`${server.origin}${path}`);
    await run(page, { version: browser.version(), errors });
    if (errors.length > 0) console.log(errors.join("\n"));
    process.exitCode = errors.length === 0 ? 0 : 1;
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

/**
 * The longest tasks of a thread by their CPU time, and what they are made of: the browser's names, each with the CPU ms of its own, most first.
 * @param {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number }[]} events
 * @param {string | undefined} thread
 * @param {number} many
 */
export function longest(events, thread, many) {
  const isTask = ({ name }) => name === "RunTask" || name === "ThreadControllerImpl::RunTask";
  const mine = events.filter(({ ph, pid, tid }) => ph === "X" && `${pid} ${tid}` === thread).sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  // The system's clock of a thread ticks coarsely: no task has more CPU time than it took.
  const cpuOf = ({ tdur, dur = 0 }) => Math.min(tdur ?? dur, dur) / 1000;
  const tasks = mine.filter(isTask).sort((a, b) => cpuOf(b) - cpuOf(a));
  // A task is told by each of two names.
  const apart = tasks.filter((task, at) => !tasks.slice(0, at).some((one) => Math.abs(one.ts - task.ts) < 1000));
  return apart.slice(0, many).map((task) => {
    const end = task.ts + (task.dur ?? 0);
    const own = new Map();
    const open = [];
    const close = ({ name, cpu, within }) => own.set(name, (own.get(name) ?? 0) + Math.max(0, cpu - within));
    for (const event of mine) {
      if (isTask(event) || event.ts < task.ts || event.ts >= end) continue;
      while (open.length > 0 && event.ts >= open.at(-1).end) close(open.pop());
      const outer = open.at(-1);
      if (outer) outer.within += cpuOf(event);
      open.push({ name: event.name, cpu: cpuOf(event), within: 0, end: event.ts + (event.dur ?? 0) });
    }
    while (open.length > 0) close(open.pop());
    const parts = [...own].sort((a, b) => b[1] - a[1]).slice(0, 8);
    return { cpu: cpuOf(task), wall: (task.dur ?? 0) / 1000, parts: parts.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(", ") };
  });
}

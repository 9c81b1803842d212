// From the page to the first pictures. In: the built studio (www/dist/studio), Chromium with nothing cached and nothing kept. Out: a table: when the studio's frame is
// painted, when the first picture of the sample is drawn, when all on the screen are; ms since navigation began.
//
//   node tests/bench/studio/start.mjs [--rounds=7] [--json] [--page=/examples/dam/] [--mbit=20]
//
// `--page`: another page of the built studio, such as a host's; `--mbit`: as a line of so many megabits a second, 40 ms away, would bring it. With either no mark is told, for it is of the
// studio's own page beside its server.
//
// To reach: the first pictures half a second after the page, on a quiet machine of two cores.

import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";
import { openChromium } from "../../../www/test/support/browsers.mjs";
import { asked, machine, median, tellMarks } from "../marks.mjs";

const rounds = asked("rounds", 7);
const mbit = asked("mbit", 0);
const path = process.argv.find((word) => word.startsWith("--page="))?.slice(7) ?? "/";
const server = await serve(fileURLToPath(new URL("../../../www/dist/studio", import.meta.url)));
const browser = await openChromium();
const times = [];
try {
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    if (mbit > 0) {
      const devtools = await context.newCDPSession(page);
      const perSecond = (mbit * 1e6) / 8;
      await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: perSecond, uploadThroughput: perSecond });
    }
    await page.goto(`${server.origin}${path}`);
    times.push(await page.evaluate(() => globalThis.started));
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
const names = ["frame", "first picture", "all in sight"];
const of = (name) => times.map((one) => one[name]);
const rows = Object.fromEntries(names.map((name) => [name, { "median, ms": Math.round(median(of(name))), "least": Math.round(Math.min(...of(name))), "most": Math.round(Math.max(...of(name))) }]));
if (process.argv.includes("--json")) console.log(JSON.stringify({ rows, times }, null, 1));
else {
  console.log(machine({ Chromium: browser.version() }));
  console.log(`${path}, ${rounds} rounds, nothing cached${mbit > 0 ? `, ${mbit} Mbit/s and 40 ms` : ""}`);
  console.table(rows);
  if (path === "/" && mbit === 0) tellMarks([["first", median(of("first picture"))]]);
}

/** Runs in the page before anything else: notes when bitmaps are drawn. */
function watch() {
  const QUIET = 700;
  let first = 0;
  let last = 0;
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (picture, ...rest) {
    last = performance.now();
    first ||= last;
    return draw.call(this, picture, ...rest);
  };
  globalThis.started = new Promise((done) => {
    // The last is drawn when nothing came for a while: what is out of sight is drawn on no canvas.
    const look = () => {
      if (first === 0 || performance.now() - last < QUIET) return void setTimeout(look, 50);
      const frame = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      done({ frame, "first picture": first, "all in sight": last });
    };
    look();
  });
}

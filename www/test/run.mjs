// Runs the tests of the pages: `npm test`, `npm test -- fingerprint` for the files whose names hold that word. In: www/dist, built by
// `make build`. One file after the other: each opens browsers of its own, and two cores carry one at a time.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
if (!existsSync(join(here, "../dist/studio/index.html"))) {
  console.error("www/dist/studio is missing: `make build` makes it.");
  process.exit(1);
}
const words = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs") && (words.length === 0 || words.some((word) => name.includes(word))))
  .sort()
  .map((name) => join(here, name));
if (files.length === 0) {
  console.error(`No test file is named like ${words.join(", ")}.`);
  process.exit(1);
}
const reporter = process.env.CI ? "tap" : "spec";
const run = spawnSync(process.execPath, ["--test", "--test-concurrency=1", `--test-reporter=${reporter}`, ...files], {
  stdio: "inherit",
});
process.exit(run.status ?? 1);

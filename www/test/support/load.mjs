// Loads a TypeScript module of the pages into Node, as the build would bundle it. In: an entry below www/. Out: its exports.

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** @type {Promise<string> | undefined} */
let folder;

/**
 * @param {string} entry such as "src/engine/pool.ts"
 * @returns {Promise<unknown>}
 */
export async function load(entry) {
  const result = await build({
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "node20",
    logLevel: "warning",
  });
  folder ??= mkdtemp(join(tmpdir(), "variorum-load-"));
  const file = join(await folder, `${entry.replaceAll("/", "-")}.mjs`);
  await writeFile(file, result.outputFiles[0]?.text ?? "");
  return import(pathToFileURL(file).href);
}

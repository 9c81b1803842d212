// Builds what leaves this folder. In: src/, pkg/ (the engine, by `make`), samples/, ../fonts. Out:
//   dist/studio/  the studio as static files: relative URLs only, so any host and any sub-path will do
//   dist/npm/     the package: engine, elements, types, wasm and fonts, as `npm pack` takes them
// Types are checked elsewhere (`npm run check`); only the package's declarations are written here.
//
// Everything lands flat in one folder, and code reaches its neighbours by `new URL('./x', import.meta.url)`:
// that holds from every chunk, for a worker, and for the bundler of whoever embeds the package.
//
//   node build.mjs [--dev]     --dev: not minified, with source maps

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeDocs } from "./docs.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dev = process.argv.includes("--dev");

/** What the package exports; the worker is its neighbour. */
const PACKAGE_ENTRIES = {
  index: "src/index.ts",
  engine: "src/engine/index.ts",
  elements: "src/elements/index.ts",
  painter: "src/painter/index.ts",
  early: "src/pages/early.ts",
  worker: "src/engine/worker.ts",
};
/** Scripts of the pages (each *.html of this folder loads one), named after their file. */
const PAGES = "src/pages";
/** The engine's module and its importers', next to the code that asks for them. */
const MODULES = ["variorum_bg.wasm", "importers_bg.wasm"];
/** The painter's, of which the studio has no need. */
const PACKAGE_MODULES = [...MODULES, "painter_bg.wasm"];
/** Licences of what is linked into it. */
const NOTICES = "pkg/THIRD-PARTY.txt";
/** Beside a font: its licence, and the table that says what it covers. */
const FONT_FILES = /\.(ttf|otf|woff2|words|hyphens|phrases|json|txt|md)$/i;
/** Where a sample's pictures were made: not part of the sample. */
const NOT_SAMPLE = new Set(["source", ".DS_Store"]);

/**
 * All files below a folder, in one order everywhere.
 * @param {string} folder
 * @param {Set<string>} without
 * @returns {Promise<string[]>}
 */
async function filesBelow(folder, without = new Set()) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (without.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(path, without)));
    else found.push(path);
  }
  return found.sort();
}

/**
 * Copies unless size and time say that it is the same file.
 * @param {string} from
 * @param {string} to
 */
async function copy(from, to) {
  const source = await stat(from);
  const there = await stat(to).catch(() => undefined);
  if (there && there.size === source.size && Math.abs(there.mtimeMs - source.mtimeMs) < 2) return;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await utimes(to, source.atime, source.mtime);
}

/**
 * @param {string} folder
 * @param {Record<string, string>} entryPoints
 */
async function bundle(folder, entryPoints) {
  const result = await build({
    absWorkingDir: here,
    entryPoints,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    platform: "browser",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".css": "text", ".svg": "text" },
    minify: !dev,
    sourcemap: dev ? "inline" : "linked",
    legalComments: "eof",
    charset: "utf8",
    logLevel: "warning",
    metafile: true,
  });
  for (const input of Object.keys(result.metafile.inputs)) {
    const name = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
    if (name) await addNotice(folder, name);
  }
  return Object.entries(result.metafile.outputs).filter(([name]) => name.endsWith(".js"));
}

/**
 * Puts the licence of a package that was bundled below those of the engine's crates.
 * @param {string} folder
 * @param {string} name
 */
async function addNotice(folder, name) {
  const from = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(from, "package.json"), "utf8"));
  const heading = `${name} ${version} (${license})\n`;
  const notices = join(folder, "THIRD-PARTY.txt");
  if ((await readFile(notices, "utf8")).includes(heading)) return;
  const file = (await readdir(from)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(from, file), "utf8") : `(no licence file; ${license})`;
  await appendFile(notices, `\n${"-".repeat(78)}\n${heading}\n${text.trim()}\n`);
}

/**
 * The modules, and the notices of what is linked into them.
 * @param {string} folder
 * @param {string[]} modules
 */
async function copyModules(folder, modules) {
  await mkdir(folder, { recursive: true });
  for (const module of modules) await copy(join(here, "pkg", module), join(folder, module));
  await copyFile(join(here, NOTICES), join(folder, "THIRD-PARTY.txt"));
}

/** @param {string} folder */
async function copyFonts(folder) {
  const fonts = join(root, "fonts");
  if (!existsSync(fonts)) return;
  for (const file of await filesBelow(fonts, NOT_SAMPLE)) {
    if (FONT_FILES.test(file)) await copy(file, join(folder, "fonts", relative(fonts, file)));
  }
}

/**
 * The samples, each as a folder and as one pack, and samples/index.json: a static host lists no folders, so the page is told what is there.
 * @param {string} folder
 */
async function copySamples(folder) {
  const samples = join(here, "samples");
  if (!existsSync(samples)) return;
  const index = [];
  for (const entry of await readdir(samples, { withFileTypes: true })) {
    const from = join(samples, entry.name);
    if (!entry.isDirectory() || !existsSync(join(from, "campaign.json"))) continue;
    const files = [];
    for (const file of await filesBelow(from, NOT_SAMPLE)) {
      const path = relative(from, file);
      await copy(file, join(folder, "samples", entry.name, path));
      files.push({ path: path.split(sep).join("/"), bytes: (await stat(file)).size });
    }
    // All of them one after the other: forty requests take longer than their bytes.
    const pack = `${entry.name}.pack`;
    const bytes = await Promise.all(files.map(({ path }) => readFile(join(from, path))));
    await mkdir(join(folder, "samples"), { recursive: true });
    await writeFile(join(folder, "samples", pack), Buffer.concat(bytes));
    const { name } = JSON.parse(await readFile(join(from, "campaign.json"), "utf8"));
    index.push({ id: entry.name, name, pack, files });
  }
  index.sort((a, b) => (a.id < b.id ? -1 : 1));
  await mkdir(join(folder, "samples"), { recursive: true });
  await writeFile(join(folder, "samples/index.json"), `${JSON.stringify(index, null, 1)}\n`);
}

/**
 * Names in the studio's page what its script will ask for, so that it comes while the script is still on its way.
 * @param {string} folder
 * @param {[string, { imports: { path: string }[] }][]} outputs
 */
async function hasten(folder, outputs) {
  const script = outputs.find(([name]) => name.endsWith("/studio/index.js"));
  const fetched = ["variorum_bg.wasm", "importers_bg.wasm", "samples/index.json"].map(
    (file) => `<link rel="preload" as="fetch" href="${file}" crossorigin>`,
  );
  const early = outputs.find(([name]) => name.endsWith("/studio/early.js"));
  const imported = new Set([...(early?.[1].imports ?? []), ...(script?.[1].imports ?? [])].map(({ path }) => path));
  const chunks = [...imported].map((path) => `<link rel="modulepreload" href="${path.split("/").at(-1)}">`);
  const page = join(folder, "index.html");
  const html = await readFile(page, "utf8");
  await writeFile(
    page,
    html.replace(/^( *)(<script )/m, (_, indent, tag) => [...chunks, ...fetched, tag].map((line) => indent + line).join("\n")),
  );
}

async function buildStudio() {
  const folder = join(here, "dist/studio");
  await rm(folder, { recursive: true, force: true });
  /** @type {Record<string, string>} */
  const entries = { worker: PACKAGE_ENTRIES.worker, variorum: PACKAGE_ENTRIES.index };
  for (const file of await readdir(join(here, PAGES))) {
    if (file.endsWith(".ts")) entries[file.slice(0, -3)] = join(PAGES, file);
  }
  await copyModules(folder, MODULES);
  const outputs = await bundle(folder, entries);
  for (const file of await readdir(here)) {
    if (/\.(html|css|svg|webmanifest)$/.test(file)) await copy(join(here, file), join(folder, file));
  }
  await hasten(folder, outputs);
  await copyFonts(folder);
  await copySamples(folder);
  await writeDocs(join(here, "docs"), join(folder, "docs"));
  // The examples import the package as "../../variorum.js": the studio's own folder is what a host would serve.
  for (const file of await filesBelow(join(here, "examples"))) await copy(file, join(folder, relative(here, file)));
  return outputs;
}

async function buildPackage() {
  const folder = join(here, "dist/npm");
  await rm(folder, { recursive: true, force: true });
  await copyModules(folder, PACKAGE_MODULES);
  const outputs = await bundle(folder, PACKAGE_ENTRIES);
  await copyFonts(folder);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) await copy(join(root, name), join(folder, name));
  const tsc = join(here, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(here, "tsconfig.types.json")], { stdio: "inherit" });
  // Declarations that were declarations already are not written by tsc.
  for (const glue of ["variorum.d.ts", "importers.d.ts", "painter.d.ts"])
    await copy(join(here, "pkg", glue), join(folder, "types/pkg", glue));
  return outputs;
}

for (const needed of [...PACKAGE_MODULES.map((module) => `pkg/${module}`), NOTICES, ...Object.values(PACKAGE_ENTRIES), PAGES]) {
  if (existsSync(join(here, needed))) continue;
  console.error(`build: www/${needed} is missing${needed.startsWith("pkg/") ? ": `make build` makes it" : ""}`);
  process.exit(1);
}
const started = Date.now();
try {
  for (const [name, { bytes }] of [...(await buildStudio()), ...(await buildPackage())]) {
    console.log(`${String(Math.ceil(bytes / 1000)).padStart(6)} kB  www/${name}`);
  }
} catch (error) {
  // esbuild and tsc have said on stderr what is wrong and where.
  console.error(`build: ${error instanceof Error ? error.message.split("\n", 1)[0] : error}`);
  process.exit(1);
}
console.log(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);

/**
 * `variorum/painter`: the engine's raster for display lists of one's own. In: fonts, pictures, lists. Out: pixels and PNG files, in the
 * thread that asks (call it in a worker where lists are many). Layout, languages and campaigns are ../engine's business, and its module's: this one
 * holds nothing of them and is much smaller.
 */
import initImporters, { picture } from "../../pkg/importers.js";
import init, { Painter as WasmPainter } from "../../pkg/painter.js";
import type { Painter, PainterOptions, PictureImporters } from "./types.ts";

export type * from "./types.ts";

let loading: Promise<WebAssembly.Memory> | undefined;

/** Starts fetching and compiling the painter's module, so that it is there when the first painter is made. */
export function loadPainter(wasmBase?: string | URL): Promise<WebAssembly.Memory> {
  loading ??= init({ module_or_path: new URL("painter_bg.wasm", wasmBase ?? import.meta.url) }).then(({ memory }) => memory);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** A painter; its module is loaded once for all of them. */
export async function createPainter({ wasmBase, ...options }: PainterOptions = {}): Promise<Painter> {
  await loadPainter(wasmBase);
  return new WasmPainter(options) as unknown as Painter;
}

/** What opens WebP pictures, for `addPicture`; fetched when first asked for. */
export async function loadImporters(wasmBase?: string | URL): Promise<PictureImporters> {
  await initImporters({ module_or_path: new URL("importers_bg.wasm", wasmBase ?? import.meta.url) });
  return { picture };
}

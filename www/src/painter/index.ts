/**
 * `variorum/painter`: the engine's raster for display lists of one's own. In: fonts, pictures, lists. Out: pixels and PNG files, in the
 * thread that asks (call it in a worker where lists are many). Layout, languages and campaigns are ../engine's business, and its module's: this one
 * holds nothing of them and is much smaller.
 */
import initImporters, { picture } from "../../pkg/importers.js";
import init, { Painter as WasmPainter } from "../../pkg/painter.js";
import { EngineFailure, failure } from "../engine/errors.ts";
import { compile } from "../engine/module.ts";
import type { EngineError } from "../engine/types.ts";
import type { DisplayList, ModuleSource, Painter, PainterOptions, PictureImporters } from "./types.ts";

export { asEngineErrors, EngineFailure } from "../engine/errors.ts";
export type { EngineError } from "../engine/types.ts";
export type * from "./types.ts";

let loading: Promise<WebAssembly.Memory> | undefined;
let loadingImporters: Promise<unknown> | undefined;

/** Starts fetching and compiling the painter's module, so that it is there when the first painter is made. */
export function loadPainter(source?: ModuleSource): Promise<WebAssembly.Memory> {
  const coming =
    loading ?? started("painter_bg.wasm", source).then(async (module_or_path) => (await init({ module_or_path })).memory);
  loading = coming;
  coming.catch(() => {
    if (loading === coming) loading = undefined;
  });
  return coming;
}

/** A painter; its module is loaded once for all of them. */
export async function createPainter({ wasmBase, loadModule, ...options }: PainterOptions = {}): Promise<Painter> {
  await loadPainter(loadModule ?? wasmBase);
  return new ListPainter(asked(() => new WasmPainter(options)));
}

/** What opens WebP pictures, for `addPicture`; fetched when first asked for. */
export async function loadImporters(source?: ModuleSource): Promise<PictureImporters> {
  const coming =
    loadingImporters ?? started("importers_bg.wasm", source).then((module_or_path) => initImporters({ module_or_path }));
  loadingImporters = coming;
  coming.catch(() => {
    if (loadingImporters === coming) loadingImporters = undefined;
  });
  await coming;
  return { picture };
}

async function started(file: string, source?: ModuleSource): Promise<WebAssembly.Module | BufferSource> {
  if (typeof source === "function") return source();
  return compile(new URL(file, source ?? import.meta.url));
}

/** What the module throws, as the engine's client throws it. */
function asked<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw Array.isArray(thrown) ? new EngineFailure(thrown as EngineError[]) : thrown;
  }
}

class ListPainter implements Painter {
  #held: WasmPainter | undefined;

  constructor(inner: WasmPainter) {
    this.#held = inner;
  }

  get #inner(): WasmPainter {
    if (this.#held) return this.#held;
    throw failure({ code: "state", at: "painter", message: "this painter was freed", hint: "Make another by createPainter()" });
  }

  addFont(bytes: Uint8Array, family?: string, weight?: number): void {
    const inner = this.#inner;
    asked(() => inner.addFont(bytes, family, weight));
  }

  addPicture(name: string, bytes: Uint8Array, importers?: PictureImporters): [width: number, height: number] {
    const inner = this.#inner;
    return asked(() => inner.addPicture(name, bytes, importers));
  }

  paint(list: DisplayList): Uint8ClampedArray<ArrayBuffer> {
    const inner = this.#inner;
    // No memory of the module's is shared between threads.
    return asked(() => inner.paint(list) as Uint8ClampedArray<ArrayBuffer>);
  }

  png(list: DisplayList): Uint8Array<ArrayBuffer> {
    const inner = this.#inner;
    return asked(() => inner.png(list) as Uint8Array<ArrayBuffer>);
  }

  get missing(): string {
    return this.#inner.missing;
  }

  clear(): void {
    this.#inner.clear();
  }

  free(): void {
    this.#held?.free();
    this.#held = undefined;
  }
}

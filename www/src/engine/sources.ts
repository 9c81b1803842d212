/**
 * Where modules and default fonts come from. In: folders, or functions of the host that give them. Out: the engine's module, the importers' module and each
 * font, each fetched once for the page; importers and fonts that failed are tried again when next asked for. What is done with them is left to client.ts and fonts.ts.
 */
import { compile, fetchBytes } from "./module.ts";

export interface SourceOptions {
  /** Folder of `variorum_bg.wasm` and `importers_bg.wasm`, ending in "/". @default that of the script */
  wasmBase?: string | URL;
  /** Folder of the default fonts, ending in "/". @default "fonts/" beside the script */
  fontBase?: string | URL;
  /** Gives a default font's bytes instead of a fetch below `fontBase`. */
  loadFont?: (name: string) => Promise<Uint8Array>;
  /** Gives the compiled module instead of a fetch below `wasmBase`. */
  loadModule?: () => Promise<WebAssembly.Module>;
  /** The same for `importers_bg.wasm`, which is asked for when a campaign holds SVG or WOFF2 files. */
  loadImporters?: () => Promise<WebAssembly.Module>;
}

export class Sources {
  readonly #loadModule: () => Promise<WebAssembly.Module>;
  readonly #loadImporters: () => Promise<WebAssembly.Module>;
  readonly #loadFont: (name: string) => Promise<Uint8Array>;
  readonly #fonts = new Map<string, Promise<Uint8Array>>();
  #importers: Promise<WebAssembly.Module> | undefined;
  #loading: Promise<void> | undefined;
  #module: WebAssembly.Module | undefined;

  constructor(options: SourceOptions) {
    const wasm = new URL("variorum_bg.wasm", options.wasmBase ? absolute(options.wasmBase) : import.meta.url);
    const importers = new URL("importers_bg.wasm", wasm);
    const fonts = options.fontBase ? absolute(options.fontBase) : new URL("./fonts/", import.meta.url);
    this.#loadModule = options.loadModule ?? (() => compile(wasm));
    this.#loadImporters = options.loadImporters ?? (() => compile(importers));
    this.#loadFont =
      options.loadFont ?? ((name) => fetchBytes(new URL(name.split("/").map(encodeURIComponent).join("/"), fonts)));
  }

  /** The engine's module, where it has come. */
  get module(): WebAssembly.Module | undefined {
    return this.#module;
  }

  /** Asks for the engine's module, once. */
  load(): Promise<void> {
    this.#loading ??= this.#loadModule().then((module) => {
      this.#module = module;
    });
    return this.#loading;
  }

  /** Once for the page; where it fails, the next campaign tries again. */
  importers(): Promise<WebAssembly.Module> {
    const coming = this.#importers ?? this.#loadImporters();
    this.#importers = coming;
    coming.catch(() => {
      if (this.#importers === coming) this.#importers = undefined;
    });
    return coming;
  }

  font(name: string): Promise<Uint8Array> {
    const held = this.#fonts.get(name);
    if (held) return held;
    const coming = this.#loadFont(name);
    this.#fonts.set(name, coming);
    coming.catch(() => this.#fonts.delete(name));
    return coming;
  }

  /** The same for another client: what came is shared with it. */
  shared(): Required<Pick<SourceOptions, "loadFont" | "loadModule" | "loadImporters">> {
    return {
      loadFont: (name) => this.font(name),
      loadModule: async () => this.#module ?? this.#loadModule(),
      loadImporters: () => this.importers(),
    };
  }

  dispose(): void {
    this.#fonts.clear();
  }
}

/** URLs of options are relative to the page; those of the package to its script. */
function absolute(url: string | URL): URL {
  return new URL(url, globalThis.document?.baseURI ?? import.meta.url);
}

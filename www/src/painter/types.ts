/** What a painter is handed: a display list of the caller's own making. px, origin left top, y down. */

/** `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`. */
export type Color = string;
/** Left, top, width, height. */
export type Box = readonly [x: number, y: number, width: number, height: number];
/** Place (0 to 1) and colour, ascending; colours mix premultiplied in sRGB. */
export type ColorStop = readonly [at: number, color: Color];
export type Paint =
  | Color
  | { linear: readonly [x0: number, y0: number, x1: number, y1: number]; stops: readonly ColorStop[] }
  | { radial: readonly [x: number, y: number, radius: number]; stops: readonly ColorStop[] };
export type Segment =
  | readonly ["M" | "L", number, number]
  | readonly ["Q", number, number, number, number]
  | readonly ["C", number, number, number, number, number, number]
  | readonly ["Z"];
/** One of a box (round where a radius is given), an ellipse in a box, a path (non-zero winding). */
export type Shape = { rect: Box; radius?: number } | { ellipse: Box } | { path: readonly Segment[] };
/** A part of a picture (source px, upright) and where it goes: scaled with Lanczos over two passes. */
export interface Placed {
  asset: string;
  src: Box;
  dst: Box;
}
export interface Mixed {
  /** 0 to 1. @default 1 */
  opacity?: number;
  /** @default "normal" */
  blend?: "normal" | "multiply" | "screen" | "overlay" | "soft-light";
}

/** A line of text on its baseline; shaped by the engine, each character in the first family that has it. */
export interface TextItem extends Mixed {
  type: "text";
  text: string;
  paint: Paint;
  /** px of the em. */
  size: number;
  x: number;
  baseline: number;
  /** The line is aligned within this width from `x`. @default 0: to `x` itself, as a canvas does */
  width?: number;
  /** @default "start" */
  align?: "left" | "center" | "right" | "start" | "end";
  /** In order; every other font follows. */
  families?: readonly string[];
  /** @default 400 */
  weight?: number;
  italic?: boolean;
  /** @default "ltr" */
  dir?: "ltr" | "rtl";
  /** BCP 47. */
  lang?: string;
  /** Letter-spacing, em. */
  tracking?: number;
  /** Of lines that a newline begins, as a multiple of the size. @default 1.2 */
  leading?: number;
}

export type Item =
  | ({ type: "fill"; paint: Paint } & Shape & Mixed)
  | ({ type: "stroke"; paint: Paint; thick: number } & Shape & Mixed)
  | ({ type: "picture"; radius?: number } & Placed & Mixed)
  /** The blurred shadow of a shape, or of a picture by its alpha. */
  | ({ type: "shadow"; sigma: number; color: Color; offset?: readonly [dx: number, dy: number] } & (Shape | Placed))
  | TextItem
  | ({ type: "clip"; items: readonly Item[] } & Shape)
  | ({ type: "group"; items: readonly Item[] } & Mixed);

export interface DisplayList {
  width: number;
  height: number;
  /** Colour of the page, opaque. @default white */
  ground?: Color;
  /** Back to front. */
  items: readonly Item[];
}

export type LoadModule = () => Promise<WebAssembly.Module | BufferSource>;
/** Where a module comes from: the folder it lies in, ending in "/", or a function that gives it. */
export type ModuleSource = string | URL | LoadModule;

export interface PainterOptions {
  /** Bytes of decoded pictures and scaled crops that are kept. @default 26 MiB */
  pictureBytes?: number;
  /**
   * Bytes of painted lists that are kept: the next of their size is painted from where it differs. A larger list lies outside of the engine's memory,
   * which never becomes smaller again, and the last one of these is kept too. @default 8 MiB
   */
  paintedBytes?: number;
  /** Whether a list may use what another left behind. Changes no pixel. @default true */
  share?: boolean;
  /** Folder of `painter_bg.wasm`, ending in "/". @default that of the script */
  wasmBase?: string | URL;
  /** Gives the module, or its bytes, instead of a fetch below `wasmBase`: Node fetches no files. The first painter's counts for all. */
  loadModule?: LoadModule;
}

/** What opens WebP pictures: a module of its own, for few have any. */
export interface PictureImporters {
  picture(at: string, bytes: Uint8Array): Uint8Array;
}

/** Methods throw an `EngineFailure`, whose `errors` say what is wrong with what they are handed and where; after `free` too. */
export interface Painter {
  /** TTF, OTF, TTC or WOFF; where named, it answers to that family and weight instead of its own. */
  addFont(bytes: Uint8Array, family?: string, weight?: number): void;
  /** JPEG or PNG under a name, WebP where the importers are handed in (`loadImporters`); answers with width and height. */
  addPicture(name: string, bytes: Uint8Array, importers?: PictureImporters): [width: number, height: number];
  /** Straight RGBA: a view that holds until the next call of any painter. Copy it to keep it, and give its buffer to nobody. */
  paint(list: DisplayList): Uint8ClampedArray<ArrayBuffer>;
  /** The same as a PNG file. */
  png(list: DisplayList): Uint8Array<ArrayBuffer>;
  /** Characters of the last list that no font had. */
  readonly missing: string;
  /** Forgets what painting left behind; fonts and pictures stay. */
  clear(): void;
  /** Ends it; its memory is used again. */
  free(): void;
}

/**
 * What crosses between the page and the engine: plain data, no engine state.
 * In: requests of the studio. Out: facts the engine states. Each shape is written once, here; the worker and the wasm
 * boundary (src/wasm) follow it. Lengths are px of the format at full raster size unless a name says otherwise.
 */

/** A typed error of the engine: what, where, what was found, what is allowed, what to do. */
export interface EngineError {
  code: "syntax" | "value" | "unknown" | "missing" | "cycle" | "limit" | "media" | "unsafe" | "unsupported" | "state" | "trap";
  at: string;
  message: string;
  found?: string;
  allowed?: string;
  hint?: string;
}

/** `note`: by design, nothing to mend. */
export type Severity = "must" | "should" | "note";

/** Something a rule saw. */
export interface Finding {
  rule: string;
  severity: Severity;
  layer?: string;
  measured?: number;
  limit?: number;
  unit: string;
  message: string;
  /** x, y, w, h */
  place?: [number, number, number, number];
}

export interface FormatInfo {
  id: string;
  medium: string;
  channel: string;
  name: string;
  /** Trim size of the delivered file, px. */
  width: number;
  height: number;
  /** For people: "210 × 297 mm at 300 dpi", "1080 × 1920 px". */
  size: string;
  class: "strip" | "landscape" | "square" | "portrait" | "skyscraper";
  bleed: number;
  /** top, right, bottom, left */
  safe: [number, number, number, number];
  maxBytes?: number;
  fileTypes: string[];
  sets: string[];
  notes?: string;
  source?: string;
}

export interface LocaleInfo {
  tag: string;
  /** English name, such as "Arabic". */
  name: string;
  dir: "ltr" | "rtl";
}

export interface MessageInfo {
  key: string;
  text: string;
  origin: "human" | "machine-draft" | "imported";
}

/** How much a message may say in a locale: characters as a reader counts them. */
export interface CharacterBudget {
  key: string;
  locale: string;
  /** Characters it has now. */
  used: number;
  /** Characters that fit in the tightest format that shows it. */
  fits: number;
  /** More would fit than was tried. */
  open: boolean;
  /** The format that decides; nothing where no format shows it, or all hold more than was tried. */
  format?: string;
  /** Formats that show it. */
  formats: number;
}

/** How far a budget is known. */
export interface CharacterCount {
  budget: CharacterBudget;
  /** The words it is counted with. */
  text: string;
  /** The format to look at next; none where all were looked at. */
  next?: number;
}

export interface TokenInfo {
  /** Dotted path, such as `color.accent`. */
  path: string;
  type: "color" | "dimension" | "fontFamily" | "fontWeight" | "number";
  /** As set: `#rrggbb`, `16px`, `Fraunces` ... */
  value: string;
  /** The token it follows, where its file has it as `{color.sun}`. */
  alias?: string;
}

/** One cell of the matrix. */
export interface VariantInfo {
  /** `{format}.{locale}.{option}` */
  id: string;
  format: string;
  locale: string;
  option: string;
  fingerprint: string;
}

/** What the master is drawn on, px, and where it has its layers: what a correction remembers as `board` and `seen`. */
export interface Artboard {
  width: number;
  height: number;
  /** x, y, w, h by layer. */
  boxes: Record<string, [number, number, number, number]>;
}

/** All the page needs to draw itself after a campaign was opened. */
export interface CampaignInfo {
  name: string;
  version: string;
  /** Opaque ground colour of empty boxes, `#rrggbb`. */
  ground: string;
  artboard: Artboard;
  sourceLocale: string;
  formats: FormatInfo[];
  locales: LocaleInfo[];
  options: string[];
  variants: VariantInfo[];
  tokens: TokenInfo[];
  /** Message keys in the order of the master's layers. */
  messageKeys: string[];
  naming: string;
  delivery: DeliveryOptions;
  warnings: EngineError[];
  rights: { asset: string; title: string; author: string; licence: string }[];
  /** The ledger that came with the campaign's files, JSON Lines, not verified. */
  ledger?: string;
  /** Corrections of layouts that were saved into the files: part of the edits from the beginning. JSON, a list of `OverridePatch`. */
  corrections?: string;
  /** Version of the engine. */
  engine?: string;
}

export interface LayerBox {
  layer: string;
  role: string;
  /** x, y, w, h */
  box: [number, number, number, number];
  /** Text size in px where it is text. */
  size?: number;
  lines?: number;
  /** Colour of its type, or of a shape of one colour: `#rrggbb`, with opacity `#rrggbbaa`. */
  color?: string;
  /** The part of its picture that is shown: x, y, w, h as fractions of the picture. */
  crop?: [number, number, number, number];
  /** The box of its picture that must stay in, where one was drawn: fractions of the picture. */
  focal?: [number, number, number, number];
  /** The side of the page it would enter from, if it moved in. */
  entersFrom?: Enters;
}

export type Enters = "left" | "right" | "top" | "bottom" | "none";

/** Rules of the brand about where things may be. */
export interface Pins {
  /** The logo's corner; in a patch, `free` is no rule. */
  logo?: "top-start" | "top-end" | "bottom-start" | "bottom-end" | "free";
  /** No words on a photograph. */
  offPhoto?: boolean;
}

/** A rendered picture with what is known about it. */
export interface Rendered {
  id: string;
  fingerprint: string;
  /** px of the bitmap. */
  width: number;
  height: number;
  scale: number;
  bitmap: ImageBitmap;
  findings: Finding[];
  boxes: LayerBox[];
  arrangement: string;
  /** Its key, as `Way.arrangement`: what a correction remembers as `layout`. */
  layout: string;
  /** What this way of laying out costs, as it is painted: `Way.energy` is from before the place near it was sought. */
  energy: number;
  dropped: string[];
  ms: number;
}

export interface RenderRequest {
  id: string;
  /** Device px per px of the format. Give this or `maxWidth`/`maxHeight` (device px, contain). */
  scale?: number;
  maxWidth?: number;
  maxHeight?: number;
  /** Laid out this way instead of the one taken: `Way.arrangement`. */
  arrangement?: string;
  /** Only this part: x, y, w, h in px of the format; may reach into the bleed. Default the trim. */
  region?: [number, number, number, number];
}

/** What is never traded against beauty, with the worst value met. */
export interface Gate {
  gate:
    | "inside"
    | "safe-zone"
    | "kept"
    | "legal"
    | "logo-size"
    | "logo-space"
    | "overlap"
    | "fits"
    | "contrast"
    | "focal"
    | "covered"
    | "logo-contrast"
    | "distance"
    | "bytes"
    | "pinned";
  layer?: string;
  measured: number;
  limit: number;
  unit: "px" | "mm" | "x" | "layers" | "rules";
  passes: boolean;
}

/** One way to lay a variant out: `arrangement` is what an override names, `name` is for people. */
export interface Way {
  arrangement: string;
  name: string;
  /** The weighed sum of the terms: lower is better. */
  energy: number;
  /** There where the way may cost less once it is taken: what is better near it was not looked for yet. */
  rough?: true;
  /** Gates that it does not pass. */
  failed: Gate["gate"][];
  /** 0 is best; by name, such as `copyfit`. */
  terms: Record<string, number>;
  /** What each term adds to the energy, by the weights in force. */
  costs: Record<string, number>;
}

/** Why a variant is laid out as it is, and the next best ways, at most three. */
export interface Why extends Way {
  gates: Gate[];
  /** Version of the weights. */
  weights: number;
  /** What the campaign counts otherwise, by term. */
  ownWeights?: Record<string, number>;
  /** There where a person chose this way. */
  chosen?: true;
  /** What would cost less, and by how much, where this way is kept for all languages of the format. */
  kept?: { arrangement: string; name: string; less: number; rough?: true };
  alternatives: Way[];
  /** How many ways were laid out. */
  ways: number;
  /** By gate: how many of the others do not pass it. */
  fell: Partial<Record<Gate["gate"], number>>;
  /** Layers that must stay and that the master itself leaves out here. */
  leftOut?: string[];
  /** By layer: the side of the page it would enter from, if it moved in. */
  enters: Record<string, Enters>;
  /** Rules of the brand that hold for it. */
  pins?: Pins;
}

/** A correction made while looking, as in master.json's overrides; every list that is given must match. */
export interface OverridePatch {
  formats?: string[];
  classes?: FormatInfo["class"][];
  locales?: string[];
  /** The arrangement to take, from `Way.arrangement`. */
  arrangement?: string;
  /** Rules of the brand that are other here; what is left out stays. */
  pins?: { logo?: Pins["logo"]; off_photo?: boolean };
  layer?: string;
  set?: {
    hide?: boolean;
    /** Right and down after layout, as shares of the format's shorter side. */
    move?: [number, number];
    /** Times its size: pictures, drawings, shapes. */
    scale?: number;
    /** Fractions of the trim: replaces what layout chose. */
    box?: [number, number, number, number];
    /** The box of the picture that must stay in, fractions of the picture. */
    focal?: [number, number, number, number];
    /** Places in the paint order; negative is painted earlier. */
    order?: number;
    size?: { ideal?: number; floor?: number; ceiling?: number };
    color?: string;
    max_lines?: number;
    /** The arrangement that box, move and scale were made in: in another they rest. */
    layout?: string;
    /** The layer's box in the master when this was made: where the master has another one by now, a finding says so. */
    seen?: [number, number, number, number];
    /** The artboard that `seen` was on: a master scaled as a whole keeps what was made. */
    board?: [number, number];
  };
}

/** A map of where the eye goes in a picture: rows of 0 to 1. */
export interface Salience {
  width: number;
  height: number;
  values: Float32Array;
}

export type DeliveryOptions = { type: "png" } | { type: "jpeg"; quality: number };

/** One encoded file. */
export interface Encoded {
  id: string;
  fingerprint: string;
  name: string;
  width: number;
  height: number;
  type: "png" | "jpeg";
  /** Quality reached (JPEG). */
  quality?: number;
  sha256: string;
  /** What the file itself gives cause to say, such as a byte cap that it is above. */
  findings?: Finding[];
  /** Why it is laid out so: for the manifest. */
  why?: Why;
  bytes: Uint8Array;
}

/**
 * `approve-unseen`: one of many approved together that was not on the screen as it is. `comment` is no stamp: `reason` holds its words, `place` where.
 */
export type StampAction = "approve" | "approve-unseen" | "send-back" | "undo" | "comment";

/** An event as the page asks for it; the engine links it to the ledger. */
export interface StampRequest {
  action: StampAction;
  id: string;
  fingerprint: string;
  actor: string;
  timeMs: number;
  reason?: string;
  /** x and y of a comment, px of the format; without it, it is about the whole. */
  place?: [number, number];
}

export type Status = "to-review" | "approved" | "sent-back" | "reopened";

export interface StampState {
  status: Status;
  /** What the stamp was set on; differs from the variant's own where it is reopened. */
  fingerprint?: string;
  by?: string;
  timeMs?: number;
  reason?: string;
  /** Approved by somebody who had not looked at it as it is. */
  unseen?: boolean;
}

/** A campaign's files by path ("copy/de.json"), or one `*.variorum`/`*.zip` of them. */
export type CampaignFiles = ReadonlyMap<string, Uint8Array>;

/** A change of words or looks, kept so that it can be made again. */
export type Edit =
  | { kind: "copy"; locale: string; key: string; text: string }
  | { kind: "token"; path: string; value: string }
  /** All corrections of the layout, the later ones winning. */
  | { kind: "overrides"; patches: readonly OverridePatch[] };

/**
 * What opens kinds of files that not every campaign holds: a module of its own (importers_bg.wasm). Each answers with bytes that the engine
 * reads, refusals among them.
 */
export interface Importers {
  /** An SVG as a packed drawing. */
  drawing(at: string, bytes: Uint8Array): Uint8Array;
  /** The font inside a WOFF2 file. */
  font(at: string, bytes: Uint8Array): Uint8Array;
  /** A WebP picture as a PNG. */
  picture(at: string, bytes: Uint8Array): Uint8Array;
}

/** A picture as the engine gives it: straight RGBA, a view that holds until its next call. */
export type Painted = Omit<Rendered, "bitmap" | "ms"> & { pixels: Uint8ClampedArray };

/** What the wasm engine in one worker answers to. Throws `EngineError[]`. */
export interface EngineCore {
  /** How many bytes its caches may take. */
  keepWithin(bytes: number): void;
  /**
   * Files by campaign path; a single `*.variorum`/`*.zip` is unpacked. Keeps the previous campaign if it throws. SVG, WOFF2 and WebP files
   * are opened by the importers; without them they are refused. `early`: the variants' fingerprints are "", to be asked for by `fingerprints`.
   */
  open(files: CampaignFiles, importers?: Importers, early?: boolean): CampaignInfo;
  /** Of the variants from one place in the matrix on to before another; "" for one that cannot be resolved. */
  fingerprints(from: number, to: number): string[];
  /**
   * Default font files (names below fonts/) the open campaign needs and the engine does not yet hold: for one locale, so
   * that the first pictures need not wait for the fonts of all, or without it for the whole campaign.
   */
  fontsNeeded(locale?: string): string[];
  addFont(name: string, bytes: Uint8Array): void;
  render(request: RenderRequest): Painted;
  /** As `render`, a band at a time: nothing comes back where more is to be done, by `goOn`. Any other call lets it go. */
  begin(request: RenderRequest): Painted | undefined;
  goOn(): Painted | Encoded | undefined;
  /** Nobody wants what was begun. */
  letGo(): void;
  encode(id: string, delivery: DeliveryOptions): Encoded;
  /** As `encode`, a band at a time, as `begin` does it for pictures; nothing of a file that is let go is left. */
  beginFile(id: string, delivery: DeliveryOptions): Encoded | undefined;
  /** Messages of one locale. */
  copy(locale: string): MessageInfo[];
  /** How many characters of a message fit; lays formats out, so it answers after a few of them, and goes on with what it answered. */
  budget(locale: string, key: string, soFar?: CharacterCount): CharacterCount;
  /** Returns the variants whose fingerprint changed; `quietly`, where another engine is asked the same, none. */
  setCopy(locale: string, key: string, text: string, quietly?: boolean): VariantInfo[];
  /** The variants that a message of a locale may change, as they are now. */
  touched(locale: string, key: string): VariantInfo[];
  setToken(path: string, value: string, quietly?: boolean): VariantInfo[];
  /** Why a variant is laid out as it is, and the other ways. */
  alternatives(id: string): Why;
  /** Replaces all corrections made while looking (undo is the list before); returns the variants whose fingerprint changed. */
  setOverrides(patches: readonly OverridePatch[], quietly?: boolean): VariantInfo[];
  /** Where the eye goes in a layer's picture: rows of 0 to 1. Crops follow it where no focal box was drawn. */
  salience(id: string, layer: string): Salience;
  /** Appends to a JSONL ledger; returns the new lines. `tail` is the last line or "". */
  ledgerAppend(tail: string, events: StampRequest[]): string[];
  /** Verifies the chain (throws) and folds it against the current fingerprints: only ids with a state other than to-review. */
  ledgerState(jsonl: string): Record<string, StampState>;
}

/**
 * What the studio knows, as one value: replaced, never changed in place, so that an element compares what it cares for by `===`.
 * Types and the empty state only; how it comes about is left to store.ts.
 */
import type { EngineProgress } from "../engine/client.ts";
import type {
  CampaignInfo,
  Edit,
  EngineError,
  Finding,
  FormatInfo,
  LayerBox,
  StampState,
  Status,
  VariantInfo,
} from "../engine/types.ts";

/** Where the open campaign came from. */
export interface Origin {
  kind: "sample" | "files" | "url" | "kept";
  /** Sample id, file or folder name, URL. */
  name: string;
}

/** What was measured when a variant was last laid out; for the fingerprint it names only. */
export interface Measured {
  fingerprint: string;
  findings: readonly Finding[];
  /** One of them must be mended. */
  must: boolean;
  boxes: readonly LayerBox[];
  arrangement: string;
  /** The arrangement's key. */
  layout: string;
  dropped: readonly string[];
}

/** Facets: what is chosen in each (empty set: all). They narrow each other; `search` matches names, ids and copy. */
export interface Filter {
  status: ReadonlySet<Status>;
  /** Rule ids, and "must" | "should" | "note" | "none"; "none": nothing to mend. */
  findings: ReadonlySet<string>;
  medium: ReadonlySet<string>;
  channel: ReadonlySet<string>;
  format: ReadonlySet<string>;
  locale: ReadonlySet<string>;
  option: ReadonlySet<string>;
  search: string;
}
export type FacetName = Exclude<keyof Filter, "search">;

/** How many variants each value of a facet would show, given the choices in all other facets. In display order. */
export type FacetCounts = Readonly<Record<FacetName, ReadonlyMap<string, number>>>;

export type Counts = Readonly<Record<Status, number>> & { readonly total: number };

/** A stamp or a sending back that can be taken back. */
export interface Undoable {
  action: "approve" | "send-back";
  ids: readonly string[];
}

/** How far a delivery is. */
export interface DeliveryProgress {
  done: number;
  total: number;
  bytes: number;
}

export interface StudioState {
  phase: "empty" | "opening" | "open";
  origin: Origin | undefined;
  campaign: CampaignInfo | undefined;
  /** By id, in matrix order, with current fingerprints. */
  variants: ReadonlyMap<string, VariantInfo>;
  /** Just after opening they are not known yet, and "": pictures are shown meanwhile. */
  known: boolean;
  formats: ReadonlyMap<string, FormatInfo>;
  /** Only variants whose status is other than "to-review". */
  stamps: ReadonlyMap<string, StampState>;
  /** Only variants drawn or measured since their last change. */
  measured: ReadonlyMap<string, Measured>;
  /** Variants that could not be drawn since their last change, and why. */
  failed: ReadonlyMap<string, readonly EngineError[]>;
  counts: Counts;
  filter: Filter;
  /** Ids that pass the filter, in matrix order; and the one that is `held`. */
  shown: readonly string[];
  /** The focused one where it passes the filter no more: it stays until the person goes on, for whoever mends a finding is still at it. */
  held: string | undefined;
  facets: FacetCounts;
  /** Ids; the focused one is `focus`. */
  selection: ReadonlySet<string>;
  focus: string | undefined;
  /** Who stamps. */
  person: string;
  progress: EngineProgress;
  delivery: DeliveryProgress | undefined;
  /** Languages whose words were changed and whose variants' fingerprints are not told yet, each with the number of that change: what of them is in sight is drawn anew. */
  anew: ReadonlyMap<string, number>;
  /** Edits made since the campaign was opened from its files. */
  edits: readonly Edit[];
  /** Why the last act did not go; gone with the next one that does. */
  errors: readonly EngineError[];
  /** Whether all that was said is on disk. "off": this browser keeps nothing here (private window), and the page must say so. */
  kept: "yes" | "writing" | "off";
  undoable: Undoable | undefined;
  /** Grows with each comment of this sitting, or heard from another tab. */
  said: number;
}

export const EMPTY_FILTER: Filter = {
  status: new Set(),
  findings: new Set(),
  medium: new Set(),
  channel: new Set(),
  format: new Set(),
  locale: new Set(),
  option: new Set(),
  search: "",
};

export const EMPTY_STATE: StudioState = {
  phase: "empty",
  origin: undefined,
  campaign: undefined,
  variants: new Map(),
  known: true,
  formats: new Map(),
  stamps: new Map(),
  measured: new Map(),
  failed: new Map(),
  counts: { "to-review": 0, approved: 0, "sent-back": 0, reopened: 0, total: 0 },
  filter: EMPTY_FILTER,
  shown: [],
  held: undefined,
  facets: {
    status: new Map(),
    findings: new Map(),
    medium: new Map(),
    channel: new Map(),
    format: new Map(),
    locale: new Map(),
    option: new Map(),
  },
  selection: new Set(),
  focus: undefined,
  person: "",
  progress: { done: 0, total: 0, rate: 0, workers: 0 },
  delivery: undefined,
  anew: new Map(),
  edits: [],
  errors: [],
  kept: "yes",
  undoable: undefined,
  said: 0,
};

/** Shown though it is known to pass the filter no more. */
export function isOutside({ held, filter, measured }: StudioState, id: string): boolean {
  // Changed and not measured yet: nobody knows, and most come back with the next picture.
  return id === held && (filter.findings.size === 0 || measured.has(id));
}

/** The status of a variant. */
export function statusOf(state: StudioState, id: string): Status {
  return state.stamps.get(id)?.status ?? "to-review";
}

type Chosen = Pick<StudioState, "selection" | "focus" | "shown">;

/** Of several that are selected, those that the filter shows: the others wait until it shows them again. */
export function selectedOf({ selection, shown }: Omit<Chosen, "focus">): string[] {
  if (selection.size < 2) return [...selection];
  const isShown = new Set(shown);
  return [...selection].filter((id) => isShown.has(id));
}

/** What a press acts on: what is selected, where the focused one is of it; else that one alone. */
export function subjectsOf({ selection, focus, shown }: Chosen): string[] {
  if (focus === undefined) return [];
  const ids = selection.has(focus) ? selectedOf({ selection, shown }) : [];
  return ids.length > 0 ? ids : [focus];
}

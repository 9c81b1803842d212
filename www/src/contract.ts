/**
 * The public contract of `<variorum-studio>`: what a host page may rely on. Types only; the element (elements/) implements
 * them, README.md and custom-elements.json document them. A change here is a change for everybody who embeds the studio.
 */
import type { EngineClient } from "./engine/client.ts";
import type {
  CampaignFiles,
  CampaignInfo,
  DeliveryOptions,
  Edit,
  EngineError,
  StampRequest,
  VariantInfo,
} from "./engine/types.ts";
import type { Origin } from "./store/state.ts";
import type { DeliverOptions, Delivery } from "./store/store.ts";

/** Attributes, kebab-case, for what a page's author writes. */
export interface StudioAttributes {
  /** URL of a campaign: a `.variorum`/`.zip` file. */
  src?: string;
  /** Id of a sample below `samples-base`. */
  sample?: string;
  /** Folder of samples with its index.json. @default "samples/" beside the page */
  "samples-base"?: string;
  /** URL of a page about how it works, to which the list of keys leads. Without it there is no such link. */
  docs?: string;
  /** Name of who stamps. Without it the studio asks before the first stamp. */
  person?: string;
  /** @default "auto": as the system says */
  theme?: "auto" | "light" | "dark";
  /** Folder of the default fonts. @default "fonts/" beside the script */
  "font-base"?: string;
  /** Folder of variorum_bg.wasm and importers_bg.wasm. @default that of the script */
  "wasm-base"?: string;
  /** Name under which this studio keeps its work in the browser; two studios of one origin that share it share their stamps; "" keeps nothing. @default "variorum" */
  keep?: string;
}

/** The element. Properties of the same name reflect their attribute where there is one. */
export interface StudioElement extends HTMLElement {
  src: string;
  sample: string;
  person: string;
  theme: "auto" | "light" | "dark";
  /** Setting it opens the files; errors come as `variorum-error`. Reads back what was set last. */
  files: CampaignFiles | undefined;
  /** What is open, with current fingerprints. Read-only. */
  readonly campaign: CampaignInfo | undefined;
  /** Ids of the selected variants. */
  selection: readonly string[];
  /** An engine of one's own, or a test's; set before the element is connected. */
  engine: EngineClient | undefined;
  /** Opens files by path, or one zip. Rejects with EngineFailure; the previous campaign stays. */
  open(files: CampaignFiles): Promise<CampaignInfo>;
  /** Stamped variants as a zip stream, for the host to store. Rejects where one of `ids` is not approved. */
  deliver(options?: DeliverOptions): Promise<Delivery>;
  /** The ledger as JSON Lines. */
  ledger(): string;
  /** The campaign's files as they are now: what was edited is written into them, `ledger.jsonl` lies beside them. They open as what is seen. */
  save(): Promise<CampaignFiles>;
}

/** Details of the events: all bubble and cross shadow roots; each is sent after the thing is on disk. */
export interface StudioEventDetails {
  "variorum-open": { name: string; version: string; variants: number; origin: Origin };
  "variorum-stamp": {
    events: readonly StampRequest[];
    /** The same as lines of the ledger, linked. */
    lines: readonly string[];
  };
  "variorum-edit": {
    edit: Edit;
    changed: readonly VariantInfo[];
  };
  "variorum-deliver": { files: number; bytes: number; name: string };
  /** The campaign's own files, with all that was edited, went to the downloads as one `.variorum` file. */
  "variorum-save": { files: number; bytes: number; name: string };
  "variorum-error": { act: "open" | "stamp" | "edit" | "deliver" | "render"; errors: readonly EngineError[] };
}

/**
 * Cancelable: sent when a person presses Deliver, before any file dialog. A host that wants the files itself calls
 * `preventDefault()` and takes them by `element.deliver(detail.options)`.
 */
export interface StudioDeliverRequest {
  "variorum-deliver-request": { options: DeliverOptions & { delivery?: DeliveryOptions } };
}

/**
 * Cancelable: sent when a person saves the campaign as a file, before one is made. A host that keeps campaigns itself calls
 * `preventDefault()` and takes the files by `element.save()`.
 */
export interface StudioSaveRequest {
  "variorum-save-request": null;
}

type AllDetails = StudioEventDetails & StudioDeliverRequest & StudioSaveRequest;

export type StudioEventMap = { [Name in keyof AllDetails]: CustomEvent<AllDetails[Name]> };

/** Slots: light DOM of the host takes these places. */
export type StudioSlots = "head-start" | "head-end" | "empty";

/** Parts for `::part()`. */
export type StudioParts = "head" | "facets" | "sheet" | "inspector" | "loupe" | "status-line" | "deliver-button" | "open-button";

declare global {
  interface HTMLElementEventMap extends StudioEventMap {}
  interface HTMLElementTagNameMap {
    "variorum-studio": StudioElement;
  }
}

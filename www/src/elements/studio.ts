/**
 * `<variorum-studio>`: the studio as one element. In: attributes and properties of the host page (contract.ts), files, acts of a person. Out: the events of
 * the contract. It owns what is only looked at (view, grouping, zoom, panels); what is known and said belongs to the store.
 *
 * @attr src - URL of a campaign's zip
 * @attr sample - id of a sample, opened where this browser keeps nothing yet
 * @attr samples-base - folder of samples; with it the menu lists them
 * @attr person - who stamps
 * @attr theme - auto, light, dark
 * @attr font-base - folder of the default fonts
 * @attr wasm-base - folder of the engine's module
 * @attr keep - name under which work is kept in this browser
 * @slot head-start - before the campaign's name
 * @slot head-end - after the last button of the head
 * @slot empty - shown where no campaign is open
 * @fires variorum-open
 * @fires variorum-stamp
 * @fires variorum-edit
 * @fires variorum-deliver
 * @fires variorum-error
 * @fires variorum-deliver-request - cancelable: the host takes the files
 * @csspart head
 * @csspart facets
 * @csspart sheet
 * @csspart inspector
 * @csspart loupe
 * @csspart status-line
 * @csspart deliver-button
 * @csspart open-button
 */

import type { StudioElement as StudioContract, StudioDeliverRequest } from "../contract.ts";
import { slug } from "../deliver/naming.ts";
import { saveDelivery } from "../deliver/save.ts";
import { createEngineClient, type EngineClient } from "../engine/client.ts";
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import { fetchCampaign, fetchSample, listSamples, readFiles, type SampleInfo } from "../engine/files.ts";
import type { CampaignFiles, CampaignInfo, EngineError } from "../engine/types.ts";
import { EMPTY_STATE, type Filter, type Origin, type StudioState } from "../store/state.ts";
import type { DeliverOptions, Delivery, StudioStore } from "../store/store.ts";
import { createStudioStore } from "../store/studio-store.ts";
import { type Desk, perform } from "../studio/acts.ts";
import { Arrangement, type Strip } from "../studio/arrangement.ts";
import { Copies } from "../studio/copies.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import { listenToDrops } from "../studio/drops.ts";
import { actOf, isTyping } from "../studio/keys.ts";
import { Latest } from "../studio/latest.ts";
import { GROUPS, type Group } from "../studio/sections.ts";
import { count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { theme } from "../style/theme.ts";
import { VariorumAsk } from "./ask.ts";
import { GROUNDS, type Ground, VariorumBar } from "./bar.ts";
import { type DeliveryWish, VariorumDeliver } from "./deliver.ts";
import { VariorumFacets } from "./facets.ts";
import { VariorumFaults } from "./faults.ts";
import { VariorumHead, type View } from "./head.ts";
import { VariorumInspector } from "./inspector.ts";
import { VariorumKeys } from "./keys.ts";
import { VariorumLoupe } from "./loupe.ts";
import { VariorumMatrix } from "./matrix.ts";
import { VariorumNotice } from "./notice.ts";
import { VariorumPerson } from "./person.ts";
import { VariorumSheet } from "./sheet.ts";
import { VariorumStatus } from "./status.ts";
import { VariorumWelcome, type Why } from "./welcome.ts";

const style = css(`
:host { display: block; height: 100%; min-height: 360px; position: relative; container: studio / inline-size; overflow: hidden; background: var(--chrome); }
.studio { display: grid; height: 100%; grid-template: "head head head" auto "facets main inspector" minmax(0, 1fr) "status status status" auto / 232px minmax(0, 1fr) 304px; }
.studio.no-facets { grid-template-columns: 0 minmax(0, 1fr) 304px; }
.studio.no-inspector { grid-template-columns: 232px minmax(0, 1fr) 0; }
.studio.no-facets.no-inspector { grid-template-columns: 0 minmax(0, 1fr) 0; }
variorum-head { grid-area: head; position: relative; z-index: 6; }
variorum-facets { grid-area: facets; min-height: 0; }
.main { grid-area: main; position: relative; display: grid; grid-template-rows: auto minmax(0, 1fr); min-width: 0; min-height: 0; }
.place { position: relative; min-height: 0; background: var(--ground); }
variorum-sheet, variorum-matrix { position: absolute; inset: 0; }
variorum-inspector { grid-area: inspector; min-height: 0; }
variorum-status { grid-area: status; }
variorum-loupe { grid-row: 2; grid-column: 1 / 3; z-index: 5; }
@container studio (max-width: 1000px) {
  .studio, .studio.no-facets, .studio.no-inspector, .studio.no-facets.no-inspector { grid-template-columns: 0 minmax(0, 1fr) 0; }
  .studio:not(.no-inspector) { grid-template-columns: 0 minmax(0, 1fr) 288px; }
  variorum-facets { position: relative; z-index: 4; width: 248px; margin-top: 36px; box-shadow: 8px 0 24px #0003; }
}
@container studio (max-width: 640px) {
  .studio:not(.no-inspector) { grid-template-columns: 0 minmax(0, 1fr) 0; }
  variorum-inspector { position: relative; z-index: 4; width: min(304px, 90cqw); margin-top: 36px; justify-self: end; box-shadow: -8px 0 24px #0003; }
}
`);

/** Longest side of the small pictures that stand in while scrolling, device px. */
const SMALL = 96;
const ROW_HEIGHTS = [80, 104, 132, 168, 216, 280, 360] as const;

/** Width of the matrix' columns at the same steps, CSS px. */
const MATRIX_COLUMNS = [64, 80, 96, 128, 168, 224, 296] as const;

/** The one after, round the end. */
function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length] ?? one;
}

export class VariorumStudio extends StudioElement implements StudioContract {
  static readonly observedAttributes = ["src", "sample", "person", "theme"];

  engine: EngineClient | undefined;
  #store: StudioStore | undefined;
  #state: StudioState = EMPTY_STATE;
  #files: CampaignFiles | undefined;
  #begun = false;

  // What is looked at.
  #view: View = "sheet";
  #group: Group = "language";
  #ground: Ground = "58";
  #rowStep = 2;
  #loupe = false;
  #strip: Strip = "sheet";
  #fold: { facets: boolean; inspector: boolean } | undefined;
  #letters = true;
  #paused = false;
  #selecting = false;
  #width = 0;
  #dropping = false;
  /** Files are on their way to the store. */
  #fetching = 0;
  readonly #emptySlot = h("slot", { name: "empty" });
  readonly #resizes = new ResizeObserver(() => {
    this.#width = this.clientWidth;
    this.changed();
  });
  #warnings = false;
  /** Of what failed before the store heard of it. */
  #ownErrors: readonly EngineError[] = [];
  #samples: readonly SampleInfo[] = [];
  #anchor = "";

  readonly #arranged = new Arrangement();
  readonly #wishes = new Latest();
  readonly #copies = new Copies(
    (locale) => this.#store?.copy(locale) ?? Promise.resolve([]),
    () => this.changed(),
  );
  #stopDelivery: AbortController | undefined;
  #findingsTimer = 0;

  readonly #head = new VariorumHead();
  readonly #facets = new VariorumFacets();
  readonly #bar = new VariorumBar();
  readonly #sheet = new VariorumSheet();
  readonly #matrix = new VariorumMatrix();
  readonly #welcome = new VariorumWelcome();
  readonly #inspector = new VariorumInspector();
  readonly #loupeView = new VariorumLoupe();
  readonly #deliverDialog = new VariorumDeliver();
  readonly #keysDialog = new VariorumKeys();
  readonly #personDialog = new VariorumPerson();
  readonly #askDialog = new VariorumAsk();
  readonly #statusLine = new VariorumStatus();
  readonly #notice = new VariorumNotice();
  readonly #faults = new VariorumFaults();
  readonly #place = h("div", { class: "place" }, this.#sheet, this.#matrix, this.#welcome, this.#faults);
  readonly #main = h("div", { class: "main", role: "region", "aria-label": "Variants" }, this.#bar, this.#place);
  readonly #frame: HTMLElement;

  constructor() {
    super(theme, base, style);
    this.#head.setAttribute("part", "head");
    this.#head.setAttribute("exportparts", "open-button, deliver-button");
    this.#facets.setAttribute("part", "facets");
    this.#sheet.setAttribute("part", "sheet");
    this.#inspector.setAttribute("part", "inspector");
    this.#loupeView.setAttribute("part", "loupe");
    this.#statusLine.setAttribute("part", "status-line");
    this.#head.append(h("slot", { name: "head-start", slot: "start" }), h("slot", { name: "head-end", slot: "end" }));
    this.#facets.setAttribute("role", "search");
    this.#facets.setAttribute("aria-label", "Facets");
    this.#inspector.setAttribute("role", "region");
    this.#inspector.setAttribute("aria-label", "Inspector");
    this.#loupeView.setAttribute("role", "region");
    this.#loupeView.setAttribute("aria-label", "Loupe");
    this.#loupeView.hidden = true;
    this.#frame = h(
      "div",
      { class: "studio" },
      this.#head,
      this.#facets,
      this.#main,
      this.#loupeView,
      this.#inspector,
      this.#statusLine,
    );
    this.root.append(this.#frame, this.#notice, this.#deliverDialog, this.#keysDialog, this.#personDialog, this.#askDialog);
    this.#listen();
  }

  // The contract

  get src(): string {
    return this.getAttribute("src") ?? "";
  }
  set src(url: string) {
    this.setAttribute("src", url);
  }
  get sample(): string {
    return this.getAttribute("sample") ?? "";
  }
  set sample(id: string) {
    this.setAttribute("sample", id);
  }
  get person(): string {
    return this.#state.person || (this.getAttribute("person") ?? "");
  }
  set person(name: string) {
    this.setAttribute("person", name);
  }
  get theme(): "auto" | "light" | "dark" {
    const value = this.getAttribute("theme");
    return value === "light" || value === "dark" ? value : "auto";
  }
  set theme(value: "auto" | "light" | "dark") {
    this.setAttribute("theme", value);
  }
  get files(): CampaignFiles | undefined {
    return this.#files;
  }
  set files(files: CampaignFiles | undefined) {
    this.#files = files;
    if (files && this.#store) this.#openQuietly(() => Promise.resolve(files), { kind: "files", name: "" });
  }
  get campaign(): CampaignInfo | undefined {
    return this.#state.campaign;
  }
  get selection(): readonly string[] {
    return [...this.#state.selection];
  }
  set selection(ids: readonly string[]) {
    this.#store?.select(ids);
  }

  /** The state behind the element, for hosts that look deeper and for tests; it begins when first asked for. */
  get store(): StudioStore {
    return this.#begin();
  }

  async open(files: CampaignFiles): Promise<CampaignInfo> {
    const store = this.#begin();
    this.#files = files;
    await store.open(files, { kind: "files", name: "" });
    if (!store.state.campaign) throw new Error("The campaign was closed again.");
    return store.state.campaign;
  }

  deliver(options?: DeliverOptions): Promise<Delivery> {
    return this.#begin().deliver(options);
  }

  ledger(): string {
    return this.#store?.ledger() ?? "";
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#onKey);
    this.#width = this.clientWidth;
    this.#resizes.observe(this);
    const store = this.#begin();
    void this.#start(store);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
    this.#resizes.disconnect();
    clearTimeout(this.#findingsTimer);
    // Moved within the page: it is connected again before this runs. Taken out: workers and bitmaps go.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#store?.dispose();
      this.#store = undefined;
      this.#begun = false;
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#store) return;
    if (name === "person" && now !== null) this.#store.setPerson(now);
    else if (name === "src" && now) this.#openQuietly(() => fetchCampaign(now), { kind: "url", name: now });
    else if (name === "sample" && now) this.#openSample(now);
  }

  #begin(): StudioStore {
    if (this.#store) return this.#store;
    const fontBase = this.getAttribute("font-base");
    const wasmBase = this.getAttribute("wasm-base");
    const engine =
      this.engine ??
      createEngineClient({ ...(fontBase === null ? {} : { fontBase }), ...(wasmBase === null ? {} : { wasmBase }) });
    const store = createStudioStore({ engine, database: this.getAttribute("keep") ?? "variorum" });
    this.#store = store;
    this.#inspector.budget = (locale, key) => store.budget(locale, key);
    for (const view of [this.#sheet, this.#matrix, this.#loupeView]) view.source = store;
    this.#deliverDialog.plan = ({ delivery, naming, ids }) => store.plan({ delivery, naming, ...(ids ? { ids } : {}) });
    store.subscribe((state) => this.#take(state));
    store.onEvent(({ type, ...detail }) => {
      this.dispatchEvent(new CustomEvent(`variorum-${type}`, { detail, bubbles: true, composed: true }));
    });
    return store;
  }

  /** What is opened first: the host's files, its URL, what this browser kept, a sample. */
  async #start(store: StudioStore): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const person = this.getAttribute("person");
    if (person) store.setPerson(person);
    const base = this.getAttribute("samples-base");
    if (base !== null) {
      void listSamples(new URL(base, document.baseURI))
        .then((list) => {
          this.#samples = list;
          this.changed();
        })
        .catch(() => undefined);
    }
    const { src, sample } = this;
    if (this.#files) this.#openQuietly(() => Promise.resolve(this.#files ?? new Map()), { kind: "files", name: "" });
    else if (src) this.#openQuietly(() => fetchCampaign(src), { kind: "url", name: src });
    else {
      this.#fetching += 1;
      const resumed = await store.resume().catch(() => false);
      this.#fetching -= 1;
      this.changed();
      if (!resumed && !this.#state.campaign && sample && this.#store === store) this.#openSample(sample);
    }
    this.#preferences(store);
  }

  #preferences(store: StudioStore): void {
    const ground = store.preference("ground");
    this.#ground = GROUNDS.find((one) => one === ground) ?? "58";
    const kept = store.preference("theme");
    if (!this.hasAttribute("theme") && (kept === "light" || kept === "dark")) this.theme = kept;
    this.#letters = store.preference("letters") !== "off";
    const step = Number(store.preference("row") ?? 2);
    this.#rowStep = step >= 0 && step < ROW_HEIGHTS.length ? Math.floor(step) : 2;
    this.changed();
  }

  #openSample(id: string): void {
    const base = new URL(this.getAttribute("samples-base") ?? "samples/", document.baseURI);
    this.#openQuietly(() => fetchSample(base, id), { kind: "sample", name: id });
  }

  /** Opens; what goes wrong stands in the panel of errors. */
  #openQuietly(files: () => Promise<CampaignFiles>, origin: Origin): void {
    const store = this.#store;
    if (!store) return;
    this.#ownErrors = [];
    this.#fetching += 1;
    this.changed();
    files()
      .then((bytes) => {
        this.#files = bytes;
        return store.open(bytes, origin);
      })
      .catch((thrown: unknown) => {
        if (isAbort(thrown) || store.state.errors.length > 0) return;
        // It failed before the store heard of it.
        const errors = asEngineErrors(thrown);
        this.#ownErrors = errors;
        this.changed();
        this.dispatchEvent(new CustomEvent("variorum-error", { detail: { act: "open", errors }, bubbles: true, composed: true }));
      })
      .finally(() => {
        this.#fetching -= 1;
        this.changed();
      });
  }

  #opened(): void {
    const store = this.#store;
    if (!store) return;
    this.#paused = false;
    this.#closeLoupe();
    const first = store.state.shown[0];
    if (first !== undefined) {
      this.#anchor = first;
      store.select([first], first);
    }
    store.drawAll(SMALL, SMALL);
  }

  // State

  #take(state: StudioState): void {
    const before = this.#state;
    this.#state = state;
    const { focus } = state;
    const heir = focus !== undefined && before.shown !== state.shown ? this.#arranged.heir(focus, state.shown) : undefined;
    const another = this.#arranged.take(state, this.#group);
    if (another) this.#matrix.items = this.#arranged.items;
    this.#copies.renew(state.edits, another);
    if (heir !== undefined) queueMicrotask(() => this.#store?.select([heir], heir));
    if (this.#group === "finding" && before.measured !== state.measured) this.#regroupSoon();
    this.update();
    // Known before it is on disk: the first pictures do not wait for that.
    if (state.campaign && (another || before.origin !== state.origin)) this.#opened();
  }

  /** Grouped by finding, variants move as they are checked: now and then, not at every picture. */
  #regroupSoon(): void {
    if (this.#findingsTimer !== 0) return;
    this.#findingsTimer = window.setTimeout(() => {
      this.#findingsTimer = 0;
      if (this.#group !== "finding") return;
      this.#arranged.regroup(this.#state, this.#group);
      this.changed();
    }, 2000);
  }

  #grid(): VariorumSheet | VariorumMatrix {
    return this.#view === "sheet" ? this.#sheet : this.#matrix;
  }

  protected override update(): void {
    const state = this.#state;
    const store = this.#store;
    const width = this.#width;
    const fold = this.#fold ?? { facets: width >= 1000, inspector: width >= 720 };
    this.setAttribute("ground", this.#ground);
    this.#frame.classList.toggle("no-facets", !fold.facets);
    this.#frame.classList.toggle("no-inspector", !fold.inspector);
    this.#facets.hidden = !fold.facets;
    this.#inspector.hidden = !fold.inspector;

    this.#head.state = state;
    this.#head.view = this.#view;
    this.#head.samples = this.#samples;
    this.#head.paused = this.#paused;
    this.#facets.state = state;
    this.#bar.state = state;
    this.#bar.look = { view: this.#view, group: this.#group, ground: this.#ground, selecting: this.#selecting, ...fold };
    this.#statusLine.state = state;
    this.#deliverDialog.state = state;
    this.#keysDialog.letters = this.#letters;
    const errors = state.errors.length > 0 ? state.errors : this.#ownErrors;
    const warnings = this.#warnings && errors.length === 0;
    this.#faults.faults = {
      errors: warnings ? (state.campaign?.warnings ?? []) : errors,
      kept: state.campaign !== undefined,
      kind: warnings ? "warning" : "error",
    };

    const why = this.#why(state);
    this.#welcome.hidden = why === undefined;
    // A slot that is passed on hides the default even while it is empty: it is there only where the host fills it.
    const hosted = this.querySelector(':scope > [slot="empty"]') !== null;
    if (hosted !== this.#emptySlot.isConnected) {
      if (hosted) this.#welcome.append(this.#emptySlot);
      else this.#emptySlot.remove();
      this.#welcome.refresh();
    }
    if (why) this.#welcome.why = why;
    this.#welcome.samples = this.#samples;
    this.#welcome.checked = `${count(state.measured.size)} of ${plural(state.variants.size, "variant")}`;

    const empty = why !== undefined && why !== "dropping";
    this.#sheet.hidden = this.#view !== "sheet" || empty;
    this.#matrix.hidden = this.#view !== "matrix" || empty;
    if (!this.#sheet.hidden) {
      this.#sheet.group = this.#group;
      this.#sheet.rowHeight = ROW_HEIGHTS[this.#rowStep] ?? 132;
      this.#sheet.sections = this.#arranged.sections;
      this.#sheet.state = state;
    }
    if (!this.#matrix.hidden) {
      this.#matrix.column = MATRIX_COLUMNS[this.#rowStep] ?? 96;
      this.#matrix.shown = this.#arranged.shown;
      this.#matrix.state = state;
    }

    const item = state.focus === undefined ? undefined : this.#arranged.items.get(state.focus);
    const sourceLocale = state.campaign?.sourceLocale;
    this.#inspector.state = state;
    this.#inspector.subject = {
      item,
      copy: item ? this.#copies.of(item.locale.tag) : [],
      source: sourceLocale === undefined ? [] : this.#copies.of(sourceLocale),
      history: item && store ? store.history(item.id) : [],
    };
    const loupe = this.#loupe && item !== undefined;
    this.#loupeView.hidden = !loupe;
    this.#main.inert = loupe;
    this.#facets.inert = loupe;
    this.#loupeView.item = loupe ? item : undefined;
    this.#loupeView.state = state;
    if (loupe && item) this.#loupeView.strip = { kind: this.#strip, items: this.#arranged.strip(this.#strip, item) };
  }

  #why(state: StudioState): Why | undefined {
    if (this.#dropping) return "dropping";
    if (!state.campaign) return state.phase === "opening" || this.#fetching > 0 ? "opening" : "none";
    if (state.shown.length > 0) return undefined;
    const { status, findings, search } = state.filter;
    if (search === "" && findings.size > 0 && status.size === 0) return "clean";
    if (search === "" && status.size === 1 && status.has("to-review") && state.counts["to-review"] === 0) return "reviewed";
    return "filtered";
  }

  // Requests from below: handled here, and kept from the host page.

  #on<T>(type: string, handle: (detail: T) => void): void {
    this.root.addEventListener(type, (event) => {
      event.stopPropagation();
      if (event instanceof CustomEvent) handle(event.detail as T);
    });
  }

  #listen(): void {
    this.#on<{ id: string; extend: boolean; toggle: boolean }>("variorum-focus-request", ({ id, extend, toggle }) =>
      this.#focusOn(id, extend, toggle),
    );
    this.#on<{ id: string }>("variorum-loupe-request", ({ id }) => {
      this.#focusOn(id, false, false);
      this.#openLoupe();
    });
    this.#on("variorum-close-request", () => this.#closeLoupe());
    this.#on<Strip>("variorum-strip-request", (strip) => {
      this.#strip = strip;
      this.changed();
    });
    this.#on<Partial<Filter>>("variorum-filter-request", (change) => this.#store?.setFilter(change));
    this.#on<Group>("variorum-group-request", (group) => this.#setGroup(group));
    this.#on<1 | -1>("variorum-size-request", (by) => this.#desk.resize(by));
    this.#on<Ground>("variorum-ground-request", (ground) => this.#setGround(ground));
    this.#on<"facets" | "inspector">("variorum-fold-request", (panel) => {
      const fold = this.#fold ?? { facets: !this.#facets.hidden, inspector: !this.#inspector.hidden };
      this.#fold = { ...fold, [panel]: !fold[panel] };
      this.changed();
    });
    this.#on<View>("variorum-view-request", (view) => this.#setView(view));
    this.#on<1 | -1>("variorum-section-request", (by) => this.#desk.section(by));
    this.#on("variorum-next-request", () => this.#desk.next());
    this.#on("variorum-selecting-request", () => {
      this.#selecting = !this.#selecting;
      this.changed();
    });
    this.#on("variorum-select-all-request", () => this.#desk.selectAll());
    this.#on("variorum-revert-request", () => void this.#revert());
    this.#on("variorum-warnings-request", () => {
      this.#warnings = true;
      this.changed();
    });
    this.#on<boolean>("variorum-pause-request", (paused) => this.#pause(paused));
    this.#on<FileList>("variorum-files-request", (list) => {
      const name = list[0]?.webkitRelativePath.split("/")[0] || list[0]?.name || "";
      this.#openQuietly(() => readFiles(list), { kind: "files", name });
    });
    this.#on<string>("variorum-sample-request", (id) => this.#openSample(id));
    this.#on("variorum-deliver-dialog-request", () => this.#deliverDialog.open());
    this.#on<DeliveryWish>("variorum-save-request", (wish) => void this.#save(wish));
    this.#on("variorum-stop-request", () => this.#stopDelivery?.abort());
    this.#on<string>("variorum-person-request", (name) => this.#store?.setPerson(name));
    this.#on("variorum-theme-request", () => this.#turnTheme());
    this.#on("variorum-keys-request", () => this.#keysDialog.open());
    this.#on<boolean>("variorum-letters-request", (on) => {
      this.#letters = on;
      this.#store?.setPreference("letters", on ? "on" : "off");
    });
    this.#on<{ locale: string; key: string; text: string }>("variorum-copy-request", ({ locale, key, text }) => {
      this.#wishes.wish(`${locale} ${key}`, async () => this.#store?.setCopy(locale, key, text));
    });
    this.#on<{ path: string; value: string }>("variorum-token-request", ({ path, value }) => {
      this.#wishes.wish(path, async () => this.#store?.setToken(path, value));
    });
    this.#on("variorum-approve-request", () => void this.#stamp(undefined));
    this.#on<string>("variorum-send-back-request", (reason) => void this.#stamp(reason));
    this.#on("variorum-undo-request", () => this.#desk.undo());
    this.#on<{ id: string; place: [number, number, number, number] }>("variorum-place-request", ({ place }) => {
      this.#openLoupe();
      this.update();
      this.#loupeView.show(place);
    });
    this.#on("variorum-dismiss-request", () => {
      this.#warnings = false;
      this.#store?.clearErrors();
      this.#ownErrors = [];
      this.changed();
    });
    listenToDrops(this, {
      hanging: (on) => {
        this.#dropping = on;
        this.changed();
      },
      dropped: (entries, name) => this.#openQuietly(async () => readFiles(await entries), { kind: "files", name }),
    });
  }

  // Acts

  #focusOn(id: string, extend: boolean, toggle: boolean): void {
    const store = this.#store;
    if (!store) return;
    if (extend) {
      store.select((this.#view === "matrix" ? this.#matrix : this.#arranged).between(this.#anchor || id, id), id);
    } else if (toggle) {
      const selection = new Set(this.#state.selection);
      if (!selection.delete(id) || selection.size === 0) selection.add(id);
      this.#anchor = id;
      store.select(selection, id);
    } else {
      this.#anchor = id;
      store.select([id], id);
    }
    this.#state = store.state;
    this.update();
    if (this.#loupe) return;
    this.#grid().state = store.state;
    this.#grid().reveal(id);
  }

  /** What a stamp would be set on: the selection where the focus is in it, else the focused variant. */
  #subjects(): string[] {
    const { selection, focus } = this.#state;
    if (focus === undefined) return [];
    return selection.size > 1 && selection.has(focus) ? [...selection] : [focus];
  }

  async #stamp(reason: string | undefined): Promise<void> {
    const store = this.#store;
    const ids = this.#subjects();
    if (!store || ids.length === 0) return;
    if (store.state.person === "") {
      const name = await this.#personDialog.ask();
      if (name === "") return;
      store.setPerson(name);
    }
    const done = reason === undefined ? store.approve(ids) : store.sendBack(ids, reason);
    try {
      await done;
      this.#notice.say(reason === undefined ? `Stamped ${count(ids.length)}` : `Sent back ${count(ids.length)}`);
    } catch {
      // The store shows why.
    }
  }

  async #undo(): Promise<void> {
    const store = this.#store;
    if (!store?.state.undoable) return;
    this.#notice.clear();
    await store.undo().catch(() => undefined);
  }

  async #revert(): Promise<void> {
    const edits = plural(this.#state.edits.length, "edit");
    const yes = await this.#askDialog.ask(
      `Take back ${edits}?`,
      "Words and tokens are as they were in the files again. Stamps stay in the ledger; a variant that was stamped as it was then counts as approved again.",
      "Take back",
    );
    if (yes) await this.#store?.revert().catch(() => undefined);
  }

  async #save(wish: DeliveryWish): Promise<void> {
    const store = this.#store;
    const { campaign } = this.#state;
    if (!store || !campaign) return;
    const stop = new AbortController();
    this.#stopDelivery = stop;
    const options: DeliverOptions & Pick<DeliveryWish, "delivery"> = {
      delivery: wish.delivery,
      naming: wish.naming,
      signal: stop.signal,
      ...(wish.ids ? { ids: wish.ids } : {}),
    };
    const detail: StudioDeliverRequest["variorum-deliver-request"] = { options };
    const ask = new CustomEvent("variorum-deliver-request", { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(ask)) {
      this.#deliverDialog.done("taken over by this page", 0);
      return;
    }
    const name = `${slug(`${campaign.name} ${campaign.version}`) || "delivery"}.zip`;
    try {
      const written = await saveDelivery(() => store.deliver(options), { name, signal: stop.signal });
      this.#deliverDialog.done(written.name, written.bytes);
    } catch (thrown) {
      this.#deliverDialog.failed(
        isAbort(thrown)
          ? "Stopped. Nothing was kept of it."
          : asEngineErrors(thrown)
              .map((error) => error.message)
              .join(" "),
      );
    }
  }

  #setGroup(group: Group): void {
    this.#group = group;
    this.#arranged.take(this.#state, group);
    this.update();
    if (this.#state.focus !== undefined && !this.#loupe) this.#grid().reveal(this.#state.focus);
  }

  #setView(view: View): void {
    this.#closeLoupe();
    this.#view = view;
    this.update();
    if (this.#state.focus !== undefined) this.#grid().reveal(this.#state.focus);
  }

  #setGround(ground: Ground): void {
    this.#ground = ground;
    this.#store?.setPreference("ground", ground);
    this.changed();
  }

  #turnTheme(): void {
    const dark = this.theme === "dark" || (this.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    this.theme = dark ? "light" : "dark";
    this.#store?.setPreference("theme", this.theme);
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#store?.cancel();
    else this.#store?.drawAll(SMALL, SMALL);
    this.changed();
  }

  #openLoupe(): void {
    if (this.#state.focus === undefined) return;
    this.#loupe = true;
    this.update();
    this.#loupeView.focus();
  }

  #closeLoupe(): void {
    if (!this.#loupe) return;
    this.#loupe = false;
    this.update();
    const { focus } = this.#state;
    if (focus !== undefined) this.#grid().reveal(focus, true);
  }

  // Keys

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const path = event.composedPath();
    const inside = path.includes(this);
    if (!inside && path[0] !== document.body) return;
    if (this.#keysDialog.isOpen || this.#deliverDialog.isOpen || this.#personDialog.isOpen || this.#askDialog.isOpen) return;
    const target = path[0];
    if (isTyping(event)) {
      if (event.key === "Escape" && target instanceof HTMLElement) {
        target.blur();
        if (!this.#loupe && this.#state.focus !== undefined) this.#grid().reveal(this.#state.focus, true);
        else this.#loupeView.focus();
        event.preventDefault();
      }
      return;
    }
    const act = actOf(event);
    if (!act || (!this.#letters && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey)) return;
    // Buttons, boxes and lists keep the keys that are theirs.
    const control = target instanceof HTMLElement && target.matches("button, a, summary, input, select, [role=tab]");
    const box = target instanceof HTMLInputElement;
    if (control && ((event.key === "Enter" && !box) || event.key === " " || event.key.startsWith("Arrow"))) return;
    const inPanel = path.includes(this.#facets) || path.includes(this.#inspector) || path.includes(this.#bar);
    if (inPanel && /^(Arrow|Home|End|Page)/.test(event.key)) return;
    if (act === "keys") this.#keysDialog.open();
    else if (!this.#state.campaign || !perform(act, event.shiftKey, this.#desk)) return;
    event.preventDefault();
  };

  /** What keys (and the buttons that mean the same) do. */
  readonly #desk: Desk = this.#makeDesk();

  #makeDesk(): Desk {
    const studio = this;
    const to = (id: string | undefined, extend = false): void => {
      if (id !== undefined) this.#focusOn(id, extend, false);
    };
    return {
      get loupe() {
        return studio.#loupe ? studio.#loupeView : undefined;
      },
      move: (direction, extend) => {
        const { focus } = this.#state;
        const next = focus === undefined ? this.#arranged.shown[0] : this.#grid().step(focus, direction);
        to(next, extend);
        if (!this.#grid().hasFocus() && next !== undefined) this.#grid().reveal(next, true);
      },
      page: (by, extend) => to(this.#state.focus === undefined ? undefined : this.#grid().page(this.#state.focus, by), extend),
      end: (last, extend) => to((last ? this.#arranged.order.at(-1) : this.#arranged.order[0])?.id, extend),
      focusOn: (id, extend) => to(id, extend),
      section: (by) => to(this.#arranged.besideSection(this.#state.focus, by)),
      next: () => to(this.#arranged.nextToReview(this.#state)),
      selectAll: () => this.#store?.select(this.#arranged.shown, this.#state.focus),
      openLoupe: () => this.#openLoupe(),
      closeLoupe: () => this.#closeLoupe(),
      back: () => {
        const { focus, selection } = this.#state;
        if (selection.size > 1) to(focus);
        if (focus !== undefined) this.#grid().reveal(focus, true);
        this.#notice.clear();
      },
      approve: () => void this.#stamp(undefined),
      askReason: () => {
        this.#unfold("inspector");
        this.#inspector.askReason();
      },
      undo: () => void this.#undo(),
      edit: () => {
        this.#unfold("inspector");
        this.#inspector.editCopy();
      },
      search: () => {
        this.#closeLoupe();
        this.#unfold("facets");
        this.#facets.focusSearch();
      },
      turnGroup: () => {
        if (this.#view === "sheet") this.#setGroup(after(GROUPS, this.#group));
      },
      turnView: () => this.#setView(this.#view === "sheet" ? "matrix" : "sheet"),
      turnGround: () => this.#setGround(after(GROUNDS, this.#ground)),
      resize: (by) => {
        this.#rowStep = Math.max(0, Math.min(ROW_HEIGHTS.length - 1, this.#rowStep + by));
        this.#store?.setPreference("row", String(this.#rowStep));
        this.changed();
      },
      turnStrip: (kind) => {
        this.#strip = this.#strip === kind ? "sheet" : kind;
        this.changed();
      },
    };
  }

  #unfold(panel: "facets" | "inspector"): void {
    const fold = this.#fold ?? { facets: !this.#facets.hidden, inspector: !this.#inspector.hidden };
    if (fold[panel]) return;
    this.#fold = { ...fold, [panel]: true };
    this.update();
  }
}

define("variorum-studio", VariorumStudio);

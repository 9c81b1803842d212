/**
 * `<variorum-studio>`: the studio as one element. In: attributes and properties of the host page (contract.ts), files, acts of a person. Out: the events of
 * the contract. It owns what is only looked at (view, grouping, zoom, panels); what is known and said belongs to the store.
 *
 * @attr src - URL of a campaign's zip
 * @attr sample - id of a sample, opened where this browser keeps nothing yet
 * @attr samples-base - folder of samples; with it the menu lists them
 * @attr docs - page about how it works; with it the list of keys leads there
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

import type { StudioElement as StudioContract } from "../contract.ts";
import { createEngineClient, type EngineClient } from "../engine/client.ts";
import { readFiles } from "../engine/files.ts";
import { roomHere } from "../engine/room.ts";
import type { CampaignFiles, CampaignInfo } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import type { DeliverOptions, Delivery, StudioStore } from "../store/store.ts";
import { createStudioStore } from "../store/studio-store.ts";
import { perform } from "../studio/acts.ts";
import { Arrangement } from "../studio/arrangement.ts";
import { Copies } from "../studio/copies.ts";
import { Correcting } from "../studio/correcting.ts";
import { StudioDesk, type Workplace } from "../studio/desk.ts";
import { define, h } from "../studio/dom.ts";
import { listenToDrops } from "../studio/drops.ts";
import { Judging } from "../studio/judging.ts";
import { isOurs, leftField, meaning } from "../studio/keyboard.ts";
import { addFont, type LocalFont } from "../studio/local-fonts.ts";
import { Look, type View } from "../studio/look.ts";
import { Opening } from "../studio/opening.ts";
import { Picks } from "../studio/picks.ts";
import { answerEdits, answerJudgements, answerLooks, Requests } from "../studio/requests.ts";
import { SavingDelivery } from "../studio/saving.ts";
import type { Group } from "../studio/sections.ts";
import { GLANCE, Seen } from "../studio/seen.ts";
import { count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { frame } from "../style/frame.ts";
import { theme } from "../style/theme.ts";
import { VariorumAsk } from "./ask.ts";
import { VariorumBar } from "./bar.ts";
import { type DeliveryWish, VariorumDeliver } from "./deliver.ts";
import { VariorumFacets } from "./facets.ts";
import { VariorumFaults } from "./faults.ts";
import { VariorumHead } from "./head.ts";
import { StudioHost } from "./host.ts";
import { VariorumInspector } from "./inspector.ts";
import { VariorumKeys } from "./keys.ts";
import { VariorumLoupe } from "./loupe.ts";
import { VariorumMatrix } from "./matrix.ts";
import { VariorumNotice } from "./notice.ts";
import { VariorumPerson } from "./person.ts";
import { VariorumSheet } from "./sheet.ts";
import { VariorumStatus } from "./status.ts";
import { VariorumWelcome, whyEmpty } from "./welcome.ts";

/** Longest side of the small pictures that stand in while scrolling, device px. */
const SMALL = 96;
/** Grouped by finding, variants move as they are checked: at most this often, ms. */
const REGROUP_EVERY = 2000;

export class VariorumStudio extends StudioHost implements StudioContract {
  static readonly observedAttributes = ["src", "sample", "person", "theme"];

  engine: EngineClient | undefined;
  #store: StudioStore | undefined;
  #state: StudioState = EMPTY_STATE;
  #files: CampaignFiles | undefined;
  #begun = false;
  /** Whether the last click or focus of the page was in here. */
  #attended: boolean | undefined;

  // What is looked at.
  readonly #look = new Look();
  readonly #seen = new Seen();
  #loupe = false;
  #paused = false;
  #width = 0;
  #dropping = false;
  #warnings = false;
  #anchor = "";
  readonly #arranged = new Arrangement();
  readonly #copies = new Copies(
    (locale) => this.#store?.copy(locale) ?? Promise.resolve([]),
    () => this.changed(),
  );
  readonly #opening = new Opening({
    samplesBase: () => this.getAttribute("samples-base"),
    came: (files) => {
      this.#files = files;
    },
    changed: () => this.changed(),
    failed: (errors) => {
      this.changed();
      this.#tell("variorum-error", { act: "open", errors });
    },
  });
  #findingsTimer = 0;
  #glanceTimer = 0;

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
  readonly #emptySlot = h("slot", { name: "empty" });
  readonly #place = h("div", { class: "place" }, this.#sheet, this.#matrix, this.#welcome, this.#faults);
  readonly #main = h("div", { class: "main", role: "region", "aria-label": "Variants" }, this.#bar, this.#place);
  readonly #frame: HTMLElement;
  readonly #saving = new SavingDelivery(this, this.#deliverDialog);
  readonly #judging = new Judging({
    store: () => this.#store,
    seen: this.#seen,
    glance: () => this.#glance(),
    show: (ids) => {
      this.#store?.select(ids, ids[0]);
      if (ids[0] !== undefined) this.#grid().reveal(ids[0], true);
    },
    person: this.#personDialog,
    ask: this.#askDialog,
    notice: this.#notice,
  });
  readonly #correcting = new Correcting(() => this.#store);
  readonly #at = this.#workplace();
  readonly #desk = new StudioDesk(this.#at);
  readonly #resizes = new ResizeObserver(() => {
    this.#width = this.clientWidth;
    this.changed();
  });

  constructor() {
    super(theme, base, frame);
    const places = {
      head: this.#head,
      facets: this.#facets,
      sheet: this.#sheet,
      inspector: this.#inspector,
      loupe: this.#loupeView,
      "status-line": this.#statusLine,
    };
    for (const [part, place] of Object.entries(places)) place.setAttribute("part", part);
    this.#head.setAttribute("exportparts", "open-button, deliver-button");
    this.#head.append(h("slot", { name: "head-start", slot: "start" }), h("slot", { name: "head-end", slot: "end" }));
    for (const [place, role, name] of [
      [this.#facets, "search", "Facets"],
      [this.#inspector, "region", "Inspector"],
      [this.#loupeView, "region", "Loupe"],
    ] as const) {
      place.setAttribute("role", role);
      place.setAttribute("aria-label", name);
    }
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

  get person(): string {
    return this.#state.person || (this.getAttribute("person") ?? "");
  }
  set person(name: string) {
    this.setAttribute("person", name);
  }
  get files(): CampaignFiles | undefined {
    return this.#files;
  }
  set files(files: CampaignFiles | undefined) {
    this.#files = files;
    if (files) this.#opening.files(files);
  }
  get campaign(): CampaignInfo | undefined {
    return this.#state.known ? this.#state.campaign : undefined;
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
    for (const type of ["pointerdown", "focusin"] as const) document.addEventListener(type, this.#onAttention, true);
    this.#width = this.clientWidth;
    this.#resizes.observe(this);
    this.#glanceTimer = window.setInterval(() => this.#glance(), GLANCE);
    void this.#start(this.#begin());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
    for (const type of ["pointerdown", "focusin"] as const) document.removeEventListener(type, this.#onAttention, true);
    this.#resizes.disconnect();
    clearInterval(this.#glanceTimer);
    clearTimeout(this.#findingsTimer);
    // Moved within the page: it is connected again before this runs. Taken out: workers and bitmaps go.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#opening.stop();
      this.#store?.dispose();
      this.#store = undefined;
      this.#begun = false;
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#store) return;
    if (name === "person" && now !== null) this.#store.setPerson(now);
    else if (name === "src" && now) this.#opening.url(now);
    else if (name === "sample" && now) this.#opening.sample(now);
  }

  #begin(): StudioStore {
    if (this.#store) return this.#store;
    const fontBase = this.getAttribute("font-base");
    const wasmBase = this.getAttribute("wasm-base");
    const engine =
      this.engine ??
      createEngineClient({ ...(fontBase === null ? {} : { fontBase }), ...(wasmBase === null ? {} : { wasmBase }) });
    const database = this.getAttribute("keep") ?? "variorum";
    const store = createStudioStore({ engine, database, pictureBytes: roomHere().pictures });
    this.#store = store;
    this.#inspector.budget = (locale, key) => store.budget(locale, key);
    this.#inspector.picked = () => new Picks(() => store).of(this.#arranged.items).length;
    for (const view of [this.#sheet, this.#matrix, this.#inspector, this.#loupeView]) view.source = store;
    this.#deliverDialog.plan = ({ delivery, naming, ids }) => store.plan({ delivery, naming, ...(ids ? { ids } : {}) });
    store.subscribe((state) => this.#take(state));
    store.onEvent(({ type, ...detail }) => this.#tell(`variorum-${type}`, detail));
    return store;
  }

  async #start(store: StudioStore): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const person = this.getAttribute("person");
    if (person) store.setPerson(person);
    await this.#opening.start(store, { files: this.#files, src: this.src, sample: this.sample });
    const kept = store.preference("theme");
    if (!this.hasAttribute("theme") && (kept === "light" || kept === "dark")) this.theme = kept;
    this.#look.take(store);
    this.changed();
  }

  #tell<T>(type: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  // State

  #take(state: StudioState): void {
    const before = this.#state;
    this.#state = state;
    const { focus } = state;
    const heir = focus !== undefined && before.shown !== state.shown ? this.#arranged.heir(focus, state.shown) : undefined;
    const another = this.#arranged.take(state, this.#look.group);
    if (another) this.#matrix.items = this.#arranged.items;
    this.#copies.renew(state.edits, another);
    if (heir !== undefined) queueMicrotask(() => this.#store?.select([heir], heir));
    if (this.#look.group === "finding" && before.measured !== state.measured) this.#regroupSoon();
    this.update();
    // Known before it is on disk: the first pictures do not wait for that.
    if (state.campaign && (another || before.origin !== state.origin)) this.#opened();
  }

  #opened(): void {
    this.#paused = false;
    this.#seen.forget();
    this.#closeLoupe();
    const [first] = this.#state.shown;
    if (first !== undefined) {
      this.#anchor = first;
      this.#store?.select([first], first);
    }
    this.#store?.drawAll(SMALL, SMALL);
  }

  #regroupSoon(): void {
    if (this.#findingsTimer !== 0) return;
    this.#findingsTimer = window.setTimeout(() => {
      this.#findingsTimer = 0;
      if (this.#look.group !== "finding") return;
      this.#arranged.regroup(this.#state, this.#look.group);
      this.changed();
    }, REGROUP_EVERY);
  }

  /** What is on the screen counts as seen; a tab in the background is not looked at. */
  #glance(): void {
    if (document.hidden || !this.#state.campaign) return;
    this.#seen.look((this.#loupe ? this.#loupeView : this.#grid()).glance(), this.#state);
  }

  #grid(): VariorumSheet | VariorumMatrix {
    return this.#look.view === "sheet" ? this.#sheet : this.#matrix;
  }

  protected override update(): void {
    const state = this.#state;
    const { view, group, ground, selecting, letters } = this.#look;
    const open = this.#look.panels(this.#width);
    this.setAttribute("ground", ground);
    this.#frame.classList.toggle("no-facets", !open.facets);
    this.#frame.classList.toggle("no-inspector", !open.inspector);
    this.#facets.hidden = !open.facets;
    this.#inspector.hidden = !open.inspector;
    // The sheet first: it asks for pictures, and while those are drawn the rest is shown.
    this.#showSheet(state, this.#showWelcome(state));
    this.#head.state = state;
    this.#head.view = view;
    this.#head.samples = this.#opening.samples;
    this.#head.paused = this.#paused;
    this.#facets.state = state;
    this.#bar.state = state;
    this.#bar.look = { view, group, ground, selecting, ...open };
    this.#statusLine.state = state;
    this.#deliverDialog.state = state;
    this.#keysDialog.letters = letters;
    this.#showFaults(state);
    this.#showSubject(state);
  }

  #showFaults(state: StudioState): void {
    const errors = state.errors.length > 0 ? state.errors : this.#opening.errors;
    const warnings = this.#warnings && errors.length === 0;
    const shown = warnings || errors.length > 0;
    this.#notice.classList.toggle("high", shown);
    this.#faults.faults = {
      errors: warnings ? (state.campaign?.warnings ?? []) : errors,
      kept: state.campaign !== undefined,
      kind: warnings ? "warning" : "error",
    };
  }

  /** What stands in place of pictures; says whether they are covered. */
  #showWelcome(state: StudioState): boolean {
    const why = this.#dropping ? "dropping" : whyEmpty(state, this.#opening.busy);
    this.#welcome.hidden = why === undefined;
    // A slot that is passed on hides the default even while it is empty: it is there only where the host fills it.
    const hosted = this.querySelector(':scope > [slot="empty"]') !== null;
    if (hosted !== this.#emptySlot.isConnected) {
      if (hosted) this.#welcome.append(this.#emptySlot);
      else this.#emptySlot.remove();
      this.#welcome.refresh();
    }
    if (why) this.#welcome.why = why;
    this.#welcome.samples = this.#opening.samples;
    this.#welcome.checked = `${count(state.measured.size)} of ${plural(state.variants.size, "variant")}`;
    return why !== undefined && why !== "dropping";
  }

  #showSheet(state: StudioState, empty: boolean): void {
    const { view, group, rowHeight, column } = this.#look;
    this.#sheet.hidden = view !== "sheet" || empty;
    this.#matrix.hidden = view !== "matrix" || empty;
    if (!this.#sheet.hidden) {
      this.#sheet.group = group;
      this.#sheet.rowHeight = rowHeight;
      this.#sheet.sections = this.#arranged.sections;
      this.#sheet.state = state;
    }
    if (!this.#matrix.hidden) {
      this.#matrix.column = column;
      this.#matrix.shown = this.#arranged.shown;
      this.#matrix.state = state;
    }
  }

  /** The focused variant, beside the sheet and in the loupe. */
  #showSubject(state: StudioState): void {
    const item = state.focus === undefined ? undefined : this.#arranged.items.get(state.focus);
    const sourceLocale = state.campaign?.sourceLocale;
    this.#inspector.state = state;
    this.#inspector.subject = {
      item,
      copy: item ? this.#copies.of(item.locale.tag) : [],
      source: sourceLocale === undefined ? [] : this.#copies.of(sourceLocale),
      history: item && this.#store ? this.#store.history(item.id) : [],
    };
    const loupe = this.#loupe && item !== undefined;
    this.#loupeView.hidden = !loupe;
    this.#main.inert = loupe;
    this.#notice.classList.toggle("raised", loupe);
    this.#facets.inert = loupe;
    this.#loupeView.state = state;
    if (loupe) {
      const kind = this.#look.strip;
      const strip = { kind, items: this.#arranged.strip(kind, item) };
      this.#loupeView.subject = { item, strip, items: this.#arranged.items, history: this.#store?.history(item.id) ?? [] };
    } else this.#loupeView.subject = undefined;
  }

  // Requests from below: handled here, and kept from the host page.

  #listen(): void {
    const at = this.#at;
    const requests = new Requests(this.root, () => this.changed());
    for (const answer of [answerLooks, answerEdits, answerJudgements]) answer(requests, at, this.#desk);
    requests.on<{ id: string; extend: boolean; toggle: boolean }>("variorum-focus-request", ({ id, extend, toggle }) =>
      this.#focusOn(id, extend, toggle),
    );
    requests.on<{ id: string }>("variorum-loupe-request", ({ id }) => {
      this.#focusOn(id, false, false);
      this.#openLoupe();
    });
    requests.on<{ id: string; place: [number, number, number, number] }>("variorum-place-request", ({ place }) => {
      this.#openLoupe();
      this.update();
      this.#loupeView.show(place);
    });
    requests.on("variorum-theme-request", () => this.#turnTheme());
    requests.on<FileList>("variorum-files-request", (list) => this.#opening.picked(list));
    requests.on<string>("variorum-sample-request", (id) => this.#opening.sample(id));
    requests.on<LocalFont>("variorum-font-request", (font) => void this.#addFont(font));
    requests.on("variorum-deliver-dialog-request", () => this.#deliverDialog.open());
    requests.on<DeliveryWish>("variorum-save-request", (wish) => void (this.#store && this.#saving.save(this.#store, wish)));
    requests.on("variorum-stop-request", () => this.#saving.stop());
    requests.on("variorum-keys-request", () => this.#keysDialog.open(this.getAttribute("docs")));
    requests.onTurn("variorum-warnings-request", () => {
      this.#warnings = true;
    });
    requests.onTurn<boolean>("variorum-pause-request", (paused) => this.#pause(paused));
    requests.onTurn("variorum-dismiss-request", () => {
      this.#warnings = false;
      this.#store?.clearErrors();
      this.#opening.errors = [];
    });
    listenToDrops(this, {
      hanging: (on) => {
        this.#dropping = on;
        this.changed();
      },
      dropped: (entries, name) => this.#opening.open(async () => readFiles(await entries), { kind: "files", name }),
    });
  }

  // Acts

  #focusOn(id: string, extend: boolean, toggle: boolean): void {
    const store = this.#store;
    if (!store) return;
    if (extend) {
      store.select((this.#look.view === "matrix" ? this.#matrix : this.#arranged).between(this.#anchor || id, id), id);
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

  async #addFont(font: LocalFont): Promise<void> {
    const store = this.#store;
    const files = store?.files;
    if (!store || !files) return;
    try {
      this.#files = await addFont(store, files, font);
    } catch (thrown) {
      if (store.state.errors.length === 0) this.#opening.fail(thrown);
    }
  }

  #setGroup(group: Group): void {
    this.#look.group = group;
    this.#arranged.take(this.#state, group);
    this.update();
    if (this.#state.focus !== undefined && !this.#loupe) this.#grid().reveal(this.#state.focus);
  }

  #setView(view: View): void {
    this.#closeLoupe();
    this.#look.view = view;
    this.update();
    if (this.#state.focus !== undefined) this.#grid().reveal(this.#state.focus);
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

  readonly #onAttention = (event: Event): void => {
    this.#attended = event.composedPath().includes(this);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const dialogs = [this.#keysDialog, this.#deliverDialog, this.#personDialog, this.#askDialog];
    if (!isOurs(event, this, this.#attended) || dialogs.some((dialog) => dialog.isOpen)) return;
    const field = leftField(event);
    if (field) {
      field.blur();
      if (this.#loupe) this.#loupeView.focus();
      else if (this.#state.focus !== undefined) this.#grid().reveal(this.#state.focus, true);
      event.preventDefault();
      return;
    }
    const panels = [this.#facets, this.#inspector, this.#bar];
    const act = meaning(event, { host: this, letters: this.#look.letters, panels });
    if (act === "keys") this.#keysDialog.open(this.getAttribute("docs"));
    else if (!act || !this.#state.campaign || !perform(act, event.shiftKey, this.#desk)) return;
    event.preventDefault();
  };

  #workplace(): Workplace {
    const studio = this;
    return {
      get state() {
        return studio.#state;
      },
      get store() {
        return studio.#store;
      },
      get grid() {
        return studio.#grid();
      },
      get loupe() {
        return studio.#loupe ? studio.#loupeView : undefined;
      },
      get panels() {
        return studio.#look.panels(studio.#width);
      },
      look: this.#look,
      arranged: this.#arranged,
      get judging() {
        return studio.#judging;
      },
      correcting: this.#correcting,
      inspector: this.#inspector,
      facets: this.#facets,
      notice: this.#notice,
      focusOn: (id, extend) => this.#focusOn(id, extend, false),
      openLoupe: () => this.#openLoupe(),
      closeLoupe: () => this.#closeLoupe(),
      setGroup: (group) => this.#setGroup(group),
      setView: (view) => this.#setView(view),
      unfold: (panel) => {
        if (this.#at.panels[panel]) return;
        this.#look.fold(panel, true);
        this.update();
      },
      changed: () => this.changed(),
    };
  }
}

define("variorum-studio", VariorumStudio);

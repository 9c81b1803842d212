/**
 * `<variorum-studio>`: the studio as one element. In: attributes and properties of the host page (contract.ts), files, acts of a person. Out: the events of
 * the contract. It keeps the store and tells the host; where a person stands is standing.ts, what each place shows showing.ts, which keys are heard hearing.ts.
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
 * @fires variorum-save
 * @fires variorum-save-request - cancelable: the host takes the campaign's files
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
import { roomHere, smallSide } from "../engine/room.ts";
import type { CampaignFiles, CampaignInfo } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import type { DeliverOptions, Delivery, StudioStore } from "../store/store.ts";
import { createStudioStore } from "../store/studio-store.ts";
import { Copies } from "../studio/copies.ts";
import { StudioDesk } from "../studio/desk.ts";
import { define, focused } from "../studio/dom.ts";
import { listenToDrops } from "../studio/drops.ts";
import { lendFaces } from "../studio/faces.ts";
import { campaignFiles } from "../studio/hand-on.ts";
import type { LocalFont } from "../studio/local-fonts.ts";
import { Opening } from "../studio/opening.ts";
import { Picks } from "../studio/picks.ts";
import { answerCorrections, answerEdits, answerJudgements, answerLooks, answerSteps, Requests } from "../studio/requests.ts";
import { Revising } from "../studio/revising.ts";
import { SavingDelivery } from "../studio/saving.ts";
import { GLANCE } from "../studio/seen.ts";
import { settle } from "../studio/settling.ts";
import { base } from "../style/base.ts";
import { frame } from "../style/frame.ts";
import { theme } from "../style/theme.ts";
import type { DeliveryWish } from "./deliver.ts";
import { Hearing } from "./hearing.ts";
import { StudioHost } from "./host.ts";
import { Places } from "./places.ts";
import { show, showPassing } from "./showing.ts";
import { Standing } from "./standing.ts";

/** Grouped by finding, variants move as they are checked: at most this often, ms. */
const REGROUP_EVERY = 2000;

export class VariorumStudio extends StudioHost implements StudioContract {
  static readonly observedAttributes = ["src", "sample", "person", "theme"];

  engine: EngineClient | undefined;
  #store: StudioStore | undefined;
  #state: StudioState = EMPTY_STATE;
  #files: CampaignFiles | undefined;
  #begun = false;
  #paused = false;
  #width = 0;
  #dropping = false;
  #warnings = false;
  #findingsTimer = 0;
  #glanceTimer = 0;
  readonly #places = new Places();
  readonly #at = new Standing(
    {
      state: () => this.#state,
      store: () => this.#store,
      width: () => this.#width,
      heed: ({ state }) => {
        this.#state = state;
        this.update();
      },
      update: () => this.update(),
      changed: () => this.changed(),
    },
    this.#places,
  );
  readonly #desk = new StudioDesk(this.#at);
  readonly #hearing = new Hearing(this, this.#places, this.#at, this.#desk);
  readonly #saving = new SavingDelivery(this, this.#places.deliver);
  readonly #revising = new Revising({
    store: () => this.#store,
    format: (stands) => this.#places.format.ask(stands),
    ask: this.#places.ask,
    came: (files) => {
      this.#files = files;
    },
    taken: () =>
      !this.dispatchEvent(new CustomEvent("variorum-save-request", { bubbles: true, composed: true, cancelable: true })),
    saved: (file) => {
      this.#places.status.saved = file ? `saved: ${file.name}` : "handed to this page";
      if (file) this.#tell("variorum-save", file);
    },
    show: (id) => this.#at.show(id),
    failed: (thrown) => this.#opening.fail(thrown),
    changed: () => this.changed(),
  });
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
  readonly #resizes = new ResizeObserver(() => {
    this.#width = this.clientWidth;
    this.changed();
  });

  constructor() {
    super(theme, base, frame);
    this.root.append(...this.#places.all);
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

  save(): Promise<CampaignFiles> {
    return campaignFiles(this.#begin());
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    this.#hearing.start();
    this.#places.hostDirection = getComputedStyle(this).direction;
    this.#width = this.clientWidth;
    this.#resizes.observe(this);
    this.#glanceTimer = window.setInterval(() => this.#at.glance(), GLANCE);
    void this.#start(this.#begin());
  }

  disconnectedCallback(): void {
    this.#hearing.stop();
    this.#resizes.disconnect();
    clearInterval(this.#glanceTimer);
    clearTimeout(this.#findingsTimer);
    // Moved within the page: it is connected again before this runs. Taken out: workers and bitmaps go.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#opening.stop();
      this.#at.leave();
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
    lendFaces(fontBase);
    const engine =
      this.engine ??
      createEngineClient({ ...(fontBase === null ? {} : { fontBase }), ...(wasmBase === null ? {} : { wasmBase }) });
    const database = this.getAttribute("keep") ?? "variorum";
    const store = createStudioStore({ engine, database, pictureBytes: roomHere().pictures });
    this.#store = store;
    const { sheet, matrix, inspector, loupe, deliver } = this.#places;
    inspector.budget = (locale, key, signal) => store.budget(locale, key, { signal });
    inspector.picked = () => new Picks(() => store).of(this.#at.arranged.items).length;
    for (const view of [sheet, matrix, inspector, loupe]) view.source = store;
    deliver.plan = ({ delivery, naming, ids }) => store.plan({ delivery, naming, ...(ids ? { ids } : {}) });
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
    this.#at.look.take(store);
    this.changed();
  }

  #tell<T>(type: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  // State

  #take(state: StudioState): void {
    const { arranged, look } = this.#at;
    const before = this.#state;
    this.#state = state;
    if (showPassing(this.#places, before, state)) return;
    const { focus } = state;
    this.#at.reaching.at(focus);
    if (before.focus !== focus || before.filter !== state.filter) this.#at.note();
    const heir = before.shown === state.shown ? undefined : arranged.heir(focus, state.shown, before.filter !== state.filter);
    const another = arranged.take(state, look.group);
    if (another) this.#places.matrix.items = arranged.items;
    this.#copies.renew(state.edits, another);
    if (heir) queueMicrotask(() => this.#goOn(heir.id));
    if (look.group === "finding" && before.measured !== state.measured) this.#regroupSoon();
    this.update();
    // Known before it is on disk: the first pictures do not wait for that.
    this.#revising.heed(before, state);
    if (state.campaign && (another || before.origin !== state.origin)) this.#opened();
  }

  /** What was looked at has left: to its heir, but never out of words that are being typed. */
  #goOn(heir: string | undefined): void {
    const field = focused();
    const { focus = "", shown } = this.#state;
    const has = shown.includes(focus);
    const goes = (): void => {
      const { state } = this.#store ?? {};
      // Others were shown meanwhile, and it is back or its heir is gone.
      if (!state || (state.focus ?? "") !== focus || state.shown.includes(focus) !== has) return;
      if (heir !== undefined && !state.shown.includes(heir)) return;
      // Nobody is left to be large.
      if (heir === undefined) this.#at.closeLoupe();
      this.#store?.select(heir === undefined ? [] : [heir], heir);
    };
    if (field instanceof HTMLTextAreaElement && field.dataset.copyKey !== undefined)
      field.addEventListener("blur", () => queueMicrotask(goes), { once: true });
    else goes();
  }

  #opened(): void {
    this.#paused = false;
    this.#at.begin();
    this.#drawAll();
  }

  /** Small, to stand in while scrolling; and what is drawn is checked. */
  #drawAll(): void {
    const side = smallSide(roomHere().pictures, this.#state.variants.size);
    this.#store?.drawAll(side, side);
  }

  #regroupSoon(): void {
    if (this.#findingsTimer !== 0) return;
    this.#findingsTimer = window.setTimeout(() => {
      this.#findingsTimer = 0;
      const { arranged, look } = this.#at;
      if (look.group !== "finding") return;
      arranged.regroup(this.#state, look.group);
      this.changed();
    }, REGROUP_EVERY);
  }

  protected override update(): void {
    const { look, arranged, loupe } = this.#at;
    this.setAttribute("ground", look.ground);
    this.#places.status.left = this.#revising.left;
    const { focus = "" } = this.#state;
    this.#places.inspector.isOwn = this.#revising.isOwn(this.#state.variants.get(focus)?.format ?? "");
    show(this.#places, {
      state: this.#state,
      look,
      arranged,
      copies: this.#copies,
      opening: this.#opening,
      history: (id) => this.#store?.history(id) ?? [],
      reaching: this.#at.reaching,
      correcting: this.#at.correcting.isPending,
      width: this.#width,
      loupe: loupe !== undefined,
      paused: this.#paused,
      warnings: this.#warnings,
      dropping: this.#dropping,
      hosted: this.querySelector(':scope > [slot="empty"]') !== null,
    });
  }

  // Requests from below: handled here, and kept from the host page.

  #listen(): void {
    const { deliver, keys, skip } = this.#places;
    skip.addEventListener("click", () => {
      if (this.#state.focus === undefined) this.#desk.end(false, false);
      this.#at.takeKeys();
    });
    const requests = new Requests(this.root, () => this.changed());
    for (const answer of [answerSteps, answerLooks, answerEdits, answerCorrections, answerJudgements])
      answer(requests, this.#at, this.#desk);
    requests.on("variorum-theme-request", () => this.#turnTheme());
    requests.on<FileList>("variorum-files-request", (list) => this.#opening.picked(list));
    requests.on<string>("variorum-sample-request", (id) => this.#opening.sample(id));
    requests.on<LocalFont>("variorum-font-request", (font) => void this.#revising.addFont(font));
    requests.on("variorum-deliver-dialog-request", () => deliver.open());
    requests.on<DeliveryWish>("variorum-delivery-request", (wish) => void (this.#store && this.#saving.save(this.#store, wish)));
    requests.on("variorum-remake-request", () => void this.#revising.remake());
    requests.on("variorum-settle-request", () => void settle(this.#at, this.#places.ask));
    requests.on("variorum-format-dialog-request", () => void this.#revising.addFormat());
    requests.on<string>("variorum-format-change-request", (id) => void this.#revising.changeFormat(id));
    requests.on<string>("variorum-format-drop-request", (id) => void this.#revising.dropFormat(id));
    requests.on("variorum-save-campaign-request", () => void this.#revising.save());
    requests.on("variorum-stop-request", () => this.#saving.stop());
    requests.on("variorum-keys-request", () => keys.open(this.getAttribute("docs")));
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

  #turnTheme(): void {
    const dark = this.theme === "dark" || (this.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    this.theme = dark ? "light" : "dark";
    this.#store?.setPreference("theme", this.theme);
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (paused) this.#store?.cancel();
    else this.#drawAll();
  }
}

define("variorum-studio", VariorumStudio);

/**
 * `<variorum-loupe>`: one variant large. In: the state, the item, the items of its strip. Out: a picture that is rastered anew for what is seen at
 * the zoom it is seen at, against another where one is asked for; overlays, comments, and requests to move on and to close.
 * Zoom is in px of the screen per px of the file.
 *
 * @fires variorum-focus-request - `{ id }`: another variant of the strip
 * @fires variorum-close-request
 * @fires variorum-strip-request - `"sheet" | "language" | "format"`
 * @fires variorum-strip-fold-request - fold the strip away, or bring it back
 * @fires variorum-comment-request - `{ id, words, place }`
 */

import type { StampRequest } from "../engine/types.ts";
import { EMPTY_STATE, isOutside, type StudioState, statusOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { Adjusting } from "../studio/adjusting.ts";
import type { Strip } from "../studio/arrangement.ts";
import type { Point } from "../studio/camera.ts";
import type { Reference, Way } from "../studio/compare.ts";
import { Comparing } from "../studio/comparing.ts";
import { define, h, StudioElement, write } from "../studio/dom.ts";
import { Easel } from "../studio/easel.ts";
import { devicePixels, listenToGestures } from "../studio/gestures.ts";
import { icon } from "../studio/icons.ts";
import { type LoupeAct, LoupeBar } from "../studio/loupe-bar.ts";
import type { Item } from "../studio/sections.ts";
import { findingWords, OUTSIDE, STATUS } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { loupe } from "../style/loupe.ts";
import { VariorumPins } from "./pins.ts";
import type { Reach } from "./reach.ts";
import { VariorumStrip } from "./strip.ts";

/** One step closer. */
const ZOOM = 1.5;

/** The variant shown, its strip, what was said of it, and all variants there are to compare it with. */
export interface LoupeSubject {
  item: Item;
  strip: { kind: Strip; isOpen: boolean; items: readonly Item[] };
  items: ReadonlyMap<string, Item>;
  history: readonly StampRequest[];
  /** The last correction of a layout is not answered yet. */
  pending: boolean;
  /** How far corrections hold, where no other place shows it. */
  reach: Reach | undefined;
}

export class VariorumLoupe extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #subject: LoupeSubject | undefined;
  readonly #easel = new Easel(() => this.#soon());
  readonly #camera = this.#easel.camera;
  #overlays = false;
  readonly #comparing = new Comparing({ changed: () => this.changed(), wiped: () => this.#soon() });
  #marked: readonly [number, number, number, number] | undefined;
  #pointer: Point | undefined;
  #frame = 0;
  #resize: ResizeObserver | undefined;

  readonly #note = h("span", { class: "note", hidden: true });
  readonly #pins = new VariorumPins();
  readonly #stage = h("div", { class: "stage", tabindex: 0, role: "group" }, this.#easel.canvas, this.#note);
  readonly #before = h(
    "button",
    { class: "turn before", "aria-label": "Previous variant", title: "Previous (←)", onclick: () => this.#turn(-1) },
    icon("left"),
  );
  readonly #after = h(
    "button",
    { class: "turn after", "aria-label": "Next variant", title: "Next (→)", onclick: () => this.#turn(1) },
    icon("right"),
  );
  readonly #adjusting = new Adjusting((type, detail) => this.request(type, detail));
  readonly #stripButtons = (["sheet", "language", "format"] as const).map((kind) =>
    h(
      "button",
      { class: "small", "data-strip": kind, onclick: () => this.request("variorum-strip-request", kind) },
      { sheet: "Sheet order", language: "Languages", format: "Formats" }[kind],
      kind === "sheet" ? undefined : h("kbd", { "aria-hidden": "true" }, kind === "language" ? "L" : "F"),
    ),
  );
  readonly #bar = new LoupeBar((act) => this.#act(act), [this.#comparing.bar, this.#adjusting.bar]);
  readonly #film = new VariorumStrip();
  readonly #foot = h(
    "div",
    { class: "foot" },
    h("div", { class: "kinds", role: "group", "aria-label": "Strip" }, ...this.#stripButtons),
    this.#film,
  );
  source: Pick<StudioStore, "picture" | "cached" | "render" | "renderStamped" | "salience"> | undefined;

  constructor() {
    super(base, loupe);
    this.root.append(this.#bar.node, this.#stage, this.#foot);
    this.#listen();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => this.#soon());
    this.#resize.observe(this.#stage);
  }

  disconnectedCallback(): void {
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#easel.forget();
  }

  set state(state: StudioState) {
    this.#state = state;
    if (!this.hidden) this.changed();
  }

  set subject(subject: LoupeSubject | undefined) {
    const before = this.#subject?.item;
    const item = subject?.item;
    this.#subject = subject;
    if (before?.id !== item?.id) {
      this.#marked = undefined;
      this.#comparing.unflip();
      // The same format in another language keeps its zoom, so that one place can be compared.
      if (before?.format.id !== item?.format.id) this.#camera.fit();
    }
    this.changed();
  }

  /** The variant that stands here as it is now. */
  glance(): string[] {
    const { id } = this.#subject?.item ?? { id: "" };
    return this.#easel.isCurrent(id, this.#state) ? [id] : [];
  }

  override focus(): void {
    this.#stage.focus({ preventScroll: true });
  }

  fit(): void {
    this.#camera.fit();
    this.#soon();
  }

  trueSize(): void {
    if (this.#camera.zoom === 1) this.#camera.fit();
    else this.#camera.zoomTo(1);
    this.#soon();
  }

  zoomBy(factor: number, at?: Point): void {
    this.#camera.zoomTo(this.#camera.scale * factor, at);
    this.#soon();
  }

  /** What + and − mean: the layer that is adjusted, wherever the keyboard stands, else the zoom; never both. */
  grow(by: 1 | -1): void {
    if (!this.#adjusting.grow(by)) this.zoomBy(by === 1 ? ZOOM : 1 / ZOOM);
  }

  /** By parts of what is seen. */
  pan(across: number, down: number): void {
    const { width, height } = this.#camera.area;
    this.#camera.panBy(across * width, down * height);
    this.#soon();
  }

  toggleOverlays(): void {
    this.#overlays = !this.#overlays;
    this.changed();
  }

  toggleComparing(): void {
    this.#comparing.toggle();
    this.#oneOfTwo();
  }

  /** One way of comparing; the same again ends it, but for the flip, which goes back and forth. */
  compare(way: Way): void {
    this.#comparing.compare(way);
    this.#oneOfTwo();
  }

  /** Whether layers can be moved; comparing and moving exclude each other. */
  toggleAdjusting(): void {
    this.#adjusting.isOn = !this.#adjusting.isOn;
    if (this.#adjusting.isOn) this.#comparing.isOn = false;
    this.changed();
  }

  /** One level back: out of the crop, then out of adjusting or comparing; false where the loupe itself is next. */
  stepBack(): boolean {
    if (this.#adjusting.uncrop()) return true;
    if (this.#comparing.isOn) this.toggleComparing();
    else if (this.#adjusting.isOn) this.toggleAdjusting();
    else return false;
    this.focus();
    return true;
  }

  /** Begins a comment where the pointer is, else in the middle of what is seen. */
  comment(): void {
    const { format } = this.#subject?.item ?? {};
    if (!format) return;
    // Just opened: its variant and its size are known first.
    this.update();
    this.#draw();
    const { left, top, width, height } = this.#camera.area;
    const { x, y } = this.#camera.at(this.#pointer ?? { x: left + width / 2, y: top + height / 2 });
    this.#comparing.unflip();
    this.#pins.draft({ x: Math.min(format.width, x), y: Math.min(format.height, y) });
    this.changed();
  }

  /** Goes to where a finding is. */
  show(place: readonly [number, number, number, number]): void {
    this.#marked = place;
    this.#soon();
  }

  /** The neighbour along the strip. */
  beside(by: 1 | -1): string | undefined {
    const { strip, item } = this.#subject ?? { strip: { items: [] } };
    const at = strip.items.findIndex((one) => one.id === item?.id);
    return strip.items[at + by]?.id;
  }

  /** Comparing and moving exclude each other: what was just asked for stays. */
  #oneOfTwo(): void {
    if (this.#comparing.isOn) this.#adjusting.isOn = false;
    this.changed();
  }

  #act(act: LoupeAct): void {
    const acts: Record<LoupeAct, () => void> = {
      // As its key, which it names.
      back: () => this.stepBack() || this.request("variorum-close-request", undefined),
      fold: () => this.request("variorum-strip-fold-request", undefined),
      farther: () => this.zoomBy(1 / ZOOM),
      closer: () => this.zoomBy(ZOOM),
      "true-size": () => this.trueSize(),
      fit: () => this.fit(),
      overlays: () => this.toggleOverlays(),
      choice: () => this.#soon(),
      compare: () => this.toggleComparing(),
      adjust: () => this.toggleAdjusting(),
      comment: () => this.comment(),
    };
    acts[act]();
  }

  #turn(by: 1 | -1): void {
    const id = this.beside(by);
    if (id) this.request("variorum-focus-request", { id, extend: false, toggle: false });
  }

  #listen(): void {
    listenToGestures(this.#stage, {
      pan: (dx, dy) => {
        this.#camera.panBy(dx, dy);
        this.#soon();
      },
      zoom: (factor, at) => this.zoomBy(factor, at),
      doubled: (at) => {
        if (this.#camera.zoom === "fit") this.#camera.zoomTo(1, at);
        else this.#camera.fit();
        this.#soon();
      },
      pressed: (at) => {
        if (this.#pins.isDrafting) this.#pins.draft(this.#camera.at(at));
      },
    });
    this.#stage.addEventListener("pointermove", (event) => {
      const box = this.#stage.getBoundingClientRect();
      this.#pointer = { x: (event.clientX - box.left) * devicePixels(), y: (event.clientY - box.top) * devicePixels() };
    });
    this.#stage.addEventListener("pointerleave", () => {
      this.#pointer = undefined;
    });
    this.#stage.append(
      this.#adjusting.overlay,
      this.#adjusting.focal,
      this.#pins,
      this.#comparing.wiper,
      this.#before,
      this.#after,
    );
    for (const control of [this.#before, this.#after, this.#comparing.wiper]) {
      for (const type of ["pointerdown", "dblclick"]) control.addEventListener(type, (event) => event.stopPropagation());
    }
    this.#pins.addEventListener("stopped", () => this.focus());
  }

  #soon(): void {
    if (this.#frame !== 0 || this.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  protected override update(): void {
    if (this.hidden) {
      this.#adjusting.isOn = false;
      this.#easel.forget();
      return;
    }
    if (!this.#subject) return;
    const { item, strip, history, pending, reach } = this.#subject;
    const status = statusOf(this.#state, item.id);
    const findings = this.#state.measured.get(item.id)?.findings;
    const outside = isOutside(this.#state, item.id) ? ` · ${OUTSIDE}` : "";
    this.#bar.state = {
      name: [item.format.name, item.locale.name, item.option].filter(Boolean).join(" · "),
      details: `${item.format.size} · ${STATUS[status].toLowerCase()} · ${findingWords(findings)}${outside}`,
      overlays: this.#overlays,
      comparing: this.#comparing.isOn,
      adjusting: this.#adjusting.isOn,
      strip: strip.isOpen,
    };
    this.#stage.setAttribute(
      "aria-label",
      `${item.format.name}, ${item.locale.name}, ${STATUS[status].toLowerCase()}, ${findingWords(findings)}`,
    );
    this.#comparing.show(item, this.#state);
    for (const button of this.#stripButtons) button.setAttribute("aria-pressed", String(button.dataset.strip === strip.kind));
    this.#before.disabled = this.beside(-1) === undefined;
    this.#after.disabled = this.beside(1) === undefined;
    this.#pins.subject = { id: item.id, print: this.#state.variants.get(item.id)?.fingerprint ?? "", history };
    this.#adjusting.source = this.source;
    this.#adjusting.show({ item, state: this.#state, pending, reach });
    this.#film.source = this.source;
    this.#film.state = this.#state;
    this.#film.kind = strip.kind;
    this.#foot.hidden = !strip.isOpen;
    // Out of sight it asks for no pictures.
    this.#film.items = strip.isOpen ? strip.items : [];
    this.#film.focused = item.id;
    this.#soon();
  }

  /** The other picture, or in words why there is none. */
  #reference(): Reference | string | undefined {
    const { source } = this;
    if (!this.#subject || !source) return undefined;
    const { item, items, strip } = this.#subject;
    return this.#comparing.reference({ item, items, strip: strip.items, state: this.#state, source });
  }

  #draw(): void {
    const { source } = this;
    const item = this.#subject?.item;
    if (!item || !source) return;
    const found = this.#reference();
    const reference = typeof found === "object" ? found : undefined;
    const flipped = this.#comparing.isFlipped(found);
    const drawn = this.#easel.draw(
      {
        item,
        state: this.#state,
        source,
        reference,
        way: this.#comparing.way,
        flipped,
        wipe: this.#comparing.wipe,
        overlays: this.#overlays ? this.#bar.choice : undefined,
        marked: this.#marked,
      },
      this.#stage.clientWidth,
      this.#stage.clientHeight,
    );
    if (!drawn) return;
    this.#bar.scale = this.#camera.scale;
    this.#say(found, flipped);
    this.#pins.hidden = flipped;
    this.#adjusting.map(drawn.map);
    this.#pins.map(drawn.map, drawn.size);
  }

  /** What is seen, where that is not simply the variant. */
  #say(found: Reference | string | undefined, isFlipped: boolean): void {
    const fault = this.#easel.fault ? "This variant could not be drawn." : "";
    const words = this.#comparing.say(found, this.#easel.otherFault);
    this.#note.hidden = !isFlipped && fault === "";
    write(this.#note, fault || words);
  }
}

define("variorum-loupe", VariorumLoupe);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-loupe": VariorumLoupe;
  }
}

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
import { type Against, type Reference, referenceOf, usualAgainst, type Way, whyMissing } from "../studio/compare.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { Easel } from "../studio/easel.ts";
import { devicePixels, listenToGestures } from "../studio/gestures.ts";
import { icon } from "../studio/icons.ts";
import type { OverlayChoice } from "../studio/overlays.ts";
import type { Item } from "../studio/sections.ts";
import { findingWords, OUTSIDE, STATUS } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { type Comparison, VariorumCompare } from "./compare.ts";
import { VariorumPins } from "./pins.ts";
import type { Reach } from "./reach.ts";
import { VariorumStrip } from "./strip.ts";

const style = css(`
:host { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); background: var(--ground); color: var(--ground-ink); min-width: 0; min-height: 0; container-type: inline-size; }
.bar { display: flex; align-items: center; gap: 4px; min-height: 40px; padding: 4px 8px; background: var(--chrome); color: var(--ink); border-bottom: 1px solid var(--line); flex-wrap: wrap; }
.bar h2 { font-size: 13px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1 1 176px; min-width: 0; margin: 0 8px; }
.bar h2 { line-height: 16px; } .bar h2 span { display: block; overflow: hidden; text-overflow: ellipsis; font-size: 11px; font-weight: 400; color: var(--quiet); }
.zoom { min-width: 64px; }
.bar button[aria-pressed] .icon { flex: none; }
.foot { display: grid; grid-template-columns: auto minmax(0, 1fr); border-top: 1px solid var(--line); }
.kinds { display: flex; flex-direction: column; justify-content: center; gap: 4px; padding: 0 8px; background: var(--chrome); border-right: 1px solid var(--line); }
.kinds button { justify-content: space-between; border-color: transparent; background: none; }
.kinds button[aria-pressed="true"] { background: var(--chosen); color: var(--ink); border-color: transparent; }
.rule { width: 1px; height: 20px; background: var(--line); margin: 0 4px; }
.choices { display: flex; gap: 0 12px; padding: 0 8px; flex-wrap: wrap; flex: 1 0 100%; } .choices label { display: flex; gap: 6px; align-items: center; min-height: 24px; }
.stage { position: relative; min-height: 0; min-width: 0; overflow: hidden; cursor: grab; touch-action: none; }
.stage.drag { cursor: grabbing; }
.stage:focus-visible { outline-offset: -3px; outline-color: var(--ground-ring); }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.wiper { position: absolute; left: 24px; right: 24px; bottom: 12px; width: auto; accent-color: #1b1b1b; min-height: 24px; }
.note { position: absolute; z-index: 4; left: 12px; top: 12px; max-width: calc(100% - 24px); pointer-events: none; padding: 2px 8px; border-radius: 4px; background: #000c; color: #fff; font-size: 11px; line-height: 20px; }
.turn { position: absolute; top: 50%; margin-top: -22px; width: 32px; min-height: 44px; padding: 0; opacity: .85; }
.turn.before { left: 8px; } .turn.after { right: 8px; }
@container (max-width: 760px) { .wide { display: none; } }
/* Low, as at 200 %: the picture has the room, and the arrows beside it go along the strip. */
@media (max-height: 520px) { .foot, .fold { display: none; } }
`);

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
  #choice: OverlayChoice = { safe: true, edges: true, layers: true, findings: true };
  #overlays = false;
  #comparing = false;
  #way: Way = "flip";
  /** What a person chose to compare with; until then what is usual for the variant. */
  #against: Against | undefined;
  #flipped = false;
  #marked: readonly [number, number, number, number] | undefined;
  #pointer: Point | undefined;
  #frame = 0;
  #resize: ResizeObserver | undefined;

  readonly #note = h("span", { class: "note", hidden: true });
  readonly #wiper = h("input", {
    type: "range",
    class: "wiper",
    min: 0,
    max: 1000,
    value: 500,
    hidden: true,
    "aria-label": "Edge between the two",
    oninput: () => this.#soon(),
  });
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
  readonly #title = h("h2");
  readonly #percent = h("button", { class: "plain small zoom figures", title: "100 % (Z)", onclick: () => this.trueSize() });
  readonly #overlayButton = toggle("layers", "Overlays", "Overlays (O)", () => this.toggleOverlays());
  readonly #compareButton = toggle("compare", "Compare", "Compare (Space, W, D, S)", () => this.toggleComparing());
  readonly #commentButton = toggle("comment", "Comment", "Comment (C)", () => this.comment());
  readonly #adjustButton = toggle("corrected", "Adjust", "Adjust layers (J)", () => this.toggleAdjusting());
  readonly #compare = new VariorumCompare();
  readonly #adjusting = new Adjusting((type, detail) => this.request(type, detail));
  readonly #stripButtons = (["sheet", "language", "format"] as const).map((kind) =>
    h(
      "button",
      { class: "small", "data-strip": kind, onclick: () => this.request("variorum-strip-request", kind) },
      { sheet: "Sheet order", language: "Languages", format: "Formats" }[kind],
      kind === "sheet" ? undefined : h("kbd", { "aria-hidden": "true" }, kind === "language" ? "L" : "F"),
    ),
  );
  readonly #choices = h(
    "div",
    { class: "choices", hidden: true, role: "group", "aria-label": "Overlays shown" },
    ...(["safe", "edges", "layers", "findings"] as const).map((name) => {
      const box = h("input", {
        type: "checkbox",
        checked: true,
        onchange: () => {
          this.#choice = { ...this.#choice, [name]: box.checked };
          this.#soon();
        },
      });
      return h("label", {}, box, { safe: "Safe zone", edges: "Trim and bleed", layers: "Layers", findings: "Findings" }[name]);
    }),
  );
  readonly #film = new VariorumStrip();
  readonly #foot = h(
    "div",
    { class: "foot" },
    h("div", { class: "kinds", role: "group", "aria-label": "Strip" }, ...this.#stripButtons),
    this.#film,
  );
  /** At the top, so that it stands where it is whether the strip is there or not. */
  readonly #fold = h(
    "button",
    {
      class: "small icon-only fold",
      "aria-pressed": "true",
      "aria-label": "Strip",
      title: "Strip: fold it away, bring it back (T)",
      onclick: () => this.request("variorum-strip-fold-request", undefined),
    },
    icon("below"),
  );

  source: Pick<StudioStore, "picture" | "cached" | "render" | "renderStamped" | "salience"> | undefined;

  constructor() {
    super(base, style);
    this.#commentButton.removeAttribute("aria-pressed");
    this.root.append(
      h(
        "div",
        { class: "bar", role: "toolbar", "aria-label": "Loupe" },
        h(
          "button",
          { class: "small", onclick: () => this.request("variorum-close-request", undefined) },
          icon("left"),
          "Back ",
          h("kbd", { class: "wide" }, "Esc"),
        ),
        this.#title,
        h(
          "button",
          { class: "plain small icon-only", "aria-label": "Farther", title: "Farther (−)", onclick: () => this.zoomBy(1 / ZOOM) },
          icon("minus"),
        ),
        this.#percent,
        h(
          "button",
          { class: "plain small icon-only", "aria-label": "Closer", title: "Closer (+)", onclick: () => this.zoomBy(ZOOM) },
          icon("plus"),
        ),
        h("button", { class: "plain small", title: "Whole picture (0)", onclick: () => this.fit() }, "Fit"),
        h("span", { class: "rule" }),
        this.#overlayButton,
        this.#compareButton,
        this.#adjustButton,
        this.#commentButton,
        this.#fold,
        this.#choices,
        this.#compare,
        this.#adjusting.bar,
      ),
      this.#stage,
      this.#foot,
    );
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
      this.#flipped = false;
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
    this.#comparing = !this.#comparing;
    if (this.#comparing) this.#adjusting.isOn = false;
    this.#flipped = false;
    this.changed();
  }

  /** One way of comparing; the same again ends it, but for the flip, which goes back and forth. */
  compare(way: Way): void {
    if (way === "flip") {
      this.#flipped = !(this.#comparing && this.#way === "flip" && this.#flipped);
      this.#comparing = true;
    } else this.#comparing = !(this.#comparing && this.#way === way);
    if (this.#comparing) this.#adjusting.isOn = false;
    this.#way = way;
    this.changed();
  }

  /** Whether layers can be moved; comparing and moving exclude each other. */
  toggleAdjusting(): void {
    this.#adjusting.isOn = !this.#adjusting.isOn;
    if (this.#adjusting.isOn) this.#comparing = false;
    this.changed();
  }

  /** One level back: out of the crop, then out of adjusting; false where the loupe itself is next. */
  stepBack(): boolean {
    if (this.#adjusting.uncrop()) return true;
    if (!this.#adjusting.isOn) return false;
    this.toggleAdjusting();
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
    this.#flipped = false;
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
    this.#stage.append(this.#adjusting.overlay, this.#adjusting.focal, this.#pins, this.#wiper, this.#before, this.#after);
    for (const control of [this.#before, this.#after, this.#wiper]) {
      for (const type of ["pointerdown", "dblclick"]) control.addEventListener(type, (event) => event.stopPropagation());
    }
    this.#pins.addEventListener("stopped", () => this.focus());
    this.#compare.addEventListener("variorum-compare-request", (event) => {
      event.stopPropagation();
      if (!(event instanceof CustomEvent)) return;
      const { way, against } = event.detail as Comparison;
      const isOther = against !== this.#comparison?.against;
      if (way !== this.#way) this.#flipped = way === "flip";
      else if (way === "flip" && !isOther) this.#flipped = !this.#flipped;
      this.#way = way;
      if (isOther) this.#against = against;
      this.changed();
    });
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
    this.#title.replaceChildren(
      [item.format.name, item.locale.name, item.option].filter(Boolean).join(" · "),
      h("span", {}, `  ${item.format.size} · ${STATUS[status].toLowerCase()} · ${findingWords(findings)}${outside}`),
    );
    this.#title.title = this.#title.textContent ?? "";
    this.#stage.setAttribute(
      "aria-label",
      `${item.format.name}, ${item.locale.name}, ${STATUS[status].toLowerCase()}, ${findingWords(findings)}`,
    );
    this.#overlayButton.setAttribute("aria-pressed", String(this.#overlays));
    this.#compareButton.setAttribute("aria-pressed", String(this.#comparing));
    this.#choices.hidden = !this.#overlays;
    this.#compare.hidden = !this.#comparing;
    if (this.#comparison) this.#compare.comparison = this.#comparison;
    for (const button of this.#stripButtons) button.setAttribute("aria-pressed", String(button.dataset.strip === strip.kind));
    this.#before.disabled = this.beside(-1) === undefined;
    this.#after.disabled = this.beside(1) === undefined;
    this.#pins.subject = { id: item.id, print: this.#state.variants.get(item.id)?.fingerprint ?? "", history };
    this.#adjusting.source = this.source;
    this.#adjusting.show({ item, state: this.#state, pending, reach });
    this.#adjustButton.setAttribute("aria-pressed", String(this.#adjusting.isOn));
    this.#film.source = this.source;
    this.#film.state = this.#state;
    this.#film.kind = strip.kind;
    this.#foot.hidden = !strip.isOpen;
    this.#fold.setAttribute("aria-pressed", String(strip.isOpen));
    // Out of sight it asks for no pictures.
    this.#film.items = strip.isOpen ? strip.items : [];
    this.#film.focused = item.id;
    this.#soon();
  }

  get #comparison(): Comparison | undefined {
    const { item } = this.#subject ?? {};
    return item && { against: this.#against ?? usualAgainst(item, this.#state), way: this.#way };
  }

  /** The other picture, or in words why there is none. */
  #reference(): Reference | string | undefined {
    const { source } = this;
    const comparison = this.#comparison;
    if (!this.#comparing || !this.#subject || !source || !comparison) return undefined;
    const { item, items, strip } = this.#subject;
    return referenceOf(comparison.against, { item, items, strip: strip.items, state: this.#state, source });
  }

  #draw(): void {
    const { source } = this;
    const item = this.#subject?.item;
    if (!item || !source) return;
    const found = this.#reference();
    const reference = typeof found === "object" ? found : undefined;
    const way = this.#way;
    const flipped = reference !== undefined && way === "flip" && this.#flipped;
    this.#wiper.hidden = !reference || way !== "wipe";
    const drawn = this.#easel.draw(
      {
        item,
        state: this.#state,
        source,
        reference,
        way,
        flipped,
        wipe: Number(this.#wiper.value) / 1000,
        overlays: this.#overlays ? this.#choice : undefined,
        marked: this.#marked,
      },
      this.#stage.clientWidth,
      this.#stage.clientHeight,
    );
    if (!drawn) return;
    write(this.#percent, `${Math.round(this.#camera.scale * 100)} %`);
    this.#say(found, flipped);
    this.#pins.hidden = flipped;
    this.#adjusting.map(drawn.map);
    this.#pins.map(drawn.map, drawn.size);
  }

  /** What is seen, where that is not simply the variant. */
  #say(found: Reference | string | undefined, isFlipped: boolean): void {
    const fault = this.#easel.fault ? "This variant could not be drawn." : "";
    let words = "";
    if (typeof found === "string") words = found;
    else if (found) words = this.#easel.otherFault ? whyMissing(this.#easel.otherFault) : found.words;
    this.#compare.words = words;
    this.#note.hidden = !isFlipped && fault === "";
    write(this.#note, fault || words);
  }
}

/** A button of the bar that stays pressed. */
function toggle(name: Parameters<typeof icon>[0], words: string, title: string, act: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "small", "aria-pressed": "false", "aria-label": words, title, onclick: act },
    icon(name),
    h("span", { class: "wide" }, words),
  );
}

define("variorum-loupe", VariorumLoupe);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-loupe": VariorumLoupe;
  }
}

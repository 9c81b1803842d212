/**
 * `<variorum-loupe>`: one variant large. In: the state, the item, the items of its strip. Out: a picture that is rastered anew for what is seen at
 * the zoom it is seen at (an older one stands in, stretched, until it arrives), overlays, and requests to move on and to close.
 * Zoom is in px of the screen per px of the file.
 *
 * @fires variorum-focus-request - `{ id }`: another variant of the strip
 * @fires variorum-close-request
 * @fires variorum-strip-request - `"sheet" | "language" | "format"`
 */

import { Priority } from "../engine/client.ts";
import type { Rendered } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState, statusOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import type { Strip } from "../studio/arrangement.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { drawOverlays, type Mapping, type OverlayChoice } from "../studio/overlays.ts";
import type { Item } from "../studio/sections.ts";
import { findingWords, STATUS } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { VariorumStrip } from "./strip.ts";

const style = css(`
:host { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); background: var(--ground); color: var(--ground-ink); min-width: 0; min-height: 0; container-type: inline-size; }
.bar { display: flex; align-items: center; gap: 4px; min-height: 40px; padding: 4px 8px; background: var(--chrome); color: var(--ink); border-bottom: 1px solid var(--line); flex-wrap: wrap; }
.bar h2 { font-size: 13px; line-height: 20px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1; min-width: 96px; margin: 0 8px; }
.bar h2 span { font-weight: 400; color: var(--quiet); }
.zoom { min-width: 64px; }
.foot { display: grid; grid-template-columns: auto minmax(0, 1fr); border-top: 1px solid var(--line); }
.kinds { display: flex; flex-direction: column; justify-content: center; gap: 4px; padding: 0 8px; background: var(--chrome); border-right: 1px solid var(--line); }
.kinds button { justify-content: space-between; border-color: transparent; background: none; }
.kinds button[aria-pressed="true"] { background: var(--chosen); color: var(--ink); border-color: transparent; }
.rule { width: 1px; height: 20px; background: var(--line); margin: 0 4px; }
.choices { display: flex; gap: 12px; padding: 0 8px; flex-wrap: wrap; } .choices label { display: flex; gap: 6px; align-items: center; min-height: 24px; }
.stage { position: relative; min-height: 0; min-width: 0; overflow: hidden; cursor: grab; touch-action: none; }
.stage.drag { cursor: grabbing; }
.stage:focus-visible { outline-offset: -3px; outline-color: var(--ground-ring); }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.note { position: absolute; left: 12px; top: 12px; padding: 2px 8px; border-radius: 4px; background: #000c; color: #fff; font-size: 11px; line-height: 20px; }
.turn { position: absolute; top: 50%; margin-top: -22px; width: 32px; min-height: 44px; padding: 0; opacity: .85; }
.turn.before { left: 8px; } .turn.after { right: 8px; }
@container (max-width: 760px) { .wide { display: none; } }
`);

/** Space around a picture that is seen whole, CSS px. */
const AROUND = 24;
const CLOSEST = 16;

interface Sharp {
  id: string;
  fingerprint: string;
  bitmap: ImageBitmap;
  /** px of the format that it begins at, and px of the bitmap per px of the format. */
  x: number;
  y: number;
  scale: number;
}

export class VariorumLoupe extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #item: Item | undefined;
  #strip: { kind: Strip; items: readonly Item[] } = { kind: "sheet", items: [] };
  /** "fit", or px of the screen per px of the file. */
  #zoom: number | "fit" = "fit";
  #centre = { x: 0, y: 0 };
  #choice: OverlayChoice = { safe: true, edges: true, layers: true, findings: true };
  #overlays = false;
  #flipped = false;
  #marked: readonly [number, number, number, number] | undefined;
  #sharp: Sharp | undefined;
  #asked = "";
  #busy = false;
  #again = false;
  #stop: AbortController | undefined;
  #frame = 0;
  #resize: ResizeObserver | undefined;
  readonly #pointers = new Map<number, { x: number; y: number }>();

  readonly #canvas = h("canvas", { "aria-hidden": "true" });
  readonly #note = h("span", { class: "note", hidden: true });
  readonly #stage = h("div", { class: "stage", tabindex: 0, role: "group" }, this.#canvas, this.#note);
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
  readonly #overlayButton = h(
    "button",
    { class: "small", "aria-pressed": "false", title: "Overlays (O)", onclick: () => this.toggleOverlays() },
    icon("layers"),
    h("span", { class: "wide" }, "Overlays"),
  );
  readonly #flipButton = h(
    "button",
    { class: "small", "aria-pressed": "false", title: "Flip to the source language (Space)", onclick: () => this.flip() },
    icon("compare"),
    h("span", { class: "wide" }, "Source"),
  );
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

  source: Pick<StudioStore, "picture" | "cached" | "render"> | undefined;

  constructor() {
    super(base, style);
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
          { class: "plain small icon-only", "aria-label": "Farther", title: "Farther (−)", onclick: () => this.zoomBy(1 / 1.5) },
          icon("minus"),
        ),
        this.#percent,
        h(
          "button",
          { class: "plain small icon-only", "aria-label": "Closer", title: "Closer (+)", onclick: () => this.zoomBy(1.5) },
          icon("plus"),
        ),
        h("button", { class: "plain small", title: "Whole picture (0)", onclick: () => this.fit() }, "Fit"),
        h("span", { class: "rule" }),
        this.#overlayButton,
        this.#flipButton,
        this.#choices,
      ),
      this.#stage,
      h(
        "div",
        { class: "foot" },
        h("div", { class: "kinds", role: "group", "aria-label": "Strip" }, ...this.#stripButtons),
        this.#film,
      ),
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
    this.#forget();
  }

  set state(state: StudioState) {
    this.#state = state;
    if (!this.hidden) this.changed();
  }

  set item(item: Item | undefined) {
    if (item?.id === this.#item?.id) return;
    const before = this.#item;
    this.#item = item;
    this.#marked = undefined;
    // The same format in another language keeps its zoom, so that one place can be compared.
    if (before?.format.id !== item?.format.id) this.#zoom = "fit";
    this.changed();
  }

  set strip(strip: { kind: Strip; items: readonly Item[] }) {
    this.#strip = strip;
    this.changed();
  }

  override focus(): void {
    this.#stage.focus({ preventScroll: true });
  }

  fit(): void {
    this.#zoom = "fit";
    this.#soon();
  }

  trueSize(): void {
    if (this.#zoom === 1) this.fit();
    else this.#zoomTo(1);
  }

  zoomBy(factor: number, at?: { x: number; y: number }): void {
    this.#zoomTo(this.#scale() * factor, at);
  }

  /** By parts of what is seen. */
  pan(across: number, down: number): void {
    const z = this.#scale();
    this.#begin();
    this.#centre.x += (across * this.#canvas.width) / z;
    this.#centre.y += (down * this.#canvas.height) / z;
    this.#soon();
  }

  toggleOverlays(): void {
    this.#overlays = !this.#overlays;
    this.changed();
  }

  flip(): void {
    this.#flipped = !this.#flipped;
    this.changed();
  }

  /** Goes to where a finding is. */
  show(place: readonly [number, number, number, number]): void {
    this.#marked = place;
    this.#soon();
  }

  /** The neighbour along the strip. */
  beside(by: 1 | -1): string | undefined {
    const { items } = this.#strip;
    const at = items.findIndex((item) => item.id === this.#item?.id);
    return items[at + by]?.id;
  }

  #turn(by: 1 | -1): void {
    const id = this.beside(by);
    if (id) this.request("variorum-focus-request", { id, extend: false, toggle: false });
  }

  /** What is drawn now: the item, or while flipped the same format in the source language. */
  #subject(): Item | undefined {
    const item = this.#item;
    const { campaign } = this.#state;
    if (!item || !this.#flipped || !campaign || item.locale.tag === campaign.sourceLocale) return item;
    const option = campaign.variants.find((variant) => variant.id === item.id)?.option;
    const twin = campaign.variants.find(
      (v) => v.format === item.format.id && v.locale === campaign.sourceLocale && v.option === option,
    );
    const locale = campaign.locales.find((one) => one.tag === campaign.sourceLocale);
    return twin && locale ? { ...item, id: twin.id, locale } : item;
  }

  #forget(): void {
    this.#stop?.abort();
    this.#sharp?.bitmap.close();
    this.#sharp = undefined;
    this.#asked = "";
  }

  #fitScale(): number {
    const format = this.#item?.format;
    if (!format) return 1;
    const dpr = this.#dpr();
    const bleed = this.#overlays ? format.bleed : 0;
    const width = (this.#canvas.width - 2 * AROUND * dpr) / (format.width + 2 * bleed);
    const height = (this.#canvas.height - 2 * AROUND * dpr) / (format.height + 2 * bleed);
    return Math.max(0.001, Math.min(width, height, 4));
  }

  #scale(): number {
    return this.#zoom === "fit" ? this.#fitScale() : this.#zoom;
  }

  #dpr(): number {
    return Math.min(3, globalThis.devicePixelRatio || 1);
  }

  /** From "fit" to a zoom of one's own: the centre is taken over. */
  #begin(): void {
    const format = this.#item?.format;
    if (this.#zoom !== "fit" || !format) return;
    this.#zoom = this.#fitScale();
    this.#centre = { x: format.width / 2, y: format.height / 2 };
  }

  #zoomTo(goal: number, at = { x: this.#canvas.width / 2, y: this.#canvas.height / 2 }): void {
    this.#begin();
    const before = this.#scale();
    const next = Math.max(Math.min(this.#fitScale() / 2, 0.05), Math.min(CLOSEST, goal));
    const dx = at.x - this.#canvas.width / 2;
    const dy = at.y - this.#canvas.height / 2;
    this.#centre.x += dx / before - dx / next;
    this.#centre.y += dy / before - dy / next;
    this.#zoom = next;
    this.#soon();
  }

  #listen(): void {
    const stage = this.#stage;
    const inCanvas = (event: MouseEvent): { x: number; y: number } => {
      const box = stage.getBoundingClientRect();
      return { x: (event.clientX - box.left) * this.#dpr(), y: (event.clientY - box.top) * this.#dpr() };
    };
    stage.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) this.zoomBy(Math.exp(-event.deltaY / 240), inCanvas(event));
        else {
          this.#begin();
          const z = this.#scale() / this.#dpr();
          this.#centre.x += (event.shiftKey ? event.deltaY : event.deltaX) / z;
          this.#centre.y += (event.shiftKey ? 0 : event.deltaY) / z;
          this.#soon();
        }
      },
      { passive: false },
    );
    stage.addEventListener("dblclick", (event) => {
      if (this.#zoom === "fit") this.#zoomTo(1, inCanvas(event));
      else this.fit();
    });
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, inCanvas(event));
      stage.classList.add("drag");
    });
    stage.addEventListener("pointermove", (event) => {
      const before = this.#pointers.get(event.pointerId);
      if (!before) return;
      const now = inCanvas(event);
      const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
      this.#pointers.set(event.pointerId, now);
      if (Math.hypot(now.x - before.x, now.y - before.y) === 0) return;
      this.#begin();
      if (other) {
        const far = Math.hypot(now.x - other.x, now.y - other.y);
        const was = Math.hypot(before.x - other.x, before.y - other.y);
        if (was > 0) this.zoomBy(far / was, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      }
      const share = other ? 0.5 : 1;
      this.#centre.x -= ((now.x - before.x) / this.#scale()) * share;
      this.#centre.y -= ((now.y - before.y) / this.#scale()) * share;
      this.#soon();
    });
    const up = (event: PointerEvent): void => {
      this.#pointers.delete(event.pointerId);
      if (this.#pointers.size === 0) stage.classList.remove("drag");
    };
    stage.addEventListener("pointerup", up);
    stage.addEventListener("pointercancel", up);
    stage.append(this.#before, this.#after);
    for (const button of [this.#before, this.#after]) {
      for (const type of ["pointerdown", "dblclick"]) button.addEventListener(type, (event) => event.stopPropagation());
    }
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
      this.#forget();
      return;
    }
    const item = this.#item;
    const subject = this.#subject();
    if (!item || !subject) return;
    const status = statusOf(this.#state, item.id);
    const findings = this.#state.measured.get(item.id)?.findings;
    this.#title.replaceChildren(
      [item.format.name, item.locale.name, item.option].filter(Boolean).join(" · "),
      h("span", {}, `  ${item.format.size} · ${STATUS[status].toLowerCase()} · ${findingWords(findings)}`),
    );
    this.#stage.setAttribute(
      "aria-label",
      `${item.format.name}, ${subject.locale.name}, ${STATUS[status].toLowerCase()}, ${findingWords(findings)}`,
    );
    this.#note.hidden = !this.#flipped;
    write(this.#note, subject.id === item.id ? `This is the source, ${item.locale.name}` : `Source: ${subject.locale.name}`);
    this.#overlayButton.setAttribute("aria-pressed", String(this.#overlays));
    this.#flipButton.setAttribute("aria-pressed", String(this.#flipped));
    this.#choices.hidden = !this.#overlays;
    for (const button of this.#stripButtons)
      button.setAttribute("aria-pressed", String(button.dataset.strip === this.#strip.kind));
    this.#before.disabled = this.beside(-1) === undefined;
    this.#after.disabled = this.beside(1) === undefined;
    this.#film.source = this.source;
    this.#film.state = this.#state;
    this.#film.kind = this.#strip.kind;
    this.#film.items = this.#strip.items;
    this.#film.focused = item.id;
    this.#soon();
  }

  #draw(): void {
    const subject = this.#subject();
    const { source } = this;
    const context = this.#canvas.getContext("2d", { alpha: true });
    if (!subject || !source || !context) return;
    const dpr = this.#dpr();
    const width = Math.round(this.#stage.clientWidth * dpr);
    const height = Math.round(this.#stage.clientHeight * dpr);
    if (width === 0 || height === 0) return;
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    } else context.clearRect(0, 0, width, height);
    const { format } = subject;
    const z = this.#scale();
    if (this.#zoom === "fit") this.#centre = { x: format.width / 2, y: format.height / 2 };
    // At least a corner of the picture stays in sight.
    this.#centre.x = Math.max(0, Math.min(format.width, this.#centre.x));
    this.#centre.y = Math.max(0, Math.min(format.height, this.#centre.y));
    const map: Mapping = {
      left: Math.round(width / 2 - this.#centre.x * z),
      top: Math.round(height / 2 - this.#centre.y * z),
      scale: z,
    };
    write(this.#percent, `${Math.round(z * 100)} %`);

    context.fillStyle = this.#state.campaign?.ground ?? "#808080";
    context.fillRect(map.left, map.top, Math.round(format.width * z), Math.round(format.height * z));
    context.imageSmoothingQuality = "high";
    const standIn = source.cached(subject.id);
    if (standIn)
      context.drawImage(standIn.bitmap, map.left, map.top, Math.round(format.width * z), Math.round(format.height * z));
    const sharp = this.#sharp;
    if (sharp?.id === subject.id) {
      const by = z / sharp.scale;
      context.imageSmoothingEnabled = Math.abs(by - 1) > 1e-6;
      context.drawImage(
        sharp.bitmap,
        Math.round(map.left + sharp.x * z),
        Math.round(map.top + sharp.y * z),
        Math.round(sharp.bitmap.width * by),
        Math.round(sharp.bitmap.height * by),
      );
      context.imageSmoothingEnabled = true;
    }
    if (this.#overlays || this.#marked) {
      const measured = this.#state.measured.get(subject.id);
      const choice = this.#overlays ? this.#choice : { safe: false, edges: false, layers: false, findings: false };
      drawOverlays(
        context,
        map,
        { ...choice, format, boxes: measured?.boxes ?? [], places: measured?.findings ?? [], marked: this.#marked },
        dpr,
      );
    }
    this.#ask(subject, map, width, height);
  }

  /** Asks for the part in sight at the present zoom; one request at a time, the last wish wins. */
  #ask(subject: Item, map: Mapping, width: number, height: number): void {
    const { source } = this;
    const print = this.#state.variants.get(subject.id)?.fingerprint ?? "";
    const bleed = this.#overlays ? subject.format.bleed : 0;
    const { scale } = map;
    // In whole px of the screen from the corner of the trim, so that nothing is resampled when it is drawn.
    const left = Math.max(Math.floor(-bleed * scale), -map.left);
    const top = Math.max(Math.floor(-bleed * scale), -map.top);
    const right = Math.min(Math.ceil((subject.format.width + bleed) * scale), width - map.left);
    const bottom = Math.min(Math.ceil((subject.format.height + bleed) * scale), height - map.top);
    if (!source || right <= left || bottom <= top) return;
    const wish = [subject.id, print, scale, left, top, right, bottom].join(" ");
    if (wish === this.#asked) return;
    if (this.#busy) {
      this.#again = true;
      if (!this.#asked.startsWith(`${subject.id} `)) this.#stop?.abort();
      return;
    }
    this.#asked = wish;
    this.#busy = true;
    const stop = new AbortController();
    this.#stop = stop;
    const region: [number, number, number, number] = [left / scale, top / scale, (right - left) / scale, (bottom - top) / scale];
    source
      .render({ id: subject.id, scale, region }, { signal: stop.signal, priority: Priority.now })
      .then((rendered) => this.#arrived(rendered, left / scale, top / scale, stop.signal.aborted))
      .catch(() => {
        if (!stop.signal.aborted) write(this.#note, "This variant could not be drawn.");
      })
      .finally(() => {
        this.#busy = false;
        if (this.#again) {
          this.#again = false;
          this.#soon();
        }
      });
  }

  #arrived(rendered: Rendered, x: number, y: number, aborted: boolean): void {
    if (aborted || this.hidden) {
      rendered.bitmap.close();
      return;
    }
    this.#sharp?.bitmap.close();
    this.#sharp = { id: rendered.id, fingerprint: rendered.fingerprint, bitmap: rendered.bitmap, x, y, scale: rendered.scale };
    this.#soon();
  }
}

define("variorum-loupe", VariorumLoupe);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-loupe": VariorumLoupe;
  }
}

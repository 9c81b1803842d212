/**
 * `<variorum-adjust>`: the layers of a variant over its picture in the loupe, to be moved, resized, hidden, brought forward. In: boxes, corrections so far, how px
 * map to the stage. Out: corrections. By pointer with snapping, by keys on the focused layer: arrows (with Shift ten at once), + and -, H, [ and ].
 * A box stands where the hand has it until the engine's own comes back, so that no key waits for a picture.
 *
 * What is hidden leaves the choice, and the keyboard, to the next layer; `bereft` says that there is none. Enter or a double press on a picture: `crop`.
 *
 * @fires variorum-correct-request - `{ id, layer, layout, set, by, goesOn }`
 * @fires variorum-uncorrect-request - `{ id, layer }`
 * @fires variorum-take-back-request - a drag was broken off
 */

import type { LayerBox } from "../engine/types.ts";
import { fine, type LayerSet, type LayerStep } from "../studio/corrections.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import type { Mapping } from "../studio/overlays.ts";
import type { Item } from "../studio/sections.ts";
import { type Box, CORNERS, type Corner, guidesOf, snapMove, snapResize } from "../studio/snapping.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; inset: 0; overflow: hidden; pointer-events: none; }
.layer { position: absolute; left: 0; top: 0; display: block; padding: 0; min-height: 0; min-width: 0; border: 1px dashed #ffffff; outline: 1px dashed #000000; outline-offset: 0; border-radius: 0; background: none; pointer-events: auto; touch-action: none; cursor: move; }
.layer:hover:not(:disabled), .layer:active:not(:disabled) { background: #ffffff22; }
.layer[aria-pressed="true"] { border: 2px solid #ffffff; outline: 2px solid #000000; background: none; z-index: 1; }
.layer:focus-visible { outline: 3px solid #000000; }
.layer span { position: absolute; left: -1px; bottom: 100%; padding: 0 4px; background: #000000cc; color: #ffffff; font-size: 11px; line-height: 16px; white-space: nowrap; display: none; }
.layer[aria-pressed="true"] span, .layer:focus-visible span { display: block; }
.corner { position: absolute; left: 0; top: 0; width: 24px; height: 24px; margin: -12px 0 0 -12px; pointer-events: auto; touch-action: none; z-index: 2; display: grid; place-items: center; }
.corner::after { content: ""; width: 10px; height: 10px; background: #ffffff; border: 1px solid #000000; }
.corner[data-corner="-1 -1"], .corner[data-corner="1 1"] { cursor: nwse-resize; } .corner[data-corner="1 -1"], .corner[data-corner="-1 1"] { cursor: nesw-resize; }
/* A picture is being cropped: where words stand is seen, and one thing is in hand. */
:host([quiet]) .corner, :host([quiet]) .layer span { display: none; } :host([quiet]) .layer { border: 1px dashed #ffffff; outline: 1px dashed #000000; }
.guide { position: absolute; background: #ffffff; outline: 0.5px solid #000000; z-index: 2; }
.guide.across { top: 0; bottom: 0; left: 0; width: 1px; } .guide.down { left: 0; right: 0; top: 0; height: 1px; }
`);

/** Screen px within which an edge snaps. */
const NEAR = 6;
/** A press may tremble this far, screen px. */
const TREMBLE = 3;
const STEP = 1;
const LEAP = 10;
const ZOOM = 1.05;
/** Words whose middle is this near to the page's, as a share of its width, are centred on it. */
const CENTRED = 0.01;
/** Those that take this share of it are in its middle whatever edge they keep. */
const WIDE = 0.8;

export interface AdjustSubject {
  item: Item;
  boxes: readonly LayerBox[];
  /** The arrangement that they are of. */
  layout: string;
  /** The boxes are those of all that was said. */
  settled: boolean;
}

/** A drag under way: where it began, on the screen, and what of the box it changes. */
interface Dragging {
  x: number;
  y: number;
  box: Box;
  corner: Corner | undefined;
  moved: boolean;
  /** Where the engine was told that it is by now: the picture goes with the hand as fast as it is drawn. */
  told: Box | undefined;
}

export class VariorumAdjust extends StudioElement {
  #subject: AdjustSubject | undefined;
  #map: Mapping = { left: 0, top: 0, scale: 1 };
  #chosen = "";
  /** Being hidden: its heir is chosen once it is gone. */
  #hiding = "";
  #drag: Dragging | undefined;
  /** Where the chosen box stands while it is dragged. */
  #shown: Box | undefined;
  /** Where the hand has put boxes that the engine has not answered yet. */
  readonly #ahead = new Map<string, Box>();
  readonly #layers = h("div");
  readonly #corners = CORNERS.map(({ across, down }) =>
    h("div", { class: "corner", "data-corner": `${across} ${down}`, hidden: true }),
  );
  readonly #across = h("div", { class: "guide across", hidden: true });
  readonly #down = h("div", { class: "guide down", hidden: true });

  constructor() {
    super(base, style);
    this.root.append(this.#layers, ...this.#corners, this.#across, this.#down);
    this.root.addEventListener("pointerdown", (event) => this.#pressed(event as PointerEvent));
    this.root.addEventListener("pointermove", (event) => this.#moved(event as PointerEvent));
    for (const type of ["pointerup", "pointercancel"]) this.root.addEventListener(type, (event) => this.#released(event));
    this.root.addEventListener("dblclick", (event) => {
      event.stopPropagation();
      this.#crop();
    });
    this.root.addEventListener("keydown", (event) => this.#key(event as KeyboardEvent));
  }

  set subject(subject: AdjustSubject | undefined) {
    if (subject?.item.id !== this.#subject?.item.id) {
      this.#stop();
      this.#hiding = "";
      this.#ahead.clear();
    }
    if (subject?.settled) this.#ahead.clear();
    this.#subject = subject;
    if (subject?.settled) this.#follow();
    this.changed();
  }

  /** Where the picture stands on the stage, CSS px. */
  map(map: Mapping): void {
    this.#map = map;
    this.#place();
  }

  /** The layer that is corrected. */
  get chosen(): LayerBox | undefined {
    return this.#subject?.boxes.find(({ layer }) => layer === this.#chosen);
  }

  choose(layer: string, focus = false): void {
    this.#chosen = layer;
    this.#hiding = "";
    this.update();
    if (focus) this.#toHand();
    this.dispatchEvent(new Event("chosen"));
  }

  /** The keyboard goes to the layer that is corrected. */
  #toHand(): void {
    this.#layers.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus({ preventScroll: true });
  }

  hide(): void {
    this.#hiding = this.#chosen;
    this.#correct({ set: { hide: true } });
  }

  /** Another colour, more lines or fewer. */
  restyle(set: Pick<LayerSet, "color" | "max_lines">): void {
    this.#correct({ set });
  }

  /** One step larger or smaller, about its middle; words keep the edge that they begin at. */
  grow(by: 1 | -1, goesOn = false): void {
    const { chosen } = this;
    const { item } = this.#subject ?? {};
    if (!chosen || !item) return;
    const box = this.#boxOf(chosen.layer) ?? chosen.box;
    const [x, y, w, height] = box;
    const factor = by === 1 ? ZOOM : 1 / ZOOM;
    const [across, down] = [w * (factor - 1), height * (factor - 1)];
    const { width } = item.format;
    const isMid = chosen.size === undefined || (w < WIDE * width && Math.abs(x + w / 2 - width / 2) < CENTRED * width);
    const kept = isMid ? 0.5 : item.locale.dir === "rtl" ? 1 : 0;
    const grown: Box = [x - kept * across, y - down / 2, w + across, height + down];
    this.#put(grown);
    this.#resizeTo(grown, box, chosen, goesOn);
  }

  #crop(): void {
    if (this.chosen?.crop) this.dispatchEvent(new Event("crop"));
  }

  order(by: 1 | -1): void {
    this.#correct({ by: { order: by } });
  }

  /** Back to where the layout has it. */
  reset(): void {
    const { item } = this.#subject ?? {};
    if (item && this.#chosen !== "") this.request("variorum-uncorrect-request", { id: item.id, layer: this.#chosen });
  }

  /** `goesOn`: a key is held, which is one thing to take back. */
  #correct(change: { set?: LayerSet; by?: LayerStep }, goesOn = false): void {
    const { item, layout } = this.#subject ?? {};
    if (item && this.#chosen !== "")
      this.request("variorum-correct-request", { id: item.id, layer: this.#chosen, layout, ...change, goesOn });
  }

  #moveBy(dx: number, dy: number, goesOn = false): void {
    const from = this.#boxOf(this.#chosen);
    if (!from || (dx === 0 && dy === 0)) return;
    this.#put([from[0] + dx, from[1] + dy, from[2], from[3]]);
    this.#step(dx, dy, goesOn);
  }

  /** Shows the chosen box where the hand has it. */
  #put(box: Box): void {
    this.#ahead.set(this.#chosen, box);
    this.#place();
  }

  /** Where a layer stands by now. */
  #boxOf(layer: string): Box | undefined {
    return this.#ahead.get(layer) ?? this.#subject?.boxes.find((one) => one.layer === layer)?.box;
  }

  /** Text is set anew in its new box; what is not text keeps its shape. */
  #resizeTo([x, y, w, h]: Box, [bx, by, bw, bh]: Box, before: LayerBox, goesOn = false): void {
    const { format } = this.#subject?.item ?? {};
    if (!format) return;
    if (before.size !== undefined) {
      const { width, height } = format;
      const box: LayerSet["box"] = [fine(x / width), fine(y / height), fine(w / width), fine(h / height)];
      this.#correct({ set: { box, move: [0, 0] } }, goesOn);
      return;
    }
    const shorter = Math.min(format.width, format.height);
    // It grows from its middle: where the middle goes is a move.
    const dx = x + w / 2 - (bx + bw / 2);
    const dy = y + h / 2 - (by + bh / 2);
    const scale = bw > 0 ? w / bw : h / Math.max(1, bh);
    this.#correct({ by: { scale, move: [dx / shorter, dy / shorter] } }, goesOn);
  }

  #pressed(event: PointerEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const layer = target?.closest<HTMLElement>(".layer")?.dataset.layer;
    const corner = CORNERS[this.#corners.indexOf(target?.closest<HTMLDivElement>(".corner") as HTMLDivElement)];
    if (event.button > 0 || (layer === undefined && !corner)) return;
    event.stopPropagation();
    if (layer !== undefined) this.choose(layer, true);
    const { chosen } = this;
    if (!chosen) return;
    target?.setPointerCapture(event.pointerId);
    const box = this.#boxOf(chosen.layer) ?? chosen.box;
    this.#drag = { x: event.clientX, y: event.clientY, box, corner, moved: false, told: undefined };
  }

  #moved(event: PointerEvent): void {
    const drag = this.#drag;
    const { chosen } = this;
    const subject = this.#subject;
    if (!drag || !chosen || !subject) return;
    event.stopPropagation();
    const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(across, down) < TREMBLE) return;
    drag.moved = true;
    const { scale } = this.#map;
    const [dx, dy] = [across / scale, down / scale];
    const [x, y, w, hh] = drag.box;
    const guides = guidesOf(subject.item.format, subject.boxes, chosen.layer);
    // Alt lets it go where it is let go.
    const near = event.altKey ? 0 : NEAR / scale;
    const snapped = drag.corner
      ? snapResize(drag.box, drag.corner, [dx, dy], guides, near, chosen.size === undefined)
      : snapMove([x + dx, y + dy, w, hh], guides, near);
    this.#shown = snapped.box;
    this.#guide(this.#across, snapped.across === undefined ? undefined : this.#map.left + snapped.across * scale, "X");
    this.#guide(this.#down, snapped.down === undefined ? undefined : this.#map.top + snapped.down * scale, "Y");
    this.#place();
    if (subject.settled) this.#follow();
  }

  /** What is dragged is drawn where it is by now, as fast as the engine answers. */
  #follow(): void {
    const drag = this.#drag;
    const { chosen } = this;
    if (drag?.moved && this.#shown && chosen) this.#tell(drag, this.#shown, chosen);
  }

  /** Says where a drag has a box by now: all of a drag is one step to take back. */
  #tell(drag: Dragging, shown: Box, chosen: LayerBox): void {
    const from = drag.told ?? drag.box;
    if (shown.every((value, n) => value === from[n])) return;
    const goesOn = drag.told !== undefined;
    drag.told = shown;
    if (drag.corner) this.#resizeTo(shown, from, chosen, goesOn);
    else this.#step(shown[0] - from[0], shown[1] - from[1], goesOn);
  }

  /** Moved by px of the format: as shares of the shorter side, so that it means the same in other sizes. */
  #step(dx: number, dy: number, goesOn: boolean): void {
    const { format } = this.#subject?.item ?? {};
    if (!format) return;
    const shorter = Math.min(format.width, format.height);
    this.#correct({ by: { move: [dx / shorter, dy / shorter] } }, goesOn);
  }

  #released(event: Event): void {
    const drag = this.#drag;
    const shown = this.#shown;
    const { chosen } = this;
    if (!drag) return;
    event.stopPropagation();
    this.#stop();
    this.changed();
    // A corner takes no focus, and what lies under it would have it.
    if (drag.corner) this.#toHand();
    if (!drag.moved || !shown || !chosen || event.type === "pointercancel") {
      if (drag.told) this.request("variorum-take-back-request", undefined);
      this.#place();
      return;
    }
    this.#put(shown);
    this.#tell(drag, shown, chosen);
  }

  #stop(): void {
    this.#drag = undefined;
    this.#shown = undefined;
    this.#across.hidden = true;
    this.#down.hidden = true;
  }

  #guide(line: HTMLElement, at: number | undefined, axis: "X" | "Y"): void {
    line.hidden = at === undefined;
    if (at !== undefined) line.style.setProperty("transform", `translate${axis}(${Math.round(at)}px)`);
  }

  #key(event: KeyboardEvent): void {
    const { chosen } = this;
    if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? LEAP : STEP;
    const { repeat } = event;
    const acts: Record<string, (() => void) | undefined> = {
      ArrowLeft: () => this.#moveBy(-by, 0, repeat),
      ArrowRight: () => this.#moveBy(by, 0, repeat),
      ArrowUp: () => this.#moveBy(0, -by, repeat),
      ArrowDown: () => this.#moveBy(0, by, repeat),
      "+": () => this.grow(1, repeat),
      "=": () => this.grow(1, repeat),
      "-": () => this.grow(-1, repeat),
      h: () => this.hide(),
      "[": () => this.order(-1),
      "]": () => this.order(1),
      Delete: () => this.hide(),
      Enter: chosen.crop && (() => this.#crop()),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  protected override update(): void {
    // What is under the hand keeps its place in the order, or it would lose the pointer.
    if (this.#drag?.moved) {
      this.#place();
      return;
    }
    const { boxes = [] } = this.#subject ?? {};
    const gone = this.#chosen !== "" && !boxes.some(({ layer }) => layer === this.#chosen);
    const hid = gone && this.#hiding === this.#chosen;
    const active = this.root.activeElement;
    const held = active !== null;
    if (gone) {
      this.#chosen = (hid ? this.#heir(boxes) : undefined) ?? "";
      this.#hiding = "";
    }
    // Large ones first, so that a small one on a large one can be pressed; of two alike the picture last: a shade over all of it is seldom what is meant.
    const area = ({ box }: LayerBox): number => Math.round(box[2] * box[3]);
    const sorted = [...boxes].sort((a, b) => area(b) - area(a) || Number(a.crop !== undefined) - Number(b.crop !== undefined));
    keep(
      this.#layers,
      sorted,
      ({ layer }) => layer,
      ({ layer }) =>
        h(
          "button",
          { class: "layer", "data-layer": layer, onfocus: () => layer !== this.#chosen && this.choose(layer) },
          h("span", {}, layer),
        ),
      (node, { layer, role }) => {
        node.setAttribute("aria-pressed", String(layer === this.#chosen));
        node.dataset.role = role;
      },
    );
    this.#place();
    // Another size is another place in the order, and what is moved there loses the keyboard.
    if (active instanceof HTMLElement && active.isConnected && this.root.activeElement !== active)
      active.focus({ preventScroll: true });
    if (!hid) return;
    if (this.#chosen === "") this.dispatchEvent(new Event("bereft"));
    else this.choose(this.#chosen, held);
  }

  /** The layer after the one that went, else the one before it. */
  #heir(boxes: readonly LayerBox[]): string | undefined {
    const stand = new Set<string | undefined>(boxes.map(({ layer }) => layer));
    const order = [...this.#layers.children].map((node) => (node as HTMLElement).dataset.layer);
    const at = order.indexOf(this.#chosen);
    return [...order.slice(at + 1), ...order.slice(0, Math.max(0, at)).reverse()].find((layer) => stand.has(layer));
  }

  #place(): void {
    const { boxes = [] } = this.#subject ?? {};
    const { left, top, scale } = this.#map;
    const byLayer = new Map(boxes.map(({ layer, box }) => [layer, this.#ahead.get(layer) ?? box]));
    for (const node of this.#layers.children) {
      if (!(node instanceof HTMLElement)) continue;
      const { layer = "" } = node.dataset;
      const [x, y, w, hh] = (layer === this.#chosen ? this.#shown : undefined) ?? byLayer.get(layer) ?? [0, 0, 0, 0];
      node.style.setProperty("transform", `translate(${Math.round(left + x * scale)}px, ${Math.round(top + y * scale)}px)`);
      // Where it stands and how large it is, px of the file: while it is dragged too.
      const [at, size] = [`${Math.round(x)}, ${Math.round(y)}`, `${Math.round(w)} × ${Math.round(hh)} px`];
      const words = layer === this.#chosen ? `${layer} · ${at} · ${size}` : layer;
      const name = `${words}, ${node.dataset.role}: arrow keys move it`;
      if (node.firstChild) write(node.firstChild, words);
      if (node.getAttribute("aria-label") !== name) node.setAttribute("aria-label", name);
      node.style.setProperty("width", `${Math.max(4, Math.round(w * scale))}px`);
      node.style.setProperty("height", `${Math.max(4, Math.round(hh * scale))}px`);
    }
    const [x, y, w, hh] = this.#shown ?? byLayer.get(this.#chosen) ?? [0, 0, 0, 0];
    for (const [n, { across, down }] of CORNERS.entries()) {
      const node = this.#corners[n];
      if (!node) continue;
      node.hidden = this.#chosen === "";
      const at = [left + (across === 1 ? x + w : x) * scale, top + (down === 1 ? y + hh : y) * scale];
      node.style.setProperty("transform", `translate(${Math.round(at[0] ?? 0)}px, ${Math.round(at[1] ?? 0)}px)`);
    }
  }
}

define("variorum-adjust", VariorumAdjust);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-adjust": VariorumAdjust;
  }
}

/**
 * `<variorum-focal>`: the part of a picture that must stay in, over the picture as it is cropped now, on a map of where the eye goes. In: the layer's box and crop,
 * the map, how px map to the stage. Out: another focal box. Dragged inside it moves, at a corner it is resized, on the picture beside it another is drawn; arrows move it, with Shift they
 * resize.
 *
 * @fires variorum-correct-request - `{ id, layer, set: { focal }, goesOn }`
 */

import type { Salience } from "../engine/types.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import type { Mapping } from "../studio/overlays.ts";
import { type Box, CORNERS, type Corner, resized } from "../studio/snapping.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; inset: 0; overflow: hidden; pointer-events: none; z-index: 3; }
canvas { position: absolute; left: 0; top: 0; opacity: .62; pointer-events: auto; touch-action: none; cursor: crosshair; }
.focal { position: absolute; left: 0; top: 0; padding: 0; min-height: 0; border: 2px solid #ffffff; outline: 2px solid #000000; border-radius: 0; background: #ffffff1a; pointer-events: auto; touch-action: none; cursor: move; }
.focal:hover:not(:disabled), .focal:active:not(:disabled) { background: #ffffff33; } .focal:focus-visible { outline: 4px solid #000000; }
.corner { position: absolute; left: 0; top: 0; width: 24px; height: 24px; margin: -12px 0 0 -12px; pointer-events: auto; touch-action: none; display: grid; place-items: center; }
.corner[data-corner="-1 -1"], .corner[data-corner="1 1"] { cursor: nwse-resize; } .corner[data-corner="1 -1"], .corner[data-corner="-1 1"] { cursor: nesw-resize; }
.corner::after { content: ""; width: 10px; height: 10px; background: #ffffff; border: 1px solid #000000; }
/* In the air that the loupe leaves below a whole picture: it moves nothing and lies on nothing. */
.hint { position: absolute; left: 50%; bottom: 2px; transform: translateX(-50%); max-width: 100%; padding: 0 8px; border-radius: 4px; background: #000000cc; color: #ffffff; font-size: 11px; line-height: 20px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
`);

const STEP = 0.01;
/** Smallest side of a focal box, as a share of the picture. */
const LEAST = 0.02;
const END: Corner = { across: 1, down: 1 };
/** A press beside the box may tremble this far before it draws another, screen px. */
const TREMBLE = 4;
const HINT =
  "Drag the box over what must stay in, or draw another. Light: where the eye goes. Arrows move, Shift sizes, Esc: done";

/** What the hand has: the box, one of its corners, or the picture beside it. */
type Held = Corner | "box" | "picture";

export interface FocalSubject {
  id: string;
  layer: string;
  /** Where the picture stands, px of the format, and which part of it, as fractions of it. */
  box: Box;
  crop: Box;
  /** As it was drawn by the designer, or corrected since. */
  focal: Box | undefined;
  salience: Salience | undefined;
}

export class VariorumFocal extends StudioElement {
  #subject: FocalSubject | undefined;
  #map: Mapping = { left: 0, top: 0, scale: 1 };
  /** Fractions of the picture. */
  #focal: Box = [0.25, 0.25, 0.5, 0.5];
  #drag: { x: number; y: number; focal: Box; held: Held; moved: boolean } | undefined;
  /** Said last and not yet heard back, as JSON. */
  #said = "";
  #painted: Salience | undefined;
  readonly #heat = h("canvas", { "aria-hidden": "true" });
  readonly #box = h("button", {
    class: "focal",
    "aria-label": "What must stay in the picture: arrow keys move it, with Shift resize it",
  });
  readonly #corners = CORNERS.map((corner) => ({
    corner,
    node: h("div", { class: "corner", "data-corner": `${corner.across} ${corner.down}` }),
  }));

  constructor() {
    super(base, style);
    const hint = h("p", { class: "hint", role: "status" }, HINT);
    this.root.append(this.#heat, this.#box, ...this.#corners.map(({ node }) => node), hint);
    const held: readonly { node: HTMLElement; corner: Held }[] = [
      { node: this.#heat, corner: "picture" },
      { node: this.#box, corner: "box" },
      ...this.#corners,
    ];
    for (const { node, corner } of held) {
      node.addEventListener("pointerdown", (event) => this.#pressed(event, corner));
      node.addEventListener("pointermove", (event) => this.#moved(event));
      for (const type of ["pointerup", "pointercancel"]) node.addEventListener(type, (event) => this.#released(event));
    }
    this.#box.addEventListener("keydown", (event) => this.#key(event));
  }

  set subject(subject: FocalSubject | undefined) {
    const before = this.#subject;
    this.#subject = subject;
    if (before?.id !== subject?.id || before?.layer !== subject?.layer) this.#said = "";
    // What was said is on its way: what comes meanwhile is older, and would take back steps of the hand.
    if (this.#said !== "" && JSON.stringify(subject?.focal) === this.#said) this.#said = "";
    // What is under the hand stays there, whatever is drawn meanwhile.
    if (subject && this.#said === "" && !this.#drag) this.#focal = subject.focal ?? hottest(subject.salience) ?? this.#focal;
    this.changed();
  }

  /** To the box, as soon as there is one. */
  override focus(): void {
    this.update();
    this.#box.focus({ preventScroll: true });
  }

  /** Where the picture stands on the stage, CSS px. */
  map(map: Mapping): void {
    this.#map = map;
    this.#place();
  }

  #pressed(event: PointerEvent, held: Held): void {
    if (event.button > 0) return;
    event.stopPropagation();
    if (event.target instanceof HTMLElement) event.target.setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, y: event.clientY, focal: this.#focal, held, moved: false };
  }

  #moved(event: PointerEvent): void {
    const drag = this.#drag;
    const unit = this.#unit();
    if (!drag || !unit) return;
    event.stopPropagation();
    const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(across, down) < (drag.held === "picture" ? TREMBLE : 1)) return;
    drag.moved = true;
    const [dx, dy] = [across / unit.x, down / unit.y];
    const { held, focal } = drag;
    const [x, y, w, height] = focal;
    if (held === "box") this.#focal = inside([x + dx, y + dy, w, height]);
    else if (held === "picture") this.#focal = this.#drawn(drag, dx, dy, unit);
    else this.#focal = within(cornered(focal, held, dx, dy));
    this.#place();
  }

  /** From where it was pressed to where the hand is, fractions of the picture. */
  #drawn({ x, y }: { x: number; y: number }, dx: number, dy: number, unit: { x: number; y: number }): Box {
    const { left, top } = this.#heat.getBoundingClientRect();
    const [from, over] = [(x - left) / unit.x, (y - top) / unit.y];
    return within([Math.min(from, from + dx), Math.min(over, over + dy), Math.abs(dx), Math.abs(dy)]);
  }

  #released(event: Event): void {
    const drag = this.#drag;
    if (!drag) return;
    event.stopPropagation();
    this.#drag = undefined;
    if (event.type === "pointercancel") this.#focal = drag.focal;
    else if (drag.moved) this.#say();
    this.#place();
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const [dx = 0, dy = 0] = by;
    const [x, y, w, height] = this.#focal;
    this.#focal = event.shiftKey ? within(cornered(this.#focal, END, dx, dy)) : inside([x + dx, y + dy, w, height]);
    this.#place();
    this.#say(event.repeat);
  }

  #say(goesOn = false): void {
    const { id, layer } = this.#subject ?? {};
    const focal = this.#focal.map((value) => Math.round(value * 1e4) / 1e4);
    this.#said = JSON.stringify(focal);
    const set = { focal };
    if (id) this.request("variorum-correct-request", { id, layer, set, goesOn });
  }

  /** CSS px of the whole picture's width and height, were it not cropped. */
  #unit(): { x: number; y: number } | undefined {
    const { box, crop } = this.#subject ?? {};
    if (!box || !crop) return undefined;
    const { scale } = this.#map;
    return { x: (box[2] * scale) / Math.max(1e-6, crop[2]), y: (box[3] * scale) / Math.max(1e-6, crop[3]) };
  }

  protected override update(): void {
    const { salience } = this.#subject ?? {};
    this.hidden = !this.#subject;
    if (salience && salience !== this.#painted) {
      this.#painted = salience;
      paint(this.#heat, salience);
    }
    this.#place();
  }

  #place(): void {
    const unit = this.#unit();
    const { box, crop, salience } = this.#subject ?? {};
    if (!unit || !box || !crop) return;
    const { left, top, scale } = this.#map;
    // The picture's own corner: outside what is shown of it.
    const x0 = left + box[0] * scale - crop[0] * unit.x;
    const y0 = top + box[1] * scale - crop[1] * unit.y;
    this.#heat.hidden = !salience;
    put(this.#heat, x0, y0, unit.x, unit.y);
    const [l, t, r, b] = [crop[0], crop[1], crop[0] + crop[2], crop[1] + crop[3]].map((value) => `${(value * 100).toFixed(2)}%`);
    this.#heat.style.setProperty("clip-path", `polygon(${l} ${t}, ${r} ${t}, ${r} ${b}, ${l} ${b})`);
    const [x, y, w, height] = this.#focal;
    put(this.#box, x0 + x * unit.x, y0 + y * unit.y, w * unit.x, height * unit.y);
    for (const { node, corner } of this.#corners) {
      const across = Math.round(x0 + (corner.across === 1 ? x + w : x) * unit.x);
      const down = Math.round(y0 + (corner.down === 1 ? y + height : y) * unit.y);
      node.style.setProperty("transform", `translate(${across}px, ${down}px)`);
    }
  }
}

function put(node: HTMLElement, x: number, y: number, width: number, height: number): void {
  node.style.setProperty("transform", `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
  node.style.setProperty("width", `${Math.max(4, Math.round(width))}px`);
  node.style.setProperty("height", `${Math.max(4, Math.round(height))}px`);
}

/** A corner dragged by fractions; the opposite one stays. */
function cornered([x, y, w, height]: Box, corner: Corner, dx: number, dy: number): Box {
  const fine = 1e4;
  const [left, top, width, tall] = resized([x * fine, y * fine, w * fine, height * fine], corner, dx * fine, dy * fine, false);
  return [left / fine, top / fine, width / fine, tall / fine];
}

/** What of it lies in the picture: at the rim it ends, and does not push. */
function within([x, y, w, height]: Box): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return inside([left, top, Math.max(LEAST, Math.min(1, x + w) - left), Math.max(LEAST, Math.min(1, y + height) - top)]);
}

/** Moved back into the picture. */
function inside([x, y, w, height]: Box): Box {
  const width = Math.min(1, w);
  const tall = Math.min(1, height);
  return [Math.max(0, Math.min(1 - width, x)), Math.max(0, Math.min(1 - tall, y)), width, tall];
}

/** White where the eye goes, black where it does not. */
function paint(canvas: HTMLCanvasElement, { width, height, values }: Salience): void {
  canvas.width = width;
  canvas.height = height;
  const pixels = new ImageData(width, height);
  const most = Math.max(1e-6, ...values);
  for (const [n, value] of values.entries()) {
    const light = Math.round((value / most) * 255);
    pixels.data.set([light, light, light, 255], n * 4);
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}

/** The box around what stands out, as fractions. */
export function hottest(salience: Salience | undefined): Box | undefined {
  if (!salience) return undefined;
  const { width, height, values } = salience;
  const limit = 0.6 * Math.max(...values);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [n, value] of values.entries()) {
    if (value < limit) continue;
    const [x, y] = [n % width, Math.floor(n / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right > left && bottom > top ? [left / width, top / height, (right - left) / width, (bottom - top) / height] : undefined;
}

define("variorum-focal", VariorumFocal);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-focal": VariorumFocal;
  }
}

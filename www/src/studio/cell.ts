/**
 * One picture with its caption, as the sheet, the matrix and the strips show it. In: an item, its size in CSS px, the state. Out: a node
 * that is reused for the next item. It asks the store for its picture in device px, cancels what it no longer needs, and shows the
 * nearest picture there is meanwhile: ground colour first, an older or smaller picture next, the sharp one last; its box never moves.
 */

import { Priority } from "../engine/client.ts";
import { isAbort } from "../engine/errors.ts";
import type { Finding, OverridePatch, Status } from "../engine/types.ts";
import { isOutside, type StudioState, statusOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { isCorrected, patchesOf } from "./corrections.ts";
import { css, h, write } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Item } from "./sections.ts";
import { OwnCanvas, type Surface } from "./surface.ts";
import { cellWords, count, OUTSIDE, toMend } from "./words.ts";

export type PictureSource = Pick<StudioStore, "picture" | "cached">;

/** How a cell looks; adopted by whoever shows cells. */
export const cellStyle = css(`
.cell { position: absolute; outline: none; contain: layout style; }
.picture { box-shadow: 0 0 0 .5px #0006; }
.behind { position: absolute; left: 0; top: 0; pointer-events: none; }
.whole { display: block; width: 100%; height: 100%; background: var(--empty); }
.frame { position: relative; }
.cell[aria-selected="true"] .frame::after { content: ""; position: absolute; inset: -4px; border: 2px solid var(--ground-ring); opacity: .75; pointer-events: none; }
.cell.focus .frame::after { content: ""; position: absolute; inset: -5px; border: 3px solid var(--ground-ring); outline: 1px solid var(--ground-gap); opacity: 1; pointer-events: none; }
.cell.outside .frame::after { border-style: dashed; }
.cell:focus-visible .frame::after { outline-width: 2px; }
.caption { display: flex; align-items: center; gap: 4px; height: 24px; padding-top: 6px; font-size: 11px; line-height: 16px; color: var(--ground-ink); }
.name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sign { display: grid; place-items: center; width: 16px; height: 16px; border-radius: 8px; flex: none; }
.sign[data-status="approved"] { background: var(--chip); color: var(--chip-approved); }
.sign[data-status="sent-back"] { background: var(--chip); color: var(--chip-sent-back); }
.sign[data-status="reopened"] { background: var(--chip); color: var(--chip-reopened); }
.corrected { flex: none; } .corrected .icon { width: 12px; height: 12px; }
.sign .icon { width: 12px; height: 12px; stroke-width: 2.2; }
.badge { min-width: 16px; height: 16px; padding: 0 4px; border-radius: 8px; background: #1b1b1b; color: #fff; text-align: center; font-variant-numeric: tabular-nums; flex: none; }
.badge::after { content: attr(data-count); }
.badge.severe { box-shadow: 0 0 0 1.5px #fff; }
.failed { position: absolute; inset: 0; display: grid; place-items: center; background: #303030; color: #fff; font-size: 11px; line-height: 14px; padding: 4px; text-align: center; overflow: hidden; }
`);

export interface CellSize {
  pictureWidth: number;
  pictureHeight: number;
}

const SHOWN = [
  "campaign",
  "variants",
  "stamps",
  "measured",
  "failed",
  "selection",
  "focus",
  "shown",
  "held",
  "edits",
  "anew",
] as const;

/** Whether cells show something else in a state than in the one before: progress comes ten times a second, and is none of theirs. */
export function showsOtherwise(before: StudioState, state: StudioState): boolean {
  // At rest once more those ask again whose pictures were cancelled.
  const { done, total } = state.progress;
  const rests = before.progress !== state.progress && done === total;
  return rests || SHOWN.some((name) => before[name] !== state[name]);
}

/** What a cell's words say, but for its picture. */
interface Written {
  item: Item;
  name: string;
  focus: boolean;
  status: Status;
  findings: readonly Finding[] | undefined;
  patches: readonly OverridePatch[];
  selected: boolean;
  outside: boolean;
}

/** Many times a second a sheet is shown that is the same but for a few cells. */
function differs(before: Written | undefined, now: Written): boolean {
  return before === undefined || (Object.keys(now) as (keyof Written)[]).some((name) => before[name] !== now[name]);
}

/** Gives a node these children, in order; nothing is touched where it has them. */
function hold(parent: Node, parts: readonly (Node | false | undefined)[]): void {
  let at = parent.firstChild;
  for (const part of parts) {
    if (!part) continue;
    if (part === at) at = at.nextSibling;
    else parent.insertBefore(part, at);
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** Longest side from which a picture can be judged at all, CSS px. */
const JUDGEABLE = 64;

export function isJudgeable({ pictureWidth, pictureHeight }: CellSize): boolean {
  return Math.max(pictureWidth, pictureHeight) >= JUDGEABLE;
}

export class PictureCell {
  readonly element: HTMLElement;
  item: Item | undefined;
  readonly #box = h("div", { class: "picture", "aria-hidden": "true" });
  readonly #frame = h("div", { class: "frame" }, this.#box);
  #own: OwnCanvas | undefined;
  #surface: Surface | undefined;
  readonly #sign = h("span", { class: "sign" });
  readonly #name = h("span", { class: "name" });
  readonly #caption = h("div", { class: "caption", "aria-hidden": "true" });
  readonly #signs: boolean;
  // In the document where there is something to say only: of thousands that scroll by, each node is laid out.
  #corrected: HTMLElement | undefined;
  #badge: HTMLElement | undefined;
  #words = "";
  #failed: HTMLElement | undefined;
  #stop: AbortController | undefined;
  #wanted = "";
  #drawn = "";
  /** What was painted last, as long as it stands on the surface. */
  #painted: ImageBitmap | undefined;
  #status = "";
  /** What the caption and the words were written from. */
  #written: Written | undefined;
  #ground = "#808080";

  /** `signs`: its caption has no name, and is there where a sign or a number stands in it. */
  constructor(role: "gridcell" | "option", { signs = false }: { signs?: boolean } = {}) {
    this.element = h("div", { class: "cell", role, tabindex: -1 }, this.#frame);
    this.#signs = signs;
  }

  /** Where the next item is painted, if not on a canvas of the cell's own. */
  set surface(surface: Surface | undefined) {
    this.#surface = surface;
    this.#painted = undefined;
    if (surface) this.#own?.element.remove();
  }

  /** Takes another item, or the same one in a new state or size. */
  show(
    item: Item,
    size: CellSize,
    state: StudioState,
    source: PictureSource,
    look: { name: string; focus: boolean; near: boolean },
  ): void {
    const changed = this.item?.id !== item.id;
    this.item = item;
    if (changed) {
      this.element.dataset.id = item.id;
      this.element.id = `cell-${item.id.replaceAll(/[^\w-]/g, "_")}`;
    }
    this.#ground = state.campaign?.ground ?? "#808080";
    const findings = state.measured.get(item.id)?.findings;
    const written = {
      item,
      name: look.name,
      focus: look.focus,
      status: statusOf(state, item.id),
      findings,
      patches: patchesOf(state),
      selected: state.selection.has(item.id),
      outside: isOutside(state, item.id),
    };
    if (differs(this.#written, written)) this.#write(written);
    this.#written = written;
    this.#picture(item, size, state, source, changed, look.near);
  }

  #write({ item, name, focus, status, findings, patches, selected, outside }: Written): void {
    if (status !== this.#status) {
      this.#status = status;
      this.#sign.dataset.status = status;
      this.#sign.replaceChildren(icon(status));
    }
    write(this.#name, outside ? `${name} · ${OUTSIDE}` : name);
    const corrected = isCorrected(patches, item);
    const many = findings ? toMend(findings).length : 0;
    if (corrected) this.#corrected ??= h("span", { class: "corrected" }, icon("corrected"));
    if (many > 0) {
      this.#badge ??= h("span", { class: "badge" });
      // Drawn, not written: the cell's name says it in words, and what is written of a cell has to stand in its name as it stands there.
      this.#badge.dataset.count = count(many);
      this.#badge.classList.toggle("severe", findings?.some((finding) => finding.severity === "must") ?? false);
    }
    const signed = !this.#signs || status !== "to-review";
    const parts = [signed && this.#sign, !this.#signs && this.#name, corrected && this.#corrected, many > 0 && this.#badge];
    hold(this.#caption, parts);
    hold(this.element, [this.#frame, this.#caption.firstChild !== null && this.#caption]);
    this.element.classList.toggle("focus", focus);
    this.element.classList.toggle("outside", outside);
    this.element.tabIndex = focus ? 0 : -1;
    this.element.setAttribute("aria-selected", String(selected));
    const words =
      cellWords(item.format, item.locale, item.option, status, findings) +
      (corrected ? ", layout corrected" : "") +
      (outside ? `, ${OUTSIDE}` : "");
    // A name, not a node of words: those were a third of what the browser lays out and clips of a cell that comes.
    if (words !== this.#words) this.element.setAttribute("aria-label", words);
    this.#words = words;
    const title = item.option === "" ? item.format.name : `${item.format.name} · ${item.option}`;
    if (this.element.title !== title) this.element.title = title;
  }

  /** Whether the picture of the item as it is now stands here, at this size. */
  get isCurrent(): boolean {
    return this.#drawn !== "" && this.#drawn === this.#wanted;
  }

  /** Lets go of the item; what is being drawn for it is cancelled. */
  drop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.item = undefined;
    this.#wanted = "";
    this.#drawn = "";
    this.#painted = undefined;
  }

  #picture(item: Item, size: CellSize, state: StudioState, source: PictureSource, changed: boolean, near: boolean): void {
    const surface = this.#surface ?? this.#ownCanvas();
    const dpr = surface.density;
    const width = Math.max(1, Math.round(size.pictureWidth * dpr));
    const height = Math.max(1, Math.round(size.pictureHeight * dpr));
    const turn = state.anew.get(item.locale.tag);
    const print = turn === undefined ? (state.variants.get(item.id)?.fingerprint ?? "") : `anew ${turn}`;
    const wanted = `${item.id} ${print} ${width} ${height}`;
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    const resized = surface.width !== width || surface.height !== height;
    this.#box.style.setProperty("width", `${size.pictureWidth}px`);
    this.#box.style.setProperty("height", `${size.pictureHeight}px`);
    this.#frame.style.setProperty("width", `${size.pictureWidth}px`);
    this.#stop?.abort();
    this.#stop = undefined;
    this.#failed?.remove();
    const sharp = source.cached(item.id, width, height);
    if (changed || resized) {
      // The old picture of the same item is stretched into the new box until there is a better one: a canvas of its own by CSS.
      const standIn = sharp ?? source.cached(item.id);
      if (changed || standIn) {
        if (resized) surface.resize(width, height);
        this.#paint(surface, standIn?.bitmap);
        if (changed) this.#drawn = "";
      }
    }
    if (sharp) {
      // Its fingerprint became known, and the picture is the one that stands here: nothing to paint.
      if (!(changed || resized) && this.#painted !== sharp.bitmap) this.#paint(surface, sharp.bitmap);
      this.#drawn = wanted;
      return;
    }
    const stop = new AbortController();
    this.#stop = stop;
    source
      .picture(item.id, width, height, { signal: stop.signal, priority: near ? Priority.near : Priority.visible })
      .then((picture) => {
        if (stop.signal.aborted || this.#wanted !== wanted) return;
        if (surface.width !== width || surface.height !== height) surface.resize(width, height);
        this.#paint(surface, picture.bitmap);
        this.#drawn = wanted;
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        // A cancelled batch (not by this cell) leaves what stands; the next state asks again.
        if (isAbort(error)) this.#wanted = "";
        else if (this.#drawn === "") {
          this.#failed ??= h("div", { class: "failed" }, "Not drawn");
          this.#frame.append(this.#failed);
        }
      });
  }

  #paint(surface: Surface, bitmap: ImageBitmap | undefined): void {
    surface.paint(bitmap, this.#ground);
    this.#painted = bitmap;
  }

  #ownCanvas(): OwnCanvas {
    this.#own ??= new OwnCanvas();
    if (!this.#own.element.isConnected) this.#box.append(this.#own.element);
    return this.#own;
  }
}

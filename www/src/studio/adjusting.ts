/**
 * Adjusting layers in the loupe: the layers over the picture and the bar of what can be done to them, kept in step. In: the variant and the state. Out: requests to
 * correct; what was chosen stays chosen from variant to variant where it has such a layer.
 */

import { VariorumAdjust } from "../elements/adjust.ts";
import { type AdjustAct, VariorumAdjustBar } from "../elements/adjust-bar.ts";
import { VariorumFocal } from "../elements/focal.ts";
import type { Reach } from "../elements/reach.ts";
import type { LayerBox, OverridePatch, Salience } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { holds, patchesOf, setOf } from "./corrections.ts";
import type { Mapping } from "./overlays.ts";
import type { Item } from "./sections.ts";

export interface AdjustingSubject {
  item: Item;
  state: StudioState;
  pending: boolean;
  reach: Reach | undefined;
}

export class Adjusting {
  readonly overlay = new VariorumAdjust();
  readonly focal = new VariorumFocal();
  readonly bar = new VariorumAdjustBar();
  isOn = false;
  readonly #request: (type: string, detail: unknown) => void;
  #cropping = false;
  /** Something was chosen since it is on. */
  #isBegun = false;
  #salience: { key: string; map: Salience | undefined } = { key: "", map: undefined };
  source: Pick<StudioStore, "salience"> | undefined;
  #shown: AdjustingSubject | undefined;
  /** Boxes as they were last known: after a correction they stand until the new ones come. */
  #boxes: { id: string; boxes: readonly LayerBox[]; layout: string } = { id: "", boxes: [], layout: "" };

  constructor(request: (type: string, detail: unknown) => void) {
    this.#request = request;
    this.overlay.addEventListener("chosen", () => this.#refresh());
    this.overlay.addEventListener("bereft", () => this.bar.focusHidden());
    this.overlay.addEventListener("crop", () => this.#crop(true));
    this.bar.addEventListener("acted", (event) => this.#act((event as CustomEvent<AdjustAct>).detail));
  }

  /** `pending`: the engine has not answered the last correction. `reach`: where it is chosen nowhere else in sight. */
  show(shown: AdjustingSubject): void {
    const { item, state, pending, reach } = shown;
    this.#shown = shown;
    this.overlay.hidden = !this.isOn;
    this.bar.hidden = !this.isOn;
    if (!this.isOn) {
      this.#cropping = false;
      this.#isBegun = false;
      this.focal.subject = undefined;
      return;
    }
    const measured = state.measured.get(item.id);
    const known = measured?.boxes;
    const settled = !pending && measured?.fingerprint === state.variants.get(item.id)?.fingerprint;
    if (known || this.#boxes.id !== item.id) this.#boxes = { id: item.id, boxes: known ?? [], layout: measured?.layout ?? "" };
    const { layout } = this.#boxes;
    const patches = patchesOf(state);
    const boxes = this.#boxes.boxes.map((one) => ({ ...one, box: drawnBox(patches, item, one, layout) ?? one.box }));
    this.overlay.subject = { item, boxes, layout, settled };
    if (!this.#isBegun && boxes.length > 0) {
      this.#isBegun = true;
      this.#begin(boxes);
    }
    const own = patches.filter((patch) => holds(patch, item));
    const isHidden = (layer: string | undefined): layer is string =>
      layer !== undefined && setOf(patches, item, layer).hide === true;
    const hidden = [...new Set(own.map(({ layer }) => layer).filter(isHidden))];
    const layers = boxes.map(({ layer }) => layer);
    const { chosen } = this.overlay;
    const canCrop = chosen?.crop !== undefined;
    this.#cropping &&= canCrop;
    const cropping = this.#cropping;
    this.overlay.toggleAttribute("quiet", cropping);
    const said = chosen ? setOf(patches, item, chosen.layer) : {};
    const color = chosen?.color && (said.color ?? chosen.color);
    const lines = chosen?.lines && (said.max_lines ?? chosen.lines);
    this.bar.state = {
      reach,
      layer: chosen?.layer ?? "",
      layers,
      hidden,
      corrected: own.length > 0,
      canCrop,
      cropping,
      color,
      lines,
    };
    this.#showFocal(item, patches);
  }

  /** Out of the crop, back to the layer; false where nothing was being cropped. */
  uncrop(): boolean {
    if (!this.isOn || !this.#cropping) return false;
    this.#cropping = false;
    this.#refresh();
    if (this.overlay.chosen) this.overlay.choose(this.overlay.chosen.layer, true);
    return true;
  }

  /** The chosen layer a step larger or smaller; false where none is adjusted. */
  grow(by: 1 | -1): boolean {
    if (!this.isOn || this.#cropping || !this.overlay.chosen) return false;
    this.overlay.grow(by);
    return true;
  }

  /** Where the picture stands on the stage, CSS px. */
  map(map: Mapping): void {
    this.overlay.map(map);
    this.focal.map(map);
  }

  #showFocal({ id }: Item, patches: readonly OverridePatch[]): void {
    const { chosen } = this.overlay;
    const item = this.#shown?.item;
    if (!this.#cropping || !chosen?.crop || !item) {
      this.focal.subject = undefined;
      return;
    }
    const { layer, box, crop } = chosen;
    const key = `${item.format.id} ${layer} ${item.option}`;
    if (this.#salience.key !== key) {
      this.#salience = { key, map: undefined };
      this.source
        ?.salience(id, layer)
        .then((map) => {
          if (this.#salience.key !== key) return;
          this.#salience = { key, map };
          this.#refresh();
        })
        .catch(() => undefined);
    }
    const focal = setOf(patches, item, layer).focal ?? chosen.focal;
    this.focal.subject = { id, layer, box, crop, focal, salience: this.#salience.map };
  }

  /** What speaks loudest is in hand at once, and under the keyboard where that stood on the picture. */
  #begin(boxes: readonly LayerBox[]): void {
    const first =
      this.overlay.chosen ?? boxes.find(({ role }) => role === "headline") ?? boxes.find(({ size }) => size !== undefined);
    if (first) this.overlay.choose(first.layer, this.overlay.parentElement?.matches(":focus") === true);
  }

  #crop(on: boolean): void {
    this.#cropping = on;
    this.#refresh();
    if (on) this.focal.focus();
  }

  #refresh(): void {
    if (this.#shown) this.show(this.#shown);
  }

  #act(said: AdjustAct): void {
    switch (said.act) {
      case "choose":
        this.overlay.choose(said.layer, true);
        break;
      case "bring-back": {
        if (!this.#shown) break;
        const { id } = this.#shown.item;
        this.#request("variorum-correct-request", { id, layer: said.layer, set: { hide: false } });
        break;
      }
      case "color":
        this.overlay.restyle({ color: said.color });
        break;
      case "lines":
        this.overlay.restyle({ max_lines: said.lines });
        break;
      case "crop":
        this.#crop(!this.#cropping);
        break;
      case "hide":
        this.overlay.hide();
        break;
      case "reset":
        this.overlay.reset();
        break;
      case "forward":
        this.overlay.order(1);
        break;
      case "backward":
        this.overlay.order(-1);
        break;
    }
  }
}

/** The box that a hand drew for words, where it stands: the engine tells where the words in it are. */
function drawnBox(
  patches: readonly OverridePatch[],
  item: Item,
  { layer, size }: LayerBox,
  layout: string,
): LayerBox["box"] | undefined {
  const { box, move: [dx, dy] = [0, 0], layout: within = layout } = setOf(patches, item, layer);
  if (!box || size === undefined || within !== layout) return undefined;
  const { width, height } = item.format;
  const shorter = Math.min(width, height);
  return [box[0] * width + dx * shorter, box[1] * height + dy * shorter, box[2] * width, box[3] * height];
}

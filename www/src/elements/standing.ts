/**
 * Where a person stands in the studio: on which variant, in the sheet or the matrix, in the loupe or before it. In: wishes to go elsewhere. Out: the store's focus and
 * selection, the places shown anew, the keyboard where the eye is; what is on the screen counts as seen.
 */

import { Priority } from "../engine/priority.ts";
import type { OverridePatch } from "../engine/types.ts";
import { EMPTY_FILTER, type Filter, type StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { Arrangement } from "../studio/arrangement.ts";
import { Bookmarks, textOf } from "../studio/bookmark.ts";
import { Correcting } from "../studio/correcting.ts";
import { holds } from "../studio/corrections.ts";
import type { Grid, Workplace } from "../studio/desk.ts";
import { Judging } from "../studio/judging.ts";
import { Look, type Panel, type View } from "../studio/look.ts";
import { Reaching } from "../studio/reaching.ts";
import type { Group } from "../studio/sections.ts";
import { Seen } from "../studio/seen.ts";
import type { VariorumLoupe } from "./loupe.ts";
import type { VariorumMatrix } from "./matrix.ts";
import type { Places } from "./places.ts";
import type { VariorumSheet } from "./sheet.ts";

/** The studio, as far as it is needed here. */
export interface Ground {
  state(): StudioState;
  store(): StudioStore | undefined;
  /** CSS px. */
  width(): number;
  /** Takes the store's state now, and shows it. */
  heed(store: StudioStore): void;
  /** Shows at once. */
  update(): void;
  /** Shows in the next frame. */
  changed(): void;
}

export class Standing implements Workplace {
  readonly look = new Look();
  readonly arranged = new Arrangement();
  readonly seen = new Seen();
  readonly judging: Judging;
  readonly correcting: Correcting;
  readonly reaching = new Reaching();
  readonly #ground: Ground;
  readonly #places: Places;
  readonly #bookmarks = new Bookmarks();
  #inLoupe = false;
  /** Where the loupe was opened. */
  #from = "";
  /** Where a range begins. */
  #anchor = "";
  /** Corrections whose variants are to be looked at again. */
  #again: readonly OverridePatch[] = [];

  constructor(ground: Ground, places: Places) {
    this.#ground = ground;
    this.#places = places;
    this.correcting = new Correcting(
      () => this.store,
      () => {
        ground.changed();
        void this.#lookAgain();
      },
    );
    this.judging = new Judging({
      store: () => this.store,
      seen: this.seen,
      glance: () => this.glance(),
      show: (ids) => {
        this.store?.select(ids, ids[0]);
        if (ids[0] !== undefined) this.grid.reveal(ids[0], true);
      },
      person: places.person,
      ask: places.ask,
      notice: places.notice,
    });
  }

  get state(): StudioState {
    return this.#ground.state();
  }

  get store(): StudioStore | undefined {
    return this.#ground.store();
  }

  get grid(): Grid & (VariorumSheet | VariorumMatrix) {
    return this.look.view === "sheet" ? this.#places.sheet : this.#places.matrix;
  }

  get loupe(): VariorumLoupe | undefined {
    return this.#inLoupe ? this.#places.loupe : undefined;
  }

  get panels(): Record<Panel, boolean> {
    return this.look.panels(this.#ground.width());
  }

  get inspector(): Workplace["inspector"] {
    return this.#places.inspector;
  }

  get facets(): Workplace["facets"] {
    return this.#places.facets;
  }

  get notice(): Workplace["notice"] {
    return this.#places.notice;
  }

  /** Another campaign: on its first variant, before the loupe; or where it was left when the page was. */
  begin(): void {
    this.seen.forget();
    this.closeLoupe();
    const { store } = this;
    if (!store?.state.campaign) return;
    const mark = this.#bookmarks.take(store, store.state.campaign.name);
    if (mark) {
      this.look.view = mark.view;
      this.look.group = mark.group;
      store.setFilter(mark.filter);
      // Of what it named nothing is left.
      if (store.state.shown.length === 0) store.setFilter(EMPTY_FILTER);
    }
    const { shown } = store.state;
    const at = mark?.focus !== undefined && shown.includes(mark.focus) ? mark.focus : shown[0];
    if (at === undefined) return;
    this.#anchor = at;
    store.select([at], at);
    if (!mark) return;
    this.arranged.take(store.state, this.look.group);
    this.#ground.heed(store);
    this.grid.reveal(at);
  }

  /** Keeps where a person stands by now. */
  note(): void {
    const { store } = this;
    const name = store?.state.campaign?.name;
    if (store && name !== undefined) this.#bookmarks.note(store, name, () => textOf(store.state, this.look));
  }

  /** Keeps nothing more. */
  leave(): void {
    this.#bookmarks.forget();
  }

  /** What is on the screen counts as seen; a tab in the background is not looked at. */
  glance(): void {
    if (document.hidden || !this.state.campaign) return;
    this.seen.look((this.loupe ?? this.grid).glance(), this.state);
  }

  focusOn(id: string, extend: boolean, toggle = false): void {
    const { store } = this;
    if (!store) return;
    if (extend) {
      const between = this.look.view === "matrix" ? this.#places.matrix : this.arranged;
      store.select(between.between(this.#anchor || id, id), id);
    } else if (toggle) {
      const selection = new Set(this.state.selection);
      if (!selection.delete(id) || selection.size === 0) selection.add(id);
      this.#anchor = id;
      store.select(selection, id);
    } else {
      this.#anchor = id;
      store.select([id], id);
    }
    this.#ground.heed(store);
    if (this.#inLoupe) return;
    this.grid.state = store.state;
    this.grid.reveal(id);
  }

  pick(ids: readonly string[]): void {
    const { store } = this;
    const { focus } = this.state;
    const [first] = ids;
    if (!store || first === undefined) return;
    const at = focus !== undefined && ids.includes(focus) ? focus : first;
    this.#anchor = first;
    store.select(ids, at);
    this.#ground.heed(store);
    this.grid.reveal(at, true);
  }

  lookAgain(patches: readonly OverridePatch[]): void {
    this.#again = [...this.#again, ...patches];
  }

  /** What was corrected is made: one after the other, and behind what is in sight. */
  async #lookAgain(): Promise<void> {
    const [patches, store] = [this.#again, this.store];
    if (patches.length === 0 || !store || this.correcting.isPending) return;
    this.#again = [];
    // Those with other pixels are not measured any more, and are drawn anew as it is.
    const found = [...store.state.measured.keys()].filter((id) => {
      const item = this.arranged.items.get(id);
      return item && patches.some((patch) => holds(patch, item));
    });
    for (const id of found) {
      const side = { maxWidth: 16, maxHeight: 16 };
      const rendered = await store.render({ id, ...side }, { priority: Priority.rest }).catch(() => undefined);
      rendered?.bitmap.close();
    }
  }

  /** Goes to a variant, out of the loupe and of a filter that hides it. */
  show(id: string | undefined): void {
    const { store } = this;
    if (!store || id === undefined) return;
    this.closeLoupe();
    if (!store.state.shown.includes(id)) store.setFilter(EMPTY_FILTER);
    this.focusOn(id, false);
    requestAnimationFrame(() => this.grid.reveal(id, true));
  }

  /** Gives the keyboard back to where the eye is. */
  takeKeys(): void {
    if (this.#inLoupe) this.#places.loupe.focus();
    else if (this.state.focus !== undefined) this.grid.reveal(this.state.focus, true);
  }

  /** Another filter: what is looked at stays in sight where it is still shown. */
  setFilter(change: Partial<Filter>): void {
    const { store } = this;
    if (!store) return;
    store.setFilter(change);
    const { focus, shown } = store.state;
    if (focus === undefined || this.#inLoupe || !shown.includes(focus)) return;
    // With the frame that shows it.
    requestAnimationFrame(() => {
      if (this.store?.state.focus === focus && !this.#inLoupe) this.grid.reveal(focus);
    });
  }

  setGroup(group: Group): void {
    this.look.group = group;
    this.arranged.take(this.state, group);
    this.note();
    this.#ground.update();
    if (this.state.focus !== undefined && !this.#inLoupe) this.grid.reveal(this.state.focus);
  }

  setView(view: View): void {
    this.closeLoupe();
    this.look.view = view;
    this.note();
    this.#ground.update();
    if (this.state.focus !== undefined) this.grid.reveal(this.state.focus);
  }

  openLoupe(): void {
    const { focus } = this.state;
    if (focus === undefined) return;
    if (!this.#inLoupe) this.#from = focus;
    this.#inLoupe = true;
    this.#ground.update();
    this.#places.loupe.focus();
  }

  closeLoupe(): void {
    if (!this.#inLoupe) return;
    this.#inLoupe = false;
    this.#goInside();
    this.#ground.update();
    const { focus } = this.state;
    if (focus !== undefined) this.grid.reveal(focus, true);
  }

  /** The loupe's strips go through what the filter hides too; on the sheet it is not in sight, and no key may stamp it. */
  #goInside(): void {
    const { store } = this;
    const { focus, shown } = this.state;
    if (!store || focus === undefined || shown.includes(focus)) return;
    const at = shown.includes(this.#from) ? this.#from : shown[0];
    store.select(at === undefined ? [] : [at], at);
    this.#ground.heed(store);
  }

  /** A place of the focused variant, px of its format, in the loupe. */
  showPlace(place: readonly [number, number, number, number]): void {
    this.openLoupe();
    this.#ground.update();
    this.#places.loupe.show(place);
  }

  unfold(panel: Panel): void {
    if (this.panels[panel]) return;
    this.look.fold(panel, true);
    this.#ground.update();
  }

  changed(): void {
    this.#ground.changed();
  }
}

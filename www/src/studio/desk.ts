/**
 * What keys, and the buttons that mean the same, do on the sheet and in the loupe. In: acts. Out: calls on the places of the studio. Which key is which act
 * stands in keys.ts, what an act means where in acts.ts.
 */

import type { VariorumFacets } from "../elements/facets.ts";
import type { VariorumInspector } from "../elements/inspector.ts";
import type { VariorumNotice } from "../elements/notice.ts";
import type { OverridePatch } from "../engine/types.ts";
import type { Filter, StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import type { Desk, LoupeActs } from "./acts.ts";
import type { Arrangement } from "./arrangement.ts";
import type { Correcting } from "./correcting.ts";
import { changedBetween, SCOPES } from "./corrections.ts";
import type { Judging } from "./judging.ts";
import type { Look, Panel, View } from "./look.ts";
import type { Reaching } from "./reaching.ts";
import type { Group } from "./sections.ts";

/** The sheet or the matrix. */
export interface Grid {
  step(id: string, direction: "left" | "right" | "up" | "down"): string | undefined;
  page(id: string, by: 1 | -1): string | undefined;
  reveal(id: string, take?: boolean): void;
  hasFocus(): boolean;
  /** What stands in one line with a variant, where lines are what is grouped. */
  lineOf?(id: string): readonly string[];
}

/** What of the studio the desk reaches for. */
export interface Workplace {
  readonly state: StudioState;
  readonly store: StudioStore | undefined;
  readonly grid: Grid;
  readonly loupe: LoupeActs | undefined;
  readonly look: Look;
  /** Which panels stand open. */
  readonly panels: Readonly<Record<Panel, boolean>>;
  readonly arranged: Arrangement;
  readonly judging: Judging;
  readonly correcting: Correcting;
  readonly reaching: Reaching;
  readonly inspector: Pick<VariorumInspector, "askReason" | "editCopy" | "chooseLayout" | "refuse">;
  readonly facets: Pick<VariorumFacets, "focusSearch">;
  readonly notice: Pick<VariorumNotice, "say" | "clear">;
  /** `toggle`: into the selection, or out of it. */
  focusOn(id: string, extend: boolean, toggle?: boolean): void;
  /** Selects all of these, the focus among them. */
  pick(ids: readonly string[]): void;
  openLoupe(): void;
  closeLoupe(): void;
  /** A place of the focused variant, px of its format, in the loupe. */
  showPlace(place: readonly [number, number, number, number]): void;
  setFilter(change: Partial<Filter>): void;
  setGroup(group: Group): void;
  /** Those that these hold for are looked at again once the corrections are made, also where no pixel of them is another. */
  lookAgain(patches: readonly OverridePatch[]): void;
  setView(view: View): void;
  unfold(panel: Panel): void;
  changed(): void;
}

export class StudioDesk implements Desk {
  readonly #at: Workplace;

  constructor(at: Workplace) {
    this.#at = at;
  }

  get loupe(): LoupeActs | undefined {
    return this.#at.loupe;
  }

  move(direction: "left" | "right" | "up" | "down", extend: boolean): void {
    const { state, arranged, grid } = this.#at;
    const next = state.focus === undefined ? arranged.shown[0] : grid.step(state.focus, direction);
    this.#to(next, extend);
    if (!grid.hasFocus() && next !== undefined) grid.reveal(next, true);
  }

  page(by: 1 | -1, extend: boolean): void {
    const { focus } = this.#at.state;
    if (focus !== undefined) this.#to(this.#at.grid.page(focus, by), extend);
  }

  end(last: boolean, extend: boolean): void {
    this.#to(this.#at.arranged.order.at(last ? -1 : 0)?.id, extend);
  }

  focusOn(id: string, extend: boolean): void {
    this.#to(id, extend);
  }

  section(by: 1 | -1): void {
    this.#to(this.#at.arranged.besideSection(this.#at.state.focus, by));
  }

  next(): void {
    this.#to(this.#at.arranged.nextToReview(this.#at.state));
  }

  selectAll(): void {
    const { arranged, state, store } = this.#at;
    const ids = this.#passing(arranged.shown);
    if (ids.length > 0) store?.select(ids, state.focus !== undefined && ids.includes(state.focus) ? state.focus : ids[0]);
  }

  selectGroup(): void {
    const { arranged, grid, state } = this.#at;
    if (state.focus === undefined) return;
    this.#at.pick(this.#passing(grid.lineOf?.(state.focus) ?? arranged.sectionOf(state.focus)));
  }

  openLoupe(): void {
    this.#at.openLoupe();
  }

  closeLoupe(): void {
    this.#at.closeLoupe();
  }

  back(): void {
    const { state, grid, notice } = this.#at;
    if (state.selection.size > 1) this.#to(state.focus);
    if (state.focus !== undefined) grid.reveal(state.focus, true);
    notice.clear();
  }

  approve(goOn: boolean): void {
    const { focus } = this.#at.state;
    // Where it left the sheet with its stamp, its heir is the next already.
    void this.#at.judging.approve().then((stamped) => {
      if (goOn && stamped && this.#at.state.focus === focus) this.next();
    });
  }

  askReason(): void {
    this.#at.unfold("inspector");
    this.#at.inspector.askReason();
  }

  undo(): void {
    void this.#at.judging.undo();
  }

  edit(): void {
    this.#at.unfold("inspector");
    this.#at.inspector.editCopy();
  }

  comment(): void {
    if (this.#at.state.focus === undefined) return;
    this.#at.openLoupe();
    this.#at.loupe?.comment();
  }

  chooseLayout(n: number): void {
    this.#at.inspector.chooseLayout(n);
  }

  turnReach(): void {
    const { reaching, state } = this.#at;
    if (state.focus === undefined) return;
    const at = SCOPES.indexOf(reaching.of(state.focus));
    reaching.wish(state.focus, SCOPES[(at + 1) % SCOPES.length] ?? "variant");
    this.#at.changed();
  }

  adjust(): void {
    if (this.#at.state.focus === undefined) return;
    this.#at.openLoupe();
    this.#at.loupe?.toggleAdjusting();
  }

  takeBack(): void {
    this.#step((correcting) => correcting.undo());
  }

  redo(): void {
    this.#step((correcting) => correcting.redo());
  }

  #step(go: (correcting: Correcting) => void): void {
    const { correcting, notice } = this.#at;
    notice.clear("layout");
    const before = correcting.patches;
    go(correcting);
    this.#at.lookAgain(changedBetween(before, correcting.patches));
  }

  search(): void {
    this.#at.closeLoupe();
    this.#at.unfold("facets");
    this.#at.facets.focusSearch();
  }

  turnGroup(): void {
    const { look } = this.#at;
    if (look.view === "sheet") this.#at.setGroup(look.turnGroup());
  }

  turnView(): void {
    this.#at.setView(this.#at.look.view === "sheet" ? "matrix" : "sheet");
  }

  turnGround(): void {
    this.#at.look.setGround();
    this.#at.changed();
  }

  resize(by: 1 | -1): void {
    this.#at.look.resize(by);
    this.#at.changed();
  }

  turnStrip(kind: "language" | "format"): void {
    this.#at.look.turnStrip(kind);
    this.#at.changed();
  }

  foldStrip(): void {
    this.#at.look.setFilm(!this.#at.look.film);
    this.#at.changed();
  }

  /** What is to be judged together is what the filter says, and not what is shown only because it is looked at. */
  #passing(ids: readonly string[]): readonly string[] {
    const { held } = this.#at.state;
    return held === undefined ? ids : ids.filter((id) => id !== held);
  }

  #to(id: string | undefined, extend = false): void {
    if (id !== undefined) this.#at.focusOn(id, extend);
  }
}

/**
 * `<variorum-sheet>`: the contact sheet. In: the state, the items, how they are grouped, the height of rows. Out: pictures at true aspect
 * ratio in justified rows, of which only those in sight (and a margin) are in the document; requests to focus, select and open.
 *
 * @fires variorum-focus-request - `{ id, extend, toggle }`: a variant was pointed at
 * @fires variorum-loupe-request - `{ id }`: a variant was opened
 * @fires variorum-pick-request - `string[]`: a whole group was picked
 */

import { EMPTY_STATE, type StudioState, statusOf } from "../store/state.ts";
import { type CellSize, cellStyle, isJudgeable, PictureCell, type PictureSource, showsOtherwise } from "../studio/cell.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { CAPTION, firstRow, GAP, layOut, type Row, type SheetLayout, step } from "../studio/rows.ts";
import type { Group, Item, Section } from "../studio/sections.ts";
import { density, RowCanvas } from "../studio/surface.ts";
import { captionName, count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; position: relative; background: var(--ground); color: var(--ground-ink); min-width: 0; min-height: 0; }
.scroll { scrollbar-color: var(--ground-quiet) transparent; position: absolute; inset: 0; overflow: auto; padding: 0 16px; overflow-anchor: none; scrollbar-gutter: stable; }
.sheet { position: relative; }
.row { position: absolute; left: 0; right: 0; top: 0; contain: layout style; }
.heading-row [role="rowheader"], .top { display: flex; align-items: baseline; gap: 8px; height: 40px; padding-top: 14px; }
.heading-row h2, .top b { font-size: 13px; line-height: 20px; font-weight: 700; }
.note { font-size: 11px; color: var(--ground-quiet); font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.pick { position: absolute; right: 0; top: 12px; } .top .pick { right: 16px; top: 4px; pointer-events: auto; }
.pick button { min-height: 24px; padding: 0 8px; background: transparent; color: var(--ground-ink); border-color: transparent; font-size: 11px; }
.heading-row [role="rowheader"] { padding-inline-end: 104px; }
.must { margin-left: auto; font-size: 11px; font-weight: 700; color: var(--ground-ink); display: flex; gap: 4px; align-items: center; white-space: nowrap; }
.top { position: absolute; z-index: 2; left: 0; right: 0; top: 0; height: 32px; padding: 6px 120px 0 16px; margin: 0 16px 0 0; background: var(--ground); pointer-events: none; }
.empty { position: absolute; inset: 0; display: grid; place-items: center; padding: 32px; text-align: center; }
`);

/** A row in the document. */
interface ShownRow {
  node: HTMLElement;
  cells: PictureCell[];
  canvas: RowCanvas | undefined;
}

/** Rows kept ready above and below what is seen, CSS px. */
const MARGIN = 600;
/** Cells that come into the document in one frame: more, as at a leap by the scroll bar, come with the next ones, what is in sight first. */
const A_FRAME = 24;

export class VariorumSheet extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #sections: readonly Section[] = [];
  #layout: SheetLayout = { rows: [], height: 0, at: new Map() };
  #stale = true;
  readonly #top = h(
    "div",
    { class: "top", "aria-hidden": "true", hidden: true },
    h("b"),
    h("span", { class: "note" }),
    h(
      "span",
      { class: "pick" },
      this.#pickButton(() => this.#layout.rows[firstRow(this.#layout, this.#scrolled)]?.section),
    ),
  );
  readonly #sheet = h("div", { class: "sheet", role: "grid", "aria-label": "Contact sheet", "aria-multiselectable": "true" });
  readonly #scroll = h("div", { class: "scroll", tabindex: -1 }, this.#sheet);
  readonly #rows = new Map<string, ShownRow>();
  readonly #spare: PictureCell[] = [];
  /** Of rows that went, for those that come. */
  readonly #spareCanvases: RowCanvas[] = [];
  #resize: ResizeObserver | undefined;
  #frame = 0;
  /** The browser's focus went with a row and comes back to the focused cell. */
  #owed = false;
  #width = 0;
  // Read where they change only: asking for them while the tree is being changed would lay it out twice.
  #room = { width: 0, height: 0 };
  #scrolled = 0;
  /** To be brought into sight once the sheet has its size. */
  #wished = "";

  source: PictureSource | undefined;
  group: Group = "language";

  constructor() {
    super(base, cellStyle, style);
    this.root.append(this.#scroll, this.#top);
    this.#scroll.addEventListener(
      "scroll",
      () => {
        this.#scrolled = this.#scroll.scrollTop;
        this.#soon();
      },
      { passive: true },
    );
    this.#sheet.addEventListener("click", (event) => this.#pointed(event));
    this.#sheet.addEventListener("dblclick", (event) => {
      const id = this.#idAt(event);
      if (id) this.request("variorum-loupe-request", { id });
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => {
      this.#room = { width: this.#scroll.clientWidth - 32, height: this.#scroll.clientHeight };
      this.#scrolled = this.#scroll.scrollTop;
      this.changed();
    });
    this.#resize.observe(this.#scroll);
  }

  disconnectedCallback(): void {
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    for (const row of this.#rows.values()) for (const cell of row.cells) cell.drop();
  }

  set state(state: StudioState) {
    const before = this.#state;
    this.#state = state;
    if (showsOtherwise(before, state)) this.changed();
  }

  /** Sections to show; a new array is laid out anew. */
  set sections(sections: readonly Section[]) {
    if (sections === this.#sections) return;
    this.#sections = sections;
    this.#stale = true;
    this.changed();
  }

  #rowHeight = 148;
  /** Height of a row of pictures, CSS px. */
  set rowHeight(px: number) {
    if (px === this.#rowHeight) return;
    this.#rowHeight = px;
    this.#stale = true;
    this.changed();
  }

  /** The neighbour of a variant on the sheet. */
  step(id: string, direction: "left" | "right" | "up" | "down"): string | undefined {
    return step(this.#layout, id, direction);
  }

  /** The variant a screen above or below. */
  page(id: string, by: 1 | -1): string | undefined {
    const top = this.#layout.rows[this.#layout.at.get(id)?.row ?? 0]?.y ?? 0;
    const goal = top + by * this.#scroll.clientHeight * 0.8;
    let index = firstRow(this.#layout, Math.max(0, goal));
    if (this.#layout.rows[index]?.kind === "heading") index += 1;
    const row = this.#layout.rows[Math.min(index, this.#layout.rows.length - 1)];
    return row?.places[0]?.item.id;
  }

  /** Scrolls a variant into sight, and gives it the browser's focus where the sheet has it or `take` says so. */
  reveal(id: string, take = false): void {
    // Asked before rows come and go: with a row, the browser's focus would go.
    const had = take || this.root.activeElement !== null;
    if (this.#stale) this.update();
    const at = this.#layout.at.get(id);
    const row = at && this.#layout.rows[at.row];
    // Before the sheet has its size nothing has a place: then as soon as it has.
    this.#wished = this.#room.width > 0 ? "" : id;
    if (!at || !row) return;
    const above = this.#layout.rows[at.row - 1];
    const top = above?.kind === "heading" ? above.y : row.y - 36;
    const { scrollTop, clientHeight } = this.#scroll;
    if (top < scrollTop) this.#scroll.scrollTop = top;
    else if (row.y + row.height > scrollTop + clientHeight)
      this.#scroll.scrollTop = Math.min(top, row.y + row.height - clientHeight + 8);
    this.#scrolled = this.#scroll.scrollTop;
    this.#show(true);
    if (had) this.#cellOf(id)?.element.focus({ preventScroll: true });
  }

  /** Variants that stand on the screen as they are now, large enough to be judged. */
  glance(): string[] {
    const bottom = this.#scrolled + this.#room.height;
    const seen: string[] = [];
    for (const { y, height, cells, places } of this.#inDocument()) {
      if (y < this.#scrolled - height / 2 || y + height / 2 > bottom) continue;
      for (const [column, cell] of cells.entries()) {
        const place = places[column];
        if (cell.item && place && cell.isCurrent && isJudgeable(place)) seen.push(cell.item.id);
      }
    }
    return seen;
  }

  *#inDocument(): Iterable<Row & { cells: readonly PictureCell[] }> {
    for (const [key, { cells }] of this.#rows) {
      const row = this.#layout.rows[Number(key.slice(1))];
      if (row && cells.length > 0) yield { ...row, cells };
    }
  }

  hasFocus(): boolean {
    return this.root.activeElement !== null;
  }

  #cellOf(id: string): PictureCell | undefined {
    for (const row of this.#rows.values()) for (const cell of row.cells) if (cell.item?.id === id) return cell;
    return undefined;
  }

  #idAt(event: Event): string | undefined {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(".cell") : null;
    return target?.dataset.id;
  }

  #pointed(event: MouseEvent): void {
    const id = this.#idAt(event);
    if (id) this.request("variorum-focus-request", { id, extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
  }

  #soon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  protected override update(): void {
    const { width } = this.#room;
    if (width <= 0) return;
    if (this.#stale || width !== this.#width) {
      this.#stale = false;
      this.#width = width;
      // What stood at the top stays at the top when the sheet is laid out anew.
      const anchor = this.#layout.rows[firstRow(this.#layout, this.#scrolled)];
      const anchored = anchor?.places[0]?.item.id;
      const offset = anchor ? anchor.y - this.#scrolled : 0;
      this.#layout = layOut(this.#sections, width, this.#rowHeight);
      this.#sheet.style.setProperty("height", `${this.#layout.height}px`);
      this.#sheet.setAttribute("aria-rowcount", String(this.#layout.rows.length));
      const at = anchored === undefined ? undefined : this.#layout.at.get(anchored);
      const row = at && this.#layout.rows[at.row];
      if (row && this.#scrolled > 0) this.#scroll.scrollTop = row.y - offset;
      this.#scrolled = this.#scroll.scrollTop;
      this.#owed ||= this.root.activeElement !== null;
      for (const [key] of this.#rows) this.#drop(key);
    }
    this.#sheet.style.setProperty("--empty", this.#state.campaign?.ground ?? "#808080");
    if (this.#wished !== "") this.reveal(this.#wished);
    this.#show(this.#rows.size === 0);
    if (this.#owed) {
      const cell = this.#cellOf(this.#state.focus ?? "");
      // Filtered away: its neighbour takes the focus, with the next state.
      if (cell) {
        this.#owed = false;
        const host = this.getRootNode();
        const elsewhere = host instanceof ShadowRoot && host.activeElement !== null && host.activeElement !== this;
        if (!elsewhere) cell.element.focus({ preventScroll: true });
      }
    }
  }

  #drop(key: string): void {
    const row = this.#rows.get(key);
    if (!row) return;
    for (const cell of row.cells) {
      cell.drop();
      this.#spare.push(cell);
    }
    if (row.canvas) this.#spareCanvases.push(row.canvas);
    row.node.remove();
    this.#rows.delete(key);
  }

  /** Puts the rows in sight into the document (`whole`: all at once), and shows what they are in the present state. */
  #show(whole = false): void {
    const scrollTop = this.#scrolled;
    const clientHeight = this.#room.height;
    let rows: { row: Row; index: number }[] = [];
    for (let index = firstRow(this.#layout, scrollTop - MARGIN); index < this.#layout.rows.length; index += 1) {
      const row = this.#layout.rows[index];
      if (!row || row.y > scrollTop + clientHeight + MARGIN) break;
      rows.push({ row, index });
    }
    // The focused cell stays in the document, or the browser would forget where the focus is.
    const focus = this.#state.focus ?? this.#state.shown[0];
    const at = focus === undefined ? undefined : this.#layout.at.get(focus);
    const focused = at && this.#layout.rows[at.row];
    if (at && focused && !rows.some(({ index }) => index === at.row))
      rows[at.row < (rows[0]?.index ?? 0) ? "unshift" : "push"]({ row: focused, index: at.row });

    const keyOf = ({ row, index }: { row: Row; index: number }): string => `${row.kind === "heading" ? "h" : "p"}${index}`;
    const inSight = ({ row }: { row: Row }): boolean => row.y + row.height > scrollTop && row.y < scrollTop + clientHeight;
    rows = this.#admitted(rows, (entry) => this.#rows.has(keyOf(entry)) || entry.index === at?.row, inSight, whole);
    const wanted = new Set(rows.map(keyOf));
    const dense = density();
    for (const [key, { canvas }] of [...this.#rows]) {
      if (!wanted.has(key) || (canvas && canvas.density !== dense)) this.#drop(key);
    }
    // Those in sight ask for their pictures before those in the margin.
    keep(this.#sheet, rows, keyOf, (entry) => this.#make(entry.row, entry.index, keyOf(entry)));
    for (const near of [false, true]) {
      for (const entry of rows) if (inSight(entry) !== near) this.#fill(entry.row, keyOf(entry), near, focus);
    }
    this.#showTop(scrollTop);
  }

  /** Those of the rows for which there is room in this frame; for the others there is another frame. */
  #admitted<Entry extends { row: Row }>(
    rows: Entry[],
    isThere: (entry: Entry) => boolean,
    inSight: (entry: Entry) => boolean,
    whole: boolean,
  ): Entry[] {
    const left = new Set<Entry>();
    let cells = 0;
    for (const seen of [true, false]) {
      for (const entry of rows) {
        if (inSight(entry) !== seen || isThere(entry)) continue;
        if (cells >= A_FRAME && !(whole && seen)) left.add(entry);
        else cells += Math.max(1, entry.row.places.length);
      }
    }
    if (left.size === 0) return rows;
    this.#soon();
    return rows.filter((entry) => !left.has(entry));
  }

  #make(row: Row, index: number, key: string): HTMLElement {
    const node = h("div", { class: row.kind === "heading" ? "row heading-row" : "row", role: "row", "aria-rowindex": index + 1 });
    node.style.setProperty("transform", `translateY(${row.y}px)`);
    node.style.setProperty("height", `${row.height}px`);
    const cells: PictureCell[] = [];
    let canvas: RowCanvas | undefined;
    if (row.kind === "heading") {
      node.append(
        h(
          "div",
          { role: "rowheader" },
          h("h2"),
          h("span", { class: "note" }),
          h("span", { class: "must" }),
          h(
            "span",
            { class: "pick" },
            this.#pickButton(() => row.section),
          ),
        ),
      );
    } else {
      const foot = row.height - GAP - CAPTION;
      canvas = RowCanvas.from(this.#spareCanvases, this.#width, foot);
      node.append(canvas.element);
      for (const [column, place] of row.places.entries()) {
        const cell = this.#spare.pop() ?? new PictureCell("gridcell");
        cell.surface = canvas.place(place.x, foot - place.pictureHeight);
        cell.element.setAttribute("aria-colindex", String(column + 1));
        const { style: box } = cell.element;
        box.setProperty("left", `${place.x}px`);
        box.setProperty("top", `${foot - place.pictureHeight}px`);
        box.setProperty("width", `${place.width}px`);
        cells.push(cell);
        node.append(cell.element);
      }
    }
    this.#rows.set(key, { node, cells, canvas });
    return node;
  }

  #fill(row: Row, key: string, near: boolean, focus: string | undefined): void {
    const shown = this.#rows.get(key);
    if (!shown) return;
    if (row.kind === "heading") {
      const [title, note, must] = shown.node.firstElementChild?.children ?? [];
      const facts = this.#facts(row.section);
      if (title) write(title, row.section.title);
      if (note) write(note, facts.note);
      if (must) write(must, facts.must > 0 ? `${count(facts.must)} must` : "");
      this.#writePick(shown.node, row.section);
      return;
    }
    const { source } = this;
    if (!source) return;
    for (const [column, place] of row.places.entries()) {
      const cell = shown.cells[column];
      const size: CellSize = place;
      cell?.show(place.item, size, this.#state, source, {
        name: this.#nameOf(place.item, place.width),
        focus: place.item.id === focus,
        near,
      });
    }
  }

  #nameOf(item: Item, width: number): string {
    // What tells formats apart first: a caption is cut at its end.
    const option = item.option === "" ? "" : ` · ${item.option}`;
    const name = captionName(item.format, this.#state.formats, width);
    if (this.group === "format") return item.locale.name + option;
    if (this.group === "language") return name + option;
    return `${name} · ${item.locale.tag}${option}`;
  }

  #facts(section: Section): { note: string; must: number } {
    let stamped = 0;
    let must = 0;
    for (const { id } of section.items) {
      if (statusOf(this.#state, id) === "approved") stamped += 1;
      if (this.#state.measured.get(id)?.must) must += 1;
    }
    const parts = [section.note, plural(section.items.length, "variant"), `${count(stamped)} stamped`];
    return { note: parts.filter((part) => part !== "").join(" · "), must };
  }

  /** The heading of what is in sight, kept at the top while its own is scrolled away. */
  #showTop(scrollTop: number): void {
    // The bar stands 8 px closer to its edge than the heading does, so it takes over just where the words meet.
    const row = this.#layout.rows[firstRow(this.#layout, scrollTop)];
    this.#top.hidden = !row || scrollTop < row.y + 8 || (row.kind === "pictures" && scrollTop <= 0);
    if (!row || this.#top.hidden) return;
    const [title, note] = this.#top.children;
    if (title) write(title, row.section.title);
    if (note) write(note, this.#facts(row.section).note);
    this.#writePick(this.#top, row.section);
  }

  /** Out of the way of Tab, which goes through variants: X does the same. */
  #pickButton(section: () => Section | undefined): HTMLButtonElement {
    const pick = () =>
      this.request<string[]>(
        "variorum-pick-request",
        (section()?.items ?? []).map(({ id }) => id),
      );
    return h("button", { class: "small", tabindex: -1, title: "Select the whole group (X)", onclick: pick });
  }

  #writePick(node: HTMLElement, section: Section): void {
    const button = node.querySelector("button");
    if (button) write(button, `Select ${count(section.items.length)}`);
  }
}

define("variorum-sheet", VariorumSheet);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-sheet": VariorumSheet;
  }
}

/**
 * `<variorum-matrix>`: formats down, languages across, for seeing one odd cell in a pattern. In: the state, the items. Out: small pictures, of
 * which only those in sight are in the document, under heads that stay; requests to focus and open.
 *
 * @fires variorum-focus-request - `{ id, extend, toggle }`
 * @fires variorum-loupe-request - `{ id }`
 * @fires variorum-pick-request - `string[]`: a format in all languages was picked, or a language in all formats
 */

import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import { type CellSize, cellStyle, isJudgeable, PictureCell, type PictureSource, showsOtherwise } from "../studio/cell.ts";
import { css, define, h, keep, StudioElement } from "../studio/dom.ts";
import type { Item } from "../studio/sections.ts";
import { density, RowCanvas, type Surface } from "../studio/surface.ts";
import { base } from "../style/base.ts";

const HEAD = 36;
const SIDE = 184;
const PAD = 8;
/** Lines kept ready above and below what is seen, CSS px: two frames of a fast wheel. */
const MARGIN = 240;
/** Cells that come into the document in one frame: more, as at a leap by the scroll bar, come with the next ones, what is in sight first. */
const A_FRAME = 28;
/** A line's canvas begins and ends at multiples of so many columns: it need not be as wide as all languages are. */
const SPAN = 4;
/** A row of more device px than this is no canvas to keep a dozen of: its cells have their own. */
const WIDEST = 2_000_000;

const style = css(`
:host { display: block; position: relative; background: var(--ground); color: var(--ground-ink); min-width: 0; min-height: 0; }
.scroll { scrollbar-color: var(--ground-quiet) transparent; position: absolute; inset: 0; overflow: auto; overflow-anchor: none; }
.grid { position: relative; }
.row { position: absolute; left: 0; top: 0; right: 0; contain: layout style; }
.head { position: sticky; top: 0; z-index: 3; height: ${HEAD}px; background: var(--ground); }
.head .row { height: ${HEAD}px; }
.column, .corner, .side { font-size: 11px; line-height: 16px; overflow: hidden; }
/* Two lines: of "Chinese (Simplified)" and "Chinese (Traditional)" the ends tell. */
.column { position: absolute; bottom: 2px; width: var(--column); font-weight: 600; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; text-overflow: ellipsis; }
.corner { position: sticky; left: 0; z-index: 4; width: ${SIDE}px; height: ${HEAD}px; padding: 14px 12px 0 16px; background: var(--ground); color: var(--ground-quiet); }
/* Three lines of 14 px: they stand whole in the lowest row. */
.side { line-height: 14px; position: sticky; left: 0; z-index: 2; width: ${SIDE - 8}px; height: 100%; padding: 0 8px 0 16px; background: var(--ground); display: flex; flex-direction: column; justify-content: center; }
.side b { font-weight: 600; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.column, .side { cursor: default; } .column:hover, .side:hover b { text-decoration: underline; }
.side span { color: var(--ground-quiet); white-space: nowrap; text-overflow: ellipsis; overflow: hidden; }
.cell { display: grid; place-items: center; width: var(--column); }
.cell .caption { position: absolute; right: 0; bottom: 0; height: 16px; padding: 0; gap: 2px; }
.cell .badge { box-shadow: 0 0 0 1px #fff; }
`);

/** A line and where it stands among all. */
interface Placed {
  line: Line;
  index: number;
}

interface Line {
  key: string;
  name: string;
  size: string;
  cells: (Item | undefined)[];
  y: number;
  height: number;
}

export class VariorumMatrix extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #items: ReadonlyMap<string, Item> = new Map();
  #lines: Line[] = [];
  #columns: { tag: string; name: string }[] = [];
  #at = new Map<string, { line: number; column: number }>();
  #shown: readonly string[] = [];
  #arranged: readonly string[] | undefined;
  readonly #heads = h("div", { class: "row", role: "row", "aria-rowindex": 1 });
  readonly #head = h("div", { class: "head", role: "rowgroup" }, this.#heads);
  readonly #body = h("div", { class: "grid", role: "rowgroup" });
  readonly #grid = h(
    "div",
    { role: "grid", "aria-label": "Matrix: formats down, languages across", "aria-multiselectable": "true" },
    this.#head,
    this.#body,
  );
  readonly #scroll = h("div", { class: "scroll", tabindex: -1 }, this.#grid);
  readonly #cells = new Map<string, PictureCell>();
  /** Keys of the lines in the document. */
  #standing: ReadonlySet<string> = new Set();
  /** Cells that went out of sight, for those that come. */
  readonly #spare: PictureCell[] = [];
  /** Behind the cells of a line, by its key. */
  readonly #canvases = new Map<string, RowCanvas>();
  readonly #spareCanvases: RowCanvas[] = [];
  #dense = density();
  /** Columns that the lines' canvases reach over. */
  #span = { from: 0, to: 0 };
  // Read where they change only: asking for them while the tree is being changed would lay it out twice.
  #room = { width: 0, height: 0 };
  #scrolled = { top: 0, left: 0 };
  #resize: ResizeObserver | undefined;
  #frame = 0;

  source: PictureSource | undefined;

  constructor() {
    super(base, cellStyle, style);
    this.root.append(this.#scroll);
    this.#scroll.addEventListener(
      "scroll",
      () => {
        this.#readScroll();
        this.#soon();
      },
      { passive: true },
    );
    this.#grid.addEventListener("click", (event) => {
      const id = this.#idAt(event);
      if (id) this.request("variorum-focus-request", { id, extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    });
    this.#grid.addEventListener("dblclick", (event) => {
      const id = this.#idAt(event);
      if (id) this.request("variorum-loupe-request", { id });
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => {
      this.#room = { width: this.#scroll.clientWidth, height: this.#scroll.clientHeight };
      this.#readScroll();
      this.#soon();
    });
    this.#resize.observe(this.#scroll);
  }

  disconnectedCallback(): void {
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    for (const cell of this.#cells.values()) cell.drop();
    this.#cells.clear();
  }

  set state(state: StudioState) {
    const before = this.#state;
    this.#state = state;
    if (showsOtherwise(before, state)) this.changed();
  }
  set items(items: ReadonlyMap<string, Item>) {
    this.#items = items;
    this.#arranged = undefined;
    this.changed();
  }
  #column = 96;
  /** Width of a column, CSS px. */
  set column(px: number) {
    if (px === this.#column) return;
    this.#column = px;
    this.#arranged = undefined;
    this.changed();
  }
  /** Ids in the order of the campaign; a new array is arranged anew. */
  set shown(ids: readonly string[]) {
    this.#shown = ids;
    this.changed();
  }

  /** The rectangle between two variants. */
  between(from: string, to: string): string[] {
    const a = this.#at.get(from);
    const b = this.#at.get(to);
    if (!a || !b) return [to];
    const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
    return this.#lines
      .slice(Math.min(a.line, b.line), Math.max(a.line, b.line) + 1)
      .flatMap((line) => line.cells.slice(left, right + 1).flatMap((item) => (item ? [item.id] : [])));
  }

  step(id: string, direction: "left" | "right" | "up" | "down"): string | undefined {
    const at = this.#at.get(id);
    if (!at) return this.#shown[0];
    let { line, column } = at;
    const [down, across] = { left: [0, -1], right: [0, 1], up: [-1, 0], down: [1, 0] }[direction] as [number, number];
    for (;;) {
      line += down;
      column += across;
      const row = this.#lines[line];
      if (!row || column < 0 || column >= this.#columns.length) return undefined;
      const item = row.cells[column];
      if (item) return item.id;
    }
  }

  page(id: string, by: 1 | -1): string | undefined {
    let last: string | undefined = id;
    for (let i = 0; i < 6 && last; i += 1) last = this.step(last, by === 1 ? "down" : "up") ?? last;
    return last;
  }

  reveal(id: string, take = false): void {
    const had = take || this.root.activeElement !== null;
    this.update();
    const at = this.#at.get(id);
    const line = at && this.#lines[at.line];
    if (!at || !line) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.#scroll;
    const x = SIDE + at.column * this.#column;
    if (line.y < scrollTop) this.#scroll.scrollTop = line.y - 4;
    else if (line.y + line.height + HEAD > scrollTop + clientHeight)
      this.#scroll.scrollTop = line.y + line.height + HEAD - clientHeight + 8;
    if (x - SIDE < scrollLeft) this.#scroll.scrollLeft = x - SIDE;
    else if (x + this.#column > scrollLeft + clientWidth) this.#scroll.scrollLeft = x + this.#column - clientWidth + 8;
    this.#readScroll();
    this.#show(true);
    if (had) this.#cells.get(id)?.element.focus({ preventScroll: true });
  }

  /** Variants that stand on the screen as they are now, large enough to be judged. */
  glance(): string[] {
    const { top: scrollTop, left: scrollLeft } = this.#scrolled;
    const { width: clientWidth, height: clientHeight } = this.#room;
    return [...this.#cells].flatMap(([id, cell]) => {
      const at = this.#at.get(id);
      const line = at && this.#lines[at.line];
      if (!at || !line || !cell.item || !cell.isCurrent || !isJudgeable(this.#sizeOf(cell.item, line))) return [];
      const x = (at.column + 0.5) * this.#column;
      const y = line.y + line.height / 2;
      const isIn = y > scrollTop && y < scrollTop + clientHeight - HEAD && x > scrollLeft && x < scrollLeft + clientWidth - SIDE;
      return isIn ? [id] : [];
    });
  }

  hasFocus(): boolean {
    return this.root.activeElement !== null;
  }

  /** What X picks: the format of a variant in all its languages. */
  lineOf(id: string): string[] {
    const at = this.#at.get(id);
    return (at ? (this.#lines[at.line]?.cells ?? []) : []).flatMap((item) => (item ? [item.id] : []));
  }

  #pick(items: readonly (Item | undefined)[]): void {
    this.request<string[]>(
      "variorum-pick-request",
      items.flatMap((item) => (item ? [item.id] : [])),
    );
  }

  #idAt(event: Event): string | undefined {
    return event.target instanceof Element ? event.target.closest<HTMLElement>(".cell")?.dataset.id : undefined;
  }

  #soon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  protected override update(): void {
    const focused = this.#arranged !== this.#shown && this.root.activeElement !== null;
    if (this.#arranged !== this.#shown) this.#arrange();
    this.#body.style.setProperty("--empty", this.#state.campaign?.ground ?? "#808080");
    this.#show(this.#standing.size === 0);
    if (focused) this.#cells.get(this.#state.focus ?? "")?.element.focus({ preventScroll: true });
  }

  /** Rows and columns of what is shown. */
  #arrange(): void {
    this.#arranged = this.#shown;
    const tags = new Map<string, number>();
    const lines = new Map<string, Line>();
    const present = new Set(this.#shown.map((id) => this.#items.get(id)?.locale.tag));
    for (const locale of this.#state.campaign?.locales ?? []) if (present.has(locale.tag)) tags.set(locale.tag, tags.size);
    this.#columns = (this.#state.campaign?.locales ?? []).filter((locale) => tags.has(locale.tag));
    for (const id of this.#shown) {
      const item = this.#items.get(id);
      if (!item) continue;
      const key = `${item.format.id} ${item.option}`;
      let line = lines.get(key);
      if (!line) {
        const name = item.format.name + (item.option === "" ? "" : ` · ${item.option}`);
        const height =
          Math.max(
            36,
            Math.min(this.#column, Math.round(((this.#column - PAD) * item.format.height) / Math.max(1, item.format.width))),
          ) + PAD;
        line = { key, name, size: item.format.size, cells: [], y: 0, height };
        lines.set(key, line);
      }
      const column = tags.get(item.locale.tag);
      if (column !== undefined) line.cells[column] = item;
    }
    this.#lines = [...lines.values()];
    this.#at.clear();
    let y = 0;
    for (const [i, line] of this.#lines.entries()) {
      line.y = y;
      y += line.height;
      for (const [column, item] of line.cells.entries()) if (item) this.#at.set(item.id, { line: i, column });
    }
    this.#grid.style.setProperty("--column", `${this.#column - PAD}px`);
    const width = SIDE + this.#columns.length * this.#column + PAD;
    for (const node of [this.#head, this.#body, this.#grid]) node.style.setProperty("width", `${width}px`);
    this.#body.style.setProperty("height", `${y + 16}px`);
    this.#grid.setAttribute("aria-rowcount", String(this.#lines.length + 1));
    this.#grid.setAttribute("aria-colcount", String(this.#columns.length + 1));
    this.#heads.replaceChildren(
      h("div", { class: "corner", role: "columnheader", "aria-colindex": 1 }, "Format"),
      ...this.#columns.map(({ tag, name }, i) => {
        const pick = () => this.#pick(this.#lines.flatMap((line) => line.cells[i] ?? []));
        const title = `${name} · ${tag}: press to select`;
        const node = h("div", { class: "column", role: "columnheader", "aria-colindex": i + 2, title, onclick: pick }, name);
        node.style.setProperty("left", `${SIDE + i * this.#column}px`);
        return node;
      }),
    );
    for (const id of [...this.#cells.keys()]) this.#drop(id);
    this.#body.replaceChildren();
    this.#standing = new Set();
    this.#span = { from: 0, to: 0 };
    this.#keepCanvases(new Set());
  }

  #keepCanvases(lines: ReadonlySet<string>): void {
    for (const [key, canvas] of this.#canvases) {
      if (lines.has(key)) continue;
      this.#canvases.delete(key);
      this.#spareCanvases.push(canvas);
    }
  }

  /** The canvas of a line that comes into sight. */
  #behind(line: Line): HTMLElement[] {
    const width = (this.#span.to - this.#span.from) * this.#column;
    if (width * line.height * this.#dense ** 2 > WIDEST) return [];
    const canvas = RowCanvas.from(this.#spareCanvases, width, line.height);
    this.#canvases.set(line.key, canvas);
    canvas.element.style.setProperty("left", `${SIDE + this.#span.from * this.#column}px`);
    return [canvas.element];
  }

  #begin(canvas: RowCanvas, line: Line): void {
    const { from, to } = this.#span;
    canvas.begin((to - from) * this.#column, line.height);
    canvas.element.style.setProperty("left", `${SIDE + from * this.#column}px`);
  }

  /** Scrolled aside: canvases of the lines that stand reach over other columns, and their cells are painted anew. */
  #reach(from: number, to: number): void {
    if (from >= this.#span.from && to <= this.#span.to) return;
    this.#span = {
      from: Math.floor(from / SPAN) * SPAN,
      to: Math.min(this.#columns.length, Math.ceil(to / SPAN) * SPAN),
    };
    for (const line of this.#lines) {
      const canvas = this.#canvases.get(line.key);
      if (!canvas) continue;
      this.#begin(canvas, line);
      for (const [column, item] of line.cells.entries()) {
        const cell = item && this.#cells.get(item.id);
        if (!cell) continue;
        cell.drop();
        cell.surface = this.#placeIn(line, column, this.#sizeOf(item, line));
      }
    }
  }

  /** Where a cell's picture lies in it: in the middle of the cell. */
  #placeIn(line: Line, column: number, { pictureWidth, pictureHeight }: CellSize): Surface | undefined {
    // The focused one stays in the document wherever it is.
    if (column < this.#span.from || column >= this.#span.to) return undefined;
    const left = (column - this.#span.from) * this.#column + (this.#column - PAD - pictureWidth) / 2;
    return this.#canvases.get(line.key)?.place(left, (line.height - pictureHeight) / 2);
  }

  #readScroll(): void {
    this.#scrolled = { top: this.#scroll.scrollTop, left: this.#scroll.scrollLeft };
  }

  #drop(id: string): void {
    const cell = this.#cells.get(id);
    if (!cell) return;
    cell.drop();
    cell.element.remove();
    this.#cells.delete(id);
    this.#spare.push(cell);
  }

  #sizeOf({ format }: Item, line: Line): CellSize {
    const scale = Math.min((this.#column - PAD) / format.width, (line.height - PAD) / format.height);
    return {
      pictureWidth: Math.max(2, Math.round(format.width * scale)),
      pictureHeight: Math.max(2, Math.round(format.height * scale)),
    };
  }

  /** The focused line, and those in sight or near it for which there is room in this frame; for the others there is another frame. */
  #admitted(focused: number | undefined, inSight: (placed: Placed) => boolean, cells: number, whole: boolean): Placed[] {
    const { top } = this.#scrolled;
    const bottom = top + this.#room.height;
    const placed: Placed[] = [];
    for (const [index, line] of this.#lines.entries()) {
      const isNear = line.y + line.height > top - MARGIN && line.y < bottom + MARGIN;
      if (isNear || index === focused) placed.push({ line, index });
    }
    const left = new Set<Placed>();
    let come = 0;
    for (const seen of [true, false]) {
      for (const one of placed) {
        if (inSight(one) !== seen || one.index === focused || this.#standing.has(one.line.key)) continue;
        if (come >= A_FRAME && !(whole && seen)) left.add(one);
        else come += cells;
      }
    }
    if (left.size > 0) this.#soon();
    return placed.filter((one) => !left.has(one));
  }

  /** Puts the lines in sight into the document (`whole`: all at once), and shows what they are in the present state. */
  #show(whole = false): void {
    const { source } = this;
    if (!source) return;
    if (this.#dense !== density()) {
      this.#dense = density();
      this.#arrange();
    }
    const { top: scrollTop, left: scrollLeft } = this.#scrolled;
    const { width: clientWidth, height: clientHeight } = this.#room;
    const focus = this.#state.focus ?? this.#shown[0];
    const focusAt = focus === undefined ? undefined : this.#at.get(focus);
    const from = Math.max(0, Math.floor((scrollLeft - this.#column) / this.#column));
    const to = Math.ceil((scrollLeft + clientWidth - SIDE) / this.#column) + 1;
    this.#reach(from, Math.min(this.#columns.length, to + 1));
    const inSight = ({ line }: Placed): boolean => line.y + line.height > scrollTop && line.y < scrollTop + clientHeight;
    const rows = this.#admitted(focusAt?.line, inSight, to - from + 1, whole);
    this.#standing = new Set(rows.map(({ line }) => line.key));
    const wanted = new Set<string>();
    for (const { line, index } of rows) {
      for (const [column, item] of line.cells.entries()) {
        if (item && ((column >= from && column <= to) || (index === focusAt?.line && column === focusAt.column)))
          wanted.add(item.id);
      }
    }
    for (const id of [...this.#cells.keys()]) if (!wanted.has(id)) this.#drop(id);
    this.#keepCanvases(this.#standing);
    keep(
      this.#body,
      rows,
      ({ line }) => line.key,
      ({ line, index }) => {
        const side = h(
          "div",
          { class: "side", role: "rowheader", "aria-colindex": 1, onclick: () => this.#pick(line.cells) },
          h("b", { title: `${line.name}: press to select (X)` }, line.name),
          h("span", { title: line.size }, line.size.replace(/ at \d+ dpi$/, "")),
        );
        const node = h("div", { class: "row", role: "row", "aria-rowindex": index + 2 }, ...this.#behind(line), side);
        node.style.setProperty("transform", `translateY(${line.y}px)`);
        node.style.setProperty("height", `${line.height}px`);
        return node;
      },
      (node, { line, index }) => {
        const near = !inSight({ line, index });
        for (const [column, item] of line.cells.entries()) {
          if (!item || !wanted.has(item.id)) continue;
          let cell = this.#cells.get(item.id);
          if (!cell) {
            cell = this.#spare.pop() ?? new PictureCell("gridcell", { signs: true });
            cell.surface = this.#placeIn(line, column, this.#sizeOf(item, line));
            cell.element.setAttribute("aria-colindex", String(column + 2));
            cell.element.style.setProperty("left", `${SIDE + column * this.#column}px`);
            cell.element.style.setProperty("top", `${PAD / 2}px`);
            cell.element.style.setProperty("height", `${line.height - PAD}px`);
            this.#cells.set(item.id, cell);
            node.append(cell.element);
          }
          cell.show(item, this.#sizeOf(item, line), this.#state, source, { name: "", focus: item.id === focus, near });
        }
      },
    );
  }
}

define("variorum-matrix", VariorumMatrix);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-matrix": VariorumMatrix;
  }
}

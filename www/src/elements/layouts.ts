/**
 * `<variorum-layouts>`: the ways to lay the focused variant out, the taken one first, and why it was taken. In: the variant, what the engine says of it, pictures of
 * each way. Out: another way; how far it shall hold is chosen elsewhere, by the owner's reach.
 *
 * @fires variorum-layout-request - `{ id, arrangement, name, pick }`
 * @fires variorum-rule-request - `{ id, pins }`
 * @fires variorum-picks-request: picks, as a file that weights are fitted to
 * @fires variorum-uncorrect-request - `{ id }`: take back what was corrected of it
 */

import { Priority } from "../engine/client.ts";
import type { Gate, Way, Why } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import type { PinsChange } from "../studio/corrections.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { devicePixels } from "../studio/gestures.ts";
import { icon } from "../studio/icons.ts";
import { pickOf } from "../studio/picks.ts";
import type { Item } from "../studio/sections.ts";
import { before, differing, inPlace, lonely, next, rest } from "../studio/ways.ts";
import { gateMeasure, gateQuoted, gateWords, plural, termWords } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { VariorumRules } from "./rules.ts";

const style = css(`
:host { display: block; }
.top { display: flex; align-items: center; gap: 8px; min-height: 24px; margin-bottom: 2px; } .top h3 { flex: 1; } .top > span { font-size: 11px; line-height: 16px; color: var(--quiet); }
.ways { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 6px; align-content: start; margin-bottom: 4px; }
/* A strip in a quarter of the panel is a line: two beside each other. */
.ways.wide { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.ways button { display: flex; flex-direction: column; align-items: stretch; justify-content: start; gap: 2px; padding: 3px; min-height: 32px; white-space: normal; text-align: left; font-size: 11px; line-height: 14px; background: var(--paper); color: var(--ink); border-color: var(--line); min-width: 0; }
.ways button[aria-checked="true"] { outline: 2px solid var(--ink); outline-offset: -1px; background: var(--paper); color: var(--ink); }
.ways canvas { width: 100%; height: auto; display: block; background: var(--line); max-height: 132px; object-fit: contain; }
.ways span { overflow: hidden; display: -webkit-box; -webkit-line-clamp: 4; -webkit-box-orient: vertical; hyphens: manual; overflow-wrap: break-word; }
.ways b { font-weight: 600; font-variant-numeric: tabular-nums; display: flex; gap: 3px; align-items: center; white-space: nowrap; }
.ways .icon { width: 12px; height: 12px; }
.waiting { visibility: hidden; } .none { font-size: 11px; line-height: 16px; }
summary { min-height: 24px; cursor: default; }
.gates li { display: grid; grid-template-columns: 16px 1fr; gap: 0 4px; align-items: start; font-size: 11px; line-height: 16px; padding: 2px 0; }
.gates .number { grid-column: 2; text-align: start; }
.gates .fails { color: var(--must); }
.terms { display: grid; grid-template-columns: 1fr 64px 36px; gap: 2px 8px; align-items: center; font-size: 11px; line-height: 16px; margin-top: 8px; }
.bar { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; } .bar i { display: block; height: 100%; background: var(--quiet); transform-origin: left; }
.number { text-align: right; font-variant-numeric: tabular-nums; color: var(--quiet); }
.free { font-size: 11px; line-height: 16px; color: var(--quiet); margin: 4px 0; }
.why { position: relative; } .why > details { scroll-margin: 0 0 28px; }
/* Beside the line that is always there: the first pick moves nothing. */
.save { position: absolute; right: 0; top: 0; font-size: 11px; }
.lead { font-size: 11px; line-height: 16px; margin: 2px 0 4px; }
.apart { display: grid; grid-template-columns: 1fr 36px 36px; gap: 0 8px; font-size: 11px; line-height: 18px; margin-bottom: 4px; }
.apart b { text-align: right; font-weight: 600; } .apart .number.less { color: var(--ink); font-weight: 600; }
details details summary { font-size: 11px; line-height: 24px; }
`);

/** How long the focus rests before a variant's layouts are asked for, ms. */
const REST = 200;
/** A term this large fills its bar. */
const FULL = 1;
/** A term below this costs nothing that could be seen. */
const NEXT_TO_NOTHING = 0.005;
/** Ways shown: the taken one and its alternatives. */
const MOST = 4;
/** Formats this much wider than high are shown two in a row. */
const WIDE = 1.5;
/** Room of the ways of a format that none was shown of yet, px: what stands below keeps its place when they come. */
const ROOM = 150;

export interface LayoutsSubject {
  item: Item | undefined;
  print: string;
  corrected: boolean;
  /** Picks between layouts that stand, of the whole campaign. */
  picked: number;
}

export class VariorumLayouts extends StudioElement {
  #item: Item | undefined;
  #print = "";
  #why: Why | undefined;
  #corrected = false;
  #asked = "";
  #resting = 0;
  /** Counts answers: pictures of an older one are painted anew. */
  #answer = 0;
  #stop = new AbortController();
  /** What each costs as its picture is laid out, by variant, answer and arrangement: what is told of a way before it is taken is rougher. */
  readonly #costs = new Map<string, number>();
  /** The ways in the order in which they were first shown: choosing one moves none. */
  #order: readonly Way[] = [];
  readonly #ways = h("div", { class: "ways", role: "radiogroup", "aria-label": "Layout" });
  /** How high the ways of each format were when they were last shown, px. */
  readonly #heights = new Map<string, number>();
  readonly #back = h(
    "button",
    {
      class: "small",
      hidden: true,
      onclick: () => this.#item && this.request("variorum-uncorrect-request", { id: this.#item.id }),
    },
    "As laid out",
  );
  readonly #scale = h("span", {}, "score: lower is better");
  readonly #rules = new VariorumRules();
  #picked = 0;
  readonly #save = h("button", { class: "small save", onclick: () => this.request("variorum-picks-request", undefined) });
  /** Why it stands before the next, and what tells the two apart. */
  readonly #lead = h("p", { class: "lead" });
  readonly #apart = h("div", { class: "apart" });
  readonly #losers = h("p", { class: "lead" });
  readonly #teach = h("p", { class: "free" });
  readonly #gates = h("ul", { class: "gates" });
  readonly #gatesHead = h("summary");
  readonly #allGates = h("details", {}, this.#gatesHead, this.#gates);
  readonly #terms = h("div", { class: "terms" });
  readonly #free = h("p", { class: "free" });
  /** What is said of the ways that are not shown; `#only`: that there is but this one. */
  readonly #rest = h("p", { class: "free" });
  readonly #only = h("p", { class: "free" });
  /** A key asked for a way that there is not. */
  readonly #none = h("p", { class: "none", role: "status" });
  readonly #details = h(
    "details",
    // Asked for, it is in sight: on a low screen nothing of it was but its first line.
    { ontoggle: () => this.#details.open && this.#details.scrollIntoView({ block: "nearest" }) },
    h("summary", {}, "Why this one"),
    this.#lead,
    this.#apart,
    this.#losers,
    this.#rest,
    this.#allGates,
    h("details", {}, h("summary", {}, "All that was weighed: together the score"), this.#terms, this.#free),
    this.#teach,
  );

  source: Pick<StudioStore, "alternatives" | "render"> | undefined;
  /** Whether a change reaches over more than the variant. */
  far = false;

  constructor() {
    super(base, style);
    const top = h("div", { class: "top" }, h("h3", { class: "heading" }, "Layout"), this.#scale, this.#back);
    const why = h("div", { class: "why" }, this.#details, this.#save);
    this.root.append(top, this.#ways, this.#none, this.#only, why, this.#rules);
    this.#rules.addEventListener("ruled", (event) => {
      const pins = (event as CustomEvent<PinsChange>).detail;
      if (this.#item) this.request("variorum-rule-request", { id: this.#item.id, pins });
    });
    this.#ways.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const buttons = [...this.#ways.querySelectorAll("button")];
      const at = buttons.findIndex((one) => one.matches(":focus"));
      buttons[(at + by + buttons.length) % buttons.length]?.focus();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.hidden = !this.#item;
  }

  disconnectedCallback(): void {
    clearTimeout(this.#resting);
    this.#stop.abort();
    this.#asked = "";
  }

  /** The variant as it is now; `corrected`: it is not laid out as the engine would. */
  set subject({ item, print, corrected, picked }: LayoutsSubject) {
    const another = item?.id !== this.#item?.id;
    if (!another && print === this.#print && corrected === this.#corrected && picked === this.#picked) return;
    this.#picked = picked;
    this.#item = item;
    this.#print = print;
    this.#corrected = corrected;
    write(this.#none, "");
    if (another) {
      this.#why = undefined;
      this.#order = [];
      this.#costs.clear();
    }
    this.changed();
  }

  /** Takes the n-th way (1 to 4). */
  choose(n: number): void {
    const way = this.#order[n - 1];
    const why = this.#why;
    if (why && !way) write(this.#none, `There is no layout ${n} here.`);
    // Taken here already, it can be taken for others.
    if (!way || !this.#item || !why || (way.arrangement === why.arrangement && !this.far)) return;
    const { arrangement, name } = way;
    const pick = pickOf(arrangement, why);
    this.request("variorum-layout-request", { id: this.#item.id, arrangement, name, pick });
  }

  protected override update(): void {
    this.#ask();
    const item = this.#item;
    const why = this.#why;
    this.hidden = !item;
    if (!item) return;
    this.#back.hidden = !this.#corrected;
    this.#scale.hidden = this.#corrected;
    // On its way: its room is kept, and nothing of another variant is seen in it.
    const { id, width, height } = item.format;
    this.#ways.classList.toggle("wide", width > WIDE * height);
    this.#ways.style.setProperty("min-height", why ? "" : `${this.#heights.get(id) ?? ROOM}px`);
    for (const node of [this.#only, this.#details, this.#rules]) node.classList.toggle("waiting", !why);
    this.setAttribute("aria-busy", String(!why));
    if (!why) {
      this.#ways.replaceChildren();
      return;
    }
    this.#rules.pins = why.pins;
    this.#save.hidden = this.#picked === 0;
    write(this.#save, `Save ${plural(this.#picked, "pick")}`);
    this.#save.title = "For variorum fit-weights, which makes the weights of layout rank as you do";
    keep(
      this.#ways,
      [...this.#order.entries()],
      ([, way]) => `${item.id} ${way.arrangement}`,
      ([n]) =>
        h(
          "button",
          { role: "radio", onclick: () => this.choose(n + 1) },
          h("canvas", { "aria-hidden": "true" }),
          h("b", {}, String(n + 1)),
          h("span"),
        ),
      (node, [n, way]) => this.#showWay(node, n, way),
    );
    write(
      this.#teach,
      this.#picked === 0
        ? ""
        : `${plural(this.#picked, "pick")} of yours kept in this browser. Saved as a file they teach the weights to rank as you do: variorum fit-weights.`,
    );
    this.#showReason(why);
    this.#gates.replaceChildren(...why.gates.map(gateLine));
    const passed = why.gates.filter(({ passes }) => passes).length;
    write(this.#gatesHead, `What is never traded: ${passed} of ${why.gates.length} pass`);
    const told = rest(why);
    write(this.#rest, why.ways === 1 ? "" : told);
    write(this.#only, why.ways === 1 ? told : "");
    const terms = Object.entries(why.costs).sort(([, a], [, b]) => b - a);
    const cost = terms.filter(([, value]) => value >= NEXT_TO_NOTHING);
    this.#terms.replaceChildren(...cost.flatMap(([name, value]) => termLine(name, value)));
    const free = terms.slice(cost.length).map(([name]) => termWords(name));
    write(this.#free, free.length === 0 ? "" : `At 0: ${free.join(", ")}.`);
    this.#heights.set(id, this.#ways.getBoundingClientRect().height);
  }

  /** In words: what it is better at than the next, and what the others break. */
  #showReason(why: Why): void {
    const other = next(why);
    const numberOf = ({ arrangement }: Way): string =>
      String(this.#order.findIndex((way) => way.arrangement === arrangement) + 1);
    const numbers: [string, string] = [numberOf(why), other ? numberOf(other) : ""];
    write(this.#lead, other ? before(why, numbers, [why.energy, this.#costOf(other) ?? other.energy]) : lonely(why));
    const rows = other ? differing(why, other) : [];
    const head = rows.length === 0 ? [] : [h("span"), ...numbers.map((number) => h("b", {}, number))];
    this.#apart.replaceChildren(...head, ...rows.flatMap(({ name, costs }) => apartLine(name, costs)));
    const losers = why.alternatives.filter(({ failed }) => failed.length > 0);
    write(
      this.#losers,
      losers.map((way) => `${numberOf(way)} does not pass: ${way.failed.map(gateQuoted).join(", ")}.`).join(" "),
    );
  }

  /** What a way costs once it is taken, as far as that is known. */
  #costOf(way: Way): number | undefined {
    return way.rough ? this.#costs.get(this.#nameOf(way)) : way.energy;
  }

  #showWay(node: HTMLElement, n: number, way: Way): void {
    const taken = way.arrangement === this.#why?.arrangement;
    node.setAttribute("aria-checked", String(taken));
    node.tabIndex = taken ? 0 : -1;
    const [canvas, number, name] = node.children;
    // Nothing rather than a figure that is another once the way is taken.
    const energy = taken ? way.energy : this.#costOf(way);
    const cost = energy?.toFixed(2) ?? "…";
    if (number) {
      number.replaceChildren(String(n + 1), h("span", { class: "quiet" }, cost));
      if (way.failed.length > 0) number.append(icon("must"));
    }
    if (name) write(name, way.name.replaceAll("skyscraper", "sky\u00adscraper"));
    const fails = way.failed.map((gate) => gateWords(gate)).join(", ");
    node.title = `${way.name} (${n + 1})${fails === "" ? "" : `. Does not pass: ${fails}`}`;
    node.setAttribute(
      "aria-label",
      `${n + 1}: ${way.name}${energy === undefined ? "" : `, ${cost}`}${fails === "" ? "" : `, does not pass: ${fails}`}`,
    );
    if (!(canvas instanceof HTMLCanvasElement)) return;
    // Its room before its picture comes.
    const { width, height } = this.#item?.format ?? { width: 1, height: 1 };
    canvas.style.setProperty("aspect-ratio", `${width} / ${height}`);
    void this.#paint(canvas, way);
  }

  /** Asks once for each state of each variant. */
  #ask(): void {
    const wanted = `${this.#item?.id} ${this.#print}`;
    const { source } = this;
    const item = this.#item;
    if (!item || !source || wanted === this.#asked) return;
    this.#asked = wanted;
    // Who walks through the sheet by arrows looks at none of them for long: nothing is asked until the focus rests.
    this.#stop.abort();
    this.#stop = new AbortController();
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#learn(item, source, wanted), REST);
  }

  #learn(item: Item, source: NonNullable<VariorumLayouts["source"]>, wanted: string): void {
    source
      .alternatives(item.id)
      .then((why) => {
        // Fingerprints came to be known meanwhile: the answer is the one that stands.
        if (this.#asked !== wanted || (why && why === this.#why)) return;
        this.#why = why;
        this.#answer += 1;
        this.#order = inPlace(this.#order, why ? [why, ...why.alternatives] : [], MOST);
        this.changed();
      })
      .catch(() => {
        this.#asked = "";
      });
  }

  /** A way of this variant, as the last answer has it. */
  #nameOf({ arrangement }: Way): string {
    return `${this.#item?.id} ${this.#answer} ${arrangement}`;
  }

  async #paint(canvas: HTMLCanvasElement, way: Way): Promise<void> {
    const item = this.#item;
    const { source } = this;
    const wanted = this.#nameOf(way);
    if (!item || !source || canvas.dataset.shown === wanted) return;
    canvas.dataset.shown = wanted;
    const side = Math.round(140 * devicePixels());
    const { arrangement } = way;
    const request = { id: item.id, maxWidth: side, maxHeight: side, arrangement };
    const { signal } = this.#stop;
    const rendered = await source.render(request, { priority: Priority.near, signal }).catch(() => undefined);
    if (!rendered) {
      if (canvas.dataset.shown === wanted) canvas.dataset.shown = "";
      return;
    }
    if (canvas.dataset.shown === wanted) {
      this.#costs.set(wanted, rendered.energy);
      this.changed();
      canvas.width = rendered.width;
      canvas.height = rendered.height;
      canvas.getContext("2d", { alpha: false })?.drawImage(rendered.bitmap, 0, 0);
    }
    rendered.bitmap.close();
  }
}

function gateLine({ gate, layer, measured, limit, unit, passes }: Gate): HTMLElement {
  const value = gateMeasure({ gate, measured, limit, unit });
  return h(
    "li",
    { class: passes ? "" : "fails" },
    icon(passes ? "approved" : "must"),
    h(
      "span",
      {},
      h("span", { class: "unseen" }, passes ? "Passes: " : "Does not pass: "),
      [gateWords(gate), layer].filter(Boolean).join(" · "),
    ),
    h("span", { class: "number" }, value),
  );
}

function termLine(name: string, value: number): HTMLElement[] {
  const fill = h("i");
  fill.style.setProperty("transform", `scaleX(${Math.min(1, Math.max(0, value / FULL))})`);
  return [
    h("span", {}, termWords(name)),
    h("span", { class: "bar", "aria-hidden": "true" }, fill),
    h("span", { class: "number" }, value.toFixed(2)),
  ];
}

function apartLine(name: string, costs: readonly [number, number]): HTMLElement[] {
  const least = Math.min(...costs);
  const number = (cost: number) => h("span", { class: cost === least ? "number less" : "number" }, cost.toFixed(2));
  return [h("span", {}, termWords(name)), ...costs.map(number)];
}

define("variorum-layouts", VariorumLayouts);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-layouts": VariorumLayouts;
  }
}

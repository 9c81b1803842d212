/**
 * The places of the studio: its elements, named, and how they stand in the frame. In: nothing. Out: the elements. What they show is left to showing.ts, what they ask for
 * to the studio.
 */

import { h } from "../studio/dom.ts";
import { VariorumAsk } from "./ask.ts";
import { VariorumBar } from "./bar.ts";
import { VariorumDeliver } from "./deliver.ts";
import { VariorumFacets } from "./facets.ts";
import { VariorumFaults } from "./faults.ts";
import { VariorumFormat } from "./format.ts";
import { VariorumHead } from "./head.ts";
import { VariorumInspector } from "./inspector.ts";
import { VariorumKeys } from "./keys.ts";
import { VariorumLoupe } from "./loupe.ts";
import { VariorumMatrix } from "./matrix.ts";
import { VariorumNotice } from "./notice.ts";
import { VariorumPerson } from "./person.ts";
import { VariorumSheet } from "./sheet.ts";
import { VariorumStatus } from "./status.ts";
import { VariorumWelcome } from "./welcome.ts";

export class Places {
  readonly head = new VariorumHead();
  readonly facets = new VariorumFacets();
  readonly bar = new VariorumBar();
  readonly sheet = new VariorumSheet();
  readonly matrix = new VariorumMatrix();
  readonly welcome = new VariorumWelcome();
  readonly inspector = new VariorumInspector();
  readonly loupe = new VariorumLoupe();
  readonly status = new VariorumStatus();
  readonly notice = new VariorumNotice();
  readonly faults = new VariorumFaults();
  readonly deliver = new VariorumDeliver();
  readonly keys = new VariorumKeys();
  readonly person = new VariorumPerson();
  readonly ask = new VariorumAsk();
  readonly format = new VariorumFormat();
  /** For what the host shows where no campaign is open. */
  readonly empty = h("slot", { name: "empty" });
  readonly #slots = [
    h("slot", { name: "head-start", slot: "start" }),
    h("slot", { name: "head-end", slot: "end" }),
    this.empty,
  ] as const;
  readonly main = h(
    "div",
    { class: "main", role: "region", "aria-label": "Variants" },
    this.bar,
    h("div", { class: "place" }, this.sheet, this.matrix, this.welcome, this.faults),
  );
  /** Past the head and the facets, for who comes by Tab. */
  readonly skip = h("button", { class: "skip" }, "To the variants");
  readonly frame = h(
    "div",
    { class: "studio" },
    this.skip,
    this.head,
    this.facets,
    this.main,
    this.loupe,
    this.inspector,
    this.status,
  );

  constructor() {
    // Its words are English, whatever the page around it is written in.
    for (const place of this.all) {
      place.lang = "en";
      place.dir = "ltr";
    }
    const { head, facets, sheet, inspector, loupe, status } = this;
    const parts = { head, facets, sheet, inspector, loupe, "status-line": status };
    for (const [part, place] of Object.entries(parts)) place.setAttribute("part", part);
    head.setAttribute("exportparts", "open-button, deliver-button");
    head.append(this.#slots[0], this.#slots[1]);
    for (const [place, role, name] of [
      [facets, "search", "Facets"],
      [inspector, "region", "Inspector"],
      [loupe, "region", "Loupe"],
    ] as const) {
      place.setAttribute("role", role);
      place.setAttribute("aria-label", name);
    }
    loupe.hidden = true;
  }

  /** What the host puts in reads as its page does. */
  set hostDirection(direction: string) {
    for (const slot of this.#slots) slot.dir = direction;
  }

  /** In the order in which they stand in the studio. */
  get all(): readonly HTMLElement[] {
    return [this.frame, this.notice, this.deliver, this.keys, this.person, this.ask, this.format];
  }

  /** A dialog waits for an answer. */
  get isAsking(): boolean {
    return [this.keys, this.deliver, this.person, this.ask, this.format].some((dialog) => dialog.isOpen);
  }
}

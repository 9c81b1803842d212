/**
 * `<variorum-head>`: what is open, how far it is drawn, where else to look, and the way out. In: the state and what view is open. Out:
 * requests. The two slots at its ends are passed on to the host page.
 *
 * @slot start - before the campaign's name
 * @slot end - after the last button
 * @fires variorum-view-request - `"sheet" | "matrix"`
 * @fires variorum-pause-request - `boolean`: stop or go on drawing what is out of sight
 * @fires variorum-files-request - `FileList`
 * @fires variorum-sample-request - `string`: a sample's id
 * @fires variorum-format-dialog-request - a format that the catalogue lacks
 * @fires variorum-save-campaign-request - put the campaign with all edits into a file
 * @fires variorum-deliver-dialog-request - open the dialog
 * @fires variorum-person-request - `string`
 * @fires variorum-theme-request - next of light, dark
 * @fires variorum-keys-request - open the list of keys
 * @csspart open-button
 * @csspart deliver-button
 */

import type { SampleInfo } from "../engine/files.ts";
import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import type { View } from "../studio/look.ts";
import { count, plural, sampleName } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; position: relative; background: var(--chrome); border-bottom: 1px solid var(--line); container-type: inline-size; }
.head { display: flex; align-items: center; gap: 12px; height: 48px; padding: 0 16px; white-space: nowrap; }
.campaign { display: flex; align-items: baseline; gap: 12px; min-width: 0; }
h1 { font-size: 14px; line-height: 20px; font-weight: 700; overflow: hidden; text-overflow: ellipsis; flex: none; max-width: 280px; }
.sum { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.sum b { color: var(--ink); }
.grow { flex: 1; }
.progress { display: flex; align-items: center; gap: 8px; min-height: 24px; font-size: 11px; }
.bar { width: 120px; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; flex: none; }
.bar i, .line i { display: block; height: 100%; width: 100%; background: var(--quiet); transform-origin: left; transform: scaleX(0); }
.line { display: none; position: absolute; left: 0; right: 0; bottom: -1px; height: 3px; background: var(--line); pointer-events: none; }
.share { display: none; }
.views { display: flex; } .views button { border-radius: 0; margin-left: -1px; }
.views button:first-child { border-radius: 6px 0 0 6px; margin: 0; } .views button:last-child { border-radius: 0 6px 6px 0; }
input.person { width: 112px; border-color: transparent; background: transparent; text-overflow: ellipsis; }
input.person:hover, input.person:focus-visible { border-color: var(--edge); background: var(--paper); }
.list label { display: none; padding: 8px 12px; gap: 4px; }
@container (min-width: 641px) { input.person { display: block; } }
@container (max-width: 640px) { .list label { display: grid; } }
.menu { position: relative; }
.list { position: absolute; z-index: 20; top: 36px; right: 0; min-width: 248px; padding: 4px; background: var(--paper); border: 1px solid var(--edge); border-radius: 8px; box-shadow: 0 4px 16px #0003; }
.list button { display: flex; width: 100%; justify-content: flex-start; border: 0; background: none; }
.list .heading { padding: 8px 12px 4px; }
.list p { padding: 4px 12px 8px; font-size: 11px; line-height: 16px; white-space: normal; }
input[type="file"] { display: none; }
@media (forced-colors: active) { .bar { outline: 1px solid CanvasText; } .bar i, .line i { background: CanvasText; } }
@container (max-width: 1400px) { .head { gap: 8px; } .bar { width: 56px; } input.person { width: 96px; } .campaign { gap: 8px; } }
@container (max-width: 1180px) { .bar { width: 64px; } .sum .long { display: none; } }
@container (max-width: 980px) { .sum { display: none; } .bar { display: none; } .line { display: block; } .line[hidden] { display: none; } }
@container (max-width: 820px) { .person, .version { display: none; } .head { gap: 8px; padding: 0 8px; } .rate { display: none; } .share { display: inline; } }
@container (max-width: 520px) {
  .head { gap: 4px; } .head > .keys { display: none; }
  .campaign { flex: 0 1 auto; } h1 { flex: 0 1 auto; min-width: 0; }
  .views button, .menu > button, .strong { padding: 0 8px; } .progress { padding: 0 4px; } .share { display: none; }
}
`);

export class VariorumHead extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #view: View = "sheet";
  #samples: readonly SampleInfo[] = [];
  #paused = false;
  readonly #name = h("h1");
  readonly #version = h("span", { class: "quiet figures version" });
  readonly #sum = h("span", { class: "quiet figures sum" });
  readonly #fill = h("i");
  readonly #rate = h("span", { class: "figures rate" });
  readonly #share = h("span", { class: "figures share" });
  /** The same progress as a line below the whole head, where there is no room for the bar. */
  readonly #line = h("div", { class: "line", "aria-hidden": "true" }, h("i"));
  /** What a click does, seen without pointing at it: a tablet has no tooltips. */
  readonly #stop = icon("stop");
  readonly #go = icon("go");
  readonly #progress = h(
    "button",
    { class: "plain progress", onclick: () => this.request("variorum-pause-request", !this.#paused) },
    h("span", { class: "bar" }, this.#fill),
    this.#rate,
    this.#share,
    this.#stop,
    this.#go,
  );
  readonly #sheet = h("button", { onclick: () => this.request("variorum-view-request", "sheet") }, "Sheet");
  readonly #matrix = h("button", { onclick: () => this.request("variorum-view-request", "matrix") }, "Matrix");
  readonly #folder = h("input", {
    type: "file",
    webkitdirectory: true,
    "aria-label": "Campaign folder",
    onchange: () => this.#picked(this.#folder),
  });
  readonly #zip = h("input", {
    type: "file",
    accept: ".variorum,.zip,application/zip",
    "aria-label": "Campaign zip",
    onchange: () => this.#picked(this.#zip),
  });
  readonly #sampleList = h("div");
  readonly #own = h(
    "div",
    {},
    h("div", { class: "heading" }, "This campaign"),
    h("button", { onclick: () => this.request("variorum-format-dialog-request", undefined) }, "Add a format…"),
    h("button", { onclick: () => this.request("variorum-save-campaign-request", undefined) }, "Save as a .variorum file…"),
  );
  readonly #list = h(
    "div",
    { class: "list", hidden: true },
    h("button", { onclick: () => this.#folder.click() }, "Folder…"),
    h("button", { onclick: () => this.#zip.click() }, ".variorum or .zip file…"),
    h("p", { class: "quiet" }, "Or drop one anywhere on this page. It stays in this tab."),
    this.#sampleList,
    this.#own,
  );
  readonly #open = h("button", { part: "open-button", "aria-expanded": "false", onclick: () => this.#toggle() }, "Open…");
  readonly #deliver = h("button", {
    class: "strong figures",
    part: "deliver-button",
    onclick: () => this.request("variorum-deliver-dialog-request", undefined),
  });
  readonly #person = this.#nameField("person");
  /** The same in the menu, where the head has no room for it. */
  readonly #personBelow = this.#nameField("below");

  constructor() {
    super(base, style);
    this.root.append(
      h(
        "div",
        { class: "head", role: "group", "aria-label": "Campaign" },
        h("slot", { name: "start" }),
        h("div", { class: "campaign" }, this.#name, this.#version, this.#sum),
        this.#progress,
        h("span", { class: "grow" }),
        h("div", { class: "views", role: "group", "aria-label": "View" }, this.#sheet, this.#matrix),
        h("div", { class: "menu" }, this.#open, this.#list, this.#folder, this.#zip),
        this.#deliver,
        this.#person,
        h(
          "button",
          {
            class: "plain icon-only",
            "aria-label": "Light or dark",
            title: "Light or dark",
            onclick: () => this.request("variorum-theme-request", undefined),
          },
          icon("theme"),
        ),
        h(
          "button",
          {
            class: "plain icon-only keys",
            "aria-label": "Keys",
            title: "Keys",
            onclick: () => this.request("variorum-keys-request", undefined),
          },
          h("kbd", {}, "?"),
        ),
        h("slot", { name: "end" }),
      ),
      this.#line,
    );
    this.root.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && event.key === "Escape" && !this.#list.hidden) {
        event.stopPropagation();
        this.#toggle(false);
        this.#open.focus();
      }
    });
    this.#list.append(h("label", {}, "Your name, on every stamp", this.#personBelow));
    this.#list.addEventListener("click", (event) => {
      if (!(event.target instanceof Element && event.target.closest("label"))) this.#toggle(false);
    });
    this.#list.parentElement?.addEventListener("focusout", (event) => {
      const to = event instanceof FocusEvent ? event.relatedTarget : null;
      if (to instanceof Node && !this.#list.parentElement?.contains(to)) this.#toggle(false);
    });
  }

  readonly #away = (event: Event): void => {
    if (!this.#list.hidden && !event.composedPath().includes(this.#list.parentElement ?? this)) this.#toggle(false);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#away);
  }

  disconnectedCallback(): void {
    document.removeEventListener("pointerdown", this.#away);
  }

  set state(state: StudioState) {
    this.#state = state;
    this.changed();
  }
  set view(view: View) {
    this.#view = view;
    this.changed();
  }
  set samples(samples: readonly SampleInfo[]) {
    this.#samples = samples;
    this.changed();
  }
  set paused(paused: boolean) {
    this.#paused = paused;
    this.changed();
  }

  #nameField(place: string): HTMLInputElement {
    const field = h("input", {
      class: place,
      type: "text",
      "aria-label": "Your name, on every stamp",
      placeholder: "Your name",
      autocomplete: "name",
      maxlength: 80,
      onchange: () => this.request("variorum-person-request", field.value.trim()),
      onkeydown: (event) => {
        if (event instanceof KeyboardEvent && event.key === "Enter") field.blur();
      },
    });
    return field;
  }

  #toggle(on = this.#list.hidden): void {
    this.#list.hidden = !on;
    this.#open.setAttribute("aria-expanded", String(on));
    if (on) this.#list.querySelector("button")?.focus();
  }

  #picked(input: HTMLInputElement): void {
    const { files } = input;
    if (files && files.length > 0) this.request("variorum-files-request", files);
    // Empties itself after the files were read, so that the same folder can be picked again.
    setTimeout(() => {
      input.value = "";
    }, 2000);
  }

  protected override update(): void {
    const { campaign, counts, failed, measured, progress, variants } = this.#state;
    write(this.#name, campaign?.name ?? "variorum");
    write(this.#version, campaign?.version ? `v${campaign.version}` : "");
    this.#sum.hidden = !campaign;
    this.#own.hidden = !campaign;
    if (campaign) {
      const { formats, locales, options } = campaign;
      const words = `${plural(formats.length, "format")} × ${plural(locales.length, "language")} × ${plural(options.length, "option")} = `;
      const all = count(variants.size);
      if (this.#sum.title !== words + all) {
        this.#sum.title = words + all;
        this.#sum.replaceChildren(h("span", { class: "long" }, words), h("b", {}, all));
      }
    }
    const all = variants.size;
    const done = Math.min(all, measured.size + failed.size);
    const busy = done < all && progress.total > progress.done;
    this.#progress.hidden = !campaign || (!busy && !(this.#paused && done < all));
    this.#line.hidden = this.#progress.hidden;
    const share = all === 0 ? 0 : done / all;
    for (const fill of [this.#fill, this.#line.firstElementChild as HTMLElement])
      fill.style.setProperty("transform", `scaleX(${share})`);
    write(this.#share, `${Math.floor(share * 100)} %`);
    const words = this.#paused
      ? `${count(done)} drawn · stopped`
      : `${count(done)} drawn · ${count(Math.round(progress.rate))}/s`;
    write(this.#rate, words);
    const act = this.#paused ? "go on drawing" : "stop drawing";
    this.#stop.toggleAttribute("hidden", this.#paused);
    this.#go.toggleAttribute("hidden", !this.#paused);
    this.#progress.setAttribute("aria-label", `${words}: ${act}`);
    this.#progress.title = `${act.charAt(0).toUpperCase()}${act.slice(1)}`;
    this.#sheet.setAttribute("aria-pressed", String(this.#view === "sheet"));
    this.#matrix.setAttribute("aria-pressed", String(this.#view === "matrix"));
    this.#sheet.disabled = this.#matrix.disabled = !campaign;
    write(this.#deliver, counts.approved > 0 ? `Deliver ${count(counts.approved)}` : "Deliver");
    this.#deliver.disabled = !campaign;
    for (const field of [this.#person, this.#personBelow]) {
      if (this.root.activeElement !== field && field.value !== this.#state.person) field.value = this.#state.person;
    }
    keep(
      this.#sampleList,
      this.#samples.length > 0 ? [undefined, ...this.#samples] : [],
      (sample) => sample?.id ?? "",
      (sample) =>
        sample
          ? h(
              "button",
              { onclick: () => this.request("variorum-sample-request", sample.id) },
              sample.name || sampleName(sample.id),
            )
          : h("div", { class: "heading" }, "Samples"),
    );
  }
}

define("variorum-head", VariorumHead);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-head": VariorumHead;
  }
}

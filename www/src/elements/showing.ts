/**
 * What each place of the studio shows. In: the store's state, and how it is looked at. Out: properties of the elements below. What a person asks for goes the other way:
 * requests.ts.
 */

import type { StampRequest } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { Arrangement } from "../studio/arrangement.ts";
import type { Copies } from "../studio/copies.ts";
import type { Look } from "../studio/look.ts";
import type { Opening } from "../studio/opening.ts";
import type { Reaching } from "../studio/reaching.ts";
import { count, plural } from "../studio/words.ts";
import type { Places } from "./places.ts";
import { whyEmpty } from "./welcome.ts";

export interface Shown {
  state: StudioState;
  look: Look;
  arranged: Arrangement;
  copies: Copies;
  opening: Pick<Opening, "busy" | "errors" | "samples">;
  /** What was said of a variant, newest first. */
  history: (id: string) => readonly StampRequest[];
  /** How far corrections of a layout hold. */
  reaching: Reaching;
  /** One of them is not answered yet. */
  correcting: boolean;
  /** Of the studio, CSS px. */
  width: number;
  /** The loupe is open, drawing is paused, warnings are read, files hang over the studio. */
  loupe: boolean;
  paused: boolean;
  warnings: boolean;
  dropping: boolean;
  /** The host fills the slot of what is shown where no campaign is open. */
  hosted: boolean;
}

export function show(places: Places, shown: Shown): void {
  const { state, look, opening } = shown;
  const { view, group, ground, selecting, letters } = look;
  const open = look.panels(shown.width);
  places.frame.classList.toggle("no-facets", !open.facets);
  places.frame.classList.toggle("no-inspector", !open.inspector);
  places.facets.hidden = !open.facets;
  places.inspector.hidden = !open.inspector;
  // The sheet first: it asks for pictures, and while those are drawn the rest is shown.
  showSheet(places, shown, showWelcome(places, shown));
  places.head.state = state;
  places.head.view = view;
  places.head.samples = opening.samples;
  places.head.paused = shown.paused;
  places.facets.state = state;
  places.bar.state = state;
  places.bar.look = { view, group, ground, selecting, ...open };
  places.status.state = state;
  places.skip.hidden = state.campaign === undefined;
  places.deliver.state = state;
  places.keys.letters = letters;
  showFaults(places, shown);
  showSubject(places, shown);
}

/** What changes while words are typed and pictures are drawn, many times a second. */
const PASSING: ReadonlySet<string> = new Set(["anew", "progress", "kept"] satisfies (keyof StudioState)[]);

/** Where only such things changed: shows them alone, and says whether that was so. */
export function showPassing({ sheet, matrix, head, status, loupe }: Places, before: StudioState, state: StudioState): boolean {
  if (!loupe.hidden) return false;
  const names = Object.keys(state) as (keyof StudioState)[];
  if (names.some((name) => state[name] !== before[name] && !PASSING.has(name))) return false;
  for (const view of [sheet, matrix]) if (!view.hidden) view.state = state;
  if (state.progress !== before.progress) head.state = state;
  if (state.kept !== before.kept) status.state = state;
  return true;
}

function showFaults({ faults }: Places, { state, opening, warnings }: Shown): void {
  const errors = state.errors.length > 0 ? state.errors : opening.errors;
  const isWarning = warnings && errors.length === 0;
  faults.faults = {
    errors: isWarning ? (state.campaign?.warnings ?? []) : errors,
    kept: state.campaign?.name ?? "",
    kind: isWarning ? "warning" : "error",
  };
}

/** What stands in place of pictures; says whether they are covered. */
function showWelcome({ welcome, empty }: Places, { state, opening, dropping, hosted }: Shown): boolean {
  const why = dropping ? "dropping" : whyEmpty(state, opening.busy);
  welcome.hidden = why === undefined;
  // A slot that is passed on hides the default even while it is empty: it is there only where the host fills it.
  if (hosted !== empty.isConnected) {
    if (hosted) welcome.append(empty);
    else empty.remove();
    welcome.refresh();
  }
  if (why) welcome.why = why;
  welcome.samples = opening.samples;
  welcome.checked = `${count(state.measured.size)} of ${plural(state.variants.size, "variant")}`;
  return why !== undefined && why !== "dropping";
}

function showSheet({ sheet, matrix }: Places, { state, look, arranged }: Shown, covered: boolean): void {
  sheet.hidden = look.view !== "sheet" || covered;
  matrix.hidden = look.view !== "matrix" || covered;
  if (!sheet.hidden) {
    sheet.group = look.group;
    sheet.rowHeight = look.rowHeight;
    sheet.sections = arranged.sections;
    sheet.state = state;
  }
  if (!matrix.hidden) {
    matrix.column = look.column;
    matrix.shown = arranged.shown;
    matrix.state = state;
  }
}

/** The focused variant, beside the sheet and in the loupe. */
function showSubject(places: Places, shown: Shown): void {
  const { state, look, arranged, copies, history, reaching, loupe: isOpen } = shown;
  const { inspector, loupe, main, facets } = places;
  const item = state.focus === undefined ? undefined : arranged.items.get(state.focus);
  const sourceLocale = state.campaign?.sourceLocale;
  inspector.state = state;
  inspector.subject = {
    item,
    copy: item ? copies.of(item.locale.tag) : [],
    source: sourceLocale === undefined ? [] : copies.of(sourceLocale),
    history: item ? history(item.id) : [],
  };
  const reach = item && { item, scope: reaching.of(item.id), counts: reaching.counts(item, arranged.items) };
  inspector.reach = reach;
  const enlarged = isOpen ? item : undefined;
  loupe.hidden = !enlarged;
  inspector.large = enlarged !== undefined;
  main.inert = enlarged !== undefined;
  facets.inert = enlarged !== undefined;
  loupe.state = state;
  const strip = { kind: look.strip, isOpen: look.film, items: enlarged ? arranged.strip(look.strip, enlarged) : [] };
  loupe.subject = enlarged && {
    item: enlarged,
    strip,
    items: arranged.items,
    history: history(enlarged.id),
    pending: shown.correcting,
    // One control, where it is in sight.
    reach: inspector.hidden ? reach : undefined,
  };
}

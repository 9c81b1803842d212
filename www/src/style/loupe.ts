/** The loupe's own looks: its bar, its stage, its foot. In: nothing. Out: a sheet beside the base one. */

import { css } from "../studio/dom.ts";

export const loupe = css(`
:host { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); background: var(--ground); color: var(--ground-ink); min-width: 0; min-height: 0; container-type: inline-size; }
.bar { display: flex; align-items: center; gap: 4px; min-height: 40px; padding: 4px 8px; background: var(--chrome); color: var(--ink); border-bottom: 1px solid var(--line); flex-wrap: wrap; }
.bar h2 { font-size: 13px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1 1 176px; min-width: 0; margin: 0 8px; }
.bar h2 { line-height: 16px; } .bar h2 span { display: block; overflow: hidden; text-overflow: ellipsis; font-size: 11px; font-weight: 400; color: var(--quiet); }
.zoom { min-width: 64px; }
.bar button[aria-pressed] .icon { flex: none; }
.foot { display: grid; grid-template-columns: auto minmax(0, 1fr); border-top: 1px solid var(--line); }
.kinds { display: flex; flex-direction: column; justify-content: center; gap: 4px; padding: 0 8px; background: var(--chrome); border-right: 1px solid var(--line); }
.kinds button { justify-content: space-between; border-color: transparent; background: none; }
.kinds button[aria-pressed="true"] { background: var(--chosen); color: var(--ink); border-color: transparent; }
.rule { width: 1px; height: 20px; background: var(--line); margin: 0 4px; }
.choices { display: flex; gap: 0 12px; padding: 0 8px; flex-wrap: wrap; flex: 1 0 100%; } .choices label { display: flex; gap: 6px; align-items: center; min-height: 24px; }
.stage { position: relative; min-height: 0; min-width: 0; overflow: hidden; cursor: grab; touch-action: none; }
.stage.drag { cursor: grabbing; }
.stage:focus-visible { outline-offset: -3px; outline-color: var(--ground-ring); }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.wiper { position: absolute; left: 24px; right: 24px; bottom: 12px; width: auto; accent-color: #1b1b1b; min-height: 24px; }
.note { position: absolute; z-index: 4; left: 12px; top: 12px; max-width: calc(100% - 24px); pointer-events: none; padding: 2px 8px; border-radius: 4px; background: #000c; color: #fff; font-size: 11px; line-height: 20px; }
.turn { position: absolute; top: 50%; margin-top: -22px; width: 32px; min-height: 44px; padding: 0; opacity: .85; }
.turn.before { left: 8px; } .turn.after { right: 8px; }
@container (max-width: 760px) { .wide { display: none; } }
/* Low, as at 200 %: the picture has the room, and the arrows beside it go along the strip. */
@media (max-height: 520px) { .foot, .fold { display: none; } }
`);

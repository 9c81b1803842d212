/** How the studio's places share its box: three columns, fewer where it is narrow. */

import { css } from "../studio/dom.ts";

export const frame = css(`
:host { display: block; height: 100%; min-height: 360px; position: relative; container: studio / inline-size; overflow: clip; background: var(--chrome); }
.studio { display: grid; height: 100%; grid-template: "head head head" auto "facets main inspector" minmax(0, 1fr) "status status status" auto / 232px minmax(0, 1fr) 304px; }
.studio.no-facets { grid-template-columns: 0 minmax(0, 1fr) 304px; }
.studio.no-inspector { grid-template-columns: 232px minmax(0, 1fr) 0; }
.studio.no-facets.no-inspector { grid-template-columns: 0 minmax(0, 1fr) 0; }
.skip { position: absolute; z-index: 12; left: 8px; top: 8px; } .skip:not(:focus) { clip-path: inset(50%); pointer-events: none; }
variorum-head { grid-area: head; position: relative; z-index: 6; }
variorum-facets { grid-area: facets; min-height: 0; }
.main { grid-area: main; container: main / inline-size; position: relative; display: grid; grid-template-rows: auto minmax(0, 1fr); min-width: 0; min-height: 0; }
.place { position: relative; min-height: 0; background: var(--ground); }
variorum-sheet, variorum-matrix { position: absolute; inset: 0; }
variorum-inspector { grid-area: inspector; min-height: 0; }
/* Each has its size from the grid: what changes inside is laid out and painted inside, at every key typed. */
variorum-facets, variorum-sheet, variorum-matrix, variorum-inspector { contain: strict; }
variorum-status { grid-area: status; }
variorum-loupe { grid-row: 2; grid-column: 1 / 3; z-index: 5; }
@container studio (max-width: 1000px) {
  .studio, .studio.no-facets, .studio.no-inspector, .studio.no-facets.no-inspector { grid-template-columns: 0 minmax(0, 1fr) 0; }
  .studio:not(.no-inspector) { grid-template-columns: 0 minmax(0, 1fr) 288px; }
  variorum-facets { position: relative; z-index: 4; width: 248px; margin-top: 36px; box-shadow: 8px 0 24px #0003; }
}
@container studio (max-width: 640px) {
  .studio:not(.no-inspector) { grid-template-columns: 0 minmax(0, 1fr) 0; }
  variorum-inspector { position: relative; z-index: 4; width: min(304px, 90cqw); margin-top: 36px; justify-self: end; box-shadow: -8px 0 24px #0003; }
}
`);

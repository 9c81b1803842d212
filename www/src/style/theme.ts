/**
 * Colours, sizes and type of the studio, as custom properties on the host: neutral greys alone (R = G = B), colour in the four status
 * signs only. In: `theme` (light, dark) and `ground` attributes. Ground greys: L* 20 #303030, L* 58 #8b8b8b, L* 95 #f1f1f1.
 */

import { css } from "../studio/dom.ts";

const LIGHT = `
  --ink: #1b1b1b; --quiet: #565656; --faint: #6b6b6b; --paper: #f8f8f8; --chrome: #ececec; --chrome-low: #e0e0e0; --line: #c6c6c6;
  --edge: #8a8a8a; --strong: #1b1b1b; --on-strong: #ffffff; --hover: #00000012; --chosen: #0000001f; --ring: #000000;
  --approved: #0a6b2b; --sent-back: #b3170c; --reopened: #8a4b00; --to-review: #3c3c3c; --must: #b3170c; --should: #8a4b00;
  color-scheme: light;`;

const DARK = `
  --ink: #ededed; --quiet: #b4b4b4; --faint: #a0a0a0; --paper: #333333; --chrome: #262626; --chrome-low: #1e1e1e; --line: #454545;
  --edge: #7c7c7c; --strong: #ededed; --on-strong: #161616; --hover: #ffffff14; --chosen: #ffffff26; --ring: #ffffff;
  --approved: #63cf85; --sent-back: #ff8a7d; --reopened: #f0ae4f; --to-review: #cfcfcf; --must: #ff8a7d; --should: #f0ae4f;
  color-scheme: dark;`;

/** On the studio's own host; everything inside inherits it. */
export const theme = css(`
:host {
  ${LIGHT}
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai", "Noto Sans JP", "Noto Sans KR", "Noto Sans SC",
    "Noto Sans TC", var(--lent), "variorum jp", "variorum sc", "variorum tc", sans-serif;
  /* The shipped faces, for what the system has no letters of: faces.ts. Chinese has its own forms of what Japanese has too. */
  --lent: "variorum arabic", "variorum hebrew", "variorum devanagari", "variorum bengali", "variorum tamil", "variorum thai", "variorum kr";
  --font-sc: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans SC", var(--lent), "variorum sc", "variorum tc", "variorum jp", sans-serif;
  --font-tc: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans TC", var(--lent), "variorum tc", "variorum sc", "variorum jp", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "Noto Sans Mono", monospace;
  --small: 11px; --text: 13px; --large: 14px;
  --ground: #8b8b8b; --ground-ink: #0d0d0d; --ground-quiet: #181818; --ground-ring: #ffffff; --ground-gap: #111111;
  --chip: #f4f4f4; --chip-approved: #0a6b2b; --chip-sent-back: #b3170c; --chip-reopened: #8a4b00;
}
:host([theme="dark"]) { ${DARK} }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([ground="20"]) { --ground: #303030; --ground-ink: #f2f2f2; --ground-quiet: #c9c9c9; --ground-ring: #ffffff; --ground-gap: #000000; }
:host([ground="95"]) { --ground: #f1f1f1; --ground-ink: #161616; --ground-quiet: #4a4a4a; --ground-ring: #111111; --ground-gap: #ffffff; --chip: #ffffff; }
`);

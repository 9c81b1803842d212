/**
 * What every element of the studio shares: box model, type, buttons, fields, keys, the visible focus. Nothing here reaches outside a
 * shadow root. Targets are 24 px or more.
 */

import { css } from "../studio/dom.ts";

export const base = css(`
:host { font: 13px/20px var(--font); color: var(--ink); box-sizing: border-box; }
:host([hidden]), [hidden] { display: none !important; }
* { scrollbar-color: var(--edge) transparent; }
*, *::before, *::after { box-sizing: inherit; }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0; }
ul, ol { list-style: none; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 1px; }
.icon { display: block; flex: none; }
.quiet { color: var(--quiet); }
.figures { font-variant-numeric: tabular-nums; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button, .button {
  font: inherit; color: var(--ink); display: inline-flex; align-items: center; justify-content: center; gap: 8px;
  min-height: 32px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); cursor: default;
  white-space: nowrap; user-select: none;
}
button:hover:not(:disabled) { background-image: linear-gradient(var(--hover), var(--hover)); }
button:active:not(:disabled) { background-image: linear-gradient(var(--chosen), var(--chosen)); }
button:disabled { color: var(--faint); border-color: var(--line); }
button[aria-pressed="true"], button[aria-selected="true"], button[aria-checked="true"] { background: var(--strong); color: var(--on-strong); border-color: var(--strong); }
button.strong { background: var(--strong); color: var(--on-strong); border-color: var(--strong); }
button.strong:hover:not(:disabled) { background-image: linear-gradient(#ffffff22, #ffffff22); }
button.strong:disabled { background: none; color: var(--faint); border-color: var(--line); }
button.plain { border-color: transparent; background: none; padding: 0 8px; }
button.plain[aria-pressed="true"] { background: var(--chosen); color: var(--ink); border-color: transparent; }
button.icon-only { width: 32px; padding: 0; }
button.small { min-height: 24px; padding: 0 8px; }
button.small.icon-only { width: 24px; padding: 0; }

kbd {
  font: 11px/16px var(--font); min-width: 18px; height: 18px; padding: 0 4px; border: 1px solid var(--edge); border-bottom-width: 2px; border-radius: 4px;
  display: inline-block; text-align: center; background: var(--paper); color: var(--ink);
}
.strong kbd { background: transparent; color: inherit; border-color: currentColor; }

input[type="text"], input[type="search"], input[type="number"], textarea, select {
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; min-height: 32px; padding: 5px 8px; width: 100%;
}
textarea { resize: none; display: block; }
textarea:lang(zh), p:lang(zh) { font-family: var(--font-sc); } textarea:lang(zh-Hant), p:lang(zh-Hant) { font-family: var(--font-tc); }
input:focus-visible, textarea:focus-visible, select:focus-visible { outline-offset: 0; }
input[type="checkbox"], input[type="radio"] { accent-color: var(--strong); width: 16px; height: 16px; margin: 0; flex: none; }
::placeholder { color: var(--faint); opacity: 1; }
.heading { font-size: 11px; line-height: 16px; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); }
@media (forced-colors: active) { button[aria-pressed="true"] { forced-color-adjust: none; } }
`);

/** How the studio's dialogs look: one sheet of paper over the page, no colour. */

import { css } from "../studio/dom.ts";

export const dialog = css(`
dialog { color: var(--ink); background: var(--chrome); border: 1px solid var(--edge); border-radius: 10px; padding: 0; width: min(640px, calc(100vw - 32px)); max-height: min(720px, calc(100vh - 32px)); overflow: hidden; box-shadow: 0 8px 40px #0005; font: 13px/20px var(--font); }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: #0007; }
dialog > .head, dialog > form > .head { display: flex; align-items: center; gap: 8px; padding: 12px 12px 12px 20px; border-bottom: 1px solid var(--line); }
dialog .head h2 { font-size: 14px; line-height: 20px; font-weight: 700; flex: 1; }
dialog > .body, dialog > form > .body { padding: 16px 20px; overflow: auto; flex: 1; min-height: 0; }
dialog > .foot, dialog > form > .foot { display: flex; align-items: center; gap: 8px; padding: 12px 20px; border-top: 1px solid var(--line); background: var(--chrome-low); }
dialog .foot .grow { flex: 1; }
`);

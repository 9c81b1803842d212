/** What the studio's own page needs longest comes first: the engine's module is compiled while the page's scripts are still on their way. */
import { compile } from "../engine/module.ts";

// What goes wrong is said by whoever needs it.
compile(new URL("./variorum_bg.wasm", import.meta.url)).catch(() => undefined);

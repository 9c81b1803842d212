/**
 * What a page with a studio needs longest comes first, its own page and a host's that loads `variorum/early.js`: the engine's module is compiled while the page's scripts are still on their way, and the two faces that most
 * first pictures are set in come beside it. Asked for when the campaign is open they would come when the page is busy making itself.
 */
import { compile, fetchAhead } from "../engine/module.ts";

// What goes wrong is said by whoever needs it.
compile(new URL("./variorum_bg.wasm", import.meta.url)).catch(() => undefined);
for (const font of ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"]) fetchAhead(new URL(`./fonts/${font}`, import.meta.url));

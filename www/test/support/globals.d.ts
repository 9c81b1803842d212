/** What the tests put into a page (deep.mjs, studio.test.mjs). */
declare function deepAll(selector: string, root?: ParentNode): Element[];
declare var heard: { type: string; detail: unknown }[];
declare function inside(tag: string, selector: string): Element[];

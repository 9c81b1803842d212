// Corrections of layouts in the open studio, as tests say and hear them. In: a page of site.mjs with a campaign, the variant that is corrected. Out: what is said by now, what the engine
// made of it, and waiting for either.

/** @typedef {import("../../src/elements/studio.ts").VariorumStudio} Studio */
/** @typedef {Pick<import("./pages.mjs").Page, "evaluate" | "until" | "press">} Driven */

/**
 * @param {Driven} page
 * @param {string} id
 */
export function correctionsOf(page, id) {
  return {
    patches: () =>
      page.evaluate(() => {
        const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return edits.find((edit) => edit.kind === "overrides")?.patches ?? [];
      }),

    untilPatches: (/** @type {number} */ many) =>
      page.until(
        (many) => {
          const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
          return (edits.find((edit) => edit.kind === "overrides")?.patches.length ?? 0) === many;
        },
        many,
        30_000,
      ),

    /** The fingerprint of any variant. */
    print: (/** @type {string} */ of) =>
      page.evaluate(
        (of) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.variants.get(of)?.fingerprint,
        of,
      ),

    /** A layer as it was placed. */
    boxOf: (/** @type {string} */ layer) =>
      page.evaluate(
        ({ id, layer }) => {
          const { measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
          return measured.get(id)?.boxes.find((one) => one.layer === layer);
        },
        { id, layer },
      ),

    /** Until what is measured is what stands. */
    untilMeasured: () =>
      page.until(
        (id) => {
          const { variants, measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
          return measured.get(id)?.fingerprint === variants.get(id)?.fingerprint;
        },
        id,
        30_000,
      ),

    /** Takes the last correction back. */
    undo: () =>
      page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }))),

    /** Looks at another variant, or at this one again, and waits until its layouts are there. */
    look: async (/** @type {string} */ at) => {
      await page.evaluate((at) => {
        /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select([at], at);
        // Those of the variant that was focused before are gone then.
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))));
      }, at);
      await page.until(
        () => inside("variorum-layouts", "[role=radio]").filter((one) => one.checkVisibility()).length > 1,
        undefined,
        60_000,
      );
    },

    /** How far the next change holds: the one control that is in sight. */
    reach: () =>
      page.evaluate(() => {
        const seen = inside("variorum-reach", "select").filter((one) => one.checkVisibility());
        const [only] = /** @type {HTMLSelectElement[]} */ (seen);
        const [many] = inside("variorum-reach", "b").filter((one) => one.checkVisibility());
        return { controls: seen.length, scope: only?.value, many: many?.textContent };
      }),

    setReach: (/** @type {import("../../src/studio/corrections.ts").Scope} */ scope) =>
      page.evaluate((scope) => {
        const [only] = /** @type {HTMLSelectElement[]} */ (
          inside("variorum-reach", "select").filter((one) => one.checkVisibility())
        );
        if (!only) throw new Error("nothing says how far a change holds");
        only.value = scope;
        only.dispatchEvent(new Event("change"));
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))));
      }, scope),

    /** The word about what was just done. */
    notice: () =>
      page.evaluate(() => {
        const [notice] = inside("variorum-notice", ".notice");
        return notice?.checkVisibility() ? (notice.textContent ?? "") : "";
      }),
  };
}

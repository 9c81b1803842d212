// Looks into the studio as a person does: through shadow roots, at what is shown. In: a page. Out: what stands there, and clicks and keys on it.

/** @typedef {import("./pages.mjs").Page} Page */

/**
 * Puts the functions that steps below use into the page; call it after each navigation.
 * @param {Page} page
 */
export async function lookDeep(page) {
  await page.evaluate(() => {
    /** @type {(selector: string, root?: ParentNode) => Element[]} */
    const deepAll = (selector, root = document) => [
      ...root.querySelectorAll(selector),
      ...[...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? deepAll(selector, one.shadowRoot) : [])),
    ];
    Object.assign(globalThis, { deepAll });
  });
}

/**
 * Clicks the first visible element that matches.
 * @param {Page} page
 * @param {string} selector
 */
export async function clickOn(page, selector) {
  const [x, y] = await page.evaluate((selector) => {
    const found = deepAll(selector).find((one) => one.checkVisibility());
    if (!found) throw new Error(`nothing visible is ${selector}`);
    found.scrollIntoView({ block: "nearest" });
    const box = found.getBoundingClientRect();
    return /** @type {const} */ ([box.x + box.width / 2, box.y + box.height / 2]);
  }, selector);
  await page.click(x, y);
}

/**
 * The canvases on the screen that show more than one colour, and how many there are.
 * @param {Page} page
 */
export function paintedCanvases(page) {
  return page.evaluate(() => {
    const canvases = /** @type {HTMLCanvasElement[]} */ (deepAll("canvas")).filter((canvas) => {
      const box = canvas.getBoundingClientRect();
      return canvas.checkVisibility() && canvas.width > 0 && box.bottom > 0 && box.top < innerHeight;
    });
    const copy = new OffscreenCanvas(32, 32);
    const context = copy.getContext("2d", { willReadFrequently: true });
    let painted = 0;
    for (const canvas of canvases) {
      context?.clearRect(0, 0, 32, 32);
      context?.drawImage(canvas, 0, 0, 32, 32);
      const { data = [] } = context?.getImageData(0, 0, 32, 32) ?? {};
      const light = Array.from(
        { length: data.length / 4 },
        (_, n) => (data[n * 4] ?? 0) + (data[n * 4 + 1] ?? 0) + (data[n * 4 + 2] ?? 0),
      );
      if (Math.max(...light) - Math.min(...light) > 24) painted += 1;
    }
    return { painted, canvases: canvases.length };
  });
}

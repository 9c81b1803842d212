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
 * The pictures on the screen that show more than one colour, and how many there are. In a row of the sheet they share its canvas.
 * @param {Page} page
 */
export function paintedPictures(page) {
  return page.evaluate(() => {
    const boxes = deepAll(".picture").filter((box) => {
      const { top, bottom, width } = box.getBoundingClientRect();
      return box.checkVisibility() && width > 0 && bottom > 0 && top < innerHeight;
    });
    const copy = new OffscreenCanvas(32, 32);
    const context = copy.getContext("2d", { willReadFrequently: true });
    let painted = 0;
    for (const box of boxes) {
      const canvas =
        box.querySelector("canvas") ?? /** @type {HTMLCanvasElement} */ (box.closest(".row")?.querySelector("canvas"));
      const [place, all] = [box.getBoundingClientRect(), canvas.getBoundingClientRect()];
      const dense = canvas.width / all.width;
      context?.clearRect(0, 0, 32, 32);
      const [x, y] = [(place.left - all.left) * dense, (place.top - all.top) * dense];
      context?.drawImage(canvas, x, y, place.width * dense, place.height * dense, 0, 0, 32, 32);
      const { data = [] } = context?.getImageData(0, 0, 32, 32) ?? {};
      const light = Array.from(
        { length: data.length / 4 },
        (_, n) => (data[n * 4] ?? 0) + (data[n * 4 + 1] ?? 0) + (data[n * 4 + 2] ?? 0),
      );
      if (Math.max(...light) - Math.min(...light) > 24) painted += 1;
    }
    return { painted, pictures: boxes.length };
  });
}

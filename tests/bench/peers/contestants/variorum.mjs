// variorum over the public way of its npm package to paint a list of the caller's own (variorum/painter).
import { createPainter, loadPainter } from 'variorum/painter';

import { list } from '../lists.mjs';

const all = (a) => [0, 0, a.width, a.height];

/** `share: false`: nothing of one picture serves the next but fonts, glyphs and what was decoded. */
export function make(options) {
  let painter, sizes, wasm;

  return {
    async init({ loadFonts }) {
      const fonts = loadFonts();
      wasm = await loadPainter();
      painter = await createPainter(options);
      for (const f of await fonts) painter.addFont(new Uint8Array(f.data), f.name, f.weight);
    },
    async setAssets(assets) {
      sizes = assets;
      for (const [name, a] of Object.entries(assets)) painter.addPicture(name, new Uint8Array(a.data));
      // Decoded here, as everybody's are.
      painter.paint({ width: 8, height: 8, items: Object.entries(assets).map(([asset, a]) => ({ type: 'picture', asset, src: all(a), dst: [0, 0, 2, 2] })) });
    },
    render: (p) => painter.paint(list(p, sizes)),
    png: (p) => painter.png(list(p, sizes)),
    /** A picture of the page's size is shown pixel by pixel. */
    again: (file) => {
      const [width, height] = painter.addPicture('again', file), box = [0, 0, width, height];
      return painter.png({ width, height, items: [{ type: 'picture', asset: 'again', src: box, dst: box }] }).length;
    },
    /** Caches as they were before the first picture. */
    clear: () => painter.clear(),
    memory: () => wasm.buffer.byteLength
  };
}

export const { init, setAssets, render, png, again, clear, memory } = make({});

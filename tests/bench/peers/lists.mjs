// In: a plan. Out: a display list of variorum/painter. Pure, so that the same lists can be painted natively.
const hex = ([r, g, b, a]) => '#' + [r, g, b, Math.round(a * 255)].map((v) => v.toString(16).padStart(2, '0')).join('');
const all = (a) => [0, 0, a.width, a.height];

/** A plan as a display list of variorum/painter. `sizes`: width and height of the pictures by name. */
export function list(p, sizes) {
  const at = (b) => [b.x, b.y, b.w, b.h];
  return {
    width: p.w, height: p.h, items: [
      { type: 'picture', asset: 'background', src: [p.bg.sx, p.bg.sy, p.bg.sw, p.bg.sh], dst: [0, 0, p.w, p.h] },
      { type: 'fill', rect: [0, 0, p.w, p.h], paint: { linear: [p.scrim.x0, p.scrim.y0, p.scrim.x1, p.scrim.y1], stops: p.scrim.stops.map(([o, c]) => [o, hex(c)]) } },
      { type: 'shadow', asset: 'product', src: all(sizes.product), dst: at(p.product), sigma: p.product.sigma, offset: [0, p.product.dy], color: hex(p.product.shadow) },
      { type: 'picture', asset: 'product', src: all(sizes.product), dst: at(p.product) },
      { type: 'picture', asset: 'logo', src: all(sizes.logo), dst: at(p.logo) },
      { type: 'fill', rect: at(p.cta), radius: p.cta.r, paint: hex(p.cta.color) },
      ...p.texts.flatMap((t) => t.lines.map((text, i) => ({
        type: 'text', text, x: t.x, width: t.w, baseline: t.y + t.baseline + i * t.lineHeight, align: t.align, dir: p.dir, lang: p.lang,
        families: t.families, weight: t.weight, size: t.size, paint: hex(t.color)
      })))
    ]
  };
}

/**
 * The few drawn signs of the studio. Out: SVG nodes in the ink of the text around them, 16 px, without words: a label is left to
 * whoever shows one. The four status signs differ in shape, so that colour is never the only difference.
 */

const PATHS = {
  "to-review": '<circle cx="8" cy="8" r="2.25" fill="currentColor"/>',
  approved: '<path d="M3.2 8.4l3.2 3.4 6.4-7.6"/>',
  "sent-back": '<path d="M6.2 3.6L2.9 6.9l3.3 3.3M3.2 6.9h6.4a3.1 3.1 0 0 1 0 6.2H7.2"/>',
  reopened: '<path d="M12.6 8.2A4.7 4.7 0 1 1 11 4.4l1.6 1.3M12.9 2.8v3.1H9.8"/>',
  close: '<path d="M4 4l8 8M12 4l-8 8"/>',
  down: '<path d="M4 6.2l4 4 4-4"/>',
  up: '<path d="M4 9.8l4-4 4 4"/>',
  left: '<path d="M9.8 3.5L5.3 8l4.5 4.5"/>',
  right: '<path d="M6.2 3.5L10.7 8l-4.5 4.5"/>',
  search: '<circle cx="7" cy="7" r="4"/><path d="M10 10l3.4 3.4"/>',
  side: '<rect x="2.5" y="3.5" width="11" height="9" rx="1"/><path d="M6.5 3.5v9"/>',
  aside: '<rect x="2.5" y="3.5" width="11" height="9" rx="1"/><path d="M9.5 3.5v9"/>',
  below: '<rect x="2.5" y="3.5" width="11" height="9" rx="1"/><path d="M2.5 9.5h11"/>',
  plus: '<path d="M8 3.5v9M3.5 8h9"/>',
  minus: '<path d="M3.5 8h9"/>',
  layers: '<path d="M2.5 5.5L8 2.8l5.5 2.7L8 8.2zM2.5 8.5L8 11.2l5.5-2.7M2.5 11.2L8 13.9l5.5-2.7"/>',
  must: '<path d="M8 2.6l5.8 10.2H2.2z"/><path d="M8 6.6v3M8 11.2v.3"/>',
  should: '<circle cx="8" cy="8" r="5.4"/><path d="M8 5.2v3.4M8 10.6v.3"/>',
  note: '<circle cx="8" cy="8" r="5.4"/><path d="M8 7.4v3.2M8 5.3v.2"/>',
  theme: '<circle cx="8" cy="8" r="5.2"/><path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor"/>',
  comment: '<path d="M3 3.5h10v7H7.5L4.5 13v-2.5H3z"/>',
  stop: '<rect x="4.2" y="4.2" width="7.6" height="7.6" rx="1"/>',
  go: '<path d="M5.5 3.6v8.8l6.7-4.4z"/>',
  corrected: '<path d="M3 13l.6-2.6L10.8 3.2l2 2L5.6 12.4z"/>',
  compare: '<rect x="2.5" y="3.5" width="11" height="9" rx="1"/><path d="M8 2v12"/>',
} as const;

export type IconName = keyof typeof PATHS;

const made = new Map<IconName, SVGElement>();

/** A fresh copy of a sign, hidden from screen readers. */
export function icon(name: IconName): SVGElement {
  let first = made.get(name);
  if (!first) {
    const template = document.createElement("template");
    template.innerHTML =
      '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" ' +
      `stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${PATHS[name]}</svg>`;
    first = template.content.firstElementChild as SVGElement;
    made.set(name, first);
  }
  return first.cloneNode(true) as SVGElement;
}

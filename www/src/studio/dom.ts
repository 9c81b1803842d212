/**
 * Building a shadow tree without a framework. In: tags, attributes, children. Out: nodes and constructed style sheets, so that
 * nothing needs inline styles or scripts (strict content security policy). What an element shows is left to it.
 */

export type Child = Node | string | number | undefined | false;
type Handler = (event: Event) => void;
export type Attributes = Record<string, string | number | boolean | undefined | Handler>;

/** Sets, changes or (for `undefined` and `false`) takes away attributes; `on...` functions become listeners. */
export function assign(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === undefined || value === false) element.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/** One element with its attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  assign(element, attributes);
  for (const child of children)
    if (child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  return element;
}

/** Writes a text only where it differs, so that nothing is laid out again for nothing. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** A constructed sheet; nothing where there is no page, as on a server that only imports this. */
export function css(text: string): CSSStyleSheet {
  if (typeof CSSStyleSheet === "undefined") return {} as CSSStyleSheet;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/**
 * Keeps the children of `parent` in step with `items`: the same key keeps its node (and its focus), new ones are made, gone ones
 * removed, and the order follows.
 */
export function keep<T>(
  parent: Element,
  items: readonly T[],
  key: (item: T) => string,
  make: (item: T) => HTMLElement,
  show?: (node: HTMLElement, item: T) => void,
): void {
  const old = new Map<string, HTMLElement>();
  for (const child of parent.children) {
    if (child instanceof HTMLElement && child.dataset.key !== undefined) old.set(child.dataset.key, child);
  }
  const names = new Set(items.map(key));
  // Gone first: what stays keeps its place then, and is not moved for nothing.
  for (const [name, node] of old) if (!names.has(name)) node.remove();
  const holder = holderOf(parent);
  const focus = parent.contains(holder) ? holder : null;
  let at: Element | null = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let node = old.get(name);
    if (node) old.delete(name);
    else {
      node = make(item);
      node.dataset.key = name;
    }
    show?.(node, item);
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
  // To move what has the keyboard takes it away.
  if (focus instanceof HTMLElement && focus.isConnected && holderOf(parent) !== focus) focus.focus({ preventScroll: true });
}

/** What has the focus in the tree of a node. */
function holderOf(node: Node): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

/** Outside a browser classes can be written and imported, not made. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/** An element of the studio: an open shadow root, updates batched to the end of the task. */
export abstract class StudioElement extends Base {
  protected readonly root: ShadowRoot;
  #waiting = false;

  constructor(...sheets: CSSStyleSheet[]) {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = sheets;
  }

  connectedCallback(): void {
    this.changed();
  }

  /** Asks for one `update` before the next frame. */
  protected changed(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (this.isConnected) this.update();
    });
  }

  /** Brings the shadow tree in step with the properties. */
  protected abstract update(): void;

  /** Sends a request upwards, through shadow roots; whoever owns the state answers by new properties. */
  protected request<T>(type: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

/** What has the focus, through all shadow roots. */
export function focused(): Element | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at ?? undefined;
}

/** Names an element once, even where the script is loaded twice, and only where there are elements. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!("customElements" in globalThis)) return;
  if (!customElements.get(name)) customElements.define(name, element);
}

/**
 * Files dragged over an element. In: drag events. Out: word when files hang over it, and the dropped ones. What they are is left to the engine.
 */

import { entriesOf } from "../engine/files.ts";

export interface DropListener {
  hanging(on: boolean): void;
  dropped(entries: ReturnType<typeof entriesOf>, name: string): void;
}

export function listenToDrops(element: HTMLElement, listener: DropListener): void {
  // Enter and leave come for every element below; the balance says whether files still hang over this one.
  let depth = 0;
  const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  element.addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth += 1;
    if (depth === 1) listener.hanging(true);
  });
  element.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  element.addEventListener("dragleave", (event) => {
    if (!carries(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) listener.hanging(false);
  });
  element.addEventListener("drop", (event) => {
    const { dataTransfer } = event;
    if (!dataTransfer || !carries(event)) return;
    event.preventDefault();
    depth = 0;
    listener.hanging(false);
    const name = dataTransfer.items[0]?.webkitGetAsEntry()?.name ?? "";
    // Read in the event itself: the browser empties the transfer afterwards.
    listener.dropped(entriesOf(dataTransfer), name);
  });
}

/**
 * Where a delivery goes: to a file that the person names, to the downloads, or to a stream of the host's. In: a delivery. Out: bytes written.
 */
import { isAbort } from "../engine/errors.ts";
import type { Delivery } from "../store/store.ts";

/** Chromium's file dialog; the dom library does not know it. */
interface SavePicker {
  showSaveFilePicker?: (options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }) => Promise<SaveHandle>;
}
interface SaveHandle {
  name: string;
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

/**
 * Saves where the person says; asks first, so call it in the click itself. Where there is no such dialog, or the page may not open it (a frame of
 * another origin), the zip is collected and put into the downloads.
 * Rejects with AbortError where the person closes the dialog or `signal` aborts.
 */
export async function saveDelivery(
  deliver: () => Delivery | Promise<Delivery>,
  { name, signal }: { name: string; signal?: AbortSignal },
): Promise<{ name: string; bytes: number }> {
  const handle = await askWhere(name);
  if (handle) {
    const { stream } = await deliver();
    const bytes = await deliverTo(stream, await handle.createWritable(), signal);
    return { name: handle.name, bytes };
  }
  const { stream } = await deliver();
  const parts: BlobPart[] = [];
  let bytes = 0;
  const collect = new WritableStream<Uint8Array>({
    write(chunk) {
      // As blobs, which the browser may move to disk while the next comes.
      parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
      bytes += chunk.length;
    },
  });
  await stream.pipeTo(collect, signal ? { signal } : {});
  download(new Blob(parts, { type: "application/zip" }), name);
  return { name, bytes };
}

/** The file that the person names; undefined where no dialog opens. Rejects with AbortError where they close it. */
async function askWhere(suggestedName: string): Promise<SaveHandle | undefined> {
  const { showSaveFilePicker } = globalThis as SavePicker;
  try {
    return await showSaveFilePicker?.call(globalThis, {
      suggestedName,
      types: [{ description: "Zip archive", accept: { "application/zip": [".zip"] } }],
    });
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    return undefined;
  }
}

/** Pipes a delivery into a host's stream and closes it; the bytes written. */
export async function deliverTo(
  stream: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
  signal?: AbortSignal,
): Promise<number> {
  let bytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  await stream.pipeThrough(count).pipeTo(writable, signal ? { signal } : {});
  return bytes;
}

/** How long a download may take to begin before its URL is taken back, ms. */
const BEGIN = 60_000;

/** Puts a file into the downloads. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), BEGIN);
}

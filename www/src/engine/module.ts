/**
 * Files of the studio itself: its modules, compiled once for the page, and whatever else lies beside the script. In: URLs. Out: modules and responses, or
 * typed errors. A page may ask for a module, or a font, before the rest of its scripts has come: whoever needs it then finds it under way.
 */
import { failure } from "./errors.ts";

const underWay = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles a module, once for all who ask; where it fails, the next one tries again. */
export function compile(url: URL): Promise<WebAssembly.Module> {
  const known = underWay.get(url.href);
  if (known) return known;
  const coming = compiled(url);
  underWay.set(url.href, coming);
  coming.catch(() => underWay.delete(url.href));
  return coming;
}

async function compiled(url: URL): Promise<WebAssembly.Module> {
  // Compiled while it comes, and from the browser's own cache the next time, where the host names its type.
  const response = await fetchFile(url);
  try {
    if (response.headers.get("content-type") === "application/wasm") return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (thrown) {
    throw failure({
      code: "unsupported",
      at: url.href,
      message: "The engine's module could not be compiled.",
      found: thrown instanceof Error ? thrown.message : String(thrown),
      hint: "The page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'; the browser needs WebAssembly SIMD.",
    });
  }
}

/** Files that somebody will ask for, by their URL. */
const ahead = new Map<string, Promise<Uint8Array>>();

/** Fetches a file that will be asked for; what goes wrong is said to whoever does. */
export function fetchAhead(url: URL): void {
  const coming = bytesOf(url);
  coming.catch(() => ahead.delete(url.href));
  ahead.set(url.href, coming);
}

/** The bytes of a file; those that were fetched ahead are handed over once. */
export function fetchBytes(url: URL): Promise<Uint8Array> {
  const known = ahead.get(url.href);
  ahead.delete(url.href);
  return known ?? bytesOf(url);
}

async function bytesOf(url: URL): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchFile(url)).arrayBuffer());
}

export async function fetchFile(url: URL): Promise<Response> {
  let found: string;
  try {
    const response = await fetch(url);
    if (response.ok) return response;
    found = String(response.status);
  } catch (thrown) {
    found = thrown instanceof Error ? thrown.message : String(thrown);
  }
  throw failure({
    code: "missing",
    at: url.href,
    message: "A file of the studio could not be fetched.",
    found,
    hint: "Is it served beside the page?",
  });
}

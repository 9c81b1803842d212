// Serves a folder of static files, as plainly as a host would: no build, no proxy, GET and HEAD alone, with the strict policy that
// the studio must work under. In: a folder. Out: http://127.0.0.1:8080, or the port of $PORT. Nothing is cached,
// so that a reload shows the last build.
//
//   node serve.mjs [folder]
//   import { serve, CSP } from './serve.mjs'

import { createReadStream, realpathSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** No inline scripts or styles, no other host; blob: pictures are the ones that the engine painted. */
export const CSP = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".jsonl": "application/jsonl; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".ttf": "font/ttf",
  ".otf": "font/otf",
  ".woff2": "font/woff2",
  ".zip": "application/zip",
  ".variorum": "application/zip",
};

/**
 * The file that a URL's path means, or undefined where it means none below the folder.
 * @param {string} root real path of the folder
 * @param {string} url as it stands in the request line
 * @returns {Promise<{ path: string, size: number } | undefined>}
 */
async function locate(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "");
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || path.includes("\0") || path.includes("\\")) return undefined;
  if (path.endsWith("/")) path += "index.html";
  // Links are followed first: what counts is where the file really lies.
  const real = await realpath(join(root, path)).catch(() => undefined);
  if (!real?.startsWith(root + sep)) return undefined;
  const found = await stat(real);
  return found.isFile() ? { path: real, size: found.size } : undefined;
}

/**
 * Serves a folder on the loopback interface.
 * @param {string} folder
 * @param {{ port?: number }} [options] port 0 takes any free one
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve(folder, { port = 0 } = {}) {
  const root = await realpath(folder);
  const server = createServer(async (request, response) => {
    response.setHeader("Content-Security-Policy", CSP);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    const refuse = (/** @type {number} */ status, /** @type {string} */ words) => {
      response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`${words}\n`);
    };
    try {
      if (request.method !== "GET" && request.method !== "HEAD") {
        response.setHeader("Allow", "GET, HEAD");
        refuse(405, "Only GET and HEAD: nothing is taken in here.");
        return;
      }
      const file = await locate(root, request.url ?? "/");
      if (!file) {
        refuse(404, "Not found.");
        return;
      }
      response.writeHead(200, {
        "Content-Type": TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
        "Content-Length": file.size,
      });
      if (request.method === "HEAD") response.end();
      else
        createReadStream(file.path)
          .on("error", () => response.destroy())
          .pipe(response);
    } catch {
      if (response.headersSent) response.destroy();
      else refuse(500, "The file could not be read.");
    }
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(undefined));
  });
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return {
    origin: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "dist/studio"));
  const port = Number(process.env.PORT || 8080);
  try {
    const { origin } = await serve(folder, { port });
    console.log(`\n  variorum studio   ${origin}\n\n  Ctrl+C ends it. PORT=9000 make run takes another port.\n`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") console.error(`Port ${port} is in use: PORT=9000 make run takes another.`);
    else if (code === "ENOENT") console.error(`${folder} does not exist: \`make build\` makes it.`);
    else console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
}

// The server of `make run` hands out files of its folder and nothing else, under the policy the studio must live with.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CSP, serve } from "../serve.mjs";

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "variorum-serve-"));
  await mkdir(join(folder, "site/deep"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "site/index.html"), "<!doctype html>");
  await writeFile(join(folder, "site/engine.wasm"), Buffer.from([0, 97, 115, 109]));
  await writeFile(join(folder, "site/deep/ä b.json"), "{}");
  await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
  server = await serve(join(folder, "site"));
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/**
 * Asks with the path just as given: fetch would tidy it first.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number | undefined, headers: import("node:http").IncomingHttpHeaders, body: string }>}
 */
function ask(path, method = "GET") {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(server.origin);
    const asking = request({ hostname, port, path, method }, (response) => {
      let body = "";
      response.on("data", (piece) => {
        body += piece;
      });
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body }));
    });
    asking.on("error", failed);
    asking.end();
  });
}

test("files come with their type, the policy and no caching", async () => {
  const page = await ask("/?sample=1");
  assert.equal(page.status, 200);
  assert.equal(page.body, "<!doctype html>");
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(page.headers["content-security-policy"], CSP);
  assert.equal(page.headers["cache-control"], "no-store");
  assert.equal((await ask("/engine.wasm")).headers["content-type"], "application/wasm");
  assert.equal((await ask("/deep/%C3%A4%20b.json")).body, "{}");
});

test("the policy allows neither inline code nor other hosts", () => {
  assert.doesNotMatch(CSP, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/);
});

test("nothing outside the folder is reached", async () => {
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/deep/..%2f..%2fsecret.txt",
    "/..\\secret.txt",
    "/link.txt",
    "/%00",
    "/%zz",
    "/deep",
  ];
  for (const path of paths) {
    const { status, body } = await ask(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /secret/, path);
  }
});

test("nothing is taken in", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) assert.equal((await ask("/index.html", method)).status, 405);
});

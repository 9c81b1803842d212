// One page in WebKitGTK, by plain WebDriver: it has no other protocol. In: an origin. Out: as much of a page (pages.mjs) as fingerprints
// need. Where there is no display, Xvfb makes one.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { findBrowser } from "../../../.ci/browsers.mjs";

/** MiniBrowser's place in Debian and elsewhere: it is not on PATH. */
const MINI_BROWSERS = [
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
  "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/**
 * @param {string} origin
 * @returns {Promise<Pick<import("./pages.mjs").Page, "goto" | "evaluate" | "close">>}
 */
export async function openWebkit(origin) {
  const driver = findBrowser("webkit");
  if (!driver) throw new Error("WebKitWebDriver was not found");
  const port = await freePort();
  const command = [driver, `--port=${port}`];
  if (!process.env.DISPLAY) command.unshift("xvfb-run", "-a");
  const [program = "", ...args] = command;
  // WebKit's own sandbox needs user namespaces, which containers often lack; the page is ours.
  const environment = { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  // A group of its own, so that Xvfb and the browser end with it.
  const child = spawn(program, args, { stdio: "ignore", detached: true, env: environment });
  const base = `http://127.0.0.1:${port}`;
  /** @type {(method: string, path: string, body?: unknown) => Promise<any>} */
  const ask = async (method, path, body) => {
    const response = await fetch(base + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = /** @type {{ value: { error?: string, message?: string } }} */ (await response.json());
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  const end = () => {
    if (child.pid) process.kill(-child.pid, "SIGTERM");
  };
  try {
    const began = Date.now();
    while (!(await fetch(`${base}/status`).catch(() => undefined))) {
      if (Date.now() - began > 30_000 || child.exitCode !== null) throw new Error("WebKitWebDriver did not start");
      await new Promise((done) => setTimeout(done, 200));
    }
    const binary = MINI_BROWSERS.find((path) => existsSync(path));
    const options = binary ? { "webkitgtk:browserOptions": { binary, args: ["--automation"] } } : {};
    const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch: options } });
    const session = `/session/${sessionId}`;
    await ask("POST", `${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });
    return {
      goto: async (path) => void (await ask("POST", `${session}/url`, { url: origin + path })),
      evaluate: async (run, argument) => {
        const script = `const done = arguments[arguments.length - 1];
          Promise.resolve().then(() => (${run})(arguments[0])).then((value) => done({ value }), (thrown) => done({ thrown: String(thrown) }));`;
        const { value, thrown } = await ask("POST", `${session}/execute/async`, { script, args: [argument ?? null] });
        if (thrown) throw new Error(thrown);
        return value;
      },
      close: async () => {
        await ask("DELETE", session).catch(() => undefined);
        end();
      },
    };
  } catch (thrown) {
    end();
    throw thrown;
  }
}

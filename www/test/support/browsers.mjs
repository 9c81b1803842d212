// Opens the browsers that tests drive. In: the browsers that .ci/browsers.mjs finds. Out: a Playwright browser for Chromium, a
// Puppeteer browser (WebDriver BiDi) for Firefox. They ask nothing of the network but the page under test.

import playwright from "playwright-core";
import puppeteer from "puppeteer-core";
import { findBrowser } from "../../../.ci/browsers.mjs";

/** @param {"chromium" | "firefox"} name */
function program(name) {
  const path = findBrowser(name);
  if (!path)
    throw new Error(`${name} was not found: \`make test\` installs it, VARIORUM_${name.toUpperCase()} names another place`);
  return path;
}

/** @returns {Promise<import("playwright-core").Browser>} */
export function openChromium() {
  return playwright.chromium.launch({
    executablePath: program("chromium"),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * @param {Record<string, string | number | boolean>} [preferences] as in about:config
 * @returns {Promise<import("puppeteer-core").Browser>}
 */
export function openFirefox(preferences = {}) {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: program("firefox"),
    headless: true,
    protocolTimeout: 600_000,
    extraPrefsFirefox: { "network.captive-portal-service.enabled": false, ...preferences },
  });
}

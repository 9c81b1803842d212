import { chromium } from 'playwright-core';
import { findBrowser } from '../../../.ci/browsers.mjs';

/** Chromium as the project's own tests find it (VARIORUM_CHROMIUM names another), without GPU: the same on every machine. */
export const launch = () => chromium.launch({
  executablePath: findBrowser('chromium'),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
    '--enable-blink-features=ForceEagerMeasureMemory']
});

// Where the browsers are. In: a name (chromium, firefox, webkit) and the environment. Out: the path of
// its program. Installing is left to setup.sh, driving to the tests in www/test.
//
//   node .ci/browsers.mjs chromium      prints the path, or fails
//   import { findBrowser } from '../../.ci/browsers.mjs'

import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** For each browser: the variable that overrides, names on PATH in order of preference, fixed places. */
const PLACES = {
  chromium: {
    variable: 'VARIORUM_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    fixed: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
  firefox: {
    variable: 'VARIORUM_FIREFOX',
    names: ['firefox-esr', 'firefox'],
    fixed: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
  webkit: { variable: 'VARIORUM_WEBKIT', names: ['WebKitWebDriver'], fixed: [] },
}

/** @param {string} path */
function runnable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The program of a browser, or undefined where there is none.
 * @param {'chromium' | 'firefox' | 'webkit'} name
 * @returns {string | undefined}
 */
export function findBrowser(name) {
  const { variable, names, fixed } = PLACES[name]
  const named = process.env[variable]
  if (named) return runnable(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...names.flatMap((n) => folders.map((f) => join(f, n))), ...fixed]
  return candidates.find(runnable)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const name = process.argv[2]
  if (name !== 'chromium' && name !== 'firefox' && name !== 'webkit') {
    console.error('usage: browsers.mjs chromium|firefox|webkit')
    process.exit(2)
  }
  const path = findBrowser(name)
  if (!path) process.exit(1)
  console.log(path)
}

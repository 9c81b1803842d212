// The pages beside the studio: what they show and lead to is there, nothing in them is read as markup, and the studio's page leads to them.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { html } from "../docs.mjs";

const folder = resolve(import.meta.dirname, "../dist/studio/docs");

test("every link and picture of every page is there", () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  assert.ok(pages.includes("one-sentence.html") && pages.length > 4, pages.join(" "));
  for (const page of pages) {
    const text = readFileSync(join(folder, page), "utf8");
    for (const [, to = ""] of text.matchAll(/(?:href|src)="([^"#]+)"/g)) {
      if (!/^https?:/.test(to)) assert.ok(existsSync(join(folder, to)), `${page}: ${to}`);
    }
    assert.ok(!/<script|<style|style="/.test(text), `${page}: holds what the studio's policy forbids`);
  }
  assert.match(readFileSync(join(folder, "../index.html"), "utf8"), /docs="docs\/index\.html"/);
});

test("Markdown as the pages write it", () => {
  assert.equal(html("# A & B"), "<h1>A &amp; B</h1>");
  assert.equal(html("one `<b>` **two**\nthree"), "<p>one <code><bdi>&lt;b&gt;</bdi></code> <strong>two</strong> three</p>");
  assert.equal(
    html("[there](messages.md#x) and [source](../../src/lib.rs)"),
    '<p><a href="messages.html#x">there</a> and source</p>',
  );
  assert.equal(html("- a\n  b\n- c"), "<ul><li>a b</li><li>c</li></ul>");
  assert.equal(
    html("| a | b |\n| --- | --- |\n| `x|y` | 2 |"),
    '<div class="wide" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code><bdi>x|y</bdi></code></td><td>2</td></tr></tbody></table></div>',
  );
  assert.equal(html("```text\n<a>\n```\nend"), '<pre tabindex="0" class="columns"><code>&lt;a&gt;</code></pre>\n<p>end</p>');
});

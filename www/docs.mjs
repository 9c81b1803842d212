// Makes pages of docs/*.md, to be read beside the studio. In: Markdown as these pages write it (headings, paragraphs, lists, tables, fences, bold, code, links,
// pictures) and what they show. Out: dist/studio/docs: a page for each, a list of them, one style sheet; no script, no inline style.
// A Markdown library would do more, and be one more thing to keep: nothing here is written by strangers.

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * A link of the pages' own, or words where it leads to sources that are not beside the studio.
 * @param {string} words
 * @param {string} to
 */
function link(words, to) {
  if (/^\.\.?\//.test(to)) return words;
  return `<a href="${to.replace(/\.md(?=#|$)/, ".html")}">${words}</a>`;
}

/** @param {string} text */
function inline(text) {
  // Code first: nothing in it is read further.
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      // `bdi`: Arabic in a line of English stays where it is written.
      if (part.length > 2 && part.startsWith("`")) return `<code><bdi>${escaped(part.slice(1, -1))}</bdi></code>`;
      return escaped(part)
        .replace(/!\[([^\]]*)\]\(([^)]+)\)/g, '<img src="$2" alt="$1">')
        .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words, to) => link(words, to))
        .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>");
    })
    .join("");
}

/** @param {string} row */
function cells(row) {
  // A bar in code is no border.
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/\|(?=(?:[^`]*`[^`]*`)*[^`]*$)/)
    .map((cell) => inline(cell.trim()));
}

/** @param {string[]} rows */
function table(rows) {
  const [head = "", , ...body] = rows;
  const row = (/** @type {string} */ line, /** @type {string} */ tag) =>
    `<tr>${cells(line)
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join("")}</tr>`;
  return `<div class="wide" tabindex="0"><table><thead>${row(head, "th")}</thead><tbody>${body.map((line) => row(line, "td")).join("")}</tbody></table></div>`;
}

/**
 * The body of a page.
 * @param {string} markdown
 */
export function html(markdown) {
  const lines = markdown.replace(/<!--[\s\S]*?-->\n?/g, "").split("\n");
  const out = [];
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    const take = (/** @type {(next: string) => boolean} */ more) => {
      const taken = [line];
      while (lines.length > 0 && more(lines[0] ?? "")) taken.push(lines.shift() ?? "");
      return taken;
    };
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading?.[1] && heading[2] !== undefined) {
      const level = heading[1].length;
      out.push(`<h${level}>${inline(heading[2])}</h${level}>`);
    } else if (line.startsWith("```")) {
      const code = take((next) => !next.startsWith("```")).slice(1);
      lines.shift();
      // Columns of letters stay in their columns, whatever their script.
      const columns = line === "```text" ? ' class="columns"' : "";
      out.push(`<pre tabindex="0"${columns}><code>${escaped(code.join("\n"))}</code></pre>`);
    } else if (line.startsWith("|")) {
      out.push(table(take((next) => next.startsWith("|"))));
    } else if (line.startsWith("- ")) {
      const items = take((next) => next.trim() !== "")
        .join("\n")
        .split(/^- /m)
        .slice(1);
      out.push(`<ul>${items.map((item) => `<li>${inline(item.trim().replace(/\s*\n\s*/g, " "))}</li>`).join("")}</ul>`);
    } else if (line.startsWith("![")) {
      const [, alt = "", src = ""] = /^!\[([^\]]*)\]\(([^)]+)\)/.exec(line) ?? [];
      out.push(`<figure><img src="${escaped(src)}" alt="${escaped(alt)}"><figcaption>${inline(alt)}</figcaption></figure>`);
    } else if (line.trim() !== "") {
      out.push(`<p>${inline(take((next) => next.trim() !== "" && !/^(#|```|\||- |!\[)/.test(next)).join(" "))}</p>`);
    }
  }
  return out.join("\n");
}

/**
 * @param {string} title
 * @param {string} body
 * @param {string} back
 */
const page = (title, body, back) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escaped(title)} · variorum</title>
    <link rel="icon" href="../icon.svg">
    <link rel="stylesheet" href="docs.css">
  </head>
  <body>
    <nav>${back}</nav>
    <main>
${body}
    </main>
  </body>
</html>
`;

/**
 * Writes the pages.
 * @param {string} from
 * @param {string} folder
 */
export async function writeDocs(from, folder) {
  await mkdir(folder, { recursive: true });
  const list = [];
  for (const file of (await readdir(from)).sort()) {
    if (/\.(svg|png|css)$/.test(file)) await copyFile(join(from, file), join(folder, file));
    if (!file.endsWith(".md")) continue;
    const markdown = await readFile(join(from, file), "utf8");
    const title = /^# (.*)$/m.exec(markdown)?.[1] ?? file;
    const name = file.replace(/\.md$/, ".html");
    await writeFile(
      join(folder, name),
      page(title, html(markdown), '<a href="../index.html">Studio</a> <a href="index.html">All pages</a>'),
    );
    list.push(`<li><a href="${name}">${escaped(title)}</a></li>`);
  }
  const body = `<h1>How it works</h1>\n<ul>\n${list.join("\n")}\n</ul>`;
  await writeFile(join(folder, "index.html"), page("How it works", body, '<a href="../index.html">Studio</a>'));
}
